//! Where the system can fail: writes and reads of files pass here, so that tests can let each fail in turn.
//! Outside tests nothing happens.

use std::io;
use std::path::Path;

/// Called before something under `path` is written, flushed, renamed or removed.
#[cfg(not(test))]
#[inline]
pub(crate) fn point(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Called before `path`, or something of it, is opened, looked at, listed or read.
#[cfg(not(test))]
#[inline]
pub(crate) fn reading(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(crate) use injected::{point, reading};

#[cfg(test)]
pub(crate) mod injected {
    use super::*;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};

    /// What is to fail.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Kind {
        Writes,
        Reads,
    }

    /// What is to fail under a folder.
    pub struct Plan {
        dir: PathBuf,
        kind: Kind,
        /// The number of the call that fails, from 1.
        fails: u64,
        /// All after it fail too, as on a full disk.
        lasting: bool,
        /// Rather than that it fails, this is set.
        stop: Option<Arc<AtomicBool>>,
        seen: AtomicU64,
        /// What failed first.
        failed: Mutex<Option<PathBuf>>,
    }

    static PLANS: Mutex<Vec<Arc<Plan>>> = Mutex::new(Vec::new());

    impl Plan {
        /// Lets writes or reads under `dir`, or of it, fail from now on.
        pub fn begin(dir: &Path, kind: Kind, fails: u64, lasting: bool) -> Arc<Self> {
            Self::register(dir, kind, fails, lasting, None)
        }

        /// Sets `stop` at a read under `dir`, or of it, by its number from 1.
        pub fn stopping(dir: &Path, at: u64, stop: &Arc<AtomicBool>) -> Arc<Self> {
            Self::register(dir, Kind::Reads, at, false, Some(Arc::clone(stop)))
        }

        fn register(
            dir: &Path,
            kind: Kind,
            fails: u64,
            lasting: bool,
            stop: Option<Arc<AtomicBool>>,
        ) -> Arc<Self> {
            let plan = Arc::new(Plan {
                dir: dir.to_path_buf(),
                kind,
                fails,
                lasting,
                stop,
                seen: AtomicU64::new(0),
                failed: Mutex::new(None),
            });
            PLANS.lock().expect("sound").push(Arc::clone(&plan));
            plan
        }

        /// All succeeds again. Says what has failed, if anything has.
        pub fn end(&self) -> Option<PathBuf> {
            PLANS
                .lock()
                .expect("sound")
                .retain(|plan| !std::ptr::eq(&**plan, self));
            self.failed.lock().expect("sound").clone()
        }
    }

    pub fn point(path: &Path) -> io::Result<()> {
        pass(path, Kind::Writes)
            .map_err(|()| io::Error::new(io::ErrorKind::StorageFull, "no space left (as a test wants it)"))
    }

    pub fn reading(path: &Path) -> io::Result<()> {
        pass(path, Kind::Reads).map_err(|()| io::Error::other("input/output error (as a test wants it)"))
    }

    fn pass(path: &Path, kind: Kind) -> Result<(), ()> {
        let plan = PLANS
            .lock()
            .expect("sound")
            .iter()
            .find(|plan| plan.kind == kind && path.starts_with(&plan.dir))
            .cloned();
        let Some(plan) = plan else { return Ok(()) };
        let now = plan.seen.fetch_add(1, Ordering::SeqCst) + 1;
        if now == plan.fails || plan.lasting && now > plan.fails {
            plan.failed
                .lock()
                .expect("sound")
                .get_or_insert(path.to_path_buf());
            if let Some(stop) = &plan.stop {
                stop.store(true, Ordering::SeqCst);
                return Ok(());
            }
            return Err(());
        }
        Ok(())
    }
}
