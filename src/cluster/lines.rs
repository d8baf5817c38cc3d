//! The tokens of a text as a cluster gets them: strings, a place of the text a line.
//!
//! What stands at one place, separated by [`BESIDE`]:
//!
//! | string | at a place |
//! |---|---|
//! | `terms` | the index term |
//! | `words` | [`TERM`] and the index term; the form term (`fold SOH form`); of a joined spelling its form term, [`JOINED`] and its fold, the same with [`JOINED`] and its extent |
//! | `folds` | the folded word, and the folds of joined spellings |
//!
//! An extent is the number of places that a joined spelling takes, as the local index counts it.

use super::mapping::BESIDE;
use crate::french::{French, NumberedText, NumberedToken, WordNumber, WordTable};
use rustc_hash::FxHashMap;

/// Begins an index term among the words of a place.
pub const TERM: char = '\u{3}';
/// Begins a joined spelling among them, and stands before its extent.
pub const JOINED: char = '\u{2}';

/// The tokens of a text as a cluster gets them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub terms: String,
    pub words: String,
    pub folds: String,
    /// How many words there are: the places, and the length that scores go by.
    pub number: u32,
    /// The same with joined spellings: the length that scores of exact words go by.
    pub tokens: u32,
}

/// Analyses texts; keeps the words that it has met, and the extents of joined spellings.
#[derive(Default)]
pub struct Words {
    table: WordTable,
    tokens: Vec<NumberedToken>,
    extents: FxHashMap<WordNumber, u32>,
    generation: u64,
}

impl Words {
    /// The tokens of a text.
    pub fn of(&mut self, french: &French, text: &str) -> Lines {
        self.table.clear_if_large();
        if self.generation != self.table.generation() {
            self.generation = self.table.generation();
            self.extents.clear();
        }
        french.number_into(&mut self.table, text, &mut self.tokens);
        // Joined spellings stand with their first parts; the order of what stands at one place means nothing.
        self.tokens
            .sort_by_key(|token| (token.position, !token.is_part()));
        let extents = &mut self.extents;
        let text = NumberedText {
            tokens: &self.tokens,
            table: &self.table,
        };
        lines(text, &mut |word, form| {
            *extents.entry(word).or_insert_with(|| extent(french, form))
        })
    }
}

/// The places that a form takes, as [`crate::search`] counts them: one for each part of it.
fn extent(french: &French, form: &str) -> u32 {
    if form.chars().all(char::is_alphabetic) {
        return 1;
    }
    let parts = french
        .analyze(form)
        .iter()
        .filter(|token| token.is_part())
        .count();
    u32::try_from(parts.max(1)).unwrap_or(u32::MAX)
}

/// Writes tokens that are in the order of their places, parts first.
fn lines(text: NumberedText<'_>, extent: &mut dyn FnMut(WordNumber, &str) -> u32) -> Lines {
    let mut lines = Lines::default();
    for token in text.tokens {
        lines.tokens += 1;
        let [folded, form] = [text.table.folded(token.word), text.table.form(token.word)];
        let form_term = text.table.form_term(token.word);
        if token.is_part() {
            let term = text.table.term(token.word);
            if lines.number > 0 {
                [&mut lines.terms, &mut lines.words, &mut lines.folds]
                    .into_iter()
                    .for_each(|line| line.push('\n'));
            }
            lines.number += 1;
            lines.terms.push_str(term);
            lines.words.push(TERM);
            lines.words.push_str(term);
        } else {
            let extent = extent(token.word, form);
            lines.words.push(BESIDE);
            lines.words.push(JOINED);
            lines.words.push_str(folded);
            lines.words.push(BESIDE);
            lines.words.push(JOINED);
            lines.words.push_str(folded);
            lines.words.push(JOINED);
            lines.words.push_str(&extent.to_string());
            lines.folds.push(BESIDE);
        }
        lines.words.push(BESIDE);
        lines.words.push_str(form_term);
        lines.folds.push_str(folded);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;
    use proptest::prelude::*;

    fn of(text: &str) -> Lines {
        let french = Lexicons::embedded().french().expect("sound");
        Words::default().of(&french, text)
    }

    #[test]
    fn places_are_lines_and_what_stands_at_one_is_beside() {
        let lines = of("Un week-end à Gao");
        assert_eq!(lines.number, 5);
        assert_eq!(lines.terms.lines().count(), 5);
        assert_eq!(lines.folds, "un\nweek\u{1f}weekend\nend\na\ngao");
        let second = lines.words.lines().nth(1).expect("a place");
        let beside: Vec<&str> = second.split(BESIDE).collect();
        assert_eq!(
            beside[1..],
            [
                "week\u{1}week",
                "\u{2}weekend",
                "\u{2}weekend\u{2}2",
                "weekend\u{1}week-end"
            ]
        );
        assert!(beside[0].starts_with(TERM));
    }

    #[test]
    fn numbers_in_groups_take_the_places_of_their_parts() {
        let lines = of("1 500 000 francs");
        assert_eq!(lines.number, 4);
        let first = lines.words.lines().next().expect("a place");
        assert!(first.contains("\u{2}1500000\u{2}3"), "{first:?}");
        assert!(first.contains("1500000\u{1}1 500 000"), "{first:?}");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_lines(text in "([a-zé'’0-9-]{1,8}[ ,.\n\u{1}\u{1f}\u{2}\u{3}]{0,2}){0,40}|\\PC{0,80}") {
            let french = Lexicons::embedded().french().expect("sound");
            let tokens = french.analyze(&text);
            let places = tokens.iter().filter(|token| token.is_part()).count();
            let lines = Words::default().of(&french, &text);
            let count = |text: &str| if places == 0 { 0 } else { text.split('\n').count() };
            prop_assert_eq!(lines.number as usize, places);
            prop_assert_eq!([count(&lines.terms), count(&lines.words), count(&lines.folds)], [places; 3]);
            prop_assert_eq!(lines.folds.split(['\n', BESIDE]).filter(|fold| !fold.is_empty()).count(), tokens.iter().filter(|token| !token.word.folded.is_empty()).count());
        }
    }
}
