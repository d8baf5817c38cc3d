//! What a date is to the story, by the words around it.

use crate::facets::french_dates::Expression;
use crate::facets::reading::{Reading, gap, shape};
use crate::facets::words;

/// How many words around a date its verb is looked for.
const REACH: usize = 12;

/// How many words after a "depuis" that opens a sentence a date still bounds something.
const OPENING: usize = 8;

/// How many words around a date a pluperfect puts it in the background.
const PLUPERFECT_REACH: usize = 24;

/// What a date is to the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facets) enum Standing {
    /// Of the events that the story is about.
    Main,
    /// Identifies something ("le massacre de mars 2019").
    Nominal,
    /// Of what happened before the story.
    Background,
    /// Of what is announced.
    Planned,
}

/// What a date is to the story, by the words around it.
pub(super) fn standing(reading: &Reading<'_>, found: &Expression, in_lead: bool) -> Standing {
    let sentence = reading.sentence_of(found.from);
    let floor = sentence.first.max(found.from.saturating_sub(REACH));
    let planned =
        |from: usize| (floor.max(from.saturating_sub(5))..from).any(|w| reading.is(w, words::PLANNED));
    if found.next || planned(found.from) {
        return Standing::Planned;
    }
    if is_aside(reading, found) || opens_with_a_bound(reading, found) {
        return Standing::Background;
    }
    let Some(head) = Head::before(reading, found.from, floor) else {
        return Standing::Background;
    };
    if let Some(standing) = head.standing(reading, floor, in_lead) {
        return standing;
    }
    let floor_of_past = sentence.first.max(found.from.saturating_sub(PLUPERFECT_REACH));
    let ceiling_of_past = sentence.end.min(found.to + PLUPERFECT_REACH);
    if !in_lead && pluperfect(reading, floor_of_past, ceiling_of_past) {
        return Standing::Background;
    }
    if event_before(reading, head.end, floor) {
        Standing::Nominal
    } else {
        Standing::Main
    }
}

/// A date in brackets, or after the words of a reminder.
fn is_aside(reading: &Reading<'_>, found: &Expression) -> bool {
    let enclosed = reading.gap(found.from) & gap::OPEN != 0 && reading.gap(found.to) & gap::CLOSE != 0;
    let first = reading.sentence_of(found.from).first;
    enclosed
        || (first..found.from)
            .take(3 * REACH)
            .any(|w| reading.is(w, words::REMINDER))
}

/// "Depuis le départ de la mission, en octobre, …"
fn opens_with_a_bound(reading: &Reading<'_>, found: &Expression) -> bool {
    let first = reading.sentence_of(found.from).first;
    found.from - first <= OPENING
        && reading.is(first, words::BOUND)
        && !(first..found.from).any(|w| reading.is(w, words::HAS))
}

/// The word that a date depends on, before "le", "du", "fin", "la nuit du".
struct Head {
    /// The word after it.
    end: usize,
    /// "de" stands between it and the date.
    of: bool,
}

impl Head {
    /// None where a bound ("depuis", "dès") stands between.
    fn before(reading: &Reading<'_>, from: usize, floor: usize) -> Option<Self> {
        let is = |at: usize, bits: u64| reading.is(at, bits);
        let mut end = from;
        let mut of = reading.words[from].shape & shape::ELIDED != 0;
        while end > floor && reading.gap(end) & gap::HARD == 0 {
            let word = end - 1;
            if is(word, words::BOUND) || reading.form(word) == "dès" {
                return None;
            }
            if is(word, words::DAY_PART) {
                of = false;
            } else if is(word, words::OF) {
                of |= reading.folded(word) != "d";
            } else if !is(word, words::THE | words::AT | words::PREPOSITION) {
                break;
            }
            end = word;
        }
        Some(Self { end, of })
    }

    /// What the word makes of the date, if anything: an event's noun, or a participle without auxiliary.
    fn standing(&self, reading: &Reading<'_>, floor: usize, in_lead: bool) -> Option<Standing> {
        if self.end <= floor || reading.gap(self.end) & gap::HARD != 0 {
            return None;
        }
        let word = self.end - 1;
        let verb = reading.form(word).starts_with("dat");
        if self.of && !verb && (reading.is(word, words::EVENT) || !participle(reading, word)) {
            return Some(Standing::Nominal);
        }
        if !participle(reading, word) || has_auxiliary(reading, word, floor) {
            return None;
        }
        let number = |w: usize| reading.words[w].shape & shape::DIGIT != 0 || reading.is(w, words::NUMERAL);
        let counted =
            (floor.max(word.saturating_sub(5))..word).any(|w| number(w) || reading.is(w, words::VICTIM));
        let noun = reading.is(word, words::VICTIM) && word > floor && number(word - 1);
        (!(noun || counted && in_lead)).then_some(Standing::Background)
    }
}

/// "la prise de Kidal en novembre 2023", "le rapt de Ghislaine Dupont, de RFI, en novembre 2013": an event's
/// noun and names only before the date.
fn event_before(reading: &Reading<'_>, at: usize, floor: usize) -> bool {
    let mut word = at;
    while word > floor && reading.gap(word) & (gap::SENTENCE | gap::CLAUSE) == 0 {
        word -= 1;
        if reading.is(word, words::EVENT) && !reading.is_capital(word) {
            // Not a subject: "l'attaque a eu lieu" has a verb in between and doesn't come here.
            return word + 1 < at || reading.is(word.wrapping_sub(1), words::OF);
        }
        let linking = words::OF | words::THE | words::AT | words::AND;
        if !reading.is_capital(word) && !reading.is(word, linking) {
            return false;
        }
    }
    false
}

/// A form that ends as past participles do.
fn participle(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    let endings = [
        "é", "ée", "és", "ées", "du", "due", "dus", "dues", "nu", "nue", "nus", "nues", "mis", "mise",
        "mises", "pris", "prise", "prises", "duit", "duite", "duits", "vert", "verte", "verts", "vertes",
        "lu", "lue", "lus", "lues", "çu", "çue", "çus", "çues",
    ];
    !reading.is_capital(at) && form.chars().count() > 3 && endings.iter().any(|e| form.ends_with(e))
}

fn has_auxiliary(reading: &Reading<'_>, participle: usize, floor: usize) -> bool {
    (floor.max(participle.saturating_sub(4))..participle)
        .any(|w| reading.is(w, words::HAS | words::HAD | words::WAS))
}

/// "avait été attaqué", "s'étaient repliés", "était déjà suspendu".
fn pluperfect(reading: &Reading<'_>, floor: usize, ceiling: usize) -> bool {
    (floor..ceiling).any(|w| {
        let had = reading.is(w, words::HAD);
        let was = reading.is(w, words::WAS);
        if !had && !was {
            return false;
        }
        let reflexive = w > floor && ["se", "s"].contains(&reading.folded(w - 1))
            || reading.words[w].shape & shape::ELIDED != 0;
        (w + 1..ceiling.min(w + 5)).any(|p| {
            let moved = reading.is(p, words::MOVED) || reading.folded(p) == "deja";
            had && (participle(reading, p) || moved || reading.folded(p) == "ete")
                || was && (moved || reflexive && participle(reading, p))
        })
    })
}

/// Whether a text reports something that happened: "ont attaqué", "a été tué", "annonce".
pub(super) fn narrates(reading: &Reading<'_>) -> bool {
    (0..reading.words.len()).any(|w| {
        let auxiliary = reading.is(w, words::HAS) && ["a", "ont", "est", "sont"].contains(&reading.form(w));
        let past = |p: usize| {
            reading.gap(p) & gap::HARD == 0 && (participle(reading, p) || reading.is(p, words::MOVED))
        };
        reading.is(w, words::ANNOUNCES) || auxiliary && (w + 1..reading.words.len().min(w + 4)).any(past)
    })
}
