//! The date of publication that a text gives itself.

use super::resolution::Dated;
use super::standing::Standing;
use crate::date::PartialDate;
use crate::facets::french_dates::{Expression, When};
use crate::facets::reading::{Reading, gap};
use crate::facets::words;
use std::ops::Range;

/// The date that the text itself gives for its publication: "Publié le 3 mai 2024", "France 24, 26/04/2024.".
pub(in crate::facets) fn published_in_text(
    readings: &[Reading<'_>],
    expressions: &[Vec<Expression>],
) -> Option<Dated> {
    for (number, reading) in readings.iter().enumerate() {
        let Some(list) = expressions.get(number) else {
            continue;
        };
        let mut credits = reading.credits.iter();
        if let Some((date, words)) = credits.find_map(|credit| Some((credit.published?, &credit.words))) {
            return Some(dateline(date, number, words.clone()));
        }
        for found in list.iter().take(4) {
            let When::Day {
                day,
                month,
                year: Some(year),
            } = found.when
            else {
                continue;
            };
            let announced = (1..=3).any(|back| {
                found
                    .from
                    .checked_sub(back)
                    .is_some_and(|w| reading.is(w, words::PUBLISHED))
            });
            let ends =
                reading.gap(found.to) & (gap::SENTENCE | gap::DASH | gap::OPEN | gap::CLOSE | gap::LINE) != 0;
            let opens = found.from <= 6
                && (0..found.from).all(|w| reading.words[w].shape != 0 || reading.is(w, words::THE));
            if (announced || ends && opens && found.to < reading.words.len())
                && let Some(date) = PartialDate::new(year, Some(month), Some(day))
            {
                return Some(dateline(date, number, found.from..found.to));
            }
        }
    }
    None
}

/// A date of publication that some words of a reading give.
fn dateline(date: PartialDate, reading: usize, words: Range<usize>) -> Dated {
    Dated {
        date,
        reading,
        from: words.start,
        to: words.end,
        standing: Standing::Main,
        with_year: true,
        lead: true,
        opens: true,
        rule: "dateline",
    }
}
