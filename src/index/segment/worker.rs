//! The segments that a thread writes.

use super::builder::SegmentBuilder;
use super::words::{Scratch, is_in_order};
use crate::error::Result;
use crate::french::{NumberedArticle, WordTable};
use crate::index::fields::Fields;
use tantivy::{Index, SegmentMeta, TantivyDocument};

/// Bytes of the table of words at which a segment ends, so that the table can begin anew.
const LARGE_TABLE: usize = 32 << 20;

/// More tokens would make numbers of 32 bits overflow; no budget of memory allows so many.
const MOST_TOKENS: usize = 1 << 30;

/// Writes documents into segments of its own, one after the other.
///
/// tantivy lets a segment that is added take part in deletions that were asked for before, within the same commit: an
/// article that is deleted and added under one key would be lost. So such segments are for documents only of which
/// nothing was deleted since the last commit; and they must be added before anything of theirs is deleted.
pub struct SegmentWorker<'a> {
    index: &'a Index,
    fields: &'a Fields,
    /// Bytes that a segment may take until it is written.
    memory: usize,
    open: Option<SegmentBuilder>,
    scratch: Scratch,
    /// Those that are written. Their files are removed if these are dropped before they are added.
    written: Vec<SegmentMeta>,
}

impl<'a> SegmentWorker<'a> {
    pub fn new(index: &'a Index, fields: &'a Fields, memory: usize) -> Self {
        Self {
            index,
            fields,
            memory,
            open: None,
            scratch: Scratch::default(),
            written: Vec::new(),
        }
    }

    /// Whether the words of an article can be written here.
    pub fn takes(words: NumberedArticle<'_>) -> bool {
        is_in_order(words.title) && is_in_order(words.body)
    }

    /// Adds a document, which has no values of the fields of words, with its words if it is an article.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add(&mut self, document: &TantivyDocument, words: Option<NumberedArticle<'_>>) -> Result<()> {
        let open = match self.open.take() {
            Some(open) => open,
            None => SegmentBuilder::new(self.index, self.fields)?,
        };
        self.open.insert(open).add(document, words)
    }

    /// Writes the open segment if it is large, and begins a table of words that is large anew. To be called between
    /// documents.
    ///
    /// # Errors
    /// Those of writing.
    pub fn rest(&mut self, table: &mut WordTable) -> Result<()> {
        let is_large = |open: &SegmentBuilder| open.memory() > self.memory || open.tokens() > MOST_TOKENS;
        let is_table_large = table.memory() > LARGE_TABLE;
        if is_table_large || self.open.as_ref().is_some_and(is_large) {
            self.write(table)?;
        }
        if is_table_large {
            table.clear();
        }
        Ok(())
    }

    fn write(&mut self, table: &WordTable) -> Result<()> {
        if let Some(open) = self.open.take() {
            self.written.push(open.finish(table, &mut self.scratch)?);
        }
        Ok(())
    }

    /// Writes what is left, and gives all segments.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self, table: &WordTable) -> Result<Vec<SegmentMeta>> {
        self.write(table)?;
        Ok(self.written)
    }
}
