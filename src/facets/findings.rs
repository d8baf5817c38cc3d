//! What the lexicons find in a document, before any facet takes its values from it: facet values and the
//! tables of events are made of the same findings.

use super::document::Document;
use super::french_dates::Expression;
use super::gazetteer::PathId;
use super::geography::Geography;
use super::lexicon::{Classes, Vocabulary, WordId};
use super::names::{Found, Match, Names, Text};
use super::places::{Blocked, Mention, Places};
use super::reading::Reading;
use super::times::Times;
use super::{events, words};
use crate::article::Part;
use crate::date::PartialDate;
use crate::packed::{Packer, Sections, U32s};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// A lexicon that texts are searched for.
#[derive(Clone, Copy)]
pub(super) enum Searched<'f> {
    Names(&'f Names),
    Places(&'f Places),
}

/// What compiled lexicons share: their words.
pub(super) struct Base {
    pub vocabulary: Vocabulary,
    classes: Classes,
    /// Adjectives of countries ("malien"), and their countries.
    gentilics: U32s,
}

impl Base {
    /// Packs the words of lexicons that are being compiled; `classes` says which begin phrases.
    pub fn pack(
        vocabulary: &Vocabulary,
        mut classes: Classes,
        gentilics: &FxHashMap<WordId, PathId>,
        packer: &mut Packer,
    ) {
        let mut gentilics: Vec<(WordId, PathId)> = gentilics.iter().map(|(w, c)| (*w, *c)).collect();
        gentilics.sort_unstable();
        for (word, _) in &gentilics {
            classes.add(*word, words::GENTILIC);
        }
        vocabulary.pack(packer);
        classes.pack(vocabulary.len(), packer);
        packer.u32s(gentilics.into_iter().flat_map(|(word, country)| [word, country]));
    }

    /// What [`Base::pack`] packed; None if it is something else.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            vocabulary: Vocabulary::open(sections)?,
            classes: Classes::open(sections)?,
            gentilics: sections.u32s()?,
        })
    }
}

/// What all lexicons and rules share while a document is read.
pub(super) struct Shared {
    pub vocabulary: Vocabulary,
    pub classes: Classes,
    /// Country of an adjective ("malien").
    pub gentilics: FxHashMap<WordId, PathId>,
}

impl Shared {
    /// The words of the lexicons and those of the rules.
    pub fn new(base: &Base) -> Self {
        let mut vocabulary = base.vocabulary.anew();
        let classes = words::classes(&mut vocabulary, base.classes.anew());
        let gentilics = (0..base.gentilics.len() / 2).filter_map(|at| base.gentilics.row(at));
        Self {
            vocabulary,
            classes,
            gentilics: gentilics.map(|[word, country]| (word, country)).collect(),
        }
    }
}

/// A lexicon of names and its matches, of each reading.
struct Matches<'f> {
    /// Number of the facet among those declared.
    at: usize,
    names: &'f Names,
    of: Vec<Vec<Match>>,
}

/// The findings of all lexicons, by the number of their facet among those declared.
pub(super) struct Findings<'f, 'd> {
    document: Document<'d>,
    /// Title and body.
    pub readings: [Reading<'d>; 2],
    pub gentilics: &'f FxHashMap<WordId, PathId>,
    matches: Vec<Matches<'f>>,
    /// Of each lexicon of places what it found.
    pub places: Vec<(usize, &'f Places, Vec<Mention<'f>>)>,
    geography: Geography,
    /// Dates as they stand, of each reading.
    pub expressions: Vec<Vec<Expression>>,
    year: Option<i16>,
    times: OnceCell<Times>,
}

impl<'f, 'd> Findings<'f, 'd> {
    /// Reads a document: the words once, then each lexicon over their numbers.
    pub fn new(
        document: &Document<'d>,
        shared: &'f Shared,
        lexicons: impl Iterator<Item = (usize, Searched<'f>)>,
    ) -> Self {
        let read = |text, part, words| Reading::new(text, part, words, &shared.vocabulary, &shared.classes);
        let readings = [
            read(document.title, Part::Title, document.words.title()),
            read(document.body, Part::Body, document.words.body()),
        ];
        let (mut matches, mut of_places) = (Vec::new(), Vec::new());
        for (at, lexicon) in lexicons {
            let bit = words::begins(at);
            match lexicon {
                Searched::Names(names) => matches.push(Matches {
                    at,
                    names,
                    of: readings.iter().map(|r| names.matches(r, bit)).collect(),
                }),
                Searched::Places(places) => of_places.push((at, places)),
            }
        }
        let blocked = blocked(&matches, readings.len());
        let mut places = Vec::new();
        let mut geography = None;
        for (at, of) in of_places {
            let mentions = of.find(&readings, &blocked, words::begins(at), &shared.gentilics);
            geography.get_or_insert_with(|| of.geography(&mentions, &readings, &shared.gentilics));
            places.push((at, of, mentions));
        }
        let expressions = events::expressions(&readings);
        let year = document.published.map(PartialDate::year);
        let year = year.or_else(|| events::latest_year(&expressions));
        Self {
            document: *document,
            readings,
            gentilics: &shared.gentilics,
            matches,
            places,
            geography: geography.unwrap_or_default(),
            expressions,
            year,
            times: OnceCell::new(),
        }
    }

    /// The values that the lexicon of facet number `at` finds: path and where it stands. None unless it is a
    /// lexicon of names.
    pub fn names(&self, at: usize) -> Vec<(&'f str, Found)> {
        let Some(Matches { names, of, .. }) = self.matches.iter().find(|m| m.at == at) else {
            return Vec::new();
        };
        let text = Text {
            readings: &self.readings,
            geography: &self.geography,
            gentilics: self.gentilics,
            year: self.year,
        };
        let found = names.values(of, &text);
        found
            .into_iter()
            .map(|found| (names.lexicon.path(found.value), found))
            .collect()
    }

    /// The times of the document; worked out when first asked for.
    pub fn times(&self) -> &Times {
        self.times
            .get_or_init(|| Times::new(&self.document, &self.readings, &self.expressions))
    }

    /// What is wrong with the dates of the document, if any facet asked for its times.
    pub fn notes(self) -> Vec<String> {
        self.times
            .into_inner()
            .map(|times| times.notes)
            .unwrap_or_default()
    }
}

/// The words of each reading that place names must not be read from, in order.
fn blocked(matches: &[Matches<'_>], readings: usize) -> Vec<Blocked> {
    (0..readings)
        .map(|number| {
            let of = matches.iter().filter_map(|m| m.of.get(number));
            let mut all: Blocked = of.flat_map(|m| Names::blocked(m)).collect();
            all.sort_unstable();
            all
        })
        .collect()
}
