//! The division of Mali before 2023: most sources write "région de Mopti" for what lies in Bandiagara or
//! Douentza today.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::search::compile::selection::compile;
use crate::search::facet::declared::place_facet;
use crate::search::local::LocalEngine;
use crate::search::request::{AxisRequest, FORMER, Selection};
use crate::search::response::facets::FormerCounts;
use crate::search::table::axis::Axis;
use crate::search::table::pivot::Cells;

/// Counts by the former regions, under the filters of the other facets, as facets are counted.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub fn former_counts(engine: &LocalEngine, selection: &Selection) -> Result<FormerCounts> {
    let facet = place_facet(&engine.reader.fields).unwrap_or("region").to_string();
    let mut compiled = compile(engine, selection)?;
    compiled.filters.retain(|filter| filter.facet != facet);
    let axis = Axis::new(
        engine,
        &AxisRequest {
            name: FORMER.into(),
            level: None,
        },
    )?;
    let cells = Cells::count(
        engine,
        &compiled.with_filters(&engine.reader.fields)?,
        &axis,
        None,
    )?;
    let mut values: Vec<(String, u64)> = axis
        .buckets
        .iter()
        .cloned()
        .zip(cells.row_totals.iter().copied())
        .filter(|v| v.1 > 0)
        .collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(FormerCounts {
        facet,
        values,
        without: cells.row_totals.last().copied().unwrap_or(0),
    })
}

/// How many more articles lie in a chosen region as it was: nothing to say where the region is the same.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub fn formerly_more(engine: &LocalEngine, selection: &Selection) -> Result<Option<String>> {
    let Some(facet) = place_facet(&engine.reader.fields) else {
        return Ok(None);
    };
    let mut compiled = compile(engine, selection)?;
    let Some(filter) = compiled.filters.iter_mut().find(|f| f.facet == facet) else {
        return Ok(None);
    };
    let [chosen] = filter.include.as_slice() else {
        return Ok(None);
    };
    let chosen = chosen.clone();
    let within = |path: &String| FacetPath::new(path).is_within(FacetPath::new(&chosen));
    let others: Vec<String> = engine
        .reader
        .facets()?
        .formerly_in(facet, &chosen)
        .into_iter()
        .filter(|path| !within(path))
        .collect();
    if others.is_empty() {
        return Ok(None);
    }
    let now = engine.total_of(&compiled)?;
    if let Some(filter) = compiled.filters.iter_mut().find(|f| f.facet == facet) {
        filter.include.extend(others.iter().cloned());
    }
    let more = engine.total_of(&compiled)?.saturating_sub(now);
    let name = |path: &str| FacetPath::new(path).label().to_string();
    let today: Vec<String> = others
        .iter()
        .filter(|p| FacetPath::new(p).depth() == 2)
        .map(|p| name(p))
        .collect();
    Ok((more > 0).then(|| {
        format!(
            "{more} more articles are in {} as it was before 2023 (today {})",
            name(&chosen),
            today.join(", ")
        )
    }))
}
