//! `derive = "language"`: the language that an article says it has, else the one told from its words.

use super::kind::{Derivation, Kind, Metadata, OfMetadata, Read};
use crate::facets::lexicon::Vocabulary;

pub(super) const KIND: Kind = Kind {
    // A record's key of that name is its language.
    record_key: false,
    ..Kind::new("language", Read::Without(|| Box::new(Language)))
};

struct Language;

impl Derivation for Language {
    fn of_metadata(&self, metadata: &Metadata<'_>) -> Option<OfMetadata> {
        let path = crate::language::path(metadata.lang?)?;
        let detected = metadata.lang_detected;
        Some(OfMetadata {
            path,
            given: !detected,
            rule: if detected { "words" } else { "metadata" },
        })
    }

    fn resolve(&self, typed: &str, _: &Vocabulary) -> Vec<String> {
        crate::language::path(typed).into_iter().collect()
    }
}
