//! Comparing the corpus with the state at the last commit: what is to be read, and what is gone.

use super::audit::{FileAudit, FileStatus};
use super::options::SyncOptions;
use super::payload::{Payload, Root};
use super::report::{Progress, Report, Withheld, notice};
use super::state::SourceState;
use super::unread::Kind;
use super::unseen::Unseen;
use crate::corpus::{self, Choice, FoundFile, Globs, IgnoreReason, Links, SkipReason, Skipped, Walked};
use crate::disk;
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
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

    /// The path in the root; none for all of it.
    fn within(&self) -> Option<&Path> {
        let within = self.path.strip_prefix(&self.root.path).ok();
        within.filter(|p| !p.as_os_str().is_empty())
    }

    /// Whether a file key lies in it.
    pub fn holds(&self, key: &str) -> bool {
        self.keys()(key)
    }

    /// Which file keys lie in it.
    fn keys(&self) -> impl Fn(&str) -> bool + use<> {
        let beginning = match self.within() {
            Some(within) => format!("{}/{}", self.root.id, corpus::key(within)),
            None => self.root.id.to_string(),
        };
        move |key| {
            key.strip_prefix(beginning.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    }

    fn walk(&self, choice: &Choice) -> Box<dyn Iterator<Item = Walked>> {
        match self.within() {
            None => Box::new(corpus::walk_chosen(&self.root.path, choice)),
            Some(_) => match disk::raw::link_metadata(&self.path) {
                Ok(None) => Box::new(std::iter::empty()),
                // The walk says what is wrong.
                _ => corpus::walk_part(&self.root.path, &self.path, choice),
            },
        }
    }
}

/// What is to be done.
#[derive(Default)]
pub struct Plan {
    pub read: Vec<(FoundFile, String)>,
    /// Keys of files that are gone.
    pub gone: FxHashSet<String>,
    /// What couldn't be looked at.
    pub unseen: Unseen,
    /// Keys of files that are gone, whose articles stay until somebody says that it is meant.
    withheld: FxHashSet<String>,
    /// Files of kinds that griot doesn't read, by root and extension, of the roots that were walked whole.
    pub kinds: FxHashMap<u32, BTreeMap<String, Kind>>,
    /// Where links may lead: the roots.
    roots: Vec<PathBuf>,
    /// Keys of the files that are there, and wanted.
    seen: FxHashSet<String>,
}

impl Plan {
    /// Nothing to be done so far.
    pub fn new(payload: &Payload) -> Self {
        Self {
            roots: payload.root_paths(),
            ..Self::default()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty()
    }

    /// Whether a file is there, or can't be looked at.
    pub fn is_or_may_be_there(&self, key: &str) -> bool {
        self.seen.contains(key) || self.unseen.covers(key) || self.withheld.contains(key)
    }

    /// Whether a file was not found but may still be there, so that what is indexed of it stays.
    pub fn may_be_there(&self, key: &str) -> bool {
        (self.unseen.covers(key) || self.withheld.contains(key)) && !self.seen.contains(key)
    }

    /// Whether anything that was not found stays in the index.
    pub fn keeps_any(&self) -> bool {
        !self.unseen.is_empty() || !self.withheld.is_empty()
    }

    /// The files of a scope that were looked for and not found.
    fn gone_of<'s>(
        &self,
        states: &'s FxHashMap<String, SourceState>,
        in_scope: &dyn Fn(&str) -> bool,
    ) -> Vec<&'s String> {
        let is_gone = |key: &&String| in_scope(key) && !self.seen.contains(*key) && !self.unseen.covers(key);
        states.keys().filter(is_gone).collect()
    }

    /// Keeps a file's articles although the file is gone.
    pub fn withhold(&mut self, key: &str) {
        self.gone.remove(key);
        self.withheld.insert(key.to_string());
    }

    /// Whether articles of files below a folder of a root are kept so.
    pub fn withholds_below(&self, root: u32, path: &Path, folder: &Path) -> bool {
        let Ok(inside) = folder.strip_prefix(path) else {
            return false;
        };
        let beginning = format!("{root}/{}/", corpus::key(inside));
        self.withheld.iter().any(|key| key.starts_with(&beginning))
    }
}

/// Sorts the files of a scope into new or changed, unchanged, and gone. `begin` is called at the first file
/// to be read; with `recount` the words of unchanged files are counted for the report.
///
/// # Errors
/// [`Error::BadGlob`]; what can't be looked at is noted in the plan and the report.
pub fn compare(
    scope: &Scope,
    states: &FxHashMap<String, SourceState>,
    (options, recount): (&SyncOptions, Option<&corpus::Options>),
    plan: &mut Plan,
    begin: &mut dyn FnMut(),
    report: &mut Report,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let root = &scope.root;
    let in_scope = scope.keys();
    if let Some(why) = absence(root, report) {
        plan.unseen.add(root, &root.path);
        let known = states.keys().filter(|key| in_scope(key)).count();
        notice(report, progress, is_absent(root, &why, known));
        return Ok(());
    }
    let choice = root.choice(&plan.roots)?;
    let mut comparison = Comparison {
        root,
        columns: columns(&root.columns)?,
        states,
        checksum: options.checksum,
        recount,
        plan,
        begin,
        report,
        faults: FxHashSet::default(),
        empty: true,
        led_out: None,
        kinds: BTreeMap::new(),
    };
    for walked in scope.walk(&choice) {
        comparison.take(walked, &in_scope);
    }
    let (kinds, is_empty, led_out) = (comparison.kinds, comparison.empty, comparison.led_out);
    if scope.within().is_none() {
        if let Some(link) = led_out {
            notice(report, progress, leads_out(root, &link));
        }
        plan.kinds.insert(root.id, kinds);
    }
    // The last files of a root may go one by one, and be a disk that is being unmounted all the same.
    let emptied = is_empty
        && !options.allow_removals
        && (scope.within().is_none() || !corpus::holds_files(&root.path, &choice));
    let gone = plan.gone_of(states, &in_scope);
    if emptied {
        plan.unseen.add(root, &root.path);
        if !gone.is_empty() {
            notice(report, progress, has_become_empty(root, gone.len()));
            report.withheld.push(of_emptied(root, &gone, states));
        }
    } else {
        plan.gone.extend(gone.into_iter().cloned());
    }
    Ok(())
}

/// Why a root can't be compared, if it is not there or the system doesn't say.
fn absence(root: &Root, report: &mut Report) -> Option<String> {
    match disk::raw::exists(&root.path) {
        Ok(true) => None,
        Ok(false) => Some("is missing (not mounted?)".into()),
        Err(error) => {
            let skipped = Skipped {
                path: root.path.clone(),
                line: None,
                record: None,
                reason: SkipReason::Unreadable,
                detail: error.to_string(),
            };
            report.skipped.push(skipped.into());
            Some(format!("can't be looked at ({error})"))
        }
    }
}

fn is_absent(root: &Root, why: &str, files: usize) -> String {
    format!(
        "{} {why}: its {files} files stay in the index",
        root.path.display()
    )
}

/// Reported until somebody says what is to be done with links.
fn leads_out(root: &Root, link: &Path) -> String {
    format!(
        "{}: links lead out of the roots, for instance {}, and are followed; `griot index --follow-links=inside` \
         leaves them out, --follow-links=all follows them without this note",
        root.path.display(),
        link.display()
    )
}

fn has_become_empty(root: &Root, files: usize) -> String {
    let cure = "if that is intended, run `griot index --allow-removals`";
    let files = if files == 1 {
        "1 file stays".to_string()
    } else {
        format!("{files} files stay")
    };
    format!(
        "{} is empty now: its {files} in the index; {cure}",
        root.path.display()
    )
}

/// What stays in the index of a root that has become empty.
fn of_emptied(root: &Root, gone: &[&String], states: &FxHashMap<String, SourceState>) -> Withheld {
    Withheld {
        path: root.path.display().to_string(),
        why: "empty",
        files: gone.len() as u64,
        articles: gone.iter().map(|key| states[*key].records).sum(),
    }
}

/// A walk being compared with the state at the last commit.
struct Comparison<'a> {
    root: &'a Root,
    columns: corpus::Columns,
    states: &'a FxHashMap<String, SourceState>,
    checksum: bool,
    /// With these the words of unchanged files are counted again, for the report.
    recount: Option<&'a corpus::Options>,
    plan: &'a mut Plan,
    begin: &'a mut dyn FnMut(),
    report: &'a mut Report,
    /// What was already reported.
    faults: FxHashSet<PathBuf>,
    /// Nothing was found that could be read.
    empty: bool,
    /// The first link that leads out of the roots and is followed unasked.
    led_out: Option<PathBuf>,
    /// Files of kinds that griot doesn't read, by extension.
    kinds: BTreeMap<String, Kind>,
}

impl Comparison<'_> {
    fn take(&mut self, walked: Walked, in_scope: &dyn Fn(&str) -> bool) {
        // A folder whose files are left out on purpose is not empty.
        self.empty &= !walked.shows_files();
        match walked {
            Walked::File(mut found) => {
                found.settings = corpus::Settings::with_columns(found.settings.take(), &self.columns);
                found.reads_exports |= self.root.exports.contains(&found.key);
                let key = format!("{}/{}", self.root.id, found.key);
                if in_scope(&key) {
                    self.file(found, key);
                }
            }
            Walked::Skipped(skipped) => self.skipped(skipped),
            Walked::Unseen { path, fault } => {
                self.plan.unseen.add(self.root, &path);
                self.skipped(fault);
            }
            // A `griot.toml` that can't be used was reported when its folder was entered.
            Walked::Ignored { path, .. } if self.faults.contains(&path) => {}
            Walked::LedOut(link) => {
                self.led_out.get_or_insert(link);
            }
            Walked::Ignored { path, why } => {
                if why == IgnoreReason::UnknownFormat {
                    self.unknown(&path);
                }
                self.ignored(&path, why.name());
            }
        }
    }

    fn file(&mut self, found: FoundFile, key: String) {
        self.report.files_seen += 1;
        let same = |state: &&SourceState| state.size == found.size && state.stamp == found.stamp();
        match self.states.get(&key).filter(same) {
            Some(state) if !self.checksum => {
                self.report.files_unchanged += 1;
                let (records, options) = (state.records, self.recount);
                self.report.file(|| {
                    let audit = FileAudit::unread(&found.path, FileStatus::Unchanged, records);
                    match options {
                        Some(options) => audit.recounted(&found, options),
                        None => audit,
                    }
                });
            }
            _ => {
                (self.begin)();
                self.plan.read.push((found, key.clone()));
            }
        }
        self.plan.seen.insert(key);
    }

    fn skipped(&mut self, skipped: Skipped) {
        self.report.files_seen += u64::from(!disk::is_dir(&skipped.path).unwrap_or(false));
        self.faults.insert(skipped.path.clone());
        self.report
            .file(|| FileAudit::unread(&skipped.path, FileStatus::Skipped, 0).because(skipped.reason.name()));
        self.report.skipped.push(skipped.into());
    }

    fn unknown(&mut self, path: &Path) {
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let within = path.strip_prefix(&self.root.path).unwrap_or(path);
        self.kinds.entry(extension).or_default().add(corpus::key(within));
    }

    fn ignored(&mut self, path: &Path, why: &str) {
        self.report.files_ignored += 1;
        self.report
            .file(|| FileAudit::unread(path, FileStatus::Ignored, 0).because(why));
    }
}

/// The number of the root that a file key belongs to.
pub fn root_id(key: &str) -> Option<u32> {
    key.split_once('/')?.0.parse().ok()
}

/// Adds the paths to the roots, gives them their globs, and says what is to be compared.
pub fn scopes(payload: &mut Payload, options: &SyncOptions) -> Result<Vec<Scope>> {
    // A bad glob or column is reported before anything is done.
    columns(&options.columns)?;
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
        let path = full(path)?;
        match payload.roots.iter_mut().find(|root| path.starts_with(&root.path)) {
            Some(root) => scopes.push(within_root(root, path, options)?),
            None => {
                // A root that the new one contains would give its files twice.
                payload.roots.retain(|root| !root.path.starts_with(&path));
                scopes.retain(|scope| !scope.root.path.starts_with(&path));
                scopes.push(new_root(payload, path, options));
            }
        }
    }
    Ok(apart(scopes))
}

/// A path in a root as a scope. Globs are the root's: with new ones all of it is compared.
fn within_root(root: &mut Root, path: PathBuf, options: &SyncOptions) -> Result<Scope> {
    add_export(root, &path)?;
    let path = if give_globs(root, options) {
        root.path.clone()
    } else {
        path
    };
    Ok(Scope {
        root: root.clone(),
        path,
    })
}

/// Adds a root, and gives the whole of it as a scope.
fn new_root(payload: &mut Payload, path: PathBuf, options: &SyncOptions) -> Scope {
    let mut root = Root {
        id: payload.next_root,
        path,
        include: Vec::new(),
        exclude: Vec::new(),
        columns: Vec::new(),
        mounts: Vec::new(),
        follow_links: Some(Links::Inside),
        exports: Vec::new(),
    };
    give_globs(&mut root, options);
    payload.next_root += 1;
    let scope = Scope::whole(&root);
    payload.roots.push(root);
    scope
}

/// A path without links; of what isn't there, as it is. Where the system doesn't say which of the two it is,
/// a root would be taken for another one and its files be indexed twice.
fn full(path: &Path) -> Result<PathBuf> {
    match disk::raw::real(path) {
        Err(error) if disk::is_absence(&error) => std::path::absolute(path),
        full => full,
    }
    .map_err(Error::io(path))
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

/// Sets the globs, columns and links of a root, if there are any to set, and says whether they are others than
/// before.
fn give_globs(root: &mut Root, options: &SyncOptions) -> bool {
    let before = root.clone();
    if !options.include.is_empty() {
        root.include = without_blanks(&options.include);
    }
    if !options.exclude.is_empty() {
        root.exclude = without_blanks(&options.exclude);
    }
    if !options.columns.is_empty() {
        root.columns = without_blanks(&options.columns);
    }
    root.follow_links = options.follow_links.or(root.follow_links);
    before != *root
}

/// Notes an export of griot's own that was named, so that it is read in every run.
fn add_export(root: &mut Root, path: &Path) -> Result<()> {
    let key = path.strip_prefix(&root.path).map(corpus::key).unwrap_or_default();
    if corpus::is_supported(path)
        && disk::is_file(path)?
        && !root.exports.contains(&key)
        && corpus::is_own_export(path)?
    {
        root.exports.push(key);
        root.exports.sort();
    }
    Ok(())
}

/// Which column or key of records is which field, by `field=column` pairs.
fn columns(pairs: &[String]) -> Result<corpus::Columns> {
    let pairs = pairs
        .iter()
        .map(String::as_str)
        .filter(|pair| !pair.trim().is_empty());
    corpus::Columns::parse(pairs).map_err(|message| Error::BadColumn { message })
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
/// [`Error::NotARoot`], and when the path can't be resolved.
pub fn forget(payload: &mut Payload, path: &Path) -> Result<()> {
    let absolute = full(path)?;
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
