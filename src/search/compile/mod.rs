//! From a selection to tantivy queries.

pub mod compiler;
pub mod filters;
pub mod selection;
pub mod text;
