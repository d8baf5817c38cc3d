//! Exports of the services that newsrooms search: one file, hundreds of articles. Unsplit, every count would
//! be wrong.
//!
//! A service is recognised by the structure of what it writes, never by the file's name. To add one: a file
//! beside this one and a line in [`AGGREGATORS`].

mod europresse;
mod factiva;
mod nexis;

use super::{Output, clean, markup};
use crate::article::Article;
use std::ops::ControlFlow;

/// A service.
struct Aggregator {
    name: &'static str,
    /// Words, one of which is in every page of it; other pages are not looked at.
    marks: &'static [&'static str],
    /// The articles of a page; none if it isn't one of the service's.
    in_html: fn(&str) -> Vec<Article>,
    /// The articles of a text; none if it isn't one of the service's.
    in_text: fn(&str) -> Vec<Article>,
}

/// Every service, one line each.
const AGGREGATORS: &[Aggregator] = &[
    Aggregator {
        name: "Europresse",
        marks: &["DocPublicationName", "docOcurrContainer", "titreArticleVisu"],
        in_html: europresse::split,
        in_text: |_| Vec::new(),
    },
    Aggregator {
        name: "Nexis",
        marks: &["End of Document", "Fin du document", " DOCUMENTS", "LOAD-DATE"],
        in_html: |html| nexis::split(&markup::plain_text(html)),
        in_text: nexis::split,
    },
    Aggregator {
        name: "Factiva",
        marks: &["Factiva", "factiva", "frArticle"],
        in_html: |html| factiva::split(&markup::plain_text(html)),
        in_text: factiva::split,
    },
];

/// Hands over the articles of a page, if it is an export; says whether it was.
pub(super) fn take_html(html: &str, out: &mut Output<'_>) -> bool {
    let marked = |service: &&Aggregator| service.marks.iter().any(|mark| html.contains(mark));
    AGGREGATORS
        .iter()
        .filter(marked)
        .any(|service| hand_over(service, (service.in_html)(html), out))
}

/// Hands over the articles of a text, if it is an export; says whether it was.
pub(super) fn take_text(text: &str, out: &mut Output<'_>) -> bool {
    // Each of them ends, counts or codes its articles with one of these.
    if !["ocument ", "DOCUMENT", "HD"]
        .iter()
        .any(|mark| text.contains(mark))
        && !text.contains("of Document")
        && !text.contains("du document")
    {
        return false;
    }
    AGGREGATORS
        .iter()
        .any(|service| hand_over(service, (service.in_text)(text), out))
}

fn hand_over(service: &Aggregator, articles: Vec<Article>, out: &mut Output<'_>) -> bool {
    let found = !articles.is_empty();
    for (number, mut article) in (1..).zip(articles) {
        article.extra.insert("aggregator".into(), service.name.into());
        if let ControlFlow::Break(()) = out.record(number, article) {
            break;
        }
    }
    found
}

/// The number of words that a service says an article has: `823 mots`, `1,204 words`, `1 204 mots`.
fn words(text: &str) -> Option<u64> {
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
    matches!(unit.as_str(), "mots" | "mot" | "words" | "word")
        .then(|| digits.parse().ok())
        .flatten()
}

/// Paragraphs out of lines: texts of these services break their lines, and separate paragraphs by empty ones.
fn paragraphs(lines: &[&str]) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_languages() {
        for (text, number) in [
            ("823 mots", 823),
            ("1,204 words", 1204),
            ("1\u{202f}204 mots, p. 4", 1204),
        ] {
            assert_eq!(words(text), Some(number), "{text}");
        }
        assert_eq!(words("12 morts"), None);
    }
}
