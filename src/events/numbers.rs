//! Numbers in words and digits, months and days of the week: folded.

use super::pattern::patterns;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// From Monday on.
pub(super) const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

const UNITS: [(&str, u32); 22] = [
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("dix-sept", 17),
    ("dix-huit", 18),
    ("dix-neuf", 19),
    ("vingt et un", 21),
    ("vingt et une", 21),
];

const TENS: [(&str, u32); 5] = [
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
];

const ROUND: [(&str, u32); 9] = [
    ("soixante-dix", 70),
    ("quatre-vingts", 80),
    ("quatre-vingt-dix", 90),
    ("cent", 100),
    ("deux cents", 200),
    ("trois cents", 300),
    ("quatre cents", 400),
    ("cinq cents", 500),
    ("mille", 1000),
];

/// "une vingtaine".
const ABOUT: [(&str, u32); 9] = [
    ("dizaine", 10),
    ("douzaine", 12),
    ("quinzaine", 15),
    ("vingtaine", 20),
    ("trentaine", 30),
    ("quarantaine", 40),
    ("cinquantaine", 50),
    ("soixantaine", 60),
    ("centaine", 100),
];

/// Every number that is one word or phrase.
static WORDS: LazyLock<BTreeMap<String, u32>> = LazyLock::new(|| {
    let all = UNITS.iter().chain(&TENS).chain(&ROUND);
    let mut words: BTreeMap<String, u32> = all.map(|(word, n)| ((*word).to_string(), *n)).collect();
    for (ten, tens) in TENS {
        let most = if tens == 60 { 19 } else { 9 };
        for (unit, n) in UNITS.iter().filter(|(_, n)| (2..=most).contains(n)) {
            words.insert(format!("{ten}-{unit}"), tens + n);
        }
        if tens != 20 {
            for one in ["un", "une"] {
                words.insert(format!("{ten} et {one}"), tens + 1);
            }
        }
    }
    words
});

/// Words as alternatives, the longest first.
fn alternatives<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

/// The pattern of a number.
pub(super) fn pattern() -> String {
    let below_hundred = alternatives(WORDS.iter().filter(|(_, n)| **n < 100).map(|(word, _)| &**word));
    let all = alternatives(WORDS.keys().map(|word| &**word));
    let about = alternatives(ABOUT.iter().map(|(word, _)| *word));
    format!(
        r"(?:(?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf) )?cents?(?: (?:et )?(?:{below_hundred}))?\b|\d{{1,3}}(?:[ .]\d{{3}})+|\d+|une (?:bonne )?(?:{about})|{all})"
    )
}

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
        let hundreds = word(1).map_or(1, |word| WORDS.get(word).copied().unwrap_or(1));
        let rest = word(2).map_or(0, |word| WORDS.get(word).copied().unwrap_or(0));
        return Some(100 * hundreds + rest);
    }
    WORDS.get(text).copied()
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
