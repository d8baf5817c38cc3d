//! The facet `region`: place names of the gazetteer, disambiguated by their context and by one another.
//!
//! In order: find the names (longest match), read the context of each, settle those that can be only one
//! place, let these decide the others, then drop what is only a point of reference, a road's end, a dateline
//! or a capital that stands for its government.

mod disambiguation;
mod lists;
mod mention;
mod misspelt;
mod scan;
mod weighing;

pub(super) use self::mention::{Blocked, Mention};

use self::lists::{pair_roads, share_administration};
use super::gazetteer::{Gazetteer, NO_PATH, ParsedGazetteer, PathId, Place, meaning};
use super::lexicon::WordId;
use super::places_context::ContextReader;
use super::reading::Reading;
use crate::french::French;
use crate::packed::{Packer, Sections};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// The rule of a name that several villages of one country have, where it isn't known which is meant.
pub(super) const HOMONYMS: &str = "homonyms";

/// Finds the places of a text.
pub(super) struct Places {
    pub gazetteer: Gazetteer,
    contexts: ContextReader,
    /// Countries with a place that a misspelt name may be; looked up where the first text asks.
    with_places: OnceLock<FxHashSet<PathId>>,
}

impl Places {
    /// Packs what [`Places::open`] opens.
    pub fn pack(gazetteer: &mut ParsedGazetteer, french: &French, packer: &mut Packer) {
        gazetteer.pack(packer);
        ContextReader::pack(french, packer);
    }

    /// What [`Places::pack`] packed; None if it is something else.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            gazetteer: Gazetteer::open(sections)?,
            contexts: ContextReader::open(sections)?,
            with_places: OnceLock::new(),
        })
    }

    /// The places of the readings.
    pub fn find<'g>(
        &'g self,
        readings: &[Reading<'_>],
        blocked: &[Blocked],
        bit: u64,
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Vec<Mention<'g>> {
        // Room for a page's names at once: growing costs more than finding them.
        let mut mentions =
            Vec::with_capacity(readings.iter().map(|r| r.words.len()).sum::<usize>().min(512) / 8);
        for (number, reading) in readings.iter().enumerate() {
            let none = Vec::new();
            let blocked = blocked.get(number).unwrap_or(&none);
            self.scan(number, reading, blocked, bit, &mut mentions);
        }
        pair_roads(&mut mentions, readings);
        self.mark_governments(&mut mentions, readings);
        share_administration(&mut mentions, readings);
        self.settle(&mut mentions, readings, gentilics);
        self.add_misspelt(&mut mentions, readings, blocked, gentilics);
        self.weigh(&mut mentions, readings);
        mentions
    }

    /// The row behind a meaning.
    pub fn place(&self, value: u32) -> Place {
        self.gazetteer.place(meaning(value).place)
    }

    /// The region (or country) that a place lies in.
    fn region(&self, place: u32) -> PathId {
        let path = self.gazetteer.place(place).path;
        self.gazetteer.path(path).map_or(NO_PATH, |p| p.region)
    }

    /// The values that the mentions give: path, mention, rule.
    pub fn values<'m, 'g>(
        &'m self,
        mentions: &'m [Mention<'g>],
    ) -> impl Iterator<Item = (&'m str, &'m Mention<'g>, &'static str)> {
        mentions.iter().filter(|m| m.counts).filter_map(|mention| {
            let row = self.gazetteer.place(mention.place?);
            let of = if mention.country_only {
                self.gazetteer.country_of(row.path)
            } else {
                row.path
            };
            let path = self.gazetteer.path_text(of)?;
            Some((path, mention, mention.rule.unwrap_or(row.kind.rule())))
        })
    }
}
