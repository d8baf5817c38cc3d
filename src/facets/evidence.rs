//! What gave a value: the phrases of many articles, counted, so that a lexicon can be audited.

use crate::article::{Evidence, FacetValue, Part};
use crate::facet_path::FacetPath;
use crate::french::fold;
use rustc_hash::FxHashMap;

/// More phrases than this are not told apart: the rarest are forgotten.
const MOST_PHRASES: usize = 50_000;

/// A phrase longer than this many characters is cut.
const LONGEST_PHRASE: usize = 120;

/// A phrase that gave a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Path of the value: the one asked for, or one below it.
    pub path: String,
    /// As the article that it was first met in has it; empty for metadata.
    pub text: String,
    pub rule: String,
    pub given: bool,
    /// Articles that have the value by this phrase.
    pub articles: u64,
    /// Occurrences, as far as an article keeps them.
    pub occurrences: u64,
    /// Number of the first such article, as [`Phrases::add`] was reported.
    pub example: usize,
}

/// Counts the phrases that gave a value and those below it.
pub struct Phrases {
    facet: String,
    paths: Vec<String>,
    counts: FxHashMap<(String, String, String), (Phrase, usize)>,
}

impl Phrases {
    /// For the values `paths` of a facet.
    pub fn new(facet: &str, paths: Vec<String>) -> Self {
        Self {
            facet: facet.to_string(),
            paths,
            counts: FxHashMap::default(),
        }
    }

    /// Counts what gave article number `article` the values.
    pub fn add(&mut self, article: usize, title: &str, body: &str, values: &[FacetValue]) {
        let asked = |path: &str| {
            let path = FacetPath::new(path);
            self.paths.iter().any(|p| path.is_within(FacetPath::new(p)))
        };
        for value in values.iter().filter(|v| v.facet == self.facet && asked(&v.path)) {
            for evidence in &value.evidence {
                let text = words_of(evidence, title, body);
                let key = (value.path.clone(), evidence.rule.to_string(), fold(&text));
                let fresh = || Phrase {
                    path: value.path.clone(),
                    text,
                    rule: evidence.rule.to_string(),
                    given: value.given,
                    articles: 0,
                    occurrences: 0,
                    example: article,
                };
                let (phrase, last) = self.counts.entry(key).or_insert_with(|| (fresh(), usize::MAX));
                phrase.occurrences += 1;
                phrase.articles += u64::from(*last != article);
                *last = article;
            }
        }
        // The memory is bounded: what was met least is forgotten first.
        let mut least = 1;
        while self.counts.len() > MOST_PHRASES {
            self.counts.retain(|_, (phrase, _)| phrase.articles > least);
            least += 1;
        }
    }

    /// The phrases, most articles first.
    pub fn finish(self) -> Vec<Phrase> {
        let mut all: Vec<Phrase> = self.counts.into_values().map(|(phrase, _)| phrase).collect();
        all.sort_by(|a, b| {
            (b.articles, b.occurrences)
                .cmp(&(a.articles, a.occurrences))
                .then_with(|| (&a.path, &a.text, &a.rule).cmp(&(&b.path, &b.text, &b.rule)))
        });
        all
    }
}

/// The words that evidence points at, spaces as one.
fn words_of(evidence: &Evidence, title: &str, body: &str) -> String {
    let text = match evidence.part {
        Part::Title => title,
        Part::Body => body,
        Part::Metadata => "",
    };
    let words = text.get(evidence.start..evidence.end).unwrap_or("");
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(LONGEST_PHRASE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str, spans: &[(usize, usize)]) -> FacetValue {
        let evidence = |&(start, end): &(usize, usize)| Evidence {
            part: Part::Body,
            start,
            end,
            rule: "town".into(),
        };
        FacetValue {
            facet: "region".into(),
            path: path.into(),
            given: false,
            evidence: spans.iter().map(evidence).collect(),
        }
    }

    #[test]
    fn phrases_are_counted_by_article_whatever_their_accents() {
        let mut phrases = Phrases::new("region", vec!["Mali/Gao".into()]);
        phrases.add(
            0,
            "",
            "Gao GAO gao",
            &[value("Mali/Gao", &[(0, 3), (4, 7), (8, 11)])],
        );
        phrases.add(
            1,
            "",
            "Ansongo gao",
            &[
                value("Mali/Gao/Ansongo", &[(0, 7)]),
                value("Mali/Gao", &[(8, 11)]),
            ],
        );
        phrases.add(2, "", "Gaoua", &[value("Mali/Gaoua", &[(0, 5)])]);
        let found: Vec<(String, u64, u64, usize)> = phrases
            .finish()
            .into_iter()
            .map(|p| (p.text, p.articles, p.occurrences, p.example))
            .collect();
        assert_eq!(found, [("Gao".into(), 2, 4, 0), ("Ansongo".into(), 1, 1, 1)]);
    }

    #[test]
    fn the_memory_is_bounded_and_what_is_frequent_stays() {
        let mut phrases = Phrases::new("region", vec!["Mali".into()]);
        for article in 0..MOST_PHRASES + 10 {
            let body = format!("Gao x{article}");
            phrases.add(article, "", &body, &[value("Mali", &[(0, 3), (4, body.len())])]);
        }
        assert!(phrases.counts.len() <= MOST_PHRASES);
        assert_eq!(phrases.finish()[0].articles, (MOST_PHRASES + 10) as u64);
    }
}
