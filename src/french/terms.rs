//! From a folded word to its index term: corrections, else restore, stem, fold.
//!
//! The one invariant of the French analysis stands here: [`Terms::term_of`] takes the folded word and nothing
//! else, so `sécurité`, `securite`, `SECURITE` and the decomposed spelling have one term by construction.

use super::fold::{fold, fold_into};
use super::restore::restore_into;
use crate::error::{Error, Result};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// A longer word is no French word; its first letters are its term, unstemmed. Bytes of the folded word.
const LONGEST_STEMMED: usize = 60;
const LONGEST_TERM: usize = 240;

/// Where a term comes from; `griot analyze` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermSource {
    Stemmed { restored: String, stem: String },
    Corrected { entry: String, reason: String },
    Unchanged,
}

struct Correction {
    term: String,
    entry: String,
    reason: String,
}

/// The stemmer with its corrections.
pub struct Terms {
    stemmer: Stemmer,
    corrections: FxHashMap<String, Correction>,
}

impl Terms {
    /// Reads `stems.tsv`: `word <TAB> stemmed as <TAB> reason` a line, `=` for "itself".
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line without three columns, a word that is not folded, or a word given twice.
    pub fn parse(stems: &str) -> Result<Self> {
        let mut terms = Terms { stemmer: Stemmer::create(Algorithm::French), corrections: FxHashMap::default() };
        let wrong = |line: usize, message: String| Error::Lexicon { file: "stems.tsv".into(), line, message };
        for (number, line) in (1..).zip(stems.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [word, target, reason] = columns[..] else {
                return Err(wrong(number, "three columns are needed: word, stemmed as, reason".into()));
            };
            if fold(word) != word || fold(target) != target && target != "=" {
                return Err(wrong(number, format!("“{word}” and “{target}” must be folded: lower case, no accents")));
            }
            // The target's own term is taken as it stands so far, so the order of lines matters only where an
            // entry builds on another.
            let term = if target == "=" { word.to_string() } else { terms.term_of(target) };
            let entry = Correction { term, entry: format!("{word} → {target}"), reason: reason.to_string() };
            if terms.corrections.insert(word.to_string(), entry).is_some() {
                return Err(wrong(number, format!("“{word}” has an entry already; keep one")));
            }
        }
        Ok(terms)
    }

    /// The index term of a folded word.
    pub fn term_of(&self, folded: &str) -> String {
        match self.corrections.get(folded) {
            Some(correction) => correction.term.clone(),
            None => self.stemmed(folded).map_or_else(|| clip(folded), |(_, term)| term),
        }
    }

    /// The same, saying how: for people who ask why.
    pub fn explain(&self, folded: &str) -> TermSource {
        match (self.corrections.get(folded), self.stemmed(folded)) {
            (Some(c), _) => TermSource::Corrected { entry: c.entry.clone(), reason: c.reason.clone() },
            (None, Some((restored, stem))) => TermSource::Stemmed { restored, stem },
            (None, None) => TermSource::Unchanged,
        }
    }

    fn stemmed(&self, folded: &str) -> Option<(String, String)> {
        if folded.len() > LONGEST_STEMMED || folded.len() < 3 || folded.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut restored = String::with_capacity(folded.len() + 4);
        restore_into(folded, &mut restored);
        let stem = self.stemmer.stem(&restored);
        let mut term = String::with_capacity(stem.len());
        fold_into(&stem, &mut term);
        // A stem of nothing would make words vanish.
        Some((restored, if term.is_empty() { folded.to_string() } else { term }))
    }
}

fn clip(folded: &str) -> String {
    let mut end = folded.len().min(LONGEST_TERM);
    while !folded.is_char_boundary(end) {
        end -= 1;
    }
    folded[..end].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_checked() {
        for (stems, part) in [("armee", "three columns"), ("armée\t=\tx", "folded"), ("a\t=\tx\na\t=\ty", "already")] {
            let error = Terms::parse(stems).err().expect("a bad line is refused").to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn forms_of_a_word_meet() {
        let terms = Terms::parse(include_str!("../../index_schema/stems.tsv")).expect("the embedded file is good");
        for group in [["attaque", "attaques"], ["securite", "securites"], ["regional", "regionale"], ["armee", "armees"]] {
            assert_eq!(terms.term_of(group[0]), terms.term_of(group[1]), "{group:?}");
        }
        assert_ne!(terms.term_of("armee"), terms.term_of("arme"));
    }
}
