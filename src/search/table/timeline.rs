//! Articles over time: by day, month or year, of publication or of the events reported, perhaps split by a
//! facet, and beside all articles of the same time. Days without an article are there too.

use crate::error::Result;
use crate::index::Fields;
use crate::search::compile::filters::everything;
use crate::search::compile::selection::compile;
use crate::search::facet::declared::{event_facet, publication_facet};
use crate::search::local::LocalEngine;
use crate::search::request::{AxisRequest, DatedBy, Step, TimelineRequest};
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::tables::{Bucket, Timeline};
use crate::search::table::axis::Axis;
use crate::search::table::pivot::{Cells, cut, shown};

/// Counts the articles of a selection over time.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`]; [`crate::Error::Unsupported`] for days of events, which the index knows by
/// month.
pub fn timeline(engine: &LocalEngine, wanted: &TimelineRequest) -> Result<Timeline> {
    let compiled = compile(engine, &wanted.selection)?;
    let query = compiled.with_filters(&engine.reader.fields)?;
    let time = Axis::new(engine, &time_axis(&engine.reader.fields, wanted.of, wanted.by)?)?;
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
            &everything(&engine.reader.fields),
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
        query: wanted.selection.query.clone(),
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

/// The axis of time that articles are counted by.
fn time_axis(fields: &Fields, of: DatedBy, by: Step) -> Result<AxisRequest> {
    let (name, level) = match (of, by) {
        (DatedBy::Publication, Step::Day) => ("day", 1),
        (DatedBy::Publication, Step::Month) => (publication_facet(fields).unwrap_or("month"), 2),
        (DatedBy::Publication, Step::Year) => ("year", 1),
        (DatedBy::Event, Step::Day) => {
            return Err(crate::Error::Unsupported(
                "events are counted by month or year; griot export --rows events gives days".into(),
            ));
        }
        (DatedBy::Event, Step::Month) => (event_facet(fields).unwrap_or("event_month"), 2),
        (DatedBy::Event, Step::Year) => (event_facet(fields).unwrap_or("event_month"), 1),
    };
    Ok(AxisRequest {
        name: name.to_string(),
        level: Some(level),
    })
}

/// The series that count something, `(none)` last.
fn series(split: &Axis, cells: &Cells) -> Vec<usize> {
    (0..=split.buckets.len())
        .filter(|at| cells.column_totals[*at] > 0)
        .collect()
}
