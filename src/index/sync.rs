//! Keeping the index in step: compare the corpus with the state at the last commit, apply the difference.

use super::audit::{self as files_audit, FileAudit, FileStatus};
use super::carry::Carry;
use super::compare::{Plan, Scope, compare, forget, root_id, scopes};
use super::copies::{self, Places};
use super::corrections::Corrections;
use super::directory::check_ends;
use super::layout::{Patience, Place, WriterLock};
use super::one_file::{IdsOfRun, OneFile, Outcome, Target, records_of};
use super::queue::{Queue, Writer};
use super::renewal::{reading, renewal};
use super::report::{Progress, Report, SkippedFile, audit, notice};
use super::state::{self, SourceState};
use super::writer::{self, Analysis, Budget, Pool, UnknownValues};
use super::{
    Fields, Opened, Payload, Reader, commit_copy, correct, document, fingerprint, ids, layout,
    open_generation,
};
use crate::corpus::{self, Found};
use crate::error::{Error, Result};
use crate::facets::Facets;
use crate::french::French;
use crate::query::variants;
use crate::schema::Lexicons;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tantivy::Index;
use tantivy::schema::Term;

/// What `griot index` was asked for.
#[derive(Debug, Clone)]
pub struct SyncOptions {
    /// Roots, or parts of them, to bring up to date; all that the index remembers when empty.
    pub paths: Vec<PathBuf>,
    /// Instead: places in known roots where something may have changed.
    pub parts: Vec<PathBuf>,
    /// Roots to drop with their articles.
    pub forget: Vec<PathBuf>,
    /// New globs for the roots: only files that one takes. An empty one takes the former ones away.
    pub include: Vec<String>,
    /// New globs for the roots: no files that one takes.
    pub exclude: Vec<String>,
    /// New columns for the roots, as `field=column`: which column or key of records is which field. An empty
    /// one takes the former ones away.
    pub columns: Vec<String>,
    pub schema_dir: Option<PathBuf>,
    pub threads: usize,
    /// Bytes for the whole run, about: see [`super::writer::Budget`].
    pub memory: usize,
    /// Build the index anew from the files.
    pub rebuild: bool,
    /// A root that has become empty removes its articles.
    pub allow_empty: bool,
    /// Compare the content of every file, whatever its size and time say.
    pub checksum: bool,
    /// The report lists every file.
    pub audit: bool,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// What others are told that this writer does.
    pub purpose: &'static str,
    /// Set from outside to end early with what was done committed.
    pub stop: Arc<AtomicBool>,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            parts: Vec::new(),
            forget: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            columns: Vec::new(),
            schema_dir: None,
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            memory: 256 << 20,
            rebuild: false,
            allow_empty: false,
            checksum: false,
            audit: false,
            wait: Duration::ZERO,
            purpose: "griot index",
            stop: Arc::default(),
        }
    }
}

/// Documents between two commits of a long run, so that a killed one goes on from there.
const COMMIT_EVERY: u64 = 200_000;

/// What a process that syncs again and again needn't read each time.
#[derive(Default)]
pub struct Kept {
    /// Fingerprint, and what was read from those lexicons.
    analysis: Option<(String, Arc<French>, Arc<Facets>)>,
}

/// Brings the index at `place` in step with the corpus, making it if it is absent.
///
/// # Errors
/// [`Error::Locked`], [`Error::NoSuchPath`] for a path that is neither there nor a known root,
/// [`Error::NoRoots`], and what the file system or tantivy say; the last commit stays searchable whatever
/// happens.
pub fn sync(place: &Place, options: &SyncOptions, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
    sync_keeping(place, options, &mut Kept::default(), progress)
}

/// The same for a process that does it again and again.
///
/// # Errors
/// As [`sync`].
pub fn sync_keeping(
    place: &Place,
    options: &SyncOptions,
    kept: &mut Kept,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report> {
    let started = Instant::now();
    for path in &options.paths {
        let known = place.exists() && known_root(place, path);
        if !known && !path.try_exists().map_err(Error::io(path))? {
            return Err(Error::NoSuchPath { path: path.clone() });
        }
    }
    if !place.exists() && options.paths.is_empty() {
        return Err(Error::NoIndex {
            looked: place.dir.display().to_string(),
        });
    }
    let mut report = Report {
        files: options.audit.then(Vec::new),
        ..Report::default()
    };
    let stopped = || options.stop.load(Ordering::Relaxed);
    if last_finished(place)?.is_none() {
        place.create()?;
    }
    let lock = place.lock(
        options.purpose,
        Patience {
            wait: options.wait,
            stopped: &stopped,
            tell: &mut |text| progress(Progress::Notice(text)),
        },
    )?;
    mend_current(place, &mut report, progress)?;
    if place.exists() {
        // What a killed rebuild left: its space may be what this run needs.
        place.remove_old_generations()?;
    }
    let mut run = Run::prepare(place, options, lock, kept, &mut report, progress)?;
    run.apply(options, &mut report, progress)
        .map_err(|error| writer::cause(error, place))?;
    run.finish(kept, &mut report, progress)?;
    report.files.iter_mut().for_each(files_audit::by_path);
    report.took_ms = started.elapsed().as_millis() as u64;
    Ok(report)
}

/// Where nothing says any more which generation is in use, the newest that was ever finished.
fn last_finished(place: &Place) -> Result<Option<(u64, PathBuf)>> {
    if !matches!(place.current(), Err(Error::NotAnIndex { .. })) {
        return Ok(None);
    }
    let generations = place.generations()?.into_iter();
    Ok(generations
        .filter(|(_, path)| commit_copy::read(path).is_some())
        .max())
}

/// Puts in order, under the writer's lock, what leads to the last commit.
fn mend_current(place: &Place, report: &mut Report, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    if let Some((number, generation)) = last_finished(place)? {
        place.swap_in(&generation)?;
        notice(
            report,
            progress,
            format!(
                "{}: CURRENT was damaged; generation {number} is in use again",
                place.dir.display()
            ),
        );
    }
    if let Ok(generation) = place.current()
        && commit_copy::complete_managed(&generation)?
    {
        notice(
            report,
            progress,
            format!(
                "{}: .managed.json was damaged; it was written anew",
                place.dir.display()
            ),
        );
    }
    Ok(())
}

fn known_root(place: &Place, path: &Path) -> bool {
    Opened::any(place).is_ok_and(|o| std::path::absolute(path).is_ok_and(|p| o.payload.root_of(&p).is_some()))
}

/// One run on one generation.
struct Run<'p> {
    place: &'p Place,
    generation: PathBuf,
    /// The generation in use, when another is being built.
    old: Option<Opened>,
    index: Index,
    lexicons: Lexicons,
    french: Arc<French>,
    fields: Fields,
    payload: Payload,
    corrections: Corrections,
    /// What the last commit says of itself, if it is of this generation.
    committed: Option<Payload>,
    states: FxHashMap<String, SourceState>,
    scopes: Vec<Scope>,
    /// Roots whose files are read into a new generation; those of the others are carried over from the old
    /// one.
    from_files: BTreeSet<u32>,
    /// Ids whose uniqueness must be looked at after the commit.
    ids: IdsOfRun,
    /// Being read in the background from the first file on that is to be indexed.
    facets: Option<std::thread::JoinHandle<Result<Facets>>>,
    ready: Option<Arc<Facets>>,
    budget: Budget,
    /// Articles have got or lost places that corrections name.
    mend: bool,
    _lock: WriterLock,
}

impl<'p> Run<'p> {
    fn prepare(
        place: &'p Place,
        options: &SyncOptions,
        lock: WriterLock,
        kept: &Kept,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        let mut opened = Opened::any(place);
        let is_damaged = match &opened {
            Ok(opened) => commit_copy::is_altered(&opened.generation),
            Err(error) => matches!(error, Error::NoCommit { .. }),
        };
        if is_damaged && commit_copy::put_back(&place.current()?)? {
            notice(
                report,
                progress,
                format!(
                    "{}: meta.json was damaged; the copy of it was put back",
                    place.dir.display()
                ),
            );
            opened = Opened::any(place);
        }
        let old = match opened {
            Ok(old) => Some(old),
            Err(Error::NoIndex { .. }) => None,
            Err(error) if options.rebuild && !options.paths.is_empty() => {
                notice(report, progress, format!("{error}; building it anew"));
                None
            }
            Err(error) => return Err(error),
        };
        // What is damaged still says of which folders it was made.
        let damage = old
            .as_ref()
            .and_then(|old| check_ends(&old.index, &old.generation).err());
        let is_damaged = damage.is_some();
        match damage {
            Some(error) if options.rebuild => notice(
                report,
                progress,
                format!("{error}: building it anew from its files"),
            ),
            Some(error) => return Err(error),
            None => {}
        }
        let (lexicons, custom) = match (&options.schema_dir, &old) {
            (Some(dir), _) => (Lexicons::from_dir(dir)?, true),
            (None, Some(old)) if old.payload.custom_schema => {
                (Lexicons::from_dir(&old.generation.join(layout::SCHEMA))?, true)
            }
            _ => (Lexicons::embedded(), false),
        };
        let wanted = fingerprint(&lexicons);
        let mut payload = old
            .as_ref()
            .map_or_else(|| Payload::new(wanted.clone(), custom), |old| old.payload.clone());
        for path in &options.forget {
            forget(&mut payload, path)?;
        }
        let mut scopes = scopes(&mut payload, options)?;
        let renewal = old
            .as_ref()
            .map(|old| renewal(old, &lexicons, &wanted, options))
            .transpose()?
            .flatten();
        let fresh = old.is_none() || renewal.is_some();
        let mut from_files = BTreeSet::new();
        if let Some(renewal) = &renewal {
            let how = if renewal.from_files {
                "from its files"
            } else {
                "from the text that it holds"
            };
            if let Some(why) = renewal.why {
                notice(report, progress, format!("{why}: building the index anew {how}"));
            }
            if renewal.from_files {
                for root in &payload.roots {
                    if options.allow_empty || corpus::holds_files(&root.path) {
                        from_files.insert(root.id);
                        scopes.retain(|scope| scope.root.id != root.id);
                        scopes.push(Scope::whole(root));
                    } else if is_damaged {
                        return Err(Error::NoSuchPath {
                            path: root.path.clone(),
                        });
                    } else {
                        let told = "is missing or empty: its articles are built anew from the text that the index holds";
                        notice(report, progress, format!("{} {told}", root.path.display()));
                    }
                }
            }
        }
        report.rebuilt = renewal.is_some();
        let generation = match &old {
            Some(old) if !fresh => old.generation.clone(),
            _ => place.new_generation()?,
        };
        let (french, ready) = match &kept.analysis {
            Some((fingerprint, french, facets)) if *fingerprint == wanted => {
                (Arc::clone(french), Some(Arc::clone(facets)))
            }
            _ => (Arc::new(lexicons.french()?), None),
        };
        let (index, fields) = open_generation(&generation, &lexicons, &french)?;
        let committed = old.as_ref().filter(|_| !fresh).map(|old| old.payload.clone());
        if fresh {
            payload = Payload {
                roots: payload.roots,
                next_root: payload.next_root,
                ..Payload::new(wanted, custom)
            };
        }
        let corrections = Corrections::read(place)?;
        payload.corrections = corrections.fingerprint()?;
        let states = match &old {
            Some(old) if !fresh => state::read(&old.index.reader()?.searcher())?,
            _ => FxHashMap::default(),
        };
        let first = old.is_none();
        let mut run = Self {
            place,
            generation,
            old: old.filter(|_| fresh),
            index,
            lexicons,
            french,
            fields,
            payload,
            corrections,
            committed,
            states,
            scopes,
            from_files,
            ids: IdsOfRun::default(),
            facets: None,
            ready,
            budget: Budget::of(options.memory, options.threads),
            mend: false,
            _lock: lock,
        };
        if first {
            // From the first commit on, a killed run can go on where it was.
            let mut writer = writer::open(&run.index, Budget::of(0, 1))?;
            run.payload.commit(&mut writer, &run.generation)?;
            place.swap_in(&run.generation)?;
            run.committed = Some(run.payload.clone());
        }
        Ok(run)
    }

    fn apply(
        &mut self,
        options: &SyncOptions,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let stopped = || options.stop.load(Ordering::Relaxed);
        let mut work: Option<(Writer, Analysis)> = None;
        let old = self.old.take();
        if let Some(old) = &old {
            let (writer, analysis) = work.insert(self.begin()?);
            let kept: FxHashSet<u32> = self
                .payload
                .roots
                .iter()
                .map(|r| r.id)
                .filter(|id| !self.from_files.contains(id))
                .collect();
            let (threads, format) = (self.budget.threads, old.payload.format);
            let carry = Carry {
                analysis,
                writer,
                threads,
                format,
                stopped: &stopped,
            };
            if !kept.is_empty() {
                let mut places = self.places()?;
                self.states = carry.files(
                    &old.index,
                    &|key| root_id(key).is_some_and(|id| kept.contains(&id)),
                    &mut places,
                )?;
                // Articles of files that changed are looked up in the last commit.
                self.commit(writer, analysis, places)?;
            }
        }
        if self
            .committed
            .as_ref()
            .is_some_and(|committed| committed.corrections != self.payload.corrections)
        {
            let (writer, analysis) = work.insert(self.begin()?);
            let mended = correct::mend(&self.index.reader()?.searcher(), analysis, writer)?;
            notice(
                report,
                progress,
                format!("corrections.csv has changed: {mended} articles have other values"),
            );
            // Before anything else: articles of files that changed are looked up in the last commit.
            Payload {
                corrections: self.payload.corrections,
                ..self.committed.clone().unwrap_or_else(|| self.payload.clone())
            }
            .commit(writer, &self.generation)?;
        }
        let roots: FxHashSet<u32> = self.payload.roots.iter().map(|r| r.id).collect();
        let mut plan = Plan::default();
        plan.gone.extend(
            self.states
                .keys()
                .filter(|key| !root_id(key).is_some_and(|id| roots.contains(&id)))
                .cloned(),
        );
        let states = std::mem::take(&mut self.states);
        for scope in std::mem::take(&mut self.scopes) {
            compare(
                &scope,
                &states,
                options,
                &mut plan,
                &mut || self.start_reading_facets(),
                report,
                progress,
            )?;
        }
        report.articles_unchanged += states
            .iter()
            .filter(|(key, _)| !plan.gone.contains(*key))
            .map(|(_, s)| s.records)
            .sum::<u64>();
        self.states = states;
        progress(Progress::Found {
            files: plan.read.len() as u64,
            bytes: plan.read.iter().map(|(f, _)| f.size).sum(),
        });
        if !plan.is_empty() || old.is_some() || self.committed.as_ref() != Some(&self.payload) {
            let (writer, analysis) = match &mut work {
                Some(work) => work,
                none => none.insert(self.begin()?),
            };
            self.write(plan, old.as_ref(), writer, analysis, &stopped, report, progress)?;
        }
        if let Some((writer, analysis)) = work {
            // Without waiting, merges would be killed with the process and segments pile up.
            writer.wait_merging_threads()?;
            report.warnings.extend(analysis.unknown.into_sorted().into_iter().map(|(facet, value, articles, file)| SkippedFile {
                path: document::default_id(&file, 0),
                line: None,
                record: None,
                reason: "unknown_value".into(),
                detail: match articles {
                    1 => format!("{facet}: no lexicon knows “{value}”; kept as a value of its own"),
                    _ => format!("{facet}: no lexicon knows “{value}”; kept as a value of its own, in {articles} articles"),
                },
            }));
        }
        report.interrupted = stopped();
        Ok(())
    }

    /// Reading the facets' lexicons takes as long as walking 10,000 files: both at once, and only if there is
    /// something to derive.
    fn start_reading_facets(&mut self) {
        if self.facets.is_none() && self.ready.is_none() {
            let (lexicons, french) = (self.lexicons.clone(), Arc::clone(&self.french));
            self.facets = Some(std::thread::spawn(move || Facets::new(&lexicons, &french)));
        }
    }

    /// What is needed to write.
    fn begin(&mut self) -> Result<(Writer, Analysis)> {
        let writer = writer::open(&self.index, self.budget)?;
        let facets = match (
            self.ready.take(),
            self.facets.take().map(std::thread::JoinHandle::join),
        ) {
            (Some(facets), _) => facets,
            (None, Some(Ok(facets))) => Arc::new(facets?),
            _ => Arc::new(Facets::new(&self.lexicons, &self.french)?),
        };
        self.ready = Some(Arc::clone(&facets));
        self.keep_names(&facets)?;
        let (fields, french) = (self.fields.clone(), Arc::clone(&self.french));
        let (corrections, queue) = (self.corrections.clone(), Queue::new(self.budget.queue));
        Ok((
            writer,
            Analysis {
                fields,
                french,
                facets,
                corrections,
                queue,
                unknown: UnknownValues::default(),
            },
        ))
    }

    /// Keeps the names and their spellings with the generation, for searches.
    fn keep_names(&self, facets: &Facets) -> Result<()> {
        let path = self.generation.join(layout::NAMES);
        if path.exists() {
            return Ok(());
        }
        layout::write_whole(
            &path,
            variants::write(&super::names_of(facets, &self.french)).as_bytes(),
        )
    }

    #[allow(clippy::too_many_arguments)] // one call, and each is something else
    fn write(
        &mut self,
        mut plan: Plan,
        old: Option<&Opened>,
        writer: &mut Writer,
        analysis: &Analysis,
        stopped: &dyn Fn() -> bool,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let mut gone_hashes: FxHashMap<u64, usize> = FxHashMap::default();
        let mut places = self.places()?;
        let last = self.index.reader()?.searcher();
        for key in &plan.gone {
            let old = if places.any() {
                records_of(&last, &self.fields, key)?
            } else {
                FxHashMap::default()
            };
            places.remove_file(key, old.values().map(|record| record.same));
            writer.delete_term(Term::from_field_text(self.fields.file, key));
            let state = self.states.remove(key);
            report.files_removed += 1;
            report.articles_removed += state.map_or(0, |s| s.records);
            report.file(|| FileAudit::unread(&self.payload.path_of(key), FileStatus::Removed, 0));
            if let Some(state) = state {
                *gone_hashes.entry(state.hash).or_default() += 1;
            }
        }
        let mut unread: FxHashSet<String> = FxHashSet::default();
        let mut moved = |outcome: &Outcome, report: &mut Report| {
            if let Outcome::Read {
                is_new: true, hash, ..
            } = outcome
                && gone_hashes.get_mut(hash).is_some_and(take_one)
            {
                report.files_moved += 1;
            }
        };
        let options = reading(&self.lexicons)?;
        let mut files = std::mem::take(&mut plan.read).into_iter().peekable();
        while files.peek().is_some() && !stopped() {
            let mut added = 0;
            let mut again: Vec<(Found, String)> = Vec::new();
            self.with_pool(analysis, writer, &options, &mut places, |run, target| {
                while let Some((found, key)) = files.next_if(|_| added < COMMIT_EVERY && !stopped()) {
                    let one = OneFile {
                        found: &found,
                        key: &key,
                        known: run.states.get(&key).copied(),
                        again: false,
                    };
                    let outcome = one.read(target, report)?;
                    moved(&outcome, report);
                    let mut articles = 0;
                    match outcome {
                        Outcome::Read { articles: read, .. } => articles = read,
                        Outcome::Same => {}
                        Outcome::Unreadable => drop(unread.insert(key)),
                        Outcome::Unsettled => again.push((found.clone(), key)),
                    }
                    added += articles;
                    progress(Progress::Read {
                        bytes: found.size,
                        articles,
                    });
                }
                Ok(())
            })?;
            if !again.is_empty() {
                // Before the next commit: half of a file without its state would be nobody's.
                self.with_pool(analysis, writer, &options, &mut places, |run, target| {
                    for (found, key) in &again {
                        let one = OneFile {
                            found,
                            key,
                            known: run.states.get(key).copied(),
                            again: true,
                        };
                        moved(&one.read(target, report)?, report);
                    }
                    Ok(())
                })?;
            }
            if files.peek().is_some() {
                self.commit(writer, analysis, places)?;
                places = self.places()?;
            }
        }
        if let Some(old) = old.filter(|_| !unread.is_empty() || !plan.unseen.is_empty()) {
            // A file that can't be read keeps its former version in a new generation too.
            let kept = |key: &str| {
                root_id(key).is_some_and(|id| self.from_files.contains(&id))
                    && (unread.contains(key) || plan.may_be_there(key))
            };
            let (threads, format) = (self.budget.threads, old.payload.format);
            Carry {
                analysis,
                writer,
                threads,
                format,
                stopped,
            }
            .files(&old.index, &kept, &mut places)?;
        }
        progress(Progress::Committing);
        self.commit(writer, analysis, places)?;
        if std::mem::take(&mut self.mend) {
            // Corrections that name one place of an article hold for it at whichever place it is indexed.
            correct::mend(&self.index.reader()?.searcher(), analysis, writer)?;
            self.payload.commit(writer, &self.generation)?;
        }
        Ok(())
    }

    /// What is known of the places of articles, after a commit.
    fn places(&self) -> Result<Places> {
        Places::after(&self.index.reader()?.searcher(), &self.fields)
    }

    /// Commits articles, each with its copies.
    fn commit(&mut self, writer: &mut Writer, analysis: &Analysis, places: Places) -> Result<()> {
        self.mend |= places.settle(&self.index.reader()?.searcher(), analysis, writer)?;
        // Should the run end here, the next one finds that corrections are still to be applied.
        let corrections = if self.mend {
            !self.payload.corrections
        } else {
            self.payload.corrections
        };
        Payload {
            corrections,
            ..self.payload.clone()
        }
        .commit(writer, &self.generation)
    }

    /// Runs `work` with workers that analyse, and waits for them.
    fn with_pool(
        &mut self,
        analysis: &Analysis,
        writer: &Writer,
        options: &corpus::Options,
        places: &mut Places,
        work: impl FnOnce(&Self, &mut Target<'_, '_>) -> std::result::Result<(), ()>,
    ) -> Result<()> {
        let before = self.index.reader()?.searcher();
        let mut ids = std::mem::take(&mut self.ids);
        std::thread::scope(|scope| {
            let pool = Pool::start(scope, self.budget.threads, analysis, writer);
            let mut target = Target {
                fields: &self.fields,
                options,
                writer,
                pool: &pool,
                before: &before,
                ids: &mut ids,
                places,
            };
            let worked = work(self, &mut target);
            pool.finish()?;
            worked.map_err(|()| Error::Damaged("the writer has stopped".into()))
        })?;
        self.ids = ids;
        Ok(())
    }

    fn finish(self, kept: &mut Kept, report: &mut Report, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        if self.place.current().ok().as_ref() != Some(&self.generation) {
            if report.interrupted {
                notice(
                    report,
                    progress,
                    "interrupted: the index as it was before stays in use".into(),
                );
                report.rebuilt = false;
            } else {
                commit_copy::keep(&self.generation)?;
                self.place.swap_in(&self.generation)?;
            }
        } else {
            commit_copy::keep(&self.generation)?;
        }
        self.place.remove_old_generations()?;
        let reader = Reader::open(self.place)?;
        let searcher = reader.searcher();
        (report.articles, report.copies, report.without) = audit(&searcher, &reader.fields)?;
        if let Some(files) = report.files.as_mut().filter(|_| report.copies > 0) {
            let copies = copies::by_file(&searcher, &reader.fields)?;
            let by_path: FxHashMap<String, u64> = copies
                .into_iter()
                .map(|(key, n)| (reader.path_of(&key), n))
                .collect();
            files
                .iter_mut()
                .for_each(|file| file.copies = by_path.get(&file.path).copied().unwrap_or(0));
        }
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
        if report.rebuilt || report.articles_removed + report.files_removed > 0 {
            let orphans = correct::orphans(&reader, &searcher, &self.corrections)?;
            if let Some(first) = orphans.first() {
                let what = if orphans.len() == 1 {
                    "an article that is"
                } else {
                    "articles that are"
                };
                let cure =
                    "if it was moved or renamed, `griot correct` takes the decision under its new name";
                notice(
                    report,
                    progress,
                    format!(
                        "corrections.csv decides about {what} no longer there, for instance “{first}”; {cure}"
                    ),
                );
            }
        }
        if let Some(facets) = self.ready {
            kept.analysis = Some((self.payload.fingerprint, self.french, facets));
        }
        Ok(())
    }
}

fn take_one(count: &mut usize) -> bool {
    let some = *count > 0;
    *count -= usize::from(some);
    some
}
