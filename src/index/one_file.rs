//! Reading one file into the index: its articles, then its state. A file that can't be read, be it from its
//! middle on, keeps its former version; one that was only touched keeps its articles.

use super::analysis::Job;
use super::audit::{FileAudit, FileStatus};
use super::content;
use super::document;
use super::duplicates::Duplicates;
use super::fields::Fields;
use super::hash::hash64;
use super::known_records::{Record, records_of};
use super::origin::{MEMBERS, Origin, RecordNumber, default_id, own_id};
use super::pool::Pool;
use super::postings;
use super::queue::Writer;
use super::report::{Report, SkippedFile};
use super::source_file::{self, SourceFile};
use super::state::{SourceState, UNSURE};
use super::unread::Shortfall;
use crate::article::Article;
use crate::corpus::{self, FoundFile, Reading, SkipReason, Skipped};
use crate::disk::Version;
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use tantivy::Searcher;
use tantivy::schema::Term;

/// A file this young may be edited again within one tick of the file system's clock.
const RACY_NS: i64 = 2_000_000_000;

/// Ids seen in a run; those seen before, in the run or in the index, may be claimed twice.
#[derive(Default)]
pub struct IdsOfRun {
    seen: FxHashSet<u64>,
    pub doubtful: FxHashSet<String>,
}

impl IdsOfRun {
    fn see(&mut self, id: String, indexed: impl Fn(&str) -> bool) {
        if !self.seen.insert(hash64(id.as_bytes())) || indexed(&id) {
            self.doubtful.insert(id);
        }
    }
}

/// A file to be read.
pub struct OneFile<'a> {
    pub found: &'a FoundFile,
    pub key: &'a str,
    /// Its state at the last commit of the generation that is written.
    pub known: Option<SourceState>,
    /// An index has a version of it that stays if it can't be read: that of the last commit, or the generation
    /// before.
    pub former: Option<SourceState>,
    /// It changed while it was read before, in this run: what that gave is replaced whole.
    pub again: bool,
    /// Set when the run is to end.
    pub stop: &'a AtomicBool,
}

/// Where articles go.
pub struct Target<'a, 'scope> {
    pub fields: &'a Fields,
    /// What readers need to know of the lexicons.
    pub options: &'a corpus::Options,
    pub writer: &'a Writer,
    pub pool: &'a Pool<'scope>,
    /// The articles of the last commit.
    pub before: &'a Searcher,
    pub ids: &'a mut IdsOfRun,
    pub duplicates: &'a mut Duplicates,
}

impl Target<'_, '_> {
    /// Hands an article over, or adds the document of a copy.
    fn add(&mut self, job: Job) -> Result<()> {
        let Job {
            content, content_key, ..
        } = job;
        if !self
            .duplicates
            .add(self.before, self.fields, content_key, job.origin.clone(), content)?
        {
            return self.pool.add(job);
        }
        let copy = document::copy(self.fields, &job.origin, content, content_key)?;
        self.pool.add_document(copy)
    }

    /// Notes and deletes all that the file with this key has given, in the last commit and since.
    pub fn remove_file(&mut self, key: &str) -> Result<()> {
        let file = Term::from_field_text(self.fields.file, key);
        postings::delete(self.writer, self.before, file)?;
        let old = records_of(self.before, self.fields, key)?;
        self.duplicates
            .remove_file(key, old.values().map(|record| record.content_key));
        Ok(())
    }
}

/// What became of it.
pub enum Outcome {
    Read {
        articles: u64,
        is_new: bool,
        hash: u64,
    },
    /// Nothing had to be done.
    Same,
    /// Its former version stays, if there is one: nothing was handed over.
    Unreadable,
    /// Reading it failed, or the run was stopped, after something was handed over or deleted: that is to be
    /// taken back, and its former version kept.
    Failed,
    /// It changed while it was read: to be read again when the others are done.
    Unsettled,
}

/// Articles of a file, counted.
#[derive(Default)]
struct Counts {
    new: u64,
    changed: u64,
    unchanged: u64,
}

impl OneFile<'_> {
    /// Reads the file and hands its new and changed articles over, followed by its state.
    ///
    /// # Errors
    /// When the workers have stopped, and what a damaged index gives.
    pub fn read(&self, target: &mut Target<'_, '_>, report: &mut Report) -> Result<Outcome> {
        let (mut source, state) = match self.look() {
            Ok(looked) => looked,
            Err(error) => {
                if !self.is_stopped() {
                    self.unreadable(SkipReason::Unreadable, &error.to_string(), report);
                }
                return Ok(if self.again {
                    Outcome::Failed
                } else {
                    Outcome::Unreadable
                });
            }
        };
        let is_same = |known: &SourceState| known.hash == state.hash && known.size == state.size;
        if let Some(known) = self.known.filter(|known| is_same(known) && !self.again) {
            self.touched(known, state, target, report)?;
            return Ok(Outcome::Same);
        }
        let mut step = self.begin(target, report.files.is_some())?;
        let result = self.records(&mut source, &mut step);
        if let Some(error) = step.stopped.take() {
            return Err(error);
        }
        if self.is_stopped() {
            // Perhaps in the middle of it. It is read by the next run.
            step.target.duplicates.remove_file(self.key, []);
            return Ok(Outcome::Failed);
        }
        let changed = match (source.take_error(), source.has_changed()) {
            (None, Ok(changed)) => changed,
            (Some(error), _) | (None, Err(error)) => {
                // Nothing may rely on what is to be taken back.
                step.target.duplicates.remove_file(self.key, []);
                self.unreadable(SkipReason::Unreadable, &error.to_string(), report);
                return Ok(Outcome::Failed);
            }
        };
        if let Some((reason, detail)) = step.gave_nothing_for_now()
            && self.former.is_some_and(|former| former.records > 0)
        {
            step.target.duplicates.remove_file(self.key, []);
            self.unreadable(reason, &detail, report);
            return Ok(Outcome::Failed);
        }
        if changed && !self.again {
            // Nothing may rely on what is to be replaced.
            step.target.duplicates.remove_file(self.key, []);
            return Ok(Outcome::Unsettled);
        }
        step.finish(result, state, changed, report)
    }

    /// Whether the run is to end, be it in the middle of the file.
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Opens the file; gives it, and its state as it is now, without the number of records.
    fn look(&self) -> io::Result<(SourceFile<'_>, SourceState)> {
        let mut source = SourceFile::open(&self.found.path)?.until(self.stop);
        let hash = source_file::content(self.found, source.hash()?);
        let (size, version) = (source.size, source.version);
        let found = FoundFile {
            version,
            ..self.found.clone()
        };
        let stamp = if is_young(version) { UNSURE } else { found.stamp() };
        let state = SourceState {
            size,
            stamp,
            hash,
            records: 0,
        };
        Ok((source, state))
    }

    /// Touched only: the articles stay, the state is brought up to date. A state that would say the same (the
    /// file is still too young to trust its time) is left as it is.
    fn touched(
        &self,
        known: SourceState,
        state: SourceState,
        target: &mut Target<'_, '_>,
        report: &mut Report,
    ) -> Result<()> {
        let records = known.records;
        report.files_unchanged += 1;
        if known.stamp != state.stamp {
            let state = SourceState { records, ..state };
            let src_key = Term::from_field_text(target.fields.src_key, self.key);
            postings::delete(target.writer, target.before, src_key)?;
            target
                .pool
                .add_document(document::source(target.fields, self.key, &state))?;
        }
        report.file(|| {
            FileAudit::unread(&self.found.path, FileStatus::Unchanged, records)
                .recounted(self.found, target.options)
        });
        Ok(())
    }

    /// Deletes the former state, or, when the file is read again, all that it has given.
    fn begin<'s, 't, 'scope>(
        &'s self,
        target: &'s mut Target<'t, 'scope>,
        auditing: bool,
    ) -> Result<RecordStep<'s, 't, 'scope>> {
        let old = match self.known {
            Some(_) => records_of(target.before, target.fields, self.key)?,
            None => FxHashMap::default(),
        };
        if self.again {
            // What was handed over has reached the writer by now.
            target.remove_file(self.key)?;
        } else if self.known.is_some() {
            let src_key = Term::from_field_text(target.fields.src_key, self.key);
            postings::delete(target.writer, target.before, src_key)?;
        }
        Ok(RecordStep {
            file: self,
            target,
            file_key: self.key.into(),
            auditing,
            audit: FileAudit::unread(&self.found.path, FileStatus::New, 0),
            old,
            claims: FxHashMap::default(),
            records: 0,
            counts: Counts::default(),
            faults: Vec::new(),
            warnings: Vec::new(),
            ignored: 0,
            own: 0,
            for_now: None,
            stopped: None,
        })
    }

    /// Takes one record after the other.
    fn records(
        &self,
        source: &mut SourceFile<'_>,
        step: &mut RecordStep<'_, '_, '_>,
    ) -> Result<corpus::FileSummary> {
        let (options, length) = (step.target.options, source.size);
        let mut sink = |reading| step.take(reading);
        // Readers are tested not to panic, but they call parsers of others: one file must not stop the run.
        let reading = std::panic::AssertUnwindSafe(|| {
            corpus::read_open(self.found, source, length, options, &mut sink)
        });
        std::panic::catch_unwind(reading).unwrap_or_else(|_| {
            Err(Error::Damaged(
                "its reader failed on it; please report this file".into(),
            ))
        })
    }

    fn unreadable(&self, reason: SkipReason, detail: &str, report: &mut Report) {
        let articles = self.former.map_or(0, |former| former.records);
        let reasons = [reason.name().to_string()];
        let shortfall = Shortfall::of(articles, None, &reasons, Some(detail));
        report.shortfalls.push((self.key.to_string(), shortfall));
        let (status, articles) = self.former.map_or((FileStatus::Skipped, 0), |former| {
            (FileStatus::Kept, former.records)
        });
        report.file(|| FileAudit::unread(&self.found.path, status, articles).because(reason.name()));
        let kept = if self.former.is_some() {
            "; its former version stays in the index"
        } else {
            ""
        };
        report
            .skipped
            .push(skipped(&self.found.path, reason, format!("{detail}{kept}")).into());
    }
}

/// Records of one file, one after the other: what is new or changed is handed over.
struct RecordStep<'s, 't, 'scope> {
    file: &'s OneFile<'s>,
    target: &'s mut Target<'t, 'scope>,
    file_key: Arc<str>,
    auditing: bool,
    audit: FileAudit,
    /// Articles of the last commit that the file hasn't given again so far, by their `record_key`.
    old: FxHashMap<u64, Record>,
    /// How many records had an id of their own so far, by its hash.
    claims: FxHashMap<u64, usize>,
    records: u64,
    counts: Counts,
    faults: Vec<SkippedFile>,
    warnings: Vec<SkippedFile>,
    ignored: u64,
    /// Of these, what griot itself has written.
    own: u64,
    /// Why something of it was skipped that another run may read.
    for_now: Option<(SkipReason, String)>,
    /// Why nothing more can be handed over.
    stopped: Option<Error>,
}

impl RecordStep<'_, '_, '_> {
    fn take(&mut self, reading: Reading) -> ControlFlow<()> {
        if self.file.is_stopped() {
            return ControlFlow::Break(());
        }
        match reading {
            Reading::Article {
                number,
                container,
                inner,
                mut article,
            } => {
                if self.auditing {
                    self.audit.metadata.count(&article);
                }
                let number = if container { number } else { 0 };
                let record = self.number(&mut article, number, inner);
                if let Err(error) = self.article(*article, record) {
                    self.stopped = Some(error);
                    return ControlFlow::Break(());
                }
            }
            Reading::Skipped(skipped) => {
                self.audit.skip(skipped.reason);
                self.own += u64::from(skipped.reason == SkipReason::OwnExport);
                if skipped.reason.may_pass() {
                    self.for_now
                        .get_or_insert_with(|| (skipped.reason, skipped.detail.clone()));
                }
                match skipped.reason.is_fault() {
                    true => self.faults.push(SkippedFile::from(skipped)),
                    false => self.ignored += 1,
                }
            }
            Reading::Warning(warning) => self.warnings.push(SkippedFile::from(warning)),
        }
        ControlFlow::Continue(())
    }

    /// Why it gave no article, if another run may get some from the same bytes.
    fn gave_nothing_for_now(&self) -> Option<(SkipReason, String)> {
        self.for_now.clone().filter(|_| self.records == 0)
    }

    /// The number under which a record is indexed; see [`RecordNumber`].
    fn number(&mut self, article: &mut Article, number: usize, inner: Option<String>) -> RecordNumber {
        match (inner, own_id(article)) {
            // The id names the member; the number, by which the file's articles are ordered and distinguished,
            // counts through all members, beyond those of the file's own records (a mailbox with attachments
            // has both).
            (Some(inner), own) => {
                if own.is_none() {
                    let member = format!("{}/{inner}", self.file.key);
                    article.id = Some(default_id(&member, number));
                }
                MEMBERS + self.records as usize
            }
            // A record without an id may have that one, by its number.
            (None, Some(id)) => match count_up(&mut self.claims, id) {
                before if default_id(self.file.key, before) == id => count_up(&mut self.claims, id),
                before => before,
            },
            (None, None) => number,
        }
    }

    /// Hands an article over, unless the last commit has it as it is.
    fn article(&mut self, article: Article, record: RecordNumber) -> Result<()> {
        let again = self.file.again;
        let origin = Origin::of(&article, Arc::clone(&self.file_key), record);
        let (content, content_key) = content::hashes(&article, &origin)?;
        let key = origin.key();
        self.records += 1;
        let before = self.old.remove(&key);
        match before {
            Some(before) if before.content == content => {
                self.counts.unchanged += 1;
                if !again {
                    return Ok(());
                }
            }
            Some(_) => self.counts.changed += 1,
            None => self.counts.new += 1,
        }
        if let Some(before) = before.filter(|_| !again) {
            self.remove(key, before)?;
        }
        self.see(origin.id(), before.is_some());
        self.target.add(Job {
            article,
            origin,
            content,
            content_key,
            also: Vec::new(),
        })
    }

    /// Notes an id, and whether an article of the index has it that is not the one of this record.
    fn see(&mut self, id: String, is_known: bool) {
        let (searcher, field) = (self.target.before, self.target.fields.id);
        self.target.ids.see(id, |id| {
            searcher
                .doc_freq(&Term::from_field_text(field, id))
                .is_ok_and(|n| n > u64::from(is_known))
        });
    }

    fn remove(&mut self, record_key: u64, record: Record) -> Result<()> {
        let target = &mut *self.target;
        let term = Term::from_field_u64(target.fields.record_key, record_key);
        postings::delete(target.writer, target.before, term)?;
        target.duplicates.remove(record_key, record.content_key);
        Ok(())
    }

    /// Deletes the articles that the file no longer has, and adds its state.
    fn finish(
        mut self,
        result: Result<corpus::FileSummary>,
        state: SourceState,
        changed: bool,
        report: &mut Report,
    ) -> Result<Outcome> {
        let file = self.file;
        let mut state = SourceState {
            records: self.records,
            ..state
        };
        self.audit
            .finish(file.known.is_some(), state.records, result.as_ref().ok());
        let (summary, failure) = match result {
            Ok(summary) => (Some(summary), None),
            Err(error) => (None, Some(error)),
        };
        if let Some(error) = failure {
            self.audit.skip(SkipReason::Unreadable);
            self.audit.skipped += 1;
            let fault = skipped(&file.found.path, SkipReason::Unreadable, error.to_string());
            self.faults.push(fault.into());
        }
        self.shortfall(summary.as_ref(), report);
        let old = std::mem::take(&mut self.old);
        for (record_key, record) in old.iter().filter(|_| !file.again) {
            self.remove(*record_key, *record)?;
        }
        let hash = state.hash;
        if changed || self.for_now.is_some() {
            state = state.to_be_read_again();
        }
        if changed {
            let reported = "it changed twice while it was read; it is read again at the next run";
            self.warnings
                .push(skipped(&file.found.path, SkipReason::ChangedWhileRead, reported.into()).into());
        }
        self.target
            .pool
            .add_document(document::source(self.target.fields, file.key, &state))?;
        report.articles_removed += old.len() as u64;
        let articles = self.counts.new + self.counts.changed;
        self.report(report);
        Ok(Outcome::Read {
            articles,
            is_new: file.known.is_none(),
            hash,
        })
    }

    /// Notes what is missing of the file.
    fn shortfall(&self, summary: Option<&corpus::FileSummary>, report: &mut Report) {
        let detail = self.faults.first().map(|fault| fault.detail.as_str());
        let shortfall = Shortfall::of(self.records, summary, &self.audit.reasons, detail);
        let shortfall =
            shortfall.or_else(|| (self.own > 0).then(|| Shortfall::own_export(self.records, self.own)));
        report.shortfalls.push((self.file.key.to_string(), shortfall));
    }

    /// Adds to the report what became of the file and its records.
    fn report(self, report: &mut Report) {
        let (counts, audit) = (self.counts, self.audit);
        report.file(|| audit);
        report.skipped.extend(self.faults);
        report.warnings.extend(self.warnings);
        // However many records one has.
        report.files_ignored += self.ignored - self.own + u64::from(self.own > 0);
        if self.own > 0 {
            report
                .own_exports
                .push(self.file.found.path.display().to_string());
        }
        report.articles_new += counts.new;
        report.articles_changed += counts.changed;
        match self.file.known {
            None => report.files_new += 1,
            Some(known) => {
                report.files_changed += 1;
                // All of a known file's articles were counted as unchanged.
                report.articles_unchanged =
                    report.articles_unchanged.saturating_sub(known.records) + counts.unchanged;
            }
        }
    }
}

/// How often this was called for `id` before.
fn count_up(claims: &mut FxHashMap<u64, usize>, id: &str) -> usize {
    let claims = claims.entry(hash64(id.as_bytes())).or_default();
    *claims += 1;
    *claims - 1
}

fn skipped(path: &Path, reason: SkipReason, detail: String) -> Skipped {
    Skipped {
        path: path.to_path_buf(),
        line: None,
        record: None,
        reason,
        detail,
    }
}

/// Whether a version is so new that a later edit could share its times.
fn is_young(version: Version) -> bool {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos() as i64);
    now - version.latest_ns() < RACY_NS
}
