//! Patterns over the dictionary of forms: accents ignored, whatever fits is found.
//!
//! The dictionary is walked beside an automaton, so that a branch in which nothing can fit any more is left at once: a
//! misspelling looks at a few thousand entries, not at all. What fits is [`Pattern::fits`]' to say; the automata below are
//! tested against it.

use super::flat_forms::{FlatForms, begins_anywhere};
use crate::error::{Error, Result};
use crate::french::FORM_SEPARATOR;
use crate::query::{Pattern, PatternPiece};
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TantivyError};
use tantivy_common::BitSet;
use tantivy_fst::Automaton;

/// Forms that one pattern may stand for.
pub const MOST_FORMS: usize = 50_000;

/// The terms of a forms field that fit a pattern, the first `most` in dictionary order, and whether there were more.
pub fn expand(searcher: &Searcher, field: Field, pattern: &Pattern, most: usize) -> Result<(BTreeSet<String>, bool)> {
    let most = most.min(MOST_FORMS);
    let mut found: Vec<String> = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(Error::from)?;
        let mut here = 0;
        each_form(inverted.terms(), pattern, &mut |term| {
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

/// Documents that hold a form that fits, however many forms there are. The dictionary is walked once, without listing
/// them.
#[derive(Debug, Clone)]
pub struct PatternQuery {
    pub field: Field,
    pub pattern: Pattern,
    /// The reader's flat dictionaries, for patterns that begin with a wildcard.
    pub flat: Arc<FlatForms>,
}

impl Query for PatternQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PatternWeight(self.clone())))
    }
}

struct PatternWeight(PatternQuery);

impl Weight for PatternWeight {
    /// All documents at once. Most forms are rare: what costs is opening their postings, so one buffer serves them all
    /// (tantivy's AutomatonWeight makes one for each).
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.0.field)?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        let mut buffer: Option<BlockSegmentPostings> = None;
        let mut failed = None;
        let mut add = |info: &TermInfo| {
            let read = match &mut buffer {
                Some(postings) => inverted.reset_block_postings_from_terminfo(info, postings),
                None => inverted.read_block_postings_from_terminfo(info, IndexRecordOption::Basic).map(|postings| buffer = Some(postings)),
            };
            if let Err(error) = read {
                failed = Some(error);
                return false;
            }
            if let Some(postings) = &mut buffer {
                while !postings.docs().is_empty() {
                    for doc in postings.docs() {
                        documents.insert(*doc);
                    }
                    postings.advance();
                }
            }
            true
        };
        if begins_anywhere(&self.0.pattern) {
            self.0.flat.of(reader, self.0.field)?.each(&self.0.pattern, &mut add);
        } else {
            each_term(inverted.terms(), &self.0.pattern, &mut |_, info| add(info))?;
        }
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(Box::new(ConstScorer::new(BitSetDocSet::from(documents), boost))),
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("a form that fits the pattern", scorer.score()))
    }
}

/// How the dictionary is walked for a pattern.
enum Walk {
    Prefix(Begins),
    Fuzzy(InFolded<Fuzzy>),
    Wildcard(InFolded<Wildcard>),
    Long(InFolded<Spelled>),
}

impl Walk {
    fn new(pattern: &Pattern) -> Self {
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
fn each_form(terms: &TermDictionary, pattern: &Pattern, visit: &mut dyn FnMut(&str) -> bool) -> std::io::Result<()> {
    each_term(terms, pattern, &mut |term, _| std::str::from_utf8(term).map_or(true, &mut *visit))
}

/// The same, with where their postings are.
fn each_term(terms: &TermDictionary, pattern: &Pattern, visit: &mut dyn FnMut(&[u8], &TermInfo) -> bool) -> std::io::Result<()> {
    match Walk::new(pattern) {
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

/// What begins with these bytes. The state counts them; None is what begins otherwise.
struct Begins(Vec<u8>);

impl Automaton for Begins {
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.0.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }

    fn will_always_match(&self, state: &Option<usize>) -> bool {
        self.is_match(state)
    }

    fn accept(&self, state: &Option<usize>, byte: u8) -> Option<usize> {
        match self.0.get((*state)?) {
            Some(wanted) => (*wanted == byte).then_some((*state)? + 1),
            None => *state,
        }
    }
}

/// The slow way, for wildcards longer than [`Wildcard`]'s state: the folded form is gathered, then tried.
struct Spelled(Pattern);

impl Automaton for Spelled {
    type State = Vec<u8>;

    fn start(&self) -> Vec<u8> {
        Vec::new()
    }

    fn is_match(&self, state: &Vec<u8>) -> bool {
        std::str::from_utf8(state).is_ok_and(|folded| self.0.fits(folded))
    }

    fn accept(&self, state: &Vec<u8>, byte: u8) -> Vec<u8> {
        [state, &[byte][..]].concat()
    }
}

/// An automaton over folded forms, made one over the terms of a forms field: what fits before the separator fits
/// with any form after it.
struct InFolded<A>(A);

#[derive(Clone)]
enum Place<S> {
    Folded(S),
    Form,
    Nowhere,
}

impl<A: Automaton> Automaton for InFolded<A> {
    type State = Place<A::State>;

    fn start(&self) -> Self::State {
        Place::Folded(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Place::Form)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Place::Folded(inner) => self.0.can_match(inner),
            Place::Form => true,
            Place::Nowhere => false,
        }
    }

    fn will_always_match(&self, state: &Self::State) -> bool {
        matches!(state, Place::Form)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Place::Folded(inner) if byte == FORM_SEPARATOR as u8 => {
                if self.0.is_match(inner) {
                    Place::Form
                } else {
                    Place::Nowhere
                }
            }
            Place::Folded(inner) => {
                let next = self.0.accept(inner, byte);
                // After a last `*` whatever comes fits, the separator included.
                if self.0.will_always_match(&next) { Place::Form } else { Place::Folded(next) }
            }
            Place::Form => Place::Form,
            Place::Nowhere => Place::Nowhere,
        }
    }
}

/// A wildcard as the set of its elements that may come next: one bit each, a text's bytes counting singly.
struct Wildcard {
    /// Elements that are this byte.
    bytes: Box<[u64; 256]>,
    /// Elements that are `?`, and those that are `*`.
    one: u64,
    many: u64,
    end: u64,
}

impl Wildcard {
    /// None when the pattern has more elements than bits.
    fn new(pieces: &[PatternPiece]) -> Option<Self> {
        let mut wildcard = Wildcard { bytes: Box::new([0; 256]), one: 0, many: 0, end: 1 };
        for piece in pieces {
            let texts = match piece {
                PatternPiece::Text(text) => text.as_bytes(),
                PatternPiece::One | PatternPiece::Many => &[0],
            };
            for byte in texts {
                match piece {
                    PatternPiece::Text(_) => wildcard.bytes[usize::from(*byte)] |= wildcard.end,
                    PatternPiece::One => wildcard.one |= wildcard.end,
                    PatternPiece::Many => wildcard.many |= wildcard.end,
                }
                wildcard.end = wildcard.end.checked_shl(1).filter(|end| *end != 0)?;
            }
        }
        Some(wildcard)
    }

    /// `*` may stand for nothing. (No two stand side by side.)
    fn with_empty(&self, state: u64) -> u64 {
        state | (state & self.many) << 1
    }
}

impl Automaton for Wildcard {
    type State = u64;

    fn start(&self) -> u64 {
        self.with_empty(1)
    }

    fn is_match(&self, state: &u64) -> bool {
        state & self.end != 0
    }

    fn can_match(&self, state: &u64) -> bool {
        *state != 0
    }

    fn will_always_match(&self, state: &u64) -> bool {
        state & self.many & (self.end >> 1) != 0
    }

    fn accept(&self, state: &u64, byte: u8) -> u64 {
        // `?` takes a character: its first byte moves on, the bytes that continue it stay behind the `?`.
        let continues = byte & 0xC0 == 0x80;
        let single = if continues { state & (self.one << 1) } else { (state & self.one) << 1 };
        self.with_empty((state & self.bytes[usize::from(byte)]) << 1 | state & self.many | single)
    }
}

/// The largest distance that a [`Fuzzy`] can be asked for, and the cells of a row that can be within it.
const REACH: usize = 2;
const BAND: usize = 2 * REACH + 1;

/// The rows of the edit distance table, as far as they lie within [`REACH`] of its diagonal. A swap of neighbours is
/// one edit, so the row before the last one counts too.
struct Fuzzy {
    wanted: Vec<char>,
    distance: u8,
}

/// The state after some characters. Cell `k` of a row is the distance to the first `read + k - REACH` characters of
/// what is wanted; more than the distance allowed is all the same.
#[derive(Clone)]
struct Rows {
    last: [u8; BAND],
    before: [u8; BAND],
    last_char: char,
    read: usize,
    /// Bytes of a character that isn't complete.
    bytes: [u8; 4],
    pending: u8,
}

impl Fuzzy {
    fn new(wanted: &str, distance: u8) -> Self {
        Self { wanted: wanted.chars().collect(), distance: distance.min(REACH as u8) }
    }

    fn next(&self, rows: &Rows, c: char) -> Rows {
        let over = self.distance + 1;
        let mut row = [over; BAND];
        let read = rows.read + 1;
        for k in 0..BAND {
            // Column `at`: that many characters of what is wanted.
            let Some(at) = (read + k).checked_sub(REACH).filter(|at| *at <= self.wanted.len()) else { continue };
            let mut least = rows.last.get(k + 1).map_or(over, |up| up + 1);
            if at > 0 {
                least = least.min(rows.last[k] + u8::from(self.wanted[at - 1] != c));
                if k > 0 {
                    least = least.min(row[k - 1] + 1);
                }
                if at > 1 && rows.read > 0 && self.wanted[at - 2] == c && self.wanted[at - 1] == rows.last_char {
                    least = least.min(rows.before[k] + 1);
                }
            }
            row[k] = least.min(over);
        }
        Rows { last: row, before: rows.last, last_char: c, read, bytes: [0; 4], pending: 0 }
    }
}

impl Automaton for Fuzzy {
    type State = Rows;

    fn start(&self) -> Rows {
        let over = self.distance + 1;
        let mut last = [over; BAND];
        for (at, cell) in last[REACH..].iter_mut().enumerate() {
            *cell = if at <= self.wanted.len() { (at as u8).min(over) } else { over };
        }
        Rows { last, before: [over; BAND], last_char: '\0', read: 0, bytes: [0; 4], pending: 0 }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        let cell = (self.wanted.len() + REACH).checked_sub(rows.read).filter(|k| *k < BAND);
        rows.pending == 0 && cell.is_some_and(|k| rows.last[k] <= self.distance)
    }

    fn can_match(&self, rows: &Rows) -> bool {
        rows.last.iter().any(|cell| *cell <= self.distance)
    }

    fn accept(&self, rows: &Rows, byte: u8) -> Rows {
        if byte < 0x80 {
            return self.next(rows, byte as char);
        }
        let mut longer = rows.clone();
        longer.bytes[usize::from(rows.pending & 3)] = byte;
        longer.pending = (rows.pending + 1).min(4);
        match std::str::from_utf8(&longer.bytes[..usize::from(longer.pending)]).ok().and_then(|s| s.chars().next()) {
            Some(c) => self.next(rows, c),
            None => longer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, doc};

    fn walks<A: Automaton>(automaton: &A, folded: &str, form: &str) -> bool {
        let term = format!("{folded}{FORM_SEPARATOR}{form}");
        let mut state = automaton.start();
        for byte in term.bytes() {
            // A dictionary is left where nothing can match any more.
            if !automaton.can_match(&state) {
                return false;
            }
            state = automaton.accept(&state, byte);
        }
        automaton.is_match(&state)
    }

    fn pieces() -> impl Strategy<Value = Vec<PatternPiece>> {
        let piece = prop_oneof!["[abé語]{1,3}".prop_map(PatternPiece::Text), Just(PatternPiece::One), Just(PatternPiece::Many),];
        prop::collection::vec(piece, 1..6).prop_map(|mut pieces| {
            pieces.dedup_by(|a, b| *a == PatternPiece::Many && *b == PatternPiece::Many);
            pieces
        })
    }

    /// The terms of an index of two segments.
    fn dictionary(forms: &[String]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("forms", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        for half in forms.chunks(forms.len() / 2 + 1) {
            for form in half {
                writer.add_document(doc!(field => form.as_str())).expect("added");
            }
            writer.commit().expect("committed");
        }
        (index.reader().expect("a reader").searcher(), field)
    }

    #[test]
    fn the_first_in_dictionary_order_are_kept() {
        let forms: Vec<String> = ["mopti", "mora", "moura", "maure", "gao"].iter().map(|f| format!("{f}\u{1}{f}")).collect();
        let (searcher, field) = dictionary(&forms);
        let (found, capped) = expand(&searcher, field, &Pattern::Prefix("mo".into()), 2).expect("expanded");
        assert_eq!((found.into_iter().collect::<Vec<_>>(), capped), (vec!["mopti\u{1}mopti".to_string(), "mora\u{1}mora".into()], true));
        let (all, capped) = expand(&searcher, field, &Pattern::Prefix("mo".into()), 3).expect("expanded");
        assert_eq!((all.len(), capped), (3, false));
    }

    #[test]
    fn a_wildcard_longer_than_its_automaton_is_scanned() {
        let long = "a".repeat(200);
        let (searcher, field) = dictionary(&[format!("{long}b\u{1}{long}b"), "ab\u{1}ab".into()]);
        let pattern = Pattern::Wildcard(vec![PatternPiece::Text(long), PatternPiece::One]);
        assert_eq!(expand(&searcher, field, &pattern, 9).expect("expanded").0.len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn automata_accept_what_fits(pieces in pieces(), wanted in "[abcé語]{0,7}", distance in 0u8..3, folded in "[abcé語]{0,8}") {
            if let Some(wildcard) = Wildcard::new(&pieces) {
                let fits = Pattern::Wildcard(pieces.clone()).fits(&folded);
                prop_assert_eq!(walks(&InFolded(wildcard), &folded, "x"), fits, "{:?} {}", pieces, folded);
            }
            let fits = Pattern::Fuzzy { folded: wanted.clone(), distance }.fits(&folded);
            prop_assert_eq!(walks(&InFolded(Fuzzy::new(&wanted, distance)), &folded, "é"), fits, "{}~{} {}", wanted, distance, folded);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn expanding_equals_trying_every_form(folded in prop::collection::vec("[abcé]{1,6}", 1..40), pieces in pieces(), wanted in "[abcé]{1,6}") {
            let forms: Vec<String> = folded.iter().map(|f| format!("{f}{FORM_SEPARATOR}{f}")).collect();
            let (searcher, field) = dictionary(&forms);
            let prefix = wanted.chars().take(2).collect();
            for pattern in [Pattern::Prefix(prefix), Pattern::Wildcard(pieces), Pattern::Fuzzy { folded: wanted, distance: 2 }] {
                let expected: BTreeSet<String> =
                    forms.iter().filter(|f| pattern.fits(f.split(FORM_SEPARATOR).next().unwrap_or_default())).cloned().collect();
                // Every document holds one form: as many match as there are fitting forms, repeated ones included.
                let fitting = forms.iter().filter(|f| expected.contains(*f)).count();
                let query = PatternQuery { field, pattern: pattern.clone(), flat: Arc::default() };
                prop_assert_eq!(searcher.search(&query, &tantivy::collector::Count).expect("searched"), fitting, "{:?}", pattern);
                prop_assert_eq!(expand(&searcher, field, &pattern, usize::MAX).expect("expanded"), (expected, false), "{:?}", pattern);
            }
        }
    }
}
