//! A copy of what says of what the last commit consists, for the day that it is damaged.
//!
//! tantivy's `meta.json` is the one file without a checksum, and the one without which all others say
//! nothing, not even of which folders the index was made. At the end of every run a copy is kept beside it,
//! with a hash. Whether a generation has one also tells whether it was ever finished.

use super::directory::hash_of_end;
use super::document::hash64;
use super::layout;
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
    let meta = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
    if load(generation).is_some_and(|kept| kept.meta == meta) {
        return Ok(());
    }
    let ends = names(generation)
        .into_iter()
        .filter_map(|name| Some((hash_of_end(&generation.join(&name))?, name)));
    let kept = serde_json::to_string(&Kept {
        meta,
        ends: ends.map(|(hash, name)| (name, hash)).collect(),
    })?;
    layout::write_whole(
        &generation.join(COPY),
        format!("{:016x}\n{kept}", hash64(kept.as_bytes())).as_bytes(),
    )
}

fn load(generation: &Path) -> Option<Kept> {
    let text = std::fs::read_to_string(generation.join(COPY)).ok()?;
    let (hash, kept) = text.split_once('\n')?;
    (hash == format!("{:016x}", hash64(kept.as_bytes()))).then(|| serde_json::from_str(kept).ok())?
}

/// The copy of `meta.json`, if it is there and whole.
pub fn read(generation: &Path) -> Option<String> {
    Some(load(generation)?.meta)
}

/// The files whose ends are others than when the copy was made.
pub fn altered_ends(generation: &Path) -> Vec<String> {
    let kept = load(generation).map(|kept| kept.ends).unwrap_or_default();
    let is_altered = |(name, hash): &(String, u64)| {
        generation.join(name).is_file() && hash_of_end(&generation.join(name)) != Some(*hash)
    };
    kept.into_iter()
        .filter(is_altered)
        .map(|(name, _)| name)
        .collect()
}

/// Names of tantivy's files of segments.
fn names(generation: &Path) -> BTreeSet<String> {
    let is_segment = |name: &String| {
        name.split_once('.')
            .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let all = std::fs::read_dir(generation)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| e.file_name().into_string().ok());
    all.filter(is_segment).collect()
}

/// Whether there is a copy that isn't whole.
pub fn is_damaged(generation: &Path) -> bool {
    generation.join(COPY).exists() && read(generation).is_none()
}

/// Puts the copy in place of what is damaged; says whether there was one.
pub fn put_back(generation: &Path) -> Result<bool> {
    let Some(meta) = read(generation) else {
        return Ok(false);
    };
    layout::write_whole(&generation.join(META), meta.as_bytes())?;
    layout::sync_dir(generation)?;
    Ok(true)
}

/// What can be done about a commit that can't be read.
pub fn explain(error: Error, generation: &Path) -> Error {
    let is_missing = || !generation.join(META).is_file();
    match error {
        Error::Index(TantivyError::DataCorruption(_)) | Error::Damaged(_) => {}
        Error::Index(TantivyError::OpenReadError(_)) if is_missing() => {}
        other => return other,
    }
    let cure = match read(generation) {
        Some(_) => "run `griot index`, which puts back the copy that it has",
        None => "run `griot index --rebuild PATH...` with the folders it was made of",
    };
    Error::NoCommit {
        path: generation.join(META),
        cure,
    }
}

/// Whether `meta.json` is another than it was although it tells of the same segments and changes.
pub fn is_altered(generation: &Path) -> bool {
    let same = |text: &str| -> Option<(u64, BTreeSet<String>)> {
        let meta: serde_json::Value = serde_json::from_str(text).ok()?;
        let ids = meta["segments"]
            .as_array()?
            .iter()
            .filter_map(|segment| segment["segment_id"].as_str().map(String::from));
        Some((meta["opstamp"].as_u64()?, ids.collect()))
    };
    match (std::fs::read_to_string(generation.join(META)), read(generation)) {
        (Ok(now), Some(kept)) => now != kept && same(&now) == same(&kept),
        _ => false,
    }
}

/// tantivy's list of its files, if it can be read.
pub fn managed(generation: &Path) -> Option<BTreeSet<PathBuf>> {
    serde_json::from_slice(&std::fs::read(generation.join(MANAGED)).ok()?).ok()
}

/// Writes tantivy's list of its files anew where it can't be read: without it nothing opens, and it only
/// serves to tidy up.
pub fn mend_managed(generation: &Path) {
    if generation.join(MANAGED).is_file() && managed(generation).is_none() {
        // Where nothing may be written, tantivy says what is wrong.
        drop(write_managed(generation, BTreeSet::new()));
    }
}

/// Adds files to the list that it lacks; says whether there were any. tantivy notes a file before it makes
/// it, so only damage loses one, which would never be removed then. For the holder of the writer's lock,
/// before the index is opened.
///
/// # Errors
/// What writing says.
pub fn complete_managed(generation: &Path) -> Result<bool> {
    let Some(listed) = managed(generation) else {
        return Ok(false);
    };
    let lacks = |name: String| !listed.contains(Path::new(&name));
    if !names(generation).into_iter().any(lacks) {
        return Ok(false);
    }
    write_managed(generation, listed).map(|()| true)
}

fn write_managed(generation: &Path, mut listed: BTreeSet<PathBuf>) -> Result<()> {
    listed.extend(names(generation).into_iter().map(PathBuf::from));
    listed.insert(META.into());
    layout::write_whole(&generation.join(MANAGED), &serde_json::to_vec(&listed)?)
}
