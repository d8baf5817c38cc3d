//! How many people a passage says were killed, wounded, abducted.
//!
//! Careful rather than complete: a number is given only where the text states just one; approximations, ranges, lists
//! and contradictions are quoted and left to people; what is negated is left out.

use crate::french::fold;
use serde::Serialize;

/// A word between a number and what happened to the people counted, at most so many.
const REACH: usize = 9;

/// Greatest number that is a toll and not an estimate of something else.
const MOST: u32 = 20_000;

/// What a passage says of one harm.
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
    pub killed: Toll,
    pub wounded: Toll,
    pub abducted: Toll,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    Killed,
    Wounded,
    Abducted,
}

struct Word {
    start: usize,
    end: usize,
    folded: String,
    /// `.`, `;`, `:`, `!`, `?` stands before it.
    stop: bool,
    /// A hyphen joins it to the word before.
    joined: bool,
    comma: bool,
}

/// A number of the text: words from, to; `None` where it is no single number.
struct Number {
    from: usize,
    to: usize,
    value: Option<u32>,
}

/// Reads a passage.
pub fn casualties(text: &str) -> Casualties {
    let words = words(text);
    let numbers = numbers(&words);
    let mut found: Vec<(Harm, usize, usize, Option<u32>)> = Vec::new();
    // Counted people of whom nothing has been said yet: "deux soldats et trois civils tués".
    let mut open: Option<usize> = None;
    for (index, number) in numbers.iter().enumerate() {
        let next = numbers.get(index + 1).map_or(words.len(), |n| n.from);
        let Some((harm, to)) = harm_of(&words, number, next) else {
            let counted = people_after(&words, number.to).is_some();
            open = if counted { open.or(Some(number.from)) } else { None };
            continue;
        };
        let before = open.take().filter(|from| linked(&words, *from, number.from));
        let (from, value) = match before {
            Some(from) => (from, None),
            None => (number.from, number.value),
        };
        let from = with_hedge(&words, from);
        if !negated(&words, from, to) {
            found.push((harm, from, to, value.filter(|n| (1..=MOST).contains(n)).filter(|_| exact(&words, from, number.from))));
        }
    }
    let toll = |harm: Harm| {
        let of: Vec<_> = found.iter().filter(|f| f.0 == harm).collect();
        let first = of.first().and_then(|f| f.3);
        let number = first.filter(|_| of.iter().all(|f| f.3 == first));
        let mut texts: Vec<&str> = of.iter().map(|f| &text[words[f.1].start..words[f.2 - 1].end]).collect();
        texts.dedup();
        Toll { number, text: texts.join(" | ") }
    };
    Casualties { killed: toll(Harm::Killed), wounded: toll(Harm::Wounded), abducted: toll(Harm::Abducted) }
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut at = 0;
    let mut gap = 0;
    while let Some(c) = text[at..].chars().next() {
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let length = text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at);
        let between = &text[gap..at];
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = digit(text[..gap].chars().next_back()) && digit(Some(c));
        out.push(Word {
            start: at,
            end: at + length,
            folded: fold(&text[at..at + length]),
            stop: between.contains([';', ':', '!', '?', '\n', '(', ')']) || between.contains('.') && !inside,
            joined: matches!(between, "-" | "‑" | "–" | "‐"),
            comma: between.contains(','),
        });
        at += length;
        gap = at;
    }
    out
}

fn unit(word: &str) -> Option<u32> {
    let small = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
        "quinze", "seize",
    ];
    if word == "une" {
        return Some(1);
    }
    small.iter().position(|w| *w == word).map(|n| n as u32)
}

fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "vingt" | "vingts" => 20,
        "trente" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        "septante" => 70,
        "huitante" | "octante" => 80,
        "nonante" => 90,
        _ => return None,
    })
}

/// "une dizaine", "des centaines", "plusieurs": counted, but not exactly.
fn vague(word: &str) -> bool {
    matches!(
        word,
        "dizaine"
            | "dizaines"
            | "douzaine"
            | "quinzaine"
            | "vingtaine"
            | "trentaine"
            | "quarantaine"
            | "cinquantaine"
            | "soixantaine"
            | "centaine"
            | "centaines"
            | "milliers"
            | "millier"
            | "plusieurs"
            | "quelques"
    )
}

fn numbers(words: &[Word]) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((value, to)) = number_at(words, at) {
            let mut number = Number { from: at, to, value };
            // "10 à 15", "entre 10 et 15", "deux ou trois": no single number.
            let between = words.get(to).map(|w| w.folded.as_str());
            let ends = words.get(to).filter(|w| !w.stop && !w.comma);
            let range = matches!(between, Some("a" | "ou")) || between == Some("et") && at > 0 && words[at - 1].folded == "entre";
            if range
                && ends.is_some()
                && let Some((_, end)) = number_at(words, to + 1)
            {
                (number.to, number.value) = (end, None);
            } else if words.get(to).is_some_and(|w| w.joined)
                && let Some((_, end)) = number_at(words, to)
            {
                (number.to, number.value) = (end, None);
            }
            at = number.to;
            out.push(number);
        } else {
            at += 1;
        }
    }
    out
}

/// The number that begins at a word, and the word after it.
fn number_at(words: &[Word], at: usize) -> Option<(Option<u32>, usize)> {
    let word = words.get(at)?;
    if word.folded.bytes().all(|b| b.is_ascii_digit()) {
        let mut digits = word.folded.clone();
        let mut to = at + 1;
        // "1 200", "1.200".
        while digits.len() <= 6
            && let Some(next) = words.get(to)
            && next.folded.len() == 3
            && next.folded.bytes().all(|b| b.is_ascii_digit())
            && next.start - words[to - 1].end <= 3
            && !next.comma
            && !next.stop
            && !next.joined
            && words[to - 1].folded.len() <= 3
        {
            digits.push_str(&next.folded);
            to += 1;
        }
        return Some((digits.parse().ok(), to));
    }
    if vague(&word.folded) {
        return Some((None, at + 1));
    }
    let article = matches!(word.folded.as_str(), "une" | "des" | "quelques");
    if article && words.get(at + 1).is_some_and(|w| vague(&w.folded)) {
        return Some((None, at + 2));
    }
    let (mut total, mut part, mut to) = (0u32, 0u32, at);
    while let Some(word) = words.get(to) {
        if to > at && (word.stop || word.comma) {
            break;
        }
        let folded = word.folded.as_str();
        let fits = match (unit(folded), tens(folded)) {
            (Some(n), _) if to == at => Some(n),
            // After tens and hundreds only: "deux trois" is no number.
            (Some(n), _) if part >= 20 && part % 10 == 0 && (n < 10 || part % 100 >= 60 || part % 100 == 0) || part == 0 && total > 0 => {
                Some(part + n)
            }
            (Some(n), _) if part == 10 && (7..10).contains(&n) => Some(10 + n),
            (Some(n), _) if part % 20 == 10 && part > 60 && (7..10).contains(&n) => Some(part + n),
            (_, Some(20)) if part == 4 => Some(80),
            (_, Some(20)) if part % 100 == 4 && part > 100 => Some(part + 76),
            (_, Some(n)) if to == at || part == 0 || part % 100 == 0 => Some(part + n),
            _ => None,
        };
        match (fits, folded) {
            (Some(next), _) => part = next,
            (None, "cent" | "cents") if part < 10 => part = part.max(1) * 100,
            (None, "mille") if total == 0 => (total, part) = (part.max(1) * 1000, 0),
            (None, "et") if part >= 20 && words.get(to + 1).is_some_and(|w| matches!(w.folded.as_str(), "un" | "une" | "onze")) => {}
            _ => break,
        }
        to += 1;
    }
    let last = to.checked_sub(1).map(|l| words[l].folded.as_str());
    let to = if to > at && last == Some("et") { to - 1 } else { to };
    (to > at).then_some((Some(total + part), to))
}

fn people(word: &str) -> bool {
    const PEOPLE: &str = " civil civils civile civiles personne personnes soldat soldats militaire militaires gendarme gendarmes policier policiers \
        habitant habitants villageois villageoise villageoises homme hommes femme femmes enfant enfants fille filles garcon garcons \
        terroriste terroristes jihadiste jihadistes djihadiste djihadistes combattant combattants assaillant assaillants rebelle rebelles \
        casques bleus agent agents element elements victime victimes passager passagers refugie refugies deplace deplaces eleve eleves \
        enseignant enseignants berger bergers eleveur eleveurs paysan paysans commercant commercants chauffeur chauffeurs routier routiers \
        journaliste journalistes humanitaire humanitaires pretre pretres otage otages membre membres autre autres fidele fideles \
        orpailleur orpailleurs volontaire volontaires dozo dozos chasseur chasseurs douanier douaniers garde gardes forestiers ouvrier \
        ouvriers ressortissant ressortissants etranger etrangers peul peuls touareg touaregs dogon dogons mercenaire mercenaires officier \
        officiers etudiant etudiants jeune jeunes vieillard vieillards bandit bandits preneurs maire imam chef parachutistes ";
    PEOPLE.split_whitespace().any(|p| p == word)
}

/// The people counted, in the three words after a number ("deux jeunes bergers", "une dizaine de civils").
fn people_after(words: &[Word], at: usize) -> Option<usize> {
    (at..words.len().min(at + 3)).take_while(|w| !words[*w].stop).find(|w| people(&words[*w].folded))
}

/// What a participle or noun says happened.
fn harm(words: &[Word], at: usize) -> Option<Harm> {
    let word = words[at].folded.as_str();
    let next = words.get(at + 1).map_or("", |w| w.folded.as_str());
    Some(match word {
        "tue" | "tues" | "tuee" | "tuees" | "mort" | "morts" | "morte" | "mortes" | "abattu" | "abattus" | "abattue" | "abattues"
        | "massacre" | "massacres" | "massacree" | "massacrees" | "assassine" | "assassines" | "assassinee" | "assassinees" | "execute"
        | "executes" | "executee" | "executees" | "egorge" | "egorges" | "egorgee" | "egorgees" | "peri" | "decede" | "decedes"
        | "decedee" | "decedees" | "tuant" => Harm::Killed,
        "perdu" | "perdent" if next == "la" && words.get(at + 2).is_some_and(|w| w.folded == "vie") => Harm::Killed,
        "trouve" if next == "la" && words.get(at + 2).is_some_and(|w| w.folded == "mort") => Harm::Killed,
        "blesse" | "blesses" | "blessee" | "blessees" | "blessant" => Harm::Wounded,
        "enleve" | "enleves" | "enlevee" | "enlevees" | "enlevant" | "kidnappe" | "kidnappes" | "kidnappee" | "kidnappees"
        | "kidnappant" => Harm::Abducted,
        "pris" | "prises" | "prise" if next == "en" && words.get(at + 2).is_some_and(|w| w.folded.starts_with("otage")) => Harm::Abducted,
        _ => return None,
    })
}

/// What happened to the people that a number counts, and past its last word; `next`: the number after it.
fn harm_of(words: &[Word], number: &Number, next: usize) -> Option<(Harm, usize)> {
    let skip = |at: usize| matches!(words[at].folded.as_str(), "de" | "d" | "autres" | "autre" | "nouveaux" | "presumes" | "civils");
    // "11 morts", "une dizaine de blessés".
    let noun = (number.to..words.len().min(number.to + 3)).find(|at| !skip(*at));
    if let Some(at) = noun
        && !words[at].stop
        && let Some(harm) = harm(words, at)
        && !words[at].folded.ends_with("ant")
    {
        // "un mort" counts; "un tué par balle" does too; "mort" alone with a large number doesn't.
        return Some((harm, at + 1));
    }
    let counted = people_after(words, number.to)?;
    // "a tué vingt-trois civils", "la mort de six soldats", "enlevant au moins six femmes".
    let hedge = with_hedge(words, number.from);
    let before = (hedge.saturating_sub(2)..hedge).rev().find(|at| !matches!(words[*at].folded.as_str(), "de" | "d" | "les" | "ses"));
    if let Some(at) = before
        && (at + 1..=number.from).all(|w| !words[w].stop && !words[w].comma)
        && let Some(harm) = harm(words, at)
    {
        let word = words[at].folded.as_str();
        let noun = matches!(word, "mort" | "massacre" | "assassinat");
        let of = words.get(at + 1).is_some_and(|w| matches!(w.folded.as_str(), "de" | "d"));
        let auxiliary = at > 0
            && (at.saturating_sub(3)..at)
                .any(|w| matches!(words[w].folded.as_str(), "a" | "ont" | "avait" | "avaient" | "ayant" | "aurait" | "auraient"));
        let active = word.ends_with("ant") || auxiliary && !passive(words, at);
        if noun && of || !noun && active {
            return Some((harm, counted + 1));
        }
    }
    // "vingt-trois civils tués", "six soldats ont été blessés".
    let limit = words.len().min(number.to + REACH).min(next);
    for at in counted + 1..limit {
        if words[at].stop
            || matches!(words[at].folded.as_str(), "qui" | "dont" | "mais" | "alors" | "lorsque" | "avant" | "apres" | "contre")
        {
            return None;
        }
        if let Some(harm) = harm(words, at) {
            let word = words[at].folded.as_str();
            // "deux hommes ont tué un berger": they did it, it wasn't done to them.
            let did = (at.saturating_sub(2)..at).any(|w| matches!(words[w].folded.as_str(), "ont" | "a" | "avaient" | "avait"));
            let died = matches!(word, "peri" | "perdu" | "perdent" | "trouve");
            if word.ends_with("ant") || did && !died && !passive(words, at) {
                return None;
            }
            let to = if matches!(word, "perdu" | "perdent" | "trouve" | "pris" | "prise" | "prises") { at + 3 } else { at + 1 };
            return Some((harm, to.min(words.len())));
        }
    }
    None
}

/// "ont été tués".
fn passive(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|w| words[w].folded == "ete")
}

/// Whether counted people go on to the next number as a list: "deux soldats et trois civils".
fn linked(words: &[Word], from: usize, to: usize) -> bool {
    let link = |w: &Word| w.comma || w.folded == "et";
    (from + 1..=to).all(|w| !words[w].stop) && words[from + 1..=to].iter().any(link) && to - from <= REACH
}

/// Back over what qualifies a number: "au moins 11", "plus d'une dizaine", "environ 20".
fn with_hedge(words: &[Word], from: usize) -> usize {
    let word = |back: usize| from.checked_sub(back).filter(|at| !words[at + 1].stop).map_or("", |at| words[at].folded.as_str());
    match (word(2), word(1)) {
        ("au", "moins" | "total") | ("plus" | "moins" | "pres", "de" | "d") | ("de", "plus") | ("jusqu", "a") => from - 2,
        (_, "environ" | "quelque" | "entre" | "presque") => from - 1,
        _ => from,
    }
}

/// Nothing but "au moins" qualifies the number.
fn exact(words: &[Word], from: usize, number: usize) -> bool {
    from == number || number - from == 2 && words[from].folded == "au"
}

/// "aucun des dix otages n'a été tué", "sans faire de morts".
fn negated(words: &[Word], from: usize, to: usize) -> bool {
    let mut first = from.saturating_sub(4);
    if let Some(stop) = (first + 1..=from).rev().find(|w| words[*w].stop) {
        first = stop;
    }
    let no = |w: &Word| matches!(w.folded.as_str(), "aucun" | "aucune" | "pas" | "sans" | "ni" | "jamais" | "n" | "dementi" | "dement");
    words[first..to].iter().any(no)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tolls(text: &str) -> [(Option<u32>, String); 3] {
        let found = casualties(text);
        [found.killed, found.wounded, found.abducted].map(|t| (t.number, t.text))
    }

    #[test]
    fn numbers_in_words() {
        for (text, number) in [
            ("vingt-trois", 23),
            ("soixante et onze", 71),
            ("soixante-dix-sept", 77),
            ("quatre-vingts", 80),
            ("quatre-vingt-dix-neuf", 99),
            ("cent vingt", 120),
            ("deux cent trente et un", 231),
            ("mille deux cents", 1200),
            ("1 200", 1200),
            ("1.200", 1200),
            ("dix-sept", 17),
            ("une", 1),
        ] {
            let words = words(text);
            assert_eq!(number_at(&words, 0), Some((Some(number), words.len())), "{text}");
        }
        assert_eq!(number_at(&words("soldats"), 0), None);
    }

    #[test]
    fn what_a_passage_states() {
        let none = || (None, String::new());
        let some = |n, text: &str| (Some(n), text.to_string());
        let said = |text: &str| (None, text.to_string());
        for (text, expected) in [
            ("Vingt-trois civils tués à Ogossagou.", [some(23, "Vingt-trois civils tués"), none(), none()]),
            ("L'attaque a fait au moins 11 morts et trois blessés.", [some(11, "au moins 11 morts"), some(3, "trois blessés"), none()]),
            ("Une dizaine de blessés.", [none(), said("Une dizaine de blessés"), none()]),
            ("Entre 10 et 15 morts.", [said("Entre 10 et 15 morts"), none(), none()]),
            ("10 à 15 morts.", [said("10 à 15 morts"), none(), none()]),
            ("Plus de 130 personnes ont été tuées.", [said("Plus de 130 personnes ont été tuées"), none(), none()]),
            ("Des hommes armés ont abattu six civils.", [some(6, "six civils"), none(), none()]),
            ("L'attaque n'a pas fait de mort.", [none(), none(), none()]),
            ("Aucun des dix otages n'a été tué.", [none(), none(), none()]),
            ("Deux soldats et trois civils tués.", [said("Deux soldats et trois civils tués"), none(), none()]),
            (
                "Deux soldats ont été tués et trois autres blessés.",
                [some(2, "Deux soldats ont été tués"), some(3, "trois autres blessés"), none()],
            ),
            ("Cinq femmes ont été enlevées mardi.", [none(), none(), some(5, "Cinq femmes ont été enlevées")]),
            ("Deux hommes ont tué un berger.", [some(1, "un berger"), none(), none()]),
            ("Quatre drones ont frappé le 3 mai 2024.", [none(), none(), none()]),
            ("Dix morts selon les uns, douze morts selon l'armée.", [said("Dix morts | douze morts"), none(), none()]),
            ("La mort de six soldats est confirmée.", [some(6, "six soldats"), none(), none()]),
            ("Le 12 mars, l'armée est passée.", [none(), none(), none()]),
        ] {
            assert_eq!(tolls(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,60}|((un|deux|vingt|cent|mille|et|-| |12|morts|tués|civils|a|entre|,|\\.) ?){0,20}") {
            let _ = casualties(&text);
        }
    }
}
