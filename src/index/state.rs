//! The state of the corpus at the last commit: one hidden source document a file, read from its columns.

use super::fields::column;
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use tantivy::Searcher;

/// What the index knows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceState {
    pub size: u64,
    /// [`crate::corpus::Found::stamp`]; [`UNSURE`] when the file was so new that another edit could share its
    /// times. In former indexes its modification time, which differs from every stamp: such a file is compared by
    /// its content once.
    pub stamp: i64,
    /// First eight bytes of the content's BLAKE3 hash.
    pub hash: u64,
    /// Articles it gave.
    pub records: u64,
}

impl SourceState {
    /// The same with a stamp and a hash that no file has: the next run reads the file, and doesn't take it for
    /// one that was only touched.
    pub fn to_be_read_again(self) -> Self {
        Self {
            stamp: UNSURE,
            hash: !self.hash,
            ..self
        }
    }
}

/// A stamp that equals none, so that the next run compares the content.
pub const UNSURE: i64 = i64::MIN;

/// The state of every file, by file key.
///
/// # Errors
/// [`Error::Damaged`] when the columns of source documents are missing.
pub fn read(searcher: &Searcher) -> Result<FxHashMap<String, SourceState>> {
    let mut states = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let Some(keys) = fast.str(column::SRC_KEY)? else {
            continue;
        };
        let (size, stamp) = (fast.u64(column::SRC_SIZE)?, fast.i64(column::SRC_MTIME)?);
        let (hash, records) = (fast.u64(column::SRC_HASH)?, fast.u64(column::SRC_RECORDS)?);
        // One pass over the dictionary instead of a look-up a file: the dictionary is compressed in blocks.
        let mut names: Vec<String> = Vec::with_capacity(keys.num_terms());
        let mut stream = keys
            .dictionary()
            .stream()
            .map_err(|e| Error::Damaged(e.to_string()))?;
        while stream.advance() {
            names.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        for doc in segment.doc_ids_alive() {
            let Some(ord) = keys.ords().first(doc) else {
                continue;
            };
            let missing = || Error::Damaged(format!("the state of a file is incomplete (document {doc})"));
            let state = SourceState {
                size: size.first(doc).ok_or_else(missing)?,
                stamp: stamp.first(doc).ok_or_else(missing)?,
                hash: hash.first(doc).ok_or_else(missing)?,
                records: records.first(doc).ok_or_else(missing)?,
            };
            let name = names.get(ord as usize).ok_or_else(missing)?;
            states.insert(name.clone(), state);
        }
    }
    Ok(states)
}
