//! The values of numbers, months and days of the week in words and digits: folded.

use super::pattern::patterns;
use super::words::{ABOUT, NUMBERS};
use crate::date::names::{MONTHS, WEEKDAYS};

patterns! {
    HUNDREDS = r"^(?:(\w+) )?cents?(?: (?:et )?(.+))?$";
    DIGITS = r"^[\d .]+$";
    ABOUT_WORDS = r"dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|centaine|pres de|environ|plus de";
}

/// The value of a number as [`pattern`] finds it.
pub(super) fn value(written: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(written).ok()?.trim();
    if DIGITS.is_in(text.as_bytes()) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return digits.parse().ok();
    }
    if let Some((_, n)) = ABOUT.iter().find(|(word, _)| text.contains(word)) {
        return Some(*n);
    }
    if let Some(groups) = HUNDREDS.groups(text.as_bytes()) {
        let word = |at: usize| {
            groups
                .get(at)
                .cloned()
                .flatten()
                .and_then(|range| text.get(range))
        };
        let hundreds = word(1).map_or(1, |word| NUMBERS.get(word).copied().unwrap_or(1));
        let rest = word(2).map_or(0, |word| NUMBERS.get(word).copied().unwrap_or(0));
        return Some(100 * hundreds + rest);
    }
    NUMBERS.get(text).copied()
}

/// The number of a month's name.
pub(super) fn month(written: &[u8]) -> Option<u8> {
    let at = MONTHS.iter().position(|name| name.as_bytes() == written)?;
    Some(at as u8 + 1)
}

/// The number of a day's name, from Monday (0) on.
pub(super) fn weekday(written: &[u8]) -> Option<u8> {
    let at = WEEKDAYS.iter().position(|name| name.as_bytes() == written)?;
    Some(at as u8)
}

/// Whether a figure is told as about so many.
pub(super) fn is_about(text: &[u8]) -> bool {
    ABOUT_WORDS.is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_values() {
        for (text, n) in [
            ("12", 12),
            ("1 200", 1200),
            ("une vingtaine", 20),
            ("soixante-dix-sept", 77),
            ("deux cent quarante", 240),
            ("cent", 100),
            ("trente et un", 31),
            ("quatre-vingts", 80),
        ] {
            assert_eq!(value(text.as_bytes()), Some(n), "{text}");
        }
    }
}
