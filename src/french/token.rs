//! Words and tokens that outlive the table of numbers in which they were analysed.

use super::segment::PieceKind;
use std::sync::Arc;

/// A word in the three spellings that the index knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// As written, lower case, accents kept.
    pub form: Box<str>,
    /// Lower case, without accents: letters and digits only.
    pub folded: Box<str>,
    /// The index term.
    pub term: Box<str>,
    /// The term of the forms fields: see [`FormTerm`](super::FormTerm).
    pub form_term: Box<str>,
    /// A word that a query doesn't require or score (`stopwords.txt`).
    pub stop: bool,
}

/// A word of a text: where it stands and what it is.
#[derive(Debug, Clone)]
pub struct Token {
    pub word: Arc<Word>,
    /// Byte offsets in the analysed text, without an elided prefix.
    pub start: usize,
    pub end: usize,
    /// Counts words from 0; a joined spelling has the position of its first part.
    pub position: u32,
    pub kind: PieceKind,
    /// Number of the chunk: words of one chunk were typed as one.
    pub chunk: u32,
    /// Begins after an elided prefix (`l'`).
    pub elided: bool,
}

impl Token {
    pub fn is_part(&self) -> bool {
        self.kind == PieceKind::Part
    }
}
