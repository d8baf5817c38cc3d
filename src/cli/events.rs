//! `griot events`: what the articles that a query finds report, an event a row.

use super::args::{EventFormat, EventsArgs};
use super::engine::engine;
use super::exit_codes::ExitCode;
use super::output::Output;
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal;
use griot::say;
use griot::search::{EventFilter, EventRow, ExportRequest, ExportRow, Near, Rows};
use griot::tabular::{Table, feature, object};
use std::io::{BufWriter, Write};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: EventsArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let selection = select::selection(&args.query, &args.filters)?;
    let request = ExportRequest {
        events: EventFilter {
            sure: args.sure,
            near: args.near.as_deref().map(Near::of_typed).transpose()?,
            types: selection.event_types(&facets),
            min_killed: args.min_killed,
        },
        selection,
        rows: Rows::Events,
    };
    let table = Table::new(Rows::Events, &facets);
    let (sheet, format) = (out.sheet, args.target.format());
    let mut out = BufWriter::new(out);
    match format {
        EventFormat::Csv => table.write_head(&mut out, sheet)?,
        EventFormat::Geojson => write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?,
        EventFormat::Text | EventFormat::Jsonl => {}
    }
    let mut number = 0usize;
    for row in engine.export(&request)? {
        let row = row?;
        match (format, row) {
            (EventFormat::Text, ExportRow::Event(row)) => text(&mut out, &row)?,
            (EventFormat::Geojson, row) => {
                let comma = if number > 0 { "," } else { "" };
                write!(out, "{comma}\n{}", feature(object(row)?))?;
            }
            (EventFormat::Csv, row) => table.write_record(&mut out, sheet, row)?,
            (_, row) => table.write_line(&mut out, row)?,
        }
        number += 1;
    }
    match format {
        EventFormat::Geojson => writeln!(out, "\n]}}")?,
        EventFormat::Text if number == 0 => writeln!(out, "{}", say!("events-none"))?,
        _ => {}
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// An event as people read it: when, where, the harm, how sure; the passage; the article.
fn text(out: &mut dyn Write, row: &EventRow) -> Result<()> {
    let date = row
        .event_date
        .map_or_else(|| say!("count-undated"), |date| date.to_string());
    let within: Vec<&str> = [&row.cercle, &row.region, &row.country]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|name| *name != row.place)
        .collect();
    write!(out, "{date}  {}", row.place)?;
    if !within.is_empty() {
        write!(out, " ({})", within.join(", "))?;
    }
    let harm = [
        row.harm.killed.map(|n| say!("events-killed", n = n)),
        row.harm.wounded.map(|n| say!("events-wounded", n = n)),
        row.harm.abducted.map(|n| say!("events-abducted", n = n)),
    ];
    for harm in harm.into_iter().flatten() {
        write!(out, "  {harm}")?;
    }
    let confidence = say!("events-confidence", n = decimal(row.confidence, 2));
    writeln!(out, "  {confidence}")?;
    writeln!(out, "    {}", row.passage)?;
    let source = row.source.as_deref().unwrap_or_default();
    let published = row.date.map_or(String::new(), |date| date.to_string());
    let about = [row.id.as_str(), source, published.as_str(), row.title.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "    {}\n", about.join("  "))?;
    Ok(())
}
