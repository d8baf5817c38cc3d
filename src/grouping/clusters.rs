//! From weighed pairs to groups: two groups are joined where the mean weight of all pairs between them is high enough,
//! none of these pairs is impossible, and no article reports both. So a chain of reports, each like the next, doesn't
//! become one event.

use super::features::reasons;
use super::possible::is_possible;
use super::prepared::{Context, Row};
use super::weights::Weights;
use rustc_hash::{FxHashMap, FxHashSet};

/// Members of a group that are compared with those of another.
const COMPARED: usize = 16;

/// From so many members on, pairs that nothing brought together are weighed too: in a crowd that is for want of time.
const MANY: usize = 8;

/// Whether a row of an area tells of what another row of its article tells of a place in it: the same day, as many dead.
fn is_told_again(area: &Row, finer: &Row) -> bool {
    let is_area = (area.is_area || area.is_country) && !area.main.is_empty();
    let is_within = finer.region == area.region || finer.region.starts_with(&format!("{}/", area.region));
    let is_short = area.date.is_some_and(|date| date.is_short());
    let has_toll = area.killed.is_some_and(|n| n > 1);
    is_area
        && finer.has_site()
        && is_within
        && (is_short && area.edtf == finer.edtf)
        && (has_toll && area.killed == finer.killed)
}

/// Rows put together step by step.
pub(super) struct Clusters<'c> {
    context: &'c Context,
    weights: &'c Weights,
    /// Of pairs, the smaller row first.
    scores: FxHashMap<(usize, usize), f64>,
    /// The group of each row: its smallest row.
    pub group: Vec<usize>,
    members: FxHashMap<usize, Vec<usize>>,
    articles: FxHashMap<usize, FxHashSet<usize>>,
    apart: FxHashMap<usize, Vec<usize>>,
    /// Groups that nothing is joined with any more but by hand.
    alone: FxHashSet<usize>,
    /// Groups in which somebody joined what may look impossible.
    by_hand: FxHashSet<usize>,
    /// Rows that tell again, of an area, what their article tells of a place in it: they follow that row.
    again: FxHashSet<usize>,
}

impl<'c> Clusters<'c> {
    pub fn new(context: &'c Context, weights: &'c Weights, scores: FxHashMap<(usize, usize), f64>) -> Self {
        let rows = 0..context.rows.len();
        Self {
            context,
            weights,
            scores,
            group: rows.clone().collect(),
            members: rows.clone().map(|row| (row, vec![row])).collect(),
            articles: rows
                .map(|row| (row, FxHashSet::from_iter([context.rows[row].article])))
                .collect(),
            apart: FxHashMap::default(),
            alone: FxHashSet::default(),
            by_hand: FxHashSet::default(),
            again: FxHashSet::default(),
        }
    }

    /// Two rows that somebody said are of two events.
    pub fn keep_apart(&mut self, one: usize, other: usize) {
        self.apart.entry(one).or_default().push(other);
        self.apart.entry(other).or_default().push(one);
    }

    /// A row that somebody said is of an event of its own.
    pub fn keep_alone(&mut self, row: usize) {
        self.alone.insert(self.group[row]);
    }

    /// Two rows that somebody said are of one event; gives whether that was possible.
    pub fn join_by_hand(&mut self, one: usize, other: usize) -> bool {
        let (g, h) = (self.group[one], self.group[other]);
        if g != h && self.are_kept_apart(g, h) {
            return false;
        }
        self.join(g, h);
        self.by_hand.insert(g.min(h));
        true
    }

    /// Joins what one article tells twice: of a place, and of an area that it lies in.
    pub fn join_told_twice(&mut self) {
        let rows = &self.context.rows;
        let mut twice: Vec<(usize, usize)> = Vec::new();
        for of_article in &self.context.of_article {
            for area in of_article {
                let finer = of_article
                    .iter()
                    .find(|at| is_told_again(&rows[*area], &rows[**at]));
                twice.extend(finer.map(|finer| (*finer, *area)));
            }
        }
        for (finer, area) in twice {
            let (g, h) = (self.group[finer], self.group[area]);
            if self.are_kept_apart(g, h) {
                continue;
            }
            let pair = (finer.min(area), finer.max(area));
            let score = self.weights.score(&reasons(self.context, pair.0, pair.1));
            self.scores.insert(pair, score);
            self.again.insert(area);
            self.join(g, h);
        }
    }

    /// Joins what has a mean weight above `cut`, pairs of the largest weight first.
    pub fn join_all(&mut self, cut: f64) {
        let above = self.scores.iter().filter(|(_, score)| **score > cut);
        let mut todo: Vec<(f64, usize, usize)> = above.map(|((i, j), score)| (*score, *i, *j)).collect();
        todo.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        // What couldn't be joined at first may be when its neighbours are there.
        for _ in 0..2 {
            for (_, i, j) in &todo {
                let (g, h) = (self.group[*i], self.group[*j]);
                if g != h && self.mean(g, h).is_some_and(|mean| mean > cut) {
                    self.join(g, h);
                }
            }
        }
    }

    fn join(&mut self, g: usize, h: usize) {
        let (kept, gone) = (g.min(h), g.max(h));
        if kept == gone {
            return;
        }
        let (moved, articles) = (
            self.members.remove(&gone).unwrap_or_default(),
            self.articles.remove(&gone).unwrap_or_default(),
        );
        moved.iter().for_each(|row| self.group[*row] = kept);
        for marked in [&mut self.by_hand, &mut self.alone] {
            if marked.remove(&gone) {
                marked.insert(kept);
            }
        }
        let members = self.members.entry(kept).or_default();
        members.extend(moved);
        members.sort_unstable();
        self.articles.entry(kept).or_default().extend(articles);
    }

    fn is_alone(&self, g: usize, h: usize) -> bool {
        self.alone.contains(&g) || self.alone.contains(&h)
    }

    fn are_kept_apart(&self, g: usize, h: usize) -> bool {
        let members = self.members.get(&g).into_iter().flatten();
        let apart = members.filter_map(|row| self.apart.get(row)).flatten();
        !self.apart.is_empty() && { apart }.any(|other| self.group[*other] == h)
    }

    /// The mean weight of the pairs between two groups; none where they can't be one.
    fn mean(&mut self, g: usize, h: usize) -> Option<f64> {
        let (one, two) = (self.articles.get(&g)?, self.articles.get(&h)?);
        if !one.is_disjoint(two) || self.is_alone(g, h) || self.are_kept_apart(g, h) {
            return None;
        }
        let first = |group: usize| -> Option<Vec<usize>> {
            let members = self.members.get(&group)?.iter().copied();
            Some(
                members
                    .filter(|row| !self.again.contains(row))
                    .take(COMPARED)
                    .collect(),
            )
        };
        let (one, two) = (first(g)?, first(h)?);
        // What agrees with one of two reports that somebody joined needn't agree with the other.
        let is_by_hand = self.by_hand.contains(&g) || self.by_hand.contains(&h);
        let is_crowd = one.len().max(two.len()) > MANY;
        let mut sum = 0.0;
        for x in &one {
            for y in &two {
                let pair = (*x.min(y), *x.max(y));
                sum += match self.scores.get(&pair) {
                    Some(score) => *score,
                    None if !is_possible(&self.context.rows[*x], &self.context.rows[*y]) => {
                        match is_by_hand {
                            true => self.weights.unmet,
                            false => return None,
                        }
                    }
                    None if is_crowd => {
                        let score = self.weights.score(&reasons(self.context, pair.0, pair.1));
                        self.scores.insert(pair, score);
                        score
                    }
                    None => self.weights.unmet,
                };
            }
        }
        Some(sum / (one.len() * two.len()) as f64)
    }

    /// The weight of a pair, if it was weighed.
    pub fn score(&self, one: usize, other: usize) -> Option<f64> {
        self.scores.get(&(one.min(other), one.max(other))).copied()
    }

    /// Every group, its members in order.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.values().cloned().collect();
        groups.sort_unstable();
        groups
    }
}
