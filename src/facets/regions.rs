//! What the gazetteers say of places, without any text: former regions, coordinates.

use super::declared::Facets;
use super::document::PlaceRow;
use super::findings::Searched;
use super::gazetteer::{Gazetteer, Place};

impl Facets {
    /// The gazetteer of a facet, if it has one.
    fn gazetteer(&self, facet: &str) -> Option<&Gazetteer> {
        match self.of(facet)?.searched()? {
            Searched::Places(places) => Some(&places.gazetteer),
            Searched::Names(_) => None,
        }
    }

    /// The region that a place of the facet lay in under the former division, where it was another.
    pub fn former_region(&self, facet: &str, path: &str) -> Option<&str> {
        self.gazetteer(facet)?.former(path)
    }

    /// Today's regions that lie, in part or whole, in a region as it was before the division of 2023: paths
    /// of places whose former region it was.
    pub fn formerly_in(&self, facet: &str, region: &str) -> Vec<String> {
        let Some(gazetteer) = self.gazetteer(facet) else {
            return Vec::new();
        };
        let Some(old) = gazetteer.path_id(region) else {
            return Vec::new();
        };
        let was_in = |place: &Place| place.kind.is_level() && place.old_region == old;
        let mut paths: Vec<String> = gazetteer
            .places()
            .map(|(_, place)| place)
            .filter(was_in)
            .filter_map(|place| Some(gazetteer.path_text(place.path)?.to_string()))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Every place of the gazetteers that has a path and coordinates.
    pub fn place_rows(&self) -> impl Iterator<Item = PlaceRow<'_>> {
        let gazetteers = self.declarations.iter().filter_map(|d| self.gazetteer(&d.name));
        gazetteers.flat_map(|gazetteer| {
            let known = gazetteer
                .places()
                .filter(|(_, p)| !p.latitude.is_nan() && !p.longitude.is_nan());
            known.filter_map(|(number, place)| {
                Some(PlaceRow {
                    name: gazetteer.name(number),
                    kind: place.kind.rule(),
                    path: gazetteer.path_text(place.path)?,
                    latitude: place.latitude,
                    longitude: place.longitude,
                })
            })
        })
    }
}
