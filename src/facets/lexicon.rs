//! What all lexicons share: one vocabulary of folded words, and tries of phrases over it. Both are packed when
//! lexicons are compiled, and read where they lie.
//!
//! Every word of a text is looked up once in the [`Vocabulary`]; from then on all lexicons compare numbers. A
//! phrase matches words, not characters: a hyphen, a space and an apostrophe are alike, and a name of several
//! words is also known joined ("Al-Qaïda", "alqaida"; "Tin Aïcha", "Tinaicha").

use crate::french::{French, WordNumber, WordTable, fold, is_hyphen};
use crate::packed::{Keys, Packer, Sections, U32List, U32s};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

/// Number of a word in the [`Vocabulary`].
pub(super) type WordId = u32;

/// A word that no lexicon has.
pub(super) const UNKNOWN: WordId = u32::MAX;

/// Shorter joined spellings ("lere" from "le Ré") would meet ordinary words.
const SHORTEST_JOINED: usize = 7;

/// Longer names are never typed as one word.
const MOST_JOINED_WORDS: usize = 4;

/// The numbers and classes of the words of a table, looked up once each.
pub(super) struct Seen<'a> {
    remembered: &'a mut Remembered,
    vocabulary: &'a Vocabulary,
    classes: &'a Classes,
    table: &'a WordTable,
}

/// What was looked up. Most words of texts are in no lexicon: what is read for every token is kept small.
struct Remembered {
    /// The vocabulary and the table that it was looked up for.
    of: (u64, u64),
    /// Of each word of the table: [`UNSEEN`], or where its number is.
    places: Vec<u32>,
    /// Number and classes, those of words that are in no lexicon first.
    found: Vec<(WordId, u64)>,
}

/// In [`Remembered`], for a word that wasn't looked up yet.
const UNSEEN: u32 = u32::MAX;

thread_local! {
    static SEEN: RefCell<Remembered> = const {
        RefCell::new(Remembered { of: (0, 0), places: Vec::new(), found: Vec::new() })
    };
}

impl Seen<'_> {
    /// Runs `f` with what this thread remembers of these words.
    pub fn with<T>(
        vocabulary: &Vocabulary,
        classes: &Classes,
        table: &WordTable,
        f: impl FnOnce(&mut Seen<'_>) -> T,
    ) -> T {
        SEEN.with_borrow_mut(|remembered| {
            let of = (vocabulary.identity, table.generation());
            if remembered.of != of || remembered.found.is_empty() {
                remembered.of = of;
                remembered.places.clear();
                remembered.found.clear();
                remembered.found.push((UNKNOWN, 0));
            }
            remembered.places.resize(table.words(), UNSEEN);
            f(&mut Seen {
                remembered,
                vocabulary,
                classes,
                table,
            })
        })
    }

    /// The number and the classes of a text's word.
    pub fn of(&mut self, word: WordNumber) -> (WordId, u64) {
        let Remembered { places, found, .. } = &mut *self.remembered;
        let Some(place) = places.get_mut(word as usize) else {
            return (UNKNOWN, 0);
        };
        if *place == UNSEEN {
            let id = self.vocabulary.get(self.table.folded(word));
            *place = 0;
            if id != UNKNOWN {
                *place = found.len() as u32;
                found.push((id, self.classes.of(id)));
            }
        }
        found.get(*place as usize).copied().unwrap_or((UNKNOWN, 0))
    }
}

/// The folded words that any lexicon or rule knows, numbered.
pub(super) struct Vocabulary {
    /// Those of compiled lexicons, which have the first numbers.
    packed: Option<Keys>,
    /// All others.
    ids: FxHashMap<Box<str>, WordId>,
    /// Tells the vocabularies of one process apart.
    pub identity: u64,
}

impl Default for Vocabulary {
    fn default() -> Self {
        static IDENTITY: AtomicU64 = AtomicU64::new(1);
        Self {
            packed: None,
            ids: FxHashMap::default(),
            identity: IDENTITY.fetch_add(1, Ordering::Relaxed),
        }
    }
}

impl Vocabulary {
    /// The vocabulary of compiled lexicons.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            packed: Some(sections.keys()?),
            ..Self::default()
        })
    }

    /// The words of the compiled lexicons alone, to which others may be added.
    pub fn anew(&self) -> Self {
        Self {
            packed: self.packed.clone(),
            ..Self::default()
        }
    }

    /// Packs the words of lexicons that are being compiled.
    pub fn pack(&self, packer: &mut Packer) {
        let mut words = vec![""; self.ids.len()];
        for (word, id) in &self.ids {
            words[*id as usize] = word;
        }
        packer.keys(words);
    }

    /// The number of `folded`, which gets one if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        let id = self.get(folded);
        if id != UNKNOWN {
            return id;
        }
        let id = self.len() as WordId;
        self.ids.insert(folded.into(), id);
        id
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.packed.as_ref().map_or(0, |keys| keys.strings().len()) + self.ids.len()
    }

    pub fn get(&self, folded: &str) -> WordId {
        let packed = self.packed.as_ref().and_then(|keys| keys.number(folded));
        packed
            .or_else(|| self.ids.get(folded).copied())
            .unwrap_or(UNKNOWN)
    }
}

/// The class bits of each word of a vocabulary.
#[derive(Default)]
pub(super) struct Classes {
    /// What the compiled lexicons say of each of their words: the upper 32 bits.
    packed: Option<U32s>,
    bits: FxHashMap<WordId, u64>,
}

impl Classes {
    /// What compiled lexicons say of their words.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            packed: Some(sections.u32s()?),
            bits: FxHashMap::default(),
        })
    }

    /// The same with nothing added.
    pub fn anew(&self) -> Self {
        Self {
            packed: self.packed.clone(),
            bits: FxHashMap::default(),
        }
    }

    /// Packs the classes of the first `words` words; only the upper 32 bits can be.
    pub fn pack(&self, words: usize, packer: &mut Packer) {
        packer.u32s((0..words as WordId).map(|word| (self.of(word) >> 32) as u32));
    }

    /// Gives a word one more class.
    pub fn add(&mut self, word: WordId, bit: u64) {
        *self.bits.entry(word).or_default() |= bit;
    }

    /// The classes of a word; none for words that no rule knows.
    pub fn of(&self, word: WordId) -> u64 {
        if word == UNKNOWN {
            return 0;
        }
        let packed = self.packed.as_ref().and_then(|bits| bits.get(word as usize));
        u64::from(packed.unwrap_or(0)) << 32 | self.bits.get(&word).copied().unwrap_or(0)
    }
}

/// The folded words of a name as the analyzer would cut it. Plain names, which most are, take a short cut:
/// the gazetteer has forty thousand.
pub(super) fn words_of(french: &French, name: &str) -> Vec<String> {
    if name
        .chars()
        .all(|c| c.is_alphabetic() || c == ' ' || is_hyphen(c))
    {
        name.split(|c| c == ' ' || is_hyphen(c))
            .map(fold)
            .filter(|w| !w.is_empty())
            .collect()
    } else {
        french
            .analyze(name)
            .iter()
            .filter(|t| t.is_part())
            .map(|t| t.word.folded.to_string())
            .collect()
    }
}

/// The spelling of several words as one, if anybody would type it so.
pub(super) fn joined(words: &[String]) -> Option<String> {
    let length: usize = words.iter().map(String::len).sum();
    ((2..=MOST_JOINED_WORDS).contains(&words.len()) && length >= SHORTEST_JOINED).then(|| words.concat())
}

/// Phrases of words, each with the numbers of what it may mean, while they are being read.
#[derive(Default)]
pub(super) struct TrieBuilder {
    /// Node after a word; the first words follow node 0.
    edges: FxHashMap<(u32, WordId), u32>,
    /// What ends at a node.
    values: Vec<Vec<u32>>,
}

impl TrieBuilder {
    /// Adds a phrase. Returns false if it already has `value`.
    pub fn insert(&mut self, words: &[WordId], value: u32) -> bool {
        if self.values.is_empty() {
            self.values.push(Vec::new());
        }
        let mut node = 0;
        for &word in words {
            let fresh = self.values.len() as u32;
            let next = *self.edges.entry((node, word)).or_insert(fresh);
            if next == fresh {
                self.values.push(Vec::new());
            }
            node = next;
        }
        let values = &mut self.values[node as usize];
        let new = node != 0 && !values.contains(&value);
        if new {
            values.push(value);
        }
        new || node == 0
    }

    /// What exactly these words may mean.
    pub fn exact(&self, words: &[WordId]) -> &[u32] {
        let mut node = 0;
        for &word in words {
            let Some(next) = self.edges.get(&(node, word)) else {
                return &[];
            };
            node = *next;
        }
        self.values
            .get(node as usize)
            .filter(|_| node != 0)
            .map_or(&[], Vec::as_slice)
    }

    /// The words that phrases begin with.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> {
        self.edges
            .keys()
            .filter(|(node, _)| *node == 0)
            .map(|(_, word)| *word)
    }

    /// Packs the form that texts are read with.
    pub fn pack(&self, packer: &mut Packer) {
        let edges = self.edges.iter().map(|((node, word), to)| (*node, *word, *to));
        let mut edges: Vec<(u32, WordId, u32)> = edges.collect();
        edges.sort_unstable();
        let (first, others) = edges.split_at(edges.partition_point(|(node, ..)| *node == 0));
        let mut roots = vec![0; first.last().map_or(0, |(_, word, _)| *word as usize + 1)];
        for (_, word, to) in first {
            roots[*word as usize] = *to;
        }
        let mut nodes = Vec::with_capacity(2 * self.values.len() + 2);
        let (mut edge, mut value) = (0, 0);
        for (number, values) in self.values.iter().enumerate() {
            nodes.extend([edge as u32, value as u32]);
            edge += others[edge..]
                .iter()
                .take_while(|(node, ..)| *node as usize == number)
                .count();
            value += values.len();
        }
        nodes.extend([edge as u32, value as u32]);
        packer.u32s(roots);
        packer.u32s(nodes);
        packer.u32s(others.iter().flat_map(|(_, word, to)| [*word, *to]));
        packer.u32s(self.values.iter().flatten().copied());
    }
}

/// Phrases of words, in flat arrays: most nodes have one edge, and following it is one comparison.
pub(super) struct Trie {
    /// Node after a first word, by the word's number; 0 for none.
    roots: U32s,
    /// Of each node where its edges and its values begin; they end where the next node's begin.
    nodes: U32s,
    /// Word and next node; those of a node in the order of the words.
    edges: U32s,
    values: U32s,
}

impl Trie {
    /// What [`TrieBuilder::pack`] packed.
    pub fn open(sections: &mut Sections<'_>) -> Option<Self> {
        Some(Self {
            roots: sections.u32s()?,
            nodes: sections.u32s()?,
            edges: sections.u32s()?,
            values: sections.u32s()?,
        })
    }

    /// Where the edges and the values of a node begin and end.
    fn node(&self, node: u32) -> Option<[u32; 4]> {
        let at = 2 * node as usize;
        let [edges, values] = self.nodes.row(node as usize)?;
        Some([edges, self.nodes.get(at + 2)?, values, self.nodes.get(at + 3)?])
    }

    fn values_of(&self, node: u32) -> U32List<'_> {
        self.node(node).map_or(U32List::default(), |[_, _, from, to]| {
            self.values.range(from as usize, to as usize)
        })
    }

    fn next(&self, node: u32, word: WordId) -> Option<u32> {
        let [mut from, mut to, ..] = self.node(node)?;
        while to.checked_sub(from)? > 8 {
            let middle = from + (to - from) / 2;
            let [at, _] = self.edges.row(middle as usize)?;
            if at <= word {
                from = middle;
            } else {
                to = middle;
            }
        }
        (from..to).find_map(|edge| {
            let [at, next] = self.edges.row(edge as usize)?;
            (at == word).then_some(next)
        })
    }

    /// The longest phrase that `words` begins with: its length and what it may mean.
    pub fn longest(&self, words: impl IntoIterator<Item = WordId>) -> Option<(usize, U32List<'_>)> {
        let mut words = words.into_iter();
        let mut node = self.roots.get(words.next()? as usize)?;
        if node == 0 {
            return None;
        }
        let mut best = None;
        let mut length = 1;
        loop {
            let values = self.values_of(node);
            if !values.is_empty() {
                best = Some((length, values));
            }
            let Some(next) = words.next().and_then(|word| self.next(node, word)) else {
                return best;
            };
            node = next;
            length += 1;
        }
    }

    /// What exactly these words may mean.
    pub fn exact(&self, words: &[WordId]) -> U32List<'_> {
        match self.longest(words.iter().copied()) {
            Some((length, values)) if length == words.len() => values,
            _ => U32List::default(),
        }
    }

    /// How many phrases there are.
    pub fn phrases(&self) -> usize {
        (0..(self.nodes.len() / 2) as u32)
            .filter(|node| !self.values_of(*node).is_empty())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::Packed;
    use tantivy_common::OwnedBytes;

    #[test]
    fn many_words_may_follow_one() {
        let mut trie = TrieBuilder::default();
        for word in (1..200).step_by(2) {
            trie.insert(&[0, word], word);
        }
        let mut packer = Packer::default();
        trie.pack(&mut packer);
        let packed = packer.finish("", &[]).expect("small enough");
        let packed = Packed::open(OwnedBytes::new(packed)).expect("well-formed");
        let trie = Trie::open(&mut packed.sections_from(1)).expect("there");
        for word in 0..201 {
            let expected = (word % 2 == 1 && word < 200).then_some(word);
            assert_eq!(trie.exact(&[0, word]).get(0), expected, "word {word}");
        }
    }

    #[test]
    fn the_longest_phrase_wins_and_unknown_words_end_it() {
        let mut vocabulary = Vocabulary::default();
        let mut trie = TrieBuilder::default();
        let mut phrase = |text: &str| text.split(' ').map(|w| vocabulary.intern(w)).collect::<Vec<_>>();
        let (one, two, text) = (
            phrase("al qaida"),
            phrase("al qaida au maghreb"),
            phrase("al qaida au maghreb islamique"),
        );
        assert!(trie.insert(&one, 1) && trie.insert(&two, 2) && !trie.insert(&two, 2));
        assert_eq!(
            (trie.exact(&two), trie.exact(&text)),
            ([2].as_slice(), [].as_slice())
        );
        let mut packer = Packer::default();
        vocabulary.pack(&mut packer);
        trie.pack(&mut packer);
        let packed = packer.finish("", &[]).expect("small enough");
        let packed = Packed::open(OwnedBytes::new(packed)).expect("well-formed");
        let mut sections = packed.sections_from(1);
        let mut opened = Vocabulary::open(&mut sections).expect("there");
        assert_eq!((opened.get("maghreb"), opened.get("sahel")), (text[3], UNKNOWN));
        assert_eq!((opened.intern("al"), opened.intern("sahel")), (text[0], 5));
        assert_eq!((opened.get("sahel"), opened.len()), (5, 6));
        let trie = Trie::open(&mut sections).expect("there");
        let longest = |words: &[WordId]| {
            let found = trie.longest(words.iter().copied());
            found.map(|(length, values)| (length, values.iter().collect::<Vec<_>>()))
        };
        assert_eq!(longest(&text), Some((4, vec![2])));
        assert_eq!(longest(&text[..3]), Some((2, vec![1])));
        assert_eq!(longest(&[text[1], UNKNOWN]), None);
        assert_eq!(longest(&[UNKNOWN]), None);
        assert!(trie.exact(&text).is_empty());
        assert_eq!(trie.phrases(), 2);
    }

    #[test]
    fn names_are_cut_as_the_analyzer_cuts_texts() {
        let french = crate::schema::Lexicons::embedded()
            .french()
            .expect("good lexicons");
        for name in [
            "Tin-Aïcha",
            "N'Tillit",
            "Groupe de soutien à l'islam",
            "San Pedro",
            "Côte d'Ivoire",
            "M5-RFP",
            "Ké‑Macina",
        ] {
            let analysed: Vec<String> = french
                .analyze(name)
                .iter()
                .filter(|t| t.is_part())
                .map(|t| t.word.folded.to_string())
                .collect();
            assert_eq!(words_of(&french, name), analysed, "words of {name:?}");
        }
        assert_eq!(
            joined(&words_of(&french, "Tin Aïcha")).as_deref(),
            Some("tinaicha")
        );
        assert_eq!(joined(&words_of(&french, "Al Ma")), None);
    }
}
