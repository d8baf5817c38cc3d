//! Big losses are asked about: files that are gone in great number, or with a disk, keep their articles until
//! somebody says that it is meant.

use super::compare::{Plan, root_id};
use super::payload::{Payload, Root};
use super::report::{Reporter, Withheld};
use super::source_file::{self, SourceFile};
use super::state::SourceState;
use crate::disk::{self, mounts};
use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fewer articles than this are removed without a question.
const FEWEST: u64 = 50;
/// So are those that are no more than one in so many.
const SHARE: u64 = 10;

/// The folders below each root where another file system is mounted now. Those that were mounted at the last
/// commit and still have articles that stay are remembered as well, until they are there again.
pub fn remember_mounts(payload: &mut Payload, plan: &Plan) {
    for root in &mut payload.roots {
        let waits = |mount: &PathBuf| plan.withholds_below(root.id, &root.path, mount);
        // What the payload can't say isn't remembered.
        let mut mounts = mounts::below(&root.path);
        mounts.retain(|mount| mount.to_str().is_some());
        mounts.extend(root.mounts.iter().filter(|mount| waits(mount)).cloned());
        mounts.sort();
        mounts.dedup();
        root.mounts = mounts;
    }
}

/// Files of the last commit that were not found, and what was known of them.
pub struct Removals<'a> {
    pub payload: &'a Payload,
    /// Every file of the last commit.
    pub states: &'a FxHashMap<String, SourceState>,
    /// Keys of those that are gone.
    pub gone: Vec<&'a String>,
}

impl Removals<'_> {
    /// Takes out of the plan what must not be removed before somebody has said so, and reports it.
    ///
    /// # Errors
    /// [`crate::Error::Io`] when the archive can't be looked at.
    pub fn withhold(self, plan: &mut Plan, reporter: &mut Reporter<'_>) -> Result<()> {
        let mut rest: Vec<&String> = Vec::new();
        let mut by_folder: BTreeMap<(PathBuf, &'static str), Vec<&String>> = BTreeMap::new();
        let mut elsewhere = Elsewhere::default();
        for key in &self.gone {
            let Some(root) = root_id(key).and_then(|id| self.payload.root(id)) else {
                continue;
            };
            match elsewhere.disk_of(root, &self.payload.path_of(key))? {
                Some(folder) => by_folder.entry(folder).or_default().push(key),
                None => rest.push(key),
            }
        }
        for ((folder, why), keys) in by_folder {
            self.keep(&folder, why, &keys, plan, reporter);
        }
        let lost = self.really_lost(rest, plan)?;
        if self.is_big(&lost) {
            let mut by_root: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
            for key in lost {
                by_root
                    .entry(root_id(key).unwrap_or_default())
                    .or_default()
                    .push(key);
            }
            for (id, keys) in by_root {
                if let Some(root) = self.payload.root(id) {
                    self.keep(&root.path, "gone", &keys, plan, reporter);
                }
            }
        }
        Ok(())
    }

    fn articles(&self, keys: &[&String]) -> u64 {
        let states = keys.iter().filter_map(|key| self.states.get(*key));
        states.map(|state| state.records).sum()
    }

    fn is_big(&self, keys: &[&String]) -> bool {
        let all: u64 = self.states.values().map(|state| state.records).sum();
        let lost = self.articles(keys);
        lost >= FEWEST && lost.saturating_mul(SHARE) > all
    }

    /// Those of the files that lie nowhere any more: neither left out on request nor moved.
    fn really_lost<'k>(&self, keys: Vec<&'k String>, plan: &Plan) -> Result<Vec<&'k String>> {
        if !self.is_big(&keys) {
            return Ok(Vec::new());
        }
        let mut lost = Vec::new();
        let mut moved = self.contents_of_new_files(&keys, plan);
        for key in keys {
            if disk::exists(&self.payload.path_of(key))? {
                continue;
            }
            let state = self.states.get(key);
            match state.and_then(|state| moved.get_mut(&(state.size, state.hash))) {
                Some(left) if *left > 0 => *left -= 1,
                _ => lost.push(key),
            }
        }
        Ok(lost)
    }

    /// How many new files have a size and content of one of these.
    fn contents_of_new_files(&self, gone: &[&String], plan: &Plan) -> FxHashMap<(u64, u64), usize> {
        let states = gone.iter().filter_map(|key| self.states.get(*key));
        let sizes: FxHashSet<u64> = states.map(|state| state.size).collect();
        let mut contents = FxHashMap::default();
        for (found, key) in &plan.read {
            if self.states.contains_key(key) || !sizes.contains(&found.size) {
                continue;
            }
            // What can't be read is no reason to take a file for moved.
            let hash = SourceFile::open(&found.path).and_then(|mut file| file.hash());
            if let Ok(hash) = hash {
                let content = (found.size, source_file::content(found, hash));
                *contents.entry(content).or_default() += 1;
            }
        }
        contents
    }

    fn keep(
        &self,
        folder: &Path,
        why: &'static str,
        keys: &[&String],
        plan: &mut Plan,
        reporter: &mut Reporter<'_>,
    ) {
        let withheld = Withheld {
            path: folder.display().to_string(),
            why,
            files: keys.len() as u64,
            articles: self.articles(keys),
        };
        let example = keys.iter().min().map(|key| self.payload.path_of(key));
        reporter.notice(describe(&withheld, example.as_deref()));
        reporter.report.withheld.push(withheld);
        keys.iter().for_each(|key| plan.withhold(key));
    }
}

/// The question, in one line.
fn describe(withheld: &Withheld, example: Option<&Path>) -> String {
    let Withheld {
        path,
        why,
        files,
        articles,
    } = withheld;
    let what = match *why {
        "unmounted" => "is not mounted".to_string(),
        "empty" => "is on another disk and is empty now".to_string(),
        _ => {
            let example = example.map_or(String::new(), |path| format!(", for instance {}", path.display()));
            format!("{files} files are gone{example}")
        }
    };
    format!(
        "{path}: {what}; {articles} articles of {files} files stay in the index: bring the files back, or run \
         `griot index --allow-removals` if that is meant"
    )
}

/// Which folders are on another disk than their root, looked at once each.
#[derive(Default)]
struct Elsewhere {
    /// By folder: whether it is empty and on another disk than its root.
    empty: FxHashMap<PathBuf, bool>,
    /// By root: folders where a disk was mounted that isn't now.
    unmounted: FxHashMap<u32, Vec<PathBuf>>,
}

impl Elsewhere {
    /// The folder with which a file may have gone, and why.
    fn disk_of(&mut self, root: &Root, path: &Path) -> Result<Option<(PathBuf, &'static str)>> {
        let unmounted = self.unmounted.entry(root.id).or_insert_with(|| {
            let now = mounts::below(&root.path);
            let before = root.mounts.iter();
            before.filter(|mount| !now.contains(mount)).cloned().collect()
        });
        if let Some(mount) = unmounted.iter().find(|mount| path.starts_with(mount)) {
            return Ok(Some((mount.clone(), "unmounted")));
        }
        for folder in path.ancestors().skip(1) {
            if folder == root.path || !folder.starts_with(&root.path) {
                break;
            }
            match self.empty.get(folder) {
                Some(true) => return Ok(Some((folder.to_path_buf(), "empty"))),
                Some(false) => break,
                None if !disk::exists(folder)? => {}
                None => {
                    let is_it = is_on_another_disk(&root.path, folder)? && disk::list(folder)?.is_empty();
                    self.empty.insert(folder.to_path_buf(), is_it);
                    if is_it {
                        return Ok(Some((folder.to_path_buf(), "empty")));
                    }
                    break;
                }
            }
        }
        Ok(None)
    }
}

#[cfg(unix)]
fn is_on_another_disk(root: &Path, folder: &Path) -> Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let device =
        |path: &Path| -> Result<Option<u64>> { Ok(disk::metadata(path)?.map(|metadata| metadata.dev())) };
    Ok(device(root)? != device(folder)?)
}

#[cfg(not(unix))]
fn is_on_another_disk(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}
