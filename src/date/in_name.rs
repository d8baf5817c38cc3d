//! Dates in names: of files, of folders, in addresses of pages. Never a year alone: four digits are often an
//! article's number.

use super::PartialDate;
use std::ops::RangeInclusive;

/// Years that names speak of; other four digits are a number.
const YEARS: RangeInclusive<i16> = 1900..=2099;

/// The same in addresses: the web is not older.
const WEB_YEARS: RangeInclusive<i16> = 1990..=2099;

/// Runs of digits in a name that are looked at.
const MOST_RUNS: usize = 64;

/// The date in the address of a page: `/2023/11/15/`, `/2017/06/`, `/20251227/`, `/09-2023/`.
///
/// ```
/// let date = griot::date::in_name::of_address("https://site.ml/2023/11/15/kidal/");
/// assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2023-11-15"));
/// ```
pub fn of_address(address: &str) -> Option<PartialDate> {
    within(address, WEB_YEARS)
}

/// The date in a file's name: `rfi_2024-07-03_treve.txt`, `20240703-treve.txt`, `03-07-2024-treve.txt`,
/// `2024-07 treve.txt`, `202407030810.html`.
pub fn of_file(name: &str) -> Option<PartialDate> {
    within(name, YEARS)
}

/// The date in a path with `/` between the parts: in the file's name, else in its folders, the innermost
/// first (`2024/07/03/depeche.txt`, `2024-07/depeche.txt`).
pub fn of_path(path: &str) -> Option<PartialDate> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    of_file(name).or_else(|| of_folders(folders))
}

/// A text that is a date as names have it, and nothing else: `2024-07-03`, `2024_07_03`, `20240703`,
/// `2024-07`.
pub fn exact(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = match text.len() {
        8 if number(text).is_some() => vec![&text[..4], &text[4..6], &text[6..]],
        _ => text.split(['-', '_', '.']).collect(),
    };
    let small = |text: &str| small(text).filter(|_| text.len() == 2);
    let year = year(parts.first()?, &YEARS)?;
    match parts[1..] {
        [month] => PartialDate::new(year, Some(small(month)?), None),
        [month, day] => PartialDate::new(year, Some(small(month)?), Some(small(day)?)),
        _ => None,
    }
}

fn of_folders(folders: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = folders.split('/').collect();
    (0..parts.len())
        .rev()
        .find_map(|at| match year(parts[at], &YEARS) {
            Some(year) => {
                let month = parts.get(at + 1).and_then(|part| small(part))?;
                let day = parts.get(at + 2).and_then(|part| small(part));
                PartialDate::new(year, Some(month), day)
            }
            None => exact(parts[at]),
        })
}

/// The most precise date in a name, between other things. Of two as precise, one with the year first, which
/// is less likely to be made of other numbers; else the first.
fn within(name: &str, years: RangeInclusive<i16>) -> Option<PartialDate> {
    let runs = runs(name);
    let text = |at: usize| runs.get(at).map_or("", |&(from, to)| &name[from..to]);
    let is_linked = |at: usize| match (runs.get(at), runs.get(at + 1)) {
        (Some(one), Some(other)) => other.0 == one.1 + 1 && b"/-_.".contains(&name.as_bytes()[one.1]),
        _ => false,
    };
    // Of what is as precise, the last is kept: from the last to the first.
    let found = (0..runs.len()).rev().filter_map(|at| {
        let second = if is_linked(at) { text(at + 1) } else { "" };
        let third = if !second.is_empty() && is_linked(at + 1) {
            text(at + 2)
        } else {
            ""
        };
        at_run(text(at), second, third, &years)
    });
    found
        .max_by_key(|(date, is_year_first)| (date.day().is_some(), *is_year_first))
        .map(|(date, _)| date)
}

/// A date in runs of digits that are linked, empty where there is none; whether its year comes first.
fn at_run(
    first: &str,
    second: &str,
    third: &str,
    years: &RangeInclusive<i16>,
) -> Option<(PartialDate, bool)> {
    match first.len() {
        8 | 12 | 14 => {
            let (year, month, day) = (
                year(&first[..4], years)?,
                small(&first[4..6])?,
                small(&first[6..8])?,
            );
            Some((PartialDate::new(year, Some(month), Some(day))?, true))
        }
        4 => {
            let (year, month) = (year(first, years)?, small(second)?);
            let full = small(third).and_then(|day| PartialDate::new(year, Some(month), Some(day)));
            Some((full.or_else(|| PartialDate::new(year, Some(month), None))?, true))
        }
        1 | 2 => {
            let date = match (small(second), year(third, years)) {
                (Some(month), Some(year)) => PartialDate::new(year, Some(month), Some(small(first)?)),
                _ => PartialDate::new(year(second, years)?, Some(small(first)?), None),
            };
            Some((date?, false))
        }
        _ => None,
    }
}

/// Where the runs of digits are.
fn runs(name: &str) -> Vec<(usize, usize)> {
    let bytes = name.as_bytes();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && runs.len() < MOST_RUNS {
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if length > 0 {
            runs.push((at, at + length));
        }
        at += length.max(1);
    }
    runs
}

fn number(text: &str) -> Option<i32> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// A number of one or two digits.
fn small(text: &str) -> Option<i8> {
    number(text)
        .filter(|_| text.len() <= 2)
        .and_then(|n| i8::try_from(n).ok())
}

fn year(text: &str, years: &RangeInclusive<i16>) -> Option<i16> {
    number(text)
        .filter(|_| text.len() == 4)
        .and_then(|n| i16::try_from(n).ok())
        .filter(|year| years.contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<PartialDate>) -> String {
        date.map_or("-".into(), |date| date.to_string())
    }

    #[test]
    fn dates_in_addresses() {
        for (address, date) in [
            ("https://site.ml/2023/11/15/kidal-reconquis/", "2023-11-15"),
            ("https://blog.example/2017/06/a-quand.html", "2017-06"),
            ("https://fr.site.africa/20251227/1081911510.html", "2025-12-27"),
            ("https://fr.site.com/stories/202309040041.html", "2023-09-04"),
            ("https://sn.site.com/09-2023/24423116353/", "2023-09"),
            ("https://site.ml/news/350987.html", "-"),
            ("https://site.ml/2023/99/", "-"),
            ("https://site.ml/article-2019", "-"),
            ("https://site.ml/archives/1960/09/22/", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(of_address(address)), date, "{address}");
        }
    }

    #[test]
    fn dates_in_paths() {
        for (path, date) in [
            ("RFI/2024/2024-07-03-titre.html", "2024-07-03"),
            ("x/Jeune Afrique/20240703_titre.txt", "2024-07-03"),
            ("afp.zip/2024/07/depeche.txt", "2024-07"),
            ("2024/07/03/depeche.txt", "2024-07-03"),
            ("2024-07/depeche.txt", "2024-07"),
            ("2024/2024-08-tinzaouatene.txt", "2024-08"),
            ("maliweb_2024_07_03.html", "2024-07-03"),
            ("gao_2024-07-03.txt", "2024-07-03"),
            ("2024/depeche.txt", "-"),
            ("20241399.txt", "-"),
            ("123456789.txt", "-"),
            ("2024-0703.txt", "-"),
            ("2024-13-01 x.txt", "-"),
            ("le-monde-d-apres/x.txt", "-"),
        ] {
            assert_eq!(shown(of_path(path)), date, "{path}");
        }
    }

    /// There were two readers of file names, one for the date of an article and one for its month. What
    /// either could read, both can.
    #[test]
    fn what_either_of_two_readers_could() {
        for (name, date) in [
            // Only the reader for months.
            ("03-07-2024-gao.txt", "2024-07-03"),
            ("gao-09-2023.txt", "2023-09"),
            ("depeche-202309040041.txt", "2023-09-04"),
            ("gao 2024-7-3.txt", "2024-07-03"),
            ("gao.2024.07.03.txt", "2024-07-03"),
            ("2024-07-45.txt", "2024-07"),
            // Only the reader for dates.
            ("1960-09-22-independance.txt", "1960-09-22"),
            // Both, and otherwise: a year that comes first counts more.
            ("depeche-12-2024-03.txt", "2024-03"),
            ("2024-07 puis 2024-08-01.txt", "2024-08-01"),
            ("20240703 20240801.txt", "2024-07-03"),
        ] {
            assert_eq!(shown(of_file(name)), date, "{name}");
            assert_eq!(shown(of_path(&format!("x/{name}"))), date, "{name}");
        }
    }

    #[test]
    fn exact_dates_are_nothing_else() {
        for (text, date) in [
            ("2024-07-03", "2024-07-03"),
            ("2024_07_03", "2024-07-03"),
            ("20240703", "2024-07-03"),
            ("2024.07", "2024-07"),
            ("2024-7", "-"),
            ("2024", "-"),
            ("x2024-07", "-"),
            ("2024-07-03-", "-"),
            ("éééé", "-"),
        ] {
            assert_eq!(shown(exact(text)), date, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_name_is_too_strange(name in "\\PC{0,60}|[0-9/_.-]{0,80}") {
            let _ = (of_address(&name), of_path(&name), exact(&name));
        }
    }
}
