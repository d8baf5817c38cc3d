//! What matched in a text, and the passages that show it.

pub mod matching;
pub mod snippet;
