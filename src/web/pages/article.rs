//! The page of an article: its text with what was searched and what gave facet values marked, metadata, citation,
//! what is like it; where the server allows it, what people decide about it.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use super::citation::cited;
use super::decisions::{decided, form};
use super::evidence::{Marked, events, values};
use super::layout::layout;
use super::link::Link;
use super::marks::{marked, paragraphs};
use super::search::article_link;
use super::text::{Text, web_address};
use super::walk::ways;
use crate::messages::localized;
use crate::say;
use crate::search::{
    ArticleRequest, ArticleResponse, CitationRequest, Engine as _, NEAR_DUPLICATE, NearCopy, SimilarRequest,
};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Near-duplicates that are listed.
const ALIKE: usize = 20;

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
        id: request.id.clone(),
        least: NEAR_DUPLICATE,
    });
    let told = engine.events_of(&request.id)?;
    let stretches = Marked::of(asked, &article, &told);
    let row = &article.row;
    let main = html! {
        (ways(asked, &request.id, search_name(asked))?)
        div.columns {
            article.text {
                header {
                    h1 lang=[row.lang.as_deref()] {
                        @if row.title.is_empty() { (say!("search-no-title")) } @else { (marked(&row.title, &stretches.title)) }
                    }
                    (about(&article))
                }
                div.body lang=[row.lang.as_deref()] dir="auto" { (paragraphs(&article.body, &stretches.body)) }
            }
            aside.about aria-label=(say!("web-about-article")) {
                (values(asked, &article))
                (events(&told))
                (decided(&article))
                (form(asked, &article))
                (metadata(&article))
                (cited(&citation)?)
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

/// When, by whom, and how often the query is met.
fn about(article: &ArticleResponse) -> Markup {
    let row = &article.row;
    html! {
        p.meta {
            time { @match row.date { Some(date) => (date), None => (say!("count-undated")) } }
            @if let Some(source) = &row.source { " · " (Text(source)) }
            @if let Some(author) = &article.author { " · " (Text(author)) }
            @if let Some(matches) = &article.matches { " · " (say!("show-matches", n = matches.total, in_title = "")) }
        }
        p.meta { code.path { (Text(&row.path)) } }
    }
}

fn api(id: &str) -> Link {
    Link::to(&format!("/api/v1/articles/{}", key::of(id)))
}

/// What is behind the way back.
fn search_name(asked: &Asked) -> Markup {
    let query = asked.params.get("q").unwrap_or_default();
    html! { @if query.is_empty() { (say!("web-nav-search")) } @else { (Text(query)) } }
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

fn alike(asked: &Asked, title: &str, copies: &[NearCopy]) -> Markup {
    html! {
        @if !copies.is_empty() {
            section {
                h2 { (title) }
                ul { @for copy in copies.iter().take(ALIKE) { li {
                    a href=(article_link(asked, &copy.id)) { (Text(&copy.title)) }
                    span.quiet { " " @if let Some(source) = &copy.source { (Text(source)) " · " }
                        @if let Some(date) = copy.date { (date) " · " } (format!("{:.0} %", copy.resemblance * 100.0)) }
                } }
                @if copies.len() > ALIKE { li.quiet { (say!("show-and-more", n = copies.len() - ALIKE)) } } }
            }
        }
    }
}
