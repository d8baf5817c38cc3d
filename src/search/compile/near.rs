//! NEAR to tantivy queries.

use super::text::exact_items;
use crate::error::Result;
use crate::query::{ExactNode, Node, Placed, PlacedWord, TextField, in_sequence};
use crate::search::compile::compiler::{Compiler, some_of};
use crate::search::compile::filters::Boxed;
use crate::search::score::near::NearQuery;
use crate::search::score::positional::Item;
use tantivy::query::{EmptyQuery, Occur};
use tantivy::schema::Field;

/// Words of a NEAR's operand are tried in so many combinations at most.
const NEAR_CHOICES: usize = 256;

impl Compiler<'_> {
    /// NEAR: each operand's words take their place in the window. Operands of several words (phrases, units)
    /// are tried in every spelling.
    pub(crate) fn near(&mut self, operands: &[Node], window: u32) -> Result<Boxed> {
        let window = window.saturating_sub(1);
        let mut choices: Vec<Vec<Group>> = vec![Vec::new()];
        for operand in operands {
            let alternatives = groups(operand);
            let combined = choices.iter().flat_map(|chosen| {
                alternatives
                    .iter()
                    .map(move |a| [&chosen[..], std::slice::from_ref(a)].concat())
            });
            choices = combined.take(NEAR_CHOICES).collect();
        }
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let title_only = operands.iter().any(in_title_only);
        for (terms, forms) in self
            .text_fields()
            .into_iter()
            .filter(|(terms, _)| !title_only || *terms == self.fields.title)
        {
            for chosen in &choices {
                let mut combined: Vec<Vec<(Vec<Item>, u32)>> = vec![Vec::new()];
                for group in chosen {
                    let variants = self.group_items(group, terms, forms)?;
                    let longer = combined.iter().flat_map(|c| {
                        variants
                            .iter()
                            .map(move |v| [&c[..], &[(v.clone(), group.slop)]].concat())
                    });
                    combined = longer.take(NEAR_CHOICES).collect();
                }
                let queries = combined.into_iter().map(|sequences| NearQuery {
                    sequences,
                    window,
                    norms: terms,
                });
                clauses.extend(queries.map(|query| (Occur::Should, Box::new(query) as Boxed)));
            }
        }
        Ok(some_of(clauses).unwrap_or_else(|| Box::new(EmptyQuery)))
    }

    pub(crate) fn group_items(
        &mut self,
        group: &Group,
        terms: Field,
        forms: Field,
    ) -> Result<Vec<Vec<Item>>> {
        let Some(exact) = group.exact else {
            return self.places(&group.placed, terms, forms);
        };
        Ok(vec![exact_items(exact, forms)])
    }
}

/// A sequence of words that is one operand of NEAR.
#[derive(Clone)]
pub(crate) struct Group<'n> {
    pub placed: Vec<Placed<'n>>,
    pub exact: Option<&'n ExactNode>,
    pub slop: u32,
}

pub(crate) fn groups(operand: &Node) -> Vec<Group<'_>> {
    let plain = |placed| Group {
        placed,
        exact: None,
        slop: 0,
    };
    match operand {
        Node::Word(word) => vec![plain(vec![Placed {
            offset: 0,
            what: PlacedWord::Word(word),
        }])],
        Node::Pattern(pattern) => vec![plain(vec![Placed {
            offset: 0,
            what: PlacedWord::Pattern(pattern),
        }])],
        Node::Unit(unit) => unit
            .sequences()
            .iter()
            .map(|sequence| plain(in_sequence(sequence)))
            .collect(),
        Node::Name(name) => name
            .sequences()
            .iter()
            .map(|sequence| plain(in_sequence(sequence)))
            .collect(),
        Node::Phrase(phrase) => phrase
            .spellings()
            .into_iter()
            .map(|placed| Group {
                placed,
                exact: None,
                slop: phrase.slop,
            })
            .collect(),
        Node::Exact(exact) => vec![Group {
            placed: Vec::new(),
            exact: Some(exact),
            slop: exact.slop,
        }],
        Node::Or(nodes) => nodes.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn in_title_only(operand: &Node) -> bool {
    let field = match operand {
        Node::Word(n) => n.field,
        Node::Unit(n) => n.field,
        Node::Name(n) => n.field,
        Node::Exact(n) => n.field,
        Node::Phrase(n) => n.field,
        Node::Pattern(n) => n.field,
        Node::Or(nodes) => return nodes.first().is_some_and(in_title_only),
        _ => TextField::Any,
    };
    field == TextField::Title
}
