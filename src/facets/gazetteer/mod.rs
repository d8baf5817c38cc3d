//! The gazetteer: `regions.tsv`, read and checked when it is compiled, searched where it lies packed.
//!
//! Columns, separated by tabs: name, kind, parent, aliases, derive_only, lat, lon, region_old, flags. A
//! country, region, cercle, province or department is itself a level of the facet (path: parent/name);
//! anything else has the path of its parent.

mod builder;
mod place;
mod rows;
mod sounds;

pub(super) use self::builder::ParsedGazetteer;
pub(super) use self::place::{Kind, NO_PATH, PathId, PathInfo, Place, flag, meaning};

use self::place::folded_path;
use self::sounds::Sounds;
use super::lexicon::Trie;
use crate::packed::{Keys, Sections, StringLists, Strings, U32List, U32s};

/// The places, their facet paths and their names.
pub(super) struct Gazetteer {
    place_names: Strings,
    /// Of each place.
    aliases: StringLists,
    places: U32s,
    by_text: Keys,
    paths: U32s,
    by_folded: Keys,
    /// Of each folded path.
    folded: U32s,
    /// The numbers of the places behind each spelling; see [`meaning`].
    pub names: Trie,
    /// For misspellings.
    sounds: Sounds,
}

impl Gazetteer {
    /// What [`ParsedGazetteer::pack`] packed; None if it is something else.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            place_names: sections.strings()?,
            aliases: sections.string_lists()?,
            places: sections.u32s()?,
            by_text: sections.keys()?,
            paths: sections.u32s()?,
            by_folded: sections.keys()?,
            folded: sections.u32s()?,
            names: Trie::open(sections)?,
            sounds: Sounds::open(sections)?,
        })
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.place_names.len()
    }

    /// A place by its number.
    #[inline]
    pub fn place(&self, number: u32) -> Place {
        Place::of_row(self.places.row(number as usize))
    }

    /// All places with their numbers.
    pub fn places(&self) -> impl Iterator<Item = (u32, Place)> {
        (0..self.len() as u32).map(move |number| (number, self.place(number)))
    }

    /// The name of a place.
    pub fn name(&self, place: u32) -> &str {
        self.place_names.get(place as usize)
    }

    /// Other spellings of a place's name that find it in search.
    pub fn aliases(&self, place: u32) -> impl ExactSizeIterator<Item = &str> {
        self.aliases.get(place as usize)
    }

    /// Whether a row is a place of a far country that only bears the name of one nearer by: Nara in Japan.
    pub fn is_namesake(&self, place: Place) -> bool {
        place.flags & flag::HOMONYM != 0
            && place.kind != Kind::Country
            && self.path(place.path).is_some_and(|p| p.levels == 1)
    }

    /// Whether a country's regions are divided here, too: then its places are worth finding by the country alone.
    pub fn is_divided(&self, country: PathId) -> bool {
        self.path(country).is_some_and(|path| path.divided)
    }

    /// The region that a path lay in under the former division, where it was another.
    pub fn former(&self, path: &str) -> Option<&str> {
        let path = self.path(self.path_id(path)?)?;
        self.path_text(path.former)
    }

    /// The meanings of each name that sounds like `folded` (0) or, if `far` is 1, differs from it by one letter (1).
    pub fn similar(&self, folded: &str, far: usize) -> Vec<(usize, U32List<'_>)> {
        let names = self.sounds.similar(folded, far).into_iter();
        names.map(|(away, id)| (away, self.names.exact(&[id]))).collect()
    }

    /// A path by its number.
    #[inline]
    pub fn path(&self, id: PathId) -> Option<PathInfo> {
        self.paths.row(id as usize).map(PathInfo::of_row)
    }

    /// A path as it is written in the file.
    pub fn path_text(&self, id: PathId) -> Option<&str> {
        let paths = self.by_text.strings();
        ((id as usize) < paths.len()).then(|| paths.get(id as usize))
    }

    /// All paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let paths = self.by_text.strings();
        (0..paths.len()).map(move |number| paths.get(number))
    }

    /// The number of a path as it is written in the file.
    pub fn path_id(&self, text: &str) -> Option<PathId> {
        self.by_text.number(text)
    }

    /// The path that `typed` names in full, whatever its case and accents.
    pub fn path_typed(&self, typed: &str) -> Option<&str> {
        let folded = self.by_folded.number(&folded_path(typed))?;
        self.path_text(self.folded.get(folded as usize)?)
    }

    /// The country of a path.
    pub fn country_of(&self, path: PathId) -> PathId {
        self.path(path).map_or(NO_PATH, |p| p.country)
    }

    /// Square of the distance in degrees, longitudes shortened as at 15 degrees north. Enough to say which of
    /// two places is nearer.
    pub fn distance(&self, one: u32, other: u32) -> f32 {
        let (a, b) = (self.place(one), self.place(other));
        let (north, east) = (a.latitude - b.latitude, (a.longitude - b.longitude) * 0.966);
        let square = north * north + east * east;
        if square.is_nan() { f32::MAX } else { square }
    }
}
