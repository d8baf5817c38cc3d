//! Files that are gone in great number keep their articles until somebody says that it is meant.

use crate::common::{Archive, text};
use std::fs;
use std::process::Output;

/// 200 articles: 120 in files of a folder, 80 in a file of records.
fn archive() -> Archive {
    let archive = Archive::new(&[]);
    for number in 0..120 {
        archive.write(
            &format!("2024/{number:03}.txt"),
            &format!("Convoi {number}\n\nUn convoi de {number} camions est parti de Gao."),
        );
    }
    archive.write("notes.jsonl", &records(80));
    archive
}

fn records(number: usize) -> String {
    let record = |id| format!("{{\"id\":\"r{id}\",\"text\":\"La note {id} parle de Mopti.\"}}\n");
    (0..number).map(record).collect()
}

fn index(archive: &Archive, more: &[&str]) -> (Option<i32>, String) {
    let output: Output = archive.run(&[&["index", "corpus"], more].concat());
    (output.status.code(), text(&output))
}

fn articles(archive: &Archive) -> u64 {
    let output = archive.run(&["stats", "--format", "json", "--index", "corpus/.griot"]);
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    stats["articles"].as_u64().expect("a number")
}

#[test]
fn a_folder_that_is_gone_is_asked_about() {
    let archive = archive();
    index(&archive, &[]);
    assert_eq!(articles(&archive), 200);
    fs::rename(archive.corpus().join("2024"), archive.corpus().join("../away")).expect("moved away");
    archive.write("new.txt", "Retour\n\nLe retour des convois.");
    let (code, reported) = index(&archive, &["--dry-run"]);
    assert_eq!(code, Some(0), "{reported}");
    assert!(
        reported.contains("--allow-removals") && reported.contains("1 new"),
        "{reported}"
    );
    assert!(!reported.contains("removed  "), "{reported}");
    for how in [&[][..], &["--rebuild"], &["--checksum"]] {
        let (code, reported) = index(&archive, how);
        assert_eq!(code, Some(6), "{how:?}: {reported}");
        assert!(reported.contains("120 files are gone"), "{how:?}: {reported}");
        assert!(reported.contains("--allow-removals"), "{how:?}: {reported}");
        assert_eq!(
            articles(&archive),
            201,
            "{how:?}: what is new is there all the same"
        );
    }
    let search = archive.run(&["search", "convoi", "--corpus", "corpus"]);
    assert_eq!(search.status.code(), Some(6), "{}", text(&search));
    assert!(text(&search).contains("121 articles"), "{}", text(&search));
    fs::rename(archive.corpus().join("../away"), archive.corpus().join("2024")).expect("moved back");
    let (code, reported) = index(&archive, &[]);
    assert_eq!((code, articles(&archive)), (Some(0), 201), "{reported}");
    fs::remove_dir_all(archive.corpus().join("2024")).expect("removed");
    let (code, reported) = index(&archive, &["--allow-removals"]);
    assert_eq!((code, articles(&archive)), (Some(0), 81), "{reported}");
    archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
}

#[test]
fn what_is_moved_left_out_edited_or_little_is_not_asked_about() {
    let archive = archive();
    index(&archive, &[]);
    fs::rename(archive.corpus().join("2024"), archive.corpus().join("année 2024")).expect("renamed");
    let (code, reported) = index(&archive, &[]);
    assert_eq!((code, articles(&archive)), (Some(0), 200), "moved: {reported}");
    archive.write("notes.jsonl", &records(3));
    let (code, reported) = index(&archive, &[]);
    assert_eq!((code, articles(&archive)), (Some(0), 123), "edited: {reported}");
    for number in 0..12 {
        let path = archive.corpus().join(format!("année 2024/{number:03}.txt"));
        fs::remove_file(path).expect("removed");
    }
    let (code, reported) = index(&archive, &[]);
    assert_eq!((code, articles(&archive)), (Some(0), 111), "little: {reported}");
    let (code, reported) = index(&archive, &["--exclude", "année 2024"]);
    assert_eq!((code, articles(&archive)), (Some(0), 3), "left out: {reported}");
}

#[test]
fn a_watcher_applies_the_rest_and_keeps_what_is_gone() {
    let archive = archive();
    index(&archive, &[]);
    let mut watcher = archive.start(&["index", "corpus", "--watch"]);
    let wait_for = |expected: u64| {
        for _ in 0..300 {
            if articles(&archive) == expected {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("{} articles, not {expected}", articles(&archive));
    };
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::rename(archive.corpus().join("2024"), archive.corpus().join("../away")).expect("moved away");
    archive.write("new.txt", "Retour\n\nLe retour des convois.");
    wait_for(201);
    watcher.kill().expect("ended");
    let output = watcher.wait_with_output().expect("ended");
    assert!(text(&output).contains("--allow-removals"), "{}", text(&output));
}
