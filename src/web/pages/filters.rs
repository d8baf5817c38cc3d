//! The form of a search, and what narrows it as chips.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::link::Link;
use super::text::Text;
use crate::facet_path::FacetPath;
use crate::say;
use maud::{Markup, html};

/// Parameters that are dates, with what is said of them.
const DATES: [&str; 4] = ["since", "until", "event-since", "event-until"];

/// The name of a facet as people read it.
pub(super) fn facet_name(name: &str) -> String {
    say!("web-facet", name = name)
}

/// The form: the query, and what else is in the address.
pub(super) fn form(asked: &Asked) -> Markup {
    let kept = Link::here(asked)
        .without("q")
        .without("page")
        .without("key")
        .without("id");
    // The dates of events are asked for where events are shown.
    let of_events = asked.path == "/events" || asked.params.get("dated") == Some("event");
    let dates = if of_events { DATES.as_slice() } else { &DATES[..2] };
    let kept = dates
        .iter()
        .fold(kept.without("any"), |link, name| link.without(name));
    let value = |name: &str| asked.params.get(name).unwrap_or_default().to_string();
    let has_dates = DATES.iter().any(|name| asked.params.get(name).is_some());
    html! {
        form.search action=(asked.path) role="search" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            label.visually-hidden for="q" { (say!("web-search-label")) }
            input #q type="search" name="q" value=(Text(&value("q"))) placeholder=(say!("web-search-hint"))
                autocomplete="off" spellcheck="false" list="suggestions";
            datalist #suggestions {}
            button type="submit" { (say!("web-search-button")) }
            details.more open[has_dates] {
                summary { (say!("web-more-options")) }
                div.options {
                    @for name in dates.iter().copied() {
                        label { (date_name(name)) input type="text" name=(name) value=(Text(&value(name)))
                            placeholder="2024-03" size="12"; }
                    }
                    label.check { input type="checkbox" name="any" value="true" checked[asked.params.has("any")];
                        (say!("web-any-word")) }
                }
            }
        }
    }
}

fn date_name(name: &str) -> String {
    say!("web-date", name = name)
}

/// What narrows the search: each can be taken away, and a value be turned into an exclusion and back.
pub(super) fn chips(asked: &Asked) -> Result<Markup, Problem> {
    let [include, exclude] = asked.values()?;
    let dates: Vec<(&str, &str)> = DATES
        .iter()
        .filter_map(|name| Some((*name, asked.params.get(name)?)))
        .collect();
    if include.is_empty() && exclude.is_empty() && dates.is_empty() {
        return Ok(html! {});
    }
    let bare = Link::same_articles(asked, &asked.path);
    let bare = asked.params.names().iter().fold(bare, |link, name| match *name {
        "q" | "ui-lang" | "any" | "plain" => link,
        name => link.without(name),
    });
    Ok(html! {
        ul.chips aria-label=(say!("web-filters")) {
            @for (excluded, values) in [(false, &include), (true, &exclude)] {
                @for (facet, value) in values { (chip(asked, facet, value, excluded)) }
            }
            @for (name, value) in &dates {
                li.chip {
                    span { (date_name(name)) " " b { (Text(value)) } }
                    a href=(Link::here(asked).without(name).without("page"))
                        aria-label=(say!("web-remove-filter", filter = *value)) { "×" }
                }
            }
            li { a href=(bare) { (say!("web-remove-all")) } }
        }
    })
}

fn chip(asked: &Asked, facet: &str, value: &str, excluded: bool) -> Markup {
    let here = Link::here(asked);
    let (name, other) = match excluded {
        true => (format!("not-{facet}"), facet.to_string()),
        false => (facet.to_string(), format!("not-{facet}")),
    };
    // It may have been typed as another name of the facet, or as where=.
    let typed: Vec<(&str, &str)> = asked
        .params
        .iter()
        .filter(|(param, typed)| is_same(asked, (param, typed), facet, value, excluded))
        .collect();
    let without = typed
        .iter()
        .fold(here, |link, (param, typed)| link.but(param, typed));
    let turned = without.clone().and(&other, value);
    let label = FacetPath::new(value).label();
    html! {
        li.chip.excluded[excluded] {
            span title=(Text(value)) {
                (facet_name(facet)) " " @if excluded { (say!("web-not")) " " } b { (Text(label)) }
            }
            a href=(turned) title=(say!("web-turn-filter")) aria-label=(say!("web-turn-filter-of", name = name, value = label)) {
                @if excluded { "+" } @else { "−" }
            }
            a href=(without) aria-label=(say!("web-remove-filter", filter = label)) { "×" }
        }
    }
}

/// Whether a parameter gives this value of a facet.
fn is_same(asked: &Asked, (param, typed): (&str, &str), facet: &str, value: &str, excluded: bool) -> bool {
    let (called, is_exclusion) = match param.strip_prefix("not-") {
        Some(called) => (called, true),
        None => (param, false),
    };
    if is_exclusion != excluded {
        return false;
    }
    match (called, typed.split_once('=')) {
        ("where", Some((of, typed))) => of.trim() == facet && typed.trim() == value,
        _ => typed == value && asked.facet(called).is_some_and(|known| known.name == facet),
    }
}
