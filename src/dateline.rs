//! Datelines: what stands at the beginning of a dispatch: `Bamako (AFP) - 2 juin 2025 - Des hommes armés …`,
//! `GAO, 2 juin 2025 (Reuters) - …`.

use crate::credits::Credit;
use crate::date::{PartialDate, line as date_line};
use crate::media::Media;

/// Longest place before the bracket, in bytes.
const LONGEST_PLACE: usize = 60;
/// Longest name of a medium, in bytes.
const LONGEST_NAME: usize = 40;

/// What the dateline at the beginning of a line says: the medium, and the day if it names one; nothing for a line
/// that has none.
/// With it, how many bytes of the line it takes.
pub(crate) fn of_line(line: &str) -> (usize, Vec<Credit>) {
    let trimmed = line.trim_start();
    let (rest, credits) = read(trimmed).unwrap_or((line, Vec::new()));
    (line.len() - rest.len(), credits)
}

/// What follows the dateline, and what that says.
fn read(line: &str) -> Option<(&str, Vec<Credit>)> {
    let (before, rest) = line
        .split_once('(')
        .filter(|(before, _)| before.len() <= LONGEST_PLACE)?;
    let (name, after) = rest
        .split_once(')')
        .filter(|(name, _)| name.len() <= LONGEST_NAME)?;
    let name = name.trim();
    Media::embedded().known(name)?;
    let (place, date) = match before.find(|c: char| c.is_ascii_digit()) {
        Some(_) => {
            let (place, found) = date_line::within(before).filter(|(_, found)| found.rest.is_empty())?;
            (place, Some(found.date))
        }
        None => (before, None),
    };
    if !is_place(place) {
        return None;
    }
    let after = after.trim_start();
    let rest = after.trim_start_matches(['-', '–', '—', ',', ':', ' ', '\u{a0}']);
    let (date, rest) = match (date, date_line::leading(rest)) {
        (None, Some(found)) => (Some(found.date), found.rest),
        (date, _) => (date, rest),
    };
    let is_dateline = after.is_empty() || after.starts_with(['-', '–', '—', ':']) || date.is_some();
    let is_day = |date: &PartialDate| date.day().is_some();
    is_dateline.then(|| {
        let mut credits = vec![Credit::Source(name.to_string())];
        credits.extend(date.filter(is_day).map(Credit::Date));
        (rest, credits)
    })
}

/// One to six words with capitals, or particles between them.
fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_named = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(*word, "de" | "du" | "des" | "la" | "le" | "les" | "et" | "en")
    };
    (1..=6).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(is_named)
        && !text.contains(['.', ':', '"', '«'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_say_who_and_when() {
        let day = |text: &str| Credit::Date(text.parse().expect("a date"));
        let afp = || Credit::Source("AFP".into());
        for (line, said) in [
            ("Bamako (AFP) - 2 juin 2025", vec![afp(), day("2025-06-02")]),
            (
                "Bamako (AFP) – 2 juin 2025 – Des hommes armés ont attaqué un camp.",
                vec![afp(), day("2025-06-02")],
            ),
            (
                "BAMAKO, Mali (AFP) - Des hommes armés ont attaqué un camp.",
                vec![afp()],
            ),
            (
                "Gao, 2 juin 2025 (AFP) - Des hommes armés ont attaqué un camp.",
                vec![afp(), day("2025-06-02")],
            ),
            ("Bourem (Gao) - 2 juin 2025", vec![]),
            ("Le chef de la CMA (AFP) a parlé.", vec![]),
            ("Le ministre a dit (AFP) - deux fois - que non.", vec![]),
            ("Une photo de Gao (AFP)", vec![]),
            ("(AFP) - 2 juin 2025", vec![]),
        ] {
            assert_eq!(of_line(line).1, said, "{line}");
        }
    }
}
