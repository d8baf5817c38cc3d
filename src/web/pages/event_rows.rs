//! Events as rows of a table: each with its reports and their passages, or each report apart.

use super::super::asked::Asked;
use super::link::Link;
use super::search::article_link;
use super::text::Text;
use crate::date::Edtf;
use crate::export::chronology::{side_by_side, within};
use crate::export::reasons::why;
use crate::messages::decimal;
use crate::say;
use crate::search::{EventRow, Figure, GroupMember, GroupedEvent};
use maud::{Markup, html};
use std::cmp::Reverse;

/// What is told of events: by event, or by report.
pub(super) enum Told {
    Groups(Vec<GroupedEvent>),
    Reports(Vec<EventRow>),
}

impl Told {
    /// Rows of the table.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Groups(groups) => groups.len(),
            Self::Reports(rows) => rows.len(),
        }
    }

    /// Reports behind them.
    pub(super) fn reports(&self) -> usize {
        match self {
            Self::Groups(groups) => groups.iter().map(|event| event.members.len()).sum(),
            Self::Reports(rows) => rows.len(),
        }
    }

    /// Sorted by a column, those without what is sorted by last.
    pub(super) fn sorted(self, by: &str) -> Self {
        match self {
            Self::Groups(mut groups) => {
                sort(&mut groups, by, |event| Keys {
                    day: day(event.date),
                    place: place(event).to_lowercase(),
                    killed: most(&event.killed),
                    wounded: most(&event.wounded),
                    abducted: most(&event.abducted),
                    articles: event.articles,
                    confidence: confidence(event),
                });
                Self::Groups(groups)
            }
            Self::Reports(mut rows) => {
                sort(&mut rows, by, |row| Keys {
                    day: day(row.event_date),
                    place: row.place.to_lowercase(),
                    killed: row.harm.killed,
                    wounded: row.harm.wounded,
                    abducted: row.harm.abducted,
                    articles: 1,
                    confidence: row.confidence,
                });
                Self::Reports(rows)
            }
        }
    }
}

/// What a row can be sorted by.
struct Keys {
    day: Option<String>,
    place: String,
    killed: Option<u32>,
    wounded: Option<u32>,
    abducted: Option<u32>,
    articles: usize,
    confidence: f64,
}

/// A day that is known; years that the text doesn't say are written XXXX.
fn day(date: Option<Edtf>) -> Option<String> {
    date.map(|date| date.to_string())
        .filter(|date| !date.starts_with('X'))
}

fn sort<T>(rows: &mut [T], by: &str, keys: impl Fn(&T) -> Keys) {
    let hundredths = |confidence: f64| (confidence * 100.0).round() as i64;
    match by {
        "oldest" => rows.sort_by_cached_key(|row| {
            let day = keys(row).day;
            (day.is_none(), day)
        }),
        "place" => rows.sort_by_cached_key(|row| keys(row).place),
        "killed" => rows.sort_by_cached_key(|row| Reverse(keys(row).killed)),
        "wounded" => rows.sort_by_cached_key(|row| Reverse(keys(row).wounded)),
        "abducted" => rows.sort_by_cached_key(|row| Reverse(keys(row).abducted)),
        "articles" => rows.sort_by_cached_key(|row| Reverse(keys(row).articles)),
        "confidence" => rows.sort_by_cached_key(|row| Reverse(hundredths(keys(row).confidence))),
        _ => rows.sort_by_cached_key(|row| Reverse(keys(row).day)),
    }
}

fn most(figures: &[Figure]) -> Option<u32> {
    figures.iter().map(|figure| figure.n).max()
}

/// The place of an event: that of the surest report.
fn place(event: &GroupedEvent) -> &str {
    surest(event).map_or("", |row| &row.place)
}

fn surest(event: &GroupedEvent) -> Option<&EventRow> {
    let rows = event.members.iter().map(|member| &member.row);
    rows.max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}

/// An event is as sure as its surest report.
fn confidence(event: &GroupedEvent) -> f64 {
    surest(event).map_or(0.0, |row| row.confidence)
}

/// The heads of the columns that are in both tables; each sorts.
fn heads(asked: &Asked, grouped: bool) -> Markup {
    let sorted = asked.params.get("sort").unwrap_or("newest");
    let head = |by: &str, class: &str, name: String| {
        let (is_sorted, way) = match (by, sorted) {
            ("newest", "newest") => (true, "oldest"),
            ("newest", "oldest") => (true, "newest"),
            (by, sorted) => (by == sorted, by),
        };
        let order = match (by, sorted) {
            ("newest", "oldest") | ("place", _) => "ascending",
            _ => "descending",
        };
        html! { th scope="col" class=(class) aria-sort=[is_sorted.then_some(order)] {
            a href=(Link::here(asked).with("sort", way).without("page")) { (name)
                @if is_sorted { span aria-hidden="true" { @if order == "ascending" { " ↑" } @else { " ↓" } } } }
        } }
    };
    html! {
        thead { tr {
            (head("newest", "date", say!("web-date", name = "event")))
            (head("place", "", say!("web-place")))
            (head("killed", "number", say!("web-killed")))
            (head("wounded", "number", say!("web-wounded")))
            (head("abducted", "number", say!("web-abducted")))
            @if grouped { (head("articles", "number", say!("timeline-articles"))) }
            (head("confidence", "number", say!("web-confidence")))
            th scope="col" { (say!("web-passage")) }
        } }
    }
}

fn wide(table: Markup) -> Markup {
    html! { div.wide tabindex="0" role="region" aria-label=(say!("web-nav-events")) { (table) } }
}

fn date_of(date: Option<Edtf>) -> Markup {
    html! { @match date { Some(date) => (date), None => (say!("count-undated")) } }
}

fn around(row: &EventRow) -> Markup {
    let within = within(row);
    html! { b { (Text(&row.place)) } @if !within.is_empty() { br; span.quiet { (Text(&within.join(", "))) } } }
}

/// Each report apart.
pub(super) fn reports_table(asked: &Asked, rows: &[EventRow]) -> Markup {
    wide(html! { table.events { (heads(asked, false)) tbody { @for row in rows { (report(asked, row)) } } } })
}

fn report(asked: &Asked, row: &EventRow) -> Markup {
    let count = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        tr.unsure[!row.is_sure()] {
            td.date { (date_of(row.event_date)) }
            td { (around(row)) }
            td.number title=(Text(&row.harm.killed_text)) { (count(row.harm.killed)) }
            td.number title=(Text(&row.harm.wounded_text)) { (count(row.harm.wounded)) }
            td.number title=(Text(&row.harm.abducted_text)) { (count(row.harm.abducted)) }
            td.number { (say!("count-number", n = decimal(row.confidence, 2))) }
            td.passage { q { (Text(&row.passage)) } br; (article_of(asked, row)) }
        }
    }
}

/// The article of a report.
fn article_of(asked: &Asked, row: &EventRow) -> Markup {
    html! {
        a href=(article_link(asked, &row.id)) { @if row.title.is_empty() { (Text(&row.id)) } @else { (Text(&row.title)) } }
        span.quiet { @if let Some(source) = &row.source { " · " (Text(source)) } @if let Some(date) = row.date { " · " (date) } }
    }
}

/// The events, each opening its reports.
pub(super) fn groups_table(asked: &Asked, groups: &[GroupedEvent]) -> Markup {
    wide(
        html! { table.events { (heads(asked, true)) tbody { @for event in groups { (group(asked, event)) } } } },
    )
}

/// The numbers that are told: one, or from the smallest to the largest; who tells which is said beside it.
fn told(figures: &[Figure]) -> Markup {
    let numbers = || figures.iter().map(|figure| figure.n);
    let text = match (numbers().min(), numbers().max()) {
        (Some(least), Some(most)) if least != most => format!("{least}–{most}"),
        (Some(one), _) => one.to_string(),
        _ => String::new(),
    };
    html! { td.number title=(Text(&side_by_side(figures))) { (text) } }
}

fn group(asked: &Asked, event: &GroupedEvent) -> Markup {
    let Some(first) = surest(event) else {
        return html! {};
    };
    let confidence = confidence(event);
    html! {
        tr.unsure[!first.is_sure()] {
            td.date { (date_of(event.date)) }
            td { (around(first)) }
            (told(&event.killed)) (told(&event.wounded)) (told(&event.abducted))
            td.number { (event.articles) }
            td.number { (say!("count-number", n = decimal(confidence, 2))) }
            td.passage {
                q { (Text(&first.passage)) }
                details {
                    summary { (say!("web-event-told", reports = event.members.len(), articles = event.articles, media = event.media)) }
                    (differing(event))
                    ol { @for member in &event.members { (report_of(asked, member)) } }
                }
            }
        }
    }
}

/// Numbers that differ, each with who tells it.
fn differing(event: &GroupedEvent) -> Markup {
    let kinds = [
        (say!("web-killed"), &event.killed),
        (say!("web-wounded"), &event.wounded),
        (say!("web-abducted"), &event.abducted),
    ];
    html! {
        @for (name, figures) in &kinds {
            @if figures.len() > 1 { p.quiet { (name) ": " (Text(&side_by_side(figures))) } }
        }
    }
}

/// A report of an event: who, when, how sure; its passage; why it is here.
fn report_of(asked: &Asked, member: &GroupMember) -> Markup {
    let row = &member.row;
    html! {
        li.member {
            p { (article_of(asked, row)) }
            p.quiet { (date_of(row.event_date)) " · " (Text(&row.place))
                @if let Some(n) = row.harm.killed { " · " (say!("events-killed", n = n)) }
                @if let Some(n) = row.harm.wounded { " · " (say!("events-wounded", n = n)) }
                @if let Some(n) = row.harm.abducted { " · " (say!("events-abducted", n = n)) }
                " · " (say!("events-confidence", n = decimal(row.confidence, 2))) }
            blockquote { (Text(&row.passage)) }
            @if let Some(join) = &member.join {
                p.quiet { (Text(&why(member.level, join))) }
            }
        }
    }
}
