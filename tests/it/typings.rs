//! The invariant of the French analysis: a word's index term depends on its folded spelling only, so that
//! whatever is typed without accents, in capitals, decomposed or with another apostrophe finds the same, in
//! the same order.
//!
//! With `$GRIOT_DATA` set, every word of Lexique is tried too.

use griot::facets::{Facets, names_of};
use griot::french::{APOSTROPHES, French, normalize};
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::schema::Lexicons;
use griot::search::{Engine as _, LocalEngine, SearchRequest, Selection};
use std::collections::BTreeSet;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn without_accents(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .collect::<String>()
        .replace('œ', "oe")
        .replace('Œ', "OE")
        .replace('æ', "ae")
}

/// The same text as people and systems write it.
fn typings(text: &str) -> Vec<String> {
    let capitals = text.to_uppercase();
    let mut all = vec![
        without_accents(text),
        capitals.clone(),
        without_accents(&capitals),
        text.nfd().collect(),
        capitals.nfd().collect(),
        text.to_lowercase(),
    ];
    if text.contains('\'') {
        all.extend(
            APOSTROPHES
                .iter()
                .map(|apostrophe| text.replace('\'', &apostrophe.to_string())),
        );
    }
    all
}

fn terms(french: &French, text: &str) -> Vec<String> {
    french
        .analyze(&normalize(text))
        .iter()
        .filter(|token| token.is_part())
        .map(|token| token.word.term.to_string())
        .collect()
}

/// The first texts whose terms depend on how they are typed.
fn differences(french: &French, texts: impl IntoIterator<Item = String>) -> (usize, Vec<String>) {
    let (mut tried, mut differing) = (0, Vec::new());
    for text in texts {
        tried += 1;
        let expected = terms(french, &text);
        for typing in typings(&text) {
            let found = terms(french, &typing);
            if found != expected && differing.len() < 20 {
                differing.push(format!("{text} {expected:?}, {typing} {found:?}"));
            }
        }
    }
    (tried, differing)
}

#[test]
fn every_name_of_the_lexicons_has_the_same_terms_in_all_typings() {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french().expect("good");
    let facets = Facets::new(&lexicons, &french).expect("good");
    let spellings = names_of(&facets, &french)
        .into_iter()
        .flat_map(|name| name.spellings)
        .map(|spelling| spelling.text);
    let places = facets.place_rows().map(|place| place.name.to_string());
    let names: BTreeSet<String> = spellings.chain(places).collect();
    let (tried, differing) = differences(&french, names);
    assert!(tried > 10_000, "{tried} names only");
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn every_word_of_the_project_and_of_lexique_has_the_same_terms_in_all_typings() {
    let french = Lexicons::embedded().french().expect("good");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words: BTreeSet<String> = BTreeSet::new();
    for text in [
        include_str!("../../index_schema/verbs.tsv"),
        include_str!("../../index_schema/stems.tsv"),
        include_str!("../../README.md"),
    ] {
        words.extend(text.split_whitespace().map(str::to_string));
    }
    for page in std::fs::read_dir(here.join("tests/pages"))
        .expect("pages")
        .flatten()
    {
        words.extend(
            std::fs::read_to_string(page.path())
                .expect("a page")
                .split_whitespace()
                .map(str::to_string),
        );
    }
    let known = words.len();
    if let Some(data) = std::env::var_os("GRIOT_DATA") {
        let path = Path::new(&data).join("morph/lexique383_form_lemma.tsv");
        let lexique = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        words.extend(
            lexique
                .lines()
                .skip(1)
                .filter_map(|line| line.split('\t').next())
                .map(str::to_string),
        );
        assert!(words.len() > known + 100_000, "{} words only", words.len());
    }
    let (tried, differing) = differences(&french, words);
    assert!(tried > 2_000, "{tried} words only");
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn queries_give_the_same_hits_and_scores_in_all_typings() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = IndexDir::at(dir.path().join("index"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    sync(
        &place,
        &SyncOptions {
            paths: vec![corpus],
            ..SyncOptions::default()
        },
        &mut |_| {},
    )
    .expect("indexed");
    let reader = Reader::open(&place).expect("opened");
    let engine = LocalEngine::new(reader);
    let answer = |query: &str| {
        let request = SearchRequest {
            selection: Selection::of(query),
            limit: 100,
            page: 1,
            ..SearchRequest::default()
        };
        let response = engine.search(&request).expect("answered").value;
        response
            .hits
            .into_iter()
            .map(|hit| (hit.id, hit.score))
            .collect::<Vec<_>>()
    };
    let mut found = 0;
    for query in [
        "l'armée malienne",
        "sécurité",
        "tués à Ménaka",
        "\"l'armée malienne\"",
        "Al-Qaïda au Maghreb islamique",
        "groupe de soutien à l'islam et aux musulmans",
        "enlevés d'Aguel'hoc",
        "élus français",
        "Ançar Dine",
        "région:Ségou militaires",
        "réfugiés NEAR/9 Mauritanie",
    ] {
        let expected = answer(query);
        found += expected.len();
        for typing in typings(query) {
            // In capitals, operators are words: that query is another one.
            if !query.contains("NEAR") || typing.contains(char::is_lowercase) && typing.contains("NEAR") {
                assert_eq!(answer(&typing), expected, "{query} and {typing}");
            }
        }
    }
    assert!(found > 60, "{found} hits only");
}
