//! What the services' exports have in common: lengths, languages, bylines, copyright lines, paragraphs.

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

/// A byline without the word before it: `Par Awa Ba`, `BY AWA BA`.
pub(super) fn author(line: &str) -> Option<String> {
    clean::line(after_by(line).unwrap_or(line)).filter(|name| name.chars().any(char::is_alphabetic))
}

/// What follows the word of a byline.
fn after_by(line: &str) -> Option<&str> {
    let (first, rest) = line.trim().split_once([' ', '\u{a0}'])?;
    let upper = rest.trim_start().starts_with(char::is_uppercase);
    (upper
        && matches!(
            first,
            "Par" | "PAR" | "par" | "By" | "BY" | "by" | "Von" | "VON" | "Por" | "POR" | "Door" | "Di"
        ))
    .then_some(rest.trim())
}

/// How much a line looks like the name of who wrote it: 0 not at all, 3 certainly.
pub(super) fn byline(line: &str) -> u8 {
    let line = line.trim();
    if line.chars().count() > 160 || line.ends_with(['.', '?', '!', ':']) && !line.ends_with(" Jr.") {
        return 0;
    }
    if after_by(line).is_some() {
        return 3;
    }
    // What stands in parentheses says who they are: `Awa Ba (envoyée spéciale à Gao)`.
    let name = line.split('(').next().unwrap_or_default().trim();
    let names: Vec<&str> = name.split_whitespace().collect();
    let joins = |word: &&str| {
        matches!(
            *word,
            "et" | "and" | "und" | "y" | "e" | "avec" | "with" | "&" | "ET" | "AND" | "AVEC"
        )
    };
    let people = names.split(joins).filter(|person| !person.is_empty());
    let is_person = |words: &[&str]| {
        let particle = |word: &str| {
            matches!(
                word,
                "de" | "du"
                    | "la"
                    | "le"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "ag"
                    | "ould"
                    | "al"
                    | "el"
                    | "bin"
                    | "dit"
            )
        };
        let first = words.first().copied().unwrap_or_default();
        let article = matches!(
            first,
            "Le" | "La"
                | "Les"
                | "L"
                | "Un"
                | "Une"
                | "Des"
                | "The"
                | "A"
                | "An"
                | "Der"
                | "Die"
                | "Das"
                | "El"
                | "Los"
                | "Las"
        );
        let name = |word: &str| {
            word.starts_with(char::is_uppercase)
                && !word.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '«' | '"' | '?'))
        };
        (1..=6).contains(&words.len())
            && !article
            && name(first)
            && words
                .iter()
                .all(|word| name(word.trim_end_matches(',')) || particle(word))
    };
    let count = people.clone().count();
    let joined = count > 1 || name.contains(',') || name.len() < line.len();
    let words = names.len();
    match people.clone().all(is_person) && count > 0 {
        true if joined && words >= 2 => 2,
        true if (2..=4).contains(&words) => 2,
        _ => 0,
    }
}

/// Whether a line names a section of a paper rather than says something: `International`, `WSJ Pro`, `NEWS`.
pub(super) fn is_rubric(line: &str) -> bool {
    const KNOWN: &str = " international national monde world politique politics economie economy business \
        news features opinion opinions markets marches societe society culture sport sports afrique africa \
        actualite actualites reportage enquete analyse interview entretien tribune editorial portrait \
        decryptage chronique debats idees comment letters ";
    let folded = line
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .collect::<Vec<_>>();
    let words: Vec<&String> = folded.iter().filter(|word| !word.is_empty()).collect();
    let known = |word: &&String| KNOWN.contains(&format!(" {word} "));
    !words.is_empty() && words.len() <= 3 && words.iter().any(known) && words.iter().all(|w| w.len() > 1)
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

    #[test]
    fn bylines_are_told_from_headlines() {
        for line in [
            "Awa Ba",
            "Par Awa Ba",
            "Awa Ba et Issa Touré",
            "PAR JEAN-PAUL SOW AVEC AFP",
            "Charlotte Diallo (envoyée spéciale à Ansongo)",
            "Roman Klimow",
        ] {
            assert!(byline(line) > 0, "{line}");
        }
        for line in [
            "Die Brunnen von Hombori",
            "Trois véhicules brûlés près de Gossi",
            "Les puits de Hombori, suite",
            "Gao : le marché rouvre",
        ] {
            assert_eq!(byline(line), 0, "{line}");
        }
    }
}
