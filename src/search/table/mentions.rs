//! Every facet value with every piece of its evidence: a row each.

use crate::article::Part;
use crate::error::Result;
use crate::french::sentences;
use crate::index::{Stored, ids};
use crate::search::facet::declared::shown_path;
use crate::search::local::LocalEngine;
use crate::search::response::rows::MentionRow;

/// The rows of an article, facet by facet. At most 32 pieces of evidence are kept for a value when it is
/// indexed.
///
/// # Errors
/// What a damaged index gives.
pub fn mentions(engine: &LocalEngine, article: &Stored) -> Result<Vec<MentionRow>> {
    let fields = &engine.reader.fields;
    let id = ids::shown(&engine.searcher, fields, article)?;
    let (of_title, of_body) = (sentences(&article.title), sentences(&article.body));
    let mut rows = Vec::new();
    for value in &article.meta.values {
        for evidence in &value.evidence {
            let (part, text, around) = match evidence.part {
                Part::Title => ("title", article.title.as_str(), of_title.as_slice()),
                Part::Body => ("body", article.body.as_str(), of_body.as_slice()),
                Part::Metadata => ("metadata", "", &[][..]),
            };
            let sentence = around
                .iter()
                .find(|s| s.start <= evidence.start && evidence.end <= s.end);
            let in_text = evidence.part != Part::Metadata;
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            rows.push(MentionRow {
                id: id.clone(),
                facet: value.facet.clone(),
                value: shown_path(fields, &value.facet, &value.path),
                status: if value.given { "given" } else { "derived" },
                rule: evidence.rule.to_string(),
                part,
                start: in_text.then_some(evidence.start),
                end: in_text.then_some(evidence.end),
                text: text
                    .get(evidence.start..evidence.end)
                    .map(flat)
                    .unwrap_or_default(),
                sentence: sentence
                    .and_then(|s| text.get(s.clone()))
                    .map(flat)
                    .unwrap_or_default(),
                page: (evidence.part == Part::Body)
                    .then(|| article.page_at(evidence.start))
                    .flatten(),
                title: article.title.clone(),
                date: article.meta.date,
                source: article.meta.source.clone(),
                url: article.meta.url.clone(),
            });
        }
    }
    Ok(rows)
}
