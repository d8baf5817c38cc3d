//! What matched in a text, and the passages that show it.

mod cut;
pub mod mark;
pub mod matching;
mod passage;
pub mod snippet;
