//! Article to tantivy document and back.

use super::fields::{ARTICLE, Fields, SOURCE};
use super::queue::Queued;
use super::state::SourceState;
use crate::article::{Article, FacetValue};
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::french::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tantivy::TantivyDocument;
use tantivy::schema::{Facet, Value};

/// What the `meta` field stores of an article, beside title and body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Key of the file.
    pub file: String,
    /// For a record without an id, its number in the file, from 1; for one with an id, how many records before it in
    /// the file claim the same. So a record that only moved within its file stays the same document.
    pub record: usize,
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    /// Metadata of facets as given, before the lexicon was asked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Facet values, given and derived, with evidence.
    pub values: Vec<FacetValue>,
    /// Contradictions and impossible dates met while deriving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// An article as the index holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The id it claims; see [`super::ids`] for the one it is shown under.
    pub id: String,
    pub title: String,
    pub body: String,
    pub meta: Meta,
}

impl Stored {
    /// Paths of a facet, in the order they were added.
    pub fn facet<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a FacetValue> {
        self.meta.values.iter().filter(move |v| v.facet == name)
    }
}

/// The id of a record that has none: path relative to its root, `#n` in containers.
pub fn default_id(file_key: &str, record: usize) -> String {
    let path = file_key.split_once('/').map_or(file_key, |(_, rest)| rest);
    if record == 0 { path.to_string() } else { format!("{path}#{record}") }
}

/// The id under which an article is stored: its own, else the default one.
pub fn claimed_id(article: &Article, file_key: &str, record: usize) -> String {
    own_id(article).map_or_else(|| default_id(file_key, record), String::from)
}

/// The id that the record itself has, unless it is longer than a term may be.
pub fn own_id(article: &Article) -> Option<&str> {
    article.id.as_deref().filter(|id| !id.is_empty() && id.len() < 32_000)
}

/// The hash of an article as it was read.
///
/// # Errors
/// [`Error::Json`], which no article has given yet.
pub fn content_hash(article: &Article) -> Result<u64> {
    Ok(hash64(&serde_json::to_vec(article)?))
}

/// The document of an article.
pub fn article(
    fields: &Fields,
    article: Article,
    file_key: &str,
    record: usize,
    content: u64,
    values: Vec<FacetValue>,
    notes: Vec<String>,
) -> Result<TantivyDocument> {
    let mut doc = TantivyDocument::default();
    let id = claimed_id(&article, file_key, record);
    doc.add_text(fields.id, &id);
    doc.add_text(fields.file, file_key);
    doc.add_text(fields.kind, ARTICLE);
    doc.add_text(fields.title, &article.title);
    doc.add_text(fields.title_forms, &article.title);
    doc.add_text(fields.body, &article.body);
    doc.add_text(fields.body_forms, &article.body);
    if let Some(source) = &article.source {
        doc.add_text(fields.source, fold(source));
    }
    if let Some(date) = article.date {
        let (from, to) = date.interval();
        doc.add_i64(fields.date_from, from);
        doc.add_i64(fields.date_to, to);
    }
    doc.add_u64(fields.tie, tie(file_key, &id, record));
    doc.add_u64(fields.content, content);
    for (facet, field) in &fields.facets {
        for value in values.iter().filter(|v| v.facet == facet.name) {
            doc.add_facet(*field, Facet::from_path(value.path.split('/')));
        }
    }
    let meta = Meta {
        file: file_key.to_string(),
        record,
        date: article.date,
        url: article.url,
        source: article.source,
        author: article.author,
        lang: article.lang,
        given: article.given,
        extra: article.extra,
        values,
        notes,
    };
    doc.add_text(fields.meta, serde_json::to_string(&meta)?);
    Ok(doc)
}

/// The source document of a file.
pub(super) fn source(fields: &Fields, key: &str, state: &SourceState) -> Queued {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.file, key);
    doc.add_text(fields.kind, SOURCE);
    doc.add_text(fields.src_key, key);
    doc.add_u64(fields.src_size, state.size);
    doc.add_i64(fields.src_mtime, state.mtime_ns);
    doc.add_u64(fields.src_hash, state.hash);
    doc.add_u64(fields.src_records, state.records);
    doc.into()
}

/// A stored document as an article.
pub fn read(fields: &Fields, doc: &TantivyDocument) -> Result<Stored> {
    let text = |field| doc.get_first(field).and_then(|v| v.as_str()).unwrap_or_default();
    let meta = serde_json::from_str(text(fields.meta)).map_err(|e| Error::Damaged(format!("metadata of “{}”: {e}", text(fields.id))))?;
    Ok(Stored { id: text(fields.id).into(), title: text(fields.title).into(), body: text(fields.body).into(), meta })
}

/// Names a record of a file, and orders articles that are equal in everything asked for.
pub fn tie(file_key: &str, id: &str, record: usize) -> u64 {
    hash64(format!("{file_key}\0{id}\0{record}").as_bytes())
}

/// The first eight bytes of the BLAKE3 hash.
pub fn hash64(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    u64::from_le_bytes(first)
}
