//! What the services' exports have in common: lengths, languages, copyright lines, paragraphs.

use crate::article::Article;
use crate::corpus::clean;
use crate::corpus::markup::{Piece, Pieces};
use crate::french::fold;

/// The number of words that a service says an article has: `823 mots`, `1,204 words`, `1 204 mots`.
pub(super) fn words(text: &str) -> Option<u64> {
    let text = text.trim().trim_start_matches(['(', '[']);
    let number: String = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ',' | '.'))
        .collect();
    let unit = text[number.len()..]
        .split(|c: char| !c.is_alphabetic())
        .next()?
        .to_lowercase();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let known = [
        "mots",
        "mot",
        "words",
        "word",
        "wörter",
        "wort",
        "worte",
        "palabras",
        "palabra",
        "palavras",
        "palavra",
        "parole",
        "parola",
        "woorden",
        "woord",
        "字",
        "слов",
        "كلمة",
        "كلمات",
    ];
    known
        .contains(&unit.as_str())
        .then(|| digits.parse().ok())
        .flatten()
}

/// Whether a line is a length and nothing else.
pub(super) fn is_length(line: &str) -> bool {
    line.chars().count() <= 24 && words(line).is_some()
}

/// Keeps a value that has no place of its own among an article's other metadata. Values under one key are
/// joined.
pub(super) fn keep(article: &mut Article, key: &str, value: &str) {
    let Some(value) = clean::line(value.trim_end_matches([' ', ';'])) else {
        return;
    };
    match article.extra.get_mut(key) {
        Some(serde_json::Value::String(held)) => {
            held.push_str("; ");
            held.push_str(&value);
        }
        _ => {
            article.extra.insert(key.into(), value.into());
        }
    }
}

/// Keeps the number of words that an article is said to have.
pub(super) fn keep_length(article: &mut Article, text: &str) {
    match words(text) {
        Some(length) => {
            article.extra.insert("length".into(), length.into());
        }
        None => keep(article, "length_note", text),
    }
}

/// Paragraphs out of lines: texts of these services break their lines, and separate paragraphs by empty ones.
pub(super) fn paragraphs(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        text.push_str(line);
        blank = false;
    }
    clean::body(&text)
}

/// Parts of a text, the empty ones left out, with empty lines between.
pub(super) fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = part.as_ref().trim();
        if !part.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
    }
    clean::body(&text)
}

/// Goes to the end of an element that has just been opened; says where its content ends.
pub(super) fn end_of(pieces: &mut Pieces<'_>, name: &str) -> usize {
    let mut depth = 1;
    loop {
        let before = pieces.at();
        match pieces.next() {
            Some(Piece::Open(tag)) if tag.is(name) && !tag.is_closed() => depth += 1,
            Some(Piece::Close(closed)) if closed.eq_ignore_ascii_case(name) => depth -= 1,
            None => return before,
            _ => {}
        }
        if depth == 0 {
            return before;
        }
    }
}

pub(super) fn is_copyright(line: &str) -> bool {
    const MARKS: [&str; 11] = [
        "Copyright",
        "COPYRIGHT",
        "(c)",
        "(C)",
        "©",
        "Tous droits",
        "Tous Droits",
        "All rights",
        "All Rights",
        "Droits d'auteur",
        "Alle Rechte",
    ];
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Names of languages in the languages of the services' interfaces, folded: the code, and its names.
const LANGUAGES: [(&str, &str); 14] = [
    (
        "fr",
        "francais french franzosisch frances francese frans frances francuski 法文 法语 الفرنسية french-france",
    ),
    (
        "en",
        "anglais english englisch ingles inglese engels 英文 英语 الإنجليزية",
    ),
    ("ar", "arabe arabic arabisch arabo 阿拉伯文 阿拉伯语 العربية"),
    (
        "de",
        "allemand german deutsch aleman alemao tedesco duits 德文 德语",
    ),
    (
        "es",
        "espagnol spanish spanisch espanol espanhol spagnolo spaans 西班牙文",
    ),
    (
        "pt",
        "portugais portuguese portugiesisch portugues portoghese portugees 葡萄牙文",
    ),
    ("it", "italien italian italienisch italiano italiaans"),
    (
        "nl",
        "neerlandais dutch niederlandisch holandes neerlandes olandese nederlands",
    ),
    ("ru", "russe russian russisch ruso russo русский"),
    (
        "zh",
        "chinois chinese chinesisch chino cinese chines 中文 简体中文 繁体中文",
    ),
    ("tr", "turc turkish turkisch turco turks"),
    ("sw", "swahili kiswahili suaheli"),
    ("ha", "haoussa hausa"),
    ("ff", "peul fulah fulfulde"),
];

/// The code of a language that a line names, whatever the language of the interface.
pub(super) fn language(line: &str) -> Option<&'static str> {
    if line.chars().count() > 40 {
        return None;
    }
    // `Français`, `FRENCH; FRANÇAIS`, `Chinois - simplifié`.
    let written = line.split([';', ',', '-', '(', '/']).next()?.trim();
    let name = fold(written);
    let known = |names: &str| names.split(' ').any(|known| known == name || known == written);
    LANGUAGES
        .iter()
        .find(|(_, names)| known(names))
        .map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_language() {
        for (text, number) in [
            ("823 mots", 823),
            ("1,204 words", 1204),
            ("1\u{202f}204 mots, p. 4", 1204),
            ("664 Wörter", 664),
            ("295 palabras", 295),
        ] {
            assert_eq!(words(text), Some(number), "{text}");
        }
        assert_eq!(words("12 morts"), None);
    }

    #[test]
    fn languages_are_known_in_every_interface() {
        for (name, code) in [
            ("Français", "fr"),
            ("FRENCH; FRANÇAIS", "fr"),
            ("Französisch", "fr"),
            ("Francés", "fr"),
            ("Arabe", "ar"),
            ("Chinois - simplifié", "zh"),
        ] {
            assert_eq!(language(name), Some(code), "{name}");
        }
        assert_eq!(language("le tamasheq"), None);
    }
}
