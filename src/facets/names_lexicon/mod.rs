//! Lexicons of names (`actors.toml`, `types.toml` and any like them): read and checked when they are compiled,
//! searched where they lie packed. Their format: `file`.

mod braces;
mod file;
mod parsed;
mod reader;

pub(super) use self::parsed::ParsedNames;

use super::gazetteer::PathId;
use super::lexicon::{Trie, WordId};
use crate::french::fold;
use crate::packed::{Keys, Lists, Sections, StringLists, Strings, U32List, U32s};
use rustc_hash::FxHashMap;

/// What a found phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    Value(u32),
    Chief(u32),
    /// Somebody of a value, who does not stand for it.
    Person(u32),
    /// Role, and in which of its lists the phrase stands.
    Role(u32, Standing),
    Nothing,
}

/// In which of its lists a phrase of a role stands: what it needs beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Context,
    Noun,
    /// As whoever is named nearest.
    Follow,
    FollowNoun,
    /// Where a place in the country is named.
    Placed,
    Beside,
}

impl Standing {
    /// Whether the word is often an adjective, so that it must be seen to be a noun.
    pub fn needs_noun(self) -> bool {
        matches!(self, Self::Noun | Self::FollowNoun)
    }

    pub fn follows(self) -> bool {
        matches!(self, Self::Follow | Self::FollowNoun)
    }
}

/// What the case of a text must be for an alias to be found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case<S> {
    Any,
    /// The first letter a capital.
    Capital,
    /// All letters capitals.
    Capitals,
    /// As written here.
    Exact(S),
}

/// An alias as a text may have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'l> {
    pub means: Means,
    pub case: Case<&'l str>,
}

/// "armée", "junte": which value it is depends on the country.
pub(super) struct Role {
    pub by_country: FxHashMap<PathId, u32>,
    pub fallback: Option<u32>,
    pub fallback_after: Vec<WordId>,
    pub capital: bool,
    /// Serves abroad, so that a place beside it doesn't say whose it is.
    pub abroad: bool,
    /// Made of contingents, so that an adjective beside it says where they come from, not whose it is.
    pub contingents: bool,
}

/// A lexicon that is ready to be matched. Values and forms have numbers.
pub(super) struct NamesLexicon {
    /// Folded, numbered as the values are.
    by_name: Keys,
    names: Strings,
    paths: Strings,
    search: StringLists,
    unless: Lists,
    since: U32s,
    pub roles: Vec<Role>,
    /// The role of each value, plus one.
    role_of: U32s,
    forms: U32s,
    exact: Strings,
    pub trie: Trie,
}

impl NamesLexicon {
    /// What [`ParsedNames::pack`] packed; None if it is something else.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            by_name: sections.keys()?,
            names: sections.strings()?,
            paths: sections.strings()?,
            search: sections.string_lists()?,
            unless: sections.lists()?,
            since: sections.u32s()?,
            roles: roles(&sections.u32s()?, &sections.lists()?, &sections.lists()?),
            role_of: sections.u32s()?,
            forms: sections.u32s()?,
            exact: sections.strings()?,
            trie: Trie::open(sections)?,
        })
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The value with this name, whatever its case and accents.
    pub fn named(&self, name: &str) -> Option<u32> {
        self.by_name.number(&fold(name))
    }

    /// The name of a value.
    pub fn name(&self, value: u32) -> &str {
        self.names.get(value as usize)
    }

    /// The facet path of a value.
    pub fn path(&self, value: u32) -> &str {
        self.paths.get(value as usize)
    }

    /// Spellings that find one another in search, the name first; one alone finds nothing.
    pub fn search(&self, value: u32) -> impl ExactSizeIterator<Item = &str> {
        self.search.get(value as usize)
    }

    /// The values beside which a value doesn't count.
    pub fn unless(&self, value: u32) -> U32List<'_> {
        self.unless.get(value as usize)
    }

    /// The first year in which the chiefs of a value stand for it.
    pub fn since(&self, value: u32) -> Option<i16> {
        let since = self.since.get(value as usize)?;
        (since >> 16 != 0).then_some(since as u16 as i16)
    }

    /// The role of a value: whose words near it may be its own.
    pub fn role_of(&self, value: u32) -> Option<u32> {
        self.role_of.get(value as usize)?.checked_sub(1)
    }

    /// What a phrase of the trie means, by its number there.
    pub fn form(&self, number: u32) -> Option<Form<'_>> {
        let [what, of, spelled] = self.forms.row(number as usize)?;
        let case = match what >> 8 {
            0 => Case::Any,
            1 => Case::Capital,
            2 => Case::Capitals,
            _ => Case::Exact(self.exact.get(spelled as usize)),
        };
        Some(Form {
            means: means(what & 0xff, of),
            case,
        })
    }
}

/// What a phrase means.
fn means(what: u32, of: u32) -> Means {
    match what {
        1 => Means::Value(of),
        2 => Means::Chief(of),
        3 => Means::Role(of, Standing::Context),
        4 => Means::Role(of, Standing::Noun),
        5 => Means::Role(of, Standing::Beside),
        6 => Means::Role(of, Standing::Follow),
        7 => Means::Role(of, Standing::FollowNoun),
        8 => Means::Role(of, Standing::Placed),
        9 => Means::Person(of),
        _ => Means::Nothing,
    }
}

/// The roles, of which no lexicon has more than a few dozen.
fn roles(rows: &U32s, fallback_after: &Lists, by_country: &Lists) -> Vec<Role> {
    let role = |at: usize| {
        let [flags, fallback] = rows.row(at)?;
        let pairs = by_country.get(at);
        let pair = |of: usize| Some((pairs.get(2 * of)?, pairs.get(2 * of + 1)?));
        Some(Role {
            by_country: (0..pairs.len() / 2).filter_map(pair).collect(),
            fallback: fallback.checked_sub(1),
            fallback_after: fallback_after.get(at).iter().collect(),
            capital: flags & 1 != 0,
            abroad: flags & 2 != 0,
            contingents: flags & 4 != 0,
        })
    };
    (0..rows.len() / 2).filter_map(role).collect()
}
