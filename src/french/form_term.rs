//! The terms of the forms fields: a word as it is folded and as it is written, in one string.

use std::fmt;

/// Separates the two. Neither can contain it.
const SEPARATOR: char = '\u{1}';

/// A term of a forms field: all forms of a folded word stand together in the dictionary.
///
/// ```
/// use griot::french::FormTerm;
///
/// let term = FormTerm { folded: "armee", form: "armée" }.to_string();
/// assert_eq!(FormTerm::parse(&term).unwrap().form, "armée");
/// assert!(term.starts_with(&FormTerm::prefix("armee")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormTerm<'a> {
    /// Lower case, without accents.
    pub folded: &'a str,
    /// Lower case, accents kept.
    pub form: &'a str,
}

impl<'a> FormTerm<'a> {
    /// The byte between the two, as automata over the dictionary meet it.
    pub const SEPARATOR: u8 = SEPARATOR as u8;

    /// A term of the dictionary; none if it isn't one.
    pub fn parse(term: &'a str) -> Option<Self> {
        let (folded, form) = term.split_once(SEPARATOR)?;
        Some(Self { folded, form })
    }

    /// What all terms of a folded word begin with.
    pub fn prefix(folded: &str) -> String {
        format!("{folded}{SEPARATOR}")
    }

    /// Whether a text holds the separator, so that it is no word.
    pub fn is_no_word(text: &str) -> bool {
        text.contains(SEPARATOR)
    }
}

impl fmt::Display for FormTerm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{SEPARATOR}{}", self.folded, self.form)
    }
}
