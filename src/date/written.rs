//! Dates as people and programs write them in metadata and in lines that name one.

use super::{PartialDate, names};
use crate::french::normalize;
use serde_json::Value;

/// A date given as a JSON value: a string, a year, `20170603`, or seconds or milliseconds since 1970.
pub fn of_value(value: &Value) -> Option<PartialDate> {
    match value {
        Value::String(text) => of_text(text),
        Value::Number(number) => of_number(
            number
                .as_i64()
                .or_else(|| number.as_f64().filter(|f| f.fract() == 0.0).map(|f| f as i64))?,
        ),
        _ => None,
    }
}

/// A date in a text that holds nothing else: `2017`, `2017-06`, `2017-06-03`, timestamps, `03/06/2017` (day
/// first), `06/2017`, `20170603`, `samedi 3 juin 2017`, `Sat, 03 Jun 2017 08:00:00 GMT`.
pub fn of_text(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && text.len() != 4 {
        return of_digits(text);
    }
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    // 20170603T080000Z
    if let Some((day, _)) = text.split_once('T')
        && day.len() == 8
        && let Some(date) = of_digits(day)
    {
        return Some(date);
    }
    day_first(text).or_else(|| with_month_name(text))
}

fn of_number(number: i64) -> Option<PartialDate> {
    match number {
        1000..=2999 => PartialDate::new(number as i16, None, None),
        0..=99_999_999 => of_digits(&number.to_string()),
        // From 1973 to 2096, in seconds and in milliseconds.
        100_000_000..=4_000_000_000 => Some(PartialDate::from_days(number / 86_400)),
        100_000_000_000..=4_000_000_000_000 => Some(PartialDate::from_days(number / 86_400_000)),
        _ => None,
    }
}

/// `201706`, `20170603`, `20170603080000`, or seconds since 1970.
fn of_digits(digits: &str) -> Option<PartialDate> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let small = |from, to| part(from, to).and_then(|n| i8::try_from(n).ok());
    match digits.len() {
        6 => PartialDate::new(part(0, 4)?, Some(small(4, 6)?), None),
        8 | 12 | 14 => PartialDate::new(part(0, 4)?, Some(small(4, 6)?), Some(small(6, 8)?)),
        9 | 10 | 13 => of_number(digits.parse().ok()?),
        _ => None,
    }
}

/// `03/06/2017`, `3.6.2017`, `03-06-2017 08:00`, `06/2017`.
fn day_first(text: &str) -> Option<PartialDate> {
    let date = text.split([' ', 'T', ',', '\u{a0}']).next()?;
    let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
    let small = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
    let year = |text: &str| (text.len() == 4).then(|| text.parse::<i16>().ok()).flatten();
    match parts[..] {
        [day, month, y] => PartialDate::new(year(y)?, Some(small(month)?), Some(small(day)?)),
        [month, y] => PartialDate::new(year(y)?, Some(small(month)?), None),
        _ => None,
    }
}

/// `3 juin 2017`, `1er mars 2024 à 10h`, `juin 2017`, `June 3, 2017`, RFC 2822.
fn with_month_name(text: &str) -> Option<PartialDate> {
    let text = normalize(text).to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    // `mar. 5 mars 2024`: a day's short name may be a month's; the month has a year beside it.
    (0..words.len()).find_map(|at| {
        let month = names::month_in_any_language(words[at])?;
        let year = words[at + 1..].iter().take(2).find_map(|word| year_of(word))?;
        let before = at.checked_sub(1).and_then(|before| day_of(words[before]));
        let after = words.get(at + 1).and_then(|word| day_of(word));
        PartialDate::new(year, Some(month), before.or(after))
    })
}

/// A day of a month, `1er` too.
fn day_of(word: &str) -> Option<i8> {
    let number = word.strip_suffix("er").unwrap_or(word).parse().ok();
    number.filter(|day| (1..=31).contains(day))
}

/// A year of four digits.
fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_are_read_as_people_and_programs_write_them() {
        for (written, date) in [
            (json!("2017"), "2017"),
            (json!(2017), "2017"),
            (json!(2017.0), "2017"),
            (json!("2017-06"), "2017-06"),
            (json!(" 2017-06-03 "), "2017-06-03"),
            (json!("2017-06-03T08:00:00+02:00"), "2017-06-03"),
            (json!("2017-06-03 08:00"), "2017-06-03"),
            (json!("20170603T080000Z"), "2017-06-03"),
            (json!(20170603), "2017-06-03"),
            (json!("201706"), "2017-06"),
            (json!("03/07/2024"), "2024-07-03"),
            (json!("3.7.2024 à 10h"), "2024-07-03"),
            (json!("07/2024"), "2024-07"),
            (json!("samedi 3 juin 2017"), "2017-06-03"),
            (json!("1er Août 2024"), "2024-08-01"),
            (json!("mars 2024"), "2024-03"),
            (json!("mar. 5 mars 2024"), "2024-03-05"),
            (json!("5 maart 2024"), "2024-03-05"),
            (json!("Dimanche, 1 Septembre, 2024 - 08:15"), "2024-09-01"),
            (json!("Sat, 03 Jun 2017 08:00:00 GMT"), "2017-06-03"),
            (json!("June 3, 2017"), "2017-06-03"),
            (json!(1_496_476_800), "2017-06-03"),
            (json!(1_496_476_800_000_i64), "2017-06-03"),
        ] {
            assert_eq!(
                of_value(&written).map(|d| d.to_string()).as_deref(),
                Some(date),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for written in [
            json!("hier"),
            json!("31/02/2024"),
            json!("2024-13"),
            json!("mai"),
            json!("03/07/24"),
            json!(12),
            json!(null),
            json!(""),
        ] {
            assert_eq!(of_value(&written), None, "{written}");
        }
    }
}
