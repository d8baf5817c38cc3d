//! Which pairs of reports are compared: those that a name, a place or a day brings together. The number of pairs grows
//! with the number of reports, not with its square.

use super::names::{Likeness, best_likeness};
use super::possible::is_possible;
use super::prepared::{Context, Row};
use super::span::Span;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Up to so many reports of a block all meet.
const SMALL: usize = 60;
/// Of a larger one, so many of a month.
const CROWD: usize = 120;
/// Otherwise each meets so many with which it shares most rare words and numbers,
const TOP: usize = 30;
/// and so many that are next to it by date and place.
const NEIGHBOURS: usize = 12;
/// A word of more reports of a block is passed over.
const FREQUENT: usize = 200;

/// Why reports are brought together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Name(String),
    Skeleton(String),
    Beginning(String),
    /// Of a quarter degree.
    Cell(i32, i32),
    /// Month and day; year and month.
    Day(i8, i8),
    Month(i16, i8),
    /// Of reports without a finer place.
    Area(String),
    /// Of all reports of a region; finer ones don't meet each other.
    Region(String),
}

fn keys(row: &Row) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for name in &row.names {
        keys.insert(Key::Name(name.folded.clone()));
        if name.folded.len() >= 4 {
            if name.skeleton.len() >= 3 {
                keys.insert(Key::Skeleton(name.skeleton.clone()));
            }
            keys.insert(Key::Beginning(name.folded[..4].to_string()));
        }
    }
    for (latitude, longitude) in &row.points {
        let (x, y) = ((latitude * 4.0).round() as i32, (longitude * 4.0).round() as i32);
        keys.extend((-1..=1).flat_map(|i| (-1..=1).map(move |j| Key::Cell(x + i, y + j))));
    }
    if let Some(date) = row.date {
        if date.is_short() {
            keys.extend((date.first..=date.last).map(|day| {
                let date = crate::date::PartialDate::from_days(day);
                Key::Day(date.month().unwrap_or(1), date.day().unwrap_or(1))
            }));
        }
        if date.is_within_month() && !date.yearless {
            let (year, month) = Span::month(date.first);
            keys.insert(Key::Month(year, month));
        }
    }
    let region = if row.region.is_empty() {
        "?".into()
    } else {
        row.region.clone()
    };
    if !row.has_site() {
        keys.insert(Key::Area(region.clone()));
    }
    keys.insert(Key::Region(region));
    keys
}

/// The pairs that are worth comparing, in order.
pub(super) fn candidates(context: &Context) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, row) in context.rows.iter().enumerate() {
        for key in keys(row) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for (key, block) in &blocks {
        let mut met = |x: usize, y: usize| {
            let pair = (x.min(y), x.max(y));
            let (Some(a), Some(b)) = (context.rows.get(pair.0), context.rows.get(pair.1)) else {
                return;
            };
            if pairs.contains(&pair) || !is_worth(key, a, b) || !is_possible(a, b) {
                return;
            }
            pairs.insert(pair);
        };
        meet(context, block, &mut met);
    }
    pairs.into_iter().collect()
}

/// Whether what brings two reports together is enough.
fn is_worth(key: &Key, a: &Row, b: &Row) -> bool {
    match key {
        Key::Area(_) | Key::Region(_) => !(a.has_site() && b.has_site()),
        Key::Month(..) => tells_place(a, b),
        // Names that begin otherwise may be spellings of one.
        Key::Day(..) => tells_place(a, b) || best_likeness(&a.names, &b.names) != Likeness::Different,
        _ => true,
    }
}

/// Whether one has no place, or tells that of the other.
fn tells_place(a: &Row, b: &Row) -> bool {
    a.main.is_empty() || b.main.is_empty() || b.folded.contains(&a.main) || a.folded.contains(&b.main)
}

/// Hands on the pairs of a block.
fn meet(context: &Context, block: &[usize], met: &mut dyn FnMut(usize, usize)) {
    if block.len() <= SMALL {
        return all_pairs(block, met);
    }
    let rows = &context.rows;
    let mut months: BTreeMap<(bool, i16, i8), Vec<usize>> = BTreeMap::new();
    let mut loose = Vec::new();
    for at in block {
        match rows
            .get(*at)
            .and_then(|row| row.date)
            .filter(|date| date.length() <= 62)
        {
            None => loose.push(*at),
            Some(date) => {
                let (first, last) = (date.first - 7, date.last + 7);
                let days = [first, i64::midpoint(first, last), last];
                let mut seen = BTreeSet::new();
                for day in days {
                    let (year, month) = Span::month(day);
                    seen.insert((true, 0, month));
                    if !date.yearless {
                        seen.insert((false, year, month));
                    }
                }
                for month in seen {
                    months.entry(month).or_default().push(*at);
                }
            }
        }
    }
    let yearless = |at: usize| {
        rows.get(at)
            .and_then(|row| row.date)
            .is_some_and(|date| date.yearless)
    };
    let words = Words::of(context, block);
    for ((any_year, ..), month) in &months {
        // Reports of a known year meet in the months of their year.
        let (without, with): (Vec<usize>, Vec<usize>) = month.iter().partition(|at| yearless(**at));
        match (any_year, month.len() <= CROWD) {
            (false, true) => all_pairs(month, met),
            (true, true) => {
                all_pairs(&without, met);
                without.iter().for_each(|x| with.iter().for_each(|y| met(*x, *y)));
            }
            (false, false) => crowd(context, month, met),
            (true, false) => without.iter().for_each(|at| words.nearest(*at, met)),
        }
    }
    loose.iter().for_each(|at| words.nearest(*at, met));
}

fn all_pairs(block: &[usize], met: &mut dyn FnMut(usize, usize)) {
    for (n, x) in block.iter().enumerate() {
        block.iter().take(n).for_each(|y| met(*x, *y));
    }
}

/// Many reports of one month and place, copies of one dispatch for the most part.
fn crowd(context: &Context, month: &[usize], met: &mut dyn FnMut(usize, usize)) {
    let words = Words::of(context, month);
    month.iter().for_each(|at| words.nearest(*at, met));
    let mut sorted = month.to_vec();
    sorted.sort_by_key(|at| {
        let row = &context.rows[*at];
        (
            row.date.map(|date| (date.first, date.last)),
            &row.main,
            row.killed,
            *at,
        )
    });
    for (n, x) in sorted.iter().enumerate() {
        sorted
            .iter()
            .skip(n + 1)
            .take(NEIGHBOURS)
            .for_each(|y| met(*x, *y));
    }
}

/// The rare words and numbers of a block's reports, and which of them have each.
struct Words {
    with: FxHashMap<u64, Vec<usize>>,
    of: FxHashMap<usize, Vec<u64>>,
}

impl Words {
    fn of(context: &Context, block: &[usize]) -> Self {
        let rare = (context.texts.len() / 20).max(5) as u32;
        let (mut with, mut of): (FxHashMap<u64, Vec<usize>>, FxHashMap<usize, Vec<u64>>) = Default::default();
        for at in block {
            let Some(row) = context.rows.get(*at) else {
                continue;
            };
            let words = row.words.iter().filter(|(word, _)| context.count(*word) <= rare);
            let mut terms: Vec<u64> = words.map(|(word, _)| u64::from(*word)).collect();
            terms.extend(
                row.numbers
                    .iter()
                    .filter(|n| **n > 4)
                    .map(|n| u64::from(*n) | 1 << 40),
            );
            terms
                .iter()
                .for_each(|term| with.entry(*term).or_default().push(*at));
            of.insert(*at, terms);
        }
        Self { with, of }
    }

    /// Hands on those that share most with a report.
    fn nearest(&self, at: usize, met: &mut dyn FnMut(usize, usize)) {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for term in self.of.get(&at).into_iter().flatten() {
            let Some(with) = self.with.get(term).filter(|with| with.len() <= FREQUENT) else {
                continue;
            };
            with.iter()
                .filter(|other| **other != at)
                .for_each(|other| *shared.entry(*other).or_default() += 1);
        }
        let mut best: Vec<(usize, usize)> = shared
            .into_iter()
            .map(|(other, n)| (usize::MAX - n, other))
            .collect();
        best.sort_unstable();
        best.into_iter().take(TOP).for_each(|(_, other)| met(at, other));
    }
}
