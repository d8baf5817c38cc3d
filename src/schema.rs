//! `index_schema/`: the lexicons and the declaration of facets, as files. What `schema.toml` declares is read
//! by [`crate::facets`].
//!
//! The binary carries the files of the repository's `index_schema/` folder; `griot index --schema DIR`
//! replaces those that DIR holds. What an index was built with is copied into it, so that searching reads the
//! same.

use crate::additions;
use crate::disk;
use crate::error::{Error, Result};
use crate::french::French;
use crate::function_words::{self, FunctionWords};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Every file of `index_schema/` that the binary embeds.
const EMBEDDED: [(&str, &str); 12] = [
    ("schema.toml", include_str!("../index_schema/schema.toml")),
    ("elisions.txt", include_str!("../index_schema/elisions.txt")),
    ("stopwords.txt", include_str!("../index_schema/stopwords.txt")),
    (
        function_words::FILE,
        include_str!("../index_schema/function_words.tsv"),
    ),
    ("compounds.txt", include_str!("../index_schema/compounds.txt")),
    ("stems.tsv", include_str!("../index_schema/stems.tsv")),
    ("verbs.tsv", include_str!("../index_schema/verbs.tsv")),
    ("regions.tsv", include_str!("../index_schema/regions.tsv")),
    ("actors.toml", include_str!("../index_schema/actors.toml")),
    (crate::media::FILE, include_str!("../index_schema/sources.toml")),
    ("types.toml", include_str!("../index_schema/types.toml")),
    ("events.tsv", include_str!("../index_schema/events.tsv")),
];

/// Attributions of the embedded data, for `griot --licences`.
pub const LICENCES: &str = include_str!("../index_schema/LICENSE-DATA");

/// Weights of the ranking (see `search::ranking`).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boosts {
    /// Of the title's own score, beside title and body together.
    pub title: f32,
    /// A word of the title counts as so many in the body.
    pub title_frequency: f32,
    pub exact_form: f32,
    pub adjacency: f32,
}

/// The texts of the `index_schema/` files, by file name.
#[derive(Debug, Clone)]
pub struct Lexicons {
    files: BTreeMap<String, Text>,
    is_embedded: bool,
    /// Those that people have added to, with what they added; made when they are first asked for.
    extended: BTreeMap<&'static str, OnceLock<String>>,
}

/// The text of a file.
#[derive(Debug, Clone)]
enum Text {
    Embedded(&'static str),
    Read(String),
    /// Read when it is first asked for.
    Kept(PathBuf, OnceLock<String>),
}

impl Text {
    /// # Errors
    /// [`Error::Io`] for a file that can't be read.
    fn get(&self) -> Result<&str> {
        match self {
            Text::Embedded(text) => Ok(text),
            Text::Read(text) => Ok(text),
            Text::Kept(path, text) => {
                if let Some(text) = text.get() {
                    return Ok(text);
                }
                let read = text_of(path)?;
                Ok(text.get_or_init(|| read))
            }
        }
    }

    /// The text to be looked at once: what wasn't read yet isn't held.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that can't be read.
    fn once(&self) -> Result<Cow<'_, str>> {
        match self {
            Text::Kept(path, text) if text.get().is_none() => text_of(path).map(Cow::Owned),
            text => text.get().map(Cow::Borrowed),
        }
    }
}

impl Lexicons {
    /// The files that the binary carries.
    pub fn embedded() -> Self {
        Self {
            files: EMBEDDED
                .iter()
                .map(|(name, text)| ((*name).to_string(), Text::Embedded(text)))
                .collect(),
            is_embedded: true,
            extended: BTreeMap::new(),
        }
    }

    /// With what people added, as the text of a table, and with nothing that was added before.
    #[must_use]
    pub fn with_additions(mut self, table: Option<String>) -> Self {
        if table.is_none() && !self.has(additions::FILE) {
            return self;
        }
        self.is_embedded = false;
        match table {
            Some(table) => self.files.insert(additions::FILE.into(), Text::Read(table)),
            None => self.files.remove(additions::FILE),
        };
        self.note_additions();
        self
    }

    /// What people added, as the text of a table.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that can't be read.
    pub fn additions(&self) -> Result<Option<&str>> {
        self.files.get(additions::FILE).map(Text::get).transpose()
    }

    /// What people added that doesn't fit these lexicons: what it lies in isn't there.
    ///
    /// # Errors
    /// [`Error::Io`] and [`Error::Lexicon`] for a table that can't be read.
    pub fn misfits(&self) -> Result<Vec<String>> {
        let Some(table) = self.additions()? else {
            return Ok(Vec::new());
        };
        let mut misfits = Vec::new();
        for name in self.extended.keys().filter(|name| self.has(name)) {
            misfits.extend(additions::misfits(name, self.own_text(name)?, table)?);
        }
        Ok(misfits)
    }

    /// Makes the lexicons that are added to be put together when they are asked for.
    fn note_additions(&mut self) {
        self.extended.clear();
        if self.has(additions::FILE) {
            let names = [additions::PLACES, additions::ACTORS];
            self.extended.extend(names.map(|name| (name, OnceLock::new())));
        }
    }

    /// Whether these are the binary's own lexicons, with nothing replaced or added.
    pub fn is_embedded(&self) -> bool {
        self.is_embedded
    }

    /// The lexicons that an index keeps in `dir`, completed by the embedded ones. Each file is read when it is
    /// first asked for.
    ///
    /// # Errors
    /// [`Error::SchemaDir`] when `dir` can't be read or holds none.
    pub fn kept_in(dir: &Path) -> Result<Self> {
        let mut lexicons = Self::embedded();
        lexicons.is_embedded = false;
        for (name, path) in paths_of(dir)? {
            lexicons.files.insert(name, Text::Kept(path, OnceLock::new()));
        }
        lexicons.note_additions();
        Ok(lexicons)
    }

    /// The embedded files, replaced and completed by the `.toml`, `.tsv` and `.txt` files of `dir`.
    ///
    /// # Errors
    /// [`Error::SchemaDir`] when `dir` can't be read or holds none of them, [`Error::Io`] for a file in it.
    pub fn from_dir(dir: &Path) -> Result<Self> {
        let mut lexicons = Self::embedded();
        lexicons.is_embedded = false;
        lexicons.files.extend(files_of(dir)?);
        lexicons.note_additions();
        Ok(lexicons)
    }

    /// The fingerprint of the files in `dir` alone: of lexicons that were written there, whatever files a later
    /// griot adds to its own.
    ///
    /// # Errors
    /// As [`Lexicons::from_dir`].
    pub fn fingerprint_of(dir: &Path) -> Result<String> {
        let kept = paths_of(dir)?.into_iter();
        let files = kept
            .map(|(name, path)| (name, Text::Kept(path, OnceLock::new())))
            .collect();
        let lexicons = Self {
            files,
            is_embedded: false,
            extended: BTreeMap::new(),
        };
        lexicons.fingerprint()
    }

    /// Writes all files into `dir`, which must exist.
    pub fn write_to(&self, dir: &Path) -> Result<()> {
        for (name, text) in &self.files {
            let path = dir.join(name);
            disk::raw::write(&path, text.once()?.as_bytes()).map_err(Error::io(&path))?;
        }
        Ok(())
    }

    /// The text of a file, with what people added to it.
    ///
    /// # Errors
    /// [`Error::Lexicon`] when there is none: a facet names a lexicon that doesn't exist; [`Error::Io`] when it
    /// can't be read.
    pub fn text(&self, name: &str) -> Result<&str> {
        let Some(extended) = self.extended.get(name) else {
            return self.own_text(name);
        };
        if let Some(text) = extended.get() {
            return Ok(text);
        }
        let text = additions::merged(name, self.own_text(name)?, self.own_text(additions::FILE)?)?;
        Ok(extended.get_or_init(|| text))
    }

    /// The text of a file as it is.
    fn own_text(&self, name: &str) -> Result<&str> {
        let file = self.files.get(name).ok_or_else(|| Error::Lexicon {
            file: name.to_string(),
            line: 0,
            message: "there is no such file; put it beside schema.toml".into(),
        })?;
        file.get()
    }

    /// Whether there is a file of that name.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The French analyzer built from these files.
    ///
    /// # Errors
    /// [`Error::Lexicon`].
    pub fn french(&self) -> Result<French> {
        French::new(
            self.text("elisions.txt")?,
            self.text("stopwords.txt")?,
            self.text("stems.tsv")?,
            self.text("verbs.tsv")?,
        )
    }

    /// The words that a plain query doesn't require.
    ///
    /// # Errors
    /// [`Error::Lexicon`].
    pub fn function_words(&self) -> Result<FunctionWords> {
        FunctionWords::new(self.text(function_words::FILE)?)
    }

    /// A hash of all files: a different one means that an index must be built anew.
    ///
    /// # Errors
    /// [`Error::Io`] when one can't be read.
    pub fn fingerprint(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        for (name, text) in &self.files {
            for part in [name.as_bytes(), text.once()?.as_bytes()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        Ok(hasher.finalize().to_hex()[..16].to_string())
    }
}

/// The text of a lexicon's file, whatever ends its lines.
fn text_of(path: &Path) -> Result<String> {
    let text = disk::raw::text(path).map_err(Error::io(path))?;
    Ok(if text.contains('\r') {
        text.replace("\r\n", "\n")
    } else {
        text
    })
}

/// The lexicons in a folder, by name.
fn files_of(dir: &Path) -> Result<Vec<(String, Text)>> {
    let read = |(name, path): (String, PathBuf)| Ok((name, Text::Read(text_of(&path)?)));
    paths_of(dir)?.into_iter().map(read).collect()
}

/// The names and paths of the lexicons in a folder.
fn paths_of(dir: &Path) -> Result<Vec<(String, PathBuf)>> {
    let unusable = |message: String| Error::SchemaDir {
        path: dir.to_path_buf(),
        message,
    };
    let listed = disk::entries(dir).map_err(|error| match error {
        Error::Io { source, .. } => unusable(source.to_string()),
        other => other,
    })?;
    let mut files = Vec::new();
    for path in listed.ok_or_else(|| unusable("no such folder".into()))? {
        let (Some(name), Some(extension)) = (
            path.file_name().and_then(|n| n.to_str()),
            path.extension().and_then(|e| e.to_str()),
        ) else {
            continue;
        };
        if matches!(extension, "toml" | "tsv" | "txt") {
            files.push((name.to_string(), path.clone()));
        }
    }
    if files.is_empty() {
        return Err(unusable("it has no .toml, .tsv or .txt file".into()));
    }
    Ok(files)
}
