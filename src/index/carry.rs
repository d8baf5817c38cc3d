//! Carrying articles from one generation to the next by the text that the index holds, without their files.
//!
//! Title, body and metadata as given are stored, so that another lexicon or another analysis needs no
//! archive: it may be on a disk that isn't mounted. Reads older formats too: fields are found by their names.

use super::copies::{self, Places, Spot};
use super::document::{self, MEMBERS, Stored};
use super::fields::column;
use super::queue::Writer;
use super::state::{self, SourceState};
use super::writer::{Analysis, Job, Pool};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use tantivy::schema::{Schema, Value};
use tantivy::{DocAddress, Index, TantivyDocument};

/// What is carried, and where to.
pub struct Carry<'a> {
    pub analysis: &'a Analysis,
    pub writer: &'a Writer,
    pub threads: usize,
    /// Format of the index that it is carried from.
    pub format: u32,
    /// Whether to end early.
    pub stopped: &'a dyn Fn() -> bool,
}

impl Carry<'_> {
    /// Carries the files whose keys `wanted` takes from `old`, articles and states, and gives their states.
    /// Ends early, with part of it done, when it is told to stop.
    ///
    /// # Errors
    /// [`Error::Damaged`] for an article that can't be read back.
    pub fn files(
        &self,
        old: &Index,
        wanted: &dyn Fn(&str) -> bool,
        places: &mut Places,
    ) -> Result<FxHashMap<String, SourceState>> {
        let searcher = old.reader()?.searcher();
        let mut states = state::read(&searcher)?;
        states.retain(|key, _| wanted(key));
        let names = Names::of(&old.schema())?;
        let mut claims: FxHashMap<(String, String), usize> = FxHashMap::default();
        let before = self.writer.index().reader()?.searcher();
        std::thread::scope(|scope| -> Result<()> {
            let pool = Pool::start(scope, self.threads, self.analysis, self.writer);
            'segments: for (ord, segment) in (0..).zip(searcher.segment_readers()) {
                // Documents come in their order: one block of the store at a time is enough.
                let store = segment
                    .get_store_reader(1)
                    .map_err(|e| Error::Damaged(e.to_string()))?;
                let ties = segment.fast_fields().u64(column::TIE)?;
                for doc in segment.doc_ids_alive().filter(|doc| ties.first(*doc).is_some()) {
                    if (self.stopped)() {
                        break 'segments;
                    }
                    let mut stored = names.read(&store.get(doc)?)?;
                    if !states.contains_key(&stored.meta.file) {
                        continue;
                    }
                    if stored.meta.copy {
                        stored = copies::with_text(&searcher, DocAddress::new(ord, doc), stored, &|doc| {
                            names.read(doc)
                        })?;
                    }
                    if self.format < BY_CLAIMS && has_own_id(&stored) {
                        let claims = claims
                            .entry((stored.meta.file.clone(), stored.id.clone()))
                            .or_default();
                        stored.meta.record = std::mem::replace(claims, *claims + 1);
                    }
                    let (mut article, file_key, record) = stored.into_article();
                    let id = document::claimed_id(&article, &file_key, record);
                    let content = document::content_hash(&mut article, &id)?;
                    let same = copies::same(&mut article, &file_key, record)?;
                    let (fields, place) = (
                        &self.analysis.fields,
                        Spot::new(file_key.as_str().into(), record, &id),
                    );
                    if places.add(&before, fields, same, place.clone(), content)? {
                        self.writer
                            .add_document(copies::document_of(fields, &place, content, same)?.into())?;
                    } else if pool
                        .add(Job {
                            article,
                            file_key,
                            record,
                            content,
                            same,
                            also: Vec::new(),
                        })
                        .is_err()
                    {
                        break 'segments;
                    }
                }
            }
            pool.finish()
        })?;
        for (key, state) in &states {
            self.writer
                .add_document(document::source(&self.analysis.fields, key, state))?;
        }
        Ok(states)
    }
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
        Ok(Self {
            id: field("id")?,
            title: field("title")?,
            body: field("body")?,
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
    stored.meta.record < MEMBERS && stored.id != document::default_id(&stored.meta.file, stored.meta.record)
}
