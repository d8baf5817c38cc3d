//! The numbers that a text tells, in digits or in words; not years, hours and days of dates.

use crate::date::names::{WEEKDAYS, french_month};

/// The value of a word for a number.
pub(super) fn unit(word: &str) -> Option<u32> {
    const UNITS: [&str; 17] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize",
    ];
    const OTHERS: [(&str, u32); 19] = [
        ("une", 1),
        ("vingt", 20),
        ("vingts", 20),
        ("trente", 30),
        ("quarante", 40),
        ("cinquante", 50),
        ("soixante", 60),
        ("cent", 100),
        ("cents", 100),
        ("mille", 1000),
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
    let listed = (0..)
        .zip(UNITS)
        .find(|(_, name)| *name == word)
        .map(|(value, _)| value);
    listed.or_else(|| {
        OTHERS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, value)| *value)
    })
}

/// A piece of a plain text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'t> {
    Digits(&'t str),
    Word(&'t str),
    Sign(char),
}

/// The pieces, each with its first byte and the one after its last.
fn tokens(plain: &str) -> Vec<(usize, usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = plain[at..].chars().next() {
        let run = |is: fn(char) -> bool| plain[at..].find(|c| !is(c)).map_or(plain.len(), |n| at + n);
        let end = if c.is_ascii_digit() {
            run(|c| c.is_ascii_digit())
        } else if c.is_ascii_lowercase() {
            run(|c| c.is_ascii_lowercase())
        } else {
            at + c.len_utf8()
        };
        if c.is_ascii_digit() {
            tokens.push((at, end, Token::Digits(&plain[at..end])));
        } else if c.is_ascii_lowercase() {
            tokens.push((at, end, Token::Word(&plain[at..end])));
        } else if !c.is_whitespace() && c != '-' {
            tokens.push((at, end, Token::Sign(c)));
        }
        at = end;
    }
    tokens
}

/// The numbers of a plain text, in order, each once.
pub(super) fn numbers(plain: &str) -> Vec<u32> {
    let tokens = tokens(plain);
    let mut numbers = in_digits(plain, &tokens);
    numbers.extend(in_words(&tokens));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn in_digits(plain: &str, tokens: &[(usize, usize, Token<'_>)]) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut i = 0;
    while let Some((from, to, token)) = tokens.get(i) {
        let here = i;
        i += 1;
        let Token::Digits(digits) = token else { continue };
        let next = tokens.get(here + 1);
        let before = here.checked_sub(1).and_then(|at| tokens.get(at));
        if digits.len() <= 2 {
            let next_word =
                tokens.get(here + 1 + usize::from(matches!(next, Some((_, _, Token::Word("er"))))));
            match next {
                Some((_, _, Token::Word("h" | "heure" | "heures"))) => {
                    let minutes = tokens.get(here + 2);
                    i += 1 + usize::from(matches!(minutes, Some((_, _, Token::Digits(m))) if m.len() <= 2));
                    continue;
                }
                Some((at, end, Token::Sign(':' | '.'))) if at == to => {
                    if matches!(tokens.get(here + 2), Some((at, _, Token::Digits(m))) if at == end && m.len() == 2)
                    {
                        i += 2;
                        continue;
                    }
                }
                _ => {}
            }
            let is_of_month = matches!(next_word, Some((_, _, Token::Word(word))) if word.len() > 2 && french_month(word).is_some());
            let is_of_week = matches!(before, Some((_, _, Token::Word(word))) if WEEKDAYS.contains(word));
            if is_of_month || is_of_week {
                continue;
            }
        }
        if digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) {
            continue;
        }
        // 1 200: groups of three digits.
        let (mut number, mut end) = (digits.to_string(), *to);
        while digits.len() <= 3
            && let Some((at, stop, Token::Digits(group))) = tokens.get(i)
            && group.len() == 3
            && plain[end..*at].chars().count() == 1
            && plain[end..*at].chars().all(char::is_whitespace)
        {
            number.push_str(group);
            (end, i) = (*stop, i + 1);
        }
        debug_assert!(from < to, "digits have a length");
        numbers.extend(number.parse::<u32>());
    }
    numbers
}

fn in_words(tokens: &[(usize, usize, Token<'_>)]) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut now: Option<u32> = None;
    let words = tokens.iter().map(|(_, _, token)| match token {
        Token::Word(word) => *word,
        _ => "",
    });
    for word in words.chain([""]) {
        let Some(value) = unit(word) else {
            if word == "et" && now.is_some() {
                continue;
            }
            numbers.extend(now.take().filter(|n| *n > 1));
            continue;
        };
        now = Some(match now {
            None => value,
            Some(n) if value == 100 || value == 1000 => {
                if n < value {
                    n.saturating_mul(value)
                } else {
                    n.saturating_add(value)
                }
            }
            Some(n) if value == 20 && n % 100 == 4 => n + 76,
            Some(n) if value < 20 && n >= 20 && n % 10 == 0 => n + value,
            // Dix-sept.
            Some(10) if (7..10).contains(&value) => 10 + value,
            Some(n) if value < 100 && n >= 100 && n % 100 == 0 => n + value,
            Some(n) => {
                numbers.extend((n > 1).then_some(n));
                value
            }
        });
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_in_words() {
        let of = |text| numbers(text);
        assert_eq!(of("17 morts et 1 200 deplaces"), [17, 1200]);
        assert_eq!(
            of("quatre-vingt-deux ou soixante et onze, deux cent trois"),
            [71, 82, 203]
        );
        assert_eq!(of("une vingtaine de tues, dix-sept blesses"), [17, 20]);
    }

    #[test]
    fn hours_years_and_days_of_dates_are_no_numbers_of_people() {
        assert!(numbers("le 12 mars 2024 a 10h30, lundi 13, le 1er avril, vers 5 heures, 10:45").is_empty());
    }
}
