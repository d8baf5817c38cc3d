//! What happened to the people that one number counts.

use super::qualifiers::{REACH, is_passive, others_before, stands_alone, with_hedge};
use super::vocabulary::{Harm, harm_at, is_person, is_unsure, people_after, someone_after};
use crate::facets::quantities::{Number, Word};

/// What happened to the people that a number counts.
pub(super) struct Outcome {
    pub harm: Harm,
    /// Past its last word.
    pub to: usize,
    /// The number is all of them, and the harm is certain.
    pub whole: bool,
}

/// What happened to the people that a number counts; `next`: where the next number begins.
pub(super) fn outcome(words: &[Word], number: &Number, next: usize) -> Option<Outcome> {
    if let Some(outcome) = adjacent(words, number) {
        return Some(outcome);
    }
    let first = match people_after(words, number.to) {
        Some(counted) => counted + 1,
        None if stands_alone(words, number) => number.to,
        None => return None,
    };
    suffered(words, number, first..words.len().min(number.to + REACH).min(next))
}

/// The harm directly beside the number: "11 morts", "tuant six forains", "au nombre de huit".
pub(super) fn adjacent(words: &[Word], number: &Number) -> Option<Outcome> {
    if let Some(outcome) = noun_after(words, number) {
        return Some(outcome);
    }
    let hedge = with_hedge(words, number.from);
    let word = |back: usize| hedge.checked_sub(back).map_or("", |at| words[at].folded.as_str());
    // "a coûté la vie à neuf dozos".
    if word(1) == "a" && word(2) == "vie" && adjoins(words, hedge - 1, number) {
        let counted = people_after(words, number.to).or_else(|| someone_after(words, number.to))?;
        return Some(Outcome {
            harm: Harm::Killed,
            to: counted + 1,
            whole: true,
        });
    }
    object(words, number, hedge).or_else(|| predicate(words, number, hedge))
}

/// Whether no stop and no comma stands between a word and the number after it.
fn adjoins(words: &[Word], from: usize, number: &Number) -> bool {
    (from + 1..=number.from).all(|w| !words[w].stop && !words[w].comma)
}

/// "11 morts", "une dizaine de blessés".
fn noun_after(words: &[Word], number: &Number) -> Option<Outcome> {
    let skip = |at: usize| {
        matches!(
            words[at].folded.as_str(),
            "de" | "d" | "autres" | "autre" | "nouveaux" | "presumes" | "civils"
        )
    };
    let at = (number.to..words.len().min(number.to + 3)).find(|at| !skip(*at))?;
    let harm = harm_at(words, at).filter(|_| !words[at].stop && !words[at].folded.ends_with("ant"))?;
    let whole = !is_unsure(&words[at].folded);
    // "deux blessés ont succombé": it is their death that is reported.
    let death = |w: &usize| {
        matches!(
            words[*w].folded.as_str(),
            "succombe" | "decede" | "decedee" | "decedes" | "mort" | "morte" | "morts"
        )
    };
    let died = (at + 1..words.len().min(at + 4))
        .take_while(|w| !words[*w].stop && !words[*w].comma)
        .find(death)
        .filter(|_| harm == Harm::Wounded);
    let (harm, to) = died.map_or((harm, at + 1), |died| (Harm::Killed, died + 1));
    Some(Outcome { harm, to, whole })
}

/// "a tué vingt-trois civils", "la mort de six soldats", "enlevant au moins six femmes".
fn object(words: &[Word], number: &Number, hedge: usize) -> Option<Outcome> {
    let linking = |at: usize| {
        matches!(
            words[at].folded.as_str(),
            "de" | "d" | "les" | "ses" | "leurs" | "des"
        )
    };
    let at = (hedge.saturating_sub(2)..hedge)
        .rev()
        .find(|at| !linking(*at))
        .filter(|at| adjoins(words, *at, number))?;
    let harm = harm_at(words, at)?;
    let word = words[at].folded.as_str();
    let noun = matches!(word, "mort" | "massacre" | "assassinat");
    let of = words
        .get(at + 1)
        .is_some_and(|w| matches!(w.folded.as_str(), "de" | "d"));
    let auxiliary = (at.saturating_sub(3)..at)
        .rev()
        .find(|w| is_auxiliary(&words[*w]));
    let active =
        word.ends_with("ant") || (auxiliary.is_some() || is_coordinate(words, at)) && !is_passive(words, at);
    // "en a tué trois".
    let of_them = auxiliary.is_some_and(|w| w > 0 && words[w - 1].folded == "en");
    let someone = || someone_after(words, number.to).filter(|_| harm != Harm::Abducted && !noun);
    let counted = people_after(words, number.to)
        .or_else(someone)
        .or((of_them && active).then(|| number.to - 1))?;
    (noun && of || !noun && active).then(|| Outcome {
        harm,
        to: counted + 1,
        whole: !is_unsure(word),
    })
}

fn is_auxiliary(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "a" | "ont" | "avait" | "avaient" | "ayant" | "aurait" | "auraient" | "avoir"
    )
}

/// Whether a participle shares the auxiliary of one before it: "a tué deux chefs et blessé un troisième".
fn is_coordinate(words: &[Word], at: usize) -> bool {
    let first = (at.saturating_sub(REACH)..at)
        .rev()
        .find(|w| words[*w + 1].stop)
        .map_or(at.saturating_sub(REACH), |w| w + 1);
    at > 0 && words[at - 1].folded == "et" && words[first..at].iter().any(is_auxiliary)
}

/// "le nombre de morts est de dix-huit", "les blessés seraient au nombre de huit".
fn predicate(words: &[Word], number: &Number, hedge: usize) -> Option<Outcome> {
    let ends = words.get(number.to).is_none_or(|w| w.stop || w.comma);
    let filler = |w: &str| {
        matches!(
            w,
            "est"
                | "sont"
                | "serait"
                | "seraient"
                | "s"
                | "eleve"
                | "elevent"
                | "a"
                | "de"
                | "d"
                | "nombre"
                | "au"
        )
    };
    let subject = (hedge.saturating_sub(6)..hedge)
        .rev()
        .find(|at| !filler(&words[*at].folded))?;
    let verb = words[subject + 1..hedge].iter().any(|w| {
        matches!(
            w.folded.as_str(),
            "est" | "sont" | "serait" | "seraient" | "eleve" | "nombre"
        )
    });
    let harm = harm_at(words, subject).filter(|_| ends && verb && adjoins(words, subject + 1, number))?;
    Some(Outcome {
        harm,
        to: number.to,
        whole: !is_unsure(&words[subject].folded),
    })
}

/// The harm among the words after the people counted: "vingt-trois civils tués", "six soldats ont été
/// blessés".
fn suffered(words: &[Word], number: &Number, reach: std::ops::Range<usize>) -> Option<Outcome> {
    let mut whole = !others_before(words, number.from);
    let mut at = reach.start;
    while at < reach.end {
        let word = words[at].folded.as_str();
        if words[at].stop || begins_another_clause(word) {
            return None;
        }
        if matches!(word, "dont" | "parmi") {
            at = past_the_part(words, at, reach.end)?;
            continue;
        }
        if word == "et" && words.get(at + 1).is_some_and(adds_someone) {
            whole = false;
        }
        if let Some(harm) = harm_at(words, at) {
            let to = past_the_harm(word, at).min(words.len());
            return is_suffered(words, at).then(|| Outcome {
                harm,
                to,
                whole: whole && !is_unsure(word),
            });
        }
        at += 1;
    }
    None
}

fn begins_another_clause(word: &str) -> bool {
    matches!(
        word,
        "qui" | "mais" | "alors" | "lorsque" | "avant" | "apres" | "contre"
    )
}

/// The word after the part of a number: "vingt-deux personnes, dont sept enfants, ont été tuées", "douze
/// personnes dont cinq soldats ont trouvé la mort".
fn past_the_part(words: &[Word], at: usize, limit: usize) -> Option<usize> {
    let counted = || {
        (at + 1..limit)
            .find(|w| is_person(&words[*w].folded))
            .map(|w| w + 1)
    };
    (at + 1..limit).find(|w| words[*w].comma).or_else(counted)
}

/// A determiner after "et": "un médecin et son chauffeur".
fn adds_someone(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "son" | "sa" | "ses" | "leur" | "leurs" | "le" | "la" | "les" | "l" | "un" | "une"
    )
}

/// Whether the people counted suffered the harm. "deux hommes ont tué un berger": they did it.
fn is_suffered(words: &[Word], at: usize) -> bool {
    let word = words[at].folded.as_str();
    let did = (at.saturating_sub(2)..at)
        .any(|w| matches!(words[w].folded.as_str(), "ont" | "a" | "avaient" | "avait"));
    let died = matches!(
        word,
        "peri" | "perdu" | "perdent" | "trouve" | "laisse" | "succombe"
    );
    let active = word.ends_with("ant") || did && !died && !is_passive(words, at);
    !active
}

/// The word after a harm of one word or, like "perdu la vie", of three.
fn past_the_harm(word: &str, at: usize) -> usize {
    match word {
        "perdu" | "perdent" | "trouve" | "laisse" | "pris" | "prise" | "prises" => at + 3,
        _ => at + 1,
    }
}
