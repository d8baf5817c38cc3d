//! What comes out of a file: articles, and what was skipped or is doubtful, with its place.

use super::{Account, SkipReason};
use crate::article::Article;
use std::fmt;
use std::path::PathBuf;

/// What a reader hands to the sink.
#[derive(Debug)]
pub enum Reading {
    /// An article.
    Article {
        /// The record's number in its file, from 1; records that were skipped are counted too.
        number: usize,
        /// Whether the file may hold several records, so that an id made from its path needs the number.
        container: bool,
        /// Path of the member within the file, of an archive; `number` counts the records of the member.
        inner: Option<String>,
        article: Box<Article>,
    },
    /// A record, or a whole file, that gave no article.
    Skipped(Skipped),
    /// A fault in a record that was read all the same; its article is handed over by itself.
    Warning(Skipped),
}

/// What was skipped or is doubtful: where, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub path: PathBuf,
    /// The line in the file, from 1, where there is one to name.
    pub line: Option<usize>,
    /// The record's number in the file, from 1, in a file of several.
    pub record: Option<usize>,
    pub reason: SkipReason,
    /// The particulars and the cure, for people.
    pub detail: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// What came out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// Name of the format, from [`super::FORMATS`]; `unknown` when there is none.
    pub format: &'static str,
    /// Name of the encoding (WHATWG), as found.
    pub encoding: &'static str,
    /// Articles handed to the sink.
    pub records: usize,
    /// Records, or whole files, that gave no article though they should.
    pub skipped: usize,
    /// Faults in articles that were read all the same.
    pub warnings: usize,
    /// Files that ask not to be indexed.
    pub ignored: usize,
    /// Where its words went.
    pub account: Account,
}

impl FileSummary {
    /// Of a file of a format, before anything is read of it.
    pub(super) fn begin(format: &'static str) -> Self {
        Self {
            format,
            encoding: "UTF-8",
            records: 0,
            skipped: 0,
            warnings: 0,
            ignored: 0,
            account: Account::default(),
        }
    }
}

/// A fault in a record that was read all the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub reason: SkipReason,
    /// The line in the file, where it isn't that of the record.
    pub line: Option<usize>,
    pub detail: String,
}

/// What a page or a text is.
pub(super) enum Outcome {
    /// An article, and the faults in it.
    Article(Box<Article>, Vec<Fault>),
    /// None, for a reason.
    Skip(SkipReason, String),
}

/// Where in a file something is. The default is the file as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Location {
    pub line: Option<usize>,
    pub record: Option<usize>,
}
