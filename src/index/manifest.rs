//! What a snapshot consists of: every file with its length and hash, so that a copy on another disk can be
//! told to be whole years later.

use super::companion;
use super::layout::IndexDir;
use crate::date::clock;
use crate::disk;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file, in the snapshot's folder. A run that writes to the snapshot as to an index takes it away.
const FILE: &str = "snapshot.json";

/// What [`read`] can read.
const VERSION: u32 = 1;

/// The list of a snapshot's files.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// When it was made, in universal time.
    pub made: String,
    /// By path in the snapshot's folder, with `/` between names.
    pub files: BTreeMap<String, Listed>,
}

/// A file of a snapshot.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub bytes: u64,
    /// BLAKE3, 64 hexadecimal figures.
    pub blake3: String,
}

impl Listed {
    fn of(path: &Path) -> Result<Self> {
        let mut hasher = blake3::Hasher::new();
        disk::raw::open(path)
            .and_then(|file| hasher.update_reader(file).map(drop))
            .map_err(Error::io(path))?;
        Ok(Self {
            bytes: hasher.count(),
            blake3: hasher.finalize().to_hex().to_string(),
        })
    }
}

/// Lists everything in the folder of a snapshot, and keeps the list there.
///
/// # Errors
/// [`Error::Io`].
pub fn write(index_dir: &IndexDir) -> Result<()> {
    let mut files = BTreeMap::new();
    list(&index_dir.path, "", &mut files)?;
    let manifest = Manifest {
        version: VERSION,
        made: clock(),
        files,
    };
    companion::write(&index_dir.path.join(FILE), &serde_json::to_vec_pretty(&manifest)?)
}

fn list(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Listed>) -> Result<()> {
    for path in disk::list(dir)? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let key = format!("{prefix}{name}");
        if disk::is_dir(&path)? {
            list(&path, &format!("{key}/"), files)?;
        } else {
            files.insert(key, Listed::of(&path)?);
        }
    }
    Ok(())
}

/// The list of a snapshot; none for an index that is none.
///
/// # Errors
/// [`Error::Damaged`] when it is no such list, [`Error::Io`].
pub fn read(index_dir: &IndexDir) -> Result<Option<Manifest>> {
    let path = index_dir.path.join(FILE);
    let Some(bytes) = disk::read(&path)? else {
        return Ok(None);
    };
    let damaged = |why: String| Error::damaged(&path, why);
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|e| damaged(e.to_string()))?;
    if manifest.version != VERSION {
        return Err(damaged(format!("version {} of the list", manifest.version)));
    }
    Ok(Some(manifest))
}

/// The files of a snapshot that are missing or others than when it was made, with what is wrong.
///
/// # Errors
/// [`Error::Io`] when the folder can't be looked at.
pub fn altered(index_dir: &IndexDir, manifest: &Manifest) -> Result<Vec<(PathBuf, String)>> {
    let mut altered = Vec::new();
    for (key, listed) in &manifest.files {
        let path = index_dir.path.join(key);
        if !disk::exists(&path)? {
            altered.push((path, "is missing".into()));
            continue;
        }
        match Listed::of(&path) {
            Ok(now) if now == *listed => {}
            Ok(_) => altered.push((path, "is not what was copied".into())),
            Err(error) => altered.push((path, format!("can't be read ({error})"))),
        }
    }
    Ok(altered)
}

/// From now on the folder is an index that changes, and no snapshot any more.
///
/// # Errors
/// [`Error::Io`].
pub fn forget(index_dir: &IndexDir) -> Result<()> {
    let path = index_dir.path.join(FILE);
    if disk::exists(&path)? {
        disk::raw::remove_file(&path).map_err(Error::io(&path))?;
    }
    Ok(())
}
