//! `griot stats`: what the index holds.

use super::args::{StatsArgs, TextOrJson};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, copies};
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal;
use griot::say;
use griot::search::Stats;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: StatsArgs) -> Result<ExitCode> {
    let stats = answered(engine(place)?.stats()?);
    if args.target.format() == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_string(&stats)?)?;
        return Ok(ExitCode::Done);
    }
    if args.unread {
        super::unread::write_list(out, &stats.unread)?;
        return Ok(ExitCode::Done);
    }
    write_text(out, &stats)?;
    Ok(ExitCode::Done)
}

fn write_text(out: &mut Output, stats: &Stats) -> Result<()> {
    let path = out.safe(&stats.path).into_owned();
    let megabytes = decimal(stats.bytes as f64 / 1e6, 1);
    writeln!(
        out,
        "{}",
        say!(
            "stats-index",
            path = path,
            mb = megabytes,
            segments = stats.segments
        )
    )?;
    for root in &stats.roots {
        writeln!(out, "{}", say!("stats-root", root = out.safe(root)))?;
    }
    let copies = match stats.copies {
        0 => String::new(),
        n => say!("count-and", more = copies(n)),
    };
    let excluded = match stats.excluded {
        0 => String::new(),
        n => say!("stats-excluded", n = n),
    };
    writeln!(
        out,
        "{}",
        say!(
            "stats-articles",
            articles = stats.articles,
            copies = copies,
            files = stats.files,
            excluded = excluded
        )
    )?;
    super::unread::write_summary(out, &stats.unread)?;
    if let (Some(first), Some(last)) = (&stats.first_date, &stats.last_date) {
        let published = say!(
            "stats-published",
            first = first.to_string(),
            last = last.to_string()
        );
        writeln!(out, "{published}")?;
    }
    let without = |facet: &str| articles(stats.without.get(facet).copied().unwrap_or(0));
    for (facet, values) in &stats.values {
        let held = say!("stats-values", n = *values, without = without(facet));
        writeln!(out, "{facet:<12} {held}")?;
    }
    let undated = say!("stats-without", articles = without("date"));
    writeln!(out, "{:<12} {undated}", "date")?;
    Ok(())
}
