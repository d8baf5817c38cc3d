//! Articles that are brought from a cluster, and the index in memory that holds them here.

use super::ask::Asker;
use crate::error::{Error, Result};
use crate::index::{Brought, Meta, Stored};
use crate::search::LocalEngine;
use serde_json::{Value, json};

/// What is brought of an article.
pub(crate) const FIELDS: [&str; 8] = ["id", "shown", "also", "file", "record", "title", "body", "meta"];

/// Articles that are brought at once.
pub(crate) const AT_ONCE: usize = 500;

/// Most articles that are brought to answer one question: they are held in memory.
pub(crate) const MOST: usize = 20_000;

/// The same of articles without their texts.
pub(crate) const MOST_WITHOUT_TEXTS: usize = 200_000;

/// An article of an answer.
///
/// # Errors
/// [`Error::Remote`] for one that griot didn't push.
pub(crate) fn brought(asker: &Asker, hit: &Value) -> Result<Brought> {
    let source = &hit["_source"];
    let text = |key: &str| source[key].as_str().unwrap_or_default().to_string();
    let list = |key: &str| -> Vec<String> {
        let one = source[key].as_str().map(str::to_string);
        let several = source[key].as_array().into_iter().flatten();
        one.into_iter()
            .chain(several.filter_map(|value| value.as_str().map(str::to_string)))
            .collect()
    };
    let meta: Meta =
        serde_json::from_str(source["meta"].as_str().unwrap_or_default()).map_err(|error| Error::Remote {
            address: asker.address().to_string(),
            message: format!("an article of its index can't be read: {error}; push the archive again"),
            retry: false,
        })?;
    let files = list("file");
    let also = list("also");
    // Further places in one file have ids of their own and share the file.
    let mut places = Vec::new();
    for at in 0..also.len().max(files.len().saturating_sub(1)) {
        let file = files.get(at + 1).or(files.last()).cloned().unwrap_or_default();
        let id = also.get(at).cloned().unwrap_or_else(|| file.clone());
        places.push((file, at + 1, id));
    }
    Ok(Brought {
        article: Stored {
            id: text("id"),
            title: text("title"),
            body: text("body"),
            meta,
        },
        shown: text("shown"),
        also: places,
    })
}

/// The articles of an answer.
pub(crate) fn hits_of(asker: &Asker, answer: &Value) -> Result<Vec<Brought>> {
    let hits = answer["hits"]["hits"].as_array().into_iter().flatten();
    hits.map(|hit| brought(asker, hit)).collect()
}

/// The engine that searches these articles as a part of the archive.
pub(crate) fn part(blank: &LocalEngine, articles: Vec<Brought>) -> Result<LocalEngine> {
    Ok(blank.beside(blank.reader.with_articles(articles)?))
}

/// All articles of a query.
///
/// # Errors
/// [`Error::Unsupported`] where they are more than can be held.
pub(crate) fn all(asker: &Asker, query: &Value) -> Result<Vec<Brought>> {
    held(asker, query, &FIELDS, MOST)
}

/// All articles of a query without their texts: enough for tables.
///
/// # Errors
/// [`Error::Unsupported`] where they are more than can be held.
pub(crate) fn without_texts(asker: &Asker, query: &Value) -> Result<Vec<Brought>> {
    const WITHOUT_TEXTS: [&str; 6] = ["id", "shown", "also", "file", "record", "meta"];
    held(asker, query, &WITHOUT_TEXTS, MOST_WITHOUT_TEXTS)
}

fn held(asker: &Asker, query: &Value, fields: &[&str], most: usize) -> Result<Vec<Brought>> {
    let number = asker.counts(std::slice::from_ref(query))?;
    let number = number.first().copied().unwrap_or(0);
    if number > most as u64 {
        return Err(Error::Unsupported(format!(
            "{number} articles would have to be brought from the cluster, and {most} can be; narrow the question by dates or facets"
        )));
    }
    let body = json!({"query": query, "_source": fields, "sort": [{"tie": "asc"}, {"id": "asc"}]});
    let mut articles = Vec::with_capacity(number as usize);
    asker.each(&body, AT_ONCE, &mut |hits| {
        for hit in &hits {
            articles.push(brought(asker, hit)?);
        }
        Ok(true)
    })?;
    Ok(articles)
}
