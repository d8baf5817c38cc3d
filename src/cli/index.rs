//! `griot index`: bring the index in step, and say exactly what was done.

use super::args::{IndexArgs, TextOrJson};
use super::engine::writing_place;
use super::exit_codes::ExitCode;
use super::output::{self, Output, articles, copies, counted, sanitize};
use super::{read_pdf, report};
use anyhow::Result;
use griot::corpus::Links;
use griot::index::{IndexDir, Progress, Report, SyncOptions, Watching, preview, sync, watch};
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Records named one by one on stderr; the rest by their number, `--report` lists all.
const NAMED: usize = 20;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: IndexArgs) -> Result<ExitCode> {
    let place = writing_place(place, &args.paths)?;
    let mut options = SyncOptions {
        paths: args.paths,
        forget: args.forget,
        include: args.include,
        exclude: args.exclude,
        columns: args.column,
        follow_links: args.follow_links.map(Links::from),
        checksum: args.checksum,
        wait: Duration::from_secs(args.wait.unwrap_or(0)),
        schema_dir: args.schema,
        pdf_reader: read_pdf::reader(args.pdf_seconds),
        memory: args.memory,
        rebuild: args.rebuild,
        allow_removals: args.allow_removals,
        audit: args.report.is_some(),
        ..SyncOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = threads.max(1);
    }
    if args.dry_run {
        let report = preview(&place, &options, &mut |progress| {
            notify(progress, None, output::is_quiet())
        })?;
        match args.format {
            TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&report)?)?,
            TextOrJson::Text => write_plan(out, &report)?,
        }
        return Ok(ExitCode::Done);
    }
    end_cleanly(&options.stop)?;
    let events = args.watch.then_some(Watching::Events);
    let watching = args.every.map(Watching::Every).or(events);
    if let Some(watching) = watching {
        options.purpose = "griot index --watch";
        return stay(out, &place, &options, watching, args.format, output::is_quiet());
    }
    let done = bring_up_to_date(&place, &options, output::is_quiet())?;
    if let Some(path) = &args.report {
        report::write(path, out.sheet, &done)?;
    }
    match args.format {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&done)?)?,
        TextOrJson::Text if !output::is_quiet() => write_audit(out, &place, &done)?,
        TextOrJson::Text => {}
    }
    let is_whole = !args.fail_unread || done.unread.is_whole();
    Ok(match outcome(&done) {
        ExitCode::Done if !is_whole => ExitCode::Skipped,
        outcome => outcome,
    })
}

/// How a run has ended: of several things, the one that people must know of first.
pub fn outcome(report: &Report) -> ExitCode {
    if report.interrupted {
        ExitCode::Interrupted
    } else if !report.damaged.is_empty() {
        ExitCode::Failure
    } else if !report.withheld.is_empty() {
        ExitCode::Undecided
    } else if !report.skipped.is_empty() {
        ExitCode::Skipped
    } else {
        ExitCode::Done
    }
}

/// The first SIGINT or SIGTERM asks to end with what was done committed, the second ends at once.
fn end_cleanly(stop: &Arc<AtomicBool>) -> Result<()> {
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(
            signal,
            ExitCode::Interrupted as i32,
            Arc::clone(stop),
        )?;
        signal_hook::flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

/// Applies changes until interrupted; reports each run that changed something.
fn stay(
    out: &mut Output,
    place: &IndexDir,
    options: &SyncOptions,
    watching: Watching,
    format: TextOrJson,
    quiet: bool,
) -> Result<ExitCode> {
    let mut written = Ok(());
    watch(
        place,
        options,
        watching,
        &mut |progress| notify(progress, None, quiet),
        &mut |outcome| match outcome {
            Ok(report) => {
                if !quiet {
                    name_skipped(report);
                }
                if written.is_ok() {
                    written = write_change(out, report, format, quiet);
                }
                // A full disk may be emptied. Of a pipe, nobody reads any more: nobody is there to end it either.
                match &written {
                    Err(error) if output::is_broken_pipe(error) => {
                        options.stop.store(true, Ordering::Relaxed);
                    }
                    _ => written = Ok(()),
                }
            }
            Err(error) => output::warn(&error.to_string()),
        },
    )?;
    written?;
    Ok(ExitCode::Done)
}

fn write_change(out: &mut Output, report: &Report, format: TextOrJson, quiet: bool) -> Result<()> {
    match format {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(report)?)?,
        TextOrJson::Text if quiet => return Ok(()),
        TextOrJson::Text => {
            let (new, changed, removed) = (
                report.articles_new,
                report.articles_changed,
                report.articles_removed,
            );
            let seconds = report.took_ms as f64 / 1000.0;
            let all = articles(report.articles);
            writeln!(
                out,
                "{all}: {new} new, {changed} changed, {removed} removed ({seconds:.1} s)"
            )?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Runs a sync with a progress bar (on a terminal) and names skipped records, on stderr.
pub fn bring_up_to_date(place: &IndexDir, options: &SyncOptions, quiet: bool) -> Result<Report> {
    let bar = (!quiet && std::io::stderr().is_terminal()).then(progress_bar);
    let report = sync(place, options, &mut |progress| {
        notify(progress, bar.as_ref(), quiet)
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let report = report?;
    if !quiet {
        name_skipped(&report);
    }
    Ok(report)
}

/// Names skipped records, and what was lost of others, on stderr.
fn name_skipped(report: &Report) {
    for (kind, records) in [("skipped", &report.skipped), ("note", &report.warnings)] {
        for record in records.iter().take(NAMED) {
            let line = record.line.map(|l| format!(", line {l}")).unwrap_or_default();
            output::notify(&format!("{kind}: {}{line}: {}", record.path, record.detail));
        }
        if records.len() > NAMED {
            let more = records.len() - NAMED;
            output::notify(&format!("{kind}: and {more} more; --report FILE.csv lists them"));
        }
    }
}

/// Shows progress on a terminal, and notices in any case.
fn notify(progress: Progress, bar: Option<&ProgressBar>, quiet: bool) {
    match (progress, bar) {
        (Progress::Found { bytes, .. }, Some(bar)) => bar.set_length(bytes),
        (Progress::Read { bytes, .. }, Some(bar)) => bar.inc(bytes),
        (Progress::Committing, Some(bar)) => bar.set_message("writing"),
        (Progress::Notice(text), bar) if !quiet => match bar {
            Some(bar) => bar.suspend(|| output::notify(text)),
            None => output::notify(text),
        },
        _ => {}
    }
}

/// What a dry run found: a line a file, then the sums.
fn write_plan(out: &mut Output, report: &Report) -> Result<()> {
    for planned in &report.planned {
        let from = planned
            .from
            .as_ref()
            .map(|from| format!(" (from {})", sanitize(from)))
            .unwrap_or_default();
        writeln!(out, "{:<8} {}{from}", planned.what, sanitize(&planned.path))?;
    }
    writeln!(
        out,
        "files that would be indexed: {} new ({} of them moved), {} changed, {} removed; {} unchanged",
        report.files_new,
        report.files_moved,
        report.files_changed,
        report.files_removed,
        report.files_unchanged
    )?;
    Ok(())
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec}{left} {msg}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    // What the first seconds promise is mostly wrong.
    let left = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let is_known = state.elapsed() >= Duration::from_secs(5) && state.pos() > 0;
        let _ = match is_known {
            true => write!(out, ", {:#} left", HumanDuration(state.eta())),
            false => Ok(()),
        };
    };
    ProgressBar::new(0).with_style(style.with_key("left", left))
}

fn write_audit(out: &mut Output, place: &IndexDir, report: &Report) -> Result<()> {
    let seconds = report.took_ms as f64 / 1000.0;
    let copies = if report.copies > 0 {
        format!(", {}", copies(report.copies))
    } else {
        String::new()
    };
    let dir = out.safe(&place.path.display().to_string()).into_owned();
    writeln!(
        out,
        "{dir}: {}{copies} from {}, {seconds:.1} s",
        articles(report.articles),
        counted(report.files_with_articles, "file")
    )?;
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
    let without: Vec<String> = report
        .without
        .0
        .iter()
        .map(|(facet, n)| format!("{n} without {facet}"))
        .collect();
    writeln!(out, "of all:   {}", without.join(", "))?;
    let reasons: Vec<String> = report
        .skipped_by_reason()
        .into_iter()
        .map(|(reason, n)| format!("{n} {reason}"))
        .collect();
    let detail = if reasons.is_empty() {
        String::new()
    } else {
        format!(" ({})", reasons.join(", "))
    };
    writeln!(out, "skipped:  {}{detail}", report.skipped.len())?;
    super::unread::write_summary(out, &report.unread)?;
    Ok(())
}
