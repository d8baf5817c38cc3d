//! Counting all facets in one pass, each under the filters of the OTHERS (drill sideways): choosing Gao must not
//! turn Mopti's count to zero.
//!
//! The pass runs over the query without facet filters. A document that fails no filter counts for every facet; one
//! that fails only the filter of facet F counts for F alone; any other counts for none. A parent counts each of
//! its documents once.

use super::facet_tree::{FacetTree, TOP};
use crate::error::Result;
use crate::index::Fields;
use crate::index::fields::column;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

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
    fn passes(&self, values: &[u32]) -> bool {
        if values.is_empty() {
            return (self.include.is_none() || self.include_without) && !self.exclude_without;
        }
        self.include.as_ref().is_none_or(|marked| values.iter().any(|v| marked[*v as usize]))
            && self.exclude.as_ref().is_none_or(|marked| !values.iter().any(|v| marked[*v as usize]))
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

/// The collector. Its fruit has the counts in the order of the trees, and the number of documents that pass all
/// filters.
pub struct FacetCounter {
    trees: Vec<Arc<FacetTree>>,
    filters: Vec<Option<NumberFilter>>,
    /// Which trees are wanted; the others only filter.
    wanted: Vec<bool>,
    /// Of each tree's facet, its bit in the column `given`.
    bits: Vec<u64>,
}

impl FacetCounter {
    pub fn new(fields: &Fields, trees: Vec<Arc<FacetTree>>, filters: &[FacetFilter], wanted: &dyn Fn(&str) -> bool) -> Self {
        let marks = |tree: &FacetTree, paths: &Vec<String>| (!paths.is_empty()).then(|| tree.under(paths));
        let on = |tree: &Arc<FacetTree>| {
            let filter = filters.iter().find(|f| f.facet == tree.facet)?;
            let without = |paths: &[String]| paths.iter().any(|path| path == WITHOUT);
            Some(NumberFilter {
                include: marks(tree, &filter.include),
                exclude: marks(tree, &filter.exclude),
                include_without: without(&filter.include),
                exclude_without: without(&filter.exclude),
            })
        };
        let filters = trees.iter().map(on).collect();
        let wanted = trees.iter().map(|tree| wanted(&tree.facet)).collect();
        let bits = trees.iter().map(|tree| fields.given_bit(&tree.facet)).collect();
        Self { trees, filters, wanted, bits }
    }
}

impl Collector for FacetCounter {
    type Fruit = (Vec<Counts>, u64);
    type Child = SegmentCounter;

    fn for_segment(&self, segment_ord: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let mut facets = Vec::with_capacity(self.trees.len());
        for (((tree, filter), wanted), bit) in self.trees.iter().zip(&self.filters).zip(&self.wanted).zip(&self.bits) {
            facets.push(SegmentFacet {
                column: segment.fast_fields().str(&tree.facet)?,
                tree: Arc::clone(tree),
                segment: segment_ord as usize,
                filter: filter.clone(),
                wanted: *wanted,
                bit: *bit,
                all: Sums::new(tree.paths.len()),
                given: Sums::new(tree.paths.len()),
                without: 0,
                values: Vec::new(),
                lineage: Vec::new(),
            });
        }
        // Most archives give no values: their segments needn't be asked about each document.
        let given = segment.fast_fields().u64(column::GIVEN).ok().filter(|given| given.max_value() > 0);
        Ok(SegmentCounter { facets, given, passed: 0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<(Vec<Counts>, u64)>) -> tantivy::Result<(Vec<Counts>, u64)> {
        let zeros = |tree: &Arc<FacetTree>| vec![0; tree.paths.len()];
        let mut all: Vec<Counts> = self.trees.iter().map(|tree| Counts { of: zeros(tree), given: zeros(tree), without: 0 }).collect();
        let mut total = 0;
        for (counts, passed) in fruits {
            total += passed;
            for (sum, part) in all.iter_mut().zip(counts) {
                sum.without += part.without;
                sum.of.iter_mut().zip(part.of).for_each(|(a, b)| *a += b);
                sum.given.iter_mut().zip(part.given).for_each(|(a, b)| *a += b);
            }
        }
        Ok((all, total))
    }
}

/// Documents by value.
struct Sums {
    /// Documents with this single value: their ancestors are added at the end, once a value instead of once a
    /// document.
    singles: Vec<u64>,
    /// Documents with several values, counted for each value and ancestor once.
    multiples: Vec<u64>,
}

impl Sums {
    fn new(values: usize) -> Self {
        Self { singles: vec![0; values], multiples: vec![0; values] }
    }

    fn finish(mut self, parents: &[u32]) -> Vec<u64> {
        // Children come after their parents: going backwards, each adds its sum to its parent's.
        for at in (0..self.singles.len()).rev() {
            let parent = parents[at];
            if parent != TOP {
                self.singles[parent as usize] += self.singles[at];
            }
        }
        self.singles.iter().zip(&self.multiples).map(|(a, b)| a + b).collect()
    }
}

struct SegmentFacet {
    tree: Arc<FacetTree>,
    segment: usize,
    column: Option<StrColumn>,
    filter: Option<NumberFilter>,
    wanted: bool,
    bit: u64,
    all: Sums,
    given: Sums,
    without: u64,
    /// The current document's values.
    values: Vec<u32>,
    lineage: Vec<u32>,
}

impl SegmentFacet {
    fn load(&mut self, doc: DocId) {
        self.values.clear();
        if let Some(column) = &self.column {
            let numbers = &self.tree.segments[self.segment];
            self.values.extend(column.ords().values_for_doc(doc).map(|ord| numbers[ord as usize]));
        }
    }

    fn passes(&self) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.passes(&self.values))
    }

    /// `given`: the bits of the facets whose values came with the document.
    fn count(&mut self, given: u64) {
        let given = given & self.bit != 0;
        match self.values[..] {
            [] => self.without += 1,
            [one] => {
                self.all.singles[one as usize] += 1;
                self.given.singles[one as usize] += u64::from(given);
            }
            _ => {
                self.lineage.clear();
                for value in &self.values {
                    let mut at = *value;
                    while at != TOP && !self.lineage.contains(&at) {
                        self.lineage.push(at);
                        at = self.tree.parents[at as usize];
                    }
                }
                for value in &self.lineage {
                    self.all.multiples[*value as usize] += 1;
                    self.given.multiples[*value as usize] += u64::from(given);
                }
            }
        }
    }

    fn finish(self) -> Counts {
        let parents = &self.tree.parents;
        Counts { of: self.all.finish(parents), given: self.given.finish(parents), without: self.without }
    }
}

/// Counts one segment.
pub struct SegmentCounter {
    facets: Vec<SegmentFacet>,
    given: Option<Column<u64>>,
    passed: u64,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = (Vec<Counts>, u64);

    fn collect(&mut self, doc: DocId, _score: Score) {
        let given = self.given.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
        let mut failed = None;
        for (at, facet) in self.facets.iter_mut().enumerate() {
            if !facet.wanted && facet.filter.is_none() {
                continue;
            }
            facet.load(doc);
            if !facet.passes() {
                if failed.is_some() {
                    return;
                }
                failed = Some(at);
            }
        }
        match failed {
            None => {
                self.passed += 1;
                self.facets.iter_mut().filter(|f| f.wanted).for_each(|facet| facet.count(given));
            }
            // The loop above has loaded every facet, the failed one too.
            Some(at) if self.facets[at].wanted => self.facets[at].count(given),
            Some(_) => {}
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.facets.into_iter().map(SegmentFacet::finish).collect(), self.passed)
    }
}

/// A facet's value with its count, as shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ValueCount {
    /// Path with `/` (months as `2024-03`).
    pub value: String,
    pub label: String,
    pub count: u64,
    /// Of these, articles whose values of the facet came with them; the others' are derived from the text.
    pub given: u64,
    pub selected: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
    pub children: Vec<ValueCount>,
}

/// Turns counts into a tree: values that count something or are chosen, the most frequent first, then by name.
/// `newest_first` orders by path downwards instead (months).
pub fn value_tree(
    tree: &FacetTree,
    counts: &Counts,
    filter: Option<&FacetFilter>,
    newest_first: bool,
    label: &dyn Fn(&str) -> (String, String),
) -> Result<Vec<ValueCount>> {
    let chosen = |path: &String, among: fn(&FacetFilter) -> &Vec<String>| filter.is_some_and(|f| among(f).contains(path));
    let mut nodes: Vec<Option<ValueCount>> = Vec::with_capacity(tree.paths.len());
    for ((path, count), given) in tree.paths.iter().zip(&counts.of).zip(&counts.given) {
        let (selected, excluded) = (chosen(path, |f| &f.include), chosen(path, |f| &f.exclude));
        let (value, label) = label(path);
        nodes.push(Some(ValueCount { value, label, count: *count, given: *given, selected, excluded, children: Vec::new() }));
    }
    let mut top = Vec::new();
    for at in (0..nodes.len()).rev() {
        let Some(mut node) = nodes[at].take() else { continue };
        sort(&mut node.children, newest_first);
        if node.count == 0 && !node.selected && !node.excluded && node.children.is_empty() {
            continue;
        }
        match tree.parents[at] {
            TOP => top.push(node),
            parent => {
                if let Some(parent) = nodes[parent as usize].as_mut() {
                    parent.children.push(node);
                }
            }
        }
    }
    // A chosen value that no document has is shown all the same, at zero.
    for path in filter.iter().flat_map(|f| f.include.iter().chain(&f.exclude)) {
        if tree.number(path).is_none() && path != WITHOUT {
            let (value, label) = label(path);
            let selected = chosen(path, |f| &f.include);
            top.push(ValueCount { value, label, count: 0, given: 0, selected, excluded: !selected, children: Vec::new() });
        }
    }
    sort(&mut top, newest_first);
    Ok(top)
}

fn sort(values: &mut [ValueCount], newest_first: bool) {
    if newest_first {
        values.sort_by(|a, b| b.value.cmp(&a.value));
    } else {
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
}
