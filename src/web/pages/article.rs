//! The page of an article: its text with what was searched and what gave facet values marked, metadata, citation,
//! what is like it.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use super::filters::facet_name;
use super::layout::layout;
use super::link::Link;
use super::marks::{Stretch, marked, paragraphs};
use super::search::article_link;
use super::text::{Text, web_address};
use crate::article::Part;
use crate::messages::localized;
use crate::say;
use crate::search::{
    ArticleRequest, ArticleResponse, ArticleValue, Citation, CitationRequest, Engine as _, Match,
    NEAR_DUPLICATE, NearCopy, SimilarRequest,
};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Colours that facets have.
const COLOURS: usize = 8;

/// An article.
pub(in super::super) fn article(asked: &Asked) -> Result<Response, Problem> {
    let engine = &asked.commit.engine;
    let request = ArticleRequest {
        id: asked.article_id()?,
        query: asked.params.get("q").map(str::to_string),
    };
    let article = engine.article(&request)?.value;
    let citation = engine.cite(&CitationRequest {
        id: request.id.clone(),
        query: None,
    })?;
    // An index without signatures has none that are alike.
    let similar = engine.similar(&SimilarRequest {
        id: request.id,
        least: NEAR_DUPLICATE,
    });
    let (title, body) = stretches(asked, &article);
    let row = &article.row;
    let main = html! {
        (back(asked))
        div.columns {
            article.text {
                header {
                    h1 lang=[row.lang.as_deref()] {
                        @if row.title.is_empty() { (say!("search-no-title")) } @else { (marked(&row.title, &title)) }
                    }
                    p.meta {
                        time { @match row.date { Some(date) => (date), None => (say!("count-undated")) } }
                        @if let Some(source) = &row.source { " · " (Text(source)) }
                        @if let Some(author) = &article.author { " · " (Text(author)) }
                        @if let Some(matches) = &article.matches { " · " (say!("show-matches", n = matches.total, in_title = "")) }
                    }
                }
                div.body lang=[row.lang.as_deref()] dir="auto" { (paragraphs(&article.body, &body)) }
            }
            aside.about {
                (values(asked, &article))
                (metadata(&article))
                (cited(&citation))
                @if let Ok(similar) = &similar {
                    (alike(asked, &say!("web-similar"), &similar.similar))
                    (alike(asked, &say!("web-reworded"), &similar.reworded))
                }
                @for note in &article.notes { p.note { (say!("show-note", note = localized(note))) } }
                p { a href=(api(&row.id)) { "JSON" } }
            }
        }
    };
    let title = if row.title.is_empty() {
        row.id.as_str()
    } else {
        &row.title
    };
    Ok(layout(asked, title, main).into_response())
}

fn api(id: &str) -> Link {
    Link::to(&format!("/api/v1/articles/{}", key::of(id)))
}

/// The way back to the search.
fn back(asked: &Asked) -> Markup {
    let query = asked.params.get("q").unwrap_or_default();
    let link = Link::same_articles(asked, "/");
    html! { p.back { a href=(link) { "← " @if query.is_empty() { (say!("web-nav-search")) } @else { (Text(query)) } } } }
}

/// The class of a facet's colour.
fn colour(asked: &Asked, facet: &str) -> String {
    let place = asked.facets.iter().position(|known| known.name == facet);
    format!("c{}", place.unwrap_or(0) % COLOURS)
}

/// What leads to a piece of evidence.
fn anchor(value: usize, evidence: usize) -> String {
    format!("e{value}-{evidence}")
}

/// What is marked in title and body.
fn stretches(asked: &Asked, article: &ArticleResponse) -> (Vec<Stretch>, Vec<Stretch>) {
    let (mut title, mut body) = (Vec::new(), Vec::new());
    for (at, value) in article.values.iter().enumerate() {
        for (number, evidence) in value.evidence.iter().enumerate() {
            let stretch = Stretch {
                start: evidence.start,
                end: evidence.end,
                class: colour(asked, &value.facet),
                anchor: Some(anchor(at, number)),
            };
            match evidence.part {
                Part::Title => title.push(stretch),
                Part::Body => body.push(stretch),
                Part::Metadata => {}
            }
        }
    }
    let query = |found: &Match| Stretch {
        start: found.start,
        end: found.end,
        class: "q".into(),
        anchor: None,
    };
    if let Some(matches) = &article.matches {
        title.extend(matches.title.iter().map(query));
        body.extend(matches.body.iter().map(query));
    }
    (title, body)
}

/// The facet values, each with the places that gave it; each facet's colour can be turned off.
fn values(asked: &Asked, article: &ArticleResponse) -> Markup {
    let values: Vec<(usize, &ArticleValue)> = article.values.iter().enumerate().collect();
    html! {
        section.evidence {
            h2 { (say!("web-facets")) }
            @for facet in &asked.facets {
                @let of_facet: Vec<_> = values.iter().filter(|(_, value)| value.facet == facet.name).collect();
                @if !of_facet.is_empty() {
                    @let class = colour(asked, &facet.name);
                    h3 { label { input.colour type="checkbox" checked id=(format!("show-{class}")); " "
                        span class=(class) { (facet_name(&facet.name)) } } }
                    ul { @for (at, value) in of_facet { (one_value(asked, *at, value)) } }
                }
            }
        }
    }
}

fn one_value(asked: &Asked, at: usize, value: &ArticleValue) -> Markup {
    let search = Link::same_language(asked, "/").and(&value.facet, &value.value);
    html! {
        li {
            a href=(search) { (Text(&value.value)) }
            " " span.quiet { (say!("show-status", status = value.status))
                @if let Some(old) = &value.region_old { (say!("show-formerly", region = old)) } }
            @for (number, evidence) in value.evidence.iter().enumerate() {
                @match evidence.part {
                    Part::Metadata => span.quiet { " · " (say!("show-metadata", rule = &*evidence.rule)) },
                    _ => { " " a.where href=(format!("#{}", anchor(at, number))) title=(Text(&evidence.rule))
                        aria-label=(say!("web-evidence", n = number + 1, value = &value.value)) { (number + 1) } },
                }
            }
        }
    }
}

fn metadata(article: &ArticleResponse) -> Markup {
    let row = &article.row;
    html! {
        section {
            h2 { (say!("web-metadata")) }
            dl {
                dt { "id" } dd { code { (Text(&row.id)) } }
                @if let Some(url) = &row.url {
                    dt { "url" } dd { @match web_address(url) {
                        Some(address) => a href=(Text(address)) rel="noreferrer noopener" { (Text(url)) },
                        None => (Text(url)),
                    } }
                }
                @if let Some(lang) = &row.lang { dt { (say!("show-label", label = "lang")) } dd { (Text(lang)) } }
                @for (at, path) in row.paths.iter().enumerate() {
                    dt { (say!("show-label", label = if at == 0 { "file" } else { "also_in" })) }
                    dd { code { (Text(path)) } }
                }
                @for (name, value) in &article.extra {
                    dt { (Text(name)) }
                    dd { @match value.as_str() { Some(text) => (Text(text)), None => (Text(&value.to_string())) } }
                }
            }
        }
    }
}

/// The reference, to be copied.
fn cited(citation: &Citation) -> Markup {
    let date = citation
        .date
        .map_or_else(|| say!("count-undated"), |date| date.to_string());
    let parts = [
        citation.author.as_deref(),
        citation.source.as_deref(),
        Some(&date),
        citation.url.as_deref(),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    html! {
        section {
            h2 { (say!("web-citation")) }
            p.citation { "« " (Text(&citation.title)) " », " (Text(&parts.join(", "))) "." }
            @if let Some(hash) = &citation.blake3 { p.quiet { "BLAKE3 " code.hash { (hash) } } }
        }
    }
}

fn alike(asked: &Asked, title: &str, copies: &[NearCopy]) -> Markup {
    html! {
        @if !copies.is_empty() {
            section {
                h2 { (title) }
                ul { @for copy in copies { li {
                    a href=(article_link(asked, &copy.id)) { (Text(&copy.title)) }
                    span.quiet { " " @if let Some(source) = &copy.source { (Text(source)) " · " }
                        @if let Some(date) = copy.date { (date) " · " } (format!("{:.0} %", copy.resemblance * 100.0)) }
                } } }
            }
        }
    }
}
