//! Whose a role is by the words beside it: "soldats maliens", "les armées du Mali et du Niger", "soldats de Barkhane".

use super::text::{Match, Text};
use crate::facets::gazetteer::PathId;
use crate::facets::reading::{Reading, gap, shape};
use crate::facets::words;

/// Words between a role and the name that says whose it is, at most.
const OWNER_REACH: usize = 6;

/// Words of a country's name, at most.
const NAME_REACH: usize = 4;

/// Adjectives before a noun, between it and its determiner.
const BEFORE_NOUNS: &[&str] = &[
    "propre", "nouvelle", "nouveaux", "jeune", "jeunes", "autre", "autres", "premiere", "premiers", "seule",
    "seuls", "grande", "deux",
];

/// Determiners that [`words::DETERMINER`] lacks.
const OTHER_DETERMINERS: &[&str] = &[
    "la", "cette", "notre", "votre", "leur", "son", "sa", "toute", "chaque", "aucun",
];

/// "soldats de Barkhane", "militaires français de la force antijihadiste Barkhane": the name after a role says whose.
/// `alike`: it is of the same role, so that words may stand between.
pub(super) fn is_owned_by(reading: &Reading<'_>, found: &Match, next: &Match, alike: bool) -> bool {
    let reach = if alike { OWNER_REACH } else { 2 };
    if next.from < found.to || next.from > found.to + reach {
        return false;
    }
    let first = found.to + usize::from(alike && is_adjective(reading, found.to));
    let elided = reading.words[next.from].shape & shape::ELIDED != 0;
    let of = if first >= next.from {
        elided
    } else {
        reading.is(first, words::OF)
    };
    let soft = (found.to..=next.from).all(|w| reading.gap(w) & gap::HARD == 0);
    let plain = |w: usize| {
        let link = words::OF | words::THE;
        let other = words::AND | words::AT | words::PREPOSITION | words::RELATIVE;
        reading.is(w, link) || alike && !reading.is(w, other) && !reading.is_capital(w)
    };
    of && soft && (first..next.from).all(plain)
}

fn is_adjective(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, words::GENTILIC) && !reading.is_capital(at)
}

/// Adds the countries that are named beside a role which ends before word `to`: "soldats maliens", "armée du Mali",
/// "autorités de Bamako", "les armées du Mali, du Niger et du Tchad". `by_place`: whether "au Mali" names one, too.
pub(super) fn countries(
    to: usize,
    number: usize,
    text: &Text<'_, '_>,
    by_place: bool,
    out: &mut Vec<PathId>,
) {
    out.clear();
    let reading = &text.readings[number];
    let beside = Beside {
        reading,
        number,
        text,
    };
    if !beside.soft(to) {
        return;
    }
    if let Some(country) = text.gentilic(reading, to) {
        out.push(country);
        return beside.more_adjectives(to, out);
    }
    if let Some((country, end)) = beside.after_of(to, by_place) {
        out.push(country);
        return beside.more_countries(end, out);
    }
    // One adjective between: "forces spéciales maliennes".
    let plain = !reading.is_capital(to) && reading.words[to].classes == 0;
    if plain
        && beside.soft(to + 1)
        && let Some(country) = text.gentilic(reading, to + 1)
    {
        out.push(country);
        beside.more_adjectives(to + 1, out);
    }
}

/// The words beside a role.
struct Beside<'b, 't, 'd> {
    reading: &'b Reading<'d>,
    number: usize,
    text: &'b Text<'t, 'd>,
}

impl Beside<'_, '_, '_> {
    /// Whether a word follows the one before it without a mark.
    fn soft(&self, at: usize) -> bool {
        at < self.reading.words.len() && self.reading.gap(at) & (gap::HARD | gap::DASH) == 0
    }

    /// The country or capital that is named at a word, and where its name ends.
    fn country_at(&self, at: usize) -> Option<(PathId, usize)> {
        let country = self
            .soft(at)
            .then(|| self.text.geography.at.get(&(self.number, at)))??;
        let goes_on = |w: &usize| {
            self.soft(*w)
                && self.reading.is_capital(*w)
                && !self.text.geography.at.contains_key(&(self.number, *w))
        };
        let end = (at + 1..at + NAME_REACH)
            .take_while(goes_on)
            .last()
            .map_or(at + 1, |last| last + 1);
        Some((*country, end))
    }

    /// "du Mali", "d'Algérie", "de la Mauritanie", "au Mali".
    fn after_of(&self, at: usize, by_place: bool) -> Option<(PathId, usize)> {
        let reading = self.reading;
        if reading.words[at].shape & shape::ELIDED != 0
            && let Some(found) = self.country_at(at)
        {
            return Some(found);
        }
        let place = || reading.is(at, words::AT) || reading.folded(at) == "en";
        if !(reading.is(at, words::OF) || by_place && place()) {
            return None;
        }
        let after = at + 1 + usize::from(reading.is(at + 1, words::THE));
        (at + 1..=after).find_map(|w| self.country_at(w))
    }

    /// The word after "," or "et", where a list goes on before word `at`.
    fn list_goes_on(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        if at >= reading.words.len() {
            return None;
        }
        let mark = reading.gap(at) & (gap::HARD | gap::DASH);
        if mark == gap::COMMA {
            return Some(at);
        }
        (mark == 0 && reading.is(at, words::AND) && self.soft(at + 1)).then_some(at + 1)
    }

    /// "soldats maliens, nigériens et tchadiens", after the adjective `at`.
    fn more_adjectives(&self, mut at: usize, out: &mut Vec<PathId>) {
        while let Some(next) = self.list_goes_on(at + 1) {
            let adjective = self.text.gentilic(self.reading, next);
            let Some(country) = adjective.filter(|_| !self.reading.is_capital(next)) else {
                return;
            };
            out.push(country);
            at = next;
        }
    }

    /// "du Mali, du Tchad et du Niger", after a country that ends before word `at`.
    fn more_countries(&self, mut at: usize, out: &mut Vec<PathId>) {
        while let Some(next) = self.list_goes_on(at) {
            let elided = self.reading.words[next].shape & shape::ELIDED != 0;
            let found = if elided {
                self.text
                    .geography
                    .at
                    .get(&(self.number, next))
                    .map(|country| (*country, next + 1))
            } else {
                self.after_of(next, false)
            };
            let Some((country, end)) = found else {
                return;
            };
            out.push(country);
            at = end;
        }
    }
}

/// Whether a word that is also an adjective ("militaire", "armée") is a noun here: after a determiner or a number,
/// or with no word before it.
pub(super) fn is_noun(reading: &Reading<'_>, from: usize) -> bool {
    let Some(word) = reading.words.get(from) else {
        return false;
    };
    if from == 0
        || word.shape & shape::ELIDED != 0
        || reading.gap(from) & (gap::HARD | gap::DASH | gap::LINE) != 0
    {
        return true;
    }
    let before = from - 1;
    if determines(reading, before) || reading.is(before, words::PREPOSITION) {
        return true;
    }
    let elided = || reading.words[before].shape & shape::ELIDED != 0;
    BEFORE_NOUNS.contains(&reading.folded(before))
        && (elided() || before > 0 && determines(reading, before - 1))
}

fn determines(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, words::DETERMINER | words::NUMERAL)
        || reading.words[at].shape & shape::DIGIT != 0
        || OTHER_DETERMINERS.contains(&reading.folded(at))
}
