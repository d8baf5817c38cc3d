//! Opening an index: the generation in use, seen as of one commit.

use super::document::Stored;
use super::fields::{self, Fields};
use super::layout::{self, IndexDir};
use super::payload::Payload;
use super::unread::Unread;
use super::{commit_copy, compiled, directory, footer, tokenizers};
use crate::error::Result;
use crate::facets::{Compiled, Facets, SchemaFile};
use crate::french::French;
use crate::function_words::FunctionWords;
use crate::schema::Lexicons;
use crate::synonyms::Variants;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

/// An index opened for searching: one commit, seen whole.
pub struct Reader {
    pub index_dir: IndexDir,
    pub generation: PathBuf,
    pub index: Index,
    pub fields: Fields,
    pub schema: SchemaFile,
    pub french: Arc<French>,
    /// Words that a plain query doesn't require.
    pub function_words: FunctionWords,
    pub payload: Payload,
    pub(super) lexicons: Lexicons,
    pub(super) known: Arc<Known>,
    /// Ids that articles are shown under elsewhere, by what orders them.
    pub(super) shown: FxHashMap<u64, String>,
    pub(super) reader: IndexReader,
    pub(super) _held: Option<std::fs::File>,
}

/// What the lexicons say, opened when first asked for.
#[derive(Default)]
pub(super) struct Known {
    compiled: OnceLock<Compiled>,
    facets: OnceLock<Facets>,
    variants: OnceLock<Variants>,
}

impl Reader {
    /// Opens the generation in use.
    ///
    /// # Errors
    /// [`crate::Error::NoIndex`], [`crate::Error::NotAnIndex`], [`crate::Error::OtherVersion`], or what
    /// tantivy says.
    pub fn open(index_dir: &IndexDir) -> Result<Self> {
        let Opened {
            generation,
            index,
            payload,
            held,
        } = Opened::any(index_dir)?;
        payload.check_format(&index_dir.path)?;
        footer::check_all(&index, &generation)?;
        let lexicons = lexicons_of(&generation, &payload)?;
        let schema = lexicons.schema()?;
        let french = Arc::new(lexicons.french()?);
        let (_, fields) = fields::build(&schema);
        tokenizers::register(index.tokenizers(), &french);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let index_dir = index_dir.clone();
        Ok(Self {
            index_dir,
            generation,
            index,
            fields,
            schema,
            french,
            function_words: lexicons.function_words()?,
            payload,
            lexicons,
            known: Arc::new(Known::default()),
            shown: FxHashMap::default(),
            reader,
            _held: held,
        })
    }

    /// The id that an article is shown under where it was brought from.
    pub(crate) fn shown(&self, article: &Stored) -> Option<&str> {
        if self.shown.is_empty() {
            return None;
        }
        self.shown.get(&article.origin().key()).map(String::as_str)
    }

    /// The commit that was current when the reader was opened.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The lexicons compiled: the binary's own, else those that the generation keeps. Where neither are those of
    /// this index (another griot made it), they are compiled now.
    pub(super) fn compiled(&self) -> Result<&Compiled> {
        if let Some(compiled) = self.known.compiled.get() {
            return Ok(compiled);
        }
        let kept = match self.lexicons.is_embedded() {
            true => None,
            false => compiled::kept(&self.generation, &self.payload.fingerprint),
        };
        let found = match kept {
            Some(kept) => kept,
            None => Compiled::of(&self.lexicons, &self.french)?,
        };
        Ok(self.known.compiled.get_or_init(|| found))
    }

    /// The lexicons of the facets, opened when first asked for.
    pub fn facets(&self) -> Result<&Facets> {
        if let Some(facets) = self.known.facets.get() {
            return Ok(facets);
        }
        let declarations = self.schema.facets.clone();
        let built = self.compiled()?.facets(declarations, &self.lexicons)?;
        Ok(self.known.facets.get_or_init(|| built))
    }

    /// Names with their spellings, as the index was built with; opened when first asked for.
    pub fn variants(&self) -> Result<&Variants> {
        if let Some(variants) = self.known.variants.get() {
            return Ok(variants);
        }
        let built = self.compiled()?.variants()?;
        Ok(self.known.variants.get_or_init(|| built))
    }

    /// What of the archive is not in the index, or only in part, by the paths of files.
    pub fn unread(&self) -> Unread {
        self.payload.unread.with_paths(|key| self.path_of(key))
    }

    /// The absolute path of the file behind a file key, as far as it can be shown.
    pub fn path_of(&self, file_key: &str) -> String {
        self.payload.path_of(file_key).display().to_string()
    }
}

/// The generation in use, of whatever format.
pub(crate) struct Opened {
    pub generation: PathBuf,
    pub index: Index,
    pub payload: Payload,
    held: Option<std::fs::File>,
}

impl Opened {
    /// # Errors
    /// [`crate::Error::NoIndex`], [`crate::Error::NotAnIndex`], [`crate::Error::OtherVersion`] for a newer
    /// format, or what tantivy says.
    pub fn any(index_dir: &IndexDir) -> Result<Self> {
        // Another process may swap in a new generation between reading CURRENT and opening it.
        let mut generation = index_dir.current()?;
        let mut held = IndexDir::hold(&generation);
        for _ in 0..3 {
            let now = index_dir.current()?;
            if now == generation {
                break;
            }
            generation = now;
            held = IndexDir::hold(&generation);
        }
        let opened = directory::open(&generation)
            .and_then(|index| Ok((Payload::read(&index, &index_dir.path)?, index)));
        let (payload, index) = opened.map_err(|error| commit_copy::explain(error, &generation))?;
        Ok(Self {
            generation,
            index,
            payload,
            held,
        })
    }
}

/// The lexicons that an index was built with. Where they are the binary's own, nothing is read.
fn lexicons_of(generation: &Path, payload: &Payload) -> Result<Lexicons> {
    let embedded = Compiled::embedded();
    if embedded.is_some_and(|embedded| embedded.fingerprint() == payload.lexicons()) {
        Ok(Lexicons::embedded())
    } else {
        Lexicons::kept_in(&generation.join(layout::SCHEMA))
    }
}
