//! Where writing can fail: every write of ours and of tantivy's passes here, so that tests can let each fail
//! in turn. Outside tests nothing happens.

use std::io;
use std::path::Path;
use tantivy::Directory;
use tantivy::directory::MmapDirectory;

/// Called before something under `path` is written, flushed, renamed or removed.
#[cfg(not(test))]
#[inline]
pub fn point(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The directory of a generation, for writing.
#[cfg(not(test))]
pub fn passing(directory: MmapDirectory, _: &Path) -> Box<dyn Directory> {
    Box::new(directory)
}

#[cfg(test)]
pub use injected::{passing, point};

#[cfg(test)]
pub mod injected {
    use super::*;
    use std::io::Write;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};
    use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
    use tantivy::directory::{
        AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle,
        WritePtr,
    };

    /// What is to fail under a folder.
    pub struct Plan {
        dir: PathBuf,
        /// The number of the write that fails, from 1.
        fails: u64,
        /// All after it fail too, as on a full disk.
        lasting: bool,
        seen: AtomicU64,
    }

    static PLANS: Mutex<Vec<Arc<Plan>>> = Mutex::new(Vec::new());

    impl Plan {
        /// Lets writes under `dir` fail from now on.
        pub fn begin(dir: &Path, fails: u64, lasting: bool) -> Arc<Self> {
            let plan = Arc::new(Plan {
                dir: dir.to_path_buf(),
                fails,
                lasting,
                seen: AtomicU64::new(0),
            });
            PLANS.lock().expect("sound").push(Arc::clone(&plan));
            plan
        }

        /// Writes succeed again. Says whether one has failed.
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
        let Some(plan) = plan else { return Ok(()) };
        let now = plan.seen.fetch_add(1, Ordering::SeqCst) + 1;
        if now == plan.fails || plan.lasting && now > plan.fails {
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "no space left (as a test wants it)",
            ));
        }
        Ok(())
    }

    pub fn passing(directory: MmapDirectory, root: &Path) -> Box<dyn Directory> {
        Box::new(Failing {
            directory,
            root: root.to_path_buf(),
        })
    }

    #[derive(Debug, Clone)]
    struct Failing {
        directory: MmapDirectory,
        root: PathBuf,
    }

    struct FailingWrite {
        inner: WritePtr,
        path: PathBuf,
    }

    impl Write for FailingWrite {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            point(&self.path)?;
            self.inner.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.inner.flush()
        }
    }

    impl TerminatingWrite for FailingWrite {
        fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
            point(&self.path)?;
            self.inner.terminate_ref(token)
        }
    }

    impl Directory for Failing {
        fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
            self.directory.get_file_handle(path)
        }

        fn delete(&self, path: &Path) -> Result<(), DeleteError> {
            let failed = |error| DeleteError::IoError {
                io_error: Arc::new(error),
                filepath: path.to_path_buf(),
            };
            point(&self.root.join(path)).map_err(failed)?;
            self.directory.delete(path)
        }

        fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
            self.directory.exists(path)
        }

        fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
            let full = self.root.join(path);
            point(&full).map_err(|error| OpenWriteError::wrap_io_error(error, path.to_path_buf()))?;
            let inner = self.directory.open_write(path)?;
            // A small buffer: more writes that can fail.
            Ok(WritePtr::with_capacity(
                512,
                Box::new(FailingWrite { inner, path: full }),
            ))
        }

        fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
            self.directory.atomic_read(path)
        }

        fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
            point(&self.root.join(path))?;
            self.directory.atomic_write(path, data)
        }

        fn sync_directory(&self) -> io::Result<()> {
            point(&self.root)?;
            self.directory.sync_directory()
        }

        fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
            self.directory.acquire_lock(lock)
        }

        fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
            self.directory.watch(callback)
        }
    }
}
