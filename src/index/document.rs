//! Article to tantivy document and back.

use super::corrections::Correction;
use super::encoded_tokens::IndexedWords;
use super::extra;
use super::fields::{ARTICLE, COPY, Fields, SOURCE};
use super::origin::{Origin, RecordNumber};
use super::state::SourceState;
use crate::article::{Article, FacetValue};
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;
use crate::french::fold;
use crate::french::signature::Signature;
use crate::page_numbers::Pages;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tantivy::TantivyDocument;
use tantivy::schema::{Facet, Value};

/// What the `meta` field stores of an article, beside title and body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Key of the file, and number of the record in it.
    pub file: String,
    pub record: RecordNumber,
    pub date: Option<PartialDate>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    /// `lang` was detected by the text's words, rather than given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lang_detected: bool,
    /// See [`Article::from_text`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from_text: Vec<String>,
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
    /// Contradictions and impossible dates found while deriving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Another place of an article, which has the text and the metadata; see [`super::duplicates`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub copy: bool,
    /// Decisions of analysts that were applied to the values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The date that the article came with, where `date` is what an analyst decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_date: Option<ReadDate>,
}

/// A date that may be none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadDate {
    pub date: Option<PartialDate>,
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
    /// Where the pages of its body begin, of a document with pages.
    pub fn pages(&self) -> Pages {
        Pages::of(&self.meta.extra)
    }

    /// Paths of a facet, in the order they were added.
    pub fn facet<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a FacetValue> {
        self.meta.values.iter().filter(move |v| v.facet == name)
    }

    /// Its number in its file, from 1, if it is called by that.
    pub fn number(&self) -> Option<usize> {
        let record = self.meta.record;
        (record > 0 && self.origin().own_id().is_none()).then_some(record)
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        Origin::new(self.meta.file.as_str().into(), self.meta.record, &self.id)
    }

    /// The article as it was read, and where it comes from: nothing derived is kept.
    pub fn into_article(self) -> (Article, Origin) {
        let origin = self.origin();
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
            date: meta.read_date.map_or(meta.date, |read| read.date),
            url: meta.url,
            source: meta.source,
            author: meta.author,
            lang: meta.lang,
            lang_detected: meta.lang_detected,
            from_text: meta.from_text,
            given: meta.given,
            extra: meta.extra,
        };
        (article, origin)
    }
}

/// What was worked out of an article, beside its words.
pub struct Derived {
    /// See [`super::content::content_hash`].
    pub content: u64,
    /// See [`super::content::content_key`].
    pub content_key: u64,
    pub values: Vec<FacetValue>,
    pub notes: Vec<String>,
    pub signature: Signature,
    pub corrections: Vec<Correction>,
    /// See [`Meta::read_date`].
    pub read_date: Option<ReadDate>,
}

/// The document of an article, without its words.
pub fn article(
    fields: &Fields,
    article: Article,
    origin: &Origin,
    derived: Derived,
) -> Result<TantivyDocument> {
    let Derived {
        content,
        content_key,
        values,
        notes,
        signature,
        corrections,
        read_date,
    } = derived;
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, origin.id());
    doc.add_text(fields.file, &origin.file);
    doc.add_text(fields.kind, ARTICLE);
    add_texts(&mut doc, fields, &article);
    if let Some((from, to)) = article
        .date
        .map(PartialDate::interval)
        .or_else(|| months(fields, &values))
    {
        doc.add_i64(fields.date_from, from);
        doc.add_i64(fields.date_to, to);
    }
    doc.add_u64(fields.record_key, origin.key());
    doc.add_u64(fields.content, content);
    doc.add_u64(fields.content_key, content_key);
    if signature != Signature::default() {
        fields
            .signature
            .iter()
            .zip(signature)
            .for_each(|(field, word)| doc.add_u64(*field, word));
    }
    add_values(&mut doc, fields, &values);
    let mut meta = Meta {
        file: origin.file.to_string(),
        record: origin.record,
        date: article.date,
        url: article.url,
        source: article.source,
        author: article.author,
        lang: article.lang,
        lang_detected: article.lang_detected,
        from_text: article.from_text,
        given: article.given,
        extra: article.extra,
        values,
        notes,
        copy: false,
        corrections,
        read_date,
    };
    doc.add_text(fields.meta, readable(&mut meta)?);
    Ok(doc)
}

/// Adds title and body as they are stored, and the medium.
fn add_texts(doc: &mut TantivyDocument, fields: &Fields, article: &Article) {
    doc.add_text(fields.title_text, &article.title);
    doc.add_text(fields.body_text, &article.body);
    if let Some(source) = &article.source {
        doc.add_text(fields.source, fold(source));
    }
}

/// Adds the words of title and body for tantivy to index.
pub fn add_words(doc: &mut TantivyDocument, fields: &Fields, [title, body]: [IndexedWords; 2]) {
    for (terms, forms, words) in [
        (fields.title, fields.title_forms, title),
        (fields.body, fields.body_forms, body),
    ] {
        match words {
            IndexedWords::Encoded(tokens) => {
                doc.add_text(terms, tokens.terms);
                doc.add_text(forms, tokens.forms);
            }
            IndexedWords::Text(text) => {
                doc.add_text(terms, &text);
                doc.add_text(forms, text);
            }
        }
    }
}

/// Facet values, and which of the facets were given.
fn add_values(doc: &mut TantivyDocument, fields: &Fields, values: &[FacetValue]) {
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
///
/// # Errors
/// [`Error::Json`], which none has given yet.
pub fn copy(fields: &Fields, origin: &Origin, content: u64, content_key: u64) -> Result<TantivyDocument> {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, origin.id());
    doc.add_text(fields.file, &origin.file);
    doc.add_text(fields.kind, COPY);
    doc.add_u64(fields.record_key, origin.key());
    doc.add_u64(fields.content, content);
    doc.add_u64(fields.content_key, content_key);
    let meta = Meta {
        file: origin.file.to_string(),
        record: origin.record,
        copy: true,
        ..Meta::default()
    };
    doc.add_text(fields.meta, serde_json::to_string(&meta)?);
    Ok(doc)
}

/// The source document of a file.
pub(super) fn source(fields: &Fields, key: &str, state: &SourceState) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.file, key);
    doc.add_text(fields.kind, SOURCE);
    doc.add_text(fields.src_key, key);
    doc.add_u64(fields.src_size, state.size);
    doc.add_i64(fields.src_mtime, state.stamp);
    doc.add_u64(fields.src_hash, state.hash);
    doc.add_u64(fields.src_records, state.records);
    doc
}

/// A stored document as an article.
pub fn read(fields: &Fields, doc: &TantivyDocument) -> Result<Stored> {
    let text = |field| doc.get_first(field).and_then(|v| v.as_str()).unwrap_or_default();
    let meta = serde_json::from_str(text(fields.meta))
        .map_err(|e| Error::Damaged(format!("metadata of “{}”: {e}", text(fields.id))))?;
    Ok(Stored {
        id: text(fields.id).into(),
        title: text(fields.title_text).into(),
        body: text(fields.body_text).into(),
        meta,
    })
}
