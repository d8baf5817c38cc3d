//! `griot facets`: counts as a tree.

use super::args::{FacetsArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, style};
use super::{open, select};
use anyhow::Result;
use griot::index::Place;
use griot::search::{Count, Engine, ValueCount};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: FacetsArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let mut request = select::request(&args.query, &args.filters)?;
    request.limit = 0;
    request.count = args.facet.map_or(Count::All, Count::One);
    let response = Engine::new(&reader).search(&request)?;
    let order = reader.fields.facets.iter().map(|(f, _)| &f.name);
    match args.format {
        TextOrJson::Json => {
            let form = serde_json::json!({
                "version": response.version, "query": response.query, "total": response.total, "took_ms": response.took_ms,
                "facets": response.facets, "without": response.without, "notes": response.notes,
            });
            writeln!(out, "{form}")?;
        }
        TextOrJson::Text => {
            for note in &response.notes {
                eprintln!("griot: {}", super::output::sanitize(note));
            }
            writeln!(out, "{} articles", response.total)?;
            for (facet, values) in order.filter_map(|name| response.facets.get_key_value(name)) {
                writeln!(out)?;
                write_tree(out, facet, values, response.without.get(facet).copied().unwrap_or(0), None)?;
            }
        }
    }
    Ok(ExitCode::Done)
}

/// Writes a facet's values with their counts, indented by level; `most` values at the top level.
pub fn write_tree(out: &mut Output, facet: &str, values: &[ValueCount], without: u64, most: Option<usize>) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{facet}{colour:#}")?;
    let shown = most.unwrap_or(values.len()).min(values.len());
    write_level(out, &values[..shown], 1)?;
    if shown < values.len() {
        writeln!(out, "  {:>7}  more values: griot facets --facet {facet}", values.len() - shown)?;
    }
    if without > 0 {
        writeln!(out, "  {without:>7}  (none)")?;
    }
    Ok(())
}

fn write_level(out: &mut Output, values: &[ValueCount], depth: usize) -> Result<()> {
    // An explicit stack: values given as metadata can be as deep as they like.
    let mut stack: Vec<(&ValueCount, usize)> = values.iter().rev().map(|v| (v, depth)).collect();
    while let Some((value, depth)) = stack.pop() {
        let mark = if value.excluded {
            "-"
        } else if value.selected {
            "*"
        } else {
            " "
        };
        let label = out.safe(&value.label).into_owned();
        writeln!(out, "{mark} {:>7}  {}{label}", value.count, "  ".repeat(depth - 1))?;
        stack.extend(value.children.iter().rev().map(|v| (v, depth + 1)));
    }
    Ok(())
}
