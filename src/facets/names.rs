//! Facets of names (`actor`, `type`): aliases and roles of a lexicon, found in a text.

use super::gazetteer::PathId;
use super::geography::Geography;
use super::lexicon::WordId;
use super::names_lexicon::{Case, Form, Means, NamesLexicon, Standing};
use super::places::Blocked;
use super::reading::{Reading, gap, shape};
use super::words;
use rustc_hash::FxHashMap;

/// How many words before a role one of its `fallback_after` words may stand.
const FALLBACK_REACH: usize = 8;

/// A phrase of the lexicon in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub from: usize,
    pub to: usize,
    means: Means,
    /// Written as only this name is: "FAMa" is not the town of Fama.
    strict: bool,
}

/// A value found, and by which rule.
pub(super) struct Found {
    pub value: u32,
    pub reading: usize,
    pub from: usize,
    pub to: usize,
    pub rule: &'static str,
}

pub(super) struct Names {
    pub lexicon: NamesLexicon,
    /// Value of a role in a country.
    by_country: Vec<FxHashMap<PathId, u32>>,
}

impl Names {
    /// The names of a lexicon; its roles have no values before [`Names::number_countries`].
    pub fn new(lexicon: NamesLexicon) -> Self {
        Self {
            lexicon,
            by_country: Vec::new(),
        }
    }

    /// Tells the countries of the roles by their numbers, which `number` gives.
    pub fn number_countries(&mut self, mut number: impl FnMut(&str) -> PathId) {
        let roles = self.lexicon.roles.iter();
        self.by_country = roles
            .map(|r| r.by_country.iter().map(|(c, v)| (number(c), *v)).collect())
            .collect();
    }

    /// The phrases in a reading, in order and without overlap.
    /// `bit` is the lexicon's ([`words::begins`]).
    pub fn matches(&self, reading: &Reading<'_>, bit: u64) -> Vec<Match> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < reading.words.len() {
            if !reading.may_begin(at, bit) {
                at += 1;
                continue;
            }
            let found = reading
                .longest(&self.lexicon.trie, at)
                .and_then(|(length, forms)| {
                    let forms = forms.iter().filter_map(|f| self.lexicon.forms.get(*f as usize));
                    let fitting = forms.filter(|f| fits(&f.case, reading, at, at + length));
                    let strict = |form: &Form| matches!(form.case, Case::Exact(_) | Case::Capitals);
                    let best = fitting.min_by_key(|f| !matches!(f.case, Case::Exact(_)));
                    best.map(|form| Match {
                        from: at,
                        to: at + length,
                        means: form.means,
                        strict: strict(form),
                    })
                });
            match found {
                Some(found) => {
                    at = found.to;
                    out.push(found);
                }
                None => at += 1,
            }
        }
        out
    }

    /// The words that place names must not be read from: "Katiba Macina", "Front de libération de l'Azawad".
    pub fn blocked(matches: &[Match]) -> Blocked {
        let named = matches
            .iter()
            .filter(|m| !matches!(m.means, Means::Role(..)) && (m.strict || m.to > m.from + 1));
        named.map(|m| (m.from, m.to, m.means == Means::Nothing)).collect()
    }

    /// The values that the matches of all readings give. `year`: the text's, as far as it is known.
    pub fn values(
        &self,
        readings: &[Reading<'_>],
        matches: &[Vec<Match>],
        geography: &Geography,
        gentilics: &FxHashMap<WordId, PathId>,
        year: Option<i16>,
    ) -> Vec<Found> {
        let mut out = Vec::new();
        // What an acronym in brackets was said to mean, by its word: "l'État islamique (EI)".
        let mut defined: FxHashMap<WordId, u32> = FxHashMap::default();
        for (number, reading) in readings.iter().enumerate() {
            let mut last: Option<(u32, usize)> = None;
            for (index, found) in matches[number].iter().enumerate() {
                let next = matches[number].get(index + 1);
                let value = match found.means {
                    Means::Nothing => None,
                    Means::Value(v) => Some((v, "alias")),
                    Means::Chief(v) => {
                        let since = self.lexicon.values.get(v as usize).and_then(|value| value.since);
                        let before = since.zip(year).is_some_and(|(since, year)| year < since);
                        (!before).then_some((v, "chief"))
                    }
                    Means::Role(role, standing) => {
                        let id = reading.words[found.from].id;
                        let bracketed = reading.gap(found.from) & gap::OPEN != 0;
                        match last.filter(|(_, to)| *to == found.from && bracketed) {
                            Some((value, _)) => {
                                defined.insert(id, value);
                                Some((value, "acronym"))
                            }
                            None if found.to == found.from + 1 && defined.contains_key(&id) => {
                                defined.get(&id).map(|v| (*v, "acronym"))
                            }
                            None => {
                                self.role(role, standing, found, next, number, reading, geography, gentilics)
                            }
                        }
                    }
                };
                if let Some((value, rule)) = value {
                    last = Some((value, found.to));
                    out.push(Found {
                        value,
                        reading: number,
                        from: found.from,
                        to: found.to,
                        rule,
                    });
                }
            }
        }
        for (_, by_country) in self
            .lexicon
            .roles
            .iter()
            .zip(&self.by_country)
            .filter(|(r, _)| r.capital)
        {
            for &(reading, from, to, country) in &geography.governments {
                if let Some(&value) = by_country.get(&country) {
                    out.push(Found {
                        value,
                        reading,
                        from,
                        to,
                        rule: "capital",
                    });
                }
            }
        }
        if out
            .iter()
            .any(|f| !self.lexicon.values[f.value as usize].unless.is_empty())
        {
            let present: rustc_hash::FxHashSet<u32> = out.iter().map(|f| f.value).collect();
            out.retain(|f| {
                !self.lexicon.values[f.value as usize]
                    .unless
                    .iter()
                    .any(|other| present.contains(other))
            });
        }
        out
    }

    /// Whose "armée", "junte", "EI" it is.
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of the loop it is called from"
    )]
    fn role(
        &self,
        role: u32,
        standing: Standing,
        found: &Match,
        next: Option<&Match>,
        number: usize,
        reading: &Reading<'_>,
        geography: &Geography,
        gentilics: &FxHashMap<WordId, PathId>,
    ) -> Option<(u32, &'static str)> {
        let by_country = self.by_country.get(role as usize)?;
        let definition = self.lexicon.roles.get(role as usize)?;
        if standing == Standing::Noun && !is_noun(reading, found.from) {
            return None;
        }
        if let Some(country) = bound(found.to, number, reading, geography, gentilics) {
            return by_country.get(&country).map(|v| (*v, "alias"));
        }
        if standing == Standing::Beside {
            return None;
        }
        // "soldats de Barkhane", "chasseurs dogons de Dan Nan Ambassagou": the name says whose.
        if let Some(next) = next
            .filter(|n| matches!(n.means, Means::Value(_)) && n.from >= found.to && n.from <= found.to + 2)
        {
            let elided = reading.words[next.from].shape & shape::ELIDED != 0;
            let of = (found.to..next.from).all(|w| reading.is(w, words::OF | words::THE))
                && (elided || next.from > found.to);
            if of && reading.gap(found.to) & gap::HARD == 0 && reading.gap(next.from) & gap::HARD == 0 {
                return None;
            }
        }
        let sentence = reading.sentence_of(found.from);
        let reach = found.from.saturating_sub(FALLBACK_REACH).max(sentence.first);
        // "liés à Al-Qaïda et à l'EI", but not "le Jnim, affilié à Al-Qaïda, et l'EI".
        let apart = (reach..=found.from)
            .rev()
            .find(|w| reading.gap(*w) & gap::HARD != 0);
        let again = found.from > 0 && reading.is(found.from - 1, words::AT | words::OF);
        let reach = apart.filter(|_| !again).unwrap_or(reach);
        let linked = reading.words[reach..found.from]
            .iter()
            .any(|w| definition.fallback_after.contains(&w.id));
        if linked {
            return definition.fallback.map(|v| (v, "alias"));
        }
        let in_sentence = reading.words[found.from].sentence as usize;
        let country = geography
            .sentences
            .get(number)
            .and_then(|s| s.get(in_sentence))
            .copied();
        country
            .and_then(|c| by_country.get(&c))
            .map(|v| (*v, "country"))
            .or(definition.fallback.map(|v| (v, "alias")))
    }
}

/// The country that is named beside a role: "soldats maliens", "armée du Mali", "autorités de Bamako".
fn bound(
    to: usize,
    number: usize,
    reading: &Reading<'_>,
    geography: &Geography,
    gentilics: &FxHashMap<WordId, PathId>,
) -> Option<PathId> {
    let soft = |at: usize| at < reading.words.len() && reading.gap(at) & (gap::HARD | gap::DASH) == 0;
    if !soft(to) {
        return None;
    }
    let adjective = |at: usize| reading.words.get(at).and_then(|w| gentilics.get(&w.id)).copied();
    if let Some(country) = adjective(to) {
        return Some(country);
    }
    let at_country = |at: usize| {
        soft(at)
            .then(|| geography.at.get(&(number, at)))
            .flatten()
            .copied()
    };
    if reading.words[to].shape & shape::ELIDED != 0
        && let Some(country) = at_country(to)
    {
        return Some(country);
    }
    let preposition = reading.is(to, words::OF | words::AT) || reading.folded(to) == "en";
    if preposition {
        let after = to + 1 + usize::from(reading.is(to + 1, words::THE));
        return (to + 1..=after).find_map(at_country);
    }
    // One adjective between: "forces spéciales maliennes".
    let plain = !reading.is_capital(to) && reading.words[to].classes == 0;
    if plain && soft(to + 1) {
        adjective(to + 1)
    } else {
        None
    }
}

/// Whether a word that is also an adjective ("militaire") is a noun here: after a determiner or a number, or
/// with no word before it.
fn is_noun(reading: &Reading<'_>, from: usize) -> bool {
    let Some(word) = reading.words.get(from) else {
        return false;
    };
    if word.shape & shape::ELIDED != 0 {
        return true;
    }
    from == 0
        || reading.gap(from) & gap::HARD != 0
        || (reading.is(from - 1, words::DETERMINER | words::NUMERAL)
            || reading.words[from - 1].shape & shape::DIGIT != 0)
}

/// Whether the words `from..to` are written as the alias demands.
fn fits(case: &Case, reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let written = |bit: u8| reading.words.get(from).is_some_and(|w| w.shape & bit != 0);
    match case {
        Case::Any => true,
        Case::Capital => written(shape::CAPITAL) || reading.sentence_of(from).lower,
        Case::Capitals => written(shape::ALL_CAPITALS),
        Case::Exact(spelled) => {
            let (start, end) = reading.span(from, to);
            reading
                .text
                .get(start..end)
                .is_some_and(|text| text == &**spelled)
        }
    }
}
