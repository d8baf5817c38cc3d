//! What facets are derived from, and what comes of it.

use crate::article::FacetValue;
use crate::date::precedence::Publication;
use crate::date::{PartialDate, in_name};
use crate::french::NumberedArticle;

/// The text and metadata that facets are derived from.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub title: &'a str,
    pub body: &'a str,
    /// The words of title and body.
    pub words: NumberedArticle<'a>,
    pub published: Option<PartialDate>,
    pub url: Option<&'a str>,
    pub file_name: Option<&'a str>,
}

impl Document<'_> {
    /// What says when it was published; `text` is what its text says.
    pub(super) fn publication(&self, text: Option<PartialDate>) -> Publication {
        Publication {
            metadata: self.published,
            address: self.url.and_then(in_name::of_address),
            file_name: self.file_name.and_then(in_name::of_file),
            text,
        }
    }
}

/// What was derived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derived {
    pub values: Vec<FacetValue>,
    /// Contradictions and impossible dates, for people to read.
    pub notes: Vec<String>,
}

/// Spellings that find one another in search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant<'a> {
    pub facet: &'a str,
    pub path: &'a str,
    /// The name that the lexicon gives it.
    pub canonical: &'a str,
    /// All spellings, the canonical one among them.
    pub spellings: Vec<&'a str>,
}

/// A place with coordinates, for export.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceRow<'a> {
    pub name: &'a str,
    /// `region`, `town`, `village` …
    pub kind: &'static str,
    pub path: &'a str,
    /// In degrees, north and east.
    pub latitude: f32,
    pub longitude: f32,
}
