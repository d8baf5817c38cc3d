//! What the analysis of a text goes by: made from the lexicons by [`super::French`].

use super::elision::Elisions;
use super::terms::Terms;
use rustc_hash::FxHashSet;

/// Elisions, stemmer and stop words.
pub struct Rules {
    /// Tells the tables of two analyzers in one process apart.
    pub(super) identity: u64,
    pub(super) elisions: Elisions,
    pub(super) terms: Terms,
    pub(super) stopwords: FxHashSet<String>,
}
