//! Names that are written in several ways, and their spellings: what the lexicons of the facets and
//! `compounds.txt` say serves search.
//!
//! A spelling is looked up by its key: its words folded and run together, stop words left out. So `Al-Qaïda`,
//! `al qaida` and `ALQAIDA` are one key, and the invariant of the analysis holds for names too.

use crate::error::{Error, Result};
use crate::french::{French, fold};
use crate::packed::{Keys, Lists, Packed, Packer, Sections, StringLists, Strings, U32s};
use rustc_hash::FxHashMap;
use tantivy_common::OwnedBytes;

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

/// The names, by their spellings' keys: packed when lexicons are compiled, read where they lie.
pub struct Variants {
    /// The keys of spellings, and the numbers of the names that have each.
    keys: Keys,
    of_key: Lists,
    facets: Strings,
    paths: Strings,
    /// Of each name.
    spellings: StringLists,
    prefixes: Strings,
    /// Words of the longest spelling.
    longest: U32s,
}

impl std::fmt::Debug for Variants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Variants({} names)", self.len())
    }
}

/// A name as queries need it.
#[derive(Clone, Copy)]
pub struct Known<'v> {
    variants: &'v Variants,
    number: usize,
}

impl<'v> Known<'v> {
    /// As [`Name::facet`].
    pub fn facet(self) -> &'v str {
        self.variants.facets.get(self.number)
    }

    /// As [`Name::path`].
    pub fn path(self) -> &'v str {
        self.variants.paths.get(self.number)
    }

    /// Its spellings as they are written.
    pub fn spellings(self) -> impl Iterator<Item = &'v str> {
        self.variants.spellings.get(self.number)
    }
}

/// Names while they are collected.
#[derive(Default)]
struct Collected {
    names: Vec<Name>,
    by_key: FxHashMap<String, Vec<u32>>,
    prefixes: Vec<String>,
    longest: usize,
}

/// Letters that a word must have after a prefix for the two to be a compound.
const AFTER_PREFIX: usize = 4;

const COMPOUNDS: &str = "compounds.txt";

impl Collected {
    /// Adds the compounds and prefixes of `compounds.txt`.
    fn add_compounds(&mut self, compounds: &str, french: &French) -> Result<()> {
        for (number, line) in compounds.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('-') {
                Some((prefix, "")) => self.prefixes.push(fold(prefix)),
                Some((first, rest)) if !first.is_empty() && !rest.ends_with('-') => {
                    let spellings = [line, &line.replace('-', "")]
                        .map(|text| Written::new(text, french))
                        .to_vec();
                    self.add(Name {
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
        Ok(())
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

    fn pack(&self, packer: &mut Packer) {
        let mut keys: Vec<(&String, &Vec<u32>)> = self.by_key.iter().collect();
        keys.sort_unstable();
        packer.keys(keys.iter().map(|(key, _)| key.as_str()));
        packer.lists(keys.iter().map(|(_, names)| names.as_slice()));
        packer.strings(self.names.iter().map(|name| name.facet.as_str()));
        packer.strings(self.names.iter().map(|name| name.path.as_str()));
        packer.string_lists(
            self.names
                .iter()
                .map(|name| name.spellings.iter().map(|s| s.text.as_str())),
        );
        packer.strings(self.prefixes.iter().map(String::as_str));
        packer.u32s([self.longest as u32]);
    }
}

impl Variants {
    /// From the names of the lexicons and the text of `compounds.txt`.
    ///
    /// # Errors
    /// As [`Variants::pack`].
    pub fn new(names: impl IntoIterator<Item = Name>, compounds: &str, french: &French) -> Result<Self> {
        let mut packer = Packer::default();
        Self::pack(names, compounds, french, &mut packer)?;
        let packed = packer
            .finish("", &[])
            .and_then(|bytes| Packed::open(OwnedBytes::new(bytes)));
        let variants = packed.and_then(|packed| Self::open(&mut packed.sections_from(1)));
        variants.ok_or_else(|| Error::too_large(COMPOUNDS))
    }

    /// Packs the names of the lexicons and those of `compounds.txt`, whose text is given.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line of `compounds.txt` that is neither a compound nor a prefix.
    pub fn pack(
        names: impl IntoIterator<Item = Name>,
        compounds: &str,
        french: &French,
        packer: &mut Packer,
    ) -> Result<()> {
        let mut collected = Collected::default();
        names.into_iter().for_each(|name| collected.add(name));
        collected.add_compounds(compounds, french)?;
        collected.pack(packer);
        Ok(())
    }

    /// What [`Variants::pack`] packed; None if it is something else.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            keys: sections.keys()?,
            of_key: sections.lists()?,
            facets: sections.strings()?,
            paths: sections.strings()?,
            spellings: sections.string_lists()?,
            prefixes: sections.strings()?,
            longest: sections.u32s()?,
        })
    }

    /// The names that are written like this.
    pub fn of_key(&self, key: &str) -> impl Iterator<Item = Known<'_>> {
        let key = self.keys.number(key);
        let names = key.map(|key| self.of_key.get(key as usize)).unwrap_or_default();
        names.iter().map(move |number| Known {
            variants: self,
            number: number as usize,
        })
    }

    /// Words that the longest spelling has.
    pub fn longest(&self) -> usize {
        self.longest.get(0).map_or(2, |longest| longest.max(2) as usize)
    }

    fn prefixes(&self) -> impl Iterator<Item = &str> {
        (0..self.prefixes.len()).map(move |at| self.prefixes.get(at))
    }

    /// The hyphened spelling of a folded word that begins with a prefix: `antiterroriste` is
    /// `anti-terroriste` too.
    pub fn after_prefix(&self, folded: &str) -> Option<String> {
        let letters =
            |rest: &str| rest.chars().count() >= AFTER_PREFIX && rest.chars().all(char::is_alphabetic);
        let of = |prefix: &str| {
            folded
                .strip_prefix(prefix)
                .filter(|rest| letters(rest))
                .map(|rest| (prefix.len(), rest))
        };
        let (length, rest) = self.prefixes().filter_map(of).max_by_key(|(length, _)| *length)?;
        Some(format!("{}-{rest}", &folded[..length]))
    }

    /// Whether a folded word is listed as a prefix.
    pub fn is_prefix(&self, folded: &str) -> bool {
        self.prefixes().any(|prefix| prefix == folded)
    }

    /// Whether two words are a prefix and what it belongs to, so that they may be written in one.
    pub fn is_prefixed(&self, first: &str, second: &str) -> bool {
        self.is_prefix(first) && self.after_prefix(&format!("{first}{second}")).is_some()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.facets.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;

    #[test]
    fn a_key_is_the_same_in_all_typings_and_finds_every_spelling() {
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
        let variants = Variants::new(names, "", &french).expect("good");
        let known: Vec<_> = variants.of_key("alqaida").collect();
        assert_eq!(known.len(), 1);
        assert_eq!(
            (known[0].facet(), known[0].path()),
            ("actor", "Groupes jihadistes/Al-Qaïda")
        );
        assert_eq!(
            known[0].spellings().collect::<Vec<_>>(),
            ["Al-Qaïda", "al qaida", "ALQAIDA", "al-Qai\u{308}da"]
        );
        assert!(variants.of_key("alqaeda").next().is_none());
        assert_eq!((variants.len(), variants.longest()), (1, 2));
    }

    #[test]
    fn compounds_and_prefixes() {
        let french = Lexicons::embedded().french().expect("good");
        let variants = Variants::new([], "# comment\nweek-end\nanti-\n", &french).expect("good");
        assert_eq!(
            variants.of_key("weekend").map(Known::path).collect::<Vec<_>>(),
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
