//! Documents of a segment as one bit each, handed out in blocks: those in the set, or all the others.

use crate::error::{Error, Result};
use crate::search::stop;
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::{DocId, Searcher, SegmentReader};

/// Documents handed on at once: enough for columns to be unpacked in runs, few enough to stay in the nearest
/// cache.
pub(crate) const BLOCK: usize = 1024;

pub(crate) struct DocSet {
    words: Vec<u64>,
    bounds: u32,
}

impl DocSet {
    /// An empty set of the documents below `bounds`.
    pub fn new(bounds: u32) -> Self {
        Self {
            words: vec![0; bounds.div_ceil(64) as usize],
            bounds,
        }
    }

    pub fn extend(&mut self, docs: impl IntoIterator<Item = DocId>) {
        docs.into_iter()
            .for_each(|doc| self.words[doc as usize / 64] |= 1 << (doc % 64));
    }

    pub fn len(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many documents it could have.
    pub fn bounds(&self) -> u64 {
        self.bounds.into()
    }

    /// What is in one or the other, which have the same bounds.
    pub fn or(&self, mut other: Self) -> Self {
        other
            .words
            .iter_mut()
            .zip(&self.words)
            .for_each(|(to, from)| *to |= from);
        other
    }

    /// Calls `each` with the documents of the set, ascending.
    pub fn each_block(&self, each: impl FnMut(&[DocId])) {
        blocks(self.words.iter().copied(), each);
    }

    /// Calls `each` with the documents that the set lacks, ascending.
    pub fn each_other_block(&self, each: impl FnMut(&[DocId])) {
        let tail = self.bounds % 64;
        let last = self.words.len().wrapping_sub(1);
        let inside = |at: usize| {
            if at == last && tail > 0 {
                (1 << tail) - 1
            } else {
                u64::MAX
            }
        };
        blocks(
            self.words.iter().enumerate().map(|(at, word)| !word & inside(at)),
            each,
        );
    }
}

fn blocks(words: impl Iterator<Item = u64>, mut each: impl FnMut(&[DocId])) {
    let mut block: Vec<DocId> = Vec::with_capacity(BLOCK + 64);
    for (first, mut word) in (0..).step_by(64).zip(words) {
        if word == u64::MAX {
            block.extend(first..=first + 63);
            word = 0;
        }
        while word != 0 {
            block.push(first + word.trailing_zeros());
            word &= word - 1;
        }
        if block.len() >= BLOCK {
            each(&block);
            block.clear();
        }
    }
    if !block.is_empty() {
        each(&block);
    }
}

/// Calls `each` with blocks of the live documents that match, in ascending order, segment by segment.
///
/// # Errors
/// What reading the index gives.
pub(crate) fn each_block<S>(
    searcher: &Searcher,
    query: &dyn TantivyQuery,
    open: impl Fn(usize, &SegmentReader) -> Result<S>,
    mut each: impl FnMut(&mut S, &[DocId]),
    mut close: impl FnMut(S) -> Result<()>,
) -> Result<()> {
    let weight = stop::stoppable(query.box_clone())
        .weight(EnableScoring::disabled_from_searcher(searcher))
        .map_err(Error::Index)?;
    let mut block: Vec<DocId> = Vec::with_capacity(2 * BLOCK);
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let mut state = open(number, segment)?;
        let alive = segment.alive_bitset();
        weight.for_each_no_score(segment, &mut |docs| {
            match alive {
                None => block.extend_from_slice(docs),
                Some(alive) => block.extend(docs.iter().copied().filter(|doc| alive.is_alive(*doc))),
            }
            if block.len() >= BLOCK {
                each(&mut state, &block);
                block.clear();
            }
        })?;
        if !block.is_empty() {
            each(&mut state, &block);
            block.clear();
        }
        close(state)?;
    }
    stop::check()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_set_and_its_others_are_all_documents(
            bounds in prop_oneof![Just(0u32), Just(64), Just(4096), 1u32..5000],
            seeds in proptest::collection::vec((0u32..5000, 1u32..1500), 0..4),
        ) {
            let runs = seeds.iter().flat_map(|(from, length)| *from..from + length).filter(|doc| *doc < bounds);
            let expected: BTreeSet<DocId> = runs.collect();
            let mut set = DocSet::new(bounds);
            set.extend(expected.iter().copied());
            let (mut inside, mut others) = (Vec::new(), Vec::new());
            set.each_block(|docs| inside.extend_from_slice(docs));
            set.each_other_block(|docs| others.extend_from_slice(docs));
            prop_assert_eq!(set.len(), expected.len() as u64);
            prop_assert_eq!(&others, &(0..bounds).filter(|doc| !expected.contains(doc)).collect::<Vec<_>>());
            prop_assert_eq!(inside, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
