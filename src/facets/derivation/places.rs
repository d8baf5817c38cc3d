//! `derive = "places"`: the places of a gazetteer that a text reports of.

use super::kind::{Comparison, Derivation, Kind, Source, Spellings};
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::facets::findings::{Findings, Searched};
use crate::facets::gazetteer::{self, Gazetteer, PathId, flag, meaning};
use crate::facets::known::Known;
use crate::facets::lexicon::Vocabulary;
use crate::facets::places::Places;
use crate::facets::typed;
use crate::facets::values::Values;
use crate::facets::words;
use crate::french::fold;
use std::collections::BTreeSet;

pub(super) const KIND: Kind = Kind {
    lexicon: true,
    places: true,
    ..Kind::new("places", read)
};

fn read(source: &mut Source<'_>) -> Result<Box<dyn Derivation>> {
    let gazetteer = Gazetteer::parse(source.file, source.text, source.french, source.vocabulary)?;
    let tops = gazetteer
        .paths
        .iter()
        .enumerate()
        .filter(|(_, path)| path.levels == 1)
        .map(|(id, path)| (path.text.to_string(), id as PathId));
    source.countries.take(tops);
    Ok(Box::new(Places::new(gazetteer, source.french)))
}

impl Derivation for Places {
    fn searched(&self) -> Option<Searched<'_>> {
        Some(Searched::Places(self))
    }

    fn derive(&self, at: usize, found: &Findings<'_, '_>, values: &mut Values<'_>) {
        for (_, _, mentions) in found.places.iter().filter(|(of, ..)| *of == at) {
            for (path, mention, rule) in self.values(mentions) {
                let reading = &found.readings[mention.reading];
                values.add_words(path, reading, (mention.from, mention.to), rule);
            }
        }
        if values.is_empty() {
            adjectives(&self.gazetteer, found, values);
        }
        values.drop_lone_countries();
    }

    fn resolve(&self, typed: &str, vocabulary: &Vocabulary) -> Vec<String> {
        match self.gazetteer.path_typed(typed) {
            Some(path) => vec![path.to_string()],
            None => by_name(&self.gazetteer, typed, vocabulary),
        }
    }

    fn spellings(&self) -> Box<dyn Iterator<Item = Spellings<'_>> + '_> {
        let useful =
            |p: &&gazetteer::Place| p.flags & (flag::ZONE | flag::COMMON) == 0 && !p.aliases.is_empty();
        let places = self.gazetteer.places.iter().filter(useful);
        Box::new(places.filter_map(|place| {
            let name = std::iter::once(&*place.name);
            Some(Spellings {
                path: &self.gazetteer.path(place.path)?.text,
                canonical: &place.name,
                all: name.chain(place.aliases.iter().map(|a| &**a)).collect(),
            })
        }))
    }

    fn size(&self) -> Option<(usize, usize)> {
        Some((self.gazetteer.places.len(), self.gazetteer.names.phrases()))
    }

    fn mark_known(&self, at: usize, known: &mut Known<'_, '_>) {
        let reading = known.reading;
        for word in 0..reading.words.len() {
            if !reading.may_begin(word, words::begins(at)) {
                continue;
            }
            if let Some((length, meanings)) = reading.longest(&self.gazetteer.names, word) {
                let place = |m: &u32| &self.gazetteer.places[meaning(*m).place as usize];
                let large =
                    |p: &gazetteer::Place| p.kind <= gazetteer::Kind::Town && p.flags & flag::AMBIGUOUS == 0;
                // Half of all first names are also a village's: such a name is known alone, not as a part.
                let safe = length > 1 || meanings.iter().map(place).any(large);
                if safe || known.stands_alone(word, word + length) {
                    known.mark(word, word + length, Known::SAFE);
                }
            }
        }
    }

    fn comparison(&self) -> Option<Comparison> {
        Some(Comparison {
            given: false,
            by: "text",
        })
    }
}

/// "Quatre soldats maliens": where no place at all is known, the adjective of a country with regions tells
/// the country. Of 37 labelled articles that name such a country by its adjective only, 36 are about it; the
/// other names places of another one.
fn adjectives(gazetteer: &Gazetteer, found: &Findings<'_, '_>, values: &mut Values<'_>) {
    for reading in &found.readings {
        for (at, word) in reading.words.iter().enumerate() {
            if word.classes & words::GENTILIC == 0 {
                continue;
            }
            let country = found.gentilics.get(&word.id);
            let country = country.filter(|country| gazetteer.is_divided(**country));
            if let Some(path) = country.and_then(|country| gazetteer.path(*country)) {
                values.add_words(&path.text, reading, (at, at + 1), "adjective");
            }
        }
    }
}

/// The paths of places of that name, of the highest level only. "Mali/Djiguibombo": the last level decides,
/// the others filter.
fn by_name(gazetteer: &Gazetteer, typed: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let path = FacetPath::new(typed);
    let above = path.parent().map_or("", FacetPath::as_str);
    let above: Vec<String> = FacetPath::new(above)
        .levels()
        .map(fold)
        .filter(|level| !level.is_empty())
        .collect();
    let meanings = gazetteer.names.exact(&typed::ids(path.label(), vocabulary));
    let mut found: Vec<(&gazetteer::Place, &gazetteer::PathInfo)> = meanings
        .iter()
        .map(|v| &gazetteer.places[meaning(*v).place as usize])
        .filter(|place| place.flags & flag::ZONE == 0)
        .filter_map(|place| Some((place, gazetteer.path(place.path)?)))
        .collect();
    found.retain(|(_, path)| {
        let levels: Vec<String> = FacetPath::new(&path.text).levels().map(fold).collect();
        above.iter().all(|level| levels.contains(level))
    });
    let rank =
        |(place, path): &(&gazetteer::Place, &gazetteer::PathInfo)| (!place.kind.is_level(), path.levels);
    let best = found.iter().map(rank).min();
    // Villages of one name are alike, however deep they lie.
    let top = |one: &&(&gazetteer::Place, &gazetteer::PathInfo)| match best {
        Some((true, _)) => true,
        best => best == Some(rank(one)),
    };
    let paths: BTreeSet<String> = found
        .iter()
        .filter(top)
        .map(|(_, path)| path.text.to_string())
        .collect();
    paths.into_iter().collect()
}
