//! Keeping in step: records, moves, globs, dry runs, renewed generations, many small updates.

mod common;

use common::{Archive, text};
use serde_json::Value;

fn count(report: &Value, key: &str) -> u64 {
    report[key].as_u64().unwrap_or_else(|| panic!("{key} in {report}"))
}

fn line(id: &str, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

#[test]
fn records_of_a_container_are_compared_one_by_one() {
    let records: Vec<String> = (0..50).map(|n| line(&format!("r{n}"), &format!("Article numéro {n} de Gao."))).collect();
    let archive = Archive::new(&[("c.jsonl", &records.concat())]);
    archive.index();
    // One new at the head, one changed, one removed; all others have moved within the file.
    let mut edited = records.clone();
    edited[7] = line("r7", "Tout autre chose à Mopti.");
    edited.remove(20);
    edited.insert(0, line("neuf", "Un article de plus."));
    archive.write("c.jsonl", &edited.concat());
    let report = archive.index();
    let counts = ["articles", "articles_new", "articles_changed", "articles_unchanged", "articles_removed"].map(|key| count(&report, key));
    assert_eq!(counts, [50, 1, 1, 48, 1], "{report}");
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
    assert_eq!(archive.ids(&["Mopti"]), ["r7"]);
    assert!(archive.ids(&["\"numéro 20\""]).is_empty());
}

#[test]
fn records_that_share_an_id_or_have_none_end_as_in_a_fresh_index() {
    let archive = Archive::new(&[("c.jsonl", &[line("x", "Un."), line("x", "Deux."), "{\"text\":\"Trois.\"}\n".into()].concat())]);
    archive.index();
    for edited in [
        [line("x", "Deux."), line("x", "Un."), "{\"text\":\"Trois.\"}\n".into()].concat(),
        [line("y", "Quatre."), line("x", "Deux."), "{\"text\":\"Trois.\"}\n".into(), line("x", "Un.")].concat(),
        ["{\"text\":\"Trois.\"}\n".into(), line("x", "Un."), "{\"text\":\"Trois.\"}\n".into()].concat(),
        String::new(),
        line("x", "Un."),
    ] {
        archive.write("c.jsonl", &edited);
        archive.run(&["index", "corpus", "--quiet"]);
        assert_eq!(archive.exported("corpus/.griot"), archive.fresh(), "after {edited}");
    }
}

#[test]
fn globs_are_kept_with_the_index() {
    let archive = Archive::small();
    archive.write("brouillons/x.txt", "Brouillon\n\nPas encore.");
    archive.write("sub/y.md", "# Titre\n\nUn drone.");
    let run = |args: &[&str]| -> u64 {
        let output = archive.run(&[&["index", "--format", "json"], args].concat());
        count(&serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output))), "articles")
    };
    assert_eq!(run(&["corpus", "--exclude", "brouillons", "--exclude", "*.jsonl", "--index", "ix"]), 3);
    assert_eq!(run(&["--index", "ix"]), 3, "a bare run repeats them");
    assert_eq!(run(&["--index", "ix", "--include", "*.md"]), 2);
    assert_eq!(run(&["--index", "ix", "--include", "", "--exclude", "brouillons"]), 5);
    assert_eq!(run(&["--index", "ix", "--exclude", ""]), 6);
    let bad = archive.run(&["index", "--index", "ix", "--exclude", "[a"]);
    assert_eq!(bad.status.code(), Some(2), "{}", text(&bad));
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let archive = Archive::small();
    let output = archive.run(&["index", "corpus", "--dry-run"]);
    assert!(text(&output).contains("3 files new"), "{}", text(&output));
    assert!(!archive.corpus().join(".griot").exists());
    archive.index();
    std::fs::rename(archive.corpus().join("a.txt"), archive.corpus().join("moved.txt")).expect("moved");
    archive.write("b.md", "# Autre\n\nTexte.");
    std::fs::remove_file(archive.corpus().join("c.jsonl")).expect("removed");
    let before = archive.exported("corpus/.griot");
    let output = archive.run(&["index", "corpus", "--dry-run"]);
    let said = text(&output);
    assert!(said.contains("moved    ") && said.contains("(from "), "{said}");
    assert!(said.contains("1 files new (1 of them moved), 1 changed, 2 removed; 0 unchanged"), "{said}");
    assert_eq!(archive.exported("corpus/.griot"), before);
    let report = archive.index();
    assert_eq!(["files_new", "files_moved", "files_changed", "files_removed"].map(|key| count(&report, key)), [1, 1, 1, 2], "{report}");
}

#[test]
fn checksum_finds_an_edit_that_size_and_time_hide() {
    let archive = Archive::small();
    let path = archive.corpus().join("a.txt");
    let set = |time| std::fs::File::options().write(true).open(&path).and_then(|f| f.set_modified(time)).expect("a time");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    set(old);
    archive.index();
    archive.write("a.txt", "Drones à Gao\n\nDes drones ont frappé Gao le 4 mars 2024.");
    set(old);
    assert_eq!(count(&archive.index(), "files_changed"), 0);
    let output = archive.run(&["index", "corpus", "--checksum", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(archive.ids(&["\"4 mars\""]), ["a.txt"]);
}

#[test]
fn a_second_writer_waits_or_says_for_whom() {
    let archive = Archive::small();
    archive.index();
    let lock = std::fs::File::options().read(true).write(true).open(archive.corpus().join(".griot/LOCK")).expect("the lock");
    lock.lock().expect("locked");
    let output = archive.run(&["index", "corpus"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    assert!(text(&output).contains("process ") && text(&output).contains("since "), "{}", text(&output));
    let output = archive.run(&["index", "corpus", "--wait=1"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    assert!(text(&output).contains("waiting for process"), "{}", text(&output));
    let waiting = archive.start(&["index", "corpus", "--wait"]);
    std::thread::sleep(std::time::Duration::from_millis(300));
    drop(lock);
    let output = waiting.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

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
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    assert_eq!((report["rebuilt"].as_bool(), count(&report, "articles")), (Some(true), 4), "{report}");
    assert_eq!(archive.exported("ix"), before);
    // The states came with the articles: back again, nothing is read.
    std::fs::rename(archive.dir.path().join("away"), archive.corpus()).expect("moved back");
    let output = archive.run(&["index", "--index", "ix", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!((count(&report, "files_unchanged"), count(&report, "articles_unchanged")), (3, 4), "{report}");
}

#[test]
fn a_rebuild_reads_the_files_and_keeps_what_it_cannot_read() {
    let archive = Archive::small();
    archive.write("../other/x.txt", "Titre\n\nAilleurs.");
    archive.run(&["index", "corpus", "other", "--index", "ix", "--quiet"]);
    std::fs::remove_dir_all(archive.dir.path().join("other")).expect("removed");
    archive.write("d.txt", "Nouveau\n\nUn de plus.");
    let output = archive.run(&["index", "--index", "ix", "--rebuild", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    assert_eq!((report["rebuilt"].as_bool(), count(&report, "articles")), (Some(true), 6), "{report}");
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
fn small_updates_leave_few_files() {
    let archive = Archive::small();
    archive.index();
    let updates = 60;
    for n in 0..updates {
        archive.write("a.txt", &format!("Drones à Gao\n\nDes drones ont frappé Gao, pour la {n}e fois."));
        assert_eq!(archive.run(&["index", "corpus", "--quiet"]).status.code(), Some(0));
    }
    let files = archive.files_of_index();
    assert!(files < 60, "{files} files");
    assert_eq!(archive.ids(&["fois"]), ["a.txt"]);
}
