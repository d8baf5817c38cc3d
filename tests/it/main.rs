//! All integration tests in one binary, a module for each subject: tantivy is linked once instead of twenty
//! times. `cargo test --test it sync::` runs the tests of one module.

#![allow(clippy::disallowed_methods)]

mod common;
#[path = "../layouts/mod.rs"]
mod layouts;

mod account;
mod additions;
mod asking;
mod at_once;
mod big_losses;
mod casualties;
mod chronology;
mod citations;
mod cli;
mod columns;
mod command_line;
mod compare_sheets;
mod copies;
mod correct;
mod decisions;
mod differential;
mod dossier;
mod drill_down;
mod event_groups;
mod event_rows;
mod everyday;
mod everyday_tasks;
mod everything;
mod examples;
mod explain;
mod facet_counts;
mod formats;
mod french;
mod french_help;
mod function_lengths;
mod fuzz_corpus;
mod generations;
mod in_step;
mod joined_by_hand;
mod kept_decisions;
mod layers;
mod lexicon;
mod links;
mod nearly;
mod own_exports;
mod own_facet;
mod pages;
mod pdf;
#[cfg(feature = "opensearch")]
mod push;
mod roots;
mod round_trip;
mod serve;
mod serve_hostile;
mod serve_limits;
mod serve_live;
mod serve_pages;
mod shown_ids;
mod snippets;
mod spreadsheets;
#[cfg(feature = "opensearch")]
mod stub_cluster;
mod sync;
mod table_commands;
mod tables;
#[cfg(target_os = "linux")]
mod terminal;
mod torture;
mod trouble;
mod typings;
mod watching;
mod whole;

/// A file without its `mod` line would silently not be compiled.
#[test]
fn every_file_here_is_a_module() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let contents = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).expect("tests/it") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let is_source = path.is_dir() || path.extension().is_some_and(|e| e == "rs");
        assert!(
            !is_source || name == "main" || contents.lines().any(|line| line == format!("mod {name};")),
            "tests/it/main.rs lacks `mod {name};`"
        );
    }
}
