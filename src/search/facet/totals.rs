//! How many documents of a segment have each value of a facet, read from the postings' dictionary instead of
//! counted.
//!
//! A facet's value is a term of its own with all its ancestors, so the documents of a term are those that
//! have the value or one below it, each once. Deleted documents are among them until a merge; whoever
//! subtracts what doesn't match subtracts them too.

use crate::error::{Error, Result};
use crate::index::fields::column;
use crate::search::facet::tree::{FacetTree, by_level};
use tantivy::SegmentReader;

/// Values of the column `given` below this are counted each; a facet has one bit.
const MOST_BITS: usize = 1 << 16;

/// Values read of a column at once.
const RUN: usize = 4096;

/// Whether values of a facet came with the documents of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenOf {
    None,
    /// With no more than half of those that have a value.
    Few,
    Most,
    All,
}

/// One facet in one segment.
#[derive(Debug)]
pub(crate) struct SegmentTotals {
    /// Documents by the numbers of the tree, one higher; at 0, those that have any value.
    pub of: Vec<u32>,
    pub given: GivenOf,
}

impl SegmentTotals {
    pub fn with_values(&self) -> u32 {
        self.of[0]
    }

    /// Reads the dictionary of the facet's terms in one pass.
    ///
    /// # Errors
    /// What a damaged index gives.
    pub fn read(tree: &FacetTree, segment: &SegmentReader, given: &GivenTimes) -> Result<Self> {
        let mut of = vec![0; tree.paths.len() + 1];
        let inverted = segment.inverted_index(tree.field)?;
        let mut terms = inverted
            .terms()
            .stream()
            .map_err(|e| Error::Damaged(e.to_string()))?;
        let mut next = 0;
        while terms.advance() {
            let (key, info) = (terms.key(), terms.value());
            if key.is_empty() {
                of[0] = info.doc_freq;
                continue;
            }
            // Both are sorted level by level.
            while tree
                .paths
                .get(next)
                .is_some_and(|path| by_level(path).lt(key.iter().copied()))
            {
                next += 1;
            }
            if tree
                .paths
                .get(next)
                .is_some_and(|path| by_level(path).eq(key.iter().copied()))
            {
                of[next + 1] = info.doc_freq;
            }
        }
        let given = given_of(given, tree.given_bit, of[0]);
        Ok(Self { of, given })
    }
}

/// How many of the documents that have a value came with it.
fn given_of(times: &GivenTimes, bit: u64, with_values: u32) -> GivenOf {
    let GivenTimes::Counted(times) = times else {
        return GivenOf::Few;
    };
    let given: u32 = (0..)
        .zip(times)
        .filter(|(bits, _)| bits & bit != 0)
        .map(|(_, times)| times)
        .sum();
    match given {
        0 => GivenOf::None,
        _ if given == with_values => GivenOf::All,
        _ if given > with_values / 2 => GivenOf::Most,
        _ => GivenOf::Few,
    }
}

/// How often each value of the column `given` occurs in a segment.
#[derive(Debug)]
pub(crate) enum GivenTimes {
    Counted(Vec<u32>),
    /// That would take a long table.
    TooMany,
}

impl GivenTimes {
    pub fn of(segment: &SegmentReader) -> Self {
        let Ok(column) = segment.fast_fields().u64(column::GIVEN) else {
            return Self::Counted(Vec::new());
        };
        let Some(most) = usize::try_from(column.max_value())
            .ok()
            .filter(|most| *most < MOST_BITS)
        else {
            return Self::TooMany;
        };
        let mut times = vec![0; most + 1];
        let (mut run, end) = (vec![0; RUN], column.values.num_vals() as usize);
        for from in (0..end).step_by(RUN) {
            let run = &mut run[..RUN.min(end - from)];
            column.values.get_range(from as u64, run);
            run.iter().for_each(|bits| times[*bits as usize] += 1);
        }
        Self::Counted(times)
    }
}
