//! Snippets on random Unicode texts and random queries, marked by the same tree that searched.

use crate::common::cases;
use griot::french::{French, normalize};
use griot::query::naive::{NaiveDoc, matches};
use griot::query::{Node, ParseOptions, Query};
use griot::schema::Lexicons;
use griot::search::{Matcher, SnippetOptions, snippet};
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static FRENCH: LazyLock<French> = LazyLock::new(|| Lexicons::embedded().french().expect("good lexicons"));

/// Words that queries and texts share, and what surrounds them in the wild.
const WORDS: [&str; 14] = [
    "drone",
    "drones",
    "l'armée",
    "ARMEE",
    "e\u{301}te\u{301}",
    "été",
    "Al-Qaïda",
    "week-end",
    "1 500",
    "O.N.U.",
    "Gao",
    "tués",
    "œuvre",
    "d’État",
];
const NOISE: [&str; 20] = [
    " ",
    " ",
    " ",
    ". ",
    "\n",
    " « ",
    " » ",
    "\u{202E}",
    "\u{200D}",
    "\u{301}",
    "👩\u{200D}🚒",
    "🇲🇱",
    "\u{FE0F}",
    "\u{AD}",
    "語",
    "(",
    "\u{1b}[31m",
    "! ",
    "\u{600}",
    "ক্ষ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&WORDS[..]).prop_map(str::to_string),
        5 => prop::sample::select(&NOISE[..]).prop_map(str::to_string),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| normalize(&pieces.concat()).into_owned())
}

/// Queries whose every mark is by itself a match: without NEAR and slop, which mark words only near others.
fn query() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(&WORDS[..]).prop_map(str::to_string);
    let leaf = prop_oneof![
        4 => word(),
        1 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => word().prop_map(|a| format!("=\"{a}\"")),
        1 => Just("dro*".to_string()),
        1 => Just("?rone".to_string()),
        1 => Just("drome~1".to_string()),
        1 => word().prop_map(|a| format!("-{a}")),
    ];
    prop::collection::vec(leaf, 1..5).prop_map(|leaves| leaves.join(" "))
}

/// The conditions that aren't excluded.
fn positive(root: &Node) -> Vec<Node> {
    match root {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().flat_map(positive).collect(),
        Node::Not(_) => Vec::new(),
        node => vec![node.clone()],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(1500) })]

    #[test]
    fn marks_and_fragments_hold_for_every_text(text in text(), typed in query(), length in 20_usize..120, wanted in 1_usize..4) {
        let query = Query::parse(&typed, &ParseOptions::default(), &FRENCH);
        let Some(root) = &query.root else { return Ok(()) };
        let matcher = Matcher::new(&query, &|_| 1.0);
        let marks = matcher.marks(&text, &FRENCH.analyze(&text), false);

        let graphemes: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let conditions = positive(root);
        for mark in &marks {
            for end in [mark.range.start, mark.range.end] {
                prop_assert!(graphemes.binary_search(&end).is_ok(), "{:?} cuts a grapheme of {:?}", mark, text);
            }
            let stretch = &text[mark.range.clone()];
            // "500Gao" is one word to the analysis only as a whole.
            let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if in_word(text[..mark.range.start].chars().next_back()) || in_word(text[mark.range.end..].chars().next()) {
                continue;
            }
            let doc = NaiveDoc::new(&FRENCH, "", stretch);
            let matched = conditions.iter().any(|c| matches(c, &doc, &|_: &Node| true) == Some(true));
            prop_assert!(matched, "{stretch:?} is no match of {typed:?} in {text:?}");
        }
        // Whoever matches is marked: a text with a mark less would not match.
        let doc = NaiveDoc::new(&FRENCH, "", &text);
        if conditions.iter().any(|c| matches(c, &doc, &|_: &Node| true) == Some(true)) {
            prop_assert!(!marks.is_empty(), "{typed:?} matches {text:?} and marks nothing");
        }

        let options = SnippetOptions { length, fragments: wanted };
        let fragments = snippet::fragments("body", &text, &marks, matcher.weights(), options);
        prop_assert!(fragments.len() <= wanted);
        prop_assert_eq!(fragments.is_empty(), text.trim().is_empty());
        let mut last = 0;
        for fragment in &fragments {
            let shown: String = fragment.parts.iter().map(|p| p.text.as_str()).collect();
            prop_assert_eq!(&shown, &text[fragment.start..fragment.end]);
            prop_assert!(fragment.start >= last, "fragments overlap");
            last = fragment.end;
            let mut at = fragment.start;
            let mut hits = Vec::new();
            for part in &fragment.parts {
                if part.hit {
                    hits.push(at..at + part.text.len());
                }
                at += part.text.len();
            }
            let inside: Vec<_> =
                marks.iter().map(|m| m.range.clone()).filter(|m| m.start < fragment.end && m.end > fragment.start).collect();
            prop_assert_eq!(&hits, &inside, "every match in the fragment is marked, whole");
            let longest = hits.iter().map(|h| text[h.clone()].chars().count()).max().unwrap_or(0);
            prop_assert!(shown.chars().count() <= length.max(longest), "{} characters for {length}: {shown:?}", shown.chars().count());
        }
    }
}
