//! An article with its text, why it has its facet values, and what a query matches in it.

use crate::article::FacetValue;
use crate::error::Result;
use crate::facets::Document;
use crate::french::head;
use crate::index::{Stored, corrections};
use crate::search::article::row::row;
use crate::search::compile::selection::compile;
use crate::search::facet::declared::shown_path;
use crate::search::highlight::mark::Mark;
use crate::search::local::LocalEngine;
use crate::search::request::{ArticleRequest, Selection};
use crate::search::response::articles::{ArticleResponse, ArticleValue, Match, Matches};
use crate::search::response::hits::JSON_VERSION;

/// Answers a question for one article.
///
/// # Errors
/// [`crate::Error::NoSuchArticle`], [`crate::Error::SeveralArticles`], or what a damaged index or broken
/// lexicons give.
pub(crate) fn show(engine: &LocalEngine, request: &ArticleRequest) -> Result<ArticleResponse> {
    let article = engine.meant(&request.id)?;
    let matches = match &request.query {
        Some(query) => Some(matches(engine, &article, query)?),
        None => None,
    };
    let values = article.meta.values.iter().map(|v| value(engine, v));
    Ok(ArticleResponse {
        row: row(engine, &article)?,
        version: JSON_VERSION,
        values: values.collect::<Result<_>>()?,
        notes: notes(engine, &article)?,
        matches,
        author: article.meta.author,
        lang_detected: article.meta.lang_detected,
        extra: article.meta.extra,
        corrections: article.meta.corrections,
        body: article.body,
    })
}

/// Every match of a query in a whole article.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn matches(engine: &LocalEngine, article: &Stored, query: &str) -> Result<Matches> {
    let compiled = compile(engine, &Selection::of(query))?;
    let marks = |text: &str, title: bool| {
        let tokens = engine.reader.french.analyze(text);
        compiled.matcher.marks(text, &tokens, title)
    };
    let pages = article.pages();
    let matched = |text: &str, mark: Mark, paragraph: Option<usize>| Match {
        start: mark.range.start,
        end: mark.range.end,
        page: paragraph.and_then(|_| pages.at(mark.range.start)),
        text: text[mark.range].to_string(),
        paragraph,
    };
    let ends = paragraph_ends(&article.body);
    let in_title = marks(&article.title, true).into_iter();
    let in_body = marks(&article.body, false).into_iter();
    let title: Vec<Match> = in_title.map(|mark| matched(&article.title, mark, None)).collect();
    let body: Vec<Match> = in_body
        .map(|mark| {
            let paragraph = paragraph_at(&ends, mark.range.start);
            matched(&article.body, mark, Some(paragraph))
        })
        .collect();
    Ok(Matches {
        query: query.to_string(),
        total: title.len() + body.len(),
        title,
        body,
        notes: compiled.notes,
    })
}

/// The number of the paragraph, from 1, in which a byte stands.
pub(super) fn paragraph_at(ends: &[usize], at: usize) -> usize {
    ends.partition_point(|end| *end <= at) + 1
}

/// Where the paragraphs of a text end: its lines that aren't blank.
pub(super) fn paragraph_ends(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut ends = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            ends.push(at + line.trim_end_matches(['\n', '\r']).len());
        }
        at += line.len();
    }
    ends
}

fn value(engine: &LocalEngine, value: &FacetValue) -> Result<ArticleValue> {
    let former = engine.reader.facets()?.former_region(&value.facet, &value.path);
    Ok(ArticleValue {
        facet: value.facet.clone(),
        value: shown_path(&engine.reader.fields, &value.facet, &value.path),
        status: match value.given {
            _ if corrections::is_corrected(value) => "corrected",
            true => "given",
            false => "derived",
        },
        evidence: value.evidence.clone(),
        region_old: former.map(str::to_string),
    })
}

/// What was found wrong while indexing, and what the metadata says against the text.
fn notes(engine: &LocalEngine, article: &Stored) -> Result<Vec<String>> {
    let mut notes = article.meta.notes.clone();
    // What an analyst decided is no contradiction.
    let values = article.meta.values.iter();
    let values: Vec<FacetValue> = values
        .filter(|v| !corrections::is_corrected(v))
        .cloned()
        .collect();
    if values.iter().any(|v| v.given) {
        let french = &engine.reader.french;
        let facets = engine.reader.facets()?;
        notes.extend(
            french.numbered(head(&article.title), head(&article.body), |words| {
                let document = Document {
                    title: &article.title,
                    body: &article.body,
                    words,
                    published: article.meta.date,
                    url: None,
                    file_name: None,
                };
                facets.contradictions(&document, &values)
            }),
        );
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_the_lines_that_hold_something() {
        let text = "Un\r\n\n  \nDeux\nTrois";
        let ends = paragraph_ends(text);
        assert!(text[..ends[0]].ends_with("Un") && text[..ends[1]].ends_with("Deux"));
        assert_eq!(ends.last(), Some(&text.len()));
    }
}
