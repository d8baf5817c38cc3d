//! What expressions of dates mean: days of the week by the day of the page or by a dated one nearby, years that
//! aren't written by the page or by a full date nearby. A year that can't be known stays unknown.

use super::dates::{Date, Kind, Role};
use super::numbers;
use super::pattern::patterns;
use super::text::Text;
use crate::date::{Edtf, PartialDate, UncertainDate};
use std::collections::BTreeSet;

/// Characters within which a full date gives its year to one without.
const NEAR: usize = 400;

/// Days that news are told for.
const FRESH: i64 = 21;

/// Characters within which a day is that of what is told after it, "survient deux jours après".
const SAME_SENTENCE: usize = 250;

patterns! {
    FOLLOWING = r"suivant|prochain";
    LAST = r"dernier|passe";
    LENGTH = r"(<NUM>|quelques) (jours?|semaines?|mois|ans?)";
}

/// When the text was published.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Page {
    pub date: Option<PartialDate>,
    /// The day, by the page or by the dateline.
    pub day: Option<PartialDate>,
}

impl Page {
    /// The day that the text was written on: the page's, else the one that its dateline gives.
    pub fn new(date: Option<PartialDate>, dateline: Option<&Date>) -> Self {
        let own = date.filter(|d| d.day().is_some());
        let told = || {
            let day = dateline?.first?;
            let month = day.month? as i8;
            let of_page = date.map(|page| match page.month() {
                Some(last) if month > last => page.year() - 1,
                _ => page.year(),
            });
            PartialDate::new(day.year.or(of_page)?, Some(month), day.day.map(|d| d as i8))
                .filter(|d| d.day().is_some())
        };
        Self {
            date,
            day: own.or_else(told),
        }
    }

    fn is_month(&self) -> bool {
        self.date
            .is_some_and(|d| d.month().is_some() && d.day().is_none())
    }

    /// Whether a day lies in the weeks before the page.
    pub fn is_fresh(&self, edtf: &Edtf) -> bool {
        let (Some(page), Some((first, last))) = (self.date.filter(|d| d.month().is_some()), edtf.interval())
        else {
            return false;
        };
        let (from, to) = page.interval();
        first >= from - FRESH && last <= to + 1
    }

    /// The page's month.
    pub fn month(&self) -> Option<Edtf> {
        let date = self.date.filter(|d| d.month().is_some())?;
        Some(UncertainDate::from(date.to_month()).into())
    }
}

/// From Monday (0) on.
fn weekday_of(days: i64) -> u8 {
    (days + 3).rem_euclid(7) as u8
}

/// Resolves the dates of a text, in order.
pub(super) fn resolve(dates: &mut [Date], text: &Text, page: &Page) {
    let mut calendar = Calendar::new(dates, page);
    for date in dates.iter_mut() {
        let weekday = date.kind == Kind::Day && date.weekday.is_some() && date.year().is_none();
        if let Some(first) = date.first.filter(|_| weekday)
            && let Some(year) = calendar.year(date, first)
            && page.date.is_none()
        {
            date.first = Some(first.in_year(year));
            calendar.full.push((date.from, first.in_year(year), Kind::Day));
            calendar.full.sort_by_key(|(at, ..)| *at);
        }
    }
    calendar.named = named(dates);
    let mut last: Option<Edtf> = None;
    // The last day of anything, where it stands.
    let mut day: Option<(usize, Edtf)> = None;
    for date in dates.iter_mut() {
        date.edtf = match date.kind {
            Kind::After => calendar.before_that(date, day, text),
            _ => calendar.meaning(date, last, text),
        };
        if let Some(edtf) = date.edtf.filter(|edtf| edtf.is_day() && date.kind != Kind::After) {
            day = Some((date.from, edtf));
        }
        if date.kind == Kind::DayOnly && last.is_none_or(|l| l.first.month.is_none()) {
            date.role = Role::Unknown;
        }
        let carries = matches!(
            date.kind,
            Kind::Day
                | Kind::Range
                | Kind::Night
                | Kind::Weekday
                | Kind::DayOnly
                | Kind::Yesterday
                | Kind::WeekdayNight
                | Kind::NextDay
                | Kind::Later
        );
        if carries && date.role == Role::Event {
            last = date.edtf;
        }
    }
    count_on(dates, text);
}

/// "deux jours après le putsch du 18 août": two days later than the day told next.
fn count_on(dates: &mut [Date], text: &Text) {
    for at in 0..dates.len().saturating_sub(1) {
        let (date, next) = (&dates[at], &dates[at + 1]);
        let counts = date.kind == Kind::After
            && next.kind == Kind::Day
            && next.from.saturating_sub(date.to) < 45
            && !text
                .folded(date.to, next.from)
                .iter()
                .any(|b| matches!(b, b',' | b';' | b'.' | b':'));
        if counts {
            let days = i64::from(date.count.unwrap_or(1));
            let edtf = next.edtf.and_then(|e| e.first.plus(days)).map(Edtf::from);
            (dates[at].kind, dates[at].edtf) = (Kind::Later, edtf);
        }
    }
}

/// A day of the month whose day of the week is written.
struct Named {
    at: usize,
    first: UncertainDate,
    weekday: u8,
}

fn named(dates: &[Date]) -> Vec<Named> {
    let of = |date: &Date| {
        Some(Named {
            at: date.from,
            first: date
                .first
                .filter(|_| date.kind == Kind::Day && date.role != Role::Since)?,
            weekday: date.weekday?,
        })
    };
    // "le week-end du 16-17 mars 2024": its first day is a Saturday.
    let of_range = |date: &Date| {
        let first = date
            .first
            .filter(|_| date.kind == Kind::Range && date.role == Role::Event)?;
        let days = first.year.and_then(|_| first.days())?;
        let is_short = date.last?.in_year(first.year?).days()? - days <= 2;
        is_short.then_some(Named {
            at: date.from,
            first,
            weekday: weekday_of(days),
        })
    };
    dates
        .iter()
        .filter_map(|date| of(date).or_else(|| of_range(date)))
        .collect()
}

/// What the dates of a text are resolved by.
struct Calendar<'p> {
    page: &'p Page,
    /// Dates with a year: position, date, kind; in order.
    full: Vec<(usize, UncertainDate, Kind)>,
    /// Every year that is written.
    years: BTreeSet<i16>,
    named: Vec<Named>,
}

impl<'p> Calendar<'p> {
    fn new(dates: &[Date], page: &'p Page) -> Self {
        let is_full = |d: &&Date| matches!(d.kind, Kind::Day | Kind::Month | Kind::Range | Kind::Night);
        let with_year = dates.iter().filter(is_full);
        Self {
            page,
            full: with_year
                .filter_map(|d| Some((d.from, d.first.filter(|f| f.year.is_some())?, d.kind)))
                .collect(),
            years: dates.iter().filter_map(Date::year).collect(),
            named: Vec::new(),
        }
    }

    /// The year of a day or month that is written without one.
    fn year(&self, date: &Date, told: UncertainDate) -> Option<i16> {
        let month = told.month?;
        if let Some(reference) = self.page.day.or(self.page.date) {
            return Some(self.year_by_page(reference, date, told, month));
        }
        self.year_by_weekday(date, told)
            .or_else(|| self.year_nearby(date, told))
    }

    /// The last such day before the page.
    fn year_by_page(&self, reference: PartialDate, date: &Date, told: UncertainDate, month: u8) -> i16 {
        let year = reference.year();
        let last = reference.month().unwrap_or(12) as u8;
        let last_day = reference.day().map_or(31, |d| d as u8);
        let months_known = self.page.date.is_some_and(|d| d.month().is_some());
        if let Some(weekday) = date.weekday.filter(|_| !months_known) {
            let fits = |year: &i16| {
                let days = told.day.and_then(|_| told.in_year(*year).days());
                let limit = self.page.day.map(|d| d.interval().0 + 7);
                days.is_some_and(|d| weekday_of(d) == weekday && limit.is_none_or(|l| d <= l))
            };
            if let Some(found) = [year, year - 1, year - 2].into_iter().find(fits) {
                return found;
            }
        }
        let before = (month, told.day.unwrap_or(1)) <= (last, last_day.saturating_add(7)) || month <= last;
        if before { year } else { year - 1 }
    }

    /// A year told anywhere, or the one after it, in which the day is of that day of the week.
    fn year_by_weekday(&self, date: &Date, told: UncertainDate) -> Option<i16> {
        let weekday = date.weekday?;
        told.day?;
        let fits = |year: &i16| told.in_year(*year).days().map(weekday_of) == Some(weekday);
        self.years
            .iter()
            .rev()
            .flat_map(|year| [*year, *year + 1])
            .find(fits)
    }

    /// The year of a full date near: the same, or the one before or after if that is nearer to its day.
    fn year_nearby(&self, date: &Date, told: UncertainDate) -> Option<i16> {
        let at = self.full.partition_point(|(from, ..)| *from < date.from);
        let near = |(from, ..): &&(usize, UncertainDate, Kind)| from.abs_diff(date.from) <= NEAR;
        let counts =
            |(_, _, kind): &&(usize, UncertainDate, Kind)| *kind != Kind::Month || date.kind == Kind::Month;
        let before = self.full[..at].iter().rev().take_while(near).find(counts);
        let after = self.full[at..].iter().take_while(near).find(counts);
        let nearest = [before, after].into_iter().flatten();
        let (_, full, _) = nearest.min_by_key(|(from, ..)| from.abs_diff(date.from))?;
        let middle = |told: UncertainDate, year: i16| {
            let day = told.day.unwrap_or(15);
            UncertainDate::day(Some(year), told.month?, day).days()
        };
        let year = full.year?;
        let apart = |candidate: &i16| {
            let days = middle(*full, year).zip(middle(told, *candidate));
            days.map_or(i64::MAX, |(one, other)| (one - other).abs())
        };
        [year - 1, year, year + 1].into_iter().min_by_key(apart)
    }

    /// What a date means.
    fn meaning(&self, date: &Date, last: Option<Edtf>, text: &Text) -> Option<Edtf> {
        let written = text.folded(date.from, date.to);
        let with_year = |told: UncertainDate| UncertainDate {
            year: told.year.or_else(|| self.year(date, told)),
            ..told
        };
        match date.kind {
            Kind::Day | Kind::Month => {
                let told = with_year(date.first?);
                // "Onze jours plus tard, le 13 octobre": the same day.
                let same = last
                    .map(|l| l.first)
                    .filter(|l| told.year.is_none() && (l.month, l.day) == (told.month, told.day));
                Some(same.unwrap_or(told).into())
            }
            Kind::Range => {
                let until = with_year(date.last?);
                let from = date.first?;
                let year = from.year.or(until.year);
                Some(Edtf::between(UncertainDate { year, ..from }, until))
            }
            Kind::Night => {
                let day = with_year(date.first?);
                Some(day.plus(1).map_or(day.into(), |next| Edtf::between(day, next)))
            }
            Kind::WeekdayNight if date.last.is_some() => self.dated_night(date, with_year(date.last?)),
            Kind::Year => Some(Edtf::between(date.first?, date.last?)),
            Kind::Weekday | Kind::WeekdayNight | Kind::Weekend => self.by_weekday(date, last, written),
            Kind::Today | Kind::Yesterday | Kind::BeforeYesterday => self.by_day(date.kind),
            Kind::SameDay | Kind::NextDay | Kind::Eve | Kind::Later => {
                let days = match date.kind {
                    Kind::NextDay => 1,
                    Kind::Eve => -1,
                    Kind::Later => i64::from(date.count?),
                    _ => 0,
                };
                last.filter(|l| l.first.day.is_some())?
                    .first
                    .plus(days)
                    .map(Edtf::from)
            }
            Kind::DayOnly => {
                let month = last?.first;
                Some(UncertainDate::day(month.year, month.month?, date.count? as u8).into())
            }
            Kind::Earlier | Kind::Week | Kind::Ago => self.by_length(written),
            Kind::SinceLength | Kind::After => None,
        }
    }

    /// "survient trois jours après": so many days before what was told last, else before the page.
    fn before_that(&self, date: &Date, last: Option<(usize, Edtf)>, text: &Text) -> Option<Edtf> {
        let told = last
            .filter(|(at, _)| date.from - at < SAME_SENTENCE && !text.folded(*at, date.from).contains(&b'.'))
            .map(|(_, edtf)| edtf.first);
        let day = told.or_else(|| self.page.day.map(UncertainDate::from))?;
        day.plus(-i64::from(date.count?)).map(Edtf::from)
    }

    /// "la nuit de samedi à dimanche 17 mars": the date is that of the day that it ends on, or begins on.
    fn dated_night(&self, date: &Date, told: UncertainDate) -> Option<Edtf> {
        let begins = told.days().is_some_and(|days| {
            told.year.is_some() && date.weekday == Some(weekday_of(days)) && date.until != date.weekday
        });
        Some(if begins {
            told.plus(1).map_or(told.into(), |next| Edtf::between(told, next))
        } else {
            told.plus(-1).map_or(told.into(), |day| Edtf::between(day, told))
        })
    }

    /// The last such day before the page, else the one nearest to a dated day of the week.
    fn by_weekday(&self, date: &Date, last: Option<Edtf>, written: &[u8]) -> Option<Edtf> {
        let month = || self.page.month().filter(|_| self.page.is_month());
        let following = date.kind == Kind::Weekday && FOLLOWING.is_in(written);
        if let Some(before) = last.filter(|l| following && l.is_day() && !l.is_yearless()) {
            let days = before.first.days()?;
            let wait = (i64::from(date.weekday?) - i64::from(weekday_of(days)) - 1).rem_euclid(7) + 1;
            return before.first.plus(wait).map(Edtf::from);
        }
        if let Some(reference) = self.page.day {
            let (days, of) = (reference.interval().0, weekday_of(reference.interval().0));
            let wanted = match date.kind {
                Kind::Weekend => 6,
                Kind::WeekdayNight => date.until?,
                _ => date.weekday?,
            };
            let mut back = (i64::from(of) - i64::from(wanted)).rem_euclid(7);
            if date.kind == Kind::Weekday && back == 0 && LAST.is_in(written) {
                back = 7;
            }
            let day = UncertainDate::from(PartialDate::from_days(days - back));
            return Some(match date.kind {
                Kind::Weekday => day.into(),
                _ => Edtf::between(day.plus(-1)?, day),
            });
        }
        self.by_named(date).or_else(month)
    }

    /// By a dated day of the week near: "samedi dernier … dimanche 19 novembre". Within three days.
    fn by_named(&self, date: &Date) -> Option<Edtf> {
        let weekday = date.weekday?;
        let page = self.page.date.filter(|_| self.page.is_month());
        let usable = |named: &&Named| {
            let year = named.first.year.or_else(|| page.map(PartialDate::year));
            let of_page = page
                .is_none_or(|p| year == Some(p.year()) && named.first.month == p.month().map(|m| m as u8));
            named.first.days().is_some() && of_page
        };
        let nearest = self.named.iter().filter(usable);
        let named = nearest.min_by_key(|named| named.at.abs_diff(date.from))?;
        let first = UncertainDate {
            year: named.first.year.or_else(|| page.map(PartialDate::year)),
            ..named.first
        };
        let days = (i64::from(weekday) - i64::from(named.weekday) + 3).rem_euclid(7) - 3;
        let day = first.plus(days)?;
        Some(match date.kind {
            Kind::WeekdayNight => Edtf::between(day, day.plus(1)?),
            _ => day.into(),
        })
    }

    fn by_day(&self, kind: Kind) -> Option<Edtf> {
        let back = match kind {
            Kind::Yesterday => 1,
            Kind::BeforeYesterday => 2,
            _ => 0,
        };
        match self.page.day {
            Some(day) => UncertainDate::from(day).plus(-back).map(Edtf::from),
            None => self.page.month().filter(|_| self.page.is_month()),
        }
    }

    /// "trois jours plus tôt", "la semaine dernière".
    fn by_length(&self, written: &[u8]) -> Option<Edtf> {
        let groups = LENGTH.groups(written);
        let part = |at: usize| {
            let range = groups.as_ref()?.get(at)?.clone()?;
            written.get(range)
        };
        let unit = part(2).unwrap_or_default();
        if let (Some(reference), Some(n)) = (self.page.day, part(1).and_then(numbers::value)) {
            let days = i64::from(n) * if unit.starts_with(b"sem") { 7 } else { 1 };
            let is_exact = unit.starts_with(b"jour") || written.ends_with(b"jour pour jour");
            if unit.starts_with(b"jour") || unit.starts_with(b"sem") {
                let day = UncertainDate::from(PartialDate::from_days(reference.interval().0 - days));
                return Some(match is_exact {
                    true => day.into(),
                    false => UncertainDate { day: None, ..day }.into(),
                });
            }
        }
        let is_long = unit.starts_with(b"mois") || unit.starts_with(b"an");
        self.page.month().filter(|_| !is_long)
    }
}
