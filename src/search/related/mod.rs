//! Articles like another: near-duplicates, and those that report the same in other words.

pub mod near_copy;
pub mod reworded;
pub mod similar;
