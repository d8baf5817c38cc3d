//! What a query that is being typed may become: words of the archive and facet values, the most frequent
//! first.
//!
//! Words are shown in the spelling that the archive writes most (`securi` gives sécurité), never as stems.
//! Accents and case of what was typed play no part. Stop words are left out: a query neither requires nor
//! scores them.

use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::french::{FormTerm, Token, fold, normalize};
use crate::index::fields::ARTICLE;
use crate::query::Pattern;
use crate::search::facet::declared::{is_month, shown_path};
use crate::search::local::LocalEngine;
use crate::search::response::hits::JSON_VERSION;
use crate::search::response::words::{SuggestedValue, SuggestedWord, Suggestions};
use crate::search::whole::Text;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::time::Instant;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Facet, IndexRecordOption, Term};

/// Bytes of what was typed that are read; the last words are what is being typed.
const MOST_TYPED: usize = 1_000;

/// Candidates that are counted exactly for each one that is shown: the order by the dictionary's own counts
/// is nearly right.
const COUNTED: usize = 2;

/// Words that continue the last word of `typed`, and facet values whose label has words that begin as those
/// typed do; at most `limit` of each, by the number of articles.
///
/// # Errors
/// What a damaged index gives.
pub fn suggest(engine: &LocalEngine, typed: &str, limit: usize) -> Result<Suggestions> {
    let started = Instant::now();
    let text = normalize(&typed[..typed.floor_char_boundary(MOST_TYPED)]);
    let tokens = engine.reader.french.analyze(&text);
    let words = match last_word(&text, &tokens) {
        Some(prefix) => words(engine, &prefix, limit)?,
        None => Vec::new(),
    };
    let begun: Vec<&str> = tokens
        .iter()
        .filter(|t| t.is_part())
        .map(|t| &*t.word.folded)
        .collect();
    let values = if begun.is_empty() {
        Vec::new()
    } else {
        values(engine, &begun, typed, limit)?
    };
    let took_ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(Suggestions {
        version: JSON_VERSION,
        prefix: typed.to_string(),
        took_ms,
        words,
        values,
    })
}

/// The folded beginning of the word that is being typed: what was typed as one is one (`al-qa`), without an
/// elided prefix.
fn last_word(text: &str, tokens: &[Token]) -> Option<String> {
    let chunk = tokens.last()?.chunk;
    let start = tokens
        .iter()
        .filter(|t| t.chunk == chunk)
        .map(|t| t.start)
        .min()?;
    Some(fold(&text[start..])).filter(|folded| !folded.is_empty())
}

/// The spellings of one word.
#[derive(Default)]
struct Spellings {
    /// Term of the forms fields, and its articles by the dictionary.
    forms: Vec<(String, u64)>,
    total: u64,
}

/// The forms that begin with a prefix, and how many articles have each.
fn forms(engine: &LocalEngine, prefix: &str) -> Result<FxHashMap<String, u64>> {
    let fields = &engine.reader.fields;
    let damaged = |e: std::io::Error| Error::Damaged(e.to_string());
    let mut by_form: FxHashMap<String, u64> = FxHashMap::default();
    if let Some(whole) = engine.whole() {
        for text in [Text::Body, Text::Title] {
            for (form, articles) in whole.fitting(text, &Pattern::Prefix(prefix.to_string()))? {
                *by_form.entry(form).or_default() += articles;
            }
        }
        return Ok(by_form);
    }
    for field in [fields.body_forms, fields.title_forms] {
        for segment in engine.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let beyond = [prefix.as_bytes(), &[0xFF]].concat();
            let mut stream = inverted
                .terms()
                .range()
                .ge(prefix)
                .lt(beyond)
                .into_stream()
                .map_err(damaged)?;
            while stream.advance() {
                let articles = u64::from(stream.value().doc_freq);
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                match by_form.get_mut(term) {
                    Some(known) => *known += articles,
                    None => drop(by_form.insert(term.to_string(), articles)),
                }
            }
        }
    }
    Ok(by_form)
}

/// The words of these forms, the most frequent first.
fn by_word(forms: FxHashMap<String, u64>) -> Vec<(String, Spellings)> {
    let mut by_word: FxHashMap<String, Spellings> = FxHashMap::default();
    for (term, articles) in forms {
        let folded = FormTerm::parse(&term).map_or(term.as_str(), |term| term.folded);
        let word = match by_word.get_mut(folded) {
            Some(word) => word,
            None => by_word.entry(folded.to_string()).or_default(),
        };
        word.total += articles;
        word.forms.push((term, articles));
    }
    let mut words: Vec<(String, Spellings)> = by_word.into_iter().collect();
    words.sort_by(|a, b| b.1.total.cmp(&a.1.total).then_with(|| a.0.cmp(&b.0)));
    words
}

fn words(engine: &LocalEngine, prefix: &str, limit: usize) -> Result<Vec<SuggestedWord>> {
    let fields = &engine.reader.fields;
    let candidates = by_word(forms(engine, prefix)?);
    let mut found = Vec::new();
    for (folded, mut word) in candidates {
        if found.len() >= limit.saturating_mul(COUNTED) {
            break;
        }
        if engine.reader.french.word(&folded).stop {
            continue;
        }
        word.forms
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let terms = word.forms.iter().flat_map(|(form, _)| {
            [fields.body_forms, fields.title_forms].map(|field| Term::from_field_text(field, form))
        });
        let count = match engine.whole() {
            Some(whole) => {
                let forms: Vec<String> = word.forms.iter().map(|(form, _)| form.clone()).collect();
                whole.having_any(&forms)?
            }
            None => engine.searcher.search(&TermSetQuery::new(terms), &Count)? as u64,
        };
        let form = FormTerm::parse(&word.forms[0].0).map(|term| term.form);
        let text = form.unwrap_or(&folded).to_string();
        // The dictionary still holds what only deleted articles had.
        if count > 0 {
            found.push(SuggestedWord { text, count });
        }
    }
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    found.truncate(limit);
    Ok(found)
}

fn values(engine: &LocalEngine, begun: &[&str], typed: &str, limit: usize) -> Result<Vec<SuggestedValue>> {
    let fields = &engine.reader.fields;
    let mut candidates: Vec<(u64, usize, String)> = Vec::new();
    for (at, (facet, field)) in fields.facets.iter().enumerate() {
        let tree = engine.tree(&facet.name)?;
        let known = engine
            .whole()
            .map(|whole| whole.values(&facet.name))
            .transpose()?;
        // What a lexicon knows under another name (GSIM is Jnim).
        let alias: BTreeSet<String> = if is_month(fields, &facet.name) {
            BTreeSet::new()
        } else {
            engine
                .reader
                .facets()?
                .resolve(&facet.name, typed)
                .into_iter()
                .collect()
        };
        for path in &tree.paths {
            let shown = shown_path(fields, &facet.name, path);
            let label = FacetPath::new(&shown).label();
            if alias.contains(path) || fits(label, begun) {
                let articles = match &known {
                    Some(known) => known.get(path).copied().unwrap_or(0),
                    None => engine.searcher.doc_freq(&facet_term(*field, path))?,
                };
                candidates.push((articles, at, path.clone()));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
    candidates.truncate(limit.saturating_mul(COUNTED));
    let mut found = Vec::new();
    for (_, at, path) in candidates {
        let (facet, field) = &fields.facets[at];
        let count = match engine.whole() {
            Some(whole) => whole.values(&facet.name)?.get(&path).copied().unwrap_or(0),
            None => {
                let query = articles_with(engine, facet_term(*field, &path));
                engine.searcher.search(&query, &Count)? as u64
            }
        };
        if count > 0 {
            let value = shown_path(fields, &facet.name, &path);
            let label = FacetPath::new(&value).label().to_string();
            found.push(SuggestedValue {
                facet: facet.name.clone(),
                value,
                label,
                count,
            });
        }
    }
    found.sort_by_key(|value| std::cmp::Reverse(value.count));
    found.truncate(limit);
    Ok(found)
}

fn facet_term(field: tantivy::schema::Field, path: &str) -> Term {
    Term::from_facet(field, &Facet::from_path(FacetPath::new(path).levels()))
}

fn articles_with(engine: &LocalEngine, term: Term) -> impl TantivyQuery {
    let kind = Term::from_field_text(engine.reader.fields.kind, ARTICLE);
    let must = |term| {
        (
            Occur::Must,
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn TantivyQuery>,
        )
    };
    BooleanQuery::new(vec![must(kind), must(term)])
}

/// Whether each beginning begins a word of the label, a word of the label each.
fn fits(label: &str, begun: &[&str]) -> bool {
    let words: Vec<String> = label
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(fold)
        .collect();
    // "l'armée" is found by armée: the part after an apostrophe is a word too.
    let after = label.split(['\'', '’', ' ', '-']).map(fold).collect::<Vec<_>>();
    begun
        .iter()
        .all(|beginning| words.iter().chain(&after).any(|word| word.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fit_by_the_beginnings_of_their_words() {
        assert!(fits("État islamique au Grand Sahara", &["etat", "sah"]));
        assert!(fits("Côte d'Ivoire", &["ivo"]));
        assert!(!fits("Mopti", &["opti"]));
        assert!(!fits("Mopti", &["mopti", "gao"]));
    }
}
