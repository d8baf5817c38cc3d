//! Title or body: a union of two, which is what nearly every condition of a query is.
//!
//! tantivy's union gathers its operands' documents into windows of 4,096, to be fast for many of them. Of
//! two, one of them (the title) sparse, looking at both heads costs less, above all where an intersection
//! seeks from document to document.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Documents of either query; the scores of those of both are added.
#[derive(Debug)]
pub struct EitherQuery {
    pub one: Box<dyn Query>,
    pub other: Box<dyn Query>,
}

impl Clone for EitherQuery {
    fn clone(&self) -> Self {
        Self {
            one: self.one.box_clone(),
            other: self.other.box_clone(),
        }
    }
}

impl Query for EitherQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(EitherWeight {
            one: self.one.weight(scoring)?,
            other: self.other.weight(scoring)?,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.one.query_terms(visitor);
        self.other.query_terms(visitor);
    }
}

struct EitherWeight {
    one: Box<dyn Weight>,
    other: Box<dyn Weight>,
}

impl Weight for EitherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (one, other) = (self.one.scorer(reader, boost)?, self.other.scorer(reader, boost)?);
        Ok(match (one.doc(), other.doc()) {
            (_, TERMINATED) => one,
            (TERMINATED, _) => other,
            (a, b) => Box::new(EitherScorer {
                one,
                other,
                at_one: a,
                at_other: b,
            }),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut total = 0.0;
        let mut details = Vec::new();
        for weight in [&self.one, &self.other] {
            let mut scorer = weight.scorer(reader, 1.0)?;
            if scorer.doc() == doc || scorer.doc() < doc && scorer.seek(doc) == doc {
                total += scorer.score();
                details.push(weight.explain(reader, doc)?);
            }
        }
        if details.is_empty() {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        let mut explanation = Explanation::new("title or body, the sum of", total);
        details
            .into_iter()
            .for_each(|detail| explanation.add_detail(detail));
        Ok(explanation)
    }
}

struct EitherScorer {
    one: Box<dyn Scorer>,
    other: Box<dyn Scorer>,
    /// Where each stands: asking them costs a call through a table.
    at_one: DocId,
    at_other: DocId,
}

impl DocSet for EitherScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        if self.at_one == doc && doc != TERMINATED {
            self.at_one = self.one.advance();
        }
        if self.at_other == doc && doc != TERMINATED {
            self.at_other = self.other.advance();
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.at_one < target {
            self.at_one = self.one.seek(target);
        }
        if self.at_other < target {
            self.at_other = self.other.seek(target);
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.at_one.min(self.at_other)
    }

    fn size_hint(&self) -> u32 {
        self.one.size_hint().max(self.other.size_hint())
    }

    fn cost(&self) -> u64 {
        self.one.cost() + self.other.cost()
    }
}

impl Scorer for EitherScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let one = if self.at_one == doc { self.one.score() } else { 0.0 };
        one + if self.at_other == doc {
            self.other.score()
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::collector::{Count, TopDocs};
    use tantivy::query::{BooleanQuery, Occur, TermQuery};
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, doc};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn it_finds_and_scores_as_tantivys_union(articles in prop::collection::vec(("[abc]( [abc]){0,2}", "[abc]( [abc]){0,5}"), 1..60)) {
            let mut schema = Schema::builder();
            let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
            let index = Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
            for (t, b) in &articles {
                writer.add_document(doc!(title => t.as_str(), body => b.as_str())).expect("added");
            }
            writer.commit().expect("committed");
            let searcher = index.reader().expect("a reader").searcher();
            let term = |field, word: &str| -> Box<dyn Query> {
                Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
            };
            let either = |word| -> Box<dyn Query> { Box::new(EitherQuery { one: term(body, word), other: term(title, word) }) };
            let union = |word| -> Box<dyn Query> {
                Box::new(BooleanQuery::new(vec![(Occur::Should, term(body, word)), (Occur::Should, term(title, word))]))
            };
            for occur in [Occur::Must, Occur::Should] {
                let (ours, theirs) = (
                    BooleanQuery::new(vec![(occur, either("a")), (occur, either("b"))]),
                    BooleanQuery::new(vec![(occur, union("a")), (occur, union("b"))]),
                );
                let found = |query: &BooleanQuery| {
                    let (top, count) = searcher.search(query, &(TopDocs::with_limit(100).order_by_score(), Count)).expect("found");
                    let mut top: Vec<_> = top.into_iter().map(|(score, address)| (address, score)).collect();
                    top.sort_by_key(|(address, _)| *address);
                    (top, count)
                };
                let (ours, theirs) = (found(&ours), found(&theirs));
                prop_assert_eq!((ours.0.len(), ours.1), (theirs.0.len(), theirs.1));
                for (a, b) in ours.0.iter().zip(&theirs.0) {
                    // The order in which a score is added up may change its last digit.
                    prop_assert!(a.0 == b.0 && (a.1 - b.1).abs() <= 1e-5 * a.1.abs(), "{:?} {:?}", a, b);
                }
            }
        }
    }
}
