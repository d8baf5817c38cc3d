//! Every facet value with every piece of its evidence: a row each.

use crate::article::{Evidence, FacetValue, Part};
use crate::error::Result;
use crate::french::{passage_at, passages};
use crate::index::Stored;
use crate::page_numbers::Pages;
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::response::rows::MentionRow;
use std::ops::Range;

/// The passages and pages of an article.
struct Passages {
    title: Vec<Range<usize>>,
    body: Vec<Range<usize>>,
    pages: Pages,
}

/// The rows of an article, facet by facet. At most 32 pieces of evidence are kept for a value
/// when it is indexed.
///
/// # Errors
/// What a damaged index gives.
pub fn mentions(engine: &LocalEngine, article: &Stored) -> Result<Vec<MentionRow>> {
    let id = engine.shown_id(article)?;
    let places = Passages {
        title: passages(&article.title),
        body: passages(&article.body),
        pages: article.pages(),
    };
    let of = |value: &FacetValue, evidence: &Evidence| row(engine, article, &places, &id, value, evidence);
    let values = article.meta.values.iter();
    let rows = values.flat_map(|value| value.evidence.iter().map(move |evidence| of(value, evidence)));
    Ok(rows.collect())
}

fn row(
    engine: &LocalEngine,
    article: &Stored,
    places: &Passages,
    id: &str,
    value: &FacetValue,
    evidence: &Evidence,
) -> MentionRow {
    let (part, text, around) = match evidence.part {
        Part::Title => ("title", article.title.as_str(), places.title.as_slice()),
        Part::Body => ("body", article.body.as_str(), places.body.as_slice()),
        Part::Metadata => ("metadata", "", &[][..]),
    };
    // A name may reach past the piece of a long sentence that it begins in.
    let sentence =
        passage_at(around, evidence.start).map(|passage| passage.start..passage.end.max(evidence.end));
    let in_text = evidence.part != Part::Metadata;
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = |range: Range<usize>| text.get(range).map(flat).unwrap_or_default();
    MentionRow {
        id: id.to_string(),
        facet: value.facet.clone(),
        value: shown_path(&engine.reader.fields, &value.facet, &value.path),
        status: if value.given { "given" } else { "derived" },
        rule: evidence.rule.to_string(),
        part,
        start: in_text.then_some(evidence.start),
        end: in_text.then_some(evidence.end),
        text: words(evidence.start..evidence.end),
        sentence: sentence.map(words).unwrap_or_default(),
        page: (evidence.part == Part::Body)
            .then(|| places.pages.at(evidence.start))
            .flatten(),
        title: article.title.clone(),
        date: article.meta.date,
        source: article.meta.source.clone(),
        url: article.meta.url.clone(),
    }
}
