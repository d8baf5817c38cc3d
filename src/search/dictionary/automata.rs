//! Patterns as automata over the dictionary of forms: a branch in which nothing can fit any more is left at
//! once. What fits is [`Pattern::fits`]' to say; the automata are tested against it.

use crate::french::FormTerm;
use crate::query::{Pattern, PatternPiece};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use std::sync::LazyLock;
use tantivy_fst::Automaton;

/// What begins with these bytes. The state counts them; None is what begins otherwise.
pub(crate) struct Begins(pub Vec<u8>);

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
pub(crate) struct Spelled(pub Pattern);

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

/// An automaton over folded forms, made one over the terms of a forms field: what fits before the separator
/// fits with any form after it.
pub(crate) struct InFolded<A>(pub A);

#[derive(Clone)]
pub(crate) enum InTerm<S> {
    Folded(S),
    Form,
    Nowhere,
}

impl<A: Automaton> Automaton for InFolded<A> {
    type State = InTerm<A::State>;

    fn start(&self) -> Self::State {
        InTerm::Folded(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, InTerm::Form)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            InTerm::Folded(inner) => self.0.can_match(inner),
            InTerm::Form => true,
            InTerm::Nowhere => false,
        }
    }

    fn will_always_match(&self, state: &Self::State) -> bool {
        matches!(state, InTerm::Form)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            InTerm::Folded(inner) if byte == FormTerm::SEPARATOR => {
                if self.0.is_match(inner) {
                    InTerm::Form
                } else {
                    InTerm::Nowhere
                }
            }
            InTerm::Folded(inner) => {
                let next = self.0.accept(inner, byte);
                // After a last `*` whatever comes fits, the separator included.
                if self.0.will_always_match(&next) {
                    InTerm::Form
                } else {
                    InTerm::Folded(next)
                }
            }
            InTerm::Form => InTerm::Form,
            InTerm::Nowhere => InTerm::Nowhere,
        }
    }
}

/// A wildcard as the set of its elements that may come next: one bit each, a text's bytes counting singly.
pub(crate) struct Wildcard {
    /// Elements that are this byte.
    bytes: Box<[u64; 256]>,
    /// Elements that are `?`, and those that are `*`.
    one: u64,
    many: u64,
    end: u64,
}

impl Wildcard {
    /// None when the pattern has more elements than bits.
    pub fn new(pieces: &[PatternPiece]) -> Option<Self> {
        let mut wildcard = Wildcard {
            bytes: Box::new([0; 256]),
            one: 0,
            many: 0,
            end: 1,
        };
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
        let single = if continues {
            state & (self.one << 1)
        } else {
            (state & self.one) << 1
        };
        self.with_empty((state & self.bytes[usize::from(byte)]) << 1 | state & self.many | single)
    }
}

/// What makes the automata of each distance.
static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 3]> =
    LazyLock::new(|| [0, 1, 2].map(|distance| LevenshteinAutomatonBuilder::new(distance, true)));

/// Words within an edit distance of one; a swap of neighbours is one edit. Building it takes a few microseconds
/// for a word, and milliseconds for the longest that can be typed.
pub(crate) struct Fuzzy(DFA);

impl Fuzzy {
    pub fn new(wanted: &str, distance: u8) -> Self {
        let [.., furthest] = &*BUILDERS;
        let builder = BUILDERS.get(usize::from(distance)).unwrap_or(furthest);
        Self(builder.build_dfa(wanted))
    }
}

impl Automaton for Fuzzy {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn walks<A: Automaton>(automaton: &A, folded: &str, form: &str) -> bool {
        let term = FormTerm { folded, form }.to_string();
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
        let piece = prop_oneof![
            "[abé語]{1,3}".prop_map(PatternPiece::Text),
            Just(PatternPiece::One),
            Just(PatternPiece::Many),
        ];
        prop::collection::vec(piece, 1..6).prop_map(|mut pieces| {
            pieces.dedup_by(|a, b| *a == PatternPiece::Many && *b == PatternPiece::Many);
            pieces
        })
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
}
