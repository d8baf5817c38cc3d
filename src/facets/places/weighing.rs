//! Which of the known places count as places of what is reported.

use super::Places;
use super::mention::Mention;
use crate::facets::gazetteer::{Kind, NO_PATH, PathId, flag};
use crate::facets::reading::Reading;
use crate::facets::words;
use rustc_hash::FxHashSet;

impl Places {
    /// Which of the known places count: not the points of reference where better is known, not datelines and
    /// governments.
    pub(super) fn weigh(&self, mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
        let gazetteer = &self.gazetteer;
        // The first place that lies in a sentence, for each sentence that has one; in order.
        let mut strong: Vec<((usize, u32), usize)> = Vec::new();
        let sentence = |m: &Mention<'_>| (m.reading, readings[m.reading].words[m.from].sentence);
        let mut anywhere: FxHashSet<PathId> = FxHashSet::default();
        for mention in mentions.iter_mut() {
            let Some(place) = mention.place else { continue };
            let row = gazetteer.place(place);
            let away = row.flags & flag::METONYM != 0;
            mention.counts = row.path != NO_PATH && row.flags & flag::ZONE == 0;
            if mention.context.source && away {
                mention.counts = false;
            }
            if mention.context.dateline && (away || gazetteer.country_of(row.path) == row.path) {
                mention.counts = false;
            }
            mention.counts &= !mention.context.government;
            let reference = mention.context.landmark || mention.context.road;
            if mention.counts && !reference && row.kind != Kind::Country {
                let region = self.region(place);
                if strong.last().is_none_or(|(last, _)| *last != sentence(mention)) {
                    strong.push((sentence(mention), mention.from));
                }
                if !mention.country_only {
                    anywhere.insert(region);
                }
            }
        }
        for mention in mentions.iter_mut() {
            let (Some(place), true) = (mention.place, mention.counts) else {
                continue;
            };
            let region = self.region(place);
            let kind = gazetteer.place(place).kind;
            if kind == Kind::Country || !(mention.context.landmark || mention.context.road) {
                continue;
            }
            let metonym = gazetteer.place(place).flags & flag::METONYM != 0;
            // What lies "au nord de Mopti" is named before it; "à 30 km de Gossi" alone says where it was.
            let here = sentence(mention);
            let first = strong
                .binary_search_by_key(&here, |(at, _)| *at)
                .ok()
                .map(|at| strong[at].1);
            let located = first.is_some_and(|from| mention.context.road || from < mention.from);
            let known = anywhere.contains(&region);
            let near = mention.context.near && !metonym;
            // A capital's region is no larger than the capital: what lies 30 km from Bamako lies outside it.
            if metonym && mention.context.distant && !known {
                mention.country_only = true;
                continue;
            }
            let drop =
                !known && (located && !near || metonym && (mention.context.road || !anywhere.is_empty()));
            mention.counts = !drop;
        }
    }

    /// Marks the capitals that stand for their government.
    pub(super) fn mark_governments(&self, mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
        let metonym = |m: &Mention<'_>| {
            m.meanings
                .iter()
                .any(|v| self.place(v).flags & flag::METONYM != 0)
        };
        let first_path = |m: &Mention<'_>| m.meanings.get(0).map(|value| self.place(value).path);
        for at in 0..mentions.len() {
            let mention = &mentions[at];
            if !metonym(mention) {
                continue;
            }
            let reading = &readings[mention.reading];
            let mut stands = self.contexts.government(reading, mention.from, mention.to);
            // "entre Bamako et Alger", "Paris et Bamako ont rompu"
            if let Some(other) = mentions.get(at + 1)
                && other.reading == mention.reading
                && other.from == mention.to + 1
                && metonym(other)
                && reading.is(mention.to, words::AND)
                && first_path(other) != first_path(mention)
                && (mention.from > 0 && reading.folded(mention.from - 1) == "entre"
                    || self.contexts.verb_of_power(reading, other.to))
            {
                stands = true;
                mentions[at + 1].context.government = true;
            }
            mentions[at].context.government |= stands && !mentions[at].context.dateline;
        }
    }
}
