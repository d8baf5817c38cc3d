//! What is asked and what is answered: the types between the search and its edges (terminal, JSON, page).

use crate::date::PartialDate;
use crate::search::explain::{Explanation, ScorePart};
use crate::search::facet::values::ValueCount;
use crate::search::highlight::snippet::{Snippet, SnippetOptions};
use crate::search::related::similar::Group;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the JSON form of an answer.
pub const JSON_VERSION: u32 = 1;

/// Order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

/// A search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// As typed. Empty: every article, the newest first.
    pub query: String,
    /// Words are joined with OR.
    pub any: bool,
    /// Nothing in the query is an operator.
    pub plain: bool,
    /// Facet and values as typed; of one facet OR, facets AND.
    pub include: Vec<(String, String)>,
    pub exclude: Vec<(String, String)>,
    /// Publication not before, not after: partial dates are intervals.
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
    /// Only articles of files under this root key prefix (`--corpus`).
    pub under: Option<String>,
    pub order: Order,
    /// Hits a page, and page number from 1.
    pub limit: usize,
    pub page: usize,
    /// Facets to count: none, those that are shown by default, or one by name.
    pub count: Count,
    /// `None`: no snippets.
    pub snippets: Option<SnippetOptions>,
    /// Say what was searched, and what each score is made of.
    pub explain: bool,
}

/// Which facets are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Count {
    #[default]
    Nothing,
    Shown,
    All,
    One(String),
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    pub id: String,
    pub score: f32,
    pub title: String,
    pub date: Option<String>,
    pub source: Option<String>,
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
    /// Near-identical articles that are folded under this one, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded: Option<Group>,
    /// What the score is made of, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Vec<ScorePart>>,
}

/// An answer; its JSON form is documented in the README and stable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    pub version: u32,
    pub query: String,
    /// Articles that match, exact.
    pub total: u64,
    /// Different dispatches among them, near-identical ones counted once; only with `--group`, and none where
    /// there are too many articles to compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispatches: Option<u64>,
    pub took_ms: f64,
    pub hits: Vec<Hit>,
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
