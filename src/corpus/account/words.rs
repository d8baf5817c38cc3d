//! Words as they are compared: without accents and case, by their hashes.

use crate::french::fold_into;
use crate::scan;
use std::sync::OnceLock;

/// Calls `take` with the hash of each word of a text, in order: runs of letters and digits, without accents and
/// case. A word of one letter says nothing and is left out.
pub(super) fn each_word(text: &str, mut take: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut folded = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        // Most words are of ASCII letters alone, others of letters of French; both are reported without their characters.
        let start = at;
        let (mut word, mut end) = ascii_word(bytes, start);
        let mut length = end - start;
        let mut separator = separator(bytes, end);
        if separator == 0 {
            end = french_word(bytes, start, &mut folded);
            (word, length) = (Hash::of(&folded), folded.len());
            separator = self::separator(bytes, end);
        }
        if separator == 0 || length >= TIMESTAMP && is_timestamp(&text[start..end]) {
            let rest = &text[start..];
            let found = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            rare_word(&rest[..found]).into_iter().for_each(&mut take);
            at = start + found + rest[found..].chars().next().map_or(0, char::len_utf8);
            continue;
        }
        if length > 1 {
            take(word);
        }
        at = end + separator;
    }
}

/// The hash of the ASCII letters and digits from a place on, eight at once, and where they end.
fn ascii_word(bytes: &[u8], start: usize) -> (u64, usize) {
    let (mut hash, mut at) = (Hash::default(), start);
    loop {
        let eight = match bytes.get(at..at + 8) {
            Some(eight) => eight.try_into().unwrap_or_default(),
            None => padded(bytes.get(at..).unwrap_or_default()),
        };
        let eight = u64::from_le_bytes(eight);
        let length = letters_at(eight);
        // A capital and its small letter differ by one bit, which digits have.
        let lower = eight | CASE;
        if length < 8 {
            return (
                hash.value(lower & ((1 << (8 * length)) - 1), at - start + length),
                at + length,
            );
        }
        hash.add(lower);
        at += 8;
    }
}

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The bit that small letters have and capitals haven't.
const CASE: u64 = EACH * 0x20;

/// How many of eight bytes, from the lowest on, are letters and digits of ASCII.
fn letters_at(eight: u64) -> usize {
    let others = !(letters_in(eight) & !eight) & (EACH * 0x80);
    others.trailing_zeros() as usize / 8
}

/// The upper bit of each of eight bytes that is a letter or digit of ASCII, or no ASCII.
fn letters_in(eight: u64) -> u64 {
    let seven_bits = eight & (EACH * 0x7f);
    let lower = seven_bits | CASE;
    // The upper bit of each byte says whether it reaches the first of a range, and isn't beyond its last.
    let reaches = |bytes: u64, first: u8| bytes + EACH * u64::from(0x80 - first);
    let letters = reaches(lower, b'a') & !reaches(lower, b'z' + 1);
    let digits = reaches(seven_bits, b'0') & !reaches(seven_bits, b'9' + 1);
    (letters | digits | eight) & (EACH * 0x80)
}

/// Up to eight bytes, and zeros.
fn padded(bytes: &[u8]) -> [u8; 8] {
    let mut eight = [0; 8];
    eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    eight
}

/// Folds letters and digits from a place on, as far as each is two bytes at most and folds to one; gives their end.
fn french_word(bytes: &[u8], start: usize, folded: &mut Vec<u8>) -> usize {
    let latin = latin_letters();
    folded.clear();
    let mut at = start;
    loop {
        match bytes[at..] {
            [byte, ..] if byte.is_ascii_alphanumeric() => {
                folded.push(byte.to_ascii_lowercase());
                at += 1;
            }
            [0xc3, second, ..] if latin[usize::from(second & 0x3f)] != 0 => {
                folded.push(latin[usize::from(second & 0x3f)]);
                at += 2;
            }
            _ => return at,
        }
    }
}

/// What the letters of U+00C0 to U+00FF, which are two bytes, the first of them 0xC3, fold to, as far as that is one
/// letter; zero for others.
fn latin_letters() -> &'static [u8; 64] {
    static LETTERS: OnceLock<[u8; 64]> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut letters = [0; 64];
        for (letter, c) in letters.iter_mut().zip('\u{c0}'..='\u{ff}') {
            let mut folded = String::new();
            fold_into(c.encode_utf8(&mut [0; 4]), &mut folded);
            if let [one] = folded.as_bytes() {
                *letter = *one;
            }
        }
        letters
    })
}

/// The length of the sign at a place that is surely part of no word: of ASCII, or one that many texts have between
/// words, such as quotes, dashes, spaces that don't break. Zero if it may be part of one.
fn separator(bytes: &[u8], at: usize) -> usize {
    match bytes[at..] {
        [] => 1,
        [byte, ..] if byte.is_ascii() => 1,
        [0xe2, 0x80, ..] => 3,
        [0xc2, 0xa0 | 0xab | 0xbb, ..] => 2,
        _ => 0,
    }
}

/// The same of any place: zero within a word.
pub(super) fn separator_at(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() => 0,
        _ => separator(bytes, at),
    }
}

/// The hashes of the words of some texts.
pub(super) fn words_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<u64> {
    let mut words = Vec::new();
    texts
        .into_iter()
        .for_each(|text| each_word(text, |word| words.push(word)));
    words
}

/// How many words a text has: as many as [`each_word`] finds.
pub(super) fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_between = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let (mut words, mut from) = (0, 0);
    // Words with letters that are neither of ASCII nor of French are counted by the rule in full, with what touches them.
    while let Some(found) = scan::position(&bytes[from..], |byte| (byte >= 0xc0) & (byte != 0xc3)) {
        let rare = from + found;
        let start = bytes[from..rare]
            .iter()
            .rposition(is_between)
            .map_or(from, |at| from + at + 1);
        let end = bytes[rare..]
            .iter()
            .position(is_between)
            .map_or(bytes.len(), |at| rare + at);
        words += count_french(&text[from..start]);
        each_word(&text[start..end], |_| words += 1);
        from = end;
    }
    words + count_french(&text[from..])
}

/// The same of a text of ASCII and of characters that begin with 0xC3, eight bytes at once.
fn count_french(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut words, mut before) = (0, 0_u64);
    let (eights, rest) = bytes.as_chunks::<8>();
    let last = padded(rest);
    for eight in eights.iter().chain([&last]) {
        // The upper bit of each byte that is part of a word.
        let letters = letters_in(u64::from_le_bytes(*eight));
        let (one_before, two_before) = (letters << 8 | before >> 56, letters << 16 | before >> 48);
        words += (letters & one_before & !two_before).count_ones() as usize;
        before = letters;
    }
    // A letter alone is no word, whether it has one byte or two.
    for at in memchr::memchr_iter(0xc3, bytes) {
        match latin_letters()[usize::from(bytes[at + 1] & 0x3f)] {
            0 => {
                words = 0;
                each_word(text, |_| words += 1);
                return words;
            }
            _ => {
                let is_part = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphanumeric();
                let is_alone =
                    !bytes[..at].last().is_some_and(is_part) && !bytes.get(at + 2).is_some_and(is_part);
                words -= usize::from(is_alone);
            }
        }
    }
    words
}

/// The hash of a word that holds rare letters, or a date and a time.
fn rare_word(word: &str) -> Option<u64> {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    if is_timestamp(&folded) {
        // `20240312T080000Z` has the date alone.
        folded.truncate(8);
    }
    (folded.len() > 1).then(|| Hash::of(folded.as_bytes()))
}

/// Whether a character is part of a word: a letter, a digit, a mark on a letter, a soft hyphen.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// The hash of a word, 64 bits: eight letters at once, multiplied and mixed.
#[derive(Default)]
struct Hash(u64);

impl Hash {
    fn of(word: &[u8]) -> u64 {
        let mut hash = Self::default();
        let (eights, rest) = word.as_chunks::<8>();
        eights
            .iter()
            .for_each(|eight| hash.add(u64::from_le_bytes(*eight)));
        hash.value(u64::from_le_bytes(padded(rest)), word.len())
    }

    fn add(&mut self, eight: u64) {
        // The multipliers are those of SplitMix64 (Steele, Lea and Flood).
        let product = (self.0 ^ eight).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.0 = product ^ product >> 29;
    }

    /// The hash of a word of so many letters, which ends with these.
    fn value(mut self, rest: u64, length: usize) -> u64 {
        self.add(rest);
        let product = (self.0 ^ length as u64).wrapping_mul(0x94d0_49bb_1331_11eb);
        product ^ product >> 31
    }
}

/// Shortest date with a time in one word, in bytes.
const TIMESTAMP: usize = 13;

/// Whether a word is a date and a time in one, as `20240312T080000Z`.
fn is_timestamp(word: &str) -> bool {
    let bytes = word.as_bytes();
    let has_shape = bytes.len() >= TIMESTAMP && bytes[8].eq_ignore_ascii_case(&b't');
    has_shape && is_number(&bytes[..8]) && is_number(word[9..].trim_end_matches(['z', 'Z']).as_bytes())
}

fn is_number(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// The hash of two parts of a word written as one.
pub(super) fn joined(one: &str, other: &str) -> u64 {
    let mut found = 0;
    each_word(&format!("{one}{other}"), |word| found = word);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word));
        found
    }

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_accents() {
        assert_eq!(words("L'ÉTÉ à Gao"), words("ete gao"));
        assert_eq!(words("Me\u{301}naka co\u{ad}ton"), words("Ménaka coton"));
        assert_eq!(words("pays"), [joined("pa", "ys")]);
        assert_eq!(words("« L’œuvre\u{a0}» – Pô"), words("oeuvre po"));
        assert_eq!(words("ÇA×là 20240312T080000Z"), words("ca la 20240312"));
    }

    #[test]
    fn words_of_any_length_differ() {
        let all: Vec<String> = (2..40).map(|length| "a".repeat(length)).collect();
        let mut hashes = words(&all.join(" "));
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all.len());
    }

    /// The rule in so many words, beside which the quick one is held.
    fn words_by_the_rule(text: &str) -> Vec<u64> {
        let runs = text.split(|c: char| !is_part(c));
        runs.filter_map(rare_word).collect()
    }

    proptest::proptest! {
        #[test]
        fn quick_words_are_those_of_the_rule(text in "([a-zA-Zéèàçœß0-9'’ «\u{a0}\u{301}\u{ad}×ªЖ東TZ-]|\\PC){0,80}") {
            proptest::prop_assert_eq!(words(&text), words_by_the_rule(&text));
            proptest::prop_assert_eq!(count(&text), words(&text).len());
        }
    }
}
