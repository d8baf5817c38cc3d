//! The same news in other words: what no signature of the text finds, since hardly three words stand together as
//! before.
//!
//! Reports of one event share its rare words: names, numbers, what was burnt and who said so. Two texts are
//! compared by the cosine of their different index terms, each weighing as much as it is rare in the archive
//! (Spärck Jones, 1972). Only articles that share the rarest words are compared, and read again for it.

use crate::error::Result;
use crate::index::ids;
use crate::search::local::LocalEngine;
use crate::search::related::near_copy::copy;
use crate::search::request::Selection;
use crate::search::response::hits::NearCopy;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet as _, TERMINATED};

/// Texts whose words are so alike are taken for the same news (docs/quality.md says why).
pub const SAME_NEWS: f64 = 0.30;

/// Of an article's words, its rarest, by which others are looked for.
const RAREST: usize = 32;

/// So many articles that share most of them are read and compared.
const COMPARED: usize = 100;

/// A text with fewer different words says too little to be compared.
const FEWEST: usize = 8;

/// Words of more than this share of the archive say nothing about the event.
const COMMON: u64 = 4;

/// How rare words are, each looked up once.
struct Rarity<'e> {
    engine: &'e LocalEngine,
    known: FxHashMap<String, f64>,
}

impl Rarity<'_> {
    fn of(&mut self, term: &str) -> Result<f64> {
        if let Some(rarity) = self.known.get(term) {
            return Ok(*rarity);
        }
        let frequency = self.frequency(term)?;
        let rarity = (1.0 + self.engine.searcher.num_docs() as f64 / frequency.max(1) as f64).ln();
        self.known.insert(term.to_string(), rarity);
        Ok(rarity)
    }

    fn frequency(&self, term: &str) -> Result<u64> {
        Ok(self
            .engine
            .searcher
            .doc_freq(&Term::from_field_text(self.engine.reader.fields.body, term))?)
    }

    /// The different words of a text, with their weights.
    fn words(&mut self, text: &str) -> Result<BTreeMap<String, f64>> {
        let tokens = self.engine.reader.french.analyze(text);
        let mut words = BTreeMap::new();
        for token in tokens.iter().filter(|t| t.is_part() && !t.word.stop) {
            if !words.contains_key(&*token.word.term) {
                words.insert(token.word.term.to_string(), self.of(&token.word.term)?);
            }
        }
        Ok(words)
    }
}

/// Articles that tell the same news as one in other words, the most alike first, with their likeness from 0
/// to 1; those in `but` are left out.
///
/// # Errors
/// [`crate::Error::NoSuchArticle`], or what a damaged index gives.
pub fn reworded(
    engine: &LocalEngine,
    id: &str,
    least: f64,
    but: &FxHashSet<String>,
) -> Result<Vec<NearCopy>> {
    let (address, article) = ids::find(&engine.searcher, &engine.reader.fields, id)?;
    let mut rarity = Rarity {
        engine,
        known: FxHashMap::default(),
    };
    let own = rarity.words(&article.body)?;
    if own.len() < FEWEST {
        return Ok(Vec::new());
    }
    // Without articles that an analyst has excluded.
    let shown: FxHashSet<DocAddress> = engine.all(&Selection::default())?.into_iter().collect();
    let mut found = Vec::new();
    let candidates = candidates(&rarity, &own, address)?.into_iter();
    for other in candidates.filter(|other| shown.contains(other)) {
        let same = likeness(&own, &rarity.words(&engine.stored(other)?.body)?);
        if same >= least {
            found.push((same, other));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut copies = Vec::new();
    for (same, other) in found {
        let copy = copy(engine, other, same)?;
        if !but.contains(&copy.id) {
            copies.push(copy);
        }
    }
    Ok(copies)
}

/// Other articles that share the rarest words, those first that share most.
fn candidates(
    rarity: &Rarity<'_>,
    own: &BTreeMap<String, f64>,
    address: DocAddress,
) -> Result<Vec<DocAddress>> {
    let (searcher, body) = (&rarity.engine.searcher, rarity.engine.reader.fields.body);
    let mut words: Vec<(&String, f64)> = own.iter().map(|(word, weight)| (word, *weight)).collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (mut shared, mut used) = (FxHashMap::<DocAddress, f64>::default(), 0);
    for (word, weight) in words {
        let frequency = rarity.frequency(word)?;
        // One that only this article has leads nowhere.
        if frequency < 2 || frequency * COMMON > searcher.num_docs().max(2 * COMMON) {
            continue;
        }
        for (number, segment) in (0..).zip(searcher.segment_readers()) {
            let term = Term::from_field_text(body, word);
            let Some(mut postings) = segment
                .inverted_index(body)?
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?
            else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let other = DocAddress::new(number, postings.doc());
                if other != address
                    && segment
                        .alive_bitset()
                        .is_none_or(|alive| alive.is_alive(other.doc_id))
                {
                    *shared.entry(other).or_default() += weight;
                }
                postings.advance();
            }
        }
        used += 1;
        if used == RAREST {
            break;
        }
    }
    let mut best: Vec<(f64, DocAddress)> = shared
        .into_iter()
        .map(|(other, weight)| (weight, other))
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    best.truncate(COMPARED);
    Ok(best.into_iter().map(|(_, other)| other).collect())
}

/// The cosine of two texts' weighted words.
fn likeness(one: &BTreeMap<String, f64>, other: &BTreeMap<String, f64>) -> f64 {
    let length = |words: &BTreeMap<String, f64>| words.values().map(|w| w * w).sum::<f64>();
    let both: f64 = one
        .iter()
        .filter(|(word, _)| other.contains_key(*word))
        .map(|(_, w)| w * w)
        .sum();
    if both == 0.0 {
        0.0
    } else {
        both / (length(one) * length(other)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let words = |list: &[(&str, f64)]| {
            list.iter()
                .map(|(w, weight)| (w.to_string(), *weight))
                .collect::<BTreeMap<_, _>>()
        };
        let one = words(&[("ogota", 5.0), ("village", 1.0)]);
        assert!((likeness(&one, &one) - 1.0).abs() < 1e-9);
        assert!(likeness(&one, &words(&[("ogota", 5.0), ("maire", 1.0)])) > 0.9);
        assert!(likeness(&one, &words(&[("moura", 5.0), ("village", 1.0)])) < 0.1);
        assert_eq!(likeness(&one, &words(&[])), 0.0);
    }
}
