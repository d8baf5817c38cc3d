//! Writing packed tables.

use super::{HASH, MAGIC, NUMBER_BITS, slot_of};

/// Collects sections; the reader must take them in the same order, each by the method of the same name.
#[derive(Debug, Default)]
pub struct Packer {
    sections: Vec<Vec<u8>>,
    /// There were more keys than slots can number.
    too_many: bool,
}

impl Packer {
    /// Adds a section of bytes.
    pub fn bytes(&mut self, bytes: Vec<u8>) {
        self.sections.push(bytes);
    }

    /// Adds a section of numbers.
    pub fn u32s(&mut self, numbers: impl IntoIterator<Item = u32>) {
        self.bytes(numbers.into_iter().flat_map(u32::to_le_bytes).collect());
    }

    /// Adds strings, numbered in this order.
    pub fn strings<'s>(&mut self, strings: impl IntoIterator<Item = &'s str>) {
        let mut text = Vec::new();
        let mut ends = Vec::new();
        for string in strings {
            text.extend_from_slice(string.as_bytes());
            ends.push(text.len() as u32);
        }
        self.u32s(ends);
        self.bytes(text);
    }

    /// Adds lists of numbers, themselves numbered in this order.
    pub fn lists<'l>(&mut self, lists: impl IntoIterator<Item = &'l [u32]>) {
        let (mut ends, mut values) = (Vec::new(), Vec::new());
        for list in lists {
            values.extend_from_slice(list);
            ends.push(values.len() as u32);
        }
        self.u32s(ends);
        self.u32s(values);
    }

    /// Adds lists of strings, numbered in this order.
    pub fn string_lists<'s, L: IntoIterator<Item = &'s str>>(&mut self, lists: impl IntoIterator<Item = L>) {
        let (mut ends, mut strings) = (Vec::new(), Vec::new());
        for list in lists {
            strings.extend(list);
            ends.push(strings.len() as u32);
        }
        self.u32s(ends);
        self.strings(strings);
    }

    /// Adds strings, all different, to be found by what they are.
    pub fn keys<'s>(&mut self, keys: impl IntoIterator<Item = &'s str>) {
        let keys: Vec<&str> = keys.into_iter().collect();
        // At most half full, so that a word of a text that isn't there is missed at the first probe mostly.
        let slots = (keys.len() * 2).next_power_of_two();
        let mut table = vec![0_u32; slots];
        for (number, key) in keys.iter().enumerate() {
            let (mut at, bits) = slot_of(key.as_bytes(), slots);
            while table[at] != 0 {
                at = (at + 1) & (slots - 1);
            }
            // Numbers that don't fit are refused by `finish`.
            table[at] = bits << NUMBER_BITS | (number as u32 + 1);
        }
        self.too_many |= keys.len() >= 1 << NUMBER_BITS;
        self.strings(keys);
        self.u32s(table);
    }

    /// How many sections there are so far.
    pub fn len(&self) -> usize {
        self.sections.len()
    }

    /// The file, with a section of numbers before those that were added. None if it would be larger than 32-bit
    /// offsets reach, 4 GB, or has some 16 million keys.
    pub fn finish(&self, label: &str, first: &[u32]) -> Option<Vec<u8>> {
        if self.too_many {
            return None;
        }
        let first: Vec<u8> = first.iter().copied().flat_map(u32::to_le_bytes).collect();
        let sections = || std::iter::once(&first).chain(&self.sections);
        let mut ends = Vec::with_capacity(self.sections.len() + 1);
        let mut end = 0_usize;
        for section in sections() {
            end = end.checked_add(section.len())?;
            ends.push(u32::try_from(end).ok()?);
        }
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&[0; HASH]);
        out.extend_from_slice(&u32::try_from(label.len()).ok()?.to_le_bytes());
        out.extend_from_slice(label.as_bytes());
        out.extend_from_slice(&u32::try_from(ends.len()).ok()?.to_le_bytes());
        ends.iter()
            .for_each(|end| out.extend_from_slice(&end.to_le_bytes()));
        out.reserve_exact(end);
        sections().for_each(|section| out.extend_from_slice(section));
        let from = MAGIC.len() + HASH;
        let hash = blake3::hash(&out[from..]);
        out[MAGIC.len()..from].copy_from_slice(hash.as_bytes());
        Some(out)
    }
}
