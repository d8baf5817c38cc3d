//! Names of months and of days of the week, in French and English.

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

/// The days of the week in French, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// The number of a month by its French name or its usual abbreviation, folded.
///
/// ```
/// use griot::date::names::french_month;
/// assert_eq!((french_month("aout"), french_month("sept"), french_month("may")), (Some(8), Some(9), None));
/// ```
pub fn french_month(folded: &str) -> Option<i8> {
    (1..)
        .zip(MONTHS.iter().zip(FRENCH))
        .find(|(_, (name, others))| **name == folded || others.contains(&folded))
        .map(|(number, _)| number)
}

/// The number of a month by its French or English name, whole or abbreviated, folded.
///
/// ```
/// use griot::date::names::month;
/// assert_eq!((month("fevr"), month("february"), month("sat")), (Some(2), Some(2), None));
/// ```
pub fn month(folded: &str) -> Option<i8> {
    let english = || (1..).zip(ENGLISH).find(|(_, names)| names.contains(&folded));
    french_month(folded).or_else(|| english().map(|(number, _)| number))
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
            assert_eq!(crate::french::fold(name), *name, "folded");
            assert!(month(name).is_some());
        }
        assert_eq!((weekday("lundi"), weekday("dimanche")), (Some(1), Some(7)));
    }
}
