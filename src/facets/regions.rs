//! What the gazetteers say of places, without any text: former regions, coordinates.

use super::declared::Facets;
use super::document::PlaceRow;
use super::findings::Searched;
use super::gazetteer::{Gazetteer, Place, flag, meaning};
use super::typed;
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::packed::U32List;
use std::collections::BTreeSet;

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

    /// The places that a person may mean, in any of their spellings; the last level of a path within the levels above.
    /// Where none is written so, those that sound so. Coordinates that are unknown are no numbers.
    pub fn places_called(&self, typed: &str) -> Vec<PlaceRow<'_>> {
        let typed = FacetPath::new(typed);
        let above: Vec<String> = typed.parent().map_or_else(Vec::new, |above| {
            FacetPath::new(above.as_str()).levels().map(fold).collect()
        });
        let gazetteers = self.declarations.iter().filter_map(|d| self.gazetteer(&d.name));
        let mut found = Vec::new();
        for gazetteer in gazetteers {
            let numbers = self.meanings(gazetteer, typed.label());
            found.extend(numbers.into_iter().filter_map(|number| {
                let place = gazetteer.place(number);
                let path = gazetteer.path_text(place.path)?;
                let levels: Vec<String> = FacetPath::new(path).levels().map(fold).collect();
                let is_within = above.iter().all(|level| levels.contains(level));
                (place.flags & flag::ZONE == 0 && is_within).then(|| PlaceRow {
                    name: gazetteer.name(number),
                    kind: place.kind.rule(),
                    path,
                    latitude: place.latitude,
                    longitude: place.longitude,
                })
            }));
        }
        found
    }

    /// The places of a gazetteer with a name.
    fn meanings(&self, gazetteer: &Gazetteer, name: &str) -> Vec<u32> {
        let vocabulary = self.vocabulary();
        let written = gazetteer.names.exact(&typed::ids(name, vocabulary));
        let numbers = |values: U32List<'_>| {
            values
                .iter()
                .map(|value| meaning(value).place)
                .collect::<Vec<_>>()
        };
        let mut found = numbers(written);
        if found.is_empty() {
            let joined = typed::words_of(name).concat();
            found = numbers(gazetteer.names.exact(&[vocabulary.get(&joined)]));
            if found.is_empty() {
                let alike = gazetteer.similar(&joined, 0).into_iter();
                found = alike.flat_map(|(_, values)| numbers(values)).collect();
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The paths of the gazetteers whose names are most like what was typed, at most `most`.
    pub fn paths_like(&self, typed: &str, most: usize) -> Vec<String> {
        let gazetteers = self.declarations.iter().filter_map(|d| self.gazetteer(&d.name));
        let paths = gazetteers.flat_map(Gazetteer::paths);
        nearest(typed, paths.map(|path| (path, path)), most)
    }

    /// The values of a facet of names whose names are most like what was typed, at most `most`.
    pub fn names_like(&self, facet: &str, typed: &str, most: usize) -> Vec<String> {
        let spelled = self.search_variants().filter(|variant| variant.facet == facet);
        let all: Vec<(&str, &str)> = spelled
            .flat_map(|variant| {
                let names = [FacetPath::new(variant.path).label()]
                    .into_iter()
                    .chain(variant.spellings);
                names.map(move |name| (name, variant.path)).collect::<Vec<_>>()
            })
            .collect();
        nearest(typed, all.into_iter(), most)
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

/// Of names with what each stands for, what the nearest stand for: each once.
fn nearest<'n>(wanted: &str, names: impl Iterator<Item = (&'n str, &'n str)>, most: usize) -> Vec<String> {
    // A path is like its last level, too.
    let letters = |path: &str| fold(FacetPath::new(path).label()).chars().collect::<Vec<char>>();
    let wanted = letters(wanted);
    let mut near: Vec<(usize, &str)> = Vec::new();
    for (name, stands_for) in names {
        let name = letters(name);
        if name.len().abs_diff(wanted.len()) > FARTHEST {
            continue;
        }
        let away = edits(&wanted, &name);
        if away <= FARTHEST.min(wanted.len() / 2) {
            near.push((away, stands_for));
        }
    }
    near.sort_unstable();
    let mut seen = BTreeSet::new();
    let each = near
        .into_iter()
        .filter(|(_, stands_for)| seen.insert(*stands_for));
    each.take(most)
        .map(|(_, stands_for)| stands_for.to_string())
        .collect()
}

/// Letters that a suggested name may differ by.
const FARTHEST: usize = 3;

/// How many letters are to be changed, added or left out.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = before + usize::from(a != b);
            before = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_so_are_suggested() {
        let names = ["Mali/Ménaka", "Mali/Ménaka/Inékar", "Mali/Gao", "Niger/Tahoua"];
        let near = |typed: &str| nearest(typed, names.iter().map(|name| (*name, *name)), 2);
        assert_eq!(near("Mali/Menaca"), ["Mali/Ménaka"]);
        assert_eq!(near("Inekkar"), ["Mali/Ménaka/Inékar"]);
        assert_eq!(near("Mali/Gaao"), ["Mali/Gao"]);
        assert!(near("Xyz").is_empty());
    }
}
