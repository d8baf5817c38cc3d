//! Europresse: pages with an `article` element for each article ([`elements`]), up to 2013 with a table for
//! each ([`tables`]).

mod draft;
mod elements;
mod layout;
mod tables;

pub(super) use layout::split;
