//! Properties that hold for every text: it is read, spans lie within it, and what was understood reads the
//! same.

use super::skeleton::skeleton;
use super::tests::{TABLE, named, parse, read};
use super::*;
use crate::french;
use proptest::prelude::*;

fn check_spans(query: &Query) -> Result<(), TestCaseError> {
    let good = |span: &Span| span.start <= span.end && query.text.get(span.clone()).is_some();
    for note in &query.notes {
        prop_assert!(
            note.span.as_ref().is_none_or(good),
            "{note:?} in {:?}",
            query.text
        );
    }
    fn all<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
        out.push(node);
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|n| all(n, out)),
            Node::Near(near) => near.operands.iter().for_each(|n| all(n, out)),
            Node::Not(inner) => all(inner, out),
            _ => {}
        }
    }
    let mut nodes = Vec::new();
    query.root.iter().for_each(|root| all(root, &mut nodes));
    for node in nodes {
        prop_assert!(good(&node.span()), "{node:?} in {:?}", query.text);
        match node {
            Node::And(inner) => {
                prop_assert!(inner.len() > 1 && !inner.iter().any(|n| matches!(n, Node::And(_))))
            }
            Node::Or(inner) => {
                prop_assert!(inner.len() > 1 && !inner.iter().any(|n| matches!(n, Node::Or(_))))
            }
            Node::Not(inner) => prop_assert!(!matches!(**inner, Node::Not(_))),
            Node::Facet(facet) => {
                prop_assert!(!facet.values.is_empty() && facet.values.iter().all(|v| good(&v.span)))
            }
            Node::Phrase(phrase) => {
                prop_assert!(phrase.spellings().iter().all(|s| !s.is_empty()
                    && s[0].offset == 0
                    && s.is_sorted_by(|a, b| a.offset < b.offset)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reading what was understood gives the same again, with the same words.
fn check_stable(query: &Query, read: &dyn Fn(&str) -> Query) -> Result<(), TestCaseError> {
    // Analysis cuts "1dit" when it stands alone, and not in "1dit-il": a form is then no spelling of its
    // word.
    let letters: Vec<char> = query
        .text
        .chars()
        .filter(|c| !french::is_ignorable(*c) && !french::is_apostrophe(*c))
        .collect();
    // Nor is one that begins with a mark that no letter carries.
    let marked = letters
        .iter()
        .any(|c| unicode_normalization::char::is_combining_mark(*c));
    if marked
        || letters
            .windows(2)
            .any(|w| w[0].is_numeric() && w[1].is_alphabetic())
    {
        return Ok(());
    }
    let shown = query.interpreted();
    let again = read(&shown);
    prop_assert_eq!(again.interpreted(), &*shown, "typed {:?}", query.text);
    let skeletons = |q: &Query| q.root.as_ref().map(skeleton);
    prop_assert_eq!(
        skeletons(&again),
        skeletons(query),
        "typed {:?}, understood {:?}",
        query.text,
        shown
    );
    Ok(())
}

fn one_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(pieces).prop_map(str::to_string)
}

/// Pieces that queries are made of, in any order.
fn queryish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zéèA-Z]{1,7}".prop_map(String::from),
        3 => one_of(&["AND", "OU", "NOT", "SAUF", "NEAR/3", "PRÈS", "OR", "le", "La", "1", "500", "3,5", "2024"]),
        4 => one_of(&[" ", "  ", "(", ")", "-", "+", "\"", "«", "»", "=", "~2", "*", "?", ":", ",", ".", "'", "’", "\n"]),
        2 => one_of(&["region:", "mois:", "date:", "titre:", "exact:", "source:", "foo:", "date:2024-03", "region:(Gao OU Mopti)"]),
        2 => one_of(&["Al-Qaïda", "l'armée", "dit-il", "rfi.fr", "a@b.ml", "O.N.U.", "18.08.2023", "10h30", "http://a.b/c", "al-qa*", "tomb*"]),
    ];
    let spaced =
        (piece, prop::bool::weighted(0.6)).prop_map(|(piece, space)| if space { piece + " " } else { piece });
    prop::collection::vec(spaced, 0..14).prop_map(|pieces| pieces.concat())
}

const NAMES: &[&str] = &[
    "jnim",
    "ansar dine",
    "-ansar dine",
    "week end",
    "\"ansar dine\"",
    "titre:(ansar dine)",
    "al qaida",
    "anti terroriste",
    "groupe soutien islam musulmans",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_text_is_a_query(text in "\\PC{0,40}|[\\x00-\\x7f«»“”„éÉœ’ \\u{200b}\\u{301}]{0,60}", any: bool, plain: bool) {
        let query = read(&text, any, plain);
        check_spans(&query)?;
    }

    #[test]
    fn what_was_understood_reads_the_same(text in queryish(), any: bool, plain: bool) {
        let query = read(&text, any, plain);
        check_spans(&query)?;
        check_stable(&query, &parse)?;
    }

    #[test]
    fn names_that_were_understood_read_the_same(pieces in prop::collection::vec((one_of(NAMES), queryish()), 1..5), any: bool) {
        let text: String = pieces.iter().map(|(name, rest)| format!("{name} {rest}")).collect();
        let query = named(&text, any);
        check_spans(&query)?;
        if !any {
            check_stable(&query, &|text| named(text, false))?;
        }
    }

    #[test]
    fn mutations_of_good_queries_are_queries(at in 0..TABLE.len(), cut in 0..40_usize, insert in "\\PC|[-+()\"«»*~: ]", any: bool) {
        let mut chars: Vec<char> = TABLE[at].0.chars().collect();
        let place = cut.min(chars.len());
        chars.splice(place..(place + 1).min(chars.len()), insert.chars());
        let query = read(&chars.into_iter().collect::<String>(), any, false);
        check_spans(&query)?;
        check_stable(&query, &parse)?;
    }

    #[test]
    fn plain_text_has_no_operators(text in queryish(), any: bool) {
        let query = read(&text, any, true);
        let words = |node: &Node| matches!(node, Node::Word(_) | Node::Unit(_));
        let good = match &query.root {
            Some(Node::And(nodes)) => !any && nodes.iter().all(words),
            Some(Node::Or(nodes)) => any && nodes.iter().all(words),
            Some(node) => words(node),
            None => true,
        };
        prop_assert!(good, "{:?}", query.root);
    }

    #[test]
    fn accents_and_apostrophes_make_no_difference(text in "([a-zéèêàçïœ]{2,8}( |'|’|-|\\* | -| \\+|\" | \")){0,6}") {
        let plain: String = text.replace('’', "'").chars().map(|c| match c {
            'é' | 'è' | 'ê' => "e".to_string(), 'à' => "a".into(), 'ç' => "c".into(), 'ï' => "i".into(), 'œ' => "oe".into(), c => c.to_string(),
        }).collect();
        let (a, b) = (parse(&text), parse(&plain));
        prop_assert_eq!(a.root.as_ref().map(skeleton), b.root.as_ref().map(skeleton), "{:?} {:?}", text, plain);
    }
}
