//! Facets of names (`actor`, `type`): aliases and roles of a lexicon, found in a text.

mod beside;
mod nearest;
mod text;

use self::nearest::{Bare, Nearest};
pub(super) use self::text::{Found, Match, Text};
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

    /// The values that the matches of all readings give, in order of reading.
    pub fn values(&self, matches: &[Vec<Match>], text: &Text<'_, '_>) -> Vec<Found> {
        let mut scan = Scan {
            names: self,
            text,
            acronyms: Acronyms::default(),
            nearest: Nearest::new(self.lexicon.roles.len()),
            countries: Vec::new(),
            out: Vec::new(),
        };
        for (number, of_reading) in matches.iter().enumerate() {
            scan.acronyms.last = None;
            for (index, found) in of_reading.iter().enumerate() {
                scan.take(found, of_reading.get(index + 1), number);
            }
        }
        let Scan { nearest, mut out, .. } = scan;
        if !nearest.bare.is_empty() {
            let open = |bare: &Bare| {
                let (country, _) = text.country(bare.reading, bare.from)?;
                self.by_country(bare.role, country)
                    .filter(|(value, _)| !nearest.has_others(bare.role, *value))
            };
            nearest.values(open, &mut out);
            out.sort_by_key(|found| (found.reading, found.from));
        }
        self.add_governments(text.geography, &mut out);
        self.drop_excluded(&mut out);
        out
    }

    /// The value of a role in the country that a sentence speaks of.
    fn by_country(&self, role: u32, country: PathId) -> Option<(u32, &'static str)> {
        let role = self.lexicon.roles.get(role as usize)?;
        role.by_country.get(&country).map(|value| (*value, "country"))
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
}

/// The matches of a text, being read in order.
struct Scan<'s, 't, 'd> {
    names: &'s Names,
    text: &'s Text<'t, 'd>,
    acronyms: Acronyms,
    nearest: Nearest,
    /// The countries beside a role; kept for its memory.
    countries: Vec<PathId>,
    out: Vec<Found>,
}

impl Scan<'_, '_, '_> {
    fn take(&mut self, found: &Match, next: Option<&Match>, number: usize) {
        let lexicon = &self.names.lexicon;
        match found.means {
            Means::Nothing => {}
            Means::Value(value) => {
                self.name(lexicon.role_of(value), Some(value), number, found);
                self.add(value, "alias", number, found);
            }
            Means::Chief(value) if self.names.is_chief_in(value, self.text.year) => {
                self.name(lexicon.role_of(value), Some(value), number, found);
                self.add(value, "chief", number, found);
            }
            Means::Chief(value) | Means::Person(value) => {
                self.name(lexicon.role_of(value), Some(value), number, found);
            }
            Means::Role(role, standing) => {
                let reading = &self.text.readings[number];
                match self.acronyms.value(found, reading) {
                    Some((value, rule)) => self.add(value, rule, number, found),
                    None => self.role((role, standing), found, next, number),
                }
            }
        }
    }

    fn add(&mut self, value: u32, rule: &'static str, number: usize, found: &Match) {
        self.acronyms.last = Some((value, found.to));
        self.out.push(Found {
            value,
            reading: number,
            from: found.from,
            to: found.to,
            rule,
        });
    }

    /// Notes whom bare words nearby may speak of.
    fn name(&mut self, role: Option<u32>, value: Option<u32>, number: usize, found: &Match) {
        if let Some(role) = role {
            let sentence = self.text.readings[number].words[found.from].sentence;
            self.nearest.name(role, value, (number, sentence, found.from));
        }
    }

    /// Whose "armée", "junte", "EI" it is.
    fn role(
        &mut self,
        (role, standing): (u32, Standing),
        found: &Match,
        next: Option<&Match>,
        number: usize,
    ) {
        let reading = &self.text.readings[number];
        let Some(definition) = self.names.lexicon.roles.get(role as usize) else {
            return;
        };
        let is_owned = next.is_some_and(|next| match next.means {
            Means::Value(value) => {
                let alike = self.names.lexicon.role_of(value) == Some(role);
                beside::is_owned_by(reading, found, next, alike)
            }
            _ => false,
        });
        if is_owned || standing.needs_noun() && !beside::is_noun(reading, found.from) {
            return;
        }
        let mut countries = std::mem::take(&mut self.countries);
        let stays = matches!(standing, Standing::Context | Standing::Noun) || !definition.abroad;
        beside::countries(found.to, number, self.text, stays, &mut countries);
        if definition.contingents && !countries.iter().any(|c| definition.by_country.contains_key(c)) {
            countries.clear();
        }
        for country in &countries {
            let value = definition.by_country.get(country).copied();
            self.name(Some(role), value, number, found);
            if let Some(value) = value {
                self.add(value, "alias", number, found);
            }
        }
        let is_open = countries.is_empty() && standing != Standing::Beside;
        self.countries = countries;
        if !is_open {
            return;
        }
        if standing.follows() {
            return self.nearest.bare.push(Bare {
                role,
                reading: number,
                sentence: reading.words[found.from].sentence,
                from: found.from,
                to: found.to,
            });
        }
        if let Some((value, rule)) = self.by_passage((role, standing), found, number) {
            self.name(Some(role), Some(value), number, found);
            self.add(value, rule, number, found);
        }
    }

    /// Whose a role is with nobody beside it: of the country that the passage is about.
    fn by_passage(
        &self,
        (role, standing): (u32, Standing),
        found: &Match,
        number: usize,
    ) -> Option<(u32, &'static str)> {
        let definition = self.names.lexicon.roles.get(role as usize)?;
        let fallback = definition.fallback.map(|value| (value, "alias"));
        if is_linked(&definition.fallback_after, &self.text.readings[number], found) {
            return fallback;
        }
        let country = self.text.country(number, found.from);
        let country = country.filter(|(_, placed)| *placed || standing != Standing::Placed);
        country
            .and_then(|(country, _)| self.names.by_country(role, country))
            .or(fallback)
    }
}

/// Whether a role stands after one of some words: "liés à Al-Qaïda et à l'EI", but not "le Jnim, affilié à Al-Qaïda,
/// et l'EI".
fn is_linked(after: &[WordId], reading: &Reading<'_>, found: &Match) -> bool {
    let sentence = reading.sentence_of(found.from);
    let reach = found.from.saturating_sub(FALLBACK_REACH).max(sentence.first);
    let apart = (reach..=found.from)
        .rev()
        .find(|w| reading.gap(*w) & gap::HARD != 0);
    let again = found.from > 0 && reading.is(found.from - 1, words::AT | words::OF);
    let reach = apart.filter(|_| !again).unwrap_or(reach);
    reading.words[reach..found.from]
        .iter()
        .any(|w| after.contains(&w.id))
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
