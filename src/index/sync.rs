//! Keeping the index in step: compare the corpus with the state at the last commit, apply the difference.

use super::audit::{self as files_audit, FileAudit, FileStatus};
use super::corrections::Corrections;
use super::layout::{Place, WriterLock};
use super::one_file::{IdsOfRun, OneFile};
use super::report::{Progress, Report, SkippedFile, Without};
use super::state::{self, SourceState};
use super::writer::{self, Analysis, Pool, UnknownValue};
use super::{Fields, Payload, Reader, Root, document, fingerprint, ids, open_generation};
use crate::corpus::{self, Found, Walked};
use crate::error::{Error, Result};
use crate::facets::Facets;
use crate::french::French;
use crate::media::Media;
use crate::query::variants;
use crate::schema::{Derivation, Lexicons};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tantivy::schema::Term;
use tantivy::{Index, IndexWriter, Searcher};

/// What `griot index` was asked for.
#[derive(Debug, Clone)]
pub struct SyncOptions {
    /// Roots to bring up to date; all that the index remembers when empty.
    pub paths: Vec<PathBuf>,
    /// Roots to drop with their articles.
    pub forget: Vec<PathBuf>,
    pub schema_dir: Option<PathBuf>,
    pub threads: usize,
    /// Bytes, for tantivy's threads together.
    pub memory: usize,
    pub rebuild: bool,
    /// A root that has become empty removes its articles.
    pub allow_empty: bool,
    /// The report lists every file.
    pub audit: bool,
}

impl Default for SyncOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            paths: Vec::new(),
            forget: Vec::new(),
            schema_dir: None,
            threads,
            memory: 256 << 20,
            rebuild: false,
            allow_empty: false,
            audit: false,
        }
    }
}

/// Documents between two commits of a long run, so that a killed one goes on from there.
const COMMIT_EVERY: u64 = 200_000;

/// Brings the index at `place` in step with the corpus, making it if it is absent.
///
/// # Errors
/// [`Error::Locked`], [`Error::NoSuchPath`] for a path that is neither there nor a known root, [`Error::NoRoots`],
/// and what the file system or tantivy say; the last commit stays searchable whatever happens.
pub fn sync(place: &Place, options: &SyncOptions, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
    let started = Instant::now();
    for path in &options.paths {
        let known = place.exists() && known_root(place, path);
        if !known && !path.try_exists().map_err(Error::io(path))? {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    if !place.exists() && options.paths.is_empty() {
        return Err(Error::NoIndex { looked: place.dir.display().to_string() });
    }
    place.create()?;
    let lock = place.lock("griot index")?;
    let mut report = Report { files: options.audit.then(Vec::new), ..Report::default() };
    let mut run = Run::prepare(place, options, lock, &mut report, progress)?;
    run.apply(options, &mut report, progress).map_err(|error| cause(error, place))?;
    run.finish(&mut report, progress)?;
    report.files.iter_mut().for_each(files_audit::by_path);
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}

fn known_root(place: &Place, path: &Path) -> bool {
    Reader::open(place).is_ok_and(|r| std::path::absolute(path).is_ok_and(|p| r.payload.root_of(&p).is_some()))
}

/// One run on one generation.
struct Run<'p> {
    place: &'p Place,
    generation: PathBuf,
    /// The generation is a new one, to be swapped in at the end.
    fresh: bool,
    index: Index,
    lexicons: Lexicons,
    french: Arc<French>,
    fields: Fields,
    payload: Payload,
    states: FxHashMap<String, SourceState>,
    /// Roots, or parts of roots, to compare.
    scopes: Vec<Scope>,
    /// Ids whose uniqueness must be looked at after the commit.
    ids: IdsOfRun,
    /// Being read in the background from the first file on that is to be indexed.
    facets: Option<std::thread::JoinHandle<Result<Facets>>>,
    threads: usize,
    memory: usize,
    _lock: WriterLock,
}

/// What is compared: a root, or what lies in it under `path`.
struct Scope {
    root: Root,
    path: PathBuf,
}

impl<'p> Run<'p> {
    fn prepare(
        place: &'p Place,
        options: &SyncOptions,
        lock: WriterLock,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        let old = match Reader::open(place) {
            Ok(reader) => Some(reader),
            Err(Error::NoIndex { .. }) => None,
            Err(error) if options.rebuild && !options.paths.is_empty() => {
                notice(report, progress, format!("{error}; building it anew"));
                None
            }
            Err(error) => return Err(error),
        };
        let (lexicons, custom) = match (&options.schema_dir, &old) {
            (Some(dir), _) => (Lexicons::from_dir(dir)?, true),
            (None, Some(reader)) if reader.payload.custom_schema => (reader.lexicons.clone(), true),
            _ => (Lexicons::embedded(), false),
        };
        let wanted = fingerprint(&lexicons);
        let mut payload = old.as_ref().map_or_else(|| Payload::new(wanted.clone(), custom), |r| r.payload.clone());
        let outdated = old.as_ref().is_some_and(|r| r.payload.fingerprint != wanted);
        for path in &options.forget {
            forget(&mut payload, path)?;
        }
        let mut scopes = scopes(&mut payload, &options.paths)?;
        let mut fresh = old.is_none();
        if old.is_some() && (outdated || options.rebuild) {
            let missing: Vec<String> = payload.roots.iter().filter(|r| !r.path.exists()).map(|r| r.path.display().to_string()).collect();
            if missing.is_empty() {
                if outdated {
                    notice(report, progress, "the lexicons or the analysis have changed: building the index anew".into());
                }
                fresh = true;
                scopes = payload.roots.iter().map(|root| Scope { root: root.clone(), path: root.path.clone() }).collect();
            } else {
                let cure = "mount it and run `griot index` again, or drop it with --forget";
                notice(report, progress, format!("the index should be built anew, but {} is missing; {cure}", missing.join(", ")));
                if options.schema_dir.is_some() {
                    return Err(Error::NoSuchPath { path: missing[0].clone().into() });
                }
            }
        }
        report.rebuilt = fresh && old.is_some();
        // An outdated index that can't be rebuilt now goes on with the lexicons it was built with.
        let lexicons = match &old {
            Some(reader) if !fresh => reader.lexicons.clone(),
            _ => lexicons,
        };
        let generation = match &old {
            Some(reader) if !fresh => reader.generation.clone(),
            _ => place.new_generation()?,
        };
        let french = Arc::new(lexicons.french()?);
        let (index, fields) = open_generation(&generation, &lexicons, &french)?;
        if fresh {
            payload.fingerprint = wanted;
            payload.custom_schema = custom;
        }
        let states = match &old {
            Some(reader) if !fresh => state::read(&reader.searcher())?,
            _ => FxHashMap::default(),
        };
        let (ids, threads, memory) = (IdsOfRun::default(), options.threads, options.memory);
        let mut run = Self {
            place,
            generation,
            fresh,
            index,
            lexicons,
            french,
            fields,
            payload,
            states,
            scopes,
            ids,
            facets: None,
            threads,
            memory,
            _lock: lock,
        };
        if fresh && old.is_none() {
            // From the first commit on, a killed run can go on where it was.
            let mut writer = writer::open(&run.index, 1, run.memory)?;
            run.payload.commit(&mut writer, &run.generation)?;
            place.swap_in(&run.generation)?;
            run.fresh = false;
        }
        Ok(run)
    }

    fn apply(&mut self, options: &SyncOptions, report: &mut Report, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let mut writer: Option<IndexWriter> = None;
        let roots: FxHashSet<u32> = self.payload.roots.iter().map(|r| r.id).collect();
        let forgotten: Vec<String> =
            self.states.keys().filter(|key| !root_id(key).is_some_and(|id| roots.contains(&id))).cloned().collect();
        let mut plan = Plan { gone: forgotten.into(), ..Plan::default() };
        for scope in std::mem::take(&mut self.scopes) {
            self.compare(&scope, options, &mut plan, report, progress)?;
        }
        for state in self.states.iter().filter(|(key, _)| !plan.gone.contains_key(key)).map(|(_, s)| s) {
            report.articles_unchanged += state.records;
        }
        progress(Progress::Found { files: plan.read.len() as u64, bytes: plan.read.iter().map(|(f, _)| f.size).sum() });
        let payload_changed = Reader::open(self.place).map_or(true, |r| r.payload != self.payload);
        if !plan.is_empty() || payload_changed || self.fresh {
            let writer = match &mut writer {
                Some(writer) => writer,
                none => none.insert(writer::open(&self.index, self.threads, self.memory)?),
            };
            self.write(plan, writer, report, progress)?;
        }
        if let Some(writer) = writer {
            // Without waiting, merges would be killed with the process and segments pile up.
            writer.wait_merging_threads()?;
        }
        Ok(())
    }

    /// Sorts the files of a scope into new or changed, unchanged, and gone.
    fn compare(
        &mut self,
        scope: &Scope,
        options: &SyncOptions,
        plan: &mut Plan,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let root = &scope.root;
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut kept_folders: Vec<String> = Vec::new();
        let within = scope.path.strip_prefix(&root.path).ok().filter(|p| !p.as_os_str().is_empty()).map(PathBuf::from);
        let in_scope = |key: &str| root_id(key) == Some(root.id) && within.as_ref().is_none_or(|w| lies_in(key, w));
        if !root.path.exists() {
            let known = self.states.keys().filter(|key| in_scope(key)).count();
            notice(report, progress, format!("{} is missing (not mounted?): its {known} files stay in the index", root.path.display()));
            return Ok(());
        }
        for walked in corpus::walk(&root.path) {
            match walked {
                Walked::File(found) => {
                    let key = format!("{}/{}", root.id, found.key);
                    if !in_scope(&key) {
                        continue;
                    }
                    report.files_seen += 1;
                    let known = self.states.get(&key).copied();
                    seen.insert(key.clone());
                    match known {
                        Some(state) if state.size == found.size && state.mtime_ns == found.stamp() => {
                            report.files_unchanged += 1;
                            report.file(|| FileAudit::unread(&found.path, FileStatus::Unchanged, state.records));
                        }
                        _ => {
                            self.start_reading_facets();
                            plan.read.push((found, key));
                        }
                    }
                }
                Walked::Skipped(skipped) => {
                    // What can't be listed may still be there: its former version stays.
                    let relative = skipped.path.strip_prefix(&root.path).unwrap_or(&skipped.path);
                    kept_folders.push(format!("{}/{}", root.id, relative.to_string_lossy()));
                    report.file(|| FileAudit::unread(&skipped.path, FileStatus::Skipped, 0).because(skipped.reason.name()));
                    report.skipped.push(skipped.into());
                }
                Walked::Ignored { path, why } => {
                    report.files_ignored += 1;
                    report.file(|| FileAudit::unread(&path, FileStatus::Ignored, 0).because(why.name()));
                }
            }
        }
        let gone: Vec<&String> = self
            .states
            .keys()
            .filter(|key| in_scope(key) && !seen.contains(*key))
            .filter(|key| !kept_folders.iter().any(|folder| key.starts_with(folder.as_str())))
            .collect();
        if seen.is_empty() && !gone.is_empty() && within.is_none() && !options.allow_empty {
            let cure = "if that is meant, run `griot index --allow-empty`";
            notice(
                report,
                progress,
                format!("{} has become empty: its {} files stay in the index; {cure}", root.path.display(), gone.len()),
            );
            return Ok(());
        }
        plan.gone.extend(gone.into_iter().cloned());
        Ok(())
    }

    /// Reading the facets' lexicons takes as long as walking 10,000 files: both at once, and only if there is
    /// something to derive.
    fn start_reading_facets(&mut self) {
        if self.facets.is_none() {
            let (lexicons, french) = (self.lexicons.clone(), Arc::clone(&self.french));
            self.facets = Some(std::thread::spawn(move || Facets::new(&lexicons, &french)));
        }
    }

    /// Keeps the names and their spellings with the generation, for searches.
    fn keep_names(&self, facets: &Facets) -> Result<()> {
        let path = self.generation.join(super::layout::NAMES);
        if path.exists() {
            return Ok(());
        }
        let text = variants::write(&super::names_of(facets, &self.french));
        std::fs::write(&path, text).map_err(Error::io(&path))
    }

    fn write(&mut self, plan: Plan, writer: &mut IndexWriter, report: &mut Report, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        self.start_reading_facets();
        let facets = match self.facets.take().map(std::thread::JoinHandle::join) {
            Some(Ok(facets)) => facets?,
            _ => Facets::new(&self.lexicons, &self.french)?,
        };
        self.keep_names(&facets)?;
        let reading = corpus::Options {
            // A record's `language` is its language, whatever the facet is called; marks are for analysts to give.
            facets: self
                .fields
                .facets
                .iter()
                .filter(|(f, _)| !matches!(f.derive, Derivation::Language | Derivation::Marks))
                .map(|(f, _)| f.name.clone())
                .collect(),
            media: facets.media().map_or_else(Media::embedded, Arc::clone),
        };
        let analysis =
            Analysis { fields: self.fields.clone(), french: Arc::clone(&self.french), facets, corrections: Corrections::read(self.place)? };
        let unknown: Mutex<Vec<UnknownValue>> = Mutex::new(Vec::new());
        let before = self.index.reader()?.searcher();
        let mut gone_hashes: FxHashMap<u64, usize> = FxHashMap::default();
        for key in plan.gone.iter() {
            writer.delete_term(Term::from_field_text(self.fields.file, key));
            let state = self.states.remove(key);
            report.files_removed += 1;
            report.articles_removed += state.map_or(0, |s| s.records);
            report.file(|| FileAudit::unread(&self.payload.path_of(key), FileStatus::Removed, 0));
            if let Some(state) = state {
                *gone_hashes.entry(state.hash).or_default() += 1;
            }
        }
        let mut files = plan.read.into_iter().peekable();
        while files.peek().is_some() {
            let mut added = 0;
            std::thread::scope(|scope| -> Result<()> {
                let pool = Pool::start(scope, self.threads, &analysis, writer, &unknown);
                let mut failed = false;
                while let Some((found, key)) = files.next_if(|_| added < COMMIT_EVERY && !failed) {
                    let one = OneFile { found: &found, key: &key, known: self.states.get(&key).copied(), options: &reading };
                    match one.read(&self.fields, writer, &pool, &before, &mut self.ids, report) {
                        Ok(outcome) => {
                            added += outcome.articles;
                            if outcome.is_new && gone_hashes.get_mut(&outcome.hash).is_some_and(take_one) {
                                report.files_moved += 1;
                            }
                            progress(Progress::Read { bytes: found.size, articles: outcome.articles });
                        }
                        Err(()) => failed = true,
                    }
                }
                pool.finish()
            })?;
            if files.peek().is_some() {
                self.payload.commit(writer, &self.generation)?;
            }
        }
        progress(Progress::Committing);
        self.payload.commit(writer, &self.generation)?;
        let mut unknown = unknown.into_inner().unwrap_or_default();
        unknown.sort();
        report.warnings.extend(unknown.into_iter().map(|u| SkippedFile {
            path: document::default_id(&u.file_key, 0),
            line: None,
            record: None,
            reason: "unknown_value".into(),
            detail: format!("{}: no lexicon knows “{}”; kept as a value of its own", u.facet, u.value),
        }));
        Ok(())
    }

    fn finish(&mut self, report: &mut Report, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        if self.fresh {
            self.place.swap_in(&self.generation)?;
        }
        self.place.remove_old_generations()?;
        let reader = Reader::open(self.place)?;
        let searcher = reader.searcher();
        (report.articles, report.without) = audit(&searcher, &reader.fields)?;
        let mut shared: Vec<String> = Vec::new();
        for id in &self.ids.doubtful {
            if searcher.doc_freq(&Term::from_field_text(reader.fields.id, id))? > 1
                && ids::claimants(&searcher, &reader.fields, id)?.len() > 1
            {
                shared.push(id.clone());
            }
        }
        shared.sort();
        if let Some(first) = shared.first() {
            let message = format!(
                "{} ids are claimed by several articles, for instance “{first}”; all are kept, the later ones as “{first}~2” and so on",
                shared.len()
            );
            notice(report, progress, message);
        }
        Ok(())
    }
}

/// What is to be done.
#[derive(Default)]
struct Plan {
    read: Vec<(Found, String)>,
    gone: Gone,
}

/// Keys of files that are gone.
#[derive(Default)]
struct Gone(FxHashSet<String>);

impl Gone {
    fn extend(&mut self, keys: impl IntoIterator<Item = String>) {
        self.0.extend(keys);
    }
    fn contains_key(&self, key: &str) -> bool {
        self.0.contains(key)
    }
    fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }
}

impl From<Vec<String>> for Gone {
    fn from(keys: Vec<String>) -> Self {
        Self(keys.into_iter().collect())
    }
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.read.is_empty() && self.gone.0.is_empty()
    }
}

fn take_one(count: &mut usize) -> bool {
    let some = *count > 0;
    *count -= usize::from(some);
    some
}

/// tantivy says that a thread of its was killed, not why. A full disk, the usual reason, shows when one tries.
fn cause(error: Error, place: &Place) -> Error {
    use std::io::Write;
    if !matches!(error, Error::Index(_)) {
        return error;
    }
    let attempt = tempfile::tempfile_in(&place.dir).and_then(|mut file| {
        file.write_all(&vec![0; 4 << 20])?;
        file.sync_all()
    });
    match attempt {
        Ok(()) => error,
        Err(source) => Error::Io { path: place.dir.clone(), source },
    }
}

fn notice(report: &mut Report, progress: &mut dyn FnMut(Progress), message: String) {
    progress(Progress::Notice(&message));
    report.notices.push(message);
}

fn root_id(key: &str) -> Option<u32> {
    key.split_once('/')?.0.parse().ok()
}

fn lies_in(key: &str, within: &Path) -> bool {
    key.split_once('/').is_some_and(|(_, rest)| Path::new(rest).starts_with(within))
}

/// Articles in the index, and how many of them lack a date or a facet.
pub(crate) fn audit(searcher: &Searcher, fields: &Fields) -> Result<(u64, Without)> {
    let mut articles = 0;
    let mut without = Without::default();
    // No article needs a mark.
    let names: Vec<&str> = fields.facets.iter().filter(|(f, _)| f.derive != Derivation::Marks).map(|(f, _)| f.name.as_str()).collect();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let ties = fast.u64(super::fields::column::TIE)?;
        let dates = fast.i64(super::fields::column::DATE_FROM)?;
        let facets: Vec<_> = names.iter().map(|name| fast.str(name)).collect::<tantivy::Result<_>>()?;
        for doc in segment.doc_ids_alive().filter(|doc| ties.first(*doc).is_some()) {
            articles += 1;
            *without.0.entry("date".into()).or_default() += u64::from(dates.first(doc).is_none());
            for (name, column) in names.iter().zip(&facets) {
                let has = column.as_ref().is_some_and(|c| c.ords().first(doc).is_some());
                *without.0.entry((*name).to_string()).or_default() += u64::from(!has);
            }
        }
    }
    Ok((articles, without))
}

/// Adds the paths to the roots and says what is to be compared.
fn scopes(payload: &mut Payload, paths: &[PathBuf]) -> Result<Vec<Scope>> {
    if paths.is_empty() {
        if payload.roots.is_empty() {
            return Err(Error::NoRoots);
        }
        return Ok(payload.roots.iter().map(|root| Scope { root: root.clone(), path: root.path.clone() }).collect());
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for path in paths {
        let path = path.canonicalize().or_else(|_| std::path::absolute(path)).map_err(Error::io(path))?;
        let root = match payload.root_of(&path) {
            Some(root) => root.clone(),
            None => {
                // A root that the new one contains would give its files twice.
                payload.roots.retain(|root| !root.path.starts_with(&path));
                scopes.retain(|scope| !scope.root.path.starts_with(&path));
                let root = Root { id: payload.next_root, path: path.clone() };
                payload.next_root += 1;
                payload.roots.push(root.clone());
                root
            }
        };
        scopes.push(Scope { root, path });
    }
    Ok(scopes)
}

fn forget(payload: &mut Payload, path: &Path) -> Result<()> {
    let absolute = path.canonicalize().or_else(|_| std::path::absolute(path)).map_err(Error::io(path))?;
    let before = payload.roots.len();
    payload.roots.retain(|root| root.path != absolute);
    if payload.roots.len() == before { Err(Error::NotARoot { path: path.to_path_buf() }) } else { Ok(()) }
}
