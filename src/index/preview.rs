//! What a run would do, without doing it: nothing is written, no lock is taken.

use super::compare::{Plan, compare, forget, root_id, scopes};
use super::footer;
use super::layout::Place;
use super::options::SyncOptions;
use super::payload::Payload;
use super::reader::Opened;
use super::report::{Planned, Progress, Report};
use super::source_file::{self, SourceFile};
use super::state::{self, SourceState};
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::time::Instant;

/// Compares as [`super::sync`] does and lists what it would do in [`Report::planned`].
///
/// # Errors
/// As [`super::sync`], but for the lock.
pub fn preview(place: &Place, options: &SyncOptions, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
    let started = Instant::now();
    let mut report = Report::default();
    let old = match Opened::any(place) {
        Ok(old) => Some(old),
        Err(Error::NoIndex { .. }) if !options.paths.is_empty() => None,
        Err(error) => return Err(error),
    };
    let mut payload = old
        .as_ref()
        .map_or_else(|| Payload::new(String::new(), false), |old| old.payload.clone());
    for path in &options.paths {
        if payload
            .root_of(&std::path::absolute(path).map_err(Error::io(path))?)
            .is_none()
            && !path.try_exists().map_err(Error::io(path))?
        {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    let states = match &old {
        Some(old) => {
            footer::check_all(&old.index, &old.generation)?;
            state::read(&old.index.reader()?.searcher())?
        }
        None => FxHashMap::default(),
    };
    let before = payload.clone();
    for path in &options.forget {
        forget(&mut payload, path)?;
    }
    let scopes = scopes(&mut payload, options)?;
    let roots: FxHashSet<u32> = payload.roots.iter().map(|root| root.id).collect();
    let mut plan = Plan::new(&payload);
    plan.gone.extend(
        states
            .keys()
            .filter(|key| !root_id(key).is_some_and(|id| roots.contains(&id)))
            .cloned(),
    );
    for scope in &scopes {
        compare(
            scope,
            &states,
            (options, None),
            &mut plan,
            &mut || {},
            &mut report,
            progress,
        )?;
    }
    let path_of = |key: &str| {
        let of = if root_id(key).is_some_and(|id| payload.root(id).is_some()) {
            &payload
        } else {
            &before
        };
        of.path_of(key).display().to_string()
    };
    let mut gone_by_hash: FxHashMap<(u64, u64), Vec<&String>> = FxHashMap::default();
    for key in &plan.gone {
        if let Some(state) = states.get(key) {
            gone_by_hash
                .entry((state.size, state.hash))
                .or_default()
                .push(key);
        }
    }
    let sizes: FxHashSet<u64> = gone_by_hash.keys().map(|(size, _)| *size).collect();
    let mut moved: FxHashSet<&String> = FxHashSet::default();
    for (found, key) in &plan.read {
        let hash = || {
            let hash = SourceFile::open(&found.path).and_then(|mut file| file.hash());
            hash.ok().map(|hash| source_file::content(found, hash))
        };
        let mut planned = |what, from| {
            report.planned.push(Planned {
                what,
                path: found.path.display().to_string(),
                from,
            })
        };
        match states.get(key) {
            Some(SourceState {
                size, hash: known, ..
            }) if *size == found.size && hash() == Some(*known) => report.files_unchanged += 1,
            Some(_) => {
                report.files_changed += 1;
                planned("changed", None);
            }
            None => {
                report.files_new += 1;
                // Only a file of the same size can be the same.
                let twin = sizes
                    .contains(&found.size)
                    .then(hash)
                    .flatten()
                    .and_then(|h| gone_by_hash.get_mut(&(found.size, h))?.pop());
                match twin {
                    Some(from) => {
                        report.files_moved += 1;
                        moved.insert(from);
                        planned("moved", Some(path_of(from)));
                    }
                    None => planned("new", None),
                }
            }
        }
    }
    report.files_removed = plan.gone.len() as u64;
    let removed = plan.gone.iter().filter(|key| !moved.contains(key));
    report.planned.extend(removed.map(|key| Planned {
        what: "removed",
        path: path_of(key),
        from: None,
    }));
    report.planned.sort_by(|a, b| a.path.cmp(&b.path));
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}
