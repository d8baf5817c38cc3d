//! Facets by the names that people type, and their paths as they are shown.

use crate::error::{Error, Result};
use crate::facets::FacetDeclaration;
use crate::index::Fields;
use tantivy::schema::Field;

/// The declared facet of that name or alias.
///
/// # Errors
/// [`Error::NoSuchFacet`], naming those there are.
pub fn declared<'f>(fields: &'f Fields, name: &str) -> Result<&'f FacetDeclaration> {
    declared_field(fields, name).map(|(facet, _)| facet)
}

/// The same, with its field.
pub(crate) fn declared_field<'f>(fields: &'f Fields, name: &str) -> Result<&'f (FacetDeclaration, Field)> {
    fields.facet(name).ok_or_else(|| Error::NoSuchFacet {
        name: name.to_string(),
        known: fields
            .facets
            .iter()
            .map(|(f, _)| f.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Whether the facet's paths are months.
pub fn is_month(fields: &Fields, facet: &str) -> bool {
    fields.facet(facet).is_some_and(|(f, _)| f.derive.months)
}

/// A facet path as it is written outside the index.
pub fn shown_path(fields: &Fields, facet: &str, path: &str) -> String {
    fields
        .facet(facet)
        .map_or_else(|| path.to_string(), |(f, _)| f.shown_path(path))
}
