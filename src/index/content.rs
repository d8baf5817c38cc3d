//! The hashes of what an article says. They are stored: what is hashed must stay the same, byte for byte.

use super::fields::column;
use super::hash::{first_bytes, hash64};
use super::origin::Origin;
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::facets;
use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::{DocAddress, Searcher};

/// The hash of an article as it was read, under the id that it claims: the same when it is read back from the
/// index.
///
/// # Errors
/// [`crate::Error::Json`], which no article has given yet.
pub fn content_hash(article: &Article, origin: &Origin) -> Result<u64> {
    Ok(hash64(&serde_json::to_vec(&Hashed::of(
        article,
        Some(&origin.id()),
    ))?))
}

/// The hash of all that an article says, wherever it lies. An id of its own is part of what it says: records
/// that somebody numbered apart stay apart.
///
/// # Errors
/// [`crate::Error::Json`], which no article has given yet.
pub fn content_key(article: &Article, origin: &Origin) -> Result<u64> {
    let said = serde_json::to_vec(&Hashed::of(article, None))?;
    Ok(key_of(said, origin))
}

/// [`content_hash`] and [`content_key`] of an article that is written once for both.
///
/// # Errors
/// [`crate::Error::Json`], which no article has given yet.
pub fn hashes(article: &Article, origin: &Origin) -> Result<(u64, u64)> {
    // Room for what few articles exceed: growing would copy the text several times.
    let mut said = Vec::with_capacity(article.body.len() + article.body.len() / 16 + 1024);
    serde_json::to_writer(&mut said, &Hashed::of(article, None))?;
    // The id would be the first of the keys.
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"{\"id\":");
    hasher.update(&serde_json::to_vec(&origin.id())?);
    hasher.update(b",");
    hasher.update(&said[1..]);
    Ok((first_bytes(&hasher.finalize()), key_of(said, origin)))
}

/// The hash of what an article says, written as JSON without its id.
fn key_of(mut said: Vec<u8>, origin: &Origin) -> u64 {
    // Months are derived from it where nothing else tells them.
    if let Some(date) = origin.file.rsplit('/').next().and_then(facets::date_in_name) {
        said.extend_from_slice(format!("\0{date}").as_bytes());
    }
    if let Some(own) = origin.id_of_record() {
        said.extend_from_slice(format!("\0id {own}").as_bytes());
    }
    hash64(&said)
}

/// Whether the text of an article that was read back from the index is what was indexed, by its hash, before it
/// is written anew under a fresh checksum.
///
/// # Errors
/// [`Error::Damaged`], naming the article.
pub fn compare(searcher: &Searcher, address: DocAddress, content: u64, origin: &Origin) -> Result<()> {
    let segment = searcher.segment_reader(address.segment_ord);
    let column = segment.fast_fields().u64(column::CONTENT)?;
    match column.first(address.doc_id) {
        Some(indexed) if indexed != content => Err(Error::Damaged(format!(
            "“{}” is not what was indexed",
            origin.id()
        ))),
        _ => Ok(()),
    }
}

/// An article under another id than its own, as [`Article`] itself is written.
#[derive(Serialize)]
struct Hashed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    title: &'a str,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    lang_detected: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    from_text: &'a [String],
    given: &'a BTreeMap<String, Vec<String>>,
    extra: &'a BTreeMap<String, serde_json::Value>,
}

impl<'a> Hashed<'a> {
    fn of(article: &'a Article, id: Option<&'a str>) -> Self {
        // All fields: a new one has to be thought of here.
        let Article {
            id: _,
            title,
            body,
            date,
            url,
            source,
            author,
            lang,
            lang_detected,
            from_text,
            given,
            extra,
        } = article;
        Self {
            id,
            title,
            body,
            date: *date,
            url: url.as_deref(),
            source: source.as_deref(),
            author: author.as_deref(),
            lang: lang.as_deref(),
            lang_detected: *lang_detected,
            from_text,
            given,
            extra,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_hashed_as_it_is_written() {
        let bare = Article {
            title: "T".into(),
            ..Article::default()
        };
        let full = Article {
            id: Some("x".into()),
            body: "B".into(),
            date: "2024-03".parse().ok(),
            url: Some("u".into()),
            source: Some("s".into()),
            author: Some("a".into()),
            lang: Some("fr".into()),
            lang_detected: true,
            from_text: vec!["date".into(), "source".into()],
            given: [("region".to_string(), vec!["Gao".to_string()])].into(),
            extra: [("k".to_string(), serde_json::json!({"b": 1, "a": [2]}))].into(),
            ..bare.clone()
        };
        for article in [bare, full] {
            let written = serde_json::to_string(&article).expect("written");
            let origin = Origin::of(&article, "0/é \"x\".jsonl".into(), 3);
            let apart = [content_hash(&article, &origin), content_key(&article, &origin)];
            let (content, key) = hashes(&article, &origin).expect("hashed");
            assert_eq!(apart.map(|hash| hash.expect("hashed")), [content, key]);
            let hashed = serde_json::to_string(&Hashed::of(&article, article.id.as_deref()));
            assert_eq!(hashed.expect("written"), written);
        }
    }
}
