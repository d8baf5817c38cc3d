//! The directory of a generation, as tantivy is to see it.
//!
//! tantivy locks a file for writing even when it reads, to keep a writer from removing files while they are
//! opened. Where that file can't be opened (on a read-only medium, or another user's index), the lock is left out:
//! on a read-only medium nobody removes anything, and elsewhere opening is tried again when a file has gone.
//!
//! And every reader would start a thread that looks at `meta.json` again and again. Nobody here wants to be reported
//! of commits: a reader sees one. Where the system gives no more threads, that thread would be a panic.

use super::commit_copy;
use crate::disk;
use crate::error::Result;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, Index};

/// Opens the index of a generation, locking only where that is allowed.
pub fn open(generation: &Path) -> Result<Index> {
    commit_copy::repair_managed(generation)?;
    let lock = generation.join(&META_LOCK.filepath);
    let locks = disk::raw::open_lock(&lock).is_ok();
    Ok(Index::open(unwatched(generation, locks)?)?)
}

/// The directory of a generation, for writing.
pub fn for_writing(generation: &Path) -> Result<Box<dyn Directory>> {
    unwatched(generation, true)
}

fn unwatched(generation: &Path, locks: bool) -> Result<Box<dyn Directory>> {
    let directory = MmapDirectory::open(generation).map_err(tantivy::TantivyError::from)?;
    let inner = passing(directory, generation);
    Ok(Box::new(Unwatched { inner, locks }))
}

#[cfg(test)]
use super::tests::failing_directory::passing;

#[cfg(not(test))]
fn passing(directory: MmapDirectory, _: &Path) -> Box<dyn Directory> {
    Box::new(directory)
}

/// A directory that nobody watches, with locks or without.
#[derive(Debug, Clone)]
struct Unwatched {
    inner: Box<dyn Directory>,
    locks: bool,
}

impl Directory for Unwatched {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.locks {
            true => self.inner.acquire_lock(lock),
            false => Ok(DirectoryLock::from(Box::new(()))),
        }
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_without_locks_is_readable() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut schema = tantivy::schema::Schema::builder();
        let field = schema.add_text_field("text", tantivy::schema::TEXT);
        let index = Index::create_in_dir(dir.path(), schema.build()).expect("an index");
        let mut writer: tantivy::IndexWriter =
            index.writer_with_num_threads(1, 15_000_001).expect("a writer");
        writer.add_document(tantivy::doc!(field => "mot")).expect("added");
        writer.commit().expect("committed");
        let lock = dir.path().join(&META_LOCK.filepath);
        std::fs::remove_file(&lock).expect("removed");
        let unlocked = Index::open(unwatched(dir.path(), false).expect("opened")).expect("opened");
        assert_eq!(unlocked.reader().expect("a reader").searcher().num_docs(), 1);
        assert!(!lock.exists(), "nothing was written");
    }
}
