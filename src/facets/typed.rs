//! Values as people type them, without an analyzer at hand.

use super::lexicon::{Vocabulary, WordId};
use super::words;
use crate::date::PartialDate;
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
    let words = words_of(typed);
    let year = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 4);
    let month = |text: &str| words::month_number(text).or_else(|| text.parse().ok());
    let date = match words.as_slice() {
        [y] => {
            return year(y)
                .and_then(|y| PartialDate::new(y, None, None))
                .map(|d| format!("{:04}", d.year()));
        }
        [a, b] if year(a).is_some() => PartialDate::new(year(a)?, Some(month(b)?), None),
        [a, b] => PartialDate::new(year(b)?, Some(month(a)?), None),
        [y, m, d] if year(y).is_some() => PartialDate::new(year(y)?, Some(month(m)?), d.parse().ok()),
        [d, m, y] => PartialDate::new(year(y)?, Some(month(m)?), d.parse().ok()),
        _ => None,
    };
    date.and_then(PartialDate::month_path)
}
