//! Counts of a facet as the tree of values that is shown.

use crate::search::facet::counts::{Counts, FacetFilter, WITHOUT};
use crate::search::facet::tree::{FacetTree, TOP};
use crate::search::response::facets::ValueCount;

/// Turns counts into a tree: values that count something or are chosen, the most frequent first, then by
/// name. `newest_first` orders by path downwards instead (months). `shown` gives a path its form.
pub fn value_tree(
    tree: &FacetTree,
    counts: &Counts,
    filter: Option<&FacetFilter>,
    newest_first: bool,
    shown: &dyn Fn(&str) -> String,
) -> Vec<ValueCount> {
    let chosen = |path: &str, among: fn(&FacetFilter) -> &Vec<String>| {
        filter.is_some_and(|f| among(f).iter().any(|p| p == path))
    };
    let node = |path: &str, count: u64, given: u64| {
        let (selected, excluded) = (chosen(path, |f| &f.include), chosen(path, |f| &f.exclude));
        ValueCount {
            value: shown(path),
            count,
            given,
            selected,
            excluded,
            children: Vec::new(),
        }
    };
    let siblings = in_order(tree, counts, &kept(tree, counts, filter), newest_first);
    let mut below: Vec<Vec<ValueCount>> = vec![Vec::new(); tree.paths.len()];
    // Families in falling order of their parents: what is below a value is whole before the value is.
    let mut end = siblings.len();
    while end > 0 {
        let parent = tree.parents[siblings[end - 1] as usize];
        let first = siblings[..end].partition_point(|number| {
            tree.parents[*number as usize].wrapping_add(1) < parent.wrapping_add(1)
        });
        let family = siblings[first..end].iter().map(|number| {
            let at = *number as usize;
            let children = std::mem::take(&mut below[at]);
            ValueCount {
                children,
                ..node(&tree.paths[at], counts.of[at], counts.given[at])
            }
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

/// Which values are shown: those that count something or are chosen, and what lies above them.
fn kept(tree: &FacetTree, counts: &Counts, filter: Option<&FacetFilter>) -> Vec<bool> {
    let mut kept: Vec<bool> = counts.of.iter().map(|count| *count > 0).collect();
    kept.resize(tree.paths.len(), false);
    for number in filter
        .iter()
        .flat_map(|f| f.include.iter().chain(&f.exclude))
        .filter_map(|path| tree.number(path))
    {
        let mut at = number;
        while at != TOP {
            kept[at as usize] = true;
            at = tree.parents[at as usize];
        }
    }
    kept
}

/// The numbers of the values that are kept, siblings beside each other, each family in its order (of names,
/// that of the tree).
fn in_order(tree: &FacetTree, counts: &Counts, kept: &[bool], newest_first: bool) -> Vec<u32> {
    // One number a value to sort by.
    let key = |number: u32| {
        let parent = tree.parents[number as usize].wrapping_add(1);
        let (count, number) = if newest_first {
            (0, u32::MAX - number)
        } else {
            (u32::MAX - counts.of[number as usize] as u32, number)
        };
        u128::from(parent) << 64 | u128::from(count) << 32 | u128::from(number)
    };
    let mut keys: Vec<u128> = (0..tree.paths.len() as u32)
        .filter(|number| kept[*number as usize])
        .map(key)
        .collect();
    keys.sort_unstable();
    let number = |key: u128| {
        if newest_first {
            u32::MAX - key as u32
        } else {
            key as u32
        }
    };
    keys.into_iter().map(number).collect()
}

/// Adds the chosen values that no document has, at zero.
fn with_unknown(
    tree: &FacetTree,
    mut top: Vec<ValueCount>,
    filter: Option<&FacetFilter>,
    newest_first: bool,
    node: &dyn Fn(&str, u64, u64) -> ValueCount,
) -> Vec<ValueCount> {
    let unknown = filter
        .iter()
        .flat_map(|f| f.include.iter().chain(&f.exclude))
        .filter(|path| tree.number(path).is_none() && *path != WITHOUT);
    let before = top.len();
    top.extend(unknown.map(|path| node(path, 0, 0)));
    if top.len() > before {
        top.sort_by(|a, b| {
            if newest_first {
                b.value.cmp(&a.value)
            } else {
                b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value))
            }
        });
        top.dedup_by(|a, b| a.value == b.value);
    }
    top
}
