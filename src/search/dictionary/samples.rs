//! Small dictionaries and random patterns, for tests.

use crate::query::PatternPiece;
use proptest::prelude::*;
use tantivy::schema::{Field, STRING, Schema};
use tantivy::{Index, Searcher, doc};

pub(crate) fn pieces() -> impl Strategy<Value = Vec<PatternPiece>> {
    let piece = prop_oneof![
        "[abé語]{1,3}".prop_map(PatternPiece::Text),
        Just(PatternPiece::One),
        Just(PatternPiece::Many),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|mut pieces| {
        pieces.dedup_by(|a, b| *a == PatternPiece::Many && *b == PatternPiece::Many);
        pieces
    })
}

/// The terms of an index of two segments.
pub(crate) fn dictionary(forms: &[String]) -> (Searcher, Field) {
    let mut schema = Schema::builder();
    let field = schema.add_text_field("forms", STRING);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
    for half in forms.chunks(forms.len() / 2 + 1) {
        for form in half {
            writer.add_document(doc!(field => form.as_str())).expect("added");
        }
        writer.commit().expect("committed");
    }
    (index.reader().expect("a reader").searcher(), field)
}
