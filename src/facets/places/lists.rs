//! Names that stand together: the ends of a road, and lists that share a noun.

use super::mention::Mention;
use crate::facets::reading::{Reading, gap};
use crate::facets::words;

/// Marks the two ends of "Kayes-Bamako" and "axe Kayes - Bamako".
pub(super) fn pair_roads(mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
    for at in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let reading = &readings[other.reading];
        let joined = reading.gap(other.from) & (gap::HYPHEN | gap::DASH) != 0;
        if one.reading == other.reading && one.to == other.from && joined && !one.context.dateline {
            let named = (1..=3).any(|back| {
                one.from
                    .checked_sub(back)
                    .is_some_and(|w| reading.is(w, words::ROAD))
            });
            let hyphen = reading.gap(other.from) & gap::HYPHEN != 0;
            one.context.road |= named || hyphen;
            other.context.road |= named || hyphen;
        } else if one.reading == other.reading && between(reading, one.from, one.to, other.from) {
            one.context.road = true;
            other.context.road = true;
        }
    }
}

/// "la route entre Bamako et Ségou", "la piste qui relie Gao à Kidal".
fn between(reading: &Reading<'_>, one: usize, to: usize, other: usize) -> bool {
    let linked = other == to + 1
        && reading.is(to, words::AND | words::AT)
        && reading.gap(to) == 0
        && reading.gap(other) == 0;
    let before = one.checked_sub(1).map_or("", |w| reading.folded(w));
    let joins = match before {
        "entre" => reading.is(to, words::AND),
        "relie" | "reliant" | "liant" | "joint" | "de" | "d" => reading.is(to, words::AT),
        _ => false,
    };
    // "sur l'axe Kayes-Bamako, entre Lakamané et Kaniera" is a stretch of the road: there it was.
    let floor = reading.sentence_of(one).first.max(one.saturating_sub(5));
    let reach = (floor..one)
        .rev()
        .take_while(|w| reading.gap(w + 1) & gap::HARD == 0);
    let numbered = |w: usize| {
        reading
            .folded(w)
            .strip_prefix("rn")
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    linked
        && joins
        && reach
            .into_iter()
            .any(|w| reading.is(w, words::ROAD) || numbered(w))
}

/// "régions de Ségou, Nioro et Kayes": the noun before the first name is every name's.
pub(super) fn share_administration(mentions: &mut [Mention<'_>], readings: &[Reading<'_>]) {
    for at in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last(), after.first_mut()) else {
            continue;
        };
        if one.reading != other.reading || other.context.admin != 0 || one.context.admin == 0 {
            continue;
        }
        let reading = &readings[other.reading];
        let between = one.to..other.from;
        let listed = between.len() <= 3
            && between
                .clone()
                .all(|w| reading.is(w, words::AND | words::OF | words::THE))
            && (reading.gap(one.to) & gap::COMMA != 0 || between.clone().any(|w| reading.is(w, words::AND)))
            && (one.to..=other.from).all(|w| reading.gap(w) & (gap::HARD & !gap::COMMA) == 0);
        if listed {
            other.context.admin = one.context.admin;
        }
    }
}
