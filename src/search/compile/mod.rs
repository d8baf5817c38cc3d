//! From a selection to tantivy queries.

pub mod compiler;
pub mod filters;
mod near;
pub mod selection;
mod spellings;
mod text;
