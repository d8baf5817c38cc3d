//! Keeping the index in step: `Prepared -> Planned -> Written -> Committed`.
//!
//! What is there is opened ([`prepare`](super::prepare)), the corpus is compared with the state at the last
//! commit ([`plan`](super::plan)), the difference is applied ([`write`](super::write)), put in use and
//! reported ([`finish`](super::finish)).

use super::audit;
use super::damage;
use super::layout::{IndexDir, Patience, WriterLock};
use super::options::SyncOptions;
use super::prepare::{self, Prepared};
use super::reader::Opened;
use super::report::{Progress, Report, Reporter};
pub use super::run::Kept;
use super::writer;
use crate::disk;
use crate::error::{Error, Result};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Brings the index at `place` in step with the corpus, making it if it is absent.
///
/// # Errors
/// [`Error::Locked`], [`Error::NoSuchPath`] for a path that is neither there nor a known root,
/// [`Error::NoRoots`], and what the file system or tantivy say; the last commit stays searchable whatever
/// happens.
pub fn sync(
    index_dir: &IndexDir,
    options: &SyncOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    sync_keeping(index_dir, options, &mut Kept::default(), progress)
}

/// The same for a process that does it again and again.
///
/// # Errors
/// As [`sync`].
pub fn sync_keeping(
    index_dir: &IndexDir,
    options: &SyncOptions,
    kept: &mut Kept,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    damage::catching(index_dir, || run(index_dir, options, kept, progress))
}

fn run(
    index_dir: &IndexDir,
    options: &SyncOptions,
    kept: &mut Kept,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    let started = Instant::now();
    check_paths(index_dir, options)?;
    let mut report = Report {
        files: options.audit.then(Vec::new),
        ..Report::default()
    };
    let mut reporter = Reporter {
        report: &mut report,
        progress,
    };
    let lock = lock(index_dir, options, &mut reporter)?;
    prepare::repair(index_dir, &mut reporter)?;
    let prepared = Prepared::open(index_dir, options, lock, kept, &mut reporter)?;
    let written = prepared
        .plan(&mut reporter)
        .and_then(|planned| planned.write(&mut reporter))
        .map_err(|error| writer::cause(error, index_dir))?;
    let committed = written.commit(&mut reporter)?;
    committed.report(&mut reporter)?;
    committed.keep(kept);
    report.files.iter_mut().for_each(audit::by_path);
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}

/// Every path is there, or a root that the index knows; without any there is an index.
fn check_paths(index_dir: &IndexDir, options: &SyncOptions) -> Result<()> {
    for path in &options.paths {
        let known = index_dir.exists() && known_root(index_dir, path);
        if !known && !disk::exists(path)? {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    if !index_dir.exists() && options.paths.is_empty() {
        return Err(Error::NoIndex {
            looked: index_dir.path.display().to_string(),
        });
    }
    Ok(())
}

fn known_root(index_dir: &IndexDir, path: &Path) -> bool {
    Opened::any(index_dir)
        .is_ok_and(|o| std::path::absolute(path).is_ok_and(|p| o.payload.root_of(&p).is_some()))
}

/// Makes the folder if it is absent, and takes the writer's lock.
fn lock(index_dir: &IndexDir, options: &SyncOptions, reporter: &mut Reporter<'_>) -> Result<WriterLock> {
    if prepare::unnamed(index_dir)?.is_none() {
        index_dir.create()?;
    }
    let patience = Patience {
        wait: options.wait,
        stopped: &|| options.stop.load(Ordering::Relaxed),
        report: &mut |text| (reporter.progress)(Progress::Notice(text)),
    };
    index_dir.lock(options.purpose, patience)
}
