//! Texts of the library that nobody has put into the catalogue: English sentences among the literals of its source.

use super::source;
use crate::messages::recognized::words_of_templates;
use std::path::Path;

/// Words that an English sentence has and a list of French words, names or keys has not.
const ENGLISH: [&str; 25] = [
    "the", "is", "isn't", "it", "its", "not", "was", "were", "are", "aren't", "has", "be", "can't", "don't",
    "doesn't", "an", "with", "which", "than", "more", "no", "of", "this", "must", "needs",
];

/// How literals begin that nobody reads, or only those who work on griot: what exports and pages are recognized by,
/// lists of words, faults that tests make, the reason of an entry, how tantivy explains a score, what is looked for
/// in an answer.
const OTHERS: [&str; 23] = [
    ", no. ",
    "annee an year",
    "We are sorry but there is an error in this document",
    "End of Document",
    "verify you are human",
    "query by of total",
    "query rows_of columns_of",
    "# Weights of events",
    "date:",
    "toll:",
    " le la les l un une des",
    " vache vaches",
    "hier veille lendemain",
    "no space left (as a test wants it)",
    "input/output error (as a test wants it)",
    "a form of an irregular verb",
    "has no text layer: {} pages",
    "memory allocation of",
    "a name in any of its spellings",
    "a form that fits the pattern",
    "words at the places asked for",
    "all words, the sum of",
    "title or body, the sum of",
];

/// The literals of a source, as they are written, without those of its tests.
fn literals(text: &str) -> Vec<&str> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let (mut literals, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(['"', '\'', '/', 'r']) {
        let (here, before) = (&rest[at..], rest[..at].chars().next_back());
        let is_raw = here.starts_with("r\"") || here.starts_with("r#");
        rest = if here.starts_with("//") {
            here.split_once('\n').map_or("", |(_, after)| after)
        } else if is_raw && !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            let marks = here[1..].find(|c| c != '#').unwrap_or(0);
            let close = format!("\"{}", &here[1..=marks]);
            here[marks + 2..]
                .split_once(close.as_str())
                .map_or("", |(_, after)| after)
        } else if let Some(inside) = here.strip_prefix('"') {
            let end = end_of(inside);
            literals.push(&inside[..end]);
            inside.get(end + 1..).unwrap_or("")
        } else if let Some(inside) = here.strip_prefix('\'') {
            // A character, or the name of a lifetime.
            let skipped = match inside.chars().next() {
                Some('\\') => inside[1..].find('\'').map_or(0, |end| end + 2),
                Some(c) if inside[c.len_utf8()..].starts_with('\'') => c.len_utf8() + 1,
                _ => 0,
            };
            &inside[skipped..]
        } else {
            &here[1..]
        };
    }
    literals
}

/// Where a literal ends that has begun.
fn end_of(inside: &str) -> usize {
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(inside.len())
}

/// The words between the variables of a literal, as a reader sees them.
fn words(literal: &str) -> Vec<String> {
    let escapes = [
        ("\\\"", "\""),
        ("\\u{201c}", "“"),
        ("\\u{201d}", "”"),
        ("\\n", " "),
        ("{{", "\u{1}"),
        ("}}", "\u{2}"),
    ];
    let text = literal.replace("\\\n", " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = escapes
        .iter()
        .fold(text, |text, (written, meant)| text.replace(written, meant));
    let mut words = Vec::new();
    for (number, part) in text.split('{').enumerate() {
        let part = match number {
            0 => part,
            _ => part.split_once('}').map_or("", |(_, after)| after),
        };
        words.push(
            part.replace('\u{1}', "{")
                .replace('\u{2}', "}")
                .trim()
                .to_string(),
        );
    }
    words
}

fn is_english(literal: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '\'';
    let mut each = literal.split(|c: char| !is_letter(c));
    literal.matches(' ').count() > 1 && each.any(|word| ENGLISH.contains(&word))
}

#[test]
fn no_text_of_the_library_is_missing() {
    let known: Vec<String> = words_of_templates().into_iter().map(|(_, words)| words).collect();
    let is_known =
        |words: &String| words.len() <= 3 || known.iter().any(|text| text.contains(words.as_str()));
    let mut missing = Vec::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, text) in source() {
        let name = path.strip_prefix(&src).unwrap_or(&path).display().to_string();
        if name.starts_with("cli/") || name.starts_with("main.rs") || name.contains("/tests") {
            continue;
        }
        let others = |literal: &&str| {
            !OTHERS
                .iter()
                .any(|other| literal.trim_start_matches(['\\', '\n']).starts_with(other))
        };
        for literal in literals(&text).into_iter().filter(|literal| is_english(literal)) {
            if others(&literal) && !words(literal).iter().all(is_known) {
                missing.push(format!("{name}: {literal}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "not in the catalogue");
}

#[test]
fn literals_are_found() {
    let source = "let a = \"x \\\" y\"; // \"no\"\nlet b = '\"'; f::<'a>(r#\"raw \" one\"#, \"z\");\n#[cfg(test)]\nmod tests {\"t\"}";
    assert_eq!(literals(source), ["x \\\" y", "z"]);
    assert_eq!(
        words("{path} is {{not}} a\\\n   folder: {}"),
        ["", "is {not} a folder:", ""]
    );
}
