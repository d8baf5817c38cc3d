//! Dates as people and programs write them in metadata and in lines that name one.

use super::{PartialDate, names};
use crate::french::{fold, normalize};
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
    let month = |word: &str| names::month(&fold(word));
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words[at])?;
    let day_of = |word: &str| {
        word.strip_suffix("er")
            .unwrap_or(word)
            .parse::<i8>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let year_of = |word: &str| (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten();
    let year = words
        .get(at + 1..(at + 3).min(words.len()))?
        .iter()
        .find_map(|word| year_of(word))?;
    let before = at
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .and_then(|word| day_of(word));
    let after = words.get(at + 1).and_then(|word| day_of(word));
    PartialDate::new(year, Some(month), before.or(after))
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
