//! What is worth keeping from one question to the next: a few answers of one commit, the least recently used ones
//! dropped first.

use crate::search::request::{Order, Selection};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::DocAddress;

/// Scores with where the articles are, in their order.
pub(crate) type Scored = Vec<(f32, DocAddress)>;

/// What an order of hits is of.
pub(crate) type Ordered = (Selection, Order);

/// Articles in the orders that are kept together, of 12 bytes each.
pub(crate) const ROOM_OF_ORDERS: usize = 2_000_000;

/// Articles that are kept folded, together, of 16 bytes and more each.
pub(crate) const ROOM_OF_FOLDS: usize = 500_000;

/// Answers that are kept at most: looking for one goes through all.
const MOST: usize = 32;

/// Answers by what they answer.
pub(crate) struct Kept<K, V> {
    /// Entries of all answers together.
    room: usize,
    /// The most recently used one last, each with how much room it takes.
    answers: Mutex<VecDeque<(K, Arc<V>, usize)>>,
}

impl<K: PartialEq, V> Kept<K, V> {
    /// Keeps answers that have so many entries together.
    pub fn new(room: usize) -> Self {
        Self {
            room,
            answers: Mutex::default(),
        }
    }

    /// What is kept of a question.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().position(|(known, ..)| known == key)?;
        let found = answers.remove(at)?;
        let answer = Arc::clone(&found.1);
        answers.push_back(found);
        Some(answer)
    }

    /// Keeps an answer of so many entries, unless that is more than there is room for.
    pub fn put(&self, key: K, answer: Arc<V>, entries: usize) {
        if entries > self.room {
            return;
        }
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|(known, ..)| *known != key);
        answers.push_back((key, answer, entries));
        let mut taken: usize = answers.iter().map(|(.., entries)| entries).sum();
        while taken > self.room || answers.len() > MOST {
            let Some((.., entries)) = answers.pop_front() else {
                break;
            };
            taken -= entries;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_first() {
        let kept: Kept<&str, u32> = Kept::new(10);
        kept.put("a", Arc::new(1), 4);
        kept.put("b", Arc::new(2), 4);
        assert_eq!(kept.get(&"a").as_deref(), Some(&1));
        kept.put("c", Arc::new(3), 4);
        assert_eq!((kept.get(&"b"), kept.get(&"a").as_deref()), (None, Some(&1)));
        kept.put("d", Arc::new(4), 11);
        assert_eq!((kept.get(&"d"), kept.get(&"c").as_deref()), (None, Some(&3)));
        kept.put("c", Arc::new(5), 1);
        assert_eq!(kept.get(&"c").as_deref(), Some(&5), "replaced");
        for number in 0..40 {
            kept.put(["x", "y", "z"][number % 3], Arc::new(9), 0);
        }
        assert!(kept.answers.lock().expect("whole").len() <= MOST);
    }
}
