//! What all lexicons share: one vocabulary of folded words, and tries of phrases over it.
//!
//! Every word of a text is looked up once in the [`Vocabulary`]; from then on all lexicons compare numbers. A
//! phrase matches words, not characters: a hyphen, a space and an apostrophe are alike, and a name of several
//! words is also known joined ("Al-Qaïda", "alqaida"; "Tin Aïcha", "Tinaicha").

use crate::french::{French, WordNumber, WordTable, fold, is_hyphen};
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
    known: &'a mut Vec<(WordId, u64)>,
    vocabulary: &'a Vocabulary,
    classes: &'a Classes,
    table: &'a WordTable,
}

/// In [`Seen`], for a word that wasn't looked up yet.
const UNSEEN: WordId = u32::MAX - 1;

/// The vocabulary and the table that the numbers were looked up for, and the numbers.
type Known = (u64, u64, Vec<(WordId, u64)>);

thread_local! {
    static SEEN: RefCell<Known> = const { RefCell::new((0, 0, Vec::new())) };
}

impl Seen<'_> {
    /// Runs `f` with what this thread remembers of these words.
    pub fn with<T>(
        vocabulary: &Vocabulary,
        classes: &Classes,
        table: &WordTable,
        f: impl FnOnce(&mut Seen<'_>) -> T,
    ) -> T {
        SEEN.with_borrow_mut(|(identity, generation, known)| {
            if (*identity, *generation) != (vocabulary.identity, table.generation()) {
                (*identity, *generation) = (vocabulary.identity, table.generation());
                known.clear();
            }
            known.resize(table.words(), (UNSEEN, 0));
            f(&mut Seen {
                known,
                vocabulary,
                classes,
                table,
            })
        })
    }

    /// The number and the classes of a text's word.
    pub fn of(&mut self, word: WordNumber) -> (WordId, u64) {
        match self.known.get_mut(word as usize) {
            Some(known) => {
                if known.0 == UNSEEN {
                    let id = self.vocabulary.get(self.table.folded(word));
                    *known = (id, self.classes.of(id));
                }
                *known
            }
            None => (UNKNOWN, 0),
        }
    }
}

/// The folded words that any lexicon or rule knows, numbered.
pub(super) struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    /// Tells the vocabularies of one process apart.
    pub identity: u64,
}

impl Default for Vocabulary {
    fn default() -> Self {
        static IDENTITY: AtomicU64 = AtomicU64::new(1);
        Self {
            ids: FxHashMap::default(),
            identity: IDENTITY.fetch_add(1, Ordering::Relaxed),
        }
    }
}

impl Vocabulary {
    /// The number of `folded`, which gets one if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.ids.get(folded) {
            return *id;
        }
        let id = self.ids.len() as WordId;
        self.ids.insert(folded.into(), id);
        id
    }

    pub fn get(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(UNKNOWN)
    }
}

/// The class bits of each word of a vocabulary.
#[derive(Default)]
pub(super) struct Classes {
    bits: Vec<u64>,
}

impl Classes {
    /// Gives a word one more class.
    pub fn add(&mut self, word: WordId, bit: u64) {
        let id = word as usize;
        if self.bits.len() <= id {
            self.bits.resize(id + 1, 0);
        }
        self.bits[id] |= bit;
    }

    /// The classes of a word; none for words that no rule knows.
    pub fn of(&self, word: WordId) -> u64 {
        self.bits.get(word as usize).copied().unwrap_or(0)
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

    /// The form that texts are read with.
    pub fn build(self) -> Trie {
        let mut edges: Vec<(u32, WordId, u32)> = self
            .edges
            .into_iter()
            .map(|((node, word), to)| (node, word, to))
            .collect();
        edges.sort_unstable();
        let mut trie = Trie {
            roots: Vec::new(),
            nodes: Vec::with_capacity(self.values.len() + 1),
            edges: Vec::new(),
            values: Vec::new(),
        };
        let mut at = 0;
        for (number, values) in self.values.iter().enumerate() {
            trie.nodes.push(Node {
                edges: trie.edges.len() as u32,
                values: trie.values.len() as u32,
            });
            while let Some(&(_, word, to)) = edges.get(at).filter(|(node, ..)| *node as usize == number) {
                if number > 0 {
                    trie.edges.push((word, to));
                } else {
                    let index = word as usize;
                    trie.roots.resize(trie.roots.len().max(index + 1), 0);
                    trie.roots[index] = to;
                }
                at += 1;
            }
            trie.values.extend_from_slice(values);
        }
        trie.nodes.push(Node {
            edges: trie.edges.len() as u32,
            values: trie.values.len() as u32,
        });
        trie
    }
}

/// Where a node's edges and values begin; they end where the next node's begin.
#[derive(Clone, Copy)]
struct Node {
    edges: u32,
    values: u32,
}

/// Phrases of words, in flat arrays: most nodes have one edge, and following it is one comparison.
pub(super) struct Trie {
    /// Node after a first word, by the word's number; 0 for none.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    /// Word and next node; those of a node in the order of the words.
    edges: Vec<(WordId, u32)>,
    values: Vec<u32>,
}

impl Trie {
    fn values_of(&self, node: u32) -> &[u32] {
        match self.nodes.get(node as usize..node as usize + 2) {
            Some([from, to]) => self
                .values
                .get(from.values as usize..to.values as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    fn next(&self, node: u32, word: WordId) -> Option<u32> {
        let [from, to] = self.nodes.get(node as usize..node as usize + 2)? else {
            return None;
        };
        let edges = self.edges.get(from.edges as usize..to.edges as usize)?;
        if edges.len() <= 8 {
            return edges.iter().find(|(w, _)| *w == word).map(|(_, to)| *to);
        }
        edges
            .binary_search_by_key(&word, |(w, _)| *w)
            .ok()
            .map(|at| edges[at].1)
    }

    /// The longest phrase that `words` begins with: its length and what it may mean.
    pub fn longest(&self, words: impl IntoIterator<Item = WordId>) -> Option<(usize, &[u32])> {
        let mut words = words.into_iter();
        let mut node = *self.roots.get(words.next()? as usize)?;
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
    pub fn exact(&self, words: &[WordId]) -> &[u32] {
        match self.longest(words.iter().copied()) {
            Some((length, values)) if length == words.len() => values,
            _ => &[],
        }
    }

    /// How many phrases there are.
    pub fn phrases(&self) -> usize {
        (0..self.nodes.len() as u32)
            .filter(|node| !self.values_of(*node).is_empty())
            .count()
    }

    /// The words that phrases begin with.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> {
        self.roots
            .iter()
            .enumerate()
            .filter(|(_, node)| **node != 0)
            .map(|(word, _)| word as WordId)
    }
}

impl Default for Trie {
    fn default() -> Self {
        TrieBuilder::default().build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let trie = trie.build();
        assert_eq!(trie.longest(text.iter().copied()), Some((4, [2].as_slice())));
        assert_eq!(trie.longest(text[..3].iter().copied()), Some((2, [1].as_slice())));
        assert_eq!(trie.longest([text[1], UNKNOWN]), None);
        assert_eq!(trie.longest([UNKNOWN]), None);
        assert_eq!(trie.exact(&text), &[] as &[u32]);
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
