//! An answer together with the reasons when nothing was found.

use super::explanation::Diagnosis;
use super::hits::SearchResponse;
use serde::Serialize;

/// The JSON form of an answer, with the reasons when nothing was found.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Diagnosed<'a> {
    /// The answer.
    #[serde(flatten)]
    pub response: &'a SearchResponse,
    /// Why nothing was found, where that was looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<&'a Diagnosis>,
}
