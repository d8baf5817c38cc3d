//! How names sound, to recognise misspellings.

use crate::facets::lexicon::{Trie, WordId};
use crate::packed::{Packer, Sections, Strings, U32s};

/// Shorter names have too many neighbours to be recognised misspelt.
const SHORTEST_MISSPELT: usize = 6;
const LONGEST_MISSPELT: usize = 24;

/// Names of one word while they are collected: first letter and length of how each sounds, that, and the word.
#[derive(Default)]
pub(super) struct SoundsBuilder(Vec<(u32, String, WordId)>);

impl SoundsBuilder {
    /// Adds a folded name, unless it is too short.
    pub fn add(&mut self, word: &str, id: WordId) {
        if word.len() >= SHORTEST_MISSPELT {
            let sound = sound(word);
            let first = sound.as_bytes().first().copied().unwrap_or_default();
            self.0.push((bucket(first, sound.len()), sound, id));
        }
    }

    /// Packs the names in the order of first letter and length.
    pub fn pack(&mut self, packer: &mut Packer) {
        self.0.sort_unstable();
        packer.u32s(self.0.iter().map(|(bucket, ..)| *bucket));
        packer.strings(self.0.iter().map(|(_, sound, _)| sound.as_str()));
        packer.u32s(self.0.iter().map(|(.., word)| *word));
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
}

impl Sounds {
    /// What [`SoundsBuilder::pack`] packed.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            buckets: sections.u32s()?,
            sounds: sections.strings()?,
            words: sections.u32s()?,
        })
    }

    /// The numbers of the names in a bucket.
    fn of(&self, bucket: u32) -> impl Iterator<Item = usize> {
        let (mut from, mut to) = (0, self.buckets.len());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.buckets.get(middle).is_some_and(|other| other < bucket) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        (from..self.buckets.len()).take_while(move |at| self.buckets.get(*at) == Some(bucket))
    }

    /// The one name that sounds like `folded`, or differs from it by one letter; `meanings`: those of each
    /// name, to know which are the same.
    pub fn similar(&self, folded: &str, meanings: &Trie) -> Option<WordId> {
        if folded.len() < SHORTEST_MISSPELT || folded.len() > LONGEST_MISSPELT || !folded.is_ascii() {
            return None;
        }
        let typed = sound(folded);
        let first = *typed.as_bytes().first()?;
        let mut found: Option<(usize, WordId)> = None;
        let mut several = false;
        for length in typed.len().saturating_sub(1)..=typed.len() + 1 {
            for at in self.of(bucket(first, length)) {
                let name = self.sounds.get(at);
                let (Some(distance), Some(id)) =
                    (within_one(typed.as_bytes(), name.as_bytes()), self.words.get(at))
                else {
                    continue;
                };
                match found {
                    Some((best, _)) if best < distance => {}
                    Some((best, other)) if best == distance => {
                        several |= meanings.exact(&[other]) != meanings.exact(&[id])
                    }
                    _ => (found, several) = (Some((distance, id)), false),
                }
            }
        }
        found.filter(|_| !several).map(|(_, id)| id)
    }
}

/// How a folded name sounds, so that the usual transcriptions of one sound agree: Diabaly, Diabali;
/// Ouatagouna, Watagouna; Dioungani, Djoungani. Never empty for a name of letters.
fn sound(folded: &str) -> String {
    let mut out = folded.to_string();
    for (written, heard) in [
        ("ou", "u"),
        ("w", "u"),
        ("y", "i"),
        ("dj", "di"),
        ("ck", "k"),
        ("q", "k"),
        ("kh", "k"),
        ("gh", "g"),
        ("th", "t"),
    ] {
        if out.contains(written) {
            out = out.replace(written, heard);
        }
    }
    let letters: Vec<char> = out.chars().collect();
    let mut sound = String::with_capacity(out.len());
    for (at, &letter) in letters.iter().enumerate() {
        let soft = letters.get(at + 1).is_some_and(|next| matches!(next, 'e' | 'i'));
        let heard = match letter {
            'c' if soft => 's',
            'c' => 'k',
            'z' => 's',
            letter => letter,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// 0 for equal, 1 for one letter more, less or other; nothing for more than that.
fn within_one(one: &[u8], other: &[u8]) -> Option<usize> {
    if one.len() > other.len() {
        return within_one(other, one);
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
