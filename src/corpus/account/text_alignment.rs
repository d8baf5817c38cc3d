//! Texts that are seen, set against those of the articles: most stand in both, byte by byte but for what stands between
//! words, and are gone through in step. Only the rest is looked at word by word.

use super::words::separator_at;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Shortest part of a text, in bytes, that is taken for the same one where it isn't a whole line.
const SHORTEST: usize = 12;

/// Bytes at the beginning of a line by which it is found.
const BEGINNING: usize = 16;

/// Words of an article that may be passed over to fall into step again.
const PASSED_OVER: usize = 4;

/// Parts of texts that stand on one side alone, or elsewhere on the other; each begins and ends between words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rest {
    pub only_seen: Vec<Range<usize>>,
    pub only_indexed: Vec<Range<usize>>,
}

/// Goes through both texts in step, and gives the rest. What is taken off has the same words on both sides.
pub(super) fn in_step(seen: &str, indexed: &str) -> Rest {
    let mut step = Step {
        seen: seen.as_bytes(),
        indexed: indexed.as_bytes(),
        lines: None,
        taken: Taken::default(),
    };
    let mut only_seen: Vec<Range<usize>> = Vec::new();
    let (mut at, mut next) = (word_from(step.seen, 0), word_from(step.indexed, 0));
    while at < step.seen.len() {
        match step.find(at, next) {
            Some((seen, indexed)) => (at, next) = (seen, indexed),
            None => {
                let end = word_from(step.seen, word_end(step.seen, at));
                match only_seen.last_mut().filter(|last| last.end == at) {
                    Some(last) => last.end = end,
                    None => only_seen.push(at..end),
                }
                at = end;
            }
        }
    }
    Rest {
        only_seen,
        only_indexed: step.taken.rest(indexed.len()),
    }
}

/// Two texts, and how far they have been set against each other.
struct Step<'t> {
    seen: &'t [u8],
    indexed: &'t [u8],
    /// The lines of the articles, once they have been asked for.
    lines: Option<Lines>,
    taken: Taken,
}

impl Step<'_> {
    /// Takes what both have from here on, or from a place near by or a line that begins alike; gives where both go on.
    fn find(&mut self, at: usize, next: usize) -> Option<(usize, usize)> {
        if let Some(found) = self.take(at, next) {
            return Some(found);
        }
        if let Some(line) = self.line(at)
            && let Some(found) = self.take(at, line)
        {
            return Some(found);
        }
        let mut place = next;
        for _ in 0..PASSED_OVER {
            place = word_from(self.indexed, word_end(self.indexed, place));
            if let Some(found) = self.take(at, place) {
                return Some(found);
            }
        }
        None
    }

    /// The first line of the articles that begins as what is seen and is not taken.
    fn line(&mut self, at: usize) -> Option<usize> {
        let (indexed, taken) = (self.indexed, &self.taken);
        let lines = self.lines.get_or_insert_with(|| Lines::of(indexed));
        lines.first(beginning(&self.seen[at..]), |line| taken.has(line))
    }

    /// Takes what both have from two places on, if it is more than may be by chance.
    fn take(&mut self, at: usize, next: usize) -> Option<(usize, usize)> {
        // Nearly all places differ in their first letter.
        if self.indexed.get(next) != self.seen.get(at) || self.taken.has(next) {
            return None;
        }
        let indexed = &self.indexed[..self.taken.first_from(next).unwrap_or(self.indexed.len())];
        let (seen_end, indexed_end) = run(self.seen, indexed, (at, next));
        let is_line = |text: &[u8], from: usize, to: usize| {
            let begins = from == 0 || text[from - 1] == b'\n';
            begins && (matches!(text.get(to), None | Some(b'\n')) || text[to - 1] == b'\n')
        };
        let is_enough = seen_end - at >= SHORTEST || seen_end > at && is_line(self.seen, at, seen_end);
        is_enough.then(|| {
            let go_on = word_from(self.indexed, indexed_end);
            self.taken.add(next..go_on);
            (word_from(self.seen, seen_end), go_on)
        })
    }
}

/// How far both texts have the same words from two places on, whatever stands between words.
fn run(seen: &[u8], indexed: &[u8], from: (usize, usize)) -> (usize, usize) {
    let (mut at, mut next) = from;
    let mut end = from;
    loop {
        let same = same_words(&seen[at..], &indexed[next..]);
        if same == 0 {
            return end;
        }
        end = (at + same, next + same);
        (at, next) = (word_from(seen, end.0), word_from(indexed, end.1));
    }
}

/// How many bytes both begin with that are whole words in both.
fn same_words(one: &[u8], other: &[u8]) -> usize {
    let mut same = same_bytes(one, other);
    // Letters that differ may begin with the same byte.
    while [one, other]
        .iter()
        .any(|text| text.get(same).is_some_and(|byte| byte & 0xc0 == 0x80))
    {
        same -= 1;
    }
    let ends = |text: &[u8]| text.len() == same || separator_at(text, same) > 0;
    if ends(one) && ends(other) {
        return same;
    }
    // What follows the last sign between words is the beginning of words that differ.
    let is_between = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    one[..same].iter().rposition(is_between).map_or(0, |at| at + 1)
}

/// How many bytes both begin with.
fn same_bytes(one: &[u8], other: &[u8]) -> usize {
    let eights = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
    let same = 8 * eights.take_while(|(one, other)| one == other).count();
    let rest = one[same..].iter().zip(&other[same..]);
    same + rest.take_while(|(one, other)| one == other).count()
}

/// Where a word begins, from a place between words on.
fn word_from(text: &[u8], mut at: usize) -> usize {
    while at < text.len() {
        match separator_at(text, at) {
            0 => return at,
            length => at += length,
        }
    }
    text.len()
}

/// Where the word at a place ends.
fn word_end(text: &[u8], at: usize) -> usize {
    (at..text.len())
        .find(|at| separator_at(text, *at) > 0)
        .unwrap_or(text.len())
}

/// The beginning of a line.
fn beginning(text: &[u8]) -> u64 {
    let head = &text[..text.len().min(BEGINNING)];
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut eights = [0; BEGINNING];
    eights[..line.len()].copy_from_slice(line);
    let eights = eights
        .as_chunks::<8>()
        .0
        .iter()
        .map(|eight| u64::from_le_bytes(*eight));
    eights.fold(0, |hash: u64, eight| {
        let product = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ product >> 32
    })
}

/// Where the lines of a text begin, by what they begin with.
struct Lines {
    first: FxHashMap<u64, u32>,
    /// Where each line begins, and the next one that begins alike.
    lines: Vec<(u32, u32)>,
}

/// No other line.
const NONE: u32 = u32::MAX;

impl Lines {
    fn of(text: &[u8]) -> Self {
        let mut found = Self {
            first: FxHashMap::default(),
            lines: Vec::new(),
        };
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text).map(|end| end + 1));
        // From the last on, so that the first of those that begin alike is found first.
        for start in starts.into_iter().rev() {
            let start = word_from(text, start);
            let (Ok(at), Ok(line)) = (u32::try_from(start), u32::try_from(found.lines.len())) else {
                continue;
            };
            let is_empty = found.lines.last().is_some_and(|(next, _)| *next == at);
            if start < text.len() && !is_empty {
                let next = found.first.insert(beginning(&text[start..]), line);
                found.lines.push((at, next.unwrap_or(NONE)));
            }
        }
        found
    }

    /// The first line with this beginning that isn't taken; those that are will not be asked for again.
    fn first(&mut self, beginning: u64, is_taken: impl Fn(usize) -> bool) -> Option<usize> {
        let first = self.first.get_mut(&beginning)?;
        while let Some(&(at, next)) = self.lines.get(*first as usize) {
            if !is_taken(at as usize) {
                return Some(at as usize);
            }
            *first = next;
        }
        None
    }
}

/// Parts of a text that are taken, in their order; those that touch are one.
#[derive(Default)]
struct Taken {
    ends: BTreeMap<usize, usize>,
    /// The last part that was added, which the next one mostly follows.
    last: Range<usize>,
}

impl Taken {
    fn add(&mut self, part: Range<usize>) {
        if part.start == self.last.end {
            self.last.end = part.end;
        } else {
            self.last = part;
        }
        self.ends.insert(self.last.start, self.last.end);
    }

    fn has(&self, at: usize) -> bool {
        let before = self.ends.range(..=at).next_back();
        before.is_some_and(|(_, end)| at < *end)
    }

    /// Where the first part from a place on begins.
    fn first_from(&self, at: usize) -> Option<usize> {
        self.ends.range(at..).next().map(|(start, _)| *start)
    }

    /// What isn't taken of a text of some length.
    fn rest(self, length: usize) -> Vec<Range<usize>> {
        let mut rest = Vec::new();
        let mut start = 0;
        for (taken, end) in self.ends {
            rest.push(start..taken);
            start = end;
        }
        rest.push(start..length);
        rest.retain(|part| !part.is_empty());
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words_of;
    use super::*;
    use crate::corpus::tests::linear::assert_linear;

    /// Both rests as texts.
    fn rests<'t>(seen: &'t str, indexed: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
        let rest = in_step(seen, indexed);
        let texts = |text: &'t str, parts: Vec<Range<usize>>| {
            parts.into_iter().map(|part| text[part].trim()).collect()
        };
        (texts(seen, rest.only_seen), texts(indexed, rest.only_indexed))
    }

    #[test]
    fn what_stands_between_words_and_the_order_of_texts_make_no_difference() {
        let seen = "menu accueil\nRFI\n12 mars\nLe pont de Gao\nLe pont «\u{a0}est\u{a0}» rouvert,\n   dit l’élu du quartier.\n";
        let indexed = "Le pont de Gao\nLe pont \"est\" rouvert, dit l'élu du quartier.\nRFI\n2024-03-12\n";
        assert_eq!(
            rests(seen, indexed),
            (vec!["menu accueil", "12 mars"], vec!["2024-03-12"])
        );
    }

    #[test]
    fn words_that_differ_are_the_rest() {
        let (seen, indexed) = rests(
            "Le marché de Tombouc-\ntou a rouvert ce matin après la trêve",
            "Le marché de Tombouctou a rouvert ce matin après la trêve",
        );
        assert_eq!((seen, indexed), (vec!["Tombouc-\ntou"], vec!["Tombouctou"]));
        assert_eq!(rests("pré", "prè"), (vec!["pré"], vec!["prè"]));
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in [
            "a",
            "a ",
            "a\n",
            "é",
            "’",
            "abcdefghijklm ",
            "abcdefghijklm\n",
            "a b c d e f g\n",
        ] {
            assert_linear(unit, 400_000, |text| drop(in_step(text, text)));
            assert_linear(unit, 400_000, |text| drop(in_step(text, &format!("x{text}y"))));
            assert_linear(unit, 400_000, |text| {
                drop(in_step(text, &text.replace('a', "abcdefghijklmn")))
            });
        }
    }

    fn sorted(mut words: Vec<u64>) -> Vec<u64> {
        words.sort_unstable();
        words
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_off_is_the_same_on_both_sides(
            seen in "((le|la|pont|Gao|marché|2024|l’|é|à|«|quotidien|habitants)[ \n,\u{a0}’]{0,2}){0,40}|\\PC{0,30}",
            indexed in "((le|la|pont|Gao|marché|2024|l'|è|a|\"|quotidien|habitants)[ \n,\u{a0}']{0,2}){0,40}|\\PC{0,30}",
            shared in "((quotidien|habitants|marché|Gao)[ \n]){0,12}",
        ) {
            let (seen, indexed) = (format!("{seen}{shared}"), format!("{shared}{indexed}"));
            let rest = in_step(&seen, &indexed);
            // Words of both, less those of the rest.
            let taken = |text: &str, parts: &[Range<usize>]| {
                let mut words = words_of([text]);
                for word in words_of(parts.iter().map(|part| &text[part.clone()])) {
                    let at = words.iter().position(|other| *other == word).expect("a word of the text");
                    words.remove(at);
                }
                sorted(words)
            };
            proptest::prop_assert_eq!(taken(&seen, &rest.only_seen), taken(&indexed, &rest.only_indexed));
        }
    }
}
