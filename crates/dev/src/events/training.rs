//! Weights learned from labels, and rows of articles by weights that haven't seen them.

use super::labels::{Label, Set};
use super::pairing::{Row, Verdict, fold, is_fully_right, pair};
use super::{logistic, priors};
use crate::random::Random;
use griot::events::weights::{Limit, Table, is_coarse};
use griot::events::{Candidate, Features, Reading, Weights};
use std::collections::BTreeMap;

/// Strength of the penalty on weights of places, and of rows.
const PLACE_STRENGTH: f64 = 4.0;
const ROW_STRENGTH: f64 = 8.0;

/// The least probability of a place, and of a row, in short and in long texts. Of the cuts from .4 to .6 and the floors
/// from .3 to .55 those with the best F1 in ten folds, short texts and full-length press each by itself.
pub const CUT: Limit = Limit {
    short: 0.55,
    long: 0.45,
};
pub const FLOOR: Limit = Limit {
    short: 0.3,
    long: 0.5,
};

/// Log-odds added for countries: of what is told of one, labels quote a single passage, so that its other passages
/// count against it. Of 0 to 1.2 the best F1 on full-length press that costs short texts little.
const COUNTRY_SHIFT: f64 = 1.0;

/// Rounds of folds that rows for training are made in.
const ROUNDS: u64 = 3;

/// An article read, with its labels.
pub struct Prepared<'s> {
    pub id: &'s str,
    pub text: &'s str,
    pub reading: Reading<'s>,
    /// Country and region of each place of the gazetteer.
    pub regions: Vec<String>,
    pub labels: Vec<&'s Label>,
}

/// The labels of each article of a set.
pub fn labels_of(set: &Set) -> BTreeMap<&str, Vec<&Label>> {
    let mut by_article: BTreeMap<&str, Vec<&Label>> = BTreeMap::new();
    for label in &set.labels {
        by_article.entry(&label.article).or_default().push(label);
    }
    by_article
}

impl Prepared<'_> {
    /// The rows that weights give.
    pub fn rows(&self, weights: &Weights) -> Vec<Row> {
        let events = self.reading.events(weights).into_iter();
        let row = |event: griot::events::Event| Row {
            date: event.date,
            region: event
                .mention
                .and_then(|m| self.regions.get(m).cloned())
                .unwrap_or_default(),
            place: event.place,
            killed: event.killed.map(|toll| i64::from(toll.n)),
            confidence: event.confidence,
            features: event.features,
            passage: event.passage,
        };
        events.map(row).collect()
    }

    /// What became of rows.
    pub fn verdicts(&self, rows: &[Row]) -> Vec<Verdict> {
        pair(&self.labels, &rows.iter().collect::<Vec<_>>())
    }

    /// Places with whether an event takes place there, as far as the labels tell.
    fn examples(&self) -> Vec<(Features, bool)> {
        let candidates = self.reading.candidates().into_iter();
        let known = |candidate: Candidate| Some((is_scene(&candidate, &self.labels)?, candidate.features));
        candidates
            .filter_map(known)
            .map(|(holds, features)| (features, holds))
            .collect()
    }
}

/// Whether the labels say that an event takes place at a place mention; none where they don't tell.
///
/// A label quotes one passage, but the event may be told in others: a mention of its place beside the word of a deed
/// counts, too, unless its role is another (home of a speaker, where people come from).
fn is_scene(candidate: &Candidate, labels: &[&Label]) -> Option<bool> {
    let name = fold(&candidate.name);
    if name.is_empty() {
        return is_told(candidate, labels);
    }
    let (role, features) = (candidate.role, &candidate.features);
    let contains = candidate.contained && role == "prep=container";
    let is_other = matches!(
        role,
        "prep=state" | "prep=from" | "prep=toward" | "prep=people" | "prep=speaker"
    ) || contains;
    let told = !features.has("no_trigger") && !features.has("no_strong_in_sentence");
    let mut holds = Some(false);
    for label in labels {
        let mut names = label.place.iter().chain(&label.other_names);
        if !names.any(|other| fold(other) == name) {
            continue;
        }
        let quoted = label
            .evidence
            .as_ref()
            .is_some_and(|words| words.start < candidate.passage.end && candidate.passage.start < words.end);
        // Much is told of a country: another sentence may well tell of something else.
        let elsewhere = is_coarse(features) && !quoted;
        if elsewhere {
            let may_tell = told && (features.has("toll_in_clause") || !features.has("undated"));
            holds = if may_tell && holds == Some(false) {
                None
            } else {
                holds
            };
            continue;
        }
        let tells = quoted && !contains || told && !is_other;
        holds = match holds {
            _ if tells && !label.weak => Some(true),
            // Quoted for what counts neither way, or told without a deed.
            Some(false) if !is_other => None,
            other => other,
        };
    }
    holds
}

/// The same of a sentence that tells of an event without a place; none where its place is told elsewhere.
fn is_told(candidate: &Candidate, labels: &[&Label]) -> Option<bool> {
    let mut holds = Some(false);
    for label in labels {
        let quoted = label
            .evidence
            .as_ref()
            .is_some_and(|words| words.start < candidate.passage.end && candidate.passage.start < words.end);
        if quoted && label.place.is_none() && !label.weak {
            return Some(true);
        }
        if quoted {
            holds = None;
        }
    }
    holds
}

/// The tables of places and of countries, learned from articles.
pub fn place_tables(articles: &[&Prepared<'_>]) -> (Table, Table) {
    let examples: Vec<(Features, bool)> = articles.iter().flat_map(|article| article.examples()).collect();
    let fit = |coarse: bool| {
        let data = examples
            .iter()
            .filter(|(features, _)| is_coarse(features) == coarse);
        let data: Vec<_> = data
            .map(|(features, holds)| (features.iter().collect(), *holds))
            .collect();
        logistic::fit(&data, PLACE_STRENGTH, &priors::place)
    };
    let mut country = fit(true);
    country.bias += COUNTRY_SHIFT;
    (fit(false), country)
}

/// The fold of each article, by chance.
pub fn folds(articles: &[Prepared<'_>], number: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|at| articles[*at].id);
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    let mut folds = vec![0; articles.len()];
    for (place, article) in order.into_iter().enumerate() {
        folds[article] = place % number.max(1);
    }
    folds
}

/// The rows of each article by weights of places that were learned from the other folds.
pub fn rows_in_folds(articles: &[Prepared<'_>], folds: &[usize], rows: &Table) -> Vec<Vec<Row>> {
    let mut out: Vec<Vec<Row>> = articles.iter().map(|_| Vec::new()).collect();
    let number = folds.iter().max().map_or(0, |last| last + 1);
    for fold in 0..number {
        let others: Vec<&Prepared<'_>> = articles
            .iter()
            .zip(folds)
            .filter(|(_, f)| **f != fold)
            .map(|(article, _)| article)
            .collect();
        let (place, country) = place_tables(&others);
        let weights = Weights {
            place,
            country,
            row: rows.clone(),
            cut: CUT,
            ..Weights::default()
        };
        for (at, article) in articles.iter().enumerate().filter(|(at, _)| folds[*at] == fold) {
            out[at] = article.rows(&weights);
        }
    }
    out
}

/// A row as an example.
struct Example {
    article: usize,
    features: Features,
    /// It is a labelled event.
    is_event: bool,
    is_fully_right: bool,
}

/// Rows as examples.
type Examples = Vec<Example>;

/// Rows made in folds, several times over.
fn row_examples(articles: &[Prepared<'_>], number: usize, seed: u64) -> Examples {
    let mut examples = Vec::new();
    for round in 0..ROUNDS {
        let folds = folds(articles, number, seed + 1 + round);
        let rows = rows_in_folds(articles, &folds, &Table::default());
        for (at, (article, rows)) in articles.iter().zip(rows).enumerate() {
            let verdicts = article.verdicts(&rows);
            for (row, verdict) in rows.into_iter().zip(verdicts) {
                let (is_event, is_fully_right) = match verdict {
                    Verdict::Ignored => continue,
                    Verdict::Line(line, dated) => (true, is_fully_right(article.labels[line], &row, dated)),
                    _ => (false, false),
                };
                examples.push(Example {
                    article: at,
                    features: row.features,
                    is_event,
                    is_fully_right,
                });
            }
        }
    }
    examples
}

/// The tables `row` and `kept`.
fn row_tables(examples: &Examples, is_used: impl Fn(usize) -> bool, shift: f64) -> (Table, Table) {
    let fit = |holds: fn(&Example) -> bool| {
        let used = examples.iter().filter(|example| is_used(example.article));
        let data: Vec<_> = used
            .map(|example| (example.features.iter().collect(), holds(example)))
            .collect();
        logistic::fit(&data, ROW_STRENGTH, &priors::row)
    };
    let mut row = fit(|example| example.is_fully_right);
    row.bias += shift;
    (row, fit(|example| example.is_event))
}

/// All weights, learned from all articles. `shift`: log-odds by which confidence is told more carefully.
pub fn train(articles: &[Prepared<'_>], seed: u64, shift: f64) -> Weights {
    let all: Vec<&Prepared<'_>> = articles.iter().collect();
    let (place, country) = place_tables(&all);
    let (row, kept) = row_tables(&row_examples(articles, 10, seed), |_| true, shift);
    Weights {
        place,
        country,
        row,
        kept,
        cut: CUT,
        floor: FLOOR,
    }
}

/// The rows of each article by weights, confidence included, that haven't seen it.
pub fn out_of_fold(articles: &[Prepared<'_>], number: usize, seed: u64, shift: f64) -> Vec<Vec<Row>> {
    let folds = folds(articles, number, seed);
    let mut rows = rows_in_folds(articles, &folds, &Table::default());
    let examples = row_examples(articles, number, seed);
    for fold in 0..number {
        let (table, kept) = row_tables(&examples, |article| folds[article] != fold, shift);
        for (at, rows) in rows.iter_mut().enumerate().filter(|(at, _)| folds[*at] == fold) {
            debug_assert_eq!(folds[at], fold);
            rows.retain(|row| kept.probability(&row.features) >= FLOOR.of(row.features.has("long")));
            for row in rows {
                row.confidence = table.probability(&row.features);
            }
        }
    }
    rows
}
