//! What of the archive is not in the index, or only in part: kept with every commit, so that every run can report
//! it until it is mended.

use crate::corpus::{Account, FileSummary, SkipReason};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Files that are kept one by one; more are counted.
const MOST_FILES: usize = 10_000;

/// Paths that are kept of a kind of files.
const MOST_EXAMPLES: usize = 100;

/// What is missing of an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Files that gave nothing, or less than they hold: by file key where it is kept, by path in answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Shortfall>,
    /// Further ones.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_files: u64,
    /// Files of kinds that griot doesn't read, by the number of their root and their extension.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<u32, BTreeMap<String, Kind>>,
}

/// What is missing of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Articles that it gave.
    pub articles: u64,
    /// Stable names of the reasons for which records of it, or all of it, gave none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Records that gave no article; 1 for a file that couldn't be read.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skipped: u64,
    /// The first reason in words, with its cure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Words that people see in the file, and those of them that are nowhere; both zero unless that is more than
    /// may be by chance.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub visible: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unaccounted: u64,
    /// Beginnings of passages that are nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<String>,
}

/// Files of a kind that griot doesn't read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    pub files: u64,
    /// Paths of some of them.
    pub examples: BTreeSet<String>,
}

impl Kind {
    /// Counts a file.
    pub fn add(&mut self, path: String) {
        self.files += 1;
        if self.examples.len() < MOST_EXAMPLES {
            self.examples.insert(path);
        }
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Shortfall {
    /// What is missing of a file that was read; none if it is whole.
    pub fn of(
        articles: u64,
        summary: Option<&FileSummary>,
        reasons: &[String],
        detail: Option<&str>,
    ) -> Option<Self> {
        let account = summary.map(|summary| &summary.account);
        let partial = account.filter(|account: &&Account| account.is_partial());
        let skipped = summary.map_or(1, |summary| summary.skipped as u64);
        if partial.is_none() && skipped == 0 {
            return None;
        }
        Some(Self {
            articles,
            reasons: reasons.to_vec(),
            skipped,
            detail: detail.unwrap_or_default().to_string(),
            visible: partial.map_or(0, |account| account.visible),
            unaccounted: partial.map_or(0, |account| account.unaccounted),
            samples: partial.map(|account| account.samples.clone()).unwrap_or_default(),
        })
    }

    /// Of what griot itself has written.
    pub fn own_export(articles: u64, records: u64) -> Self {
        Self {
            articles,
            reasons: vec![SkipReason::OwnExport.name().to_string()],
            skipped: records,
            detail: "to index it anyway, name it: griot index FILE".into(),
            ..Self::default()
        }
    }

    /// Whether all that is missing was written by griot itself.
    fn is_own_export(&self) -> bool {
        self.unaccounted == 0 && self.reasons == [SkipReason::OwnExport.name()]
    }

    /// Whether words of it are nowhere, though it gave articles.
    pub fn is_partial(&self) -> bool {
        self.unaccounted > 0
    }

    /// Whether it gave no article at all.
    pub fn is_nothing(&self) -> bool {
        self.articles == 0
    }
}

impl Unread {
    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.kinds.values().all(BTreeMap::is_empty)
    }

    /// Whether nothing is missing but what griot itself has written.
    pub fn is_whole(&self) -> bool {
        self.more_files == 0
            && self.files.values().all(Shortfall::is_own_export)
            && self.kinds.values().all(BTreeMap::is_empty)
    }

    /// Notes what is missing of a file that was read, if anything is.
    pub fn note(&mut self, key: &str, shortfall: Option<Shortfall>) {
        let was_known = self.files.remove(key).is_some();
        match shortfall {
            Some(shortfall) if was_known || self.files.len() < MOST_FILES => {
                self.files.insert(key.to_string(), shortfall);
            }
            Some(_) => self.more_files += 1,
            None => {}
        }
    }

    /// Forgets the roots that are no longer indexed, and files that aren't `kept`.
    pub fn retain(&mut self, roots: &BTreeSet<u32>, kept: impl Fn(&str) -> bool) {
        self.kinds.retain(|root, _| roots.contains(root));
        self.files.retain(|key, _| kept(key));
        if self.files.is_empty() {
            self.more_files = 0;
        }
    }

    /// Takes over what another knows of some roots.
    pub fn take_over(&mut self, other: &Self, is_wanted: impl Fn(u32) -> bool) {
        let root = |key: &str| key.split_once('/').and_then(|(root, _)| root.parse().ok());
        let files = other
            .files
            .iter()
            .filter(|(key, _)| root(key).is_some_and(&is_wanted));
        self.files
            .extend(files.map(|(key, file)| (key.clone(), file.clone())));
        let kinds = other.kinds.iter().filter(|(root, _)| is_wanted(**root));
        self.kinds
            .extend(kinds.map(|(root, kinds)| (*root, kinds.clone())));
    }

    /// The same with the paths of files in place of their keys.
    pub fn with_paths(&self, path_of: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter();
        let kinds = self.kinds.iter().map(|(root, kinds)| {
            let path = |example: &String| path_of(&format!("{root}/{example}"));
            let kinds = kinds.iter().map(|(extension, kind)| {
                let kind = Kind {
                    files: kind.files,
                    examples: kind.examples.iter().map(path).collect(),
                };
                (extension.clone(), kind)
            });
            (*root, kinds.collect())
        });
        Self {
            files: files.map(|(key, file)| (path_of(key), file.clone())).collect(),
            more_files: self.more_files,
            kinds: kinds.collect(),
        }
    }

    /// Files that were read in part: words of them are nowhere, or records were skipped.
    pub fn in_part(&self) -> impl Iterator<Item = (&String, &Shortfall)> {
        let lacks = |file: &Shortfall| file.is_partial() || file.skipped > 0 && !file.is_own_export();
        let files = self.files.iter();
        files.filter(move |(_, file)| lacks(file) && !file.is_nothing())
    }

    /// Files that gave nothing, by the first reason.
    pub fn nothing_by_reason(&self) -> BTreeMap<&str, u64> {
        let mut reasons = BTreeMap::new();
        for file in self.files.values().filter(|file| file.is_nothing()) {
            let reason = file.reasons.first().map_or("unreadable", String::as_str);
            *reasons.entry(reason).or_default() += 1;
        }
        reasons
    }

    /// Kinds of files that griot doesn't read, in all roots: how many, by extension.
    pub fn by_extension(&self) -> BTreeMap<&str, u64> {
        let mut extensions = BTreeMap::new();
        for (extension, kind) in self.kinds.values().flatten() {
            *extensions.entry(extension.as_str()).or_default() += kind.files;
        }
        extensions
    }
}

/// What to do about a file of a kind that griot doesn't read, if it may hold articles.
pub fn cure(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "doc" | "docm" | "dot" | "pages" | "wpd" | "wps" | "fodt" | "sxw" => "save as .docx",
        "xls" | "xlsx" | "xlsm" | "ods" | "numbers" => "save as .csv",
        "ppt" | "pptx" | "odp" | "key" | "pub" => "export as .pdf",
        "epub" | "mobi" | "azw3" | "fb2" => "convert to .html",
        "msg" | "pst" | "ost" | "olm" => "export as .eml or .mbox",
        "rar" | "7z" | "tar" | "tgz" | "bz2" | "xz" | "zst" | "iso" => "unpack it",
        "ps" | "djvu" | "xps" | "tif" | "tiff" => "convert to .pdf with a text layer",
        "yaml" | "yml" => "convert to .json",
        "tex" | "rst" | "adoc" | "asciidoc" | "org" | "log" => "rename to .txt",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortfall(articles: u64, unaccounted: u64, reason: &str) -> Shortfall {
        Shortfall {
            articles,
            unaccounted,
            visible: 100,
            reasons: vec![reason.to_string()],
            ..Shortfall::default()
        }
    }

    #[test]
    fn what_is_missing_is_kept_until_it_is_mended() {
        let mut unread = Unread::default();
        unread.note("1/a.txt", Some(shortfall(1, 30, "")));
        unread.note("1/b.rtf", Some(shortfall(0, 0, "damaged")));
        unread.note("2/c.rtf", Some(shortfall(0, 0, "damaged")));
        unread
            .kinds
            .entry(2)
            .or_default()
            .entry("doc".into())
            .or_default()
            .add("x.doc".into());
        assert_eq!(
            (unread.in_part().count(), unread.nothing_by_reason()["damaged"]),
            (1, 2)
        );
        assert_eq!(unread.by_extension()["doc"], 1);
        unread.note("1/a.txt", None);
        unread.retain(&BTreeSet::from([1]), |key| key != "2/c.rtf");
        assert_eq!((unread.files.len(), unread.kinds.len()), (1, 0));
        let named = unread.with_paths(|key| format!("/archive/{key}"));
        assert!(named.files.contains_key("/archive/1/b.rtf"));
        let mut other = Unread::default();
        other.take_over(&unread, |root| root == 1);
        assert_eq!(other, unread);
        other.note("1/b.rtf", None);
        assert!(other.is_empty());
    }

    #[test]
    fn no_more_files_are_kept_than_can_be_read() {
        let mut unread = Unread::default();
        for number in 0..MOST_FILES + 5 {
            unread.note(&format!("1/{number}"), Some(shortfall(0, 0, "damaged")));
        }
        assert_eq!((unread.files.len(), unread.more_files), (MOST_FILES, 5));
    }
}
