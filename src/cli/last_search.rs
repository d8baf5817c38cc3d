//! The hits of the last search of an index by their numbers, for `griot show 2`: kept in the user's state folder,
//! since an index may be read-only.
// The state of a user is no part of an index: no fault points are needed.
#![allow(clippy::disallowed_methods)]

use super::output::notify;
use super::terminal::detail;
use anyhow::Result;
use griot::Error;
use griot::index::IndexDir;
use griot::messages::localized;
use griot::say;
use griot::search::{ArticleRequest, Engine, SearchResponse};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// Indexes whose last search is kept.
const KEPT: usize = 50;

/// What is kept of a search: neither its words nor any text.
#[derive(Debug, Serialize, Deserialize)]
struct LastSearch {
    /// Folder of the index.
    index: PathBuf,
    /// Ids by their numbers.
    hits: BTreeMap<usize, String>,
}

/// Keeps the numbers of the hits of a page. Where that fails, numbers only mean nothing afterwards.
pub fn remember(place: &IndexDir, response: &SearchResponse) {
    let nearly = response.nearly.iter().map(|nearly| &nearly.hit);
    let hits = response.hits.iter().chain(nearly);
    let last = LastSearch {
        index: absolute(&place.path),
        hits: hits.map(|hit| (hit.rank, hit.id.clone())).collect(),
    };
    if let Err(error) = write(&last) {
        let error = localized(&error.to_string()).into_owned();
        detail(&say!("show-numbers-not-kept", error = error));
    }
}

/// The id that was typed, or that of a hit of the last search. An article whose id it is wins.
pub fn meant(engine: &dyn Engine, place: &IndexDir, typed: String) -> Result<String> {
    let Some(number) = typed
        .parse::<usize>()
        .ok()
        .filter(|_| typed.bytes().all(|b| b.is_ascii_digit()))
    else {
        return Ok(typed);
    };
    let kept = read(place).and_then(|last| last.hits.get(&number).cloned());
    let as_id = engine.article(&ArticleRequest {
        id: typed.clone(),
        query: None,
    });
    match (as_id, kept) {
        (Err(Error::NoSuchArticle { .. }), Some(id)) => Ok(id),
        (Err(Error::NoSuchArticle { .. }), None) => {
            notify(&say!("show-no-such-hit", number = number));
            Ok(typed)
        }
        (Ok(_), Some(id)) if id != typed => {
            notify(&say!("show-id-and-hit", typed = &typed, id = id));
            Ok(typed)
        }
        _ => Ok(typed),
    }
}

fn read(place: &IndexDir) -> Option<LastSearch> {
    let index = absolute(&place.path);
    let text = std::fs::read_to_string(file_of(&folder()?, &index)).ok()?;
    let last: LastSearch = serde_json::from_str(&text).ok()?;
    (last.index == index).then_some(last)
}

fn write(last: &LastSearch) -> std::io::Result<()> {
    let folder = folder().ok_or_else(|| std::io::Error::other("there is no home folder"))?;
    std::fs::create_dir_all(&folder)?;
    forget_oldest(&folder)?;
    let file = tempfile::NamedTempFile::new_in(&folder)?;
    serde_json::to_writer(&file, last)?;
    file.persist(file_of(&folder, &last.index))?;
    Ok(())
}

fn forget_oldest(folder: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort();
    let over = files.len().saturating_sub(KEPT);
    files
        .iter()
        .take(over)
        .try_for_each(|(_, path)| std::fs::remove_file(path))
}

fn folder() -> Option<PathBuf> {
    state().map(|state| state.join("griot/last-search"))
}

/// The folder of the user's state, by the XDG specification of base directories; in Windows that of local data.
pub fn state() -> Option<PathBuf> {
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
        .or_else(|| absolute("LOCALAPPDATA"))
}

fn file_of(folder: &Path, index: &Path) -> PathBuf {
    let mut hash = rustc_hash::FxHasher::default();
    index.hash(&mut hash);
    folder.join(format!("{:016x}.json", hash.finish()))
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
