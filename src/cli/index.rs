//! `griot index`: bring the index in step, and say exactly what was done.

use super::args::{IndexArgs, TextOrJson};
use super::engine::writing_place;
use super::exit_codes::ExitCode;
use super::output::{self, Output, articles, copies, files, sanitize};
use super::terminal::{detail, is_verbose};
use super::{read_pdf, report};
use anyhow::Result;
use griot::corpus::Links;
use griot::index::{FileStatus, IndexDir, Progress, Report, SyncOptions, Watching, preview, sync, watch};
use griot::messages::{decimal, localized};
use griot::say;
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
        audit: args.report.is_some() || is_verbose(),
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
    name_files(&done);
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
pub fn end_cleanly(stop: &Arc<AtomicBool>) -> Result<()> {
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
            Err(error) => output::warn(&error.message().said()),
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
            let change = say!(
                "index-change",
                articles = articles(report.articles),
                new = report.articles_new,
                changed = report.articles_changed,
                removed = report.articles_removed,
                seconds = decimal(report.took_ms as f64 / 1000.0, 1)
            );
            writeln!(out, "{change}")?;
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

/// Names every file that isn't as it was, for those who ask for more.
fn name_files(report: &Report) {
    let changed = report.files.iter().flatten();
    for file in changed.filter(|file| file.status != FileStatus::Unchanged) {
        detail(&say!(
            "index-file",
            status = file.status.name(),
            path = &file.path,
            n = file.articles
        ));
    }
}

/// Names skipped records, and what was lost of others, on stderr.
fn name_skipped(report: &Report) {
    for (is_note, records) in [(false, &report.skipped), (true, &report.warnings)] {
        let named = if is_verbose() { records.len() } else { NAMED };
        for record in records.iter().take(named) {
            let place = match record.line {
                Some(line) => say!("index-place", path = &record.path, line = line),
                None => record.path.clone(),
            };
            let detail = localized(&record.detail);
            output::notify(&match is_note {
                true => say!("index-note", place = place, detail = detail),
                false => say!("index-skipped", place = place, detail = detail),
            });
        }
        if records.len() > named {
            let more = records.len() - named;
            output::notify(&match is_note {
                true => say!("index-more-notes", n = more),
                false => say!("index-more-skipped", n = more),
            });
        }
    }
}

/// Shows progress on a terminal, and notices in any case.
pub fn notify(progress: Progress, bar: Option<&ProgressBar>, quiet: bool) {
    match (progress, bar) {
        (Progress::Found { bytes, .. }, Some(bar)) => bar.set_length(bytes),
        (Progress::Read { bytes, .. }, Some(bar)) => bar.inc(bytes),
        (Progress::Committing, Some(bar)) => bar.set_message(say!("index-writing")),
        (Progress::Notice(text), bar) if !quiet => match bar {
            Some(bar) => bar.suspend(|| output::notify(&localized(text))),
            None => output::notify(&localized(text)),
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
            .map(|from| say!("index-from", from = sanitize(from)))
            .unwrap_or_default();
        let what = say!("index-planned", what = planned.what);
        writeln!(out, "{what:<8} {}{from}", sanitize(&planned.path))?;
    }
    writeln!(
        out,
        "{}",
        say!(
            "index-plan",
            new = report.files_new,
            moved = report.files_moved,
            changed = report.files_changed,
            removed = report.files_removed,
            unchanged = report.files_unchanged
        )
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
            true => out.write_str(&say!(
                "index-left",
                time = format!("{:#}", HumanDuration(state.eta()))
            )),
            false => Ok(()),
        };
    };
    ProgressBar::new(0).with_style(style.with_key("left", left))
}

fn write_audit(out: &mut Output, place: &IndexDir, report: &Report) -> Result<()> {
    let copies = match report.copies {
        0 => String::new(),
        n => say!("index-copies", copies = copies(n)),
    };
    let whole = say!(
        "index-whole",
        dir = out.safe(&place.path.display().to_string()),
        articles = articles(report.articles),
        copies = copies,
        files = files(report.files_with_articles),
        seconds = decimal(report.took_ms as f64 / 1000.0, 1)
    );
    let of_files = say!(
        "index-files",
        seen = report.files_seen,
        new = report.files_new,
        changed = report.files_changed,
        unchanged = report.files_unchanged,
        removed = report.files_removed,
        moved = report.files_moved,
        ignored = report.files_ignored
    );
    let of_articles = say!(
        "index-articles",
        new = report.articles_new,
        changed = report.articles_changed,
        unchanged = report.articles_unchanged,
        removed = report.articles_removed
    );
    let without = report.without.0.iter();
    let without: Vec<String> = without
        .map(|(facet, n)| say!("index-without", n = *n, facet = facet))
        .collect();
    let of_all = say!("index-of-all", without = without.join(", "));
    let reasons = report.skipped_by_reason().into_iter();
    let reasons: Vec<String> = reasons
        .map(|(reason, n)| say!("index-by-reason", n = n, reason = reason))
        .collect();
    let detail = match reasons.is_empty() {
        true => String::new(),
        false => format!(" ({})", reasons.join(", ")),
    };
    let skipped = say!("index-all-skipped", n = report.skipped.len(), detail = detail);
    for line in [whole, of_files, of_articles, of_all, skipped] {
        writeln!(out, "{line}")?;
    }
    super::unread::write_summary(out, &report.unread)?;
    Ok(())
}
