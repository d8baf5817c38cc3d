//! What readers need to know of the schema and of this machine.

use super::keys::{canonical, is_own_key};
use crate::media::Media;
use crate::pdf;
use std::sync::Arc;

/// What the readers need to know of the schema and of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The declared facets: their keys in records go to [`Article::given`](crate::article::Article::given).
    pub facets: Vec<FacetKeys>,
    /// Media after which folders are called.
    pub media: Arc<Media>,
    /// The process that reads PDF files; without one they are skipped, and tried again by the next run.
    pub pdf_reader: Option<pdf::Reader>,
}

impl Default for Options {
    /// No facet: keys of facets are kept as those without a meaning are. With a schema at hand, see
    /// [`crate::index::reading_options`].
    fn default() -> Self {
        Self {
            facets: Vec::new(),
            media: Media::embedded(),
            pdf_reader: None,
        }
    }
}

#[cfg(test)]
impl Options {
    /// What readers know by the lexicons of the binary.
    pub(crate) fn embedded() -> Self {
        crate::index::reading_options(&crate::schema::Lexicons::embedded()).expect("good lexicons")
    }
}

/// The keys by which a record gives values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetKeys {
    pub name: String,
    /// The name as keys are compared, and the aliases.
    key: String,
    aliases: Vec<String>,
}

impl FacetKeys {
    /// The keys of a facet. Aliases that are keys of the article's own fields (`source`, `langue`) go on
    /// meaning these.
    pub fn new<'a>(name: &str, aliases: impl IntoIterator<Item = &'a str>) -> Self {
        let aliases = aliases.into_iter().map(canonical);
        Self {
            name: name.to_string(),
            key: canonical(name),
            aliases: aliases.filter(|alias| !is_own_key(alias)).collect(),
        }
    }

    /// Whether a key, canonical, is the facet's name or its plural.
    pub(super) fn is_name(&self, key: &str) -> bool {
        is_number_of(key, &self.key)
    }

    /// Whether a key, canonical, is one of the aliases or its plural.
    pub(super) fn is_alias(&self, key: &str) -> bool {
        self.aliases.iter().any(|alias| is_number_of(key, alias))
    }
}

/// Whether a key is a name or its plural, in English or French: regions, lieux.
fn is_number_of(key: &str, name: &str) -> bool {
    key.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest == "s" || rest == "x" && name.ends_with('u'))
}
