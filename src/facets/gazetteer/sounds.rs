//! How names sound, to recognise misspellings.

use crate::facets::lexicon::WordId;
use crate::packed::{Packer, Sections, Strings, U32s};
use std::ops::Range;

/// Shorter names have too many neighbours to be recognised misspelt.
const SHORTEST_MISSPELT: usize = 6;
const SHORTEST_NAME: usize = 5;
const LONGEST_MISSPELT: usize = 24;

/// Names of one word while they are collected: first letter and length of how each sounds, that, and the word.
#[derive(Default)]
pub(super) struct SoundsBuilder(Vec<(u32, String, WordId)>);

impl SoundsBuilder {
    /// Adds a folded name, unless it is too short.
    pub fn add(&mut self, word: &str, id: WordId) {
        if word.len() >= SHORTEST_NAME {
            let sound = sound(word);
            let first = sound.as_bytes().first().copied().unwrap_or_default();
            self.0.push((bucket(first, sound.len()), sound, id));
        }
    }

    /// Packs the names in the order of first letter and length.
    pub fn pack(&mut self, packer: &mut Packer) {
        self.0.sort_unstable();
        self.0.dedup();
        packer.u32s(self.0.iter().map(|(bucket, ..)| *bucket));
        packer.strings(self.0.iter().map(|(_, sound, _)| sound.as_str()));
        packer.u32s(self.0.iter().map(|(.., word)| *word));
        let mut by_end: Vec<u32> = (0..self.0.len() as u32).collect();
        by_end.sort_by(|one, other| {
            let name = |at: u32| &self.0[at as usize];
            let ((bucket, sound, _), (other_bucket, other_sound, _)) = (name(*one), name(*other));
            let from_the_end = || sound.bytes().rev().cmp(other_sound.bytes().rev());
            bucket.cmp(other_bucket).then_with(from_the_end)
        });
        packer.u32s(by_end);
    }
}

/// What names are looked up by: the first byte and the length of how they sound.
fn bucket(first: u8, length: usize) -> u32 {
    u32::from(first) << 24 | length.min(0xff_ffff) as u32
}

/// Names of one word by the first letter and the length of how they sound.
pub(super) struct Sounds {
    /// Of each name, ascending.
    buckets: U32s,
    sounds: Strings,
    words: U32s,
    /// The numbers of the names, those of a bucket in the order of their sounds read backwards.
    by_end: U32s,
}

impl Sounds {
    /// What [`SoundsBuilder::pack`] packed.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            buckets: sections.u32s()?,
            sounds: sections.strings()?,
            words: sections.u32s()?,
            by_end: sections.u32s()?,
        })
    }

    /// The numbers of the names in a bucket, in the order of their sounds.
    fn of(&self, bucket: u32) -> Range<usize> {
        let all = self.buckets.len();
        let of = |at: usize| self.buckets.get(at).unwrap_or(u32::MAX);
        let from = first(0, all, |at| of(at) < bucket);
        from..first(from, all, |at| of(at) <= bucket)
    }

    /// The names that sound like `folded` (0) or, if `far` is 1, differ from it by one letter (1).
    pub fn similar(&self, folded: &str, far: usize) -> Vec<(usize, WordId)> {
        if folded.len() < SHORTEST_MISSPELT || folded.len() > LONGEST_MISSPELT || !folded.is_ascii() {
            return Vec::new();
        }
        let typed = sound(folded);
        let Some(initial) = typed.as_bytes().first().copied() else {
            return Vec::new();
        };
        let name = |at: usize| self.sounds.get(at);
        if far == 0 {
            let names = self.of(bucket(initial, typed.len()));
            let from = first(names.start, names.end, |at| name(at) < typed.as_str());
            let equal = (from..names.end).take_while(|at| name(*at) == typed);
            return equal.filter_map(|at| Some((0, self.words.get(at)?))).collect();
        }
        let lengths = typed.len().saturating_sub(1)..=typed.len() + 1;
        let mut near: Vec<usize> = lengths
            .flat_map(|length| self.sharing_a_half(typed.as_bytes(), self.of(bucket(initial, length))))
            .collect();
        near.sort_unstable();
        near.dedup();
        let names = near.into_iter().filter_map(|at| {
            let distance = within_one(typed.as_bytes(), self.sounds.bytes(at))?;
            Some((distance, self.words.get(at)?))
        });
        names.collect()
    }

    /// The names of a bucket that begin with the first half of `typed` or end with the other: a single edit leaves one
    /// of them as it was.
    fn sharing_a_half(&self, typed: &[u8], names: Range<usize>) -> impl Iterator<Item = usize> {
        let (head, tail) = typed.split_at(typed.len() / 2);
        let sound = |at: usize| self.sounds.bytes(at);
        let by_end = |at: usize| self.by_end.get(at).map_or(0, |name| name as usize);
        let from = first(names.start, names.end, |at| sound(at) < head);
        let alike = (from..names.end).take_while(move |at| sound(*at).starts_with(head));
        let backwards = |name: usize| sound(name).iter().rev();
        let from = first(names.start, names.end, |at| {
            backwards(by_end(at)).lt(tail.iter().rev())
        });
        let ending = (from..names.end).map(by_end);
        alike.chain(ending.take_while(move |name| sound(*name).ends_with(tail)))
    }
}

/// The first number, of those from `from` to `to`, that is no longer `below`; those that are come first.
fn first(mut from: usize, mut to: usize, below: impl Fn(usize) -> bool) -> usize {
    while from < to {
        let middle = from + (to - from) / 2;
        if below(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// What is heard where letters are written; the longest that fits is taken.
const HEARD: &[(&str, &str)] = &[
    ("ou", "u"),
    ("w", "u"),
    ("tch", "c"),
    ("ch", "c"),
    ("sh", "c"),
    ("dj", "j"),
    ("dy", "j"),
    ("dz", "j"),
    ("dia", "ja"),
    ("die", "je"),
    ("dio", "jo"),
    ("diu", "ju"),
    ("diou", "ju"),
    ("ck", "k"),
    ("qu", "k"),
    ("kh", "k"),
    ("ph", "f"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("guy", "gi"),
    ("ce", "se"),
    ("ci", "si"),
    ("mb", "nb"),
    ("mp", "np"),
    ("ai", "e"),
    ("ei", "e"),
    ("ay", "e"),
    ("ey", "e"),
    ("ie", "e"),
    ("ye", "e"),
    ("c", "k"),
    ("q", "k"),
    ("y", "i"),
    ("z", "s"),
    ("h", ""),
];

/// How a folded name sounds, so that the usual transcriptions of one sound agree: Diabaly, Diabali;
/// Ouatagouna, Watagouna; Dioungani, Djoungani; Gorgadji, Gorgadjy. Never empty for a name of letters other
/// than h.
fn sound(folded: &str) -> String {
    let mut sound = String::with_capacity(folded.len());
    let mut push = |heard: &str| {
        for letter in heard.chars() {
            if !sound.ends_with(letter) {
                sound.push(letter);
            }
        }
    };
    let mut rest = folded;
    while let Some(letter) = rest.chars().next() {
        let fits = HEARD.iter().filter(|(written, _)| rest.starts_with(written));
        match fits.max_by_key(|(written, _)| written.len()) {
            Some((written, heard)) => {
                push(heard);
                rest = &rest[written.len()..];
            }
            None => {
                push(letter.encode_utf8(&mut [0; 4]));
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    // A last e is mute as often as not: Tin-Aouker, Aouquere.
    if sound.len() > 3 && sound.ends_with('e') {
        sound.pop();
    }
    sound
}

/// 0 for equal, 1 for one letter more, less or other; nothing for more than that.
fn within_one(one: &[u8], other: &[u8]) -> Option<usize> {
    if one.len() > other.len() {
        return within_one(other, one);
    }
    // Most names differ near the beginning and at the end: these are not looked at any further.
    if one.get(1) != other.get(1) && one.last() != other.last() && one.len() > 2 {
        return None;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    if same == other.len() {
        return Some(0);
    }
    let rest = if one.len() == other.len() {
        one.get(same + 1..)
    } else {
        one.get(same..)
    };
    (rest == other.get(same + 1..)).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::Packed;
    use tantivy_common::OwnedBytes;

    #[test]
    fn transcriptions_of_one_name_sound_alike() {
        for (one, other) in [
            ("diabaly", "diabali"),
            ("ouatagouna", "watagouna"),
            ("dioungani", "djoungani"),
            ("korizena", "korisena"),
            ("boulkessi", "boulkessy"),
            ("foube", "fouhbe"),
        ] {
            assert_eq!(sound(one), sound(other), "{one}, {other}");
        }
        assert_ne!(sound("mondoro"), sound("sondoro"));
    }

    fn of(all: &[impl AsRef<str>]) -> Sounds {
        let mut names = SoundsBuilder::default();
        for (id, name) in all.iter().enumerate() {
            names.add(name.as_ref(), id as WordId);
        }
        let mut packer = Packer::default();
        names.pack(&mut packer);
        let packed = Packed::open(OwnedBytes::new(packer.finish("", &[]).expect("small")));
        Sounds::open(&mut packed.expect("well-formed").sections_from(1)).expect("there")
    }

    proptest::proptest! {
        #[test]
        fn none_within_one_letter_is_missed(
            names in proptest::collection::vec("[ab][abk]{4,8}", 1..40),
            typed in "[ab][abk]{5,8}",
        ) {
            let found: std::collections::BTreeSet<_> = of(&names).similar(&typed, 1).into_iter().collect();
            let all = names.iter().enumerate().filter_map(|(id, name)| {
                let (name, typed) = (sound(name), sound(&typed));
                let distance = within_one(typed.as_bytes(), name.as_bytes())?;
                (name.as_bytes()[0] == typed.as_bytes()[0]).then_some((distance, id as WordId))
            });
            proptest::prop_assert_eq!(found, all.collect());
        }
    }

    #[test]
    fn names_are_found_by_sound_and_by_a_letter() {
        let sounds = of(&["tasmakatt", "korizena", "korisena", "djibo", "oum"]);
        assert_eq!(sounds.similar("tassamakat", 0), []);
        assert_eq!(sounds.similar("tassamakat", 1), [(1, 0)]);
        assert_eq!(sounds.similar("koriszena", 0), [(0, 1), (0, 2)]);
        assert_eq!(sounds.similar("djibo", 1), [], "too short");
    }
}
