//! Dates in EDTF (ISO 8601-2): `2024-03-16`, `2024-03`, `XXXX-05-19` where the year is unknown, and intervals of
//! two of them.

use super::PartialDate;
use serde::{Serialize, Serializer};
use std::fmt;

/// A day, a month or a year; of the first two the year may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UncertainDate {
    pub year: Option<i16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// The year that stands for an unknown one where days are counted: not a leap year.
const ANY_YEAR: i16 = 2001;

impl UncertainDate {
    /// A day.
    pub fn day(year: Option<i16>, month: u8, day: u8) -> Self {
        Self {
            year,
            month: Some(month),
            day: Some(day),
        }
    }

    /// A month.
    pub fn month(year: Option<i16>, month: u8) -> Self {
        Self {
            year,
            month: Some(month),
            day: None,
        }
    }

    /// A year.
    pub fn year(year: i16) -> Self {
        Self {
            year: Some(year),
            month: None,
            day: None,
        }
    }

    /// The same with the year `year`, where this one is unknown.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        Self {
            year: self.year.or(Some(year)),
            ..self
        }
    }

    /// As a date of the calendar; none where the year is unknown.
    pub fn known(self) -> Option<PartialDate> {
        PartialDate::new(self.year?, self.month.map(|m| m as i8), self.day.map(|d| d as i8))
    }

    /// The day as days since 1970-01-01, in 2001 where the year is unknown; none for months, years and days that
    /// don't exist.
    pub fn days(self) -> Option<i64> {
        self.day?;
        Some(self.in_year(ANY_YEAR).known()?.interval().0)
    }

    /// As many days later, of a day; an unknown year stays unknown.
    pub fn plus(self, days: i64) -> Option<Self> {
        let date = PartialDate::from_days(self.days()? + days);
        Some(Self {
            year: self.year.map(|_| date.year()),
            ..Self::from(date)
        })
    }
}

impl From<PartialDate> for UncertainDate {
    fn from(date: PartialDate) -> Self {
        Self {
            year: Some(date.year()),
            month: date.month().map(|m| m as u8),
            day: date.day().map(|d| d as u8),
        }
    }
}

impl fmt::Display for UncertainDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "XXXX")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// When an event took place: a day, a month, a year, or from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edtf {
    pub first: UncertainDate,
    pub last: Option<UncertainDate>,
}

impl From<UncertainDate> for Edtf {
    fn from(first: UncertainDate) -> Self {
        Self { first, last: None }
    }
}

impl Edtf {
    /// From one date to another; one date where both are the same.
    pub fn between(first: UncertainDate, last: UncertainDate) -> Self {
        Self {
            first,
            last: (last != first).then_some(last),
        }
    }

    /// The last date of an interval, else the only one.
    pub fn end(&self) -> UncertainDate {
        self.last.unwrap_or(self.first)
    }

    /// Whether it is one day.
    pub fn is_day(&self) -> bool {
        self.last.is_none() && self.first.day.is_some()
    }

    /// Whether the year is unknown.
    pub fn is_yearless(&self) -> bool {
        self.first.year.is_none()
    }

    /// `day` (also a night and other intervals of days), `month` or `year`.
    pub fn precision(&self) -> &'static str {
        match (self.first.month, self.first.day) {
            (_, Some(_)) => "day",
            (Some(_), None) => "month",
            _ => "year",
        }
    }

    /// First and last day, as days since 1970-01-01, in the year `year` where it is unknown; none for days that
    /// don't exist.
    pub fn interval_in(&self, year: i16) -> Option<(i64, i64)> {
        let first = self.first.in_year(year).known()?.interval().0;
        let last = self.end().in_year(year).known()?.interval().1;
        Some((first, last))
    }

    /// First and last day, as days since 1970-01-01; none where the year is unknown.
    pub fn interval(&self) -> Option<(i64, i64)> {
        let year = self.first.year?;
        self.interval_in(year)
    }

    /// Whether two dates may be of one event: they overlap, or are days next to one another. An unknown year goes with
    /// every year.
    pub fn may_be(&self, other: &Self) -> bool {
        let (one, two) = if self.is_yearless() == other.is_yearless() {
            (*self, *other)
        } else {
            (self.without_year(), other.without_year())
        };
        match (one.interval_in(ANY_YEAR), two.interval_in(ANY_YEAR)) {
            (Some(one), Some(two)) => {
                let slack = i64::from(self.first.day.is_some() && other.first.day.is_some());
                one.0 - slack <= two.1 && two.0 - slack <= one.1
            }
            _ => true,
        }
    }

    /// The year unknown, of days and months.
    fn without_year(self) -> Self {
        let forget = |date: UncertainDate| UncertainDate {
            year: date.year.filter(|_| date.month.is_none()),
            ..date
        };
        Self {
            first: forget(self.first),
            last: self.last.map(forget),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        match &self.last {
            Some(last) => write!(f, "/{last}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_edtf_has_them() {
        let night = UncertainDate::day(None, 12, 31);
        let next = night.plus(1).expect("a day");
        assert_eq!(Edtf::between(night, next).to_string(), "XXXX-12-31/XXXX-01-01");
        let day = UncertainDate::day(Some(2024), 2, 28);
        assert_eq!(day.plus(2).expect("a day").to_string(), "2024-03-01");
        assert_eq!(
            Edtf::from(UncertainDate::month(Some(2024), 3)).to_string(),
            "2024-03"
        );
    }

    #[test]
    fn dates_of_one_event() {
        let day = |year, month, day| Edtf::from(UncertainDate::day(year, month, day));
        let march = Edtf::from(UncertainDate::month(Some(2024), 3));
        assert!(march.may_be(&day(Some(2024), 3, 31)));
        assert!(!march.may_be(&day(Some(2024), 4, 1)));
        assert!(day(Some(2024), 3, 31).may_be(&day(Some(2024), 4, 1)));
        assert!(day(None, 3, 5).may_be(&march));
        assert!(!day(None, 5, 5).may_be(&march));
    }
}
