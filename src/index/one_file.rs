//! Reading one file into the index: its articles, then its state. A file that can't be read keeps its former
//! version; one that was only touched keeps its articles.

use super::audit::{FileAudit, FileStatus};
use super::copies::{self, Places, Spot};
use super::document::{MEMBERS, hash64};
use super::fields::column;
use super::queue::Writer;
use super::report::{Report, SkippedFile};
use super::state::{SourceState, UNSURE};
use super::writer::{Job, Pool};
use super::{Fields, document};
use crate::corpus::{self, Found, Reading, SkipReason, Skipped};
use crate::error::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, Searcher, TERMINATED};

/// A file this young may be edited again within one tick of the file system's clock.
const RACY_NS: i64 = 2_000_000_000;

/// Ids met in a run; those that were met before, in the run or in the index, may be claimed twice.
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
    pub found: &'a Found,
    pub key: &'a str,
    pub known: Option<SourceState>,
    /// It changed while it was read before, in this run: what that gave is replaced whole.
    pub again: bool,
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
    pub places: &'a mut Places,
}

impl Target<'_, '_> {
    /// Hands an article over, or adds the document of a copy. `Err` when the workers have stopped.
    fn add(&mut self, job: Job, place: Spot) -> std::result::Result<(), ()> {
        let is_copy = self
            .places
            .add(self.before, self.fields, job.same, place.clone(), job.content)
            .map_err(|_| ())?;
        if !is_copy {
            return self.pool.add(job);
        }
        let doc = copies::document_of(self.fields, &place, job.content, job.same).map_err(|_| ())?;
        self.writer.add_document(doc.into()).map(drop).map_err(|_| ())
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
    /// Its former version stays, if there is one.
    Unreadable,
    /// It changed while it was read: to be read again when the others are done.
    Unsettled,
}

/// Articles of a file, counted.
#[derive(Default)]
struct Counts {
    new: u64,
    changed: u64,
    same: u64,
}

impl OneFile<'_> {
    /// Reads the file and hands its new and changed articles over, followed by its state. `Err` when the
    /// workers have stopped.
    pub fn read(&self, target: &mut Target<'_, '_>, report: &mut Report) -> std::result::Result<Outcome, ()> {
        let (fields, writer, options) = (target.fields, target.writer, target.options);
        let looked = self.look();
        let (size, mtime_ns, content) = match looked {
            Ok(looked) => looked,
            Err(error) => {
                if self.again {
                    // What the first reading gave has no state.
                    writer.delete_term(Term::from_field_text(fields.file, self.key));
                    let old = records_of(target.before, fields, self.key).map_err(|_| ())?;
                    target
                        .places
                        .remove_file(self.key, old.values().map(|record| record.same));
                }
                self.unreadable(&error.to_string(), report);
                return Ok(Outcome::Unreadable);
            }
        };
        let stamp = if is_young(mtime_ns) {
            UNSURE
        } else {
            Found {
                mtime_ns,
                ..self.found.clone()
            }
            .stamp()
        };
        let mut state = SourceState {
            size,
            mtime_ns: stamp,
            hash: content,
            records: 0,
        };
        if let Some(known) = self
            .known
            .filter(|k| k.hash == content && k.size == size && !self.again)
        {
            // Touched only: the articles stay, the state is brought up to date. A state that would say the
            // same (the file is still too young to trust its time) is left as it is.
            report.files_unchanged += 1;
            if known.mtime_ns != state.mtime_ns {
                writer.delete_term(Term::from_field_text(fields.src_key, self.key));
                writer
                    .add_document(document::source(
                        fields,
                        self.key,
                        &SourceState {
                            records: known.records,
                            ..state
                        },
                    ))
                    .map_err(|_| ())?;
            }
            report.file(|| FileAudit::unread(&self.found.path, FileStatus::Unchanged, known.records));
            return Ok(Outcome::Same);
        }
        let mut old = match self.known {
            Some(_) => records_of(target.before, fields, self.key).map_err(|_| ())?,
            None => FxHashMap::default(),
        };
        if self.again {
            // What was handed over has reached the writer by now: all of the file goes.
            writer.delete_term(Term::from_field_text(fields.file, self.key));
            target
                .places
                .remove_file(self.key, old.values().map(|record| record.same));
        } else if self.known.is_some() {
            writer.delete_term(Term::from_field_text(fields.src_key, self.key));
        }
        let mut file = FileAudit::unread(&self.found.path, FileStatus::New, 0);
        let auditing = report.files.is_some();
        let (mut counts, mut found_faults, mut warnings, mut ignored) =
            (Counts::default(), Vec::new(), Vec::new(), 0);
        let mut claims: FxHashMap<u64, usize> = FxHashMap::default();
        let file_key: Arc<str> = self.key.into();
        let mut failed = false;
        let mut sink = |reading: Reading| -> ControlFlow<()> {
            match reading {
                Reading::Article {
                    number,
                    container,
                    inner,
                    mut article,
                } => {
                    if auditing {
                        file.metadata.count(&article);
                    }
                    let numbered = if container { number } else { 0 };
                    let record = match (inner, document::own_id(&article)) {
                        // The id names the member; the number, by which the file's articles are ordered and
                        // told apart, counts through all members, beyond those of the file's own records (a
                        // mailbox with attachments has both).
                        (Some(inner), own) => {
                            if own.is_none() {
                                article.id =
                                    Some(document::default_id(&format!("{}/{inner}", self.key), numbered));
                            }
                            MEMBERS + state.records as usize
                        }
                        (None, Some(id)) => count_up(&mut claims, id),
                        (None, None) => numbered,
                    };
                    let id = document::claimed_id(&article, self.key, record);
                    let tie = document::tie(self.key, &id, record);
                    let hashes = document::content_hash(&mut article, &id)
                        .and_then(|c| Ok((c, copies::same(&mut article, self.key, record)?)));
                    let Ok((content, same)) = hashes else {
                        failed = true;
                        return ControlFlow::Break(());
                    };
                    state.records += 1;
                    let before = old.remove(&tie);
                    if before.is_some_and(|before| before.content == content) {
                        counts.same += 1;
                        if !self.again {
                            return ControlFlow::Continue(());
                        }
                    } else if before.is_some() {
                        counts.changed += 1;
                    } else {
                        counts.new += 1;
                    }
                    if let Some(before) = before.filter(|_| !self.again) {
                        writer.delete_term(Term::from_field_u64(fields.tie, tie));
                        target.places.remove(tie, before.same);
                    }
                    let own = u64::from(before.is_some());
                    let searcher = target.before;
                    let place = Spot::new(Arc::clone(&file_key), record, &id);
                    target.ids.see(id, |id| {
                        searcher
                            .doc_freq(&Term::from_field_text(fields.id, id))
                            .is_ok_and(|n| n > own)
                    });
                    let job = Job {
                        article: *article,
                        file_key: self.key.to_string(),
                        record,
                        content,
                        same,
                        also: Vec::new(),
                    };
                    if target.add(job, place).is_err() {
                        failed = true;
                        return ControlFlow::Break(());
                    }
                }
                Reading::Skipped(skipped) => {
                    file.skip(skipped.reason);
                    match skipped.reason.is_fault() {
                        true => found_faults.push(SkippedFile::from(skipped)),
                        false => ignored += 1,
                    }
                }
                Reading::Warning(warning) => warnings.push(SkippedFile::from(warning)),
            }
            ControlFlow::Continue(())
        };
        // Readers are tested not to panic, but they call parsers of others: one file must not stop the run.
        let reading = std::panic::AssertUnwindSafe(|| corpus::read(self.found, options, &mut sink));
        let result = std::panic::catch_unwind(reading).unwrap_or_else(|_| {
            Err(Error::Damaged(
                "its reader failed on it; please report this file".into(),
            ))
        });
        if failed {
            return Err(());
        }
        file.finish(self.known.is_some(), state.records, result.as_ref().ok().copied());
        if let Err(error) = result {
            file.skip(SkipReason::Unreadable);
            file.skipped += 1;
            found_faults.push(skipped(&self.found.path, SkipReason::Unreadable, error.to_string()).into());
        }
        for (tie, record) in old.iter().filter(|_| !self.again) {
            writer.delete_term(Term::from_field_u64(fields.tie, *tie));
            target.places.remove(*tie, record.same);
        }
        let now = std::fs::metadata(&self.found.path).map(|m| (m.len(), corpus::mtime_ns(&m)));
        if !now.is_ok_and(|now| now == (size, mtime_ns)) {
            if !self.again {
                // Nothing may rely on what is to be replaced.
                target.places.remove_file(self.key, []);
                return Ok(Outcome::Unsettled);
            }
            // The next run compares its content.
            state.mtime_ns = UNSURE;
            let told = "it changed twice while it was read; it is read again at the next run";
            warnings.push(skipped(&self.found.path, SkipReason::ChangedWhileRead, told.into()).into());
        }
        writer
            .add_document(document::source(fields, self.key, &state))
            .map_err(|_| ())?;
        report.file(|| file);
        report.skipped.extend(found_faults);
        report.warnings.extend(warnings);
        report.files_ignored += ignored;
        report.articles_new += counts.new;
        report.articles_changed += counts.changed;
        report.articles_removed += old.len() as u64;
        match self.known {
            None => report.files_new += 1,
            Some(known) => {
                report.files_changed += 1;
                // All of a known file's articles were counted as unchanged.
                report.articles_unchanged =
                    report.articles_unchanged.saturating_sub(known.records) + counts.same;
            }
        }
        Ok(Outcome::Read {
            articles: counts.new + counts.changed,
            is_new: self.known.is_none(),
            hash: content,
        })
    }

    /// Size, time and content of the file, as they are now.
    fn look(&self) -> std::io::Result<(u64, i64, u64)> {
        let metadata = std::fs::metadata(&self.found.path)?;
        Ok((
            metadata.len(),
            corpus::mtime_ns(&metadata),
            content_of(self.found)?,
        ))
    }

    fn unreadable(&self, error: &str, report: &mut Report) {
        let known = self.known.filter(|_| !self.again);
        let (status, articles) = known.map_or((FileStatus::Skipped, 0), |known| {
            (FileStatus::Kept, known.records)
        });
        report.file(|| {
            FileAudit::unread(&self.found.path, status, articles).because(SkipReason::Unreadable.name())
        });
        let kept = if known.is_some() {
            "; its former version stays in the index"
        } else {
            ""
        };
        report
            .skipped
            .push(skipped(&self.found.path, SkipReason::Unreadable, format!("{error}{kept}")).into());
    }
}

/// How often this was called for `id` before.
fn count_up(claims: &mut FxHashMap<u64, usize>, id: &str) -> usize {
    let claims = claims.entry(hash64(id.as_bytes())).or_default();
    *claims += 1;
    *claims - 1
}

/// Hashes of an article of the last commit.
#[derive(Clone, Copy)]
pub(super) struct Record {
    content: u64,
    pub same: u64,
}

/// The articles that the last commit has of a file, by their `tie`.
pub(super) fn records_of(searcher: &Searcher, fields: &Fields, key: &str) -> Result<FxHashMap<u64, Record>> {
    let term = Term::from_field_text(fields.file, key);
    let mut records = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let read = || {
            segment
                .inverted_index(fields.file)?
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(Into::into)
        };
        let postings: tantivy::Result<_> = read();
        let Some(mut postings) = postings? else { continue };
        let fast = segment.fast_fields();
        let (ties, contents, same) = (
            fast.u64(column::TIE)?,
            fast.u64(column::CONTENT)?,
            fast.u64(column::SAME)?,
        );
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
                && let Some(tie) = ties.first(doc)
            {
                records.insert(
                    tie,
                    Record {
                        content: contents.first(doc).unwrap_or(0),
                        same: same.first(doc).unwrap_or(0),
                    },
                );
            }
            postings.advance();
        }
    }
    Ok(records)
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

/// What differs when a file has other content, or settings under which the same bytes are other articles.
pub(super) fn content_of(found: &Found) -> std::io::Result<u64> {
    Ok(hash_file(&found.path)? ^ found.fingerprint())
}

/// The first eight bytes of a file's BLAKE3 hash, read in constant memory.
fn hash_file(path: &Path) -> std::io::Result<u64> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    Ok(u64::from_le_bytes(first))
}

/// Whether a modification time is so new that a later edit could share it.
fn is_young(mtime_ns: i64) -> bool {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos() as i64);
    now - mtime_ns < RACY_NS
}
