//! Folding: what makes a word findable however it is typed.
//!
//! `fold` maps a word to lower case without accents, ligatures or apostrophes. A word's index term is a
//! function of its folded spelling alone (see [`super::terms`]), so whatever folds alike is found alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The characters that people and keyboards use as an apostrophe: ' ’ ‘ ‛ ʼ ʻ ʾ ʿ ´ ` ′ ＇.
pub const APOSTROPHES: [char; 12] = [
    '\'', '\u{2019}', '\u{2018}', '\u{201B}', '\u{2BC}', '\u{2BB}', '\u{2BE}', '\u{2BF}', '\u{B4}', '`',
    '\u{2032}', '\u{FF07}',
];

/// The hyphens that join words: the ASCII one, U+2010 and the non-breaking U+2011. Dashes separate.
pub const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Whether `c` is an apostrophe in any of the spellings of [`APOSTROPHES`].
pub fn is_apostrophe(c: char) -> bool {
    c == '\'' || (c == '`' || !c.is_ascii()) && APOSTROPHES.contains(&c)
}

/// Whether `c` is a hyphen in any of the spellings of [`HYPHENS`].
pub fn is_hyphen(c: char) -> bool {
    HYPHENS.contains(&c)
}

/// Characters that are part of a word but stand for nothing: soft hyphen, zero-width space and joiners,
/// word joiner, byte-order mark, variation selectors, direction marks.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters that no Unicode decomposition brings to ASCII: Latin ligatures, and the letters of Bambara,
/// Fulfulde, Songhay and Tamasheq in Latin script.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'đ' | 'ɗ' | 'ð' | 'ɖ' => "d",
        'ł' => "l",
        'ı' => "i",
        'ɛ' | 'ə' | 'ǝ' => "e",
        'ɔ' => "o",
        'ɲ' | 'ŋ' => "n",
        'ɓ' => "b",
        'ƙ' => "k",
        'ƴ' => "y",
        'ɣ' => "g",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Appends the folded form of `word` to `out`: lower case, without accents, ligatures resolved, and
/// without anything that is neither letter nor digit.
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'à' | 'â' => out.push('a'),
            'ç' => out.push('c'),
            _ if c.is_ascii() || is_apostrophe(c) || is_ignorable(c) => {}
            _ => fold_rare(c, out),
        }
    }
}

/// The slow path, for everything outside ASCII and the common French letters. Upper then lower case brings
/// together what case pairs (ſ and s, ᲀ and в); the decomposition may yield capitals (™), hence the second
/// pass.
fn fold_rare(c: char, out: &mut String) {
    for cased in c.to_uppercase().flat_map(char::to_lowercase) {
        for part in std::iter::once(cased).nfkd() {
            for low in part.to_uppercase().flat_map(char::to_lowercase) {
                if let Some(letters) = special(low) {
                    out.push_str(letters);
                } else if low.is_alphanumeric()
                    && !is_combining_mark(low)
                    && !is_apostrophe(low)
                    && !is_ignorable(low)
                {
                    out.push(low);
                }
            }
        }
    }
}

/// The folded form of `word`. Idempotent.
///
/// ```
/// assert_eq!(griot::french::fold("L’Œuvre"), "loeuvre");
/// assert_eq!(griot::french::fold("se\u{301}curite\u{301}"), "securite");
/// ```
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The form of `word` as written: NFC, lower case, accents kept, apostrophes and hyphens in ASCII,
/// ignorable characters dropped. What `="…"` compares and what prefix, wildcard and fuzzy queries show.
pub fn form(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase().replace('`', "'");
    }
    word.nfc()
        .filter(|c| !is_ignorable(*c))
        .flat_map(char::to_lowercase)
        .map(|c| {
            if is_apostrophe(c) {
                '\''
            } else if is_hyphen(c) {
                '-'
            } else {
                c
            }
        })
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_french_archives_hold() {
        for (written, folded) in [
            ("SÉCURITÉ", "securite"),
            ("N’Djamena", "ndjamena"),
            ("Nʼdjamena", "ndjamena"),
            ("œuvre", "oeuvre"),
            ("ŒUVRE", "oeuvre"),
            ("Yɔrɔso", "yoroso"),
            ("Tomiɲan", "tominan"),
            ("ﬁn", "fin"),
            ("co\u{AD}opération", "cooperation"),
            ("n\u{303}", "n"),
            ("STRASSE", "strasse"),
            ("straße", "strasse"),
        ] {
            assert_eq!(fold(written), folded, "fold({written:?})");
        }
    }

    #[test]
    fn form_keeps_accents_and_drops_case() {
        assert_eq!(form("Tue\u{301}S"), "tués");
        assert_eq!(form("N’Djamena"), "n'djamena");
        assert_eq!(form("Week‑End"), "week-end");
    }

    proptest::proptest! {
        #[test]
        fn folding_is_idempotent_and_blind_to_case_and_composition(word in "\\PC{0,12}") {
            let folded = fold(&word);
            proptest::prop_assert_eq!(&fold(&folded), &folded);
            proptest::prop_assert_eq!(&fold(&word.nfd().collect::<String>()), &folded);
            proptest::prop_assert_eq!(&fold(&word.to_uppercase()), &folded);
            proptest::prop_assert_eq!(&fold(&word.to_lowercase()), &folded);
        }
    }
}
