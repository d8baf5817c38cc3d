//! The months in which the reported events take place: dates of a text resolved, the background left out.
//!
//! A date without a year takes it from the publication, or from a full date nearby; otherwise it stays
//! unknown. What happened before the story ("depuis 2012", "avait été", "le massacre de mars 2019") doesn't
//! count.

use super::french_dates::{Expression, When, find};
use super::reading::{Reading, gap, shape};
use super::words;
use crate::date::PartialDate;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A date counts as news while it is no older than this before the publication. Days.
const NEWS: i64 = 15;

/// A date without a year may lie this far after the publication (a piece dated the evening before). Days.
const AHEAD: i64 = 7;

/// A day without a year belongs to a full date nearby if it lies no further from it. Days.
const TOGETHER: i64 = 45;

/// "Nearby", in sentences.
const NEARBY: u32 = 1;

/// A nominal date ("l'attaque du 3 mai 2024") is news no longer than this before the publication. Days.
const RECENT: i64 = 45;

/// How many words around a date its verb is looked for.
const REACH: usize = 12;

/// How many words after a "depuis" that opens a sentence a date still bounds something.
const OPENING: usize = 8;

/// How many words around a date a pluperfect puts it in the background.
const PLUPERFECT_REACH: usize = 24;

/// The first sentence that says something has at least so many words.
const SHORTEST_LEAD: usize = 6;

/// Notes of one article; more would say nothing new.
const MOST_NOTES: usize = 20;

/// What a date is to the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Main,
    /// Identifies something ("le massacre de mars 2019").
    Nominal,
    Background,
    Planned,
}

/// A date of the text that could be resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub date: PartialDate,
    pub reading: usize,
    pub from: usize,
    pub to: usize,
    pub standing: Standing,
    /// Written with its year.
    pub with_year: bool,
    /// In the first sentence.
    pub lead: bool,
    /// In its first clause.
    pub opens: bool,
    pub rule: &'static str,
}

/// What the texts say of time.
#[derive(Default)]
pub(super) struct Events {
    /// Dates of the main events, in order of reading.
    pub main: Vec<Dated>,
    /// The month of publication stands for undated news.
    pub publication_month: bool,
    pub notes: Vec<String>,
}

/// The date of publication, and how precisely it is known.
#[derive(Debug, Clone, Copy)]
struct Reference {
    date: PartialDate,
    first: i64,
    last: i64,
}

impl Reference {
    fn new(date: PartialDate) -> Self {
        let (first, last) = date.interval();
        Self { date, first, last }
    }

    /// Whether `date` is in the month of publication.
    fn same_month(&self, date: PartialDate) -> bool {
        self.date.month().is_some() && date.to_month() == self.date.to_month()
    }
}

/// The date that the text itself gives for its publication: "Publié le 3 mai 2024", "France 24, 26/04/2024.".
pub(super) fn published_in_text(readings: &[Reading<'_>], expressions: &[Vec<Expression>]) -> Option<Dated> {
    for (number, reading) in readings.iter().enumerate() {
        let Some(list) = expressions.get(number) else {
            continue;
        };
        let mut credits = reading.credits.iter();
        if let Some((date, words)) = credits.find_map(|credit| Some((credit.published?, &credit.words))) {
            return Some(dateline(date, number, words.clone()));
        }
        for found in list.iter().take(4) {
            let When::Day {
                day,
                month,
                year: Some(year),
            } = found.when
            else {
                continue;
            };
            let said = (1..=3).any(|back| {
                found
                    .from
                    .checked_sub(back)
                    .is_some_and(|w| reading.is(w, words::PUBLISHED))
            });
            let ends =
                reading.gap(found.to) & (gap::SENTENCE | gap::DASH | gap::OPEN | gap::CLOSE | gap::LINE) != 0;
            let opens = found.from <= 6
                && (0..found.from).all(|w| reading.words[w].shape != 0 || reading.is(w, words::THE));
            if (said || ends && opens && found.to < reading.words.len())
                && let Some(date) = PartialDate::new(year, Some(month), Some(day))
            {
                return Some(dateline(date, number, found.from..found.to));
            }
        }
    }
    None
}

/// A date of publication that some words of a reading give.
fn dateline(date: PartialDate, reading: usize, words: Range<usize>) -> Dated {
    Dated {
        date,
        reading,
        from: words.start,
        to: words.end,
        standing: Standing::Main,
        with_year: true,
        lead: true,
        opens: true,
        rule: "dateline",
    }
}

/// The latest year that the dates of the texts name.
pub(super) fn latest_year(expressions: &[Vec<Expression>]) -> Option<i16> {
    let years = expressions.iter().flatten().filter_map(|e| match e.when {
        When::Day { year, .. } | When::Month { year, .. } => year,
        When::Year(year) => Some(year),
        _ => None,
    });
    years.max()
}

/// The expressions of each reading.
pub(super) fn expressions(readings: &[Reading<'_>]) -> Vec<Vec<Expression>> {
    readings.iter().map(|r| find(r)).collect()
}

/// Resolves the dates of the texts and says which of them are the events'.
pub(super) fn events(
    readings: &[Reading<'_>],
    expressions: &[Vec<Expression>],
    published: Option<PartialDate>,
) -> Events {
    let reference = published.map(Reference::new);
    let mut events = Events::default();
    let mut dated = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        let lead = lead(reading);
        resolve(
            number,
            reading,
            &expressions[number],
            reference,
            lead,
            &mut dated,
            &mut events.notes,
        );
    }
    let Some(reference) = reference else {
        events.main = dated.into_iter().filter(counts_undated).collect();
        return events;
    };
    let mut undated_lead = true;
    let mut news = false;
    for found in dated {
        let (first, last) = found.date.interval();
        if found.standing != Standing::Planned && found.with_year && first > reference.last + AHEAD {
            note(
                &mut events.notes,
                format!("{} is after the publication ({})", found.date, reference.date),
            );
        }
        if counts(&found, &reference) {
            undated_lead &= !found.opens;
            news |= reference.same_month(found.date)
                || found.date.day().is_some() && last >= reference.first - NEWS;
            events.main.push(found);
        }
    }
    // Undated news is of the month it is published in: "Des hommes armés ont attaqué …". A page of a day is
    // news of that day; where only its month is known, it may as well be an analysis, so it must tell
    // something that happened.
    let reported = || reference.date.day().is_some() || readings.iter().any(narrates);
    events.publication_month = reference.date.month().is_some() && !news && undated_lead && reported();
    events
}

fn note(notes: &mut Vec<String>, text: String) {
    if notes.len() < MOST_NOTES && !notes.contains(&text) {
        notes.push(text);
    }
}

/// Whether a date counts where the publication is known.
fn counts(found: &Dated, reference: &Reference) -> bool {
    let (first, last) = found.date.interval();
    if first > reference.last + AHEAD || found.date.month().is_none() {
        return false;
    }
    let age = reference.first - last;
    match found.standing {
        Standing::Planned | Standing::Background => false,
        Standing::Nominal => {
            !found.with_year
                || reference.same_month(found.date)
                || age <= RECENT && found.date.day().is_some()
        }
        // Who writes the year speaks of the past, unless it is what the story opens with.
        Standing::Main if found.with_year => {
            found.lead || reference.same_month(found.date) || age <= NEWS && reference.date.day().is_some()
        }
        // "en janvier et en mai": months alone are news as long as they are the last ones.
        Standing::Main => found.lead || found.date.day().is_some() || age <= RECENT,
    }
}

/// Whether a date counts where the publication isn't known.
fn counts_undated(found: &Dated) -> bool {
    found.date.month().is_some()
        && match found.standing {
            Standing::Main => true,
            Standing::Nominal => !found.with_year || found.opens && found.date.day().is_some(),
            _ => false,
        }
}

/// Past the last words of the clause and of the sentence that the story opens with: datelines and signatures
/// are passed over, and short headings ("Mali :").
fn lead(reading: &Reading<'_>) -> Lead {
    let sentence = reading
        .sentences
        .iter()
        .find(|s| s.end - s.first >= SHORTEST_LEAD && reading.credit_end(s.first).is_none())
        .or(reading.sentences.first());
    let Some(sentence) = sentence else {
        return Lead {
            clause: 0,
            sentence: 0,
        };
    };
    let clause = |w: &usize| reading.gap(*w) & gap::CLAUSE != 0;
    let end = (sentence.first + SHORTEST_LEAD..sentence.end)
        .find(clause)
        .unwrap_or(sentence.end);
    Lead {
        clause: end,
        sentence: sentence.end,
    }
}

/// Where the story's opening ends.
#[derive(Debug, Clone, Copy)]
struct Lead {
    clause: usize,
    sentence: usize,
}

fn resolve(
    number: usize,
    reading: &Reading<'_>,
    expressions: &[Expression],
    reference: Option<Reference>,
    lead: Lead,
    out: &mut Vec<Dated>,
    notes: &mut Vec<String>,
) {
    let anchors: Vec<Anchor> = expressions
        .iter()
        .filter_map(|e| Anchor::of(e, reading))
        .collect();
    let mut previous: Option<(PartialDate, u32)> = None;
    for (index, found) in expressions.iter().enumerate() {
        let sentence = reading.words[found.from].sentence;
        let in_lead = found.from < lead.sentence;
        let (with_year, date, rule) = match found.when {
            When::Impossible => {
                let (start, end) = reading.span(found.from, found.to);
                note(
                    notes,
                    format!(
                        "“{}” is not a date of the calendar",
                        reading.text.get(start..end).unwrap_or("")
                    ),
                );
                continue;
            }
            When::Year(_) => continue,
            When::Day {
                day,
                month,
                year: Some(year),
            } => (true, PartialDate::new(year, Some(month), Some(day)), "date"),
            When::Month {
                month,
                year: Some(year),
            } => (true, PartialDate::new(year, Some(month), None), "month"),
            When::Day {
                day,
                month,
                year: None,
            } => {
                let near = previous
                    .filter(|(_, s)| s.abs_diff(sentence) <= NEARBY + 1)
                    .map(|(d, _)| d);
                (
                    false,
                    without_year(Some(day), month, found, sentence, reference, near, &anchors),
                    "day",
                )
            }
            When::Month { month, year: None } => {
                let near = previous
                    .filter(|(_, s)| s.abs_diff(sentence) <= NEARBY)
                    .map(|(d, _)| d);
                (
                    false,
                    without_year(None, month, found, sentence, reference, near, &anchors),
                    "month",
                )
            }
            When::Weekday(weekday) => (
                false,
                reference.and_then(|r| last_weekday(weekday, found, &r)),
                "weekday",
            ),
            When::DaysAgo(days) => (false, reference.and_then(|r| days_ago(days, &r)), "relative"),
            When::MonthsAgo(months) => (false, reference.and_then(|r| months_ago(months, &r)), "relative"),
            When::DayBefore => (
                false,
                previous.and_then(|(d, _)| d.day().map(|_| PartialDate::from_days(d.interval().0 - 1))),
                "relative",
            ),
        };
        let Some(date) = date else { continue };
        if let (true, Some(weekday), Some(actual)) = (with_year, found.weekday, date.weekday())
            && actual.to_monday_one_offset() != weekday
        {
            let (start, end) = reading.span(found.from, found.to);
            note(
                notes,
                format!(
                    "“{}” was another day of the week",
                    reading.text.get(start..end).unwrap_or("")
                ),
            );
        }
        let ends_range = index > 0 && ends_range(reading, &expressions[index - 1], found);
        let relative = matches!(found.when, When::Weekday(_) | When::DaysAgo(_) | When::DayBefore);
        let standing = if relative {
            if found.next {
                Standing::Planned
            } else {
                Standing::Main
            }
        } else {
            standing(reading, found, in_lead)
        };
        if date.day().is_some() && !matches!(standing, Standing::Planned) && !relative {
            previous = Some((date, sentence));
        } else if date.day().is_some() && relative {
            previous = previous.or(Some((date, sentence)));
        }
        // "du 27 mars au 1er avril": what lasts is of the month it began in.
        if !ends_range {
            out.push(Dated {
                date,
                reading: number,
                from: found.from,
                to: found.to,
                standing,
                with_year,
                lead: in_lead,
                opens: found.from < lead.clause,
                rule,
            });
        }
    }
}

/// Whether `found` is the end of "du 27 mars au 1er avril"; a night's two days are both its dates.
fn ends_range(reading: &Reading<'_>, first: &Expression, found: &Expression) -> bool {
    let to = first.to..found.from;
    let linked = to.len() == 1 && reading.is(first.to, words::AT) && reading.gap(first.to) == 0;
    let from = first
        .from
        .checked_sub(1)
        .is_some_and(|w| reading.folded(w) == "du");
    let night = first
        .from
        .checked_sub(2)
        .is_some_and(|w| reading.is(w, words::DAY_PART));
    linked && from && !night
}

/// A date with its year, which others nearby can take theirs from.
struct Anchor {
    date: PartialDate,
    sentence: u32,
    standing: Standing,
}

impl Anchor {
    fn of(found: &Expression, reading: &Reading<'_>) -> Option<Self> {
        let date = match found.when {
            When::Day {
                day,
                month,
                year: Some(year),
            } => PartialDate::new(year, Some(month), Some(day)),
            When::Month {
                month,
                year: Some(year),
            } => PartialDate::new(year, Some(month), None),
            _ => None,
        }?;
        let sentence = reading.words[found.from].sentence;
        Some(Self {
            date,
            sentence,
            standing: standing(reading, found, false),
        })
    }
}

fn without_year(
    day: Option<i8>,
    month: i8,
    found: &Expression,
    sentence: u32,
    reference: Option<Reference>,
    near: Option<PartialDate>,
    anchors: &[Anchor],
) -> Option<PartialDate> {
    let at = |year: i16| PartialDate::new(year, Some(month), day);
    let apart = |one: PartialDate, other: PartialDate| (one.interval().0 - other.interval().0).abs();
    // Together with a date just named, as in "Le 2 janvier 2013 … Les 9 et 10 janvier …".
    if let Some(near) = near
        && !found.last
        && let Some(date) = (near.year() - 1..=near.year() + 1)
            .filter_map(at)
            .min_by_key(|d| apart(*d, near))
        && apart(date, near) <= TOGETHER
    {
        return Some(date);
    }
    if let Some(reference) = reference {
        let year = reference.date.year();
        let limit = if found.last {
            reference.last
        } else {
            reference.last + AHEAD
        };
        if found.next {
            return (year..=year + 1)
                .filter_map(at)
                .find(|d| d.interval().1 > reference.last);
        }
        if reference.date.month().is_none() {
            return at(year);
        }
        let last = |d: &PartialDate| {
            if day.is_some() {
                d.interval().0 <= limit
            } else {
                d.interval().0 <= reference.last
            }
        };
        let before_this_month = |d: &PartialDate| {
            !found.last
                || day.is_some()
                || d.interval().1 < reference.first
                || reference.date.day().is_some() && d.to_month() != reference.date.to_month()
        };
        return [year + 1, year, year - 1]
            .into_iter()
            .filter_map(at)
            .filter(last)
            .find(before_this_month);
    }
    if found.last || found.next {
        return None;
    }
    from_anchor(day, month, found, sentence, anchors)
}

/// Of anchors in order of reading the one whose sentence is nearest, the first where several are.
fn nearest(anchors: &[Anchor], sentence: u32) -> Option<&Anchor> {
    let from = |sentence: u32| anchors.partition_point(|a| a.sentence < sentence);
    let after = anchors.get(from(sentence));
    // The first one of the last sentence before it that has any.
    let last_before = from(sentence).checked_sub(1).map(|last| &anchors[last]);
    let before = last_before.and_then(|last| anchors.get(from(last.sentence)));
    before
        .into_iter()
        .chain(after)
        .min_by_key(|a| a.sentence.abs_diff(sentence))
}

/// The year of a day that only dates elsewhere in the text can tell.
fn from_anchor(
    day: Option<i8>,
    month: i8,
    found: &Expression,
    sentence: u32,
    anchors: &[Anchor],
) -> Option<PartialDate> {
    let at = |year: i16| PartialDate::new(year, Some(month), day);
    let nearest = nearest(anchors, sentence)?;
    let year = nearest.date.year();
    let gap = |d: PartialDate| d.interval().0 - nearest.date.interval().0;
    // The weekday can confirm a year: after a background of 2023, "jeudi 12 septembre" is 2024's.
    if let Some(weekday) = found.weekday {
        let mut fitting = (year..=year + 1)
            .filter_map(at)
            .filter(|d| d.weekday().is_some_and(|w| w.to_monday_one_offset() == weekday));
        return fitting.next().filter(|_| fitting.next().is_none());
    }
    day?;
    if nearest.sentence.abs_diff(sentence) > NEARBY {
        return None;
    }
    let closest = (year - 1..=year + 1)
        .filter_map(at)
        .min_by_key(|d| gap(*d).abs())?;
    if gap(closest).abs() <= TOGETHER {
        return Some(closest);
    }
    // "Le 1er juillet 2025 … avaient déjà été attaqués. Les alertes datent du 6 janvier": the next January.
    let background =
        matches!(nearest.standing, Standing::Background | Standing::Nominal) && nearest.date.day().is_some();
    background
        .then(|| (year..=year + 1).filter_map(at).find(|d| gap(*d) > 0))
        .flatten()
}

fn last_weekday(weekday: i8, found: &Expression, reference: &Reference) -> Option<PartialDate> {
    if found.next {
        return None;
    }
    let Some(today) = reference.date.weekday() else {
        return reference.date.month().map(|_| reference.date);
    };
    let back = i64::from((today.to_monday_one_offset() - weekday).rem_euclid(7));
    let back = if back == 0 && found.last { 7 } else { back };
    Some(PartialDate::from_days(reference.first - back))
}

fn days_ago(days: i32, reference: &Reference) -> Option<PartialDate> {
    match (reference.date.day(), reference.date.month()) {
        (Some(_), _) => Some(PartialDate::from_days(reference.first - i64::from(days))),
        // Of a month without a day, the most likely: the same month.
        (None, Some(_)) if days <= 7 => Some(reference.date),
        _ => None,
    }
}

fn months_ago(months: i32, reference: &Reference) -> Option<PartialDate> {
    let month = i32::from(reference.date.month()?) - 1 - months;
    let year = i32::from(reference.date.year()) + month.div_euclid(12);
    PartialDate::new(
        i16::try_from(year).ok()?,
        i8::try_from(month.rem_euclid(12) + 1).ok(),
        None,
    )
}

/// What a date is to the story, by the words around it.
fn standing(reading: &Reading<'_>, found: &Expression, in_lead: bool) -> Standing {
    let is = |at: usize, bits: u64| reading.is(at, bits);
    let sentence = reading.sentence_of(found.from);
    let floor = sentence.first.max(found.from.saturating_sub(REACH));
    let ceiling = sentence.end.min(found.to + REACH);
    if found.next || (floor.max(found.from.saturating_sub(5))..found.from).any(|w| is(w, words::PLANNED)) {
        return Standing::Planned;
    }
    let enclosed = reading.gap(found.from) & gap::OPEN != 0 && reading.gap(found.to) & gap::CLOSE != 0;
    if enclosed
        || (sentence.first..found.from)
            .take(3 * REACH)
            .any(|w| is(w, words::REMINDER))
    {
        return Standing::Background;
    }
    // "Depuis le départ de la mission, en octobre, …"
    let opened = found.from - sentence.first <= OPENING && is(sentence.first, words::BOUND);
    if opened && !(sentence.first..found.from).any(|w| is(w, words::HAS)) {
        return Standing::Background;
    }
    // Back over "le", "du", "fin", "la nuit du" to the word that the date hangs on.
    let mut at = found.from;
    let mut of = reading.words[found.from].shape & shape::ELIDED != 0;
    while at > floor && reading.gap(at) & gap::HARD == 0 {
        let word = at - 1;
        if is(word, words::BOUND) || reading.form(word) == "dès" {
            return Standing::Background;
        }
        if is(word, words::DAY_PART) {
            of = false;
        } else if is(word, words::OF) {
            of |= reading.folded(word) != "d";
        } else if !is(word, words::THE | words::AT | words::PREPOSITION) {
            break;
        }
        at = word;
    }
    if at > floor && reading.gap(at) & gap::HARD == 0 {
        let word = at - 1;
        let verb = reading.form(word).starts_with("dat");
        if of && !verb && (is(word, words::EVENT) || !participle(reading, word)) {
            return Standing::Nominal;
        }
        if participle(reading, word) && !has_auxiliary(reading, word, floor) {
            let counted = (floor.max(word.saturating_sub(5))..word)
                .any(|w| is(w, words::NUMERAL | words::VICTIM) || reading.words[w].shape & shape::DIGIT != 0);
            let noun = is(word, words::VICTIM)
                && word > floor
                && (reading.words[word - 1].shape & shape::DIGIT != 0 || is(word - 1, words::NUMERAL));
            if !(noun || counted && in_lead) {
                return Standing::Background;
            }
        }
    }
    let floor_of_past = sentence.first.max(found.from.saturating_sub(PLUPERFECT_REACH));
    if !in_lead && pluperfect(reading, floor_of_past, ceiling) {
        return Standing::Background;
    }
    if event_before(reading, at, floor) {
        Standing::Nominal
    } else {
        Standing::Main
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

/// Whether a text tells something that happened: "ont attaqué", "a été tué", "annonce".
fn narrates(reading: &Reading<'_>) -> bool {
    (0..reading.words.len()).any(|w| {
        let auxiliary = reading.is(w, words::HAS) && ["a", "ont", "est", "sont"].contains(&reading.form(w));
        let past = |p: usize| {
            reading.gap(p) & gap::HARD == 0 && (participle(reading, p) || reading.is(p, words::MOVED))
        };
        reading.is(w, words::ANNOUNCES) || auxiliary && (w + 1..reading.words.len().min(w + 4)).any(past)
    })
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

/// The months of the main events, each with the dates that give it.
pub(super) fn months(events: &Events) -> Vec<(String, &Dated)> {
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    for found in &events.main {
        if let Some(path) = found.date.month_path() {
            seen.insert(path.clone());
            out.push((path, found));
        }
    }
    out
}
