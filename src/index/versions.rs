//! The last versions of the files that hold what people decided (`corrections.csv`, `saved.json`, `lexicon/additions.tsv` …),
//! for the day that one of them is cut short, emptied or deleted.
//!
//! `versions/NAME.NUMBER.HASH` beside the generations: a higher number is later, and the hash of what it
//! holds shows whether it is whole. A file that was edited by hand is taken as it is; one that is missing, or
//! the beginning of its last version and no more, or no longer readable, is put back from there.

use super::hash::hash64;
use super::layout::IndexDir;
use super::{companion, manifest};
use crate::disk;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// The folder, in the index's folder.
pub const FOLDER: &str = "versions";

/// The file of saved searches; the other one is the table of corrections.
pub const SAVED_SEARCHES: &str = "saved.json";

/// Whether bytes are JSON at all.
pub fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// How many versions of a file are kept.
const KEPT: usize = 5;

/// What is wrong with a file, so that its last version counts instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    Missing,
    /// It is the beginning of its last version.
    Cut,
    Unreadable,
}

impl Damage {
    /// For people to read.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Cut => "is cut short",
            Self::Unreadable => "can't be read",
        }
    }
}

/// A file as it was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Content {
    pub bytes: Vec<u8>,
    /// Why these are the bytes of its last version, if they are not its own.
    pub damage: Option<Damage>,
}

/// Reads a file in an index's folder, or its last version where it is damaged; none if there never was one.
/// `is_readable` says whether bytes are such a file at all.
///
/// # Errors
/// [`Error::Io`] when the system doesn't give it.
pub fn read(
    index_dir: &IndexDir,
    name: &str,
    is_readable: &dyn Fn(&[u8]) -> bool,
) -> Result<Option<Content>> {
    let found = disk::read(&index_dir.path.join(name))?;
    let Some(last) = newest(index_dir, name)? else {
        return Ok(found.map(|bytes| Content { bytes, damage: None }));
    };
    let damage = match &found {
        None => Some(Damage::Missing),
        Some(bytes) if bytes.len() < last.len() && last.starts_with(bytes) => Some(Damage::Cut),
        Some(bytes) if !is_readable(bytes) => Some(Damage::Unreadable),
        Some(_) => None,
    };
    Ok(Some(match (damage, found) {
        (None, Some(bytes)) => Content { bytes, damage },
        _ => Content { bytes: last, damage },
    }))
}

/// Replaces a file in an index's folder and keeps this version of it. For the holder of [`companion::lock`].
///
/// # Errors
/// [`Error::Io`]; then the file is as it was or as it is to be.
pub fn write(index_dir: &IndexDir, name: &str, bytes: &[u8]) -> Result<()> {
    manifest::forget(index_dir)?;
    make_folder(index_dir, name)?;
    companion::write(&index_dir.path.join(name), bytes)?;
    keep(index_dir, name, bytes)
}

/// Makes the folder that a file lies in, in an index's folder.
///
/// # Errors
/// [`Error::Io`].
pub fn make_folder(index_dir: &IndexDir, name: &str) -> Result<()> {
    let path = index_dir.path.join(name);
    match path.parent() {
        Some(folder) if !disk::is_dir(folder)? => {
            disk::raw::make_dir(folder).map_err(Error::io(folder))?;
            companion::sync_dir(&index_dir.path)
        }
        _ => Ok(()),
    }
}

/// Keeps a version of a file, unless it is the last one, and drops those before the last few. For the holder
/// of [`companion::lock`].
///
/// # Errors
/// [`Error::Io`].
pub fn keep(index_dir: &IndexDir, name: &str, bytes: &[u8]) -> Result<()> {
    let dir = index_dir.path.join(FOLDER);
    let all = numbered(index_dir, name)?;
    let hash = hash64(bytes);
    if all.last().is_some_and(|last| last.hash == hash) && newest(index_dir, name)?.as_deref() == Some(bytes)
    {
        return Ok(());
    }
    if !disk::is_dir(&dir)? {
        disk::raw::make_dir(&dir).map_err(Error::io(&dir))?;
        companion::sync_dir(&index_dir.path)?;
    }
    let number = all.last().map_or(1, |last| last.number + 1);
    let version = format!("{}.{number:06}.{hash:016x}", flat(name));
    companion::write(&dir.join(version), bytes)?;
    for old in &all[..(all.len() + 1).saturating_sub(KEPT)] {
        disk::raw::remove_file(&old.path).map_err(Error::io(&old.path))?;
    }
    Ok(())
}

/// The name of a file in a folder as that of one file.
fn flat(name: &str) -> String {
    name.replace('/', "-")
}

/// A version that is kept.
struct Version {
    number: u64,
    hash: u64,
    path: PathBuf,
}

/// The versions of a file, the earliest first.
fn numbered(index_dir: &IndexDir, name: &str) -> Result<Vec<Version>> {
    let paths = disk::entries(&index_dir.path.join(FOLDER))?.unwrap_or_default();
    let mut versions: Vec<Version> = paths
        .iter()
        .filter_map(|path| version(path, &flat(name)))
        .collect();
    versions.sort_by_key(|version| version.number);
    Ok(versions)
}

fn version(path: &Path, name: &str) -> Option<Version> {
    let rest = path
        .file_name()?
        .to_str()?
        .strip_prefix(name)?
        .strip_prefix('.')?;
    let (number, hash) = rest.split_once('.')?;
    Some(Version {
        number: number.parse().ok()?,
        hash: u64::from_str_radix(hash, 16).ok()?,
        path: path.to_path_buf(),
    })
}

/// What the last version that is whole holds.
fn newest(index_dir: &IndexDir, name: &str) -> Result<Option<Vec<u8>>> {
    for version in numbered(index_dir, name)?.iter().rev() {
        if let Some(bytes) = disk::read(&version.path)?.filter(|bytes| hash64(bytes) == version.hash) {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// The versions of all files that are not what they were written as: their names.
///
/// # Errors
/// [`Error::Io`] when they can't be read.
pub fn damaged(index_dir: &IndexDir) -> Result<Vec<String>> {
    let mut damaged = Vec::new();
    for path in disk::entries(&index_dir.path.join(FOLDER))?.unwrap_or_default() {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let Some(hash) = name
            .rsplit_once('.')
            .and_then(|(_, hash)| u64::from_str_radix(hash, 16).ok())
        else {
            continue;
        };
        if disk::read(&path)?.is_some_and(|bytes| hash64(&bytes) != hash) {
            damaged.push(name.to_string());
        }
    }
    Ok(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const NAME: &str = "corrections.csv";

    fn place() -> (tempfile::TempDir, IndexDir) {
        let dir = tempfile::tempdir().expect("a folder");
        let index_dir = IndexDir::at(dir.path());
        (dir, index_dir)
    }

    fn found(index_dir: &IndexDir) -> (String, Option<Damage>) {
        let is_readable = |bytes: &[u8]| !bytes.contains(&b'?');
        let content = read(index_dir, NAME, &is_readable).expect("read").expect("there");
        (String::from_utf8(content.bytes).expect("text"), content.damage)
    }

    #[test]
    fn a_file_that_is_damaged_is_read_from_its_last_version() {
        let (dir, index_dir) = place();
        assert_eq!(read(&index_dir, NAME, &|_| true).expect("read"), None);
        write(&index_dir, NAME, b"a\nb\n").expect("written");
        write(&index_dir, NAME, b"a\nb\nc\n").expect("written");
        let path = dir.path().join(NAME);
        let whole = "a\nb\nc\n".to_string();
        for (bytes, damage) in [
            ("a\nb\nc\n", None),
            ("a\nb\n", Some(Damage::Cut)),
            ("", Some(Damage::Cut)),
            ("a?b", Some(Damage::Unreadable)),
        ] {
            fs::write(&path, bytes).expect("damaged");
            assert_eq!(found(&index_dir), (whole.clone(), damage), "{bytes:?}");
        }
        fs::remove_file(&path).expect("removed");
        assert_eq!(found(&index_dir), (whole, Some(Damage::Missing)));
        fs::write(&path, "a\nB\nc\n").expect("edited");
        assert_eq!(found(&index_dir), ("a\nB\nc\n".into(), None));
    }

    #[test]
    fn a_version_that_is_damaged_itself_does_not_count() {
        let (dir, index_dir) = place();
        write(&index_dir, NAME, b"a\n").expect("written");
        write(&index_dir, NAME, b"b\n").expect("written");
        fs::remove_file(dir.path().join(NAME)).expect("removed");
        let last = numbered(&index_dir, NAME).expect("listed").pop().expect("two");
        fs::write(&last.path, "x\n").expect("damaged");
        assert_eq!(found(&index_dir).0, "a\n");
        assert_eq!(damaged(&index_dir).expect("listed").len(), 1);
    }

    #[test]
    fn the_last_few_versions_are_kept() {
        let (_dir, index_dir) = place();
        for number in 0..12 {
            write(&index_dir, NAME, format!("{number}\n").as_bytes()).expect("written");
            write(&index_dir, NAME, format!("{number}\n").as_bytes()).expect("written twice");
        }
        let numbers: Vec<u64> = numbered(&index_dir, NAME)
            .expect("listed")
            .iter()
            .map(|version| version.number)
            .collect();
        assert_eq!(numbers, [8, 9, 10, 11, 12]);
    }
}
