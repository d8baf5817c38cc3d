//! `griot events`: what the articles that a query finds report, an event a row.

use super::args::{EventFilterArgs, EventFormat, EventsArgs, RowFormat};
use super::engine::engine;
use super::event_groups;
use super::exit_codes::ExitCode;
use super::output::Output;
use super::provenance;
use super::rows::RowSink;
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal;
use griot::say;
use griot::search::{
    Engine, EventFilter, EventRow, ExportRequest, ExportRow, FacetInfo, Near, Rows, Selection,
};
use griot::tabular::{Table, object};
use std::io::{BufWriter, Write};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: EventsArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let selection = select::selection(&args.query, &args.filters)?;
    let request = ExportRequest {
        events: filter(&args.events, &selection, &facets)?,
        selection,
        rows: Rows::Events,
        order: args.sort.sort.into(),
    };
    if args.group {
        return event_groups::run(out, &*engine, (&request, &facets), &args);
    }
    let (articles, rows) = match args.target.format() {
        EventFormat::Text => write_texts(out, &*engine, &request)?,
        EventFormat::Csv => write_rows(out, &*engine, &request, (RowFormat::Csv, &facets))?,
        EventFormat::Jsonl => write_rows(out, &*engine, &request, (RowFormat::Jsonl, &facets))?,
        EventFormat::Xlsx => write_rows(out, &*engine, &request, (RowFormat::Xlsx, &facets))?,
        EventFormat::Geojson => write_rows(out, &*engine, &request, (RowFormat::Geojson, &facets))?,
    };
    let counts = [("articles", articles), ("events", rows)];
    provenance::finish(
        out,
        &*engine,
        (&args.provenance, &request.selection, &request.events),
        &counts,
    )?;
    Ok(ExitCode::Done)
}

/// Writes rows; gives the numbers of articles and of rows.
fn write_rows(
    out: &mut Output,
    engine: &dyn Engine,
    request: &ExportRequest,
    (format, facets): (RowFormat, &[FacetInfo]),
) -> Result<(u64, u64)> {
    let table = Table::new(Rows::Events, facets);
    let mut sink = RowSink::begin(out, format, ("events", table.heads().to_vec()), table.names())?;
    let export = engine.export(request)?;
    let articles = export.articles;
    for row in export {
        sink.add(object(row?)?)?;
    }
    Ok((articles, sink.finish()?))
}

/// The same for people to read.
fn write_texts(out: &mut Output, engine: &dyn Engine, request: &ExportRequest) -> Result<(u64, u64)> {
    let mut out = BufWriter::new(out);
    let export = engine.export(request)?;
    let (articles, mut number) = (export.articles, 0);
    for row in export {
        if let ExportRow::Event(row) = row? {
            text(&mut out, &row)?;
            number += 1;
        }
    }
    if number == 0 {
        writeln!(out, "{}", say!("events-none"))?;
    }
    out.flush()?;
    Ok((articles, number))
}

/// Which rows are wanted of the articles that a selection finds.
pub(super) fn filter(
    args: &EventFilterArgs,
    selection: &Selection,
    facets: &[FacetInfo],
) -> Result<EventFilter> {
    Ok(EventFilter {
        sure: args.sure,
        near: args.near.as_deref().map(Near::of_typed).transpose()?,
        types: selection.event_types(facets),
        min_killed: args.min_killed,
    })
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
    let place = match row.place.as_str() {
        "" => say!("events-no-place"),
        place => place.to_string(),
    };
    write!(out, "{date}  {place}")?;
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
    for told in row.sides.told() {
        write!(out, "  {told}", told = told.said())?;
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
