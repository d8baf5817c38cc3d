//! `griot events`: what the articles that a query finds report, an event a row.

use super::args::{EventFormat, EventsArgs, RowFormat};
use super::columns::Columns;
use super::engine::engine;
use super::exit_codes::ExitCode;
use super::export::{columns, object, write_row};
use super::output::Output;
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal;
use griot::search::{EventFilter, EventRow, ExportRequest, ExportRow, FacetInfo, Near, Rows};
use griot::{msg, say};
use serde_json::{Map, Value, json};
use std::io::{BufWriter, Write};

/// Kilometres around a place, where none are said.
const AROUND: u32 = 20;

/// The facet whose values say what kind of event it is.
const TYPES: &str = "type";

pub fn run(out: &mut Output, place: Option<IndexDir>, args: EventsArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let selection = select::selection(&args.query, &args.filters)?;
    let types = selection
        .include
        .iter()
        .filter(|(facet, _)| is_type(&facets, facet));
    let request = ExportRequest {
        events: EventFilter {
            sure: args.sure,
            near: args.near.as_deref().map(near).transpose()?,
            types: types.map(|(_, value)| value.clone()).collect(),
            min_killed: args.min_killed,
        },
        selection,
        rows: Rows::Events,
    };
    let table = Columns::new(&facets);
    let heads = columns(Rows::Events, &facets, &table);
    let (sheet, format) = (out.sheet, args.target.format());
    let mut out = BufWriter::new(out);
    match format {
        EventFormat::Csv => sheet.head(&mut out, heads.iter().map(String::as_str))?,
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
            (format, row) => {
                let format = if format == EventFormat::Csv {
                    RowFormat::Csv
                } else {
                    RowFormat::Jsonl
                };
                write_row(&mut out, sheet, format, (&table, &heads), object(row)?)?;
            }
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

fn is_type(facets: &[FacetInfo], called: &str) -> bool {
    facets
        .iter()
        .any(|facet| facet.name == TYPES && facet.is_called(called))
}

/// "Djibo", "Djibo:50".
fn near(typed: &str) -> Result<Near> {
    let (place, kilometres) = match typed.rsplit_once(':') {
        None => (typed, AROUND),
        Some((place, kilometres)) => {
            let kilometres = kilometres.trim();
            let number = kilometres.strip_suffix("km").unwrap_or(kilometres).trim().parse();
            let what =
                |_: std::num::ParseIntError| msg!("events-near", typed = typed, kilometres = kilometres);
            (place, number.map_err(what)?)
        }
    };
    Ok(Near {
        place: place.trim().to_string(),
        kilometres,
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

/// A row as a feature of GeoJSON (RFC 7946); one without coordinates has no geometry.
fn feature(mut row: Map<String, Value>) -> Value {
    let geometry = match (row.get("longitude"), row.get("latitude")) {
        (Some(Value::Number(longitude)), Some(Value::Number(latitude))) => {
            json!({"type": "Point", "coordinates": [longitude, latitude]})
        }
        _ => Value::Null,
    };
    row.remove("latitude");
    row.remove("longitude");
    json!({"type": "Feature", "geometry": geometry, "properties": row})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_have_a_distance() {
        let at = |typed| near(typed).map(|near| (near.place, near.kilometres)).ok();
        assert_eq!(at("Djibo"), Some(("Djibo".into(), AROUND)));
        assert_eq!(at("Mali/Mopti:50 km"), Some(("Mali/Mopti".into(), 50)));
        assert_eq!(at("Djibo:loin"), None);
    }

    #[test]
    fn what_has_no_coordinates_has_no_geometry() {
        let row = Map::from_iter([("place".to_string(), Value::from("X"))]);
        assert_eq!(feature(row)["geometry"], Value::Null);
    }
}
