//! `derive = "places"`: the places of a gazetteer that a text reports of.

use super::kind::{Comparison, Countries, Derivation, Kind, Parsed, Read, Spellings};
use crate::facet_path::FacetPath;
use crate::facets::findings::{Findings, Searched};
use crate::facets::gazetteer::{self, Gazetteer, ParsedGazetteer, Place, flag, meaning};
use crate::facets::known::Known;
use crate::facets::lexicon::{Vocabulary, WordId};
use crate::facets::places::Places;
use crate::facets::typed;
use crate::facets::values::Values;
use crate::facets::words;
use crate::french::{French, fold};
use crate::packed::Packer;
use std::collections::BTreeSet;

pub(super) const KIND: Kind = Kind {
    lexicon: true,
    places: true,
    ..Kind::new("places", READ)
};

const READ: Read = Read::Compiled {
    parse: |source| {
        let parsed = ParsedGazetteer::new(source.file, source.text, source.french, source.vocabulary)?;
        Ok(Box::new(parsed))
    },
    open: |sections| Some(Box::new(Places::open(sections)?)),
};

impl Parsed for ParsedGazetteer {
    fn first_words(&self) -> Vec<WordId> {
        ParsedGazetteer::first_words(self).collect()
    }

    fn countries(&self, countries: &mut Countries) {
        countries.take(ParsedGazetteer::countries(self));
    }

    fn pack(&mut self, french: &French, _: &mut Countries, packer: &mut Packer) {
        Places::pack(self, french, packer);
    }
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
        Box::new(self.gazetteer.places().filter_map(|(number, place)| {
            let (name, aliases) = (self.gazetteer.name(number), self.gazetteer.aliases(number));
            if place.flags & (flag::ZONE | flag::COMMON) != 0 || aliases.len() == 0 {
                return None;
            }
            Some(Spellings {
                path: self.gazetteer.path_text(place.path)?,
                canonical: name,
                all: std::iter::once(name).chain(aliases).collect(),
            })
        }))
    }

    fn size(&self) -> Option<(usize, usize)> {
        Some((self.gazetteer.len(), self.gazetteer.names.phrases()))
    }

    fn mark_known(&self, at: usize, known: &mut Known<'_, '_>) {
        let reading = known.reading;
        for word in 0..reading.words.len() {
            if !reading.may_begin(word, words::begins(at)) {
                continue;
            }
            if let Some((length, meanings)) = reading.longest(&self.gazetteer.names, word) {
                let large = |p: Place| p.kind <= gazetteer::Kind::Town && p.flags & flag::AMBIGUOUS == 0;
                // Half of all first names are also a village's: such a name is known alone, not as a part.
                let safe = length > 1 || meanings.iter().map(|m| self.place(m)).any(large);
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

/// "Quatre soldats maliens": where no place at all is known, the adjective of a country that is known down to
/// its cercles tells the country. Of 37 labelled articles that name such a country by its adjective only, 36 are about it; the
/// other names places of another one.
fn adjectives(gazetteer: &Gazetteer, found: &Findings<'_, '_>, values: &mut Values<'_>) {
    for reading in &found.readings {
        for (at, word) in reading.words.iter().enumerate() {
            if word.classes & words::GENTILIC == 0 {
                continue;
            }
            let country = found.gentilics.get(&word.id);
            let country = country.filter(|country| gazetteer.is_divided(**country));
            if let Some(path) = country.and_then(|country| gazetteer.path_text(*country)) {
                values.add_words(path, reading, (at, at + 1), "adjective");
            }
        }
    }
}

/// Whether a path lies in a place that is called so, perhaps by another name than in the path: Houet in Guiriko,
/// which was Hauts-Bassins.
fn lies_in(gazetteer: &Gazetteer, path: &str, name: &str, vocabulary: &Vocabulary) -> bool {
    let meanings = gazetteer.names.exact(&typed::ids(name, vocabulary));
    let mut paths = meanings
        .iter()
        .filter_map(|value| gazetteer.path_text(gazetteer.place(meaning(value).place).path));
    paths.any(|above| path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/')))
}

/// The paths of places of that name, of the highest level only. "Mali/Djiguibombo": the last level decides,
/// the others filter.
fn by_name(gazetteer: &Gazetteer, typed: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let path = FacetPath::new(typed);
    let above = path.parent().map_or("", FacetPath::as_str);
    let above: Vec<&str> = FacetPath::new(above)
        .levels()
        .filter(|level| !fold(level).is_empty())
        .collect();
    let meanings = gazetteer.names.exact(&typed::ids(path.label(), vocabulary));
    let mut found: Vec<(Place, u8, &str)> = meanings
        .iter()
        .map(|v| gazetteer.place(meaning(v).place))
        .filter(|place| place.flags & flag::ZONE == 0)
        .filter_map(|place| {
            let levels = gazetteer.path(place.path)?.levels;
            Some((place, levels, gazetteer.path_text(place.path)?))
        })
        .collect();
    found.retain(|(.., path)| {
        let levels: Vec<String> = FacetPath::new(path).levels().map(fold).collect();
        let named = |level: &str| lies_in(gazetteer, path, level, vocabulary);
        above
            .iter()
            .all(|level| levels.contains(&fold(level)) || named(level))
    });
    let rank = |(place, levels, _): &(Place, u8, &str)| (!place.kind.is_level(), *levels);
    let best = found.iter().map(rank).min();
    // Villages of one name are alike, however deep they lie.
    let top = |one: &&(Place, u8, &str)| match best {
        Some((true, _)) => true,
        best => best == Some(rank(one)),
    };
    let paths: BTreeSet<String> = found
        .iter()
        .filter(top)
        .map(|(.., path)| path.to_string())
        .collect();
    paths.into_iter().collect()
}
