//! The kinds of derivation: how the values of a facet come about.
//!
//! A kind is a file here and a line in [`KINDS`]. The file has a constant [`Kind`] and an implementation of
//! [`Derivation`]; `marks.rs` is the shortest to begin from.

mod event_months;
mod kind;
mod language;
mod marks;
mod media;
mod names;
mod places;
mod publication_month;

pub(super) use kind::{Countries, Derivation, Parsed, Read, Source};
pub use kind::{Kind, Metadata};
pub use marks::EXCLUDED;

/// Every kind that `derive = "…"` in `schema.toml` can name.
pub static KINDS: [Kind; 7] = [
    places::KIND,
    names::KIND,
    publication_month::KIND,
    event_months::KIND,
    media::KIND,
    language::KIND,
    marks::KIND,
];

impl Kind {
    /// The kind of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}
