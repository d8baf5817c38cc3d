//! Which countries a text speaks of, and where: whose army "l'armée" is, and which Nara is meant.

use super::gazetteer::{Kind, NO_PATH, PathId, flag};
use super::lexicon::WordId;
use super::places::{Mention, Places};
use super::reading::{Reading, shape};
use super::words;
use rustc_hash::{FxHashMap, FxHashSet};

/// What the texts say of countries; the names' lexicons ask it whose army "l'armée" is.
#[derive(Default)]
pub(super) struct Geography {
    /// The country of each sentence, by reading.
    pub sentences: Vec<Vec<PathId>>,
    /// The country that the article is mostly about.
    pub main: Option<PathId>,
    /// Countries and capitals by reading and first word.
    pub at: FxHashMap<(usize, usize), PathId>,
    /// Capitals that stand for their government: reading, words, country.
    pub governments: Vec<(usize, usize, usize, PathId)>,
}

impl Places {
    /// The numbers of the mentions that mean the namesake abroad, in order.
    pub fn namesakes(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Vec<usize> {
        let gazetteer = &self.gazetteer;
        let country = |value: u32| gazetteer.country_of(self.place(value).path);
        let abroad = |m: &Mention<'_>| {
            m.meanings
                .iter()
                .find(|v| gazetteer.is_namesake(self.place(**v)))
                .map(|v| country(*v))
        };
        if !mentions.iter().any(|m| abroad(m).is_some()) {
            return Vec::new();
        }
        // Where which country is spoken of: by its name, its adjectives, its other places.
        let mut said: Vec<(usize, u32, PathId)> = Vec::new();
        for mention in mentions
            .iter()
            .filter(|m| abroad(m).is_none() && !m.context.signature && !m.context.name_run)
        {
            let sentence = readings[mention.reading].words[mention.from].sentence;
            let safe = mention
                .meanings
                .iter()
                .filter(|v| self.place(**v).flags & (flag::AMBIGUOUS | flag::COMMON) == 0);
            said.extend(safe.map(|v| (mention.reading, sentence, country(*v))));
        }
        for (number, reading) in readings.iter().enumerate() {
            let adjectives = reading.words.iter().filter(|w| w.classes & words::GENTILIC != 0);
            said.extend(adjectives.filter_map(|w| Some((number, w.sentence, *gentilics.get(&w.id)?))));
        }
        // Sets, not lists: a text may have a hundred thousand of both.
        let anywhere: FxHashSet<PathId> = said.iter().map(|s| s.2).collect();
        let said: FxHashSet<(usize, u32, PathId)> = said.into_iter().collect();
        let of = |mention: &Mention<'_>, namesake: PathId| {
            let home = mention
                .meanings
                .iter()
                .map(|v| country(*v))
                .find(|c| *c != namesake);
            let here = (
                mention.reading,
                readings[mention.reading].words[mention.from].sentence,
            );
            let spoken = |c: Option<PathId>, near: bool| {
                c.is_some_and(|c| {
                    if near {
                        said.contains(&(here.0, here.1, c))
                    } else {
                        anywhere.contains(&c)
                    }
                })
            };
            let sentence = (spoken(Some(namesake), true), spoken(home, true));
            match sentence {
                (true, false) => true,
                (_, true) => false,
                (false, false) => spoken(Some(namesake), false) && !spoken(home, false),
            }
        };
        (0..mentions.len())
            .filter(|n| abroad(&mentions[*n]).is_some_and(|namesake| of(&mentions[*n], namesake)))
            .collect()
    }

    /// What the found places say of countries. `gentilics`: country of an adjective's word.
    pub fn geography(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Geography {
        let mut geography = Geography::default();
        let mut votes: Vec<Vec<(u32, PathId, f32)>> = readings.iter().map(|_| Vec::new()).collect();
        let mut total: FxHashMap<PathId, f32> = FxHashMap::default();
        let mut vote = |reading: usize, word: usize, country: PathId, weight: f32| {
            let sentence = readings[reading].words[word].sentence;
            votes[reading].push((sentence, country, weight));
            *total.entry(country).or_insert(0.0) += if reading == 0 { 2.0 * weight } else { weight };
        };
        for mention in mentions {
            let Some(place) = mention.place else { continue };
            let row = &self.gazetteer.places[place as usize];
            let country = self.gazetteer.country_of(row.path);
            if country == NO_PATH {
                continue;
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
            vote(mention.reading, mention.from, country, weight);
        }
        for (number, reading) in readings.iter().enumerate() {
            for (at, word) in reading.words.iter().enumerate() {
                if word.classes & words::GENTILIC != 0
                    && let Some(country) = gentilics.get(&word.id)
                {
                    let border = at > 0 && reading.is(at - 1, words::BORDER);
                    // "l'armée et les Russes": a people is not the country that the sentence is about.
                    let people = word.shape & shape::CAPITAL != 0 && !self.gazetteer.is_divided(*country);
                    vote(
                        number,
                        at,
                        *country,
                        if border {
                            0.1
                        } else if people {
                            0.3
                        } else {
                            0.6
                        },
                    );
                }
            }
        }
        let most = total.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        geography.main = most.map(|(country, _)| *country);
        for (number, reading) in readings.iter().enumerate() {
            let mut by_sentence = vec![(NO_PATH, 0.0_f32); reading.sentences.len()];
            votes[number].sort_by_key(|(sentence, country, _)| (*sentence, *country));
            for same in votes[number].chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let (sentence, country, _) = same[0];
                let weight: f32 = same.iter().map(|(_, _, weight)| weight).sum();
                let slot = &mut by_sentence[sentence as usize];
                let favoured = if Some(country) == geography.main {
                    weight * 1.2
                } else {
                    weight
                };
                if weight >= 0.5 && favoured > slot.1 {
                    *slot = (country, favoured);
                }
            }
            let main = geography.main.unwrap_or(NO_PATH);
            geography.sentences.push(
                by_sentence
                    .into_iter()
                    .map(|(c, _)| if c == NO_PATH { main } else { c })
                    .collect(),
            );
        }
        geography
    }
}
