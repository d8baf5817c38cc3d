//! Names that an index knows, however they are typed.

use super::named;
use crate::query::*;

/// Names of a query, what was typed first.
fn names(text: &str, any: bool) -> Vec<Vec<String>> {
    let query = named(text, any);
    let mut found = Vec::new();
    let mut add = |name: &NameNode| {
        let typed = query.text[name.span.clone()].to_string();
        found.push(
            std::iter::once(typed)
                .chain(name.spellings.iter().map(|s| s.written.clone()))
                .collect(),
        );
    };
    if let Some(root) = &query.root {
        root.visit_positive(&mut |node| match node {
            Node::Name(name) => add(name),
            Node::Phrase(phrase) => phrase.items.iter().for_each(|item| {
                if let PhraseAtom::Name(name) = &item.atom {
                    add(name);
                }
            }),
            _ => {}
        });
    }
    found
}

#[test]
fn names_are_known_in_all_typings() {
    let full = "Groupe de soutien à l'islam et aux musulmans";
    for (typed, expected) in [
        ("jnim gao", vec![vec!["jnim", "GSIM", full]]),
        ("=jnim gao", vec![]),
        ("l'attaque du GSIM", vec![vec!["GSIM", "Jnim", full]]),
        (
            "groupe de soutien islam et musulmans",
            vec![vec![
                "groupe de soutien islam et musulmans",
                "groupe de soutien islam et musulmans",
                "Jnim",
                "GSIM",
                full,
            ]],
        ),
        ("\"raid du jnim\"", vec![vec!["jnim", "GSIM", full]]),
        (
            "ansar dine",
            vec![vec!["ansar dine", "ansar dine", "Ansareddine"]],
        ),
        ("Ansar-Dine", vec![vec!["Ansar-Dine", "Ansareddine"]]),
        ("ansar AND dine", vec![]),
        ("-ansar dine", vec![]),
        ("raid NOT ansar dine", vec![]),
        ("ansar +dine", vec![]),
        (
            "raid -jnim ansar dine",
            vec![vec!["ansar dine", "ansar dine", "Ansareddine"]],
        ),
        ("ansar dine NEAR/9 gao", vec![]),
        ("jnim NEAR/9 gao", vec![vec!["jnim", "GSIM", full]]),
        ("weekend", vec![vec!["weekend", "week-end"]]),
        ("week end", vec![vec!["week end", "week end", "weekend"]]),
        ("antiterroriste", vec![vec!["antiterroriste", "anti-terroriste"]]),
        ("antique", vec![]),
        ("titre:jnim", vec![vec!["jnim", "GSIM", full]]),
        ("al qaida", vec![vec!["al qaida", "al qaida", "AlQaeda"]]),
    ] {
        let found = names(typed, false);
        assert!(found == expected, "{typed}: {found:?}");
    }
    // Where words are alternatives, a name is one word.
    assert_eq!(names("ansar dine jnim", true).len(), 1);
    assert_eq!(names("\"ansar dine\"", true).len(), 1);
}
