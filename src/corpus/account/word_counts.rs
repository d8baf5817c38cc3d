//! How often each word was entered, in a third of the memory of a hash map: what readers leave out can be most of a
//! file.

/// Words that wait until they are sorted among the others, at least.
const FEWEST_PENDING: usize = 1 << 14;

/// Words with how often they are left.
#[derive(Debug, Default)]
pub(super) struct WordCounts {
    /// In ascending order, each once, and how often each is left.
    words: Vec<u64>,
    left: Vec<u32>,
    /// Entered since they were sorted last.
    pending: Vec<u64>,
}

impl WordCounts {
    /// Enters a word.
    pub fn add(&mut self, word: u64) {
        self.pending.push(word);
        // As many as there are already: every word is moved a few times at most.
        if self.pending.len() >= FEWEST_PENDING.max(self.words.len() / 2) {
            self.sort();
        }
    }

    /// How often a word is left.
    pub fn left(&mut self, word: u64) -> u64 {
        if !self.pending.is_empty() {
            self.sort();
        }
        self.words
            .binary_search(&word)
            .map_or(0, |at| self.left[at].into())
    }

    /// Takes a word so often, or as often as it is left; gives how often.
    pub fn take(&mut self, word: u64, most: u64) -> u64 {
        if !self.pending.is_empty() {
            self.sort();
        }
        let Ok(at) = self.words.binary_search(&word) else {
            return 0;
        };
        let taken = self.left[at].min(u32::try_from(most).unwrap_or(u32::MAX));
        self.left[at] -= taken;
        taken.into()
    }

    fn sort(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.sort_unstable();
        let known = std::mem::take(&mut self.words);
        let left = std::mem::take(&mut self.left);
        let mut known = known.into_iter().zip(left).peekable();
        let mut add = |word: u64, times: u32| match self.words.last() {
            Some(last) if *last == word => {
                if let Some(left) = self.left.last_mut() {
                    *left = left.saturating_add(times);
                }
            }
            _ => {
                self.words.push(word);
                self.left.push(times);
            }
        };
        for word in pending {
            while let Some((known, times)) = known.next_if(|(known, _)| *known <= word) {
                add(known, times);
            }
            add(word, 1);
        }
        known.for_each(|(word, times)| add(word, times));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn words_are_left_as_often_as_they_were_entered(
            entered in prop::collection::vec(0..400_u64, 0..600),
            taken in prop::collection::vec((0..400_u64, 0..4_u64), 0..200),
            times in 1..60_usize,
        ) {
            let (mut counted, mut naive) = (WordCounts::default(), BTreeMap::<u64, u64>::new());
            for _ in 0..times {
                for &word in &entered {
                    counted.add(word);
                    *naive.entry(word).or_default() += 1;
                }
            }
            for (word, most) in taken {
                let left = naive.entry(word).or_default();
                let expected = most.min(*left);
                *left -= expected;
                prop_assert_eq!(counted.take(word, most), expected);
                counted.add(word);
                *left += 1;
            }
        }
    }
}
