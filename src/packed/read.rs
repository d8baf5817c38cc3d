//! Reading packed tables.

use super::{HASH, MAGIC, NUMBER_BITS, slot_of};
use std::io::{self, ErrorKind, Read};
use tantivy_common::OwnedBytes;

/// A packed file, opened.
#[derive(Clone)]
pub struct Packed {
    bytes: OwnedBytes,
    label: std::ops::Range<usize>,
    /// Where the ends of the sections are listed.
    ends: std::ops::Range<usize>,
}

impl Packed {
    /// Opens a file; None if it is something else, or cut off.
    pub fn open(bytes: OwnedBytes) -> Option<Self> {
        if !bytes.starts_with(&MAGIC) {
            return None;
        }
        let label = MAGIC.len() + HASH + 4;
        let label = label..label.checked_add(number(&bytes, label - 4)? as usize)?;
        let count = number(&bytes, label.end)? as usize;
        let from = label.end + 4;
        let ends = from..from.checked_add(count.checked_mul(4)?)?;
        let last = match count {
            0 => 0,
            _ => number(&bytes, ends.end - 4)? as usize,
        };
        (ends.end.checked_add(last)? == bytes.len()).then_some(Self { bytes, label, ends })
    }

    /// What the tables were made of, as whoever made them said.
    pub fn label(&self) -> &str {
        let label = self.bytes.get(self.label.clone()).unwrap_or_default();
        std::str::from_utf8(label).unwrap_or_default()
    }

    /// Whether the bytes are those that were written, by their checksum. Reads all of them.
    pub fn is_whole(&self) -> bool {
        let from = MAGIC.len() + HASH;
        let written = self.bytes.get(MAGIC.len()..from);
        let hash = self.bytes.get(from..).map(blake3::hash);
        hash.is_some_and(|hash| written == Some(hash.as_bytes().as_slice()))
    }

    /// The whole file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The sections from number `at` on.
    pub fn sections_from(&self, at: usize) -> Sections<'_> {
        let before = at.checked_sub(1).and_then(|before| self.end(before));
        Sections {
            packed: self,
            at,
            from: before.unwrap_or(0),
        }
    }

    /// Where a section ends, counted from the first one's beginning.
    fn end(&self, section: usize) -> Option<usize> {
        let listed = self.ends.start.checked_add(section.checked_mul(4)?)?;
        let is_there = listed < self.ends.end;
        is_there
            .then(|| number(&self.bytes, listed))
            .flatten()
            .map(|end| end as usize)
    }
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packed({}, {} bytes)", self.label(), self.bytes.len())
    }
}

/// Whether a packed file has the bytes that were written, by their checksum, without mapping or holding it.
///
/// # Errors
/// What reading gives.
pub fn is_whole(mut file: impl Read) -> io::Result<bool> {
    let mut head = [0; MAGIC.len() + HASH];
    match file.read_exact(&mut head) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
        other => other?,
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(head[MAGIC.len()..] == *hasher.finalize().as_bytes())
}

/// Takes sections one after another. Each is None past the last one, and where the list of sections is damaged.
pub struct Sections<'p> {
    packed: &'p Packed,
    at: usize,
    from: usize,
}

impl Sections<'_> {
    /// Takes a section of bytes.
    pub fn bytes(&mut self) -> Option<OwnedBytes> {
        let Packed { bytes, ends, .. } = self.packed;
        let to = self.packed.end(self.at)?;
        let range = ends.end.checked_add(self.from)?..ends.end.checked_add(to)?;
        bytes.get(range.clone())?;
        self.at += 1;
        self.from = to;
        Some(bytes.slice(range))
    }

    /// Takes a section of numbers.
    pub fn u32s(&mut self) -> Option<U32s> {
        Some(U32s(self.bytes()?))
    }

    /// Takes strings.
    pub fn strings(&mut self) -> Option<Strings> {
        Some(Strings {
            ends: self.u32s()?,
            text: self.bytes()?,
        })
    }

    /// Takes lists of numbers.
    pub fn lists(&mut self) -> Option<Lists> {
        Some(Lists {
            ends: self.u32s()?,
            values: self.u32s()?,
        })
    }

    /// Takes lists of strings.
    pub fn string_lists(&mut self) -> Option<StringLists> {
        Some(StringLists {
            ends: self.u32s()?,
            strings: self.strings()?,
        })
    }

    /// Takes strings that are found by what they are.
    pub fn keys(&mut self) -> Option<Keys> {
        let strings = self.strings()?;
        let slots = self.u32s()?;
        (slots.len().is_power_of_two() && slots.len() > strings.len()).then_some(Keys { strings, slots })
    }
}

/// The number at a byte.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

/// A section of numbers.
#[derive(Clone)]
pub struct U32s(OwnedBytes);

impl U32s {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    /// One of them.
    #[inline]
    pub fn get(&self, at: usize) -> Option<u32> {
        number(&self.0, at.checked_mul(4)?)
    }

    /// `N` of them that stand together: a row of a table.
    #[inline]
    pub fn row<const N: usize>(&self, at: usize) -> Option<[u32; N]> {
        let list = self.range(at.checked_mul(N)?, at.checked_add(1)?.checked_mul(N)?);
        let (rows, _) = list.0.as_chunks::<4>();
        let row: &[[u8; 4]; N] = rows.first_chunk()?;
        Some(row.map(u32::from_le_bytes))
    }

    /// Those from one to another; none where that is no range of them.
    #[inline]
    pub fn range(&self, from: usize, to: usize) -> U32List<'_> {
        match (from.checked_mul(4), to.checked_mul(4)) {
            (Some(from), Some(to)) => U32List(self.0.get(from..to).unwrap_or_default()),
            _ => U32List::default(),
        }
    }
}

/// Numbers in a packed file.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct U32List<'b>(&'b [u8]);

impl<'b> U32List<'b> {
    /// How many there are.
    #[inline]
    pub fn len(self) -> usize {
        self.0.len() / 4
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// One of them.
    #[inline]
    pub fn get(self, at: usize) -> Option<u32> {
        number(self.0, at.checked_mul(4)?)
    }

    /// The numbers in order.
    #[inline]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone + 'b {
        let (numbers, _) = self.0.as_chunks::<4>();
        numbers.iter().map(|four| u32::from_le_bytes(*four))
    }
}

impl std::fmt::Debug for U32List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Where the item `at` begins and ends, by where each one ends.
#[inline]
fn between(ends: &U32s, at: usize) -> Option<(usize, usize)> {
    let from = match at.checked_sub(1) {
        Some(before) => ends.get(before)?,
        None => 0,
    };
    Some((from as usize, ends.get(at)? as usize))
}

/// Strings by their numbers.
#[derive(Clone)]
pub struct Strings {
    ends: U32s,
    text: OwnedBytes,
}

impl Strings {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A string; empty if there is none of that number.
    #[inline]
    pub fn get(&self, at: usize) -> &str {
        std::str::from_utf8(self.bytes(at)).unwrap_or_default()
    }

    /// The bytes of a string; none if there is none of that number.
    #[inline]
    pub fn bytes(&self, at: usize) -> &[u8] {
        let range = between(&self.ends, at);
        range
            .and_then(|(from, to)| self.text.get(from..to))
            .unwrap_or_default()
    }
}

/// Lists of numbers by their numbers.
#[derive(Clone)]
pub struct Lists {
    ends: U32s,
    values: U32s,
}

impl Lists {
    /// A list; empty if there is none of that number.
    #[inline]
    pub fn get(&self, at: usize) -> U32List<'_> {
        between(&self.ends, at).map_or(U32List::default(), |(from, to)| self.values.range(from, to))
    }
}

/// Lists of strings by their numbers.
#[derive(Clone)]
pub struct StringLists {
    ends: U32s,
    strings: Strings,
}

impl StringLists {
    /// The strings of a list; none if there is no list of that number.
    pub fn get(&self, at: usize) -> impl ExactSizeIterator<Item = &str> {
        let (from, to) = between(&self.ends, at).unwrap_or_default();
        let to = to.min(self.strings.len());
        (from.min(to)..to).map(move |at| self.strings.get(at))
    }
}

/// Strings that are found by what they are, in a hash table.
#[derive(Clone)]
pub struct Keys {
    strings: Strings,
    /// A power of two; see [`slot_of`].
    slots: U32s,
}

impl Keys {
    /// The strings by their numbers.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// Whether a string is one of them.
    pub fn contains(&self, key: &str) -> bool {
        self.number(key).is_some()
    }

    /// The number of a string.
    #[inline]
    pub fn number(&self, key: &str) -> Option<u32> {
        let slots = self.slots.len();
        let (mut at, bits) = slot_of(key.as_bytes(), slots);
        // Damaged, the table may have no empty slot.
        for _ in 0..slots {
            let slot = self.slots.get(at)?;
            let number = (slot & ((1 << NUMBER_BITS) - 1)).checked_sub(1)?;
            if slot >> NUMBER_BITS == bits && self.strings.bytes(number as usize) == key.as_bytes() {
                return Some(number);
            }
            at = (at + 1) & (slots - 1);
        }
        None
    }
}
