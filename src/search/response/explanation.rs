//! Answers about a query itself: what was searched, what a score is made of, why nothing was found.

use crate::query::Meaning;
use serde::Serialize;

/// What was searched.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Explanation {
    /// The query in canonical syntax.
    pub interpreted: String,
    /// Articles in the index.
    pub articles: u64,
    /// The parts of the query, in the order typed.
    pub clauses: Vec<ExplainedClause>,
    /// Facet conditions that every hit fits.
    pub filters: Vec<Filter>,
}

/// A part of the query: a word, a name, a phrase, a pattern, a condition.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ExplainedClause {
    /// As typed.
    pub typed: String,
    /// `word`, `compound`, `name`, `exact`, `phrase`, `near`, `pattern`, `facet`, `date`, `source`.
    pub kind: &'static str,
    /// `required`, `alternative`, `excluded`, `optional` (a function word, which ranks by the words beside it), or
    /// `ignored` (a stop word).
    pub role: &'static str,
    /// Articles that this part alone matches.
    pub documents: u64,
    /// What the index knows a word by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// What it stands for, the most frequent first: written forms of a word, spellings of a name, words that
    /// fit a pattern.
    pub expansions: Vec<Expansion>,
    /// Expansions that aren't listed.
    pub more: usize,
    /// What the lexicons know by a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub meanings: Vec<Meaning>,
}

/// One thing that a clause stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Expansion {
    pub text: String,
    /// Articles that have it.
    pub documents: u64,
}

/// A facet condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Filter {
    pub facet: String,
    pub excluded: bool,
    pub values: Vec<Expansion>,
}

/// What a hit's score is made of.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ScorePart {
    /// The part of the query, as typed.
    pub typed: String,
    /// `word`, `name`, `phrase` …; `same_form`; `lead`; `side_by_side`.
    pub why: &'static str,
    /// `title`, `body`, or `title+body` counted as one text.
    pub field: &'static str,
    /// How often, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    pub score: f32,
}

/// Why a query finds nothing; the object `diagnosis` of a JSON answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Diagnosis {
    /// The conditions, those of the query as typed first, then options. More than sixteen are cut off.
    pub clauses: Vec<Clause>,
    /// Articles that hold at least one of the words, under the same filters; null when that is what was
    /// asked.
    pub any: Option<u64>,
    /// Articles that the query finds without any of its filters; null when there are none.
    pub without_filters: Option<u64>,
    /// The conditions were more than are looked at.
    pub cut: bool,
}

/// A condition that every hit must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Clause {
    /// As understood, in the syntax of a query; options as they are typed.
    pub text: String,
    pub kind: ClauseKind,
    /// Articles that meet this condition, whatever the others.
    pub count: u64,
    /// Articles that meet all the others.
    pub without: u64,
    /// The condition that leaves nothing over: no article meets it, or there are hits as soon as it is gone.
    pub kills: bool,
    /// For its words that no article holds: near spellings, the best of each word first.
    pub spellings: Vec<Spelling>,
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// Words, phrases, patterns and groups of them.
    Text,
    /// Facets, dates, sources.
    Filter,
    Excluded,
}

/// “vouliez-vous dire”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Spelling {
    /// The word that no article holds, as typed.
    pub typed: String,
    pub text: String,
    /// Articles that hold the word.
    pub count: u64,
    /// Articles that the query finds with this word in place of the other.
    pub total: u64,
}
