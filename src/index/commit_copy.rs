//! A copy of what says of what the last commit consists, for the day that it is damaged.
//!
//! tantivy's `meta.json` is the one file without a checksum, and the one without which all others say nothing, not even of
//! which folders the index was made. At the end of every run a copy is kept beside it, with a hash. Whether a generation has
//! one also tells whether it was ever finished.

use super::document::hash64;
use super::layout;
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;

/// tantivy's.
const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";
/// A line with the hash in hexadecimal figures, then the file.
const COPY: &str = "meta.copy";

/// Keeps a copy of the last commit; one that is the same is left as it is.
pub fn keep(generation: &Path) -> Result<()> {
    let path = generation.join(META);
    let meta = std::fs::read(&path).map_err(Error::io(&path))?;
    if read(generation).is_some_and(|kept| kept == meta) {
        return Ok(());
    }
    let mut text = format!("{:016x}\n", hash64(&meta)).into_bytes();
    text.extend(meta);
    layout::write_whole(&generation.join(COPY), &text)
}

/// The copy, if it is there and whole.
pub fn read(generation: &Path) -> Option<Vec<u8>> {
    let text = std::fs::read(generation.join(COPY)).ok()?;
    let (hash, meta) = text.split_at_checked(17)?;
    (hash == format!("{:016x}\n", hash64(meta)).as_bytes()).then(|| meta.to_vec())
}

/// Whether there is a copy that isn't whole.
pub fn is_damaged(generation: &Path) -> bool {
    generation.join(COPY).exists() && read(generation).is_none()
}

/// Puts the copy in place of what is damaged; says whether there was one.
pub fn put_back(generation: &Path) -> Result<bool> {
    let Some(meta) = read(generation) else { return Ok(false) };
    layout::write_whole(&generation.join(META), &meta)?;
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
    Error::NoCommit { path: generation.join(META), cure }
}

/// Whether `meta.json` is another than it was although it tells of the same segments and changes.
pub fn is_altered(generation: &Path) -> bool {
    let same = |text: &[u8]| -> Option<(u64, BTreeSet<String>)> {
        let meta: serde_json::Value = serde_json::from_slice(text).ok()?;
        let ids = meta["segments"].as_array()?.iter().filter_map(|segment| segment["segment_id"].as_str().map(String::from));
        Some((meta["opstamp"].as_u64()?, ids.collect()))
    };
    match (std::fs::read(generation.join(META)), read(generation)) {
        (Ok(now), Some(kept)) => now != kept && same(&now) == same(&kept),
        _ => false,
    }
}

/// Writes tantivy's list of its files anew where it is damaged: without it nothing opens, and it only serves to tidy up.
pub fn mend_managed(generation: &Path) {
    let path = generation.join(MANAGED);
    let Ok(text) = std::fs::read(&path) else { return };
    if serde_json::from_slice::<BTreeSet<PathBuf>>(&text).is_ok() {
        return;
    }
    let is_segment = |name: &str| name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    let names = std::fs::read_dir(generation).into_iter().flatten().flatten().filter_map(|e| e.file_name().into_string().ok());
    let managed: BTreeSet<String> = names.filter(|name| name == META || is_segment(name)).collect();
    // Where nothing may be written, tantivy says what is wrong.
    let written = serde_json::to_vec(&managed).map_err(Error::from).and_then(|list| layout::write_whole(&path, &list));
    drop(written);
}
