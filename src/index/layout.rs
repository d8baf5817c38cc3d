//! Where an index is and how its folder is laid out.
//!
//! ```text
//! .griot/
//!   CURRENT          names the generation in use; replaced by an atomic rename
//!   LOCK             held by the one writer; says who that is
//!   corrections.csv  decisions of analysts about facet values; outlives every generation
//!   saved.json       searches that were saved, likewise
//!   gen-3/           a tantivy index
//!     index_schema/  the lexicons it was built with
//!     names.tsv      their names with all spellings, for searches
//!     meta.copy      what the last commit consists of, once more
//!     READERS        shared lock of everyone who has it open
//! ```

use super::faults;
use crate::error::{Error, Result};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder that `griot index FOLDER` makes in FOLDER.
pub const FOLDER: &str = ".griot";
const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const READERS: &str = "READERS";
/// The names of the lexicons with their spellings, so that a search needn't read the lexicons.
pub const NAMES: &str = "names.tsv";
/// The lexicons' folder inside a generation.
pub const SCHEMA: &str = "index_schema";

/// An index's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub dir: PathBuf,
}

impl Place {
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The nearest `.griot` with an index, in `from` or above it.
    pub fn nearest(from: &Path) -> Option<Self> {
        let start = std::path::absolute(from).ok()?;
        start
            .ancestors()
            .map(|dir| Self::at(dir.join(FOLDER)))
            .find(Self::exists)
    }

    /// Whether an index is there.
    pub fn exists(&self) -> bool {
        self.dir.join(CURRENT).is_file()
    }

    /// The generation in use.
    ///
    /// # Errors
    /// [`Error::NoIndex`] when there is none, [`Error::NotAnIndex`] when `CURRENT` is no name of a
    /// generation.
    pub fn current(&self) -> Result<PathBuf> {
        let path = self.dir.join(CURRENT);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(self.absent()),
            Err(e) => return Err(Error::io(path)(e)),
        };
        let name = text.trim();
        let generation = self.dir.join(name);
        if generation_number(name).is_none() || !generation.is_dir() {
            let message = format!(
                "CURRENT names “{}”, which is no generation of it; run `griot index PATH...`",
                name.escape_debug()
            );
            return Err(Error::NotAnIndex {
                path: self.dir.clone(),
                message,
            });
        }
        Ok(generation)
    }

    fn absent(&self) -> Error {
        match fs::read_dir(&self.dir).map(|mut entries| entries.next().is_some()) {
            Ok(true) if !self.dir.join(LOCK).exists() => Error::NotAnIndex {
                path: self.dir.clone(),
                message: "it holds other files and no CURRENT".into(),
            },
            _ => Error::NoIndex {
                looked: self.dir.display().to_string(),
            },
        }
    }

    /// Makes the folder, if it is absent.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`] when it holds other things, [`Error::Io`] when it can't be made.
    pub fn create(&self) -> Result<()> {
        if let Err(error @ Error::NotAnIndex { .. }) = self.current() {
            return Err(error);
        }
        faults::point(&self.dir)
            .and_then(|()| fs::create_dir_all(&self.dir))
            .map_err(Error::io(&self.dir))
    }

    /// A fresh folder for the next generation, with its own `index_schema/`.
    pub fn new_generation(&self) -> Result<PathBuf> {
        let last = self
            .generations()?
            .into_iter()
            .map(|(number, _)| number)
            .max()
            .unwrap_or(0);
        let path = self.dir.join(format!("gen-{}", last + 1));
        let schema = path.join(SCHEMA);
        faults::point(&schema)
            .and_then(|()| fs::create_dir_all(&schema))
            .map_err(Error::io(&schema))?;
        Ok(path)
    }

    /// The generations that are there, with their numbers; in use, left by a killed run, or kept for a
    /// reader.
    pub fn generations(&self) -> Result<Vec<(u64, PathBuf)>> {
        let entries = fs::read_dir(&self.dir).map_err(Error::io(&self.dir))?;
        Ok(entries
            .flatten()
            .filter_map(|e| Some((generation_number(e.file_name().to_str()?)?, e.path())))
            .collect())
    }

    /// Puts a generation in use: an atomic rename, on disk when this returns.
    pub fn swap_in(&self, generation: &Path) -> Result<()> {
        let name = generation
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        write_whole(
            &self.dir.join(CURRENT),
            format!(
                "{name}
"
            )
            .as_bytes(),
        )?;
        sync_dir(&self.dir)
    }

    /// Copies what people decided and lies beside the generations: corrections, saved searches. Each is
    /// replaced whole when it is written, so that a copy is whole, too.
    pub fn copy_companions(&self, to: &Place) -> Result<()> {
        for entry in fs::read_dir(&self.dir).map_err(Error::io(&self.dir))?.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let is_own = name == CURRENT || name == LOCK || name.as_encoded_bytes().starts_with(b".");
            if !is_own && path.is_file() {
                write_whole(&to.dir.join(name), &fs::read(&path).map_err(Error::io(&path))?)?;
            }
        }
        Ok(())
    }

    /// Removes the generations that are neither in use nor open in another process.
    pub fn remove_old_generations(&self) -> Result<()> {
        let current = self.current()?;
        for (_, path) in self.generations()? {
            if path == current {
                continue;
            }
            let unused = match File::open(path.join(READERS)) {
                Ok(file) => file.try_lock().is_ok(),
                Err(_) => true,
            };
            if unused {
                faults::point(&path)
                    .and_then(|()| fs::remove_dir_all(&path))
                    .map_err(Error::io(&path))?;
            }
        }
        Ok(())
    }

    /// Makes the file that readers lock: those who may not write there couldn't.
    pub fn admit_readers(generation: &Path) -> Result<()> {
        let path = generation.join(READERS);
        faults::point(&path)
            .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
            .map(drop)
            .map_err(Error::io(path))
    }

    /// Marks a generation as open in this process, as long as the file lives. `None` on a read-only medium.
    pub fn hold(generation: &Path) -> Option<File> {
        let path = generation.join(READERS);
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .or_else(|_| File::open(&path))
            .ok()?;
        file.lock_shared().ok()?;
        Some(file)
    }

    /// Takes the writer's lock, waiting for it as long as `patience` says.
    ///
    /// # Errors
    /// [`Error::Locked`], naming the holder, or [`Error::Io`] without permission to write.
    pub fn lock(&self, purpose: &str, patience: Patience<'_>) -> Result<WriterLock> {
        let path = self.dir.join(LOCK);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        let started = Instant::now();
        let mut told = false;
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
            if started.elapsed() >= patience.wait || (patience.stopped)() {
                return Err(Error::Locked {
                    path: self.dir.clone(),
                    holder,
                });
            }
            if !std::mem::replace(&mut told, true) {
                (patience.tell)(&format!(
                    "waiting for {holder} to finish with {}",
                    self.dir.display()
                ));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let since = crate::date::clock();
        let _ = file.set_len(0).and_then(|()| file.rewind());
        let _ = writeln!(
            file,
            "process {} ({purpose}, since {since} UTC)",
            std::process::id()
        );
        Ok(WriterLock { _file: file })
    }
}

/// How long to wait for a lock.
pub struct Patience<'a> {
    pub wait: Duration,
    /// Whether to give up before that.
    pub stopped: &'a dyn Fn() -> bool,
    /// Told once that, and for whom, it waits.
    pub tell: &'a mut dyn FnMut(&str),
}

/// Held by the one writer of an index; the kernel releases it if the process dies.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

fn generation_number(name: &str) -> Option<u64> {
    name.strip_prefix("gen-")?.parse().ok()
}

/// Writes a file so that it is there whole or not at all, on disk when this returns but for its name: see
/// [`sync_dir`].
pub fn write_whole(path: &Path, text: &[u8]) -> Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    faults::point(path).map_err(Error::io(path))?;
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(Error::io(dir))?;
    faults::point(path)
        .and_then(|()| file.write_all(text))
        .and_then(|()| file.as_file().sync_all())
        .map_err(Error::io(path))?;
    make_readable(file.path());
    faults::point(path).map_err(Error::io(path))?;
    file.persist(path).map_err(|e| Error::io(path)(e.error))?;
    Ok(())
}

/// Flushes a folder, and the files in it that the system may still hold back.
pub fn sync_files(dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir).map_err(Error::io(dir))?.flatten() {
        let path = entry.path();
        if path.is_file() {
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(Error::io(&path))?;
        }
    }
    sync_dir(dir)
}

/// Flushes a folder's entries to disk, where the system can do that.
pub fn sync_dir(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        faults::point(dir).map_err(Error::io(dir))?;
        File::open(dir)
            .and_then(|d| d.sync_all())
            .map_err(Error::io(dir))?;
    }
    Ok(())
}

/// Temporary files are made for their owner only; an index may be read by whom the umask allows.
pub fn make_readable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if let Some(mode) = new_file_mode(path.parent().unwrap_or(Path::new("."))) {
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// The permissions that a new file gets in `dir`: the only portable way to read the umask without changing
/// it.
#[cfg(unix)]
fn new_file_mode(dir: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    static MODE: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();
    *MODE.get_or_init(|| {
        let path = dir.join(format!(".mode-{}", std::process::id()));
        let mode = File::create(&path)
            .and_then(|f| f.metadata())
            .map(|m| m.permissions().mode() & 0o777)
            .ok();
        let _ = fs::remove_file(&path);
        mode
    })
}
