//! `griot index`: bring the index in step, and say exactly what was done.

use super::args::{IndexArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, sanitize};
use super::{report, writing_place};
use anyhow::{Context, Result};
use griot::index::{Place, Progress, Report, SyncOptions, sync};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};

/// Records named one by one on stderr; the rest by their number, `--report` lists all.
const NAMED: usize = 20;

pub fn run(out: &mut Output, place: Option<Place>, args: IndexArgs) -> Result<ExitCode> {
    let place = writing_place(place, &args.paths)?;
    let mut options = SyncOptions {
        paths: args.paths,
        forget: args.forget,
        schema_dir: args.schema,
        memory: args.memory,
        rebuild: args.rebuild,
        allow_empty: args.allow_empty,
        audit: args.report.is_some(),
        ..SyncOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = threads.max(1);
    }
    let done = bring_up_to_date(&place, &options, args.quiet)?;
    if let Some(path) = &args.report {
        report::write(path, out.sheet, &done).with_context(|| format!("{}", path.display()))?;
    }
    match args.format {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&done)?)?,
        TextOrJson::Text if !args.quiet => write_audit(out, &place, &done)?,
        TextOrJson::Text => {}
    }
    Ok(if done.skipped.is_empty() { ExitCode::Done } else { ExitCode::Skipped })
}

/// Runs a sync with a progress bar (on a terminal) and tells of skipped records, on stderr.
pub fn bring_up_to_date(place: &Place, options: &SyncOptions, quiet: bool) -> Result<Report> {
    let bar = (!quiet && std::io::stderr().is_terminal()).then(progress_bar);
    let mut tell = |progress: Progress| match (progress, &bar) {
        (Progress::Found { bytes, .. }, Some(bar)) => bar.set_length(bytes),
        (Progress::Read { bytes, .. }, Some(bar)) => bar.inc(bytes),
        (Progress::Committing, Some(bar)) => bar.set_message("writing"),
        (Progress::Notice(text), bar) if !quiet => match bar {
            Some(bar) => bar.suspend(|| eprintln!("griot: {}", sanitize(text))),
            None => eprintln!("griot: {}", sanitize(text)),
        },
        _ => {}
    };
    let report = sync(place, options, &mut tell);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let report = report?;
    if !quiet {
        for (kind, records) in [("skipped", &report.skipped), ("note", &report.warnings)] {
            for record in records.iter().take(NAMED) {
                let line = record.line.map(|l| format!(", line {l}")).unwrap_or_default();
                eprintln!("griot: {kind}: {}{line}: {}", sanitize(&record.path), sanitize(&record.detail));
            }
            if records.len() > NAMED {
                eprintln!("griot: {kind}: and {} more; --report FILE.csv lists them", records.len() - NAMED);
            }
        }
    }
    Ok(report)
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left {msg}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn write_audit(out: &mut Output, place: &Place, report: &Report) -> Result<()> {
    let seconds = report.took_ms as f64 / 1000.0;
    writeln!(out, "{}: {} articles, {seconds:.1} s", place.dir.display(), report.articles)?;
    writeln!(
        out,
        "files:    {} seen ({} new, {} changed, {} unchanged), {} removed ({} of them moved), {} ignored",
        report.files_seen,
        report.files_new,
        report.files_changed,
        report.files_unchanged,
        report.files_removed,
        report.files_moved,
        report.files_ignored
    )?;
    writeln!(
        out,
        "articles: {} new, {} changed, {} unchanged, {} removed",
        report.articles_new, report.articles_changed, report.articles_unchanged, report.articles_removed
    )?;
    let without: Vec<String> = report.without.0.iter().map(|(facet, n)| format!("{n} without {facet}")).collect();
    writeln!(out, "of all:   {}", without.join(", "))?;
    let reasons: Vec<String> = report.skipped_by_reason().into_iter().map(|(reason, n)| format!("{n} {reason}")).collect();
    let detail = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
    writeln!(out, "skipped:  {}{detail}", report.skipped.len())?;
    Ok(())
}
