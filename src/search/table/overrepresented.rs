//! Words and facet values that a result has more often than the archive.
//!
//! Ranked by the log-likelihood ratio G² over numbers of articles (Dunning, "Accurate Methods for the
//! Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993), of those that are more
//! frequent in the result. A sentence that several articles of the result share counts once: otherwise the
//! signature of a syndicated wire would head every list.

use crate::error::Result;
use crate::french::sentences;
use crate::search::compile::selection::compile;
use crate::search::local::LocalEngine;
use crate::search::request::{Selection, TermsRequest};
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::tables::{OverRepresented, Surprise, ValueSurprise};
use crate::search::table::axis::Axis;
use crate::search::table::pivot::Cells;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use tantivy::query::Query;
use tantivy::schema::Term;

/// Articles whose words are read; of more, so many are taken at even distances.
const READ: usize = 2000;

/// In fewer articles a word is chance.
const LEAST: u64 = 3;

/// G² of a two by two table: `a` of `n` articles here, `b` of `m` elsewhere. Zero where it is not more
/// frequent here.
fn g2(a: f64, n: f64, b: f64, m: f64) -> f64 {
    if n == 0.0 || m <= 0.0 || a / n <= b / m {
        return 0.0;
    }
    let all = n + m;
    let expected = |of: f64, total: f64| of * total / all;
    let part = |seen: f64, expected: f64| {
        if seen <= 0.0 || expected <= 0.0 {
            0.0
        } else {
            seen * (seen / expected).ln()
        }
    };
    2.0 * (part(a, expected(n, a + b))
        + part(b, expected(m, a + b))
        + part(n - a, expected(n, all - a - b))
        + part(m - b, expected(m, all - a - b)))
}

fn surprise(text: String, count: u64, n: u64, archive: u64, all: u64) -> Surprise {
    let (a, b) = (count as f64, archive.saturating_sub(count) as f64);
    let (n, m) = (n as f64, all.saturating_sub(n) as f64);
    let times = (b > 0.0 && n > 0.0 && m > 0.0).then(|| (a / n) / (b / m));
    Surprise {
        text,
        count,
        archive,
        times,
        g2: g2(a, n, b, m),
    }
}

/// Words of the articles read: in how many each is, its spellings, and its last sentence's article.
#[derive(Default)]
struct Words {
    counts: FxHashMap<Box<str>, (u64, usize)>,
    spellings: FxHashMap<Box<str>, FxHashMap<Box<str>, u32>>,
    sentences: FxHashSet<u64>,
    repeated: u64,
}

impl Words {
    fn read(&mut self, number: usize, body: &str, engine: &LocalEngine) {
        let tokens = engine.reader.french.analyze(body);
        let mut at = 0;
        for range in sentences(body) {
            let from = at;
            while tokens.get(at).is_some_and(|t| t.start < range.end) {
                at += 1;
            }
            let of = &tokens[from..at];
            let mut hasher = rustc_hash::FxHasher::default();
            of.iter().for_each(|t| t.word.folded.hash(&mut hasher));
            // A sentence of a word or two ("Il a dit.") is repeated by chance.
            if of.len() > 3 && !self.sentences.insert(hasher.finish()) {
                self.repeated += 1;
                continue;
            }
            for token in of.iter().filter(|t| t.is_part() && !t.word.stop) {
                let word = &token.word;
                if !word.folded.chars().any(char::is_alphabetic) || word.folded.chars().count() < 2 {
                    continue;
                }
                let entry = self.counts.entry(word.term.clone()).or_insert((0, usize::MAX));
                if entry.1 != number {
                    *entry = (entry.0 + 1, number);
                    let spelling = body.get(token.start..token.end).unwrap_or(&word.form);
                    *self
                        .spellings
                        .entry(word.term.clone())
                        .or_default()
                        .entry(spelling.into())
                        .or_default() += 1;
                }
            }
        }
    }

    fn spelling(&self, term: &str) -> String {
        let most = self
            .spellings
            .get(term)
            .and_then(|s| s.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))));
        most.map_or(term, |(spelling, _)| spelling).to_string()
    }
}

/// What is over-represented in the articles of a selection. The query's own words are left out.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub fn terms(engine: &LocalEngine, wanted: &TermsRequest) -> Result<OverRepresented> {
    let fields = &engine.reader.fields;
    let compiled = compile(engine, &wanted.selection)?;
    let query = compiled.with_filters(&engine.reader.fields)?;
    let found = engine.ids_of(&query)?;
    // All that a search can find: what an analyst excluded is none of the archive here.
    let everything = compile(engine, &Selection::default())?.with_filters(&engine.reader.fields)?;
    let (mut words, mut read) = (Words::default(), 0);
    let step = (found.len() as f64 / READ as f64).max(1.0);
    let mut next = 0.0;
    while (next as usize) < found.len() {
        let article = engine.stored(found[next as usize])?;
        words.read(read, &article.body, engine);
        read += 1;
        next += step;
    }
    let total = found.len() as u64;
    let (archive, values) = values(engine, &query, &everything, wanted.limit)?;
    let own: FxHashSet<&str> = compiled.words.iter().map(|w| w.term.as_str()).collect();
    let mut list = Vec::new();
    for (term, (count, _)) in words
        .counts
        .iter()
        .filter(|(term, (count, _))| *count >= LEAST && !own.contains(&***term))
    {
        let df = engine
            .searcher
            .doc_freq(&Term::from_field_text(fields.body, term))?;
        list.push((
            term,
            surprise(String::new(), *count, read as u64, df.max(*count), archive),
        ));
    }
    let mut list: Vec<Surprise> = list
        .into_iter()
        .map(|(term, s)| Surprise {
            text: words.spelling(term),
            ..s
        })
        .collect();
    best(&mut list, wanted.limit);
    let mut notes = compiled.notes;
    if (read as u64) < total {
        notes.push(format!(
            "words were counted in a sample of {read} of {total} articles"
        ));
    }
    Ok(OverRepresented {
        version: JSON_VERSION,
        query: wanted.selection.query.clone(),
        total,
        archive,
        read: read as u64,
        repeated_sentences: words.repeated,
        words: list,
        values,
        notes,
    })
}

/// The values of each facet that are over-represented, and how many articles the archive has.
fn values(
    engine: &LocalEngine,
    query: &dyn Query,
    everything: &dyn Query,
    limit: usize,
) -> Result<(u64, Vec<ValueSurprise>)> {
    let (mut archive, mut values) = (0, Vec::new());
    for (facet, _) in &engine.reader.fields.facets {
        let axis = Axis::facet(engine, &facet.name, 3)?;
        let here = Cells::count(engine, query, &axis, None)?;
        let all = Cells::count(engine, everything, &axis, None)?;
        archive = all.total;
        let mut surprises: Vec<Surprise> = (0..axis.buckets.len())
            .filter(|at| here.row_totals[*at] >= LEAST.min(here.total))
            .map(|at| {
                surprise(
                    axis.buckets[at].clone(),
                    here.row_totals[at],
                    here.total,
                    all.row_totals[at],
                    all.total,
                )
            })
            .collect();
        best(&mut surprises, limit);
        values.extend(surprises.into_iter().map(|value| ValueSurprise {
            facet: facet.name.clone(),
            value,
        }));
    }
    Ok((archive, values))
}

/// The most surprising, those that chance would give in one list of a thousand left out (G² of 10.83 at one
/// degree of freedom).
fn best(list: &mut Vec<Surprise>, limit: usize) {
    list.retain(|s| s.g2 > 10.83);
    list.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.text.cmp(&b.text)));
    list.truncate(limit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g2_agrees_with_the_formula_and_is_one_sided() {
        // 10 of 100 here, 10 of 1000 elsewhere.
        let (a, b, c, d) = (10.0f64, 10.0, 90.0, 990.0);
        let n = a + b + c + d;
        let cell = |o: f64, row: f64, column: f64| o * (o * n / (row * column)).ln();
        let by_hand = 2.0
            * (cell(a, 100.0, 20.0)
                + cell(b, 1000.0, 20.0)
                + cell(c, 100.0, 1080.0)
                + cell(d, 1000.0, 1080.0));
        assert!((g2(10.0, 100.0, 10.0, 1000.0) - by_hand).abs() < 1e-9);
        assert_eq!(g2(1.0, 100.0, 10.0, 1000.0), 0.0, "as frequent elsewhere");
        assert_eq!(g2(10.0, 100.0, 0.0, 0.0), 0.0, "nothing to compare with");
    }
}
