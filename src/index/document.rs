//! Article to tantivy document and back.

use super::corrections::Correction;
use super::extra;
use super::fields::{ARTICLE, COPY, Fields, SOURCE};
use super::queue::Queued;
use super::state::SourceState;
use crate::article::{Article, FacetValue};
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::french::sketch::Sketch;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tantivy::TantivyDocument;
use tantivy::schema::{Facet, Value};

/// What the `meta` field stores of an article, beside title and body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Key of the file, and number of the record in it, from 1; 0 where a file is one article.
    pub file: String,
    /// For a record without an id, its number in the file, from 1; for one with an id, how many records
    /// before it in the file claim the same. So a record that only moved within its file stays the same
    /// document.
    pub record: usize,
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    /// `lang` was told from the text's words, rather than given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lang_detected: bool,
    /// Metadata of facets as given, before the lexicon was asked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, Vec<String>>,
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "extra::deserialize"
    )]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Facet values, given and derived, with evidence.
    pub values: Vec<FacetValue>,
    /// Contradictions and impossible dates met while deriving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Another place of an article, which has the text and the metadata; see [`super::copies`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub copy: bool,
    /// Decisions of analysts that were applied to the values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
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

    /// Its number in its file, from 1, if it is called by that.
    pub fn number(&self) -> Option<usize> {
        let record = self.meta.record;
        (record > 0 && self.id == default_id(&self.meta.file, record)).then_some(record)
    }

    /// The article as it was read, the key of its file, and its number in it: nothing derived is kept.
    pub fn into_article(self) -> (Article, String, usize) {
        let Stored {
            id,
            title,
            body,
            meta,
        } = self;
        let article = Article {
            id: Some(id),
            title,
            body,
            date: meta.date,
            url: meta.url,
            source: meta.source,
            author: meta.author,
            lang: meta.lang,
            lang_detected: meta.lang_detected,
            given: meta.given,
            extra: meta.extra,
        };
        (article, meta.file, meta.record)
    }
}

/// Where the numbers of articles from members of archives begin.
pub const MEMBERS: usize = 1 << 31;

/// The id of a record that has none: path relative to its root, `#n` in containers.
pub fn default_id(file_key: &str, record: usize) -> String {
    let path = file_key.split_once('/').map_or(file_key, |(_, rest)| rest);
    if record == 0 {
        path.to_string()
    } else {
        format!("{path}#{record}")
    }
}

/// The id under which an article is stored: its own, else the default one.
pub fn claimed_id(article: &Article, file_key: &str, record: usize) -> String {
    own_id(article).map_or_else(|| default_id(file_key, record), String::from)
}

/// The id that the record itself has, unless it is longer than a term may be.
pub fn own_id(article: &Article) -> Option<&str> {
    article
        .id
        .as_deref()
        .filter(|id| !id.is_empty() && id.len() < 32_000)
}

/// How one article of a file is called by the file: `path#n` by its number, `path#id` by an id of its own,
/// `path#id~2` if a record before it in the file has the same.
pub fn name_in_file(id: &str, file_key: &str, record: usize) -> String {
    let numbered = default_id(file_key, record);
    if id == numbered || record >= MEMBERS {
        return numbered;
    }
    let path = default_id(file_key, 0);
    if record == 0 {
        format!("{path}#{id}")
    } else {
        format!("{path}#{id}~{}", record + 1)
    }
}

/// The hash of an article as it was read, under the id that it claims: the same when it is read back from the
/// index.
///
/// # Errors
/// [`Error::Json`], which no article has given yet.
pub fn content_hash(article: &mut Article, claimed: &str) -> Result<u64> {
    article.id = Some(claimed.to_string());
    Ok(hash64(&serde_json::to_vec(article)?))
}

/// What was worked out of an article, beside its words.
pub struct Derived {
    /// See [`content_hash`].
    pub content: u64,
    /// See [`super::copies::same`].
    pub same: u64,
    pub values: Vec<FacetValue>,
    pub notes: Vec<String>,
    pub sketch: Sketch,
    pub corrections: Vec<Correction>,
}

/// The document of an article.
pub fn article(
    fields: &Fields,
    article: Article,
    file_key: &str,
    record: usize,
    derived: Derived,
) -> Result<TantivyDocument> {
    let Derived {
        content,
        same,
        values,
        notes,
        sketch,
        corrections,
    } = derived;
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
    if let Some((from, to)) = article
        .date
        .map(PartialDate::interval)
        .or_else(|| months(fields, &values))
    {
        doc.add_i64(fields.date_from, from);
        doc.add_i64(fields.date_to, to);
    }
    doc.add_u64(fields.tie, tie(file_key, &id, record));
    doc.add_u64(fields.content, content);
    doc.add_u64(fields.same, same);
    if sketch != Sketch::default() {
        fields
            .sketch
            .iter()
            .zip(sketch)
            .for_each(|(field, word)| doc.add_u64(*field, word));
    }
    for (facet, field) in &fields.facets {
        for value in values.iter().filter(|v| v.facet == facet.name) {
            doc.add_facet(*field, Facet::from_path(FacetPath::new(&value.path).levels()));
        }
    }
    let given = values
        .iter()
        .filter(|v| v.given)
        .fold(0, |bits, value| bits | fields.given_bit(&value.facet));
    if given != 0 {
        doc.add_u64(fields.given, given);
    }
    let mut meta = Meta {
        file: file_key.to_string(),
        record,
        date: article.date,
        url: article.url,
        source: article.source,
        author: article.author,
        lang: article.lang,
        lang_detected: article.lang_detected,
        given: article.given,
        extra: article.extra,
        values,
        notes,
        copy: false,
        corrections,
    };
    doc.add_text(fields.meta, readable(&mut meta)?);
    Ok(doc)
}

/// The JSON of metadata. What has no fixed shape is read back before it counts, and kept as text where it can't
/// be: an article that can't be read again would end every search that finds it.
fn readable(meta: &mut Meta) -> Result<String> {
    for value in meta.extra.values_mut() {
        let text = serde_json::to_string(value)?;
        if serde_json::from_str::<serde_json::Value>(&text).is_err() {
            *value = text.into();
        }
    }
    Ok(serde_json::to_string(meta)?)
}

/// First and last day of the months of publication: what filters by date go by where an article has no date.
fn months(fields: &Fields, values: &[FacetValue]) -> Option<(i64, i64)> {
    let of_publication = |value: &&FacetValue| {
        fields
            .facet(&value.facet)
            .is_some_and(|(facet, _)| facet.derive.publication)
    };
    let dates = values
        .iter()
        .filter(of_publication)
        .filter_map(|value| FacetPath::new(&value.path).date());
    dates
        .map(PartialDate::interval)
        .reduce(|(from, to), (first, last)| (from.min(first), to.max(last)))
}

/// The document of another place of an article: what names the place, and nothing that a search would find.
pub(super) fn copy(
    fields: &Fields,
    id: &str,
    file_key: &str,
    record: usize,
    content: u64,
    same: u64,
) -> Result<TantivyDocument> {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, id);
    doc.add_text(fields.file, file_key);
    doc.add_text(fields.kind, COPY);
    doc.add_u64(fields.tie, tie(file_key, id, record));
    doc.add_u64(fields.content, content);
    doc.add_u64(fields.same, same);
    let meta = Meta {
        file: file_key.to_string(),
        record,
        copy: true,
        ..Meta::default()
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
    let meta = serde_json::from_str(text(fields.meta))
        .map_err(|e| Error::Damaged(format!("metadata of “{}”: {e}", text(fields.id))))?;
    Ok(Stored {
        id: text(fields.id).into(),
        title: text(fields.title).into(),
        body: text(fields.body).into(),
        meta,
    })
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
