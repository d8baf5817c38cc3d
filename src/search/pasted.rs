//! An id, a path or an address that was pasted in place of a query: the article that it names.

use crate::error::{Error, Result};
use crate::index::ids;
use crate::search::compile::selection::compile;
use crate::search::local::LocalEngine;
use crate::search::request::{Count, Order, SearchRequest, Selection};
use crate::search::response::hits::SearchResponse;
use std::time::Instant;
use tantivy::DocAddress;

/// Articles that are compared with an address: those whose words its path has.
const COMPARED: usize = 200;

/// Articles that are compared with an address that has no words of theirs.
const OF_SITE: usize = 5_000;

/// The answer for a query that names one article, and for one that doesn't `None`.
///
/// # Errors
/// What a damaged index gives.
pub(crate) fn pasted(engine: &LocalEngine, request: &SearchRequest) -> Result<Option<SearchResponse>> {
    let started = Instant::now();
    let selection = &request.selection;
    let typed = selection.query.trim();
    let is_name = typed.contains(['/', '#', '.']) && !typed.contains(char::is_whitespace);
    if !is_name || selection.any || selection.plain || selection.has_filters() || selection.under.is_some() {
        return Ok(None);
    }
    let found = match engine.meant(typed) {
        Ok(article) => {
            let id = engine.shown_id(&article)?;
            Some(ids::find(&engine.searcher, &engine.reader.fields, &id)?.0)
        }
        Err(Error::NoSuchArticle { .. } | Error::SeveralArticles { .. }) => of_address(engine, typed)?,
        Err(error) => return Err(error),
    };
    let Some(address) = found else {
        return Ok(None);
    };
    let compiled = compile(engine, &Selection::default())?;
    let alone = SearchRequest {
        count: Count::Nothing,
        explain: false,
        ..request.clone()
    };
    let hits = match request.page < 2 && request.limit > 0 {
        true => {
            let mut hit = engine.hit(0.0, address, &compiled, &alone)?;
            hit.rank = 1;
            vec![hit]
        }
        false => Vec::new(),
    };
    let mut response = engine.response(compiled, &alone, 1, hits, started)?;
    response
        .notes
        .push("The query names an article; to search for its words, add --plain.".to_string());
    Ok(Some(response))
}

/// The article with this web address. Addresses aren't indexed: most have words of the title in them.
fn of_address(engine: &LocalEngine, typed: &str) -> Result<Option<DocAddress>> {
    let Some((host, path)) = bare(typed).split_once('/') else {
        return Ok(None);
    };
    if !typed.starts_with("http") && !typed.starts_with("www.") {
        return Ok(None);
    }
    let words = path.replace(|c: char| !c.is_alphanumeric(), " ");
    let by_words = Selection {
        any: true,
        plain: true,
        ..Selection::of(words)
    };
    // Others have numbers only: then it is one of the articles of its site, or of all in a small archive.
    let by_site = Selection::of(format!("source:{host}"));
    for (selection, most) in [
        (by_words, COMPARED),
        (by_site, OF_SITE),
        (Selection::default(), OF_SITE),
    ] {
        let compiled = compile(engine, &selection)?;
        let (_, best) = engine.top(&compiled, Order::Relevance, 0, most)?;
        for (_, address) in best {
            let url = engine.stored(address)?.meta.url;
            if url.is_some_and(|url| bare(&url) == bare(typed)) {
                return Ok(Some(address));
            }
        }
    }
    Ok(None)
}

/// An address without what differs between copies of it: scheme, `www.`, fragment, a slash at the end.
fn bare(address: &str) -> &str {
    let address = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let end = address.find('#').unwrap_or(address.len());
    address[..end].trim_end_matches('/')
}
