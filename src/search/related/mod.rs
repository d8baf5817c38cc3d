//! Articles like another: near-duplicates, and those that report the same in other words.

pub(crate) mod folded;
pub mod near_copy;
pub mod reworded;
pub mod similar;
