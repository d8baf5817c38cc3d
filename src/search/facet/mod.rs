//! Facets: the tree of values, counting under filters, finding values.

pub mod column;
pub mod counted;
pub mod counts;
pub mod declared;
pub mod doc_set;
pub mod evidence;
pub mod filter;
pub mod find;
pub mod totals;
pub mod tree;
pub mod values;
