//! The gazetteer: `regions.tsv`, read, checked and made searchable.
//!
//! Columns, separated by tabs: name, kind, parent, aliases, derive_only, lat, lon, region_old, flags. A
//! country, region, cercle, province or department is itself a level of the facet (path: parent/name);
//! anything else has the path of its parent.

mod builder;
mod place;
mod rows;
mod sounds;

pub(super) use self::place::{Kind, NO_PATH, PathId, PathInfo, Place, flag, meaning};

use self::sounds::Sounds;
use super::lexicon::Trie;
use crate::facet_path::FacetPath;
use crate::french::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// The places, their facet paths and their names.
#[derive(Default)]
pub(super) struct Gazetteer {
    pub places: Vec<Place>,
    pub paths: Vec<PathInfo>,
    by_text: FxHashMap<Box<str>, PathId>,
    by_folded: FxHashMap<Box<str>, PathId>,
    /// The numbers of the places behind each spelling; see [`meaning`].
    pub names: Trie,
    /// Countries that have regions.
    divided: FxHashSet<PathId>,
    /// For regions and cercles that lay in another region before: that one.
    former: FxHashMap<PathId, PathId>,
    /// For misspellings.
    sounds: Sounds,
}

impl Gazetteer {
    /// Whether a row is a place of a far country that only bears the name of one nearer by: Nara in Japan.
    pub fn is_namesake(&self, place: &Place) -> bool {
        place.flags & flag::HOMONYM != 0
            && place.kind != Kind::Country
            && self.path(place.path).is_some_and(|p| p.levels == 1)
    }

    /// Whether a country has regions here: then its places are worth finding by the country alone.
    pub fn is_divided(&self, country: PathId) -> bool {
        self.divided.contains(&country)
    }

    /// The region that a path lay in under the former division, where it was another.
    pub fn former(&self, path: &str) -> Option<&str> {
        let id = *self.by_text.get(path)?;
        let old = *self.former.get(&id)?;
        self.path(old).map(|p| &*p.text)
    }

    /// The meanings of the one name that sounds like `folded`, or differs from it by one letter.
    pub fn similar(&self, folded: &str) -> Option<&[u32]> {
        let id = self.sounds.similar(folded, &self.names)?;
        Some(self.names.exact(&[id])).filter(|m| !m.is_empty())
    }

    /// A path by its number.
    pub fn path(&self, id: PathId) -> Option<&PathInfo> {
        self.paths.get(id as usize)
    }

    /// The number of a path as it is written in the file.
    pub fn path_id(&self, text: &str) -> Option<PathId> {
        self.by_text.get(text).copied()
    }

    /// The path that `typed` names in full, whatever its case and accents.
    pub fn path_typed(&self, typed: &str) -> Option<&str> {
        self.by_folded
            .get(folded_path(typed).as_str())
            .map(|id| &*self.paths[*id as usize].text)
    }

    /// The country of a path.
    pub fn country_of(&self, path: PathId) -> PathId {
        self.path(path).map_or(NO_PATH, |p| p.country)
    }

    /// Square of the distance in degrees, longitudes shortened as at 15 degrees north. Enough to say which of
    /// two places is nearer.
    pub fn distance(&self, one: u32, other: u32) -> f32 {
        let (a, b) = (&self.places[one as usize], &self.places[other as usize]);
        let (north, east) = (a.latitude - b.latitude, (a.longitude - b.longitude) * 0.966);
        let square = north * north + east * east;
        if square.is_nan() { f32::MAX } else { square }
    }
}

/// A path by which it is found whatever its case and accents.
fn folded_path(text: &str) -> String {
    FacetPath::typed(text)
        .levels()
        .map(fold)
        .collect::<Vec<_>>()
        .join("/")
}
