//! What an index says of itself: written with every commit, atomically with the documents.

use super::companion;
use super::layout::IndexDir;
use super::unread::Unread;
use crate::corpus::{self, Choice, Globs, Links};
use crate::disk;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of the index format: fields, hidden documents, payload. Older ones are built anew from their stored
/// text, newer ones refused.
///
/// 2: signatures; what came with an article is told from what was derived. 3: records of a file have a hash of
/// their content and are deleted one by one; roots have globs. 4: texts are stored in fields of
/// their own; columns are called `record_key`, `content_key`, `signature0` to `signature3`.
pub const FORMAT: u32 = 4;

/// Goes up when a change of the code changes index terms or derived facets.
pub const ANALYSIS: u32 = 11;

/// Goes up when a change of the readers makes other articles of the same files: then files are read again,
/// where a change of the analysis is content with the stored text.
///
/// 7: datelines and credit lines of records; what was read from the text is told from what was given.
/// 6: bounds to what an article and a file may hold; exports of griot's own are left out; tables of its records
/// are read as they are; lines of more signs than letters are no titles.
/// 5: lines that give date, author and medium together.
/// 4: aliases of facets, in `schema.toml`, are keys of records; pages by blocks, headlines and dates that
/// readers see; leads; keys of more programs; quotation marks without an end; encodings of web archives;
/// divided words; one reader of dates in names of files; globs of members;
/// every layout of Europresse, Factiva and Nexis, corpora for IRaMuTeQ.
/// 3: notes and boxes of office documents, all texts of messages, more names of columns and lines of headers.
/// 2: messages, archives, office documents, aggregators' exports; languages; what paths and `griot.toml` say.
pub const READING: u32 = 7;

/// Fingerprint of no corrections.
pub const NO_CORRECTIONS: u64 = 0;

/// A folder or file that the index keeps in step with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Part of every file key, so that roots can come and go.
    pub id: u32,
    /// Absolute.
    #[serde(with = "super::path_form")]
    pub path: PathBuf,
    /// Only what one of these globs takes; everything when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Nothing that one of these takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Which column or key of records is which field, as `field=column`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Folders in it where another file system was mounted at the last commit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mounts: Vec<PathBuf>,
    /// Keys, as [`corpus::key`], of griot's own exports in it that somebody named: they are read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<String>,
    /// Which links are followed; none of a root that was indexed before anybody was asked: all, with a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_links: Option<Links>,
}

impl Root {
    /// What of it is walked; `roots` are where links may lead.
    ///
    /// # Errors
    /// [`Error::BadGlob`].
    pub fn choice(&self, roots: &[PathBuf]) -> Result<Choice> {
        Ok(Choice {
            globs: Arc::new(Globs::new(&self.include, &self.exclude)?),
            links: self.follow_links.unwrap_or(Links::All),
            reports: self.follow_links.is_none(),
            roots: roots.into(),
        })
    }
}

/// The commit payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    pub format: u32,
    /// Of lexicons and analysis code.
    pub fingerprint: String,
    /// Version of the readers that the articles were read with.
    #[serde(default)]
    pub reading: u32,
    /// Whether the lexicons came from `--schema DIR` rather than from the binary.
    pub custom_schema: bool,
    pub roots: Vec<Root>,
    pub next_root: u32,
    /// Of the corrections that its articles have; see [`super::corrections`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: u64,
    /// What of the archive is not in the index, or only in part.
    #[serde(default, skip_serializing_if = "Unread::is_empty")]
    pub unread: Unread,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Before there was a number of its own, that of the analysis rose with the readers too.
fn early_reading(fingerprint: &str) -> u32 {
    if fingerprint.ends_with("-5") { 2 } else { 1 }
}

impl Payload {
    pub fn new(fingerprint: String, custom_schema: bool) -> Self {
        Self {
            format: FORMAT,
            fingerprint,
            reading: READING,
            custom_schema,
            roots: Vec::new(),
            next_root: 1,
            corrections: NO_CORRECTIONS,
            unread: Unread::default(),
        }
    }

    /// Reads the payload of the last commit of the index in `dir`, of this format or an older one.
    ///
    /// # Errors
    /// [`Error::OtherVersion`] for a newer format, [`Error::Damaged`].
    pub fn read(index: &tantivy::Index, dir: &Path) -> Result<Self> {
        let damaged = |message: String| Error::damaged(dir, message);
        let text = index
            .load_metas()?
            .payload
            .ok_or_else(|| damaged("its last commit has no payload".into()))?;
        #[derive(Deserialize)]
        struct OnlyFormat {
            format: u32,
        }
        let format = serde_json::from_str::<OnlyFormat>(&text)
            .map_err(|e| damaged(e.to_string()))?
            .format;
        if format > FORMAT {
            let cure = "update griot, or name another folder with --index DIR";
            return Err(other_version(dir, format, cure));
        }
        let mut payload: Self = serde_json::from_str(&text).map_err(|e| damaged(e.to_string()))?;
        if payload.reading == 0 {
            payload.reading = early_reading(&payload.fingerprint);
        }
        Ok(payload)
    }

    /// # Errors
    /// [`Error::OtherVersion`] for an older format.
    pub fn check_format(&self, dir: &Path) -> Result<()> {
        let cure = "run `griot index`, which rebuilds it from its stored text";
        if self.format < FORMAT {
            Err(other_version(dir, self.format, cure))
        } else {
            Ok(())
        }
    }

    /// Commits `writer` with this payload. Every commit goes through here: a plain one would erase it.
    pub fn commit(&self, writer: &mut super::queue::Writer, generation: &Path) -> Result<()> {
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&serde_json::to_string(self)?);
        prepared.commit()?;
        for name in ["meta.json", ".managed.json"] {
            companion::permit_as(&generation.join(name), &IndexDir::readers(generation));
        }
        companion::sync_dir(generation)
    }

    /// The fingerprint of the lexicons that the index was built with.
    pub fn lexicons(&self) -> &str {
        self.fingerprint.split('-').next().unwrap_or_default()
    }

    /// Where the roots lie.
    pub fn root_paths(&self) -> Vec<PathBuf> {
        self.roots.iter().map(|root| root.path.clone()).collect()
    }

    /// The root with that number.
    pub fn root(&self, id: u32) -> Option<&Root> {
        self.roots.iter().find(|root| root.id == id)
    }

    /// Where the file of a key lies; for a root that was forgotten, its path in it.
    pub fn path_of(&self, file_key: &str) -> PathBuf {
        let (root, rest) = file_key.split_once('/').unwrap_or(("", file_key));
        match root.parse().ok().and_then(|id| self.root(id)) {
            Some(root)
                if root
                    .path
                    .file_name()
                    .is_some_and(|n| corpus::key(Path::new(n)) == rest)
                    && disk::is_file(&root.path).unwrap_or(false) =>
            {
                root.path.clone()
            }
            Some(root) => root.path.join(corpus::path_of_key(rest)),
            None => corpus::path_of_key(rest),
        }
    }

    /// The root that `path` is or lies in.
    pub fn root_of(&self, path: &Path) -> Option<&Root> {
        self.roots.iter().find(|root| path.starts_with(&root.path))
    }
}

fn other_version(dir: &Path, format: u32, cure: &'static str) -> Error {
    Error::OtherVersion {
        path: dir.to_path_buf(),
        found: format!("a griot with index format {format}"),
        known: format!("format {FORMAT}"),
        cure,
    }
}
