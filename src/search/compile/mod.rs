//! From a selection to tantivy queries.

pub mod compiler;
pub mod filters;
pub mod near;
pub mod selection;
mod spellings;
mod text;

pub(crate) use crate::search::score::positional::Item;
