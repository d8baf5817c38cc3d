//! The query language: what people already type, and never an error.
//!
//! Text goes through these steps, each a file:
//!
//! | step | does | file |
//! |---|---|---|
//! | normalise | NFC, control characters to spaces, cut at [`MAX_TEXT`] | here |
//! | lex | operators, prefixes, quotations, parentheses, fields, by spelling alone | `lexer`, `fields`, `dates` |
//! | analyse | typed text to words, units and patterns; operators without operands to words | `items`, `words`, `patterns` |
//! | name | words that are a name to the name with its other spellings | `names`, [`crate::synonyms`], `spellings` |
//! | parse | the tree, by precedence; stop words are ignored or count | `parser` |
//! | show | the tree in canonical syntax | `show` |
//!
//! Every text is a query. What was reinterpreted, dropped, capped or unknown is in [`Query::notes`]. Nothing
//! recurses deeper than a constant, and reading takes time proportional to the text.

mod ast;
mod dates;
mod fields;
mod items;
mod lexer;
#[doc(hidden)]
pub mod naive;
mod names;
mod notes;
mod parser;
mod patterns;
mod show;
mod spellings;
mod words;

pub use crate::date::typed::{is_relative, since, until};
pub use crate::function_words::FunctionWords;
pub use crate::synonyms::{Known, Name, Variants, Written};
pub use ast::*;
pub(crate) use parser::settle_stop_words;
pub use spellings::{Placed, PlacedWord, in_sequence};

use crate::facets::FacetDeclaration;
use crate::french::{French, normalize};
use items::{Item, ItemKind, items};
use names::Namer;
use notes::Notes;
use words::{Small, Words};

/// A longer query is cut here. Bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// How a text is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParseOptions<'a> {
    /// Words without an operator between them are alternatives (`--any`).
    pub any: bool,
    /// Nothing is an operator, nothing is excluded (`--plain`).
    pub plain: bool,
    /// The facets that `schema.toml` declares.
    pub facets: &'a [FacetDeclaration],
    /// Words that are neither required nor scored, unless words are alternatives; None: there are none.
    pub function_words: Option<&'a FunctionWords>,
    /// Names with their spellings, which find one another; None: only what was typed is searched.
    pub variants: Option<&'a Variants>,
}

/// The months that a day, a month, a year or an interval of them lies in (`2024-03`, `mars 2024`,
/// `2023-11..2024-02`).
pub fn months_of(text: &str) -> Option<Months> {
    dates::interval(text).map(dates::months)
}

impl Query {
    /// Reads a query. Every text is one; what was reinterpreted is in [`Query::notes`].
    ///
    /// ```
    /// use griot::query::{ParseOptions, Query};
    /// let french = griot::schema::Lexicons::embedded().french().unwrap();
    /// let query = Query::parse("drone OU", &ParseOptions::default(), &french);
    /// assert_eq!(query.interpreted(), "drone AND ou");
    /// assert!(query.notes[0].message.starts_with("“OU” was read as a word"));
    /// ```
    pub fn parse(text: &str, options: &ParseOptions<'_>, french: &French) -> Query {
        let mode = Mode {
            any: options.any,
            plain: options.plain,
        };
        let mut notes = Notes::default();
        let text = readable(text, &mut notes);
        let items = read(&text, options, mode, french, &mut notes);
        let root = parser::tree(items, mode.any, &mut notes);
        if root.is_none() && !text.trim().is_empty() {
            notes.general(NoteKind::Empty, "There is no word in this query.".to_string());
        }
        Query {
            text,
            root,
            notes: notes.finish(),
            mode,
        }
    }

    /// Reads a query of which articles need not have every word: what they must have all the same, and the words
    /// that they may lack. None when there are no such words, or the query is itself made of alternatives.
    pub fn parse_loosely(text: &str, options: &ParseOptions<'_>, french: &French) -> Option<Loose> {
        let mut notes = Notes::default();
        let text = readable(text, &mut notes);
        // Each word of a name is looked for by itself, too.
        let mode = Mode {
            any: true,
            plain: options.plain,
        };
        let items = read(&text, options, mode, french, &mut notes);
        let (demanded, words) = parser::apart(items, &mut notes)?;
        Some(Loose {
            query: Query {
                text,
                root: demanded,
                notes: notes.finish(),
                mode,
            },
            words,
        })
    }
}

/// The items of a text, with names joined unless words are alternatives.
fn read(text: &str, options: &ParseOptions<'_>, mode: Mode, french: &French, notes: &mut Notes) -> Vec<Item> {
    let namer = options
        .variants
        .map(|variants| Namer::new(variants, french, !mode.any));
    let small = Small {
        function_words: options.function_words,
        ignored: !options.any,
    };
    let mut words = Words::new(text, french, small, namer, notes);
    let items = if mode.plain {
        let nodes = words.plain(0..text.len(), TextField::Any);
        let nodes = words.with_names(nodes, |_, _| false);
        vec![Item {
            kind: ItemKind::Nodes(nodes),
            span: 0..text.len(),
        }]
    } else {
        let fields = fields::Fields {
            facets: options.facets,
        };
        let lexemes = lexer::lex(text, &fields, words.notes);
        items(lexemes, &mut words)
    };
    words.finish();
    items
}

/// The text that is read: at most [`MAX_TEXT`] bytes, NFC, without control characters (those that turn the
/// direction of writing included).
fn readable(text: &str, notes: &mut Notes) -> String {
    let mut out = normalize(&text[..text.floor_char_boundary(MAX_TEXT)]).into_owned();
    out.truncate(out.floor_char_boundary(MAX_TEXT));
    if text.len() > MAX_TEXT {
        // Half a word would be searched for as if it were one.
        let end = out
            .rfind(char::is_whitespace)
            .filter(|end| *end > MAX_TEXT / 2)
            .unwrap_or(out.len());
        out.truncate(end);
        notes.general(
            NoteKind::Cut,
            format!(
                "The query was cut after {} KB; the rest was left out.",
                MAX_TEXT / 1024
            ),
        );
    }
    let control = |c: char| {
        c.is_control() && !c.is_whitespace() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if let Some((at, c)) = out.char_indices().find(|(_, c)| control(*c)) {
        out = out.replace(control, " ");
        let end = at + c.len_utf8();
        notes.add(
            NoteKind::ControlCharacters,
            at..end.min(out.len()),
            "Control characters were read as spaces.".to_string(),
        );
    }
    out
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod skeleton;
#[cfg(test)]
mod tests;
