//! The spellings of phrases, units and names as plain sequences of words.

use super::ast::{Joined, NameNode, Node, PatternNode, PhraseAtom, PhraseNode, Spelling, UnitNode, WordNode};

/// A word of one spelling of a phrase: see [`PhraseNode::spellings`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed<'a> {
    pub offset: u32,
    pub what: PlacedWord<'a>,
}

/// What stands at an offset of a spelled phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlacedWord<'a> {
    Word(&'a WordNode),
    Joined(&'a Joined),
    Pattern(&'a PatternNode),
}

/// Words at successive offsets.
pub fn in_sequence<'a>(words: &[PlacedWord<'a>]) -> Vec<Placed<'a>> {
    (0..)
        .zip(words)
        .map(|(offset, what)| Placed { offset, what: *what })
        .collect()
}

/// Items of a phrase that are tried in more than their first spelling.
const SPELLED_PER_PHRASE: usize = 4;

/// Spellings of one phrase that are tried, the typed one first.
const SPELLINGS_PER_PHRASE: usize = 64;

impl PhraseNode {
    /// The phrase in all its spellings, each a plain sequence of words at offsets: as parts first, then with
    /// units in one word and names in their other spellings, what follows them moved accordingly. Each
    /// spelling counts for itself; the phrase matches when one does.
    pub fn spellings(&self) -> Vec<Vec<Placed<'_>>> {
        let mut varied = 0;
        let mut spelled: Vec<(Vec<Placed<'_>>, i64)> = vec![(Vec::new(), 0)];
        for item in &self.items {
            let mut sequences = item.atom.sequences();
            varied += usize::from(sequences.len() > 1);
            if varied > SPELLED_PER_PHRASE {
                sequences.truncate(1);
            }
            let typed = sequences.first().map_or(0, Vec::len) as i64;
            let longer = sequences.iter().flat_map(|sequence| {
                spelled.iter().map(move |(placed, moved)| {
                    let offset = u32::try_from(i64::from(item.offset) + moved).unwrap_or(0);
                    let words = (offset..)
                        .zip(sequence)
                        .map(|(offset, what)| Placed { offset, what: *what });
                    (
                        placed.iter().copied().chain(words).collect(),
                        moved + sequence.len() as i64 - typed,
                    )
                })
            });
            spelled = longer.take(SPELLINGS_PER_PHRASE).collect();
        }
        spelled.into_iter().map(|(placed, _)| placed).collect()
    }
}

impl PhraseAtom {
    /// The words that may stand for it, at successive positions: as typed first.
    pub(crate) fn sequences(&self) -> Vec<Vec<PlacedWord<'_>>> {
        match self {
            Self::Word(word) => vec![vec![PlacedWord::Word(word)]],
            Self::Pattern(pattern) => vec![vec![PlacedWord::Pattern(pattern)]],
            Self::Unit(unit) => unit.sequences(),
            Self::Name(name) => name.sequences(),
        }
    }

    /// The words typed.
    pub fn words(&self) -> Vec<&WordNode> {
        match self {
            Self::Word(word) => vec![word],
            Self::Unit(unit) => unit.parts.iter().collect(),
            Self::Name(name) => name.words(),
            Self::Pattern(_) => Vec::new(),
        }
    }
}

fn spelled<'a>(parts: &'a [WordNode], joined: Option<&'a Joined>) -> Vec<Vec<PlacedWord<'a>>> {
    let in_one = joined.map(|joined| vec![PlacedWord::Joined(joined)]);
    std::iter::once(parts.iter().map(PlacedWord::Word).collect())
        .chain(in_one)
        .collect()
}

impl UnitNode {
    /// In parts, then in one word.
    pub fn sequences(&self) -> Vec<Vec<PlacedWord<'_>>> {
        spelled(&self.parts, self.joined.as_ref())
    }
}

impl Spelling {
    /// In parts, then in one word.
    pub fn sequences(&self) -> Vec<Vec<PlacedWord<'_>>> {
        spelled(&self.parts, self.joined.as_ref())
    }
}

impl NameNode {
    /// The words typed.
    pub fn words(&self) -> Vec<&WordNode> {
        self.typed
            .iter()
            .flat_map(|node| match node {
                Node::Word(word) => std::slice::from_ref(word),
                Node::Unit(unit) => &unit.parts,
                _ => &[],
            })
            .collect()
    }

    /// All that may stand for it at one place of a phrase: the words typed one after the other, then the
    /// spellings.
    pub fn sequences(&self) -> Vec<Vec<PlacedWord<'_>>> {
        let typed: Vec<PlacedWord<'_>> = self.words().into_iter().map(PlacedWord::Word).collect();
        let mut all = match self.typed.as_slice() {
            [Node::Unit(unit)] => unit.sequences(),
            _ => vec![typed],
        };
        for sequence in self.spellings.iter().flat_map(Spelling::sequences) {
            if !all.contains(&sequence) {
                all.push(sequence);
            }
        }
        all
    }
}
