//! The months in which the reported events take place: dates of a text resolved, the background left out.
//!
//! A date without a year takes it from the publication, or from a full date nearby; otherwise it stays
//! unknown. What happened before the story ("depuis 2012", "avait été", "le massacre de mars 2019") doesn't
//! count.

mod chronicle;
mod publication;
mod resolution;
mod standing;
mod years;

pub(super) use self::publication::published_in_text;
pub(super) use self::resolution::Dated;
use self::resolution::{Resolver, note, opens_with};
use self::standing::{Standing, narrates};
use self::years::{AHEAD, Reference};
use super::french_dates::{Expression, When, find};
use super::reading::{Reading, gap};
use crate::date::PartialDate;
use rustc_hash::FxHashSet;

/// A date counts as news while it is no older than this before the publication. Days.
const NEWS: i64 = 15;

/// A nominal date ("l'attaque du 3 mai 2024") is news no longer than this before the publication. Days.
const RECENT: i64 = 45;

/// The dates of what the texts report.
#[derive(Default)]
pub(super) struct Events {
    /// Dates of the main events, in order of reading.
    pub main: Vec<Dated>,
    /// The month of publication stands for undated news.
    pub publication_month: bool,
    /// Contradictory and impossible dates.
    pub notes: Vec<String>,
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

/// Resolves the dates of the texts and finds those of the main events.
pub(super) fn events(
    readings: &[Reading<'_>],
    expressions: &[Vec<Expression>],
    published: Option<PartialDate>,
) -> Events {
    let reference = published.map(Reference::new);
    let mut events = Events::default();
    let mut dated = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        Resolver::new(number, reading, reference).resolve(
            &expressions[number],
            &mut dated,
            &mut events.notes,
        );
    }
    if let Some(entries) = chronicle::entries(readings, &dated) {
        let last = reference.map_or(i64::MAX, |r| r.last + AHEAD);
        events.main = entries;
        events.main.retain(|found| found.date.interval().0 <= last);
        return events;
    }
    let Some(reference) = reference else {
        let news = undated_news(expressions, &dated);
        let is_news = |found: &Dated| {
            let recalls = || {
                let opens = opens_with(&readings[found.reading], found.from, gap::SENTENCE | gap::LINE);
                found.date.day().is_none() || opens
            };
            news.is_none_or(|at| (found.reading, found.from) < at) || !recalls()
        };
        events.main = dated.into_iter().filter(counts_undated).filter(is_news).collect();
        return events;
    };
    events.weigh(dated, &reference);
    // Undated news is of the month it is published in: "Des hommes armés ont attaqué …". A page of a day is
    // news of that day; where only its month is known, it may as well be an analysis, so it must
    // report something that happened.
    let reported = || reference.date.day().is_some() || readings.iter().any(narrates);
    events.publication_month &= reference.date.month().is_some() && reported();
    events
}

impl Events {
    /// Takes those of the dates that count where the publication is known, and tells whether its month may stand for
    /// the news.
    fn weigh(&mut self, dated: Vec<Dated>, reference: &Reference) {
        let mut undated_lead = true;
        let mut news = false;
        let mut recalled = Vec::new();
        for found in dated {
            let (first, last) = found.date.interval();
            if found.standing != Standing::Planned && found.with_year && first > reference.last + AHEAD {
                note(
                    &mut self.notes,
                    format!("{} is after the publication ({})", found.date, reference.date),
                );
            }
            if counts(&found, reference) {
                undated_lead &= !found.opens;
                news |= reference.same_month(found.date)
                    || found.date.day().is_some() && last >= reference.first - NEWS;
                self.main.push(found);
            } else if is_recalled(&found, reference) {
                recalled.push(found);
            }
        }
        // "Trois ans après le massacre": the story is about what it recalls.
        if !news && !self.main.is_empty() && self.main.iter().all(|found| found.with_year) {
            self.main.append(&mut recalled);
            self.main.sort_by_key(|found| (found.reading, found.from));
        }
        self.publication_month = !news && undated_lead;
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
            reference.same_month(found.date)
                || age <= RECENT && (!found.with_year || found.date.day().is_some())
        }
        // A written year is of the past, unless it is what the story opens with.
        Standing::Main if found.with_year => {
            found.lead || reference.same_month(found.date) || age <= NEWS && reference.date.day().is_some()
        }
        // "en janvier et en mai": months alone are news as long as they are the last ones.
        Standing::Main => found.lead || found.date.day().is_some() || age <= RECENT,
    }
}

/// Where a text begins to tell news whose year it doesn't say, "mardi", "le 3 mai": months with their years that come
/// after, and sentences that begin with such a day, are of what it recalls. None where a day with its year stands before.
fn undated_news(expressions: &[Vec<Expression>], dated: &[Dated]) -> Option<(usize, usize)> {
    let is_open = |reading: usize, e: &Expression| {
        let unknown = |when: When| match when {
            When::Weekday(_) | When::DaysAgo(_) => true,
            When::Day { year, .. } => year.is_none(),
            _ => false,
        };
        // "hier vendredi 3 décembre 2021" is told by what follows.
        let resolved = || {
            let next = dated.partition_point(|d| (d.reading, d.from) < (reading, e.from));
            dated
                .get(next)
                .is_some_and(|d| d.reading == reading && d.from <= e.to)
        };
        unknown(e.when) && !e.next && !resolved()
    };
    let first = (0..expressions.len()).find_map(|reading| {
        let open = expressions[reading].iter().find(|e| is_open(reading, e))?;
        Some((reading, open.from))
    })?;
    let is_dated = dated
        .iter()
        .take_while(|d| (d.reading, d.from) < first)
        .any(|d| d.date.day().is_some() && counts_undated(d));
    (!is_dated).then_some(first)
}

/// Whether a date is of something recalled that has a day of its own.
fn is_recalled(found: &Dated, reference: &Reference) -> bool {
    let told = matches!(found.standing, Standing::Main | Standing::Nominal);
    found.with_year && told && found.date.day().is_some() && found.date.interval().0 <= reference.last
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
