//! What names are found in, and what is found.

use crate::facets::gazetteer::PathId;
use crate::facets::geography::Geography;
use crate::facets::lexicon::WordId;
use crate::facets::names_lexicon::Means;
use crate::facets::reading::Reading;
use rustc_hash::FxHashMap;

/// A phrase of the lexicon in a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::facets) struct Match {
    pub from: usize,
    pub to: usize,
    pub(super) means: Means,
    /// Written as only this name is: "FAMa" is not the town of Fama.
    pub(super) strict: bool,
}

/// A value found, and by which rule.
#[derive(Debug, Clone, Copy)]
pub(in crate::facets) struct Found {
    pub value: u32,
    pub reading: usize,
    pub from: usize,
    pub to: usize,
    pub rule: &'static str,
}

/// What names are found in.
pub(in crate::facets) struct Text<'t, 'd> {
    pub readings: &'t [Reading<'d>],
    pub geography: &'t Geography,
    /// Country of an adjective ("malien").
    pub gentilics: &'t FxHashMap<WordId, PathId>,
    /// As far as it is known.
    pub year: Option<i16>,
}

impl Text<'_, '_> {
    /// The country of an adjective.
    pub(super) fn gentilic(&self, reading: &Reading<'_>, at: usize) -> Option<PathId> {
        let word = reading.words.get(at)?;
        self.gentilics.get(&word.id).copied()
    }

    /// The country that the sentence of a word speaks of, and whether it names a place in it.
    pub(super) fn country(&self, number: usize, at: usize) -> Option<(PathId, bool)> {
        let sentence = self.readings.get(number)?.words.get(at)?.sentence;
        let of_reading = self.geography.sentences.get(number)?;
        let country = *of_reading.get(sentence as usize)?;
        let placed = self.geography.placed.contains(&(number, sentence, country));
        Some((country, placed))
    }
}
