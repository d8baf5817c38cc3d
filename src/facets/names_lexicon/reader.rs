//! Reading and checking a lexicon of names.

use super::braces::{MOST_EXPANSIONS, expand};
use super::file::{File, ValueRow};
use super::parsed::{Form, ParsedNames, Role, Value};
use super::{Case, Means, Standing};
use crate::error::{Error, Result};
use crate::facets::lexicon::{Vocabulary, WordId, joined, words_of};
use crate::french::{French, fold};
use rustc_hash::FxHashMap;
use toml::Spanned;

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    french: &'a French,
    vocabulary: &'a mut Vocabulary,
    lexicon: ParsedNames,
}

impl ParsedNames {
    /// Reads the text of `file`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line and the cure: TOML that doesn't parse, an unknown parent, role or
    /// value, a phrase that means two things, a name that can't be a path.
    pub fn new(file: &str, text: &str, french: &French, vocabulary: &mut Vocabulary) -> Result<Self> {
        let mut read: File = toml::from_str(text).map_err(|e| Error::Lexicon {
            file: file.into(),
            line: e.span().map_or(0, |span| line_at(text, span.start)),
            message: e.message().to_string(),
        })?;
        let mut reader = Reader {
            file,
            text,
            french,
            vocabulary,
            lexicon: Self::default(),
        };
        reader.spellings_of_others(&mut read)?;
        reader.values(&read)?;
        reader.roles(&read)?;
        reader.aliases(&read)?;
        Ok(reader.lexicon)
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

    /// Gives values the names that stand elsewhere.
    fn spellings_of_others(&self, read: &mut File) -> Result<()> {
        for row in std::mem::take(&mut read.spellings) {
            let name = fold(row.name.get_ref());
            let value = read
                .value
                .iter_mut()
                .find(|value| fold(value.name.get_ref()) == name);
            let Some(value) = value else {
                let name = row.name.get_ref();
                return Err(self.wrong(
                    &row.name,
                    format!("unknown value “{name}” in spellings; add a [[value]] of that name"),
                ));
            };
            value.search.extend(row.search);
            value.derive.extend(row.derive);
            value.exact.extend(row.exact);
        }
        Ok(())
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
                role: None,
            });
        }
        for (number, row) in read.value.iter().enumerate() {
            let path = self.path(read, row)?;
            let unless = self.unless(row)?;
            let value = &mut self.lexicon.values[number];
            value.path = path.into();
            value.unless = unless;
        }
        Ok(())
    }

    /// The names of a value's parents and its own.
    fn path(&self, read: &File, row: &ValueRow) -> Result<String> {
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
        Ok(levels.join("/"))
    }

    /// The values beside which a value doesn't count.
    fn unless(&self, row: &ValueRow) -> Result<Vec<u32>> {
        let number = |other: &String| {
            self.lexicon.named(other).ok_or_else(|| {
                self.wrong(
                    &row.name,
                    format!("unknown value “{other}” in unless; write a name"),
                )
            })
        };
        row.unless.iter().map(number).collect()
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
                abroad: row.abroad,
                contingents: row.contingents,
                ..Role::default()
            });
        }
        let each = read.value.iter().enumerate().flat_map(|(number, row)| {
            let roles = row.role.iter().chain(&row.roles);
            roles.map(move |role| (number, row, role))
        });
        for (number, row, role) in each {
            let Some(&role_number) = numbers.get(role.as_str()) else {
                return Err(self.wrong(
                    &row.name,
                    format!("unknown role “{role}”; add a [[role]] of that name"),
                ));
            };
            self.lexicon.values[number].role.get_or_insert(role_number as u32);
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
                (&row.follow, Standing::Follow),
                (&row.follow_noun, Standing::FollowNoun),
                (&row.placed, Standing::Placed),
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
            for alias in &row.people {
                self.alias(alias, Means::Person(number as u32), false)?;
            }
            self.lexicon.values[number].search = self.spellings(row)?;
        }
        Ok(())
    }

    /// The spellings of a value that find one another in search.
    fn spellings(&self, row: &ValueRow) -> Result<Vec<Box<str>>> {
        let mut search: Vec<Box<str>> = Vec::new();
        if row.named && !row.family {
            search.push(row.name.get_ref().as_str().into());
        }
        for alias in &row.search {
            search.extend(self.expanded(alias)?.into_iter().map(Box::from));
        }
        // The others are ordinary words that are a name with a capital only (Plateforme).
        for alias in &row.exact {
            let spelled = self.expanded(alias)?.into_iter();
            search.extend(spelled.filter(|spelled| is_acronym(spelled)).map(Box::from));
        }
        let mut seen = rustc_hash::FxHashSet::default();
        search.retain(|spelled| seen.insert(words_of(self.french, spelled)));
        Ok(search)
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

    fn insert(
        &mut self,
        alias: &Spanned<String>,
        ids: &[WordId],
        means: Means,
        case: Case<Box<str>>,
    ) -> Result<()> {
        let owner = |means: Means| match means {
            Means::Value(v) | Means::Chief(v) | Means::Person(v) => (0, v),
            Means::Role(r, _) => (1, r),
            Means::Nothing => (2, 0),
        };
        for &other in self.lexicon.trie.exact(ids) {
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
        self.lexicon.trie.insert(ids, number);
        Ok(())
    }
}

fn case_of(alias: &str, words: usize) -> Case<Box<str>> {
    let letters = || alias.chars().filter(|c| c.is_alphabetic());
    if words >= 3 || !letters().next().is_some_and(char::is_uppercase) {
        Case::Any
    } else if letters().count() <= 3 && letters().all(char::is_uppercase) {
        Case::Capitals
    } else {
        Case::Capital
    }
}

/// Whether a spelling is one word with a capital inside: `FAMa`, `UE`.
fn is_acronym(spelled: &str) -> bool {
    let capitals = spelled.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && !spelled.contains(char::is_whitespace) && spelled.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<ParsedNames> {
        let french = crate::schema::Lexicons::embedded().french()?;
        ParsedNames::new("actors.toml", text, &french, &mut Vocabulary::default())
    }

    #[test]
    fn paths_grow_from_parents() {
        let lexicon =
            parsed("[[value]]\nname = \"Katiba Macina\"\nparent = \"Jnim\"\n[[value]]\nname = \"Jnim\"\n")
                .expect("good");
        assert_eq!(&*lexicon.values[0].path, "Jnim/Katiba Macina");
    }

    #[test]
    fn a_value_has_the_spellings_that_stand_elsewhere() {
        let lexicon = parsed(
            "[[value]]\nname = \"Jnim\"\n[[spellings]]\nname = \"JNIM\"\nsearch = [\"Groupe du nord\"]\nexact = [\"GDN\"]\n",
        )
        .expect("good");
        let spellings: Vec<&str> = lexicon.values[0].search.iter().map(|s| &**s).collect();
        assert_eq!(spellings, ["Jnim", "Groupe du nord", "GDN"]);
    }

    #[test]
    fn wrong_entries_are_refused_with_line_and_cure() {
        for (text, line, part) in [
            (
                "[[spellings]]\nname = \"A\"\n",
                2,
                "unknown value “A” in spellings",
            ),
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
