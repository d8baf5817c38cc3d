//! A consistent copy of an index that may be in use and be written to meanwhile.
//!
//! tantivy's files never change once they are written, so that a hard link is as good as a copy and costs
//! nothing. What the last commit consists of is said by `meta.json`; a merge may remove some of it while it
//! is copied, and then there is a newer one to begin again with.

use super::footer::{self, files_of};
use super::layout::{self, IndexDir};
use super::reader::Opened;
use super::{commit_copy, companion, decisions, manifest, versions};
use crate::disk;
use crate::error::{Error, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What was copied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    pub files: u64,
    /// Of these: hard links, which take no space as long as the index has the same files.
    pub linked: u64,
    pub bytes: u64,
}

/// How often a commit may be overtaken by the next one while it is copied.
const ATTEMPTS: usize = 20;

/// Copies the last commit of the index at `place` to the folder `to`, which must be absent or empty. It is an
/// index like any other and remembers the same folders. Files are verified before they are copied, and listed
/// with their hashes afterwards. Whatever fails leaves nothing in `to`.
///
/// # Errors
/// [`Error::NotEmpty`], [`Error::Damaged`] for an index that is damaged, and what the file system says.
pub fn snapshot(index_dir: &IndexDir, to: &Path) -> Result<Snapshot> {
    if disk::entries(to)?.is_some_and(|entries| !entries.is_empty()) {
        return Err(Error::NotEmpty {
            path: to.to_path_buf(),
        });
    }
    let target = IndexDir::at(to);
    let made = make(index_dir, &target);
    if made.is_err() {
        // What is left would be taken for a copy, or be in the way of the next one.
        let _ = clear(to);
    }
    made
}

/// Copies until no other commit gets in between.
fn make(index_dir: &IndexDir, target: &IndexDir) -> Result<Snapshot> {
    let generation = target.path.join("gen-1");
    let mut last = None;
    for _ in 0..ATTEMPTS {
        let opened = Opened::any(index_dir)?;
        match copy(&opened, &generation) {
            Ok(copied) => {
                copy_decisions(index_dir, target)?;
                commit_copy::keep(&generation)?;
                layout::sync_files(&generation)?;
                target.swap_in(&generation)?;
                manifest::write(target)?;
                return Ok(copied);
            }
            Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => last = Some(source),
            Err(error) => return Err(error),
        }
        disk::raw::remove_dir(&generation).map_err(Error::io(&generation))?;
    }
    Err(Error::Io {
        path: index_dir.path.clone(),
        source: last.unwrap_or_else(|| ErrorKind::NotFound.into()),
    })
}

/// Removes what a folder holds.
fn clear(dir: &Path) -> Result<()> {
    for path in disk::entries(dir)?.unwrap_or_default() {
        let removed = match disk::is_dir(&path)? {
            true => disk::raw::remove_dir(&path),
            false => disk::raw::remove_file(&path),
        };
        removed.map_err(Error::io(&path))?;
    }
    Ok(())
}

/// Copies what people decided and lies beside the generations: corrections, saved searches. Each is replaced
/// whole when it is written, so that a copy is whole, too.
fn copy_decisions(index_dir: &IndexDir, target: &IndexDir) -> Result<()> {
    for (name, is_readable) in decisions::FILES {
        if let Some(content) = versions::read(index_dir, name, &is_readable)? {
            versions::write(target, name, &content.bytes)?;
        }
    }
    Ok(())
}

fn copy(opened: &Opened, generation: &Path) -> Result<Snapshot> {
    let schema = generation.join(layout::SCHEMA);
    disk::raw::make_dir(&schema).map_err(Error::io(&schema))?;
    let meta_path = opened.generation.join("meta.json");
    let read = || {
        let absent = || Error::io(&meta_path)(ErrorKind::NotFound.into());
        disk::read(&meta_path)?.ok_or_else(absent)
    };
    // Text and meaning of one and the same commit.
    let (mut meta, mut segments) = (read()?, opened.index.searchable_segment_metas()?);
    while read()? != meta {
        (meta, segments) = (read()?, opened.index.searchable_segment_metas()?);
    }
    let mut copied = Snapshot::default();
    let mut managed: BTreeSet<PathBuf> = BTreeSet::from(["meta.json".into()]);
    for name in segments.iter().flat_map(files_of) {
        footer::verify(&opened.index, &opened.generation, &name)?;
        let (from, to) = (opened.generation.join(&name), generation.join(&name));
        if disk::raw::link(&from, &to).is_ok() {
            copied.linked += 1;
        } else {
            disk::raw::copy(&from, &to).map_err(Error::io(&from))?;
        }
        copied.files += 1;
        copied.bytes += disk::metadata(&to)?.map_or(0, |metadata| metadata.len());
        managed.insert(name);
    }
    for (from, to) in [
        (opened.generation.join(layout::SCHEMA), schema),
        (opened.generation.clone(), generation.to_path_buf()),
    ] {
        for path in disk::list(&from)? {
            let Some(name) = path.file_name() else { continue };
            let is_text = path
                .extension()
                .is_some_and(|e| e == "tsv" || e == "txt" || e == "toml");
            if is_text && disk::is_file(&path)? {
                disk::raw::copy(&path, &to.join(name)).map_err(Error::io(&path))?;
            }
        }
    }
    layout::sync_files(&generation.join(layout::SCHEMA))?;
    IndexDir::admit_readers(generation)?;
    companion::write(&generation.join(".managed.json"), &serde_json::to_vec(&managed)?)?;
    companion::write(&generation.join("meta.json"), &meta)?;
    Ok(copied)
}
