//! A pattern in title or body: the documents of all its forms at once.
//!
//! A pattern scores one where it is found, the title's weight where that is in the title; so two sets of
//! documents are all that is needed, and their union is read off word by word.

use crate::query::Pattern;
use crate::search::dictionary::expand::{Walk, each_term};
use crate::search::dictionary::flat::{FlatForms, begins_anywhere};
use crate::search::stop;
use std::sync::Arc;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};
use tantivy_common::{BitSet, TinySet};

/// Documents that hold a form that fits, however many forms there are. The dictionary is walked once, without
/// listing them.
#[derive(Debug, Clone)]
pub struct PatternQuery {
    /// The forms fields that are searched.
    pub body: Option<Field>,
    pub title: Option<Field>,
    /// Weight of the title.
    pub boost: Score,
    pub pattern: Pattern,
    /// The reader's flat dictionaries, for patterns that begin with a wildcard.
    pub flat: Arc<FlatForms>,
}

/// Forms from one look at the clock to the next.
const FORMS: u32 = 256;

struct PatternWeight {
    query: PatternQuery,
    /// Made once for all dictionaries.
    walk: Walk,
}

impl PatternWeight {
    /// All documents of a field. Most forms are rare: what costs is opening their postings, so one buffer
    /// serves them all (tantivy's AutomatonWeight makes one for each).
    fn documents(&self, reader: &SegmentReader, field: Option<Field>) -> tantivy::Result<BitSet> {
        let mut documents = BitSet::with_max_value(reader.max_doc());
        let Some(field) = field else { return Ok(documents) };
        let inverted = reader.inverted_index(field)?;
        let mut buffer: Option<BlockSegmentPostings> = None;
        let mut failed = None;
        let mut forms = 0_u32;
        let mut add = |info: &TermInfo| {
            forms += 1;
            if forms.is_multiple_of(FORMS) && stop::is_due() {
                return false;
            }
            let read = match &mut buffer {
                Some(postings) => inverted.reset_block_postings_from_terminfo(info, postings),
                None => inverted
                    .read_block_postings_from_terminfo(info, IndexRecordOption::Basic)
                    .map(|postings| buffer = Some(postings)),
            };
            if let Err(error) = read {
                failed = Some(error);
                return false;
            }
            if let Some(postings) = &mut buffer {
                while !postings.docs().is_empty() {
                    for doc in postings.docs() {
                        documents.insert(*doc);
                    }
                    postings.advance();
                }
            }
            true
        };
        if begins_anywhere(&self.query.pattern) {
            self.query
                .flat
                .of(reader, field)?
                .each(&self.query.pattern, &mut add);
        } else {
            each_term(inverted.terms(), &self.walk, &mut |_, info| add(info))?;
        }
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(documents),
        }
    }

    fn pattern_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<PatternScorer> {
        let (body, title) = (
            self.documents(reader, self.query.body)?,
            self.documents(reader, self.query.title)?,
        );
        let size = body.len().max(title.len()) as u32;
        let scores = [boost, boost * self.query.boost];
        let mut scorer = PatternScorer {
            body,
            title,
            scores,
            size,
            bucket: 0,
            rest: TinySet::empty(),
            doc: 0,
        };
        if scorer.buckets() > 0 {
            scorer.rest = scorer.union(0);
        }
        scorer.advance();
        Ok(scorer)
    }
}

impl Query for PatternQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PatternWeight {
            query: self.clone(),
            walk: Walk::new(&self.pattern),
        }))
    }
}

impl Weight for PatternWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.pattern_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.pattern_scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("a form that fits the pattern", scorer.score()))
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut scorer = self.pattern_scorer(reader, 1.0)?;
        while scorer.doc != TERMINATED {
            callback(scorer.doc, scorer.score());
            scorer.advance();
        }
        Ok(())
    }
}

struct PatternScorer {
    body: BitSet,
    title: BitSet,
    /// In the body, in the title.
    scores: [Score; 2],
    /// Of the larger set.
    size: u32,
    /// 64 documents each: the one that `doc` is in, and what is left of it.
    bucket: u32,
    rest: TinySet,
    doc: DocId,
}

impl PatternScorer {
    fn buckets(&self) -> u32 {
        self.body.max_value().div_ceil(64)
    }

    #[inline]
    fn union(&self, bucket: u32) -> TinySet {
        self.body.tinyset(bucket).union(self.title.tinyset(bucket))
    }
}

impl DocSet for PatternScorer {
    #[inline]
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        loop {
            if let Some(lowest) = self.rest.pop_lowest() {
                self.doc = self.bucket * 64 + lowest;
                return self.doc;
            }
            self.bucket += 1;
            if self.bucket >= self.buckets() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            self.rest = self.union(self.bucket);
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target >= self.body.max_value() {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        if target / 64 != self.bucket {
            self.bucket = target / 64;
            self.rest = self.union(self.bucket);
        }
        self.rest = self.rest.intersect(TinySet::range_greater_or_equal(target % 64));
        self.advance()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

impl Scorer for PatternScorer {
    #[inline]
    fn score(&mut self) -> Score {
        let (bucket, bit) = (self.doc / 64, self.doc % 64);
        let of = |set: &BitSet, score: Score| {
            if set.tinyset(bucket).contains(bit) {
                score
            } else {
                0.0
            }
        };
        of(&self.body, self.scores[0]) + of(&self.title, self.scores[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::french::FormTerm;
    use crate::search::dictionary::samples::{dictionary, pieces};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn scorer(body: &BTreeSet<u32>, title: &BTreeSet<u32>, most: u32) -> PatternScorer {
        let set = |docs: &BTreeSet<u32>| {
            let mut set = BitSet::with_max_value(most);
            for doc in docs {
                set.insert(*doc);
            }
            set
        };
        let mut scorer = PatternScorer {
            body: set(body),
            title: set(title),
            scores: [1.0, 0.5],
            size: 0,
            bucket: 0,
            rest: TinySet::empty(),
            doc: 0,
        };
        if scorer.buckets() > 0 {
            scorer.rest = scorer.union(0);
        }
        scorer.advance();
        scorer
    }

    proptest! {
        #[test]
        fn it_walks_and_seeks_as_the_two_sets_say(
            body in prop::collection::btree_set(0u32..200, 0..40),
            title in prop::collection::btree_set(0u32..200, 0..20),
            most in 200u32..260,
            targets in prop::collection::btree_set(0u32..270, 0..20),
        ) {
            let all: BTreeSet<u32> = body.union(&title).copied().collect();
            let score = |doc: u32| f32::from(u8::from(body.contains(&doc))) + 0.5 * f32::from(u8::from(title.contains(&doc)));
            let mut walked = scorer(&body, &title, most);
            for doc in &all {
                prop_assert_eq!((walked.doc(), walked.score()), (*doc, score(*doc)));
                walked.advance();
            }
            prop_assert_eq!((walked.doc(), walked.advance()), (TERMINATED, TERMINATED));
            let mut sought = scorer(&body, &title, most);
            for target in targets {
                let expected = all.range(target..).next().copied().unwrap_or(TERMINATED);
                let found = if sought.doc() < target { sought.seek(target) } else { sought.doc() };
                prop_assert_eq!(found, expected, "{}", target);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn it_finds_the_documents_of_every_form_that_fits(folded in prop::collection::vec("[abcé]{1,6}", 1..40), pieces in pieces(), wanted in "[abcé]{1,6}") {
            let forms: Vec<String> = folded.iter().map(|f| FormTerm { folded: f, form: f }.to_string()).collect();
            let (searcher, field) = dictionary(&forms);
            let prefix = wanted.chars().take(2).collect();
            for pattern in [Pattern::Prefix(prefix), Pattern::Wildcard(pieces), Pattern::Fuzzy { folded: wanted, distance: 2 }] {
                // Every document holds one form: as many match as there are fitting forms, repeated ones
                // included.
                let fits = |form: &&String| FormTerm::parse(form).is_some_and(|term| pattern.fits(term.folded));
                let fitting = forms.iter().filter(fits).count();
                let flat: Arc<FlatForms> = Arc::default();
                let query = PatternQuery { body: Some(field), title: None, boost: 1.0, pattern: pattern.clone(), flat };
                prop_assert_eq!(searcher.search(&query, &tantivy::collector::Count).expect("searched"), fitting, "{:?}", pattern);
            }
        }
    }
}
