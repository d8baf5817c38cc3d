//! Units and names to tantivy queries: whatever of their spellings an article has counts as one word.

use super::text::scored_term;
use crate::error::Result;
use crate::french::FormTerm;
use crate::query::{NameNode, Node, PlacedWord, TextField, UnitNode, in_sequence};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::filters::Boxed;
use crate::search::score::name::SpellingsQuery;
use crate::search::score::positional::{Distance, Item, PositionalQuery};
use crate::search::whole::{Place, Text, Token, token_of};
use tantivy::query::DisjunctionMaxQuery;
use tantivy::schema::Field;

impl Compiler<'_> {
    pub(crate) fn unit(&mut self, unit: &UnitNode) -> Result<Boxed> {
        self.any_spelling(unit.field, &unit.sequences())
    }

    /// What was typed, or any spelling, scored as one word. Several words typed score each for itself too,
    /// wherever they stand: the better of the two counts.
    pub(crate) fn name(&mut self, name: &NameNode) -> Result<Boxed> {
        if name.typed.len() == 1 {
            return self.any_spelling(name.field, &name.sequences());
        }
        let sequences: Vec<_> = name
            .spellings
            .iter()
            .flat_map(|spelling| spelling.sequences())
            .collect();
        let spelled = self.any_spelling(name.field, &sequences)?;
        Ok(match self.all_of(&name.typed)? {
            Some(typed) => Box::new(DisjunctionMaxQuery::new(vec![typed, spelled])),
            None => spelled,
        })
    }

    /// Takes the spellings that the archive doesn't have out of names. A name of one word that has no other
    /// is a word.
    pub(crate) fn known_names(&self, node: Node) -> Result<Node> {
        let all = |nodes: Vec<Node>| {
            nodes
                .into_iter()
                .map(|node| self.known_names(node))
                .collect::<Result<Vec<Node>>>()
        };
        Ok(match node {
            Node::And(nodes) => Node::And(all(nodes)?),
            Node::Or(nodes) => Node::Or(all(nodes)?),
            Node::Not(inner) => Node::not(self.known_names(*inner)?),
            Node::Name(mut name) => {
                let mut known = Vec::with_capacity(name.spellings.len());
                for spelling in name.spellings {
                    let mut there = false;
                    for sequence in spelling.sequences() {
                        there |= self.may_be_there(&sequence)?;
                    }
                    if there {
                        known.push(spelling);
                    }
                }
                name.spellings = known;
                match (name.typed.pop(), name.typed.is_empty()) {
                    (Some(only), true) if name.spellings.is_empty() => only,
                    (last, _) => {
                        name.typed.extend(last);
                        Node::Name(name)
                    }
                }
            }
            other => other,
        })
    }

    fn may_be_there(&self, sequence: &[PlacedWord<'_>]) -> Result<bool> {
        for word in sequence {
            let there = match word {
                PlacedWord::Word(word) => {
                    let count =
                        |field| -> Result<u64> { Ok(self.dictionary.term(field, &word.term)?.doc_freq) };
                    count(self.fields.body)? > 0
                        || count(self.fields.title)? > 0
                        || !self
                            .joined_terms(self.fields.body_forms, &word.folded)?
                            .is_empty()
                        || !self
                            .joined_terms(self.fields.title_forms, &word.folded)?
                            .is_empty()
                }
                PlacedWord::Joined(joined) => {
                    !self.spelled_in_one(self.fields.body_forms, joined)?.is_empty()
                        || !self.spelled_in_one(self.fields.title_forms, joined)?.is_empty()
                }
                PlacedWord::Pattern(_) => true,
            };
            if !there {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Any of these sequences of words, counted and scored as one word.
    pub(crate) fn any_spelling(
        &mut self,
        field: TextField,
        sequences: &[Vec<PlacedWord<'_>>],
    ) -> Result<Boxed> {
        let mut spelled = Vec::new();
        for (terms, forms) in self.text_fields() {
            let mut alternatives: Vec<Vec<Item>> = Vec::new();
            // A word finds itself in one and joined: its joined spelling beside it would count both twice.
            let in_one = |folded: &str| {
                sequences
                    .iter()
                    .any(|other| matches!(other.as_slice(), [PlacedWord::Word(w)] if w.folded == folded))
            };
            let repeated = |sequence: &[PlacedWord<'_>]| matches!(sequence, [PlacedWord::Joined(joined)] if in_one(&joined.folded));
            for sequence in sequences.iter().filter(|sequence| !repeated(sequence)) {
                alternatives.extend(self.places(&in_sequence(sequence), terms, forms)?);
            }
            spelled.push((terms, alternatives));
        }
        self.any_of(field, spelled)
    }

    /// Any of these alternatives in each field.
    pub(super) fn any_of(&self, field: TextField, spelled: Vec<(Field, Vec<Vec<Item>>)>) -> Result<Boxed> {
        let mut known = Vec::with_capacity(spelled.len());
        for (terms, all) in spelled {
            let alternatives = self.without_repetition(all);
            let documents = self.documents_of(&alternatives)?;
            known.push((terms, alternatives, documents));
        }
        Ok(self.in_fields(field, |terms, _| {
            let (_, alternatives, documents) = known.iter().find(|(field, ..)| *field == terms)?;
            match alternatives.as_slice() {
                [] => None,
                [one] if one.len() > 1 => Some(Box::new(PositionalQuery {
                    items: one.clone(),
                    distance: Distance::Slop(0),
                    norms: terms,
                }) as Boxed),
                [one] if one.iter().all(|item| item.terms.len() == 1) => {
                    one.first()?.terms.first().cloned().map(scored_term)
                }
                _ => Some(Box::new(SpellingsQuery {
                    alternatives: alternatives.clone(),
                    norms: terms,
                    documents: *documents,
                })),
            }
        }))
    }

    /// How many articles of the archive have any of these, where the index holds only some of them.
    fn documents_of(&self, alternatives: &[Vec<Item>]) -> Result<Option<u64>> {
        let is_one = |items: &[Item]| matches!(items, [item] if item.terms.len() == 1);
        let Some(whole) = self.engine.whole() else {
            return Ok(None);
        };
        match alternatives {
            [] => return Ok(None),
            [one] if one.len() > 1 || is_one(one) => return Ok(None),
            _ => {}
        }
        let mut of = Text::Body;
        let mut sequences = Vec::with_capacity(alternatives.len());
        for items in alternatives {
            let places = items.iter().map(|item| {
                let tokens = item.terms.iter().filter_map(|term| token_of(self.fields, term));
                let (texts, tokens): (Vec<Text>, Vec<Token>) = tokens.unzip();
                of = texts.first().copied().unwrap_or(of);
                Place {
                    offset: item.offset,
                    tokens,
                }
            });
            sequences.push(places.collect());
        }
        whole.spelled(of, &sequences).map(Some)
    }

    /// Drops what would count a place twice: joined spellings whose parts are an alternative of their own,
    /// and alternatives that hold another (`Burkina Faso` beside `Burkina`).
    fn without_repetition(&self, mut alternatives: Vec<Vec<Item>>) -> Vec<Vec<Item>> {
        let french = &self.engine.reader.french;
        let sequences: Vec<Vec<Item>> = alternatives
            .iter()
            .filter(|items| items.len() > 1)
            .cloned()
            .collect();
        for items in &mut alternatives {
            let [item] = items.as_mut_slice() else { continue };
            item.terms.retain(|term| {
                let text = String::from_utf8_lossy(term.serialized_value_bytes()).into_owned();
                let Some(FormTerm { form, .. }) = FormTerm::parse(&text) else {
                    return true;
                };
                if form.chars().all(char::is_alphabetic) {
                    return true;
                }
                let tokens = french.analyze(form);
                let parts: Vec<&str> = tokens
                    .iter()
                    .filter(|t| t.is_part())
                    .map(|t| &*t.word.term)
                    .collect();
                let same = |items: &Vec<Item>| {
                    let has = |(item, part): (&Item, &&str)| {
                        item.terms
                            .iter()
                            .any(|t| t.serialized_value_bytes() == part.as_bytes())
                    };
                    items.len() == parts.len() && items.iter().zip(&parts).all(has)
                };
                !sequences.iter().any(same)
            });
        }
        alternatives.retain(|items| items.iter().all(|item| !item.terms.is_empty()));
        let mut kept: Vec<Vec<Item>> = Vec::new();
        alternatives.sort_by_key(Vec::len);
        for items in alternatives {
            if !kept.iter().any(|shorter| holds(&items, shorter)) {
                kept.push(items);
            }
        }
        kept
    }
}

/// Whether every match of `longer` has a match of `shorter` in it.
fn holds(longer: &[Item], shorter: &[Item]) -> bool {
    let Some((first, rest)) = shorter.split_first() else {
        return false;
    };
    let within = |wanted: &Item, item: &Item| {
        item.extent == wanted.extent && item.terms.iter().all(|term| wanted.terms.contains(term))
    };
    longer.iter().any(|start| {
        let at = |wanted: &Item| {
            longer.iter().any(|item| {
                item.offset + first.offset == start.offset + wanted.offset && within(wanted, item)
            })
        };
        within(first, start) && rest.iter().all(at)
    })
}
