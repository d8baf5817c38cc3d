//! Which words of a text some lexicon knows: what is left are names that the lexicons lack.

use super::reading::{Reading, gap, shape};
use super::words;

/// The words of a reading, and how well they are known.
pub(super) struct Known<'r, 'd> {
    pub reading: &'r Reading<'d>,
    words: Vec<u8>,
}

impl<'r, 'd> Known<'r, 'd> {
    /// A name that is safe enough alone, but may be a part of a longer one.
    pub const SAFE: u8 = 1;
    /// What a longer name can't reach across.
    pub const WHOLE: u8 = 2;

    pub fn new(reading: &'r Reading<'d>) -> Self {
        Self {
            reading,
            words: vec![0; reading.words.len()],
        }
    }

    /// Marks the words `from..to` as known, at least so well.
    pub fn mark(&mut self, from: usize, to: usize, how: u8) {
        self.words[from..to].iter_mut().for_each(|k| *k = (*k).max(how));
    }

    /// Whether no capitalised word goes on from the words `from..to` or leads to them.
    pub fn stands_alone(&self, from: usize, to: usize) -> bool {
        !joins(self.reading, from) && !joins(self.reading, to)
    }

    /// How well each word is known; 0 for those that no lexicon has.
    pub fn finish(self) -> Vec<u8> {
        self.words
    }
}

/// Whether a capitalised word goes on from the one before it.
fn joins(reading: &Reading<'_>, at: usize) -> bool {
    at > 0
        && at < reading.words.len()
        && reading.gap(at) & (gap::HARD | gap::QUOTE | gap::DASH | gap::LINE) == 0
        && reading.words[at].shape & shape::ELIDED == 0
        && reading.is_capital(at)
        && reading.is_capital(at - 1)
        && !reading.is(at - 1, words::FUNCTION)
}
