//! The facet `region`: place names of the gazetteer, told apart by their context and by one another.
//!
//! In order: find the names (longest match), read the context of each, settle those that can be only one
//! place, let these decide the others, then drop what is only a point of reference, a road's end, a dateline
//! or a capital that stands for its government.

use super::gazetteer::{Gazetteer, Kind, NO_PATH, PathId, Place, flag, meaning};
use super::lexicon::WordId;
use super::places_context::{ADMIN, Context, ContextReader, runs_on};
use super::reading::{Reading, gap, shape};
use super::words;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many settled names on either side help to tell a name apart.
const NEIGHBOURS: usize = 5;

/// Two places nearer than this belong together though a border lies between: 60 km, in squared degrees.
const NEARBY: f32 = 0.3;

/// A name no further on than this, in words, says where one before it lies.
const SAME_PASSAGE: usize = 12;

/// More meanings than this are not weighed: nobody can tell thirty villages apart.
const MOST_MEANINGS: usize = 64;

/// A place name found in a text.
pub(super) struct Mention<'g> {
    /// Which of the readings.
    pub reading: usize,
    pub from: usize,
    pub to: usize,
    pub meanings: &'g [u32],
    pub context: Context,
    /// The place, once it is known.
    pub place: Option<u32>,
    /// Counts as a value of the facet.
    pub counts: bool,
    /// Only its country counts.
    country_only: bool,
    rule: Option<&'static str>,
}

/// Words of a reading that belong to a longer name of another lexicon ("Katiba Macina"), in order.
/// The third says that not even a country's name counts inside: "France 24".
pub(super) type Blocked = Vec<(usize, usize, bool)>;

/// What the whole text says to names that are still open.
struct Hints {
    /// See [`Places::votes`].
    votes: FxHashMap<PathId, usize>,
    /// Countries whose adjectives the text has.
    spoken: FxHashSet<PathId>,
}

pub(super) struct Places {
    pub gazetteer: Gazetteer,
    contexts: ContextReader,
    /// Countries that have the name of a river.
    rivers: FxHashSet<PathId>,
}

impl Places {
    pub fn new(gazetteer: Gazetteer, french: &crate::french::French) -> Self {
        let rivers = gazetteer
            .places
            .iter()
            .filter(|p| p.kind == Kind::Nature)
            .filter_map(|p| p.name.strip_prefix("fleuve "));
        let rivers = rivers.filter_map(|name| gazetteer.path_id(name)).collect();
        Self {
            gazetteer,
            contexts: ContextReader::new(french),
            rivers,
        }
    }

    /// The places of the readings.
    pub fn find<'g>(
        &'g self,
        readings: &[Reading<'_>],
        blocked: &[Blocked],
        bit: u64,
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Vec<Mention<'g>> {
        // Room for a page's names at once: growing costs more than finding them.
        let mut mentions =
            Vec::with_capacity(readings.iter().map(|r| r.words.len()).sum::<usize>().min(512) / 8);
        for (number, reading) in readings.iter().enumerate() {
            let none = Vec::new();
            self.find_in(
                number,
                reading,
                blocked.get(number).unwrap_or(&none),
                bit,
                &mut mentions,
            );
        }
        pair_roads(&mut mentions, readings);
        self.mark_governments(&mut mentions, readings);
        share_administration(&mut mentions, readings);
        self.settle(&mut mentions, readings, gentilics);
        self.weigh(&mut mentions, readings);
        mentions
    }

    fn find_in<'g>(
        &'g self,
        number: usize,
        reading: &Reading<'_>,
        blocked: &Blocked,
        bit: u64,
        out: &mut Vec<Mention<'g>>,
    ) {
        let mut at = 0;
        let mut block = 0;
        while at < reading.words.len() {
            let named = if reading.may_begin(at, bit) {
                reading.longest(&self.gazetteer.names, at)
            } else {
                None
            };
            let misspelt = named.is_none();
            let Some((length, meanings)) = named.or_else(|| self.misspelt(reading, at)) else {
                at += 1;
                continue;
            };
            while blocked.get(block).is_some_and(|b| b.1 <= at) {
                block += 1;
            }
            let over = blocked[block.min(blocked.len())..]
                .iter()
                .take_while(|b| b.0 <= at);
            let mut over = over
                .filter(|b| at + length <= b.1 && (length < b.1 - b.0 || length == 1))
                .peekable();
            let inside = over.peek().is_some();
            let nothing = over.any(|b| b.2);
            let country = meanings.iter().all(|m| self.place(*m).kind == Kind::Country);
            let capital = reading.words[at].shape & (shape::CAPITAL | shape::DIGIT) != 0
                || reading.sentence_of(at).lower;
            if inside && (!country || nothing) || !capital && !meanings.iter().any(|m| meaning(*m).lower) {
                at += 1;
                continue;
            }
            let context = self.contexts.read(reading, at, at + length);
            out.push(Mention {
                reading: number,
                from: at,
                to: at + length,
                meanings,
                context,
                place: None,
                counts: false,
                country_only: false,
                rule: misspelt.then_some("misspelling"),
            });
            at += length;
        }
    }

    /// A name that the gazetteer spells otherwise ("le village de Faraougou"): only where a noun before it
    /// says that it is a place, and only if it can be just one name.
    fn misspelt(&self, reading: &Reading<'_>, at: usize) -> Option<(usize, &[u32])> {
        let word = reading.words.get(at)?;
        let unknown = word.id == super::lexicon::UNKNOWN
            && word.joined == super::lexicon::UNKNOWN
            && word.shape & shape::CAPITAL != 0;
        if !unknown || at < 2 || reading.gap(at) & gap::HARD != 0 {
            return None;
        }
        let elided = word.shape & shape::ELIDED != 0;
        let noun = at - if elided { 1 } else { 2 };
        let of = elided || reading.is(at - 1, words::OF);
        let said = of
            && (reading.is(noun, ADMIN)
                || noun > 0 && reading.is(noun - 1, ADMIN) && !reading.is_capital(noun));
        said.then(|| self.gazetteer.similar(reading.folded(at)))
            .flatten()
            .map(|meanings| (1, meanings))
    }

    pub fn place(&self, value: u32) -> &Place {
        &self.gazetteer.places[meaning(value).place as usize]
    }

    /// The region (or country) that a place lies in.
    fn region(&self, place: u32) -> PathId {
        let path = self.gazetteer.places[place as usize].path;
        self.gazetteer.path(path).map_or(NO_PATH, |p| p.region)
    }

    /// The meanings that the name's case and context leave.
    fn meanings(&self, mention: &Mention<'_>, reading: &Reading<'_>, left: &mut Vec<u32>) {
        let capital = reading.words[mention.from].shape & (shape::CAPITAL | shape::DIGIT) != 0;
        let admin = mention.context.admin;
        left.clear();
        let fitting = mention
            .meanings
            .iter()
            .take(MOST_MEANINGS)
            .map(|value| meaning(*value))
            .filter(|m| {
                let place = &self.gazetteer.places[m.place as usize];
                let safe = reading.sentence_of(mention.from).lower
                    && place.flags & (flag::AMBIGUOUS | flag::COMMON) == 0;
                (capital || m.lower || safe && place.kind <= Kind::Town)
                    && (place.flags & flag::COMMON == 0 || m.lower || admin != 0)
            })
            .map(|m| m.place);
        left.extend(fitting);
        let mut keep = |test: &dyn Fn(Kind) -> bool| {
            if left.iter().any(|p| test(self.gazetteer.places[*p as usize].kind)) {
                left.retain(|p| test(self.gazetteer.places[*p as usize].kind));
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
    fn settle(
        &self,
        mentions: &mut [Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) {
        let namesakes = self.namesakes(mentions, readings, gentilics);
        let mut open: Vec<(usize, Vec<u32>)> = Vec::new();
        let mut settled: Vec<(usize, u32)> = Vec::new();
        let mut left: Vec<u32> = Vec::new();
        for (number, mention) in mentions.iter_mut().enumerate() {
            let reading = &readings[mention.reading];
            let context = mention.context;
            if context.signature
                || context.name_run && !self.is_country(mention)
                || context.water && self.is_river(mention)
            {
                continue;
            }
            self.meanings(mention, reading, &mut left);
            // Nara is Japan's where the text speaks of Japan and not of Mali; otherwise Japan's isn't thought
            // of.
            let namesake = namesakes.binary_search(&number).is_ok();
            left.retain(|p| self.gazetteer.is_namesake(&self.gazetteer.places[*p as usize]) == namesake);
            let Some(&first) = left.first() else { continue };
            let flags = |p: u32| self.gazetteer.places[p as usize].flags;
            let small = left.iter().all(|p| {
                self.gazetteer.places[*p as usize].kind > Kind::Town || flags(*p) & flag::AMBIGUOUS != 0
            });
            if small && runs_on(reading, mention.to) {
                continue;
            }
            let one_region = left.iter().all(|p| self.region(*p) == self.region(first));
            let safe = left.iter().any(|p| flags(*p) & flag::AMBIGUOUS == 0) || context.explicit();
            let contested = left.iter().any(|p| flags(*p) & (flag::ZONE | flag::COMMON) != 0)
                && left.len() > 1
                || left.iter().any(|p| {
                    flags(*p) & flag::COMMON != 0 && self.gazetteer.places[*p as usize].kind == Kind::Region
                });
            let dominant = left.iter().any(|p| {
                self.gazetteer.places[*p as usize].kind <= Kind::Region && flags(*p) & flag::AMBIGUOUS == 0
            });
            let village = left
                .iter()
                .all(|p| self.gazetteer.places[*p as usize].kind >= Kind::Commune)
                && !context.explicit();
            if safe && !contested && (one_region && !village || dominant) {
                let place = self.prefer(&left, context, |_| 0.0);
                mention.place = Some(place);
                settled.push((number, place));
            } else {
                open.push((number, left.clone()));
            }
        }
        let votes = self.votes(&open, mentions, readings);
        // "les soldats maliens … les événements de Moura": the adjective tells the country as its name does.
        let adjectives = readings
            .iter()
            .flat_map(|r| &r.words)
            .filter(|w| !open.is_empty() && w.classes & words::GENTILIC != 0);
        let hints = Hints {
            votes,
            spoken: adjectives.filter_map(|w| gentilics.get(&w.id)).copied().collect(),
        };
        let mut decided = Vec::new();
        for (number, left) in &open {
            if let Some((place, rule)) =
                self.decide(&mentions[*number], left, *number, &settled, mentions, &hints)
            {
                decided.push((*number, place, mentions[*number].rule.or(rule)));
            }
        }
        for (number, place, rule) in decided {
            mentions[number].place = Some(place);
            mentions[number].rule = rule;
        }
    }

    fn is_river(&self, mention: &Mention<'_>) -> bool {
        mention
            .meanings
            .iter()
            .map(|m| self.place(*m))
            .any(|p| p.kind == Kind::Country && self.rivers.contains(&p.path))
    }

    fn is_country(&self, mention: &Mention<'_>) -> bool {
        mention
            .meanings
            .iter()
            .any(|m| self.place(*m).kind == Kind::Country)
    }

    /// For each region, how many different open names could lie in it: names known in several regions help
    /// one another even where none is settled.
    fn votes(
        &self,
        open: &[(usize, Vec<u32>)],
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

    /// The place that an open name means, if its neighbours can tell.
    fn decide(
        &self,
        mention: &Mention<'_>,
        left: &[u32],
        number: usize,
        settled: &[(usize, u32)],
        mentions: &[Mention<'_>],
        hints: &Hints,
    ) -> Option<(u32, Option<&'static str>)> {
        let gazetteer = &self.gazetteer;
        let context = mention.context;
        let here = settled.partition_point(|(n, _)| *n < number);
        let neighbours = &settled[here.saturating_sub(NEIGHBOURS)..(here + NEIGHBOURS).min(settled.len())];
        let mut best: Option<(u32, f32, f32)> = None;
        let mut second = f32::MIN;
        for &candidate in left {
            let mut support = 0.0_f32;
            for &(at, place) in neighbours {
                if mentions[at].context.signature {
                    continue;
                }
                let apart = (mentions[at].from.abs_diff(mention.from) as f32 / 12.0).min(4.0);
                let same_reading = if mentions[at].reading == mention.reading {
                    1.0
                } else {
                    0.7
                };
                support += self.affinity(candidate, place) * same_reading / (1.0 + 0.5 * apart);
            }
            let place = &gazetteer.places[candidate as usize];
            support += if hints.votes.get(&self.region(candidate)).is_some_and(|n| *n > 1) {
                0.8
            } else {
                0.0
            };
            let prior = prior(place, context);
            let score = prior + support;
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
        let row = &gazetteer.places[place as usize];
        let several = left.iter().any(|p| self.region(*p) != self.region(place));
        let country = gazetteer.country_of(row.path);
        let in_country = neighbours
            .iter()
            .any(|(_, p)| gazetteer.country_of(gazetteer.places[*p as usize].path) == country);
        let accepted = if row.flags & flag::ZONE != 0 {
            true
        } else if row.flags & flag::COMMON != 0 && row.kind == Kind::Region {
            // "région du Nord", "région du Sahel": only where the country is spoken of.
            let said = mention
                .meanings
                .iter()
                .map(|m| meaning(*m))
                .any(|m| m.place == place && m.lower);
            // "la région du Sahel … au Mali, au Niger": what the sentence names next says which region is
            // meant.
            let same = |m: &Mention<'_>| {
                m.reading == mention.reading && m.from.abs_diff(mention.from) <= SAME_PASSAGE
            };
            let next = settled.get(here).filter(|(n, _)| same(&mentions[*n]));
            let next = next.is_none_or(|(_, p)| {
                gazetteer.country_of(gazetteer.places[*p as usize].path) == gazetteer.country_of(row.path)
            });
            (said || context.admin & words::REGION != 0) && in_country && next
        } else if row.flags & flag::AMBIGUOUS != 0 {
            // "à Ber": a preposition is enough for a town that can be only one.
            let town = row.kind <= Kind::Commune && (!several || score > second + 0.4) && !context.name_run;
            context.explicit() && (!several || support > 0.3 || score > second + 0.4)
                || support >= 0.9
                || context.locative && (town || in_country && support >= 0.2)
        } else if several {
            support >= 0.9 || score > second + 0.9 || (support > 0.1 && score > second + 0.3)
        } else {
            // Two villages of one region vouch for one another.
            let together = hints.votes.get(&self.region(place)).is_some_and(|n| *n > 1);
            context.explicit()
                || context.locative
                || in_country
                || together
                || hints.spoken.contains(&country)
        };
        accepted
            .then_some((place, (several && support > 0.0).then_some("neighbours")))
            .map(|(p, rule)| {
                (
                    self.prefer(
                        &left
                            .iter()
                            .copied()
                            .filter(|c| self.region(*c) == self.region(p))
                            .collect::<Vec<_>>(),
                        context,
                        |c| {
                            if c == p { 0.5 } else { 0.0 }
                        },
                    ),
                    rule,
                )
            })
    }

    /// How much a settled place speaks for a candidate.
    fn affinity(&self, candidate: u32, settled: u32) -> f32 {
        let gazetteer = &self.gazetteer;
        let (one, other) = (
            &gazetteer.places[candidate as usize],
            &gazetteer.places[settled as usize],
        );
        let (Some(path), Some(other_path)) = (gazetteer.path(one.path), gazetteer.path(other.path)) else {
            return 0.0;
        };
        let old = |place: &Place, region: PathId| {
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
            let place = &self.gazetteer.places[p as usize];
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

    /// Which of the known places count: not the points of reference where better is known, not datelines and
    /// governments.
    fn weigh(&self, mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
        let gazetteer = &self.gazetteer;
        // The first place that lies in a sentence, for each sentence that has one; in order.
        let mut strong: Vec<((usize, u32), usize)> = Vec::new();
        let sentence = |m: &Mention<'_>| (m.reading, readings[m.reading].words[m.from].sentence);
        let mut anywhere: FxHashSet<PathId> = FxHashSet::default();
        for mention in mentions.iter_mut() {
            let Some(place) = mention.place else { continue };
            let row = &gazetteer.places[place as usize];
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
                anywhere.insert(region);
            }
        }
        for mention in mentions.iter_mut() {
            let (Some(place), true) = (mention.place, mention.counts) else {
                continue;
            };
            let region = self.region(place);
            let kind = gazetteer.places[place as usize].kind;
            if kind == Kind::Country || !(mention.context.landmark || mention.context.road) {
                continue;
            }
            let metonym = gazetteer.places[place as usize].flags & flag::METONYM != 0;
            // What lies "au nord de Mopti" is named before it; "à 30 km de Gossi" alone tells where it was.
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
    fn mark_governments(&self, mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
        let metonym = |m: &Mention<'_>| {
            m.meanings
                .iter()
                .any(|v| self.place(*v).flags & flag::METONYM != 0)
        };
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
                && self.place(other.meanings[0]).path != self.place(mention.meanings[0]).path
                && (mention.from > 0 && reading.folded(mention.from - 1) == "entre"
                    || self.contexts.verb_of_power(reading, other.to))
            {
                stands = true;
                mentions[at + 1].context.government = true;
            }
            mentions[at].context.government |= stands && !mentions[at].context.dateline;
        }
    }

    /// The values that the mentions give: path, mention, rule.
    pub fn values<'m, 'g>(
        &'m self,
        mentions: &'m [Mention<'g>],
    ) -> impl Iterator<Item = (&'m str, &'m Mention<'g>, &'static str)> {
        mentions.iter().filter(|m| m.counts).filter_map(|mention| {
            let row = &self.gazetteer.places[mention.place? as usize];
            let of = if mention.country_only {
                self.gazetteer.country_of(row.path)
            } else {
                row.path
            };
            let path = self.gazetteer.path(of)?;
            Some((&*path.text, mention, mention.rule.unwrap_or(row.kind.rule())))
        })
    }
}

/// What speaks for a place before any neighbour does.
fn prior(place: &Place, context: Context) -> f32 {
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

/// Marks the two ends of "Kayes-Bamako" and "axe Kayes - Bamako".
fn pair_roads(mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
    for at in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let reading = &readings[other.reading];
        let joined = reading.gap(other.from) & (gap::HYPHEN | gap::DASH) != 0;
        if one.reading == other.reading && one.to == other.from && joined && !one.context.dateline {
            let named = (1..=3).any(|back| {
                one.from
                    .checked_sub(back)
                    .is_some_and(|w| reading.is(w, words::ROAD))
            });
            let hyphen = reading.gap(other.from) & gap::HYPHEN != 0;
            one.context.road |= named || hyphen;
            other.context.road |= named || hyphen;
        } else if one.reading == other.reading && between(reading, one.from, one.to, other.from) {
            one.context.road = true;
            other.context.road = true;
        }
    }
}

/// "la route entre Bamako et Ségou", "la piste qui relie Gao à Kidal".
fn between(reading: &Reading<'_>, one: usize, to: usize, other: usize) -> bool {
    let linked = other == to + 1
        && reading.is(to, words::AND | words::AT)
        && reading.gap(to) == 0
        && reading.gap(other) == 0;
    let before = one.checked_sub(1).map_or("", |w| reading.folded(w));
    let joins = match before {
        "entre" => reading.is(to, words::AND),
        "relie" | "reliant" | "liant" | "joint" | "de" | "d" => reading.is(to, words::AT),
        _ => false,
    };
    // "sur l'axe Kayes-Bamako, entre Lakamané et Kaniera" is a stretch of the road: there it was.
    let floor = reading.sentence_of(one).first.max(one.saturating_sub(5));
    let reach = (floor..one)
        .rev()
        .take_while(|w| reading.gap(w + 1) & gap::HARD == 0);
    let numbered = |w: usize| {
        reading
            .folded(w)
            .strip_prefix("rn")
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    linked
        && joins
        && reach
            .into_iter()
            .any(|w| reading.is(w, words::ROAD) || numbered(w))
}

/// "régions de Ségou, Nioro et Kayes": the noun before the first name is every name's.
fn share_administration(mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
    for at in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last(), after.first_mut()) else {
            continue;
        };
        if one.reading != other.reading || other.context.admin != 0 || one.context.admin == 0 {
            continue;
        }
        let reading = &readings[other.reading];
        let between = one.to..other.from;
        let listed = between.len() <= 3
            && between
                .clone()
                .all(|w| reading.is(w, words::AND | words::OF | words::THE))
            && (reading.gap(one.to) & gap::COMMA != 0 || between.clone().any(|w| reading.is(w, words::AND)))
            && (one.to..=other.from).all(|w| reading.gap(w) & (gap::HARD & !gap::COMMA) == 0);
        if listed {
            other.context.admin = one.context.admin;
        }
    }
}
