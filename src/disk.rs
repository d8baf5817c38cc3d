//! Looking at files and folders so that an error can't be taken for an absence.
//!
//! Where the absence of a file means that something is deleted or begun anew, only "no such file" may count
//! as one. `Path::exists`, `is_file` and a listing that is flattened say "absent" for every error, too. Tests let
//! each look fail in turn ([`crate::faults`]).

pub(crate) mod mounts;
pub(crate) mod raw;
mod version;

pub(crate) use raw::is_absence;
pub use version::Version;

use crate::error::{Error, Result};
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Kind, size and times of a file or folder, links followed; none where it is absent.
///
/// # Errors
/// [`Error::Io`] when it can't be looked at.
pub(crate) fn metadata(path: &Path) -> Result<Option<Metadata>> {
    raw::metadata(path).map_err(Error::io(path))
}

/// Whether there is such a file or folder.
///
/// # Errors
/// [`Error::Io`] when it can't be looked at.
pub(crate) fn exists(path: &Path) -> Result<bool> {
    Ok(metadata(path)?.is_some())
}

/// Whether there is such a file.
///
/// # Errors
/// [`Error::Io`] when it can't be looked at.
pub(crate) fn is_file(path: &Path) -> Result<bool> {
    Ok(metadata(path)?.is_some_and(|metadata| metadata.is_file()))
}

/// Whether there is such a folder.
///
/// # Errors
/// [`Error::Io`] when it can't be looked at.
pub(crate) fn is_dir(path: &Path) -> Result<bool> {
    Ok(metadata(path)?.is_some_and(|metadata| metadata.is_dir()))
}

/// The bytes of a file; none where it is absent.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    raw::read(path).map_err(Error::io(path))
}

/// The text of a file, what is no UTF-8 replaced; none where it is absent.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>> {
    let lossy = |bytes| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Ok(read(path)?.map(lossy))
}

/// What a folder holds, all of it or an error; none where it is absent.
///
/// # Errors
/// [`Error::Io`] when it can't be listed to its end.
pub(crate) fn entries(dir: &Path) -> Result<Option<Vec<PathBuf>>> {
    raw::entries(dir).map_err(Error::io(dir))
}

/// What a folder holds, all of it or an error.
///
/// # Errors
/// [`Error::Io`] when it can't be listed to its end, or is absent.
pub(crate) fn list(dir: &Path) -> Result<Vec<PathBuf>> {
    entries(dir)?.ok_or_else(|| Error::io(dir)(ErrorKind::NotFound.into()))
}
