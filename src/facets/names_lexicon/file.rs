//! Lexicons of names (`actors.toml`, `types.toml` and any like them), as a file has them.
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
//! noun = ["armée"]                     # the same, but only after a determiner or a number
//! follow = ["soldat{|s}"]              # alone, whoever is named nearest; the country only where nobody is
//! follow_noun = ["militaire{|s}"]      # the same, but only after a determiner or a number
//! beside = ["drone{|s}"]               # only with a country's name or adjective beside
//! placed = ["EI"]                      # alone, only where the sentence names a place in the country
//! abroad = false                       # serves abroad: "soldats au Mali" may be anybody's
//! contingents = false                  # made of contingents: "casques bleus tchadiens" are whose they are without "tchadiens"
//! capital = false                      # whether a capital that stands for a government means this role
//!
//! [[value]]
//! name = "FAMa"                        # last level of the path
//! parent = "Armées"                    # name of another value
//! family = false                       # only a parent: its own name is no alias
//! named = true                         # whether the own name is found in texts
//! search = ["Forces armées maliennes"] # found in texts, and one finds the other in search
//! derive = ["casques bleus"]           # found in texts only
//! exact = ["FAMa"]                     # found in texts as written here only; an acronym in search, too
//! chiefs = ["Amadou Koufa"]            # people who stand for the value …
//! since = 2015                         # … but not in texts of years before
//! people = ["Florence Parly"]          # people who don't, but of whom role words near them speak
//! role = "armée"
//! countries = ["Mali"]                 # of which countries it takes the role; without any, only "follow" words near it
//! roles = ["FDS"]                      # further roles that it takes, of the same countries
//! fallback = false                     # takes the role where no country does
//! fallback_after = ["liés"]            # … and always after one of these words
//! unless = ["Wagner"]                  # doesn't count where one of these values does
//!
//! [[spellings]]                        # more names of a value that stands elsewhere: what people add
//! name = "FAMa"
//! search = ["Forces maliennes"]        # and derive, exact, as above
//! ```
//!
//! An alias that begins with a capital needs one in the text, unless it has three words or more; one of up to
//! three capitals needs them all. Braces stand for alternatives: `{Jamaat|Jama'a} al-Islam`.

use serde::Deserialize;
use toml::Spanned;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    #[serde(default)]
    pub country: Vec<CountryRow>,
    #[serde(default)]
    pub role: Vec<RoleRow>,
    #[serde(default)]
    pub value: Vec<ValueRow>,
    #[serde(default)]
    pub spellings: Vec<SpellingsRow>,
}

/// `[[spellings]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpellingsRow {
    pub name: Spanned<String>,
    #[serde(default)]
    pub search: Vec<Spanned<String>>,
    #[serde(default)]
    pub derive: Vec<Spanned<String>>,
    #[serde(default)]
    pub exact: Vec<Spanned<String>>,
}

/// `[[country]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CountryRow {
    pub name: Spanned<String>,
    pub words: Vec<Spanned<String>>,
}

/// `[[role]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleRow {
    pub name: Spanned<String>,
    #[serde(default)]
    pub context: Vec<Spanned<String>>,
    #[serde(default)]
    pub noun: Vec<Spanned<String>>,
    #[serde(default)]
    pub follow: Vec<Spanned<String>>,
    #[serde(default)]
    pub follow_noun: Vec<Spanned<String>>,
    #[serde(default)]
    pub placed: Vec<Spanned<String>>,
    #[serde(default)]
    pub abroad: bool,
    #[serde(default)]
    pub contingents: bool,
    #[serde(default)]
    pub beside: Vec<Spanned<String>>,
    #[serde(default)]
    pub capital: bool,
}

/// `[[value]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueRow {
    pub name: Spanned<String>,
    #[serde(default)]
    pub parent: String,
    #[serde(default)]
    pub family: bool,
    #[serde(default = "crate::serde_defaults::yes")]
    pub named: bool,
    #[serde(default)]
    pub search: Vec<Spanned<String>>,
    #[serde(default)]
    pub derive: Vec<Spanned<String>>,
    #[serde(default)]
    pub exact: Vec<Spanned<String>>,
    #[serde(default)]
    pub chiefs: Vec<Spanned<String>>,
    #[serde(default)]
    pub people: Vec<Spanned<String>>,
    #[serde(default)]
    pub since: Option<i16>,
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub countries: Vec<String>,
    #[serde(default)]
    pub fallback: bool,
    #[serde(default)]
    pub fallback_after: Vec<String>,
    #[serde(default)]
    pub unless: Vec<String>,
}
