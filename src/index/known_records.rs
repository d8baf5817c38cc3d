//! What the last commit knows of the articles of a file.

use super::fields::{Fields, column};
use super::postings;
use crate::error::Result;
use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::schema::Term;

/// Hashes of an article of the last commit.
#[derive(Clone, Copy)]
pub struct Record {
    pub content: u64,
    pub content_key: u64,
}

/// The articles that the last commit has of a file, by their `record_key`.
pub fn records_of(searcher: &Searcher, fields: &Fields, key: &str) -> Result<FxHashMap<u64, Record>> {
    let term = Term::from_field_text(fields.file, key);
    let mut records = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let docs = postings::in_segment(segment, &term)?;
        if docs.is_empty() {
            continue;
        }
        let fast = segment.fast_fields();
        let (keys, contents, content_key) = (
            fast.u64(column::RECORD_KEY)?,
            fast.u64(column::CONTENT)?,
            fast.u64(column::CONTENT_KEY)?,
        );
        for doc in docs {
            let record = Record {
                content: contents.first(doc).unwrap_or(0),
                content_key: content_key.first(doc).unwrap_or(0),
            };
            records.extend(keys.first(doc).map(|key| (key, record)));
        }
    }
    Ok(records)
}
