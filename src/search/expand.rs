//! Patterns over the dictionary of forms: accents ignored, whatever fits is found.

use crate::error::{Error, Result};
use crate::french::FORM_SEPARATOR;
use crate::query::{Pattern, PatternPiece};
use std::collections::BTreeSet;
use tantivy::Searcher;
use tantivy::schema::Field;

/// Forms that one pattern may stand for.
pub const MOST_FORMS: usize = 50_000;

/// The terms of a forms field that fit a pattern, in dictionary order, and whether there were more than `most`.
pub fn expand(searcher: &Searcher, field: Field, pattern: &Pattern, most: usize) -> Result<(BTreeSet<String>, bool)> {
    let most = most.min(MOST_FORMS);
    let prefix = literal_prefix(pattern);
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(Error::from)?;
        let range = inverted.terms().range().ge(prefix.as_bytes());
        let mut stream = range.into_stream().map_err(|e| Error::Damaged(e.to_string()))?;
        // Forms of one folded word stand together: the pattern is tried once for all of them.
        let mut last: Option<(String, bool)> = None;
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            if !term.starts_with(&prefix) {
                break;
            }
            let folded = term.split_once(FORM_SEPARATOR).map_or(term, |(folded, _)| folded);
            let fits = match &last {
                Some((same, fits)) if same == folded => *fits,
                _ => {
                    let fits = pattern.fits(folded);
                    last = Some((folded.to_string(), fits));
                    fits
                }
            };
            if fits && !found.contains(term) {
                if found.len() >= most {
                    return Ok((found, true));
                }
                found.insert(term.to_string());
            }
        }
    }
    Ok((found, false))
}

/// What every fitting form begins with.
fn literal_prefix(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Prefix(prefix) => prefix.clone(),
        Pattern::Wildcard(pieces) => match pieces.first() {
            Some(PatternPiece::Text(text)) => text.clone(),
            _ => String::new(),
        },
        Pattern::Fuzzy { .. } => String::new(),
    }
}
