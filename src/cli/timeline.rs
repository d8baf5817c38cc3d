//! `griot timeline`: articles over time, as bars, a table or a chart.

use super::args::{ChartFormat, TimeOf, TimeStep, TimelineArgs};
use super::chart;
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, style};
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal as number;
use griot::say;
use griot::search::{Bucket, DatedBy, Step, Timeline, TimelineRequest};
use griot::tabular::{Cell, decimal};
use std::io::Write;

/// Series in a chart, unless --top says otherwise: more are hard to distinguish.
const SERIES: usize = 6;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: TimelineArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let facets = engine.facets()?;
    let pictured = matches!(args.target.format(), ChartFormat::Text | ChartFormat::Svg);
    let request = TimelineRequest {
        selection: select::selection(&args.query, &args.filters)?,
        by: match args.by {
            TimeStep::Day => Step::Day,
            TimeStep::Month => Step::Month,
            TimeStep::Year => Step::Year,
        },
        of: match args.of {
            TimeOf::Publication => DatedBy::Publication,
            TimeOf::Event => DatedBy::Event,
        },
        split: args
            .split
            .map(|axis| select::divided(&facets, axis, args.region_division)),
        top: args.top.or(pictured.then_some(SERIES)),
        share: args.share,
    };
    select::note_division(args.region_division, request.split.as_slice());
    let counted = answered(engine.timeline(&request)?);
    if args.target.format() != ChartFormat::Json {
        select::notify(&counted.notes);
    }
    match args.target.format() {
        ChartFormat::Text => write_text(out, &counted)?,
        ChartFormat::Csv => write_csv(out, &counted)?,
        ChartFormat::Json => writeln!(out, "{}", serde_json::to_string(&counted)?)?,
        ChartFormat::Svg => out.write_all(chart::timeline(&counted).as_bytes())?,
    }
    out.flush()?;
    Ok(ExitCode::Done)
}

fn write_text(out: &mut Output, timeline: &Timeline) -> Result<()> {
    writeln!(out, "{}", articles(timeline.total))?;
    if timeline.series.is_empty() {
        let bars: Vec<u64> = timeline.buckets.iter().map(|b| b.count).collect();
        write_bars(out, &timeline.buckets, &bars)?;
    }
    let longest = timeline
        .buckets
        .iter()
        .flat_map(|b| b.split.iter().copied())
        .max()
        .unwrap_or(0);
    for (at, name) in timeline.series.iter().enumerate() {
        let bars: Vec<u64> = timeline.buckets.iter().map(|b| b.split[at]).collect();
        let (colour, safe) = (style::FACET, out.safe(name).into_owned());
        writeln!(out, "\n{colour}{safe}{colour:#}  {}", bars.iter().sum::<u64>())?;
        write_series(out, &timeline.buckets, &bars, longest)?;
    }
    if timeline.undated > 0 {
        writeln!(out, "{}", say!("timeline-undated", n = timeline.undated))?;
    }
    Ok(())
}

fn write_bars(out: &mut Output, buckets: &[Bucket], counts: &[u64]) -> Result<()> {
    write_series(out, buckets, counts, counts.iter().copied().max().unwrap_or(0))
}

/// A line a bucket; the longest bar stands for `longest`, or for the greatest share when there are shares.
fn write_series(out: &mut Output, buckets: &[Bucket], counts: &[u64], longest: u64) -> Result<()> {
    let share = |at: usize| {
        buckets[at].all.map(|all| {
            if all == 0 {
                0.0
            } else {
                counts[at] as f64 / all as f64
            }
        })
    };
    let greatest = (0..buckets.len()).filter_map(share).fold(0.0, f64::max);
    let digits = longest.to_string().len().max(6);
    for (at, bucket) in buckets.iter().enumerate() {
        let (reported, part) = match share(at) {
            Some(share) => (
                format!("  {:>5} %", say!("count-number", n = number(share * 100.0, 1))),
                if greatest > 0.0 { share / greatest } else { 0.0 },
            ),
            None => (
                String::new(),
                if longest == 0 {
                    0.0
                } else {
                    counts[at] as f64 / longest as f64
                },
            ),
        };
        let room = out
            .width
            .saturating_sub(bucket.value.len() + digits + reported.len() + 4)
            .clamp(10, 60);
        let line = format!(
            "{}  {:>digits$}{reported}  {}",
            bucket.value,
            counts[at],
            bar(part, room)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A bar in eighths of a column; what is more than nothing is seen.
fn bar(part: f64, room: usize) -> String {
    let eighths = ((part * room as f64 * 8.0).round() as usize).max(usize::from(part > 0.0));
    let rest = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let mut bar = "█".repeat(eighths / 8);
    bar.extend((eighths % 8).checked_sub(1).map(|at| rest[at]));
    bar
}

fn write_csv(out: &mut Output, timeline: &Timeline) -> Result<()> {
    let sheet = out.sheet;
    let shared = timeline.buckets.iter().any(|b| b.all.is_some());
    let mut head: Vec<&str> = vec![
        match timeline.by {
            Step::Day => "day",
            Step::Month => "month",
            Step::Year => "year",
        },
        "articles",
    ];
    if shared {
        head.extend(["all_articles", "share"]);
    }
    head.extend(timeline.series.iter().map(String::as_str));
    sheet.head(out, head)?;
    for bucket in &timeline.buckets {
        let mut cells: Vec<Cell> = vec![(&bucket.value).into(), bucket.count.into()];
        if shared {
            cells.extend([bucket.all.into(), decimal(bucket.share.unwrap_or(0.0), 6)]);
        }
        cells.extend(bucket.split.iter().map(|n| Cell::from(*n)));
        sheet.record(out, cells)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_proportional_and_never_vanish() {
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 4), "██");
        assert_eq!(bar(0.0001, 4), "▏");
        assert_eq!(bar(0.0, 4), "");
    }
}
