//! What a query means, spelled out over the words of one article: slow, and obviously right. The reference
//! that tests compare the index with.

use super::ast::{
    ExactNode, NameNode, NearNode, Node, Pattern, PhraseNode, Query, TextField, UnitNode, WordNode,
};
use super::spellings::{Placed, PlacedWord, in_sequence};
use crate::french::{French, Token, normalize};
use std::collections::BTreeSet;

/// An article as words.
#[derive(Debug, Clone)]
pub struct NaiveDoc {
    pub title: Vec<Token>,
    pub body: Vec<Token>,
}

impl NaiveDoc {
    pub fn new(french: &French, title: &str, body: &str) -> Self {
        Self {
            title: french.analyze(&normalize(title)),
            body: french.analyze(&normalize(body)),
        }
    }

    fn fields(&self, field: TextField) -> impl Iterator<Item = &[Token]> {
        let body = (field == TextField::Any).then_some(self.body.as_slice());
        std::iter::once(self.title.as_slice()).chain(body)
    }
}

/// Whether an article is found. `filter` decides facet, date and source nodes. A query without anything to
/// search or filter by (empty, or ignored words only) finds nothing.
pub fn finds(query: &Query, doc: &NaiveDoc, filter: &dyn Fn(&Node) -> bool) -> bool {
    query
        .root
        .as_ref()
        .and_then(|root| matches(root, doc, filter))
        .unwrap_or(false)
}

/// Whether a node matches; None: it is ignored.
pub fn matches(node: &Node, doc: &NaiveDoc, filter: &dyn Fn(&Node) -> bool) -> Option<bool> {
    let text = |field: TextField, found: &dyn Fn(&[Token]) -> bool| Some(doc.fields(field).any(found));
    match node {
        Node::Word(word) if word.ignored => None,
        Node::Word(word) => text(word.field, &|tokens| !word_at(word, tokens).is_empty()),
        Node::Unit(unit) => text(unit.field, &|tokens| !unit_at(unit, tokens).is_empty()),
        Node::Name(name) => {
            let typed: Vec<bool> = name
                .typed
                .iter()
                .filter_map(|node| matches(node, doc, filter))
                .collect();
            let spelled = doc
                .fields(name.field)
                .any(|tokens| !spelled_at(name, tokens).is_empty());
            Some(typed.into_iter().all(|found| found) || spelled)
        }
        Node::Exact(exact) => text(exact.field, &|tokens| !exact_at(exact, tokens).is_empty()),
        Node::Phrase(phrase) => text(phrase.field, &|tokens| !phrase_at(phrase, tokens).is_empty()),
        Node::Pattern(node) => text(node.field, &|tokens| {
            !pattern_at(&node.pattern, tokens).is_empty()
        }),
        Node::Near(near) => Some(near_matches(near, doc)),
        Node::Facet(_) | Node::Date(_) | Node::Source(_) => Some(filter(node)),
        Node::And(nodes) => group(nodes, doc, filter, |mut all| all.all(|found| found)),
        Node::Or(nodes) => group(nodes, doc, filter, |mut all| all.any(|found| found)),
        Node::Not(inner) => matches(inner, doc, filter).map(|found| !found),
    }
}

fn group(
    nodes: &[Node],
    doc: &NaiveDoc,
    filter: &dyn Fn(&Node) -> bool,
    decide: impl Fn(std::vec::IntoIter<bool>) -> bool,
) -> Option<bool> {
    let operands: Vec<bool> = nodes
        .iter()
        .filter_map(|node| matches(node, doc, filter))
        .collect();
    (!operands.is_empty()).then(|| decide(operands.into_iter()))
}

/// First and last position of one occurrence.
type Occurrence = (u32, u32);

/// A joined spelling takes the positions of the parts that it joins.
fn occurrences(tokens: &[Token], fits: impl Fn(&Token) -> bool) -> Vec<Occurrence> {
    let last = |token: &Token| {
        let inside = tokens
            .iter()
            .filter(|t| t.is_part() && t.start >= token.start && t.end <= token.end);
        inside.map(|t| t.position).max().unwrap_or(token.position)
    };
    tokens
        .iter()
        .filter(|t| fits(t))
        .map(|t| (t.position, if t.is_part() { t.position } else { last(t) }))
        .collect()
}

fn word_at(word: &WordNode, tokens: &[Token]) -> Vec<Occurrence> {
    occurrences(tokens, |t| {
        if t.is_part() {
            *t.word.term == *word.term
        } else {
            *t.word.folded == *word.folded
        }
    })
}

fn pattern_at(pattern: &Pattern, tokens: &[Token]) -> Vec<Occurrence> {
    occurrences(tokens, |t| pattern.fits(&t.word.folded))
}

fn placed_at(placed: &Placed<'_>, tokens: &[Token]) -> Vec<Occurrence> {
    match placed.what {
        PlacedWord::Word(word) => word_at(word, tokens),
        PlacedWord::Joined(joined) => occurrences(tokens, |t| *t.word.folded == joined.folded),
        PlacedWord::Pattern(node) => pattern_at(&node.pattern, tokens),
    }
}

fn unit_at(unit: &UnitNode, tokens: &[Token]) -> Vec<Occurrence> {
    let parts: Vec<(u32, Vec<Occurrence>)> = (0..)
        .zip(unit.parts.iter().map(|part| word_at(part, tokens)))
        .collect();
    let mut found = sequences(&parts, 0);
    if let Some(joined) = &unit.joined {
        found.extend(occurrences(tokens, |t| *t.word.folded == joined.folded));
    }
    found
}

/// A name's spellings; what was typed only where it is one word or unit.
fn spelled_at(name: &NameNode, tokens: &[Token]) -> Vec<Occurrence> {
    let mut found = if let [only] = name.typed.as_slice() {
        operand_at(only, tokens)
    } else {
        Vec::new()
    };
    for sequence in name.spellings.iter().flat_map(|spelling| spelling.sequences()) {
        let items: Vec<_> = in_sequence(&sequence)
            .iter()
            .map(|placed| (placed.offset, placed_at(placed, tokens)))
            .collect();
        found.extend(sequences(&items, 0));
    }
    found
}

fn exact_at(exact: &ExactNode, tokens: &[Token]) -> Vec<Occurrence> {
    let items: Vec<(u32, Vec<Occurrence>)> = exact
        .items
        .iter()
        // The form as such: where a joined spelling ends plays no part, its offsets are those typed.
        .map(|item| {
            (
                item.offset,
                tokens
                    .iter()
                    .filter(|t| *t.word.form == item.form)
                    .map(|t| (t.position, t.position))
                    .collect(),
            )
        })
        .collect();
    sequences(&items, exact.slop)
}

fn phrase_at(phrase: &PhraseNode, tokens: &[Token]) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for spelling in phrase.spellings() {
        let items: Vec<(u32, Vec<Occurrence>)> = spelling
            .iter()
            .map(|placed| (placed.offset, placed_at(placed, tokens)))
            .collect();
        found.extend(sequences(&items, phrase.slop));
    }
    found
}

/// Choices of one occurrence for each item, all distinct, whose positions minus offsets spread at most by
/// `slop`. What an article spells with a hyphen and the query in one word takes more positions than typed:
/// what follows it in the query is moved back by as many.
fn sequences(items: &[(u32, Vec<Occurrence>)], slop: u32) -> Vec<Occurrence> {
    let Some((first, rest)) = items.split_first() else {
        return Vec::new();
    };
    let mut chosen: Vec<Vec<(u32, Occurrence)>> = first.1.iter().map(|o| vec![(first.0, *o)]).collect();
    for (offset, choices) in rest {
        let mut longer = Vec::new();
        for so_far in &chosen {
            for choice in choices {
                let distinct = so_far.iter().all(|(_, o)| o.0 != choice.0);
                let mut next = so_far.clone();
                next.push((*offset, *choice));
                if distinct && spread(&next) <= i64::from(slop) {
                    longer.push(next);
                }
            }
        }
        chosen = longer;
    }
    let ends: BTreeSet<Occurrence> = chosen
        .iter()
        .filter_map(|all| {
            Some((
                all.iter().map(|(_, o)| o.0).min()?,
                all.iter().map(|(_, o)| o.1).max()?,
            ))
        })
        .collect();
    ends.into_iter().collect()
}

fn spread(chosen: &[(u32, Occurrence)]) -> i64 {
    let mut longer = 0;
    let moves: Vec<i64> = chosen
        .iter()
        .map(|(offset, occurrence)| {
            let place = i64::from(occurrence.0) - longer - i64::from(*offset);
            longer += i64::from(occurrence.1 - occurrence.0);
            place
        })
        .collect();
    moves.iter().max().unwrap_or(&0) - moves.iter().min().unwrap_or(&0)
}

/// All operands within the window, in one field; none of them twice by the same words.
fn near_matches(near: &NearNode, doc: &NaiveDoc) -> bool {
    let all_title = |node: &Node| field_of(node) == TextField::Title;
    let field = if near.operands.iter().any(all_title) {
        TextField::Title
    } else {
        TextField::Any
    };
    doc.fields(field).any(|tokens| {
        let mut chosen: Vec<Vec<Occurrence>> = vec![Vec::new()];
        for operand in &near.operands {
            let choices = operand_at(operand, tokens);
            let extended = chosen.iter().flat_map(|so_far| {
                choices
                    .iter()
                    .filter(|c| so_far.iter().all(|o| o.1 < c.0 || c.1 < o.0))
                    .map(|choice| {
                        let mut next = so_far.clone();
                        next.push(*choice);
                        next
                    })
            });
            chosen = extended
                .filter(|all| {
                    let first = all.iter().map(|o| o.0).min().unwrap_or(0);
                    near.fits(first, all.iter().map(|o| o.1).max().unwrap_or(0))
                })
                .collect();
        }
        !chosen.is_empty()
    })
}

fn field_of(node: &Node) -> TextField {
    match node {
        Node::Word(node) => node.field,
        Node::Unit(node) => node.field,
        Node::Name(node) => node.field,
        Node::Exact(node) => node.field,
        Node::Phrase(node) => node.field,
        Node::Pattern(node) => node.field,
        Node::Or(nodes) => nodes.first().map_or(TextField::Any, field_of),
        _ => TextField::Any,
    }
}

fn operand_at(node: &Node, tokens: &[Token]) -> Vec<Occurrence> {
    match node {
        Node::Word(word) => word_at(word, tokens),
        Node::Unit(unit) => unit_at(unit, tokens),
        Node::Name(name) => spelled_at(name, tokens),
        Node::Exact(exact) => exact_at(exact, tokens),
        Node::Phrase(phrase) => phrase_at(phrase, tokens),
        Node::Pattern(node) => pattern_at(&node.pattern, tokens),
        Node::Or(nodes) => nodes.iter().flat_map(|node| operand_at(node, tokens)).collect(),
        _ => Vec::new(),
    }
}
