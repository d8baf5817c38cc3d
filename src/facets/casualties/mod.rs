//! How many people a passage reports killed, wounded, abducted.
//!
//! Careful rather than complete: a number is given only where the text states just one; approximations,
//! ranges, lists and contradictions are quoted and left to people; negated statements are left out.

mod outcome;
mod qualifiers;
mod statements;
mod vocabulary;

use self::statements::{Statement, statements};
use self::vocabulary::Harm;
use super::quantities::{Word, words};
use serde::Serialize;

/// How many people suffered one harm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Stated exactly or as a minimum ("au moins 11"), and only once.
    pub number: Option<u32>,
    /// The words, several parted by ` | `.
    pub text: String,
}

/// People killed, wounded, abducted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Casualties {
    /// People who died, or were found dead.
    pub killed: Toll,
    /// People hurt.
    pub wounded: Toll,
    /// People kidnapped or held hostage.
    pub abducted: Toll,
}

/// Reads a passage.
pub fn casualties(text: &str) -> Casualties {
    let words = words(text);
    let statements = statements(&words);
    let toll = |harm: Harm| {
        let of_harm: Vec<_> = statements.iter().filter(|s| s.harm == harm).collect();
        toll(text, &words, &of_harm)
    };
    Casualties {
        killed: toll(Harm::Killed),
        wounded: toll(Harm::Wounded),
        abducted: toll(Harm::Abducted),
    }
}

/// The number that all statements of one harm agree on, and their words.
fn toll(text: &str, words: &[Word], statements: &[&Statement]) -> Toll {
    let first = statements.first().and_then(|s| s.value);
    // Twice the same in one sentence are different people: "cinq soldats ont été tués et cinq civils ont été
    // tués".
    let again = |two: &[&Statement]| !(two[0].to..=two[1].from).any(|w| words[w].stop);
    let number =
        first.filter(|_| statements.iter().all(|s| s.value == first) && !statements.windows(2).any(again));
    let mut texts: Vec<&str> = statements
        .iter()
        .map(|s| &text[words[s.from].start..words[s.to - 1].end])
        .collect();
    texts.dedup();
    Toll {
        number,
        text: texts.join(" | "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tolls(text: &str) -> [(Option<u32>, String); 3] {
        let found = casualties(text);
        [found.killed, found.wounded, found.abducted].map(|t| (t.number, t.text))
    }

    fn none() -> (Option<u32>, String) {
        (None, String::new())
    }

    #[test]
    fn an_exact_number_or_a_minimum_is_given() {
        let some = |n, text: &str| (Some(n), text.to_string());
        for (text, expected) in [
            (
                "Vingt-trois civils tués à Ogossagou.",
                [some(23, "Vingt-trois civils tués"), none(), none()],
            ),
            (
                "L'attaque a fait au moins 11 morts et trois blessés.",
                [some(11, "au moins 11 morts"), some(3, "trois blessés"), none()],
            ),
            (
                "Des hommes armés ont abattu six civils.",
                [some(6, "six civils"), none(), none()],
            ),
            (
                "Deux soldats ont été tués et trois autres blessés.",
                [
                    some(2, "Deux soldats ont été tués"),
                    some(3, "trois autres blessés"),
                    none(),
                ],
            ),
            (
                "Cinq femmes ont été enlevées mardi.",
                [none(), none(), some(5, "Cinq femmes ont été enlevées")],
            ),
            (
                "Deux hommes ont tué un berger.",
                [some(1, "un berger"), none(), none()],
            ),
            (
                "La mort de six soldats est confirmée.",
                [some(6, "six soldats"), none(), none()],
            ),
        ] {
            assert_eq!(tolls(text), expected, "{text}");
        }
    }

    #[test]
    fn approximations_ranges_sums_and_contradictions_are_only_quoted() {
        let quoted = |text: &str| (None, text.to_string());
        for (text, expected) in [
            (
                "Une dizaine de blessés.",
                [none(), quoted("Une dizaine de blessés"), none()],
            ),
            (
                "Entre 10 et 15 morts.",
                [quoted("Entre 10 et 15 morts"), none(), none()],
            ),
            ("10 à 15 morts.", [quoted("10 à 15 morts"), none(), none()]),
            (
                "Plus de 130 personnes ont été tuées.",
                [quoted("Plus de 130 personnes ont été tuées"), none(), none()],
            ),
            (
                "Deux soldats et trois civils tués.",
                [quoted("Deux soldats et trois civils tués"), none(), none()],
            ),
            (
                "Dix morts selon les uns, douze morts selon l'armée.",
                [quoted("Dix morts | douze morts"), none(), none()],
            ),
        ] {
            assert_eq!(tolls(text), expected, "{text}");
        }
    }

    #[test]
    fn negations_and_numbers_of_other_things_give_nothing() {
        for text in [
            "L'attaque n'a pas fait de mort.",
            "Aucun des dix otages n'a été tué.",
            "Quatre drones ont frappé le 3 mai 2024.",
            "Le 12 mars, l'armée est passée.",
        ] {
            assert_eq!(tolls(text), [none(), none(), none()], "{text}");
        }
    }

    #[test]
    fn a_text_may_end_anywhere() {
        for text in [
            "12-morts et",
            "12 morts ou",
            "douze morts puis",
            "trois des",
            "la moitié des",
            "le 12",
            "12 perdu 5 civils",
        ] {
            let _ = casualties(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,60}|((un|deux|vingt|cent|mille|et|ou|puis|des|celui|dont|moitié|mars|\\(12\\)|perdu|la|vie|ainsi que|enlevé|-| |12|morts|tués|civils|a|entre|,|\\.) ?){0,20}") {
            let _ = casualties(&text);
        }
    }
}
