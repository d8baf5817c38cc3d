//! The page of events: what the articles of a search report, the reports of one event together, on a map, over time and
//! as a table.

use super::super::api::events_request;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::event_rows::{Told, groups_table, reports_table};
use super::facets::number;
use super::filters::{chips, form};
use super::layout::layout;
use super::link::Link;
use super::map::{Shown, Spot, map};
use super::text::Text;
use super::timeline::{Chart, MOST_BARS, drawn};
use crate::date::{Edtf, PartialDate};
use crate::messages::localized;
use crate::say;
use crate::search::{Bucket, Count, Engine as _, EventRow, ExportRequest, ExportRow, SearchRequest};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Reports that are sorted for the page; exports have all.
const MOST: usize = 20_000;

/// Reports of more articles than that are put together only if somebody asks for it: it takes time.
const GROUPED: u64 = 3_000;

/// Events of a page.
const ROWS: usize = 30;

/// What of an event the map and the timeline show.
struct Point<'r> {
    date: Option<Edtf>,
    row: &'r EventRow,
    killed: u32,
}

/// Events.
pub(in super::super) fn events(asked: &Asked) -> Result<Response, Problem> {
    let request = events_request(asked)?;
    let articles = articles(asked)?;
    let (told, is_cut, notes) = match is_grouped(asked, articles) {
        true => {
            let grouped = asked.commit.engine.grouped_events(&request)?.value;
            (Told::Groups(grouped.events), false, grouped.notes)
        }
        false => {
            let (rows, is_cut) = reports(asked, &request)?;
            (Told::Reports(rows), is_cut, Vec::new())
        }
    };
    let found = told.sorted(asked.params.get("sort").unwrap_or("newest"));
    let total = found.len();
    let last = total.div_ceil(ROWS).max(1);
    let page = asked.params.limited("page", 1, MOST)?.min(last);
    let from = (page - 1) * ROWS;
    let main = html! {
        (form(asked))
        (chips(asked)?)
        (heading(asked, &found, is_cut, request.events.sure))
        (narrowed(asked))
        @for note in &notes { p.note { (localized(note)) } }
        @if !found.is_grouped() && articles > GROUPED {
            p.note { (say!("web-events-many", articles = say!("count-articles", n = articles))) " "
                a href=(Link::here(asked).with("grouped", "true").without("page")) { (say!("web-events-group-all")) } }
        }
        @if total == 0 { p { (say!("events-none")) } }
        @else {
            (over_time(asked, &found.points()))
            (on_map(asked, &found.points()))
            @match &found {
                Told::Groups(groups) => (groups_table(asked, &groups[from..(from + ROWS).min(total)])),
                Told::Reports(rows) => (reports_table(asked, &rows[from..(from + ROWS).min(total)])),
            }
        }
        (paging(asked, page, last))
    };
    Ok(layout(asked, &say!("web-nav-events"), main).into_response())
}

/// How many articles a search finds.
fn articles(asked: &Asked) -> Result<u64, Problem> {
    let request = SearchRequest {
        selection: asked.selection()?,
        limit: 1,
        page: 1,
        count: Count::Nothing,
        ..SearchRequest::default()
    };
    Ok(asked.commit.engine.search(&request)?.total)
}

/// Whether reports of one event are put together.
fn is_grouped(asked: &Asked, articles: u64) -> bool {
    match asked.params.get("grouped") {
        Some("false") => false,
        Some(_) => true,
        None => articles <= GROUPED,
    }
}

fn reports(asked: &Asked, request: &ExportRequest) -> Result<(Vec<EventRow>, bool), Problem> {
    let mut rows: Vec<EventRow> = Vec::new();
    for row in asked.commit.engine.export(request)? {
        if rows.len() == MOST {
            return Ok((rows, true));
        }
        if let ExportRow::Event(row) = row? {
            rows.push(*row);
        }
    }
    Ok((rows, false))
}

impl Told {
    fn is_grouped(&self) -> bool {
        matches!(self, Self::Groups(_))
    }

    /// What a map and a timeline show: of events with several reports the first report that has a place.
    fn points(&self) -> Vec<Point<'_>> {
        match self {
            Self::Reports(rows) => rows
                .iter()
                .map(|row| Point {
                    date: row.event_date,
                    row,
                    killed: row.harm.killed.unwrap_or(0),
                })
                .collect(),
            Self::Groups(groups) => groups
                .iter()
                .filter_map(|event| {
                    let rows = || event.members.iter().map(|member| &member.row);
                    let placed = rows().find(|row| row.latitude.is_some());
                    Some(Point {
                        date: event.date,
                        row: placed.or_else(|| rows().next())?,
                        killed: event.killed.iter().map(|figure| figure.n).max().unwrap_or(0),
                    })
                })
                .collect(),
        }
    }
}

/// How many there are, and what can be done with all of them.
fn heading(asked: &Asked, told: &Told, is_cut: bool, sure: bool) -> Markup {
    let here = || Link::here(asked).without("page");
    // The API has the same selection, report by report.
    let export = |format: &str| {
        let link = ["sure", "near", "min-killed"].iter().fold(
            Link::same_articles(asked, "/api/v1/events").without("ui-lang"),
            |link, name| match asked.params.get(name) {
                Some(value) => link.with(name, value),
                None => link,
            },
        );
        link.with("format", format)
    };
    html! {
        div.heading {
            h1 { b { (number(told.len() as u64)) } @if is_cut { "+" } " "
                @if told.is_grouped() { (say!("web-events", n = told.len())) } @else { (say!("web-reports", n = told.len())) }
                @if told.is_grouped() { span.quiet { " " (say!("web-from-reports", n = told.reports())) } } }
            p.tools {
                @if told.is_grouped() { a href=(here().with("grouped", "false")) { (say!("web-events-apart")) } }
                @else { a href=(here().without("grouped")) { (say!("web-events-together")) } }
                @if sure { a href=(here().without("sure")) { (say!("web-events-all")) } }
                @else { a href=(here().with("sure", "true")) { (say!("web-events-sure")) } }
                span { (say!("web-export-reports")) " "
                    a href=(export("csv")) download { "CSV" } " "
                    a href=(export("geojson")) download { "GeoJSON" } " "
                    a href=(export("jsonl")) download { "JSONL" } }
            }
        }
    }
}

/// What narrows events alone: near a place, at least so many dead.
fn narrowed(asked: &Asked) -> Markup {
    let here = Link::here(asked)
        .without("page")
        .without("near")
        .without("min-killed");
    let value = |name: &str| asked.params.get(name).unwrap_or_default().to_string();
    html! {
        form.axes action="/events" {
            @for (name, value) in here.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            label { (say!("web-near")) " " input type="text" name="near" value=(Text(&value("near"))) placeholder="Djibo:50" size="14"; }
            label { (say!("web-min-killed")) " " input type="number" name="min-killed" min="0" max="100000" value=(Text(&value("min-killed"))); }
            button.second type="submit" { (say!("web-show")) }
            @if asked.params.get("near").is_some() || asked.params.get("min-killed").is_some() { a href=(here) { (say!("web-remove-all")) } }
        }
    }
}

/// Events by month, or by year where there are many months; those of an unknown year are told apart.
fn over_time(asked: &Asked, points: &[Point<'_>]) -> Markup {
    let months: Vec<(i64, u64)> = months(points);
    let without = points.len() as u64 - months.iter().map(|(_, count)| count).sum::<u64>();
    let span = months
        .first()
        .zip(months.last())
        .map(|(first, last)| (first.0, last.0));
    let Some((first, last)) = span else {
        return html! {};
    };
    let by_year = (last - first) as usize >= MOST_BARS;
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    let bucket = |month: i64| if by_year { month.div_euclid(12) } else { month };
    // Every month between is there, also without events.
    counts.extend((bucket(first)..=bucket(last)).map(|at| (at, 0)));
    for (month, count) in months {
        *counts.entry(bucket(month)).or_default() += count;
    }
    let name = |at: i64| match by_year {
        true => format!("{at:04}"),
        false => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
    };
    let chart = Chart {
        name: say!("web-timeline-of-events"),
        of: say!("web-nav-events"),
        buckets: counts
            .into_iter()
            .map(|(at, count)| Bucket {
                value: name(at),
                count,
                all: None,
                share: None,
                split: Vec::new(),
            })
            .collect(),
        series: Vec::new(),
        since: "event-since",
        until: "event-until",
        without: (without > 0).then(|| say!("web-events-without-month", n = without)),
    };
    drawn(asked, &chart)
}

/// The months in which events began, counted from the year 0, with their numbers.
fn months(points: &[Point<'_>]) -> Vec<(i64, u64)> {
    let mut months: BTreeMap<i64, u64> = BTreeMap::new();
    for point in points {
        let begins = point.date.filter(|date| date.precision() != "year");
        let Some((first, _)) = begins.and_then(|date| date.interval()) else {
            continue;
        };
        let date = PartialDate::from_days(first);
        let month = i64::from(date.year()) * 12 + i64::from(date.month().unwrap_or(1)) - 1;
        *months.entry(month).or_default() += 1;
    }
    months.into_iter().collect()
}

/// Events on a map, those of one place together.
fn on_map(asked: &Asked, points: &[Point<'_>]) -> Markup {
    let mut places: BTreeMap<String, Spot> = BTreeMap::new();
    for point in points {
        let Some(at) = point.row.latitude.zip(point.row.longitude) else {
            continue;
        };
        // A whole country or region has no point.
        if point.row.coordinates == Some("centre") {
            continue;
        }
        let place = &point.row.place;
        let spot = places.entry(format!("{place} {at:?}")).or_insert_with(|| Spot {
            name: place.clone(),
            at,
            count: 0,
            is_grave: false,
            link: Link::here(asked)
                .with("near", format!("{place}:1"))
                .without("page"),
        });
        spot.count += 1;
        spot.is_grave |= point.killed > 0;
    }
    let shown = Shown {
        areas: Vec::new(),
        spots: places.into_values().collect(),
    };
    html! {
        @if !shown.spots.is_empty() {
            (map(&say!("web-map-of-events"), &say!("web-nav-events"), shown))
            p.quiet.legend { span { span class="key grave" {} (say!("web-map-grave")) } span { span class="key spot" {} (say!("web-map-other")) } }
        }
    }
}

fn paging(asked: &Asked, page: usize, last: usize) -> Markup {
    html! {
        @if last > 1 {
            nav.paging aria-label=(say!("web-pages")) {
                @if page > 1 { a rel="prev" href=(Link::here(asked).with("page", page - 1)) { "← " (say!("web-previous")) } }
                span { (say!("web-page-of", page = page, last = last)) }
                @if page < last { a rel="next" href=(Link::here(asked).with("page", page + 1)) { (say!("web-next")) " →" } }
            }
        }
    }
}
