//! A copy of what says of what the last commit consists, for the day that it is damaged.
//!
//! tantivy's `meta.json` is the one file without a checksum, and the one without which all others say
//! nothing, not even of which folders the index was made. At the end of every run a copy is kept beside it,
//! with a hash. Whether a generation has one also tells whether it was ever finished.

use super::companion;
use super::footer;
use super::hash::hash64;
use crate::disk;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tantivy::TantivyError;

/// tantivy's.
const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";
/// A line with the hash of the rest in hexadecimal figures, then [`Kept`] as JSON.
const COPY: &str = "meta.copy";

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    meta: String,
    /// Hashes of what tantivy says of each file at its end, which its checksum of the file leaves out.
    ends: BTreeMap<String, u64>,
}

/// Keeps a copy of the last commit; one that is the same is left as it is.
pub fn keep(generation: &Path) -> Result<()> {
    let path = generation.join(META);
    let meta = disk::raw::text(&path).map_err(Error::io(&path))?;
    if load(generation)?.is_some_and(|kept| kept.meta == meta) {
        return Ok(());
    }
    let mut ends = BTreeMap::new();
    for name in names(generation)? {
        if let Some(hash) = footer::hash_of(&generation.join(&name))? {
            ends.insert(name, hash);
        }
    }
    let kept = serde_json::to_string(&Kept { meta, ends })?;
    companion::write(
        &generation.join(COPY),
        format!("{:016x}\n{kept}", hash64(kept.as_bytes())).as_bytes(),
    )
}

/// What was kept; none where it is absent or damaged.
fn load(generation: &Path) -> Result<Option<Kept>> {
    let parse = |text: String| -> Option<Kept> {
        let (hash, kept) = text.split_once('\n')?;
        let is_whole = hash == format!("{:016x}", hash64(kept.as_bytes()));
        is_whole.then(|| serde_json::from_str(kept).ok())?
    };
    Ok(disk::read_text(&generation.join(COPY))?.and_then(parse))
}

/// The copy of `meta.json`, if it is there and whole.
///
/// # Errors
/// [`Error::Io`] when it can't be read: it may be there all the same.
pub fn read(generation: &Path) -> Result<Option<String>> {
    Ok(load(generation)?.map(|kept| kept.meta))
}

/// The files whose ends are others than when the copy was made.
///
/// # Errors
/// [`Error::Io`] when they can't be read.
pub fn altered_ends(generation: &Path) -> Result<Vec<String>> {
    let mut altered = Vec::new();
    for (name, hash) in load(generation)?.map(|kept| kept.ends).unwrap_or_default() {
        let path = generation.join(&name);
        if disk::is_file(&path)? && footer::hash_of(&path)? != Some(hash) {
            altered.push(name);
        }
    }
    Ok(altered)
}

/// Names of tantivy's files of segments.
fn names(generation: &Path) -> Result<BTreeSet<String>> {
    let is_segment = |name: &String| {
        name.split_once('.')
            .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let all = disk::entries(generation)?.unwrap_or_default();
    let names = all
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_string()));
    Ok(names.filter(is_segment).collect())
}

/// Whether there is a copy that isn't whole.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub fn is_damaged(generation: &Path) -> Result<bool> {
    Ok(disk::exists(&generation.join(COPY))? && read(generation)?.is_none())
}

/// Puts the copy in place of what is damaged; says whether there was one.
pub fn put_back(generation: &Path) -> Result<bool> {
    let Some(meta) = read(generation)? else {
        return Ok(false);
    };
    companion::write(&generation.join(META), meta.as_bytes())?;
    Ok(true)
}

/// What can be done about a commit that can't be read.
pub fn explain(error: Error, generation: &Path) -> Error {
    let is_missing = || disk::exists(&generation.join(META)).is_ok_and(|is_there| !is_there);
    match error {
        Error::Index(TantivyError::DataCorruption(_)) | Error::Damaged(_) => {}
        Error::Index(TantivyError::OpenReadError(_)) if is_missing() => {}
        other => return other,
    }
    let cure = match read(generation) {
        Ok(Some(_)) => "run `griot index`, which restores its copy",
        Ok(None) => "run `griot index --rebuild PATH...` with the folders it was made of",
        Err(error) => return error,
    };
    Error::NoCommit {
        path: generation.join(META),
        cure,
    }
}

/// Whether `meta.json` has changed although it lists the same segments and changes.
///
/// # Errors
/// [`Error::Io`] when it or its copy can't be read.
pub fn is_altered(generation: &Path) -> Result<bool> {
    let same = |text: &str| -> Option<(u64, BTreeSet<String>)> {
        let meta: serde_json::Value = serde_json::from_str(text).ok()?;
        let ids = meta["segments"]
            .as_array()?
            .iter()
            .filter_map(|segment| segment["segment_id"].as_str().map(String::from));
        Some((meta["opstamp"].as_u64()?, ids.collect()))
    };
    let now = disk::read_text(&generation.join(META))?;
    let altered = |(now, kept): (String, String)| now != kept && same(&now) == same(&kept);
    Ok(now.zip(read(generation)?).is_some_and(altered))
}

/// Whether the copy is of a later commit than `meta.json`, which somebody has put back: its segments may be gone.
///
/// # Errors
/// [`Error::Io`] when it or its copy can't be read.
pub fn is_newer(generation: &Path) -> Result<bool> {
    let opstamp = |text: String| -> Option<u64> {
        let meta: serde_json::Value = serde_json::from_str(&text).ok()?;
        meta["opstamp"].as_u64()
    };
    let now = disk::read_text(&generation.join(META))?.and_then(opstamp);
    let kept = read(generation)?.and_then(opstamp);
    Ok(now.zip(kept).is_some_and(|(now, kept)| now < kept))
}

/// tantivy's list of its files; none where it is absent or damaged.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub fn managed(generation: &Path) -> Result<Option<BTreeSet<PathBuf>>> {
    let list = disk::read(&generation.join(MANAGED))?;
    Ok(list.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// Writes tantivy's list of its files anew where it is damaged: without it nothing opens, and it only serves
/// to tidy up.
///
/// # Errors
/// [`Error::Io`] when it can't be read.
pub fn repair_managed(generation: &Path) -> Result<()> {
    if disk::is_file(&generation.join(MANAGED))? && managed(generation)?.is_none() {
        // Where nothing may be written, tantivy says what is wrong.
        drop(write_managed(generation, BTreeSet::new()));
    }
    Ok(())
}

/// Adds files to the list that it lacks; says whether there were any. tantivy notes a file before it makes
/// it, so only damage loses one, which would never be removed then. For the holder of the writer's lock,
/// before the index is opened.
///
/// # Errors
/// What reading and writing say.
pub fn complete_managed(generation: &Path) -> Result<bool> {
    let Some(listed) = managed(generation)? else {
        return Ok(false);
    };
    let lacks = |name: String| !listed.contains(Path::new(&name));
    if !names(generation)?.into_iter().any(lacks) {
        return Ok(false);
    }
    write_managed(generation, listed).map(|()| true)
}

fn write_managed(generation: &Path, mut listed: BTreeSet<PathBuf>) -> Result<()> {
    listed.extend(names(generation)?.into_iter().map(PathBuf::from));
    listed.insert(META.into());
    companion::write(&generation.join(MANAGED), &serde_json::to_vec(&listed)?)
}
