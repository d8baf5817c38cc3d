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
    Engine, EventFilter, EventRow, ExportRequest, ExportRow, FacetInfo, FurtherFigure, Harm, Near, Rows,
    Selection,
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
    for harm in tolls(&row.harm) {
        write!(out, "  {harm}")?;
    }
    for told in row.sides.told() {
        write!(out, "  {told}", told = told.said())?;
    }
    let confidence = say!("events-confidence", n = decimal(row.confidence, 2));
    writeln!(out, "  {confidence}")?;
    writeln!(out, "    {}", row.passage)?;
    let further: Vec<String> = row.harm.figures.iter().map(figure).collect();
    if !further.is_empty() {
        let further = say!("events-further", figures = further.join("; "));
        writeln!(out, "    {further}")?;
    }
    let source = row.source.as_deref().unwrap_or_default();
    let published = row.date.map_or(String::new(), |date| date.to_string());
    let about = [row.id.as_str(), source, published.as_str(), row.title.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "    {}\n", about.join("  "))?;
    Ok(())
}

/// The numbers of a row: `about 20 killed (according to l'armée)`.
fn tolls(harm: &Harm) -> impl Iterator<Item = String> {
    let exactness = |min, max, about, joint| Exactness {
        min,
        max,
        about,
        joint,
    };
    let killed = exactness(
        harm.killed_at_least,
        harm.killed_at_most,
        harm.killed_about,
        harm.killed_joint,
    );
    let wounded = exactness(
        harm.wounded_at_least,
        harm.wounded_at_most,
        harm.wounded_about,
        harm.wounded_joint,
    );
    let abducted = exactness(
        harm.abducted_at_least,
        harm.abducted_at_most,
        harm.abducted_about,
        harm.abducted_joint,
    );
    [
        harm.killed
            .map(|n| killed.of(say!("events-killed", n = n), &harm.killed_source)),
        harm.wounded
            .map(|n| wounded.of(say!("events-wounded", n = n), &harm.wounded_source)),
        harm.abducted
            .map(|n| abducted.of(say!("events-abducted", n = n), &harm.abducted_source)),
    ]
    .into_iter()
    .flatten()
}

/// How exact a number is.
struct Exactness {
    min: Option<u32>,
    max: Option<u32>,
    about: bool,
    joint: bool,
}

impl Exactness {
    /// A number with what is known of it.
    fn of(&self, number: String, source: &str) -> String {
        let bounds = match (self.min, self.max) {
            (Some(min), Some(max)) => Some(say!("events-between", min = min, max = max)),
            (Some(min), None) => Some(say!("events-at-least", n = min)),
            (None, Some(max)) => Some(say!("events-at-most", n = max)),
            (None, None) => self.about.then(|| say!("events-about")),
        };
        let known = [
            bounds,
            self.joint.then(|| say!("events-joint")),
            (!source.is_empty()).then(|| say!("events-according", source = source)),
        ];
        let known: Vec<String> = known.into_iter().flatten().collect();
        match known.is_empty() {
            true => number,
            false => format!("{number} ({})", known.join(", ")),
        }
    }
}

/// A further number, in the words of the text.
fn figure(figure: &FurtherFigure) -> String {
    match figure.source.as_str() {
        "" => figure.text.clone(),
        source => format!("{} ({})", figure.text, say!("events-according", source = source)),
    }
}
