//! What a new generation of an index keeps: after a rebuild, with other lexicons, with corrections.

use crate::common::{Archive, count, text};
use serde_json::Value;

#[test]
fn other_lexicons_need_no_files() {
    let archive = Archive::small();
    archive.run(&["index", "corpus", "--index", "ix", "--quiet"]);
    let before = archive.exported("ix");
    let schema = archive.dir.path().join("schema");
    std::fs::create_dir(&schema).expect("a folder");
    std::fs::write(schema.join("stopwords.txt"), "drones\n").expect("a file");
    std::fs::rename(archive.corpus(), archive.dir.path().join("away")).expect("moved away");
    let output = archive.run(&["index", "--index", "ix", "--schema", "schema", "--format", "json"]);
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    assert_eq!(
        (report["rebuilt"].as_bool(), count(&report, "articles")),
        (Some(true), 4),
        "{report}"
    );
    assert_eq!(archive.exported("ix"), before);
    // The states came with the articles: back again, nothing is read.
    std::fs::rename(archive.dir.path().join("away"), archive.corpus()).expect("moved back");
    let output = archive.run(&["index", "--index", "ix", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(
        (
            count(&report, "files_unchanged"),
            count(&report, "articles_unchanged")
        ),
        (3, 4),
        "{report}"
    );
}

#[test]
fn a_rebuild_reads_the_files_and_keeps_what_it_cannot_read() {
    let archive = Archive::small();
    archive.write("../other/x.txt", "Titre\n\nAilleurs.");
    archive.run(&["index", "corpus", "other", "--index", "ix", "--quiet"]);
    std::fs::remove_dir_all(archive.dir.path().join("other")).expect("removed");
    archive.write("d.txt", "Nouveau\n\nUn de plus.");
    let output = archive.run(&["index", "--index", "ix", "--rebuild", "--format", "json"]);
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    assert_eq!(
        (report["rebuilt"].as_bool(), count(&report, "articles")),
        (Some(true), 6),
        "{report}"
    );
    assert!(archive.exported("ix").contains("Ailleurs"));
}

#[test]
fn what_a_killed_rebuild_left_is_removed() {
    let archive = Archive::small();
    archive.index();
    let left = archive.corpus().join(".griot/gen-7");
    std::fs::create_dir(&left).expect("a folder");
    archive.index();
    assert!(!left.exists());
}

#[test]
fn corrections_hold_in_changed_files_new_generations_and_snapshots() {
    let archive = Archive::small();
    archive.index();
    std::fs::write(
        archive.dir.path().join("c.csv"),
        "id,facet,action,value\nc1,region,set,Kidal\na.txt,region,set,Kidal\n",
    )
    .expect("a table");
    assert_eq!(
        archive
            .run(&["correct", "c.csv", "--index", "corpus/.griot"])
            .status
            .code(),
        Some(0)
    );
    let kidal = ["a.txt", "b.md", "c1"];
    assert_eq!(archive.ids(&["--region", "Kidal"]), kidal);
    // What was corrected is no change of a file.
    let report = archive.index();
    assert_eq!(
        (
            count(&report, "articles_changed"),
            count(&report, "files_unchanged")
        ),
        (0, 3),
        "{report}"
    );
    archive
        .write("c.jsonl", "{\"id\":\"c0\",\"text\":\"Du neuf.\"}\n{\"id\":\"c1\",\"text\":\"Rien de neuf à Mopti.\",\"date\":\"2023\"}\n");
    let report = archive.index();
    assert_eq!(
        (count(&report, "articles_changed"), count(&report, "articles_new")),
        (0, 1),
        "{report}"
    );
    assert_eq!(archive.ids(&["--region", "Kidal"]), kidal);
    let lexicons = archive.dir.path().join("lexicons");
    std::fs::create_dir(&lexicons).expect("a folder");
    std::fs::write(lexicons.join("stopwords.txt"), "# none but these\nle\nla\n").expect("a lexicon");
    let output = archive.run(&["index", "corpus", "--schema", "lexicons"]);
    assert!(
        text(&output).contains("from its stored text"),
        "{}",
        text(&output)
    );
    assert_eq!(archive.ids(&["--region", "Kidal"]), kidal);
    // Edited by hand: one gone, one more; a file that changed meanwhile is read as well.
    std::fs::write(
        archive.corpus().join(".griot/corrections.csv"),
        "id,facet,action,value,note\nc0,region,set,Gao,\nc1,region,set,Kidal,\n",
    )
    .expect("a table");
    archive.write("b.md", "Plus rien de Kidal.");
    let output = archive.run(&["index", "corpus"]);
    assert!(
        text(&output).contains("corrections.csv has changed: 2 articles"),
        "{}",
        text(&output)
    );
    assert_eq!(
        (
            archive.ids(&["--region", "Kidal"]),
            archive.ids(&["--region", "Gao"])
        ),
        (
            vec!["b.md".into(), "c1".into()],
            vec!["a.txt".into(), "c0".into()]
        )
    );
    let output = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(archive.index()["notices"].as_array().is_some_and(Vec::is_empty));
    archive.run(&["snapshot", "copy", "--index", "corpus/.griot"]);
    let exported = archive.run(&["correct", "--export", "--index", "copy"]);
    assert_eq!(text(&exported).lines().count(), 3, "{}", text(&exported));
}
