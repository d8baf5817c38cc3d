//! Answers about one article, and about what the index holds.

use super::rows::ArticleRow;
use crate::article::Evidence;
use crate::date::PartialDate;
use crate::index::corrections::Correction;
use crate::index::unread::Unread;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// An article with its text; the JSON form of `griot show`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ArticleResponse {
    #[serde(flatten)]
    pub row: ArticleRow,
    pub version: u32,
    pub author: Option<String>,
    /// The language was detected from the words, rather than given.
    #[serde(skip)]
    pub lang_detected: bool,
    /// Metadata under keys that griot doesn't know.
    #[schema(value_type = Object)]
    pub extra: BTreeMap<String, Value>,
    pub body: String,
    pub values: Vec<ArticleValue>,
    /// Decisions of analysts that were applied.
    #[schema(value_type = Vec<Object>)]
    pub corrections: Vec<Correction>,
    /// What was found wrong while indexing, and what the metadata says against the text.
    pub notes: Vec<String>,
    /// What a query matches, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Matches>,
}

/// A facet value of an article, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ArticleValue {
    pub facet: String,
    pub value: String,
    /// `given`, `derived` or `corrected`.
    pub status: &'static str,
    /// Where it stands in title and body.
    pub evidence: Vec<Evidence>,
    /// The region before 2023, where that was another.
    pub region_old: Option<String>,
}

/// Every match of a query in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Matches {
    pub query: String,
    pub total: usize,
    pub title: Vec<Match>,
    pub body: Vec<Match>,
    /// How the query was read.
    pub notes: Vec<String>,
}

/// A stretch of title or body that a query matches. Byte offsets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Match {
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// Of the body: its lines that aren't blank, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// What the page is called on which it begins, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// A reference to an article; the JSON form of `griot cite`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Citation {
    pub version: u32,
    pub id: String,
    pub title: String,
    /// The first words of an article without a title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    #[schema(value_type = Option<String>)]
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    pub lang: Option<String>,
    /// How many pages with text it has, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    pub file: String,
    /// Number of the record in a container, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// BLAKE3 of the file as it is now; none when it can't be read.
    pub blake3: Option<String>,
    /// BLAKE3 of the text as it is kept: the bytes of `body` in the JSON of `griot show`.
    pub text_blake3: String,
    pub passages: Vec<Passage>,
    /// How the query was read.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// A sentence that a query matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Passage {
    /// `title` or `body`.
    pub part: &'static str,
    /// From 1.
    pub paragraph: usize,
    /// Byte offsets into the stored text.
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// What the page is called on which it begins, of a document with pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// What has become of a selection since it was last looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    pub difference: Difference,
    /// What is found now: ids, with a hash of what the article says.
    pub found: BTreeMap<String, u64>,
    /// Date and title of what is new, changed or gone, where the article is still there; if that was asked.
    pub titles: BTreeMap<String, (Option<PartialDate>, String)>,
}

/// What has become of a search's articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    pub new: Vec<String>,
    /// Found before and now, with another title or text.
    pub changed: Vec<String>,
    /// Found before, and now removed or no longer matching.
    pub gone: Vec<String>,
    /// All that are found now.
    pub total: usize,
}

impl Difference {
    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

/// A state of an index: what an answer was given from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Commit {
    /// Of its own for each state: it changes with every article, value and correction.
    #[serde(rename = "commit")]
    pub id: String,
    /// When it was written, in universal time; none where the system doesn't say.
    pub committed: Option<String>,
    /// Articles in it, without those that are excluded.
    pub articles: u64,
    /// Of lexicons and analysis.
    pub fingerprint: String,
}

/// The figures of `griot stats`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Stats {
    pub version: u32,
    pub path: String,
    /// The state that is searched; its fingerprint is [`Stats::fingerprint`].
    #[serde(serialize_with = "commit_of_stats")]
    #[schema(value_type = String)]
    pub commit: Commit,
    /// On disk.
    pub bytes: u64,
    pub segments: usize,
    pub roots: Vec<String>,
    pub articles: u64,
    /// Further places of these articles.
    pub copies: u64,
    /// Those of the articles that an analyst excluded: no search finds them unless it asks for the mark.
    pub excluded: u64,
    /// Files that gave articles.
    pub files: u64,
    pub first_date: Option<String>,
    pub last_date: Option<String>,
    /// Distinct values in use, by facet.
    pub values: BTreeMap<String, usize>,
    /// Articles without a date or a facet.
    pub without: BTreeMap<String, u64>,
    pub fingerprint: String,
    /// What of the archive is not in the index, or only in part.
    #[serde(skip_serializing_if = "Unread::is_empty")]
    #[schema(value_type = Object)]
    pub unread: Unread,
}

/// The fields of a state, without what the figures say themselves.
fn commit_of_stats<S: serde::Serializer>(commit: &Commit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&commit.id)
}
