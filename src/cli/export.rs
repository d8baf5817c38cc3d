//! `griot export`: every matching article, its events, its mentions or all that it says; nothing cut off.

use super::args::{ExportArgs, ExportRows, RowFormat};
use super::engine::engine;
use super::exit_codes::ExitCode;
use super::output::Output;
use super::provenance;
use super::rows::RowSink;
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::search::{EventFilter, ExportRequest, Rows};
use griot::tabular::Table;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: ExportArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let selection = select::selection(&args.query, &args.filters)?;
    // Records have their text anyway.
    if args.with_text && !matches!(args.rows, ExportRows::Articles | ExportRows::Records) {
        return Err(griot::Error::Unsupported(
            "--with-text: rows of events and mentions have no text; use --rows articles or records".into(),
        )
        .into());
    }
    // Nothing else has a place on a map.
    if args.target.format() == RowFormat::Geojson && args.rows != ExportRows::Events {
        let message = "--format geojson: only events have coordinates; use --rows events";
        return Err(griot::Error::Unsupported(message.into()).into());
    }
    let request = ExportRequest {
        selection,
        rows: match args.rows {
            ExportRows::Articles if args.with_text => Rows::Texts,
            ExportRows::Articles => Rows::Articles,
            ExportRows::Records => Rows::Records,
            ExportRows::Events => Rows::Events,
            ExportRows::Mentions => Rows::Mentions,
        },
        events: EventFilter {
            sure: args.sure,
            ..EventFilter::default()
        },
        order: args.sort.sort.into(),
    };
    let facets = engine.facets()?;
    let table = Table::new(request.rows, &facets);
    let format = args.target.format();
    let heads = (name_of(args.rows), table.heads().to_vec());
    let mut sink = RowSink::begin(out, format, heads, table.names())?;
    let export = engine.export(&request)?;
    let articles = export.articles;
    for row in export {
        sink.add(match format {
            RowFormat::Csv | RowFormat::Xlsx => table.record(row?)?,
            RowFormat::Jsonl | RowFormat::Geojson => table.line(row?)?,
        })?;
    }
    let rows = sink.finish()?;
    let counts = [("articles", articles), (name_of(args.rows), rows)];
    provenance::finish(
        out,
        &*engine,
        (&args.provenance, &request.selection, &request.events),
        &counts,
    )?;
    Ok(ExitCode::Done)
}

fn name_of(rows: ExportRows) -> &'static str {
    match rows {
        ExportRows::Articles => "articles",
        ExportRows::Events => "events",
        ExportRows::Mentions => "mentions",
        ExportRows::Records => "records",
    }
}
