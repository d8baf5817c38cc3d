//! `griot export`: every matching article, its events, its mentions or all that it says; nothing cut off.

use super::args::{ExportArgs, ExportRows, RowFormat};
use super::columns::Columns;
use super::engine::engine;
use super::exit_codes::ExitCode;
use super::output::Output;
use super::provenance;
use super::rows::RowSink;
use super::select;
use anyhow::Result;
use griot::corpus::{EXPORT_MARK, ROW_ENDS, row_of};
use griot::index::IndexDir;
use griot::search::{EventFilter, ExportRequest, ExportRow, FacetInfo, Rows};
use serde_json::{Map, Value};

/// Columns of `--rows events`, in the order of its JSON form; those of the facets of names stand between
/// them.
const EVENTS: [&str; 11] = [
    "event_date",
    "date_precision",
    "place",
    "place_kind",
    "cercle",
    "region",
    "region_old",
    "country",
    "latitude",
    "longitude",
    "coordinates",
];
const EVENTS_END: [&str; 19] = [
    "killed",
    "killed_text",
    "wounded",
    "wounded_text",
    "abducted",
    "abducted_text",
    "status",
    "place_rule",
    "date_rule",
    "confidence",
    "passage",
    "passage_part",
    "passage_start",
    "passage_end",
    "title",
    "date",
    "source",
    "url",
    "id",
];

/// Columns of `--rows mentions`.
const MENTIONS: [&str; 14] = [
    "id", "facet", "value", "status", "rule", "part", "start", "end", "text", "sentence", "title", "date",
    "source", "url",
];

/// Columns of `--rows records`; those of the facets that are declared follow, then what asks griot to take rows as
/// they are.
const RECORDS: [&str; 9] = [
    "id",
    "title",
    "text",
    "date",
    "url",
    "source",
    "author",
    "lang",
    "from_text",
];

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
    let table = Columns::new(&facets);
    let columns = columns(request.rows, &facets, &table);
    let of_row = columns.clone();
    let mut sink = RowSink::begin(out, args.target.format(), (name_of(args.rows), columns), &table)?;
    let export = engine.export(&request)?;
    let articles = export.articles;
    for row in export {
        let mut row = object(row?)?;
        if args.rows == ExportRows::Records {
            row = match args.target.format() {
                RowFormat::Csv | RowFormat::Xlsx => row_of(row, &of_row),
                RowFormat::Jsonl | RowFormat::Geojson => marked(row),
            };
        }
        sink.add(row)?;
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

/// The heads of the columns of a table.
pub(super) fn columns(rows: Rows, facets: &[FacetInfo], table: &Columns<'_>) -> Vec<String> {
    match rows {
        Rows::Articles | Rows::Texts => {
            let mut columns = with_others(facets, table.heads());
            columns.extend(["from_text".into(), "paths".into()]);
            columns.extend((rows == Rows::Texts).then(|| "text".into()));
            columns
        }
        Rows::Records => {
            let mut columns = with_others(facets, RECORDS.to_vec());
            columns.extend(ROW_ENDS.map(String::from));
            columns
        }
        Rows::Events => {
            let names = facets.iter().filter_map(|facet| facet.events_column.clone());
            let (before, after) = (EVENTS.map(String::from), EVENTS_END.map(String::from));
            before.into_iter().chain(names).chain(after).collect()
        }
        Rows::Mentions => MENTIONS.map(String::from).to_vec(),
    }
}

/// These heads, and those of the facets that aren't among them.
fn with_others<'f>(facets: &'f [FacetInfo], mut heads: Vec<&'f str>) -> Vec<String> {
    let names = facets.iter().map(|facet| facet.name.as_str());
    let others: Vec<&str> = names.filter(|name| !heads.contains(name)).collect();
    heads.extend(others);
    heads.into_iter().map(String::from).collect()
}

/// A record that says that it was exported, so that it isn't read by chance beside what it was made of.
fn marked(row: Map<String, Value>) -> Map<String, Value> {
    let mut marked = Map::from_iter([(EXPORT_MARK.to_string(), "records".into())]);
    marked.extend(row);
    marked
}

pub(super) fn object(row: ExportRow) -> Result<Map<String, Value>> {
    match row {
        ExportRow::Record(row) => Ok(row),
        row => match serde_json::to_value(row)? {
            Value::Object(row) => Ok(row),
            other => anyhow::bail!("a row is {other}"),
        },
    }
}
