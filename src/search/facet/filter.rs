//! What is chosen in a facet.

/// The path that stands for having no value of a facet.
pub const WITHOUT: &str = "";

/// What is chosen in one facet. Values are OR; an excluded value wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetFilter {
    pub facet: String,
    /// Paths; a document fits with any of them or what lies below.
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}
