//! tantivy's directory whose writes and reads pass [`crate::faults`], for tests.

use crate::faults::{point, reading};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

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
        reading(&self.root.join(path))
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
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
        reading(&self.root.join(path))
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
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
