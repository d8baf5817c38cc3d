//! Words as they are compared: without accents and case, by their hashes.

use crate::french::fold_into;

/// Calls `take` with the hash of each word of a text, in order: runs of letters and digits, without accents and
/// case. A word of one letter says nothing and is left out.
pub(super) fn each_word(text: &str, take: &mut dyn FnMut(u64)) {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}');
    let mut folded = String::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most words are of ASCII letters alone, and are hashed as they are gone through.
        let start = at;
        let mut hash = Hash::default();
        while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            hash.add(byte.to_ascii_lowercase());
            at += 1;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            if at - start > 1 && !is_timestamp(&text[start..at]) {
                take(hash.0);
                at += 1;
                continue;
            }
            if at - start <= 1 {
                at += 1;
                continue;
            }
        }
        let is_part = |c: &char| c.is_alphanumeric() || is_mark(*c);
        let length: usize = text[start..]
            .chars()
            .take_while(is_part)
            .map(char::len_utf8)
            .sum();
        folded.clear();
        fold_into(&text[start..start + length], &mut folded);
        if is_timestamp(&folded) {
            // `20240312T080000Z` has the date alone.
            folded.truncate(8);
        }
        if folded.len() > 1 {
            take(Hash::of(&folded));
        }
        let next = text[start + length..].chars().next().map_or(0, char::len_utf8);
        at = start + length + next;
    }
}

/// The FNV-1a hash of a word, 64 bits (Fowler, Noll and Vo).
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn of(word: &str) -> u64 {
        let mut hash = Self::default();
        word.bytes().for_each(|byte| hash.add(byte));
        hash.0
    }

    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// Whether a word is a date and a time in one, as `20240312T080000Z`.
fn is_timestamp(word: &str) -> bool {
    let bytes = word.as_bytes();
    let has_shape = bytes.len() >= 13 && bytes[8].eq_ignore_ascii_case(&b't');
    has_shape && is_number(&word[..8]) && is_number(word[9..].trim_end_matches(['z', 'Z']))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The hash of two parts of a word written as one.
pub(super) fn joined(one: &str, other: &str) -> u64 {
    let mut found = 0;
    each_word(&format!("{one}{other}"), &mut |word| found = word);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_accents() {
        let words = |text: &str| {
            let mut found = Vec::new();
            each_word(text, &mut |word| found.push(word));
            found
        };
        assert_eq!(words("L'ÉTÉ à Gao"), words("ete gao"));
        assert_eq!(words("Me\u{301}naka co\u{ad}ton"), words("Ménaka coton"));
        assert_eq!(words("pays"), [joined("pa", "ys")]);
    }
}
