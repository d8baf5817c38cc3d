//! Counting all facets in one pass, each under the filters of the OTHERS (drill sideways): choosing Gao must
//! not turn Mopti's count to zero.
//!
//! The pass runs over the query without facet filters. A document that fails no filter counts for every
//! facet; one that fails only the filter of facet F counts for F alone; any other counts for none.
//!
//! Of each segment, either the documents that count are counted, or, where they are more than half, those
//! that don't, and what is left of the totals of the whole segment is the count
//! ([`facet_totals`](crate::search::facet::totals)): a query that matches nearly everything costs as little as one
//! that matches nearly nothing.
//!
//! A parent counts each of its documents once, without a set of ancestors for each document: every value
//! counts one, the innermost value that two neighbouring values of a document have in common counts one less,
//! and at the end each value is given the sum of what lies below it. The values of a document stand in the
//! order of a walk through the tree, where each branch is left for good once it is left, so what is below a
//! value then adds up to one a document.

use crate::error::Result;
use crate::index::fields::column;
use crate::search::facet::column::{BlockValues, pick};
use crate::search::facet::doc_set::{DocSet, each_block};
pub use crate::search::facet::filter::{FacetFilter, WITHOUT};
use crate::search::facet::totals::{GivenOf, SegmentTotals};
use crate::search::facet::tree::FacetTree;
use crate::search::local::LocalEngine;
use std::sync::Arc;
use tantivy::columnar::{Cardinality, Column};
use tantivy::query::Query as TantivyQuery;
use tantivy::{DocId, SegmentReader};

/// A filter on the numbers of a tree.
#[derive(Debug, Clone)]
struct NumberFilter {
    include: Option<Vec<bool>>,
    exclude: Option<Vec<bool>>,
    /// Whether documents without a value pass, where something is included; whether they are excluded.
    include_without: bool,
    exclude_without: bool,
}

impl NumberFilter {
    fn new(tree: &FacetTree, filter: &FacetFilter) -> Self {
        let marks = |paths: &Vec<String>| (!paths.is_empty()).then(|| tree.under(paths));
        let without = |paths: &[String]| paths.iter().any(|path| path == WITHOUT);
        Self {
            include: marks(&filter.include),
            exclude: marks(&filter.exclude),
            include_without: without(&filter.include),
            exclude_without: without(&filter.exclude),
        }
    }

    /// `numbers`: those of the segment's ordinals.
    fn passes(&self, values: &[u64], numbers: &[u32]) -> bool {
        if values.is_empty() {
            return (self.include.is_none() || self.include_without) && !self.exclude_without;
        }
        let marked = |marks: &[bool]| {
            values
                .iter()
                .any(|value| marks[numbers[*value as usize] as usize])
        };
        self.include.as_deref().is_none_or(marked) && !self.exclude.as_deref().is_some_and(marked)
    }
}

/// Counts of one facet, by the numbers of its tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub of: Vec<u64>,
    /// Of these, documents whose values of the facet came with the article; the others' are derived from the
    /// text.
    pub given: Vec<u64>,
    /// Documents that have no value of the facet.
    pub without: u64,
}

/// Documents and, in the upper half, those of them whose values are given: one addition counts both. All that
/// is done to it is adding and subtracting modulo 2^64, so the halves are right at the end, whatever was
/// borrowed on the way.
pub(crate) type Tally = u64;

pub(crate) const ONE: Tally = 1;
pub(crate) const GIVEN: Tally = 1 << 32;

/// What is counted of one facet, or only filters.
struct Facet {
    tree: Arc<FacetTree>,
    filter: Option<NumberFilter>,
    wanted: bool,
    /// By the numbers of the tree, one higher; what all values have in common has the first place. Sums of
    /// what is below are still to be added.
    sums: Vec<Tally>,
    /// The same, with what is below in it.
    totals: Vec<Tally>,
    /// Documents that count, and those of them that have a value.
    docs: u64,
    with_values: u64,
}

/// A facet of one segment.
struct SegmentFacet {
    column: Option<Column<u64>>,
    /// By the segment's ordinals.
    sums: Vec<Tally>,
    values: BlockValues,
    /// Documents that fail no filter but this facet's; `None` without such a filter.
    failing: Option<DocSet>,
    /// Which documents of the block fail here.
    failed: Vec<bool>,
}

struct Segment {
    number: usize,
    facets: Vec<SegmentFacet>,
    given: Option<Column<u64>>,
    /// Documents that fail no filter.
    passing: DocSet,
    /// How many filters each document of a block fails.
    fails: Vec<u8>,
}

/// Counts the facets whose trees are given and `wanted`, in the order of the trees; the others only filter,
/// and their counts are zeros.
///
/// # Errors
/// What a damaged index gives.
pub fn count(
    engine: &LocalEngine,
    query: &dyn TantivyQuery,
    trees: &[Arc<FacetTree>],
    filters: &[FacetFilter],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Counts>> {
    let facet = |tree: &Arc<FacetTree>| Facet {
        filter: filters
            .iter()
            .find(|f| f.facet == tree.facet)
            .map(|filter| NumberFilter::new(tree, filter)),
        wanted: wanted(&tree.facet),
        sums: vec![0; tree.paths.len() + 1],
        totals: Vec::new(),
        docs: 0,
        with_values: 0,
        tree: Arc::clone(tree),
    };
    let facets: Vec<Facet> = trees.iter().map(facet).collect();
    let facets = std::cell::RefCell::new(facets);
    let open = |number: usize, segment: &SegmentReader| Segment::open(&facets.borrow(), number, segment);
    let each = |segment: &mut Segment, docs: &[DocId]| segment.place(&facets.borrow(), docs);
    let close = |segment: Segment| segment.count(&mut facets.borrow_mut(), engine);
    each_block(&engine.searcher, query, open, each, close)?;
    Ok(facets.into_inner().into_iter().map(Facet::finish).collect())
}

impl Facet {
    fn finish(mut self) -> Counts {
        let parents = &self.tree.parents;
        // Children come after their parents: going backwards, each adds its sum to its parent's.
        for number in (0..parents.len()).rev() {
            let above = parents[number].wrapping_add(1) as usize;
            self.sums[above] = self.sums[above].wrapping_add(self.sums[number + 1]);
        }
        self.sums
            .iter_mut()
            .zip(&self.totals)
            .for_each(|(sum, total)| *sum = sum.wrapping_add(*total));
        let of = self.sums[1..].iter().map(|sum| sum & (GIVEN - 1)).collect();
        let given = self.sums[1..].iter().map(|sum| sum >> 32).collect();
        Counts {
            of,
            given,
            without: self.docs.wrapping_sub(self.with_values),
        }
    }

    /// Begins with all documents of a segment.
    fn start_full(&mut self, totals: &SegmentTotals, weight: Tally) {
        self.totals.resize(self.sums.len(), 0);
        for (sum, of) in self.totals.iter_mut().zip(&totals.of) {
            *sum = sum.wrapping_add(u64::from(*of).wrapping_mul(weight));
        }
        self.with_values = self.with_values.wrapping_add(u64::from(totals.with_values()));
    }
}

impl Segment {
    fn open(facets: &[Facet], number: usize, segment: &SegmentReader) -> Result<Self> {
        let mut of_segment = Vec::with_capacity(facets.len());
        for facet in facets {
            let column = segment
                .fast_fields()
                .str(&facet.tree.facet)?
                .map(|column| column.ords().clone());
            let sums = vec![0; facet.tree.segments[number].len()];
            let failing = (facet.wanted && facet.filter.is_some()).then(|| DocSet::new(segment.max_doc()));
            of_segment.push(SegmentFacet {
                column,
                sums,
                values: BlockValues::default(),
                failing,
                failed: Vec::new(),
            });
        }
        // Most archives give no values: their segments needn't be asked about each document.
        let given = segment
            .fast_fields()
            .u64(column::GIVEN)
            .ok()
            .filter(|given| given.max_value() > 0);
        Ok(Self {
            number,
            facets: of_segment,
            given,
            passing: DocSet::new(segment.max_doc()),
            fails: Vec::new(),
        })
    }

    /// Puts documents that match where they count.
    fn place(&mut self, facets: &[Facet], docs: &[DocId]) {
        let Self {
            number,
            facets: own,
            passing,
            fails,
            ..
        } = self;
        if facets.iter().all(|facet| facet.filter.is_none()) {
            return passing.extend(docs.iter().copied());
        }
        fails.clear();
        fails.resize(docs.len(), 0);
        for (facet, own) in facets.iter().zip(own.iter_mut()) {
            if let Some(filter) = &facet.filter {
                own.test(filter, &facet.tree.segments[*number], docs, fails);
            }
        }
        let failing = |times: u8| {
            docs.iter()
                .zip(&*fails)
                .enumerate()
                .filter(move |(_, (_, fails))| **fails == times)
        };
        passing.extend(failing(0).map(|(_, (doc, _))| *doc));
        for SegmentFacet {
            failing: set, failed, ..
        } in own
        {
            if let Some(set) = set {
                set.extend(failing(1).filter(|(at, _)| failed[*at]).map(|(_, (doc, _))| *doc));
            }
        }
    }

    /// Counts what was placed.
    fn count(self, facets: &mut [Facet], engine: &LocalEngine) -> Result<()> {
        let Self {
            number,
            facets: own,
            given,
            passing,
            ..
        } = self;
        let given = given.as_ref();
        let mut bits = Bits::default();
        // Facets without a filter count the same documents: what all of them ask about a block is read once.
        let mut together: Vec<(&mut Facet, SegmentFacet)> = Vec::new();
        for (facet, mut own) in facets.iter_mut().zip(own).filter(|(facet, _)| facet.wanted) {
            let own_set = own.failing.take().map(|failing| passing.or(failing));
            let counting = own_set.as_ref().unwrap_or(&passing);
            let docs = counting.len();
            facet.docs += docs;
            if own.sums.is_empty() {
                continue;
            }
            if docs > counting.bounds() - docs {
                own.subtract(
                    facet,
                    number,
                    counting,
                    engine,
                    given.map(|given| (given, &mut bits)),
                )?;
                own.close(facet, number);
            } else if own_set.is_some() {
                counting.each_block(|docs| {
                    bits.load(given, docs);
                    own.add(facet, number, docs, &bits.of);
                });
                own.close(facet, number);
            } else {
                together.push((facet, own));
            }
        }
        if !together.is_empty() {
            passing.each_block(|docs| {
                bits.load(given, docs);
                together
                    .iter_mut()
                    .for_each(|(facet, own)| own.add(facet, number, docs, &bits.of));
            });
        }
        together
            .into_iter()
            .for_each(|(facet, own)| own.close(facet, number));
        Ok(())
    }
}

/// Bits of the column `given`, of the documents of a block.
#[derive(Default)]
struct Bits {
    /// Of each document; empty where no document has any.
    of: Vec<u64>,
    rows: BlockValues,
    run: Vec<u64>,
}

impl Bits {
    fn load(&mut self, column: Option<&Column<u64>>, docs: &[DocId]) {
        self.of.clear();
        let Some(column) = column else { return };
        if column.get_cardinality() == Cardinality::Full {
            pick(&*column.values, docs, &mut self.run, &mut self.of);
            return;
        }
        self.rows.load(column, docs);
        self.of.resize(docs.len(), 0);
        let mut at = 0;
        for (doc, bits) in self.rows.iter() {
            while docs[at] < doc {
                at += 1;
            }
            self.of[at] = bits.first().copied().unwrap_or(0);
        }
    }
}

impl SegmentFacet {
    /// Adds to each document's fails whether it fails this filter.
    fn test(&mut self, filter: &NumberFilter, numbers: &[u32], docs: &[DocId], fails: &mut [u8]) {
        self.load(docs);
        let without = !filter.passes(&[], numbers);
        self.failed.clear();
        self.failed.resize(docs.len(), without);
        let mut at = 0;
        for (doc, values) in self.values.iter() {
            while docs[at] < doc {
                at += 1;
            }
            self.failed[at] = !filter.passes(values, numbers);
        }
        fails
            .iter_mut()
            .zip(&self.failed)
            .for_each(|(fails, failed)| *fails = fails.saturating_add(u8::from(*failed)));
    }

    fn load(&mut self, docs: &[DocId]) {
        match &self.column {
            Some(column) => self.values.load(column, docs),
            None => self.values = BlockValues::default(),
        }
    }

    /// Counts documents; `given` has the bits of each, if any document has some.
    fn add(&mut self, facet: &mut Facet, number: usize, docs: &[DocId], given: &[u64]) {
        self.load(docs);
        facet.with_values = facet.with_values.wrapping_add(self.values.docs.len() as u64);
        let bit = facet.tree.given_bit;
        let any = given.iter().fold(0, |a, b| a | b) & bit != 0;
        let all = any && given.iter().fold(u64::MAX, |a, b| a & b) & bit != 0;
        if !any || all {
            let weight = if all { ONE + GIVEN } else { ONE };
            self.add_weighted(facet, number, |_| weight);
            return;
        }
        let mut at = 0;
        self.add_weighted(facet, number, |doc| {
            while docs[at] < doc {
                at += 1;
            }
            if given[at] & bit == 0 { ONE } else { ONE + GIVEN }
        });
    }

    /// Counts the documents of a set as those of the segment without the others.
    fn subtract(
        &mut self,
        facet: &mut Facet,
        number: usize,
        counting: &DocSet,
        engine: &LocalEngine,
        given: Option<(&Column<u64>, &mut Bits)>,
    ) -> Result<()> {
        let tree = Arc::clone(&facet.tree);
        let all = engine.totals(&tree)?;
        let totals = &all[number];
        let mostly = matches!(totals.given, GivenOf::All | GivenOf::Most);
        let weight = if mostly { ONE + GIVEN } else { ONE };
        facet.start_full(totals, weight);
        counting.each_other_block(|docs| {
            self.load(docs);
            facet.with_values = facet.with_values.wrapping_sub(self.values.docs.len() as u64);
            self.add_weighted(facet, number, |_| weight.wrapping_neg());
        });
        let (GivenOf::Few | GivenOf::Most, Some((column, bits))) = (totals.given, given) else {
            return Ok(());
        };
        // Those that are unlike most.
        let mut unlike = Vec::new();
        counting.each_block(|docs| {
            bits.load(Some(column), docs);
            unlike.clear();
            let is_unlike = |bits: u64| (bits & tree.given_bit != 0) != mostly;
            unlike.extend(
                docs.iter()
                    .zip(&bits.of)
                    .filter(|(_, bits)| is_unlike(**bits))
                    .map(|(doc, _)| *doc),
            );
            self.load(&unlike);
            self.add_weighted(
                facet,
                number,
                |_| if mostly { GIVEN.wrapping_neg() } else { GIVEN },
            );
        });
        Ok(())
    }

    fn add_weighted(&mut self, facet: &mut Facet, number: usize, mut weight: impl FnMut(DocId) -> Tally) {
        let Self { values, sums, .. } = self;
        let mut add = |value: u64, weight: Tally| {
            let sum = &mut sums[value as usize];
            *sum = sum.wrapping_add(weight);
        };
        if values.starts.is_empty() {
            values
                .docs
                .iter()
                .zip(&values.ords)
                .for_each(|(doc, value)| add(*value, weight(*doc)));
            return;
        }
        let (numbers, parents, shared) = (&facet.tree.segments[number], &facet.tree.parents, &mut facet.sums);
        for (doc, of_one) in values.iter() {
            let weight = weight(doc);
            of_one.iter().for_each(|value| add(*value, weight));
            for two in of_one.windows(2) {
                let number = |value: u64| numbers[value as usize].wrapping_add(1);
                let at = in_common(parents, number(two[0]), number(two[1]));
                shared[at] = shared[at].wrapping_sub(weight);
            }
        }
    }

    /// Gives the facet what was counted in the segment.
    fn close(self, facet: &mut Facet, number: usize) {
        for (number, sum) in facet.tree.segments[number].iter().zip(self.sums) {
            let at = number.wrapping_add(1) as usize;
            facet.sums[at] = facet.sums[at].wrapping_add(sum);
        }
    }
}

/// The innermost value that both are or lie below; numbers one higher, 0 for all values.
fn in_common(parents: &[u32], mut one: u32, mut other: u32) -> usize {
    // Most often siblings.
    if one != other && parents[one as usize - 1] == parents[other as usize - 1] {
        return parents[one as usize - 1].wrapping_add(1) as usize;
    }
    // Parents come before their children, so the later of the two can't be above the other.
    while one != other {
        let later = if one > other { &mut one } else { &mut other };
        *later = parents[*later as usize - 1].wrapping_add(1);
    }
    one as usize
}
