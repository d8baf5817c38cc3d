//! Indexes made by griots of other days: `tests/formats/N` holds a small one of format N.
//!
//! It was made of three files (`a.txt`, `b.md`, `c.jsonl` with three records) that are gone, with `griot
//! index FOLDER --index tests/formats/N`; the lexicons were taken out but for `schema.toml`, to keep it
//! small.

use crate::common::{Archive, text};
use griot::index::payload;
use serde_json::Value;
use std::path::Path;

/// A copy of the fixture, for opening an index may write locks beside it.
fn fixture(format: u32) -> Archive {
    let archive = Archive::new(&[]);
    copy(
        &Path::new("tests/formats").join(format.to_string()),
        &archive.dir.path().join("ix"),
    );
    archive
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a fixture").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn found(archive: &Archive) -> Vec<String> {
    let output = archive.run(&[
        "search", "Gao", "réunion", "Mopti", "nom", "--any", "--index", "ix", "--format", "jsonl",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let id = |line: &str| {
        serde_json::from_str::<Value>(line).expect("JSON")["id"]
            .as_str()
            .expect("an id")
            .to_string()
    };
    let mut ids: Vec<String> = String::from_utf8_lossy(&output.stdout).lines().map(id).collect();
    ids.sort();
    ids
}

/// Nobody has indexes of an older format.
const OLDEST: u32 = 2;

const IDS: [&str; 4] = ["a.txt", "b.md", "c.jsonl#3", "c1"];

#[test]
fn this_format_opens() {
    // A new format needs a new fixture: make one, and keep the old ones.
    let archive = fixture(payload::FORMAT);
    assert_eq!(found(&archive), IDS);
    let shown = archive.run(&["show", "b.md", "--index", "ix"]);
    assert!(text(&shown).contains("Mali/Kidal (given)"), "{}", text(&shown));
}

#[test]
fn older_formats_are_built_anew_from_the_text_they_hold() {
    for format in OLDEST..payload::FORMAT {
        let archive = fixture(format);
        let output = archive.run(&["search", "Gao", "--index", "ix"]);
        assert_eq!(output.status.code(), Some(4), "{}", text(&output));
        assert!(text(&output).contains("run `griot index`"), "{}", text(&output));
        let output = archive.run(&["index", "--index", "ix"]);
        // The files would be read again, by readers that have changed since; they are gone.
        assert!(
            text(&output).contains("rebuilding the index"),
            "{}",
            text(&output)
        );
        assert!(
            text(&output).contains("rebuilt from the text stored in the index"),
            "{}",
            text(&output)
        );
        assert!(text(&output).contains("ix: 5 articles"), "{}", text(&output));
        assert_eq!(found(&archive), IDS);
        let output = archive.run(&["check", "--deep", "--index", "ix"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    }
}

#[test]
fn what_people_decided_outlives_an_older_format() {
    for format in OLDEST..=payload::FORMAT {
        let archive = fixture(format);
        let file = |name: &str| archive.dir.path().join("ix").join(name);
        let corrections = "id,facet,action,value,note\na.txt,region,set,Mali/Kidal,seen there\n";
        let saved = r#"{"version": 1, "searches": {"gao": {"query": "Gao drones"}}}"#;
        std::fs::write(file("corrections.csv"), corrections).expect("written");
        std::fs::write(file("saved.json"), saved).expect("written");
        let output = archive.run(&["index", "--index", "ix"]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{}", text(&output));
        let shown = archive.run(&["show", "a.txt", "--index", "ix"]);
        assert!(
            text(&shown).contains("region: Mali/Kidal"),
            "{format}: {}",
            text(&shown)
        );
        let listed = archive.run(&["saved", "list", "--index", "ix"]);
        assert!(
            text(&listed).contains("Gao drones"),
            "{format}: {}",
            text(&listed)
        );
        let stats = archive.run(&["stats", "--index", "ix", "--format", "json"]);
        let stats: Value = serde_json::from_slice(&stats.stdout).expect("JSON");
        assert_eq!(
            stats["roots"].as_array().map(Vec::len),
            Some(1),
            "{format}: {stats}"
        );
    }
}

#[test]
fn newer_formats_are_refused() {
    let archive = fixture(payload::FORMAT);
    let meta = archive.dir.path().join("ix/gen-1/meta.json");
    let newer = std::fs::read_to_string(&meta).expect("read").replace(
        &format!("\\\"format\\\":{}", payload::FORMAT),
        "\\\"format\\\":99",
    );
    std::fs::write(&meta, newer).expect("written");
    for args in [
        ["search", "Gao", "--index", "ix"].as_slice(),
        &["index", "--index", "ix"],
        &["index", "--rebuild", "--index", "ix"],
    ] {
        let output = archive.run(args);
        assert_eq!(output.status.code(), Some(4), "{}", text(&output));
        assert!(
            text(&output).contains("index format 99") && text(&output).contains("update griot"),
            "{}",
            text(&output)
        );
    }
}
