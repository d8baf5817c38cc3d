//! Putting back what people decided when the file that holds it is damaged: from its last version, or from
//! the articles that it was applied to.

use super::corrections::{self, Correction, Corrections};
use super::layout::IndexDir;
use super::versions::{self, SAVED_SEARCHES};
use super::{companion, payload, sheets};
use crate::additions;
use crate::error::{Error, Result};
use serde::Deserialize;
use tantivy::Index;
use tantivy::schema::Value;

type IsReadable = fn(&[u8]) -> bool;

/// The files, each with a check whether bytes are such a file.
pub const FILES: [(&str, IsReadable); 5] = [
    (corrections::FILE, corrections::is_table),
    (corrections::PAST, corrections::is_past),
    (SAVED_SEARCHES, versions::is_json),
    (additions::KEPT, additions::is_table),
    (sheets::FILE, versions::is_json),
];

/// Puts back the files that are damaged, and keeps a version of those that were edited by hand. `last`: the
/// index as it was committed last, with what its payload says of corrections. `report` gets what was done.
///
/// # Errors
/// [`Error::Io`], and what a damaged index gives.
pub fn put_back(
    index_dir: &IndexDir,
    last: Option<(&Index, u64)>,
    report: &mut dyn FnMut(String),
) -> Result<()> {
    let _changing = companion::lock(&index_dir.path)?;
    for (name, is_readable) in FILES {
        let Some(content) = versions::read(index_dir, name, &is_readable)? else {
            continue;
        };
        match content.damage {
            Some(damage) => {
                versions::make_folder(index_dir, name)?;
                companion::write(&index_dir.path.join(name), &content.bytes)?;
                let path = index_dir.path.join(name);
                report(format!(
                    "{} {}: its last version was restored",
                    path.display(),
                    damage.describe()
                ));
            }
            // What can't be read and was never kept is told by who reads it.
            None if is_readable(&content.bytes) => versions::keep(index_dir, name, &content.bytes)?,
            None => {}
        }
    }
    match last {
        Some((index, applied)) if applied != payload::NO_CORRECTIONS => {
            from_articles(index_dir, index, report)
        }
        _ => Ok(()),
    }
}

/// Where there is no table and no version of one although corrections were applied, they are collected from
/// the articles.
fn from_articles(index_dir: &IndexDir, index: &Index, report: &mut dyn FnMut(String)) -> Result<()> {
    if !is_lost(index_dir)? {
        return Ok(());
    }
    let found = applied(index)?;
    let number = found.all().len();
    found.write(index_dir)?;
    let path = index_dir.path.join(corrections::FILE);
    report(format!(
        "{} is missing or empty: its {number} decisions about articles of the index were restored from it",
        path.display()
    ));
    Ok(())
}

/// Whether no table says what was decided: neither the file nor a version of it.
///
/// # Errors
/// [`Error::Io`] when they can't be read.
pub fn is_lost(index_dir: &IndexDir) -> Result<bool> {
    let content = versions::read(index_dir, corrections::FILE, &corrections::is_table)?;
    let is_empty = |content: &versions::Content| content.bytes.iter().all(u8::is_ascii_whitespace);
    Ok(content.as_ref().is_none_or(is_empty))
}

/// What was decided about the articles of an index, of whatever format.
fn applied(index: &Index) -> Result<Corrections> {
    #[derive(Deserialize)]
    struct Decided {
        #[serde(default)]
        corrections: Vec<Correction>,
    }
    let searcher = index.reader()?.searcher();
    let meta = searcher.schema().get_field("meta")?;
    let mut all = Vec::new();
    for segment in searcher.segment_readers() {
        let store = segment
            .get_store_reader(1)
            .map_err(|e| Error::Damaged(e.to_string()))?;
        for doc in segment.doc_ids_alive() {
            let stored: tantivy::TantivyDocument = store.get(doc)?;
            let text = stored.get_first(meta).and_then(|value| value.as_str());
            // What can't be read is told by who reads it for its text.
            let decided = text.and_then(|text| serde_json::from_str::<Decided>(text).ok());
            all.extend(decided.map(|decided| decided.corrections).unwrap_or_default());
        }
    }
    Ok(Corrections::applied(all))
}
