//! The library's one error type. Every message names the thing and the cure.

use crate::messages::{Message, library};
use crate::msg;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{path}: no such file or folder")]
    NoSuchPath { path: PathBuf },
    #[error("index_schema/{file}, line {line}: {message}")]
    Lexicon {
        file: String,
        line: usize,
        message: String,
    },
    /// All rows of a table that are wrong, with their lines; 0 where there is no table.
    #[error("{}", listed(path, faults))]
    Corrections {
        path: PathBuf,
        faults: Vec<(usize, String)>,
    },
    #[error("{path} is not a folder with index_schema files: {message}")]
    SchemaDir { path: PathBuf, message: String },
    #[error("no index here; run `griot index PATH` (looked in {looked})")]
    NoIndex { looked: String },
    #[error("{path} is not a griot index: {message}; name another folder with --index, or an empty one")]
    NotAnIndex { path: PathBuf, message: String },
    #[error("{path} was made by {found}, this griot reads {known}; {cure}")]
    OtherVersion {
        path: PathBuf,
        found: String,
        known: String,
        cure: &'static str,
    },
    #[error("“{glob}” is not a valid glob: {message}; write for instance '*.md', 'brouillons' or '2024/**'")]
    BadGlob { glob: String, message: String },
    #[error("--column: {message}")]
    BadColumn { message: String },
    #[error("{path} is being written by {holder}; try again when it has finished")]
    Locked { path: PathBuf, holder: String },
    #[error("the index remembers no folder to read; run `griot index PATH`")]
    NoRoots,
    #[error("{path} is not one of the indexed folders; `griot stats` lists them")]
    NotARoot { path: PathBuf },
    #[error("no article with the id “{id}”; `griot search` shows ids")]
    NoSuchArticle { id: String },
    #[error("“{id}” has several articles; name one of them: {some}")]
    SeveralArticles { id: String, some: String },
    #[error("no facet is called “{name}”; there are {known}")]
    NoSuchFacet { name: String, known: String },
    #[error("not a date: “{text}”; write 2024, 2024-03, 2024-03-15, 03/2024 or 'mars 2024'")]
    BadDate { text: String },
    #[error("{path} is not empty; name a new folder")]
    NotEmpty { path: PathBuf },
    #[error("file-change notifications are unavailable: {0}; use --every 1m instead")]
    Watching(String),
    /// Asked for something that griot doesn't do; says what it does instead.
    #[error("{0}")]
    Unsupported(String),
    /// What says of what the last commit consists, or what is to be searched at all, is damaged.
    #[error("{path} is damaged or missing; {cure}")]
    NoCommit { path: PathBuf, cure: &'static str },
    /// tantivy's threads stop when they can't write, and don't say why.
    #[error(
        "writing the index failed for an unknown reason; what it was before stays in use: run `griot index` again"
    )]
    Stopped,
    /// An engine on the network can't be reached, or refuses. `retry`: the same question may be answered later.
    #[error("{address}: {message}")]
    Remote {
        address: String,
        message: String,
        retry: bool,
    },
    /// It was stopped before it was complete.
    #[error("the answer took too long; narrow the search, or try again")]
    TooSlow,
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    #[error("the index is damaged: {0}; run `griot index --rebuild`")]
    Damaged(String),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A file or folder of the index is damaged.
    pub fn damaged(path: &Path, what: impl Display) -> Self {
        Error::Damaged(format!("{}: {what}", path.display()))
    }

    /// Lexicons that don't fit into tables with 32-bit offsets.
    pub(crate) fn too_large(file: &str) -> Self {
        Error::Lexicon {
            file: file.into(),
            line: 0,
            message: "the lexicons are too large: 4 GB compiled, or 16 million different words, is the most"
                .into(),
        }
    }

    /// Wraps an I/O error with the path it concerns.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Error::Io { path, source }
    }

    /// What is wrong, in whichever language it will be said. In English it is what [`Display`] gives.
    // Long because it is a list of all variants.
    pub fn message(&self) -> Message {
        match self {
            Error::Io { path, source } => {
                msg!("error-io", path = path.display(), source = library(source))
            }
            Error::NoSuchPath { path } => msg!("error-no-such-path", path = path.display()),
            Error::Lexicon { file, line, message } => {
                msg!(
                    "error-lexicon",
                    file = file,
                    line = *line,
                    message = library(message)
                )
            }
            Error::Corrections { path, faults } => faults_of(path, faults),
            Error::SchemaDir { path, message } => {
                msg!(
                    "error-schema-dir",
                    path = path.display(),
                    message = library(message)
                )
            }
            Error::NoIndex { looked } => msg!("error-no-index", looked = library(looked)),
            Error::NotAnIndex { path, message } => {
                msg!(
                    "error-not-an-index",
                    path = path.display(),
                    message = library(message)
                )
            }
            Error::OtherVersion {
                path,
                found,
                known,
                cure,
            } => msg!(
                "error-other-version",
                path = path.display(),
                found = library(found),
                known = library(known),
                cure = library(cure),
            ),
            Error::BadGlob { glob, message } => {
                msg!("error-bad-glob", glob = glob, message = library(message))
            }
            Error::BadColumn { message } => msg!("error-bad-column", message = library(message)),
            Error::Locked { path, holder } => {
                msg!("error-locked", path = path.display(), holder = library(holder))
            }
            Error::NoRoots => msg!("error-no-roots"),
            Error::NotARoot { path } => msg!("error-not-a-root", path = path.display()),
            Error::NoSuchArticle { id } => msg!("error-no-such-article", id = id),
            Error::SeveralArticles { id, some } => msg!("error-several-articles", id = id, some = some),
            Error::NoSuchFacet { name, known } => msg!("error-no-such-facet", name = name, known = known),
            Error::BadDate { text } => msg!("error-bad-date", text = text),
            Error::NotEmpty { path } => msg!("error-not-empty", path = path.display()),
            Error::Watching(why) => msg!("error-watching", why = library(why)),
            Error::Unsupported(what) => msg!("error-unsupported", what = library(what)),
            Error::NoCommit { path, cure } => {
                msg!("error-no-commit", path = path.display(), cure = library(cure))
            }
            Error::Stopped => msg!("error-stopped"),
            Error::Remote { address, message, .. } => {
                msg!("error-remote", address = address, message = library(message))
            }
            Error::TooSlow => msg!("error-too-slow"),
            Error::Index(source) => msg!("error-index", source = library(source)),
            Error::Damaged(what) => msg!("error-damaged", what = library(what)),
            Error::Json(source) => msg!("error-json", source = library(source)),
        }
    }

    /// A short stable name for programs: the `kind` of the JSON form.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Io { .. } => "io",
            Error::NoSuchPath { .. } => "no_such_path",
            Error::Lexicon { .. } | Error::SchemaDir { .. } => "lexicon",
            Error::Corrections { .. } => "correction",
            Error::NoIndex { .. } | Error::NoRoots => "no_index",
            Error::NotAnIndex { .. } => "not_an_index",
            Error::OtherVersion { .. } => "other_version",
            Error::Locked { .. } => "locked",
            Error::NotARoot { .. } => "not_a_root",
            Error::NoSuchArticle { .. } => "no_such_article",
            Error::SeveralArticles { .. } => "several_articles",
            Error::NoSuchFacet { .. } => "no_such_facet",
            Error::BadDate { .. } => "bad_date",
            Error::BadGlob { .. } => "bad_glob",
            Error::BadColumn { .. } => "bad_column",
            Error::NotEmpty { .. } => "not_empty",
            Error::Watching(_) => "watching",
            Error::Unsupported(_) => "unsupported",
            Error::NoCommit { .. } => "no_commit",
            Error::Stopped => "stopped",
            Error::Remote { .. } => "remote",
            Error::TooSlow => "timeout",
            Error::Index(_) => "index",
            Error::Damaged(_) => "damaged",
            Error::Json(_) => "json",
        }
    }
}

/// The faults of a table, each on a line.
fn listed(path: &Path, faults: &[(usize, String)]) -> String {
    faults_of(path, faults).to_string()
}

/// The same, in whichever language it will be said.
fn faults_of(path: &Path, faults: &[(usize, String)]) -> Message {
    let one = |(line, message): &(usize, String)| match line {
        0 => msg!("error-fault", message = library(message)),
        _ => msg!(
            "error-correction",
            path = path.display(),
            line = *line,
            message = library(message)
        ),
    };
    let Some((last, before)) = faults.split_last() else {
        return msg!("error-fault", message = "");
    };
    // From the last on, so that each line is said in the language of the whole.
    before.iter().rev().fold(one(last), |after, fault| {
        msg!("error-faults", first = one(fault), others = after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::UiLang;

    /// One of each variant.
    // Long because it is a list of all variants.
    fn each() -> Vec<Error> {
        let path = || PathBuf::from("a/b");
        let text = || String::from("x");
        vec![
            Error::Io {
                path: path(),
                source: std::io::Error::other("x"),
            },
            Error::NoSuchPath { path: path() },
            Error::Lexicon {
                file: text(),
                line: 3,
                message: text(),
            },
            Error::Corrections {
                path: path(),
                faults: vec![(3, text()), (4, text())],
            },
            Error::SchemaDir {
                path: path(),
                message: text(),
            },
            Error::NoIndex { looked: text() },
            Error::NotAnIndex {
                path: path(),
                message: text(),
            },
            Error::OtherVersion {
                path: path(),
                found: text(),
                known: text(),
                cure: "y",
            },
            Error::BadGlob {
                glob: text(),
                message: text(),
            },
            Error::BadColumn { message: text() },
            Error::Locked {
                path: path(),
                holder: text(),
            },
            Error::NoRoots,
            Error::NotARoot { path: path() },
            Error::NoSuchArticle { id: text() },
            Error::SeveralArticles {
                id: text(),
                some: text(),
            },
            Error::NoSuchFacet {
                name: text(),
                known: text(),
            },
            Error::BadDate { text: text() },
            Error::NotEmpty { path: path() },
            Error::Watching(text()),
            Error::Unsupported(text()),
            Error::NoCommit {
                path: path(),
                cure: "y",
            },
            Error::Stopped,
            Error::Remote {
                address: text(),
                message: text(),
                retry: true,
            },
            Error::TooSlow,
            Error::Index(tantivy::TantivyError::Poisoned),
            Error::Damaged(text()),
            Error::Json(serde_json::from_str::<u8>("x").expect_err("no number")),
        ]
    }

    #[test]
    fn messages_say_the_same_in_english_and_something_else_in_french() {
        for error in each() {
            let message = error.message();
            assert_eq!(message.to_string(), error.to_string());
            let french = message.in_language(UiLang::Fr);
            let is_as_given = matches!(error, Error::Unsupported(_) | Error::Io { .. } | Error::Json(_));
            assert!(is_as_given || french != error.to_string(), "{french}");
        }
    }
}
