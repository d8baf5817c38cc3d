//! Elision: `l'armée` is found as `armée`, `N'Djamena` stays whole.
//!
//! A prefix is cut by the spelling alone: it must stand in the list and be followed by a vowel, h, y or a
//! digit. (Lucene's filter cuts whatever follows, and turns N'Djamena into Djamena.) Words that only look
//! elided stand in the same file with `=`. Whether the next letter is a capital plays no part, so that
//! `m'hamed` typed in lower case finds `M'Hamed`.

use super::fold::{fold, is_apostrophe};
use rustc_hash::FxHashSet;

/// The elided words and the exceptions, read from `elisions.txt`.
#[derive(Debug, Default)]
pub struct Elisions {
    prefixes: FxHashSet<String>,
    /// Folded, so without the apostrophe.
    whole: FxHashSet<String>,
}

impl Elisions {
    /// Reads the text of `elisions.txt`: a prefix a line, `= word` for words that stay whole, `#` comments.
    pub fn parse(text: &str) -> Self {
        let mut elisions = Self::default();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            match line.strip_prefix('=') {
                Some(word) => elisions.whole.insert(fold(word)),
                None => elisions.prefixes.insert(fold(line)),
            };
        }
        elisions
    }

    /// The list that the binary carries.
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../index_schema/elisions.txt"))
    }

    /// Whether `word` (without its apostrophe) is one that elides.
    pub fn is_prefix(&self, word: &str) -> bool {
        word.len() <= 12 && self.prefixes.contains(&fold(word))
    }

    /// How many bytes of elided prefixes `word` begins with: 3 for `d’armée` (the typographic apostrophe
    /// takes three bytes, so 4), 0 for `N'Djamena`.
    pub fn cut(&self, word: &str) -> usize {
        let mut cut = 0;
        // "d'l'" and the like: twice is the most that French allows.
        for _ in 0..2 {
            let rest = &word[cut..];
            let Some((at, apostrophe)) = rest.char_indices().find(|(_, c)| is_apostrophe(*c)) else {
                break;
            };
            let after = &rest[at + apostrophe.len_utf8()..];
            let elides = after
                .chars()
                .next()
                .is_some_and(|c| c.is_ascii_digit() || begins_with_vowel(after));
            if !elides || !self.is_prefix(&rest[..at]) || self.whole.contains(&fold(rest)) {
                break;
            }
            cut += at + apostrophe.len_utf8();
        }
        cut
    }
}

fn begins_with_vowel(word: &str) -> bool {
    let Some(first) = word.chars().next() else {
        return false;
    };
    let mut buffer = [0; 4];
    fold(first.encode_utf8(&mut buffer)).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_spelling_alone() {
        let elisions = Elisions::embedded();
        for (word, rest) in [
            ("l'armée", "armée"),
            ("L’ONU", "ONU"),
            ("D'1", "1"),
            ("qu’il", "il"),
            ("s'est", "est"),
            ("lorsqu'on", "on"),
            ("N'Djamena", "N'Djamena"),
            ("n'djamena", "n'djamena"),
            ("M’HAMED", "M’HAMED"),
            ("aujourd'hui", "aujourd'hui"),
            ("presqu'île", "presqu'île"),
            ("presqu'elle", "elle"),
            ("rock'n'roll", "rock'n'roll"),
            ("l'œuvre", "œuvre"),
        ] {
            assert_eq!(&word[elisions.cut(word)..], rest, "elision of {word:?}");
        }
    }
}
