//! A file of the archive, opened once for all that a run does with it.
//!
//! Its content is hashed and then read through one descriptor, so that both are of the same file and nothing
//! has to be opened again. An I/O error is kept, since a reader may take it for the end of the file or for
//! damage in it. Nothing is read beyond the size that the file had when it was opened: some files of the system
//! have no end, and others grow faster than they are read.

use super::hash::first_bytes;
use crate::corpus::FoundFile;
use crate::disk::{Version, raw};
use crate::faults;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// An open file of the archive.
pub struct SourceFile<'a> {
    path: &'a Path,
    file: File,
    /// In bytes, when it was opened.
    pub size: u64,
    /// When it was opened.
    pub version: Version,
    /// Where the next byte is read.
    at: u64,
    error: Option<io::Error>,
    /// Set when the run is to end: then nothing more is read.
    stop: Option<&'a AtomicBool>,
}

impl<'a> SourceFile<'a> {
    /// # Errors
    /// What the system says when it can't be opened or looked at; folders and devices are none.
    pub fn open(path: &'a Path) -> io::Result<Self> {
        let (mut file, mut metadata) = raw::open_regular(path)?;
        if metadata.len() == 0 && file.read(&mut [0])? > 0 {
            // It may have been written to just now.
            file.rewind()?;
            metadata = look(path, &file)?;
            if metadata.len() == 0 {
                return Err(io::Error::other(
                    "has content though its size is 0, as system files do; copy it and index the copy",
                ));
            }
        }
        Ok(Self {
            path,
            file,
            size: metadata.len(),
            version: Version::of(&metadata),
            at: 0,
            error: None,
            stop: None,
        })
    }

    /// The file, which gives nothing more once `stop` is set: a run needn't wait for the end of a large one.
    pub fn until(self, stop: &'a AtomicBool) -> Self {
        Self {
            stop: Some(stop),
            ..self
        }
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
        if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(io::Error::other("the run was interrupted"));
        }
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        match faults::reading(self.path).and_then(|()| self.file.read(&mut buffer[..most])) {
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            read => {
                self.at += *read.as_ref().unwrap_or(&0) as u64;
                self.keep(read)
            }
        }
    }
}

impl Seek for SourceFile<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match faults::reading(self.path).and_then(|()| self.file.seek(to)) {
            // Asked for a place before its beginning: it is damaged, the disk is not.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(error),
            sought => {
                self.at = *sought.as_ref().unwrap_or(&self.at);
                self.keep(sought)
            }
        }
    }
}

fn look(path: &Path, file: &File) -> io::Result<Metadata> {
    faults::reading(path).and_then(|()| file.metadata())
}

/// What differs when a file has other content, or settings under which the same bytes are other articles;
/// `hash` is that of its bytes.
pub fn content(found: &FoundFile, hash: u64) -> u64 {
    hash ^ found.fingerprint()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_that_grows_ends_where_it_ended_when_it_was_opened() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "Gao").expect("written");
        let mut source = SourceFile::open(&path).expect("opened");
        let hash = source.hash().expect("hashed");
        let mut end = File::options().append(true).open(&path).expect("opened");
        end.write_all(b" et Kidal").expect("written");
        let mut text = String::new();
        source.read_to_string(&mut text).expect("read");
        assert_eq!(
            (text.as_str(), source.has_changed().expect("looked at")),
            ("Gao", true)
        );
        source.seek(SeekFrom::Start(1)).expect("sought");
        text.clear();
        source.read_to_string(&mut text).expect("read");
        assert_eq!(text, "ao");
        source.rewind().expect("sought");
        assert_eq!(source.hash().expect("hashed"), hash);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_has_no_end_is_refused() {
        for path in ["/dev/zero", "/proc/self/status"] {
            let error = SourceFile::open(Path::new(path))
                .err()
                .expect("refused")
                .to_string();
            assert!(error.contains("device") || error.contains("size is 0"), "{error}");
        }
        let dir = tempfile::tempdir().expect("a folder");
        let pipe = dir.path().join("a.txt");
        let made = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .expect("mkfifo runs");
        assert!(made.success());
        assert!(SourceFile::open(&pipe).is_err(), "nobody waits for who writes");
    }
}
