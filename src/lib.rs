//! griot: full-text search for archives of French news about the Sahel.
//!
//! `ARCHITECTURE.md` walks through the modules along the data.

// A library doesn't panic, print or exit: it says what went wrong, and the binary decides.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]
// The documentation of what is public may name what is private: it is written for those who read the source, too.
#![allow(rustdoc::private_intra_doc_links)]
// Tests make and harm files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod additions;
pub mod article;
#[cfg(feature = "opensearch")]
pub mod cluster;
pub mod corpus;
#[doc(hidden)]
pub mod credits;
pub mod date;
mod dateline;
mod disk;
pub mod error;
pub mod events;
pub mod export;
pub mod facet_path;
pub mod facets;
mod faults;
pub mod french;
mod function_words;
pub mod grouping;
pub mod index;
mod language;
mod media;
pub mod messages;
mod packed;
pub mod page_numbers;
pub mod pdf;
pub mod query;
mod scan;
pub mod schema;
pub mod search;
mod serde_defaults;
mod synonyms;
pub mod tabular;
pub mod web;

pub use error::{Error, Result};
