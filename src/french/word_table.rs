//! The words of texts by number: each distinct chunk is analysed once, each distinct word stemmed once.
//!
//! A table belongs to one thread. Its numbers hold until [`WordTable::clear`], which keeps memory bounded.

use super::fold::{fold, form};
use super::form_term::FormTerm;
use super::inline_keys::{InlineKeys, inline_key};
use super::interner::Interner;
use super::rules::Rules;
use super::segment::{PieceKind, pieces};
use super::token::Word;
use rustc_hash::FxHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of the table of a thread that answers searches, at which it begins anew.
const LARGE: usize = 50 << 20;
/// Bytes that a [`Word`] takes with its four spellings.
const SHARED_WORD: usize = 200;

/// Number of a word in a [`WordTable`].
pub type WordNumber = u32;

/// What a table knows of a word, beside its spellings: eight bytes, since every word of every text is looked up here.
struct WordInfo {
    term: u32,
    /// Where the folded spelling ends in the form term, times two, plus one for a stop word.
    folded_end_and_stop: u32,
}

impl WordInfo {
    fn folded_end(&self) -> usize {
        (self.folded_end_and_stop >> 1) as usize
    }

    fn is_stop(&self) -> bool {
        self.folded_end_and_stop & 1 == 1
    }
}

/// A word of a chunk. Offsets are bytes from the chunk's start.
#[derive(Clone, Copy)]
pub struct ChunkWord {
    pub word: WordNumber,
    pub start: u16,
    pub end: u16,
    pub kind: PieceKind,
    pub elided: bool,
}

/// What a chunk consists of.
#[derive(Clone, Copy)]
pub enum ChunkWords<'t> {
    /// One word, as long as the chunk.
    One(WordNumber),
    Several(&'t [ChunkWord]),
}

/// What the chunk tables hold: `word << 1 | 1` for a chunk that is one plain word, which most are; else
/// `number << 1` of its list of words.
#[derive(Clone, Copy)]
struct ChunkValue(u32);

/// Longest chunks that are their own keys.
const SHORT: usize = 8;
const AFTER_SHORT: usize = SHORT + 1;
const MEDIUM: usize = 16;

/// Words and chunks by number.
#[derive(Default)]
pub struct WordTable {
    /// Of the analyzer whose words these are.
    analyzer: u64,
    generation: u64,
    short: InlineKeys<1>,
    medium: InlineKeys<2>,
    /// Chunks longer than these, of which there are few.
    long: Interner,
    long_values: Vec<u32>,
    lists: Vec<ChunkWord>,
    /// Past the end of each list.
    list_ends: Vec<u32>,
    /// The [`FormTerm`] of each word.
    words: Interner,
    infos: Vec<WordInfo>,
    terms: Interner,
    /// Of each term.
    term_hashes: Vec<u64>,
    shared: Vec<Option<Arc<Word>>>,
    analysed: u64,
}

impl fmt::Debug for WordTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordTable")
            .field("words", &self.words())
            .field("terms", &self.terms())
            .finish_non_exhaustive()
    }
}

impl WordTable {
    /// A number that no other state of any table of this process has: the numbers of words hold as long as it does.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Forgets everything: the numbers begin anew.
    pub fn clear(&mut self) {
        static GENERATIONS: AtomicU64 = AtomicU64::new(1);
        *self = Self {
            generation: GENERATIONS.fetch_add(1, Ordering::Relaxed),
            analyzer: self.analyzer,
            ..Self::default()
        };
    }

    /// Makes the table one of this analyzer.
    pub(super) fn adopt(&mut self, rules: &Rules) {
        if self.analyzer != rules.identity {
            self.analyzer = rules.identity;
            self.clear();
        }
    }

    /// Bytes of memory, without the words that [`WordTable::shared`] made.
    pub fn memory(&self) -> usize {
        self.short.memory()
            + self.medium.memory()
            + self.long.memory()
            + 4 * (self.long_values.capacity() + self.list_ends.capacity())
            + size_of::<ChunkWord>() * self.lists.capacity()
            + self.words.memory()
            + size_of::<WordInfo>() * self.infos.capacity()
            + self.terms.memory()
            + 8 * self.term_hashes.capacity()
    }

    /// Forgets everything once it takes more than [`LARGE`].
    pub fn clear_if_large(&mut self) {
        if self.memory() + SHARED_WORD * self.shared.len() > LARGE {
            self.clear();
        }
    }

    /// How many words there are; their numbers are the lesser ones.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// How many index terms there are.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// How often a chunk was analysed: as often as there are distinct chunks, if the table wasn't cleared.
    pub fn analysed(&self) -> u64 {
        self.analysed
    }

    /// See [`Word::form_term`].
    pub fn form_term(&self, word: WordNumber) -> &str {
        self.words.get(word)
    }

    /// See [`Word::folded`].
    pub fn folded(&self, word: WordNumber) -> &str {
        let end = self.infos.get(word as usize).map_or(0, WordInfo::folded_end);
        self.words.get(word).get(..end).unwrap_or_default()
    }

    /// See [`Word::form`].
    pub fn form(&self, word: WordNumber) -> &str {
        let end = self.infos.get(word as usize).map_or(0, WordInfo::folded_end);
        self.words.get(word).get(end + 1..).unwrap_or_default()
    }

    /// See [`Word::term`].
    pub fn term(&self, word: WordNumber) -> &str {
        self.term_of(self.term_number(word))
    }

    /// The number of a word's index term.
    pub fn term_number(&self, word: WordNumber) -> u32 {
        self.infos.get(word as usize).map_or(u32::MAX, |info| info.term)
    }

    /// The index term of a number.
    pub fn term_of(&self, number: u32) -> &str {
        self.terms.get(number)
    }

    /// See [`Word::stop`].
    pub fn is_stop(&self, word: WordNumber) -> bool {
        self.infos.get(word as usize).is_some_and(WordInfo::is_stop)
    }

    /// A hash of the index term, the same in every process.
    pub fn term_hash(&self, word: WordNumber) -> u64 {
        let hash = self.term_hashes.get(self.term_number(word) as usize);
        hash.copied().unwrap_or_default()
    }

    /// A word that outlives the table.
    pub fn shared(&mut self, word: WordNumber) -> Arc<Word> {
        let at = word as usize;
        if self.shared.len() <= at {
            self.shared.resize(self.words.len().max(at + 1), None);
        }
        if let Some(known) = &self.shared[at] {
            return Arc::clone(known);
        }
        let made = Arc::new(Word {
            form: self.form(word).into(),
            folded: self.folded(word).into(),
            term: self.term(word).into(),
            form_term: self.form_term(word).into(),
            stop: self.is_stop(word),
        });
        self.shared[at] = Some(Arc::clone(&made));
        made
    }

    /// The words of the chunk `start..end` of a text.
    pub(super) fn chunk(&mut self, rules: &Rules, text: &str, start: usize, end: usize) -> ChunkWords<'_> {
        let known = match end - start {
            0..=SHORT => self.short.find(inline_key(text.as_bytes(), start, end)),
            AFTER_SHORT..=MEDIUM => self.medium.find(inline_key(text.as_bytes(), start, end)),
            _ => {
                let number = self.long.find(&text[start..end]);
                number.and_then(|number| self.long_values.get(number as usize).copied())
            }
        };
        let value = known.map_or_else(|| self.analyse(rules, &text[start..end]), ChunkValue);
        match value.0 & 1 {
            1 => ChunkWords::One(value.0 >> 1),
            _ => {
                let list = (value.0 >> 1) as usize;
                let from = list.checked_sub(1).map_or(0, |before| self.list_ends[before]);
                ChunkWords::Several(&self.lists[from as usize..self.list_ends[list] as usize])
            }
        }
    }

    #[cold]
    fn analyse(&mut self, rules: &Rules, chunk: &str) -> ChunkValue {
        self.analysed += 1;
        let before = self.lists.len();
        for piece in pieces(chunk, &rules.elisions) {
            let (form, folded) = piece.spelled.unwrap_or_else(|| {
                let text = &chunk[piece.start..piece.end];
                (form(text), fold(text))
            });
            if !folded.is_empty() {
                let word = self.word(rules, &form, &folded);
                self.lists.push(ChunkWord {
                    word,
                    start: piece.start as u16,
                    end: piece.end as u16,
                    kind: piece.kind,
                    elided: piece.elided_from < piece.start,
                });
            }
        }
        let value = match self.lists[before..] {
            [
                ChunkWord {
                    word,
                    start: 0,
                    end,
                    kind: PieceKind::Part,
                    elided: false,
                },
            ] if usize::from(end) == chunk.len() => {
                self.lists.truncate(before);
                ChunkValue(word << 1 | 1)
            }
            _ => {
                self.list_ends.push(self.lists.len() as u32);
                ChunkValue((self.list_ends.len() as u32 - 1) << 1)
            }
        };
        let bytes = chunk.as_bytes();
        match bytes.len() {
            0..=SHORT => self.short.add(inline_key(bytes, 0, bytes.len()), value.0),
            AFTER_SHORT..=MEDIUM => self.medium.add(inline_key(bytes, 0, bytes.len()), value.0),
            _ => {
                self.long.intern(chunk);
                self.long_values.push(value.0);
            }
        }
        value
    }

    /// The number of a word.
    pub(super) fn word(&mut self, rules: &Rules, form: &str, folded: &str) -> WordNumber {
        let form_term = FormTerm { folded, form }.to_string();
        let (word, is_new) = self.words.intern(&form_term);
        if is_new {
            let term = rules.terms.term_of(folded);
            let (number, is_new_term) = self.terms.intern(&term);
            if is_new_term {
                let mut hasher = FxHasher::default();
                term.hash(&mut hasher);
                self.term_hashes.push(hasher.finish());
            }
            self.infos.push(WordInfo {
                term: number,
                folded_end_and_stop: (folded.len() as u32) << 1 | u32::from(rules.stopwords.contains(folded)),
            });
        }
        word
    }
}
