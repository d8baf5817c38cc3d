//! Names that the gazetteer spells otherwise ("le village de Faraougou"), found once the other places are known.

use super::Places;
use super::disambiguation::spoken;
use super::lists::{pair_roads, share_administration};
use super::mention::{Blocked, Mention};
use crate::facets::gazetteer::{Kind, NO_PATH, PathId, flag, meaning};
use crate::facets::lexicon::{UNKNOWN, WordId};
use crate::facets::places_context::{ADMIN, runs_on};
use crate::facets::reading::{Reading, gap, shape};
use crate::facets::words;
use crate::packed::U32List;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::RangeInclusive;

/// Words of a name that a hyphen joins.
const MOST_PARTS: usize = 4;

/// So long a name after a noun of administration is one that is misspelt, whatever the text is about.
const LONG: usize = 10;

/// What a misspelt name may be.
const MISSPELT: RangeInclusive<Kind> = Kind::Region..=Kind::Site;

/// After a preposition, a shorter name must sound like the one it is taken for.
const LONG_ENOUGH: usize = 8;

/// What a country's name or adjective counts for, where a place in it counts for one.
const BY_NAME: usize = 2;

/// How much the words before a name say that it is a place's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// "l'attaque de": perhaps a person's.
    Of,
    /// "à", "vers", "près de", or a list of places.
    Place,
    /// "le village de".
    Noun,
}

/// The countries and regions that a text names.
struct Named {
    /// How often each.
    countries: FxHashMap<PathId, usize>,
    most: usize,
    regions: FxHashSet<PathId>,
    /// Whether the text is about a country that has places below it.
    has_places: bool,
}

impl Named {
    /// Whether a text is about a country, and not only in passing.
    fn is_about(&self, country: PathId) -> bool {
        let often = self.countries.get(&country).copied().unwrap_or(0);
        often >= BY_NAME && 2 * often >= self.most
    }
}

impl Places {
    /// Adds the misspelt names of the readings. Only a name in the place of a place's is looked up, and only one
    /// that can be just one place of a country that the text names is taken.
    pub(super) fn add_misspelt<'g>(
        &'g self,
        mentions: &mut Vec<Mention<'g>>,
        readings: &[Reading<'_>],
        blocked: &[Blocked],
        gentilics: &FxHashMap<WordId, PathId>,
    ) {
        // Few texts have any, and most of the work is for those that do.
        let unknown: Vec<(usize, usize, usize)> = readings
            .iter()
            .enumerate()
            .flat_map(|(number, reading)| unknown(reading).map(move |(from, to)| (number, from, to)))
            .collect();
        if unknown.is_empty() {
            return;
        }
        let named = self.named_so_far(mentions, readings, gentilics);
        let known = mentions.iter().filter(|m| m.place.is_some());
        let ends: FxHashSet<(usize, usize)> = known.map(|m| (m.reading, m.to)).collect();
        let mut found: Vec<Mention<'g>> = Vec::new();
        for (number, from, to) in unknown {
            let reading = &readings[number];
            let follows = |end: usize| ends.contains(&(number, end));
            let Some(position) = position(reading, from, &follows) else {
                continue;
            };
            // A part of the name may be a place's by chance, as the Gourma is of "Gourma-Rhaouss".
            let is_taken = overlapping(mentions, number, (from, to))
                .iter()
                .any(|m| m.to - m.from >= to - from);
            let is_blocked = blocked
                .get(number)
                .is_some_and(|blocked| is_blocked(blocked, (from, to)));
            if !is_taken && !is_blocked {
                found.extend(self.misspelt(number, reading, (from, to), position, &named));
            }
        }
        if found.is_empty() {
            return;
        }
        mentions.retain(|m| overlapping(&found, m.reading, (m.from, m.to)).is_empty());
        mentions.append(&mut found);
        mentions.sort_by_key(|m| (m.reading, m.from));
        pair_roads(mentions, readings);
        share_administration(mentions, readings);
    }

    fn named_so_far(
        &self,
        mentions: &[Mention<'_>],
        readings: &[Reading<'_>],
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Named {
        let paths = || {
            let places = mentions.iter().filter_map(|m| m.place);
            places.filter_map(|place| self.gazetteer.path(self.gazetteer.place(place).path))
        };
        let mut countries: FxHashMap<PathId, usize> = FxHashMap::default();
        for path in paths() {
            let weight = if path.levels == 1 { BY_NAME } else { 1 };
            *countries.entry(path.country).or_default() += weight;
        }
        for country in spoken(readings, gentilics) {
            *countries.entry(country).or_default() += BY_NAME;
        }
        let mut named = Named {
            most: countries.values().copied().max().unwrap_or(0),
            countries,
            regions: paths().filter(|p| p.levels > 1).map(|p| p.region).collect(),
            has_places: false,
        };
        let mut countries = named.countries.keys();
        named.has_places = countries.any(|country| named.is_about(*country) && self.has_places(*country));
        named
    }

    /// Whether a misspelt name may be a place of a country.
    fn has_places(&self, country: PathId) -> bool {
        let countries = self.with_places.get_or_init(|| {
            let places = self.gazetteer.places();
            let may_be_misspelt = places.filter(|(_, place)| MISSPELT.contains(&place.kind));
            may_be_misspelt.map(|(number, _)| self.country(number)).collect()
        });
        countries.contains(&country)
    }

    fn misspelt<'g>(
        &'g self,
        number: usize,
        reading: &Reading<'_>,
        (from, to): (usize, usize),
        position: Position,
        named: &Named,
    ) -> Option<Mention<'g>> {
        let name: String = (from..to).map(|w| reading.folded(w)).collect();
        let (place, meanings) = self.one_place(&name, position, named)?;
        let context = self.contexts.read(reading, from, to);
        if context.signature || context.name_run || runs_on(reading, to) {
            return None;
        }
        Some(Mention {
            reading: number,
            from,
            to,
            meanings,
            context,
            place: Some(place),
            counts: false,
            country_only: false,
            rule: (!self.gazetteer.place(place).kind.is_level()).then_some("misspelling"),
        })
    }

    /// The one place that a misspelt name may be, and the meanings of its name.
    fn one_place(&self, name: &str, position: Position, named: &Named) -> Option<(u32, U32List<'_>)> {
        let unaided = position == Position::Noun && name.len() >= LONG;
        // Most texts of a general archive are about countries without any.
        if !named.has_places && !unaided {
            return None;
        }
        let far = match position {
            Position::Noun => usize::from(name.len() + 1 >= LONG_ENOUGH),
            Position::Place => usize::from(name.len() >= LONG_ENOUGH),
            Position::Of => 0,
        };
        let candidates = self.gazetteer.similar(name, far);
        let nearest = candidates.iter().map(|(away, _)| *away).min()?;
        let mut refused = flag::COMMON | flag::ZONE;
        if position != Position::Noun {
            refused |= flag::AMBIGUOUS;
        }
        let fits = |place: u32| {
            let row = self.gazetteer.place(place);
            let country = self.country(place);
            MISSPELT.contains(&row.kind)
                && row.flags & refused == 0
                && country != NO_PATH
                && (unaided || named.is_about(country))
        };
        let mut places: Vec<(u32, U32List<'_>)> = Vec::new();
        for (_, meanings) in candidates.iter().filter(|(away, _)| *away == nearest) {
            let fitting = meanings
                .iter()
                .map(|value| meaning(value).place)
                .filter(|place| fits(*place));
            places.extend(fitting.map(|place| (place, *meanings)));
        }
        let first = places.first()?.0;
        if places
            .iter()
            .any(|(place, _)| self.region(*place) != self.region(first))
        {
            places.retain(|(place, _)| named.regions.contains(&self.region(*place)));
        }
        let (first, meanings) = *places.first()?;
        let one_region = places
            .iter()
            .all(|(place, _)| self.region(*place) == self.region(first));
        one_region.then_some((first, meanings))
    }
}

/// The names of a reading that have a word which no lexicon knows: where they begin and end. A hyphen joins the
/// words of a name.
fn unknown(reading: &Reading<'_>) -> impl Iterator<Item = (usize, usize)> {
    let is_unknown = |w: usize| {
        let word = reading.words[w];
        word.id == UNKNOWN && word.joined == UNKNOWN && word.shape & shape::CAPITAL != 0
    };
    let joined = |w: usize| reading.gap(w) & gap::HYPHEN != 0 && reading.is_capital(w);
    (1..reading.words.len()).filter_map(move |from| {
        if !reading.is_capital(from) || joined(from) && reading.is_capital(from - 1) {
            return None;
        }
        let to = from
            + 1
            + (from + 1..reading.words.len())
                .take(MOST_PARTS)
                .take_while(|w| joined(*w))
                .count();
        (from..to).any(is_unknown).then_some((from, to))
    })
}

/// The mentions, of those in order, that share words with a name.
fn overlapping<'m, 'g>(
    mentions: &'m [Mention<'g>],
    reading: usize,
    (from, to): (usize, usize),
) -> &'m [Mention<'g>] {
    let first = mentions.partition_point(|m| (m.reading, m.to) <= (reading, from));
    let last = mentions.partition_point(|m| (m.reading, m.from) < (reading, to));
    mentions.get(first..last).unwrap_or(&[])
}

/// Whether a name shares words with that of another lexicon. These are in order of their beginnings, and short.
fn is_blocked(blocked: &Blocked, (from, to): (usize, usize)) -> bool {
    let last = blocked.partition_point(|b| b.0 < to);
    blocked[last.saturating_sub(8)..last].iter().any(|b| from < b.1)
}

/// How much the words before a name say that it is a place's; none where nothing does.
fn position(reading: &Reading<'_>, at: usize, follows: &dyn Fn(usize) -> bool) -> Option<Position> {
    if reading.opens(at) {
        return None;
    }
    let is = |at: usize, bits: u64| reading.is(at, bits);
    let before = at - 1;
    let listed =
        reading.gap(at) & gap::COMMA != 0 && follows(at) || is(before, words::AND) && follows(before);
    if listed {
        return Some(Position::Place);
    }
    if reading.gap(at) & gap::HARD != 0 {
        return None;
    }
    let elided = reading.words[at].shape & shape::ELIDED != 0;
    let of = elided || is(before, words::OF);
    let noun = at.checked_sub(if elided { 1 } else { 2 });
    if of && let Some(noun) = noun {
        let administration = is(noun, ADMIN)
            || noun > 0 && is(noun - 1, ADMIN) && !reading.is_capital(noun) && reading.gap(noun) == 0;
        return Some(if administration {
            Position::Noun
        } else if is(noun, words::NEAR | words::KILOMETRES | words::COMPASS) {
            Position::Place
        } else {
            Position::Of
        });
    }
    let towards =
        ["vers", "entre", "sur", "contre", "depuis", "dans", "pres"].contains(&reading.folded(before));
    (is(before, words::AT) || towards).then_some(Position::Place)
}
