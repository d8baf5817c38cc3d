//! Which reports are of one event: of two articles that tell of the same attack, one may have other dead, another
//! spelling, no date.
//!
//! Depends on `french`, `date` and `error`: what is reported is handed in ([`Grouper::add`]). The design:
//!
//! | step | file |
//! |---|---|
//! | what is handed in | `report` |
//! | names, dates, numbers and words of each report and article | `names`, `span`, `numbers`, `text`, `prepared` |
//! | pairs that are worth comparing; their number grows with that of the reports | `candidates` |
//! | what can't be one event; reasons for and against each other pair | `possible`, `features`, `more_features` |
//! | their weights, a table that was learned from labels | `weights` |
//! | groups, of two levels | `clusters` |
//!
//! Reports are put into an order of their own first: groups don't depend on the order in which they were added.

mod candidates;
mod clusters;
mod features;
mod more_features;
pub mod names;
mod numbers;
mod possible;
mod prepared;
mod report;
mod span;
mod text;
pub mod weights;

use self::candidates::candidates;
use self::clusters::Clusters;
use self::features::reasons;
use self::prepared::{Context, Prepared, Row};
pub use self::report::{Article, Link, Report};
pub use self::weights::Weights;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BinaryHeap;

#[cfg(test)]
mod tests;

/// Reasons that are told of a join.
const TOLD: usize = 6;

/// A reason of less weight isn't told.
const LEAST: f64 = 0.25;

/// How sure it is that a report is of the event of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Same,
    Maybe,
}

impl Level {
    /// `same`, `maybe`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Maybe => "maybe",
        }
    }
}

/// A reason and what it weighs: log-odds, for a join above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    pub name: &'static str,
    pub weight: f64,
}

/// What put a report beside another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// The other report, by its number.
    pub with: usize,
    /// The log-odds that both are of one event.
    pub score: f64,
    /// The largest first.
    pub reasons: Vec<Reason>,
    /// Somebody said so.
    pub by_hand: bool,
}

/// A report in its group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its number: reports are counted as they were added, from 0.
    pub report: usize,
    pub level: Level,
    /// The id of the reports that are the same event for certain: that of the oldest of them.
    pub same: String,
    /// None of the oldest report.
    pub join: Option<Join>,
}

/// Reports that are, or may be, of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Made of its oldest report: newer ones don't change it.
    pub id: String,
    /// The oldest first.
    pub members: Vec<Member>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    /// By their oldest reports. Every report is in one.
    pub groups: Vec<Group>,
    /// Pairs that were compared.
    pub compared: usize,
    /// Decisions that found no such report, or joined what others part, by their number.
    pub unused: Vec<usize>,
}

/// Collects reports, then groups them.
#[derive(Debug, Default)]
pub struct Grouper(Prepared);

impl Grouper {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article and what it reports.
    pub fn add(&mut self, article: &Article<'_>, reports: Vec<Report>) {
        self.0.add(article, reports);
    }

    /// Groups what was added. What people decided goes before the weights; to part goes before to join.
    #[must_use]
    pub fn finish(self, weights: &Weights, links: &[Link]) -> Groups {
        self.finish_scored(weights, links, &|_, _, reasons| weights.score(reasons))
    }

    /// The same with a score of one's own for each pair of reports, by their numbers: where weights are tried that were
    /// learned without these reports.
    #[must_use]
    pub fn finish_scored(
        self,
        weights: &Weights,
        links: &[Link],
        score: &dyn Fn(usize, usize, &weights::Reasons) -> f64,
    ) -> Groups {
        let (context, numbers) = sorted(self.0);
        let pairs = candidates(&context);
        let weigh =
            |&(i, j): &(usize, usize)| ((i, j), score(numbers[i], numbers[j], &reasons(&context, i, j)));
        let scores: FxHashMap<(usize, usize), f64> = pairs.iter().map(weigh).collect();
        let mut clusters = Clusters::new(&context, weights, scores);
        let (by_hand, unused) = decide(&numbers, &mut clusters, links);
        clusters.join_told_twice();
        clusters.join_all(weights.same);
        let same = clusters.group.clone();
        clusters.join_all(weights.maybe);
        let outcome = Outcome {
            context: &context,
            weights,
            clusters: &clusters,
            ids: ids(&context.rows),
            same,
            by_hand,
            numbers,
        };
        Groups {
            groups: clusters
                .members()
                .into_iter()
                .map(|rows| outcome.group(&rows))
                .collect(),
            compared: pairs.len(),
            unused,
        }
    }

    /// The reasons of every pair that is compared, with the numbers of the two reports: what weights are learned from.
    #[must_use]
    pub fn pairs(self) -> Vec<(usize, usize, weights::Reasons)> {
        let (context, numbers) = sorted(self.0);
        let pairs = candidates(&context);
        let reasons = |(i, j): (usize, usize)| (numbers[i], numbers[j], reasons(&context, i, j));
        pairs.into_iter().map(reasons).collect()
    }
}

/// The rows by publication, and the number of each.
fn sorted(mut prepared: Prepared) -> (Context, Vec<usize>) {
    let mut rows: Vec<(usize, Row)> = std::mem::take(&mut prepared.rows)
        .into_iter()
        .enumerate()
        .collect();
    rows.sort_by(|(_, a), (_, b)| {
        let key = |row: &Row| (row.page.is_none(), row.page.map(|page| (page.first, page.last)));
        let more = |row: &Row| (row.start, row.edtf, row.killed, row.wounded, row.abducted);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.document.cmp(&b.document))
            .then_with(|| more(a).cmp(&more(b)))
            .then_with(|| (&a.place, &a.folded).cmp(&(&b.place, &b.folded)))
    });
    let (numbers, rows) = rows.into_iter().unzip();
    prepared.rows = rows;
    (Context::new(prepared), numbers)
}

/// Follows decisions; gives the pairs that were joined, and the decisions that came to nothing. `numbers`: of each row.
fn decide(
    numbers: &[usize],
    clusters: &mut Clusters<'_>,
    links: &[Link],
) -> (FxHashSet<(usize, usize)>, Vec<usize>) {
    let (mut joined, mut unused) = (FxHashSet::default(), Vec::new());
    if links.is_empty() {
        return (joined, unused);
    }
    let rows: FxHashMap<usize, usize> = (0..).zip(numbers).map(|(row, number)| (*number, row)).collect();
    let row = |number: usize| rows.get(&number).copied();
    let pair = |one: usize, other: usize| {
        let pair = row(one).zip(row(other));
        pair.filter(|(x, y)| x != y).map(|(x, y)| (x.min(y), x.max(y)))
    };
    let of_kind = |is_join: bool| {
        let links = links.iter().enumerate();
        links.filter(move |(_, link)| matches!(link, Link::Join(..)) == is_join)
    };
    for (number, link) in of_kind(false).chain(of_kind(true)) {
        let is_used = match *link {
            Link::Alone(one) => row(one).map(|x| clusters.keep_alone(x)).is_some(),
            Link::Part(one, other) => {
                let pair = pair(one, other);
                pair.map(|(x, y)| clusters.keep_apart(x, y)).is_some()
            }
            Link::Join(one, other) => {
                let pair = pair(one, other).filter(|(x, y)| clusters.join_by_hand(*x, *y));
                joined.extend(pair);
                pair.is_some()
            }
        };
        unused.extend((!is_used).then_some(number));
    }
    unused.sort_unstable();
    (joined, unused)
}

/// An id for each row: the same however many others there are.
fn ids(rows: &[Row]) -> Vec<String> {
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    let id = |row: &Row| {
        let date = row.edtf.map_or_else(String::new, |date| date.to_string());
        let text = format!("{}\n{}\n{date}", row.document, row.main);
        let hash = blake3::hash(text.as_bytes()).to_hex();
        let short = hash.get(..10).unwrap_or_default();
        let time = times.entry(short.to_string()).or_default();
        *time += 1;
        match *time {
            1 => format!("e{short}"),
            n => format!("e{short}-{n}"),
        }
    };
    rows.iter().map(id).collect()
}

struct Outcome<'o> {
    context: &'o Context,
    weights: &'o Weights,
    clusters: &'o Clusters<'o>,
    ids: Vec<String>,
    /// The first row that is the same event for certain, of each row.
    same: Vec<usize>,
    by_hand: FxHashSet<(usize, usize)>,
    /// The number of each row as they were added.
    numbers: Vec<usize>,
}

impl Outcome<'_> {
    /// A group of these rows.
    fn group(&self, rows: &[usize]) -> Group {
        let mut sizes: FxHashMap<usize, usize> = FxHashMap::default();
        rows.iter()
            .for_each(|row| *sizes.entry(self.same[*row]).or_default() += 1);
        // Of several that are as large the oldest.
        let core = sizes
            .into_iter()
            .max_by_key(|(first, size)| (*size, std::cmp::Reverse(*first)));
        let mut joins = self.joins(rows);
        let member = |row: &usize| Member {
            report: self.numbers[*row],
            level: match core {
                Some((core, _)) if core != self.same[*row] => Level::Maybe,
                _ => Level::Same,
            },
            same: self.ids[self.same[*row]].clone(),
            join: joins.remove(row),
        };
        Group {
            id: rows
                .first()
                .map_or_else(String::new, |row| self.ids[*row].clone()),
            members: rows.iter().map(member).collect(),
        }
    }

    /// What each row but the first was joined by: from the first on, the largest weight that leads to another one.
    fn joins(&self, rows: &[usize]) -> FxHashMap<usize, Join> {
        let mut joins = FxHashMap::default();
        let Some(first) = rows.first() else { return joins };
        let mut edges: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (n, x) in rows.iter().enumerate() {
            for y in &rows[n + 1..] {
                if self.by_hand.contains(&(*x, *y)) || self.clusters.score(*x, *y).is_some() {
                    edges.entry(*x).or_default().push(*y);
                    edges.entry(*y).or_default().push(*x);
                }
            }
        }
        let mut reached = FxHashSet::from_iter([*first]);
        let mut heap = BinaryHeap::new();
        let mut next = Some(*first);
        while let Some(row) = next {
            for other in edges
                .get(&row)
                .into_iter()
                .flatten()
                .filter(|other| !reached.contains(*other))
            {
                let pair = (row.min(*other), row.max(*other));
                let score = self.clusters.score(row, *other).unwrap_or_default();
                // Weights are compared as whole numbers; they have six decimals.
                let rank = (self.by_hand.contains(&pair), (score * 1e6) as i64);
                heap.push((rank, std::cmp::Reverse((*other, row))));
            }
            next = None;
            while let Some((_, std::cmp::Reverse((other, from)))) = heap.pop() {
                if reached.insert(other) {
                    joins.insert(other, self.join(other, from));
                    next = Some(other);
                    break;
                }
            }
        }
        joins
    }

    fn join(&self, row: usize, with: usize) -> Join {
        let pair = (row.min(with), row.max(with));
        let found = reasons(self.context, pair.0, pair.1);
        let weighed = found
            .iter()
            .filter(|(name, _)| *name != "bias")
            .map(|(name, strength)| Reason {
                name,
                weight: self.weights.of(name) * strength,
            });
        let mut weighed: Vec<Reason> = weighed.filter(|reason| reason.weight.abs() >= LEAST).collect();
        weighed.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.name.cmp(b.name)));
        weighed.truncate(TOLD);
        Join {
            with: self.numbers[with],
            score: self.weights.score(&found),
            reasons: weighed,
            by_hand: self.by_hand.contains(&pair),
        }
    }
}
