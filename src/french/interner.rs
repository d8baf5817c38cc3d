//! Strings by number: each distinct string is kept once, in one allocation for all.

use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Slots of a new table; a power of two, as every size is.
const FIRST_SLOTS: usize = 1 << 10;

/// Distinct strings, numbered from 0 in the order in which they came. At most 4 GiB of them.
///
/// A hash table with open addressing: a slot holds 32 bits of the hash beside the number, so that hardly a string
/// is compared in vain.
#[derive(Default)]
pub struct Interner {
    /// 0 for an empty slot; else the upper half of the hash, and the number plus one.
    slots: Vec<u64>,
    bytes: String,
    /// Past the end of each string.
    ends: Vec<u32>,
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

fn slot_of(hash: u64, number: u32) -> u64 {
    (hash & !0xFFFF_FFFF) | (u64::from(number) + 1)
}

impl Interner {
    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        8 * self.slots.capacity() + self.bytes.capacity() + 4 * self.ends.capacity()
    }

    /// The string of a number; empty for a number that no string has.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let from = match at.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        let to = self.ends.get(at).copied().unwrap_or(from);
        self.bytes.get(from as usize..to as usize).unwrap_or_default()
    }

    /// The number of a string, if it has one.
    pub fn find(&self, string: &str) -> Option<u32> {
        match self.slots.is_empty() {
            true => None,
            false => self.look_up(string, hash(string.as_bytes())).ok(),
        }
    }

    /// The number of a string, and whether it is new.
    pub fn intern(&mut self, string: &str) -> (u32, bool) {
        if 2 * (self.ends.len() + 1) > self.slots.len() {
            self.grow();
        }
        let hash = hash(string.as_bytes());
        match self.look_up(string, hash) {
            Ok(number) => (number, false),
            Err(free) => {
                let number = self.ends.len() as u32;
                self.bytes.push_str(string);
                self.ends.push(self.bytes.len() as u32);
                self.slots[free] = slot_of(hash, number);
                (number, true)
            }
        }
    }

    /// The number of a string, or the slot that is free for it. There are free slots.
    fn look_up(&self, string: &str, hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return Err(at);
            }
            if slot >> 32 == hash >> 32 {
                let number = slot as u32 - 1;
                if self.get(number) == string {
                    return Ok(number);
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(FIRST_SLOTS);
        let mask = size - 1;
        self.slots = vec![0; size];
        for number in 0..self.ends.len() as u32 {
            let hash = hash(self.get(number).as_bytes());
            let mut at = hash as usize & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot_of(hash, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    proptest::proptest! {
        #[test]
        fn a_number_a_string(strings in proptest::collection::vec("[a-c]{0,4}|\\PC{0,3}", 0..3000)) {
            let mut interner = Interner::default();
            let mut naive: HashMap<String, u32> = HashMap::new();
            for string in &strings {
                let next = naive.len() as u32;
                let known = naive.get(string).copied();
                proptest::prop_assert_eq!(interner.find(string), known);
                proptest::prop_assert_eq!(interner.intern(string), (known.unwrap_or(next), known.is_none()));
                naive.insert(string.clone(), known.unwrap_or(next));
            }
            proptest::prop_assert_eq!(interner.len(), naive.len());
            for (string, number) in &naive {
                proptest::prop_assert_eq!(interner.get(*number), string);
            }
            proptest::prop_assert_eq!(interner.get(u32::MAX), "");
        }
    }
}
