//! The page that compares two searches: what is in both, what is in one of them only, and how they differ by facet and over
//! time.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::{chips, facet_name};
use super::layout::layout;
use super::link::Link;
use super::search::article_link;
use super::text::Text;
use super::timeline::{Chart, MOST_BARS, drawn};
use crate::facet_path::FacetPath;
use crate::messages::{decimal, localized};
use crate::say;
use crate::search::{
    Bucket, Count, DatedBy, Engine as _, Hit, Order, SearchRequest, SearchResponse, Selection, Step,
    TimelineRequest, ValueCount,
};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Hits of each part, and values of each facet.
const LISTED: usize = 5;
const VALUES: usize = 10;

/// A part of the comparison: what it is called, its selection, what it finds.
struct Part {
    name: String,
    selection: Selection,
    found: SearchResponse,
}

/// Two searches.
pub(in super::super) fn compare(asked: &Asked) -> Result<Response, Problem> {
    let first = asked.selection()?;
    let second = asked.params.get("with").map(|query| Selection {
        query: query.to_string(),
        ..first.clone()
    });
    let main = html! {
        h1 { (say!("web-nav-compare")) }
        (form(asked))
        (chips(asked)?)
        @match &second {
            None => p { (say!("web-compare-how")) },
            Some(second) => (compared(asked, &first, second)?),
        }
    };
    Ok(layout(asked, &say!("web-nav-compare"), main).into_response())
}

fn form(asked: &Asked) -> Markup {
    let kept = Link::here(asked).without("q").without("with");
    let value = |name: &str| asked.params.get(name).unwrap_or_default().to_string();
    html! {
        form.axes.pair action="/compare" role="search" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            label { "A " input #q type="search" name="q" value=(Text(&value("q"))) placeholder="drone"; }
            label { "B " input type="search" name="with" value=(Text(&value("with"))) placeholder="\"engin explosif\""; }
            button type="submit" { (say!("web-compare-button")) }
        }
    }
}

fn found(asked: &Asked, selection: &Selection, count: Count) -> Result<SearchResponse, Problem> {
    let request = SearchRequest {
        selection: selection.clone(),
        order: Order::Relevance,
        limit: LISTED,
        page: 1,
        count,
        ..SearchRequest::default()
    };
    Ok(asked.commit.engine.search(&request)?.value)
}

/// One query with another: a parenthesis each.
fn joined(first: &Selection, operator: &str, second: &Selection) -> Selection {
    Selection {
        query: format!("({}) {operator} ({})", first.query, second.query),
        ..first.clone()
    }
}

fn compared(asked: &Asked, first: &Selection, second: &Selection) -> Result<Markup, Problem> {
    let part = |name: String, selection: Selection, count: Count| -> Result<Part, Problem> {
        let found = found(asked, &selection, count)?;
        Ok(Part {
            name,
            selection,
            found,
        })
    };
    let a = part("A".into(), first.clone(), Count::Shown)?;
    let b = part("B".into(), second.clone(), Count::Shown)?;
    // A query of nothing finds everything, which no parenthesis says.
    let of = |operator: &str, one: &Selection, other: &Selection| match (one.query.trim(), other.query.trim())
    {
        ("", _) if operator == "AND" => other.clone(),
        (_, "") if operator == "AND" => one.clone(),
        ("", _) => Selection {
            query: format!("NOT ({})", other.query),
            ..one.clone()
        },
        _ => joined(one, operator, other),
    };
    let both = part(say!("web-compare-both"), of("AND", first, second), Count::Nothing)?;
    let only_a = part(
        say!("web-compare-only", name = "A"),
        of("AND NOT", first, second),
        Count::Nothing,
    )?;
    let only_b = part(
        say!("web-compare-only", name = "B"),
        of("AND NOT", second, first),
        Count::Nothing,
    )?;
    // The parts must make up the wholes: where a query doesn't stand in a parenthesis, nothing wrong is shown.
    let adds_up = |whole: &Part, rest: &Part| both.found.total + rest.found.total == whole.found.total;
    let is_split = adds_up(&a, &only_a) && adds_up(&b, &only_b);
    Ok(html! {
        @for part in [&a, &b] { @for note in &part.found.notes { p.note { (part.name) ": " (Text(&localized(note))) } } }
        (totals(asked, &[&a, &b]))
        @if is_split { (parts(asked, &[&both, &only_a, &only_b])) }
        @else { p.note { (say!("web-compare-no-parts")) } }
        (over_time(asked, &a, &b)?)
        (facets(asked, &a, &b))
    })
}

/// The page of a search.
fn link(asked: &Asked, selection: &Selection) -> Link {
    Link::same_articles(asked, "/").with("q", &selection.query)
}

fn totals(asked: &Asked, parts: &[&Part]) -> Markup {
    html! {
        dl.figures { @for part in parts { div {
            dt { (part.name) ": " a href=(link(asked, &part.selection)) { @if part.selection.query.is_empty() { (say!("dossier-every-article")) } @else { (Text(&part.selection.query)) } } }
            dd { (number(part.found.total)) }
        } } }
    }
}

fn parts(asked: &Asked, parts: &[&Part]) -> Markup {
    html! {
        div.three { @for part in parts {
            section {
                h2 { a href=(link(asked, &part.selection)) { (part.name) } " " span.quiet { (say!("count-articles", n = part.found.total)) } }
                ol { @for hit in &part.found.hits { li { (title(asked, hit)) } } }
            }
        } }
    }
}

fn title(asked: &Asked, hit: &Hit) -> Markup {
    html! {
        a href=(article_link(asked, &hit.id)) { @if hit.title.is_empty() { (Text(hit.begins.as_deref().unwrap_or(&hit.id))) } @else { (Text(&hit.title)) } }
        span.quiet { @if let Some(date) = &hit.date { " · " (Text(date)) } }
    }
}

/// Both over time, on the same axis.
fn over_time(asked: &Asked, a: &Part, b: &Part) -> Result<Markup, Problem> {
    let counted = |part: &Part, by: Step| -> Result<BTreeMap<String, u64>, Problem> {
        let timeline = asked.commit.engine.timeline(&TimelineRequest {
            selection: part.selection.clone(),
            by,
            of: DatedBy::Publication,
            split: None,
            top: None,
            share: false,
        })?;
        let buckets = timeline.value.buckets.into_iter();
        Ok(buckets.map(|bucket| (bucket.value, bucket.count)).collect())
    };
    let mut by_step = [counted(a, Step::Month)?, counted(b, Step::Month)?];
    if by_step.iter().any(|counts| counts.len() > MOST_BARS) {
        by_step = [counted(a, Step::Year)?, counted(b, Step::Year)?];
    }
    let [of_a, of_b] = by_step;
    let all: Vec<String> = of_a
        .keys()
        .chain(of_b.keys())
        .cloned()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let chart = |part: &Part, counts: &BTreeMap<String, u64>| Chart {
        name: say!("web-compare-over-time", name = &part.name),
        of: say!("timeline-articles"),
        buckets: all
            .iter()
            .map(|value| Bucket {
                value: value.clone(),
                count: counts.get(value).copied().unwrap_or(0),
                all: None,
                share: None,
                split: Vec::new(),
            })
            .collect(),
        series: Vec::new(),
        since: "since",
        until: "until",
        without: None,
    };
    Ok(html! {
        div.two {
            section { h2 { "A" } (drawn(asked, &chart(a, &of_a))) }
            section { h2 { "B" } (drawn(asked, &chart(b, &of_b))) }
        }
    })
}

/// The first level of the counts of a facet.
fn counts(values: Option<&Vec<ValueCount>>) -> BTreeMap<&str, u64> {
    let values = values.map_or([].as_slice(), Vec::as_slice);
    // Countries say little: their regions do.
    let mut counts = BTreeMap::new();
    for value in values {
        match value.children.is_empty() {
            true => drop(counts.insert(value.value.as_str(), value.count)),
            false => counts.extend(
                value
                    .children
                    .iter()
                    .map(|child| (child.value.as_str(), child.count)),
            ),
        }
    }
    counts
}

/// Counts of facets side by side, the values that are most frequent in either first.
fn facets(asked: &Asked, a: &Part, b: &Part) -> Markup {
    let shown = asked
        .facets
        .iter()
        .filter(|facet| a.found.facets.contains_key(&facet.name));
    let percent = |count: u64, part: &Part| {
        let share = count as f64 / part.found.total.max(1) as f64 * 100.0;
        say!("web-percent", n = decimal(share, 0))
    };
    html! {
        div.two { @for facet in shown.filter(|facet| !facet.months) {
            @let (of_a, of_b) = (counts(a.found.facets.get(&facet.name)), counts(b.found.facets.get(&facet.name)));
            @let values = ranked(&of_a, &of_b);
            @if !values.is_empty() {
                section {
                    h2 { (facet_name(&facet.name)) }
                    table {
                        thead { tr { th scope="col" { (say!("web-value")) } th.number scope="col" { "A" } th.number scope="col" { "B" } } }
                        tbody { @for value in values { tr {
                            th scope="row" title=(Text(value)) { (Text(FacetPath::new(value).label())) }
                            @for (counts, part) in [(&of_a, a), (&of_b, b)] {
                                @let count = counts.get(value).copied().unwrap_or(0);
                                td.number { @if count > 0 {
                                    a href=(link(asked, &part.selection).choosing(&facet.name, value)) { (number(count)) }
                                    " " span.quiet { (percent(count, part)) }
                                } @else { "–" } }
                            }
                        } } }
                    }
                }
            }
        } }
    }
}

fn ranked<'v>(of_a: &BTreeMap<&'v str, u64>, of_b: &BTreeMap<&'v str, u64>) -> Vec<&'v str> {
    let mut all: BTreeMap<&str, u64> = of_a.clone();
    for (value, count) in of_b {
        let known = all.entry(value).or_default();
        *known = (*known).max(*count);
    }
    let mut ranked: Vec<(&str, u64)> = all.into_iter().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked.into_iter().take(VALUES).map(|(value, _)| value).collect()
}
