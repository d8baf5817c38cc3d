//! `derive = "marks"`: nothing is derived; analysts mark articles with `griot correct`.

use super::kind::{Derivation, Kind, Read};
use crate::facets::lexicon::Vocabulary;
use crate::french::fold;

pub(super) const KIND: Kind = Kind {
    record_key: false,
    marks: true,
    ..Kind::new("marks", Read::Without(|| Box::new(Marks)))
};

/// Mark of articles that are found only when that is asked for.
pub const EXCLUDED: &str = "excluded";

struct Marks;

impl Derivation for Marks {
    /// The marks that have a meaning, in French or English; any other is what was written.
    fn resolve(&self, typed: &str, _: &Vocabulary) -> Vec<String> {
        let known = match fold(typed).as_str() {
            "excluded" | "exclude" | "exclu" | "exclue" | "exclus" => Some(EXCLUDED),
            "reviewed" | "relu" | "relue" | "verifie" | "verifiee" => Some("reviewed"),
            _ => None,
        };
        known.map(str::to_string).into_iter().collect()
    }
}
