//! Facets of names (`actor`, `type`): aliases and roles of a lexicon, found in a text.

use super::gazetteer::PathId;
use super::geography::Geography;
use super::lexicon::WordId;
use super::names_lexicon::{Case, Form, Means, NamesLexicon, Standing};
use super::places::Blocked;
use super::reading::{Reading, gap, shape};
use super::words;
use rustc_hash::{FxHashMap, FxHashSet};

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

/// What names are found in.
pub(super) struct Text<'t, 'd> {
    pub readings: &'t [Reading<'d>],
    pub geography: &'t Geography,
    /// Country of an adjective ("malien").
    pub gentilics: &'t FxHashMap<WordId, PathId>,
    /// As far as it is known.
    pub year: Option<i16>,
}

/// Acronyms that a text introduces in brackets: "l'État islamique (EI)".
#[derive(Default)]
struct Acronyms {
    /// The value of each, by its word.
    defined: FxHashMap<WordId, u32>,
    /// The last value of the reading, and the word after it.
    last: Option<(u32, usize)>,
}

impl Acronyms {
    /// The value of a match that is an acronym of the value before it, or of one introduced earlier.
    fn value(&mut self, found: &Match, reading: &Reading<'_>) -> Option<(u32, &'static str)> {
        let id = reading.words[found.from].id;
        let bracketed = reading.gap(found.from) & gap::OPEN != 0;
        if let Some((value, _)) = self.last.filter(|(_, to)| *to == found.from && bracketed) {
            self.defined.insert(id, value);
            return Some((value, "acronym"));
        }
        let known = self.defined.get(&id).filter(|_| found.to == found.from + 1)?;
        Some((*known, "acronym"))
    }
}

/// A lexicon of names, ready to be looked for in texts.
pub(super) struct Names {
    pub lexicon: NamesLexicon,
}

impl Names {
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
                    let forms = forms.iter().filter_map(|f| self.lexicon.form(f));
                    let fitting = forms.filter(|f| fits(f.case, reading, at, at + length));
                    let strict = |form: Form<'_>| matches!(form.case, Case::Exact(_) | Case::Capitals);
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

    /// The values that the matches of all readings give.
    pub fn values(&self, matches: &[Vec<Match>], text: &Text<'_, '_>) -> Vec<Found> {
        let mut out = Vec::new();
        let mut acronyms = Acronyms::default();
        for (number, reading) in text.readings.iter().enumerate() {
            acronyms.last = None;
            for (index, found) in matches[number].iter().enumerate() {
                let value = match found.means {
                    Means::Nothing => None,
                    Means::Value(v) => Some((v, "alias")),
                    Means::Chief(v) => self.is_chief_in(v, text.year).then_some((v, "chief")),
                    Means::Role(role, standing) => acronyms.value(found, reading).or_else(|| {
                        let next = matches[number].get(index + 1);
                        self.role((role, standing), found, next, number, text)
                    }),
                };
                if let Some((value, rule)) = value {
                    acronyms.last = Some((value, found.to));
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
        self.add_governments(text.geography, &mut out);
        self.drop_excluded(&mut out);
        out
    }

    /// Whether a value's chiefs stand for it in a text of some year.
    fn is_chief_in(&self, value: u32, year: Option<i16>) -> bool {
        let since = self.lexicon.since(value);
        since.zip(year).is_none_or(|(since, year)| year >= since)
    }

    /// Adds the values that capitals stand for.
    fn add_governments(&self, geography: &Geography, out: &mut Vec<Found>) {
        for role in self.lexicon.roles.iter().filter(|role| role.capital) {
            for &(reading, from, to, country) in &geography.governments {
                if let Some(&value) = role.by_country.get(&country) {
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
    }

    /// Drops the values that don't count beside others.
    fn drop_excluded(&self, out: &mut Vec<Found>) {
        let unless = |found: &Found| self.lexicon.unless(found.value);
        if out.iter().any(|f| !unless(f).is_empty()) {
            let present: FxHashSet<u32> = out.iter().map(|f| f.value).collect();
            out.retain(|f| !unless(f).iter().any(|other| present.contains(&other)));
        }
    }

    /// Whose "armée", "junte", "EI" it is.
    fn role(
        &self,
        (role, standing): (u32, Standing),
        found: &Match,
        next: Option<&Match>,
        number: usize,
        text: &Text<'_, '_>,
    ) -> Option<(u32, &'static str)> {
        let reading = &text.readings[number];
        let definition = self.lexicon.roles.get(role as usize)?;
        let by_country = &definition.by_country;
        if standing == Standing::Noun && !is_noun(reading, found.from) {
            return None;
        }
        if let Some(country) = bound(found.to, number, text) {
            return by_country.get(&country).map(|v| (*v, "alias"));
        }
        if standing == Standing::Beside {
            return None;
        }
        if next.is_some_and(|next| is_owned_by(reading, found, next)) {
            return None;
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
        let country = text
            .geography
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

/// "soldats de Barkhane", "chasseurs dogons de Dan Nan Ambassagou": the name after a role says whose.
fn is_owned_by(reading: &Reading<'_>, found: &Match, next: &Match) -> bool {
    if !matches!(next.means, Means::Value(_)) || next.from < found.to || next.from > found.to + 2 {
        return false;
    }
    let elided = reading.words[next.from].shape & shape::ELIDED != 0;
    let of = (found.to..next.from).all(|w| reading.is(w, words::OF | words::THE))
        && (elided || next.from > found.to);
    of && reading.gap(found.to) & gap::HARD == 0 && reading.gap(next.from) & gap::HARD == 0
}

/// The country that is named beside a role: "soldats maliens", "armée du Mali", "autorités de Bamako".
fn bound(to: usize, number: usize, text: &Text<'_, '_>) -> Option<PathId> {
    let reading = &text.readings[number];
    let soft = |at: usize| at < reading.words.len() && reading.gap(at) & (gap::HARD | gap::DASH) == 0;
    if !soft(to) {
        return None;
    }
    let adjective = |at: usize| {
        reading
            .words
            .get(at)
            .and_then(|w| text.gentilics.get(&w.id))
            .copied()
    };
    if let Some(country) = adjective(to) {
        return Some(country);
    }
    let at_country = |at: usize| {
        soft(at)
            .then(|| text.geography.at.get(&(number, at)))
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
fn fits(case: Case<&str>, reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let written = |bit: u8| reading.words.get(from).is_some_and(|w| w.shape & bit != 0);
    match case {
        Case::Any => true,
        Case::Capital => written(shape::CAPITAL) || reading.sentence_of(from).lower,
        Case::Capitals => written(shape::ALL_CAPITALS),
        Case::Exact(spelled) => {
            let (start, end) = reading.span(from, to);
            reading.text.get(start..end).is_some_and(|text| text == spelled)
        }
    }
}
