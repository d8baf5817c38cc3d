//! Whether words that count people harmed state it of anybody: what is denied, feared or counted over a year is no
//! figure of an event.

use crate::date::names::MONTHS;
use crate::french::fold;
use std::ops::Range;

/// A word of a passage.
struct Word {
    start: usize,
    end: usize,
    folded: String,
    /// `.`, `;`, `:`, `!`, `?` stands before it.
    stop: bool,
    comma: bool,
}

/// Whether the words `of` a passage, which count people, state of nobody that they were harmed there: they are
/// denied, feared or only possible, or a total over months and years.
pub(super) fn is_unstated(passage: &str, of: Range<usize>) -> bool {
    let words = words(passage);
    let from = words.partition_point(|word| word.end <= of.start);
    let to = words.partition_point(|word| word.start < of.end);
    from < to && (is_negated(&words, from, to) || is_over_a_period(&words, from, to))
}

/// The words of a passage.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut gap = 0;
    for (at, written) in runs(text) {
        let between = &text[gap..at];
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_inside = digit(text[..gap].chars().next_back()) && digit(written.chars().next());
        out.push(Word {
            start: at,
            end: at + written.len(),
            folded: fold(written),
            stop: between.contains([';', ':', '!', '?', '\n', '(', ')'])
                || between.contains('.') && !is_inside,
            comma: between.contains(','),
        });
        gap = at + written.len();
    }
    out
}

/// Runs of letters and digits, and where they begin.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        at = start + length;
        Some((start, &rest[..length]))
    })
}

/// Totals over months and years are not those of an event: "depuis janvier", "cette année".
fn is_over_a_period(words: &[Word], from: usize, to: usize) -> bool {
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
fn is_negated(words: &[Word], from: usize, to: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the words between bars are taken for a statement.
    fn states(text: &str) -> bool {
        let parts: Vec<&str> = text.split('|').collect();
        let [before, of, after] = parts[..] else {
            panic!("{text}")
        };
        let passage = format!("{before}{of}{after}");
        !is_unstated(&passage, before.len()..before.len() + of.len())
    }

    #[test]
    fn what_is_said_to_have_happened_is_stated() {
        for text in [
            "|Six soldats ont été tués| mardi.",
            "|Pas moins de 20 civils| sont morts.",
            "Il n'a rien dit. |Six soldats| sont morts.",
            "Depuis mardi, |six soldats| sont morts.",
        ] {
            assert!(states(text), "{text}");
        }
    }

    #[test]
    fn what_is_denied_feared_or_a_total_is_not() {
        for text in [
            "Aucun des |dix otages| n'a été tué.",
            "L'état-major dément la |mort de quinze soldats|.",
            "Le chiffre de |40 morts| a été démenti par le gouverneur.",
            "Le gouvernement nie que |cinquante civils aient été tués|.",
            "L'explosion aurait pu faire |60 morts|.",
            "|Trois otages risquent d'être exécutés|.",
            "|112 civils tués| depuis janvier dans le cercle.",
            "Personne n'a été |tué| dans l'accident.",
        ] {
            assert!(!states(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_range_is_too_strange(text in "\\PC{0,40}|([a-zé]{1,6}[ ,.;']{0,2}){0,12}", from in 0..60_usize, to in 0..60_usize) {
            let _ = is_unstated(&text, from.min(to)..to);
        }
    }
}
