//! Dates as French writes them: finding them in a text, without deciding yet which year or which day they
//! mean.

use super::reading::{Reading, gap, shape};
use super::words;
use crate::date::PartialDate;
use crate::date::names::{french_month, weekday as weekday_number};

/// A number word of digits longer than this is no day and no year.
const LONGEST_NUMBER: usize = 4;

/// Years that an article is likely to speak of; other four-digit numbers are quantities.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

/// How many days a list ("les 6, 7 et 8 mars") may have.
const LONGEST_LIST: usize = 8;

/// What an expression says, taken by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// A day of a month, perhaps of a year.
    Day {
        day: i8,
        month: i8,
        year: Option<i16>,
    },
    /// A month, perhaps of a year.
    Month {
        month: i8,
        year: Option<i16>,
    },
    Year(i16),
    /// The last (or next) such day.
    Weekday(i8),
    /// So many days before the publication.
    DaysAgo(i32),
    MonthsAgo(i32),
    /// The day before the date that was named last.
    DayBefore,
    /// No date of the calendar: 31 février.
    Impossible,
}

/// An expression in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expression {
    pub when: When,
    pub from: usize,
    pub to: usize,
    /// The weekday that goes with the date ("jeudi 12 septembre").
    pub weekday: Option<i8>,
    /// "dernier", "passé": lies before the publication.
    pub last: bool,
    /// "prochain": lies after it.
    pub next: bool,
}

fn number(reading: &Reading<'_>, at: usize) -> Option<i16> {
    let word = reading.words.get(at)?;
    if word.shape & shape::DIGIT == 0 {
        return None;
    }
    let folded = reading.folded(at);
    folded.parse().ok().filter(|_| folded.len() <= LONGEST_NUMBER)
}

/// A day of the month: 1 to 31, "1er", "premier".
fn day(reading: &Reading<'_>, at: usize) -> Option<i8> {
    match reading.folded(at) {
        "1er" | "01er" | "premier" | "1ier" => Some(1),
        folded if folded.len() <= 2 => number(reading, at)
            .and_then(|n| i8::try_from(n).ok())
            .filter(|n| (0..=99).contains(n)),
        _ => None,
    }
}

fn year(reading: &Reading<'_>, at: usize) -> Option<i16> {
    number(reading, at).filter(|n| YEARS.contains(n) && reading.folded(at).len() == 4)
}

fn month(reading: &Reading<'_>, at: usize) -> Option<i8> {
    if !reading.is(at, words::MONTH) {
        return None;
    }
    french_month(reading.folded(at))
}

/// The expressions of a reading, in order.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Expression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        if let Some(end) = reading.credit_end(at) {
            at = end;
            continue;
        }
        let word = reading.words[at];
        let found = if word.shape & shape::DIGIT != 0 {
            numeric(reading, at)
        } else if word.classes & words::MONTH != 0 {
            with_month(reading, at, &mut out)
        } else if word.classes & words::WEEKDAY != 0 {
            weekday(reading, at)
        } else if word.classes & words::TIME != 0 {
            relative(reading, at)
        } else {
            None
        };
        match found {
            Some(expression) => {
                at = expression.to.max(at + 1);
                out.push(expression);
            }
            None => at += 1,
        }
    }
    out
}

fn expression(when: When, from: usize, to: usize) -> Expression {
    Expression {
        when,
        from,
        to,
        weekday: None,
        last: false,
        next: false,
    }
}

fn calendar(day: i8, month: i8, year: Option<i16>) -> When {
    // Without a year, 29 February may exist.
    match PartialDate::new(year.unwrap_or(2000), Some(month), Some(day)) {
        Some(_) => When::Day { day, month, year },
        None => When::Impossible,
    }
}

/// The weekday just before a date: "jeudi 12 septembre", "dimanche, 3 mai".
fn weekday_before(reading: &Reading<'_>, from: usize) -> Option<(i8, usize)> {
    let mut at = from;
    while at > 0 && from - at < 2 && reading.gap(at) & !gap::COMMA == 0 {
        at -= 1;
        if reading.is(at, words::WEEKDAY) {
            return weekday_number(reading.folded(at)).map(|w| (w, at));
        }
        if !reading.is(at, words::THE) {
            return None;
        }
    }
    None
}

/// `03/07/2024`, `2024-07-03`, `18.08.2023`, `18/08`.
fn numeric(reading: &Reading<'_>, at: usize) -> Option<Expression> {
    let separator = |at: usize| reading.gap(at) & (gap::SLASH | gap::HYPHEN | gap::POINT);
    let first = number(reading, at)?;
    let joint = separator(at + 1);
    let second = (joint != 0).then(|| number(reading, at + 1)).flatten();
    let third = second
        .filter(|_| separator(at + 2) == joint)
        .and_then(|_| number(reading, at + 2));
    match (second, third) {
        (Some(second), Some(third))
            if reading.folded(at).len() == 4 && YEARS.contains(&first) && second <= 99 && third <= 99 =>
        {
            let when = calendar(small(third), small(second), Some(first));
            Some(with_weekday(reading, expression(when, at, at + 3)))
        }
        (Some(second), Some(third))
            if first <= 99 && second <= 99 && year(reading, at + 2) == Some(third) =>
        {
            let when = calendar(small(first), small(second), Some(third));
            Some(with_weekday(reading, expression(when, at, at + 3)))
        }
        (Some(second), None)
            if (1..=12).contains(&first)
                && joint & gap::SLASH != 0
                && year(reading, at + 1) == Some(second) =>
        {
            month_and_year(reading, at, small(first), second)
        }
        (Some(second), None)
            if (1..=31).contains(&first)
                && (1..=12).contains(&second)
                && reading.folded(at + 1).len() == 2 =>
        {
            let when = calendar(small(first), small(second), None);
            let is_hyphen = joint & gap::HYPHEN != 0;
            is_introduced(reading, at, is_hyphen).then(|| with_weekday(reading, expression(when, at, at + 2)))
        }
        _ => bare_year(reading, at),
    }
}

fn small(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(0)
}

/// A date with the weekday before it, if there is one.
fn with_weekday(reading: &Reading<'_>, mut found: Expression) -> Expression {
    if let Some((weekday, from)) = weekday_before(reading, found.from) {
        found.weekday = Some(weekday);
        found.from = from;
    }
    found
}

/// `07/2024` after a preposition.
fn month_and_year(reading: &Reading<'_>, at: usize, month: i8, year: i16) -> Option<Expression> {
    let introduced = at > 0
        && reading.gap(at) & gap::HARD == 0
        && reading.is(at - 1, words::PREPOSITION | words::OF | words::BOUND);
    let year = Some(year);
    introduced.then(|| expression(When::Month { month, year }, at, at + 2))
}

/// Two numbers alone are a date only beside a weekday or an article: "vendredi 18.08", not "3-2".
fn is_introduced(reading: &Reading<'_>, at: usize, is_hyphen: bool) -> bool {
    let article =
        at > 0 && !is_hyphen && ["le", "du"].contains(&reading.folded(at - 1)) && reading.gap(at) == 0;
    article || weekday_before(reading, at).is_some()
}

/// A year after "en", "de", "depuis" …: background only, but it shows where the years are.
fn bare_year(reading: &Reading<'_>, at: usize) -> Option<Expression> {
    let year = year(reading, at)?;
    let preposition = at > 0
        && reading.is(
            at - 1,
            words::PREPOSITION | words::OF | words::PERIOD | words::BOUND,
        );
    preposition.then(|| expression(When::Year(year), at, at + 1))
}

/// An expression around a month's name: the days before it, the year after it.
fn with_month(reading: &Reading<'_>, at: usize, out: &mut Vec<Expression>) -> Option<Expression> {
    let month = month(reading, at)?;
    let (year, to) = year_after(reading, at + 1);
    let mut found = expression(When::Month { month, year }, at, to);
    if is_soft(reading, to) {
        match reading.folded(to) {
            "dernier" | "passe" | "ecoule" => (found.last, found.to) = (true, to + 1),
            "prochain" => (found.next, found.to) = (true, to + 1),
            _ => {}
        }
    }
    let before = at
        .checked_sub(1)
        .filter(|_| reading.gap(at) & (gap::HARD & !gap::SLASH) == 0);
    if let Some(before) = before
        && let Some(last_day) = day(reading, before)
    {
        days_before(reading, before, month, year, out);
        found.when = calendar(last_day, month, year);
        found.from = before;
        found = with_weekday(reading, found);
        if found.weekday.is_some() {
            drop_weekday(out, found.from);
        }
        share_year(reading, out, &found);
        return Some(found);
    }
    // "mars" and "mai" are also other things; a month needs a word before it, a year or "dernier" after it.
    let introduced = before.is_some_and(|before| introduces_month(reading, before, at));
    let elided = reading.words[at].shape & shape::ELIDED != 0;
    (introduced || year.is_some() || found.last || found.next || elided).then_some(found)
}

/// Whether nothing separates a word from the one before it but a slash.
fn is_soft(reading: &Reading<'_>, at: usize) -> bool {
    at < reading.words.len() && reading.gap(at) & (gap::HARD & !gap::SLASH) == 0
}

/// The year after a month ("mars 2024", "mars de 2024"), and the word after it.
fn year_after(reading: &Reading<'_>, to: usize) -> (Option<i16>, usize) {
    if !is_soft(reading, to) {
        return (None, to);
    }
    if let Some(found) = year(reading, to) {
        return (Some(found), to + 1);
    }
    let linked = is_soft(reading, to + 1) && reading.is(to, words::OF | words::PREPOSITION);
    match year(reading, to + 1).filter(|_| linked) {
        Some(found) => (Some(found), to + 2),
        None => (None, to),
    }
}

/// Whether the word before a month's name shows that it is one; not before an abbreviation: "contre sept
/// villes" is no September.
fn introduces_month(reading: &Reading<'_>, before: usize, at: usize) -> bool {
    let abbreviated = matches!(
        reading.folded(at),
        "janv" | "fev" | "fevr" | "avr" | "juil" | "sept" | "oct" | "nov" | "dec"
    );
    !abbreviated
        && (reading.is(
            before,
            words::PREPOSITION | words::OF | words::PERIOD | words::BOUND | words::AND,
        ) || ["mois", "ce", "cet", "le", "depuis", "des"].contains(&reading.folded(before)))
}

/// The other days of "les 6, 7 et 8 mars", "16-17 mars", "du 3 au 5 mai".
fn days_before(
    reading: &Reading<'_>,
    before: usize,
    month: i8,
    year: Option<i16>,
    out: &mut Vec<Expression>,
) {
    let mut found = Vec::new();
    let mut at = before;
    while found.len() < LONGEST_LIST && at > 0 {
        let mut step = at;
        let mut linked = reading.gap(at) & (gap::HYPHEN | gap::DASH | gap::SLASH) != 0
            || reading.gap(at) & gap::COMMA != 0;
        while step > 0 && at - step < 4 {
            let word = step - 1;
            if reading.is(word, words::AND | words::AT) {
                linked = true;
            } else if !reading.is(word, words::OF | words::THE | words::WEEKDAY) {
                break;
            }
            step = word;
            linked |= reading.gap(step) & gap::COMMA != 0;
        }
        let Some(other) = step
            .checked_sub(1)
            .filter(|o| linked && day(reading, *o).is_some_and(|d| (1..=31).contains(&d)))
        else {
            break;
        };
        let limit = out.last().map_or(0, |e| e.to);
        if other < limit || reading.gap(other + 1) & gap::SENTENCE != 0 {
            break;
        }
        found.push(other);
        at = other;
    }
    for other in found.into_iter().rev() {
        if let Some(number) = day(reading, other) {
            let mut earlier = expression(calendar(number, month, year), other, other + 1);
            if let Some((weekday, from)) = weekday_before(reading, other) {
                earlier.weekday = Some(weekday);
                earlier.from = from;
                drop_weekday(out, from);
            }
            out.push(earlier);
        }
    }
}

/// A weekday that turned out to belong to a date is no expression of its own.
fn drop_weekday(out: &mut Vec<Expression>, from: usize) {
    while out
        .last()
        .is_some_and(|e| e.from >= from && matches!(e.when, When::Weekday(_)))
    {
        out.pop();
    }
}

/// "du 31 mars au 1er avril 2025": the first date has the second one's year.
fn share_year(reading: &Reading<'_>, out: &mut [Expression], found: &Expression) {
    let When::Day {
        month,
        year: Some(year),
        ..
    } = found.when
    else {
        return;
    };
    let Some(earlier) = out.last_mut() else { return };
    let between = earlier.to..found.from;
    let linked = between.len() <= 3
        && between
            .clone()
            .all(|w| reading.is(w, words::AND | words::AT | words::OF | words::THE));
    if let When::Day {
        day,
        month: earlier_month,
        year: None,
    } = earlier.when
        && linked
    {
        let year = if earlier_month > month { year - 1 } else { year };
        earlier.when = calendar(day, earlier_month, Some(year));
    }
}

fn weekday(reading: &Reading<'_>, at: usize) -> Option<Expression> {
    let weekday = weekday_number(reading.folded(at))?;
    // The date that follows takes the weekday with it.
    let dated = (1..=3).any(|n| day(reading, at + n).is_some() && reading.is(at + n + 1, words::MONTH));
    if dated && reading.gap(at + 1) & gap::HARD & !gap::COMMA == 0 {
        return None;
    }
    let mut found = expression(When::Weekday(weekday), at, at + 1);
    if reading.gap(at + 1) == 0 {
        match reading.folded(at + 1) {
            "dernier" | "passe" => (found.last, found.to) = (true, at + 2),
            "prochain" => (found.next, found.to) = (true, at + 2),
            _ => {}
        }
    }
    Some(found)
}

/// hier, avant-hier, la veille, le mois dernier, il y a trois jours.
fn relative(reading: &Reading<'_>, at: usize) -> Option<Expression> {
    let word = |n: usize| reading.folded(at + n);
    let past = |text: &str| ["dernier", "derniere", "passe", "passee"].contains(&text);
    let ago = |days: i32, length: usize| Some(expression(When::DaysAgo(days), at, at + length));
    match word(0) {
        "hier" => ago(1, 1),
        "avant" if word(1) == "hier" => ago(2, 2),
        "aujourdhui" => ago(0, 1),
        "veille" if at > 0 && reading.is(at - 1, words::THE) && !["de", "du", "des"].contains(&word(1)) => {
            Some(expression(When::DayBefore, at, at + 1))
        }
        "ce" | "cette" | "cet" if ["matin", "nuit", "soir", "midi"].contains(&word(1)) => ago(0, 2),
        "ce" if word(1) == "mois" => Some(expression(When::MonthsAgo(0), at, at + 2)),
        "semaine" if past(word(1)) => ago(7, 2),
        "weekend" if past(word(1)) => ago(3, 2),
        "nuit" if past(word(1)) => ago(1, 2),
        "mois" if past(word(1)) => Some(expression(When::MonthsAgo(1), at, at + 2)),
        "il" if word(1) == "y" && word(2) == "a" => {
            let count = number(reading, at + 3).or_else(|| {
                [
                    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
                ]
                .iter()
                .position(|n| *n == word(3))
                .map(|n| n as i16 + 1)
            });
            let count = i32::from(count.or_else(|| (word(3) == "une").then_some(1))?);
            match word(4) {
                "jour" | "jours" => ago(count, 5),
                "semaine" | "semaines" => ago(count * 7, 5),
                "mois" => Some(expression(When::MonthsAgo(count), at, at + 5)),
                _ => None,
            }
        }
        _ => None,
    }
}
