//! Answers about words: what one may become, and what the French analysis makes of a text.

use crate::query::Meaning;
use serde::Serialize;

/// Suggestions for a prefix; the JSON form of `griot suggest`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    pub version: u32,
    pub prefix: String,
    pub took_ms: f64,
    pub words: Vec<SuggestedWord>,
    pub values: Vec<SuggestedValue>,
}

/// A word of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedWord {
    /// The spelling that most articles have.
    pub text: String,
    /// Articles that hold the word in any accentuation, in title or body.
    pub count: u64,
}

/// A facet value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedValue {
    pub facet: String,
    /// Path with `/` (months as `2024-03`).
    pub value: String,
    pub label: String,
    /// Articles that have it, or a value below it.
    pub count: u64,
}

/// What the French analysis makes of a text; the JSON form of `griot analyze`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Analysis {
    pub words: Vec<AnalyzedWord>,
    pub names: Vec<AnalyzedName>,
}

/// One word, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalyzedWord {
    pub position: u32,
    /// Byte offsets in the normalised text, without an elided prefix.
    pub start: usize,
    pub end: usize,
    pub written: String,
    /// What was cut off before it: `l'`.
    pub elided: Option<String>,
    pub form: String,
    pub folded: String,
    /// A joined spelling beside its parts: no index term.
    pub joined: bool,
    pub stop: bool,
    /// A function word: a plain query doesn't require it.
    pub optional: bool,
    /// `stems.tsv` or `verbs.tsv`: the entry and its reason.
    pub corrected: Option<(String, String)>,
    /// Without its ending; with what the stemmer needs; the stem.
    pub root: Option<String>,
    pub restored: Option<String>,
    pub stem: Option<String>,
    pub term: Option<String>,
}

/// A name in the text that a search knows in other spellings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalyzedName {
    pub written: String,
    pub meanings: Vec<Meaning>,
    pub spellings: Vec<String>,
}
