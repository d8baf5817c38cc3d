//! What can't be one event.

use super::prepared::Row;

/// Kilometres as the crow flies, near enough at these distances.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let middle = f64::midpoint(one.0, other.0).to_radians();
    111.2 * (one.0 - other.0).hypot((one.1 - other.1) * middle.cos())
}

/// Kilometres between the nearest points of two places.
pub(super) fn distance(one: &Row, other: &Row) -> Option<f64> {
    let pairs = one
        .points
        .iter()
        .flat_map(|a| other.points.iter().map(move |b| kilometres(*a, *b)));
    pairs.min_by(f64::total_cmp)
}

/// Kilometres from which on two places of two regions are never one.
pub(super) const FAR: f64 = 60.0;

/// What can't be one event, whatever else is alike.
pub(super) fn is_possible(one: &Row, other: &Row) -> bool {
    if one.article == other.article {
        return false;
    }
    if let (Some(a), Some(b)) = (one.date, other.date) {
        let most = match a.length().max(b.length()) {
            ..=3 => 3,
            4..=32 => 7,
            _ => 0,
        };
        if a.gap(&b) > most {
            return false;
        }
    }
    // Told before it happened.
    let is_early = |dated: &Row, undated: &Row| match (dated.date, undated.date, undated.page) {
        (Some(date), None, Some(page)) => !date.yearless && page.last < date.first - 1,
        _ => false,
    };
    if is_early(one, other) || is_early(other, one) {
        return false;
    }
    let is_elsewhere = !one.region.is_empty() && !other.region.is_empty() && one.region != other.region;
    !(is_elsewhere && distance(one, other).is_some_and(|d| d > FAR) && !one.shares_name(other))
}
