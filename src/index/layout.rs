//! Where an index is and how its folder is laid out.
//!
//! ```text
//! .griot/
//!   CURRENT          names the generation in use; replaced by an atomic rename
//!   snapshot.json    of a snapshot: its files with their hashes; goes when somebody writes to it
//!   LOCK             held by the one writer; says who that is
//!   corrections.csv  decisions of analysts about facet values; outlives every generation
//!   saved.json       searches that were saved, likewise
//!   corrections-past.csv   decisions that hold no more
//!   lexicon/additions.tsv  what people added to the lexicons
//!   sheets.json      which columns of sheets of events hold what
//!   versions/        the last versions of these
//!   .companions.lock held by whom changes one of these
//!   .push-NAME.lock  held by whom pushes the index to a cluster under that name
//!   gen-3/           a tantivy index
//!     index_schema/  the lexicons it was built with
//!     lexicons.packed   the same compiled, where they are somebody's own
//!     meta.copy      what the last commit consists of, once more
//!     READERS        shared lock of everyone who has it open
//! ```

use super::{commit_copy, companion};
use crate::disk;
use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::io::ErrorKind::PermissionDenied;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder that `griot index FOLDER` makes in FOLDER.
pub const FOLDER: &str = ".griot";
const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const READERS: &str = "READERS";
/// The lexicons compiled, where they aren't the binary's own.
pub const COMPILED: &str = "lexicons.packed";
/// What generations kept before: the names of the lexicons with their spellings.
const NAMES: &str = "synonyms.tsv";
/// The lexicons' folder inside a generation.
pub const SCHEMA: &str = "index_schema";

/// An index's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDir {
    pub path: PathBuf,
}

impl IndexDir {
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { path: dir.into() }
    }

    /// When `griot index` last ran, as its lock says; none of a copy, or where that can't be read.
    pub fn last_run(&self) -> Option<std::time::SystemTime> {
        let lock = disk::metadata(&self.path.join(LOCK)).ok()??;
        lock.modified().ok()
    }

    /// The nearest `.griot` with an index, in `from` or above it.
    pub fn nearest(from: &Path) -> Option<Self> {
        let start = std::path::absolute(from).ok()?;
        start.ancestors().map(|dir| Self::at(dir.join(FOLDER))).find(|index_dir| {
            // A folder above may be somebody else's.
            let is_other = |error: &Error| matches!(error, Error::Io { source, .. } if source.kind() == PermissionDenied);
            index_dir.is_there().unwrap_or_else(|error| !is_other(&error))
        })
    }

    /// Whether an index is there. Where that can't be reported it counts as there: opening it says why.
    pub fn exists(&self) -> bool {
        self.is_there().unwrap_or(true)
    }

    fn is_there(&self) -> Result<bool> {
        Ok(disk::is_file(&self.path.join(CURRENT))? || self.last_finished()?.is_some())
    }

    /// The generation in use.
    ///
    /// # Errors
    /// [`Error::NoIndex`] when there is none, [`Error::NotAnIndex`] when `CURRENT` is no name of a
    /// generation.
    pub fn current(&self) -> Result<PathBuf> {
        let path = self.path.join(CURRENT);
        let text = disk::read_text(&path)?;
        let name = text.as_deref().map(str::trim);
        if let Some(name) = name.filter(|name| generation_number(name).is_some()) {
            let generation = self.path.join(name);
            if disk::is_dir(&generation)? {
                return Ok(generation);
            }
        }
        if self.last_finished()?.is_some() {
            let cure = "run `griot index`, which makes the last generation current again";
            return Err(Error::NoCommit { path, cure });
        }
        let Some(name) = name else {
            return Err(self.absent());
        };
        let message = format!(
            "CURRENT names “{}”, which is not a generation; run `griot index PATH...`",
            name.escape_debug()
        );
        Err(Error::NotAnIndex {
            path: self.path.clone(),
            message,
        })
    }

    /// The newest generation that was ever finished, with its number: what was in use where `CURRENT` doesn't
    /// say.
    ///
    /// # Errors
    /// [`Error::Io`] when generations can't be looked at.
    pub fn last_finished(&self) -> Result<Option<(u64, PathBuf)>> {
        let mut finished = None;
        for (number, path) in self.generations()? {
            if commit_copy::read(&path)?.is_some() {
                finished = finished.max(Some((number, path)));
            }
        }
        Ok(finished)
    }

    /// Why there is no index; an error of the system where that can't be reported.
    fn absent(&self) -> Error {
        let holds_others = || -> Result<bool> {
            let entries = disk::entries(&self.path)?.unwrap_or_default();
            let lock = disk::read_text(&self.path.join(LOCK))?;
            Ok(!entries.is_empty() && !lock.is_some_and(|text| is_lock(&text)))
        };
        match holds_others() {
            Ok(true) => Error::NotAnIndex {
                path: self.path.clone(),
                message: "it holds other files and no CURRENT".into(),
            },
            Ok(false) => Error::NoIndex {
                looked: self.path.display().to_string(),
            },
            Err(error) => error,
        }
    }

    /// Makes the folder, if it is absent.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`] when it holds other things, [`Error::Io`] when it can't be made.
    pub fn create(&self) -> Result<()> {
        match self.current() {
            Ok(_) | Err(Error::NoIndex { .. }) => {}
            Err(error) => return Err(error),
        }
        disk::raw::make_dir(&self.path).map_err(Error::io(&self.path))
    }

    /// A fresh folder for the next generation, with its own `index_schema/`.
    pub fn new_generation(&self) -> Result<PathBuf> {
        let last = self
            .numbered()?
            .into_iter()
            .map(|(number, _)| number)
            .max()
            .unwrap_or(0);
        let path = self.path.join(format!("gen-{}", last + 1));
        let schema = path.join(SCHEMA);
        disk::raw::make_dir(&schema).map_err(Error::io(&schema))?;
        Ok(path)
    }

    /// The generations that are there, with their numbers; in use, left by a killed run, or kept for a
    /// reader. What only has such a name is somebody else's.
    pub fn generations(&self) -> Result<Vec<(u64, PathBuf)>> {
        let mut generations = Vec::new();
        for (number, path) in self.numbered()? {
            if is_generation(&path)? {
                generations.push((number, path));
            }
        }
        Ok(generations)
    }

    /// What is named as generations are.
    fn numbered(&self) -> Result<Vec<(u64, PathBuf)>> {
        let numbered = |path: PathBuf| Some((generation_number(path.file_name()?.to_str()?)?, path));
        let entries = disk::entries(&self.path)?.unwrap_or_default();
        Ok(entries.into_iter().filter_map(numbered).collect())
    }

    /// Puts a generation in use: an atomic rename, on disk when this returns.
    pub fn swap_in(&self, generation: &Path) -> Result<()> {
        let name = generation
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        companion::write(&self.path.join(CURRENT), format!("{name}\n").as_bytes())
    }

    /// Removes the generations that are neither in use nor open in another process.
    pub fn remove_old_generations(&self) -> Result<()> {
        let current = self.current()?;
        for (_, path) in self.generations()? {
            if path == current || holds_foreign(&path)? {
                continue;
            }
            if !is_in_use(&path)? {
                disk::raw::remove_dir(&path).map_err(Error::io(&path))?;
            }
        }
        Ok(())
    }

    /// Removes the files that killed runs didn't finish. For the holder of the writer's lock; one that can't be
    /// removed is left to the next run.
    ///
    /// # Errors
    /// When the folder can't be listed, or others can't be kept from writing.
    pub fn remove_unfinished(&self) -> Result<()> {
        let beside = unfinished(&self.path, companion::is_unfinished)?;
        if !beside.is_empty() {
            // Who saves a search doesn't hold the writer's lock.
            let _others = companion::lock(&self.path)?;
            beside.iter().for_each(|path| drop(disk::raw::remove_file(path)));
        }
        let folder = self.path.join("lexicon");
        if disk::is_dir(&folder)? {
            let _others = companion::lock(&self.path)?;
            let beside = unfinished(&folder, companion::is_unfinished)?;
            beside.iter().for_each(|path| drop(disk::raw::remove_file(path)));
        }
        for (_, generation) in self.generations()? {
            let left = unfinished(&generation, |name| {
                companion::is_unfinished(name) || is_of_tantivy(name)
            })?;
            left.iter().for_each(|path| drop(disk::raw::remove_file(path)));
        }
        Ok(())
    }

    /// The file of a generation that readers lock; made as files are, with the permissions that the umask gives.
    pub fn readers(generation: &Path) -> PathBuf {
        generation.join(READERS)
    }

    /// Makes the file that readers lock: those who may not write there couldn't.
    pub fn admit_readers(generation: &Path) -> Result<()> {
        let path = generation.join(READERS);
        disk::raw::open_lock(&path).map(drop).map_err(Error::io(path))
    }

    /// Marks a generation as open in this process, as long as the file lives. `None` on a read-only medium.
    pub fn hold(generation: &Path) -> Option<File> {
        let path = generation.join(READERS);
        let file = disk::raw::open_lock(&path)
            .or_else(|_| disk::raw::open(&path))
            .ok()?;
        file.lock_shared().ok()?;
        Some(file)
    }

    /// Takes the writer's lock, waiting for it as long as `patience` says.
    ///
    /// # Errors
    /// [`Error::Locked`], naming the holder, or [`Error::Io`] without permission to write.
    pub fn lock(&self, purpose: &str, patience: Patience<'_>) -> Result<WriterLock> {
        let path = self.path.join(LOCK);
        let mut file = disk::raw::open_lock(&path).map_err(Error::io(&path))?;
        let started = Instant::now();
        let mut reported = false;
        check_is_lock(&path, &mut file)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(e)) => return Err(Error::io(path)(e)),
            }
            let mut holder = String::new();
            let _ = file.rewind().and_then(|()| file.read_to_string(&mut holder));
            let holder = if holder.trim().is_empty() {
                "another griot".to_string()
            } else {
                holder.trim().to_string()
            };
            let is_own = holder.starts_with(&format!("{HOLDER}{} ", std::process::id()));
            let wait = if is_own {
                patience.wait.max(INSTANT)
            } else {
                patience.wait
            };
            if started.elapsed() >= wait || (patience.stopped)() {
                return Err(Error::Locked {
                    path: self.path.clone(),
                    holder,
                });
            }
            if !is_own && !std::mem::replace(&mut reported, true) {
                (patience.report)(&format!(
                    "waiting for {holder} to finish with {}",
                    self.path.display()
                ));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let since = crate::date::clock();
        // Who holds it is written down for others where that is possible.
        let holder = format!("{HOLDER}{} ({purpose}, since {since} UTC)\n", std::process::id());
        let _ = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(holder.as_bytes()));
        Ok(WriterLock { _file: file })
    }
}

/// Whether a process has a generation open.
fn is_in_use(generation: &Path) -> Result<bool> {
    let path = generation.join(READERS);
    match disk::raw::open(&path) {
        Ok(file) => Ok(file.try_lock().is_err()),
        Err(error) if disk::is_absence(&error) => Ok(false),
        Err(error) => Err(Error::io(path)(error)),
    }
}

/// How long to wait for a lock.
pub struct Patience<'a> {
    pub wait: Duration,
    /// Whether to give up before that.
    pub stopped: &'a dyn Fn() -> bool,
    /// Told once that, and for whom, it waits.
    pub report: &'a mut dyn FnMut(&str),
}

/// Held by the one writer of an index; the kernel releases it if the process dies.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

/// How long a lock is waited for that this process wrote its name in: one that it has started may keep what it has
/// given up, until that runs its own program.
const INSTANT: Duration = Duration::from_secs(2);

/// What the file of the writer's lock begins with, unless it is empty.
const HOLDER: &str = "process ";

/// Whether that is the content of a lock that griot has made.
fn is_lock(text: &str) -> bool {
    // A power cut leaves zeros where something was written and not flushed.
    let text = text.trim_matches('\0');
    text.starts_with(HOLDER) || HOLDER.starts_with(text)
}

/// # Errors
/// [`Error::NotAnIndex`] for a file that is somebody else's, and would be written over.
fn check_is_lock(path: &Path, file: &mut File) -> Result<()> {
    let mut beginning = Vec::new();
    let read = file.take(HOLDER.len() as u64).read_to_end(&mut beginning);
    read.map_err(Error::io(path))?;
    if is_lock(&String::from_utf8_lossy(&beginning)) {
        return Ok(());
    }
    Err(Error::NotAnIndex {
        path: path.parent().unwrap_or(path).to_path_buf(),
        message: "its file LOCK is not griot's; move it away, or name another folder with --index DIR".into(),
    })
}

/// Whether a folder is a generation: its lexicons come first. One that is empty was only begun.
fn is_generation(path: &Path) -> Result<bool> {
    let is_folder = disk::raw::link_metadata(path)
        .map_err(Error::io(path))?
        .is_some_and(|metadata| metadata.is_dir());
    Ok(is_folder && (disk::is_dir(&path.join(SCHEMA))? || disk::list(path)?.is_empty()))
}

/// Whether a generation holds what griot and tantivy don't make. It is not removed then.
fn holds_foreign(generation: &Path) -> Result<bool> {
    let is_own = |name: &str| {
        let is_segment = |(id, _): (&str, &str)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
        matches!(
            name,
            SCHEMA | READERS | COMPILED | NAMES | "meta.json" | "meta.copy" | ".managed.json"
        ) || name.starts_with(".tantivy-")
            || companion::is_unfinished(name)
            || is_of_tantivy(name)
            || name.split_once('.').is_some_and(is_segment)
    };
    let entries = disk::list(generation)?;
    Ok(!entries.iter().all(|path| name_of(path).is_some_and(is_own)))
}

/// Whether a file has the name that tantivy's unfinished ones have.
fn is_of_tantivy(name: &str) -> bool {
    name.strip_prefix(".tmp")
        .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn unfinished(dir: &Path, is_unfinished: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let entries = disk::entries(dir)?.unwrap_or_default().into_iter();
    Ok(entries
        .filter(|path| name_of(path).is_some_and(&is_unfinished))
        .collect())
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn generation_number(name: &str) -> Option<u64> {
    name.strip_prefix("gen-")?.parse().ok()
}

/// Flushes a folder, and the files in it that the system may still hold back.
pub fn sync_files(dir: &Path) -> Result<()> {
    for path in disk::list(dir)? {
        if disk::is_file(&path)? {
            disk::raw::flush(&path).map_err(Error::io(&path))?;
        }
    }
    companion::sync_dir(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_power_cut_leaves_of_a_lock_is_one() {
        for text in [
            "",
            "proc",
            "process 12 (griot index)",
            "\0\0\0\0\0\0\0\0",
            "\0\0process",
        ] {
            assert!(is_lock(text), "{text:?}");
        }
        for text in ["x", "a process", "\0PK"] {
            assert!(!is_lock(text), "{text:?}");
        }
    }

    #[test]
    fn a_lock_that_this_process_has_just_given_up_is_waited_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let place = IndexDir::at(dir.path());
        let lock = || {
            place.lock(
                "test",
                Patience {
                    wait: Duration::ZERO,
                    stopped: &|| false,
                    report: &mut |_| {},
                },
            )
        };
        let first = lock().expect("free");
        // As a process that is being started keeps it.
        let kept = first._file.try_clone().expect("cloned");
        drop(first);
        let later = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(kept);
        });
        lock().expect("free after an instant");
        later.join().expect("joined");
        let held = lock().expect("free");
        assert!(matches!(lock(), Err(Error::Locked { .. })));
        drop(held);
    }
}
