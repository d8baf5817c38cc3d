//! Names that are written in several ways, and their spellings: what the lexicons of the facets and
//! `compounds.txt` say serves search.
//!
//! A spelling is looked up by its key: its words folded and run together, stop words left out. So `Al-Qaïda`,
//! `al qaida` and `ALQAIDA` are one key, and the invariant of the analysis holds for names too.

use crate::error::{Error, Result};
use crate::french::{French, fold};
use rustc_hash::FxHashMap;

/// A name and all its spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The facet whose value it is; empty for a word that is merely written in several ways.
    pub facet: String,
    /// The value's path; for such a word, its usual spelling.
    pub path: String,
    pub spellings: Vec<Written>,
}

/// A spelling with what it is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub key: String,
    /// How many words it is.
    pub words: usize,
}

impl Written {
    pub fn new(text: &str, french: &French) -> Self {
        let tokens = french.analyze(&crate::french::normalize(text));
        let parts: Vec<_> = tokens.iter().filter(|t| t.is_part()).collect();
        Self {
            text: text.to_string(),
            key: key(parts.iter().map(|t| (&*t.word.folded, t.word.stop))),
            words: parts.len(),
        }
    }
}

/// The names, by their spellings' keys.
#[derive(Debug, Default)]
pub struct Variants {
    names: Vec<Name>,
    by_key: FxHashMap<String, Vec<u32>>,
    prefixes: Vec<String>,
    longest: usize,
}

/// Letters that a word must have after a prefix for the two to be a compound.
const AFTER_PREFIX: usize = 4;

const COMPOUNDS: &str = "compounds.txt";

impl Variants {
    /// From the names of the lexicons and the text of `compounds.txt`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line of `compounds.txt` that is neither a compound nor a prefix.
    pub fn new(names: impl IntoIterator<Item = Name>, compounds: &str, french: &French) -> Result<Self> {
        let mut variants = Self::default();
        for name in names {
            variants.add(name);
        }
        for (number, line) in compounds.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('-') {
                Some((prefix, "")) => variants.prefixes.push(fold(prefix)),
                Some((first, rest)) if !first.is_empty() && !rest.ends_with('-') => {
                    let spellings = [line, &line.replace('-', "")]
                        .map(|text| Written::new(text, french))
                        .to_vec();
                    variants.add(Name {
                        facet: String::new(),
                        path: line.to_string(),
                        spellings,
                    });
                }
                _ => {
                    return Err(Error::Lexicon {
                        file: COMPOUNDS.into(),
                        line: number + 1,
                        message: format!(
                            "“{line}” has no hyphen: write compounds as week-end, prefixes as anti-"
                        ),
                    });
                }
            }
        }
        Ok(variants)
    }

    fn add(&mut self, name: Name) {
        let number = self.names.len() as u32;
        for spelling in &name.spellings {
            self.longest = self.longest.max(spelling.words);
            let named = self.by_key.entry(spelling.key.clone()).or_default();
            if named.last() != Some(&number) {
                named.push(number);
            }
        }
        self.names.push(name);
    }

    /// The names that are written like this.
    pub fn of_key(&self, key: &str) -> impl Iterator<Item = &Name> {
        self.by_key
            .get(key)
            .into_iter()
            .flatten()
            .filter_map(|number| self.names.get(*number as usize))
    }

    /// Words that the longest spelling has.
    pub fn longest(&self) -> usize {
        self.longest.max(2)
    }

    /// The hyphened spelling of a folded word that begins with a prefix: `antiterroriste` is
    /// `anti-terroriste` too.
    pub fn after_prefix(&self, folded: &str) -> Option<String> {
        let letters =
            |rest: &str| rest.chars().count() >= AFTER_PREFIX && rest.chars().all(char::is_alphabetic);
        let of = |prefix: &String| {
            folded
                .strip_prefix(prefix.as_str())
                .filter(|rest| letters(rest))
                .map(|rest| (prefix.len(), rest))
        };
        let (length, rest) = self
            .prefixes
            .iter()
            .filter_map(of)
            .max_by_key(|(length, _)| *length)?;
        Some(format!("{}-{rest}", &folded[..length]))
    }

    /// Whether a folded word is listed as a prefix.
    pub fn is_prefix(&self, folded: &str) -> bool {
        self.prefixes.iter().any(|prefix| prefix == folded)
    }

    /// Whether two words are a prefix and what it belongs to, so that they may be written in one.
    pub fn is_prefixed(&self, first: &str, second: &str) -> bool {
        self.is_prefix(first) && self.after_prefix(&format!("{first}{second}")).is_some()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The key of words: folded forms run together, stop words left out unless there is nothing else.
pub(crate) fn key<'w>(words: impl Iterator<Item = (&'w str, bool)> + Clone) -> String {
    let key: String = words
        .clone()
        .filter(|(_, stop)| !stop)
        .map(|(folded, _)| folded)
        .collect();
    if key.is_empty() {
        words.map(|(folded, _)| folded).collect()
    } else {
        key
    }
}

/// Names as lines of text: facet, path and spellings, tabs between them; a spelling with its key and number
/// of words. For the copy that an index keeps.
pub fn write(names: &[Name]) -> String {
    let clean = |text: &str| text.replace(|c: char| c.is_control(), " ");
    let mut out = String::new();
    for name in names {
        out.push_str(&clean(&name.facet));
        out.push('\t');
        out.push_str(&clean(&name.path));
        for Written { text, key, words } in &name.spellings {
            out.push_str(&format!("\t{}={key}={words}", clean(text).replace('=', " ")));
        }
        out.push('\n');
    }
    out
}

/// Reads what [`write`] wrote; None when it is something else.
pub fn read(text: &str) -> Option<Vec<Name>> {
    let written = |field: &str| {
        let mut parts = field.split('=').map(str::to_string);
        let (text, key) = (parts.next()?, parts.next()?);
        Some(Written {
            text,
            key,
            words: parts.next()?.parse().ok()?,
        })
    };
    let of = |line: &str| {
        let mut fields = line.split('\t');
        let (facet, path) = (fields.next()?.to_string(), fields.next()?.to_string());
        Some(Name {
            facet,
            path,
            spellings: fields.map(written).collect::<Option<_>>()?,
        })
    };
    text.lines().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;

    #[test]
    fn a_key_is_the_same_in_all_typings_and_the_copy_reads_the_same() {
        let french = Lexicons::embedded().french().expect("good");
        let spellings = ["Al-Qaïda", "al qaida", "ALQAIDA", "al-Qai\u{308}da"]
            .map(|text| Written::new(text, &french))
            .to_vec();
        assert!(spellings.iter().all(|s| s.key == "alqaida"), "{spellings:?}");
        let full = Written::new("Groupe de soutien à l'islam et aux musulmans", &french);
        assert_eq!(full.key, "groupesoutienislammusulmans");
        let names = vec![Name {
            facet: "actor".into(),
            path: "Groupes jihadistes/Al-Qaïda".into(),
            spellings,
        }];
        assert_eq!(read(&write(&names)).as_deref(), Some(&names[..]));
        assert_eq!(read("no tabs here\n"), None);
    }

    #[test]
    fn compounds_and_prefixes() {
        let french = Lexicons::embedded().french().expect("good");
        let variants = Variants::new([], "# comment\nweek-end\nanti-\n", &french).expect("good");
        assert_eq!(
            variants
                .of_key("weekend")
                .map(|n| n.path.as_str())
                .collect::<Vec<_>>(),
            ["week-end"]
        );
        assert_eq!(
            variants.after_prefix("antiterroriste").as_deref(),
            Some("anti-terroriste")
        );
        assert_eq!(variants.after_prefix("antique"), None);
        assert!(variants.is_prefixed("anti", "terroriste") && !variants.is_prefixed("terroriste", "anti"));
        let error = Variants::new([], "week-end\nplateforme\n", &french)
            .expect_err("refused")
            .to_string();
        assert!(error.contains("compounds.txt") && error.contains('2'), "{error}");
    }
}
