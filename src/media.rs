//! Media under all their spellings: `sources.toml`, read.
//!
//! Readers take from it what a folder called `RFI` means, and the facet of media how `Radio France
//! Internationale`, `rfi.fr` and an article's address are one value.

use crate::error::{Error, Result};
use crate::french::fold;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::{Arc, OnceLock};
use toml::Spanned;

/// The file of the embedded lexicon.
pub const FILE: &str = "sources.toml";

/// Longest name of a medium that no lexicon knows, in bytes.
const LONGEST: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: Spanned<String>,
    #[serde(default)]
    parent: Option<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    domains: Vec<Spanned<String>>,
    #[serde(default = "crate::serde_defaults::yes")]
    folder: bool,
}

/// The byte of the file where something is wrong, and what.
type Mistake = (usize, String);

/// A medium of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Medium {
    name: String,
    /// Its parent's path and its name.
    path: String,
    folder: bool,
}

/// The media that a lexicon knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    media: Vec<Medium>,
    /// By folded spelling.
    names: FxHashMap<String, usize>,
    /// By domain, with the beginning of a path in it or without.
    domains: FxHashMap<String, usize>,
}

impl Media {
    /// The lexicon that is part of the binary.
    pub fn embedded() -> Arc<Self> {
        static MEDIA: OnceLock<Arc<Media>> = OnceLock::new();
        // A test parses the embedded file; without it nothing would be known, which is no reason to stop.
        Arc::clone(MEDIA.get_or_init(|| {
            Arc::new(Self::parse(FILE, include_str!("../index_schema/sources.toml")).unwrap_or_default())
        }))
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line, for what is no TOML of this form, a spelling or domain that two
    /// claim, an unknown parent.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let wrong = |at: usize, message: String| {
            let line = 1 + text.as_bytes()[..at.min(text.len())]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count();
            Error::Lexicon {
                file: file.to_string(),
                line,
                message,
            }
        };
        let read: File = toml::from_str(text)
            .map_err(|e| wrong(e.span().map_or(0, |span| span.start), e.message().to_string()))?;
        let mut media = Self::default();
        for row in &read.source {
            media.add(row).map_err(|(at, message)| wrong(at, message))?;
        }
        Ok(media)
    }

    fn add(&mut self, row: &Row) -> std::result::Result<(), Mistake> {
        let name = row.name.get_ref().trim();
        if fold(name).is_empty() || name.contains('/') {
            return Err((
                row.name.span().start,
                format!("“{name}” is not a name: it contains /; write one without"),
            ));
        }
        let path = self.path_of(row, name)?;
        let at = self.media.len();
        self.media.push(Medium {
            name: name.to_string(),
            path,
            folder: row.folder,
        });
        for spelling in std::iter::once(&row.name).chain(&row.aliases) {
            self.add_spelling(spelling, at)?;
        }
        row.domains
            .iter()
            .try_for_each(|domain| self.add_domain(domain, at))
    }

    /// The path of a row's medium; its parent must be known already.
    fn path_of(&self, row: &Row, name: &str) -> std::result::Result<String, Mistake> {
        let Some(parent) = &row.parent else {
            return Ok(name.to_string());
        };
        match self.names.get(&fold(parent.get_ref())) {
            Some(at) => Ok(format!("{}/{name}", self.media[*at].path)),
            None => {
                let message = format!(
                    "unknown parent “{}”; put its [[source]] above this one",
                    parent.get_ref()
                );
                Err((parent.span().start, message))
            }
        }
    }

    fn add_spelling(&mut self, spelling: &Spanned<String>, at: usize) -> std::result::Result<(), Mistake> {
        let before = self.names.insert(fold(spelling.get_ref()), at);
        match before.filter(|other| *other != at) {
            None => Ok(()),
            Some(other) => {
                let message = format!(
                    "“{}” is {} already; take it out of one",
                    spelling.get_ref(),
                    self.media[other].name
                );
                Err((spelling.span().start, message))
            }
        }
    }

    fn add_domain(&mut self, domain: &Spanned<String>, at: usize) -> std::result::Result<(), Mistake> {
        let key = domain.get_ref().to_lowercase();
        if !key.contains('.') || key.contains("://") {
            return Err((
                domain.span().start,
                format!("“{key}” is not a domain; write for instance rfi.fr"),
            ));
        }
        if self.domains.insert(key, at).is_some_and(|other| other != at) {
            return Err((
                domain.span().start,
                format!("{} already belongs to another source", domain.get_ref()),
            ));
        }
        Ok(())
    }

    /// How many media there are, and how many spellings and domains.
    pub fn sizes(&self) -> (usize, usize) {
        (self.media.len(), self.names.len() + self.domains.len())
    }

    /// The name of the medium that a folder is called after.
    pub fn of_folder(&self, folder: &str) -> Option<&str> {
        let medium = &self.media[*self.names.get(&fold(folder))?];
        medium.folder.then_some(&medium.name)
    }

    /// The path of a medium in any spelling, or by an address of it.
    pub fn known(&self, written: &str) -> Option<&str> {
        let path = |at: &usize| self.media[*at].path.as_str();
        let by_name = self.names.get(&fold(written)).or_else(|| {
            // "RFI (Paris)", "RFI, Paris": what stands before says it, if it says anything.
            let before = written
                .split(['(', ',', '|', '–', '—'])
                .next()
                .filter(|before| before.len() < written.len())?;
            self.names.get(&fold(before))
        });
        by_name.map(path).or_else(|| self.of_address(written))
    }

    /// The path of the medium that an address belongs to: the most particular domain counts.
    fn of_address(&self, address: &str) -> Option<&str> {
        let (host, rest) = host(address)?;
        let first = rest
            .trim_start_matches('/')
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let mut domain = host.as_str();
        loop {
            let with_path = (!first.is_empty())
                .then(|| self.domains.get(&format!("{domain}/{first}")))
                .flatten();
            if let Some(at) = with_path.or_else(|| self.domains.get(domain)) {
                return Some(&self.media[*at].path);
            }
            domain = domain.split_once('.')?.1;
        }
    }

    /// The value of the facet for an article: by its source, else by the domain of its address; one that no
    /// lexicon knows is a value of its own. `true`: the article says so itself.
    pub fn value(&self, source: Option<&str>, url: Option<&str>) -> Option<(String, bool)> {
        let unknown = |name: &str| {
            let clean: Vec<&str> = name
                .split(|c: char| c.is_whitespace() || matches!(c, '/' | '\0'))
                .filter(|w| !w.is_empty())
                .collect();
            let mut clean = clean.join(" ");
            clean.truncate(clean.floor_char_boundary(LONGEST));
            (!fold(&clean).is_empty()).then_some(clean)
        };
        let by_source = source.and_then(|source| match self.known(source) {
            Some(path) => Some(path.to_string()),
            None => host(source).map(|(host, _)| host).or_else(|| unknown(source)),
        });
        by_source.map(|path| (path, true)).or_else(|| {
            let url = url?;
            let path = self
                .of_address(url)
                .map(str::to_string)
                .or_else(|| host(url).map(|(host, _)| host))?;
            Some((path, false))
        })
    }
}

/// Host and path of an address, or of a domain alone; none of a name.
fn host(address: &str) -> Option<(String, &str)> {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host).to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_matches('.');
    let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    let is_host = host.chars().all(good)
        && top.len() >= 2
        && top.chars().all(char::is_alphabetic)
        && host.len() <= LONGEST;
    is_host.then(|| (host.to_string(), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_addresses_are_one_value() {
        let media = Media::parse(FILE, include_str!("../index_schema/sources.toml")).expect("good");
        let url = |url| media.value(None, Some(url)).map(|(path, _)| path);
        for spelling in [
            "RFI",
            "rfi",
            "Radio France Internationale",
            "radio france internationale",
            "rfi.fr",
            "www.rfi.fr",
            "RFI (Paris)",
        ] {
            assert_eq!(
                media.value(Some(spelling), None),
                Some(("RFI".into(), true)),
                "{spelling}"
            );
        }
        assert_eq!(url("https://www.rfi.fr/fr/afrique/x").as_deref(), Some("RFI"));
        assert_eq!(url("http://amp.rfi.fr:80/x").as_deref(), Some("RFI"));
        assert_eq!(
            url("https://www.lemonde.fr/afrique/article/x").as_deref(),
            Some("Le Monde/Le Monde Afrique")
        );
        assert_eq!(
            url("https://www.lemonde.fr/politique/x").as_deref(),
            Some("Le Monde")
        );
        assert_eq!(url("https://www.exemple.org/x").as_deref(), Some("exemple.org"));
        assert_eq!(url("https://notrfi.fr/x").as_deref(), Some("notrfi.fr"));
        assert_eq!(url("pas une adresse"), None);
        let source = |source| {
            media
                .value(Some(source), Some("https://rfi.fr/"))
                .map(|(path, _)| path)
        };
        assert_eq!(
            source("Le Courrier / du  Nord").as_deref(),
            Some("Le Courrier du Nord")
        );
        assert_eq!(
            source("…").as_deref(),
            Some("RFI"),
            "a source without a letter says nothing"
        );
        assert_eq!(
            (
                media.of_folder("radio-france-internationale"),
                media.of_folder("AP")
            ),
            (Some("RFI"), None)
        );
    }

    #[test]
    fn mistakes_are_named_by_line() {
        for (text, part) in [
            (
                "[[source]]\nname = \"A\"\n[[source]]\nname = \"B\"\naliases = [\"a\"]\n",
                "line 5: “a” is A already",
            ),
            (
                "[[source]]\nname = \"A\"\nparent = \"B\"\n",
                "line 3: unknown parent “B”",
            ),
            (
                "[[source]]\nname = \"A\"\ndomains = [\"https://a.org\"]\n",
                "line 3: “https://a.org” is not a domain",
            ),
            ("[[source]]\nnom = \"A\"\n", "line 2: unknown field `nom`"),
        ] {
            let error = Media::parse(FILE, text).expect_err("refused").to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
