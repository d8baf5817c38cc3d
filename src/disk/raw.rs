//! The file system, with the system's own errors: "couldn't look" is an error, "isn't there" is none. The one
//! place where files are opened, read, written and removed, so that tests can let each call fail in turn.

pub(crate) use crate::faults::{point as change, reading as point};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// Whether an error says for certain that nothing is there.
pub(crate) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What a file or folder is, following links; none if there is none.
///
/// # Errors
/// When the system doesn't say.
pub(crate) fn metadata(path: &Path) -> io::Result<Option<Metadata>> {
    point(path)?;
    present(fs::metadata(path))
}

/// The same of a link itself.
///
/// # Errors
/// When the system doesn't say.
pub(crate) fn link_metadata(path: &Path) -> io::Result<Option<Metadata>> {
    point(path)?;
    present(fs::symlink_metadata(path))
}

/// Whether something is there, following links.
///
/// # Errors
/// When the system doesn't say.
pub(crate) fn exists(path: &Path) -> io::Result<bool> {
    metadata(path).map(|found| found.is_some())
}

/// A path without links.
pub(crate) fn real(path: &Path) -> io::Result<PathBuf> {
    point(path)?;
    path.canonicalize()
}

/// The first bytes of a file, as many as there are up to `most`.
pub(crate) fn beginning(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    point(path)?;
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file, and says what it is; a pipe without a writer doesn't keep anybody waiting.
///
/// # Errors
/// What the system says; what is no regular file is refused.
pub(crate) fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    point(path)?;
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    point(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "is a folder, not a file"));
    }
    if !metadata.is_file() {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            "is a pipe, a socket or a device, not a file",
        ));
    }
    Ok((file, metadata))
}

/// The bytes of a file; none where it is absent.
///
/// # Errors
/// When the system doesn't say, or reading it fails.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    point(path)?;
    present(fs::read(path))
}

/// What a folder holds, all of it or an error; none where it is absent.
///
/// # Errors
/// When it can't be listed to its end.
pub(crate) fn entries(dir: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    point(dir)?;
    let Some(listing) = present(fs::read_dir(dir))? else {
        return Ok(None);
    };
    let entries = listing
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    // A listing can fail at its end as well.
    point(dir)?;
    Ok(Some(entries))
}

/// Opens a file for reading.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    point(path)?;
    File::open(path)
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    point(path)?;
    fs::read_to_string(path)
}

/// Makes a folder, and those above it that are absent.
pub(crate) fn make_dir(path: &Path) -> io::Result<()> {
    change(path)?;
    fs::create_dir_all(path)
}

/// Makes a file, or empties the one that is there.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    change(path)?;
    File::create(path)
}

/// Writes a file that nobody reads before it is whole: no other process knows it yet.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    change(path)?;
    fs::write(path, bytes)
}

/// Opens a file that is made if it is absent and never cut: one that processes lock.
pub(crate) fn open_lock(path: &Path) -> io::Result<File> {
    change(path)?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
}

/// Another name for a file.
pub(crate) fn link(from: &Path, to: &Path) -> io::Result<()> {
    change(to)?;
    fs::hard_link(from, to)
}

/// Copies a file.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    point(from)?;
    change(to)?;
    fs::copy(from, to)
}

/// Removes a file.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    change(path)?;
    fs::remove_file(path)
}

/// Removes a folder and what it holds.
pub(crate) fn remove_dir(path: &Path) -> io::Result<()> {
    change(path)?;
    fs::remove_dir_all(path)
}

/// Flushes a file, or the entries of a folder, to disk.
pub(crate) fn flush(path: &Path) -> io::Result<()> {
    change(path)?;
    File::open(path)?.sync_all()
}

fn present<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(error),
    }
}
