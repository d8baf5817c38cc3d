//! Leads, which stand in the metadata of an article and mostly in its text, too.

use memchr::memmem;
use std::ops::Range;

/// Whether a text holds a lead, or the beginning that it is of the text: summaries are often cut off.
pub(super) fn holds(text: &str, lead: &str) -> bool {
    let is_cut = |lead: &str| {
        lead.trim_end_matches([']', ')', '»', ' ']).ends_with(['…', '.']) && !lead.ends_with('.')
            || lead.ends_with("...")
    };
    // Most leads stand there as they are.
    if memmem::find(text.as_bytes(), lead.as_bytes()).is_some() {
        return true;
    }
    let whole = letters(lead);
    let beginning = &whole[..whole.floor_char_boundary(LETTERS_OF_BEGINNING)];
    let word = longest_word(lead);
    let before = letters(&lead[..word.start]).len();
    let places = memmem::find_iter(text.as_bytes(), &lead.as_bytes()[word.clone()]);
    let places: Vec<usize> = places.take(MOST_PLACES + 1).collect();
    if word.is_empty() || places.len() > MOST_PLACES {
        let text = letters(text);
        let has = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
        return has(&whole) || is_cut(lead) && has(beginning);
    }
    let stands = |part: &str| {
        let (first, second) = part.split_at(before.min(part.len()));
        let stands_at = |at: usize| letters_of(&text[at..], second) && letters_of_end(&text[..at], first);
        places.iter().any(|at| stands_at(*at))
    };
    stands(&whole) || is_cut(lead) && stands(beginning)
}

/// Places of a word at which a lead is looked for one by one; where there are more, all of the text is.
const MOST_PLACES: usize = 50;

/// Bytes of letters at the beginning of a summary that was cut off, by which it is known.
const LETTERS_OF_BEGINNING: usize = 60;

/// The longest run of small letters of ASCII in the beginning of a lead, by which it is looked for.
fn longest_word(lead: &str) -> Range<usize> {
    let beginning = &lead.as_bytes()[..lead.floor_char_boundary(LETTERS_OF_BEGINNING)];
    let runs = beginning.chunk_by(|one, other| one.is_ascii_lowercase() == other.is_ascii_lowercase());
    let mut start = 0;
    let runs = runs.map(|run| {
        start += run.len();
        start - run.len()..start
    });
    let words = runs.filter(|run| beginning[run.start].is_ascii_lowercase());
    words.max_by_key(Range::len).unwrap_or(0..0)
}

/// Whether the letters of a text begin with some letters.
fn letters_of(text: &str, begin: &str) -> bool {
    let mut letters = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    begin.chars().all(|c| letters.next() == Some(c))
}

/// Whether the letters of a text end with some letters.
fn letters_of_end(text: &str, end: &str) -> bool {
    let letters = text.chars().rev().filter(|c| c.is_alphanumeric());
    let mut letters = letters.flat_map(|c| c.to_lowercase().rev());
    end.chars().rev().all(|c| letters.next() == Some(c))
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            '\0'..='\u{7f}' => {}
            'ß'..='ö' | 'ø'..='ÿ' => letters.push(c),
            _ if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_lead_is_found_as_by_its_letters_in_all_of_the_text(
            text in "((le|la|pont|gao|marché|İst|2024|é|à)[ .,'’\n-]{1,2}){0,40}",
            lead in "((le|la|pont|gao|marché|2024|é|à)[ .,'’]){1,6}(\\.\\.\\.)?",
            is_held in proptest::prelude::any::<bool>(),
        ) {
            let text = if is_held { format!("{text}{lead}{text}") } else { text };
            let naive = {
                let (text, whole) = (letters(&text), letters(&lead));
                let beginning: String = whole[..whole.floor_char_boundary(LETTERS_OF_BEGINNING)].to_string();
                text.contains(&whole) || lead.ends_with("...") && text.contains(&beginning)
            };
            proptest::prop_assert_eq!(holds(&text, &lead), naive);
        }
    }
}
