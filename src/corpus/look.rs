//! Looking at the file system where "couldn't look" must not pass for "isn't there": what can't be looked at
//! may still be there, and what the index holds of it stays. Tests let each look fail in turn.

use crate::disk::is_absence;
pub(super) use crate::faults::reading as point;
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
