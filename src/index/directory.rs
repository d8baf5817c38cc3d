//! Opening an index that may not be written to: on a read-only medium, or another user's.
//!
//! tantivy locks a file for writing even when it reads, to keep a writer from removing files while they are
//! opened. Where that file can't be opened, the lock is left out: on a read-only medium nobody removes
//! anything, and elsewhere opening is tried again when a file has gone.

use super::commit_copy;
use crate::error::Result;
use std::fs::OpenOptions;
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
    commit_copy::mend_managed(generation)?;
    let lock = generation.join(&META_LOCK.filepath);
    let may_lock = OpenOptions::new().create(true).append(true).open(lock).is_ok();
    let directory = MmapDirectory::open(generation).map_err(tantivy::TantivyError::from)?;
    Ok(if may_lock {
        Index::open(passing(directory, generation))?
    } else {
        Index::open(Unlocked(directory))?
    })
}

/// The directory of a generation, for writing.
pub fn for_writing(generation: &Path) -> Result<Box<dyn Directory>> {
    Ok(passing(
        MmapDirectory::open(generation).map_err(tantivy::TantivyError::from)?,
        generation,
    ))
}

#[cfg(test)]
use super::failing_directory::passing;

#[cfg(not(test))]
fn passing(directory: MmapDirectory, _: &Path) -> Box<dyn Directory> {
    Box::new(directory)
}

/// A directory without locks.
#[derive(Debug, Clone)]
struct Unlocked(MmapDirectory);

impl Directory for Unlocked {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
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
        let unlocked =
            Index::open(Unlocked(MmapDirectory::open(dir.path()).expect("opened"))).expect("opened");
        assert_eq!(unlocked.reader().expect("a reader").searcher().num_docs(), 1);
        assert!(!lock.exists(), "nothing was written");
    }
}
