//! The dictionary of forms laid out flat, for patterns that begin with a wildcard.
//!
//! Such a pattern has no branch of the dictionary to enter: the automaton beside it visits every entry, node
//! by node. A flat copy, made when first needed and kept with the reader, is searched as text instead: some
//! 40 bytes a form.

use crate::error::Result;
use crate::french::FormTerm;
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
        // A thread that panicked while holding the lock has left a map that is whole: entries are only ever
        // added.
        let held = |known: &Mutex<FxHashMap<_, Arc<Flat>>>| {
            known
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .get(&key)
                .cloned()
        };
        if let Some(flat) = held(&self.known) {
            return Ok(flat);
        }
        let inverted = segment.inverted_index(field).map_err(std::io::Error::other)?;
        let flat = Arc::new(Flat::of(inverted.terms())?);
        self.known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(key, Arc::clone(&flat));
        Ok(flat)
    }
}

/// The folded forms of a dictionary one after the other, in its order, with a separator before and after
/// each.
#[derive(Debug, Default)]
pub struct Flat {
    text: Vec<u8>,
    /// Where each folded form begins in the text, and the first of its terms: its accentuations stand
    /// together.
    forms: Vec<(u32, u32)>,
    /// How many documents have each term, and where its postings are.
    terms: Vec<(u32, std::ops::Range<usize>)>,
}

const SEPARATOR: u8 = FormTerm::SEPARATOR;

impl Flat {
    fn of(terms: &TermDictionary) -> std::io::Result<Self> {
        let mut flat = Self {
            text: Vec::with_capacity(terms.num_terms() * 10),
            forms: Vec::new(),
            terms: Vec::with_capacity(terms.num_terms()),
        };
        flat.text.push(SEPARATOR);
        let mut stream = terms.stream()?;
        while stream.advance() {
            let key = stream.key();
            let folded = &key[..memchr::memchr(SEPARATOR, key).unwrap_or(key.len())];
            let last = flat
                .forms
                .last()
                .map(|(start, _)| &flat.text[*start as usize..flat.text.len() - 1]);
            if last != Some(folded) {
                let large = |_| std::io::Error::other("a dictionary of more than 4 GB");
                let start = u32::try_from(flat.text.len()).map_err(large)?;
                flat.forms
                    .push((start, u32::try_from(flat.terms.len()).map_err(large)?));
                flat.text.extend_from_slice(folded);
                flat.text.push(SEPARATOR);
            }
            let info = stream.value();
            flat.terms.push((info.doc_freq, info.postings_range.clone()));
        }
        Ok(flat)
    }

    fn folded(&self, form: usize) -> &[u8] {
        let end = self
            .forms
            .get(form + 1)
            .map_or(self.text.len(), |(next, _)| *next as usize)
            - 1;
        &self.text[self.forms[form].0 as usize..end]
    }

    /// Calls `visit` with where the postings of every term are that fits, in order, until it returns false.
    /// Positions are left out.
    pub fn each(&self, pattern: &Pattern, visit: &mut dyn FnMut(&TermInfo) -> bool) {
        let (literal, suffices) = literal(pattern);
        let fits = |form: usize| {
            suffices || std::str::from_utf8(self.folded(form)).is_ok_and(|folded| pattern.fits(folded))
        };
        let mut visit_form = |form: usize| {
            let from = self.forms[form].1 as usize;
            let to = self
                .forms
                .get(form + 1)
                .map_or(self.terms.len(), |(_, next)| *next as usize);
            self.terms[from..to].iter().all(|(doc_freq, range)| {
                visit(&TermInfo {
                    doc_freq: *doc_freq,
                    postings_range: range.clone(),
                    positions_range: 0..0,
                })
            })
        };
        if literal.is_empty() {
            let _ = (0..self.forms.len()).filter(|form| fits(*form)).all(visit_form);
            return;
        }
        let finder = memchr::memmem::Finder::new(&literal);
        let (mut at, mut form) = (0, 0);
        while let Some(found) = finder.find(&self.text[at..]) {
            // Forms ascend, so the one that was found is after the last.
            form += self.forms[form..].partition_point(|(start, _)| *start as usize <= at + found) - 1;
            if fits(form) && !visit_form(form) {
                return;
            }
            form += 1;
            let Some((next, _)) = self.forms.get(form) else {
                return;
            };
            at = *next as usize;
        }
    }
}

/// Whether a pattern is looked for in the flat copy: nothing at its beginning says where to look.
pub fn begins_anywhere(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Wildcard(pieces) if !matches!(pieces.first(), Some(PatternPiece::Text(_))))
}

/// What the text holds of every form that fits, and whether that is all that the pattern asks for. The
/// separator may be part of it, at its end.
fn literal(pattern: &Pattern) -> (Vec<u8>, bool) {
    let Pattern::Wildcard(pieces) = pattern else {
        return (Vec::new(), false);
    };
    match pieces.as_slice() {
        // A text with a separator in it is found where forms meet: it is left to what fits.
        [_, PatternPiece::Text(text), ..] if FormTerm::is_no_word(text) => {}
        [PatternPiece::Many, PatternPiece::Text(text), PatternPiece::Many] => {
            return (text.clone().into_bytes(), !text.is_empty());
        }
        [PatternPiece::Many, PatternPiece::Text(text)] => {
            return ([text.as_bytes(), &[SEPARATOR]].concat(), true);
        }
        _ => {}
    }
    let texts = pieces.iter().filter_map(|piece| {
        if let PatternPiece::Text(text) = piece {
            Some(text.as_bytes())
        } else {
            None
        }
    });
    (
        texts
            .max_by_key(|text| text.len())
            .map(<[u8]>::to_vec)
            .unwrap_or_default(),
        false,
    )
}
