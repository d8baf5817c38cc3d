//! Showing and asking: an article of one long line, and long queries.

use crate::meter::{Budget, cost};
use griot::index::{IndexDir, SyncOptions, sync};
use griot::search::{
    ArticleRequest, ChronologyRequest, CitationRequest, Engine, ExportRequest, LocalEngine, Rows,
    SearchRequest, Selection,
};

/// A text without a full stop, of so many bytes, with a place and a date in each dozen words.
fn text(length: usize) -> String {
    let towns = [
        "Gao", "Kidal", "Ménaka", "Ansongo", "Djenné", "Mopti", "Djibo", "Dori", "Diffa", "Agadez",
    ];
    let (mut text, mut number) = (String::new(), 0);
    while text.len() < length {
        let (town, day, year) = (towns[number % towns.len()], 1 + number % 28, 2020 + number % 5);
        let toll = 2 + number % 40;
        let line = format!(
            "des hommes armés ont attaqué {town} le {day} mars {year} et le {day} mai et tué {toll} civils "
        );
        text.push_str(&line);
        number += 1;
    }
    text
}

/// An index of a text of so many bytes.
fn indexed(dir: &std::path::Path, length: usize) -> LocalEngine {
    let corpus = dir.join("corpus");
    std::fs::create_dir(&corpus).expect("a folder");
    std::fs::write(corpus.join("a.txt"), format!("Titre\n\n{}", text(length))).expect("written");
    let place = IndexDir::at(dir.join("index"));
    let options = SyncOptions {
        paths: vec![corpus],
        threads: 1,
        memory: 16 << 20,
        ..SyncOptions::default()
    };
    sync(&place, &options, &mut |_| {}).expect("indexed");
    LocalEngine::open(&place).expect("opened")
}

/// What is asked of an index.
type Asked = fn(&LocalEngine);

fn rows(engine: &LocalEngine, rows: Rows) -> usize {
    let request = ExportRequest {
        selection: Selection::of(""),
        rows,
        ..ExportRequest::default()
    };
    let rows = engine.export(&request).expect("an export");
    rows.map(|row| serde_json::to_string(&row.expect("a row")).expect("JSON").len())
        .sum()
}

#[test]
fn what_is_shown_of_a_long_line_grows_with_it() {
    let asked: [(&str, Asked); 7] = [
        ("chronology", |engine| {
            let told = engine
                .chronology(&ChronologyRequest::default())
                .expect("told")
                .value;
            assert!(told.reports > 50 && told.events.len() > 10, "{}", told.reports);
        }),
        ("events", |engine| assert!(rows(engine, Rows::Events) > 10_000)),
        ("mentions", |engine| {
            assert!(rows(engine, Rows::Mentions) > 10_000)
        }),
        ("records", |engine| assert!(rows(engine, Rows::Records) > 10_000)),
        ("show", |engine| {
            let request = ArticleRequest {
                id: "a.txt".into(),
                query: Some("attaqué civils".into()),
            };
            let article = engine.article(&request).expect("an article").value;
            assert!(article.matches.is_some_and(|matches| matches.total > 100));
        }),
        ("cite", |engine| {
            let request = CitationRequest {
                id: "a.txt".into(),
                query: Some("attaqué".into()),
            };
            let cited = engine.cite(&request).expect("a citation").value;
            assert!(cited.passages.len() > 10 && cited.passages.iter().all(|p| p.text.len() <= 1000));
        }),
        ("search", |engine| {
            let request = SearchRequest {
                selection: Selection::of("attaqué OR \"hommes armés\" OR civ* OR tuer~1"),
                ..SearchRequest::default()
            };
            assert_eq!(engine.search(&request).expect("an answer").value.total, 1);
        }),
    ];
    let sizes = [40_000, 80_000, 160_000];
    let dirs = sizes.map(|_| tempfile::tempdir().expect("a folder"));
    let engines = [0, 1, 2].map(|at| indexed(dirs[at].path(), sizes[at]));
    for (name, ask) in asked {
        // What is read once, lexicons and caches, counts for none of them.
        engines.iter().for_each(ask);
        Budget::of(name).check(sizes, |at| cost(|| ask(&engines[at])));
    }
}

#[test]
fn long_queries_cost_what_their_length_does() {
    let dir = tempfile::tempdir().expect("a folder");
    let engine = indexed(dir.path(), 20_000);
    for unit in [
        "*a",
        "*a ",
        "a?",
        "a*b ",
        "date:2024 ",
        "date:2024-01 ",
        "region:gao ",
        "gao OR ",
        "-gao ",
        "\"gao kidal\" ",
        "gao NEAR/3 ",
        "(",
        "((a)",
        "gao~2 ",
        "mot",
        "titre:(",
        "+",
        "\"",
        "=gao ",
        "l'",
        "1 000 ",
        "jnim ",
        "à-b",
        "?",
        "~",
        "month:2024..",
    ] {
        let sizes = [8_000, 16_000, 32_000];
        let ask = |at: usize| {
            let selection = Selection::of(unit.repeat(sizes[at] / unit.len()));
            let request = SearchRequest {
                selection: selection.clone(),
                ..SearchRequest::default()
            };
            engine.search(&request).expect("an answer");
            engine.diagnose(&selection).expect("an answer");
        };
        Budget::of(unit).check(sizes, |at| cost(|| ask(at)));
    }
}
