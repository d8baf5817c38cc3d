//! A hash table whose keys are short pieces of text, kept in the slots: one place of memory is read to find one.

/// 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4), and the fractional part of pi.
const RATIO: u64 = 0x9E37_79B9_7F4A_7C15;
const PI: u64 = 0x243F_6A88_85A3_08D3;

/// Slots of a new table; a power of two, as every size is.
const FIRST_SLOTS: usize = 1 << 10;

/// The bytes of a piece of text, zeros after them.
pub type InlineKey<const WORDS: usize> = [u64; WORDS];

/// The bytes `start..end` of a text, at most 8 a word. Pieces don't end in bytes of zero.
pub fn inline_key<const WORDS: usize>(text: &[u8], start: usize, end: usize) -> InlineKey<WORDS> {
    let mut key = [0; WORDS];
    for (at, word) in key.iter_mut().enumerate() {
        let from = start + 8 * at;
        let Some(length) = end.checked_sub(from).filter(|length| *length > 0) else {
            break;
        };
        let length = length.min(8);
        *word = match text.get(from..from + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight) & (u64::MAX >> (8 * (8 - length))),
            None => {
                let mut eight = [0; 8];
                eight[..length].copy_from_slice(&text[from..from + length]);
                u64::from_le_bytes(eight)
            }
        };
    }
    key
}

/// A number for each of some keys, none of which is zero. At most half of the slots are taken; what isn't at its place
/// is at the next free one.
#[derive(Default)]
pub struct InlineKeys<const WORDS: usize> {
    slots: Vec<(InlineKey<WORDS>, u32)>,
    len: usize,
}

impl<const WORDS: usize> InlineKeys<WORDS> {
    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        size_of::<(InlineKey<WORDS>, u32)>() * self.slots.capacity()
    }

    /// Where the search for a key begins: the upper half of a product, or the product's halves combined.
    fn first(&self, key: InlineKey<WORDS>) -> usize {
        let mut hash = key[0].wrapping_mul(RATIO);
        for word in &key[1..] {
            let product = u128::from(hash ^ PI) * u128::from(word ^ RATIO);
            hash = (product >> 64) as u64 ^ product as u64;
        }
        (hash >> 32) as usize & (self.slots.len() - 1)
    }

    /// The number of a key.
    pub fn find(&self, key: InlineKey<WORDS>) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.first(key);
        loop {
            let (known, value) = self.slots[at];
            if known == key {
                return Some(value);
            }
            if known == [0; WORDS] {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a key that isn't there.
    pub fn add(&mut self, key: InlineKey<WORDS>, value: u32) {
        if 2 * (self.len + 1) > self.slots.len() {
            let size = (2 * self.slots.len()).max(FIRST_SLOTS);
            let former = std::mem::replace(&mut self.slots, vec![([0; WORDS], 0); size]);
            for (key, value) in former.into_iter().filter(|(key, _)| *key != [0; WORDS]) {
                self.put(key, value);
            }
        }
        self.put(key, value);
        self.len += 1;
    }

    fn put(&mut self, key: InlineKey<WORDS>, value: u32) {
        let mut at = self.first(key);
        while self.slots[at].0 != [0; WORDS] {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    proptest::proptest! {
        #[test]
        fn it_finds_what_a_map_finds(pieces in proptest::collection::vec("[a-c]{1,3}|[a-bé]{4,8}", 0..2000)) {
            let mut table = InlineKeys::<2>::default();
            let mut naive: HashMap<&str, u32> = HashMap::new();
            for (number, piece) in (0..).zip(&pieces) {
                // The same bytes at the beginning and at the end of a text are the same key.
                let text = format!("xyz{piece} and so on, for a while");
                let key = inline_key(text.as_bytes(), 3, 3 + piece.len());
                proptest::prop_assert_eq!(key, inline_key::<2>(piece.as_bytes(), 0, piece.len()));
                proptest::prop_assert_eq!(table.find(key), naive.get(piece.as_str()).copied());
                if !naive.contains_key(piece.as_str()) {
                    table.add(key, number);
                    naive.insert(piece, number);
                }
            }
        }
    }
}
