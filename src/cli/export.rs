//! `griot export`: every matching article, its events, its mentions or all that it says; nothing cut off.

use super::args::{ExportArgs, ExportFormat, ExportRows};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::search::COLUMNS;
use super::sheet::{Cell, Sheet};
use super::{engine, select};
use anyhow::Result;
use griot::index::Place;
use griot::search::{ExportRequest, ExportRow, FacetInfo, Rows};
use serde_json::{Map, Value};
use std::io::{BufWriter, Write};

/// Columns of `--rows events`, in the order of its JSON form.
const EVENTS: [&str; 31] = [
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
    "actors",
    "types",
    "killed",
    "killed_text",
    "wounded",
    "wounded_text",
    "abducted",
    "abducted_text",
    "status",
    "place_rule",
    "date_rule",
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

/// Columns of `--rows records`; those of the facets that are declared follow.
const RECORDS: [&str; 8] = ["id", "title", "text", "date", "url", "source", "author", "lang"];

pub fn run(out: &mut Output, place: Option<Place>, args: ExportArgs) -> Result<ExitCode> {
    if args.with_text && args.rows != ExportRows::Articles {
        return Err(griot::Error::Unsupported(
            "--with-text goes with --rows articles; --rows records has the text".into(),
        )
        .into());
    }
    let engine = engine(place)?;
    let request = ExportRequest {
        selection: select::selection(&args.query, &args.filters)?,
        rows: match args.rows {
            ExportRows::Articles if args.with_text => Rows::Texts,
            ExportRows::Articles => Rows::Articles,
            ExportRows::Records => Rows::Records,
            ExportRows::Events => Rows::Events,
            ExportRows::Mentions => Rows::Mentions,
        },
    };
    let facets = engine.facets()?;
    let columns = columns(request.rows, &facets);
    let sheet = out.sheet;
    let mut out = BufWriter::new(out);
    if args.format == ExportFormat::Csv {
        sheet.head(&mut out, columns.iter().copied())?;
    }
    for row in engine.export(&request)? {
        write_row(&mut out, sheet, args.format, &columns, object(row?)?)?;
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

fn columns(rows: Rows, facets: &[FacetInfo]) -> Vec<&str> {
    let others = |given: &[&str]| -> Vec<&str> {
        facets
            .iter()
            .map(|facet| facet.name.as_str())
            .filter(|name| !given.contains(name))
            .collect()
    };
    match rows {
        Rows::Articles => [&COLUMNS[..], &others(&COLUMNS), &["paths"]].concat(),
        Rows::Texts => [&COLUMNS[..], &others(&COLUMNS), &["paths", "text"]].concat(),
        Rows::Records => [&RECORDS[..], &others(&RECORDS)].concat(),
        Rows::Events => EVENTS.to_vec(),
        Rows::Mentions => MENTIONS.to_vec(),
    }
}

fn object(row: ExportRow) -> Result<Map<String, Value>> {
    match row {
        ExportRow::Record(row) => Ok(row),
        row => match serde_json::to_value(row)? {
            Value::Object(row) => Ok(row),
            other => anyhow::bail!("a row is {other}"),
        },
    }
}

fn write_row(
    out: &mut dyn Write,
    sheet: Sheet,
    format: ExportFormat,
    columns: &[&str],
    row: Map<String, Value>,
) -> Result<()> {
    match format {
        ExportFormat::Jsonl => writeln!(out, "{}", Value::Object(row))?,
        ExportFormat::Csv => sheet.record(out, columns.iter().map(|column| cell(&row, column)))?,
    }
    Ok(())
}

fn cell(row: &Map<String, Value>, column: &str) -> Cell {
    let several = if column == "month" {
        row.get("months")
    } else {
        None
    };
    match several.or_else(|| row.get(column)) {
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => Cell::Number(number.to_string()),
        Some(Value::Array(values)) => values
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(";")
            .into(),
        _ => "".into(),
    }
}
