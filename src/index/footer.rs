//! The footers of tantivy's files: what it says of a file at its end, its checksum among it.

use super::hash::hash64;
use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta};

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

/// Whether every file of the last commit is there and has its footer. tantivy's readers stop the process at one
/// without.
///
/// # Errors
/// [`Error::Damaged`], naming the file.
pub fn check_all(index: &Index, generation: &Path) -> Result<()> {
    let mut attempts = 3;
    loop {
        let missing = index
            .searchable_segment_metas()?
            .iter()
            .flat_map(files_of)
            .find_map(|name| footer_length(&generation.join(name)).err());
        match missing {
            None => return Ok(()),
            // A merge that ended just now has removed it.
            Some(_) if attempts > 0 => attempts -= 1,
            Some(error) => return Err(error),
        }
    }
}

/// Whether a file of the index has the bytes that it was written with, by its checksum.
///
/// # Errors
/// [`Error::Damaged`], naming the file; [`Error::Io`] when it is absent or can't be read.
pub fn verify(index: &Index, generation: &Path, name: &Path) -> Result<()> {
    let path = generation.join(name);
    faults::reading(&path).map_err(Error::io(&path))?;
    // Decoders of damaged footers may panic.
    let whole = std::panic::AssertUnwindSafe(|| index.directory().validate_checksum(name));
    let wrong = match std::panic::catch_unwind(whole) {
        Ok(Ok(true)) => return Ok(()),
        Ok(Err(OpenReadError::FileDoesNotExist(_))) => {
            return Err(Error::io(path)(ErrorKind::NotFound.into()));
        }
        Ok(Err(OpenReadError::IoError { io_error, .. })) => {
            return Err(Error::io(path)(std::io::Error::new(io_error.kind(), io_error)));
        }
        Ok(Ok(false)) => "its bytes are not those that were written".to_string(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it can't be read".into(),
    };
    Err(Error::damaged(&path, wrong))
}

/// Whether every file of the last commit has the bytes that it was written with.
///
/// # Errors
/// As [`verify`], for the first that has not.
pub fn verify_all(index: &Index, generation: &Path) -> Result<()> {
    let metas = index.searchable_segment_metas()?;
    let mut names = metas.iter().flat_map(files_of);
    names.try_for_each(|name| verify(index, generation, &name))
}

/// The length of a file's footer, without the eight bytes that say so.
fn footer_length(path: &Path) -> Result<u32> {
    let cut = || Error::Damaged(format!("{} is cut short or overwritten", path.display()));
    let mut file = disk::raw::open(path).map_err(|error| match disk::is_absence(&error) {
        true => Error::damaged(path, error),
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

/// The hash of a file's footer, which its checksum leaves out; none for a file without one.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub fn hash_of(path: &Path) -> Result<Option<u64>> {
    let length = match footer_length(path) {
        Ok(length) => length,
        Err(Error::Damaged(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut whole = Vec::new();
    disk::raw::open(path)
        .and_then(|mut file| {
            file.seek(SeekFrom::End(-8 - i64::from(length)))?;
            file.read_to_end(&mut whole)
        })
        .map_err(Error::io(path))?;
    Ok(Some(hash64(&whole)))
}
