//! Chronologies: lists of events by their dates, all of which are what the article reports.

use super::resolution::{Dated, opens_line};
use super::standing::Standing;
use crate::facets::reading::Reading;

/// Entries of a chronology, at least.
const FEWEST: usize = 4;

/// The dates that open the entries of a chronology; None where a text is none. Its entries are most of its dates.
pub(super) fn entries(readings: &[Reading<'_>], dated: &[Dated]) -> Option<Vec<Dated>> {
    let is_entry = |found: &&Dated| {
        let reading = &readings[found.reading];
        let told = found.standing != Standing::Planned && found.date.month().is_some();
        told && opens_line(reading, found.from)
    };
    let entries: Vec<Dated> = dated.iter().filter(is_entry).copied().collect();
    let mut days: Vec<(i64, i64)> = entries.iter().map(|found| found.date.interval()).collect();
    days.sort_unstable();
    days.dedup();
    (days.len() >= FEWEST && 2 * entries.len() >= dated.len()).then_some(entries)
}
