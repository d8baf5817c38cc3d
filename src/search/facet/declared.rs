//! Facets by the names that people type, and their paths as they are shown.

use crate::error::{Error, Result};
use crate::facets::{FacetDeclaration, Kind};
use crate::index::Fields;
use std::collections::BTreeMap;
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

/// The name of the first facet of such a kind.
fn of_kind(fields: &Fields, is: fn(&Kind) -> bool) -> Option<&str> {
    let mut facets = fields.facets.iter().map(|(facet, _)| facet);
    Some(&facets.find(|facet| is(facet.derive))?.name)
}

/// The facet of the months of publication, if one is declared.
pub fn publication_facet(fields: &Fields) -> Option<&str> {
    of_kind(fields, |kind| kind.publication)
}

/// The facet of the months of events, if one is declared.
pub fn event_facet(fields: &Fields) -> Option<&str> {
    of_kind(fields, |kind| kind.events)
}

/// The facet of places, if one is declared.
pub fn place_facet(fields: &Fields) -> Option<&str> {
    of_kind(fields, |kind| kind.places)
}

/// Takes the months of publication out of an article's values by facet: they have keys and a column of their
/// own.
pub fn take_months(fields: &Fields, values: &mut BTreeMap<String, Vec<String>>) -> Vec<String> {
    let months = publication_facet(fields).and_then(|facet| values.remove(facet));
    months.unwrap_or_default()
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
