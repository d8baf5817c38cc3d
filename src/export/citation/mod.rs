//! References for reference managers: [BibTeX](bibtex), [RIS](ris) and [CSL-JSON](csl).
//!
//! A [`Citation`] says what is known of an article; a [`Reference`] is the same in the terms of these formats: a kind,
//! people by family and given name, pages.

mod bibtex;
mod csl;
mod line;
mod people;
mod reference;
mod ris;

use crate::search::Citation;
pub use people::Person;
pub use reference::{Kind, Reference, pages_of};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A format of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Bibtex,
    Ris,
    CslJson,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;
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
