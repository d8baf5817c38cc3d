//! What the gazetteers say of places, without any text: former regions, coordinates.

use super::declared::Facets;
use super::document::PlaceRow;
use super::findings::Searched;
use super::gazetteer::{Gazetteer, NO_PATH};

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
        let was_in = |place: &&super::gazetteer::Place| {
            let old = gazetteer.path(place.old_region);
            place.kind.is_level() && place.old_region != NO_PATH && old.is_some_and(|p| &*p.text == region)
        };
        let mut paths: Vec<String> = gazetteer
            .places
            .iter()
            .filter(was_in)
            .filter_map(|place| Some(gazetteer.path(place.path)?.text.to_string()))
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
                .places
                .iter()
                .filter(|p| !p.latitude.is_nan() && !p.longitude.is_nan());
            known.filter_map(|place| {
                Some(PlaceRow {
                    name: &place.name,
                    kind: place.kind.rule(),
                    path: &gazetteer.path(place.path)?.text,
                    latitude: place.latitude,
                    longitude: place.longitude,
                })
            })
        })
    }
}
