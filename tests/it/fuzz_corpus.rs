//! The inputs kept in `fuzz/corpus`, and those that fuzzing has found, one after the other.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{target} has seeds");
    for file in files {
        eprintln!("{}", file.display());
        run(&std::fs::read(&file).expect("read"));
    }
}

#[test]
fn kept_inputs_of_readers() {
    replay("readers", targets::readers);
}

#[test]
fn kept_inputs_of_queries() {
    replay("query", targets::query);
}

#[test]
fn kept_inputs_of_dates() {
    replay("dates", targets::dates);
}

#[test]
fn kept_inputs_of_events() {
    replay("events", targets::events);
}
