//! From the options that select articles to a selection.

use super::args::{Division, FilterArgs, QueryArgs, unmask};
use anyhow::Result;
use griot::Error;
use griot::date::PartialDate;
use griot::search::{AxisRequest, FORMER, Selection};

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
        query: query
            .query
            .iter()
            .map(|word| unmask(word))
            .collect::<Vec<_>>()
            .join(" "),
        any: query.any,
        plain: query.plain,
        include,
        exclude,
        since: date(&filters.since, griot::query::since)?,
        until: date(&filters.until, griot::query::until)?,
        ..Selection::default()
    })
}

/// The axis, by the division of regions that was chosen.
pub fn divided(axis: AxisRequest, division: Division) -> AxisRequest {
    if division == Division::Old && axis.name == "region" {
        AxisRequest {
            name: FORMER.into(),
            level: None,
        }
    } else {
        axis
    }
}

/// Says on standard error how a query was read.
pub fn tell(notes: &[String]) {
    for note in notes {
        eprintln!("griot: {}", super::output::sanitize(note));
    }
}
