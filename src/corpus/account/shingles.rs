//! Words in a row, by which a passage is known that stands in an article.

use rustc_hash::FxHashMap;

/// How many words in a row.
const SHINGLE: usize = 5;

/// Runs of words that are asked for, and whether articles have them.
#[derive(Default)]
pub(super) struct Shingles {
    is_known: FxHashMap<u64, bool>,
    /// A bit for each end of a hash that is asked for, so that few others are looked up.
    ends: Vec<u64>,
}

impl Shingles {
    /// Looks for the runs of some passages among the words of articles.
    pub fn of<'w>(articles: &[u64], passages: impl Iterator<Item = &'w [u64]> + Clone) -> Self {
        let runs = passages.clone().map(<[u64]>::len).sum::<usize>();
        let mut shingles = Self {
            is_known: FxHashMap::default(),
            ends: vec![0; (runs / 4).next_power_of_two().clamp(16, 1 << 16)],
        };
        for hash in passages.flat_map(runs_of) {
            let (at, bit) = shingles.end(hash);
            shingles.ends[at] |= bit;
            shingles.is_known.insert(hash, false);
        }
        if !shingles.is_known.is_empty() {
            runs_of(articles).for_each(|hash| shingles.see(hash));
        }
        shingles
    }

    fn see(&mut self, hash: u64) {
        let (at, bit) = self.end(hash);
        if self.ends[at] & bit != 0
            && let Some(is_known) = self.is_known.get_mut(&hash)
        {
            *is_known = true;
        }
    }

    fn end(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.ends.len() - 1), 1 << (hash & 63))
    }

    /// Whether a passage is long enough to be known.
    pub fn may_hold(words: &[u64]) -> bool {
        words.len() >= SHINGLE
    }

    /// Whether a passage of some length that was asked for stands in an article, but for a word here and there.
    pub fn hold(&self, passage: &[u64]) -> bool {
        let is_known = |hash: &u64| self.is_known.get(hash).copied().unwrap_or(false);
        let found = runs_of(passage).filter(is_known).count();
        found > 0 && found * 10 >= passage.windows(SHINGLE).len() * 9
    }
}

/// The hashes of all runs, each from the one before: what left is taken off, what comes is added.
fn runs_of(words: &[u64]) -> impl Iterator<Item = u64> {
    let (first, others) = words.split_at(SHINGLE.min(words.len()));
    let is_run = first.len() == SHINGLE;
    let all = others
        .iter()
        .zip(words)
        .scan(hash_of(first), |hash, (comes, leaves)| {
            *hash = hash_on(hash.wrapping_sub(leaves.wrapping_mul(OF_FIRST)), *comes);
            Some(*hash)
        });
    let hashes = is_run.then(|| hash_of(first)).into_iter().chain(all);
    // The upper bits are mixed into the lower ones, which are looked at.
    hashes.map(|hash| hash ^ hash >> 32)
}

/// The hash of words in their order: a polynomial in an odd number (Karp and Rabin).
pub(super) fn hash_of(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash, word| hash_on(hash, *word))
}

/// The hash of words and one more.
pub(super) fn hash_on(hash: u64, word: u64) -> u64 {
    hash.wrapping_mul(FACTOR).wrapping_add(word)
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// What the first word of a run was multiplied with when the last has been added.
const OF_FIRST: u64 = FACTOR.wrapping_pow(SHINGLE as u32 - 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_has_the_hash_of_its_words() {
        let words: Vec<u64> = (0..40_u64)
            .map(|n| n.wrapping_mul(0x1234_5678_9abc_def1))
            .collect();
        let direct: Vec<u64> = words
            .windows(SHINGLE)
            .map(hash_of)
            .map(|hash| hash ^ hash >> 32)
            .collect();
        assert_eq!(runs_of(&words).collect::<Vec<_>>(), direct);
        assert_eq!(runs_of(&words[..4]).count(), 0);
    }

    #[test]
    fn a_passage_stands_in_an_article_but_for_a_word_in_a_long_one() {
        let article: Vec<u64> = (100..300).map(|n| n * n).collect();
        let mut long = article[50..150].to_vec();
        long[40] = 1;
        let passages = [&article[3..8], &article[3..7], &long[..], &[1, 2, 3, 4, 5][..]];
        let known = Shingles::of(&article, passages.into_iter());
        assert_eq!(
            passages.map(|passage| known.hold(passage)),
            [true, false, true, false]
        );
    }
}
