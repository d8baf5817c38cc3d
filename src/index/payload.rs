//! What an index says of itself: written with every commit, atomically with the documents.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Number of the index format. An index with another number is built anew.
pub const FORMAT: u32 = 2;

/// Goes up when a change of the code changes index terms, derived facets, or what is read of a file.
pub const ANALYSIS: u32 = 5;

/// A folder or file that the index keeps in step with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Part of every file key, so that roots can come and go.
    pub id: u32,
    /// Absolute.
    pub path: PathBuf,
}

/// The commit payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    pub format: u32,
    /// Of lexicons and analysis code.
    pub fingerprint: String,
    /// Whether the lexicons came from `--schema DIR` rather than from the binary.
    pub custom_schema: bool,
    pub roots: Vec<Root>,
    pub next_root: u32,
}

impl Payload {
    pub fn new(fingerprint: String, custom_schema: bool) -> Self {
        Self { format: FORMAT, fingerprint, custom_schema, roots: Vec::new(), next_root: 1 }
    }

    /// Reads the payload of the last commit of the index in `dir`.
    ///
    /// # Errors
    /// [`Error::OtherVersion`] for another format.
    pub fn read(index: &tantivy::Index, dir: &Path) -> Result<Self> {
        let damaged = |message: String| Error::Damaged(format!("{}: {message}", dir.display()));
        let text = index.load_metas()?.payload.ok_or_else(|| damaged("its last commit says nothing of itself".into()))?;
        #[derive(Deserialize)]
        struct OnlyFormat {
            format: u32,
        }
        let format = serde_json::from_str::<OnlyFormat>(&text).map_err(|e| damaged(e.to_string()))?.format;
        if format != FORMAT {
            return Err(Error::OtherVersion {
                path: dir.to_path_buf(),
                found: format!("a griot with index format {format}"),
                known: format!("format {FORMAT}"),
            });
        }
        serde_json::from_str(&text).map_err(|e| damaged(e.to_string()))
    }

    /// Commits `writer` with this payload. Every commit goes through here: a plain one would erase it.
    pub fn commit(&self, writer: &mut tantivy::IndexWriter, generation: &Path) -> Result<()> {
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&serde_json::to_string(self)?);
        prepared.commit()?;
        for name in ["meta.json", ".managed.json"] {
            super::layout::make_readable(&generation.join(name));
        }
        super::layout::sync_dir(generation)
    }

    /// Where the file of a key lies; for a root that was forgotten, its path in it.
    pub fn path_of(&self, file_key: &str) -> PathBuf {
        let (root, rest) = file_key.split_once('/').unwrap_or(("", file_key));
        let root = root.parse().ok().and_then(|id: u32| self.roots.iter().find(|r| r.id == id));
        match root {
            Some(root) if root.path.file_name().is_some_and(|n| n.to_string_lossy() == rest) && root.path.is_file() => root.path.clone(),
            Some(root) => root.path.join(rest),
            None => PathBuf::from(rest),
        }
    }

    /// The root that `path` is or lies in.
    pub fn root_of(&self, path: &Path) -> Option<&Root> {
        self.roots.iter().find(|root| path.starts_with(&root.path))
    }
}
