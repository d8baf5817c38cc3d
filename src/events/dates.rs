//! Expressions of dates as they stand in a text.

use super::numbers;
use super::pattern::Pattern;
use super::text::Text;
use crate::date::{Edtf, UncertainDate};
use std::ops::Range;
use std::sync::LazyLock;

/// What an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// "la nuit de samedi à dimanche".
    WeekdayNight,
    /// "du 27 mars au 1er avril", "16-17 mars".
    Range,
    /// "la nuit du 3 mai".
    Night,
    Day,
    Month,
    Today,
    Yesterday,
    BeforeYesterday,
    Weekday,
    Weekend,
    /// "le même jour", "simultanément".
    SameDay,
    NextDay,
    /// "la veille".
    Eve,
    /// "trois jours après la mort de": of what is told next, so many days before.
    After,
    /// "deux jours plus tard".
    Later,
    /// "trois semaines plus tôt".
    Earlier,
    /// "il y a deux ans".
    Ago,
    /// "depuis plusieurs mois".
    SinceLength,
    Week,
    Year,
    /// "le 12", its month told before.
    DayOnly,
}

/// What a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Event,
    /// When something was said: "a annoncé lundi".
    Speech,
    /// When something began that lasts.
    Since,
    /// Of the dispatch: "BAMAKO, 17 septembre (Reuters)".
    Dateline,
    /// Of laws, births, deadlines.
    Other,
    /// Nothing is known of it.
    Unknown,
}

/// A date of a text.
#[derive(Debug, Clone)]
pub(super) struct Date {
    pub from: usize,
    pub to: usize,
    pub kind: Kind,
    /// The date as written; of an interval the first.
    pub first: Option<UncertainDate>,
    pub last: Option<UncertainDate>,
    /// Day of the week, and of a night the one that it ends on.
    pub weekday: Option<u8>,
    pub until: Option<u8>,
    /// Days later, or the number of a day.
    pub count: Option<u32>,
    pub role: Role,
    /// What it means, as far as that is known.
    pub edtf: Option<Edtf>,
}

impl Date {
    pub fn is_event(&self) -> bool {
        self.role == Role::Event
    }

    /// Whether a year is written with it.
    pub fn year(&self) -> Option<i16> {
        self.first?.year
    }
}

type Groups<'t> = Vec<Option<&'t [u8]>>;

/// How an expression is read from the groups of its pattern; none if it is no date.
type Read = fn(&Groups<'_>) -> Option<Date>;

/// Patterns in the order in which they are looked for; no two dates overlap.
const FORMS: [(&str, Read); 27] = [
    (
        r"(?:dans )?la nuit (?:de |du )?(<WD>) (?:a|au) (<WD>)(?: (<DAYN>) (<MON>)<YR>)?",
        weekday_night,
    ),
    (
        r"(?:entre (?:le )?|du |de |les )(?:<WD> )?(<DAYN>)(?: (<MON>))?<YR> (?:et|au|a)(?: le)? (?:<WD> )?(<DAYN>) (<MON>)<YR>",
        range,
    ),
    (r"\b(<DAYN>)(?:-|/| et )(<DAYN>) (<MON>)<YR>", short_range),
    (r"(?:dans )?la nuit du (?:<WD> )?(<DAYN>) (<MON>)<YR>", night),
    (r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b", slashes),
    (r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b", iso),
    (r"\b(?:<WD> )?(\d{2})\.(\d{2})\b", points),
    (r"(?:\b(<WD>) )?(?:le )?\b(<DAYN>) (<MON>)<YR>", day),
    (
        r"\b(?:(debut|fin|mi|courant)[ -])?(<MON>)(?: (?:dernier|passe))?<YR>(?: dernier| passe)?",
        month,
    ),
    (
        r"\b(?:ce matin|aujourd'hui|cette nuit|cet apres-midi|ce soir)\b",
        |_| bare(Kind::Today),
    ),
    (r"\bhier\b|\bla nuit derniere\b", |_| bare(Kind::Yesterday)),
    (r"\bavant-hier\b", |_| bare(Kind::BeforeYesterday)),
    (
        r"\b(?:ce |le )?(<WD>)s?(?: (?:dernier|passe|soir|matin|apres-midi|a l'aube|prochain|precedent|suivant))*\b",
        weekday,
    ),
    (
        r"\b(?:ce|le|du|un) week-?end(?: dernier| passe| du \d{1,2}-\d{1,2})?\b",
        |_| bare(Kind::Weekend),
    ),
    (
        r"\b(?:le meme jour|ce jour-la|le jour meme|la meme nuit|au meme moment|(?:quasi )?simultanement|plus tard dans la journee|dans la meme journee|en meme temps)\b",
        |_| bare(Kind::SameDay),
    ),
    (
        r"\b(?:(<NUM>) jours? apres|(?:au|le) lendemain) (?:de la |de l'|de cel|des |du |d'un|l'|la |le |les |cel|cette |cet |ce |un )",
        after,
    ),
    (r"\b(?:le lendemain|au lendemain)\b", |_| bare(Kind::NextDay)),
    (r"\bla veille\b", |_| bare(Kind::Eve)),
    (r"\b(<NUM>) jours? (?:plus tard|apres)\b", later),
    (
        r"\b(?:quelques (?:jours|semaines|heures|mois)|<NUM> (?:jours?|semaines?|mois)) (?:plus tot|auparavant|avant)\b",
        |_| bare(Kind::Earlier),
    ),
    (
        r"\bil y a (?:environ |pres d'|plus d'|plus de )?(?:<NUM>|quelques) (?:jours?|semaines?|mois|ans?)\b(?: jour pour jour)?",
        |_| bare(Kind::Ago),
    ),
    (
        r"\bdepuis (?:plus |pres )?(?:de |d')?(?:<NUM>|quelques|plusieurs) (?:jours?|semaines?|mois|ans?)\b",
        |_| bare(Kind::SinceLength),
    ),
    (
        r"\bla semaine (?:derniere|passee)\b|\bcette semaine\b|\bdebut de semaine\b",
        |_| bare(Kind::Week),
    ),
    (
        r"\b(?:en|de|depuis|fin|debut|l'annee|annee|entre) ((?:19|20)\d\d)(?: (?:et|a|ou) ((?:19|20)\d\d))?\b",
        years,
    ),
    (r"\(((?:19|20)\d\d)\)", years),
    (r"\ble (<DAYN>)(?:,| ?;)", day_only),
    (
        r"\ble (<DAYN>) (?:elles?|ils?|on|il|a |au |les|la|le)\b",
        day_only,
    ),
];

static COMPILED: LazyLock<Vec<(Pattern, Read)>> = LazyLock::new(|| {
    let compile = |(source, read): &(&str, Read)| (Pattern::new(source), *read);
    FORMS.iter().map(compile).collect()
});

/// The dates of a text, in order.
pub(super) fn find(text: &Text) -> Vec<Date> {
    let mut taken = vec![false; text.len() + 1];
    let mut out: Vec<Date> = Vec::new();
    for (pattern, read) in COMPILED.iter() {
        let found: Vec<Range<usize>> = pattern.all(&text.fold).collect();
        for range in found {
            if taken[range.clone()].iter().any(|t| *t) {
                continue;
            }
            let Some(groups) = pattern.groups_at(&text.fold, range.start) else {
                continue;
            };
            let groups: Groups<'_> = groups
                .iter()
                .map(|group| group.clone().and_then(|g| text.fold.get(g)))
                .collect();
            let Some(mut date) = read(&groups).filter(|date| is_date(text, &range, date)) else {
                continue;
            };
            (date.from, date.to) = (range.start, range.end);
            if date.kind == Kind::DayOnly {
                date.to = range.start + 3 + groups.get(1).copied().flatten().map_or(0, <[u8]>::len);
            }
            taken[date.from..date.to].iter_mut().for_each(|t| *t = true);
            out.push(date);
        }
    }
    out.sort_by_key(|date| date.from);
    out
}

/// What stands around an expression can make it something else: "planète Mars", "18.08 %".
fn is_date(text: &Text, range: &Range<usize>, date: &Date) -> bool {
    match date.kind {
        Kind::Month => !text.before(range.start, 8).ends_with(b"planete "),
        Kind::Day if text.fold[range.end - 3] == b'.' => {
            let after = text.after(range.end, 5);
            let digits = after.first().is_some_and(u8::is_ascii_digit)
                || after.first() == Some(&b'.') && after.get(1).is_some_and(u8::is_ascii_digit);
            let unit = after.trim_ascii_start();
            !digits && !unit.starts_with(b"%") && !unit.starts_with(b"000")
        }
        _ => true,
    }
}

fn bare(kind: Kind) -> Option<Date> {
    Some(Date {
        from: 0,
        to: 0,
        kind,
        first: None,
        last: None,
        weekday: None,
        until: None,
        count: None,
        role: Role::Event,
        edtf: None,
    })
}

fn of(kind: Kind, first: UncertainDate) -> Option<Date> {
    Some(Date {
        first: Some(first),
        ..bare(kind)?
    })
}

fn number(group: Option<&[u8]>) -> Option<u32> {
    let mut digits = group?.iter().take_while(|b| b.is_ascii_digit());
    digits.try_fold(0_u32, |n, digit| {
        n.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
    })
}

fn get<'t>(groups: &Groups<'t>, at: usize) -> Option<&'t [u8]> {
    groups.get(at).copied().flatten()
}

fn year(groups: &Groups<'_>, at: usize) -> Option<i16> {
    Some(number(get(groups, at))? as i16)
}

/// The day of a month, if there are as many.
fn day_number(groups: &Groups<'_>, at: usize) -> Option<u8> {
    number(get(groups, at))
        .filter(|n| (1..=31).contains(n))
        .map(|n| n as u8)
}

fn month_number(groups: &Groups<'_>, at: usize) -> Option<u8> {
    numbers::month(get(groups, at)?)
}

fn weekday_night(groups: &Groups<'_>) -> Option<Date> {
    let last = month_number(groups, 4).zip(day_number(groups, 3));
    Some(Date {
        weekday: numbers::weekday(get(groups, 1)?),
        until: numbers::weekday(get(groups, 2)?),
        last: last.map(|(month, day)| UncertainDate::day(year(groups, 5), month, day)),
        ..bare(Kind::WeekdayNight)?
    })
}

fn range(groups: &Groups<'_>) -> Option<Date> {
    let until = month_number(groups, 5)?;
    let last = UncertainDate::day(year(groups, 6), until, day_number(groups, 4)?);
    let from = month_number(groups, 2).unwrap_or(until);
    let first = UncertainDate::day(year(groups, 3).or(last.year), from, day_number(groups, 1)?);
    Some(Date {
        last: Some(last),
        ..of(Kind::Range, first)?
    })
}

fn short_range(groups: &Groups<'_>) -> Option<Date> {
    let (month, year) = (month_number(groups, 3)?, year(groups, 4));
    let first = UncertainDate::day(year, month, day_number(groups, 1)?);
    Some(Date {
        last: Some(UncertainDate::day(year, month, day_number(groups, 2)?)),
        ..of(Kind::Range, first)?
    })
}

fn night(groups: &Groups<'_>) -> Option<Date> {
    let day = UncertainDate::day(year(groups, 3), month_number(groups, 2)?, day_number(groups, 1)?);
    of(Kind::Night, day)
}

fn numbered(year: Option<i16>, month: Option<u32>, day: Option<u8>) -> Option<Date> {
    let month = month.filter(|n| (1..=12).contains(n))?;
    of(Kind::Day, UncertainDate::day(year, month as u8, day?))
}

fn slashes(groups: &Groups<'_>) -> Option<Date> {
    numbered(year(groups, 3), number(get(groups, 2)), day_number(groups, 1))
}

fn iso(groups: &Groups<'_>) -> Option<Date> {
    numbered(year(groups, 1), number(get(groups, 2)), day_number(groups, 3))
}

fn points(groups: &Groups<'_>) -> Option<Date> {
    numbered(None, number(get(groups, 2)), day_number(groups, 1))
}

fn day(groups: &Groups<'_>) -> Option<Date> {
    let day = UncertainDate::day(year(groups, 4), month_number(groups, 3)?, day_number(groups, 2)?);
    Some(Date {
        weekday: get(groups, 1).and_then(numbers::weekday),
        ..of(Kind::Day, day)?
    })
}

fn month(groups: &Groups<'_>) -> Option<Date> {
    of(
        Kind::Month,
        UncertainDate::month(year(groups, 3), month_number(groups, 2)?),
    )
}

fn weekday(groups: &Groups<'_>) -> Option<Date> {
    Some(Date {
        weekday: numbers::weekday(get(groups, 1)?),
        ..bare(Kind::Weekday)?
    })
}

fn later(groups: &Groups<'_>) -> Option<Date> {
    Some(Date {
        count: get(groups, 1).and_then(numbers::value),
        ..bare(Kind::Later)?
    })
}

fn after(groups: &Groups<'_>) -> Option<Date> {
    Some(Date {
        count: Some(get(groups, 1).map_or(Some(1), numbers::value)?),
        ..bare(Kind::After)?
    })
}

fn years(groups: &Groups<'_>) -> Option<Date> {
    let first = UncertainDate::year(year(groups, 1)?);
    Some(Date {
        last: Some(year(groups, 2).map_or(first, UncertainDate::year)),
        ..of(Kind::Year, first)?
    })
}

fn day_only(groups: &Groups<'_>) -> Option<Date> {
    Some(Date {
        count: day_number(groups, 1).map(u32::from),
        ..bare(Kind::DayOnly)?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        find(&Text::new(text, 0)).iter().map(|date| date.kind).collect()
    }

    #[test]
    fn expressions_are_told_apart() {
        for (text, expected) in [
            ("dans la nuit de samedi à dimanche", vec![Kind::WeekdayNight]),
            ("du 27 mars au 1er avril 2022", vec![Kind::Range]),
            ("les 16-17 mars 2024", vec![Kind::Range]),
            ("Le 12, ils ont attaqué", vec![Kind::DayOnly]),
            ("samedi 16 mars et dimanche", vec![Kind::Day, Kind::Weekday]),
            ("la planète Mars, le maire", vec![]),
            ("une hausse de 18.08 %", vec![]),
            ("en juin 2021, le lendemain", vec![Kind::Month, Kind::NextDay]),
            ("depuis 2012", vec![Kind::Year]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn days_that_no_month_has_are_no_dates() {
        assert_eq!(kinds("le 32 mars"), [Kind::Month]);
    }
}
