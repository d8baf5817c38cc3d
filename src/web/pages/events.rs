//! The page of events: what the articles of a search report, an event a row.

use super::super::api::events_request;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::{chips, form};
use super::layout::layout;
use super::link::Link;
use super::search::article_link;
use super::text::Text;
use crate::messages::decimal;
use crate::say;
use crate::search::{Engine as _, EventRow, ExportRow};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use std::cmp::Reverse;

/// Events that are sorted for the page; exports have all.
const MOST: usize = 20_000;

/// Events of a page.
const ROWS: usize = 50;

/// Events.
pub(in super::super) fn events(asked: &Asked) -> Result<Response, Problem> {
    let request = events_request(asked)?;
    let mut rows: Vec<EventRow> = Vec::new();
    let mut is_cut = false;
    for row in asked.commit.engine.export(&request)? {
        if rows.len() == MOST {
            is_cut = true;
            break;
        }
        if let ExportRow::Event(row) = row? {
            rows.push(*row);
        }
    }
    sort(&mut rows, asked.params.get("sort").unwrap_or("newest"));
    let last = rows.len().div_ceil(ROWS).max(1);
    let page = asked.params.limited("page", 1, MOST)?.min(last);
    let shown = rows.iter().skip((page - 1) * ROWS).take(ROWS);
    let export = |format: &str| {
        Link::here(asked)
            .without("ui-lang")
            .without("sort")
            .without("page")
            .with("format", format)
    };
    let to_api = |format: &str| {
        export(format)
            .to_string()
            .replacen("/events", "/api/v1/events", 1)
    };
    let sure = request.events.sure;
    let main = html! {
        (form(asked))
        (chips(asked)?)
        div.heading {
            h1 { b { (number(rows.len() as u64)) } @if is_cut { "+" } " " (say!("web-events", n = rows.len())) }
            p.tools {
                @if sure { a href=(Link::here(asked).without("sure").without("page")) { (say!("web-events-all")) } }
                @else { a href=(Link::here(asked).with("sure", "true").without("page")) { (say!("web-events-sure")) } }
                a href=(to_api("csv")) download { "CSV" }
                a href=(to_api("geojson")) download { "GeoJSON" }
                a href=(to_api("jsonl")) download { "JSONL" }
            }
        }
        @if rows.is_empty() { p { (say!("events-none")) } } @else { (table(asked, shown)) }
        @if last > 1 {
            nav.paging aria-label=(say!("web-pages")) {
                @if page > 1 { a rel="prev" href=(Link::here(asked).with("page", page - 1)) { "← " (say!("web-previous")) } }
                span { (say!("web-page-of", page = page, last = last)) }
                @if page < last { a rel="next" href=(Link::here(asked).with("page", page + 1)) { (say!("web-next")) " →" } }
            }
        }
    };
    Ok(layout(asked, &say!("web-nav-events"), main).into_response())
}

/// Sorts rows, those without what is sorted by last.
fn sort(rows: &mut [EventRow], by: &str) {
    // Years that the text doesn't say are written XXXX.
    let day = |row: &EventRow| {
        let date = row.event_date.map(|date| date.to_string());
        date.filter(|date| !date.starts_with('X'))
    };
    match by {
        "oldest" => rows.sort_by_cached_key(|row| (day(row).is_none(), day(row))),
        "confidence" => rows.sort_by(|a, b| b.confidence.total_cmp(&a.confidence)),
        "killed" => rows.sort_by_key(|row| Reverse(row.harm.killed)),
        "place" => rows.sort_by_cached_key(|row| row.place.to_lowercase()),
        _ => rows.sort_by_cached_key(|row| Reverse(day(row))),
    }
}

fn table<'r>(asked: &Asked, rows: impl Iterator<Item = &'r EventRow>) -> Markup {
    let sorted = asked.params.get("sort").unwrap_or("newest");
    let head = |by: &str, name: String| {
        html! { th scope="col" aria-sort=[(by == sorted).then_some("other")] {
        a href=(Link::here(asked).with("sort", by).without("page")) { (name) } } }
    };
    html! {
        div.wide tabindex="0" role="region" aria-label=(say!("web-nav-events")) {
            table.events {
                thead { tr {
                    (head(if sorted == "newest" { "oldest" } else { "newest" }, say!("web-date", name = "event")))
                    (head("place", say!("web-place")))
                    (head("killed", say!("web-killed")))
                    th scope="col" { (say!("web-wounded")) }
                    th scope="col" { (say!("web-abducted")) }
                    (head("confidence", say!("web-confidence")))
                    th scope="col" { (say!("web-passage")) }
                } }
                tbody { @for row in rows { (event(asked, row)) } }
            }
        }
    }
}

fn event(asked: &Asked, row: &EventRow) -> Markup {
    let within: Vec<&str> = [&row.cercle, &row.region, &row.country]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|name| *name != row.place)
        .collect();
    let count = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        tr.unsure[!row.is_sure()] {
            td.date { @match row.event_date { Some(date) => (date), None => (say!("count-undated")) } }
            td { b { (Text(&row.place)) } @if !within.is_empty() { br; span.quiet { (Text(&within.join(", "))) } } }
            td.number title=(Text(&row.harm.killed_text)) { (count(row.harm.killed)) }
            td.number title=(Text(&row.harm.wounded_text)) { (count(row.harm.wounded)) }
            td.number title=(Text(&row.harm.abducted_text)) { (count(row.harm.abducted)) }
            td.number { (say!("count-number", n = decimal(row.confidence, 2))) }
            td.passage {
                q { (Text(&row.passage)) }
                br; a href=(article_link(asked, &row.id)) { @if row.title.is_empty() { (Text(&row.id)) } @else { (Text(&row.title)) } }
                span.quiet { @if let Some(source) = &row.source { " · " (Text(source)) } @if let Some(date) = row.date { " · " (date) } }
            }
        }
    }
}
