//! griot: full-text search for archives of French news about the Sahel.
//!
//! `ARCHITECTURE.md` walks through the modules along the data.

pub mod article;
pub mod date;
pub mod error;
pub mod facets;
pub mod french;
pub mod schema;

pub use error::{Error, Result};
