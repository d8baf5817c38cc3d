//! The page of a facet: all its values, to search in, with how many of them came with the articles.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::{chips, facet_name, form};
use super::layout::layout;
use super::link::Link;
use super::text::Text;
use crate::messages::localized;
use crate::msg;
use crate::say;
use crate::search::{Engine as _, FacetInfo, FacetsRequest, FacetsResponse, ValueCount};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Values of each level; whoever looks for another one types its name.
const MOST: usize = 30;

/// What is typed for articles without any value.
const NONE: &str = "none";

/// A facet.
pub(in super::super) fn values(asked: &Asked) -> Result<Response, Problem> {
    let called = asked.params.get("facet").unwrap_or("region");
    let facet = asked.facet(called).ok_or_else(|| {
        let known: Vec<&str> = asked.facets.iter().map(|facet| facet.name.as_str()).collect();
        Problem::bad_request(
            "no_such_facet",
            msg!(
                "web-not-one-of",
                name = "facet",
                value = called,
                known = known.join(", ")
            ),
        )
    })?;
    let by_name = asked.params.has("by-name");
    let request = FacetsRequest {
        selection: asked.selection()?,
        facet: Some(facet.name.clone()),
        find: asked.params.get("find").map(str::to_string),
        top: Some(MOST),
        by_name,
        former: facet.places && asked.params.has("former"),
    };
    let counted = asked.commit.engine.count(&request)?.value;
    let found = counted
        .facets
        .get(&facet.name)
        .map_or([].as_slice(), Vec::as_slice);
    let main = html! {
        (form(asked))
        (chips(asked)?)
        div.heading {
            h1 { (facet_name(&facet.name)) span.quiet { " " (number(counted.total)) " " (say!("web-articles", n = counted.total)) } }
            (orders(asked, facet, by_name))
        }
        @for note in &counted.notes { p.note { (Text(&localized(note))) } }
        (find(asked, facet))
        @if found.is_empty() { p { (say!("web-no-value-found")) } }
        @else { ul.all-values { @for value in found { (row(asked, facet, value)) } } }
        @let left_out = counted.left_out.as_ref().and_then(|by_facet| by_facet.get(&facet.name)).copied().unwrap_or(0);
        @if left_out > 0 { p.note { (say!("web-values-left-out", n = left_out)) } }
        (without(asked, facet, &counted))
        (former(&counted))
    };
    Ok(layout(asked, &facet_name(&facet.name), main).into_response())
}

/// The search with another choice.
fn search(asked: &Asked) -> Link {
    Link::same_articles(asked, "/")
}

fn orders(asked: &Asked, facet: &FacetInfo, by_name: bool) -> Markup {
    let here = || Link::here(asked);
    html! {
        nav.sort aria-label=(say!("web-order")) {
            a href=(here().without("by-name")) aria-current=[(!by_name).then_some("true")] { (say!("web-by-count")) }
            a href=(here().with("by-name", "true")) aria-current=[by_name.then_some("true")] { (say!("web-by-name")) }
            @if facet.places {
                @if asked.params.has("former") { a href=(here().without("former")) aria-current="true" { (say!("web-former")) } }
                @else { a href=(here().with("former", "true")) { (say!("web-former")) } }
            }
        }
        nav.tools aria-label=(say!("web-facets")) {
            @for other in asked.facets.iter().filter(|other| other.name != facet.name) {
                a href=(here().with("facet", &other.name).without("find").without("former")) { (facet_name(&other.name)) }
            }
        }
    }
}

fn find(asked: &Asked, facet: &FacetInfo) -> Markup {
    let kept = Link::here(asked).without("find");
    html! {
        form.axes action="/values" role="search" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            label { (say!("web-find-value", facet = facet_name(&facet.name))) " "
                input type="search" name="find" value=(Text(asked.params.get("find").unwrap_or_default())); }
            button.second type="submit" { (say!("web-search-button")) }
        }
    }
}

/// A value: how many articles, how many of them by their metadata; what to do with it.
fn row(asked: &Asked, facet: &FacetInfo, value: &ValueCount) -> Markup {
    let excluding = format!("not-{}", facet.name);
    let choose = match value.selected {
        true => search(asked).letting_go(&facet.name, &value.value),
        false => search(asked)
            .but(&excluding, &value.value)
            .choosing(&facet.name, &value.value),
    };
    let exclude = match value.excluded {
        true => search(asked).letting_go(&excluding, &value.value),
        false => search(asked)
            .but(&facet.name, &value.value)
            .but(&excluding, &value.value)
            .and(&excluding, &value.value),
    };
    html! {
        li {
            div.value.chosen[value.selected].excluded[value.excluded] {
                a.name href=(choose) aria-current=[value.selected.then_some("true")] { (Text(value.label())) }
                span.count { (number(value.count)) @if value.given > 0 { " " span.given { (say!("web-given-short", n = value.given)) } } }
                a.not href=(exclude) aria-label=(say!("web-exclude-value", value = value.label())) title=(say!("web-exclude")) { "−" }
            }
            @if !value.children.is_empty() { ul { @for child in &value.children { (row(asked, facet, child)) } } }
        }
    }
}

fn without(asked: &Asked, facet: &FacetInfo, counted: &FacetsResponse) -> Markup {
    let count = counted.without.get(&facet.name).copied().unwrap_or(0);
    html! {
        @if count > 0 {
            p { a href=(search(asked).choosing(&facet.name, NONE)) { (say!("search-without-value")) } ": " (number(count)) }
        }
    }
}

/// The regions before the division of 2023.
fn former(counted: &FacetsResponse) -> Markup {
    html! {
        @if let Some(former) = &counted.former {
            section {
                h2 { (facet_name(&former.facet)) }
                table { tbody { @for (value, count) in &former.values {
                    tr { th scope="row" { (Text(value)) } td.number { (number(*count)) } }
                } } }
            }
        }
    }
}
