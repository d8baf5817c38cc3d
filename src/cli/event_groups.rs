//! `griot events --group`: the events that articles report, the reports of one event together.

use super::args::{EventFormat, EventsArgs, RowFormat};
use super::engine::answered;
use super::exit_codes::ExitCode;
use super::output::{Output, style, wrap};
use super::provenance;
use super::rows::RowSink;
use super::select;
use anyhow::Result;
use griot::export::chronology::{side_by_side, within};
use griot::export::reasons::{reasons_of, why};
use griot::messages::{Message, decimal};
use griot::say;
use griot::search::{Engine, ExportRequest, FacetInfo, GroupMember, GroupedEvent, GroupedEvents, Rows};
use griot::tabular::Table;
use serde_json::{Map, Value};
use std::io::Write as _;

/// The columns of groups, before those of events.
const COLUMNS: [&str; 18] = [
    "event_group",
    "group_size",
    "level",
    "same_event",
    "join_score",
    "join_with",
    "join_reasons",
    "by_hand",
    "group_date",
    "group_articles",
    "group_media",
    "first_report",
    "last_report",
    "killed_min",
    "killed_max",
    "killed_all",
    "wounded_all",
    "abducted_all",
];

/// Answers a request.
pub fn run(
    out: &mut Output,
    engine: &dyn Engine,
    (request, facets): (&ExportRequest, &[FacetInfo]),
    args: &EventsArgs,
) -> Result<ExitCode> {
    let told = answered(engine.grouped_events(request)?);
    match args.target.format() {
        EventFormat::Text => {
            select::notify(&told.notes);
            write_text(out, &told)?;
        }
        EventFormat::Csv => write_rows(out, RowFormat::Csv, &told, facets)?,
        EventFormat::Jsonl => write_rows(out, RowFormat::Jsonl, &told, facets)?,
        EventFormat::Xlsx => write_rows(out, RowFormat::Xlsx, &told, facets)?,
        EventFormat::Geojson => write_rows(out, RowFormat::Geojson, &told, facets)?,
    }
    let reports: usize = told.events.iter().map(|event| event.members.len()).sum();
    let counts = [
        ("articles", told.articles),
        ("events", told.events.len() as u64),
        ("reports", reports as u64),
    ];
    let asked = (&args.provenance, &request.selection, &request.events);
    provenance::finish(out, engine, asked, &counts)?;
    Ok(ExitCode::Done)
}

/// A line a report, those of an event after one another.
fn write_rows(out: &mut Output, format: RowFormat, told: &GroupedEvents, facets: &[FacetInfo]) -> Result<()> {
    let table = Table::new(Rows::Events, facets);
    let mut heads = COLUMNS.map(String::from).to_vec();
    heads.extend_from_slice(table.heads());
    let mut sink = RowSink::begin(out, format, ("events", heads), table.names())?;
    for event in &told.events {
        for member in &event.members {
            sink.add(row_of(event, member)?)?;
        }
    }
    sink.finish()?;
    Ok(())
}

fn row_of(event: &GroupedEvent, member: &GroupMember) -> Result<Map<String, Value>> {
    let join = member.join.as_ref();
    let reasons = join.map(|join| reasons_of(join).into_iter().map(Value::from).collect());
    let killed = || event.killed.iter().map(|figure| figure.n);
    let values: [Value; COLUMNS.len()] = [
        event.id.clone().into(),
        event.members.len().into(),
        member.level.into(),
        member.same_event.clone().into(),
        join.map(|join| join.join_score).into(),
        join.map(|join| join.join_with.clone()).into(),
        Value::Array(reasons.unwrap_or_default()),
        member.by_hand().into(),
        event.date.map(|date| date.to_string()).into(),
        event.articles.into(),
        event.media.into(),
        event.first_report.map(|date| date.to_string()).into(),
        event.last_report.map(|date| date.to_string()).into(),
        killed().min().into(),
        killed().max().into(),
        side_by_side(&event.killed).into(),
        side_by_side(&event.wounded).into(),
        side_by_side(&event.abducted).into(),
    ];
    let mut row: Map<String, Value> = COLUMNS.iter().map(ToString::to_string).zip(values).collect();
    match serde_json::to_value(&member.row)? {
        Value::Object(columns) => row.extend(columns),
        other => anyhow::bail!("a row is {other}"),
    }
    Ok(row)
}

fn write_text(out: &mut Output, told: &GroupedEvents) -> Result<()> {
    if told.events.is_empty() {
        return Ok(writeln!(out, "{}", say!("events-none"))?);
    }
    let counts = say!(
        "events-group-counts",
        events = told.events.len(),
        reports = told.events.iter().map(|event| event.members.len()).sum::<usize>(),
        articles = told.articles
    );
    writeln!(out, "{counts}")?;
    for event in &told.events {
        writeln!(out)?;
        write_event(out, event)?;
    }
    Ok(())
}

fn write_event(out: &mut Output, event: &GroupedEvent) -> Result<()> {
    let Some(first) = event.members.first() else {
        return Ok(());
    };
    let date = event
        .date
        .map_or_else(|| say!("count-undated"), |date| date.to_string());
    let around = within(&first.row);
    let place = match around.is_empty() {
        true => first.row.place.clone(),
        false => format!("{} ({})", first.row.place, around.join(", ")),
    };
    let bold = style::TITLE;
    let head = out.safe(&format!("{date}  {place}")).into_owned();
    writeln!(out, "{bold}{head}{bold:#}")?;
    let mut about = vec![say!(
        "events-told-by",
        articles = event.articles,
        media = event.media
    )];
    if let (Some(from), Some(to)) = (event.first_report, event.last_report) {
        about.push(match from == to {
            true => from.to_string(),
            false => format!("{from} – {to}"),
        });
    }
    for (name, figures) in [
        (say!("chronology-killed"), &event.killed),
        (say!("chronology-wounded"), &event.wounded),
        (say!("chronology-abducted"), &event.abducted),
    ] {
        about.extend((!figures.is_empty()).then(|| format!("{name} {}", side_by_side(figures))));
    }
    let about = out.safe(&about.join(" · ")).into_owned();
    writeln!(out, "{}", wrap(&about, out.width, "    "))?;
    event
        .members
        .iter()
        .try_for_each(|member| write_member(out, member))
}

/// Medium, publication, place and date as this article has them; the passage; why it is here.
fn write_member(out: &mut Output, member: &GroupMember) -> Result<()> {
    let (row, dim) = (&member.row, style::DIM);
    let date = row
        .event_date
        .map_or_else(|| say!("count-undated"), |date| date.to_string());
    let about = [
        row.source.clone(),
        row.date.map(|date| date.to_string()),
        Some(format!("{} {date}", row.place)),
        row.harm.killed.map(|n| say!("events-killed", n = n)),
        row.harm.wounded.map(|n| say!("events-wounded", n = n)),
        row.harm.abducted.map(|n| say!("events-abducted", n = n)),
    ];
    let mut about: Vec<String> = about.into_iter().flatten().collect();
    about.extend(row.sides.told().iter().map(Message::said));
    about.extend((!row.is_sure()).then(|| say!("events-confidence", n = decimal(row.confidence, 2))));
    about.extend(member.parted_by_hand.then(|| say!("events-parted-by-hand")));
    // By the id a report is joined and parted.
    let from = [Some(row.id.as_str()), row.url.as_deref()];
    let from = from.into_iter().flatten().collect::<Vec<_>>().join("  ");
    let [about, passage, from] =
        [&about.join(" · "), &row.passage, &from].map(|text| out.safe(text).into_owned());
    writeln!(out, "{}", wrap(&format!("- {about}"), out.width, "    "))?;
    writeln!(out, "{}", wrap(&format!("« {passage} »"), out.width, "      "))?;
    if let Some(join) = &member.join {
        let why = out.safe(&why(member.level, join)).into_owned();
        writeln!(out, "{}", wrap(&why, out.width, "      "))?;
    }
    writeln!(out, "      {dim}{from}{dim:#}")?;
    Ok(())
}
