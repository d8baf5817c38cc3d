//! Dates that may be partial: a year, a month or a day. Partial dates stay partial; as filters they are
//! intervals.

use crate::error::{Error, Result};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar date of day, month or year precision, valid in the Gregorian calendar, years 1000 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A date, if it exists in the calendar: no 31 February, no day without a month.
    ///
    /// ```
    /// use griot::date::PartialDate;
    /// assert!(PartialDate::new(2024, Some(2), Some(29)).is_some());
    /// assert!(PartialDate::new(2023, Some(2), Some(29)).is_none());
    /// ```
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let date = Self { year, month, day };
        let exists = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        (exists && (1000..3000).contains(&year) && (day.is_none() || month.is_some())).then_some(date)
    }

    /// The first day that days are counted from.
    pub(super) const EPOCH: Self = Self {
        year: 1970,
        month: Some(1),
        day: Some(1),
    };

    /// Today, by the system's clock, in universal time.
    pub fn today() -> Self {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_secs());
        Self::from_days((seconds / 86_400) as i64)
    }

    /// The day that is `days` after 1970-01-01 (held within the years that this type knows).
    pub fn from_days(days: i64) -> Self {
        let epoch = Date::constant(1970, 1, 1);
        let span = jiff::Span::new().days(days.clamp(-354_000, 375_000));
        epoch.checked_add(span).map_or(
            Self {
                year: 1970,
                month: None,
                day: None,
            },
            Self::from,
        )
    }

    pub fn year(self) -> i16 {
        self.year
    }

    pub fn month(self) -> Option<i8> {
        self.month
    }

    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// First and last day that the date may mean, as days since 1970-01-01.
    pub fn interval(self) -> (i64, i64) {
        (days(self.first_day()), days(self.last_day()))
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it may mean.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            _ => Date::constant(self.year, 12, 31),
        }
    }

    /// The day of the week, of a full date.
    pub fn weekday(self) -> Option<Weekday> {
        self.day.map(|_| self.first_day().weekday())
    }

    /// The date without its day.
    pub fn to_month(self) -> Self {
        Self { day: None, ..self }
    }

    /// `2024/03`, the path of the month facets; none for a bare year.
    pub fn month_path(self) -> Option<String> {
        self.month.map(|m| format!("{:04}/{m:02}", self.year))
    }
}

/// The time of day and date now, in universal time, to the second: `2024-03-16 08:30:00`.
pub fn clock() -> String {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    now.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Now in universal time as ISO 8601 has it, `2024-03-16T08:30:00Z`: the time of `SOURCE_DATE_EPOCH`, where somebody
/// wants the same file again, else that of the clock.
pub fn written_now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let fixed = fixed.and_then(|seconds| jiff::Timestamp::from_second(seconds.parse().ok()?).ok());
    iso(fixed.unwrap_or_else(jiff::Timestamp::now))
}

/// A time of the system's clock as ISO 8601 has it.
pub(crate) fn iso_of(time: std::time::SystemTime) -> Option<String> {
    jiff::Timestamp::try_from(time).ok().map(iso)
}

fn iso(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Days since 1970-01-01.
fn days(date: Date) -> i64 {
    date.since(Date::constant(1970, 1, 1))
        .map_or(0, |span| i64::from(span.get_days()))
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    /// Reads `2024`, `2024-03`, `2024-03-15`, also with `/` or `.`, and longer timestamps by their date
    /// (`2024-03-15T08:00:00Z`).
    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::BadDate {
            text: text.to_string(),
        };
        let trimmed = text.trim();
        let date = trimmed.split(['T', ' ']).next().unwrap_or_default();
        let mut numbers = date.split(['-', '/', '.']).map(|part| {
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                Err(bad())
            } else {
                part.parse::<i16>().map_err(|_| bad())
            }
        });
        let year = numbers.next().ok_or_else(bad)??;
        let month = numbers.next().transpose()?;
        let day = numbers.next().transpose()?;
        if numbers.next().is_some() {
            return Err(bad());
        }
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        Self::new(year, month.map(small).transpose()?, day.map(small).transpose()?).ok_or_else(bad)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_stay_partial() {
        for (text, shown, from, to) in [
            ("2017", "2017", "2017-01-01", "2017-12-31"),
            ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
            ("2024/02/03", "2024-02-03", "2024-02-03", "2024-02-03"),
            (
                "2024-02-03T10:00:00+01:00",
                "2024-02-03",
                "2024-02-03",
                "2024-02-03",
            ),
        ] {
            let date: PartialDate = text.parse().expect("a date");
            assert_eq!(date.to_string(), shown);
            assert_eq!(
                (date.first_day().to_string(), date.last_day().to_string()),
                (from.to_string(), to.to_string())
            );
            assert_eq!(PartialDate::from_days(date.interval().0).to_string(), from);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024-13",
            "2024-02-30",
            "24",
            "hier",
            "2024-1-1-1",
            "99999",
            "2024-02-",
            "+2024",
        ] {
            assert!(
                text.parse::<PartialDate>().is_err(),
                "{text:?} was read as a date"
            );
        }
    }
}
