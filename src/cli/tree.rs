//! Values of a facet with their counts, as a tree.

use super::output::{Output, style};
use anyhow::Result;
use griot::say;
use griot::search::ValueCount;
use std::io::Write;

/// How much of a tree is written, beside the values that are chosen.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Values of each level below one value.
    pub most: usize,
    /// None: all.
    pub levels: Option<usize>,
}

impl Shown {
    pub const ALL: Self = Self {
        most: usize::MAX,
        levels: None,
    };
}

/// Writes a facet's values with their counts, indented by level. `without`: articles without a value, and whether
/// these are chosen or excluded.
pub fn write_tree(
    out: &mut Output,
    facet: &str,
    values: &[ValueCount],
    without: (u64, Option<bool>),
    shown: Shown,
) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{facet}{colour:#}")?;
    if write_values(out, values, shown)? {
        writeln!(out, "           {}", say!("search-more-of-facet", facet = facet))?;
    }
    let (without, chosen) = without;
    if without > 0 || chosen.is_some() {
        writeln!(
            out,
            "{} {without:>7}  {}",
            mark(chosen == Some(true), chosen == Some(false)),
            say!("search-without-value")
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

/// A line of a tree.
enum Line<'v> {
    Value(&'v ValueCount),
    /// So many values of this level are not shown.
    More(u64),
}

/// Writes values, and says whether any were left out.
fn write_values(out: &mut Output, values: &[ValueCount], shown: Shown) -> Result<bool> {
    let mut left_out = false;
    // An explicit stack: values given as metadata can be as deep as they like.
    let mut stack: Vec<(Line<'_>, usize)> = Vec::new();
    push_level(&mut stack, values, 1, shown);
    while let Some((line, depth)) = stack.pop() {
        let indent = "  ".repeat(depth - 1);
        match line {
            Line::More(number) => {
                left_out = true;
                writeln!(
                    out,
                    "           {indent}… {}",
                    say!("search-more-values", n = number)
                )?;
            }
            Line::Value(value) => {
                let mark = mark(value.selected, value.excluded);
                let label = out.safe(value.label()).into_owned();
                // Where all are derived, as in most archives, nothing need be said of it.
                let given = if value.given > 0 {
                    say!("search-given", n = value.given)
                } else {
                    String::new()
                };
                writeln!(out, "{mark} {:>7}  {indent}{label}{given}", value.count)?;
                push_level(&mut stack, &value.children, depth + 1, shown);
            }
        }
    }
    Ok(left_out)
}

/// Puts the values of a level onto the stack, the first one on top.
fn push_level<'v>(stack: &mut Vec<(Line<'v>, usize)>, values: &'v [ValueCount], depth: usize, shown: Shown) {
    let most = match shown.levels {
        Some(levels) if depth > levels => 0,
        _ => shown.most,
    };
    let kept = values
        .iter()
        .enumerate()
        .filter(|(at, value)| *at < most || value.holds_chosen());
    let kept: Vec<&ValueCount> = kept.map(|(_, value)| value).collect();
    let more = values.len() - kept.len();
    if more > 0 && most > 0 {
        stack.push((Line::More(more as u64), depth));
    }
    stack.extend(kept.into_iter().rev().map(|value| (Line::Value(value), depth)));
}
