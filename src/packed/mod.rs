//! Tables that are read where they lie: in the binary, or in a mapped file of an index. Nothing is parsed when
//! they are opened, so a table ten times larger opens as fast, and only what is looked at takes memory.
//!
//! A packed file is a head and sections. [`Packer`] writes sections one after another, [`Packed`] opens them
//! again in the same order; the first one is of numbers, for instance where parts of the others begin. All numbers are little-endian, 32 bits wide:
//!
//! ```text
//! 8 bytes   magic with the version of this form
//! 32 bytes  BLAKE3 of everything behind it
//! u32       length of the label
//! bytes     the label: what the tables were made of
//! u32       number of sections
//! u32 …     where each section ends, counted from the first one's beginning
//! bytes     the sections
//! ```
//!
//! Damaged bytes never panic: a number beyond the end is absent, a string that isn't UTF-8 is empty. Whether
//! they are damaged, [`Packed::is_whole`] tells.

mod read;
mod write;

pub use read::{Keys, Lists, Packed, Sections, StringLists, Strings, U32List, U32s};
pub use write::Packer;

/// Begins a packed file; the last byte is the version of the form.
const MAGIC: [u8; 8] = *b"griotpk\x01";

/// Bytes of the checksum.
const HASH: usize = 32;

/// In a slot of [`Keys`] the number of a key plus one; what is above are bits of its hash.
const NUMBER_BITS: u32 = 24;

/// The slot of a hash table of `slots` (a power of two) that a key's probing begins at, and the bits of its hash
/// that its slot holds. The same on every machine.
fn slot_of(key: &[u8], slots: usize) -> (usize, u32) {
    // FxHash's step over eight bytes at a time, and a last one so that all bits tell.
    const FACTOR: u64 = 0xf135_7aea_2e62_a9c5;
    let step = |hash: u64, bytes: u64| (hash.rotate_left(5) ^ bytes).wrapping_mul(FACTOR);
    let mut hash = key.len() as u64;
    let (eights, rest) = key.as_chunks::<8>();
    for eight in eights {
        hash = step(hash, u64::from_le_bytes(*eight));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash = step(hash, u64::from_le_bytes(last));
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(FACTOR);
    let at = (hash >> 32) as usize & slots.saturating_sub(1);
    (at, (hash as u32) >> NUMBER_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy_common::OwnedBytes;

    fn packed() -> Vec<u8> {
        let mut packer = Packer::default();
        packer.u32s([7, 0, u32::MAX]);
        packer.strings(["Gao", "", "Ménaka"]);
        packer.lists([&[1, 2][..], &[], &[3]]);
        packer.string_lists([vec!["a"], vec![], vec!["b", "c"]]);
        packer.keys(["gao", "kidal", "tin aicha", "x"]);
        packer.finish("label", &[4, 2]).expect("small enough")
    }

    #[test]
    fn what_is_written_is_read_where_it_lies() {
        let packed = Packed::open(OwnedBytes::new(packed())).expect("well-formed");
        assert!(packed.is_whole());
        assert_eq!(packed.label(), "label");
        let mut sections = packed.sections_from(0);
        let first = sections.u32s().expect("the first section");
        assert_eq!(first.row(0), Some([4, 2]));
        let numbers = sections.u32s().expect("a section");
        assert_eq!(numbers.range(0, 3).iter().collect::<Vec<_>>(), [7, 0, u32::MAX]);
        assert_eq!((numbers.get(2), numbers.get(3)), (Some(u32::MAX), None));
        let strings = sections.strings().expect("two sections");
        assert_eq!(
            (0..4).map(|at| strings.get(at)).collect::<Vec<_>>(),
            ["Gao", "", "Ménaka", ""]
        );
        let lists = sections.lists().expect("two sections");
        let list = |at| lists.get(at).iter().collect::<Vec<_>>();
        assert_eq!(
            (list(0), list(1), list(2), list(3)),
            (vec![1, 2], vec![], vec![3], vec![])
        );
        let string_lists = sections.string_lists().expect("three sections");
        let list = |at| string_lists.get(at).collect::<Vec<_>>();
        assert_eq!(
            (list(0), list(1), list(2), list(3)),
            (vec!["a"], vec![], vec!["b", "c"], vec![])
        );
        let keys = sections.keys().expect("three sections");
        assert_eq!(
            ["gao", "kidal", "tin aicha", "x", "", "gaoo", "y"].map(|key| keys.number(key)),
            [Some(0), Some(1), Some(2), Some(3), None, None, None]
        );
        assert!(sections.u32s().is_none(), "no more sections");
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let written: Vec<String> = (0..5_000).map(|n| format!("mot{n}")).collect();
        let mut packer = Packer::default();
        packer.keys(written.iter().map(String::as_str));
        let bytes = packer.finish("", &[]).expect("small enough");
        let packed = Packed::open(OwnedBytes::new(bytes)).expect("well-formed");
        let keys = packed.sections_from(1).keys().expect("there");
        for (number, key) in written.iter().enumerate() {
            assert_eq!(keys.number(key), Some(number as u32), "{key}");
        }
        for other in 5_000..20_000 {
            assert_eq!(keys.number(&format!("mot{other}")), None);
        }
    }

    #[test]
    fn damaged_bytes_are_noticed_and_never_panic() {
        let good = packed();
        let read = |bytes: &[u8]| {
            let Some(packed) = Packed::open(OwnedBytes::new(bytes.to_vec())) else {
                return false;
            };
            let mut sections = packed.sections_from(1);
            let _ = sections.u32s().map(|numbers| numbers.range(1, 3).iter().count());
            let _ = sections.strings().map(|strings| strings.get(2).len());
            let _ = sections.lists().map(|lists| lists.get(1).iter().count());
            let _ = sections.string_lists().map(|lists| lists.get(2).count());
            let _ = sections.keys().map(|keys| keys.number("kidal"));
            packed.is_whole()
        };
        assert!(read(&good));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0xff;
            assert!(!read(&bad), "byte {at}");
            assert!(!read(&good[..at]), "cut at {at}");
        }
    }
}
