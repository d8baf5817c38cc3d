//! Who wrote an article: lines with names, told from headlines and from the names of sections.

use crate::corpus::clean;
use crate::french::fold;

/// A byline without the word before it: `Par Awa Ba`, `BY AWA BA`.
pub(super) fn author(line: &str) -> Option<String> {
    clean::line(after_by(line).unwrap_or(line)).filter(|name| name.chars().any(char::is_alphabetic))
}

/// What follows the word of a byline.
fn after_by(line: &str) -> Option<&str> {
    let (first, rest) = line.trim().split_once([' ', '\u{a0}'])?;
    let upper = rest.trim_start().starts_with(char::is_uppercase);
    (upper
        && matches!(
            first,
            "Par" | "PAR" | "par" | "By" | "BY" | "by" | "Von" | "VON" | "Por" | "POR" | "Door" | "Di"
        ))
    .then_some(rest.trim())
}

/// Words between the names of several people.
const AND: [&str; 11] = [
    "et", "and", "und", "y", "e", "avec", "with", "&", "ET", "AND", "AVEC",
];

/// Words within a name that may be written in lower case.
const PARTICLES: [&str; 14] = [
    "de", "du", "la", "le", "van", "von", "der", "den", "ag", "ould", "al", "el", "bin", "dit",
];

/// Words that begin a headline, and no name.
const ARTICLES: [&str; 16] = [
    "Le", "La", "Les", "L", "Un", "Une", "Des", "The", "A", "An", "Der", "Die", "Das", "El", "Los", "Las",
];

/// How much a line looks like the name of who wrote it: 0 not at all, 3 certainly.
pub(super) fn byline(line: &str) -> u8 {
    let line = line.trim();
    if line.chars().count() > 160 || line.ends_with(['.', '?', '!', ':']) && !line.ends_with(" Jr.") {
        return 0;
    }
    if after_by(line).is_some() {
        return 3;
    }
    // What stands in parentheses says who they are: `Awa Ba (envoyée spéciale à Gao)`.
    let name = line.split('(').next().unwrap_or_default().trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let people: Vec<&[&str]> = words
        .split(|word| AND.contains(word))
        .filter(|person| !person.is_empty())
        .collect();
    let is_reported = people.len() > 1 || name.contains(',') || name.len() < line.len();
    match !people.is_empty() && people.iter().all(|words| is_person(words)) {
        true if is_reported && words.len() >= 2 => 2,
        true if (2..=4).contains(&words.len()) => 2,
        _ => 0,
    }
}

/// Whether words may be the name of one person.
fn is_person(words: &[&str]) -> bool {
    let first = words.first().copied().unwrap_or_default();
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !word.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '«' | '"' | '?'))
    };
    (1..=6).contains(&words.len())
        && !ARTICLES.contains(&first)
        && is_name(first)
        && words
            .iter()
            .all(|word| is_name(word.trim_end_matches(',')) || PARTICLES.contains(word))
}

/// Whether a line names a section of a paper rather than says something: `International`, `WSJ Pro`, `NEWS`.
pub(super) fn is_rubric(line: &str) -> bool {
    const KNOWN: &str = " international national monde world politique politics economie economy business \
        news features opinion opinions markets marches societe society culture sport sports afrique africa \
        actualite actualites reportage enquete analyse interview entretien tribune editorial portrait \
        decryptage chronique debats idees comment letters ";
    let folded = line
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .collect::<Vec<_>>();
    let words: Vec<&String> = folded.iter().filter(|word| !word.is_empty()).collect();
    let known = |word: &&String| KNOWN.contains(&format!(" {word} "));
    !words.is_empty() && words.len() <= 3 && words.iter().any(known) && words.iter().all(|w| w.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_headlines() {
        for line in [
            "Awa Ba",
            "Par Awa Ba",
            "Awa Ba et Issa Touré",
            "PAR JEAN-PAUL SOW AVEC AFP",
            "Charlotte Diallo (envoyée spéciale à Ansongo)",
            "Roman Klimow",
        ] {
            assert!(byline(line) > 0, "{line}");
        }
        for line in [
            "Die Brunnen von Hombori",
            "Trois véhicules brûlés près de Gossi",
            "Les puits de Hombori, suite",
            "Gao : le marché rouvre",
        ] {
            assert_eq!(byline(line), 0, "{line}");
        }
    }
}
