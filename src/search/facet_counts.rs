//! Counting all facets in one pass, each under the filters of the OTHERS (drill sideways): choosing Gao must not
//! turn Mopti's count to zero.
//!
//! The pass runs over the query without facet filters. A document that fails no filter counts for every facet; one
//! that fails only the filter of facet F counts for F alone; any other counts for none.
//!
//! A parent counts each of its documents once, without a set of ancestors for each document: every value counts one,
//! the innermost value that two neighbouring values of a document have in common counts one less, and at the end each
//! value is given the sum of what lies below it. The values of a document stand in the order of a walk through the tree, where
//! each branch is left for good once it is left, so what is below a value then adds up to one a document.

use super::Engine;
use super::axis::each_block;
use super::facet_column::{BlockValues, pick};
use super::facet_tree::{FacetTree, TOP};
use crate::error::Result;
use crate::index::fields::column;
use std::sync::Arc;
use tantivy::columnar::{Cardinality, Column};
use tantivy::query::Query as TantivyQuery;
use tantivy::{DocId, SegmentReader};

/// The path that stands for having no value of a facet.
pub const WITHOUT: &str = "";

/// What is chosen in one facet. Values are OR; an excluded value wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetFilter {
    pub facet: String,
    /// Paths; a document fits with any of them or what lies below.
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}

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
        let marked = |marks: &[bool]| values.iter().any(|value| marks[numbers[*value as usize] as usize]);
        self.include.as_deref().is_none_or(marked) && !self.exclude.as_deref().is_some_and(marked)
    }
}

/// Counts of one facet, by the numbers of its tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub of: Vec<u64>,
    /// Of these, documents whose values of the facet came with the article; the others' are derived from the text.
    pub given: Vec<u64>,
    /// Documents that have no value of the facet.
    pub without: u64,
}

/// Documents and, in the upper half, those of them whose values are given: one addition counts both. All that is done to
/// it is adding and subtracting modulo 2^64, so the halves are right at the end, whatever was borrowed on the way.
type Tally = u64;

const ONE: Tally = 1;
const GIVEN: Tally = 1 << 32;

/// What is counted of one facet, or only filters.
struct Facet {
    tree: Arc<FacetTree>,
    filter: Option<NumberFilter>,
    wanted: bool,
    /// Its bit in the column `given`.
    bit: u64,
    /// By the numbers of the tree, one higher; what all values have in common has the first place.
    sums: Vec<Tally>,
    counts: Counts,
}

/// A facet of one segment.
struct SegmentFacet {
    column: Option<Column<u64>>,
    /// By the segment's ordinals.
    sums: Vec<Tally>,
    values: BlockValues,
    /// Failed documents of the block that fail here.
    failed: Vec<bool>,
}

struct Segment {
    number: usize,
    facets: Vec<SegmentFacet>,
    given: Option<Column<u64>>,
    block: Block,
}

/// Buffers for the documents of a block.
#[derive(Default)]
struct Block {
    fails: Vec<u8>,
    docs: Vec<DocId>,
    given: Vec<u64>,
    rows: BlockValues,
    run: Vec<u64>,
}

/// Counts the facets whose trees are given and `wanted`, in the order of the trees; the others only filter, and their
/// counts are zeros.
///
/// # Errors
/// What a damaged index gives.
pub fn count(
    engine: &Engine,
    query: &dyn TantivyQuery,
    trees: &[Arc<FacetTree>],
    filters: &[FacetFilter],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Counts>> {
    let facet = |tree: &Arc<FacetTree>| Facet {
        filter: filters.iter().find(|f| f.facet == tree.facet).map(|filter| NumberFilter::new(tree, filter)),
        wanted: wanted(&tree.facet),
        bit: engine.reader.fields.given_bit(&tree.facet),
        sums: vec![0; tree.paths.len() + 1],
        counts: Counts::default(),
        tree: Arc::clone(tree),
    };
    let facets: Vec<Facet> = trees.iter().map(facet).collect();
    let facets = std::cell::RefCell::new(facets);
    let open = |number: usize, segment: &SegmentReader| Segment::open(&facets.borrow(), number, segment);
    let each = |segment: &mut Segment, docs: &[DocId]| segment.count(&mut facets.borrow_mut(), docs);
    let close = |segment: Segment| segment.close(&mut facets.borrow_mut());
    each_block(engine, query, open, each, close)?;
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
        self.counts.of = self.sums[1..].iter().map(|sum| sum & (GIVEN - 1)).collect();
        self.counts.given = self.sums[1..].iter().map(|sum| sum >> 32).collect();
        self.counts
    }
}

impl Segment {
    fn open(facets: &[Facet], number: usize, segment: &SegmentReader) -> Result<Self> {
        let mut of_segment = Vec::with_capacity(facets.len());
        for facet in facets {
            let column = segment.fast_fields().str(&facet.tree.facet)?.map(|column| column.ords().clone());
            let sums = vec![0; facet.tree.segments[number].len()];
            of_segment.push(SegmentFacet { column, sums, values: BlockValues::default(), failed: Vec::new() });
        }
        // Most archives give no values: their segments needn't be asked about each document.
        let given = segment.fast_fields().u64(column::GIVEN).ok().filter(|given| given.max_value() > 0);
        Ok(Self { number, facets: of_segment, given, block: Block::default() })
    }

    fn count(&mut self, facets: &mut [Facet], docs: &[DocId]) {
        let Self { number, facets: own, given, block } = self;
        if let Some(given) = given {
            block.load_given(given, docs);
        }
        // Which filters each document fails: none, or one, or more.
        let filtering = facets.iter().any(|facet| facet.filter.is_some());
        if filtering {
            block.fails.clear();
            block.fails.resize(docs.len(), 0);
        }
        for (facet, own) in facets.iter().zip(own.iter_mut()) {
            if let Some(filter) = &facet.filter {
                own.test(filter, &facet.tree.segments[*number], docs, &mut block.fails);
            }
        }
        for (facet, own) in facets.iter_mut().zip(own).filter(|(facet, _)| facet.wanted) {
            if !filtering {
                own.add(facet, *number, docs, given.is_some().then_some(&block.given[..]));
                continue;
            }
            let counts = |at: usize| block.fails[at] == 0 || block.fails[at] == 1 && facet.filter.is_some() && own.failed[at];
            let at: Vec<usize> = (0..docs.len()).filter(|at| counts(*at)).collect();
            block.docs.clear();
            block.docs.extend(at.iter().map(|at| docs[*at]));
            let given: Option<Vec<u64>> = given.is_some().then(|| at.iter().map(|at| block.given[*at]).collect());
            own.add(facet, *number, &block.docs, given.as_deref());
        }
    }

    fn close(self, facets: &mut [Facet]) {
        for (facet, own) in facets.iter_mut().zip(self.facets) {
            for (number, sum) in facet.tree.segments[self.number].iter().zip(own.sums) {
                let at = number.wrapping_add(1) as usize;
                facet.sums[at] = facet.sums[at].wrapping_add(sum);
            }
        }
    }
}

impl Block {
    /// The bits of each document; none for a document without.
    fn load_given(&mut self, column: &Column<u64>, docs: &[DocId]) {
        self.given.clear();
        if column.get_cardinality() == Cardinality::Full {
            pick(&*column.values, docs, &mut self.run, &mut self.given);
            return;
        }
        self.rows.load(column, docs);
        self.given.resize(docs.len(), 0);
        let mut at = 0;
        for (doc, bits) in self.rows.iter() {
            while docs[at] < doc {
                at += 1;
            }
            self.given[at] = bits.first().copied().unwrap_or(0);
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
        fails.iter_mut().zip(&self.failed).for_each(|(fails, failed)| *fails = fails.saturating_add(u8::from(*failed)));
    }

    fn load(&mut self, docs: &[DocId]) {
        match &self.column {
            Some(column) => self.values.load(column, docs),
            None => self.values = BlockValues::default(),
        }
    }

    /// Counts documents; `given` has the bits of each, if any document has some.
    fn add(&mut self, facet: &mut Facet, number: usize, docs: &[DocId], given: Option<&[u64]>) {
        self.load(docs);
        facet.counts.without += (docs.len() - self.values.docs.len()) as u64;
        let any = given.iter().flat_map(|bits| bits.iter()).fold(0, |a, b| a | b) & facet.bit != 0;
        let all = any && given.iter().flat_map(|bits| bits.iter()).fold(u64::MAX, |a, b| a & b) & facet.bit != 0;
        if !any || all {
            let weight = if all { ONE + GIVEN } else { ONE };
            self.add_weighted(facet, number, |_| weight);
            return;
        }
        let bits = given.unwrap_or_default();
        let (mut at, bit) = (0, facet.bit);
        self.add_weighted(facet, number, |doc| {
            while docs[at] < doc {
                at += 1;
            }
            if bits[at] & bit == 0 { ONE } else { ONE + GIVEN }
        });
    }

    fn add_weighted(&mut self, facet: &mut Facet, number: usize, mut weight: impl FnMut(DocId) -> Tally) {
        let Self { values, sums, .. } = self;
        let mut add = |value: u64, weight: Tally| {
            let sum = &mut sums[value as usize];
            *sum = sum.wrapping_add(weight);
        };
        if values.starts.is_empty() {
            values.docs.iter().zip(&values.ords).for_each(|(doc, value)| add(*value, weight(*doc)));
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

/// A facet's value with its count, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// Path with `/` (months as `2024-03`).
    pub value: String,
    pub count: u64,
    /// Of these, articles whose values of the facet came with them; the others' are derived from the text.
    pub given: u64,
    pub selected: bool,
    pub excluded: bool,
    pub children: Vec<ValueCount>,
}

impl ValueCount {
    /// A value that no article has.
    pub fn zero(value: String) -> Self {
        Self { value, count: 0, given: 0, selected: false, excluded: false, children: Vec::new() }
    }

    /// The last level, whole months.
    pub fn label(&self) -> &str {
        self.value.rsplit('/').next().unwrap_or(&self.value)
    }
}

impl serde::Serialize for ValueCount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut form = serializer.serialize_struct("ValueCount", 6 + usize::from(self.excluded))?;
        form.serialize_field("value", &self.value)?;
        form.serialize_field("label", self.label())?;
        form.serialize_field("count", &self.count)?;
        form.serialize_field("given", &self.given)?;
        form.serialize_field("selected", &self.selected)?;
        if self.excluded {
            form.serialize_field("excluded", &true)?;
        }
        form.serialize_field("children", &self.children)?;
        form.end()
    }
}

/// Turns counts into a tree: values that count something or are chosen, the most frequent first, then by name.
/// `newest_first` orders by path downwards instead (months). `shown` gives a path its form.
pub fn value_tree(
    tree: &FacetTree,
    counts: &Counts,
    filter: Option<&FacetFilter>,
    newest_first: bool,
    shown: &dyn Fn(&str) -> String,
) -> Vec<ValueCount> {
    let chosen = |path: &str, among: fn(&FacetFilter) -> &Vec<String>| filter.is_some_and(|f| among(f).iter().any(|p| p == path));
    let node = |path: &str, count: u64, given: u64| {
        let (selected, excluded) = (chosen(path, |f| &f.include), chosen(path, |f| &f.exclude));
        ValueCount { value: shown(path), count, given, selected, excluded, children: Vec::new() }
    };
    // What is shown: numbers in falling order, so that children come before their parents.
    let mut kept = vec![false; tree.paths.len()];
    counts.of.iter().zip(&mut kept).for_each(|(count, kept)| *kept = *count > 0);
    for number in filter.iter().flat_map(|f| f.include.iter().chain(&f.exclude)).filter_map(|path| tree.number(path)) {
        let mut at = number;
        while at != TOP {
            kept[at as usize] = true;
            at = tree.parents[at as usize];
        }
    }
    // Siblings beside each other, each family in its order (of names, that of the tree), as one number a value to sort by.
    let key = |number: u32| {
        let parent = tree.parents[number as usize].wrapping_add(1);
        let (count, number) = if newest_first { (0, u32::MAX - number) } else { (u32::MAX - counts.of[number as usize] as u32, number) };
        u128::from(parent) << 64 | u128::from(count) << 32 | u128::from(number)
    };
    let mut keys: Vec<u128> = (0..tree.paths.len() as u32).filter(|number| kept[*number as usize]).map(key).collect();
    keys.sort_unstable();
    let number = |key: u128| if newest_first { u32::MAX - key as u32 } else { key as u32 };
    let siblings: Vec<u32> = keys.into_iter().map(number).collect();
    let mut below: Vec<Vec<ValueCount>> = vec![Vec::new(); tree.paths.len()];
    // Families in falling order of their parents: what is below a value is whole before the value is.
    let mut end = siblings.len();
    while end > 0 {
        let parent = tree.parents[siblings[end - 1] as usize];
        let first = siblings[..end].partition_point(|number| tree.parents[*number as usize].wrapping_add(1) < parent.wrapping_add(1));
        let family = siblings[first..end].iter().map(|number| {
            let at = *number as usize;
            let children = std::mem::take(&mut below[at]);
            ValueCount { children, ..node(&tree.paths[at], counts.of[at], counts.given[at]) }
        });
        let family: Vec<ValueCount> = family.collect();
        end = first;
        if parent == TOP {
            return with_unknown(tree, family, filter, newest_first, &node);
        }
        below[parent as usize] = family;
    }
    with_unknown(tree, Vec::new(), filter, newest_first, &node)
}

/// Adds the chosen values that no document has, at zero.
fn with_unknown(
    tree: &FacetTree,
    mut top: Vec<ValueCount>,
    filter: Option<&FacetFilter>,
    newest_first: bool,
    node: &dyn Fn(&str, u64, u64) -> ValueCount,
) -> Vec<ValueCount> {
    let unknown =
        filter.iter().flat_map(|f| f.include.iter().chain(&f.exclude)).filter(|path| tree.number(path).is_none() && *path != WITHOUT);
    let before = top.len();
    top.extend(unknown.map(|path| node(path, 0, 0)));
    if top.len() > before {
        top.sort_by(|a, b| if newest_first { b.value.cmp(&a.value) } else { b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)) });
        top.dedup_by(|a, b| a.value == b.value);
    }
    top
}
