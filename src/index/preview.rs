//! What a run would do, without doing it: nothing is written, no lock is taken.

use super::compare::{Plan, compare, forget, root_id, scopes};
use super::footer;
use super::layout::IndexDir;
use super::options::SyncOptions;
use super::payload::Payload;
use super::prepare::tell_renewal;
use super::reader::Opened;
use super::removals::Removals;
use super::report::{Planned, Progress, Report, Reporter};
use super::source_file::{self, SourceFile};
use super::state::{self, SourceState};
use crate::corpus::FoundFile;
use crate::disk;
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::time::Instant;

/// The state of every file of the last commit, by key.
type States = FxHashMap<String, SourceState>;

/// Compares as [`super::sync`] does and lists what it would do in [`Report::planned`].
///
/// # Errors
/// As [`super::sync`], but for the lock.
pub fn preview(
    index_dir: &IndexDir,
    options: &SyncOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    let started = Instant::now();
    let mut report = Report::default();
    let mut reporter = Reporter {
        report: &mut report,
        progress,
    };
    let (mut payload, states) = last_commit(index_dir, options, &mut reporter)?;
    check_paths(&payload, options)?;
    let before = payload.clone();
    for path in &options.forget {
        forget(&mut payload, path)?;
    }
    let plan = plan(&mut payload, &states, options, &mut reporter)?;
    let by_content = by_content(&states, &plan);
    let gone = Gone {
        states: &states,
        before: &before,
        now: &payload,
        sizes: by_content.keys().map(|(size, _)| *size).collect(),
        by_content,
        moved: FxHashSet::default(),
    };
    gone.list(&plan, &mut report);
    report.planned.sort_by(|a, b| a.path.cmp(&b.path));
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}

/// What the index says of itself and of its files; of one that is to be made, nothing. Whether it would be built anew is
/// told.
fn last_commit(
    index_dir: &IndexDir,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<(Payload, States)> {
    let old = match Opened::any(index_dir) {
        Ok(old) => old,
        Err(Error::NoIndex { .. }) if !options.paths.is_empty() => {
            return Ok((Payload::new(String::new(), false), States::default()));
        }
        Err(error) => return Err(error),
    };
    footer::check_all(&old.index, &old.generation)?;
    let states = state::read(&old.index.reader()?.searcher())?;
    tell_renewal(&old, index_dir, options, reporter)?;
    Ok((old.payload, states))
}

fn check_paths(payload: &Payload, options: &SyncOptions) -> Result<()> {
    for path in &options.paths {
        let absolute = std::path::absolute(path).map_err(Error::io(path))?;
        if payload.root_of(&absolute).is_none() && !disk::exists(path)? {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    Ok(())
}

fn plan(
    payload: &mut Payload,
    states: &States,
    options: &SyncOptions,
    reporter: &mut Reporter<'_>,
) -> Result<Plan> {
    let scopes = scopes(payload, options)?;
    let mut plan = Plan::new(payload);
    let is_forgotten = |key: &&String| root_id(key).and_then(|id| payload.root(id)).is_none();
    plan.gone.extend(states.keys().filter(is_forgotten).cloned());
    for scope in &scopes {
        compare(
            scope,
            states,
            (options, None),
            &mut plan,
            &mut || {},
            reporter.report,
            &mut *reporter.progress,
        )?;
    }
    if !options.allow_removals {
        let gone = states.keys().filter(|key| plan.gone.contains(*key)).collect();
        let removals = Removals {
            payload,
            states,
            gone,
        };
        removals.withhold(&mut plan, reporter)?;
    }
    Ok(plan)
}

/// The files that are gone, by size and hash.
fn by_content<'s>(states: &States, plan: &'s Plan) -> FxHashMap<(u64, u64), Vec<&'s String>> {
    let mut by_content: FxHashMap<(u64, u64), Vec<&String>> = FxHashMap::default();
    for key in &plan.gone {
        if let Some(state) = states.get(key) {
            let content = (state.size, state.hash);
            by_content.entry(content).or_default().push(key);
        }
    }
    by_content
}

/// What is known of files that are gone, to tell those that were moved from those that are new.
struct Gone<'a> {
    states: &'a States,
    /// Roots before and after the run.
    before: &'a Payload,
    now: &'a Payload,
    by_content: FxHashMap<(u64, u64), Vec<&'a String>>,
    sizes: FxHashSet<u64>,
    moved: FxHashSet<&'a String>,
}

impl Gone<'_> {
    /// Lists what is to be read, and what to be removed.
    fn list(mut self, plan: &Plan, report: &mut Report) {
        for (found, key) in &plan.read {
            self.file(found, key, report);
        }
        report.files_removed = plan.gone.len() as u64;
        let removed = plan.gone.iter().filter(|key| !self.moved.contains(key));
        report.planned.extend(removed.map(|key| Planned {
            what: "removed",
            path: self.path_of(key),
            from: None,
        }));
    }

    fn file(&mut self, found: &FoundFile, key: &str, report: &mut Report) {
        let hash = || {
            let hash = SourceFile::open(&found.path).and_then(|mut file| file.hash());
            hash.ok().map(|hash| source_file::content(found, hash))
        };
        let (what, from) = match self.states.get(key) {
            Some(state) if state.size == found.size && hash() == Some(state.hash) => {
                report.files_unchanged += 1;
                return;
            }
            Some(_) => {
                report.files_changed += 1;
                ("changed", None)
            }
            None => {
                report.files_new += 1;
                // Only a file of the same size can be the same.
                let hash = self.sizes.contains(&found.size).then(hash).flatten();
                let twin = hash.and_then(|hash| self.by_content.get_mut(&(found.size, hash))?.pop());
                if let Some(from) = twin {
                    report.files_moved += 1;
                    self.moved.insert(from);
                }
                match twin {
                    Some(from) => ("moved", Some(self.path_of(from))),
                    None => ("new", None),
                }
            }
        };
        report.planned.push(Planned {
            what,
            path: found.path.display().to_string(),
            from,
        });
    }

    fn path_of(&self, key: &str) -> String {
        let is_known = root_id(key).is_some_and(|id| self.now.root(id).is_some());
        let of = if is_known { self.now } else { self.before };
        of.path_of(key).display().to_string()
    }
}
