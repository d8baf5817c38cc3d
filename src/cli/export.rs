//! `griot export`: every matching article, its events, its mentions or all that it says; nothing cut off.

use super::args::{ExportArgs, ExportFormat, ExportRows};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::search::Columns;
use super::sheet::{Cell, Sheet};
use super::{open, select};
use anyhow::Result;
use griot::article::Article;
use griot::corpus;
use griot::index::{Fields, Place, Stored, ids};
use griot::search::{Engine, events, mentions, take_months};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{BufWriter, Write};

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
const EVENTS_END: [&str; 18] = [
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
    let reader = open(place)?;
    let engine = Engine::new(&reader);
    let request = select::request(&args.query, &args.filters)?;
    // Records have their text anyway.
    if args.with_text && !matches!(args.rows, ExportRows::Articles | ExportRows::Records) {
        return Err(
            griot::Error::Unsupported("--with-text goes with --rows articles or records".into()).into(),
        );
    }
    let table = Columns::new(&reader.fields);
    let columns = columns(&reader.fields, &table, &args);
    let sheet = out.sheet;
    let mut out = BufWriter::new(out);
    if args.format == ExportFormat::Csv {
        sheet.head(&mut out, columns.iter().map(String::as_str))?;
    }
    let mut write =
        |row: Map<String, Value>| write_row(&mut out, sheet, args.format, (&table, &columns), row);
    for address in engine.all(&request)? {
        let article = engine.article(address)?;
        match args.rows {
            ExportRows::Articles => {
                let mut row = row(&engine, &article)?;
                if args.with_text {
                    row.insert("text".into(), json!(article.body));
                }
                write(row)?;
            }
            ExportRows::Records => {
                let id = ids::shown(&engine.searcher, &engine.reader.fields, &article)?;
                write(corpus::record_of(&Article {
                    id: Some(id),
                    ..article.into_article().0
                }))?;
            }
            ExportRows::Events => events(&engine, &article)?
                .iter()
                .try_for_each(|event| write(object(event)?))?,
            ExportRows::Mentions => mentions(&engine, &article)?
                .iter()
                .try_for_each(|mention| write(object(mention)?))?,
        }
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// The heads of the columns of a table.
fn columns(fields: &Fields, table: &Columns<'_>, args: &ExportArgs) -> Vec<String> {
    match args.rows {
        ExportRows::Articles => {
            let mut columns = with_others(fields, table.heads());
            columns.push("paths".into());
            columns.extend(args.with_text.then(|| "text".into()));
            columns
        }
        ExportRows::Records => with_others(fields, RECORDS.to_vec()),
        ExportRows::Events => {
            let facets = fields.facets.iter().map(|(facet, _)| facet);
            let names = facets
                .filter(|facet| facet.derive.names)
                .map(|facet| facet.plural());
            let (before, after) = (EVENTS.map(String::from), EVENTS_END.map(String::from));
            before.into_iter().chain(names).chain(after).collect()
        }
        ExportRows::Mentions => MENTIONS.map(String::from).to_vec(),
    }
}

/// These heads, and those of the facets that aren't among them.
fn with_others<'f>(fields: &'f Fields, mut heads: Vec<&'f str>) -> Vec<String> {
    let names = fields.facets.iter().map(|(facet, _)| facet.name.as_str());
    let others: Vec<&str> = names.filter(|name| !heads.contains(name)).collect();
    heads.extend(others);
    heads.into_iter().map(String::from).collect()
}

fn object(row: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(row)? {
        Value::Object(row) => Ok(row),
        other => anyhow::bail!("a row is {other}"),
    }
}

fn write_row(
    out: &mut dyn Write,
    sheet: Sheet,
    format: ExportFormat,
    (table, columns): (&Columns<'_>, &[String]),
    row: Map<String, Value>,
) -> Result<()> {
    match format {
        ExportFormat::Jsonl => writeln!(out, "{}", Value::Object(row))?,
        ExportFormat::Csv => sheet.record(out, columns.iter().map(|column| cell(table, &row, column)))?,
    }
    Ok(())
}

/// An article's metadata and facet values.
pub fn row(engine: &Engine, article: &Stored) -> Result<Map<String, Value>> {
    let mut facets = engine.facet_values(article)?;
    let months = take_months(&engine.reader.fields, &mut facets);
    let mut row = Map::new();
    row.insert(
        "id".into(),
        json!(ids::shown(&engine.searcher, &engine.reader.fields, article)?),
    );
    row.insert("title".into(), json!(article.title));
    row.insert("date".into(), json!(article.meta.date));
    row.insert("month".into(), json!(months.first()));
    if months.len() > 1 {
        row.insert("months".into(), json!(months));
    }
    for name in Columns::new(&engine.reader.fields).facets() {
        if let Some(values) = facets.remove(name) {
            row.insert(name.into(), json!(values));
        }
    }
    row.insert("url".into(), json!(article.meta.url));
    row.insert("path".into(), json!(engine.reader.path_of(&article.meta.file)));
    row.insert("paths".into(), json!(engine.paths(article)?));
    row.insert("source".into(), json!(article.meta.source));
    row.insert("lang".into(), json!(article.meta.lang));
    for (name, values) in facets {
        row.insert(name, json!(values));
    }
    Ok(row)
}

fn cell(table: &Columns<'_>, row: &Map<String, Value>, column: &str) -> Cell {
    let value = if table.is_publication(column) {
        row.get("months")
            .or_else(|| row.get("month"))
            .or_else(|| row.get(column))
    } else {
        row.get(column)
    };
    match value {
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
