//! What a run of `griot index` saw and did: the closing audit.

use super::audit::{FileAudit, FileStatus};
use super::duplicates;
use super::fields::{Fields, column};
use super::unread::{Shortfall, Unread};
use crate::corpus::Skipped;
use crate::error::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::Searcher;

/// Told while a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// Files found by walking, and their bytes.
    Found {
        files: u64,
        bytes: u64,
    },
    /// A file is done: bytes of it, articles it gave.
    Read {
        bytes: u64,
        articles: u64,
    },
    /// Something to report at once.
    Notice(&'a str),
    Committing,
}

/// A record or file that isn't in the index, or is there with something lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedFile {
    pub path: String,
    pub line: Option<usize>,
    pub record: Option<usize>,
    /// Stable name of the reason.
    pub reason: String,
    pub detail: String,
}

impl From<Skipped> for SkippedFile {
    fn from(skipped: Skipped) -> Self {
        Self {
            path: skipped.path.display().to_string(),
            line: skipped.line,
            record: skipped.record,
            reason: skipped.reason.name().to_string(),
            detail: skipped.detail,
        }
    }
}

/// Articles without a value, by facet; `date` counts those that neither a date nor a month of publication
/// puts in time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Without(pub BTreeMap<String, u64>);

/// The audit. Its totals add up: files seen = read + unchanged + skipped files; articles of files = articles
/// and copies of the index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub files_seen: u64,
    pub files_new: u64,
    pub files_changed: u64,
    pub files_unchanged: u64,
    pub files_removed: u64,
    /// Of the removed ones: files found again under another path with the same content.
    pub files_moved: u64,
    /// Hidden, of another kind, or asked to be left out.
    pub files_ignored: u64,
    pub articles_new: u64,
    pub articles_changed: u64,
    pub articles_unchanged: u64,
    pub articles_removed: u64,
    /// In the index now; `articles_*` and those of files count records, so that they add up to `articles` and
    /// `copies`.
    pub articles: u64,
    /// Further places of these articles.
    pub copies: u64,
    /// Files that gave them.
    pub files_with_articles: u64,
    pub without: Without,
    pub skipped: Vec<SkippedFile>,
    /// Indexed all the same, but something in the metadata could not be used.
    pub warnings: Vec<SkippedFile>,
    pub notices: Vec<String>,
    /// Every file and what became of it, by path; only if asked for, since an archive may have a million.
    #[serde(skip)]
    pub files: Option<Vec<FileAudit>>,
    /// What of the archive is not in the index, or only in part: in this run and before.
    #[serde(skip_serializing_if = "Unread::is_empty")]
    pub unread: Unread,
    /// What is missing of the files that were read in this run; by file key.
    #[serde(skip)]
    pub(super) shortfalls: Vec<(String, Option<Shortfall>)>,
    /// Files of the index that are not what was written, as far as the run has come upon them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damaged: Vec<String>,
    /// Articles of files that are gone, which stay until somebody says that it is meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
    /// Files that griot itself has written, and that were left out in this run.
    #[serde(skip)]
    pub(super) own_exports: Vec<String>,
    /// A new generation was built.
    pub rebuilt: bool,
    /// Ended early on request; what was done is committed.
    pub interrupted: bool,
    /// With a dry run: what would be done, by file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Planned>,
    pub took_ms: u64,
}

/// A big loss that a run has not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// The root, or the folder of a disk, in which files are gone.
    pub path: String,
    /// `gone`: a great part of all articles; `empty`: a folder on another disk, or a root, came up empty;
    /// `unmounted`: a disk that was mounted there isn't any more.
    pub why: &'static str,
    pub files: u64,
    pub articles: u64,
}

/// What a run would do with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// `new`, `changed`, `moved` or `removed`.
    pub what: &'static str,
    pub path: String,
    /// Of a moved file: where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl Report {
    /// Skipped records by reason.
    pub fn skipped_by_reason(&self) -> BTreeMap<&str, usize> {
        let mut reasons = BTreeMap::new();
        for skipped in &self.skipped {
            *reasons.entry(skipped.reason.as_str()).or_default() += 1;
        }
        reasons
    }

    /// Notes what became of a file, if that was asked for.
    pub(super) fn file(&mut self, audit: impl FnOnce() -> FileAudit) {
        if let Some(files) = &mut self.files {
            files.push(audit());
        }
    }

    /// Files by what became of them; empty unless every file was asked for.
    pub fn files_by_status(&self) -> BTreeMap<FileStatus, u64> {
        let mut counts = BTreeMap::new();
        for file in self.files.iter().flatten() {
            *counts.entry(file.status).or_default() += 1;
        }
        counts
    }

    /// Whether the run changed anything.
    pub fn changed(&self) -> bool {
        self.rebuilt || self.files_new + self.files_changed + self.files_removed > 0
    }
}

/// Where the phases of a run report to: what is reported at once, and what is kept.
pub(super) struct Reporter<'r> {
    pub report: &'r mut Report,
    pub progress: &'r mut dyn FnMut(Progress),
}

impl Reporter<'_> {
    /// Tells something at once, and keeps it in the report.
    pub fn notice(&mut self, message: String) {
        notice(self.report, self.progress, message);
    }
}

/// Tells something at once, and keeps it in the report.
pub(super) fn notice(report: &mut Report, progress: &mut dyn FnMut(Progress), message: String) {
    progress(Progress::Notice(&message));
    report.notices.push(message);
}

/// What an index holds in all.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub articles: u64,
    /// Further places of these articles.
    pub copies: u64,
    /// Files that gave articles.
    pub files: u64,
    /// How many of the articles lack a date or a facet.
    pub without: Without,
}

/// Counts what an index holds.
pub(crate) fn totals(searcher: &Searcher, fields: &Fields) -> Result<Totals> {
    let mut totals = Totals::default();
    // No article needs a mark.
    let names: Vec<&str> = fields
        .facets
        .iter()
        .filter(|(f, _)| !f.derive.marks)
        .map(|(f, _)| f.name.as_str())
        .collect();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let record_keys = fast.u64(column::RECORD_KEY)?;
        let dates = fast.i64(column::DATE_FROM)?;
        let facets: Vec<_> = names
            .iter()
            .map(|name| fast.str(name))
            .collect::<tantivy::Result<_>>()?;
        let copies = duplicates::in_segment(segment, fields)?;
        totals.copies += copies.len() as u64;
        let records = fast.u64(column::SRC_RECORDS)?;
        let gave_some = |doc: &u32| records.first(*doc).is_some_and(|records| records > 0);
        totals.files += segment.doc_ids_alive().filter(gave_some).count() as u64;
        let without = &mut totals.without;
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some() && !copies.contains(doc))
        {
            totals.articles += 1;
            *without.0.entry("date".into()).or_default() += u64::from(dates.first(doc).is_none());
            for (name, column) in names.iter().zip(&facets) {
                let has = column.as_ref().is_some_and(|c| c.ords().first(doc).is_some());
                *without.0.entry((*name).to_string()).or_default() += u64::from(!has);
            }
        }
    }
    Ok(totals)
}
