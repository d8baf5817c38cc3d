//! The spellings of one name, scored as one word: one document frequency, summed term frequency.
//!
//! As Lucene's SynonymQuery, but for sequences too, and with the number of documents that hold any of the
//! spellings rather than the largest of their frequencies: the lists are short enough to be read once, before
//! anything is scored.

use crate::search::score::positional::{Distance, Item, PositionalQuery, PositionalScorer};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::postings::Postings;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// The query: any of the alternatives, each items at successive positions.
#[derive(Debug, Clone)]
pub struct SpellingsQuery {
    pub alternatives: Vec<Vec<Item>>,
    pub norms: Field,
    /// Documents that hold any of them, where they are more than those of the index.
    pub documents: Option<u64>,
}

/// Documents with how often they hold any of the spellings, ascending.
type Occurring = Arc<Vec<(DocId, u32)>>;

impl SpellingsQuery {
    /// The documents of a segment.
    fn occurring(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, u32)>> {
        let mut found: Vec<(DocId, u32)> = Vec::new();
        for items in &self.alternatives {
            if let [item] = items.as_slice() {
                for mut postings in item.postings(reader)? {
                    while postings.doc() != TERMINATED {
                        found.push((postings.doc(), postings.term_freq()));
                        postings.advance();
                    }
                }
            } else {
                let sequence = PositionalQuery {
                    items: items.clone(),
                    distance: Distance::Slop(0),
                    norms: self.norms,
                };
                let mut scorer = PositionalScorer::unscored(&sequence, reader)?;
                while scorer.doc() != TERMINATED {
                    found.push((scorer.doc(), scorer.frequency()));
                    scorer.advance();
                }
            }
        }
        found.sort_unstable_by_key(|(doc, _)| *doc);
        found.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Ok(found)
    }
}

impl Query for SpellingsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut read = FxHashMap::default();
        let mut similarity = None;
        if let EnableScoring::Enabled {
            searcher,
            statistics_provider: statistics,
        } = scoring
        {
            let mut frequency = 0;
            for reader in searcher.segment_readers() {
                let occurring = self.occurring(reader)?;
                frequency += occurring.len() as u64;
                read.insert(reader.segment_id(), Arc::new(occurring));
            }
            let frequency = self.documents.unwrap_or(frequency);
            let documents = statistics.total_num_docs()?.max(1);
            let average = (statistics.total_num_tokens(self.norms)? as Score / documents as Score).max(1.0);
            similarity = Some(Bm25Weight::for_one_term_without_explain(
                frequency.min(documents),
                documents,
                average,
            ));
        }
        Ok(Box::new(SpellingsWeight {
            query: self.clone(),
            read,
            similarity,
        }))
    }
}

struct SpellingsWeight {
    query: SpellingsQuery,
    read: FxHashMap<SegmentId, Occurring>,
    similarity: Option<Bm25Weight>,
}

impl Weight for SpellingsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let occurring = match self.read.get(&reader.segment_id()) {
            Some(occurring) => Arc::clone(occurring),
            None => Arc::new(self.query.occurring(reader)?),
        };
        let norms = reader.get_fieldnorms_reader(self.query.norms)?;
        let similarity = self.similarity.as_ref().map(|s| s.boost_by(boost));
        Ok(Box::new(SpellingsScorer {
            occurring,
            at: 0,
            similarity,
            norms,
            boost,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("a name in any of its spellings", scorer.score()))
    }
}

struct SpellingsScorer {
    occurring: Occurring,
    at: usize,
    similarity: Option<Bm25Weight>,
    norms: tantivy::fieldnorm::FieldNormReader,
    boost: Score,
}

impl DocSet for SpellingsScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // Steps that double find near targets at once and far ones in logarithmic time.
        let rest = self.occurring.get(self.at..).unwrap_or_default();
        let mut step = 1;
        while rest.get(step).is_some_and(|(doc, _)| *doc < target) {
            step *= 2;
        }
        let within = &rest[step / 2..rest.len().min(step + 1)];
        self.at += step / 2 + within.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.occurring.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        self.occurring.len() as u32
    }
}

impl Scorer for SpellingsScorer {
    fn score(&mut self) -> Score {
        let Some((doc, frequency)) = self.occurring.get(self.at) else {
            return 0.0;
        };
        match &self.similarity {
            Some(similarity) => similarity.score(self.norms.fieldnorm_id(*doc), *frequency),
            None => self.boost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeking_finds_what_a_scan_finds() {
        let docs: Vec<(DocId, u32)> = [0, 3, 4, 9, 10, 11, 40, 41, 100].map(|doc| (doc, 1)).to_vec();
        for target in 0..120 {
            for start in 0..docs.len() {
                let norms = tantivy::fieldnorm::FieldNormReader::constant(101, 1);
                let mut scorer = SpellingsScorer {
                    occurring: Arc::new(docs.clone()),
                    at: start,
                    similarity: None,
                    norms,
                    boost: 1.0,
                };
                let expected = docs[start..]
                    .iter()
                    .map(|d| d.0)
                    .find(|doc| *doc >= target)
                    .unwrap_or(TERMINATED);
                assert_eq!(scorer.seek(target), expected, "from {start} to {target}");
            }
        }
    }
}
