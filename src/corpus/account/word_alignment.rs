//! Words that are seen, set against those of the articles: most stand in both in the same order, and are gone through
//! in step; only the others are counted one by one.

use rustc_hash::FxHashMap;

/// Words that stand on one side alone, or elsewhere on the other.
#[derive(Default)]
pub(super) struct Rest {
    pub only_seen: Vec<u64>,
    pub only_indexed: Vec<u64>,
}

/// Goes through both in step, and gives the rest. Each word is taken off both sides or off none, so that what one
/// has more of than the other is the same in the rest as in all.
pub(super) fn in_step(seen: &[u64], indexed: &[u64]) -> Rest {
    let mut rest = Rest::default();
    let mut is_taken = vec![false; indexed.len()];
    let mut places: Option<Positions> = None;
    let (mut at, mut next) = (0, 0);
    while at < seen.len() {
        let run = run(&seen[at..], &indexed[next..], &is_taken[next..]);
        if run > 0 {
            is_taken[next..next + run].fill(true);
            (at, next) = (at + run, next + run);
            continue;
        }
        let places = places.get_or_insert_with(|| Positions::of(indexed));
        match places
            .of_pair(&seen[at..])
            .filter(|&place| indexed[place] == seen[at] && !is_taken[place])
        {
            Some(place) => next = place,
            None => {
                rest.only_seen.push(seen[at]);
                at += 1;
            }
        }
    }
    let left = indexed.iter().zip(&is_taken).filter(|(_, is_taken)| !**is_taken);
    rest.only_indexed.extend(left.map(|(word, _)| word));
    rest
}

/// How many words both begin with that are not taken.
fn run(seen: &[u64], indexed: &[u64], is_taken: &[bool]) -> usize {
    let both = seen.iter().zip(indexed.iter().zip(is_taken));
    both.take_while(|(seen, (indexed, is_taken))| seen == indexed && !**is_taken)
        .count()
}

/// Where pairs of words stand, one in four of them: enough to fall into step again after a few words.
struct Positions(Vec<u32>);

impl Positions {
    fn of(words: &[u64]) -> Self {
        let mut places = Self(vec![u32::MAX; (words.len() / 2).next_power_of_two().max(16)]);
        for (at, pair) in words.windows(2).enumerate() {
            if let Some(slot) = places.slot(pair) {
                places.0[slot] = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
        places
    }

    /// The slot of the pair that words begin with, if it is one of those.
    fn slot(&self, words: &[u64]) -> Option<usize> {
        let [first, second, ..] = words else { return None };
        let hash = (first.rotate_left(32) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        (hash & 3 == 0).then_some((hash >> 2) as usize & (self.0.len() - 1))
    }

    fn of_pair(&self, words: &[u64]) -> Option<usize> {
        let place = *self.0.get(self.slot(words)?)?;
        (place != u32::MAX).then_some(place as usize)
    }
}

/// Words that are seen more often than articles have them, with how often articles have them.
pub(super) struct Scarce {
    left: FxHashMap<u64, i64>,
    /// A bit for each of 4,096 ends of words, so that few others are looked up.
    ends: [u64; 64],
}

impl Scarce {
    /// `more` says how many more of a word articles have than are seen.
    pub fn of(mut more: FxHashMap<u64, i64>, seen: &[u64]) -> Self {
        more.retain(|_, more| *more < 0);
        let mut ends = [0; 64];
        for &word in more.keys() {
            let (at, bit) = Self::end(word);
            ends[at] |= bit;
        }
        let mut scarce = Self { left: more, ends };
        if !scarce.left.is_empty() {
            seen.iter().for_each(|word| scarce.count(*word));
        }
        scarce
    }

    fn count(&mut self, word: u64) {
        if self.may_have(word)
            && let Some(count) = self.left.get_mut(&word)
        {
            *count += 1;
        }
    }

    fn end(word: u64) -> (usize, u64) {
        ((word & 63) as usize, 1 << (word >> 6 & 63))
    }

    fn may_have(&self, word: u64) -> bool {
        let (at, bit) = Self::end(word);
        self.ends[at] & bit != 0
    }

    /// Whether one of the words is scarce.
    pub fn is_in(&self, words: &[u64]) -> bool {
        words
            .iter()
            .any(|word| self.may_have(*word) && self.left.contains_key(word))
    }

    /// Whether articles have a word one more time, which is taken off.
    pub fn take(&mut self, word: u64) -> bool {
        if !self.may_have(word) {
            return true;
        }
        match self.left.get_mut(&word) {
            None => true,
            Some(..=0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(words: impl IntoIterator<Item = u64>) -> FxHashMap<u64, i64> {
        let mut counts = FxHashMap::default();
        words
            .into_iter()
            .for_each(|word| *counts.entry(word).or_default() += 1);
        counts
    }

    /// What the first has more of than the second, word by word.
    fn difference(first: &[u64], second: &[u64]) -> Vec<(u64, i64)> {
        let mut difference = counts(first.iter().copied());
        second
            .iter()
            .for_each(|word| *difference.entry(*word).or_default() -= 1);
        let mut difference: Vec<_> = difference.into_iter().filter(|(_, more)| *more != 0).collect();
        difference.sort_unstable();
        difference
    }

    #[test]
    fn a_text_with_a_menu_before_it_falls_into_step() {
        let body: Vec<u64> = (1000..2000).map(|n| n * n).collect();
        let menu: Vec<u64> = (0..300).collect();
        let rest = in_step(
            &[&menu[..], &body, &menu].concat(),
            &[&body[500..], &body[..500]].concat(),
        );
        assert!(rest.only_indexed.len() < 20, "{}", rest.only_indexed.len());
        assert_eq!(rest.only_seen.len(), 600 + rest.only_indexed.len());
    }

    proptest::proptest! {
        #[test]
        fn the_rest_differs_as_all_does(
            seen in proptest::collection::vec(0..9_u64, 0..60),
            indexed in proptest::collection::vec(0..9_u64, 0..60),
        ) {
            let rest = in_step(&seen, &indexed);
            proptest::prop_assert_eq!(difference(&rest.only_seen, &rest.only_indexed), difference(&seen, &indexed));
        }

        #[test]
        fn scarce_words_are_taken_as_often_as_articles_have_them(
            seen in proptest::collection::vec(0..9_u64, 0..60),
            indexed in proptest::collection::vec(0..9_u64, 0..60),
        ) {
            let more: FxHashMap<u64, i64> = difference(&indexed, &seen).into_iter().collect();
            let mut scarce = Scarce::of(more, &seen);
            let mut left = counts(indexed);
            for &word in &seen {
                let has = left.get_mut(&word).is_some_and(|left| { *left -= 1; *left >= 0 });
                proptest::prop_assert_eq!(scarce.take(word), has);
            }
        }
    }
}
