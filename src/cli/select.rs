//! From the options that select articles to a selection.

use super::args::{Division, FilterArgs, QueryArgs};
use super::single_letters::unmasked;
use anyhow::Result;
use griot::messages::localized;
use griot::say;
use griot::search::{AxisRequest, FORMER, FacetInfo, Selection, TypedDates};

/// The articles that query and filter options select.
pub fn selection(query: &QueryArgs, filters: &FilterArgs) -> Result<Selection> {
    let (mut include, mut exclude) = (filters.facets.include.clone(), filters.facets.exclude.clone());
    include.extend(filters.where_.iter().cloned());
    exclude.extend(filters.not_where.iter().cloned());
    let typed = TypedDates {
        since: filters.since.as_deref(),
        until: filters.until.as_deref(),
        event_since: filters.event_since.as_deref(),
        event_until: filters.event_until.as_deref(),
    };
    let selection = Selection {
        query: unmasked(&query.query),
        any: query.reading.any,
        plain: query.reading.plain,
        include,
        exclude,
        undated: filters.undated,
        include_excluded: filters.include_excluded,
        ..Selection::default()
    };
    Ok(selection.with_typed_dates(typed)?)
}

/// The axis, by the division of regions that was chosen.
pub fn divided(facets: &[FacetInfo], axis: AxisRequest, division: Division) -> AxisRequest {
    let of_places = facets
        .iter()
        .any(|facet| facet.places && facet.is_called(&axis.name));
    if division == Division::Old && of_places {
        AxisRequest::whole(FORMER)
    } else {
        axis
    }
}

/// Notes that a division of regions was chosen where no regions are counted.
pub fn note_division(division: Division, axes: &[AxisRequest]) {
    if division == Division::Old && !axes.iter().any(|axis| axis.name == FORMER) {
        let why = say!("option-no-regions");
        super::output::notify(&say!(
            "option-without-effect",
            option = "region-division",
            why = why
        ));
    }
}

/// Says on standard error how a query was read.
pub fn notify(notes: &[String]) {
    for note in notes {
        super::output::notify(&localized(note));
    }
}
