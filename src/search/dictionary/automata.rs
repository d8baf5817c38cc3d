//! Patterns as automata over the dictionary of forms: a branch in which nothing can fit any more is left at
//! once. What fits is [`Pattern::fits`]' to say; the automata are tested against it.

use crate::french::FormTerm;
use crate::query::{Pattern, PatternPiece};
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

/// The largest distance that a [`Fuzzy`] can be asked for, and the cells of a row that can be within it.
const REACH: usize = 2;
const BAND: usize = 2 * REACH + 1;

/// The rows of the edit distance table, as far as they lie within [`REACH`] of its diagonal. A swap of
/// neighbours is one edit, so the row before the last one counts too.
pub(crate) struct Fuzzy {
    wanted: Vec<char>,
    distance: u8,
}

/// The state after some characters. Cell `k` of a row is the distance to the first `read + k - REACH`
/// characters of what is wanted; more than the distance allowed is all the same.
#[derive(Clone)]
pub(crate) struct Rows {
    last: [u8; BAND],
    before: [u8; BAND],
    last_char: char,
    read: usize,
    /// Bytes of a character that isn't complete.
    bytes: [u8; 4],
    pending: u8,
}

impl Fuzzy {
    pub fn new(wanted: &str, distance: u8) -> Self {
        Self {
            wanted: wanted.chars().collect(),
            distance: distance.min(REACH as u8),
        }
    }

    fn next(&self, rows: &Rows, c: char) -> Rows {
        let over = self.distance + 1;
        let mut row = [over; BAND];
        let read = rows.read + 1;
        for k in 0..BAND {
            // Column `at`: that many characters of what is wanted.
            let Some(at) = (read + k)
                .checked_sub(REACH)
                .filter(|at| *at <= self.wanted.len())
            else {
                continue;
            };
            let mut least = rows.last.get(k + 1).map_or(over, |up| up + 1);
            if at > 0 {
                least = least.min(rows.last[k] + u8::from(self.wanted[at - 1] != c));
                if k > 0 {
                    least = least.min(row[k - 1] + 1);
                }
                if at > 1
                    && rows.read > 0
                    && self.wanted[at - 2] == c
                    && self.wanted[at - 1] == rows.last_char
                {
                    least = least.min(rows.before[k] + 1);
                }
            }
            row[k] = least.min(over);
        }
        Rows {
            last: row,
            before: rows.last,
            last_char: c,
            read,
            bytes: [0; 4],
            pending: 0,
        }
    }
}

impl Automaton for Fuzzy {
    type State = Rows;

    fn start(&self) -> Rows {
        let over = self.distance + 1;
        let mut last = [over; BAND];
        for (at, cell) in last[REACH..].iter_mut().enumerate() {
            *cell = if at <= self.wanted.len() {
                (at as u8).min(over)
            } else {
                over
            };
        }
        Rows {
            last,
            before: [over; BAND],
            last_char: '\0',
            read: 0,
            bytes: [0; 4],
            pending: 0,
        }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        let cell = (self.wanted.len() + REACH)
            .checked_sub(rows.read)
            .filter(|k| *k < BAND);
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
        match std::str::from_utf8(&longer.bytes[..usize::from(longer.pending)])
            .ok()
            .and_then(|s| s.chars().next())
        {
            Some(c) => self.next(rows, c),
            None => longer,
        }
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
