//! `griot export`: every matching article, nothing cut off.

use super::args::{ExportArgs, ExportFormat};
use super::exit_codes::ExitCode;
use super::output::{Output, csv_record};
use super::search::COLUMNS;
use super::{open, select};
use anyhow::Result;
use griot::index::{Place, Stored, ids};
use griot::search::Engine;
use serde_json::{Map, Value, json};
use std::io::{BufWriter, Write};

pub fn run(out: &mut Output, place: Option<Place>, args: ExportArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let engine = Engine::new(&reader);
    let request = select::request(&args.query, &args.filters)?;
    let others: Vec<String> =
        reader.fields.facets.iter().map(|(f, _)| f.name.clone()).filter(|name| !COLUMNS.contains(&name.as_str())).collect();
    let mut out = BufWriter::new(out);
    if args.format == ExportFormat::Csv {
        csv_record(&mut out, COLUMNS.iter().copied().chain(others.iter().map(String::as_str)))?;
    }
    for address in engine.all(&request)? {
        let row = row(&engine, &engine.article(address)?)?;
        match args.format {
            ExportFormat::Jsonl => writeln!(out, "{}", Value::Object(row))?,
            ExportFormat::Csv => {
                csv_record(&mut out, COLUMNS.iter().copied().chain(others.iter().map(String::as_str)).map(|c| cell(&row, c)))?
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

/// An article's metadata and facet values.
pub fn row(engine: &Engine, article: &Stored) -> Result<Map<String, Value>> {
    let mut facets = engine.facet_values(article)?;
    let month = facets.remove("month").and_then(|values| values.into_iter().next());
    let mut row = Map::new();
    row.insert("id".into(), json!(ids::shown(&engine.searcher, &engine.reader.fields, article)?));
    row.insert("title".into(), json!(article.title));
    row.insert("date".into(), json!(article.meta.date));
    row.insert("month".into(), json!(month));
    for name in ["event_month", "region", "actor"] {
        row.insert(name.into(), json!(facets.remove(name).unwrap_or_default()));
    }
    row.insert("url".into(), json!(article.meta.url));
    row.insert("path".into(), json!(engine.reader.path_of(&article.meta.file)));
    row.insert("source".into(), json!(article.meta.source));
    row.insert("lang".into(), json!(article.meta.lang));
    for (name, values) in facets {
        row.insert(name, json!(values));
    }
    Ok(row)
}

fn cell(row: &Map<String, Value>, column: &str) -> String {
    match row.get(column) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
        _ => String::new(),
    }
}
