//! What a query matched in a text: the stretches to mark, found in the same tree that searched.

use crate::french::Token;
use crate::query::{
    ExactNode, Joined, NameNode, Node, PatternNode, PhraseNode, Placed, PlacedWord, Query, TextField,
    UnitNode, WordNode, in_sequence,
};
use crate::search::highlight::mark::{Mark, tidy};
use crate::search::score::near::within;
use rustc_hash::FxHashMap;

/// Marks of one text that are kept; a text with more is a list, not prose.
const MOST_MARKS: usize = 200_000;

/// Finds the matches of a query's text nodes, those that aren't excluded.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    leaves: Vec<Leaf>,
    weights: Vec<f32>,
}

#[derive(Debug, Clone)]
enum Leaf {
    Word(WordNode),
    Unit(UnitNode),
    Name(NameNode),
    Exact(ExactNode),
    Phrase(PhraseNode),
    Pattern(PatternNode),
    Near(Vec<Leaf>, u32),
    Any(Vec<Leaf>),
}

impl Matcher {
    /// From a query; `rarity` weighs a word.
    pub fn new(query: &Query, rarity: &dyn Fn(&WordNode) -> f32) -> Self {
        let mut matcher = Self::default();
        if let Some(root) = &query.root {
            matcher.collect(root, rarity);
        }
        matcher
    }

    fn collect(&mut self, node: &Node, rarity: &dyn Fn(&WordNode) -> f32) {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|n| self.collect(n, rarity)),
            node => {
                if let Some(leaf) = leaf(node) {
                    self.weights.push(weight(&leaf, rarity));
                    self.leaves.push(leaf);
                }
            }
        }
    }

    /// The weight of each leaf: what [`Mark::word`] numbers.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The stretches of `text` that match, in order, without overlap.
    pub fn marks(&self, text: &str, tokens: &[Token], title: bool) -> Vec<Mark> {
        if self.leaves.is_empty() {
            return Vec::new();
        }
        let view = View::new(tokens);
        let mut marks = Vec::new();
        for (word, leaf) in self.leaves.iter().enumerate() {
            for occurrence in leaf.occurrences(&view, title) {
                for (first, last) in occurrence.stretches {
                    marks.push(Mark {
                        range: view.start(first)..view.end(last),
                        word,
                    });
                }
                if marks.len() > MOST_MARKS {
                    break;
                }
            }
        }
        tidy(
            text,
            marks
                .into_iter()
                .filter(|m| m.range.start < m.range.end)
                .collect(),
        )
    }
}

fn leaf(node: &Node) -> Option<Leaf> {
    Some(match node {
        Node::Word(word) if !word.ignored => Leaf::Word(word.clone()),
        Node::Unit(unit) => Leaf::Unit(unit.clone()),
        Node::Name(name) => Leaf::Name(name.clone()),
        Node::Exact(exact) => Leaf::Exact(exact.clone()),
        Node::Phrase(phrase) => Leaf::Phrase(phrase.clone()),
        Node::Pattern(pattern) => Leaf::Pattern(pattern.clone()),
        Node::Near(near) => Leaf::Near(
            near.operands.iter().filter_map(leaf).collect(),
            near.window.saturating_sub(1),
        ),
        Node::Or(nodes) => Leaf::Any(nodes.iter().filter_map(leaf).collect()),
        _ => return None,
    })
}

fn weight(leaf: &Leaf, rarity: &dyn Fn(&WordNode) -> f32) -> f32 {
    match leaf {
        Leaf::Word(word) => rarity(word),
        Leaf::Unit(unit) => unit.parts.iter().map(rarity).sum(),
        Leaf::Name(name) => name
            .words()
            .into_iter()
            .filter(|word| !word.ignored)
            .map(rarity)
            .sum(),
        Leaf::Near(leaves, _) | Leaf::Any(leaves) => {
            leaves.iter().map(|l| weight(l, rarity)).fold(1.0, f32::max)
        }
        // Rarer than their words; how much, the index doesn't say cheaply.
        Leaf::Exact(_) | Leaf::Phrase(_) | Leaf::Pattern(_) => 6.0,
    }
}

/// The tokens of a text by position.
struct View<'t> {
    /// The part at each position.
    parts: Vec<Option<&'t Token>>,
    /// Joined spellings, with the position of their last part.
    joined: Vec<(&'t Token, u32)>,
    by_term: FxHashMap<&'t str, Vec<u32>>,
}

impl<'t> View<'t> {
    fn new(tokens: &'t [Token]) -> Self {
        let mut view = View {
            parts: Vec::with_capacity(tokens.len()),
            joined: Vec::new(),
            by_term: FxHashMap::default(),
        };
        for (at, token) in tokens.iter().enumerate() {
            if token.is_part() {
                let position = token.position as usize;
                view.parts.resize(view.parts.len().max(position + 1), None);
                view.parts[position] = Some(token);
                view.by_term
                    .entry(&token.word.term)
                    .or_default()
                    .push(token.position);
            } else {
                let parts = tokens[at + 1..]
                    .iter()
                    .take_while(|part| part.end <= token.end)
                    .filter(|part| part.is_part());
                let last = parts.last().map_or(token.position, |part| part.position);
                view.joined.push((token, last));
            }
        }
        view
    }

    fn start(&self, position: u32) -> usize {
        self.parts
            .get(position as usize)
            .copied()
            .flatten()
            .map_or(0, |t| t.start)
    }

    fn end(&self, position: u32) -> usize {
        self.parts
            .get(position as usize)
            .copied()
            .flatten()
            .map_or(0, |t| t.end)
    }

    fn parts_where(&self, test: impl Fn(&Token) -> bool) -> Vec<(u32, u32)> {
        self.parts
            .iter()
            .flatten()
            .filter(|t| test(t))
            .map(|t| (t.position, t.position))
            .collect()
    }

    fn joined_where(&self, test: impl Fn(&Token) -> bool) -> Vec<(u32, u32)> {
        self.joined
            .iter()
            .filter(|(t, _)| test(t))
            .map(|(t, last)| (t.position, *last))
            .collect()
    }

    fn word(&self, word: &WordNode) -> Vec<(u32, u32)> {
        self.by_term
            .get(word.term.as_str())
            .map(|list| list.iter().map(|p| (*p, *p)).collect())
            .unwrap_or_default()
    }

    /// The word, and joined spellings of it, in text order.
    fn any_word(&self, word: &WordNode) -> Vec<(u32, u32)> {
        let mut places = self.word(word);
        let joined = self.joined_where(|t| *t.word.folded == *word.folded);
        if !joined.is_empty() {
            places.extend(joined);
            places.sort_unstable();
        }
        places
    }

    fn in_one(&self, joined: &Joined) -> Vec<(u32, u32)> {
        let same = |t: &Token| *t.word.folded == *joined.folded;
        sorted([self.parts_where(same), self.joined_where(same)].concat())
    }

    fn placed(&self, placed: &Placed) -> Vec<(u32, u32)> {
        match placed.what {
            PlacedWord::Word(word) => self.any_word(word),
            PlacedWord::Joined(joined) => self.in_one(joined),
            PlacedWord::Pattern(pattern) => self.pattern(pattern),
        }
    }

    /// Occurrences of any of these sequences.
    fn any_of(&self, spelled: &[Vec<PlacedWord<'_>>]) -> Vec<Occurrence> {
        let of = |sequence: &Vec<PlacedWord<'_>>| {
            let lists: Vec<_> = in_sequence(sequence)
                .iter()
                .map(|placed| (self.placed(placed), placed.offset))
                .collect();
            sequences(&lists, 0, false)
        };
        spelled.iter().flat_map(of).collect()
    }

    fn pattern(&self, pattern: &PatternNode) -> Vec<(u32, u32)> {
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        let mut fits = |t: &'t Token| {
            *known
                .entry(&t.word.folded)
                .or_insert_with(|| pattern.pattern.fits(&t.word.folded))
        };
        let mut found: Vec<(u32, u32)> = Vec::new();
        found.extend(
            self.parts
                .iter()
                .flatten()
                .filter(|t| fits(t))
                .map(|t| (t.position, t.position)),
        );
        found.extend(
            self.joined
                .iter()
                .filter(|(t, _)| fits(t))
                .map(|(t, last)| (t.position, *last)),
        );
        sorted(found)
    }
}

/// A match: what it covers, and the stretches of it to mark.
struct Occurrence {
    first: u32,
    last: u32,
    stretches: Vec<(u32, u32)>,
}

fn sorted(mut places: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    places.sort_unstable();
    places
}

fn whole((first, last): (u32, u32)) -> Occurrence {
    Occurrence {
        first,
        last,
        stretches: vec![(first, last)],
    }
}

impl Leaf {
    fn field(&self) -> TextField {
        match self {
            Leaf::Word(n) => n.field,
            Leaf::Unit(n) => n.field,
            Leaf::Name(n) => n.field,
            Leaf::Exact(n) => n.field,
            Leaf::Phrase(n) => n.field,
            Leaf::Pattern(n) => n.field,
            Leaf::Near(..) | Leaf::Any(_) => TextField::Any,
        }
    }

    fn occurrences(&self, view: &View, title: bool) -> Vec<Occurrence> {
        if self.field() == TextField::Title && !title {
            return Vec::new();
        }
        match self {
            Leaf::Word(word) => view.any_word(word).into_iter().map(whole).collect(),
            Leaf::Unit(unit) => view.any_of(&unit.sequences()),
            Leaf::Name(name) => match name.typed.as_slice() {
                [_] => view.any_of(&name.sequences()),
                // Words typed side by side are found wherever they stand.
                _ => {
                    let words = name
                        .words()
                        .into_iter()
                        .filter(|word| !word.ignored)
                        .flat_map(|word| view.any_word(word));
                    let spellings: Vec<_> = name
                        .spellings
                        .iter()
                        .flat_map(|spelling| spelling.sequences())
                        .collect();
                    words.map(whole).chain(view.any_of(&spellings)).collect()
                }
            },
            Leaf::Exact(exact) => {
                let same = |form: &str| {
                    let test = |t: &Token| *t.word.form == *form;
                    sorted([view.parts_where(test), view.joined_where(test)].concat())
                };
                let lists: Vec<_> = exact
                    .items
                    .iter()
                    .map(|item| (same(&item.form), item.offset))
                    .collect();
                sequences(&lists, exact.slop, true)
            }
            Leaf::Phrase(phrase) => phrase
                .spellings()
                .iter()
                .flat_map(|spelling| {
                    let lists: Vec<_> = spelling
                        .iter()
                        .map(|placed| (view.placed(placed), placed.offset))
                        .collect();
                    sequences(&lists, phrase.slop, false)
                })
                .collect(),
            Leaf::Pattern(pattern) => view.pattern(pattern).into_iter().map(whole).collect(),
            Leaf::Any(leaves) => leaves.iter().flat_map(|l| l.occurrences(view, title)).collect(),
            Leaf::Near(leaves, window) => near(leaves, *window, view, title),
        }
    }
}

/// Occurrences of NEAR's operands that have all the others within the window.
fn near(leaves: &[Leaf], window: u32, view: &View, title: bool) -> Vec<Occurrence> {
    let lists: Vec<Vec<Occurrence>> = leaves.iter().map(|l| l.occurrences(view, title)).collect();
    let ranges: Vec<Vec<(u32, u32)>> = lists
        .iter()
        .map(|list| list.iter().map(|o| (o.first, o.last)).collect())
        .collect();
    let mut kept = Vec::new();
    for (at, list) in lists.into_iter().enumerate() {
        for occurrence in list {
            let reach = |range: &&(u32, u32)| {
                range.1 <= occurrence.first + window && range.0 + window >= occurrence.last
            };
            let around: Vec<Vec<(u32, u32)>> = ranges
                .iter()
                .enumerate()
                .map(|(other, list)| {
                    if other == at {
                        vec![(occurrence.first, occurrence.last)]
                    } else {
                        list.iter().filter(reach).copied().collect()
                    }
                })
                .collect();
            if within(around, window) {
                kept.push(occurrence);
            }
        }
    }
    kept
}

/// One place of each list, in order but for moves that add up to `slop`. With no slop the whole is one
/// stretch, so that a phrase is one mark; with slop each word is. `typed`: offsets are those typed, however
/// many positions a joined spelling takes (exact forms).
fn sequences(lists: &[(Vec<(u32, u32)>, u32)], slop: u32, typed: bool) -> Vec<Occurrence> {
    let Some(((first, offset), rest)) = lists.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for &start in first {
        let anchor = i64::from(start.0) - i64::from(*offset);
        let sequence = Sequence {
            slop: i64::from(slop),
            typed,
        };
        sequence.extend(
            rest,
            anchor,
            anchor,
            longer_by(start, typed),
            &mut vec![start],
            &mut found,
        );
        if found.len() > MOST_MARKS {
            break;
        }
    }
    found
}

fn longer_by(place: (u32, u32), typed: bool) -> i64 {
    if typed { 0 } else { i64::from(place.1 - place.0) }
}

struct Sequence {
    slop: i64,
    typed: bool,
}

impl Sequence {
    /// `longer`: how many positions more than typed the words so far take.
    fn extend(
        &self,
        lists: &[(Vec<(u32, u32)>, u32)],
        low: i64,
        high: i64,
        longer: i64,
        taken: &mut Vec<(u32, u32)>,
        found: &mut Vec<Occurrence>,
    ) {
        let Some(((places, offset), rest)) = lists.split_first() else {
            let first = taken.iter().map(|t| t.0).min().unwrap_or(0);
            let last = taken.iter().map(|t| t.1).max().unwrap_or(0);
            found.push(Occurrence {
                first,
                last,
                stretches: if self.slop == 0 {
                    vec![(first, last)]
                } else {
                    taken.clone()
                },
            });
            return;
        };
        // Places ascend: only those that can still fit are tried, so that a long text costs no more than its
        // matches.
        let least = high - self.slop + i64::from(*offset) + longer;
        let begin = places.partition_point(|p| i64::from(p.0) < least);
        for &place in &places[begin..] {
            let at = i64::from(place.0) - i64::from(*offset) - longer;
            if at - low > self.slop || found.len() > MOST_MARKS {
                break;
            }
            if !taken.iter().any(|t| t.0 == place.0) {
                taken.push(place);
                self.extend(
                    rest,
                    low.min(at),
                    high.max(at),
                    longer + longer_by(place, self.typed),
                    taken,
                    found,
                );
                taken.pop();
            }
        }
    }
}
