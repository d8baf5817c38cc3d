//! Comparing the corpus with the state at the last commit: what is to be read, and what is gone.

use super::audit::{FileAudit, FileStatus};
use super::globs::Globs;
use super::options::SyncOptions;
use super::payload::{Payload, Root};
use super::report::{Progress, Report, notice};
use super::state::SourceState;
use crate::corpus::{self, Found, IgnoreReason, Walked};
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// What is compared: a root, or what lies in it under `path`.
pub struct Scope {
    pub root: Root,
    pub path: PathBuf,
}

impl Scope {
    pub fn whole(root: &Root) -> Self {
        Self {
            root: root.clone(),
            path: root.path.clone(),
        }
    }
}

/// What is to be done.
#[derive(Default)]
pub struct Plan {
    pub read: Vec<(Found, String)>,
    /// Keys of files that are gone.
    pub gone: FxHashSet<String>,
    /// Beginnings of keys of what couldn't be looked at, and may still be there.
    pub unseen: Vec<String>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty()
    }
}

/// Sorts the files of a scope into new or changed, unchanged, and gone. `begin` is called at the first file
/// to be read.
pub fn compare(
    scope: &Scope,
    states: &FxHashMap<String, SourceState>,
    options: &SyncOptions,
    plan: &mut Plan,
    begin: &mut dyn FnMut(),
    report: &mut Report,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let root = &scope.root;
    let globs = Globs::new(&root.include, &root.exclude)?;
    let within = scope
        .path
        .strip_prefix(&root.path)
        .ok()
        .filter(|p| !p.as_os_str().is_empty());
    let beginning = within.map(|w| format!("{}/{}", root.id, corpus::key(w)));
    let in_scope = |key: &str| match &beginning {
        Some(beginning) => key
            .strip_prefix(beginning.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        None => root_id(key) == Some(root.id),
    };
    if !root.path.exists() {
        let known = states.keys().filter(|key| in_scope(key)).count();
        notice(
            report,
            progress,
            format!(
                "{} is missing (not mounted?): its {known} files stay in the index",
                root.path.display()
            ),
        );
        return Ok(());
    }
    let (mut seen, mut unseen, mut told) = (FxHashSet::default(), Vec::new(), FxHashSet::default());
    let mut empty = true;
    let part: Box<dyn Iterator<Item = Walked>> = match within {
        None => Box::new(corpus::walk(&root.path)),
        Some(_)
            if scope
                .path
                .symlink_metadata()
                .is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) =>
        {
            Box::new(std::iter::empty())
        }
        Some(_) => corpus::walk_part(&root.path, &scope.path),
    };
    for walked in part {
        match walked {
            Walked::File(found) => {
                empty = false;
                let key = format!("{}/{}", root.id, found.key);
                if !in_scope(&key) {
                    continue;
                }
                if !globs.take(&found.key) {
                    report.files_ignored += 1;
                    report.file(|| FileAudit::unread(&found.path, FileStatus::Ignored, 0).because("glob"));
                    continue;
                }
                report.files_seen += 1;
                let same = |state: &&SourceState| state.size == found.size && state.mtime_ns == found.stamp();
                match states.get(&key).filter(same) {
                    Some(state) if !options.checksum => {
                        report.files_unchanged += 1;
                        report.file(|| FileAudit::unread(&found.path, FileStatus::Unchanged, state.records));
                    }
                    _ => {
                        begin();
                        plan.read.push((found, key.clone()));
                    }
                }
                seen.insert(key);
            }
            Walked::Skipped(skipped) => {
                report.files_seen += u64::from(!skipped.path.is_dir());
                told.insert(skipped.path.clone());
                // What can't be listed may still be there: its former version stays.
                let relative = skipped.path.strip_prefix(&root.path).unwrap_or(&skipped.path);
                unseen.push(format!("{}/{}", root.id, relative.to_string_lossy()));
                report.file(|| {
                    FileAudit::unread(&skipped.path, FileStatus::Skipped, 0).because(skipped.reason.name())
                });
                report.skipped.push(skipped.into());
            }
            // A `griot.toml` that can't be used was told of when its folder was entered.
            Walked::Ignored { path, .. } if told.contains(&path) => {}
            Walked::Ignored { path, why } => {
                // A folder whose files are left out on purpose is not empty.
                empty &= why != IgnoreReason::Excluded;
                report.files_ignored += 1;
                report.file(|| FileAudit::unread(&path, FileStatus::Ignored, 0).because(why.name()));
            }
        }
    }
    let gone: Vec<&String> = states
        .keys()
        .filter(|key| in_scope(key) && !seen.contains(*key))
        .filter(|key| !unseen.iter().any(|folder| key.starts_with(folder.as_str())))
        .collect();
    plan.unseen.extend(unseen);
    // The last files of a root may go one by one, and be a disk that is being unmounted all the same.
    let emptied = || {
        empty
            && (within.is_none() || !corpus::walk(&root.path).any(|walked| matches!(walked, Walked::File(_))))
    };
    if !gone.is_empty() && !options.allow_empty && emptied() {
        let cure = "if that is meant, run `griot index --allow-empty`";
        let files = if gone.len() == 1 {
            "1 file stays".to_string()
        } else {
            format!("{} files stay", gone.len())
        };
        notice(
            report,
            progress,
            format!(
                "{} has become empty: its {files} in the index; {cure}",
                root.path.display()
            ),
        );
        return Ok(());
    }
    plan.gone.extend(gone.into_iter().cloned());
    Ok(())
}

/// The number of the root that a file key belongs to.
pub fn root_id(key: &str) -> Option<u32> {
    key.split_once('/')?.0.parse().ok()
}

/// Adds the paths to the roots, gives them their globs, and says what is to be compared.
pub fn scopes(payload: &mut Payload, options: &SyncOptions) -> Result<Vec<Scope>> {
    // A bad glob is told before anything is done.
    Globs::new(
        &without_blanks(&options.include),
        &without_blanks(&options.exclude),
    )?;
    if !options.parts.is_empty() {
        // As they are, without following links: a link leads out of its root, and still belongs to it.
        let scope = |part: &PathBuf| {
            payload.root_of(part).map(|root| Scope {
                root: root.clone(),
                path: part.clone(),
            })
        };
        return Ok(apart(options.parts.iter().filter_map(scope)));
    }
    if options.paths.is_empty() {
        // The last one may be forgotten.
        if payload.roots.is_empty() && options.forget.is_empty() {
            return Err(Error::NoRoots);
        }
        for root in &mut payload.roots {
            give_globs(root, options);
        }
        return Ok(payload.roots.iter().map(Scope::whole).collect());
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for path in &options.paths {
        let path = path
            .canonicalize()
            .or_else(|_| std::path::absolute(path))
            .map_err(Error::io(path))?;
        if let Some(root) = payload.roots.iter_mut().find(|root| path.starts_with(&root.path)) {
            // Globs are the root's: with new ones all of it is compared.
            let path = if give_globs(root, options) {
                root.path.clone()
            } else {
                path
            };
            scopes.push(Scope {
                root: root.clone(),
                path,
            });
            continue;
        }
        // A root that the new one contains would give its files twice.
        payload.roots.retain(|root| !root.path.starts_with(&path));
        scopes.retain(|scope| !scope.root.path.starts_with(&path));
        let mut root = Root {
            id: payload.next_root,
            path,
            include: Vec::new(),
            exclude: Vec::new(),
        };
        give_globs(&mut root, options);
        payload.next_root += 1;
        scopes.push(Scope::whole(&root));
        payload.roots.push(root);
    }
    Ok(apart(scopes))
}

/// Scopes of which none lies in another: a file that is read twice in a run would be taken for two.
fn apart(scopes: impl IntoIterator<Item = Scope>) -> Vec<Scope> {
    let mut apart: Vec<Scope> = Vec::new();
    for scope in scopes {
        let holds = |outer: &Scope, inner: &Scope| {
            outer.root.id == inner.root.id && inner.path.starts_with(&outer.path)
        };
        if apart.iter().any(|other| holds(other, &scope)) {
            continue;
        }
        apart.retain(|other| !holds(&scope, other));
        apart.push(scope);
    }
    apart
}

/// Sets the globs of a root, if there are any to set, and says whether they are others than before.
fn give_globs(root: &mut Root, options: &SyncOptions) -> bool {
    let before = (root.include.clone(), root.exclude.clone());
    if !options.include.is_empty() {
        root.include = without_blanks(&options.include);
    }
    if !options.exclude.is_empty() {
        root.exclude = without_blanks(&options.exclude);
    }
    before != (root.include.clone(), root.exclude.clone())
}

/// An empty glob takes the former ones away and is none itself.
fn without_blanks(globs: &[String]) -> Vec<String> {
    globs
        .iter()
        .filter(|glob| !glob.trim().is_empty())
        .cloned()
        .collect()
}

/// Drops a root.
///
/// # Errors
/// [`Error::NotARoot`].
pub fn forget(payload: &mut Payload, path: &Path) -> Result<()> {
    let absolute = path
        .canonicalize()
        .or_else(|_| std::path::absolute(path))
        .map_err(Error::io(path))?;
    let before = payload.roots.len();
    payload.roots.retain(|root| root.path != absolute);
    if payload.roots.len() == before {
        Err(Error::NotARoot {
            path: path.to_path_buf(),
        })
    } else {
        Ok(())
    }
}
