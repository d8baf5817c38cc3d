//! Opening an index that may not be written to: on a read-only medium, or another user's.
//!
//! tantivy locks a file for writing even when it reads, to keep a writer from removing files while they are
//! opened. Where that file can't be opened, the lock is left out: on a read-only medium nobody removes
//! anything, and elsewhere opening is tried again when a file has gone.

use super::commit_copy;
use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::index::SegmentComponent;
use tantivy::{Directory, Index, SegmentMeta};

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

/// The names of the files that make up a segment.
pub fn files_of(segment: &SegmentMeta) -> Vec<PathBuf> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let mut kinds = vec![Terms, Postings, Positions, FastFields, FieldNorms, Store];
    if segment.has_deletes() {
        kinds.push(Delete);
    }
    kinds
        .into_iter()
        .map(|kind| segment.relative_path(kind))
        .collect()
}

/// Ends every file of tantivy's, after the length of what it says of the file.
const MAGIC: u32 = 1337;

/// Whether every file of the last commit is there and has its end. tantivy's readers stop the process at one
/// without.
///
/// # Errors
/// [`Error::Damaged`], naming the file.
pub fn check_ends(index: &Index, generation: &Path) -> Result<()> {
    let mut attempts = 3;
    loop {
        let missing = index
            .searchable_segment_metas()?
            .iter()
            .flat_map(files_of)
            .find_map(|name| end_of(&generation.join(name)).err());
        match missing {
            None => return Ok(()),
            // A merge that ended just now has removed it.
            Some(_) if attempts > 0 => attempts -= 1,
            Some(error) => return Err(error),
        }
    }
}

/// Where what stands at the end of a file begins, counted from its end, without the eight bytes that say so.
fn end_of(path: &Path) -> Result<u32> {
    let cut = || Error::Damaged(format!("{} is cut short or overwritten", path.display()));
    let opened = faults::reading(path).and_then(|()| File::open(path));
    let mut file = opened.map_err(|error| match disk::is_absence(&error) {
        true => Error::Damaged(format!("{}: {error}", path.display())),
        false => Error::io(path)(error),
    })?;
    let length = file.metadata().map_err(Error::io(path))?.len();
    if length < 8 {
        return Err(cut());
    }
    let mut end = [0; 8];
    faults::reading(path)
        .and_then(|()| file.seek(SeekFrom::End(-8)))
        .and_then(|_| file.read_exact(&mut end))
        .map_err(Error::io(path))?;
    let footer = u32::from_le_bytes([end[0], end[1], end[2], end[3]]);
    let magic = u32::from_le_bytes([end[4], end[5], end[6], end[7]]);
    if magic == MAGIC && u64::from(footer) + 8 <= length {
        Ok(footer)
    } else {
        Err(cut())
    }
}

/// The hash of what stands at the end of a file; none for one without an end.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub fn hash_of_end(path: &Path) -> Result<Option<u64>> {
    let length = match end_of(path) {
        Ok(length) => length,
        Err(Error::Damaged(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut whole = Vec::new();
    File::open(path)
        .and_then(|mut file| {
            file.seek(SeekFrom::End(-8 - i64::from(length)))?;
            file.read_to_end(&mut whole)
        })
        .map_err(Error::io(path))?;
    Ok(Some(super::document::hash64(&whole)))
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
