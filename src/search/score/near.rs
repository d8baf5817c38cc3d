//! NEAR over sequences: `"armée malienne" NEAR/10 drones`.
//!
//! Each operand is a sequence of items (a word is a sequence of one). Its occurrences in a document are found
//! as a phrase's are; NEAR holds when one occurrence of each lies within the window.

use crate::search::score::positional::{Distance, Item, PositionalQuery};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// The query.
#[derive(Debug, Clone)]
pub struct NearQuery {
    /// Items of each operand with its slop.
    pub sequences: Vec<(Vec<Item>, u32)>,
    /// Position of the last word minus that of the first is at most this.
    pub window: u32,
    pub norms: Field,
}

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // Documents that have all words somewhere, scored as a bag of them; those near enough are kept.
        let items = self
            .sequences
            .iter()
            .flat_map(|(items, _)| items.iter().cloned().map(|i| Item { offset: 0, ..i }))
            .collect();
        let all = PositionalQuery {
            items,
            distance: Distance::Window(u32::MAX),
            norms: self.norms,
        };
        Ok(Box::new(NearWeight {
            query: self.clone(),
            all: all.weight(scoring)?,
        }))
    }
}

struct NearWeight {
    query: NearQuery,
    all: Box<dyn Weight>,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut operands = Vec::with_capacity(self.query.sequences.len());
        for (items, slop) in &self.query.sequences {
            let mut places = Vec::with_capacity(items.len());
            for item in items {
                places.push((
                    item.postings(reader)?,
                    Slot {
                        offset: item.offset,
                        extent: item.extent.max(1),
                    },
                ));
            }
            operands.push(Operand { places, slop: *slop });
        }
        let mut scorer = NearScorer {
            candidates: self.all.scorer(reader, boost)?,
            operands,
            window: self.query.window,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("words near one another", scorer.score()))
    }
}

/// Where an item stands in its operand, and how many positions it takes.
#[derive(Clone, Copy)]
struct Slot {
    offset: u32,
    extent: u32,
}

struct Operand {
    places: Vec<(Vec<SegmentPostings>, Slot)>,
    slop: u32,
}

/// Occurrences of an operand in a document that are looked at; more are possible only in very long texts.
const MOST_OCCURRENCES: usize = 100_000;

impl Operand {
    /// First and last position of every occurrence in `doc`, which every place has.
    fn occurrences(&mut self, doc: DocId) -> Vec<(u32, u32)> {
        let lists: Vec<(Vec<u32>, Slot)> = self
            .places
            .iter_mut()
            .map(|(postings, slot)| {
                let mut positions = Vec::new();
                for p in postings.iter_mut() {
                    let at = if p.doc() < doc { p.seek(doc) } else { p.doc() };
                    if at == doc {
                        p.append_positions_with_offset(0, &mut positions);
                    }
                }
                positions.sort_unstable();
                positions.dedup();
                (positions, *slot)
            })
            .collect();
        let Some((first, rest)) = lists.split_first() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for &start in &first.0 {
            let anchor = i64::from(start) - i64::from(first.1.offset);
            let mut taken = vec![(start, start + first.1.extent - 1)];
            extend(rest, anchor, anchor, i64::from(self.slop), &mut taken, &mut found);
            if found.len() >= MOST_OCCURRENCES {
                break;
            }
        }
        found
    }
}

/// Chooses one position of each remaining list so that (position − offset) spreads by at most `slop`.
fn extend(
    lists: &[(Vec<u32>, Slot)],
    low: i64,
    high: i64,
    slop: i64,
    taken: &mut Vec<(u32, u32)>,
    found: &mut Vec<(u32, u32)>,
) {
    let Some(((positions, Slot { offset, extent }), rest)) = lists.split_first() else {
        let first = taken.iter().map(|t| t.0).min().unwrap_or(0);
        found.push((first, taken.iter().map(|t| t.1).max().unwrap_or(first)));
        return;
    };
    let from = (high - slop + i64::from(*offset)).max(0);
    let to = low + slop + i64::from(*offset);
    let begin = positions.partition_point(|p| i64::from(*p) < from);
    for &position in positions[begin..].iter().take_while(|p| i64::from(**p) <= to) {
        if taken.iter().any(|t| t.0 == position) || found.len() >= MOST_OCCURRENCES {
            continue;
        }
        let place = i64::from(position) - i64::from(*offset);
        taken.push((position, position + extent - 1));
        extend(rest, low.min(place), high.max(place), slop, taken, found);
        taken.pop();
    }
}

struct NearScorer {
    candidates: Box<dyn Scorer>,
    operands: Vec<Operand>,
    window: u32,
}

impl NearScorer {
    fn settle(&mut self) {
        while self.candidates.doc() != TERMINATED {
            let doc = self.candidates.doc();
            let lists: Vec<Vec<(u32, u32)>> = self
                .operands
                .iter_mut()
                .map(|operand| operand.occurrences(doc))
                .collect();
            if within(lists, self.window) {
                return;
            }
            self.candidates.advance();
        }
    }
}

/// Whether one occurrence of each list can be chosen so that all lie within `window`, no two of the same
/// words.
pub fn within(mut lists: Vec<Vec<(u32, u32)>>, window: u32) -> bool {
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
    }
    let starts: std::collections::BTreeSet<u32> = lists.iter().flatten().map(|o| o.0).collect();
    starts.into_iter().any(|low| {
        let high = low.saturating_add(window);
        let fitting: Vec<Vec<(u32, u32)>> = lists
            .iter()
            .map(|list| {
                let from = list.partition_point(|o| o.0 < low);
                list[from..]
                    .iter()
                    .take_while(|o| o.0 <= high)
                    .filter(|o| o.1 <= high)
                    .copied()
                    .take(32)
                    .collect()
            })
            .collect();
        fitting.iter().all(|f: &Vec<_>| !f.is_empty()) && disjoint(&fitting, &mut Vec::new())
    })
}

/// Whether one range of each list can be chosen without overlap: `tués NEAR tués` needs two of them.
fn disjoint(lists: &[Vec<(u32, u32)>], taken: &mut Vec<(u32, u32)>) -> bool {
    let Some((first, rest)) = lists.split_first() else {
        return true;
    };
    for range in first {
        if taken.iter().any(|t| t.0 <= range.1 && range.0 <= t.1) {
            continue;
        }
        taken.push(*range);
        if disjoint(rest, taken) {
            return true;
        }
        taken.pop();
    }
    false
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        if self.candidates.doc() != TERMINATED {
            self.candidates.advance();
            self.settle();
        }
        self.candidates.doc()
    }
    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.settle();
        }
        self.candidates.doc()
    }
    fn doc(&self) -> DocId {
        self.candidates.doc()
    }
    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        self.candidates.score()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_within_a_window() {
        assert!(within(vec![vec![(3, 4)], vec![(8, 8)]], 5));
        assert!(!within(vec![vec![(3, 4)], vec![(9, 9)]], 5));
        assert!(
            !within(vec![vec![(3, 3)], vec![(3, 3)]], 5),
            "one word is not two"
        );
        assert!(within(vec![vec![(3, 3), (5, 5)], vec![(3, 3), (5, 5)]], 5));
    }
}
