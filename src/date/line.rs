//! Lines that are a date, or begin with one, as pages and exports print them in any language: `mar. 5 mars 2024`,
//! `12. März 2024 Dienstag`, `July 3, 2024 Wednesday 10:12 AM GMT, Late Edition`, `5 de marzo de 2024`.

use super::names::{is_weekday, month_in_any_language as month};
use super::{PartialDate, written};
use crate::french::fold;

/// A line that begins with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine<'a> {
    pub date: PartialDate,
    /// The time of day, as written.
    pub time: Option<String>,
    /// What follows date, weekday and time: an edition, a length.
    pub rest: &'a str,
}

/// A word of a line without the signs around it, and the offset of its end.
type Word<'a> = (&'a str, usize);

/// The date that a line begins with, the weekday left aside; none if it begins with anything else.
pub fn leading(line: &str) -> Option<DateLine<'_>> {
    if line.len() > 2000 || !may_begin_date(line) {
        return None;
    }
    let words = words_of(line);
    let mut at = 0;
    let (date, used) = loop {
        if let Some(found) = date_at(&words[at..]) {
            break found;
        }
        let (word, _) = words.get(at)?;
        if !(is_weekday(word) || matches!(*word, "Le" | "le")) {
            return None;
        }
        at += 1;
    };
    at += used;
    let (mut end, mut time) = (words[at - 1].1, Vec::new());
    while let Some((word, after)) = words.get(at) {
        let clock = is_clock(word);
        let zone = !time.is_empty() && is_zone(word);
        if !(clock || zone || is_weekday(word) || matches!(*word, "-" | "–" | "à" | "at" | "um" | "h")) {
            break;
        }
        if clock || zone {
            time.push(*word);
        }
        (end, at) = (*after, at + 1);
    }
    let rest = line[end..]
        .trim_start_matches([' ', ',', ';', '.', '-', '–', '\u{a0}', '\t'])
        .trim();
    Some(DateLine {
        date,
        time: (!time.is_empty()).then(|| time.join(" ")),
        rest,
    })
}

/// A line that is a date, perhaps with a time and the name of an edition, and nothing else.
pub fn line(line: &str) -> Option<DateLine<'_>> {
    // So that the rest, which is trimmed, is the end of the line.
    let line = line.trim_end();
    let found = leading(line)?;
    let before = line[..line.len() - found.rest.len()].trim_end_matches([' ', '\u{a0}']);
    let edition = found.rest.split_whitespace().count() <= 10
        && found
            .rest
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && (before.ends_with(',') || is_edition(found.rest))
        && !found.rest.ends_with(['.', '?', '!']);
    (found.rest.is_empty() || edition).then_some(found)
}

/// The first date within a line: what stands before it, and it.
pub fn within(line: &str) -> Option<(&str, DateLine<'_>)> {
    let mut starts = std::iter::once(0).chain(
        line.match_indices([' ', ',', ':', '(', '\u{a0}'])
            .map(|(at, sign)| at + sign.len())
            .take(60),
    );
    starts.find_map(|at| {
        let begins = line[at..].starts_with(char::is_alphanumeric);
        let found = begins.then(|| leading(&line[at..])).flatten()?;
        Some((line[..at].trim_end_matches([' ', ',']).trim(), found))
    })
}

/// Whether the first word of a line can be that of a date: a number, a month, a day of the week, `le`.
fn may_begin_date(line: &str) -> bool {
    let words = line.split(|c: char| c.is_whitespace() || c == ',');
    let mut words = words.map(|part| part.trim_matches(['.', ';', '(', ')']));
    words.find(|word| !word.is_empty()).is_some_and(|word| {
        let begins = |c: char| c.is_numeric() || c.is_ascii_digit();
        word.starts_with(begins)
            || matches!(word, "Le" | "le")
            || is_weekday(word)
            || month(word).is_some()
            || word.contains('年')
    })
}

/// Whether a line names an edition: `Late Edition - Final`, `Édition principale`, `1ST Edition`.
pub fn is_edition(line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic()).any(|word| {
        matches!(
            fold(word).as_str(),
            "edition"
                | "final"
                | "ausgabe"
                | "edicion"
                | "editie"
                | "edizione"
                | "edicao"
                | "edizioni"
                | "replate"
        )
    })
}

fn words_of(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = 0;
    for part in line.split(|c: char| c.is_whitespace() || c == ',') {
        let end = rest + part.len();
        let word = part.trim_matches(['.', ';', '(', ')']);
        if !word.is_empty() {
            words.push((word, end));
        }
        rest = end + line[end..].chars().next().map_or(0, char::len_utf8);
        if words.len() == 16 {
            break;
        }
    }
    words
}

/// A date at the beginning of some words, and how many of them it takes.
fn date_at(words: &[Word<'_>]) -> Option<(PartialDate, usize)> {
    let word = |at: usize| words.get(at).map(|(word, _)| *word);
    let first = word(0)?;
    // `12 de marzo de 2024`, `12 mars 2024`; `2012 年` is one of the forms of numbers below.
    let of = |at: usize| at + usize::from(matches!(word(at), Some("de" | "del" | "of")));
    if let Some(day) = day(first) {
        let at = of(1);
        if let (Some(month), year) = (word(at).and_then(month), of(at + 1))
            && let Some(number) = word(year).and_then(self::year)
        {
            return Some((PartialDate::new(number, Some(month), Some(day))?, year + 1));
        }
    }
    if let Some(month) = month(first) {
        if let (Some(day), Some(year)) = (word(1).and_then(day), word(2).and_then(year)) {
            return Some((PartialDate::new(year, Some(month), Some(day))?, 3));
        }
        let at = of(1);
        let year = word(at).and_then(year)?;
        return Some((PartialDate::new(year, Some(month), None)?, at + 1));
    }
    if first.contains('年') {
        let numbers: Vec<i16> = first
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let [year, month, day] = numbers[..] else {
            return None;
        };
        return Some((
            PartialDate::new(year, i8::try_from(month).ok(), i8::try_from(day).ok())?,
            1,
        ));
    }
    let written = first.len() >= 8 && first.starts_with(|c: char| c.is_ascii_digit());
    let date = written.then(|| written::of_text(first)).flatten()?;
    (first.contains(['-', '/', '.']) && date.month().is_some()).then_some((date, 1))
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = &word[digits.len()..];
    if digits.len() > 2
        || !matches!(
            suffix,
            "" | "." | "er" | "st" | "nd" | "rd" | "th" | "º" | "°" | "日"
        )
    {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1700..=2200).contains(year))
}

/// Whether a word is a time of day: `10:12`, `08h42`, `11:49:55`, `10h`.
pub fn is_clock(word: &str) -> bool {
    word.len() <= 8
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains([':', 'h', 'H'])
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h' | 'H'))
}

/// `AM`, `GMT`, `CEST`, `+0200`.
fn is_zone(word: &str) -> bool {
    let letters = word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
    let offset = word
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit()));
    letters || offset || matches!(word, "am" | "pm" | "a.m" | "p.m")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        line(text).map_or_else(String::new, |found| {
            [
                found.date.to_string(),
                found.time.unwrap_or_default(),
                found.rest.into(),
            ]
            .join("|")
        })
    }

    #[test]
    fn date_lines_are_read_in_the_languages_of_the_interfaces() {
        for (text, expected) in [
            ("3 juillet 2024 mercredi", "2024-07-03||"),
            ("mercredi 3 juillet 2024", "2024-07-03||"),
            ("1er mars 2024", "2024-03-01||"),
            ("July 3, 2024 Wednesday 10:12 AM GMT", "2024-07-03|10:12 AM GMT|"),
            (
                "July 3, 2024 Wednesday, Lucknow Edition",
                "2024-07-03||Lucknow Edition",
            ),
            (
                "July 3, 2024 Wednesday Late Edition - Final",
                "2024-07-03||Late Edition - Final",
            ),
            ("November 2020", "2020-11||"),
            ("5 maart 2024 dinsdag", "2024-03-05||"),
            ("12. März 2024 Dienstag", "2024-03-12||"),
            ("16 März 2024", "2024-03-16||"),
            ("5 de marzo de 2024 martes", "2024-03-05||"),
            ("5 de março de 2024 terça-feira", "2024-03-05||"),
            ("5 marzo 2024 martedì", "2024-03-05||"),
            ("12 mayo 2024", "2024-05-12||"),
            ("Friday, 5. July 2019 09:31:00 CEST", "2019-07-05|09:31:00 CEST|"),
            ("12 مارس 2024", "2024-03-12||"),
            ("2024年3月12日", "2024-03-12||"),
            ("12/03/2024", "2024-03-12||"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn blanks_at_the_end_of_a_line_are_no_part_of_it() {
        for blanks in ["", " ", "\t\t", "\u{a0}\u{2003}"] {
            let text = format!("Fri, 3 May 2024 }}â 24{blanks}");
            assert!(line(&text).is_none(), "{text:?}");
            let text = format!("3 mai 2024, Édition â{blanks}");
            assert_eq!(line(&text).map(|found| found.rest), Some("Édition â"), "{text:?}");
        }
    }

    #[test]
    fn a_headline_with_a_month_is_no_date_line() {
        for text in [
            "Retour sur le coup de mars 2012",
            "Mars 2012 : retour sur le coup",
            "5 mars 2012, retour sur un coup d'État que personne n'attendait et qui a tout changé au Mali",
            "Mars attaque",
            "12 morts à Gao",
            "2024",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    #[test]
    fn a_date_is_found_within_a_line() {
        for (text, before, date, rest) in [
            (
                "Nord,  mardi 9 janvier 2024 295 mots, p. 7",
                "Nord",
                "2024-01-09",
                "295 mots, p. 7",
            ),
            (
                "World, Friday, January 12, 2024 120 words, p. A3",
                "World",
                "2024-01-12",
                "120 words, p. A3",
            ),
            (
                "mercredi 10 janvier 2024 - 11:49:55 -0000 1455 mots",
                "",
                "2024-01-10",
                "1455 mots",
            ),
            ("December 24, 2000", "", "2000-12-24", ""),
        ] {
            let (found, line) = within(text).expect(text);
            assert_eq!(
                (found, line.date.to_string().as_str(), line.rest),
                (before, date, rest),
                "{text}"
            );
        }
    }
}
