//! Dates that people type, after `date:` and `month:` and in options: partial dates, ranges, comparisons.

use super::PartialDate;
use super::names;
use super::relative::relative;
use crate::french::fold;

/// An interval of days since 1970-01-01, both ends included; None is open, but never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// The ends were typed in the wrong order.
    pub turned: bool,
}

/// No date that anyone types is longer; keeps pasted text from being searched for one.
const LONGEST: usize = 80;

/// Reads what stands after the colon, without its quotes.
pub fn interval(text: &str) -> Option<Interval> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(inner) = text.strip_prefix(['[', '{']) {
        let (from, to) = split_words(inner.strip_suffix([']', '}'])?)?;
        return between(end(from)?, end(to)?, text.starts_with('{'), text.ends_with('}'));
    }
    for (sign, from, to) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            let (first, last) = date(rest)?.interval();
            let day = |side: Side| side.of(first, last);
            return Some(Interval {
                from: from.map(day),
                to: to.map(day),
                turned: false,
            });
        }
    }
    for dots in ["...", "..", "…"] {
        if let Some((from, to)) = text.split_once(dots) {
            return between(end(from)?, end(to)?, false, false);
        }
    }
    if let Some(date) = date(text) {
        let (first, last) = date.interval();
        return Some(Interval {
            from: Some(first),
            to: Some(last),
            turned: false,
        });
    }
    let (from, to) = split_words(text)?;
    between(end(from)?, end(to)?, false, false)
}

/// The date that a person begins with: one in any way people write them, by today's (`hier`, `7 jours`), or where
/// an interval begins.
pub fn since(text: &str) -> Option<PartialDate> {
    one(text, |(from, _)| from, |(first, _)| first)
}

/// The date that a person ends with: one in any way people write them, by today's, or where an interval ends.
pub fn until(text: &str) -> Option<PartialDate> {
    one(text, |(_, to)| to, |(_, last)| last)
}

/// Whether a date that [`since`] or [`until`] reads is another one tomorrow.
pub fn is_relative(text: &str) -> bool {
    text.len() <= LONGEST
        && date(text).is_none()
        && relative(text, PartialDate::today(), &date) != relative(text, LONG_AGO, &date)
}

/// A day that no date by today's meets.
const LONG_AGO: PartialDate = PartialDate::EPOCH;

fn one<'t>(
    text: &'t str,
    side: impl Fn((&'t str, &'t str)) -> &'t str,
    end: impl Fn((PartialDate, PartialDate)) -> PartialDate,
) -> Option<PartialDate> {
    if text.len() > LONGEST {
        return None;
    }
    let ends = || {
        ["...", "..", "…"]
            .iter()
            .find_map(|dots| text.split_once(dots))
            .or_else(|| split_words(text))
    };
    date(text)
        .or_else(|| relative(text, PartialDate::today(), &date).map(end))
        .or_else(|| date(side(ends()?)))
}

/// Which day an interval begins or ends with, relative to the date compared with.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
    Before,
    After,
}

impl Side {
    fn of(self, first: i64, last: i64) -> i64 {
        match self {
            Self::First => first,
            Self::Last => last,
            Self::Before => first - 1,
            Self::After => last + 1,
        }
    }
}

const SIGNS: [(&str, Option<Side>, Option<Side>); 9] = [
    (">=", Some(Side::First), None),
    ("=>", Some(Side::First), None),
    ("≥", Some(Side::First), None),
    ("<=", None, Some(Side::Last)),
    ("=<", None, Some(Side::Last)),
    ("≤", None, Some(Side::Last)),
    (">", Some(Side::After), None),
    ("<", None, Some(Side::Before)),
    ("=", Some(Side::First), Some(Side::Last)),
];

/// From one date to another, each as its first and last day; after it and before it, where they are excluded.
fn between(from: Option<(i64, i64)>, to: Option<(i64, i64)>, after: bool, before: bool) -> Option<Interval> {
    let turned = matches!((from, to), (Some(a), Some(b)) if a.0 > b.1);
    let (from, to) = if turned { (to, from) } else { (from, to) };
    let from = from.map(|(first, last)| if after { last + 1 } else { first });
    let to = to.map(|(first, last)| if before { first - 1 } else { last });
    let empty = matches!((from, to), (Some(a), Some(b)) if a > b);
    (!empty && (from.is_some() || to.is_some())).then_some(Interval { from, to, turned })
}

/// One end of a range: its first and last day, or `Some(None)` for an open end.
#[expect(clippy::option_option, reason = "unreadable, open, a date")]
fn end(text: &str) -> Option<Option<(i64, i64)>> {
    match text.trim() {
        "" | "*" => Some(None),
        text => date(text).map(|date| Some(date.interval())),
    }
}

fn split_words(text: &str) -> Option<(&str, &str)> {
    [" TO ", " to ", " À ", " à ", " AU ", " au "]
        .iter()
        .find_map(|word| text.split_once(word))
}

/// One date: `2024`, `2024-03`, `03/2024`, `03/07/2024` (the day first), `3 mars 2024`, `mars 2024`,
/// `2024 mars`.
pub fn date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let with_time = |w: &[&str]| matches!(w, [date, time] if time.contains(':') && date.len() >= 8);
    if words.len() == 1 || with_time(&words) {
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        let numbers: Vec<&str> = words[0].split(['/', '-', '.']).collect();
        if numbers.len() > 1
            && numbers
                .iter()
                .all(|n| !n.is_empty() && n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit()))
        {
            return match numbers.as_slice() {
                [month, year] if year.len() == 4 => {
                    PartialDate::new(year.parse().ok()?, Some(month.parse().ok()?), None)
                }
                [day, month, year] if year.len() == 4 => PartialDate::new(
                    year.parse().ok()?,
                    Some(month.parse().ok()?),
                    Some(day.parse().ok()?),
                ),
                _ => None,
            };
        }
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|w| !w.is_empty())
        .collect();
    let year = |text: &str| {
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().ok()
        } else {
            None
        }
    };
    match words.as_slice() {
        [y, month] if year(y).is_some() => PartialDate::new(year(y)?, Some(month_named(month)?), None),
        [y, month, day] if year(y).is_some() => {
            PartialDate::new(year(y)?, Some(month_named(month)?), Some(day_number(day)?))
        }
        [month, y] => PartialDate::new(year(y)?, Some(month_named(month)?), None),
        [day, month, y] => PartialDate::new(year(y)?, Some(month_named(month)?), Some(day_number(day)?)),
        _ => None,
    }
}

/// A month, or a year alone: a date, or one with words around it that tell no day (`en mars 2024`,
/// `2024 03`). Of a date, all is kept.
pub fn month(text: &str) -> Option<PartialDate> {
    date(text).or_else(|| {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let year = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 4);
        let number = |text: &str| month_named(text).or_else(|| text.parse().ok());
        match words.as_slice() {
            [y] => PartialDate::new(year(y)?, None, None),
            [y, m] if year(y).is_some() => PartialDate::new(year(y)?, Some(number(m)?), None),
            [m, y] => PartialDate::new(year(y)?, Some(number(m)?), None),
            [y, m, d] if year(y).is_some() => PartialDate::new(year(y)?, Some(number(m)?), d.parse().ok()),
            [d, m, y] => PartialDate::new(year(y)?, Some(number(m)?), d.parse().ok()),
            _ => None,
        }
    })
}

fn month_named(text: &str) -> Option<i8> {
    names::month(&fold(text))
}

fn day_number(text: &str) -> Option<i8> {
    let folded = fold(text);
    folded.strip_suffix("er").unwrap_or(&folded).parse().ok()
}

/// An interval in the shortest syntax that [`interval`] reads: `2024`, `2024-03`, `2024-03-01..2024-03-15`,
/// `>=2024-03-01`.
pub fn show(from: Option<i64>, to: Option<i64>) -> String {
    let day = PartialDate::from_days;
    match (from, to) {
        (Some(from), Some(to)) => {
            let date = day(from);
            let whole = [
                Some(date),
                PartialDate::new(date.year(), date.month(), None),
                PartialDate::new(date.year(), None, None),
            ];
            match whole.into_iter().flatten().find(|d| d.interval() == (from, to)) {
                Some(date) => date.to_string(),
                None => format!("{date}..{}", day(to)),
            }
        }
        (Some(from), None) => format!(">={}", day(from)),
        (None, Some(to)) => format!("<={}", day(to)),
        (None, None) => "*".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (typed, shown) in [
            ("2024", "2024"),
            ("2024-03", "2024-03"),
            ("2024/03", "2024-03"),
            ("2024-03-07", "2024-03-07"),
            ("2024-03-07T08:00:00Z", "2024-03-07"),
            ("2024-03-07 08:00", "2024-03-07"),
            ("03/2024", "2024-03"),
            ("3-2024", "2024-03"),
            ("03/07/2024", "2024-07-03"),
            ("3.7.2024", "2024-07-03"),
            ("mars 2024", "2024-03"),
            ("Août 2024", "2024-08"),
            ("aout-2024", "2024-08"),
            ("March 2024", "2024-03"),
            ("juill. 2024", "2024-07"),
            // Once only months were typed so.
            ("2024 mars", "2024-03"),
            ("2024 mars 3", "2024-03-03"),
            ("1er mars 2024", "2024-03-01"),
            ("15 févr. 2024", "2024-02-15"),
            ("2024-03-01..2024-03-31", "2024-03"),
            ("2024-03-01..2024-03-15", "2024-03-01..2024-03-15"),
            ("2024-01…2024-02", "2024-01-01..2024-02-29"),
            ("2024-03..", ">=2024-03-01"),
            ("..2024-03", "<=2024-03-31"),
            ("[2024-01 TO 2024-03]", "2024-01-01..2024-03-31"),
            ("{2024-01 TO 2024-03}", "2024-02"),
            ("[2024-01 TO *]", ">=2024-01-01"),
            ("2024-01 TO 2024-03", "2024-01-01..2024-03-31"),
            ("mars 2024 à mai 2024", "2024-03-01..2024-05-31"),
            (">=2024-03", ">=2024-03-01"),
            (">2024-03", ">=2024-04-01"),
            ("<2024", "<=2023-12-31"),
            ("<= 2024-02", "<=2024-02-29"),
            ("≥2024", ">=2024-01-01"),
            ("2024-05..2024-03", "2024-03-01..2024-05-31"),
        ] {
            let read = interval(typed);
            let back = read.map(|i| show(i.from, i.to));
            assert_eq!(back.as_deref(), Some(shown), "{typed:?}");
            let again = back.as_deref().and_then(interval).map(|i| (i.from, i.to));
            assert_eq!(again, read.map(|i| (i.from, i.to)), "{shown:?} reads back");
        }
    }

    #[test]
    fn ends_are_dates_or_those_of_intervals() {
        for (typed, from, to) in [
            ("2024-03", "2024-03", "2024-03"),
            ("07/2024", "2024-07", "2024-07"),
            ("3/7/2024", "2024-07-03", "2024-07-03"),
            ("1er juillet 2024", "2024-07-01", "2024-07-01"),
            ("2024-03..2024-05-02", "2024-03", "2024-05-02"),
            ("mars 2024 à mai 2025", "2024-03", "2025-05"),
        ] {
            let shown = |date: Option<PartialDate>| date.map(|date| date.to_string());
            assert_eq!(
                (shown(since(typed)).as_deref(), shown(until(typed)).as_deref()),
                (Some(from), Some(to)),
                "{typed:?}"
            );
        }
        assert_eq!(
            (since("..2024"), until("2024.."), since("jadis")),
            (None, None, None)
        );
    }

    #[test]
    fn months_may_have_words_around_them() {
        for (typed, shown) in [
            ("2024", "2024"),
            ("2024 03", "2024-03"),
            ("03 2024", "2024-03"),
            ("en mars 2024", "2024-03"),
            ("d'août 2024", "2024-08"),
            ("March 2024", "2024-03"),
            ("2024-03-15", "2024-03-15"),
            ("mars", "-"),
            ("2024-13", "-"),
            ("31/02/2024", "-"),
        ] {
            let read = month(typed).map_or("-".to_string(), |date| date.to_string());
            assert_eq!(read, shown, "{typed:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for typed in [
            "",
            "hier",
            "2024-13",
            "2023-02-29",
            "03/24",
            "mars",
            "2024 foo",
            "..",
            "*",
            "[2024",
            "13/2024",
            "99999",
            "[* TO *]",
        ] {
            assert_eq!(interval(typed), None, "{typed:?}");
        }
    }
}
