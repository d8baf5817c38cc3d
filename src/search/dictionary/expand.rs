//! Patterns over the dictionary of forms: accents ignored, whatever fits is found.
//!
//! The dictionary is walked beside an automaton, so that a branch in which nothing can fit any more is left
//! at once: a misspelling looks at a few thousand entries, not at all.

use crate::error::{Error, Result};
use crate::query::Pattern;
use crate::search::dictionary::automata::{Begins, Fuzzy, InFolded, Spelled, Wildcard};
use std::collections::BTreeSet;
use tantivy::Searcher;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy_fst::Automaton;

/// Forms that one pattern may stand for.
pub const MOST_FORMS: usize = 50_000;

/// The terms of a forms field that fit a pattern, the first `most` in dictionary order, and whether there
/// were more.
pub fn expand(
    searcher: &Searcher,
    field: Field,
    pattern: &Pattern,
    most: usize,
) -> Result<(BTreeSet<String>, bool)> {
    let most = most.min(MOST_FORMS);
    let walk = Walk::new(pattern);
    let mut found: Vec<String> = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(Error::from)?;
        let mut here = 0;
        each_form(inverted.terms(), &walk, &mut |term| {
            found.push(term.to_string());
            here += 1;
            here <= most
        })
        .map_err(|e| Error::Damaged(e.to_string()))?;
    }
    // Every segment gave its first ones, so the first of all are among them.
    found.sort_unstable();
    found.dedup();
    let capped = found.len() > most;
    found.truncate(most);
    Ok((found.into_iter().collect(), capped))
}

/// How dictionaries are walked for a pattern.
pub(crate) enum Walk {
    Prefix(Begins),
    Fuzzy(InFolded<Fuzzy>),
    Wildcard(InFolded<Wildcard>),
    Long(InFolded<Spelled>),
}

impl Walk {
    pub fn new(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Prefix(prefix) => Self::Prefix(Begins(prefix.clone().into_bytes())),
            Pattern::Fuzzy { folded, distance } => Self::Fuzzy(InFolded(Fuzzy::new(folded, *distance))),
            Pattern::Wildcard(pieces) => match Wildcard::new(pieces) {
                Some(wildcard) => Self::Wildcard(InFolded(wildcard)),
                None => Self::Long(InFolded(Spelled(pattern.clone()))),
            },
        }
    }
}

/// Calls `visit` with the terms of one dictionary that fit, in order, until it returns false.
fn each_form(
    terms: &TermDictionary,
    walk: &Walk,
    visit: &mut dyn FnMut(&str) -> bool,
) -> std::io::Result<()> {
    each_term(terms, walk, &mut |term, _| {
        std::str::from_utf8(term).map_or(true, &mut *visit)
    })
}

/// The same, with where their postings are.
pub(crate) fn each_term(
    terms: &TermDictionary,
    walk: &Walk,
    visit: &mut dyn FnMut(&[u8], &TermInfo) -> bool,
) -> std::io::Result<()> {
    match walk {
        Walk::Prefix(automaton) => drain(terms.search(automaton).into_stream()?, visit),
        Walk::Fuzzy(automaton) => drain(terms.search(automaton).into_stream()?, visit),
        Walk::Wildcard(automaton) => drain(terms.search(automaton).into_stream()?, visit),
        Walk::Long(automaton) => drain(terms.search(automaton).into_stream()?, visit),
    }
    Ok(())
}

fn drain<A: Automaton>(mut stream: TermStreamer<'_, A>, visit: &mut dyn FnMut(&[u8], &TermInfo) -> bool)
where
    A::State: Clone,
{
    while stream.advance() {
        if !visit(stream.key(), stream.value()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::french::FormTerm;
    use crate::query::PatternPiece;
    use crate::search::dictionary::samples::{dictionary, pieces};
    use proptest::prelude::*;

    #[test]
    fn the_first_in_dictionary_order_are_kept() {
        let forms: Vec<String> = ["mopti", "mora", "moura", "maure", "gao"]
            .iter()
            .map(|f| format!("{f}\u{1}{f}"))
            .collect();
        let (searcher, field) = dictionary(&forms);
        let (found, capped) = expand(&searcher, field, &Pattern::Prefix("mo".into()), 2).expect("expanded");
        assert_eq!(
            (found.into_iter().collect::<Vec<_>>(), capped),
            (vec!["mopti\u{1}mopti".to_string(), "mora\u{1}mora".into()], true)
        );
        let (all, capped) = expand(&searcher, field, &Pattern::Prefix("mo".into()), 3).expect("expanded");
        assert_eq!((all.len(), capped), (3, false));
    }

    #[test]
    fn a_wildcard_longer_than_its_automaton_is_scanned() {
        let long = "a".repeat(200);
        let (searcher, field) = dictionary(&[format!("{long}b\u{1}{long}b"), "ab\u{1}ab".into()]);
        let pattern = Pattern::Wildcard(vec![PatternPiece::Text(long), PatternPiece::One]);
        assert_eq!(
            expand(&searcher, field, &pattern, 9).expect("expanded").0.len(),
            1
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn expanding_equals_trying_every_form(folded in prop::collection::vec("[abcé]{1,6}", 1..40), pieces in pieces(), wanted in "[abcé]{1,6}") {
            let forms: Vec<String> = folded.iter().map(|f| FormTerm { folded: f, form: f }.to_string()).collect();
            let (searcher, field) = dictionary(&forms);
            let prefix = wanted.chars().take(2).collect();
            for pattern in [Pattern::Prefix(prefix), Pattern::Wildcard(pieces), Pattern::Fuzzy { folded: wanted, distance: 2 }] {
                let expected: BTreeSet<String> =
                    forms.iter().filter(|f| FormTerm::parse(f).is_some_and(|term| pattern.fits(term.folded))).cloned().collect();
                prop_assert_eq!(expand(&searcher, field, &pattern, usize::MAX).expect("expanded"), (expected, false), "{:?}", pattern);
            }
        }
    }
}
