//! Tables of counts: any facet by any facet. A document counts once in each cell, row and column that it
//! belongs to, so a row's cells may add up to more than its total. Counted in one pass over ordinals.

use crate::error::Result;
use crate::search::compile::selection::compile;
use crate::search::facet::doc_set::each_block;
use crate::search::local::LocalEngine;
use crate::search::request::PivotRequest;
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::tables::{Column, Pivot, Row};
use crate::search::table::axis::{Axis, SegmentAxis};
use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::query::Query as TantivyQuery;

/// Tables up to this size are kept whole while counting, larger ones by the cells that count something.
const DENSE_CELLS: usize = 1 << 23;

/// The cells of a table while they are counted; one more row and column than there are buckets, for documents
/// without.
pub(crate) struct Cells {
    columns: usize,
    dense: Vec<u32>,
    sparse: FxHashMap<usize, u32>,
    pub row_totals: Vec<u64>,
    pub column_totals: Vec<u64>,
    pub total: u64,
}

impl Cells {
    pub fn count(
        engine: &LocalEngine,
        query: &dyn TantivyQuery,
        rows: &Axis,
        columns: Option<&Axis>,
    ) -> Result<Self> {
        let width = columns.map_or(0, |c| c.buckets.len() + 1);
        let height = rows.buckets.len() + 1;
        let size = height.saturating_mul(width);
        let mut cells = Self {
            columns: width,
            dense: if size <= DENSE_CELLS {
                vec![0; size]
            } else {
                Vec::new()
            },
            sparse: FxHashMap::default(),
            row_totals: vec![0; height],
            column_totals: vec![0; width],
            total: 0,
        };
        let dense = size <= DENSE_CELLS;
        let (mut at_row, mut at_column) = (Vec::new(), Vec::new());
        let open =
            |number: usize, segment: &tantivy::SegmentReader| -> Result<(SegmentAxis, Option<SegmentAxis>)> {
                Ok((
                    rows.segment(number, segment)?,
                    columns.map(|c| c.segment(number, segment)).transpose()?,
                ))
            };
        let each = |(row_axis, column_axis): &mut (SegmentAxis, Option<SegmentAxis>), docs: &[DocId]| {
            cells.total += docs.len() as u64;
            for doc in docs {
                row_axis.load(*doc, &mut at_row);
                at_row.iter().for_each(|row| cells.row_totals[*row as usize] += 1);
                let Some(column_axis) = column_axis else { continue };
                column_axis.load(*doc, &mut at_column);
                at_column
                    .iter()
                    .for_each(|column| cells.column_totals[*column as usize] += 1);
                for row in &at_row {
                    for column in &at_column {
                        let cell = *row as usize * width + *column as usize;
                        if dense {
                            cells.dense[cell] += 1;
                        } else {
                            *cells.sparse.entry(cell).or_default() += 1;
                        }
                    }
                }
            }
        };
        each_block(&engine.searcher, query, open, each, |_| Ok(()))?;
        Ok(cells)
    }

    pub fn cell(&self, row: usize, column: usize) -> u64 {
        let at = row * self.columns + column;
        u64::from(if self.dense.is_empty() {
            self.sparse.get(&at).copied().unwrap_or(0)
        } else {
            self.dense[at]
        })
    }
}

/// The buckets that count, of an axis that is cut to its most frequent: numbers, most frequent first.
fn most_frequent(totals: &[u64], most: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..totals.len() as u32 - 1).collect();
    order.sort_by(|a, b| totals[*b as usize].cmp(&totals[*a as usize]).then(a.cmp(b)));
    order.truncate(most);
    order
}

/// Cuts an axis to its most frequent buckets under a query; how many values the last bucket then stands for.
pub(crate) fn cut(
    engine: &LocalEngine,
    query: &dyn TantivyQuery,
    axis: &mut Axis,
    most: Option<usize>,
) -> Result<Option<usize>> {
    let Some(most) = most.filter(|most| !axis.time && *most < axis.buckets.len()) else {
        return Ok(None);
    };
    let totals = Cells::count(engine, query, axis, None)?.row_totals;
    let kept = most_frequent(&totals, most);
    let others = axis.buckets.len() - kept.len();
    axis.narrow(&kept, format!("(others: {others})"));
    Ok(Some(others))
}

/// Buckets of an axis as shown: without the empty ends of time, in the order of frequency where it was cut.
pub(crate) fn shown(axis: &Axis, totals: &[u64]) -> std::ops::Range<usize> {
    let buckets = axis.buckets.len();
    if !axis.time {
        return 0..buckets;
    }
    let counted = |at: &usize| totals[*at] > 0;
    match ((0..buckets).find(counted), (0..buckets).rev().find(counted)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    }
}

/// Counts the articles of a selection by two facets. Every value that the archive has is there, at zero too; months,
/// days and years from the first that counts something to the last, without a gap.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`], or what a damaged index gives.
pub fn pivot(engine: &LocalEngine, wanted: &PivotRequest) -> Result<Pivot> {
    let compiled = compile(engine, &wanted.selection)?;
    let query = compiled.with_filters(&engine.reader.fields)?;
    let mut rows = Axis::new(engine, &wanted.rows)?;
    let mut columns = Axis::new(engine, &wanted.columns)?;
    let other_rows = cut(engine, &query, &mut rows, wanted.top_rows)?;
    let other_columns = cut(engine, &query, &mut columns, wanted.top_columns)?;
    let cells = Cells::count(engine, &query, &rows, Some(&columns))?;
    let (row_order, column_order) = (
        order(&rows, &cells.row_totals),
        order(&columns, &cells.column_totals),
    );
    let head = |axis: &Axis, totals: &[u64], others: Option<usize>, at: usize| {
        let none = at == axis.buckets.len();
        let value = if none {
            "(none)".to_string()
        } else {
            axis.buckets[at].clone()
        };
        Column {
            value,
            total: totals[at],
            others: others.filter(|_| at + 1 == axis.buckets.len()),
            none,
        }
    };
    Ok(Pivot {
        version: JSON_VERSION,
        query: wanted.selection.query.clone(),
        rows_of: rows.name.clone(),
        columns_of: columns.name.clone(),
        total: cells.total,
        columns: column_order
            .iter()
            .map(|at| head(&columns, &cells.column_totals, other_columns, *at))
            .collect(),
        rows: row_order
            .iter()
            .map(|row| Row {
                head: head(&rows, &cells.row_totals, other_rows, *row),
                counts: column_order
                    .iter()
                    .map(|column| cells.cell(*row, *column))
                    .collect(),
            })
            .collect(),
        notes: compiled.notes,
    })
}

/// The buckets to show, and the one of documents without a value if there are any.
pub(crate) fn order(axis: &Axis, totals: &[u64]) -> Vec<usize> {
    let without = (totals.last().copied().unwrap_or(0) > 0).then_some(axis.buckets.len());
    shown(axis, totals).chain(without).collect()
}
