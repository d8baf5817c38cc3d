//! Near-duplicates put together.

use tantivy::DocAddress;

/// An article, and those that are folded under it.
pub(crate) struct Fold {
    pub score: f32,
    pub head: DocAddress,
    /// How alike each is.
    pub members: Vec<(f64, DocAddress)>,
}

/// What a search finds, near-duplicates folded.
pub(crate) struct Folded {
    pub total: u64,
    pub folds: Vec<Fold>,
    /// All that match are there, not only the first.
    pub is_complete: bool,
}

impl Folded {
    /// How many articles it has.
    pub fn articles(&self) -> usize {
        self.folds.iter().map(|fold| 1 + fold.members.len()).sum()
    }
}
