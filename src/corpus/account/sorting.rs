//! Passages with words that are in no article, sorted by what they look like.

use super::words::each_word;
use super::{Account, LeftOut};
use crate::date::{names, written};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// A longer passage with a sentence in it is no menu and no label, in words.
const LONGEST_LABEL: usize = 29;

/// The same for labels of exports, which hold names and codes.
const LONGEST_EXPORT_LABEL: usize = 16;

/// The same for the values of elements of feeds: kinds, states, numbers.
const LONGEST_FEED_LABEL: usize = 4;

/// Words of dates that an article may leave behind: `Publié le mercredi 3 juillet 2024 à 10 h 12`, twice.
const DATES_OF_AN_ARTICLE: u64 = 24;

/// Longest passage that is nothing but a date, in bytes.
const LONGEST_DATE: usize = 40;

/// Signs of a notice of rights or a certificate.
const NOTICES: [&str; 13] = [
    "©",
    "copyright",
    "tous droits réservés",
    "all rights reserved",
    "certificat",
    "certificate",
    "droits de reproduction",
    "news·",
    "visualiser l'article",
    "droit d'auteur",
    "droits d'auteur",
    "droit d’auteur",
    "reproduction interdite",
];

/// Words around dates, folded.
const AROUND_DATES: [&str; 24] = [
    "publie",
    "le",
    "mis",
    "mise",
    "jour",
    "ligne",
    "en",
    "modifie",
    "heures",
    "heure",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "cet",
    "cest",
    "updated",
    "published",
    "on",
    "at",
    "date",
    "min",
    "th",
];

/// A passage with words that are in no article.
pub(super) struct Passage<'p> {
    pub text: &'p str,
    pub words: &'p [u64],
    pub missing: &'p [u64],
}

/// What a file is, as far as it says what its passages may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Text,
    Page,
    Feed,
    /// Of a service that newsrooms search.
    Export,
}

/// Sorts the passages of a file.
pub(super) struct Sorting {
    source: Source,
    dates: &'static FxHashSet<u64>,
    /// How many words of dates may still be missing.
    dates_left: u64,
}

impl Sorting {
    pub fn new(source: Source, articles: u64) -> Self {
        Self {
            source,
            dates: words_of_dates(),
            dates_left: articles.max(1) * DATES_OF_AN_ARTICLE,
        }
    }

    /// How many of so many missing words are parts of dates that articles have as dates.
    pub fn dates(&mut self, word: u64, missing: u64) -> u64 {
        if !self.dates.contains(&word) {
            return 0;
        }
        let taken = missing.min(self.dates_left);
        self.dates_left -= taken;
        taken
    }

    /// Enters the words of a passage that are in no article.
    pub fn sort(&mut self, passage: &Passage<'_>, account: &mut Account) {
        let missing = passage.missing.len() as u64;
        // A date has a number in it, which is quickly seen.
        let is_date = || {
            let text = passage.text;
            text.len() <= LONGEST_DATE
                && text.contains(char::is_numeric)
                && written::of_text(text.trim()).is_some()
        };
        let dates: u64 = match passage.missing.iter().all(|word| self.dates.contains(word)) {
            _ if is_date() => missing,
            true => passage.missing.iter().map(|&word| self.dates(word, 1)).sum(),
            false => 0,
        };
        account.leave_out(LeftOut::Dates, dates);
        if dates == missing {
            return;
        }
        let missing = missing - dates;
        if is_address(passage.text) {
            return account.leave_out(LeftOut::Addresses, missing);
        }
        match self.looks_like(passage) {
            Some(reason) => account.leave_out(reason, missing),
            None => {
                account.unaccounted += missing;
                account.sample(passage.text);
            }
        }
    }

    fn looks_like(&self, passage: &Passage<'_>) -> Option<LeftOut> {
        let words = passage.words.len();
        let has_sentence = has_sentence(passage.text);
        match self.source {
            Source::Text => None,
            Source::Page => (words <= LONGEST_LABEL || !has_sentence).then_some(LeftOut::Menu),
            Source::Feed => (words <= LONGEST_FEED_LABEL).then_some(LeftOut::ExportLabels),
            Source::Export => {
                let lower = passage.text.to_lowercase();
                let is_notice = NOTICES.iter().any(|sign| lower.contains(sign));
                let is_label = words <= LONGEST_EXPORT_LABEL && !has_sentence || words <= LONGEST_FEED_LABEL;
                match is_notice {
                    true => Some(LeftOut::ExportNotice),
                    false => is_label.then_some(LeftOut::ExportLabels),
                }
            }
        }
    }
}

/// Words and numbers of which dates and times are made.
fn words_of_dates() -> &'static FxHashSet<u64> {
    static WORDS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = FxHashSet::default();
        let mut add = |text: &str| {
            each_word(text, |word| {
                words.insert(word);
            });
        };
        names::any_words().for_each(&mut add);
        AROUND_DATES.into_iter().for_each(&mut add);
        (0..=60).for_each(|number: u32| add(&format!("{number:02} {number}h {number:02}h 1er")));
        ["0000", "0100", "0200"].into_iter().for_each(&mut add);
        // `2024-03-12T08:00:00Z` has the words 12T08 and 00Z.
        (1..=31).for_each(|day: u32| (0..24).for_each(|hour: u32| add(&format!("{day:02}T{hour:02}"))));
        (0..=60).for_each(|second: u32| add(&format!("{second:02}Z")));
        (1980..=2040).for_each(|year: u32| add(&year.to_string()));
        words
    })
}

/// Whether a passage is an address of a page or a picture, and nothing else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let is_one = text.contains("://") || text.starts_with("mailto:") || text.starts_with("tag:");
    is_one && text.split_whitespace().count() <= 2
}

/// Whether a passage reads as text: longer than a label, with a sentence in it.
pub(super) fn is_text(text: &str) -> bool {
    text.split_whitespace().count() > LONGEST_LABEL && has_sentence(text)
}

/// Whether a passage has a sentence: eight words or more that a full stop ends.
fn has_sentence(text: &str) -> bool {
    let mut sentences = text.split_inclusive(['.', '!', '?', '…']);
    sentences.any(|sentence| {
        let ends = sentence.ends_with(['.', '!', '?', '…']);
        ends && sentence
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_lowercase))
            .count()
            >= 8
    })
}
