//! Articles over time, as bars that can be clicked, with the same numbers as a table.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::link::Link;
use crate::say;
use crate::search::{Bucket, DatedBy, Engine as _, Selection, Step, TimelineRequest};
use maud::{Markup, html};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 90.0;
const BELOW: f64 = 18.0;

/// Bars that are still bars: more months than that are shown as years.
const MOST_BARS: usize = 150;

/// A few bars are no wider than that.
const WIDEST: f64 = 32.0;

/// Labels below the bars.
const LABELS: usize = 5;

/// The timeline of the articles that are shown.
pub(super) fn timeline(asked: &Asked, selection: &Selection) -> Result<Markup, Problem> {
    let counted = |by: Step| {
        let request = TimelineRequest {
            selection: selection.clone(),
            by,
            of: DatedBy::Publication,
            split: None,
            top: None,
            share: false,
        };
        asked.commit.engine.timeline(&request)
    };
    let mut timeline = counted(Step::Month)?;
    if timeline.buckets.len() > MOST_BARS {
        timeline = counted(Step::Year)?;
    }
    let highest = timeline
        .buckets
        .iter()
        .map(|bucket| bucket.count)
        .max()
        .unwrap_or(0);
    if highest == 0 {
        return Ok(html! {});
    }
    Ok(html! {
        figure.timeline {
            (bars(asked, &timeline.buckets, highest))
            figcaption {
                details {
                    summary { (say!("web-as-table"))
                        @if timeline.undated > 0 { " · " (say!("timeline-undated", n = timeline.undated)) } }
                    table {
                        thead { tr { th { (say!("web-date", name = "published")) } th.number { (say!("timeline-articles")) } } }
                        tbody { @for bucket in timeline.buckets.iter().filter(|bucket| bucket.count > 0) {
                            tr { td { a href=(only(asked, bucket)) { (bucket.value) } } td.number { (number(bucket.count)) } }
                        } }
                    }
                }
            }
        }
    })
}

/// The articles of a bar.
fn only(asked: &Asked, bucket: &Bucket) -> Link {
    let link = Link::here(asked).without("page");
    link.with("since", &bucket.value).with("until", &bucket.value)
}

fn bars(asked: &Asked, buckets: &[Bucket], highest: u64) -> Markup {
    let wide = WIDTH / buckets.len().max(1) as f64;
    let gap = if wide > 4.0 {
        (wide * 0.15).max(wide - WIDEST)
    } else {
        0.0
    };
    let labels = labels(buckets.len());
    html! {
        // The table beside it says the same to those who can't see it.
        svg viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + BELOW)) preserveAspectRatio="none" aria-hidden="true"
            data-timeline="" {
            @for (at, bucket) in buckets.iter().enumerate() {
                @let x = wide * at as f64;
                @let height = (bucket.count as f64 / highest as f64 * HEIGHT).max(if bucket.count > 0 { 2.0 } else { 0.0 });
                a href=(only(asked, bucket)) tabindex="-1" data-value=(bucket.value) {
                    title { (bucket.value) ": " (number(bucket.count)) }
                    rect.room x=(format!("{x:.2}")) y="0" width=(format!("{wide:.2}")) height=(HEIGHT) {}
                    rect.bar x=(format!("{:.2}", x + gap / 2.0)) y=(format!("{:.2}", HEIGHT - height))
                        width=(format!("{:.2}", wide - gap)) height=(format!("{height:.2}")) {}
                }
            }
        }
        div.scale aria-hidden="true" {
            @for bucket in labels.iter().filter_map(|at| buckets.get(*at)) { span { (bucket.value) } }
        }
    }
}

/// Bars that have a label: the first, the last, and some at equal distances between them.
fn labels(bars: usize) -> Vec<usize> {
    let (last, gaps) = (bars.saturating_sub(1), LABELS.min(bars).saturating_sub(1).max(1));
    let mut labels: Vec<usize> = (0..=gaps).map(|at| at * last / gaps).collect();
    labels.dedup();
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_bar_have_a_label() {
        assert_eq!(labels(0), [0]);
        assert_eq!(labels(1), [0]);
        assert_eq!(labels(2), [0, 1]);
        assert_eq!(labels(101), [0, 25, 50, 75, 100]);
    }
}
