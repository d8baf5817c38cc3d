//! Answers with articles in an order: hits, and articles like another.

use super::explanation::{Explanation, ScorePart};
use super::facets::ValueCount;
use crate::date::PartialDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the JSON form of an answer.
pub const JSON_VERSION: u32 = 1;

/// An answer; its JSON form is documented in `docs/json.md` and stable.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SearchResponse {
    pub version: u32,
    pub query: String,
    /// Articles that match, exact.
    pub total: u64,
    /// Different dispatches among them, near-duplicates counted once; only with `--group`, and none where
    /// there are too many articles to compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispatches: Option<u64>,
    pub took_ms: f64,
    pub hits: Vec<Hit>,
    /// If that was asked for, the best of the articles without some of the words, which are in no count. Their
    /// ranks are between those of the hits where few articles have all words, and after them otherwise.
    pub nearly: Vec<NearlyHit>,
    /// Facet name to values.
    pub facets: BTreeMap<String, Vec<ValueCount>>,
    /// Articles that match and have no value, by facet.
    pub without: BTreeMap<String, u64>,
    /// Facets of which articles without a value are chosen (true) or excluded (false).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub without_chosen: BTreeMap<String, bool>,
    /// What was reinterpreted, dropped, capped or unknown.
    pub notes: Vec<String>,
    /// What was searched, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Hit {
    pub id: String,
    /// Place in the list, from 1, articles without some of the words counted.
    pub rank: usize,
    pub score: f32,
    pub title: String,
    /// The first words of an article without a title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    /// See [`crate::article::Article::from_text`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from_text: Vec<String>,
    pub url: Option<String>,
    pub path: String,
    /// All files that it lies in, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The first month of publication that it has.
    pub month: Option<String>,
    /// All of them, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<String>,
    /// Values of every other facet, by name.
    #[serde(flatten)]
    pub facets: BTreeMap<String, Vec<String>>,
    pub snippets: Vec<Snippet>,
    /// Near-duplicates that are folded under this one, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded: Option<Group>,
    /// What the score is made of, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Vec<ScorePart>>,
}

/// A hit without some of the words.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct NearlyHit {
    #[serde(flatten)]
    pub hit: Hit,
    /// The words that it lacks, as typed.
    pub without: Vec<String>,
}

/// One fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Snippet {
    pub field: &'static str,
    pub parts: Vec<SnippetPart>,
    /// Where it stands in the stored text, bytes.
    pub start: usize,
    pub end: usize,
    /// What the page is called on which it begins, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Text of the same sentence was cut off before or after it.
    #[serde(skip)]
    pub cut_before: bool,
    #[serde(skip)]
    pub cut_after: bool,
}

/// A part of a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SnippetPart {
    pub text: String,
    pub hit: bool,
}

/// What is folded under a hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Group {
    pub copies: Vec<NearCopy>,
    /// Different media that carry it, the hit's own among them.
    pub sources: usize,
}

/// A near-duplicate of an article.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct NearCopy {
    pub id: String,
    pub title: String,
    pub source: Option<String>,
    #[schema(value_type = Option<String>)]
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    /// Estimated share of the text in common, 0 to 1.
    pub resemblance: f64,
}

/// Articles like one; the JSON form of `griot similar`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SimilarResponse {
    pub version: u32,
    /// Of the article that the others are like.
    pub id: String,
    /// Near-duplicates, the most similar first.
    pub similar: Vec<NearCopy>,
    /// Different media that carry them.
    pub sources: usize,
    /// Perhaps the same news in other words.
    pub reworded: Vec<NearCopy>,
}
