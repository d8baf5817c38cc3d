//! `griot serve`: the page and the API, until interrupted.

use super::args::ServeArgs;
use super::engine::{existing_place, writing_place};
use super::exit_codes::ExitCode;
use super::index::{bring_up_to_date, end_cleanly};
use super::output::{Output, is_quiet, warn};
use super::terminal::detail;
use super::{files, read_pdf, remote};
use anyhow::Result;
use griot::index::{IndexDir, Progress, Report, SyncOptions, Watching, watch};
use griot::say;
use griot::search::Following;
use griot::web::{Announcer, LONGEST, Options, Secret, Server};
use std::cell::Cell;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a secret may be in the environment.
const TOKEN: &str = "GRIOT_TOKEN";
const PASSWORD: &str = "GRIOT_PASSWORD";

pub fn run(out: &mut Output, place: Option<IndexDir>, args: ServeArgs) -> Result<ExitCode> {
    let place = match &args.corpus {
        Some(corpus) => writing_place(place, std::slice::from_ref(corpus))?,
        None => existing_place(place)?,
    };
    let options = Options {
        listen: args.listen,
        secret: secret(&args)?,
        log: Some(detail),
        logs_queries: args.log_queries,
        longest: LONGEST,
        cors: args.cors.clone(),
        edit: args.edit.then(|| args.by.name()),
    };
    // What is wrong with the address is said before a folder is indexed for minutes.
    let server = Server::bind(following(&place)?, options)?;
    let stop = Arc::new(AtomicBool::new(false));
    let indexing = SyncOptions {
        paths: args.corpus.iter().cloned().collect(),
        pdf_reader: read_pdf::reader(read_pdf::SECONDS),
        stop: Arc::clone(&stop),
        purpose: "griot serve --watch",
        ..SyncOptions::default()
    };
    if args.corpus.is_some() {
        bring_up_to_date(&place, &indexing, is_quiet())?;
    }
    end_cleanly(&stop)?;
    let address = format!("http://{}/", server.address()?);
    let served = remote::chosen().map_or_else(|| place.path.display().to_string(), str::to_string);
    let path = out.safe(&served).into_owned();
    writeln!(out, "{}", say!("web-listening", path = path, address = &address))?;
    out.flush()?;
    if args.open && !is_opened(&address) {
        warn(&say!("web-open-failed", address = &address));
    }
    let announcer = server.announcer();
    let watching = args
        .watch
        .then(|| std::thread::spawn(move || keep_in_step(&place, &indexing, &announcer)));
    let served = server.run(&stop);
    stop.store(true, Ordering::Relaxed);
    if let Some(watching) = watching {
        // What breaks there has been said; the page has been served all the same.
        let _ = watching.join();
    }
    served?;
    Ok(ExitCode::Done)
}

/// What is served: the archive on a cluster that was chosen, else the index.
fn following(place: &IndexDir) -> Result<Following> {
    #[cfg(feature = "opensearch")]
    if let Some(way) = remote::elsewhere(place)? {
        // What is wrong with it is said at once.
        griot::search::Elsewhere::open(&way)?;
        return Ok(Following::elsewhere(place.clone(), Box::new(way)));
    }
    Ok(Following::new(place.clone()))
}

/// Applies changes of the folders until it is stopped, and tells open pages. What fails is said, and tried again.
fn keep_in_step(place: &IndexDir, options: &SyncOptions, announcer: &Announcer) {
    let is_running = Cell::new(false);
    let mut progress = |progress: Progress| {
        // Comparing files with the index is not worth telling.
        if matches!(progress, Progress::Read { .. } | Progress::Committing) && !is_running.replace(true) {
            announcer.running();
        }
    };
    let mut reported = |outcome: &griot::Result<Report>| match outcome {
        Ok(report) => {
            if is_running.replace(false) {
                let counts = [
                    report.articles_new,
                    report.articles_changed,
                    report.articles_removed,
                ];
                announcer.finished(counts[0], counts[1], counts[2]);
            }
        }
        Err(error) => {
            is_running.set(false);
            announcer.failed(error.message().to_string());
            warn(&error.message().said());
        }
    };
    if let Err(error) = watch(place, options, Watching::Events, &mut progress, &mut reported) {
        warn(&error.message().said());
    }
}

/// What is asked of everybody: never on the command line, where others on the machine see it.
fn secret(args: &ServeArgs) -> Result<Option<Secret>> {
    if let Some(path) = &args.token_file {
        return Ok(Some(Secret::token(&first_line(path)?)));
    }
    if let Some(path) = &args.password_file {
        return Ok(Some(Secret::password(&first_line(path)?)?));
    }
    let of_environment = |name| {
        std::env::var(name)
            .ok()
            .filter(|secret| !secret.trim().is_empty())
    };
    match (of_environment(TOKEN), of_environment(PASSWORD)) {
        (Some(_), Some(_)) => anyhow::bail!(griot::msg!("web-two-secrets", one = TOKEN, other = PASSWORD)),
        (Some(token), None) => Ok(Some(Secret::token(token.trim()))),
        (None, Some(password)) => Ok(Some(Secret::password(password.trim())?)),
        (None, None) => Ok(None),
    }
}

/// The first line of a file; an empty one would let everybody in.
fn first_line(path: &Path) -> Result<String> {
    let text = String::from_utf8(files::read(path)?)?;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        anyhow::bail!(griot::msg!("web-empty-secret", path = path.display()));
    }
    Ok(line.to_string())
}

/// Whether the system's browser was started.
fn is_opened(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(address);
    command
        .env_remove(TOKEN)
        .env_remove(PASSWORD)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().is_ok()
}
