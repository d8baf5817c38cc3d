//! Dates that people type by today's: `hier`, `7 jours`, `depuis mars`, `la semaine dernière`.

use super::PartialDate;
use super::names;
use crate::french::fold;

/// Words before a date that say nothing of it.
const BEFORE: [&str; 13] = [
    "depuis", "since", "il", "y", "a", "le", "la", "les", "l", "du", "au", "en", "des",
];
/// Words of a number of days, weeks, months or years that only say that these have just gone.
const LAST: [&str; 4] = ["derniers", "dernieres", "last", "past"];
const NUMBERS: [&str; 12] = [
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
];

/// Reads a date as people type it.
type ReadDate<'r> = &'r dyn Fn(&str) -> Option<PartialDate>;

/// The first and the last of the dates meant, where they are said by today's. `date` reads one that is said itself.
pub(super) fn relative(
    text: &str,
    today: PartialDate,
    date: ReadDate<'_>,
) -> Option<(PartialDate, PartialDate)> {
    let folded: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    let words: Vec<&str> = folded.iter().map(String::as_str).collect();
    let words = &words[words.iter().take_while(|word| BEFORE.contains(word)).count()..];
    let one = |date: PartialDate| Some((date, date));
    match words {
        ["aujourd", "hui"] | ["aujourdhui" | "today"] => one(today),
        ["hier" | "yesterday"] => one(back(today, 1, Unit::Day)?),
        ["avant", "hier"] => one(back(today, 2, Unit::Day)?),
        [number, rest @ ..] if count(number).is_some() => {
            let rest = &rest[usize::from(rest.first().is_some_and(|word| LAST.contains(word)))..];
            let unit = rest.first().and_then(|word| unit(word));
            let is_whole = rest.get(1).is_none_or(|word| LAST.contains(word)) && rest.len() < 3;
            match unit {
                Some(unit) if is_whole => one(back(today, count(number)?, unit)?),
                _ => of_words(text, words, date),
            }
        }
        ["cette" | "ce" | "this", rest @ ..] if rest.len() < 3 => period(today, unit(rest.first()?)?, 0),
        [word, "dernier" | "derniere" | "passe" | "passee"] => period(today, unit(word)?, 1),
        ["last", word] => period(today, unit(word)?, 1),
        [word] => match names::month(word) {
            Some(month) => one(latest(month, today)?),
            None => short(word, today).or_else(|| of_words(text, words, date)),
        },
        _ => of_words(text, words, date),
    }
}

/// A date with words before it that say nothing of it: `depuis le 3 mars 2024`.
fn of_words(text: &str, words: &[&str], date: ReadDate<'_>) -> Option<(PartialDate, PartialDate)> {
    let before = text
        .split_whitespace()
        .take_while(|word| BEFORE.contains(&fold(word).as_str()));
    let rest: Vec<&str> = text.split_whitespace().skip(before.count()).collect();
    let date = date(&rest.join(" ")).filter(|_| !words.is_empty())?;
    Some((date, date))
}

/// `7j`, `2w`.
fn short(word: &str, today: PartialDate) -> Option<(PartialDate, PartialDate)> {
    let (number, letter) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
    let date = back(today, number.parse().ok()?, unit(letter)?)?;
    Some((date, date))
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "jour" | "jours" | "j" | "d" | "day" | "days" => Some(Unit::Day),
        "semaine" | "semaines" | "w" | "week" | "weeks" => Some(Unit::Week),
        "mois" | "month" | "months" => Some(Unit::Month),
        "an" | "ans" | "annee" | "annees" | "year" | "years" => Some(Unit::Year),
        _ => None,
    }
}

fn count(word: &str) -> Option<i64> {
    let spelled = || {
        NUMBERS
            .iter()
            .position(|number| *number == word)
            .map(|at| at as i64 + 1)
    };
    match word {
        "une" => Some(1),
        // A year is no number of days.
        _ => word.parse().ok().filter(|_| word.len() < 4).or_else(spelled),
    }
}

/// So many days, weeks, months or years before today, to the day.
fn back(today: PartialDate, number: i64, unit: Unit) -> Option<PartialDate> {
    let days = today.interval().0;
    match unit {
        Unit::Day => Some(PartialDate::from_days(days - number)),
        Unit::Week => Some(PartialDate::from_days(days - 7 * number)),
        Unit::Month => months_back(today, number),
        Unit::Year => months_back(today, 12 * number),
    }
}

/// The same day of an earlier month, or its last day.
fn months_back(today: PartialDate, number: i64) -> Option<PartialDate> {
    let (year, month) = month_back(today, number)?;
    let day = today.day()?;
    (1..=day)
        .rev()
        .find_map(|day| PartialDate::new(year, Some(month), Some(day)))
}

fn month_back(today: PartialDate, number: i64) -> Option<(i16, i8)> {
    let months = i64::from(today.year()) * 12 + i64::from(today.month()? - 1) - number;
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    Some((year, months.rem_euclid(12) as i8 + 1))
}

/// This day, week, month or year, or one so many before it.
fn period(today: PartialDate, unit: Unit, number: i64) -> Option<(PartialDate, PartialDate)> {
    let one = |date: PartialDate| Some((date, date));
    match unit {
        Unit::Day => one(back(today, number, unit)?),
        Unit::Week => {
            // 1970-01-01 was a Thursday.
            let days = today.interval().0;
            let monday = days - (days + 3).rem_euclid(7) - 7 * number;
            Some((PartialDate::from_days(monday), PartialDate::from_days(monday + 6)))
        }
        Unit::Month => {
            let (year, month) = month_back(today, number)?;
            one(PartialDate::new(year, Some(month), None)?)
        }
        Unit::Year => one(PartialDate::new(today.year() - number as i16, None, None)?),
    }
}

/// The last month of that name that has begun.
fn latest(month: i8, today: PartialDate) -> Option<PartialDate> {
    let year = today.year() - i16::from(month > today.month()?);
    PartialDate::new(year, Some(month), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_by_todays() {
        let today: PartialDate = "2025-03-31".parse().expect("a date");
        for (typed, first, last) in [
            ("aujourd'hui", "2025-03-31", "2025-03-31"),
            ("hier", "2025-03-30", "2025-03-30"),
            ("avant-hier", "2025-03-29", "2025-03-29"),
            ("7 jours", "2025-03-24", "2025-03-24"),
            ("les 7 derniers jours", "2025-03-24", "2025-03-24"),
            ("il y a deux semaines", "2025-03-17", "2025-03-17"),
            ("7j", "2025-03-24", "2025-03-24"),
            ("1 mois", "2025-02-28", "2025-02-28"),
            ("un an", "2024-03-31", "2024-03-31"),
            ("cette semaine", "2025-03-31", "2025-04-06"),
            ("la semaine dernière", "2025-03-24", "2025-03-30"),
            ("ce mois-ci", "2025-03", "2025-03"),
            ("le mois dernier", "2025-02", "2025-02"),
            ("l'année dernière", "2024", "2024"),
            ("depuis mars", "2025-03", "2025-03"),
            ("depuis novembre", "2024-11", "2024-11"),
            ("depuis mars 2024", "2024-03", "2024-03"),
            ("depuis le 3 mars 2024", "2024-03-03", "2024-03-03"),
            ("depuis 2024", "2024", "2024"),
        ] {
            let read = relative(typed, today, &super::super::typed::date)
                .map(|(a, b)| (a.to_string(), b.to_string()));
            assert_eq!(read, Some((first.into(), last.into())), "{typed}");
        }
        for typed in [
            "",
            "drone",
            "7 drones",
            "depuis",
            "2024 jours",
            "la semaine",
            "99999 jours",
        ] {
            assert_eq!(
                relative(typed, today, &super::super::typed::date),
                None,
                "{typed}"
            );
        }
    }
}
