//! Facets at the side of a search: trees of values with counts, each facet under the filters of the others.

use super::super::asked::Asked;
use super::filters::facet_name;
use super::link::Link;
use super::text::Text;
use crate::say;
use crate::search::{FacetInfo, SearchResponse, ValueCount};
use maud::{Markup, html};

/// Values of a level that are shown at once, and in a fold below them; all others are on the page of the facet.
const SHOWN: usize = 8;
const FOLDED: usize = 8;

/// Values of the first level whose values below are there without a choice: pages stay light.
const OPENED: usize = 2;

/// Levels below the first.
const DEEPEST: usize = 5;

/// All facets that were counted.
pub(super) fn facets(asked: &Asked, response: &SearchResponse) -> Markup {
    let counted = asked.facets.iter().filter_map(|facet| {
        let values = response.facets.get(&facet.name)?;
        let chosen = response.without_chosen.contains_key(&facet.name);
        (!values.is_empty() || chosen).then_some((facet, values))
    });
    let all = asked.params.has("facets");
    html! {
        aside.facets #facets aria-label=(say!("web-facets")) {
            @for (facet, values) in counted {
                section {
                    h2 { (facet_name(&facet.name))
                        a.all href=(all_of(asked, facet))
                            aria-label=(say!("web-find-value", facet = facet_name(&facet.name))) { (say!("web-find-short")) } }
                    (level(asked, facet, values, 0))
                    (without(asked, facet, response))
                }
            }
            @if all {
                a href=(Link::here(asked).without("facets")) { (say!("web-fewer-facets")) }
            } @else {
                a href=(Link::here(asked).with("facets", "true")) { (say!("web-more-facets")) }
            }
        }
    }
}

/// The values of a level: the first ones and the chosen ones, the rest in a fold.
fn level(asked: &Asked, facet: &FacetInfo, values: &[ValueCount], depth: usize) -> Markup {
    let (shown, folded): (Vec<_>, Vec<_>) = values
        .iter()
        .enumerate()
        .partition(|(at, value)| *at < SHOWN || value.holds_chosen());
    html! {
        ul {
            @for (at, one) in shown {
                // Of the others, the values below come with a choice.
                (value(asked, facet, one, if at < OPENED && depth == 0 || one.holds_chosen() { depth } else { usize::MAX }))
            }
        }
        @if !folded.is_empty() {
            details {
                summary { (say!("web-more-values", n = folded.len())) }
                ul { @for (_, one) in folded.iter().take(FOLDED) { (value(asked, facet, one, usize::MAX)) } }
                @if folded.len() > FOLDED { (all_values(asked, facet, folded.len() - FOLDED)) }
            }
        }
    }
}

fn value(asked: &Asked, facet: &FacetInfo, value: &ValueCount, depth: usize) -> Markup {
    let here = Link::here(asked);
    let (name, excluding) = (facet.name.as_str(), format!("not-{}", facet.name));
    let choose = match value.selected {
        true => here.clone().letting_go(name, &value.value),
        false => here
            .clone()
            .but(&excluding, &value.value)
            .choosing(name, &value.value),
    };
    let exclude = match value.excluded {
        true => here.letting_go(&excluding, &value.value),
        false => here
            .but(name, &value.value)
            .but(&excluding, &value.value)
            .and(&excluding, &value.value),
    };
    let given = match value.given {
        0 => String::new(),
        n => say!("web-given", n = n),
    };
    html! {
        li {
            div.value.chosen[value.selected].excluded[value.excluded] {
                a.name href=(choose) aria-current=[value.selected.then_some("true")] { (Text(value.label())) }
                span.count title=[(!given.is_empty()).then_some(given)] { (number(value.count)) }
                a.not href=(exclude) aria-label=(say!("web-exclude-value", value = value.label()))
                    title=(say!("web-exclude")) { "−" }
            }
            @if !value.children.is_empty() {
                @if depth < DEEPEST {
                    details open[value.holds_chosen()] {
                        summary { (say!("web-values-below", n = value.children.len())) }
                        (level(asked, facet, &value.children, depth + 1))
                    }
                } @else {
                    p.below { a href=(all_of(asked, facet).with("find", value.label())) { (say!("web-values-below", n = value.children.len())) } }
                }
            }
        }
    }
}

/// The page with all values of a facet.
fn all_of(asked: &Asked, facet: &FacetInfo) -> Link {
    Link::same_articles(asked, "/values").with("facet", &facet.name)
}

fn all_values(asked: &Asked, facet: &FacetInfo, more: usize) -> Markup {
    html! { p.below { a href=(all_of(asked, facet)) { (say!("web-more-values", n = more)) } } }
}

/// Articles without any value of the facet.
fn without(asked: &Asked, facet: &FacetInfo, response: &SearchResponse) -> Markup {
    /// What is typed for them.
    const NONE: &str = "none";
    let count = response.without.get(&facet.name).copied().unwrap_or(0);
    let chosen = response.without_chosen.get(&facet.name).copied();
    if count == 0 && chosen.is_none() {
        return html! {};
    }
    let here = Link::here(asked);
    let link = match chosen {
        Some(_) => here
            .without(&facet.name)
            .without(&format!("not-{}", facet.name))
            .without("page"),
        None => here.choosing(&facet.name, NONE),
    };
    html! {
        div.value.none.chosen[chosen == Some(true)].excluded[chosen == Some(false)] {
            a.name href=(link) { (say!("search-without-value")) }
            span.count { (number(count)) }
        }
    }
}

/// A number with its thousands apart.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut apart = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            apart.push('\u{202f}');
        }
        apart.push(digit);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [7, 1_000, 1_234_567].map(number),
            ["7", "1\u{202f}000", "1\u{202f}234\u{202f}567"]
        );
    }
}
