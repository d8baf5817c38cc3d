//! Ranking: BM25 over index terms finds and orders; the best few hundred are scored again with what costs
//! more.
//!
//! score = Σ BM25F(term, body + title_frequency × title): title and body as one text, in which a word of the
//! title stands so many times + title × BM25(term, title) + exact_form × BM25(folded form, body): the word as
//! typed, accents aside, above its relatives + adjacency × (idf a + idf b) × tf(pairs): words that stand
//! together as in the query + LEAD × idf, where the title or the first words of the body have the word: news says
//! first what it is about
//!
//! What finds and prunes is the sum that tantivy computes fast, BM25(term, body) + title × BM25(term, title);
//! the rescoring replaces its first part by BM25F (Robertson, Zaragoza and Taylor, 2004). BM25 with k1 = 1.2,
//! b = 0.75 (Robertson and Zaragoza, 2009), idf as in Lucene and tantivy.

use crate::error::{Error, Result};
use crate::index::Fields;
use crate::index::fields::{COPY, SOURCE};
use crate::schema::Boosts;
use crate::search::dictionary::lookup::{Dictionary, Forms, TermInfos};
use crate::search::whole::{Text, Whole, token_of};
use std::cmp::Ordering;
use std::sync::Arc;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader};

const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Saturation of a word's frequency in title and body together: below that of the parts, since a title
/// repeats what the body says (docs/quality.md).
const K1_TOGETHER: f32 = 0.8;

/// The first words of a body, stop words counted: about a sentence. Of 20, 30, 40, 60 and 100 the shorter ones
/// measured best (docs/quality.md).
const LEAD_WORDS: u32 = 20;
/// What a word gains for standing there or in the title, as a share of its rarity.
const LEAD: f32 = 0.5;

/// Hits are scored again in blocks of so many, in the order of BM25: where a hit stands doesn't depend on the
/// page that is asked for.
pub const RESCORED: usize = 200;

/// A word of the query, for scoring.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RankWord {
    pub typed: String,
    pub term: String,
    pub folded: String,
    /// Position in the query, stop words counted: the distance at which a pair is adjacent.
    pub position: u32,
    /// It is searched for by itself in title and body, not as a part of a phrase, a unit or a name.
    pub alone: bool,
    /// It gains where the title or the first words have it: not with `--any`, whose questions are about details.
    pub leads: bool,
    /// A function word: it is scored by the words beside it only.
    pub only_beside: bool,
}

/// What a hit's score gains when it is scored again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gain {
    /// Title and body as one text: what that gives above (or below) the body's own score.
    Together,
    /// The folded form stands so many times.
    Form(u32),
    /// It stands in the title or among the first words of the body.
    Lead,
    /// It and the word before it stand side by side so many times.
    Pair(u32),
}

/// Statistics over articles: tantivy's own would count the hidden documents of sources and copies.
pub struct ArticleStatistics<'s> {
    searcher: &'s Searcher,
    whole: Option<(&'s dyn Whole, &'s Fields)>,
    articles: u64,
}

impl<'s> ArticleStatistics<'s> {
    pub fn of(dictionary: &Dictionary<'s>, fields: &Fields) -> Result<Self> {
        let searcher = dictionary.searcher;
        if let Some((whole, _)) = dictionary.whole {
            return Ok(Self {
                searcher,
                whole: dictionary.whole,
                articles: whole.articles()?,
            });
        }
        let all = Bm25StatisticsProvider::total_num_docs(searcher)?;
        let others = |kind| searcher.doc_freq(&Term::from_field_text(fields.kind, kind));
        let others = others(SOURCE)? + others(COPY)?;
        // Both count deleted documents, as document frequencies do, so that none exceeds the total.
        Ok(Self {
            searcher,
            whole: None,
            articles: all.saturating_sub(others),
        })
    }
}

impl Bm25StatisticsProvider for ArticleStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        match self.whole {
            Some((whole, fields)) if field == fields.title => whole.words(Text::Title).map_err(asked),
            Some((whole, fields)) if field == fields.title_forms => whole.tokens(Text::Title).map_err(asked),
            Some((whole, fields)) if field == fields.body_forms => whole.tokens(Text::Body).map_err(asked),
            Some((whole, _)) => whole.words(Text::Body).map_err(asked),
            None => Bm25StatisticsProvider::total_num_tokens(self.searcher, field),
        }
    }
    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.whole.map(|(whole, fields)| (whole, token_of(fields, term))) {
            Some((whole, Some((text, token)))) => whole.having(text, &token).map_err(asked),
            _ => self.searcher.doc_freq(term),
        }
    }
}

/// What an archive answered in place of a number. Whoever asked it knows the reason, too.
fn asked(error: Error) -> tantivy::TantivyError {
    tantivy::TantivyError::InternalError(error.to_string())
}

fn idf(doc_freq: u64, articles: u64) -> f32 {
    let df = doc_freq.min(articles) as f32;
    (1.0 + (articles as f32 - df + 0.5) / (df + 0.5)).ln()
}

/// One occurrence list of a word in a segment.
struct Occurrences {
    postings: Vec<SegmentPostings>,
}

impl Occurrences {
    /// Frequency in `doc`, and its positions into `positions` if they are wanted. `doc` must not go down.
    fn at(&mut self, doc: DocId, mut positions: Option<&mut Vec<u32>>) -> u32 {
        let mut frequency = 0;
        let mut buffer = Vec::new();
        for postings in &mut self.postings {
            let at = if postings.doc() < doc {
                postings.seek(doc)
            } else {
                postings.doc()
            };
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

/// Scores a block of candidates again and sorts them: by score, then the newest, then by a key that no merge
/// changes.
pub fn rescore(
    dictionary: &Dictionary<'_>,
    fields: &Fields,
    boosts: Boosts,
    words: &[RankWord],
    mut candidates: Vec<(f32, DocAddress)>,
) -> Result<Vec<(f32, DocAddress)>> {
    let searcher = dictionary.searcher;
    let weights = Weights::new(dictionary, fields, boosts, words)?;
    candidates.sort_by_key(|(_, address)| *address);
    let mut from = 0;
    while from < candidates.len() {
        let ord = candidates[from].1.segment_ord;
        let to = from + candidates[from..].partition_point(|(_, a)| a.segment_ord == ord);
        let mut scorer = SegmentRescorer::new(
            searcher.segment_reader(ord),
            ord as usize,
            fields,
            words,
            &weights,
        )?;
        for (score, address) in &mut candidates[from..to] {
            scorer.gains(address.doc_id, &mut |_, _, gain| *score += gain);
        }
        from = to;
    }
    sort(searcher, &mut candidates)?;
    Ok(candidates)
}

/// What [`rescore`] adds to one hit: number of the word, why, how much.
pub fn gains(
    dictionary: &Dictionary<'_>,
    fields: &Fields,
    boosts: Boosts,
    words: &[RankWord],
    address: DocAddress,
) -> Result<Vec<(usize, Gain, f32)>> {
    let searcher = dictionary.searcher;
    let weights = Weights::new(dictionary, fields, boosts, words)?;
    let ord = address.segment_ord;
    let mut scorer = SegmentRescorer::new(
        searcher.segment_reader(ord),
        ord as usize,
        fields,
        words,
        &weights,
    )?;
    let mut gains = Vec::new();
    scorer.gains(address.doc_id, &mut |word, gain, score| {
        gains.push((word, gain, score))
    });
    Ok(gains)
}

/// Sorts by score, then the newest first, then by file and record.
pub fn sort(searcher: &Searcher, hits: &mut [(f32, DocAddress)]) -> Result<()> {
    use crate::index::fields::column;
    let mut columns = Vec::new();
    for segment in searcher.segment_readers() {
        columns.push((
            segment.fast_fields().i64(column::DATE_FROM)?,
            segment.fast_fields().u64(column::RECORD_KEY)?,
        ));
    }
    let key = |address: DocAddress| {
        let (dates, record_keys) = &columns[address.segment_ord as usize];
        (
            std::cmp::Reverse(dates.first(address.doc_id)),
            record_keys.first(address.doc_id),
        )
    };
    hits.sort_by(|a, b| {
        b.0.partial_cmp(&a.0)
            .unwrap_or(Ordering::Equal)
            .then_with(|| key(a.1).cmp(&key(b.1)))
    });
    Ok(())
}

/// What is the same for all segments.
struct Weights {
    boosts: Boosts,
    /// Words of an average body and title.
    average_body: f32,
    average_title: f32,
    /// Of each word: in bodies, and in bodies or titles.
    body_idf: Vec<f32>,
    idf: Vec<f32>,
    /// Of each word's accentuations, over all segments: a score doesn't depend on how articles lie in them.
    form_idf: Vec<f32>,
    /// Of each word where its postings are: in bodies, in titles, and those of its accentuations in bodies.
    bodies: Vec<Arc<TermInfos>>,
    titles: Vec<Arc<TermInfos>>,
    forms: Vec<Arc<Forms>>,
}

impl Weights {
    fn new(dictionary: &Dictionary<'_>, fields: &Fields, boosts: Boosts, words: &[RankWord]) -> Result<Self> {
        let statistics = ArticleStatistics::of(dictionary, fields)?;
        let articles = statistics.articles.max(1);
        let average = |field| -> Result<f32> {
            Ok((statistics.total_num_tokens(field)? as f32 / articles as f32).max(1.0))
        };
        let mut weights = Self {
            boosts,
            average_body: average(fields.body)?,
            average_title: average(fields.title)?,
            body_idf: Vec::with_capacity(words.len()),
            idf: Vec::with_capacity(words.len()),
            form_idf: Vec::with_capacity(words.len()),
            bodies: Vec::with_capacity(words.len()),
            titles: Vec::with_capacity(words.len()),
            forms: Vec::with_capacity(words.len()),
        };
        for word in words {
            let (body, title) = (
                dictionary.term(fields.body, &word.term)?,
                dictionary.term(fields.title, &word.term)?,
            );
            weights.body_idf.push(idf(body.doc_freq, articles));
            // At least so many have it in either: what a title says, its body mostly says too.
            weights.idf.push(idf(body.doc_freq.max(title.doc_freq), articles));
            let forms = dictionary.forms(fields.body_forms, &word.folded)?;
            let frequency = dictionary.form_frequency(fields.body_forms, &word.folded)?;
            weights.form_idf.push(idf(frequency, articles));
            weights.bodies.push(body);
            weights.titles.push(title);
            weights.forms.push(forms);
        }
        Ok(weights)
    }
}

struct SegmentRescorer<'a> {
    words: &'a [RankWord],
    weights: &'a Weights,
    bodies: Vec<Occurrences>,
    titles: Vec<Occurrences>,
    forms: Vec<Occurrences>,
    body_norms: tantivy::fieldnorm::FieldNormReader,
    title_norms: tantivy::fieldnorm::FieldNormReader,
    positions: Vec<Vec<u32>>,
}

impl<'a> SegmentRescorer<'a> {
    fn new(
        segment: &SegmentReader,
        ord: usize,
        fields: &Fields,
        words: &'a [RankWord],
        weights: &'a Weights,
    ) -> Result<Self> {
        let occurrences =
            |field, infos: &mut dyn Iterator<Item = &TermInfo>, option| -> Result<Occurrences> {
                let inverted = segment.inverted_index(field)?;
                let postings = infos.map(|info| {
                    inverted
                        .read_postings_from_terminfo(info, option)
                        .map_err(damaged)
                });
                Ok(Occurrences {
                    postings: postings.collect::<Result<_>>()?,
                })
            };
        let (mut bodies, mut titles, mut forms) = (Vec::new(), Vec::new(), Vec::new());
        for (number, word) in words.iter().enumerate() {
            let (body, title) = (
                weights.bodies[number].at(ord),
                weights.titles[number].at(ord).filter(|_| word.alone),
            );
            bodies.push(occurrences(
                fields.body,
                &mut body.into_iter(),
                IndexRecordOption::WithFreqsAndPositions,
            )?);
            titles.push(occurrences(
                fields.title,
                &mut title.into_iter(),
                IndexRecordOption::WithFreqs,
            )?);
            let spelled = weights.forms[number].get(ord).into_iter().flatten();
            forms.push(occurrences(
                fields.body_forms,
                &mut spelled.map(|(_, info)| info),
                IndexRecordOption::WithFreqs,
            )?);
        }
        let body_norms = segment.get_fieldnorms_reader(fields.body)?;
        let title_norms = segment.get_fieldnorms_reader(fields.title)?;
        let positions = vec![Vec::new(); words.len()];
        Ok(Self {
            words,
            weights,
            bodies,
            titles,
            forms,
            body_norms,
            title_norms,
            positions,
        })
    }

    /// Calls `add` with everything that the document gains.
    fn gains(&mut self, doc: DocId, add: &mut dyn FnMut(usize, Gain, f32)) {
        let boosts = self.weights.boosts;
        let relative = |length: u32, average: f32| 1.0 - B + B * length as f32 / average;
        let body_length = relative(self.body_norms.fieldnorm(doc), self.weights.average_body);
        let title_length = relative(self.title_norms.fieldnorm(doc), self.weights.average_title);
        let tf = |frequency: u32| frequency as f32 * (K1 + 1.0) / (frequency as f32 + K1 * body_length);
        for at in 0..self.words.len() {
            self.positions[at].clear();
            let in_body = self.bodies[at].at(doc, Some(&mut self.positions[at]));
            if self.words[at].only_beside {
                continue;
            }
            if self.words[at].alone {
                let in_title = self.titles[at].at(doc, None);
                let in_lead = self.positions[at]
                    .first()
                    .is_some_and(|first| *first < LEAD_WORDS);
                let repeated = self.words[..at]
                    .iter()
                    .any(|word| word.term == self.words[at].term);
                if self.words[at].leads && (in_title > 0 || in_lead) && !repeated {
                    add(at, Gain::Lead, LEAD * self.weights.idf[at]);
                }
                let together =
                    in_body as f32 / body_length + boosts.title_frequency * in_title as f32 / title_length;
                let alone = self.weights.body_idf[at] * tf(in_body);
                let gain =
                    self.weights.idf[at] * together * (K1_TOGETHER + 1.0) / (together + K1_TOGETHER) - alone;
                if together > 0.0 {
                    add(at, Gain::Together, gain);
                }
            }
            let frequency = self.forms[at].at(doc, None);
            if frequency > 0 {
                add(
                    at,
                    Gain::Form(frequency),
                    boosts.exact_form * self.weights.form_idf[at] * tf(frequency),
                );
            }
        }
        for at in 1..self.words.len() {
            let gap = self.words[at]
                .position
                .saturating_sub(self.words[at - 1].position);
            if gap == 0 || self.words[at].term == self.words[at - 1].term {
                continue;
            }
            let pairs = count_pairs(&self.positions[at - 1], &self.positions[at], gap);
            if pairs > 0 {
                let rarity = self.weights.body_idf[at - 1] + self.weights.body_idf[at];
                add(at, Gain::Pair(pairs), boosts.adjacency * rarity * tf(pairs));
            }
        }
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
