//! Which countries a text speaks of, and where: whose army "l'armée" is, and which Nara is meant.

use super::gazetteer::{Kind, NO_PATH, PathId, flag};
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
struct Named {
    anywhere: FxHashSet<PathId>,
    /// With the reading and the sentence.
    in_sentence: FxHashSet<(usize, u32, PathId)>,
}

impl Places {
    /// The numbers of the mentions that mean the namesake abroad, in order.
    pub fn namesakes(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Vec<usize> {
        if !mentions.iter().any(|m| self.abroad(m).is_some()) {
            return Vec::new();
        }
        let named = self.named(mentions, readings, gentilics);
        let is_abroad = |mention: &Mention<'_>| {
            let Some(namesake) = self.abroad(mention) else {
                return false;
            };
            let home = mention
                .meanings
                .iter()
                .map(|v| self.country(v))
                .find(|c| *c != namesake);
            let sentence = readings[mention.reading].words[mention.from].sentence;
            let here = |c: PathId| named.in_sentence.contains(&(mention.reading, sentence, c));
            let anywhere = |c: PathId| named.anywhere.contains(&c);
            match (here(namesake), home.is_some_and(here)) {
                (true, false) => true,
                (_, true) => false,
                (false, false) => anywhere(namesake) && !home.is_some_and(anywhere),
            }
        };
        (0..mentions.len()).filter(|n| is_abroad(&mentions[*n])).collect()
    }

    /// The country of a meaning.
    fn country(&self, value: u32) -> PathId {
        self.gazetteer.country_of(self.place(value).path)
    }

    /// The far country that a name may mean.
    fn abroad(&self, mention: &Mention<'_>) -> Option<PathId> {
        mention
            .meanings
            .iter()
            .find(|v| self.gazetteer.is_namesake(self.place(*v)))
            .map(|v| self.country(v))
    }

    fn named(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Named {
        let mut named: Vec<(usize, u32, PathId)> = Vec::new();
        for mention in mentions
            .iter()
            .filter(|m| self.abroad(m).is_none() && !m.context.signature && !m.context.name_run)
        {
            let sentence = readings[mention.reading].words[mention.from].sentence;
            let safe = mention
                .meanings
                .iter()
                .filter(|v| self.place(*v).flags & (flag::AMBIGUOUS | flag::COMMON) == 0);
            named.extend(safe.map(|v| (mention.reading, sentence, self.country(v))));
        }
        for (number, reading) in readings.iter().enumerate() {
            let adjectives = reading.words.iter().filter(|w| w.classes & words::GENTILIC != 0);
            named.extend(adjectives.filter_map(|w| Some((number, w.sentence, *gentilics.get(&w.id)?))));
        }
        // Sets, not lists: a text may have a hundred thousand of both.
        Named {
            anywhere: named.iter().map(|s| s.2).collect(),
            in_sentence: named.into_iter().collect(),
        }
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
