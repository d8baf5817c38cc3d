//! The account of a file: how many of the words that people see in it are in its articles, and where the others
//! went.
//!
//! What is seen is counted from the bytes, by a counter that shares nothing with the readers: a reader can't
//! hide what it loses.

mod control_words;
mod json_strings;
mod ledger;
mod left_out;
mod markup;
mod seen;
mod shingles;
mod sorting;
#[cfg(test)]
mod tests;
mod text_alignment;
mod visible;
mod word_alignment;
mod word_counts;
mod words;

pub(super) use ledger::Ledger;
pub use left_out::LeftOut;
pub(super) use visible::Visible;

use serde::Serialize;
use std::collections::BTreeMap;

/// More words than these that are nowhere, and more than this share of a file, make it one that was read in
/// part.
const FEW_WORDS: u64 = 20;
const SMALL_SHARE: f64 = 0.01;

/// Passages that are shown of what is nowhere.
const MOST_SAMPLES: usize = 3;

/// Passages that are kept for each reason.
const MOST_EXAMPLES: usize = 20;

/// The words of a file, by where they went; each counts as often as it is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Words that people see in the file.
    pub visible: u64,
    /// Of these: in its articles, their titles or their metadata.
    pub in_articles: u64,
    /// In none, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<LeftOut, u64>,
    /// Passages that were left out, some for each reason.
    #[serde(skip)]
    pub examples: BTreeMap<LeftOut, Vec<String>>,
    /// In none, for no reason that is known.
    pub unaccounted: u64,
    /// Beginnings of passages with words that are unaccounted for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<String>,
}

impl Account {
    /// Whether more is missing than may be by chance: more than 1 % of the words, and at least 20.
    pub fn is_partial(&self) -> bool {
        self.unaccounted >= FEW_WORDS && self.unaccounted as f64 > self.visible as f64 * SMALL_SHARE
    }

    /// Adds the account of a part of the same file.
    pub fn add(&mut self, other: Self) {
        self.visible += other.visible;
        self.in_articles += other.in_articles;
        self.unaccounted += other.unaccounted;
        for (reason, words) in other.left_out {
            *self.left_out.entry(reason).or_default() += words;
        }
        for sample in other.samples {
            self.sample(&sample);
        }
        for (reason, passages) in other.examples {
            passages.iter().for_each(|passage| self.example(reason, passage));
        }
    }

    /// Counts words that are in no article for a reason.
    fn leave_out(&mut self, reason: LeftOut, words: u64) {
        if words > 0 {
            *self.left_out.entry(reason).or_default() += words;
        }
    }

    /// Keeps a passage that was left out, if few are kept.
    fn example(&mut self, reason: LeftOut, passage: &str) {
        let examples = self.examples.entry(reason).or_default();
        if examples.len() < MOST_EXAMPLES {
            examples.push(passage.split_whitespace().take(60).collect::<Vec<_>>().join(" "));
        }
    }

    /// Keeps a passage for each reason for which two words or more have been left out since.
    fn examples_since(&mut self, before: &BTreeMap<LeftOut, u64>, passage: &str) {
        let is_more = |(reason, count): (&LeftOut, &u64)| {
            let before = before.get(reason).copied().unwrap_or(0);
            (*count >= before + 2).then_some(*reason)
        };
        let reasons: Vec<LeftOut> = self.left_out.iter().filter_map(is_more).collect();
        reasons
            .into_iter()
            .for_each(|reason| self.example(reason, passage));
    }

    /// Keeps the beginning of a passage, if few are kept.
    fn sample(&mut self, passage: &str) {
        const LONGEST: usize = 80;
        if self.samples.len() < MOST_SAMPLES {
            let words: Vec<&str> = passage.split_whitespace().collect();
            self.samples.push(words.join(" ").chars().take(LONGEST).collect());
        }
    }
}
