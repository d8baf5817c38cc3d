//! A tree as one line, for tests.

use super::ast::{ExactItem, Node, PhraseAtom};

/// The tree by terms and folded forms.
pub(super) fn skeleton(node: &Node) -> String {
    let list = |nodes: &[Node]| joined(nodes.iter().map(skeleton), " ");
    match node {
        Node::Word(word) => format!("{}{}", word.term, if word.ignored { "?" } else { "" }),
        Node::Unit(unit) => joined(unit.parts.iter().map(|p| p.term.clone()), "_"),
        Node::Name(name) => {
            format!(
                "name({}; {})",
                list(&name.typed),
                joined(name.spellings.iter().map(|s| s.written.clone()), " = ")
            )
        }
        Node::Exact(exact) => {
            let item = |item: &ExactItem| format!("={}@{}", item.folded, item.offset);
            joined(exact.items.iter().map(item), " ")
        }
        Node::Phrase(phrase) => format!(
            "[{}]~{}",
            phrase
                .items
                .iter()
                .map(|item| match &item.atom {
                    PhraseAtom::Word(word) => format!("{}@{}", word.term, item.offset),
                    PhraseAtom::Unit(unit) =>
                        format!("{}@{}", skeleton(&Node::Unit(unit.clone())), item.offset),
                    PhraseAtom::Name(name) =>
                        format!("{}@{}", skeleton(&Node::Name((**name).clone())), item.offset),
                    PhraseAtom::Pattern(node) => format!("{:?}@{}", node.pattern, item.offset),
                })
                .collect::<Vec<_>>()
                .join(" "),
            phrase.slop
        ),
        Node::Near(near) => format!("near{}({})", near.window, list(&near.operands)),
        Node::Pattern(node) => format!("{:?}", node.pattern),
        Node::Facet(facet) => {
            format!(
                "{}:{:?}",
                facet.name,
                facet
                    .values
                    .iter()
                    .map(|v| (v.months.is_none().then_some(&v.text), &v.months))
                    .collect::<Vec<_>>()
            )
        }
        Node::Date(date) => format!("{:?}..{:?}", date.from, date.to),
        Node::Source(source) => format!(
            "source:{:?}",
            source.values.iter().map(|v| &v.text).collect::<Vec<_>>()
        ),
        Node::And(nodes) => format!("and({})", list(nodes)),
        Node::Or(nodes) => format!("or({})", list(nodes)),
        Node::Not(inner) => format!("not({})", skeleton(inner)),
    }
}

fn joined(texts: impl Iterator<Item = String>, between: &str) -> String {
    texts.collect::<Vec<_>>().join(between)
}
