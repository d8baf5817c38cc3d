//! Values of a facet with their counts, as a tree.

use super::output::{Output, counted, style};
use anyhow::Result;
use griot::search::ValueCount;
use std::io::Write;

/// Writes a facet's values with their counts, indented by level: `most` values at the top level and those
/// that are chosen. `without`: articles without a value, and whether these are chosen or excluded.
pub fn write_tree(
    out: &mut Output,
    facet: &str,
    values: &[ValueCount],
    without: (u64, Option<bool>),
    most: Option<usize>,
) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{facet}{colour:#}")?;
    let most = most.unwrap_or(values.len());
    let shown = values
        .iter()
        .enumerate()
        .filter(|(at, value)| *at < most || value.holds_chosen());
    let shown: Vec<&ValueCount> = shown.map(|(_, value)| value).collect();
    write_values(out, &shown)?;
    if shown.len() < values.len() {
        let more = counted((values.len() - shown.len()) as u64, "more value");
        let (number, noun) = more.split_once(' ').unwrap_or((&more, ""));
        writeln!(out, "  {number:>7}  {noun}: griot facets --facet {facet}")?;
    }
    let (without, chosen) = without;
    if without > 0 || chosen.is_some() {
        writeln!(
            out,
            "{} {without:>7}  (none)",
            mark(chosen == Some(true), chosen == Some(false))
        )?;
    }
    Ok(())
}

/// What stands before a value that is chosen.
fn mark(selected: bool, excluded: bool) -> char {
    match (selected, excluded) {
        (_, true) => '-',
        (true, false) => '*',
        (false, false) => ' ',
    }
}

fn write_values(out: &mut Output, values: &[&ValueCount]) -> Result<()> {
    // An explicit stack: values given as metadata can be as deep as they like.
    let mut stack: Vec<(&ValueCount, usize)> = values.iter().rev().map(|v| (*v, 1)).collect();
    while let Some((value, depth)) = stack.pop() {
        let mark = mark(value.selected, value.excluded);
        let label = out.safe(value.label()).into_owned();
        // Where all are derived, as in most archives, nothing need be said of it.
        let given = if value.given > 0 {
            format!(" ({} given)", value.given)
        } else {
            String::new()
        };
        writeln!(
            out,
            "{mark} {:>7}  {}{label}{given}",
            value.count,
            "  ".repeat(depth - 1)
        )?;
        stack.extend(value.children.iter().rev().map(|v| (v, depth + 1)));
    }
    Ok(())
}
