//! Datelines: what stands at the beginning of a dispatch: `Bamako (AFP) - 2 juin 2025 - Des hommes armés …`,
//! `GAO, 2 juin 2025 (Reuters) - …`.

use crate::date::{PartialDate, line as date_line};
use crate::media::Media;

/// Longest place before the bracket, in bytes.
const LONGEST_PLACE: usize = 60;
/// Longest name of a medium, in bytes.
const LONGEST_NAME: usize = 40;

/// What the dateline at the beginning of a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// How many bytes of the line it takes.
    pub end: usize,
    pub medium: String,
    pub day: Option<PartialDate>,
}

/// The dateline at the beginning of a line, if it has one.
pub(crate) fn of_line(line: &str) -> Option<Dateline> {
    let (rest, medium, day) = read(line.trim_start())?;
    let end = line.len() - rest.len();
    Some(Dateline { end, medium, day })
}

/// What follows the dateline, and the medium and the day that it names.
fn read(line: &str) -> Option<(&str, String, Option<PartialDate>)> {
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
    is_dateline.then(|| (rest, name.to_string(), date.filter(is_day)))
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
        let day = |text: &str| Some(("AFP", text.to_string()));
        for (line, said) in [
            ("Bamako (AFP) - 2 juin 2025", day("2025-06-02")),
            (
                "Bamako (AFP) – 2 juin 2025 – Des hommes armés ont attaqué un camp.",
                day("2025-06-02"),
            ),
            (
                "BAMAKO, Mali (AFP) - Des hommes armés ont attaqué un camp.",
                day(""),
            ),
            (
                "Gao, 2 juin 2025 (AFP) - Des hommes armés ont attaqué un camp.",
                day("2025-06-02"),
            ),
            ("Bourem (Gao) - 2 juin 2025", None),
            ("Le chef de la CMA (AFP) a parlé.", None),
            ("Le ministre a dit (AFP) - deux fois - que non.", None),
            ("Une photo de Gao (AFP)", None),
            ("(AFP) - 2 juin 2025", None),
        ] {
            let read = of_line(line);
            let read = read.as_ref().map(|dateline| {
                let day = dateline.day.map_or_else(String::new, |day| day.to_string());
                (dateline.medium.as_str(), day)
            });
            assert_eq!(read, said, "{line}");
        }
    }
}
