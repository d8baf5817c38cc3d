//! Segments written by griot itself, for generations that are built from nothing.
//!
//! tantivy's own writer hashes the text of every token. Here words have numbers already
//! ([`crate::french::WordTable`]), so a segment's tokens are one list of numbers, which is sorted by counting when
//! the segment ends and handed to tantivy's serializers. What is written is what tantivy would have written:
//! `tests::own_segments` compares the two.
//!
//! | does | file |
//! |---|---|
//! | documents in, a segment out | `builder` |
//! | the words of titles and bodies: a list of numbers, then postings with positions | `words` |
//! | terms of all other fields: names and numbers, each with its documents | `values` |
//! | the segments that a thread writes, one after the other, within its memory | `worker` |
//!
//! Only for what is added and never deleted before the commit: see [`SegmentWorker`].

mod builder;
mod values;
mod words;
mod worker;

pub use worker::SegmentWorker;
