//! One article: its row in an export, its text with the evidence of its facet values, a reference to it.

pub mod cite;
pub mod file_hashes;
pub mod row;
pub mod show;
