//! The dates of a text: each expression resolved to a day or a month.

use super::standing::{Standing, standing};
use super::years::{Anchor, NEARBY, Reference, YearContext};
use crate::date::PartialDate;
use crate::facets::french_dates::{Expression, When};
use crate::facets::reading::{Reading, gap, shape};
use crate::facets::words;

/// Words of the first sentence that is no heading, at least.
const SHORTEST_LEAD: usize = 6;

/// Years that may head a part of a chronology.
const HEADINGS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Words before the date that opens an entry of a chronology, at most: "Dans la nuit du 3 mars".
const MOST_BEFORE_ENTRY: usize = 4;

/// Notes of one article; more would say nothing new.
const MOST_NOTES: usize = 20;

/// A date of the text that could be resolved.
#[derive(Debug, Clone, Copy)]
pub(in crate::facets) struct Dated {
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

/// Where the story's opening ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// Past the last word of its first clause.
    pub clause: usize,
    /// Past the last word of its first sentence.
    pub sentence: usize,
}

impl Lead {
    /// Past the last words of the clause and of the sentence that the story opens with: datelines and signatures
    /// are passed over, and short headings ("Mali :").
    pub fn of(reading: &Reading<'_>) -> Self {
        let sentence = reading
            .sentences
            .iter()
            .find(|s| s.end - s.first >= SHORTEST_LEAD && reading.credit_end(s.first).is_none())
            .or(reading.sentences.first());
        let Some(sentence) = sentence else {
            return Self {
                clause: 0,
                sentence: 0,
            };
        };
        let clause = |w: &usize| reading.gap(*w) & gap::CLAUSE != 0;
        let end = (sentence.first + SHORTEST_LEAD..sentence.end)
            .find(clause)
            .unwrap_or(sentence.end);
        Self {
            clause: end,
            sentence: sentence.end,
        }
    }
}

/// Adds a note that is not there yet.
pub(super) fn note(notes: &mut Vec<String>, text: String) {
    if notes.len() < MOST_NOTES && !notes.contains(&text) {
        notes.push(text);
    }
}

/// A date that an expression means.
struct Resolved {
    date: PartialDate,
    /// Written with its year.
    with_year: bool,
    rule: &'static str,
}

/// Resolves the expressions of a reading.
pub(super) struct Resolver<'r, 'a> {
    number: usize,
    reading: &'r Reading<'a>,
    reference: Option<Reference>,
    lead: Lead,
    anchors: Vec<Anchor>,
    /// The last date, and its sentence.
    previous: Option<(PartialDate, u32)>,
    /// Whether it was written with its year.
    previous_with_year: bool,
    /// The year that stands alone in a line above, as in a chronology.
    heading: Option<i16>,
    /// Words that were looked through for such years.
    looked_through: usize,
}

impl<'r, 'a> Resolver<'r, 'a> {
    /// `number`: which of the readings it is.
    pub fn new(number: usize, reading: &'r Reading<'a>, reference: Option<Reference>) -> Self {
        Self {
            number,
            reading,
            reference,
            lead: Lead::of(reading),
            anchors: Vec::new(),
            previous: None,
            previous_with_year: false,
            heading: None,
            looked_through: 0,
        }
    }

    /// Adds the dates of the expressions to `out`.
    pub fn resolve(mut self, expressions: &[Expression], out: &mut Vec<Dated>, notes: &mut Vec<String>) {
        self.anchors = expressions
            .iter()
            .filter_map(|e| Anchor::of(e, self.reading))
            .collect();
        for (index, found) in expressions.iter().enumerate() {
            if found.when == When::Impossible {
                note(
                    notes,
                    format!("“{}” is not a date of the calendar", self.written(found)),
                );
            }
            let Some(resolved) = self.date(found) else {
                continue;
            };
            if contradicts_its_weekday(found, &resolved) {
                note(
                    notes,
                    format!("“{}” was another day of the week", self.written(found)),
                );
            }
            let standing = self.standing(found);
            self.remember(found, &resolved, standing);
            // "du 27 mars au 1er avril": what lasts is of the month it began in.
            if index == 0 || !ends_range(self.reading, &expressions[index - 1], found) {
                out.push(Dated {
                    date: resolved.date,
                    reading: self.number,
                    from: found.from,
                    to: found.to,
                    standing,
                    with_year: resolved.with_year,
                    lead: found.from < self.lead.sentence,
                    opens: found.from < self.lead.clause,
                    rule: resolved.rule,
                });
            }
        }
    }

    fn written(&self, found: &Expression) -> &str {
        let (start, end) = self.reading.span(found.from, found.to);
        self.reading.text.get(start..end).unwrap_or("")
    }

    /// What an expression says, with the year that stands above an entry of a chronology.
    fn when(&mut self, found: &Expression) -> When {
        match found.when {
            When::Day {
                day,
                month,
                year: None,
            } => When::Day {
                day,
                month,
                year: self.year_above(found.from),
            },
            When::Month { month, year: None } => When::Month {
                month,
                year: self.year_above(found.from),
            },
            when => when,
        }
    }

    /// The last year that is a line by itself, above a line that begins with a date.
    fn year_above(&mut self, from: usize) -> Option<i16> {
        if !opens_line(self.reading, from) {
            return None;
        }
        let mut headings = (self.looked_through..from).filter_map(|at| heading(self.reading, at));
        self.heading = headings.next_back().or(self.heading);
        self.looked_through = from;
        self.heading
    }

    /// The date that an expression means; none for a year alone, an impossible date and one that can't be
    /// known.
    fn date(&mut self, found: &Expression) -> Option<Resolved> {
        let when = self.when(found);
        let reference = self.reference.as_ref();
        let (with_year, date, rule) = match when {
            When::Impossible | When::Year(_) => return None,
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
            } => (
                false,
                self.years(found, NEARBY + 1).date(Some(day), month, found),
                "day",
            ),
            When::Month { month, year: None } => {
                (false, self.years(found, NEARBY).date(None, month, found), "month")
            }
            When::Weekday(weekday) => (
                false,
                reference.and_then(|r| r.last_weekday(weekday, found)),
                "weekday",
            ),
            When::DaysAgo(days) => (false, reference.and_then(|r| r.days_ago(days)), "relative"),
            When::MonthsAgo(months) => (false, reference.and_then(|r| r.months_ago(months)), "relative"),
            When::DayBefore => (self.previous_with_year, self.day_before(), "relative"),
        };
        Some(Resolved {
            date: date?,
            with_year,
            rule,
        })
    }

    /// What the year of an expression is inferred from; dates as many sentences before it are near.
    fn years(&self, found: &Expression, nearby: u32) -> YearContext<'_> {
        let sentence = self.reading.words[found.from].sentence;
        let near = self
            .previous
            .filter(|(_, s)| s.abs_diff(sentence) <= nearby)
            .map(|(date, _)| date);
        YearContext {
            sentence,
            reference: self.reference,
            near,
            anchors: &self.anchors,
        }
    }

    /// "la veille": the day before the last date.
    fn day_before(&self) -> Option<PartialDate> {
        let (date, _) = self.previous?;
        date.day().map(|_| PartialDate::from_days(date.interval().0 - 1))
    }

    fn standing(&self, found: &Expression) -> Standing {
        match is_relative(found) {
            true if found.next => Standing::Planned,
            true => Standing::Main,
            false => standing(self.reading, found, found.from < self.lead.sentence),
        }
    }

    /// Keeps a day for the dates after it; one that depends on the publication only where there is no other.
    fn remember(&mut self, found: &Expression, resolved: &Resolved, standing: Standing) {
        if resolved.date.day().is_none() {
            return;
        }
        let this = Some((resolved.date, self.reading.words[found.from].sentence));
        if is_relative(found) {
            self.previous = self.previous.or(this);
        } else if standing != Standing::Planned {
            self.previous = this;
            self.previous_with_year = resolved.with_year;
        }
    }
}

/// The year that a line consists of.
fn heading(reading: &Reading<'_>, at: usize) -> Option<i16> {
    let alone = (at == 0 || reading.gap(at) & gap::LINE != 0) && reading.gap(at + 1) & gap::LINE != 0;
    if !alone || reading.words[at].shape & shape::DIGIT == 0 {
        return None;
    }
    reading
        .folded(at)
        .parse()
        .ok()
        .filter(|year| HEADINGS.contains(year))
}

/// Whether a line begins with a date, as the entries of a chronology do: "- Le 3 mars :", "Mi-juin, …".
pub(super) fn opens_line(reading: &Reading<'_>, from: usize) -> bool {
    opens_with(reading, from, gap::LINE)
}

/// Whether nothing but "le", "dans la nuit du" stands between one of the marks and a date.
pub(super) fn opens_with(reading: &Reading<'_>, from: usize, marks: u16) -> bool {
    let leading = words::THE | words::OF | words::AT | words::DAY_PART | words::PREPOSITION | words::PERIOD;
    (from.saturating_sub(MOST_BEFORE_ENTRY)..=from)
        .rev()
        .take_while(|w| *w == from || reading.is(*w, leading))
        .any(|w| w == 0 || reading.gap(w) & marks != 0)
}

/// "mardi dernier", "hier", "la veille": without a month.
fn is_relative(found: &Expression) -> bool {
    matches!(found.when, When::Weekday(_) | When::DaysAgo(_) | When::DayBefore)
}

fn contradicts_its_weekday(found: &Expression, resolved: &Resolved) -> bool {
    let weekdays = found.weekday.zip(resolved.date.weekday());
    resolved.with_year && weekdays.is_some_and(|(named, actual)| actual.to_monday_one_offset() != named)
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
