//! Dates as spans of days, also those without a year.

use crate::date::{Edtf, PartialDate};

/// The leap year that stands for an unknown one.
const ANY_YEAR: i16 = 2000;
const YEAR: i64 = 366;

/// First and last day, since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub first: i64,
    pub last: i64,
    /// The days are those of 2000.
    pub yearless: bool,
}

impl Span {
    /// None for days that don't exist.
    pub fn of(date: &Edtf) -> Option<Self> {
        let yearless = date.is_yearless();
        let (first, last) = date.interval_in(ANY_YEAR)?;
        // From December to January.
        let last = if yearless && last < first {
            last + YEAR
        } else {
            last
        };
        (first <= last).then_some(Self {
            first,
            last,
            yearless,
        })
    }

    /// A date of publication.
    pub fn of_page(date: PartialDate) -> Self {
        let (first, last) = date.interval();
        Self {
            first,
            last,
            yearless: false,
        }
    }

    /// Days.
    pub fn length(&self) -> i64 {
        self.last - self.first + 1
    }

    /// Whether it is a day, or few.
    pub fn is_short(&self) -> bool {
        self.length() <= 3
    }

    /// Whether it is at most a month.
    pub fn is_within_month(&self) -> bool {
        self.length() <= 32
    }

    /// The days of the week, Monday first, one bit each.
    pub fn weekdays(&self) -> u8 {
        (self.first..=self.last.min(self.first + 6)).fold(0, |days, day| days | 1 << (day + 3).rem_euclid(7))
    }

    /// The days between two spans, 0 where they overlap. Where one has no year, only days and months are compared.
    pub fn gap(&self, other: &Self) -> i64 {
        if !self.yearless && !other.yearless {
            return 0.max(other.first - self.last).max(self.first - other.last);
        }
        let (one, two) = (self.without_year(), other.without_year());
        let gaps = [-YEAR, 0, YEAR].map(|shift| 0.max(two.0 + shift - one.1).max(one.0 - two.1 - shift));
        gaps.into_iter().min().unwrap_or_default()
    }

    fn without_year(&self) -> (i64, i64) {
        let (first, last) = (in_any_year(self.first), in_any_year(self.last));
        (first, if last < first { last + YEAR } else { last })
    }

    /// `03` or `2024-03`, of a day.
    pub fn month(day: i64) -> (i16, i8) {
        let date = PartialDate::from_days(day);
        (date.year(), date.month().unwrap_or(1))
    }
}

/// The same day of 2000; the 29th of February is its 28th.
fn in_any_year(day: i64) -> i64 {
    let date = PartialDate::from_days(day);
    let number = match (date.month(), date.day()) {
        (Some(2), Some(number)) => Some(number.min(28)),
        (_, number) => number,
    };
    PartialDate::new(ANY_YEAR, date.month(), number).map_or(day, |date| date.interval().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::UncertainDate;

    fn span(first: (Option<i16>, u8, u8), last: (Option<i16>, u8, u8)) -> Span {
        let day = |(year, month, day)| UncertainDate::day(year, month, day);
        Span::of(&Edtf::between(day(first), day(last))).expect("days")
    }

    #[test]
    fn gaps_don_t_ask_for_the_year_where_one_is_unknown() {
        let day = |year, month, number| span((year, month, number), (year, month, number));
        assert_eq!(day(Some(2024), 3, 16).gap(&day(Some(2024), 3, 18)), 2);
        assert_eq!(day(Some(2023), 3, 16).gap(&day(Some(2024), 3, 16)), 366);
        assert_eq!(day(Some(2023), 3, 16).gap(&day(None, 3, 17)), 1);
        assert_eq!(day(Some(2023), 1, 1).gap(&day(None, 12, 31)), 1);
        let night = span((None, 12, 31), (None, 1, 1));
        assert_eq!((night.length(), night.gap(&day(Some(2020), 1, 2))), (2, 1));
    }

    #[test]
    fn days_of_the_week() {
        let saturday = span((Some(2024), 3, 16), (Some(2024), 3, 16));
        assert_eq!(saturday.weekdays(), 1 << 5);
        assert_eq!(
            span((Some(2024), 3, 16), (Some(2024), 3, 17)).weekdays(),
            0b110_0000
        );
    }
}
