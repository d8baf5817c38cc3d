//! Reading one file into the index: its articles, then its state. A file that can't be read keeps its former
//! version; one that was only touched keeps its articles.

use super::audit::{FileAudit, FileStatus};
use super::document::hash64;
use super::report::Report;
use super::state::{SourceState, UNSURE};
use super::writer::{Job, Pool};
use super::{Fields, document};
use crate::corpus::{self, Found, Reading, SkipReason, Skipped};
use crate::error::{Error, Result};
use rustc_hash::FxHashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use tantivy::schema::Term;
use tantivy::{IndexWriter, Searcher};

/// A file this young may be edited again within one tick of the file system's clock.
const RACY_NS: i64 = 2_000_000_000;

/// Where the numbers of articles from members of archives begin.
const MEMBERS: usize = 1 << 31;

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
    /// What readers need to know of the lexicons.
    pub options: &'a corpus::Options,
}

/// What became of it.
pub struct Outcome {
    pub articles: u64,
    pub is_new: bool,
    pub hash: u64,
}

impl OneFile<'_> {
    /// Reads the file and hands its articles over, followed by its state. `Err` when the workers have stopped.
    pub fn read(
        &self,
        fields: &Fields,
        writer: &IndexWriter,
        pool: &Pool,
        before: &Searcher,
        ids: &mut IdsOfRun,
        report: &mut Report,
    ) -> std::result::Result<Outcome, ()> {
        let nothing = |hash| Outcome { articles: 0, is_new: false, hash };
        let content = match hash_file(&self.found.path) {
            // Under other settings, the same bytes are other articles.
            Ok(hash) => hash ^ self.found.settings.as_ref().map_or(0, |settings| settings.fingerprint()),
            Err(error) => {
                self.unreadable(&error.to_string(), report);
                return Ok(nothing(0));
            }
        };
        let mut state = SourceState {
            size: self.found.size,
            mtime_ns: if is_young(self.found.mtime_ns) { UNSURE } else { self.found.stamp() },
            hash: content,
            records: 0,
        };
        if let Some(known) = self.known.filter(|k| k.hash == content && k.size == self.found.size) {
            // Touched only: the articles stay, the state is brought up to date. A state that would say the same
            // (the file is still too young to trust its time) is left as it is.
            report.files_unchanged += 1;
            if known.mtime_ns != state.mtime_ns {
                self.replace_state(fields, writer, SourceState { records: known.records, ..state }).map_err(|_| ())?;
            }
            report.file(|| FileAudit::unread(&self.found.path, FileStatus::Unchanged, known.records));
            return Ok(nothing(content));
        }
        if self.known.is_some() {
            writer.delete_term(Term::from_field_text(fields.file, self.key));
        }
        let mut stopped = false;
        let mut file = FileAudit::unread(&self.found.path, FileStatus::New, 0);
        let auditing = report.files.is_some();
        let mut sink = |reading: Reading| -> ControlFlow<()> {
            match reading {
                Reading::Article { number, container, inner, mut article } => {
                    if auditing {
                        file.metadata.count(&article);
                    }
                    let mut record = if container { number } else { 0 };
                    if let Some(inner) = inner {
                        // The id names the member; the number, by which the file's articles are ordered and told apart, counts
                        // through all members, beyond those of the file's own records (a mailbox with attachments has both).
                        article.id.get_or_insert_with(|| document::default_id(&format!("{}/{inner}", self.key), record));
                        record = MEMBERS + state.records as usize;
                    }
                    let id = article.id.clone().unwrap_or_else(|| document::default_id(self.key, record));
                    ids.see(id, |id| before.doc_freq(&Term::from_field_text(fields.id, id)).is_ok_and(|n| n > 0));
                    state.records += 1;
                    if pool.add(Job { article: *article, file_key: self.key.to_string(), record }).is_err() {
                        stopped = true;
                        return ControlFlow::Break(());
                    }
                }
                Reading::Skipped(skipped) => {
                    file.skip(skipped.reason);
                    match skipped.reason.is_fault() {
                        true => report.skipped.push(skipped.into()),
                        false => report.files_ignored += 1,
                    }
                }
                Reading::Warning(warning) => report.warnings.push(warning.into()),
            }
            ControlFlow::Continue(())
        };
        // Readers are tested not to panic, but they call parsers of others: one file must not stop the run.
        let reading = std::panic::AssertUnwindSafe(|| corpus::read(self.found, self.options, &mut sink));
        let result = std::panic::catch_unwind(reading)
            .unwrap_or_else(|_| Err(Error::Damaged("its reader failed on it; please report this file".into())));
        if stopped {
            return Err(());
        }
        file.finish(self.known.is_some(), state.records, result.as_ref().ok().copied());
        if let Err(error) = result {
            file.skip(SkipReason::Unreadable);
            file.skipped += 1;
            report.skipped.push(skipped(&self.found.path, SkipReason::Unreadable, error.to_string()).into());
        }
        let now = std::fs::metadata(&self.found.path).map(|m| (m.len(), corpus::mtime_ns(&m)));
        if !now.is_ok_and(|now| now == (self.found.size, self.found.mtime_ns)) {
            // It changed while it was read: the next run compares again.
            state.mtime_ns = UNSURE;
            report.warnings.push(skipped(&self.found.path, SkipReason::ChangedWhileRead, "read again at the next run".into()).into());
        }
        report.file(|| file);
        writer.add_document(document::source(fields, self.key, &state)).map_err(|_| ())?;
        match self.known {
            None => {
                report.files_new += 1;
                report.articles_new += state.records;
            }
            Some(known) => {
                report.files_changed += 1;
                report.articles_unchanged = report.articles_unchanged.saturating_sub(known.records);
                report.articles_changed += state.records.min(known.records);
                report.articles_new += state.records.saturating_sub(known.records);
                report.articles_removed += known.records.saturating_sub(state.records);
            }
        }
        Ok(Outcome { articles: state.records, is_new: self.known.is_none(), hash: content })
    }

    fn unreadable(&self, error: &str, report: &mut Report) {
        let (status, articles) = self.known.map_or((FileStatus::Skipped, 0), |known| (FileStatus::Kept, known.records));
        report.file(|| FileAudit::unread(&self.found.path, status, articles).because(SkipReason::Unreadable.name()));
        let kept = if self.known.is_some() { "; its former version stays in the index" } else { "" };
        report.skipped.push(skipped(&self.found.path, SkipReason::Unreadable, format!("{error}{kept}")).into());
    }

    /// Replaces the source document without touching the articles.
    fn replace_state(&self, fields: &Fields, writer: &IndexWriter, state: SourceState) -> Result<()> {
        use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
        use tantivy::schema::IndexRecordOption;
        let term = |field, text: &str| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)))
        };
        let old = BooleanQuery::new(vec![term(fields.file, self.key), term(fields.kind, super::fields::SOURCE)]);
        writer.delete_query(Box::new(old))?;
        writer.add_document(document::source(fields, self.key, &state))?;
        Ok(())
    }
}

fn skipped(path: &Path, reason: SkipReason, detail: String) -> Skipped {
    Skipped { path: path.to_path_buf(), line: None, record: None, reason, detail }
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
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos() as i64);
    now - mtime_ns < RACY_NS
}
