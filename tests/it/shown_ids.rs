//! Every article is shown under an id that no other is shown under, and that finds it.

use crate::common::{Archive, cases, text};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Archives whose records have these ids (none: no id of their own), file by file; each text is another.
fn shown_apart(files: &[Vec<Option<String>>]) {
    let archive = Archive::new(&[]);
    let mut number = 0;
    for (file, ids) in files.iter().enumerate() {
        let mut lines = String::new();
        for id in ids {
            number += 1;
            let mut record = serde_json::json!({"text": format!("Une pirogue, la {number}e.")});
            if let Some(id) = id {
                record["id"] = id.as_str().into();
            }
            lines.push_str(&format!("{record}\n"));
        }
        archive.write(&format!("{file}.jsonl"), &lines);
    }
    archive.write("x~2.txt", "Titre\n\nUne pirogue de plus.");
    archive.index();
    let output = archive.run(&["export", "--with-text", "--index", "corpus/.griot"]);
    let rows: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), number + 1, "{files:?}");
    let ids: BTreeSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "{files:?}: {ids:?}");
    for row in &rows {
        let id = row["id"].as_str().expect("an id");
        let output = archive.run(&["show", "--index", "corpus/.griot", "--format", "json", "--", id]);
        let shown: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{id}: {error}: {}", text(&output)));
        assert_eq!(
            (&shown["body"], &shown["id"]),
            (&row["text"], &row["id"]),
            "{files:?}"
        );
    }
    let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(checked.status.code(), Some(0), "{files:?}: {}", text(&checked));
}

#[test]
fn ids_that_look_like_those_of_others_are_told_apart() {
    let id = |id: &str| Some(id.to_string());
    shown_apart(&[
        vec![
            id("x"),
            id("x"),
            id("x~2"),
            id("x~2"),
            id("x~~2"),
            id("x~"),
            id("x~"),
        ],
        // The number of a record without an id, and how many claimed that id before, are both 1.
        vec![None, id("1.jsonl#1"), id("1.jsonl#1"), id("1.jsonl#1")],
        vec![None, id("1.jsonl#1"), id("x~2.txt"), id("x~2.txt~2")],
    ]);
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn any_ids_are_told_apart(
        files in proptest::collection::vec(
            proptest::collection::vec(proptest::option::of("(x|0.jsonl#[12]|1.jsonl#[12])~{0,2}[2-3]?"), 0..7),
            1..3,
        ),
    ) {
        shown_apart(&files);
    }
}
