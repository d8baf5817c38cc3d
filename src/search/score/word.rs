//! A word in title or body: what most queries are made of, and so made to be fast.
//!
//! It finds and scores what a union of two of tantivy's term queries would, the title's weighted. Both lists
//! are walked without a call through a table, their places in the dictionaries are known, and nothing is
//! gathered into windows first: that pays where an intersection seeks from document to document.

use crate::search::dictionary::lookup::TermInfos;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, BoostQuery, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Documents that have the word's term in the body or in the title; the scores of both are added.
#[derive(Debug, Clone)]
pub struct WordQuery {
    pub body: Arc<TermInfos>,
    pub title: Arc<TermInfos>,
    /// Weight of the title.
    pub boost: Score,
}

impl WordQuery {
    /// The same as two queries of tantivy's: a union of many prefers them.
    pub fn apart(&self) -> [Box<dyn Query>; 2] {
        let term = |infos: &TermInfos| TermQuery::new(infos.term.clone(), IndexRecordOption::WithFreqs);
        [
            Box::new(term(&self.body)),
            Box::new(BoostQuery::new(Box::new(term(&self.title)), self.boost)),
        ]
    }
}

impl WordQuery {
    fn word_weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<WordWeight> {
        let weight = |infos: &TermInfos, boost: Score| -> tantivy::Result<Option<Bm25Weight>> {
            let EnableScoring::Enabled {
                statistics_provider, ..
            } = scoring
            else {
                return Ok(None);
            };
            let documents = statistics_provider.total_num_docs()?;
            let average =
                statistics_provider.total_num_tokens(infos.term.field())? as Score / documents as Score;
            Ok(Some(
                Bm25Weight::for_one_term_without_explain(infos.doc_freq, documents, average).boost_by(boost),
            ))
        };
        let (body, title) = (weight(&self.body, 1.0)?, weight(&self.title, self.boost)?);
        Ok(WordWeight {
            query: self.clone(),
            body,
            title,
        })
    }
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.word_weight(scoring)?))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        visitor(&self.body.term, false);
        visitor(&self.title.term, false);
    }
}

/// Documents that have every one of two or more words, each in body or title.
#[derive(Debug, Clone)]
pub struct AllWordsQuery {
    pub words: Vec<WordQuery>,
}

impl Query for AllWordsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let words = self
            .words
            .iter()
            .map(|word| word.word_weight(scoring))
            .collect::<tantivy::Result<_>>()?;
        Ok(Box::new(AllWordsWeight { words }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.words.iter().for_each(|word| word.query_terms(visitor));
    }
}

struct WordWeight {
    query: WordQuery,
    /// Without scoring there are none.
    body: Option<Bm25Weight>,
    title: Option<Bm25Weight>,
}

impl WordWeight {
    fn word_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<WordScorer> {
        let part = |infos: &TermInfos, weight: &Option<Bm25Weight>| -> tantivy::Result<InField> {
            let field = infos.term.field();
            let option = if weight.is_some() {
                IndexRecordOption::WithFreqs
            } else {
                IndexRecordOption::Basic
            };
            let postings = match infos.of(reader) {
                Some(info) => reader
                    .inverted_index(field)?
                    .read_postings_from_terminfo(info, option)?,
                None => SegmentPostings::empty(),
            };
            let scoring = match weight {
                Some(weight) => Some((weight.boost_by(boost), reader.get_fieldnorms_reader(field)?)),
                None => None,
            };
            Ok(InField {
                at: postings.doc(),
                postings,
                scoring,
            })
        };
        Ok(WordScorer {
            body: part(&self.query.body, &self.body)?,
            title: part(&self.query.title, &self.title)?,
        })
    }
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.word_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = at(self.word_scorer(reader, 1.0)?, doc)?;
        let mut explanation = Explanation::new("title or body, the sum of", scorer.score());
        for (field, what) in [(&scorer.body, "body"), (&scorer.title, "title")] {
            if field.at == doc {
                explanation.add_detail(Explanation::new_with_string(
                    what.to_string(),
                    field.score(field.norm()),
                ));
            }
        }
        Ok(explanation)
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        each(self.word_scorer(reader, 1.0)?, callback);
        Ok(())
    }
}

struct AllWordsWeight {
    words: Vec<WordWeight>,
}

impl AllWordsWeight {
    fn all_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<AllWordsScorer> {
        let words = self
            .words
            .iter()
            .map(|word| word.word_scorer(reader, boost))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let mut numbered: Vec<(usize, WordScorer)> = words.into_iter().enumerate().collect();
        numbered.sort_by_key(|(_, word)| word.cost());
        let mut typed = vec![0; numbered.len()];
        (0..)
            .zip(&numbered)
            .for_each(|(at, (number, _))| typed[*number] = at);
        let mut scorer = AllWordsScorer {
            words: numbered.into_iter().map(|(_, word)| word).collect(),
            typed,
            doc: 0,
        };
        scorer.doc = scorer.lead(0);
        scorer.doc = scorer.settle();
        Ok(scorer)
    }
}

impl Weight for AllWordsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.all_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = at(self.all_scorer(reader, 1.0)?, doc)?;
        let mut explanation = Explanation::new("all words, the sum of", scorer.score());
        for word in &self.words {
            explanation.add_detail(word.explain(reader, doc)?);
        }
        Ok(explanation)
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        each(self.all_scorer(reader, 1.0)?, callback);
        Ok(())
    }
}

/// Calls `callback` with every document and its score.
fn each(mut scorer: impl Scorer, callback: &mut dyn FnMut(DocId, Score)) {
    let mut doc = scorer.doc();
    while doc != TERMINATED {
        callback(doc, scorer.score());
        doc = scorer.advance();
    }
}

/// Moves to a document that must match.
fn at<S: Scorer>(mut scorer: S, doc: DocId) -> tantivy::Result<S> {
    if scorer.doc() == doc || scorer.doc() < doc && scorer.seek(doc) == doc {
        return Ok(scorer);
    }
    Err(TantivyError::InvalidArgument(format!(
        "document {doc} does not match"
    )))
}

/// The word in one of the fields.
struct InField {
    postings: SegmentPostings,
    /// Where the postings stand.
    at: DocId,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
}

impl InField {
    #[inline]
    fn pass(&mut self, doc: DocId) {
        if self.at == doc {
            self.at = self.postings.advance();
        }
    }

    #[inline]
    fn seek(&mut self, target: DocId) {
        if self.at < target {
            self.at = self.postings.seek(target);
        }
    }

    /// How long the field is where the postings stand.
    #[inline]
    fn norm(&self) -> u8 {
        self.scoring
            .as_ref()
            .map_or(0, |(_, norms)| norms.fieldnorm_id(self.at))
    }

    #[inline]
    fn score(&self, norm: u8) -> Score {
        self.scoring
            .as_ref()
            .map_or(1.0, |(weight, _)| weight.score(norm, self.postings.term_freq()))
    }
}

struct WordScorer {
    body: InField,
    title: InField,
}

impl DocSet for WordScorer {
    #[inline]
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        if doc != TERMINATED {
            self.body.pass(doc);
            self.title.pass(doc);
        }
        self.doc()
    }

    #[inline]
    fn seek(&mut self, target: DocId) -> DocId {
        self.body.seek(target);
        self.title.seek(target);
        self.doc()
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.body.at.min(self.title.at)
    }

    fn size_hint(&self) -> u32 {
        self.body
            .postings
            .size_hint()
            .max(self.title.postings.size_hint())
    }

    fn cost(&self) -> u64 {
        u64::from(self.body.postings.size_hint()) + u64::from(self.title.postings.size_hint())
    }
}

impl Scorer for WordScorer {
    #[inline]
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let body = if self.body.at == doc {
            self.body.score(self.body.norm())
        } else {
            0.0
        };
        body + if self.title.at == doc {
            self.title.score(self.title.norm())
        } else {
            0.0
        }
    }
}

/// The words from the rarest on: the first leads, the others are asked for its documents.
struct AllWordsScorer {
    words: Vec<WordScorer>,
    /// Where the first, second … word of the query is among them: scores are added up in that order in every
    /// segment, so that equal articles score the same to the last digit.
    typed: Vec<usize>,
    doc: DocId,
}

impl AllWordsScorer {
    /// The first document of the leading word from `target` on.
    #[inline]
    fn lead(&mut self, target: DocId) -> DocId {
        self.words
            .first_mut()
            .map_or(TERMINATED, |lead| lead.seek(target))
    }

    /// The first document from where the leading word stands that all have. Titles are left behind where the
    /// body suffices: the score fetches them.
    fn settle(&mut self) -> DocId {
        let Some((lead, others)) = self.words.split_first_mut() else {
            return TERMINATED;
        };
        let mut doc = lead.doc();
        'next: while doc != TERMINATED {
            for word in &mut *others {
                word.body.seek(doc);
                if word.body.at != doc {
                    word.title.seek(doc);
                    if word.title.at != doc {
                        doc = lead.seek(word.doc());
                        continue 'next;
                    }
                }
            }
            return doc;
        }
        TERMINATED
    }
}

impl DocSet for AllWordsScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.lead(self.doc + 1);
            self.doc = self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.lead(target);
            self.doc = self.settle();
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(DocSet::size_hint).min().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.words.first().map_or(0, DocSet::cost)
    }
}

impl Scorer for AllWordsScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc;
        // A document's fields are as long for every word.
        let (mut body_norm, mut title_norm) = (None, None);
        let mut score = 0.0;
        for at in &self.typed {
            let WordScorer { body, title } = &mut self.words[*at];
            title.seek(doc);
            if body.at == doc {
                score += body.score(*body_norm.get_or_insert_with(|| body.norm()));
            }
            if title.at == doc {
                score += title.score(*title_norm.get_or_insert_with(|| title.norm()));
            }
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::dictionary::lookup::Dictionary;
    use proptest::prelude::*;
    use tantivy::collector::{Count, TopDocs};
    use tantivy::query::{BooleanQuery, Occur};
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{DocAddress, Index, TantivyDocument, doc};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// On several segments, with deletions.
        #[test]
        fn it_finds_and_scores_as_tantivys_union(
            articles in prop::collection::vec(("[abc]( [abc]){0,2}", "[abcd]( [abcd]){0,5}"), 1..60),
            deleted in any::<bool>(),
        ) {
            let mut schema = Schema::builder();
            let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
            let index = Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).expect("a writer");
            writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
            for chunk in articles.chunks(20) {
                for (t, b) in chunk {
                    writer.add_document(doc!(title => t.as_str(), body => b.as_str())).expect("added");
                }
                writer.commit().expect("committed");
            }
            if deleted {
                writer.delete_term(Term::from_field_text(body, "d"));
                writer.commit().expect("committed");
            }
            let searcher = index.reader().expect("a reader").searcher();
            let dictionary = Dictionary::new(&searcher);
            let word = |word: &str| {
                let infos = |field| dictionary.term(field, word).expect("looked up");
                WordQuery { body: infos(body), title: infos(title), boost: 0.5 }
            };
            let ours = |name: &str| -> Box<dyn Query> { Box::new(word(name)) };
            let union = |name: &str| -> Box<dyn Query> {
                Box::new(BooleanQuery::new(word(name).apart().into_iter().map(|query| (Occur::Should, query)).collect()))
            };
            let both = |make: &dyn Fn(&str) -> Box<dyn Query>, occur| -> Box<dyn Query> {
                Box::new(BooleanQuery::new(vec![(occur, make("a")), (occur, make("b"))]))
            };
            let found = |query: &dyn Query| {
                let (top, count) = searcher.search(query, &(TopDocs::with_limit(100).order_by_score(), Count)).expect("found");
                let mut top: Vec<_> = top.into_iter().map(|(score, address)| (address, score)).collect();
                top.sort_by_key(|(address, _)| *address);
                (top, count, searcher.search(query, &Count).expect("counted"))
            };
            let same = |one: &dyn Query, other: &dyn Query| {
                let (one, other) = (found(one), found(other));
                // The order in which a score is added up may change its last digit.
                let close = |a: &(DocAddress, f32), b: &(DocAddress, f32)| a.0 == b.0 && (a.1 - b.1).abs() <= 1e-5 * a.1.abs();
                let alike = one.0.len() == other.0.len() && one.0.iter().zip(&other.0).all(|(a, b)| close(a, b));
                prop_assert!(alike && (one.1, one.2) == (other.1, other.2), "{:?}\n{:?}", one, other);
                Ok(())
            };
            same(&*ours("a"), &*union("a"))?;
            let all = |names: &[&str]| AllWordsQuery { words: names.iter().map(|name| word(name)).collect() };
            let musts = |names: &[&str]| BooleanQuery::new(names.iter().map(|name| (Occur::Must, union(name))).collect());
            for names in [&["a", "b"][..], &["c", "a", "b"], &["a", "e"], &["b", "b"]] {
                same(&all(names), &musts(names))?;
            }
            for occur in [Occur::Must, Occur::Should] {
                same(&*both(&ours, occur), &*both(&union, occur))?;
            }
        }
    }
}
