//! Values as people type them, without an analyzer at hand.

use super::lexicon::{Vocabulary, WordId};
use crate::date::typed;
use crate::french::{fold, is_apostrophe};

/// The words of something typed, folded: cut where neither letter, digit nor apostrophe is.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || is_apostrophe(c)))
        .map(|word| {
            let elided = word.char_indices().find(|(_, c)| is_apostrophe(*c));
            match elided {
                Some((at, c)) if ["l", "d"].contains(&fold(&word[..at]).as_str()) => {
                    fold(&word[at + c.len_utf8()..])
                }
                _ => fold(word),
            }
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The numbers of these words.
pub(super) fn ids(typed: &str, vocabulary: &Vocabulary) -> Vec<WordId> {
    words_of(typed).iter().map(|w| vocabulary.get(w)).collect()
}

/// The path of a month or year: `2024-03`, `2024/03`, `03/2024`, `mars 2024`, `2024`.
pub(super) fn month(typed: &str) -> Option<String> {
    let month = typed::month(typed)?;
    let year = || format!("{:04}", month.year());
    Some(month.month_path().unwrap_or_else(year))
}
