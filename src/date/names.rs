//! Names of months and of days of the week: in French and English, and in the other languages in which archives
//! and their exports write dates.

use crate::french::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// The months in French, folded.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// How else French texts write them, folded.
const FRENCH: [&[&str]; 12] = [
    &["janv"],
    &["fevr", "fev"],
    &[],
    &["avr"],
    &[],
    &[],
    &["juill", "juil"],
    &[],
    &["sept"],
    &["oct"],
    &["nov"],
    &["dec"],
];

/// What they are called in English, and in metadata.
const ENGLISH: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sep"],
    &["october"],
    &["november"],
    &["december"],
];

/// What they are called in German, Dutch, Spanish, Portuguese, Italian, Arabic, Russian and Chinese, as far as
/// that is not reported above: folded where the letters are Latin, separated by spaces.
const OTHER_LANGUAGES: [&str; 12] = [
    "januar janner jaenner januari enero ene janeiro gennaio gen يناير января 一月",
    "februar februari febrero fevereiro febbraio فبراير февраля 二月",
    "marz maerz maart mrt marzo marco مارس марта 三月",
    "abril abr aprile ابريل أبريل апреля 四月",
    "mei mayo maio maggio mag مايو мая 五月",
    "juni junio junho giugno giu يونيو июня 六月",
    "juli julio julho luglio lug يوليو июля 七月",
    "augustus agosto ago اغسطس أغسطس августа 八月",
    "septiembre setiembre setembro set settembre سبتمبر сентября 九月",
    "oktober okt octubre outubro out ottobre ott أكتوبر اكتوبر октября 十月",
    "noviembre novembro نوفمبر ноября 十一月",
    "dezember dez diciembre dic dezembro dicembre ديسمبر декабря 十二月",
];

/// Days of the week, folded, in the languages of [`month_in_any_language`], whole and abbreviated.
const WEEKDAYS_IN_ANY_LANGUAGE: &str = " lundi mardi mercredi jeudi vendredi samedi dimanche \
    lun mar mer jeu ven sam dim \
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    lunes martes miercoles jueves viernes sabado domingo \
    segunda terca quarta quinta sexta segundafeira tercafeira quartafeira quintafeira sextafeira \
    lunedi martedi mercoledi giovedi venerdi domenica ";

/// The days of the week in French, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// The number of a month by its French name or its usual abbreviation, folded.
pub fn french_month(folded: &str) -> Option<i8> {
    (1..)
        .zip(MONTHS.iter().zip(FRENCH))
        .find(|(_, (name, others))| **name == folded || others.contains(&folded))
        .map(|(number, _)| number)
}

/// The number of a month by its French or English name, whole or abbreviated, folded.
pub fn month(folded: &str) -> Option<i8> {
    let english = || (1..).zip(ENGLISH).find(|(_, names)| names.contains(&folded));
    french_month(folded).or_else(|| english().map(|(number, _)| number))
}

/// The number of a month by its name in any of the languages in which date lines are written, with or without
/// the point of an abbreviation.
pub fn month_in_any_language(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    if word.len() > LONGEST_MONTH || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let months = months_in_all_languages();
    months
        .get(fold(word).as_str())
        .or_else(|| months.get(word))
        .copied()
}

/// Longest name of a month, in bytes as it is written.
const LONGEST_MONTH: usize = 24;

/// The months by all their names; one that French and English have is theirs.
fn months_in_all_languages() -> &'static FxHashMap<&'static str, i8> {
    static MONTHS_BY_NAME: OnceLock<FxHashMap<&'static str, i8>> = OnceLock::new();
    MONTHS_BY_NAME.get_or_init(|| {
        let french = (1..).zip(MONTHS.map(|name| vec![name]));
        let short = (1..).zip(FRENCH.map(<[&str]>::to_vec));
        let english = (1..).zip(ENGLISH.map(<[&str]>::to_vec));
        let others = (1..).zip(OTHER_LANGUAGES.map(|names| names.split(' ').collect()));
        let mut months = FxHashMap::default();
        for (number, names) in french.chain(short).chain(english).chain(others) {
            for name in names {
                months.entry(name).or_insert(number);
            }
        }
        months
    })
}

/// Whether a word is the name of a day of the week, in any of these languages, with or without the point of an
/// abbreviation.
pub fn is_weekday(word: &str) -> bool {
    static DAYS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    let days = DAYS.get_or_init(|| WEEKDAYS_IN_ANY_LANGUAGE.split_whitespace().collect());
    !word.starts_with(|c: char| c.is_ascii_digit()) && days.contains(fold(word).as_str())
}

/// The French names and abbreviations of months, folded.
pub fn french_months() -> impl Iterator<Item = &'static str> {
    MONTHS.into_iter().chain(FRENCH.into_iter().flatten().copied())
}

/// All names of months and of days of the week, in all these languages.
pub fn any_words() -> impl Iterator<Item = &'static str> {
    let english = ENGLISH.into_iter().flatten().copied();
    let others = OTHER_LANGUAGES.into_iter().chain([WEEKDAYS_IN_ANY_LANGUAGE]);
    french_months()
        .chain(english)
        .chain(others.flat_map(str::split_whitespace))
}

/// The number of a day of the week by its French name, folded; 1 for Monday.
pub fn weekday(folded: &str) -> Option<i8> {
    (1..)
        .zip(WEEKDAYS)
        .find(|(_, name)| *name == folded)
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_two_months() {
        let all: Vec<&str> = MONTHS
            .into_iter()
            .chain(FRENCH.concat())
            .chain(ENGLISH.concat())
            .collect();
        for name in &all {
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
            assert_eq!(fold(name), *name, "folded");
            assert!(month(name).is_some());
        }
        assert_eq!((weekday("lundi"), weekday("dimanche")), (Some(1), Some(7)));
        for (number, names) in (1..).zip(OTHER_LANGUAGES) {
            for name in names.split(' ') {
                assert_eq!(month_in_any_language(name), Some(number), "{name}");
                assert!(!all.contains(&name), "{name}: told twice");
            }
        }
    }

    #[test]
    fn months_and_days_are_known_by_their_names() {
        assert_eq!(
            (french_month("aout"), french_month("sept"), french_month("may")),
            (Some(8), Some(9), None)
        );
        assert_eq!(
            (month("fevr"), month("february"), month("sat")),
            (Some(2), Some(2), None)
        );
        let any = month_in_any_language;
        assert_eq!(
            (any("März"), any("sept."), any("мая"), any("mardi")),
            (Some(3), Some(9), Some(5), None)
        );
        assert!(
            is_weekday("Dimanche") && is_weekday("mar.") && is_weekday("terça-feira") && !is_weekday("mars")
        );
    }
}
