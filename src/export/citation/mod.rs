//! References for reference managers: [BibTeX](bibtex), [RIS](ris) and [CSL-JSON](csl).
//!
//! A [`Citation`] says what is known of an article; a [`Reference`] is the same in the terms of these formats: a kind,
//! people by family and given name, pages.

mod bibtex;
mod csl;
mod people;
mod ris;

use crate::date::PartialDate;
use crate::search::Citation;
pub use people::Person;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A format of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Bibtex,
    Ris,
    CslJson,
}

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
        let quote = |passage: &crate::search::Passage| match &passage.page {
            Some(page) => format!("« {} » (p. {page})", line(&passage.text)),
            None => format!("« {} »", line(&passage.text)),
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

/// Writes references one after the other.
pub struct References<W: Write> {
    out: W,
    style: Style,
    written: usize,
    /// Keys that are taken.
    keys: BTreeSet<String>,
}

impl<W: Write> References<W> {
    /// Begins a list of references.
    ///
    /// # Errors
    /// Those of writing.
    pub fn begin(mut out: W, style: Style) -> io::Result<Self> {
        if style == Style::CslJson {
            write!(out, "[")?;
        }
        Ok(Self {
            out,
            style,
            written: 0,
            keys: BTreeSet::new(),
        })
    }

    /// Writes one.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add(&mut self, citation: &Citation) -> io::Result<()> {
        let reference = Reference::from(citation);
        let separator = match (self.style, self.written) {
            (Style::CslJson, 0) => "\n",
            (Style::CslJson, _) => ",\n",
            (_, 0) => "",
            (Style::Bibtex, _) => "\n",
            (Style::Ris, _) => "\r\n",
        };
        self.out.write_all(separator.as_bytes())?;
        self.written += 1;
        match self.style {
            Style::Bibtex => {
                let key = self.key(&reference);
                bibtex::write(&mut self.out, &reference, &key)
            }
            Style::Ris => ris::write(&mut self.out, &reference),
            Style::CslJson => csl::write(&mut self.out, &reference),
        }
    }

    /// Ends the list.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<()> {
        if self.style == Style::CslJson {
            writeln!(self.out, "\n]")?;
        }
        self.out.flush()
    }

    /// A key of its own: that of two articles which would have the same one has a part of the hash of the id.
    fn key(&mut self, reference: &Reference) -> String {
        let key = bibtex::key(reference);
        if self.keys.insert(key.clone()) {
            return key;
        }
        let hash = blake3::hash(reference.id.as_bytes()).to_hex();
        let lengths = [4, 8, 16, 64];
        let longer = lengths.iter().map(|length| format!("{key}-{}", &hash[..*length]));
        let mut free = longer.filter(|longer| !self.keys.contains(longer));
        let key = free.next().unwrap_or_else(|| format!("{key}-{}", self.written));
        self.keys.insert(key.clone());
        key
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

/// Text on one line, without characters that control something.
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A space that doesn't break stays one: « a » is set with it.
    for part in text.split(|c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}')) {
        if !part.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Pages by what they are called, each once; numbers that follow one another as one range.
fn pages<'p>(labels: impl Iterator<Item = &'p str>) -> Option<String> {
    let mut ranges: Vec<(String, String)> = Vec::new();
    for label in labels {
        let label = line(label);
        let number = |text: &str| text.parse::<u32>().ok();
        match ranges.last_mut() {
            Some((_, last)) if *last == label => {}
            Some((_, last)) if number(last).is_some_and(|n| number(&label) == n.checked_add(1)) => {
                *last = label;
            }
            _ => ranges.push((label.clone(), label)),
        }
    }
    let shown = ranges.into_iter().map(|(first, last)| match first == last {
        true => first,
        false => format!("{first}-{last}"),
    });
    Some(shown.collect::<Vec<_>>().join(", ")).filter(|pages| !pages.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Passage;

    /// A citation with everything that some format takes for a sign of its own.
    pub(super) fn hostile() -> Citation {
        Citation {
            version: 1,
            id: "nord/gao.md".into(),
            title: "« 50 % d'eau » à Gao & {Kidal_1} \\ #3 ~ ^ $5\u{a0}!\nER  - ".into(),
            begins: None,
            source: Some("L'Écho_du & Nord".into()),
            author: Some("Awa Ba et Moussa ag Ali".into()),
            date: Some(PartialDate::new(2024, Some(3), Some(5)).expect("a date")),
            url: Some("https://ex.ml/a_b?c=%20{d}#e f".into()),
            lang: Some("fr".into()),
            pages: None,
            file: "/archive/nord/gao.md".into(),
            record: None,
            blake3: Some("ab".repeat(32)),
            text_blake3: "cd".repeat(32),
            passages: vec![Passage {
                part: "body",
                paragraph: 2,
                start: 0,
                end: 9,
                text: "Il a dit :\n« 100 % »".into(),
                page: Some("12".into()),
            }],
            notes: Vec::new(),
        }
    }

    pub(super) fn written(style: Style, citations: &[Citation]) -> String {
        let mut out = Vec::new();
        let mut references = References::begin(&mut out, style).expect("written");
        for citation in citations {
            references.add(citation).expect("written");
        }
        references.finish().expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn pages_that_follow_one_another_are_a_range() {
        let of = |labels: &[&str]| pages(labels.iter().copied());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["12"]).as_deref(), Some("12"));
        assert_eq!(
            of(&["iv", "iv", "3", "4", "5", "9"]).as_deref(),
            Some("iv, 3-5, 9")
        );
        assert_eq!(of(&["4294967295", "1"]).as_deref(), Some("4294967295, 1"));
    }

    #[test]
    fn keys_are_told_apart_and_stay_the_same() {
        let (one, other) = (
            hostile(),
            Citation {
                id: "b.md".into(),
                ..hostile()
            },
        );
        let bibtex = written(Style::Bibtex, &[one.clone(), other.clone(), other]);
        let keys: Vec<&str> = bibtex
            .lines()
            .filter_map(|line| line.strip_prefix("@article{"))
            .collect();
        assert_eq!(keys[0], "ba2024eau,");
        assert!(
            keys[1].starts_with("ba2024eau-") && keys[1] != keys[2],
            "{keys:?}"
        );
        assert!(written(Style::Bibtex, &[one]).starts_with("@article{ba2024eau,\n"));
    }

    #[test]
    fn what_is_cited_follows_from_what_is_known() {
        let bare = Citation {
            source: None,
            url: None,
            ..hostile()
        };
        let kind = |citation: &Citation| Reference::from(citation).kind;
        assert_eq!(kind(&bare), Kind::Other);
        assert_eq!(
            kind(&Citation {
                url: Some("u".into()),
                ..bare.clone()
            }),
            Kind::Webpage
        );
        assert_eq!(kind(&hostile()), Kind::Newspaper);
        assert_eq!(
            kind(&Citation {
                pages: Some(3),
                ..bare
            }),
            Kind::Report
        );
    }

    #[test]
    fn what_has_no_title_goes_by_its_first_words() {
        let untitled = Citation {
            title: String::new(),
            begins: Some("Un drone a".into()),
            ..hostile()
        };
        assert_eq!(Reference::from(&untitled).title, "[Un drone a]");
    }

    #[test]
    fn an_empty_list_is_one() {
        assert_eq!(written(Style::CslJson, &[]), "[\n]\n");
        assert_eq!(written(Style::Ris, &[]), "");
    }
}
