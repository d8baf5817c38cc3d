//! Which place a name means, where the gazetteer has several.

use super::mention::Mention;
use super::{HOMONYMS, Places};
use crate::facets::gazetteer::{Kind, NO_PATH, PathId, Place, flag, meaning};
use crate::facets::lexicon::WordId;
use crate::facets::places_context::{ADMIN, Context, runs_on};
use crate::facets::reading::{Reading, gap, shape};
use crate::facets::words;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many settled names on either side help to disambiguate a name.
const NEIGHBOURS: usize = 5;

/// Two places nearer than this belong together though a border lies between: 60 km, in squared degrees.
const NEARBY: f32 = 0.3;

/// A name no further on than this, in words, says where one before it lies.
const SAME_PASSAGE: usize = 12;

/// More meanings than this are not weighed: context cannot choose among thirty villages.
const MOST_MEANINGS: usize = 64;

/// A name with several candidates: its mention, and the places that it may be.
type Open = (usize, Vec<u32>);

/// A name that can be only one place: its mention, and the place.
type Settled = (usize, u32);

/// What the rest of the text says about names that are still open.
struct Evidence<'e, 'g> {
    mentions: &'e [Mention<'g>],
    /// In order.
    settled: &'e [Settled],
    /// See [`Places::votes`].
    votes: FxHashMap<PathId, usize>,
    /// Countries whose adjectives the text has.
    spoken: FxHashSet<PathId>,
}

impl Evidence<'_, '_> {
    /// The settled names on either side of a mention.
    fn neighbours(&self, number: usize) -> &[Settled] {
        let here = self.after(number);
        &self.settled[here.saturating_sub(NEIGHBOURS)..(here + NEIGHBOURS).min(self.settled.len())]
    }

    /// The index of the first settled name that isn't before a mention.
    fn after(&self, number: usize) -> usize {
        self.settled.partition_point(|(n, _)| *n < number)
    }

    /// Whether several different open names may lie in a region.
    fn has_votes(&self, region: PathId) -> bool {
        self.votes.get(&region).is_some_and(|n| *n > 1)
    }
}

/// What an open name means.
struct Decision {
    place: u32,
    rule: Option<&'static str>,
    /// Which of several places of one country isn't known.
    country_only: bool,
}

/// The candidate with the highest score.
struct Best {
    place: u32,
    score: f32,
    /// The part of the score that comes from neighbours.
    support: f32,
    /// The highest score of a candidate in another region.
    second: f32,
    /// There are candidates in other regions.
    several: bool,
}

impl Places {
    /// The meanings that the name's case and context leave.
    fn meanings(&self, mention: &Mention<'_>, reading: &Reading<'_>, left: &mut Vec<u32>) {
        let capital = reading.words[mention.from].shape & (shape::CAPITAL | shape::DIGIT) != 0;
        let admin = mention.context.admin;
        left.clear();
        let fitting = mention
            .meanings
            .iter()
            .take(MOST_MEANINGS)
            .map(meaning)
            .filter(|m| {
                let place = self.gazetteer.place(m.place);
                let safe = reading.sentence_of(mention.from).lower
                    && place.flags & (flag::AMBIGUOUS | flag::COMMON) == 0;
                (capital || m.lower || safe && place.kind <= Kind::Town)
                    && (place.flags & flag::COMMON == 0 || m.lower || admin != 0)
            })
            .map(|m| m.place);
        left.extend(fitting);
        let mut keep = |test: &dyn Fn(Kind) -> bool| {
            if left.iter().any(|p| test(self.row(*p).kind)) {
                left.retain(|p| test(self.row(*p).kind));
            }
        };
        match admin {
            a if a & words::REGION != 0 => keep(&|k| matches!(k, Kind::Region | Kind::Country)),
            a if a & (words::CERCLE | words::PROVINCE | words::DEPARTEMENT) != 0 => {
                keep(&Kind::is_second_level)
            }
            a if a & words::COMMUNE != 0 => {
                keep(&|k| k.is_second_level() || matches!(k, Kind::Commune | Kind::Town))
            }
            a if a & words::LOCALITY != 0 => keep(&|k| !matches!(k, Kind::Country)),
            _ => {}
        }
    }

    /// Settles the names that can be only one place, then the others by their neighbours.
    pub(super) fn settle(
        &self,
        mentions: &mut [Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) {
        let named = self.named(mentions, readings, gentilics);
        let mut open: Vec<Open> = Vec::new();
        let mut settled: Vec<Settled> = Vec::new();
        let mut left: Vec<u32> = Vec::new();
        let parts = self.parts_of_longer(mentions, readings);
        for (number, mention) in mentions.iter_mut().enumerate() {
            let reading = &readings[mention.reading];
            if self.is_no_place(mention) {
                continue;
            }
            self.meanings(mention, reading, &mut left);
            self.leave_those_spoken_of(&mut left, mention, readings, &named);
            if left.is_empty() || self.are_small(&left) && (parts[number] || runs_on(reading, mention.to)) {
                continue;
            }
            if self.is_certain(&left, mention.context) {
                let place = self.prefer(&left, mention.context, |_| 0.0);
                mention.place = Some(place);
                settled.push((number, place));
            } else {
                open.push((number, left.clone()));
            }
        }
        let evidence = Evidence {
            mentions,
            settled: &settled,
            votes: self.votes(&open, mentions, readings),
            spoken: if open.is_empty() {
                FxHashSet::default()
            } else {
                spoken(readings, gentilics)
            },
        };
        let decided: Vec<_> = open
            .iter()
            .filter_map(|(number, left)| Some((*number, self.decide(*number, left, &evidence)?)))
            .collect();
        for (number, decision) in decided {
            let mention = &mut mentions[number];
            mention.place = Some(decision.place);
            mention.rule = decision.rule;
            mention.country_only = decision.country_only;
        }
    }

    /// Which of the names a hyphen joins to a capitalised word that is no place's: "Ngarwa-Lawandi",
    /// "San-Francisco".
    fn parts_of_longer(&self, mentions: &[Mention<'_>], readings: &[Reading<'_>]) -> Vec<bool> {
        let is_place = |mention: &Mention<'_>| {
            let mut places = mention.meanings.iter().map(|value| self.place(value));
            places.any(|place| place.kind <= Kind::Town || !is_doubtful(place))
        };
        let is_part = |number: usize| {
            let mention = &mentions[number];
            let reading = &readings[mention.reading];
            let hyphen = |w: usize| reading.gap(w) & gap::HYPHEN != 0;
            let before = number.checked_sub(1).and_then(|n| mentions.get(n));
            let before =
                before.is_some_and(|m| (m.reading, m.to) == (mention.reading, mention.from) && is_place(m));
            let after = mentions.get(number + 1);
            let after =
                after.is_some_and(|m| (m.reading, m.from) == (mention.reading, mention.to) && is_place(m));
            mention.from > 0 && hyphen(mention.from) && reading.is_capital(mention.from - 1) && !before
                || hyphen(mention.to) && reading.is_capital(mention.to) && !after
        };
        (0..mentions.len()).map(is_part).collect()
    }

    /// The row of a place.
    fn row(&self, place: u32) -> Place {
        self.gazetteer.place(place)
    }

    /// A signature, part of a longer name, a river.
    fn is_no_place(&self, mention: &Mention<'_>) -> bool {
        let context = mention.context;
        context.signature
            || context.name_run && !self.is_country(mention)
            || context.water && self.is_river(mention)
    }

    /// Whether none of the candidates is known beyond its surroundings.
    fn are_small(&self, left: &[u32]) -> bool {
        left.iter()
            .map(|p| self.row(*p))
            .all(|row| row.kind > Kind::Town || row.flags & flag::AMBIGUOUS != 0)
    }

    /// Whether the candidates are one place without any evidence from neighbours.
    fn is_certain(&self, left: &[u32], context: Context) -> bool {
        let rows = || left.iter().map(|p| self.row(*p));
        let mut regions = left.iter().map(|p| self.region(*p));
        let first = regions.next();
        let one_region = regions.all(|region| Some(region) == first);
        let safe = rows().any(|row| row.flags & flag::AMBIGUOUS == 0) || context.explicit();
        let contested = left.len() > 1 && rows().any(|row| row.flags & (flag::ZONE | flag::COMMON) != 0)
            || rows().any(|row| row.flags & flag::COMMON != 0 && row.kind == Kind::Region);
        let dominant = rows().any(|row| row.kind <= Kind::Region && row.flags & flag::AMBIGUOUS == 0);
        let doubtful = rows().all(|row| row.kind > Kind::Commune && is_doubtful(row));
        let village = rows().all(|row| row.kind >= Kind::Commune) && (!context.explicit() || doubtful);
        safe && !contested && (one_region && !village || dominant)
    }

    fn is_river(&self, mention: &Mention<'_>) -> bool {
        mention
            .meanings
            .iter()
            .map(|m| self.place(m))
            .any(|p| p.kind == Kind::Country && self.gazetteer.path(p.path).is_some_and(|path| path.river))
    }

    fn is_country(&self, mention: &Mention<'_>) -> bool {
        mention
            .meanings
            .iter()
            .any(|m| self.place(m).kind == Kind::Country)
    }

    /// For each region, how many different open names could lie in it: names known in several regions help
    /// one another even where none is settled.
    fn votes(
        &self,
        open: &[Open],
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
    ) -> FxHashMap<PathId, usize> {
        let mut seen = FxHashSet::default();
        let mut votes = FxHashMap::default();
        for (number, left) in open {
            let mention = &mentions[*number];
            let name = readings[mention.reading].words[mention.from].id;
            let mut regions: Vec<PathId> = left.iter().map(|p| self.region(*p)).collect();
            regions.sort_unstable();
            regions.dedup();
            for region in regions {
                if region != NO_PATH && seen.insert((name, region)) {
                    *votes.entry(region).or_insert(0) += 1;
                }
            }
        }
        votes
    }

    /// What an open name means, if the evidence is enough.
    fn decide(&self, number: usize, left: &[u32], evidence: &Evidence<'_, '_>) -> Option<Decision> {
        let best = self.best(number, left, evidence)?;
        if !self.is_accepted(number, &best, evidence) {
            return best
                .several
                .then(|| self.homonym(number, left, evidence))
                .flatten();
        }
        let in_region: Vec<u32> = left
            .iter()
            .copied()
            .filter(|c| self.region(*c) == self.region(best.place))
            .collect();
        let context = evidence.mentions[number].context;
        let place = self.prefer(&in_region, context, |c| if c == best.place { 0.5 } else { 0.0 });
        Some(Decision {
            place,
            rule: (best.several && best.support > 0.0).then_some("neighbours"),
            country_only: false,
        })
    }

    /// Of villages of one name in several regions of the country that the text is about, the one that is by far
    /// the nearest to what else is named; where none is, only the country is known.
    fn homonym(&self, number: usize, left: &[u32], evidence: &Evidence<'_, '_>) -> Option<Decision> {
        let context = evidence.mentions[number].context;
        let country = self.country(*left.first()?);
        let refused = if context.explicit() || context.locative {
            flag::COMMON | flag::ZONE
        } else {
            flag::COMMON | flag::ZONE | flag::AMBIGUOUS
        };
        let fitting = |p: &u32| self.country(*p) == country && self.row(*p).flags & refused == 0;
        if !left.iter().all(fitting) || !self.is_spoken_of(number, country, evidence) {
            return None;
        }
        let away = |p: u32| -> f32 {
            let near = evidence.neighbours(number).iter().filter(|(_, other)| {
                let path = self.gazetteer.path(self.row(*other).path);
                path.is_some_and(|path| path.levels > 1 && path.country == country)
            });
            let distances = near.map(|(_, other)| self.gazetteer.distance(p, *other));
            distances.fold(f32::MAX, f32::min)
        };
        let mut by_distance: Vec<(f32, u32)> = left.iter().map(|p| (away(*p), *p)).collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (distance, place) = *by_distance.first()?;
        let mut others = by_distance
            .iter()
            .filter(|(_, p)| self.region(*p) != self.region(place));
        let is_near = distance < NEARBY * 4.0 && others.all(|(other, _)| *other > distance * 4.0);
        Some(Decision {
            place,
            rule: Some(if is_near { "neighbours" } else { HOMONYMS }),
            country_only: !is_near,
        })
    }

    /// Whether the text names a country, by a place in it or by an adjective.
    fn is_spoken_of(&self, number: usize, country: PathId, evidence: &Evidence<'_, '_>) -> bool {
        let mut neighbours = evidence.neighbours(number).iter();
        evidence.spoken.contains(&country) || neighbours.any(|(_, place)| self.country(*place) == country)
    }

    /// The candidate that most speaks for.
    fn best(&self, number: usize, left: &[u32], evidence: &Evidence<'_, '_>) -> Option<Best> {
        let context = evidence.mentions[number].context;
        let mut best: Option<(u32, f32, f32)> = None;
        let mut second = f32::MIN;
        for &candidate in left {
            let support = self.support(number, candidate, evidence);
            let score = prior(self.row(candidate), context) + support;
            if best.is_none_or(|(_, top, _)| score > top) {
                if let Some((old, top, _)) = best
                    && self.region(old) != self.region(candidate)
                {
                    second = second.max(top);
                }
                best = Some((candidate, score, support));
            } else if best.is_some_and(|(b, ..)| self.region(b) != self.region(candidate)) {
                second = second.max(score);
            }
        }
        let (place, score, support) = best?;
        Some(Best {
            place,
            score,
            support,
            second,
            several: left.iter().any(|p| self.region(*p) != self.region(place)),
        })
    }

    /// How much the neighbours of a name speak for a candidate.
    fn support(&self, number: usize, candidate: u32, evidence: &Evidence<'_, '_>) -> f32 {
        let mention = &evidence.mentions[number];
        let mut support = 0.0_f32;
        for &(at, place) in evidence.neighbours(number) {
            let neighbour = &evidence.mentions[at];
            if neighbour.context.signature {
                continue;
            }
            let apart = (neighbour.from.abs_diff(mention.from) as f32 / 12.0).min(4.0);
            let same_reading = if neighbour.reading == mention.reading {
                1.0
            } else {
                0.7
            };
            support += self.affinity(candidate, place) * same_reading / (1.0 + 0.5 * apart);
        }
        let voted = if evidence.has_votes(self.region(candidate)) {
            0.8
        } else {
            0.0
        };
        support + voted
    }

    /// Whether the evidence for the best candidate is enough.
    fn is_accepted(&self, number: usize, best: &Best, evidence: &Evidence<'_, '_>) -> bool {
        let row = self.row(best.place);
        let context = evidence.mentions[number].context;
        let country = self.gazetteer.country_of(row.path);
        let in_country = evidence
            .neighbours(number)
            .iter()
            .any(|(_, p)| self.country(*p) == country);
        let (several, support) = (best.several, best.support);
        let ahead = |by: f32| best.score > best.second + by;
        let small = row.kind > Kind::Commune;
        let spoken = in_country || evidence.spoken.contains(&country);
        if row.flags & flag::ZONE != 0 {
            true
        } else if row.flags & flag::COMMON != 0 && row.kind == Kind::Region {
            in_country && self.is_region_named(number, best.place, evidence)
        } else if small && is_doubtful(row) && !spoken {
            false
        } else if row.flags & flag::AMBIGUOUS != 0 {
            // "à Ber": a preposition is enough for a town that can be only one.
            let town = row.kind <= Kind::Commune && (!several || ahead(0.4)) && !context.name_run;
            context.explicit() && (!several || support > 0.3 || ahead(0.4))
                || support >= 0.9
                || context.locative && (town && spoken || in_country && support >= 0.2)
        } else if several {
            support >= 0.9 || ahead(0.9) || (support > 0.1 && ahead(0.3))
        } else {
            // Two villages of one region vouch for one another.
            context.explicit() || evidence.has_votes(self.region(best.place)) || spoken
        }
    }

    /// "région du Nord", "région du Sahel": whether the words mean a region, and not that of another country.
    fn is_region_named(&self, number: usize, place: u32, evidence: &Evidence<'_, '_>) -> bool {
        let mention = &evidence.mentions[number];
        let phrase = mention
            .meanings
            .iter()
            .map(meaning)
            .any(|m| m.place == place && m.lower);
        // "la région du Sahel … au Mali, au Niger": the next name of the passage decides which region.
        let same =
            |m: &Mention<'_>| m.reading == mention.reading && m.from.abs_diff(mention.from) <= SAME_PASSAGE;
        let country = |p: u32| self.gazetteer.country_of(self.row(p).path);
        let next = evidence
            .settled
            .get(evidence.after(number))
            .filter(|(n, _)| same(&evidence.mentions[*n]))
            .is_none_or(|(_, p)| country(*p) == country(place));
        (phrase || mention.context.admin & words::REGION != 0) && next
    }

    /// How near a candidate is to a settled place.
    fn affinity(&self, candidate: u32, settled: u32) -> f32 {
        let gazetteer = &self.gazetteer;
        let (one, other) = (gazetteer.place(candidate), gazetteer.place(settled));
        let (Some(path), Some(other_path)) = (gazetteer.path(one.path), gazetteer.path(other.path)) else {
            return 0.0;
        };
        let old = |place: Place, region: PathId| {
            if place.old_region == NO_PATH {
                region
            } else {
                place.old_region
            }
        };
        let near = gazetteer.distance(candidate, settled) < NEARBY;
        if other_path.levels == 1 {
            return if path.country == other_path.country {
                0.4
            } else {
                0.0
            };
        }
        if path.levels > 2 && one.path == other.path {
            3.0
        } else if path.region == other_path.region {
            2.0
        } else if near {
            1.5
        } else if old(one, path.region) == old(other, other_path.region) {
            1.2
        } else if path.country == other_path.country {
            0.3
        } else {
            0.0
        }
    }

    /// Among meanings in one region, the level that the context speaks of.
    fn prefer(&self, left: &[u32], context: Context, extra: impl Fn(u32) -> f32) -> u32 {
        let local = context.locative || context.admin & words::LOCALITY != 0;
        let rank = |p: u32| {
            let place = self.row(p);
            let kind = prior(place, context);
            let level = if local && place.kind == Kind::Town {
                10.0
            } else {
                0.0
            };
            kind + level + extra(p)
        };
        left.iter()
            .copied()
            .max_by(|a, b| rank(*a).total_cmp(&rank(*b)).then(b.cmp(a)))
            .unwrap_or(0)
    }
}

/// "les soldats maliens … les événements de Moura": an adjective names its country as the country's name does.
pub(super) fn spoken(readings: &[Reading<'_>], gentilics: &FxHashMap<WordId, PathId>) -> FxHashSet<PathId> {
    readings
        .iter()
        .flat_map(|r| &r.words)
        .filter(|w| w.classes & words::GENTILIC != 0)
        .filter_map(|w| gentilics.get(&w.id))
        .copied()
        .collect()
}

/// Whether a place isn't taken for one by its name alone.
fn is_doubtful(place: Place) -> bool {
    place.flags & (flag::AMBIGUOUS | flag::COMMON) != 0
}

/// What speaks for a place before any neighbour does.
fn prior(place: Place, context: Context) -> f32 {
    let kind = match place.kind {
        Kind::Country => 5.0,
        Kind::Region => 4.0,
        Kind::Cercle | Kind::Province | Kind::Departement => 3.0,
        Kind::Town => 2.5,
        Kind::Commune => 1.5,
        Kind::Village => 1.0,
        Kind::Site => 0.8,
        Kind::Nature => 0.5,
        Kind::Zone => 2.0,
    };
    let stated = match context.admin {
        a if a & words::REGION != 0 && place.kind == Kind::Region => 2.0,
        a if a & ADMIN != 0 && place.kind == Kind::Zone => -1.0,
        _ => 0.0,
    };
    kind + stated
        - if place.flags & flag::HOMONYM != 0 {
            0.5
        } else {
            0.0
        }
}
