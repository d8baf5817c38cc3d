//! Finding the place names of a reading.

use super::Places;
use super::mention::{Blocked, Mention};
use crate::facets::gazetteer::{Kind, meaning};
use crate::facets::reading::{Reading, shape};

impl Places {
    /// Adds the names of a reading to `out`.
    pub(super) fn scan<'g>(
        &'g self,
        number: usize,
        reading: &Reading<'_>,
        blocked: &Blocked,
        bit: u64,
        out: &mut Vec<Mention<'g>>,
    ) {
        let mut at = 0;
        let mut block = 0;
        while at < reading.words.len() {
            let named = if reading.may_begin(at, bit) {
                reading.longest(&self.gazetteer.names, at)
            } else {
                None
            };
            let Some((length, meanings)) = named else {
                at += 1;
                continue;
            };
            while blocked.get(block).is_some_and(|b| b.1 <= at) {
                block += 1;
            }
            let over = blocked[block.min(blocked.len())..]
                .iter()
                .take_while(|b| b.0 <= at);
            let mut over = over
                .filter(|b| at + length <= b.1 && (length < b.1 - b.0 || length == 1))
                .peekable();
            let inside = over.peek().is_some();
            let nothing = over.any(|b| b.2);
            let country = meanings.iter().all(|m| self.place(m).kind == Kind::Country);
            let capital = reading.words[at].shape & (shape::CAPITAL | shape::DIGIT) != 0
                || reading.sentence_of(at).lower;
            if inside && (!country || nothing) || !capital && !meanings.iter().any(|m| meaning(m).lower) {
                at += 1;
                continue;
            }
            let context = self.contexts.read(reading, at, at + length);
            out.push(Mention {
                reading: number,
                from: at,
                to: at + length,
                meanings,
                context,
                place: None,
                counts: false,
                country_only: false,
                rule: None,
            });
            at += length;
        }
    }
}
