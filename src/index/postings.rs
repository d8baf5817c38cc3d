//! The live documents that have a term.

use crate::error::Result;
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
    all.filter(move |doc| alive.is_none_or(|alive| alive.is_alive(*doc)))
}
