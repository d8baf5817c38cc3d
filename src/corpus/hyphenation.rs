//! Words that a line end divides, as `pdftotext`, OCR and columns of newspapers leave them: `Tombouc-⏎tou`.
//! They are joined, with the line end after the word, so that a search finds them; `vice-⏎président` stays as
//! it is.
//!
//! What decides, in this order: a soft hyphen or OCR's `¬` always divides; a compound that the same text has
//! on one line (`vice-président`) isn't one word; a word that the same text has elsewhere (`Tombouctou`) is;
//! known compounds and the parts that make them are not; else lower case after the line end continues a word.

use memchr::{memchr2_iter, memmem};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// Parts before a hyphen that belongs to the word. `inter` and `mi` are not here: they begin more words than
/// compounds.
const FIRST: &[&str] = &[
    "abri",
    "afro",
    "aide",
    "anglo",
    "après",
    "arabo",
    "arrière",
    "avant",
    "centre",
    "cessez",
    "chef",
    "chefs",
    "contre",
    "couvre",
    "demi",
    "est",
    "franco",
    "germano",
    "grand",
    "grande",
    "haut",
    "haute",
    "hors",
    "islamo",
    "israélo",
    "libano",
    "lieutenant",
    "non",
    "nord",
    "ouest",
    "petit",
    "peut",
    "plate",
    "politico",
    "porte",
    "quasi",
    "quelques",
    "quote",
    "rendez",
    "russo",
    "sans",
    "sous",
    "sud",
    "technico",
    "vice",
];

/// Parts after a hyphen that belongs to the word.
const SECOND: &[&str] = &[
    "ci",
    "delà",
    "dessous",
    "dessus",
    "disant",
    "elle",
    "elles",
    "général",
    "généraux",
    "il",
    "ils",
    "là",
    "lui",
    "major",
    "moi",
    "même",
    "mêmes",
    "ministre",
    "nous",
    "on",
    "ouest",
    "premier",
    "présidente",
    "président",
    "rebelle",
    "rebelles",
    "combattant",
    "combattants",
    "toi",
    "vous",
    "être",
];

/// The compounds that the binary knows, without their prefixes.
static COMPOUNDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../index_schema/compounds.txt")
        .lines()
        .map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// A text with its divided words joined.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    if !has_mark(text.as_bytes()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let words = Words::of(text);
    let mut rest = text;
    while let Some((at, mark)) = next_mark(rest) {
        let (before, after) = (&rest[..at], &rest[at + mark.len_utf8()..]);
        out.push_str(before);
        let right = after
            .strip_prefix('\n')
            .map(|line| line.trim_start_matches([' ', '\t', '\u{a0}']));
        match right {
            Some(right) if is_divided(&words, &out, mark, right) => {
                // The rest of the word, with what stands close to it, before the line end.
                let end = right.find(char::is_whitespace).unwrap_or(right.len());
                out.push_str(&right[..end]);
                rest = &right[end..];
                if !rest.is_empty() && !rest.starts_with('\n') {
                    out.push('\n');
                    rest = rest.trim_start_matches(' ');
                }
            }
            // Shown by no program inside a line.
            None if mark == '\u{ad}' => rest = after,
            _ => {
                out.push(mark);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// Whether a text has a hyphen at the end of a line, or a sign that divides words anywhere.
fn has_mark(text: &[u8]) -> bool {
    let is_sign = |at: usize| matches!(text[at..], [0xc2, 0xac | 0xad, ..] | [0xe2, 0x80, 0x90, ..]);
    memmem::find(text, b"-\n").is_some() || memchr2_iter(0xc2, 0xe2, text).any(is_sign)
}

/// The next character that may divide a word, and where it stands.
fn next_mark(text: &str) -> Option<(usize, char)> {
    let mut from = 0;
    loop {
        let (at, mark) = text[from..]
            .char_indices()
            .find(|(_, c)| matches!(c, '-' | '\u{ad}' | '¬' | '\u{2010}'))?;
        let after = from + at + mark.len_utf8();
        if mark == '\u{ad}' || text[after..].starts_with('\n') {
            return Some((from + at, mark));
        }
        from = after;
    }
}

/// Whether a mark at the end of `before` divides a word that goes on with `right`.
fn is_divided(words: &Words<'_>, before: &str, mark: char, right: &str) -> bool {
    let first = &before[before
        .rfind(|c: char| !(c.is_alphabetic() || c == '-'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
    let second = &right[..right.find(|c: char| !c.is_alphabetic()).unwrap_or(right.len())];
    if first.is_empty() || second.is_empty() {
        return false;
    }
    if matches!(mark, '\u{ad}' | '¬') {
        return true;
    }
    let (first_lower, second_lower) = (first.to_lowercase(), second.to_lowercase());
    let (one, two) = (format!("{first}{second}"), format!("{first}-{second}"));
    if words.has(&two) {
        return false;
    }
    if words.has(&one) {
        return true;
    }
    // `Saint-Jean-⏎de`, `c'est-à-⏎dire`; `a-⏎t-il`; names go on with a capital.
    let goes_on = right[second.len()..].starts_with('-');
    let is_lower = second.chars().next().is_some_and(char::is_lowercase);
    !first.contains('-')
        && !goes_on
        && is_lower
        && first.chars().count() >= 2
        && second.chars().count() >= 2
        && !FIRST.contains(&first_lower.as_str())
        && !SECOND.contains(&second_lower.as_str())
        && !COMPOUNDS.contains(format!("{first_lower}-{second_lower}").as_str())
}

/// The words of a text, which neither letters nor hyphens continue, by their hashes; gathered when first asked
/// for, since a text is not to be searched for each word that a line end divides.
struct Words<'t> {
    text: &'t str,
    hashes: OnceCell<FxHashSet<u64>>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            hashes: OnceCell::new(),
        }
    }

    fn has(&self, word: &str) -> bool {
        let all = || {
            let words = self.text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            words.map(hash).collect()
        };
        self.hashes.get_or_init(all).contains(&hash(word))
    }
}

fn hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_joined_and_compounds_stay() {
        for (text, expected) in [
            (
                "Un convoi de Tombouc-\ntou, dit-on.",
                "Un convoi de Tombouctou,\ndit-on.",
            ),
            ("près d'An-\nsongo.", "près d'Ansongo."),
            ("les habi-\n  tants fuient", "les habitants\nfuient"),
            ("l'opé\u{ad}\nration Bar\u{ad}khane", "l'opération\nBarkhane"),
            ("TOM¬\nBOUCTOU", "TOMBOUCTOU"),
            ("le vice-\nprésident", "le vice-\nprésident"),
            ("le cessez-\nle-feu", "le cessez-\nle-feu"),
            ("a-\nt-il dit", "a-\nt-il dit"),
            ("c'est-à-\ndire", "c'est-à-\ndire"),
            ("le Burkina-\nFaso", "le Burkina-\nFaso"),
            ("le porte-\nmonnaie", "le porte-\nmonnaie"),
            ("de 2020-\n2021", "de 2020-\n2021"),
            ("un mot -\nsuite", "un mot -\nsuite"),
            ("le pick-up et le pick-\nup", "le pick-up et le pick-\nup"),
            ("BAMA-\nKO et BAMAKO", "BAMAKO\net BAMAKO"),
            ("fin-\n", "fin-\n"),
            ("peut-être", "peut-être"),
        ] {
            let once = joined(text);
            assert_eq!(once, expected);
            assert_eq!(joined(&once), expected);
        }
    }
}
