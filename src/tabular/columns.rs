//! The columns of a table of articles.

use crate::search::FacetInfo;

/// The columns of a table of articles, in the CSV of hits and of `griot export`.
pub struct Columns<'f> {
    /// The main facets, in the order of their columns: months first.
    facets: Vec<&'f FacetInfo>,
}

impl<'f> Columns<'f> {
    /// Those of an index with these facets.
    pub fn new(facets: &'f [FacetInfo]) -> Self {
        let main = || facets.iter().filter(|facet| facet.main_column);
        let months = main().filter(|facet| facet.months);
        let others = main().filter(|facet| !facet.months);
        Self {
            facets: months.chain(others).collect(),
        }
    }

    /// The main facets.
    pub fn facets(&self) -> impl Iterator<Item = &'f str> {
        self.facets.iter().map(|facet| facet.name.as_str())
    }

    /// The heads of the columns.
    pub fn heads(&self) -> Vec<&'f str> {
        let before = ["id", "title", "date"].into_iter();
        before
            .chain(self.facets())
            .chain(["url", "path", "source"])
            .collect()
    }

    /// Whether a column is that of the months of publication.
    pub fn is_publication(&self, column: &str) -> bool {
        let first = self.facets.iter().find(|facet| facet.publication);
        first.is_some_and(|facet| facet.name == column)
    }
}
