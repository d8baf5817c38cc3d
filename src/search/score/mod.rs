//! Queries of our own, each with its weight and its scorer, and the ranking.

pub mod name;
pub mod near;
pub mod pattern;
pub mod positional;
pub mod ranking;
pub mod title_or_body;
pub mod word;
