//! Which countries a text speaks of, and where: whose army "l'armée" is, and which Nara is meant.

use super::gazetteer::{Kind, NO_PATH, PathId, flag, meaning};
use super::lexicon::WordId;
use super::places::{Mention, Places};
use super::reading::{Reading, shape};
use super::words;
use rustc_hash::{FxHashMap, FxHashSet};

/// The countries of a text, for names whose value depends on a country: "l'armée".
#[derive(Default)]
pub(super) struct Geography {
    /// The country of each sentence, by reading.
    pub sentences: Vec<Vec<PathId>>,
    /// The country that the article is mostly about.
    pub main: Option<PathId>,
    /// Countries and capitals by reading and first word.
    pub at: FxHashMap<(usize, usize), PathId>,
    /// Where a place in a country is named: reading, sentence, country.
    pub placed: FxHashSet<(usize, u32, PathId)>,
    /// Capitals that stand for their government: reading, words, country.
    pub governments: Vec<(usize, usize, usize, PathId)>,
}

/// Where which country is named: by its name, its adjectives, its other places.
#[derive(Default)]
pub(super) struct Named {
    /// How often.
    anywhere: FxHashMap<PathId, usize>,
    /// With the reading and the sentence.
    in_sentence: FxHashSet<(usize, u32, PathId)>,
}

impl Places {
    /// Which countries are named where; nothing if no mention may lie in several.
    pub fn named(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Named {
        let mut named = Named::default();
        if !mentions.iter().any(|m| self.is_of_several_countries(m)) {
            return named;
        }
        let mut add = |reading: usize, sentence: u32, country: PathId| {
            *named.anywhere.entry(country).or_default() += 1;
            named.in_sentence.insert((reading, sentence, country));
        };
        for mention in mentions
            .iter()
            .filter(|m| !m.context.signature && !m.context.name_run)
        {
            if let Some(country) = self.one_country(mention) {
                let sentence = readings[mention.reading].words[mention.from].sentence;
                add(mention.reading, sentence, country);
            }
        }
        for (number, reading) in readings.iter().enumerate() {
            for word in reading.words.iter().filter(|w| w.classes & words::GENTILIC != 0) {
                if let Some(country) = gentilics.get(&word.id) {
                    add(number, word.sentence, *country);
                }
            }
        }
        named
    }

    /// The country of a place.
    pub fn country(&self, place: u32) -> PathId {
        self.gazetteer.country_of(self.gazetteer.place(place).path)
    }

    fn is_of_several_countries(&self, mention: &Mention<'_>) -> bool {
        let mut places = mention.meanings.iter().map(|value| meaning(value).place);
        let first = places.next().map(|place| self.country(place));
        places.any(|place| Some(self.country(place)) != first)
            || mention
                .meanings
                .iter()
                .any(|v| self.gazetteer.is_namesake(self.place(v)))
    }

    /// The country in which all meanings of a name lie that are safe alone.
    fn one_country(&self, mention: &Mention<'_>) -> Option<PathId> {
        let safe = mention.meanings.iter().filter(|value| {
            let place = self.place(*value);
            place.flags & (flag::AMBIGUOUS | flag::COMMON) == 0 && place.path != NO_PATH
        });
        let mut countries = safe.map(|value| self.country(meaning(value).place));
        let first = countries.next()?;
        let namesake = mention
            .meanings
            .iter()
            .any(|v| self.gazetteer.is_namesake(self.place(v)));
        (!namesake && countries.all(|country| country == first)).then_some(first)
    }

    /// Leaves of the places that a name may mean those in the country that the text speaks of: Nara is Japan's
    /// where the text speaks of Japan and not of Mali, and the less known of two villages is thought of only
    /// where its country is named more plainly.
    pub fn leave_those_spoken_of(
        &self,
        left: &mut Vec<u32>,
        mention: &Mention<'_>,
        readings: &[Reading<'_>],
        named: &Named,
    ) {
        let homonym = |p: u32| self.gazetteer.place(p).flags & flag::HOMONYM != 0;
        let namesake = |p: u32| self.gazetteer.is_namesake(self.gazetteer.place(p));
        let countries = |test: &dyn Fn(u32) -> bool| -> Vec<PathId> {
            let mut of: Vec<PathId> = left
                .iter()
                .filter(|p| test(**p))
                .map(|p| self.country(*p))
                .collect();
            of.retain(|country| *country != NO_PATH);
            of.sort_unstable();
            of.dedup();
            of
        };
        let home = countries(&|p| !homonym(p));
        let mut away = countries(&homonym);
        away.retain(|country| !home.contains(country));
        if home.len() + away.len() < 2 && !left.iter().any(|p| namesake(*p)) {
            return;
        }
        let sentence = readings[mention.reading].words[mention.from].sentence;
        let here = |c: &PathId| named.in_sentence.contains(&(mention.reading, sentence, *c));
        let often = |c: &PathId| named.anywhere.get(c).copied().unwrap_or(0);
        let most = |of: &[PathId]| of.iter().map(often).max().unwrap_or(0);
        let spoken: Vec<PathId> = if home.iter().any(here) {
            home
        } else if away.iter().any(here) {
            away.into_iter().filter(here).collect()
        } else if most(&away) > 2 * most(&home) {
            let most = most(&away);
            away.into_iter().filter(|c| often(c) == most).collect()
        } else if home.is_empty() {
            left.retain(|p| !namesake(*p));
            return;
        } else {
            home
        };
        left.retain(|p| {
            let country = self.country(*p);
            country == NO_PATH || spoken.contains(&country)
        });
    }

    /// The countries that the found places and the adjectives give. `gentilics`: country of an adjective's
    /// word.
    pub fn geography(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Geography {
        let mut geography = Geography::default();
        let mut votes = Votes {
            by_reading: readings.iter().map(|_| Vec::new()).collect(),
            total: FxHashMap::default(),
        };
        for mention in mentions {
            self.add_place(mention, readings, &mut geography, &mut votes);
        }
        for (number, reading) in readings.iter().enumerate() {
            self.add_adjectives(number, reading, gentilics, &mut votes);
        }
        let most = votes
            .total
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        geography.main = most.map(|(country, _)| *country);
        for (number, reading) in readings.iter().enumerate() {
            let countries = votes.of_sentences(number, reading.sentences.len(), geography.main);
            geography.sentences.push(countries);
        }
        geography
    }

    fn add_place(
        &self,
        mention: &Mention<'_>,
        readings: &[Reading<'_>],
        geography: &mut Geography,
        votes: &mut Votes,
    ) {
        let Some(place) = mention.place else { return };
        let row = self.gazetteer.place(place);
        let country = self.gazetteer.country_of(row.path);
        if country == NO_PATH {
            return;
        }
        if row.kind == Kind::Country || row.flags & flag::METONYM != 0 {
            geography.at.insert((mention.reading, mention.from), country);
        }
        if mention.context.government {
            geography
                .governments
                .push((mention.reading, mention.from, mention.to, country));
        }
        let weight = match row.kind {
            _ if mention.context.dateline => 0.3,
            Kind::Country if mention.context.border || mention.context.landmark => 0.1,
            Kind::Country => 1.0,
            _ if row.flags & flag::METONYM != 0 => 1.0,
            _ => 2.0,
        };
        let sentence = readings[mention.reading].words[mention.from].sentence;
        votes.add(mention.reading, sentence, country, weight);
        if weight > 1.0 && !mention.context.landmark {
            geography.placed.insert((mention.reading, sentence, country));
        }
    }

    fn add_adjectives(
        &self,
        number: usize,
        reading: &Reading<'_>,
        gentilics: &FxHashMap<WordId, PathId>,
        votes: &mut Votes,
    ) {
        for (at, word) in reading.words.iter().enumerate() {
            if word.classes & words::GENTILIC == 0 {
                continue;
            }
            let Some(country) = gentilics.get(&word.id) else {
                continue;
            };
            let border = at > 0 && reading.is(at - 1, words::BORDER);
            // "l'armée et les Russes": a people is not the country that the sentence is about.
            let people = word.shape & shape::CAPITAL != 0 && !self.gazetteer.is_divided(*country);
            let weight = if border {
                0.1
            } else if people {
                0.3
            } else {
                0.6
            };
            votes.add(number, word.sentence, *country, weight);
        }
    }
}

/// How much speaks for each country.
struct Votes {
    /// Sentence, country and weight, for each reading.
    by_reading: Vec<Vec<(u32, PathId, f32)>>,
    /// The title counts twice.
    total: FxHashMap<PathId, f32>,
}

impl Votes {
    fn add(&mut self, reading: usize, sentence: u32, country: PathId, weight: f32) {
        self.by_reading[reading].push((sentence, country, weight));
        *self.total.entry(country).or_insert(0.0) += if reading == 0 { 2.0 * weight } else { weight };
    }

    /// The country of each sentence of a reading: the main one where its own votes name none.
    fn of_sentences(&mut self, number: usize, sentences: usize, main: Option<PathId>) -> Vec<PathId> {
        let mut by_sentence = vec![(NO_PATH, 0.0_f32); sentences];
        let votes = &mut self.by_reading[number];
        votes.sort_by_key(|(sentence, country, _)| (*sentence, *country));
        for same in votes.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (sentence, country, _) = same[0];
            let weight: f32 = same.iter().map(|(_, _, weight)| weight).sum();
            let slot = &mut by_sentence[sentence as usize];
            let favoured = if Some(country) == main {
                weight * 1.2
            } else {
                weight
            };
            if weight >= 0.5 && favoured > slot.1 {
                *slot = (country, favoured);
            }
        }
        let main = main.unwrap_or(NO_PATH);
        by_sentence
            .into_iter()
            .map(|(c, _)| if c == NO_PATH { main } else { c })
            .collect()
    }
}
