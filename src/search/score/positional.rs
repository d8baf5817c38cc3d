//! Phrases with slop and NEAR, scored over postings with positions.
//!
//! tantivy's own phrase query is wrong from three words with slop, and knows no alternatives at a position.
//! Here an item is a set of terms of one field, any of which may stand at its position; a match of a phrase
//! takes one position of every item so that the spread of (position − offset) is at most the slop; a match of
//! NEAR takes one of every item within a window, in any order.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// What stands at one place of the phrase: any of these terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Of the terms or the forms field of one text; their positions are aligned.
    pub terms: Vec<Term>,
    /// Position in the phrase.
    pub offset: u32,
    /// Positions that each of the terms takes: one, but for joined spellings (`week-end` takes two).
    pub extent: u32,
}

impl Item {
    /// The occurrences of its terms in a segment.
    pub fn postings(&self, reader: &SegmentReader) -> tantivy::Result<Vec<SegmentPostings>> {
        let mut postings = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            postings.extend(
                reader
                    .inverted_index(term.field())?
                    .read_postings(term, IndexRecordOption::WithFreqsAndPositions)?,
            );
        }
        Ok(postings)
    }
}

/// How positions must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// In order, but for moves that add up to the slop.
    Slop(u32),
    /// In any order, the last at most so many positions after the first.
    Window(u32),
}

/// The query. All items' terms belong to one text (title or body), whose lengths `norms` gives.
#[derive(Debug, Clone)]
pub struct PositionalQuery {
    pub items: Vec<Item>,
    pub distance: Distance,
    pub norms: Field,
}

impl Query for PositionalQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled {
                statistics_provider: statistics,
                ..
            } => Some(self.similarity(statistics)?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PositionalWeight {
            query: self.clone(),
            similarity,
        }))
    }
}

impl PositionalQuery {
    /// BM25 of the phrase as one word, with the sum of its items' idf (as tantivy and Lucene do).
    fn similarity(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Bm25Weight> {
        let documents = statistics.total_num_docs()?.max(1);
        let mut rarity = 0.0;
        for item in &self.items {
            let mut frequency = 0;
            for term in &item.terms {
                frequency += statistics.doc_freq(term)?;
            }
            let df = frequency.min(documents) as Score;
            rarity += (1.0 + (documents as Score - df + 0.5) / (df + 0.5)).ln();
        }
        // A weight for one word that no document has, scaled to the idf wanted.
        let average = (statistics.total_num_tokens(self.norms)? as Score / documents as Score).max(1.0);
        let unit = Bm25Weight::for_one_term_without_explain(0, documents, average);
        let unit_idf = (1.0 + (documents as Score + 0.5) / 0.5).ln();
        Ok(unit.boost_by(rarity / unit_idf))
    }
}

struct PositionalWeight {
    query: PositionalQuery,
    similarity: Option<Bm25Weight>,
}

impl Weight for PositionalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let similarity = self.similarity.as_ref().map(|s| s.boost_by(boost));
        Ok(Box::new(PositionalScorer::new(
            &self.query,
            reader,
            similarity,
            boost,
        )?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("words at the places asked for", scorer.score()))
    }
}

/// The postings of an item's terms.
struct Occurrences {
    postings: Vec<SegmentPostings>,
    offset: u32,
    positions: Vec<u32>,
}

impl Occurrences {
    /// The first document from `target` on that has the item.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for postings in &mut self.postings {
            let at = if postings.doc() < target {
                postings.seek(target)
            } else {
                postings.doc()
            };
            first = first.min(at);
        }
        first
    }

    fn load(&mut self, doc: DocId) {
        self.positions.clear();
        for postings in &mut self.postings {
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, &mut self.positions);
            }
        }
        if self.postings.len() > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
    }
}

/// The documents where the items stand as asked for.
pub(crate) struct PositionalScorer {
    items: Vec<Occurrences>,
    distance: Distance,
    similarity: Option<Bm25Weight>,
    norms: tantivy::fieldnorm::FieldNormReader,
    doc: DocId,
    frequency: u32,
    boost: Score,
}

impl PositionalScorer {
    fn new(
        query: &PositionalQuery,
        reader: &SegmentReader,
        similarity: Option<Bm25Weight>,
        boost: Score,
    ) -> tantivy::Result<Self> {
        let mut items = Vec::with_capacity(query.items.len());
        for item in &query.items {
            items.push(Occurrences {
                postings: item.postings(reader)?,
                offset: item.offset,
                positions: Vec::new(),
            });
        }
        let norms = reader.get_fieldnorms_reader(query.norms)?;
        let mut scorer = Self {
            items,
            distance: query.distance,
            similarity,
            norms,
            doc: 0,
            frequency: 0,
            boost,
        };
        scorer.settle();
        Ok(scorer)
    }

    /// For finding only.
    pub fn unscored(query: &PositionalQuery, reader: &SegmentReader) -> tantivy::Result<Self> {
        Self::new(query, reader, None, 1.0)
    }

    /// How often the document has it.
    pub fn frequency(&self) -> u32 {
        self.frequency
    }

    /// Moves to the first match from `self.doc` on.
    fn settle(&mut self) {
        'documents: while self.doc != TERMINATED {
            if self.items.is_empty() {
                self.doc = TERMINATED;
                return;
            }
            for item in &mut self.items {
                let at = item.seek(self.doc);
                if at != self.doc {
                    self.doc = at;
                    continue 'documents;
                }
            }
            for item in &mut self.items {
                item.load(self.doc);
            }
            self.frequency = match self.distance {
                Distance::Slop(slop) => {
                    let base = self.items.iter().map(|i| i.offset).max().unwrap_or(0);
                    let lists: Vec<(&[u32], u32)> = self
                        .items
                        .iter()
                        .map(|i| (&*i.positions, base - i.offset))
                        .collect();
                    count_spreads(&lists, slop)
                }
                Distance::Window(window) => count_spreads(
                    &self.items.iter().map(|i| (&*i.positions, 0)).collect::<Vec<_>>(),
                    window,
                ),
            };
            if self.frequency > 0 {
                return;
            }
            self.doc += 1;
        }
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc += 1;
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let of = |item: &Occurrences| item.postings.iter().map(DocSet::size_hint).sum();
        self.items.iter().map(of).min().unwrap_or(0)
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        match &self.similarity {
            Some(similarity) => similarity.score(self.norms.fieldnorm_id(self.doc), self.frequency),
            None => self.boost,
        }
    }
}

/// How many choices of one position a list, each at another position, have a spread of at most `most`; a
/// shift is added to each list's positions for measuring the spread. Zero if and only if there is none; else
/// about how many, counted by where they can begin. Lists ascend.
pub fn count_spreads(lists: &[(&[u32], u32)], most: u32) -> u32 {
    let mut cursors = vec![0; lists.len()];
    let mut count = 0;
    loop {
        // The smallest shifted position among the cursors begins the only window that can still hold it.
        let mut low = (u64::MAX, 0);
        let mut high = 0;
        for (at, ((positions, shift), cursor)) in lists.iter().zip(&cursors).enumerate() {
            let Some(position) = positions.get(*cursor) else {
                return count;
            };
            let place = u64::from(*position) + u64::from(*shift);
            high = high.max(place);
            if place < low.0 {
                low = (place, at);
            }
        }
        if high - low.0 <= u64::from(most) || lists.len() < 2 {
            // Two items may not share one word: rare (a repeated word with slop), so searched for in full.
            let distinct =
                !shares_a_position(lists, &cursors) || choose_distinct(lists, low.0, low.0 + u64::from(most));
            count += u32::from(distinct);
        }
        cursors[low.1] += 1;
    }
}

fn shares_a_position(lists: &[(&[u32], u32)], cursors: &[usize]) -> bool {
    let at = |n: usize| lists[n].0[cursors[n]];
    (1..lists.len()).any(|a| (0..a).any(|b| at(a) == at(b)))
}

/// Whether every list has a position of its own whose shifted place lies in `low..=high` (augmenting paths).
fn choose_distinct(lists: &[(&[u32], u32)], low: u64, high: u64) -> bool {
    let within: Vec<Vec<u32>> = lists
        .iter()
        .map(|(positions, shift)| {
            positions
                .iter()
                .copied()
                .filter(|p| (low..=high).contains(&(u64::from(*p) + u64::from(*shift))))
                .take(64)
                .collect()
        })
        .collect();
    let mut owner: rustc_hash::FxHashMap<u32, usize> = rustc_hash::FxHashMap::default();
    fn place(
        list: usize,
        within: &[Vec<u32>],
        owner: &mut rustc_hash::FxHashMap<u32, usize>,
        seen: &mut Vec<u32>,
    ) -> bool {
        for position in &within[list] {
            if seen.contains(position) {
                continue;
            }
            seen.push(*position);
            let free = match owner.get(position).copied() {
                None => true,
                Some(other) => place(other, within, owner, seen),
            };
            if free {
                owner.insert(*position, list);
                return true;
            }
        }
        false
    }
    // The depth of the recursion is the number of items, which the parser bounds.
    (0..within.len()).all(|list| place(list, &within, &mut owner, &mut Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads() {
        // "a b c" at 3 4 5, offsets 0 1 2 (shifts 2 1 0).
        assert_eq!(count_spreads(&[(&[3], 2), (&[4], 1), (&[5], 0)], 0), 1);
        assert_eq!(count_spreads(&[(&[3], 2), (&[5], 1), (&[5], 0)], 0), 0);
        // One word moved by one.
        assert_eq!(count_spreads(&[(&[3], 2), (&[5], 1), (&[6], 0)], 1), 1);
        // A window of any order.
        assert_eq!(count_spreads(&[(&[9, 30], 0), (&[5, 31], 0)], 4), 2);
        // "a a" needs two of them.
        assert_eq!(count_spreads(&[(&[3], 1), (&[3], 0)], 1), 0);
        assert!(count_spreads(&[(&[3, 4], 1), (&[3, 4], 0)], 1) > 0);
    }

    proptest::proptest! {
        #[test]
        fn spreads_exist_when_a_naive_search_finds_them(
            lists in proptest::collection::vec((proptest::collection::btree_set(0u32..12, 1..4), 0u32..3), 1..4), most in 0u32..5
        ) {
            let lists: Vec<(Vec<u32>, u32)> = lists.into_iter().map(|(set, shift)| (set.into_iter().collect(), shift)).collect();
            let borrowed: Vec<(&[u32], u32)> = lists.iter().map(|(l, s)| (&**l, *s)).collect();
            let mut choices: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
            for (positions, shift) in &lists {
                choices = choices.iter().flat_map(|c| positions.iter().map(move |p| [c.clone(), vec![(*p, *p + *shift)]].concat())).collect();
            }
            let good = |choice: &Vec<(u32, u32)>| {
                let places: Vec<u32> = choice.iter().map(|c| c.1).collect();
                let distinct: std::collections::BTreeSet<u32> = choice.iter().map(|c| c.0).collect();
                let spread = places.iter().max().copied().unwrap_or(0) - places.iter().min().copied().unwrap_or(0);
                spread <= most && distinct.len() == choice.len()
            };
            proptest::prop_assert_eq!(count_spreads(&borrowed, most) > 0, choices.iter().any(good));
        }
    }
}
