//! From a folded word to its index term: a correction, else an irregular verb, else its root, stemmed.
//!
//! The one invariant of the French analysis stands here: [`Terms::term_of`] takes the folded word and nothing
//! else, so `sécurité`, `securite`, `SECURITE` and the decomposed spelling have one term by construction.

use super::fold::{fold, fold_into};
use super::inflect::root_of;
use super::ordinal::shortest;
use super::restore::restored;
use super::verbs::Verbs;
use crate::error::{Error, Result};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// A longer word is no French word; its first letters are its term, unstemmed. Bytes of the folded word.
const LONGEST_STEMMED: usize = 60;
const LONGEST_TERM: usize = 240;

/// Where a term comes from; `griot analyze` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermSource {
    /// Its ending taken off, what the stemmer needs put back, the stem.
    Stemmed {
        root: String,
        restored: String,
        stem: String,
    },
    Corrected {
        entry: String,
        reason: String,
    },
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
    verbs: Verbs,
    corrections: FxHashMap<String, Correction>,
}

impl Terms {
    /// Reads `stems.tsv`, `word <TAB> stemmed as <TAB> reason` a line with `=` for "itself", and `verbs.tsv`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line without three columns, a word that is not folded, a word given twice, a
    /// target that a later line corrects, or a form of two verbs that no line settles.
    pub fn parse(stems: &str, verbs: &str) -> Result<Self> {
        let stemmer = Stemmer::create(Algorithm::French);
        let mut terms = Terms {
            stemmer,
            verbs: Verbs::parse(verbs)?,
            corrections: FxHashMap::default(),
        };
        let mut targets = FxHashMap::default();
        let wrong = |line: usize, message: String| Error::Lexicon {
            file: "stems.tsv".into(),
            line,
            message,
        };
        for (number, line) in (1..).zip(stems.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [word, target, reason] = columns[..] else {
                return Err(wrong(
                    number,
                    "three columns are needed: word, stemmed as, reason".into(),
                ));
            };
            if fold(word) != word || fold(target) != target && target != "=" {
                return Err(wrong(
                    number,
                    format!("“{word}” and “{target}” must be folded: lower case, no accents"),
                ));
            }
            if let Some(earlier) = targets.get(word) {
                return Err(wrong(
                    number,
                    format!("line {earlier} takes the stem of “{word}”; put this line before it"),
                ));
            }
            let term = if target == "=" {
                word.to_string()
            } else {
                terms.term_of(target)
            };
            targets.entry(target).or_insert(number);
            let entry = Correction {
                term,
                entry: format!("{word} → {target}"),
                reason: reason.to_string(),
            };
            if terms.corrections.insert(word.to_string(), entry).is_some() {
                return Err(wrong(number, format!("“{word}” already has an entry; keep one")));
            }
        }
        terms.verbs.check(|form| terms.corrections.contains_key(form))?;
        Ok(terms)
    }

    /// The index term of a folded word.
    pub fn term_of(&self, folded: &str) -> String {
        match (self.corrections.get(folded), self.verbs.infinitive_of(folded)) {
            (Some(correction), _) => correction.term.clone(),
            (None, Some(infinitive)) => infinitive.to_string(),
            (None, None) => shortest(folded)
                .or_else(|| self.stemmed(folded).map(|(_, term)| term))
                .unwrap_or_else(|| clip(folded)),
        }
    }

    /// The same, saying how: for people who ask why.
    pub fn explain(&self, folded: &str) -> TermSource {
        let lists = (self.corrections.get(folded), self.verbs.infinitive_of(folded));
        if let ((None, None), Some(ordinal)) = (lists, shortest(folded)) {
            return TermSource::Corrected {
                entry: format!("{folded} → {ordinal}"),
                reason: "an ordinal".into(),
            };
        }
        match (lists.0, lists.1, self.stemmed(folded)) {
            (Some(c), _, _) => TermSource::Corrected {
                entry: c.entry.clone(),
                reason: c.reason.clone(),
            },
            (None, Some(infinitive), _) => TermSource::Corrected {
                entry: format!("{folded} → {infinitive}"),
                reason: "a form of an irregular verb (verbs.tsv)".into(),
            },
            (None, None, Some((restored, stem))) => TermSource::Stemmed {
                root: root_of(folded),
                restored,
                stem,
            },
            (None, None, None) => TermSource::Unchanged,
        }
    }

    fn stemmed(&self, folded: &str) -> Option<(String, String)> {
        if folded.len() > LONGEST_STEMMED || folded.len() < 3 || folded.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let root = root_of(folded);
        let Some(restored) = restored(&root) else {
            return Some((root.clone(), root));
        };
        let mut term = String::with_capacity(restored.len());
        fold_into(&self.stemmer.stem(&restored), &mut term);
        // A stem of nothing would make words vanish.
        Some((restored, if term.is_empty() { folded.to_string() } else { term }))
    }
}

fn clip(folded: &str) -> String {
    folded[..folded.floor_char_boundary(LONGEST_TERM)].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_checked() {
        for (stems, part) in [
            ("armee", "three columns"),
            ("armée\t=\tx", "folded"),
            ("a\t=\tx\na\t=\ty", "already"),
            ("as\ta\tx\na\t=\ty", "before"),
        ] {
            let error = Terms::parse(stems, "")
                .err()
                .expect("a bad line is refused")
                .to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    const STEMS: &str = include_str!("../../index_schema/stems.tsv");

    fn embedded() -> Terms {
        Terms::parse(STEMS, include_str!("../../index_schema/verbs.tsv"))
            .expect("the embedded files are good")
    }

    fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
        STEMS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut columns = line.split('\t');
                Some((columns.next()?, columns.next()?))
            })
    }

    #[test]
    fn every_correction_is_needed_and_reached() {
        let terms = embedded();
        let alone = Terms::parse("", "").expect("nothing is good");
        let mut idle = Vec::new();
        for (word, target) in entries() {
            let term = if target == "=" {
                word.to_string()
            } else {
                terms.term_of(target)
            };
            assert_eq!(terms.term_of(word), term, "{word}");
            let without = terms
                .verbs
                .infinitive_of(word)
                .map_or_else(|| alone.term_of(word), str::to_string);
            if without == term && !terms.verbs.is_disputed(word) {
                idle.push(word);
            }
        }
        assert!(idle.is_empty(), "these have their terms without a line: {idle:?}");
    }

    #[test]
    fn every_form_of_an_irregular_verb_is_reached() {
        let terms = embedded();
        for (form, infinitive) in terms.verbs.forms() {
            assert!(
                terms.corrections.contains_key(form) || terms.term_of(form) == infinitive,
                "{form} of {infinitive}"
            );
        }
    }

    #[test]
    // Long because it is a list of words.
    fn words_that_meet() {
        let terms = embedded();
        for group in [
            "attaque attaques attaquer attaquent attaquait attaquerent attaquant attaquants",
            "securite securites",
            "regional regionale regionaux regionales",
            "petit petite petits petites",
            "francais francaise francaises",
            "malien malienne maliens maliennes",
            "chou choux",
            "maison maisons",
            "camion camions",
            "region regions",
            "commission commissions",
            "patron patrons",
            "prison prisons",
            "elu elus elue elues elire elit",
            "armee armees",
            "tuer tue tues tuent tuaient tuee tuees tuera",
            "liberer libere liberation libererent liberes",
            "revendiquer revendique revendiquent revendication revendiquait",
            "negocier negocie negociation negociations negociaient",
            "enlever enleve enlevent enlevement enlevements",
            "affronter affrontement affrontements affrontent",
            "terrorisme terroriste terroristes",
            "combattre combat combats combattants combattu",
            "venir vient viennent venu venait vint viendra",
            "detruire detruit detruites detruisent detruisait",
            "mourir meurt meurent mourut mourait",
            "agir agit agissent agissait agira",
            "etablir etablit etablissement etablissements etablie",
            "directeur directrice directeurs directrices",
            "actif active actifs actives",
            "etranger etrangere etrangers etrangeres",
            "premier premiere premiers premieres",
            "nouveau nouvel nouvelle nouveaux nouvelles",
            "conflit conflits",
            "famas fama",
            "demander demandons demandez demandions demandiez demanderons demanderions demanderiez demandames",
            "negocier negocions negociions negociiez negociez negocierons negocieriez negocie",
            "publier publions publiez publierons publierions",
            "verifier verifions verifiez verifie",
            "finir finissons finissions finissiez finirons finirions finiriez finissez",
            "liberer liberons liberions liberiez libererons",
            "retirer retirons retirions retirerons",
            "glisser glissons glissions",
            "engager engageons engagions engagez engagerons engageames",
            "employer employons employions",
            "appeler appelons appelions appelez",
            "executer execution executions executons execute",
            "persecuter persecution persecutions",
            "attribuer attribution attribuons",
            "polluer pollution pollue",
            "constituer constitution constitue",
            "documenter document documentation documents",
            "12e 12eme",
            "1er 1ere 1ers",
            "2nd 2nde 2e",
            "xxie xxieme",
            "xie xieme",
        ] {
            let found: Vec<String> = group.split(' ').map(|word| terms.term_of(word)).collect();
            assert!(found.iter().all(|term| *term == found[0]), "{group}: {found:?}");
        }
    }

    #[test]
    fn words_that_do_not_meet() {
        let terms = embedded();
        for pair in [
            "armee arme",
            "mali mal",
            "moura mourir",
            "san sans",
            "niger nier",
            "kita kit",
            "kayes kaya",
            "toure tour",
            "dire disent",
            "pouvoir peut",
            "parti partir",
            "parti partie",
            "france franc",
            "crue croire",
            "fonds fondre",
            "base bas",
            "etranger etrange",
            "argent arguer",
            "moment momie",
            "enfant enfer",
            "malade maladie",
            "policier police",
            "avions avait",
            "est etre",
            "mort mourir",
            "mois moi",
            "fois foi",
            "gao gaz",
            "chat chatiment",
            "test testament",
            "temps temperament",
            "medical medicament",
            "complement compliment",
            "avions avoir",
            "12e 12",
            "12e 13e",
            "solution executer",
        ] {
            let (one, other) = pair.split_once(' ').expect("two words");
            assert_ne!(terms.term_of(one), terms.term_of(other), "{pair}");
        }
    }
}
