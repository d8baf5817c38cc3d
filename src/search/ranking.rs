//! Ranking: BM25 over index terms finds and orders; the best few hundred are scored again with what costs more.
//!
//! score = Σ BM25(term, body) + title × BM25(term, title)
//!       + exact_form × BM25(folded form, body): the word as typed, accents aside, above its relatives
//!       + adjacency × (idf a + idf b) × tf(pairs): words that stand together as in the query
//!
//! BM25 with k1 = 1.2, b = 0.75 (Robertson and Zaragoza, 2009), idf as in Lucene and tantivy.

use crate::error::{Error, Result};
use crate::french::FORM_SEPARATOR;
use crate::index::Fields;
use crate::index::fields::SOURCE;
use crate::schema::Boosts;
use std::cmp::Ordering;
use tantivy::postings::Postings;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Hits that are scored again; beyond them the order is that of BM25.
pub const RESCORED: usize = 200;

/// A word of the query, for scoring.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RankWord {
    pub term: String,
    pub folded: String,
    /// Position in the query, stop words counted: the distance at which a pair is adjacent.
    pub position: u32,
}

/// Statistics over articles: tantivy's own would count the hidden source documents.
pub struct ArticleStatistics<'s> {
    searcher: &'s Searcher,
    articles: u64,
}

impl<'s> ArticleStatistics<'s> {
    pub fn new(searcher: &'s Searcher, fields: &Fields) -> Result<Self> {
        let all = Bm25StatisticsProvider::total_num_docs(searcher)?;
        let sources = searcher.doc_freq(&Term::from_field_text(fields.kind, SOURCE))?;
        // Both count deleted documents, as document frequencies do, so that none exceeds the total.
        Ok(Self { searcher, articles: all.saturating_sub(sources) })
    }
}

impl Bm25StatisticsProvider for ArticleStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }
    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}

fn idf(doc_freq: u64, articles: u64) -> f32 {
    let df = doc_freq.min(articles) as f32;
    (1.0 + (articles as f32 - df + 0.5) / (df + 0.5)).ln()
}

/// One occurrence list of a word in a segment.
struct Occurrences {
    postings: Vec<Box<dyn Postings>>,
}

impl Occurrences {
    /// Frequency in `doc`, and its positions into `positions` if they are wanted. `doc` must not go down.
    fn at(&mut self, doc: DocId, mut positions: Option<&mut Vec<u32>>) -> u32 {
        let mut frequency = 0;
        let mut buffer = Vec::new();
        for postings in &mut self.postings {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if at == doc {
                frequency += postings.term_freq();
                if let Some(positions) = positions.as_deref_mut() {
                    postings.positions(&mut buffer);
                    positions.extend_from_slice(&buffer);
                }
            }
        }
        frequency
    }
}

/// Scores candidates again and sorts them: by score, then the newest, then by a key that no merge changes.
pub fn rescore(
    searcher: &Searcher,
    fields: &Fields,
    boosts: Boosts,
    words: &[RankWord],
    mut candidates: Vec<(f32, DocAddress)>,
) -> Result<Vec<(f32, DocAddress)>> {
    let statistics = ArticleStatistics::new(searcher, fields)?;
    let articles = statistics.articles.max(1);
    let average = Bm25StatisticsProvider::total_num_tokens(searcher, fields.body)? as f32 / articles as f32;
    let word_idf: Vec<f32> =
        words.iter().map(|w| Ok(idf(searcher.doc_freq(&Term::from_field_text(fields.body, &w.term))?, articles))).collect::<Result<_>>()?;
    candidates.sort_by_key(|(_, address)| *address);
    let mut from = 0;
    while from < candidates.len() {
        let ord = candidates[from].1.segment_ord;
        let to = from + candidates[from..].partition_point(|(_, a)| a.segment_ord == ord);
        let segment = searcher.segment_reader(ord);
        let mut scorer = SegmentRescorer::new(searcher, segment, fields, words, &word_idf, articles, average)?;
        for (score, address) in &mut candidates[from..to] {
            *score += scorer.extra(address.doc_id, boosts);
        }
        from = to;
    }
    sort(searcher, &mut candidates)?;
    Ok(candidates)
}

/// Sorts by score, then the newest first, then by file and record.
pub fn sort(searcher: &Searcher, hits: &mut [(f32, DocAddress)]) -> Result<()> {
    use crate::index::fields::column;
    let mut columns = Vec::new();
    for segment in searcher.segment_readers() {
        columns.push((segment.fast_fields().i64(column::DATE_FROM)?, segment.fast_fields().u64(column::TIE)?));
    }
    let key = |address: DocAddress| {
        let (dates, ties) = &columns[address.segment_ord as usize];
        (std::cmp::Reverse(dates.first(address.doc_id)), ties.first(address.doc_id))
    };
    hits.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then_with(|| key(a.1).cmp(&key(b.1))));
    Ok(())
}

struct SegmentRescorer<'a> {
    words: &'a [RankWord],
    word_idf: &'a [f32],
    form_idf: Vec<f32>,
    terms: Vec<Occurrences>,
    forms: Vec<Occurrences>,
    norms: tantivy::fieldnorm::FieldNormReader,
    average: f32,
    positions: Vec<Vec<u32>>,
}

impl<'a> SegmentRescorer<'a> {
    fn new(
        searcher: &Searcher,
        segment: &SegmentReader,
        fields: &Fields,
        words: &'a [RankWord],
        word_idf: &'a [f32],
        articles: u64,
        average: f32,
    ) -> Result<Self> {
        let (mut terms, mut forms, mut form_idf) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            let term = Term::from_field_text(fields.body, &word.term);
            let found = segment.inverted_index(fields.body)?.read_postings(&term, IndexRecordOption::WithFreqsAndPositions);
            let found = found.map_err(damaged)?;
            terms.push(Occurrences { postings: found.into_iter().map(|p| Box::new(p) as Box<dyn Postings>).collect() });
            let spelled = forms_of(segment, fields.body_forms, &word.folded)?;
            let mut doc_freq = 0;
            let mut postings: Vec<Box<dyn Postings>> = Vec::new();
            for form in spelled {
                let term = Term::from_field_text(fields.body_forms, &form);
                doc_freq += searcher.doc_freq(&term)?;
                let found =
                    segment.inverted_index(fields.body_forms)?.read_postings(&term, IndexRecordOption::WithFreqs).map_err(damaged)?;
                postings.extend(found.map(|p| Box::new(p) as Box<dyn Postings>));
            }
            form_idf.push(idf(doc_freq, articles));
            forms.push(Occurrences { postings });
        }
        let norms = segment.get_fieldnorms_reader(fields.body)?;
        Ok(Self { words, word_idf, form_idf, terms, forms, norms, average, positions: vec![Vec::new(); words.len()] })
    }

    fn extra(&mut self, doc: DocId, boosts: Boosts) -> f32 {
        let length = self.norms.fieldnorm(doc) as f32;
        let norm = K1 * (1.0 - B + B * length / self.average.max(1.0));
        let tf = |frequency: u32| frequency as f32 * (K1 + 1.0) / (frequency as f32 + norm);
        let mut extra = 0.0;
        for at in 0..self.words.len() {
            self.positions[at].clear();
            self.terms[at].at(doc, Some(&mut self.positions[at]));
            let frequency = self.forms[at].at(doc, None);
            if frequency > 0 {
                extra += boosts.exact_form * self.form_idf[at] * tf(frequency);
            }
        }
        for at in 1..self.words.len() {
            let gap = self.words[at].position.saturating_sub(self.words[at - 1].position);
            if gap == 0 || self.words[at].term == self.words[at - 1].term {
                continue;
            }
            let pairs = count_pairs(&self.positions[at - 1], &self.positions[at], gap);
            if pairs > 0 {
                extra += boosts.adjacency * (self.word_idf[at - 1] + self.word_idf[at]) * tf(pairs);
            }
        }
        extra
    }
}

/// How many positions of `second` follow one of `first` at exactly `gap`. Both ascend.
fn count_pairs(first: &[u32], second: &[u32], gap: u32) -> u32 {
    let (mut a, mut b, mut pairs) = (0, 0, 0);
    while a < first.len() && b < second.len() {
        match (first[a] + gap).cmp(&second[b]) {
            Ordering::Less => a += 1,
            Ordering::Greater => b += 1,
            Ordering::Equal => {
                pairs += 1;
                a += 1;
                b += 1;
            }
        }
    }
    pairs
}

/// The terms of a forms field whose folded part is `folded`: every accentuation that the segment holds.
pub fn forms_of(segment: &SegmentReader, field: Field, folded: &str) -> Result<Vec<String>> {
    let inverted = segment.inverted_index(field)?;
    let from = format!("{folded}{FORM_SEPARATOR}");
    let to = format!("{folded}\u{2}");
    let mut stream = inverted.terms().range().ge(from.as_bytes()).lt(to.as_bytes()).into_stream().map_err(damaged)?;
    let mut forms = Vec::new();
    while stream.advance() {
        forms.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(forms)
}

fn damaged(error: std::io::Error) -> Error {
    Error::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_at_the_gap() {
        assert_eq!(count_pairs(&[1, 5, 9], &[2, 6, 20], 1), 2);
        assert_eq!(count_pairs(&[1, 5], &[3, 6], 2), 1);
        assert_eq!(count_pairs(&[], &[3], 1), 0);
    }
}
