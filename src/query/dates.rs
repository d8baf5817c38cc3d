//! Intervals of months, as queries and facets of months have them.

use super::ast::Months;
use crate::date::PartialDate;
use crate::facet_path::FacetPath;

pub(super) use crate::date::typed::{Interval, interval, show};

/// The months that hold the days of an interval.
pub(super) fn months(interval: Interval) -> Months {
    let path = |days: i64| PartialDate::from_days(days).month_path();
    Months {
        from: interval.from.and_then(path),
        to: interval.to.and_then(path),
    }
}

/// Months in the syntax that [`interval`] reads.
pub(super) fn show_months(months: &Months) -> String {
    let month = |path: &String| FacetPath::new(path).dashed();
    match (&months.from, &months.to) {
        (Some(from), Some(to)) if from == to => month(from),
        (Some(from), Some(to)) => match (from.strip_suffix("/01"), to.strip_suffix("/12")) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            _ => format!("{}..{}", month(from), month(to)),
        },
        (Some(from), None) => format!(">={}", month(from)),
        (None, Some(to)) => format!("<={}", month(to)),
        (None, None) => "*".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_hold_the_interval() {
        for (typed, shown) in [
            ("2024", "2024"),
            ("2024-03", "2024-03"),
            ("2023-11..2024-02", "2023-11..2024-02"),
            (">=2024-03", ">=2024-03"),
        ] {
            assert_eq!(
                interval(typed).map(|i| show_months(&months(i))).as_deref(),
                Some(shown)
            );
        }
    }
}
