//! Looking at the file system where "couldn't look" must not pass for "isn't there": what can't be looked at
//! may still be there, and what the index holds of it stays. Tests let each look fail in turn.

use std::fs::Metadata;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// What a file or folder is, following links; none if there is none.
///
/// # Errors
/// When the system doesn't say.
pub fn metadata(path: &Path) -> io::Result<Option<Metadata>> {
    point(path)?;
    present(std::fs::metadata(path))
}

/// The same of a link itself.
///
/// # Errors
/// When the system doesn't say.
pub fn link_metadata(path: &Path) -> io::Result<Option<Metadata>> {
    point(path)?;
    present(std::fs::symlink_metadata(path))
}

/// Whether something is there, following links.
///
/// # Errors
/// When the system doesn't say.
pub fn exists(path: &Path) -> io::Result<bool> {
    metadata(path).map(|found| found.is_some())
}

/// A path without links.
pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    point(path)?;
    path.canonicalize()
}

/// The first bytes of a file, as many as there are up to `most`.
pub(super) fn beginning(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    point(path)?;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn present(found: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match found {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an error says for certain that nothing is there.
pub fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Called before `path` is looked at, listed or read. Outside tests nothing happens.
#[cfg(not(test))]
#[inline]
pub(super) fn point(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use injected::point;

#[cfg(test)]
pub mod injected {
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};

    /// Which look under a folder is to fail.
    pub struct Plan {
        dir: PathBuf,
        /// Its number, from 1.
        fails: u64,
        seen: AtomicU64,
    }

    static PLANS: Mutex<Vec<Arc<Plan>>> = Mutex::new(Vec::new());

    impl Plan {
        /// Lets a look under `dir` fail from now on.
        pub fn begin(dir: &Path, fails: u64) -> Arc<Self> {
            let plan = Arc::new(Plan {
                dir: dir.to_path_buf(),
                fails,
                seen: AtomicU64::new(0),
            });
            PLANS.lock().expect("sound").push(Arc::clone(&plan));
            plan
        }

        /// All looks succeed again. Says whether one has failed.
        pub fn end(&self) -> bool {
            PLANS
                .lock()
                .expect("sound")
                .retain(|plan| !std::ptr::eq(&**plan, self));
            self.seen.load(Ordering::SeqCst) >= self.fails
        }
    }

    pub fn point(path: &Path) -> io::Result<()> {
        let plan = PLANS
            .lock()
            .expect("sound")
            .iter()
            .find(|plan| path.starts_with(&plan.dir))
            .cloned();
        match plan {
            Some(plan) if plan.seen.fetch_add(1, Ordering::SeqCst) + 1 == plan.fails => {
                Err(io::Error::other("input/output error (as a test wants it)"))
            }
            _ => Ok(()),
        }
    }
}
