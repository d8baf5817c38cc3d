//! Files of an index that are replaced whole: what people decided and lies beside the generations
//! (`corrections.csv`, `saved.json`), `CURRENT`, and what a generation keeps for reading (`lexicons.packed`,
//! `meta.copy`).
//!
//! All are written by [`write`]. Who changes what people decided reads it, changes it and writes it while
//! holding [`lock`], so that of two who do it at once neither undoes what the other has done.

use crate::disk;
use crate::error::{Error, Result};
use crate::faults;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Held while a companion is changed. Not the writer's lock: nobody waits for a long run to save a search.
const LOCK: &str = ".companions.lock";

/// What the names of unfinished files begin and end with.
const TEMPORARY: (&str, &str) = (".griot-", ".tmp");

/// Whether a file of that name is one that [`write`] didn't finish.
pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

/// The right to change companions; the kernel takes it back if the process dies.
#[derive(Debug)]
pub struct CompanionLock {
    _file: File,
}

/// Waits for the right to change the companions in an index's folder: others have it for as long as it takes to write a small file.
///
/// # Errors
/// [`Error::Io`] without permission to write.
pub fn lock(dir: &Path) -> Result<CompanionLock> {
    let path = dir.join(LOCK);
    let file = disk::raw::open_lock(&path).map_err(Error::io(&path))?;
    file.lock().map_err(Error::io(&path))?;
    Ok(CompanionLock { _file: file })
}

/// Writes a file so that it is there whole or not at all, on disk when this returns, readable by whom the
/// umask allows.
///
/// # Errors
/// [`Error::Io`]; then the former file is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    faults::point(path).map_err(Error::io(path))?;
    let mut file = temporary().tempfile_in(dir).map_err(Error::io(dir))?;
    faults::point(path)
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.as_file().sync_all())
        .map_err(Error::io(path))?;
    faults::point(path).map_err(Error::io(path))?;
    file.persist(path).map_err(|e| Error::io(path)(e.error))?;
    sync_dir(dir)
}

/// Temporary files are made for their owner only, unless one asks for the permissions of other files.
fn temporary() -> tempfile::Builder<'static, 'static> {
    #[allow(unused_mut)]
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Flushes a folder's entries to disk, where the system can do that.
///
/// # Errors
/// [`Error::Io`].
pub fn sync_dir(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        disk::raw::flush(dir).map_err(Error::io(dir))?;
    }
    Ok(())
}

/// Gives a file that somebody else made for its owner only the permissions of `other`, which was made as
/// files are.
pub fn permit_as(path: &Path, other: &Path) {
    // An index that others can't read is an index all the same.
    let _ = disk::raw::permit_as(path, other);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_permissions_of_others() {
        let dir = tempfile::tempdir().expect("a folder");
        let (other, own) = (dir.path().join("other"), dir.path().join("own"));
        fs::write(&other, "x").expect("written");
        write(&own, b"y").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions();
        assert_eq!(mode(&own), mode(&other));
        write(&own, b"z").expect("replaced");
        assert_eq!(
            (mode(&own), fs::read(&own).expect("read")),
            (mode(&other), b"z".to_vec())
        );
        assert_eq!(
            fs::read_dir(dir.path()).expect("listed").count(),
            2,
            "nothing is left"
        );
    }
}
