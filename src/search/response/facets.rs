//! Answers about facets: which there are, counts of their values, and the phrases that gave one.

use crate::facet_path::FacetPath;
use crate::french::fold;
use serde::Serialize;
use std::collections::BTreeMap;

/// A facet that the index declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FacetInfo {
    pub name: String,
    pub aliases: Vec<String>,
    /// Whether its counts stand beside every search.
    pub shown: bool,
    /// Whether each hit lists its values.
    pub listed: bool,
    /// Whether it is among the first columns of tables of articles.
    pub main_column: bool,
    /// Whether its values are months; those of publication.
    pub months: bool,
    pub publication: bool,
    /// Whether its values are places, of which some lay in another region before 2023.
    pub places: bool,
    /// The column of events that lists its names, if it has names.
    pub events_column: Option<String>,
}

impl FacetInfo {
    /// Whether it goes by that name or alias.
    pub fn is_called(&self, name: &str) -> bool {
        let wanted = fold(name);
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .any(|own| fold(own) == wanted)
    }
}

/// A facet's value with its count, as shown.
#[derive(Debug, Clone, PartialEq, Eq, utoipa::ToSchema)]
pub struct ValueCount {
    /// Path with `/` (months as `2024-03`).
    pub value: String,
    pub count: u64,
    /// Of these, articles whose values of the facet came with them; the others' are derived from the text.
    pub given: u64,
    pub selected: bool,
    #[schema(required = false)]
    pub excluded: bool,
    #[schema(no_recursion)]
    pub children: Vec<ValueCount>,
}

impl ValueCount {
    /// A value that no article has.
    pub(crate) fn zero(value: String) -> Self {
        Self {
            value,
            count: 0,
            given: 0,
            selected: false,
            excluded: false,
            children: Vec::new(),
        }
    }

    /// Whether it or one below it is selected or excluded.
    pub fn holds_chosen(&self) -> bool {
        let mut stack = vec![self];
        while let Some(value) = stack.pop() {
            if value.selected || value.excluded {
                return true;
            }
            stack.extend(&value.children);
        }
        false
    }

    /// The last level, whole months.
    pub fn label(&self) -> &str {
        FacetPath::new(&self.value).label()
    }
}

impl serde::Serialize for ValueCount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut form = serializer.serialize_struct("ValueCount", 6 + usize::from(self.excluded))?;
        form.serialize_field("value", &self.value)?;
        form.serialize_field("label", self.label())?;
        form.serialize_field("count", &self.count)?;
        form.serialize_field("given", &self.given)?;
        form.serialize_field("selected", &self.selected)?;
        if self.excluded {
            form.serialize_field("excluded", &true)?;
        }
        form.serialize_field("children", &self.children)?;
        form.end()
    }
}

/// Counts of facets, each under the filters of the others; the JSON form of `griot facets`.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FacetsResponse {
    pub version: u32,
    pub query: String,
    /// Articles that match, exact.
    pub total: u64,
    pub took_ms: f64,
    /// Facet name to values.
    pub facets: BTreeMap<String, Vec<ValueCount>>,
    /// Articles that match and have no value, by facet.
    pub without: BTreeMap<String, u64>,
    /// What was reinterpreted, dropped, capped or unknown.
    pub notes: Vec<String>,
    /// The regions before 2023, if that was asked for.
    #[serde(rename = "region_old", skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerCounts>,
    /// Facets of which articles without a value are chosen (true) or excluded (false).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub without_chosen: BTreeMap<String, bool>,
    /// By facet, how many values a limit left out, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<BTreeMap<String, usize>>,
}

/// Articles by the former regions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FormerCounts {
    pub facet: String,
    /// The most frequent first.
    pub values: Vec<(String, u64)>,
    pub without: u64,
}

/// The phrases that gave a facet value, the most frequent first; the JSON form of `griot facets --evidence`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EvidenceResponse {
    pub version: u32,
    pub facet: String,
    /// As asked.
    pub value: String,
    /// Articles that have it.
    pub articles: u64,
    pub phrases: Vec<EvidencePhrase>,
}

/// A phrase that gave a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EvidencePhrase {
    /// Empty for metadata.
    pub phrase: String,
    pub rule: String,
    pub value: String,
    /// `given` or `derived`.
    pub status: &'static str,
    pub articles: u64,
    pub occurrences: u64,
    /// Id of an article that has it.
    pub example: String,
}
