//! A citation in the terms of reference managers: a kind, people by family and given name, pages.

use super::line::{line, pages};
use super::people::{self, Person};
use crate::date::PartialDate;
use crate::search::{Citation, Passage};

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An article of a medium.
    Newspaper,
    /// A document with pages.
    Report,
    Webpage,
    Other,
}

/// A citation in the terms of reference managers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub people: Vec<Person>,
    /// The medium.
    pub container: Option<String>,
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    /// Those of the quoted passages, joined where they follow one another: `12`, `3-5, 9`.
    pub pages: Option<String>,
    /// How many the document has.
    pub page_count: Option<usize>,
    pub lang: Option<String>,
    /// What is quoted, each with its page.
    pub quotes: Vec<String>,
    /// Where the text is, and the hash that it can be told by.
    pub note: String,
}

impl From<&Citation> for Reference {
    fn from(citation: &Citation) -> Self {
        let kind = match citation {
            Citation { pages: Some(_), .. } => Kind::Report,
            Citation { source: Some(_), .. } => Kind::Newspaper,
            Citation { url: Some(_), .. } => Kind::Webpage,
            _ => Kind::Other,
        };
        let quotes = citation.passages.iter().filter(|passage| passage.part != "title");
        let quote = |passage: &Passage| match &passage.page {
            Some(page) => format!("{} (p. {page})", quoted(&line(&passage.text))),
            None => quoted(&line(&passage.text)),
        };
        let hash = citation.blake3.as_ref();
        let hash = hash.map_or_else(String::new, |hash| format!("; BLAKE3 {hash}"));
        Self {
            kind,
            id: citation.id.clone(),
            // What has no title goes by its first words, in brackets as libraries have it.
            title: match &citation.begins {
                Some(words) => format!("[{}]", line(words)),
                None => line(&citation.title),
            },
            people: citation.author.as_deref().map_or_else(Vec::new, people::read),
            container: citation
                .source
                .as_deref()
                .map(line)
                .filter(|name| !name.is_empty()),
            date: citation.date,
            url: citation.url.as_deref().map(line),
            pages: pages_of(citation),
            page_count: citation.pages,
            lang: citation.lang.clone(),
            quotes: quotes.map(quote).collect(),
            note: format!("griot {}{hash}", line(&citation.id)),
        }
    }
}

/// A text between quotation marks; one that is a quotation stays as it is.
fn quoted(text: &str) -> String {
    let inner = text.strip_prefix('«').and_then(|text| text.strip_suffix('»'));
    match inner.filter(|inner| !inner.contains(['«', '»'])) {
        Some(_) => text.to_string(),
        None => format!("« {text} »"),
    }
}

/// The pages of what is quoted, joined where they follow one another: `12`, `3-5, 9`.
pub fn pages_of(citation: &Citation) -> Option<String> {
    pages(
        citation
            .passages
            .iter()
            .filter_map(|passage| passage.page.as_deref()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_quoted_once() {
        assert_eq!(quoted("Un mot"), "« Un mot »");
        assert_eq!(quoted("« Un mot »"), "« Un mot »");
        assert_eq!(quoted("« Un » et « deux »"), "« « Un » et « deux » »");
    }
}
