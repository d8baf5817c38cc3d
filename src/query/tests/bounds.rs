//! Queries that are deep, long or costly: they are read in time, capped, and a note says so.

use super::{named, parse};
use crate::query::*;

#[test]
fn deep_and_long_texts_are_read() {
    let deep = format!("{}drone{}", "(".repeat(10_000), ")".repeat(10_000));
    let query = parse(&deep);
    assert_eq!(
        (query.interpreted().as_str(), query.notes.len()),
        ("drone", 1),
        "{:?}",
        query.notes
    );
    assert_eq!(
        parse(&format!("{}drone", "NOT ".repeat(3001))).interpreted(),
        "NOT drone"
    );
    assert_eq!(parse(&"(".repeat(10_000)).root, None);
    let alternating = format!("{}x", "(a OR (b AND ".repeat(2_000));
    assert!(parse(&alternating).root.is_some());
    for unit in [
        "a ",
        "\"",
        "«",
        "(",
        ")",
        "-",
        "a(",
        "region:(",
        "region:«",
        "region:\"x ",
        "a:b ",
        "* ",
        "a~",
        "mot",
        "'",
        "1 ",
        "\"a\" ",
        "=\"",
        "x NEAR ",
    ] {
        let long = unit.repeat(1_000_000 / unit.len());
        let before = std::time::Instant::now();
        let query = parse(&long);
        assert!(query.text.len() <= MAX_TEXT && query.notes.len() <= 31);
        assert!(query.notes.iter().any(|n| n.kind == NoteKind::Cut));
        assert!(
            before.elapsed().as_secs() < 5,
            "{unit:?} took {:?}",
            before.elapsed()
        );
    }
}

#[test]
fn too_many_names_are_searched_as_typed() {
    let query = named(&"jnim ".repeat(40), false);
    assert!(
        query
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Capped && note.message.contains("16 more names")),
        "{:?}",
        query.notes
    );
}

#[test]
fn what_would_cost_seconds_is_capped_with_a_note() {
    let near = parse(&format!("drone{}", " NEAR/5 gao".repeat(40)));
    assert!(
        matches!(&near.root, Some(Node::And(nodes)) if nodes.len() == 41),
        "{:?}",
        near.root
    );
    assert!(
        near.notes.iter().any(|n| n.kind == NoteKind::Capped),
        "{:?}",
        near.notes
    );
    let patterns = parse(&(0..100).map(|n| format!("drone{n}x~1 ")).collect::<String>());
    assert!(
        matches!(&patterns.root, Some(Node::And(nodes)) if nodes.len() == 64),
        "{:?}",
        patterns.root
    );
    assert!(
        patterns.notes.iter().any(|n| n.kind == NoteKind::Capped),
        "{:?}",
        patterns.notes
    );
    assert!(parse("dro* ga* -\"ab* c\"").notes.is_empty());
}

#[test]
fn patterns_and_conditions_are_capped_with_a_note() {
    let is_capped = |query: &Query| query.notes.iter().any(|note| note.kind == NoteKind::Capped);
    for typed in ["*a".repeat(30_000), "ab?".repeat(20_000)] {
        let query = parse(&typed);
        assert!(is_capped(&query), "{:?}", query.notes);
        let pieces = match &query.root {
            Some(Node::Pattern(PatternNode {
                pattern: Pattern::Wildcard(pieces),
                ..
            })) => pieces.len(),
            _ => 1,
        };
        assert!(pieces <= 33, "{pieces}: a wildcard, a text, and so on");
        assert!(
            query.interpreted().len() < 200,
            "{} bytes",
            query.interpreted().len()
        );
    }
    assert!(!is_capped(&parse("*a*b*c*d* été?s")));
    let dates = parse(&"date:2024-01 ".repeat(4000));
    assert!(matches!(&dates.root, Some(Node::And(nodes)) if nodes.len() == 1024));
    assert!(is_capped(&dates), "{:?}", dates.notes);
    assert!(!is_capped(&parse(&"date:2024-01 ".repeat(1000))));
}
