//! Lexicons of names (`actors.toml`, `types.toml` and any like them), read and checked. Their format: `file`.

mod braces;
mod file;
mod reader;

use super::lexicon::{Trie, WordId};
use crate::french::fold;
use rustc_hash::FxHashMap;

/// What a found phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    Value(u32),
    Chief(u32),
    /// Role, and in which of its lists the phrase stands.
    Role(u32, Standing),
    Nothing,
}

/// In which of its lists a phrase of a role stands: what it needs beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Context,
    Noun,
    Beside,
}

/// What the case of a text must be for an alias to be found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Case {
    Any,
    /// The first letter a capital.
    Capital,
    /// All letters capitals.
    Capitals,
    /// As written here.
    Exact(Box<str>),
}

/// An alias as a text may have it.
pub(super) struct Form {
    pub means: Means,
    pub case: Case,
    /// Byte where the alias stands in the file.
    at: usize,
}

/// A value of the facet.
pub(super) struct Value {
    pub name: Box<str>,
    pub path: Box<str>,
    /// Spellings that find one another in search, the name first; one alone finds nothing.
    pub search: Vec<Box<str>>,
    pub unless: Vec<u32>,
    /// The first year in which its chiefs stand for it.
    pub since: Option<i16>,
}

/// "armée", "junte": which value it is depends on the country.
#[derive(Default)]
pub(super) struct Role {
    pub by_country: FxHashMap<Box<str>, u32>,
    pub fallback: Option<u32>,
    pub fallback_after: Vec<WordId>,
    pub capital: bool,
}

/// A lexicon that is ready to be matched.
#[derive(Default)]
pub(super) struct NamesLexicon {
    pub values: Vec<Value>,
    pub roles: Vec<Role>,
    pub forms: Vec<Form>,
    pub trie: Trie,
    /// Country of each adjective.
    pub gentilics: Vec<(WordId, Box<str>)>,
    by_name: FxHashMap<Box<str>, u32>,
}

impl NamesLexicon {
    /// The value with this name, whatever its case and accents.
    pub fn named(&self, name: &str) -> Option<u32> {
        self.by_name.get(fold(name).as_str()).copied()
    }
}
