//! Charts as SVG: one file, no script, no font of its own, readable in black and white print.

use super::output::articles;
use griot::export::markup::escaped as xml;
use griot::messages::decimal;
use griot::say;
use griot::search::Timeline;
use std::fmt::Write;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 64.0;

/// Okabe and Ito's colours (2008), which people who see few colours tell apart too.
const COLOURS: [&str; 8] = [
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
];

/// At most so many labels below the axis.
const LABELS: usize = 16;

/// Series in a row of the legend, and the height of a row.
const LEGEND_COLUMNS: usize = 4;
const LEGEND_ROW: f64 = 18.0;

/// Bars over time; stacked where there are series; shares in percent where they were asked for.
pub fn timeline(timeline: &Timeline) -> String {
    let chart = Chart::new(timeline);
    let mut svg = String::new();
    chart.write_head(&mut svg);
    chart.write_scale(&mut svg);
    chart.write_bars(&mut svg);
    let _ = writeln!(
        svg,
        "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#000\"/>",
        WIDTH - RIGHT,
        y = chart.y(0.0)
    );
    chart.write_legend(&mut svg);
    svg.push_str("</svg>\n");
    svg
}

/// A timeline with the scale that it is drawn to.
struct Chart<'t> {
    timeline: &'t Timeline,
    shares: bool,
    /// Parts of a bar.
    series: usize,
    /// The highest value of the scale, and the distance of its lines.
    highest: f64,
    step: f64,
}

impl<'t> Chart<'t> {
    fn new(timeline: &'t Timeline) -> Self {
        let mut chart = Self {
            timeline,
            shares: timeline.buckets.iter().any(|b| b.share.is_some()),
            series: timeline.series.len().max(1),
            highest: 0.0,
            step: 1.0,
        };
        let bar = |at: usize| -> f64 { (0..chart.series).map(|part| chart.value(at, part)).sum() };
        let tallest = (0..timeline.buckets.len()).map(bar).fold(0.0, f64::max);
        let step = tick(tallest, !chart.shares);
        chart.step = step;
        chart.highest = (tallest / step).ceil().max(1.0) * step;
        chart
    }

    /// Of a part of a bar: articles, or percent of all.
    fn value(&self, at: usize, part: usize) -> f64 {
        let bucket = &self.timeline.buckets[at];
        let count = bucket.split.get(part).copied().unwrap_or(bucket.count) as f64;
        match bucket.all {
            Some(0) => 0.0,
            Some(all) => count * 100.0 / all as f64,
            None => count,
        }
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / self.highest)
    }

    fn write_head(&self, svg: &mut String) {
        let timeline = self.timeline;
        let legend_rows = timeline.series.len().div_ceil(LEGEND_COLUMNS);
        let height = HEIGHT + LEGEND_ROW * legend_rows as f64;
        let title = match timeline.query.as_str() {
            "" => xml(&say!("timeline-all-articles")),
            query => xml(query),
        };
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n\
             <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{title}</text>\n",
        );
        let unit = if self.shares {
            say!("timeline-share-of-all")
        } else {
            say!("timeline-articles")
        };
        let undated = match timeline.undated {
            0 => String::new(),
            undated => say!("timeline-undated-of-them", n = undated),
        };
        let total = articles(timeline.total);
        let below = say!(
            "timeline-subtitle",
            unit = unit,
            articles = total,
            undated = undated
        );
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT}\" y=\"42\" fill=\"#555\">{}</text>",
            xml(&below)
        );
    }

    fn write_scale(&self, svg: &mut String) {
        let mut at = 0.0;
        while at <= self.highest + self.step / 2.0 {
            let y = self.y(at);
            let _ = writeln!(
                svg,
                "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                WIDTH - RIGHT,
                LEFT - 6.0,
                y + 4.0,
                number(at),
            );
            at += self.step;
        }
    }

    fn write_bars(&self, svg: &mut String) {
        let buckets = self.timeline.buckets.len().max(1);
        let wide = (WIDTH - LEFT - RIGHT) / buckets as f64;
        let every = buckets.div_ceil(LABELS);
        for (at, bucket) in self.timeline.buckets.iter().enumerate() {
            let x = LEFT + wide * at as f64;
            self.write_bar(svg, at, x, wide);
            if at % every == 0 {
                let (x, y) = (x + wide / 2.0, HEIGHT - BOTTOM + 14.0);
                let _ = writeln!(
                    svg,
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\" transform=\"rotate(-35 {x:.1} {y:.1})\">{}</text>",
                    xml(&bucket.value)
                );
            }
        }
    }

    /// The parts of a bar, one above the other.
    fn write_bar(&self, svg: &mut String, at: usize, x: f64, wide: f64) {
        let gap = if wide > 4.0 { wide * 0.15 } else { 0.0 };
        let unit = if self.shares { " %" } else { "" };
        let mut below = 0.0;
        for part in 0..self.series {
            let value = self.value(at, part);
            if value <= 0.0 {
                continue;
            }
            let series = self.timeline.series.get(part);
            let name = series.map(|s| format!("{s}, ")).unwrap_or_default();
            let bucket = &self.timeline.buckets[at].value;
            let _ = writeln!(
                svg,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"><title>{}</title></rect>",
                x + gap / 2.0,
                self.y(below + value),
                wide - gap,
                self.y(below) - self.y(below + value),
                COLOURS[part % COLOURS.len()],
                xml(&format!("{name}{bucket}: {}{unit}", number(value))),
            );
            below += value;
        }
    }

    fn write_legend(&self, svg: &mut String) {
        let column = (WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS as f64;
        for (at, name) in self.timeline.series.iter().enumerate() {
            let x = LEFT + (at % LEGEND_COLUMNS) as f64 * column;
            let y = HEIGHT - 4.0 + LEGEND_ROW * (at / LEGEND_COLUMNS) as f64;
            let short: String = match name.chars().count() {
                0..=30 => name.clone(),
                _ => name.chars().take(29).chain(['…']).collect(),
            };
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"{}\"/><text x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
                y - 9.0,
                COLOURS[at % COLOURS.len()],
                x + 14.0,
                xml(&short)
            );
        }
    }
}

/// A step of the scale that gives at most six: 1, 2 or 5 times a power of ten.
fn tick(highest: f64, whole: bool) -> f64 {
    let least = (highest / 6.0).max(if whole { 1.0 } else { 0.1 });
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .iter()
        .map(|n| n * power)
        .find(|step| *step >= least - 1e-9)
        .unwrap_or(least)
}

fn number(value: f64) -> String {
    if (value - value.round()).abs() < 1e-6 {
        format!("{}", value.round())
    } else {
        say!("count-number", n = decimal(value, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use griot::search::{Bucket, DatedBy, Step};

    fn sample(query: &str, counts: &[u64]) -> Timeline {
        let bucket = |(at, count): (usize, &u64)| Bucket {
            value: format!("2024-{:02}", at + 1),
            count: *count,
            all: None,
            share: None,
            split: Vec::new(),
        };
        Timeline {
            version: 1,
            query: query.into(),
            by: Step::Month,
            of: DatedBy::Publication,
            total: counts.iter().sum(),
            undated: 0,
            split: None,
            series: Vec::new(),
            buckets: counts.iter().enumerate().map(bucket).collect(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_query_cannot_write_markup() {
        let svg = timeline(&sample(
            "<script>alert('x')</script> & \u{1b}\u{202E}",
            &[1, 0, 3],
        ));
        assert!(
            !svg.contains("<script")
                && svg.contains("&lt;script&gt;")
                && !svg.contains('\u{1b}')
                && !svg.contains('\u{202E}')
        );
        assert_eq!(svg.matches("<rect x=").count(), 2, "no bar for an empty month");
        assert!(svg.contains("2024-02"), "but its place is kept");
    }

    #[test]
    fn nothing_found_is_an_empty_chart() {
        assert!(timeline(&sample("", &[])).ends_with("</svg>\n"));
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            (
                tick(0.0, true),
                tick(5.0, true),
                tick(23.0, true),
                tick(100.0, true)
            ),
            (1.0, 1.0, 5.0, 20.0)
        );
    }
}
