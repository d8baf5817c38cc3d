//! `griot push`: bring an archive on a cluster in step with the index, and say what was done.

use super::args::{PushArgs, TextOrJson};
use super::engine::existing_place;
use super::exit_codes::ExitCode;
use super::output::{self, Output, articles, sanitize};
use super::{index, read_pdf};
use anyhow::Result;
use griot::cluster::{
    Address, Credentials, HttpTransport, Name, Patience, PushOptions, PushProgress, PushReport, Said, push,
};
use griot::index::{IndexDir, Reader, SyncOptions, Watching, watch};
use griot::messages::{decimal, localized};
use griot::say;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Articles that weren't taken, named one by one on stderr; JSON has all.
const NAMED: usize = 20;
/// When a push that failed is tried again, with `--watch`.
const AGAIN: Duration = Duration::from_secs(30);
/// With `--watch`, a cluster that doesn't answer is waited for.
const FOREVER: Duration = Duration::from_secs(365 * 24 * 3600);

pub fn run(out: &mut Output, place: Option<IndexDir>, args: PushArgs) -> Result<ExitCode> {
    let name = Name::parse(&args.name)?;
    let credentials = Credentials::from_environment(&|name| std::env::var(name).ok())?;
    let transport = HttpTransport::new(Address::parse(&args.to)?, credentials, args.ca.as_deref())?;
    let place = existing_place(place)?;
    let mut options = options_of(&args);
    index::end_cleanly(&options.stop)?;
    let syncing = SyncOptions {
        pdf_reader: read_pdf::reader(read_pdf::SECONDS),
        purpose: "griot push",
        stop: Arc::clone(&options.stop),
        ..SyncOptions::default()
    };
    let pushing = Pushing {
        place: &place,
        transport: &transport,
        name: &name,
        format: args.format,
    };
    if args.watch {
        options.patience.whole = FOREVER;
        return pushing.stay(out, &syncing, &options);
    }
    let mut code = ExitCode::Done;
    if !args.as_is {
        code = index::outcome(&index::bring_up_to_date(&place, &syncing, output::is_quiet())?);
        if code == ExitCode::Interrupted {
            return Ok(code);
        }
    }
    let report = pushing.once(&options)?;
    pushing.write(out, &report)?;
    Ok(match (report.interrupted, report.refused.is_empty()) {
        (true, _) => ExitCode::Interrupted,
        (false, false) => ExitCode::Skipped,
        (false, true) => code,
    })
}

fn options_of(args: &PushArgs) -> PushOptions {
    PushOptions {
        said: Said {
            shards: args.shards,
            replicas: args.replicas,
        },
        senders: args.senders.into(),
        patience: Patience {
            whole: Duration::from_secs(args.patience),
            ..Patience::default()
        },
        rebuild: args.rebuild,
        take_over: args.take_over,
        ..PushOptions::default()
    }
}

/// What every push of this run has in common.
struct Pushing<'a> {
    place: &'a IndexDir,
    transport: &'a HttpTransport,
    name: &'a Name,
    format: TextOrJson,
}

impl Pushing<'_> {
    /// Pushes the last commit, with a progress bar on a terminal.
    fn once(&self, options: &PushOptions) -> Result<PushReport> {
        let reader = Reader::open(self.place)?;
        let bar = (!output::is_quiet() && std::io::stderr().is_terminal()).then(progress_bar);
        let mut waited_for = None;
        let report = push(&reader, self.transport, self.name, options, &mut |progress| {
            show(progress, bar.as_ref(), &mut waited_for);
        });
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        let report = report?;
        name_refused(&report);
        Ok(report)
    }

    /// Indexes and pushes until interrupted.
    fn stay(&self, out: &mut Output, syncing: &SyncOptions, options: &PushOptions) -> Result<ExitCode> {
        let (changed, quiet) = (AtomicBool::new(false), output::is_quiet());
        let watched = std::thread::scope(|scope| -> Result<()> {
            let watcher = scope.spawn(|| {
                watch(
                    self.place,
                    syncing,
                    Watching::Events,
                    &mut |progress| index::notify(progress, None, quiet),
                    &mut |outcome| match outcome {
                        Ok(_) => changed.store(true, Ordering::Relaxed),
                        Err(error) => output::warn(&error.message().said()),
                    },
                )
            });
            let mut again: Option<Instant> = None;
            let (mut rebuild, mut written) = (options.rebuild, Ok(()));
            while !watcher.is_finished() {
                let is_due = again.is_some_and(|at| Instant::now() >= at);
                if changed.swap(false, Ordering::Relaxed) || is_due {
                    let options = PushOptions {
                        rebuild,
                        ..options.clone()
                    };
                    again = match self.once(&options) {
                        Ok(report) => {
                            rebuild = false;
                            written = self.write_change(out, &report);
                            None
                        }
                        Err(error) => {
                            output::warn(&super::errors::said(&error));
                            Some(Instant::now() + AGAIN)
                        }
                    };
                    // Nobody reads any more: nobody is there to end it either.
                    if written.as_ref().is_err_and(output::is_broken_pipe) {
                        options.stop.store(true, Ordering::Relaxed);
                    }
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            let watched = watcher
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            watched?;
            written
        });
        watched?;
        Ok(ExitCode::Done)
    }

    /// What a push changed; nothing is said of one that changed nothing.
    fn write_change(&self, out: &mut Output, report: &PushReport) -> Result<()> {
        let is_change =
            report.sent + report.deleted > 0 || report.new_generation || !report.refused.is_empty();
        match is_change {
            true => self.write(out, report),
            false => Ok(()),
        }
    }

    fn write(&self, out: &mut Output, report: &PushReport) -> Result<()> {
        if self.format == TextOrJson::Json {
            writeln!(out, "{}", serde_json::to_string(report)?)?;
        } else if !output::is_quiet() {
            let index = sanitize(&report.index).into_owned();
            if report.interrupted {
                writeln!(
                    out,
                    "{}",
                    say!("push-interrupted", sent = report.sent, deleted = report.deleted)
                )?;
            } else {
                if report.new_generation {
                    let (shards, replicas) = (report.shards, report.replicas);
                    writeln!(
                        out,
                        "{}",
                        say!("push-new", index = &index, shards = shards, replicas = replicas)
                    )?;
                }
                let done = say!(
                    "push-done",
                    name = sanitize(&report.name),
                    cluster = sanitize(&report.cluster),
                    articles = articles(report.articles),
                    sent = report.sent,
                    changed = report.changed,
                    deleted = report.deleted,
                    mb = decimal(report.bytes as f64 / 1e6, 1),
                    seconds = decimal(report.took_ms as f64 / 1000.0, 1)
                );
                writeln!(out, "{done}")?;
            }
        }
        out.flush()?;
        Ok(())
    }
}

/// Names the articles that the cluster didn't take, on stderr.
fn name_refused(report: &PushReport) {
    for refused in report.refused.iter().take(NAMED) {
        output::warn(&say!(
            "push-refused",
            article = &refused.article,
            reason = localized(&refused.reason)
        ));
    }
    let more = report.refused.len().saturating_sub(NAMED);
    if more > 0 {
        output::warn(&say!("push-more-refused", n = more));
    }
}

/// Shows progress on a terminal; that the cluster is waited for, in any case and once.
fn show(progress: PushProgress, bar: Option<&ProgressBar>, waited_for: &mut Option<String>) {
    match progress {
        PushProgress::Comparing => {
            if let Some(bar) = bar {
                bar.set_message(say!("push-comparing"));
            }
        }
        PushProgress::Sending { done, of } => {
            if let Some(bar) = bar {
                bar.set_message("");
                bar.set_length(of);
                bar.set_position(done);
            }
        }
        PushProgress::Waiting(reason) => {
            if waited_for.as_ref() != Some(&reason) {
                let text = say!("push-waiting", reason = localized(&reason));
                match bar {
                    Some(bar) => bar.suspend(|| output::notify(&text)),
                    None => output::notify(&text),
                }
                *waited_for = Some(reason);
            }
        }
    }
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
