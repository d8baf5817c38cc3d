//! `griot chronology`: what happened when, by the dates of the events: reports of one event together, differing
//! tolls side by side.

use super::args::{ChronologyArgs, ChronologyFormat, RowFormat};
use super::engine::{answered, engine};
use super::events::filter;
use super::exit_codes::ExitCode;
use super::output::{Output, style, wrap};
use super::provenance;
use super::rows::RowSink;
use super::select;
use anyhow::Result;
use griot::export::chronology::{self as page, kinds, perhaps_same, side_by_side, within};
use griot::export::question::asked;
use griot::index::IndexDir;
use griot::messages::{decimal, spoken};
use griot::say;
use griot::search::{Chronology, ChronologyRequest, EventRow, Report, ReportedEvents};
use griot::tabular::Columns;
use serde_json::{Map, Value};
use std::io::{BufWriter, Write};

/// The columns of the table; `event` numbers the events, and is empty for a report without a certain day.
const COLUMNS: [&str; 34] = [
    "event",
    "reports",
    "event_date",
    "date_precision",
    "place",
    "place_kind",
    "cercle",
    "region",
    "country",
    "latitude",
    "longitude",
    "types",
    "actors",
    "by",
    "by_basis",
    "against",
    "killed",
    "killed_text",
    "killed_all",
    "wounded",
    "wounded_text",
    "wounded_all",
    "abducted",
    "abducted_text",
    "abducted_all",
    "according_to",
    "by_hand",
    "source",
    "date",
    "quote",
    "page",
    "confidence",
    "title",
    "url",
];

pub fn run(out: &mut Output, place: Option<IndexDir>, args: ChronologyArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let selection = select::selection(&args.query, &args.filters)?;
    let request = ChronologyRequest {
        events: filter(&args.events, &selection, &facets)?,
        selection,
    };
    let told = answered(engine.chronology(&request)?);
    if args.target.format() != ChronologyFormat::Json {
        select::notify(&told.notes);
    }
    match args.target.format() {
        ChronologyFormat::Text => write_text(out, &told)?,
        ChronologyFormat::Json => writeln!(out, "{}", serde_json::to_string(&told)?)?,
        ChronologyFormat::Csv => write_rows(out, RowFormat::Csv, &told)?,
        ChronologyFormat::Xlsx => write_rows(out, RowFormat::Xlsx, &told)?,
        ChronologyFormat::Html => {
            let asked = asked(&request.selection, &request.events, spoken());
            let mut out = BufWriter::new(&mut *out);
            page::write(&mut out, &told, &asked, spoken())?;
            out.flush()?;
        }
    }
    let counts = [
        ("articles", told.articles),
        ("events", told.events.len() as u64),
        ("reports", told.reports),
    ];
    provenance::finish(
        out,
        &*engine,
        (&args.provenance, &request.selection, &request.events),
        &counts,
    )?;
    Ok(ExitCode::Done)
}

fn write_text(out: &mut Output, told: &Chronology) -> Result<()> {
    if told.reports == 0 {
        return Ok(writeln!(out, "{}", say!("chronology-none"))?);
    }
    let counts = say!(
        "chronology-counts",
        events = told.events.len(),
        reports = told.reports,
        articles = told.articles
    );
    writeln!(out, "{counts}")?;
    for event in &told.events {
        writeln!(out)?;
        write_event(out, event)?;
    }
    if !told.partly_dated.is_empty() {
        let bold = style::TITLE;
        writeln!(out, "\n{bold}{}{bold:#}", say!("chronology-partly-dated"))?;
        for report in &told.partly_dated {
            let date = report.row.event_date;
            let date = date.map_or_else(|| say!("count-undated"), |date| date.to_string());
            writeln!(out)?;
            write_head(out, &date, &report.row)?;
            write_report(out, report, None)?;
        }
    }
    Ok(())
}

fn write_event(out: &mut Output, event: &ReportedEvents) -> Result<()> {
    let Some(first) = event.reports.first() else {
        return Ok(());
    };
    let date = event.date.map_or_else(String::new, |date| date.to_string());
    write_head(out, &date, &first.row)?;
    let mut about = kinds(event);
    for (name, figures) in [
        (say!("chronology-killed"), &event.killed),
        (say!("chronology-wounded"), &event.wounded),
        (say!("chronology-abducted"), &event.abducted),
    ] {
        about.extend((!figures.is_empty()).then(|| format!("{name} {}", side_by_side(figures))));
    }
    if !about.is_empty() {
        let about = out.safe(&about.join(" · ")).into_owned();
        writeln!(out, "{}", wrap(&about, out.width, "    "))?;
    }
    let perhaps = perhaps_same(event, spoken());
    if !perhaps.is_empty() {
        let perhaps = out.safe(&perhaps).into_owned();
        writeln!(out, "{}", wrap(&perhaps, out.width, "    "))?;
    }
    event
        .reports
        .iter()
        .try_for_each(|report| write_report(out, report, Some(event)))
}

fn write_head(out: &mut Output, date: &str, row: &EventRow) -> Result<()> {
    let bold = style::TITLE;
    let within = within(row);
    let place = match within.is_empty() {
        true => row.place.clone(),
        false => format!("{} ({})", row.place, within.join(", ")),
    };
    let line = out.safe(&format!("{date}  {place}")).into_owned();
    Ok(writeln!(out, "{bold}{line}{bold:#}")?)
}

/// Medium, date of publication, the words for the dead, the passage, the link.
fn write_report(out: &mut Output, report: &Report, event: Option<&ReportedEvents>) -> Result<()> {
    let (row, dim) = (&report.row, style::DIM);
    let own_date = row
        .event_date
        .filter(|date| event.is_some_and(|event| event.date != Some(*date)));
    let tolls = [
        &row.harm.killed_text,
        &row.harm.wounded_text,
        &row.harm.abducted_text,
    ];
    let tolls = tolls
        .into_iter()
        .filter(|said| !said.is_empty())
        .map(|said| format!("« {said} »"));
    let about = [row.source.clone(), row.date.map(|date| date.to_string())]
        .into_iter()
        .flatten();
    let about = about
        .chain(own_date.map(|date| say!("chronology-own-date", date = date.to_string())))
        .chain(tolls)
        .chain(row.sides.told().into_iter().map(|told| told.said()))
        .chain(report.according_to.clone())
        .chain(row.page.as_ref().map(|page| say!("chronology-page", page = page)))
        .chain((!row.is_sure()).then(|| say!("events-confidence", n = decimal(row.confidence, 2))))
        .chain(page::by_hand(report, spoken()));
    let about = about.collect::<Vec<_>>().join(" · ");
    let from = row.url.as_deref().unwrap_or(&row.id);
    let [about, passage, from] = [&about, &row.passage, from].map(|text| out.safe(text).into_owned());
    if !about.is_empty() {
        writeln!(out, "{}", wrap(&format!("- {about}"), out.width, "    "))?;
    }
    writeln!(out, "{}", wrap(&format!("« {passage} »"), out.width, "      "))?;
    writeln!(out, "      {dim}{from}{dim:#}")?;
    Ok(())
}

fn write_rows(out: &mut Output, format: RowFormat, told: &Chronology) -> Result<()> {
    let table = Columns::new(&[]);
    let mut columns = COLUMNS.map(String::from).to_vec();
    columns.push("id".into());
    let mut sink = RowSink::begin(out, format, ("chronology", columns), &table)?;
    for event in &told.events {
        for report in &event.reports {
            sink.add(row_of(report, Some(event))?)?;
        }
    }
    for report in &told.partly_dated {
        sink.add(row_of(report, None)?)?;
    }
    sink.finish()?;
    Ok(())
}

/// A report as a row, with what is told of its event.
fn row_of(report: &Report, event: Option<&ReportedEvents>) -> Result<Map<String, Value>> {
    let mut row = match serde_json::to_value(report)? {
        Value::Object(row) => row,
        other => anyhow::bail!("a row is {other}"),
    };
    if let Some(passage) = row.remove("passage") {
        row.insert("quote".into(), passage);
    }
    if let Some(event) = event {
        row.insert("event".into(), event.number.into());
        row.insert("reports".into(), event.reports.len().into());
        for (name, figures) in [
            ("killed_all", &event.killed),
            ("wounded_all", &event.wounded),
            ("abducted_all", &event.abducted),
        ] {
            row.insert(name.into(), side_by_side(figures).into());
        }
    }
    Ok(row)
}
