//! Answers that are tables: articles over time, counts of one facet by another, over-represented terms.

use crate::search::request::{DatedBy, Step};
use serde::Serialize;

/// The answer; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Timeline {
    pub version: u32,
    pub query: String,
    pub by: Step,
    pub of: DatedBy,
    /// Articles that match.
    pub total: u64,
    /// Articles that match and have no such date.
    pub undated: u64,
    /// The facet of the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Values of that facet, `(none)` last: one count of each in every bucket.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<String>,
    pub buckets: Vec<Bucket>,
    pub notes: Vec<String>,
}

/// A day, month or year.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Bucket {
    pub value: String,
    pub count: u64,
    /// All articles of that time, whatever the query and filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// `count` by `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<u64>,
}

/// A table; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Pivot {
    pub version: u32,
    pub query: String,
    /// Names of the facets.
    pub rows_of: String,
    pub columns_of: String,
    /// Articles that match.
    pub total: u64,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub notes: Vec<String>,
}

/// The head of a column: its articles, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Column {
    pub value: String,
    pub total: u64,
    /// Stands for so many values together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub others: Option<usize>,
    /// Of articles without a value.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Row {
    #[serde(flatten)]
    pub head: Column,
    pub counts: Vec<u64>,
}

/// The answer; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct OverRepresented {
    pub version: u32,
    pub query: String,
    /// Articles that match, and all.
    pub total: u64,
    pub archive: u64,
    /// Articles whose words were read.
    pub read: u64,
    /// Sentences that were left out because another article of the result has them too.
    pub repeated_sentences: u64,
    pub words: Vec<Surprise>,
    pub values: Vec<ValueSurprise>,
    pub notes: Vec<String>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Surprise {
    /// Its most frequent spelling in the result.
    pub text: String,
    /// Articles with it: of those read, and in the archive.
    pub count: u64,
    pub archive: u64,
    /// How many times as frequent as in the rest of the archive; none where the rest doesn't have it.
    pub times: Option<f64>,
    pub g2: f64,
}

/// A facet's value.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ValueSurprise {
    pub facet: String,
    #[serde(flatten)]
    pub value: Surprise,
}
