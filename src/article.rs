//! The one type that every reader yields and that the index takes, and what facets say of it.

use crate::date::PartialDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One article as read: text normalised (NFC), metadata as given, nothing derived yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The record's own id, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub title: String,
    pub body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// `lang` was told from the text's words, rather than given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lang_detected: bool,
    /// What of the metadata was read from a dateline or a credit line of the text, rather than given, by its key:
    /// `date`, `source`, `author`, `url`, `lang`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from_text: Vec<String>,
    /// Facet values given as metadata: facet name to values as written ("Gao", "Mali/Gao").
    #[serde(default)]
    pub given: BTreeMap<String, Vec<String>>,
    /// Metadata under keys that griot doesn't know, kept as it was.
    #[serde(default)]
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// The part of an article that evidence points into.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Title,
    Body,
    /// The metadata, the url or the file's name: no text to mark.
    Metadata,
}

/// Why an article has a facet value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Evidence {
    pub part: Part,
    /// Byte span in the stored title or body; 0..0 for metadata.
    pub start: usize,
    pub end: usize,
    /// Name of the rule that read the value from there ("village", "weekday", "alias"). Borrowed while
    /// deriving: there are dozens in an article.
    #[schema(value_type = String)]
    pub rule: Cow<'static, str>,
}

/// One value of a facet, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub facet: String,
    /// Levels from the root, joined by `/`: `Mali/Gao`, `2024/03`.
    pub path: String,
    /// Given as metadata, rather than derived from the text.
    pub given: bool,
    pub evidence: Vec<Evidence>,
}
