//! Looking for a value among the thousands of a facet, by any spelling, and showing only the first of them.

use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::query::months_of;
use crate::search::facet::declared::{declared, is_month, shown_path};
use crate::search::local::LocalEngine;
use crate::search::response::facets::ValueCount;
use std::collections::BTreeSet;

/// Letters from which a word may be typed with one wrong, and with two.
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 8;

/// The values of a facet that `typed` may mean, as shown, whatever a query finds: those that the lexicon
/// knows under that name or alias, and those in whose last level each word typed begins a word, accents and
/// case ignored; months by date. If there are none, those with words that differ by a letter, by two in long
/// ones.
///
/// # Errors
/// [`crate::Error::NoSuchFacet`], or what a damaged index or broken lexicons give.
pub fn find_values(engine: &LocalEngine, facet: &str, typed: &str) -> Result<Vec<String>> {
    let fields = &engine.reader.fields;
    let facet = &declared(fields, facet)?.name;
    let tree = engine.tree(facet)?;
    let known = engine.reader.facets()?.resolve(facet, typed);
    let months = if is_month(fields, facet) {
        months_of(typed)
    } else {
        None
    };
    let wanted = words(typed);
    let begins = |label: &[String]| {
        !wanted.is_empty()
            && wanted
                .iter()
                .all(|w| label.iter().any(|l| l.starts_with(w.as_str())))
    };
    let close =
        |label: &[String]| !wanted.is_empty() && wanted.iter().all(|w| label.iter().any(|l| near(w, l)));
    let found = |fits: &dyn Fn(&[String]) -> bool| -> Vec<String> {
        let within = |path: &String| {
            months.as_ref().is_some_and(|m| {
                path.contains('/')
                    && m.from.as_ref().is_none_or(|from| from <= path)
                    && m.to.as_ref().is_none_or(|to| path <= to)
            })
        };
        let label = |path: &String| words(FacetPath::new(path).label());
        let fits =
            |path: &&String| known.contains(*path) || within(path) || months.is_none() && fits(&label(path));
        tree.paths
            .iter()
            .filter(fits)
            .map(|path| shown_path(fields, facet, path))
            .collect()
    };
    let exactly = found(&begins);
    Ok(if exactly.is_empty() {
        found(&close)
    } else {
        exactly
    })
}

/// Only the values in `found`, each with what lies above and below it; at zero those that the counts don't
/// have.
pub fn only(values: Vec<ValueCount>, found: &[String]) -> Vec<ValueCount> {
    let wanted: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let above: BTreeSet<&str> = found
        .iter()
        .flat_map(|path| ends(path).map(|at| &path[..at]))
        .collect();
    let mut kept = values;
    // Levels are walked by hand: values given as metadata may lie as deep as they like.
    let mut levels: Vec<&mut Vec<ValueCount>> = vec![&mut kept];
    while let Some(level) = levels.pop() {
        level.retain(|v| wanted.contains(v.value.as_str()) || above.contains(v.value.as_str()));
        levels.extend(
            level
                .iter_mut()
                .filter(|v| !wanted.contains(v.value.as_str()))
                .map(|v| &mut v.children),
        );
    }
    found.iter().for_each(|path| add_at_zero(&mut kept, path));
    kept
}

/// Where the levels of a path end: at `/`, in months at `-`.
fn ends(path: &str) -> impl Iterator<Item = usize> {
    let month = path.len() == 7
        && path.as_bytes()[4] == b'-'
        && path.bytes().all(|b| b == b'-' || b.is_ascii_digit());
    let between = if month { '-' } else { '/' };
    path.match_indices(between).map(|(at, _)| at).chain([path.len()])
}

/// Adds a value, and what lies above it, where the counts don't have it.
fn add_at_zero(values: &mut Vec<ValueCount>, path: &str) {
    let mut level = values;
    for end in ends(path) {
        let at = level
            .iter()
            .position(|v| v.value == path[..end])
            .unwrap_or_else(|| {
                level.push(ValueCount::zero(path[..end].to_string()));
                level.len() - 1
            });
        level = &mut level[at].children;
    }
}

/// Cuts each level to its first `most` values, and those that are chosen or hold one; how many were left out.
pub fn first(values: &mut Vec<ValueCount>, most: usize) -> usize {
    let mut left_out = 0;
    let mut levels: Vec<&mut Vec<ValueCount>> = vec![values];
    while let Some(level) = levels.pop() {
        let before = level.len();
        let mut at = 0;
        level.retain(|value| {
            at += 1;
            at <= most || value.holds_chosen()
        });
        left_out += before - level.len();
        levels.extend(level.iter_mut().map(|v| &mut v.children));
    }
    left_out
}

/// Orders each level by name instead of number.
pub fn by_name(values: &mut Vec<ValueCount>) {
    let mut levels: Vec<&mut Vec<ValueCount>> = vec![values];
    while let Some(level) = levels.pop() {
        level.sort_by_cached_key(|v| (fold(v.label()), v.value.clone()));
        levels.extend(level.iter_mut().map(|v| &mut v.children));
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_string)
        .collect()
}

/// Whether two words differ by so few letters as a slip does; a transposition is two.
fn near(typed: &str, word: &str) -> bool {
    let (typed, word): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    let slips = match typed.len() {
        TWO_SLIPS.. => 2,
        ONE_SLIP.. => 1,
        _ => return false,
    };
    if typed.len().abs_diff(word.len()) > slips {
        return false;
    }
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, a) in typed.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in word.iter().enumerate() {
            let next = (diagonal + usize::from(a != b))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[word.len()] <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str, count: u64, children: Vec<ValueCount>) -> ValueCount {
        ValueCount {
            count,
            children,
            ..ValueCount::zero(path.into())
        }
    }

    #[test]
    fn slips_are_few() {
        assert!(near("tombouctu", "tombouctou") && near("menaca", "menaka"));
        assert!(!near("gao", "gac") && !near("menaka", "mopti") && !near("kidal", "kidnap"));
    }

    #[test]
    fn what_is_found_keeps_its_place_and_what_is_chosen_stays() {
        let mali = || {
            value(
                "Mali",
                5,
                vec![
                    value("Mali/Mopti", 3, vec![value("Mali/Mopti/Djenné", 1, vec![])]),
                    value("Mali/Gao", 2, vec![]),
                ],
            )
        };
        let kept = only(
            vec![mali(), value("Niger", 1, vec![])],
            &["Mali/Mopti".into(), "Mali/Kayes".into(), "Tchad".into()],
        );
        let shown: Vec<(&str, u64)> = kept.iter().map(|v| (v.value.as_str(), v.count)).collect();
        assert_eq!(shown, [("Mali", 5), ("Tchad", 0)]);
        let below: Vec<(&str, usize)> = kept[0]
            .children
            .iter()
            .map(|v| (v.label(), v.children.len()))
            .collect();
        assert_eq!(
            below,
            [("Mopti", 1), ("Kayes", 0)],
            "what lies below stays, what was not counted is there at zero"
        );

        let mut values = vec![
            mali(),
            value("Niger", 1, vec![]),
            ValueCount {
                selected: true,
                ..ValueCount::zero("Tchad".into())
            },
        ];
        assert_eq!(first(&mut values, 1), 2, "Gao and Niger");
        assert_eq!(
            values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>(),
            ["Mali", "Tchad"]
        );

        let mut values = vec![mali(), value("Égypte", 1, vec![])];
        by_name(&mut values);
        assert_eq!(
            (values[0].label(), values[1].children[0].label()),
            ("Égypte", "Gao")
        );
    }
}
