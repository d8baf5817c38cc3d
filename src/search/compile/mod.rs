//! From the tree of a query to tantivy queries.

pub mod compiler;
pub mod text;
