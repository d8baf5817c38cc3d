//! Counts of facets as they are answered: beside hits, or by themselves with values looked for and cut.

use crate::error::Result;
use crate::facets::FacetDeclaration;
use crate::index::Fields;
use crate::search::compile::selection::{Compiled, compile};
use crate::search::facet::counts::{FacetFilter, WITHOUT, count};
use crate::search::facet::declared::{declared, is_month, shown_path};
use crate::search::facet::find::{by_name, find_values, first, only};
use crate::search::facet::values::value_tree;
use crate::search::local::LocalEngine;
use crate::search::request::{Count, FacetsRequest};
use crate::search::response::facets::{FacetInfo, FacetsResponse, ValueCount};
use crate::search::response::hits::JSON_VERSION;
use std::collections::BTreeMap;
use std::time::Instant;

/// Counts of facets under a query, each under the filters of the others.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// Facet name to values.
    pub values: BTreeMap<String, Vec<ValueCount>>,
    /// Articles that match and have no value, by facet.
    pub without: BTreeMap<String, u64>,
    /// Facets of which articles without a value are chosen (true) or excluded (false).
    pub without_chosen: BTreeMap<String, bool>,
}

/// Counts the facets that are wanted.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`], or what a damaged index gives.
pub(crate) fn counted(engine: &LocalEngine, compiled: &Compiled, wanted: &Count) -> Result<Counted> {
    let fields = &engine.reader.fields;
    let mut counted = Counted {
        without_chosen: without_chosen(&compiled.filters),
        ..Counted::default()
    };
    let names = wanted_names(fields, wanted)?;
    if names.is_empty() {
        // Nothing is read for facets that nobody asks for, filters or not.
        return Ok(counted);
    }
    let is_wanted = |name: &str| names.contains(&name);
    let mut trees = Vec::new();
    for (facet, _) in &fields.facets {
        if is_wanted(&facet.name) || compiled.filters.iter().any(|f| f.facet == facet.name) {
            trees.push(engine.tree(&facet.name)?);
        }
    }
    let counts = count(engine, &compiled.query, &trees, &compiled.filters, &is_wanted)?;
    for (tree, counts) in trees.iter().zip(&counts).filter(|(t, _)| is_wanted(&t.facet)) {
        let filter = compiled.filters.iter().find(|f| f.facet == tree.facet);
        let newest_first = is_month(fields, &tree.facet);
        let shown = |path: &str| shown_path(fields, &tree.facet, path);
        let values = value_tree(tree, counts, filter, newest_first, &shown);
        counted.values.insert(tree.facet.clone(), values);
        counted.without.insert(tree.facet.clone(), counts.without);
    }
    Ok(counted)
}

pub(crate) fn wanted_names<'f>(fields: &'f Fields, wanted: &Count) -> Result<Vec<&'f str>> {
    if let Count::One(one) = wanted {
        return Ok(vec![declared(fields, one)?.name.as_str()]);
    }
    let names = fields
        .facets
        .iter()
        .filter(|(facet, _)| *wanted == Count::All || *wanted == Count::Shown && facet.shown);
    Ok(names.map(|(facet, _)| facet.name.as_str()).collect())
}

pub(crate) fn without_chosen(filters: &[FacetFilter]) -> BTreeMap<String, bool> {
    let among = |paths: &[String]| paths.iter().any(|path| path == WITHOUT);
    filters
        .iter()
        .filter(|f| among(&f.include) || among(&f.exclude))
        .map(|f| (f.facet.clone(), !among(&f.exclude)))
        .collect()
}

/// Answers a question for counts, the regions before 2023 left out.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`], or what a damaged index or broken lexicons give.
pub(crate) fn facets(engine: &LocalEngine, request: &FacetsRequest) -> Result<FacetsResponse> {
    let started = Instant::now();
    let compiled = compile(engine, &request.selection)?;
    let total = engine.total_of(&compiled)?;
    let wanted = request.facet.clone().map_or(Count::All, Count::One);
    let counted = counted(engine, &compiled, &wanted)?;
    answer(engine, request, (compiled.notes, total, counted), started)
}

/// The answer of these counts: only the values that were asked for.
pub(crate) fn answer(
    engine: &LocalEngine,
    request: &FacetsRequest,
    (notes, total, mut counted): (Vec<String>, u64, Counted),
    started: Instant,
) -> Result<FacetsResponse> {
    let took_ms = started.elapsed().as_secs_f64() * 1000.0;
    if let Some(typed) = &request.find {
        for (facet, values) in &mut counted.values {
            let found = find_values(engine, facet, typed)?;
            *values = only(std::mem::take(values), &found);
        }
        counted.values.retain(|_, values| !values.is_empty());
    }
    if request.by_name {
        counted.values.values_mut().for_each(by_name);
    }
    let left_out = request.top.map(|most| {
        let cut = |(facet, values): (&String, &mut Vec<ValueCount>)| (facet.clone(), first(values, most));
        counted.values.iter_mut().map(cut).collect()
    });
    Ok(FacetsResponse {
        version: JSON_VERSION,
        query: request.selection.query.clone(),
        total,
        took_ms,
        facets: counted.values,
        without: counted.without,
        notes,
        former: None,
        without_chosen: counted.without_chosen,
        left_out,
    })
}

/// The facets that the index declares, in their order.
pub(crate) fn declarations(fields: &Fields) -> Vec<FacetInfo> {
    let info = |facet: &FacetDeclaration| FacetInfo {
        name: facet.name.clone(),
        aliases: facet.aliases.clone(),
        shown: facet.shown,
        listed: facet.is_listed(),
        main_column: facet.is_main_column(),
        months: facet.derive.months,
        publication: facet.derive.publication,
        places: facet.derive.places,
        events_column: facet.derive.names.then(|| facet.plural()),
    };
    fields.facets.iter().map(|(facet, _)| info(facet)).collect()
}
