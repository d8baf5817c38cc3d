//! Articles over time: by day, month or year, of publication or of the events reported, perhaps split by a
//! facet, and beside all articles of the same time. Days without an article are there too.

use crate::error::Result;
use crate::search::compile::compiler as compile;
use crate::search::engine::Engine;
use crate::search::facet::declared::{event_facet, publication_facet};
use crate::search::request::JSON_VERSION;
use crate::search::request::Request;
use crate::search::table::axis::{Axis, AxisRequest};
use crate::search::table::pivot::{Cells, cut, shown};
use serde::Serialize;

/// The steps of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Day,
    Month,
    Year,
}

/// What a timeline dates articles by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DatedBy {
    /// By the day: the metadata's date. By month and year: the facet `month`.
    Publication,
    /// The facet `event_month`; an article of several months counts in each.
    Event,
}

/// What is asked of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRequest {
    pub by: Step,
    pub of: DatedBy,
    pub split: Option<AxisRequest>,
    /// Series, the most frequent; the others are counted together.
    pub top: Option<usize>,
    /// Count all articles of each step too.
    pub share: bool,
}

/// The answer; its JSON form is documented in the README.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    pub version: u32,
    pub query: String,
    pub by: Step,
    pub of: DatedBy,
    /// Articles that match.
    pub total: u64,
    /// Articles that match and have no such date.
    pub undated: u64,
    /// The facet of the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Values of that facet, `(none)` last: one count of each in every bucket.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<String>,
    pub buckets: Vec<Bucket>,
    pub notes: Vec<String>,
}

/// A day, month or year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bucket {
    pub value: String,
    pub count: u64,
    /// All articles of that time, whatever the query and filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<u64>,
    /// `count` by `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<u64>,
}

/// Counts a request's articles over time.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`]; [`crate::Error::Unsupported`] for days of events, which the index knows by
/// month.
pub fn timeline(engine: &Engine, request: &Request, wanted: &TimelineRequest) -> Result<Timeline> {
    let compiled = compile::compile(engine, request)?;
    let query = compiled.with_filters(&engine.reader.fields)?;
    let named = |name: &str, level| AxisRequest {
        name: name.to_string(),
        level: Some(level),
    };
    let fields = &engine.reader.fields;
    let axis = match (wanted.of, wanted.by) {
        (DatedBy::Publication, Step::Day) => named("day", 1),
        (DatedBy::Publication, Step::Month) => named(publication_facet(fields).unwrap_or("month"), 2),
        (DatedBy::Publication, Step::Year) => named("year", 1),
        (DatedBy::Event, Step::Day) => {
            return Err(crate::Error::Unsupported(
                "events are counted by month or year; griot export --rows events gives days".into(),
            ));
        }
        (DatedBy::Event, Step::Month) => named(event_facet(fields).unwrap_or("event_month"), 2),
        (DatedBy::Event, Step::Year) => named(event_facet(fields).unwrap_or("event_month"), 1),
    };
    let time = Axis::new(engine, &axis)?;
    let mut split = wanted
        .split
        .as_ref()
        .map(|split| Axis::new(engine, split))
        .transpose()?;
    if let Some(split) = &mut split {
        cut(engine, &query, split, wanted.top)?;
    }
    let cells = Cells::count(engine, &query, &time, split.as_ref())?;
    let all = match wanted.share {
        true => Some(Cells::count(
            engine,
            &compile::everything(&engine.reader.fields),
            &time,
            None,
        )?),
        false => None,
    };
    let columns: Vec<usize> = split
        .as_ref()
        .map(|split| series(split, &cells))
        .unwrap_or_default();
    let bucket = |at: usize| {
        let count = cells.row_totals[at];
        let all = all.as_ref().map(|all| all.row_totals[at]);
        let share = all.map(|all| if all == 0 { 0.0 } else { count as f64 / all as f64 });
        Bucket {
            value: time.buckets[at].clone(),
            count,
            all,
            share,
            split: columns.iter().map(|c| cells.cell(at, *c)).collect(),
        }
    };
    let name = |axis: &Axis, at: usize| axis.buckets.get(at).cloned().unwrap_or_else(|| "(none)".into());
    Ok(Timeline {
        version: JSON_VERSION,
        query: request.query.clone(),
        by: wanted.by,
        of: wanted.of,
        total: cells.total,
        undated: cells.row_totals.last().copied().unwrap_or(0),
        series: split
            .iter()
            .flat_map(|split| columns.iter().map(move |c| name(split, *c)))
            .collect(),
        split: split.map(|split| split.name),
        buckets: shown(&time, &cells.row_totals).map(bucket).collect(),
        notes: compiled.notes,
    })
}

/// The series that count something, `(none)` last.
fn series(split: &Axis, cells: &Cells) -> Vec<usize> {
    (0..=split.buckets.len())
        .filter(|at| cells.column_totals[*at] > 0)
        .collect()
}
