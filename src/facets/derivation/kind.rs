//! What a kind of derivation is: [`Kind`], what `derive = "…"` in `schema.toml` names, and [`Derivation`],
//! such a kind with its lexicon read.

use crate::error::Result;
use crate::facets::findings::{Findings, Searched};
use crate::facets::gazetteer::{self, PathId};
use crate::facets::known::Known;
use crate::facets::lexicon::{Vocabulary, WordId};
use crate::facets::values::Values;
use crate::french::French;
use crate::media::Media;
use crate::packed::{Packer, Sections};
use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::Arc;

/// A kind of derivation, as the rest of griot needs to know it.
pub struct Kind {
    /// The word in `schema.toml`.
    pub name: &'static str,
    /// Needs a lexicon file.
    pub lexicon: bool,
    /// Paths are years and months: written `2025-10`, and filtered by intervals as dates are.
    pub months: bool,
    /// The months are those of publication: they date articles that have no date.
    pub publication: bool,
    /// The months are those of the events that articles report.
    pub events: bool,
    /// Values are places, of which some lay in another region before.
    pub places: bool,
    /// Values are names found in the text; each row of `export --rows events` lists those of its passage.
    pub names: bool,
    /// The lexicon tells which media folders are called after.
    pub media: bool,
    /// A key of this name in a record gives values; else the key means something else, or nothing.
    pub record_key: bool,
    /// Only analysts give values: no article is expected to have one, and [`super::EXCLUDED`] hides it.
    pub marks: bool,
    /// Reads the lexicon.
    pub(in crate::facets) read: Read,
}

/// How a derivation comes by its lexicon.
#[derive(Clone, Copy)]
pub(in crate::facets) enum Read {
    /// It has none.
    Without(fn() -> Box<dyn Derivation>),
    /// A small one: the file's name and text are read by every process that derives or resolves values.
    Text(fn(&str, &str) -> Result<Box<dyn Derivation>>),
    /// One that is parsed when lexicons are compiled, and opened where it lies.
    Compiled {
        parse: fn(&mut Source<'_>) -> Result<Box<dyn Parsed>>,
        open: fn(&mut Sections<'_>) -> Option<Box<dyn Derivation>>,
    },
}

/// A lexicon that was read and checked, to be packed.
pub(in crate::facets) trait Parsed {
    /// The words that phrases begin with.
    fn first_words(&self) -> Vec<WordId>;

    /// Says which countries there are.
    fn countries(&self, _: &mut Countries) {}

    /// Joins the lexicon with what the others say, once all are read.
    fn link(&self, _: &mut Countries) {}

    /// Packs what `open` of [`Read::Compiled`] opens.
    fn pack(&mut self, french: &French, countries: &mut Countries, packer: &mut Packer);
}

impl Kind {
    /// A kind without peculiarities: values are plain paths, known from records or from what `read` makes.
    pub(in crate::facets) const fn new(name: &'static str, read: Read) -> Self {
        Self {
            name,
            lexicon: false,
            months: false,
            publication: false,
            events: false,
            places: false,
            names: false,
            media: false,
            record_key: true,
            marks: false,
            read,
        }
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kind").field(&self.name).finish()
    }
}

/// A lexicon to be read, and what all lexicons share.
pub(in crate::facets) struct Source<'a> {
    /// Name and text of the file.
    pub file: &'a str,
    pub text: &'a str,
    pub french: &'a French,
    pub vocabulary: &'a mut Vocabulary,
}

/// The countries that lexicons speak of.
#[derive(Default)]
pub(in crate::facets) struct Countries {
    numbers: FxHashMap<String, PathId>,
    /// Country of an adjective ("malien").
    pub gentilics: FxHashMap<WordId, PathId>,
}

impl Countries {
    /// Takes the numbers of a gazetteer's countries; those of the first gazetteer count.
    pub fn take<'n>(&mut self, countries: impl Iterator<Item = (&'n str, PathId)>) {
        if self.numbers.is_empty() {
            self.numbers
                .extend(countries.map(|(name, id)| (name.to_string(), id)));
        }
    }

    /// The number of a country. Those that no gazetteer has are numbered from the top.
    pub fn number(&mut self, name: &str) -> PathId {
        let next = gazetteer::NO_PATH - 1 - self.numbers.len() as PathId;
        *self.numbers.entry(name.to_string()).or_insert(next)
    }
}

/// What an article's metadata say, beside its date.
#[derive(Debug, Clone, Copy, Default)]
pub struct Metadata<'a> {
    pub source: Option<&'a str>,
    pub url: Option<&'a str>,
    pub lang: Option<&'a str>,
    /// The language was told from the words.
    pub lang_detected: bool,
}

/// The value that metadata give a facet.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::facets) struct OfMetadata {
    pub path: String,
    /// The article says so itself.
    pub given: bool,
    pub rule: &'static str,
}

/// Spellings of a value that find one another in search.
pub(in crate::facets) struct Spellings<'a> {
    pub path: &'a str,
    pub canonical: &'a str,
    pub all: Vec<&'a str>,
}

/// What given values are compared with, to find contradictions.
pub(in crate::facets) struct Comparison {
    /// With those values derived anew that are marked as given, or with the others.
    pub given: bool,
    /// What these are taken from, for a message.
    pub by: &'static str,
}

/// How the values of one facet come about.
///
/// A text is read once, into [`Findings`], for all facets; a derivation takes its values from there.
pub(in crate::facets) trait Derivation: Send + Sync {
    /// What texts are searched for.
    fn searched(&self) -> Option<Searched<'_>> {
        None
    }

    /// The value that the metadata of an article give.
    fn of_metadata(&self, _: &Metadata<'_>) -> Option<OfMetadata> {
        None
    }

    /// Adds the values of a document; `at` is the facet's number among those declared.
    fn derive(&self, _at: usize, _: &Findings<'_, '_>, _: &mut Values<'_>) {}

    /// The paths of a value that a person typed, in any spelling; empty if it isn't known.
    fn resolve(&self, typed: &str, vocabulary: &Vocabulary) -> Vec<String>;

    /// Spellings that find one another in search.
    fn spellings(&self) -> Box<dyn Iterator<Item = Spellings<'_>> + '_> {
        Box::new(std::iter::empty())
    }

    /// How many values and phrases the lexicon has.
    fn size(&self) -> Option<(usize, usize)> {
        None
    }

    /// Marks the words of a reading that belong to a name it knows; `at` as in [`Derivation::derive`].
    fn mark_known(&self, _at: usize, _: &mut Known<'_, '_>) {}

    /// Whether a name is known that texts aren't searched for.
    fn knows(&self, _name: &str) -> bool {
        false
    }

    /// The media that folders may be called after.
    fn media(&self) -> Option<&Arc<Media>> {
        None
    }

    /// What values that came with an article may contradict.
    fn comparison(&self) -> Option<Comparison> {
        None
    }
}
