//! Articles or events over time, as bars that can be clicked, with the same numbers as a table.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::facet_name;
use super::link::Link;
use super::text::Text;
use crate::facet_path::FacetPath;
use crate::messages::localized;
use crate::say;
use crate::search::{AxisRequest, Bucket, DatedBy, Engine as _, Selection, Step, TimelineRequest};
use maud::{Markup, html};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 90.0;
const BELOW: f64 = 18.0;

/// Bars that are still bars: more months than that are shown as years.
pub(super) const MOST_BARS: usize = 100;

/// More days than that are no chart, whoever asks for them.
const MOST_DAYS: usize = 200;

/// A few bars are no wider than that.
const WIDEST: f64 = 32.0;

/// Labels below the bars.
const LABELS: usize = 5;

/// Series that have a colour; the others are added up.
const SERIES: usize = 5;

/// Bars over time.
pub(super) struct Chart {
    /// What it is called by those who can't see it.
    pub(super) name: String,
    /// What is counted, as the head of a column.
    pub(super) of: String,
    pub(super) buckets: Vec<Bucket>,
    /// What the parts of a bar stand for, if it has parts.
    pub(super) series: Vec<String>,
    /// The parameters that choose a stretch of time.
    pub(super) since: &'static str,
    pub(super) until: &'static str,
    /// What stands beside the numbers.
    pub(super) without: Option<String>,
}

/// How the timeline of a search is to be.
struct Wanted {
    step: Option<Step>,
    of: DatedBy,
    split: Option<AxisRequest>,
}

fn wanted(asked: &Asked) -> Result<Wanted, Problem> {
    let steps = [("day", Step::Day), ("month", Step::Month), ("year", Step::Year)];
    let dated = [("publication", DatedBy::Publication), ("event", DatedBy::Event)];
    let of = asked
        .params
        .one_of("dated", &dated)?
        .unwrap_or(DatedBy::Publication);
    let split = asked.params.get("split").and_then(|typed| typed.parse().ok());
    // The index knows events by month.
    let step = asked
        .params
        .one_of("step", &steps)?
        .filter(|step| *step != Step::Day || of == DatedBy::Publication);
    Ok(Wanted { step, of, split })
}

/// The timeline of the articles that are shown.
pub(super) fn timeline(asked: &Asked, selection: &Selection) -> Result<Markup, Problem> {
    let wanted = wanted(asked)?;
    let counted = |by: Step| {
        let request = TimelineRequest {
            selection: selection.clone(),
            by,
            of: wanted.of,
            split: wanted.split.clone(),
            top: wanted.split.as_ref().map(|_| SERIES),
            share: false,
        };
        asked.commit.engine.timeline(&request)
    };
    let first = wanted.step.unwrap_or(Step::Month);
    let mut timeline = counted(first)?;
    let most = if first == Step::Day { MOST_DAYS } else { MOST_BARS };
    if timeline.buckets.len() > most && first == Step::Day {
        timeline = counted(Step::Month)?;
    }
    // Who asks for months gets twice as many bars, if they have no parts.
    let most = match (wanted.step, &wanted.split) {
        (Some(Step::Month), None) => MOST_BARS * 2,
        _ => MOST_BARS,
    };
    if timeline.buckets.len() > most && timeline.by == Step::Month {
        timeline = counted(Step::Year)?;
    }
    let (since, until) = match wanted.of {
        DatedBy::Publication => ("since", "until"),
        DatedBy::Event => ("event-since", "event-until"),
    };
    let by = timeline.by;
    let undated = timeline.undated;
    let chart = Chart {
        name: say!("web-timeline-of-articles"),
        of: say!("timeline-articles"),
        buckets: timeline.value.buckets,
        series: timeline.value.series,
        since,
        until,
        without: (undated > 0).then(|| say!("timeline-undated", n = undated)),
    };
    Ok(html! { (drawn(asked, &chart)) (choices(asked, &wanted, by)) })
}

/// What else the timeline may show.
fn choices(asked: &Asked, wanted: &Wanted, by: Step) -> Markup {
    let here = |name: &str, value: &str| Link::here(asked).with(name, value);
    let split = asked.params.get("split").unwrap_or_default();
    let steps = [("day", Step::Day), ("month", Step::Month), ("year", Step::Year)];
    let is_of = |of: DatedBy| (wanted.of == of).then_some("true");
    // Places by their region, actors by their family, types by their first level.
    let splits = asked
        .facets
        .iter()
        .filter(|facet| facet.places || facet.events_column.is_some());
    let splits: Vec<(String, &str)> = splits
        .map(|facet| {
            (
                format!("{}:{}", facet.name, if facet.places { 2 } else { 1 }),
                facet.name.as_str(),
            )
        })
        .collect();
    html! {
        nav.chart-choices aria-label=(say!("web-timeline-choices")) {
            span { @for (name, step) in steps {
                @if step != Step::Day || wanted.of == DatedBy::Publication {
                    a href=(here("step", name)) aria-current=[(by == step).then_some("true")] { (say!("web-step", step = name)) } " "
                }
            } }
            span {
                a href=(Link::here(asked).without("dated")) aria-current=[is_of(DatedBy::Publication)] { (say!("web-dated", of = "publication")) } " "
                a href=(here("dated", "event").without("step")) aria-current=[is_of(DatedBy::Event)] { (say!("web-dated", of = "event")) }
            }
            span { (say!("web-split")) " "
                @for (axis, name) in &splits {
                    @if split == axis { a href=(Link::here(asked).without("split")) aria-current="true" { (facet_name(name)) " ×" } }
                    @else { a href=(here("split", axis)) { (facet_name(name)) } }
                    " "
                }
            }
        }
    }
}

/// A chart with its table; nothing where there is nothing to draw.
pub(super) fn drawn(asked: &Asked, chart: &Chart) -> Markup {
    let highest = chart.buckets.iter().map(|bucket| bucket.count).max().unwrap_or(0);
    if highest == 0 {
        return html! {};
    }
    html! {
        figure.timeline aria-label=(chart.name) {
            (bars(asked, chart, highest))
            @if !chart.series.is_empty() { (legend(chart)) }
            figcaption {
                details {
                    summary { (say!("web-as-table")) @if let Some(without) = &chart.without { " · " (without) } }
                    div.wide tabindex="0" role="region" aria-label=(chart.name) { (table(asked, chart)) }
                }
            }
        }
    }
}

fn table(asked: &Asked, chart: &Chart) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { (say!("web-date", name = "event")) } th.number scope="col" { (chart.of) }
                @for one in &chart.series { th.number scope="col" { (series_name(one)) } }
            } }
            tbody { @for bucket in chart.buckets.iter().filter(|bucket| bucket.count > 0) {
                tr { td { a href=(only(asked, chart, bucket)) { (bucket.value) } } td.number { (number(bucket.count)) }
                    @for part in &bucket.split { td.number { @if *part > 0 { (number(*part)) } } } }
            } }
        }
    }
}

fn series_name(path: &str) -> Markup {
    if path == "(none)" {
        return html! { (say!("search-without-value")) };
    }
    html! { (Text(&localized(FacetPath::new(path).label()))) }
}

/// The class of a series: the last one without a value, and the others together, are grey.
fn series_class(at: usize, name: &str) -> String {
    match name.starts_with('(') {
        true => "t9".to_string(),
        false => format!("t{}", at.min(SERIES)),
    }
}

fn legend(chart: &Chart) -> Markup {
    html! {
        ul.legend { @for (at, one) in chart.series.iter().enumerate() {
            li { span class=(format!("key {}", series_class(at, one))) {} (series_name(one)) }
        } }
    }
}

/// What lies in the time of a bar.
fn only(asked: &Asked, chart: &Chart, bucket: &Bucket) -> Link {
    let link = Link::here(asked).without("page");
    link.with(chart.since, &bucket.value)
        .with(chart.until, &bucket.value)
}

fn bars(asked: &Asked, chart: &Chart, highest: u64) -> Markup {
    let buckets = &chart.buckets;
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
            data-timeline="" data-since=(chart.since) data-until=(chart.until) {
            @for (at, bucket) in buckets.iter().enumerate() {
                @let x = wide * at as f64;
                @let height = (bucket.count as f64 / highest as f64 * HEIGHT).max(if bucket.count > 0 { 2.0 } else { 0.0 });
                a href=(only(asked, chart, bucket)) tabindex="-1" data-value=(bucket.value) {
                    title { (bucket.value) ": " (number(bucket.count)) }
                    rect.room x=(format!("{x:.1}")) width=(format!("{wide:.1}")) height=(HEIGHT) {}
                    @for (class, top, tall) in parts(chart, bucket, height) {
                        rect class=(class) x=(format!("{:.1}", x + gap / 2.0)) y=(format!("{top:.1}"))
                            width=(format!("{:.1}", wide - gap)) height=(format!("{tall:.1}")) {}
                    }
                }
            }
        }
        div.scale aria-hidden="true" {
            @for bucket in labels.iter().filter_map(|at| buckets.get(*at)) { span { (bucket.value) } }
        }
    }
}

/// The parts of a bar from the bottom up, with their classes. An article of several series counts in each of them, and
/// the bar is as high as its articles: its parts are shares.
fn parts(chart: &Chart, bucket: &Bucket, height: f64) -> Vec<(String, f64, f64)> {
    let all: u64 = bucket.split.iter().sum();
    if all == 0 {
        return match height > 0.0 {
            true => vec![("bar".to_string(), HEIGHT - height, height)],
            false => Vec::new(),
        };
    }
    let (mut parts, mut top) = (Vec::new(), HEIGHT);
    for (at, (count, name)) in bucket.split.iter().zip(&chart.series).enumerate() {
        let tall = *count as f64 / all as f64 * height;
        if tall > 0.0 {
            top -= tall;
            parts.push((format!("bar {}", series_class(at, name)), top, tall));
        }
    }
    parts
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

    #[test]
    fn the_parts_of_a_bar_are_as_high_as_the_bar() {
        let bucket = Bucket {
            value: "2024-03".into(),
            count: 3,
            all: None,
            share: None,
            split: vec![2, 0, 2],
        };
        let chart = Chart {
            name: String::new(),
            of: String::new(),
            buckets: Vec::new(),
            series: ["Mali", "Niger", "(none)"].map(String::from).to_vec(),
            since: "since",
            until: "until",
            without: None,
        };
        let parts = parts(&chart, &bucket, 60.0);
        assert_eq!(
            parts,
            [
                ("bar t0".to_string(), 60.0, 30.0),
                ("bar t9".to_string(), 30.0, 30.0)
            ]
        );
    }
}
