//! Lexicons of names (`actors.toml`, `types.toml` and any like them), read and checked.
//!
//! ```toml
//! ignore = ["coup{|s} d'État"]        # recognised so that nothing in it is taken for something else
//!
//! [[country]]                          # adjectives of a country: they bind the roles
//! name = "Mali"
//! words = ["malien{|s|ne|nes}"]
//!
//! [[role]]                             # words that belong to the country the passage is about
//! name = "armée"
//! context = ["armée", "soldat{|s}"]    # alone, or with a country beside
//! noun = ["militaire{|s}"]             # the same, but only after a determiner or a number
//! beside = ["drone{|s}"]               # only with a country's name or adjective beside
//! capital = false                      # whether a capital that stands for a government means this role
//!
//! [[value]]
//! name = "FAMa"                        # last level of the path
//! parent = "Armées"                    # name of another value
//! family = false                       # only a parent: its own name is no alias
//! named = true                         # whether the own name is found in texts
//! search = ["Forces armées maliennes"] # found in texts, and one finds the other in search
//! derive = ["casques bleus"]           # found in texts only
//! exact = ["FAMa"]                     # found in texts as written here only
//! chiefs = ["Amadou Koufa"]            # people who stand for the value …
//! since = 2015                         # … but not in texts of years before
//! role = "armée"
//! countries = ["Mali"]                 # of which countries it takes the role
//! fallback = false                     # takes the role where no country does
//! fallback_after = ["liés"]            # … and always after one of these words
//! unless = ["Wagner"]                  # doesn't count where one of these values does
//! ```
//!
//! An alias that begins with a capital needs one in the text, unless it has three words or more; one of up to
//! three capitals needs them all. Braces stand for alternatives: `{Jamaat|Jama'a} al-Islam`.

use super::lexicon::{Trie, TrieBuilder, Vocabulary, WordId, joined, words_of};
use crate::error::{Error, Result};
use crate::french::{French, fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

/// An alias with more alternatives than this is a mistake.
const MOST_EXPANSIONS: usize = 512;

/// Braces within braces, at most.
const DEEPEST_BRACE: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    country: Vec<CountryRow>,
    #[serde(default)]
    role: Vec<RoleRow>,
    #[serde(default)]
    value: Vec<ValueRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryRow {
    name: Spanned<String>,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleRow {
    name: Spanned<String>,
    #[serde(default)]
    context: Vec<Spanned<String>>,
    #[serde(default)]
    noun: Vec<Spanned<String>>,
    #[serde(default)]
    beside: Vec<Spanned<String>>,
    #[serde(default)]
    capital: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueRow {
    name: Spanned<String>,
    #[serde(default)]
    parent: String,
    #[serde(default)]
    family: bool,
    #[serde(default = "yes")]
    named: bool,
    #[serde(default)]
    search: Vec<Spanned<String>>,
    #[serde(default)]
    derive: Vec<Spanned<String>>,
    #[serde(default)]
    exact: Vec<Spanned<String>>,
    #[serde(default)]
    chiefs: Vec<Spanned<String>>,
    #[serde(default)]
    since: Option<i16>,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    fallback: bool,
    #[serde(default)]
    fallback_after: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

fn yes() -> bool {
    true
}

/// What a found phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    Value(u32),
    Chief(u32),
    /// Role, and in which of its lists the phrase stands.
    Role(u32, Standing),
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Context,
    Noun,
    Beside,
}

/// What the case of a text must be for an alias to be found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Case {
    Any,
    /// The first letter a capital.
    Capital,
    /// All letters capitals.
    Capitals,
    /// As written here.
    Exact(Box<str>),
}

pub(super) struct Form {
    pub means: Means,
    pub case: Case,
    /// Byte where the alias stands in the file.
    at: usize,
}

pub(super) struct Value {
    pub name: Box<str>,
    pub path: Box<str>,
    /// Spellings that find one another in search, the name first; one alone finds nothing.
    pub search: Vec<Box<str>>,
    pub unless: Vec<u32>,
    /// The first year in which its chiefs stand for it.
    pub since: Option<i16>,
}

#[derive(Default)]
pub(super) struct Role {
    pub by_country: FxHashMap<Box<str>, u32>,
    pub fallback: Option<u32>,
    pub fallback_after: Vec<WordId>,
    pub capital: bool,
}

pub(super) struct NamesLexicon {
    pub values: Vec<Value>,
    pub roles: Vec<Role>,
    pub forms: Vec<Form>,
    pub trie: Trie,
    /// Country of each adjective.
    pub gentilics: Vec<(WordId, Box<str>)>,
    by_name: FxHashMap<Box<str>, u32>,
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    french: &'a French,
    vocabulary: &'a mut Vocabulary,
    lexicon: NamesLexicon,
    trie: TrieBuilder,
}

impl NamesLexicon {
    /// Reads the text of `file`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line and the cure: TOML that doesn't parse, an unknown parent, role or
    /// value, a phrase that means two things, a name that can't be a path.
    pub fn parse(file: &str, text: &str, french: &French, vocabulary: &mut Vocabulary) -> Result<Self> {
        let read: File = toml::from_str(text).map_err(|e| Error::Lexicon {
            file: file.into(),
            line: e.span().map_or(0, |span| line_at(text, span.start)),
            message: e.message().to_string(),
        })?;
        let lexicon = Self {
            values: Vec::new(),
            roles: Vec::new(),
            forms: Vec::new(),
            trie: Trie::default(),
            gentilics: Vec::new(),
            by_name: FxHashMap::default(),
        };
        let mut reader = Reader {
            file,
            text,
            french,
            vocabulary,
            lexicon,
            trie: TrieBuilder::default(),
        };
        reader.values(&read)?;
        reader.roles(&read)?;
        reader.aliases(&read)?;
        Ok(Self {
            trie: reader.trie.build(),
            ..reader.lexicon
        })
    }

    /// The value with this name, whatever its case and accents.
    pub fn named(&self, name: &str) -> Option<u32> {
        self.by_name.get(fold(name).as_str()).copied()
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count()
}

impl Reader<'_> {
    fn wrong(&self, at: &Spanned<String>, message: String) -> Error {
        Error::Lexicon {
            file: self.file.into(),
            line: line_at(self.text, at.span().start),
            message,
        }
    }

    /// Values and their paths. Parents may stand after their children.
    fn values(&mut self, read: &File) -> Result<()> {
        for row in &read.value {
            let name = row.name.get_ref();
            if name.trim().is_empty() || name.contains('/') {
                return Err(self.wrong(
                    &row.name,
                    format!("“{name}” can't be a level of a path; write a name without “/”"),
                ));
            }
            let number = self.lexicon.values.len() as u32;
            if self.lexicon.by_name.insert(fold(name).into(), number).is_some() {
                return Err(self.wrong(
                    &row.name,
                    format!("“{name}” is listed twice; put its aliases in one place"),
                ));
            }
            self.lexicon.values.push(Value {
                name: name.as_str().into(),
                path: "".into(),
                search: Vec::new(),
                unless: Vec::new(),
                since: row.since,
            });
        }
        for (number, row) in read.value.iter().enumerate() {
            let mut levels = vec![row.name.get_ref().as_str()];
            let mut above = row.parent.as_str();
            while !above.is_empty() {
                let parent = self.lexicon.named(above).and_then(|n| read.value.get(n as usize));
                let Some(parent) = parent else {
                    return Err(self.wrong(
                        &row.name,
                        format!("unknown parent “{above}”; add a [[value]] of that name"),
                    ));
                };
                if levels.len() > 8 {
                    return Err(self.wrong(
                        &row.name,
                        format!("“{above}” is its own parent; correct one of the parents"),
                    ));
                }
                levels.push(parent.name.get_ref());
                above = &parent.parent;
            }
            levels.reverse();
            let unless = row
                .unless
                .iter()
                .map(|other| {
                    self.lexicon.named(other).ok_or_else(|| {
                        self.wrong(
                            &row.name,
                            format!("unknown value “{other}” in unless; write a name"),
                        )
                    })
                })
                .collect::<Result<Vec<_>>>()?;
            let value = &mut self.lexicon.values[number];
            value.path = levels.join("/").into();
            value.unless = unless;
        }
        Ok(())
    }

    fn roles(&mut self, read: &File) -> Result<()> {
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
        for row in &read.role {
            if numbers
                .insert(row.name.get_ref(), self.lexicon.roles.len())
                .is_some()
            {
                return Err(self.wrong(
                    &row.name,
                    format!(
                        "role “{}” is listed twice; put its words in one place",
                        row.name.get_ref()
                    ),
                ));
            }
            self.lexicon.roles.push(Role {
                capital: row.capital,
                ..Role::default()
            });
        }
        for (number, row) in read.value.iter().enumerate() {
            let Some(role) = &row.role else { continue };
            let Some(&role_number) = numbers.get(role.as_str()) else {
                return Err(self.wrong(
                    &row.name,
                    format!("unknown role “{role}”; add a [[role]] of that name"),
                ));
            };
            for country in &row.countries {
                let taken = self.lexicon.roles[role_number]
                    .by_country
                    .insert(country.as_str().into(), number as u32);
                if let Some(other) = taken {
                    let other = &self.lexicon.values[other as usize].name;
                    return Err(self.wrong(
                        &row.name,
                        format!("“{other}” has the role “{role}” of {country} already; leave it to one"),
                    ));
                }
            }
            let after: Vec<WordId> = row
                .fallback_after
                .iter()
                .map(|w| self.vocabulary.intern(&fold(w)))
                .collect();
            let role = &mut self.lexicon.roles[role_number];
            if row.fallback || !after.is_empty() {
                role.fallback = Some(number as u32);
                role.fallback_after.extend(after);
            }
        }
        Ok(())
    }

    fn aliases(&mut self, read: &File) -> Result<()> {
        for alias in &read.ignore {
            self.alias(alias, Means::Nothing, false)?;
        }
        for row in &read.country {
            for word in &row.words {
                for spelled in self.expanded(word)? {
                    let ids: Vec<_> = words_of(self.french, &spelled)
                        .iter()
                        .map(|w| self.vocabulary.intern(w))
                        .collect();
                    if let [id] = ids[..] {
                        self.lexicon
                            .gentilics
                            .push((id, row.name.get_ref().as_str().into()));
                    } else {
                        return Err(self.wrong(word, format!("“{spelled}” must be one word, like “malien”")));
                    }
                }
            }
        }
        for (number, row) in read.role.iter().enumerate() {
            let lists = [
                (&row.context, Standing::Context),
                (&row.noun, Standing::Noun),
                (&row.beside, Standing::Beside),
            ];
            for (list, standing) in lists {
                for alias in list {
                    self.alias(alias, Means::Role(number as u32, standing), false)?;
                }
            }
        }
        for (number, row) in read.value.iter().enumerate() {
            let value = Means::Value(number as u32);
            if row.named && !row.family {
                self.alias(&row.name, value, false)?;
            }
            for alias in row.search.iter().chain(&row.derive) {
                self.alias(alias, value, false)?;
            }
            for alias in &row.exact {
                self.alias(alias, value, true)?;
            }
            for alias in &row.chiefs {
                self.alias(alias, Means::Chief(number as u32), false)?;
            }
            let mut search: Vec<Box<str>> = Vec::new();
            if row.named && !row.family {
                search.push(row.name.get_ref().as_str().into());
            }
            for alias in &row.search {
                search.extend(self.expanded(alias)?.into_iter().map(Box::from));
            }
            let mut seen = rustc_hash::FxHashSet::default();
            search.retain(|spelled| seen.insert(words_of(self.french, spelled)));
            self.lexicon.values[number].search = search;
        }
        Ok(())
    }

    fn expanded(&self, alias: &Spanned<String>) -> Result<Vec<String>> {
        if alias.get_ref().matches('{').count() > 16 {
            return Err(self.wrong(
                alias,
                format!("“{}” has too many braces; write two aliases", alias.get_ref()),
            ));
        }
        let all = expand(alias.get_ref());
        match all {
            Some(all) if all.len() <= MOST_EXPANSIONS => Ok(all),
            Some(all) => Err(self.wrong(
                alias,
                format!(
                    "“{}” has {} alternatives or more; write at most {MOST_EXPANSIONS}",
                    alias.get_ref(),
                    all.len()
                ),
            )),
            None => Err(self.wrong(
                alias,
                format!(
                    "“{}” has a brace without its other; write {{one|other}}",
                    alias.get_ref()
                ),
            )),
        }
    }

    fn alias(&mut self, alias: &Spanned<String>, means: Means, exact: bool) -> Result<()> {
        for spelled in self.expanded(alias)? {
            let words = words_of(self.french, &spelled);
            if words.is_empty() {
                return Err(self.wrong(alias, format!("“{spelled}” contains no letter; delete it")));
            }
            let case = if exact {
                Case::Exact(spelled.trim().into())
            } else {
                case_of(&spelled, words.len())
            };
            let ids: Vec<_> = words.iter().map(|w| self.vocabulary.intern(w)).collect();
            self.insert(alias, &ids, means, case.clone())?;
            if let Some(joined) = joined(&words).filter(|_| !exact) {
                let id = self.vocabulary.intern(&joined);
                self.insert(alias, &[id], means, case)?;
            }
        }
        Ok(())
    }

    fn insert(&mut self, alias: &Spanned<String>, ids: &[WordId], means: Means, case: Case) -> Result<()> {
        let owner = |means: Means| match means {
            Means::Value(v) | Means::Chief(v) => (0, v),
            Means::Role(r, _) => (1, r),
            Means::Nothing => (2, 0),
        };
        for &other in self.trie.exact(ids) {
            let form = &self.lexicon.forms[other as usize];
            if form.case == case && owner(form.means) == owner(means) {
                return Ok(());
            }
            let apart =
                matches!(form.case, Case::Exact(_)) != matches!(case, Case::Exact(_)) || form.case != case;
            if owner(form.means) != owner(means) && !apart {
                let line = line_at(self.text, form.at);
                return Err(self.wrong(
                    alias,
                    format!(
                        "“{}” means something else in line {line} already; delete one",
                        alias.get_ref()
                    ),
                ));
            }
        }
        let number = self.lexicon.forms.len() as u32;
        self.lexicon.forms.push(Form {
            means,
            case,
            at: alias.span().start,
        });
        self.trie.insert(ids, number);
        Ok(())
    }
}

fn case_of(alias: &str, words: usize) -> Case {
    let letters = || alias.chars().filter(|c| c.is_alphabetic());
    if words >= 3 || !letters().next().is_some_and(char::is_uppercase) {
        Case::Any
    } else if letters().count() <= 3 && letters().all(char::is_uppercase) {
        Case::Capitals
    } else {
        Case::Capital
    }
}

/// The alternatives of `a{b|c{d|e}}`; none when a brace lacks its other. Stops growing past
/// [`MOST_EXPANSIONS`].
fn expand(alias: &str) -> Option<Vec<String>> {
    let mut all = expand_braces(alias, 0)?;
    for text in &mut all {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Some(all)
}

fn expand_braces(alias: &str, depth: usize) -> Option<Vec<String>> {
    let Some(open) = alias.find('{') else {
        return (!alias.contains('}')).then(|| vec![alias.to_string()]);
    };
    let (plain, braced) = alias.split_at(open);
    if depth > DEEPEST_BRACE || plain.contains('}') {
        return None;
    }
    let mut options = Vec::new();
    let (mut level, mut from, mut close) = (0, 1, None);
    for (at, c) in braced.char_indices() {
        match c {
            '{' => level += 1,
            '}' => level -= 1,
            '|' if level == 1 => {
                options.push(&braced[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        if level == 0 {
            options.push(&braced[from..at]);
            close = Some(at);
            break;
        }
    }
    let tails = expand_braces(&braced[close? + 1..], depth)?;
    let mut all = Vec::new();
    for option in options {
        for middle in expand_braces(option, depth + 1)? {
            all.extend(
                tails
                    .iter()
                    .take(MOST_EXPANSIONS + 1 - all.len().min(MOST_EXPANSIONS))
                    .map(|tail| format!("{plain}{middle}{tail}")),
            );
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<NamesLexicon> {
        let french = crate::schema::Lexicons::embedded().french()?;
        NamesLexicon::parse("actors.toml", text, &french, &mut Vocabulary::default())
    }

    #[test]
    fn braces_stand_for_alternatives() {
        assert_eq!(
            expand("soldat{|s} {malien|peul}s"),
            Some(vec![
                "soldat maliens".into(),
                "soldat peuls".into(),
                "soldats maliens".into(),
                "soldats peuls".into()
            ])
        );
        assert_eq!(
            expand("a{b|c{d|e}}"),
            Some(vec!["ab".into(), "acd".into(), "ace".into()])
        );
        assert_eq!(expand("plain"), Some(vec!["plain".into()]));
        assert_eq!(expand("a{b"), None);
        assert_eq!(expand("a}b"), None);
    }

    #[test]
    fn paths_grow_from_parents() {
        let lexicon =
            parsed("[[value]]\nname = \"Katiba Macina\"\nparent = \"Jnim\"\n[[value]]\nname = \"Jnim\"\n")
                .expect("good");
        assert_eq!(&*lexicon.values[0].path, "Jnim/Katiba Macina");
    }

    #[test]
    fn wrong_entries_are_refused_with_line_and_cure() {
        for (text, line, part) in [
            ("[[value]]\nname = \"A\"\nparent = \"B\"\n", 2, "unknown parent"),
            ("[[value]]\nname = \"A\"\nparent = \"A\"\n", 2, "its own parent"),
            (
                "[[value]]\nname = \"A\"\n[[value]]\nname = \"B\"\nsearch = [\"a\", \"A\"]\n",
                5,
                "means something else in line 2",
            ),
            ("[[value]]\nname = \"A/B\"\n", 2, "level of a path"),
            (
                "[[value]]\nname = \"A\"\n\n[[value]]\nname = \"a\"\n",
                5,
                "listed twice",
            ),
            ("[[value]]\nname = \"A\"\nrole = \"x\"\n", 2, "unknown role"),
            ("[[value]]\nname = \"A\"\nunless = [\"x\"]\n", 2, "unknown value"),
            ("[[value]]\nname = \"A\"\nderive = [\"x{y\"]\n", 3, "brace"),
            ("[[value]]\nname = \"A\"\nderive = [\"--\"]\n", 3, "no letter"),
            ("[[value]]\nnome = \"A\"\n", 1, "name"),
            ("[[value]\n", 1, ""),
        ] {
            match parsed(text) {
                Err(Error::Lexicon {
                    line: found, message, ..
                }) => {
                    assert!(message.contains(part), "{text:?}: {message}");
                    assert!(
                        found == line || part == "name",
                        "{text:?}: line {found}, {message}"
                    );
                }
                Err(other) => panic!("{other}"),
                Ok(_) => panic!("{text:?} was accepted"),
            }
        }
    }
}
