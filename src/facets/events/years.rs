//! The day or month that an expression means, by the publication and by other dates of the text.

use super::standing::{Standing, standing};
use crate::date::PartialDate;
use crate::facets::french_dates::{Expression, When};
use crate::facets::reading::Reading;

/// A date without a year may lie this far after the publication (a piece dated the evening before). Days.
pub(super) const AHEAD: i64 = 7;

/// A day without a year belongs to a full date nearby if it lies no further from it. Days.
const TOGETHER: i64 = 45;

/// "Nearby", in sentences.
pub(super) const NEARBY: u32 = 1;

/// The date of publication, and how precisely it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub date: PartialDate,
    pub first: i64,
    pub last: i64,
}

impl Reference {
    pub fn new(date: PartialDate) -> Self {
        let (first, last) = date.interval();
        Self { date, first, last }
    }

    /// Whether `date` is in the month of publication.
    pub fn same_month(&self, date: PartialDate) -> bool {
        self.date.month().is_some() && date.to_month() == self.date.to_month()
    }

    /// The date nearest to the publication, on the side that the expression names.
    fn nearest(&self, day: Option<i8>, month: i8, found: &Expression) -> Option<PartialDate> {
        let at = |year: i16| PartialDate::new(year, Some(month), day);
        let year = self.date.year();
        let limit = if found.last { self.last } else { self.last + AHEAD };
        if found.next {
            return (year..=year + 1)
                .filter_map(at)
                .find(|d| d.interval().1 > self.last);
        }
        if self.date.month().is_none() {
            return at(year);
        }
        let last = |d: &PartialDate| {
            if day.is_some() {
                d.interval().0 <= limit
            } else {
                d.interval().0 <= self.last
            }
        };
        let before_this_month = |d: &PartialDate| {
            !found.last
                || day.is_some()
                || d.interval().1 < self.first
                || self.date.day().is_some() && d.to_month() != self.date.to_month()
        };
        [year + 1, year, year - 1]
            .into_iter()
            .filter_map(at)
            .filter(last)
            .find(before_this_month)
    }

    /// The last such day of the week, or the month of publication.
    pub fn last_weekday(&self, weekday: i8, found: &Expression) -> Option<PartialDate> {
        if found.next {
            return None;
        }
        let Some(today) = self.date.weekday() else {
            return self.date.month().map(|_| self.date);
        };
        let back = i64::from((today.to_monday_one_offset() - weekday).rem_euclid(7));
        let back = if back == 0 && found.last { 7 } else { back };
        Some(PartialDate::from_days(self.first - back))
    }

    /// The day so many days before.
    pub fn days_ago(&self, days: i32) -> Option<PartialDate> {
        match (self.date.day(), self.date.month()) {
            (Some(_), _) => Some(PartialDate::from_days(self.first - i64::from(days))),
            // Of a month without a day, the most likely: the same month.
            (None, Some(_)) if days <= 7 => Some(self.date),
            _ => None,
        }
    }

    /// The month so many months before.
    pub fn months_ago(&self, months: i32) -> Option<PartialDate> {
        let month = i32::from(self.date.month()?) - 1 - months;
        let year = i32::from(self.date.year()) + month.div_euclid(12);
        PartialDate::new(
            i16::try_from(year).ok()?,
            i8::try_from(month.rem_euclid(12) + 1).ok(),
            None,
        )
    }
}

/// A date with its year, which others nearby can take theirs from.
pub(super) struct Anchor {
    date: PartialDate,
    sentence: u32,
    standing: Standing,
}

impl Anchor {
    /// The anchor that an expression is, if it has its year.
    pub fn of(found: &Expression, reading: &Reading<'_>) -> Option<Self> {
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

/// What the year of a date is inferred from.
pub(super) struct YearContext<'c> {
    pub sentence: u32,
    pub reference: Option<Reference>,
    /// A date named just before.
    pub near: Option<PartialDate>,
    pub anchors: &'c [Anchor],
}

impl YearContext<'_> {
    /// The date of a month, or of a day of it, that is written without its year.
    pub fn date(&self, day: Option<i8>, month: i8, found: &Expression) -> Option<PartialDate> {
        let at = |year: i16| PartialDate::new(year, Some(month), day);
        let apart = |one: PartialDate, other: PartialDate| (one.interval().0 - other.interval().0).abs();
        // Together with a date just named, as in "Le 2 janvier 2013 … Les 9 et 10 janvier …".
        if let Some(near) = self.near
            && !found.last
            && let Some(date) = (near.year() - 1..=near.year() + 1)
                .filter_map(at)
                .min_by_key(|d| apart(*d, near))
            && apart(date, near) <= TOGETHER
        {
            return Some(date);
        }
        if let Some(reference) = self.reference {
            return reference.nearest(day, month, found);
        }
        if found.last || found.next {
            return None;
        }
        from_anchor(day, month, found, self)
    }
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

/// The year of a day that only dates elsewhere in the text give.
fn from_anchor(
    day: Option<i8>,
    month: i8,
    found: &Expression,
    context: &YearContext<'_>,
) -> Option<PartialDate> {
    let at = |year: i16| PartialDate::new(year, Some(month), day);
    let nearest = nearest(context.anchors, context.sentence)?;
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
    if nearest.sentence.abs_diff(context.sentence) > NEARBY {
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
