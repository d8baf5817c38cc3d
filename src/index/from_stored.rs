//! Carrying articles from one generation to the next by the text that the index holds, without their files.
//!
//! Title, body and metadata as given are stored, so that another lexicon or another analysis needs no
//! archive: it may be on a disk that isn't mounted. Reads older formats too: fields are found by their names.

use super::analysis::{Analysis, Job};
use super::content;
use super::document::{self, Stored};
use super::duplicates::{self, Duplicates};
use super::fields::{BODY_TEXT, TITLE_TEXT, column};
use super::origin::MEMBERS;
use super::payload;
use super::pool::{Inverting, Pool};
use super::postings;
use super::queue::Writer;
use super::state::{self, SourceState};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use tantivy::schema::{Schema, Term, Value};
use tantivy::{DocAddress, Index, Searcher, TantivyDocument};

/// What is carried, and where to.
pub struct FromStored<'a> {
    pub analysis: &'a Analysis,
    pub writer: &'a Writer,
    pub threads: usize,
    /// Format of the index that it is carried from.
    pub format: u32,
    /// Whether to end early.
    pub stopped: &'a dyn Fn() -> bool,
}

/// What the next run is to think of the files that are carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// They are as they were read.
    AsBefore,
    /// They were to be read and couldn't be: try again.
    ReadAgain,
}

impl FromStored<'_> {
    /// Carries the files whose keys `wanted` takes from `old`, articles and states, and gives their states.
    /// Ends early, with part of it done, when it is asked to stop.
    ///
    /// # Errors
    /// [`Error::Damaged`] for an article that can't be read back.
    pub fn files(
        &self,
        old: &Index,
        wanted: &dyn Fn(&str) -> bool,
        trust: Trust,
        inverting: Inverting,
        duplicates: &mut Duplicates,
    ) -> Result<FxHashMap<String, SourceState>> {
        let searcher = old.reader()?.searcher();
        let record_key = column::in_schema(searcher.schema(), column::RECORD_KEY);
        let mut states = state::read(&searcher)?;
        states.retain(|key, _| wanted(key));
        self.from(&searcher, inverting, duplicates, |from, pool, duplicates| {
            for (ord, segment) in (0..).zip(searcher.segment_readers()) {
                // Documents come in their order: one block of the store at a time is enough.
                let store = segment
                    .get_store_reader(1)
                    .map_err(|e| Error::Damaged(e.to_string()))?;
                let record_keys = segment.fast_fields().u64(record_key)?;
                for doc in segment
                    .doc_ids_alive()
                    .filter(|doc| record_keys.first(*doc).is_some())
                {
                    if (self.stopped)() {
                        return Ok(());
                    }
                    let stored = from.names.read(&store.get(doc)?)?;
                    if states.contains_key(&stored.meta.file) {
                        self.article(from, DocAddress::new(ord, doc), stored, pool, duplicates)?;
                    }
                }
            }
            Ok(())
        })?;
        self.states(&states, trust)?;
        Ok(states)
    }

    /// Carries files of the last commit of the index that is written, by their states: what was added of them
    /// since must have been deleted. They are to be read again at the next run.
    ///
    /// # Errors
    /// [`Error::Damaged`] for an article that can't be read back.
    pub fn back(&self, files: &FxHashMap<String, SourceState>, duplicates: &mut Duplicates) -> Result<()> {
        let searcher = self.writer.index().reader()?.searcher();
        let field = searcher.schema().get_field("file")?;
        self.from(
            &searcher,
            Inverting::Writer,
            duplicates,
            |from, pool, duplicates| {
                for key in files.keys() {
                    for address in postings::all(&searcher, &Term::from_field_text(field, key))? {
                        let record_keys = searcher
                            .segment_reader(address.segment_ord)
                            .fast_fields()
                            .u64(column::RECORD_KEY)?;
                        if record_keys.first(address.doc_id).is_some() {
                            let stored = from.names.read(&searcher.doc(address)?)?;
                            self.article(from, address, stored, pool, duplicates)?;
                        }
                    }
                }
                Ok(())
            },
        )?;
        self.states(files, Trust::ReadAgain)
    }

    /// Runs `work` with workers that analyse, and waits for them.
    fn from(
        &self,
        searcher: &Searcher,
        inverting: Inverting,
        duplicates: &mut Duplicates,
        work: impl FnOnce(&mut From, &Pool<'_>, &mut Duplicates) -> Result<()>,
    ) -> Result<()> {
        let mut from = From {
            names: Names::of(searcher.schema())?,
            searcher: searcher.clone(),
            before: self.writer.index().reader()?.searcher(),
            claims: FxHashMap::default(),
        };
        std::thread::scope(|scope| {
            let pool = Pool::start(scope, self.threads, inverting, self.analysis, self.writer);
            let worked = work(&mut from, &pool, duplicates);
            pool.finish()?;
            worked
        })
    }

    fn article(
        &self,
        from: &mut From,
        address: DocAddress,
        mut stored: Stored,
        pool: &Pool<'_>,
        duplicates: &mut Duplicates,
    ) -> Result<()> {
        if stored.meta.copy {
            stored = duplicates::with_text(&from.searcher, address, stored, &|doc| from.names.read(doc))?;
        }
        if self.format < BY_CLAIMS && has_own_id(&stored) {
            let claims = from
                .claims
                .entry((stored.meta.file.clone(), stored.id.clone()))
                .or_default();
            stored.meta.record = std::mem::replace(claims, *claims + 1);
        }
        let (article, origin) = stored.into_article();
        let content = content::content_hash(&article, &origin)?;
        if self.format == payload::FORMAT {
            content::compare(&from.searcher, address, content, &origin)?;
        }
        let content_key = content::content_key(&article, &origin)?;
        let fields = &self.analysis.fields;
        if duplicates.add(&from.before, fields, content_key, origin.clone(), content)? {
            let copy = document::copy(fields, &origin, content, content_key)?;
            return pool.add_document(copy);
        }
        pool.add(Job {
            article,
            origin,
            content,
            content_key,
            also: Vec::new(),
        })
    }

    fn states(&self, states: &FxHashMap<String, SourceState>, trust: Trust) -> Result<()> {
        for (key, state) in states {
            let state = match trust {
                Trust::AsBefore => *state,
                Trust::ReadAgain => state.to_be_read_again(),
            };
            self.writer
                .add_document(document::source(&self.analysis.fields, key, &state).into())?;
        }
        Ok(())
    }
}

/// What is carried from.
struct From {
    searcher: Searcher,
    names: Names,
    /// The last commit of the index that is written.
    before: Searcher,
    /// How many records of a file claimed an id so far, in formats that don't say so.
    claims: FxHashMap<(String, String), usize>,
}

/// The stored fields of an index of any format.
struct Names {
    id: tantivy::schema::Field,
    title: tantivy::schema::Field,
    body: tantivy::schema::Field,
    meta: tantivy::schema::Field,
}

impl Names {
    fn of(schema: &Schema) -> Result<Self> {
        let field = |name| schema.get_field(name).map_err(|e| Error::Damaged(e.to_string()));
        let text = |name, former| field(name).or_else(|_| field(former));
        Ok(Self {
            id: field("id")?,
            title: text(TITLE_TEXT, "title")?,
            body: text(BODY_TEXT, "body")?,
            meta: field("meta")?,
        })
    }

    fn read(&self, doc: &TantivyDocument) -> Result<Stored> {
        let text = |field| {
            doc.get_first(field)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
                .to_string()
        };
        let id = text(self.id);
        let meta = serde_json::from_str(&text(self.meta))
            .map_err(|e| Error::Damaged(format!("metadata of “{id}”: {e}")))?;
        Ok(Stored {
            id,
            title: text(self.title),
            body: text(self.body),
            meta,
        })
    }
}

/// Formats before this one numbered records with an id of their own by their place in the file, too.
const BY_CLAIMS: u32 = 3;

fn has_own_id(stored: &Stored) -> bool {
    stored.meta.record < MEMBERS && stored.origin().own_id().is_some()
}
