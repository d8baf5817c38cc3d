//! What a run says of words and files that are not in the index, until it is mended.

use crate::common::{Archive, Indexed, text};
use serde_json::Value;

const TEXT: &str =
    "Ménaka : le marché rouvre\n\nLe gouverneur a annoncé vendredi la réouverture du marché.\n";

#[test]
fn what_was_not_read_is_told_by_every_run_until_it_is_mended() {
    let archive = Archive::new(&[
        ("a.txt", TEXT),
        ("b.doc", "binaire"),
        ("c.jpg", "image"),
        ("d.docx", "no zip at all"),
        ("e.jsonl", "{\"text\": \"Une dépêche de Gao\"}\n{\"text\": \n"),
    ]);
    for run in 0..2 {
        let output = archive.run(&["index", "corpus"]);
        let reported = text(&output);
        assert!(reported.contains("2 articles from 2 files"), "{reported}");
        let line = reported
            .lines()
            .find(|line| line.starts_with("not read: "))
            .unwrap_or_default();
        for part in ["1 damaged", "1 .doc (save as .docx)", "1 of other kinds (.jpg)"] {
            assert!(line.contains(part), "run {run}: {reported}");
        }
    }
    let listed = text(&archive.run(&["stats", "--unread", "--index", "corpus/.griot"]));
    for line in [
        "d.docx: damaged",
        "b.doc: format not supported (save as .docx)",
        "c.jpg: format not supported",
        "e.jsonl: 1 record skipped",
    ] {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    // Only what was skipped in this run, or what is asked for, changes the exit code.
    assert_eq!(archive.run(&["index", "corpus"]).status.code(), Some(0));
    assert_eq!(
        archive.run(&["index", "corpus", "--fail-unread"]).status.code(),
        Some(3)
    );
    for name in ["b.doc", "c.jpg", "d.docx", "e.jsonl"] {
        std::fs::remove_file(archive.corpus().join(name)).expect("a file");
    }
    let reported = text(&archive.run(&["index", "corpus", "--fail-unread"]));
    assert!(!reported.contains("not read"), "{reported}");
    assert!(
        text(&archive.run(&["stats", "--unread", "--index", "corpus/.griot"]))
            .contains("all files were read in full")
    );
}

#[test]
fn the_report_counts_the_words_of_every_file_at_every_run() {
    let archive = Archive::new(&[("a.txt", TEXT), ("b.csv", "titre;texte\nUn;Deux mots\n")]);
    for _ in 0..2 {
        archive.run(&["index", "corpus", "--report", "r.jsonl"]);
        let report = std::fs::read_to_string(archive.dir.path().join("r.jsonl")).expect("the report");
        let rows: Vec<Value> = report
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let words = |name: &str| {
            let row = rows
                .iter()
                .find(|row| row["path"].as_str().is_some_and(|path| path.ends_with(name)));
            row.map(|row| row["words"].clone()).unwrap_or_default()
        };
        assert_eq!(
            (
                words("a.txt")["visible"].as_u64(),
                words("a.txt")["in_articles"].as_u64()
            ),
            (Some(12), Some(12)),
            "{report}"
        );
        assert_eq!(words("b.csv")["left_out"]["column_names"], 2, "{report}");
    }
}

#[test]
fn another_root_keeps_what_is_told_of_the_first() {
    let archive = Indexed::new(&[("a.doc", "x"), ("b.txt", TEXT)]);
    std::fs::create_dir(archive.dir().join("other")).expect("a folder");
    std::fs::write(archive.dir().join("other/c.txt"), TEXT).expect("a file");
    let index = archive.index().display().to_string();
    archive.run(&["index", "other", "--index", &index]);
    assert_eq!(
        archive.json(&["stats"])["unread"]["kinds"]["1"]["doc"]["files"],
        1
    );
    archive.run(&["index", "--rebuild", "other", "--index", &index]);
    assert_eq!(
        archive.json(&["stats"])["unread"]["kinds"]["1"]["doc"]["files"],
        1
    );
}
