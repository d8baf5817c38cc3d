//! What a run of `griot index` saw and did: the closing audit.

use super::audit::{FileAudit, FileStatus};
use crate::corpus::Skipped;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// Something to tell at once.
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

/// Articles without a value, by facet; `date` counts the missing publication dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Without(pub BTreeMap<String, u64>);

/// The audit. Its totals add up: files seen = read + unchanged + skipped files; articles = the index's.
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
    /// In the index now.
    pub articles: u64,
    pub without: Without,
    pub skipped: Vec<SkippedFile>,
    /// Indexed all the same, but something in the metadata could not be used.
    pub warnings: Vec<SkippedFile>,
    pub notices: Vec<String>,
    /// Every file and what became of it, by path; only if asked for, since an archive may have a million.
    #[serde(skip)]
    pub files: Option<Vec<FileAudit>>,
    /// A new generation was built.
    pub rebuilt: bool,
    pub took_ms: u64,
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
