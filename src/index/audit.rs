//! What became of each file of a run: one [`FileAudit`] for every file that a walk came upon, so that their
//! number equals that of the files on the disk. A folder that is left out whole has one, too, with a `/` at
//! the end of its path.

use crate::article::Article;
use crate::corpus::{self, Account, FileSummary, FoundFile, SkipReason};
use crate::disk;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FileStatus {
    /// Read for the first time; it gave articles.
    New,
    /// Read again, since it or its settings had changed.
    Changed,
    /// As it was at the last run; not read.
    Unchanged,
    /// It should have given articles and gave none.
    Skipped,
    /// None of griot's business, or asked to be left out.
    Ignored,
    /// It can't be read now; its former version stays in the index.
    Kept,
    /// No longer on the disk; its articles have left the index.
    Removed,
}

impl FileStatus {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Skipped => "skipped",
            Self::Ignored => "ignored",
            Self::Kept => "kept",
            Self::Removed => "removed",
        }
    }
}

/// What a run did with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileAudit {
    pub path: String,
    pub status: FileStatus,
    /// Name of the reader; empty where none reads it.
    pub format: &'static str,
    /// As found; none for a file that wasn't read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// Articles of it in the index.
    pub articles: u64,
    /// Of these: articles that lie in another place too, under which they are indexed.
    #[serde(skip_serializing_if = "is_zero")]
    pub copies: u64,
    /// Its records that gave no article; 1 for a file that couldn't be read.
    pub skipped: u64,
    /// Faults in records that were indexed all the same.
    pub warnings: u64,
    /// What the articles know of themselves and from where: `date` from `article` 3, from `path` 1.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    pub metadata: Metadata,
    /// Where the words went that people see in it; none for a file that wasn't read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Account>,
    /// Stable names of the reasons for which it, or something in it, was skipped or ignored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl FileAudit {
    /// A file that was not read. One that should have been counts as skipped.
    pub fn unread(path: &Path, status: FileStatus, articles: u64) -> Self {
        // Folders that are left out whole are told from files.
        let slash = if status == FileStatus::Ignored && disk::is_dir(path).unwrap_or(false) {
            "/"
        } else {
            ""
        };
        Self {
            path: format!("{}{slash}", path.display()),
            status,
            format: corpus::format_of(path).map_or("", |format| format.name),
            encoding: None,
            articles,
            copies: 0,
            skipped: u64::from(matches!(status, FileStatus::Skipped | FileStatus::Kept)),
            warnings: 0,
            metadata: Metadata::default(),
            words: None,
            reasons: Vec::new(),
        }
    }

    /// The same, with the words of the file as they are counted now.
    pub fn recounted(mut self, found: &FoundFile, options: &corpus::Options) -> Self {
        let read = corpus::read(found, options, &mut |_| ControlFlow::Continue(()));
        // What can't be read now is told by the next run that must read it.
        if let Ok(summary) = read {
            self.encoding = Some(summary.encoding);
            self.warnings = summary.warnings as u64;
            self.words = Some(summary.account);
        }
        self
    }

    /// The same, with the reason.
    pub fn because(mut self, reason: &str) -> Self {
        if !self.reasons.iter().any(|known| known == reason) {
            self.reasons.push(reason.to_string());
        }
        self
    }

    /// Notes why something of it gave no article.
    pub fn skip(&mut self, reason: SkipReason) {
        if !self.reasons.iter().any(|known| known == reason.name()) {
            self.reasons.push(reason.name().to_string());
        }
    }

    /// What reading it gave, and with that what became of it.
    pub fn finish(&mut self, known: bool, articles: u64, summary: Option<&FileSummary>) {
        self.articles = articles;
        let ignored = summary.map_or(0, |s| s.ignored);
        if let Some(summary) = summary {
            self.encoding = Some(summary.encoding);
            (self.skipped, self.warnings) = (summary.skipped as u64, summary.warnings as u64);
            self.words = Some(summary.account.clone());
        }
        self.status = match (articles, self.skipped + u64::from(summary.is_none())) {
            (0, 0) if ignored > 0 => FileStatus::Ignored,
            (0, 1..) => FileStatus::Skipped,
            _ if known => FileStatus::Changed,
            _ => FileStatus::New,
        };
    }
}

/// How many articles have what from where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Metadata(pub BTreeMap<String, BTreeMap<&'static str, u64>>);

impl Metadata {
    /// Whether no article has any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts what an article knows: said by itself, by a `griot.toml`, by its path, or told from its words.
    pub fn count(&mut self, article: &Article) {
        let listed = |key: &str| {
            let names = article
                .extra
                .get(key)
                .and_then(|names| names.as_array())
                .into_iter()
                .flatten();
            names.filter_map(|name| name.as_str()).collect::<Vec<_>>()
        };
        let (settings, path) = (listed("from_settings"), listed("from_path"));
        let mut has = |name: &str| {
            let from = match name {
                name if settings.contains(&name) => "griot.toml",
                name if path.contains(&name) => "path",
                "lang" if article.lang_detected => "words",
                _ => "article",
            };
            *self
                .0
                .entry(name.to_string())
                .or_default()
                .entry(from)
                .or_default() += 1;
        };
        let known = [
            ("id", article.id.is_some()),
            ("title", !article.title.is_empty()),
            ("date", article.date.is_some()),
            ("source", article.source.is_some()),
            ("author", article.author.is_some()),
            ("url", article.url.is_some()),
            ("lang", article.lang.is_some()),
        ];
        known
            .into_iter()
            .filter(|(_, is)| *is)
            .for_each(|(name, _)| has(name));
        article.given.keys().for_each(|facet| has(facet));
    }

    /// `date: article 3, path 1; lang: words 4`.
    pub fn describe(&self) -> String {
        let from = |counts: &BTreeMap<&str, u64>| {
            counts
                .iter()
                .map(|(from, n)| format!("{from} {n}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.0
            .iter()
            .map(|(name, counts)| format!("{name}: {}", from(counts)))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// One entry a file, by path: a `griot.toml` that can't be used is both reported and ignored as a file.
pub fn by_path(files: &mut Vec<FileAudit>) {
    files.sort_by(|a, b| a.path.cmp(&b.path).then(b.reasons.len().cmp(&a.reasons.len())));
    files.dedup_by(|later, first| {
        let same = later.path == first.path;
        if same {
            if later.status == FileStatus::Skipped {
                first.status = FileStatus::Skipped;
            }
            for reason in std::mem::take(&mut later.reasons) {
                if !first.reasons.contains(&reason) {
                    first.reasons.push(reason);
                }
            }
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_says_from_where() {
        let mut article = Article {
            title: "T".into(),
            source: Some("RFI".into()),
            lang: Some("fr".into()),
            ..Article::default()
        };
        article.lang_detected = true;
        article.extra.insert("from_path".into(), vec!["source"].into());
        article.given.insert("region".into(), vec!["Gao".into()]);
        article
            .extra
            .insert("from_settings".into(), vec!["region"].into());
        let mut metadata = Metadata::default();
        metadata.count(&article);
        metadata.count(&Article {
            title: "U".into(),
            source: Some("AFP".into()),
            ..Article::default()
        });
        assert_eq!(
            metadata.describe(),
            "lang: words 1; region: griot.toml 1; source: article 1, path 1; title: article 2"
        );
    }

    #[test]
    fn one_entry_a_file() {
        let file = |status| FileAudit::unread(Path::new("a/griot.toml"), status, 0);
        let mut files = vec![
            file(FileStatus::Ignored).because("settings"),
            file(FileStatus::Skipped).because("invalid_settings"),
        ];
        by_path(&mut files);
        assert_eq!(
            (files.len(), files[0].status, files[0].reasons.len()),
            (1, FileStatus::Skipped, 2)
        );
    }
}
