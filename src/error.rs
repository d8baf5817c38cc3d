//! The library's one error type. Every message names the thing and the cure.

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
    #[error("{path}, line {line}: {message}")]
    Correction {
        path: PathBuf,
        line: usize,
        message: String,
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

    /// A short stable name for programs: the `kind` of the JSON form.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Io { .. } => "io",
            Error::NoSuchPath { .. } => "no_such_path",
            Error::Lexicon { .. } | Error::SchemaDir { .. } => "lexicon",
            Error::Correction { .. } => "correction",
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
            Error::Index(_) => "index",
            Error::Damaged(_) => "damaged",
            Error::Json(_) => "json",
        }
    }
}
