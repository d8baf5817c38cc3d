//! Facets: where, when and by whom, worked out from the text and explained.
//!
//! Depends on `french`, `article`, `date`, `facet_path`, `language`, `media`, `schema` (the files of
//! lexicons) and `error`; knows nothing of the index. A text's words are looked up once ([`reading`]); all
//! lexicons then match over the same numbers:
//!
//! | step | file |
//! |---|---|
//! | which facets there are: `schema.toml` | `declaration` |
//! | how each comes about: a kind a file | `derivation` |
//! | all of them together | `declared` |
//! | lexicons parsed once, and opened where they lie packed | `compiled` |
//! | vocabulary and tries that all lexicons share | `lexicon` |
//! | closed classes of French words | `words` |
//! | words, case, gaps and sentences of a text | `reading` |
//! | `regions.tsv` read and checked; places disambiguated | `gazetteer`, `places`, `places_context`, `geography` |
//! | `actors.toml` and its like read and checked; names found | `names_lexicon`, `names` |
//! | dates found, resolved, weighed | `french_dates`, `events`, `times` |
//! | all of these over one document | `findings` |
//! | the values of a facet, as they are found | `values` |
//! | events and names where they stand; figures that are stated: for tables of events | `reported`, `stated` |
//! | values as people type them | `typed` |
//! | former regions and coordinates | `regions` |
//!
//! For those who keep the lexicons: what gave a value (`evidence`), names that none knows (`candidates`,
//! `known`), and what is wrong with one (`check`).

mod candidates;
mod check;
mod compiled;
mod declaration;
mod declared;
mod derivation;
mod document;
mod events;
mod evidence;
mod findings;
mod french_dates;
mod gazetteer;
mod geography;
mod known;
mod lexicon;
mod names;
mod names_lexicon;
mod places;
mod places_context;
mod reading;
mod regions;
mod reported;
mod stated;
mod times;
mod typed;
mod values;
mod words;

pub use candidates::{Candidate, Candidates};
pub use check::check;
pub use compiled::{Compiled, fingerprint, names_of};
pub use declaration::{FacetDeclaration, SchemaFile, main_columns};
pub use declared::{Facets, LexiconSize};
pub use derivation::{EXCLUDED, KINDS, Kind, Metadata};
pub use document::{Derived, Document, PlaceRow, Variant};
pub use evidence::{Phrase, Phrases};
pub use reported::{Reported, ReportedEvent, ReportedName, ReportedPlace, Span};

use crate::date::{PartialDate, in_name};

/// The date in a file's name, for a document without any other.
pub fn date_in_name(name: &str) -> Option<PartialDate> {
    in_name::of_file(name)
}

#[cfg(test)]
mod tests;
