//! What qualifies a number of people: hedges, lists, parts, negations, periods.

use super::vocabulary::{Harm, harm_at, people_after};
use crate::date::names::MONTHS;
use crate::facets::quantities::{Number, Word};

/// Words between a number and its harm, at most.
pub(super) const REACH: usize = 9;

/// The folded word so many words before `at` in the same sentence, or nothing.
fn word_before(words: &[Word], at: usize, back: usize) -> &str {
    at.checked_sub(back)
        .filter(|before| !words[before + 1].stop)
        .map_or("", |before| words[before].folded.as_str())
}

/// Back over what qualifies a number: "au moins 11", "plus d'une dizaine", "environ 20".
pub(super) fn with_hedge(words: &[Word], from: usize) -> usize {
    let word = |back: usize| word_before(words, from, back);
    match (word(2), word(1)) {
        ("au", "moins" | "total")
        | ("plus" | "moins" | "pres", "de" | "d")
        | ("de", "plus")
        | ("jusqu", "a") => from - 2,
        (_, "environ" | "quelque" | "entre" | "presque") => from - 1,
        _ => from,
    }
}

/// Nothing but "au moins" or "pas moins de" qualifies the number.
pub(super) fn exact(words: &[Word], from: usize, number: usize) -> bool {
    let no_less = || words[from].folded == "moins" && from > 0 && words[from - 1].folded == "pas";
    from == number || number - from == 2 && (words[from].folded == "au" || no_less())
}

/// Whether a number is part of another, or what another is part of: "dont sept enfants", "sur les 12
/// passagers".
pub(super) fn is_part(words: &[Word], number: &Number) -> bool {
    let hedge = with_hedge(words, number.from);
    let word = |back: usize| word_before(words, hedge, back);
    matches!(word(1), "dont" | "lesquels" | "lesquelles")
        || word(2) == "sur" && matches!(word(1), "les" | "ces" | "ses" | "leurs")
}

/// Whether a number is the day or the year of a date, or a mark on a road: "10 mars", "mars 2024", "km 15".
pub(super) fn counts_something_else(words: &[Word], number: &Number) -> bool {
    let month = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|w| !w.stop && !w.comma && MONTHS.contains(&w.folded.as_str()))
    };
    let before = number.from.checked_sub(1);
    let marked = before.is_some_and(|at| {
        matches!(words[at].folded.as_str(), "km" | "kilometre" | "axe" | "en") && !words[number.from].stop
    });
    month(Some(number.to))
        || month(before) && number.value.is_some_and(|n| (1900..2100).contains(&n))
        || marked
}

/// "quatre sont morts".
pub(super) fn stands_alone(words: &[Word], number: &Number) -> bool {
    words.get(number.to).is_some_and(|w| {
        !w.stop
            && !w.comma
            && matches!(
                w.folded.as_str(),
                "sont" | "ont" | "etaient" | "seraient" | "auraient" | "avaient"
            )
    })
}

/// "ont été tués".
pub(super) fn is_passive(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|w| words[w].folded == "ete")
}

/// Whether others stand before the number that it doesn't count: "le maire et trois conseillers". Not a
/// clause with a verb of its own: "la mine a explosé et trois civils ...".
pub(super) fn others_before(words: &[Word], from: usize) -> bool {
    let word = |back: usize| word_before(words, from, back);
    let and = match (word(2), word(1)) {
        (_, "et") => from - 1,
        ("et", "ses" | "son" | "sa" | "leurs" | "leur" | "les" | "des") => from - 2,
        _ => return false,
    };
    let first = (and.saturating_sub(REACH)..and)
        .rev()
        .find(|w| words[*w + 1].stop || words[*w + 1].comma)
        .map_or(0, |w| w + 1);
    let verb = |at: usize| {
        let word = words[at].folded.as_str();
        let auxiliary = matches!(
            word,
            "a" | "ont"
                | "est"
                | "sont"
                | "avait"
                | "avaient"
                | "etait"
                | "etaient"
                | "aurait"
                | "auraient"
                | "fait"
        );
        auxiliary || word.ends_with("ant") && word.len() > 4 || harm_at(words, at).is_some()
    };
    first < and && !(first..and).any(verb)
}

/// Whether counted people and the next number make a list: "deux soldats et trois civils".
pub(super) fn linked(words: &[Word], from: usize, to: usize) -> bool {
    let link = |w: &Word| w.comma || w.folded == "et";
    (from + 1..=to).all(|w| !words[w].stop) && words[from + 1..=to].iter().any(link) && to - from <= REACH
}

/// Whether a number without a harm of its own continues the statement before it: "…, ainsi que deux soldats",
/// "…, celui des habitants de 15".
pub(super) fn also(words: &[Word], last: usize, number: &Number) -> bool {
    // The statement before may reach past the number.
    let Some(between) = words
        .get(last..=number.from)
        .filter(|between| !between.is_empty())
    else {
        return false;
    };
    if between.len() > REACH || between.iter().any(|w| w.stop) {
        return false;
    }
    let folded: Vec<&str> = between[..between.len() - 1]
        .iter()
        .map(|w| w.folded.as_str())
        .collect();
    let adds =
        folded.ends_with(&["et"]) || folded.ends_with(&["ainsi", "que"]) || folded.ends_with(&["plus"]);
    // Not "et trois hommes ont fui", which has a verb of its own.
    let verb = |w: &Word| {
        matches!(
            w.folded.as_str(),
            "a" | "ont" | "est" | "sont" | "se" | "s" | "avaient" | "etaient" | "qui" | "auraient"
        )
    };
    let after = people_after(words, number.to).map_or(number.to, |w| w + 1);
    adds && words.get(after).is_none_or(|w| w.stop || w.comma || !verb(w))
}

/// Whether the words after a number contradict it, or leave open what happened to how many.
pub(super) fn doubted(words: &[Word], of: Harm, to: usize) -> bool {
    let end = (to..words.len()).find(|w| words[*w].stop).unwrap_or(words.len());
    let word = |at: usize| {
        words
            .get(at)
            .filter(|_| at < end)
            .map_or("", |w| w.folded.as_str())
    };
    // "tués ou blessés", "blessés et tués".
    let ends_with_harm = to > 0 && harm_at(words, to - 1).is_some();
    let other = ends_with_harm
        && matches!(word(to), "ou" | "et")
        && harm_at(words, to + 1).is_some_and(|h| h != of)
        && to + 1 < end;
    // "le bilan officiel est de 7 morts, celui des habitants de 15".
    let rival = (to..end).any(|at| word(at) == "celui");
    other || rival
}

/// Totals over months and years are not those of an event: "depuis janvier", "cette année".
pub(super) fn over_a_period(words: &[Word], from: usize, to: usize) -> bool {
    let first = (0..=from).rev().find(|w| words[*w].stop).unwrap_or(0);
    let last = (to..words.len())
        .find(|w| words[*w].stop || words[*w].comma)
        .unwrap_or(words.len());
    let period = |at: usize| {
        let word = |ahead: usize| {
            words
                .get(at + ahead)
                .filter(|_| at + ahead < last)
                .map_or("", |w| w.folded.as_str())
        };
        let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let since = |word: &str| year(word) || word == "debut" || MONTHS.contains(&word);
        word(0) == "depuis" && (since(word(1)) || since(word(2)))
            || matches!((word(0), word(1)), ("cette", "annee") | ("ce", "mois"))
    };
    (first..last).any(period)
}

/// "aucun des dix otages n'a été tué", "sans faire de morts".
pub(super) fn negated(words: &[Word], from: usize, to: usize) -> bool {
    let mut first = from.saturating_sub(4);
    if let Some(stop) = (first + 1..=from).rev().find(|w| words[*w].stop) {
        first = stop;
    }
    let no = |at: usize| match words[at].folded.as_str() {
        "aucun" | "aucune" | "sans" | "ni" | "jamais" | "n" => true,
        // Not "pas moins de 20".
        "pas" => words.get(at + 1).is_none_or(|w| w.folded != "moins"),
        // What may yet be, or might have been.
        word => {
            word.starts_with("risqu")
                || word.starts_with("menac")
                || matches!(word, "pu" | "pourrait" | "pourraient" | "failli")
        }
    };
    // "le gouvernement nie que ...", however far.
    let clause = (0..=from).rev().find(|w| words[*w].stop).unwrap_or(0);
    let denies = |w: &Word| {
        matches!(
            w.folded.as_str(),
            "nie"
                | "nient"
                | "niant"
                | "dement"
                | "dementent"
                | "dementi"
                | "dementie"
                | "dementant"
                | "refute"
                | "refutent"
                | "refutant"
        )
    };
    let last = (to..words.len())
        .find(|w| words[*w].stop || words[*w].comma)
        .unwrap_or(words.len());
    (first..to).any(no) || words[clause..from].iter().chain(&words[to..last]).any(denies)
}
