//! `griot stats`: what the index holds.

use super::args::{StatsArgs, TextOrJson};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, copies, counted};
use anyhow::Result;
use griot::index::IndexDir;
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
    let path = out.safe(&stats.path).into_owned();
    writeln!(
        out,
        "index     {path} ({:.1} MB, {} segments)",
        stats.bytes as f64 / 1e6,
        stats.segments
    )?;
    for root in &stats.roots {
        let root = out.safe(root).into_owned();
        writeln!(out, "indexes   {root}")?;
    }
    let copies = if stats.copies > 0 {
        format!(" and {}", copies(stats.copies))
    } else {
        String::new()
    };
    let excluded = if stats.excluded > 0 {
        format!(", {} of them excluded", stats.excluded)
    } else {
        String::new()
    };
    writeln!(
        out,
        "articles  {}{copies} from {} files{excluded}",
        stats.articles, stats.files
    )?;
    super::unread::write_summary(out, &stats.unread)?;
    if let (Some(first), Some(last)) = (&stats.first_date, &stats.last_date) {
        writeln!(out, "published {first} to {last}")?;
    }
    for (facet, values) in &stats.values {
        writeln!(
            out,
            "{facet:<12} {}, {} without",
            counted(*values as u64, "value"),
            articles(stats.without.get(facet).copied().unwrap_or(0))
        )?;
    }
    writeln!(
        out,
        "{:<12} {} without",
        "date",
        articles(stats.without.get("date").copied().unwrap_or(0))
    )?;
    Ok(ExitCode::Done)
}
