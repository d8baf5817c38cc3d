//! The live documents that have a term, and their deletion.

use super::queue::Writer;
use crate::error::{Error, Result};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

/// Those of a segment, in their order.
///
/// # Errors
/// What a damaged index gives.
pub fn in_segment(segment: &SegmentReader, term: &Term) -> Result<Vec<DocId>> {
    let inverted = segment.inverted_index(term.field())?;
    let postings = inverted.read_postings(term, IndexRecordOption::Basic);
    let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
        return Ok(Vec::new());
    };
    Ok(live(segment, &mut postings).collect())
}

/// Those of all segments, in their order.
///
/// # Errors
/// What a damaged index gives.
pub fn all(searcher: &Searcher, term: &Term) -> Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let docs = in_segment(segment, term)?.into_iter();
        found.extend(docs.map(|doc| DocAddress::new(ord, doc)));
    }
    Ok(found)
}

/// Deletes the documents that have a term, those of the last commit, which `before` reads, and those added since.
///
/// tantivy reads their list in a thread of its own, where one that is damaged would end the process; so it is read
/// here first.
///
/// # Errors
/// What a damaged index gives.
pub fn delete(writer: &Writer, before: &Searcher, term: Term) -> Result<()> {
    for segment in before.segment_readers() {
        if in_segment(segment, &term)?
            .iter()
            .any(|doc| *doc >= segment.max_doc())
        {
            let id = segment.segment_id().uuid_string();
            return Err(Error::Damaged(format!(
                "segment {id} lists documents that it hasn't got"
            )));
        }
    }
    writer.delete_term(term);
    Ok(())
}

/// The documents of a list that are not deleted.
pub fn live(segment: &SegmentReader, postings: &mut impl DocSet) -> impl Iterator<Item = DocId> {
    let all = std::iter::from_fn(move || {
        let doc = postings.doc();
        if doc == TERMINATED {
            return None;
        }
        postings.advance();
        Some(doc)
    });
    let alive = segment.alive_bitset();
    let max_doc = segment.max_doc();
    // What isn't there can only be damage: whoever cares is told of it.
    all.filter(move |doc| *doc >= max_doc || alive.is_none_or(|alive| alive.is_alive(*doc)))
}
