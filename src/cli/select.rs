//! From the options that select articles to a selection.

use super::args::{Division, FilterArgs, QueryArgs};
use super::single_letters::unmasked;
use anyhow::Result;
use griot::Error;
use griot::date::PartialDate;
use griot::messages::localized;
use griot::say;
use griot::search::{AxisRequest, FORMER, FacetInfo, Selection};

/// The articles that query and filter options select.
pub fn selection(query: &QueryArgs, filters: &FilterArgs) -> Result<Selection> {
    let (mut include, mut exclude) = (filters.facets.include.clone(), filters.facets.exclude.clone());
    include.extend(filters.where_.iter().cloned());
    exclude.extend(filters.not_where.iter().cloned());
    let date = |text: &Option<String>, read: fn(&str) -> Option<PartialDate>| {
        let bad = |text: &str| Error::BadDate {
            text: text.to_string(),
        };
        text.as_deref()
            .map(|text| read(text).ok_or_else(|| bad(text)))
            .transpose()
    };
    Ok(Selection {
        query: unmasked(&query.query),
        any: query.reading.any,
        plain: query.reading.plain,
        include,
        exclude,
        since: date(&filters.since, griot::query::since)?,
        until: date(&filters.until, griot::query::until)?,
        undated: filters.undated,
        include_excluded: filters.include_excluded,
        event_since: date(&filters.event_since, griot::query::since)?,
        event_until: date(&filters.event_until, griot::query::until)?,
        ..Selection::default()
    })
}

/// The axis, by the division of regions that was chosen.
pub fn divided(facets: &[FacetInfo], axis: AxisRequest, division: Division) -> AxisRequest {
    let of_places = facets
        .iter()
        .any(|facet| facet.places && facet.is_called(&axis.name));
    if division == Division::Old && of_places {
        whole(FORMER)
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

/// The rows of a table, unless others are named: months of publication.
pub fn default_rows(facets: &[FacetInfo]) -> AxisRequest {
    let publication = facets.iter().find(|facet| facet.publication);
    whole(publication.map_or("month", |facet| &facet.name))
}

/// The columns of a table, unless others are named: the first facet that hits show.
pub fn default_columns(facets: &[FacetInfo]) -> AxisRequest {
    let first = facets.iter().find(|facet| facet.listed);
    whole(first.map_or("region", |facet| &facet.name))
}

fn whole(name: &str) -> AxisRequest {
    AxisRequest {
        name: name.into(),
        level: None,
    }
}

/// Says on standard error how a query was read.
pub fn notify(notes: &[String]) {
    for note in notes {
        super::output::notify(&localized(note));
    }
}
