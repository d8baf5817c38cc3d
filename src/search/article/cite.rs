//! A reference to an article, for a report: what it is, which file it was read from, and the words.

use crate::error::Result;
use crate::french;
use crate::index::Stored;
use crate::page_numbers;
use crate::search::article::show::{matches, paragraph_at, paragraph_ends};
use crate::search::hits::begins;
use crate::search::local::LocalEngine;
use crate::search::request::CitationRequest;
use crate::search::response::articles::{Citation, Matches, Passage};
use crate::search::response::hits::JSON_VERSION;

/// # Errors
/// [`crate::Error::NoSuchArticle`], [`crate::Error::SeveralArticles`], or what a damaged index gives. A file
/// that can't be read is no error.
pub(crate) fn cite(engine: &LocalEngine, request: &CitationRequest) -> Result<Citation> {
    let article = engine.meant(&request.id)?;
    let matches = match &request.query {
        Some(query) => matches(engine, &article, query)?,
        None => Matches::default(),
    };
    let file = engine.reader.path_of(&article.meta.file);
    Ok(Citation {
        version: JSON_VERSION,
        id: engine.shown_id(&article)?,
        blake3: engine.hashes.of(&file),
        file,
        record: article.number(),
        text_blake3: blake3::hash(article.body.as_bytes()).to_hex().to_string(),
        pages: Some(page_numbers::all(&article.meta.extra).count()).filter(|pages| *pages > 0),
        passages: passages(&article, &matches),
        notes: matches.notes,
        begins: article
            .title
            .trim()
            .is_empty()
            .then(|| begins(&article.body))
            .flatten(),
        title: article.title,
        source: article.meta.source,
        author: article.meta.author,
        date: article.meta.date,
        url: article.meta.url,
        lang: article.meta.lang,
    })
}

/// The sentences with matches, each once; of a long one the pieces that have them.
fn passages(article: &Stored, matches: &Matches) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let pages = article.pages();
    for (part, text, marks) in [
        ("title", &article.title, &matches.title),
        ("body", &article.body, &matches.body),
    ] {
        let ends = paragraph_ends(text);
        for range in french::passages(text) {
            // Marks are in order, and none overlaps another.
            let first = marks.partition_point(|m| m.end <= range.start);
            if marks.get(first).is_none_or(|m| range.end <= m.start) {
                continue;
            }
            found.push(Passage {
                part,
                paragraph: paragraph_at(&ends, range.start),
                start: range.start,
                end: range.end,
                page: (part == "body").then(|| pages.at(range.start)).flatten(),
                text: text[range].to_string(),
            });
        }
    }
    found
}
