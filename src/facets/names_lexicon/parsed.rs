//! A lexicon of names that was read and checked, to be packed.

use super::{Case, Means, Standing};
use crate::facets::gazetteer::PathId;
use crate::facets::lexicon::{TrieBuilder, WordId};
use crate::french::fold;
use crate::packed::Packer;
use rustc_hash::FxHashMap;

/// An alias as a text may have it.
pub(super) struct Form {
    pub means: Means,
    pub case: Case<Box<str>>,
    /// Byte where the alias stands in the file.
    pub at: usize,
}

/// A value of the facet.
pub(super) struct Value {
    pub name: Box<str>,
    pub path: Box<str>,
    pub search: Vec<Box<str>>,
    pub unless: Vec<u32>,
    pub since: Option<i16>,
    pub role: Option<u32>,
}

/// As [`super::Role`], with the names of the countries.
#[derive(Default)]
pub(super) struct Role {
    pub by_country: FxHashMap<Box<str>, u32>,
    pub fallback: Option<u32>,
    pub fallback_after: Vec<WordId>,
    pub capital: bool,
    pub abroad: bool,
    pub contingents: bool,
}

/// A whole lexicon.
#[derive(Default)]
pub(in crate::facets) struct ParsedNames {
    pub(super) values: Vec<Value>,
    pub(super) roles: Vec<Role>,
    pub(super) forms: Vec<Form>,
    pub(super) trie: TrieBuilder,
    /// Country of each adjective.
    pub(super) gentilics: Vec<(WordId, Box<str>)>,
    pub(super) by_name: FxHashMap<Box<str>, u32>,
}

impl ParsedNames {
    /// The value with this name, whatever its case and accents.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        self.by_name.get(fold(name).as_str()).copied()
    }

    /// The words that phrases begin with.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> {
        self.trie.first_words()
    }

    /// The adjectives of countries, and the names of these.
    pub fn gentilics(&self) -> impl Iterator<Item = (WordId, &str)> {
        self.gentilics.iter().map(|(word, country)| (*word, &**country))
    }

    /// Packs what [`super::NamesLexicon::open`] opens. `number` gives the number of a country.
    pub fn pack(&self, mut number: impl FnMut(&str) -> PathId, packer: &mut Packer) {
        packer.keys(
            self.values
                .iter()
                .map(|value| fold(&value.name))
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str),
        );
        packer.strings(self.values.iter().map(|value| &*value.name));
        packer.strings(self.values.iter().map(|value| &*value.path));
        packer.string_lists(self.values.iter().map(|value| value.search.iter().map(|s| &**s)));
        packer.lists(self.values.iter().map(|value| value.unless.as_slice()));
        packer.u32s(self.values.iter().map(|value| match value.since {
            Some(year) => 1 << 16 | u32::from(year as u16),
            None => 0,
        }));
        packer.u32s(self.roles.iter().flat_map(|role| {
            let fallback = role.fallback.map_or(0, |value| value + 1);
            [
                u32::from(role.capital) | u32::from(role.abroad) << 1 | u32::from(role.contingents) << 2,
                fallback,
            ]
        }));
        packer.lists(self.roles.iter().map(|role| role.fallback_after.as_slice()));
        let mut by_country = Vec::with_capacity(self.roles.len());
        for role in &self.roles {
            let mut countries: Vec<(&Box<str>, &u32)> = role.by_country.iter().collect();
            countries.sort_unstable();
            let pairs = countries
                .into_iter()
                .flat_map(|(country, value)| [number(country), *value]);
            by_country.push(pairs.collect::<Vec<u32>>());
        }
        packer.lists(by_country.iter().map(Vec::as_slice));
        packer.u32s(
            self.values
                .iter()
                .map(|value| value.role.map_or(0, |role| role + 1)),
        );
        let mut exact: Vec<&str> = Vec::new();
        let mut rows = Vec::with_capacity(3 * self.forms.len());
        for form in &self.forms {
            let (what, of) = means(form.means);
            let (case, spelled) = match &form.case {
                Case::Any => (0, 0),
                Case::Capital => (1, 0),
                Case::Capitals => (2, 0),
                Case::Exact(spelled) => {
                    exact.push(spelled);
                    (3, exact.len() as u32 - 1)
                }
            };
            rows.extend([what | case << 8, of, spelled]);
        }
        packer.u32s(rows);
        packer.strings(exact);
        self.trie.pack(packer);
    }
}

/// What a phrase means, in numbers; [`super::means`] reads them.
fn means(means: Means) -> (u32, u32) {
    match means {
        Means::Nothing => (0, 0),
        Means::Value(value) => (1, value),
        Means::Chief(value) => (2, value),
        Means::Role(role, Standing::Context) => (3, role),
        Means::Role(role, Standing::Noun) => (4, role),
        Means::Role(role, Standing::Beside) => (5, role),
        Means::Role(role, Standing::Follow) => (6, role),
        Means::Role(role, Standing::FollowNoun) => (7, role),
        Means::Role(role, Standing::Placed) => (8, role),
        Means::Person(value) => (9, value),
    }
}
