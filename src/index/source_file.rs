//! A file of the archive, opened once for all that a run does with it.
//!
//! Its content is hashed and then read through one descriptor, so that both are of the same file and nothing
//! has to be opened again. An I/O error is kept, since a reader may take it for the end of the file or for
//! damage in it.

use super::hash::first_bytes;
use crate::corpus::Found;
use crate::disk::Version;
use crate::faults;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

/// An open file of the archive.
pub struct SourceFile<'a> {
    path: &'a Path,
    file: File,
    /// In bytes, when it was opened.
    pub size: u64,
    /// When it was opened.
    pub version: Version,
    error: Option<io::Error>,
}

impl<'a> SourceFile<'a> {
    /// # Errors
    /// What the system says when it can't be opened or looked at; folders are none.
    pub fn open(path: &'a Path) -> io::Result<Self> {
        faults::reading(path)?;
        let file = File::open(path)?;
        let metadata = look(path, &file)?;
        if metadata.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "is a folder, not a file"));
        }
        Ok(Self {
            path,
            file,
            size: metadata.len(),
            version: Version::of(&metadata),
            error: None,
        })
    }

    /// The first eight bytes of its BLAKE3 hash, taken in constant memory; it stands at its beginning again.
    ///
    /// # Errors
    /// What the system says when it can't be read.
    pub fn hash(&mut self) -> io::Result<u64> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(&mut *self)?;
        self.rewind()?;
        Ok(first_bytes(&hasher.finalize()))
    }

    /// Whether it has another size or version than when it was opened.
    ///
    /// # Errors
    /// What the system says when it can't be looked at.
    pub fn has_changed(&self) -> io::Result<bool> {
        let metadata = look(self.path, &self.file)?;
        Ok((metadata.len(), Version::of(&metadata)) != (self.size, self.version))
    }

    /// The first I/O error since it was opened, whatever its reader has made of it.
    pub fn take_error(&mut self) -> Option<io::Error> {
        self.error.take()
    }

    /// Keeps an error, and gives one of the same kind.
    fn keep<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let same = match error.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => io::Error::new(error.kind(), error.to_string()),
            };
            self.error.get_or_insert(error);
            same
        })
    }
}

impl Read for SourceFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match faults::reading(self.path).and_then(|()| self.file.read(buffer)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            read => self.keep(read),
        }
    }
}

impl Seek for SourceFile<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match faults::reading(self.path).and_then(|()| self.file.seek(to)) {
            // Asked for a place before its beginning: it is damaged, the disk is not.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(error),
            sought => self.keep(sought),
        }
    }
}

fn look(path: &Path, file: &File) -> io::Result<Metadata> {
    faults::reading(path).and_then(|()| file.metadata())
}

/// What differs when a file has other content, or settings under which the same bytes are other articles;
/// `hash` is that of its bytes.
pub fn content(found: &Found, hash: u64) -> u64 {
    hash ^ found.fingerprint()
}
