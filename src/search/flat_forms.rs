//! The dictionary of forms laid out flat, for patterns that begin with a wildcard.
//!
//! Such a pattern has no branch of the dictionary to enter: the automaton beside it visits every entry, node by node. A
//! flat copy, made when first needed and kept with the reader, is searched as text instead: some 40 bytes a form.

use crate::error::Result;
use crate::french::FORM_SEPARATOR;
use crate::query::{Pattern, PatternPiece};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};
use tantivy::SegmentReader;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

/// The flat dictionaries of a reader, by segment and field.
#[derive(Debug, Default)]
pub struct FlatForms {
    known: Mutex<FxHashMap<(SegmentId, Field), Arc<Flat>>>,
}

impl FlatForms {
    /// The flat copy of a segment's dictionary, made at the first call.
    pub fn of(&self, segment: &SegmentReader, field: Field) -> Result<Arc<Flat>, std::io::Error> {
        let key = (segment.segment_id(), field);
        // A thread that panicked while holding the lock has left a map that is whole: entries are only ever added.
        let held =
            |known: &Mutex<FxHashMap<_, Arc<Flat>>>| known.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key).cloned();
        if let Some(flat) = held(&self.known) {
            return Ok(flat);
        }
        let inverted = segment.inverted_index(field).map_err(std::io::Error::other)?;
        let flat = Arc::new(Flat::of(inverted.terms())?);
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key, Arc::clone(&flat));
        Ok(flat)
    }
}

/// All terms of a dictionary one after the other, in its order.
#[derive(Debug, Default)]
pub struct Flat {
    text: Vec<u8>,
    /// Where each term ends, how many documents have it, and where its postings are.
    terms: Vec<(u32, u32, std::ops::Range<usize>)>,
}

impl Flat {
    fn of(terms: &TermDictionary) -> std::io::Result<Self> {
        let mut flat = Self { text: Vec::with_capacity(terms.num_terms() * 16), terms: Vec::with_capacity(terms.num_terms()) };
        let mut stream = terms.stream()?;
        while stream.advance() {
            flat.text.extend_from_slice(stream.key());
            let end = u32::try_from(flat.text.len()).map_err(|_| std::io::Error::other("a dictionary of more than 4 GB"))?;
            let info = stream.value();
            flat.terms.push((end, info.doc_freq, info.postings_range.clone()));
        }
        Ok(flat)
    }

    /// Calls `visit` with where the postings of every term are that fits, in order, until it returns false. Positions are
    /// left out.
    pub fn each(&self, pattern: &Pattern, visit: &mut dyn FnMut(&TermInfo) -> bool) {
        let mut start = 0;
        let mut last: Option<(&[u8], bool)> = None;
        let literal = longest_literal(pattern);
        for (end, doc_freq, postings_range) in &self.terms {
            let term = &self.text[start..*end as usize];
            start = *end as usize;
            let folded = &term[..term.iter().position(|b| *b == FORM_SEPARATOR as u8).unwrap_or(term.len())];
            // Accentuations of one folded form stand together.
            let fits = match last {
                Some((same, fits)) if same == folded => fits,
                _ => holds(folded, literal.as_bytes()) && std::str::from_utf8(folded).is_ok_and(|folded| pattern.fits(folded)),
            };
            last = Some((folded, fits));
            if fits && !visit(&TermInfo { doc_freq: *doc_freq, postings_range: postings_range.clone(), positions_range: 0..0 }) {
                return;
            }
        }
    }
}

/// Whether a pattern is looked for in the flat copy: nothing at its beginning says where to look.
pub fn begins_anywhere(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Wildcard(pieces) if !matches!(pieces.first(), Some(PatternPiece::Text(_))))
}

/// What every form that fits contains.
fn longest_literal(pattern: &Pattern) -> &str {
    let Pattern::Wildcard(pieces) = pattern else { return "" };
    let texts = pieces.iter().filter_map(|piece| if let PatternPiece::Text(text) = piece { Some(text.as_str()) } else { None });
    texts.max_by_key(|text| text.len()).unwrap_or("")
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    text.len() >= part.len() && (0..=text.len() - part.len()).any(|at| text[at] == *first && &text[at + 1..at + part.len()] == rest)
}
