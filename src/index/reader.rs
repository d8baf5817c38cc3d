//! Opening an index: the generation in use, seen as of one commit.

use super::fields::{self, Fields};
use super::layout::{self, IndexDir};
use super::payload::{self, Payload};
use super::unread::Unread;
use super::{commit_copy, directory, footer, tokenizers};
use crate::disk;
use crate::error::Result;
use crate::facets::{Facets, SchemaFile};
use crate::french::French;
use crate::function_words::FunctionWords;
use crate::schema::Lexicons;
use crate::synonyms::{self, Name, Variants, Written};
use std::path::PathBuf;
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
    facets: OnceLock<Facets>,
    variants: OnceLock<Variants>,
    reader: IndexReader,
    _held: Option<std::fs::File>,
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
        let lexicons = Lexicons::from_dir(&generation.join(layout::SCHEMA))?;
        let schema = lexicons.schema()?;
        let french = Arc::new(lexicons.french()?);
        let (_, fields) = fields::build(&schema);
        tokenizers::register(index.tokenizers(), &french);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let (facets, variants) = (OnceLock::new(), OnceLock::new());
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
            facets,
            variants,
            reader,
            _held: held,
        })
    }

    /// The commit that was current when the reader was opened.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The lexicons of the facets, read when first asked for: a search without filters doesn't pay for them.
    pub fn facets(&self) -> Result<&Facets> {
        if let Some(facets) = self.facets.get() {
            return Ok(facets);
        }
        let built = Facets::new(&self.lexicons, &self.french)?;
        Ok(self.facets.get_or_init(|| built))
    }

    /// Names with their spellings, as the index was built with; read when first asked for.
    pub fn variants(&self) -> Result<&Variants> {
        if let Some(variants) = self.variants.get() {
            return Ok(variants);
        }
        let kept = disk::raw::text(&self.generation.join(layout::NAMES))
            .ok()
            .and_then(|text| synonyms::read(&text));
        let names = match kept {
            Some(names) => names,
            None => names_of(self.facets()?, &self.french),
        };
        let built = Variants::new(names, self.lexicons.text("compounds.txt")?, &self.french)?;
        Ok(self.variants.get_or_init(|| built))
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

/// The names that the lexicons of the facets let find one another.
pub fn names_of(facets: &Facets, french: &French) -> Vec<Name> {
    let name = |variant: crate::facets::Variant<'_>| Name {
        facet: variant.facet.to_string(),
        path: variant.path.to_string(),
        spellings: variant
            .spellings
            .iter()
            .map(|text| Written::new(text, french))
            .collect(),
    };
    facets.search_variants().map(name).collect()
}

/// The fingerprint of lexicons and analysis code: a different one means a rebuild.
pub fn fingerprint(lexicons: &Lexicons) -> String {
    format!("{}-{}", lexicons.fingerprint(), payload::ANALYSIS)
}
