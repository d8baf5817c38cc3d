//! Factiva: pages with an element for each article ([`page`]), texts in which each article ends in its number
//! ([`display`]), fields with codes ([`coded`]), and the XML of its service ([`xml`]).

mod coded;
mod display;
mod page;
mod title;
mod xml;

use super::super::markup;
use super::Found;

/// One of these is in every file of the service.
pub(super) const MARKS: &[&str] = &[
    "Factiva",
    "factiva",
    "Headline",
    "HD",
    "ppsarticle",
    "Document ",
    "Dokument ",
    "Documento ",
    "Документ ",
    "文件",
    "文档",
    "مستند",
];

pub(super) fn in_html(html: &str) -> Found {
    if !["activa", "Headline", "articleParagraph"]
        .iter()
        .any(|mark| html.contains(mark))
    {
        return Found::default();
    }
    let found = page::split(html);
    if found.articles.is_empty() {
        in_text(&markup::plain_text(html))
    } else {
        found
    }
}

pub(super) fn in_text(text: &str) -> Found {
    let found = coded::split(text);
    if found.articles.is_empty() {
        display::split(text)
    } else {
        found
    }
}

pub(super) use xml::split as in_xml;

/// The number of an article: the line that ends it, after a word for "document".
fn document_number(line: &str) -> Option<&str> {
    const WORDS: [&str; 9] = [
        "Document",
        "Dokument",
        "Documento",
        "Документ",
        "文件",
        "文档",
        "文書",
        "مستند",
        "وثيقة",
    ];
    let (word, number) = line.trim().split_once([' ', '\u{a0}'])?;
    let number = number.trim();
    (is_number(number) && (WORDS.contains(&word) || is_dated_number(number))).then_some(number)
}

/// Letters and digits, many of them digits: `AFPFR00020240703ek7300abc`.
fn is_number(number: &str) -> bool {
    (15..=40).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// A number in which the day stands where it stands in all of today's: nine signs before the end.
fn is_dated_number(number: &str) -> bool {
    let Some(day) = number
        .len()
        .checked_sub(17)
        .and_then(|from| number.get(from..from + 8))
    else {
        return false;
    };
    is_number(number)
        && day.bytes().all(|b| b.is_ascii_digit())
        && (day.starts_with("19") || day.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::document_number;

    #[test]
    fn an_article_ends_in_its_number_whatever_the_language() {
        for line in [
            "Document SAHEL00020240312ek3c0001a",
            "Dokument SAHZ000020240316ek3g0005e",
            "Documento FLEUVE0020240703ek7300012",
            "Dokumentum FLEUVE0020240703ek7300012",
        ] {
            assert!(document_number(line).is_some(), "{line}");
        }
        for line in [
            "Document de travail",
            "Document 3 de 9",
            "Dokumentum A123456789012345",
        ] {
            assert_eq!(document_number(line), None, "{line}");
        }
    }
}
