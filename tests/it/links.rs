//! Links: those that lead out of the roots are followed only where somebody wants it, and reported of.
#![cfg(unix)]

use crate::common::{Archive, text};
use griot::index::{IndexDir, SyncOptions, sync};
use std::os::unix::fs::symlink;
use std::path::Path;

/// An archive with links to a file and a folder that lie elsewhere, and to a hidden file of its own.
fn archive() -> Archive {
    let archive = Archive::new(&[
        ("a.txt", "Titre\n\nUne pirogue."),
        (".store/b.txt", "Titre\n\nUne pirogue cachée."),
    ]);
    archive.write("../secret/x.txt", "Titre\n\nUne pirogue secrète.");
    archive.write("../secret/y.txt", "Titre\n\nUne autre pirogue secrète.");
    let link = |to: &Path, from: &str| symlink(to, archive.corpus().join(from)).expect("a link");
    link(&archive.dir.path().join("secret/x.txt"), "l.txt");
    link(&archive.dir.path().join("secret"), "sub");
    link(&archive.corpus().join(".store/b.txt"), "own.txt");
    archive
}

#[test]
fn a_link_out_of_the_roots_is_skipped_and_told() {
    let archive = archive();
    let output = archive.run(&["index", "corpus", "--report", "report.csv"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    let reported = text(&output);
    assert!(
        reported.contains("l.txt: the link leads out of the roots, to ")
            && reported.contains("--follow-links=all"),
        "{reported}"
    );
    assert!(reported.contains("2 linked_outside"), "{reported}");
    let report = std::fs::read_to_string(archive.dir.path().join("report.csv")).expect("a report");
    assert_eq!(report.matches(",skipped,linked_outside,").count(), 4, "{report}");
    assert_eq!(archive.ids(&["pirogue"]), ["a.txt", "own.txt"]);
    // Where the other folder is indexed too, a link may lead there.
    archive.run(&["index", "corpus", "secret", "--index", "both"]);
    let output = archive.run(&["search", "--index", "both", "pirogue", "--format", "jsonl"]);
    assert_eq!(text(&output).lines().count(), 4, "{}", text(&output));
}

#[test]
fn what_is_wanted_of_links_is_remembered() {
    let archive = archive();
    archive.run(&["index", "corpus", "--follow-links=all"]);
    let all = ["a.txt", "l.txt", "own.txt", "sub/y.txt"];
    assert_eq!(archive.ids(&["pirogue"]), all);
    let output = archive.run(&["index", "corpus"]);
    assert!(!text(&output).contains("link"), "{}", text(&output));
    assert_eq!(archive.ids(&["pirogue"]), all);
    let output = archive.run(&["search", "--corpus", "corpus", "pirogue"]);
    assert!(text(&output).contains("sub/y.txt"), "{}", text(&output));
    archive.run(&["index", "corpus", "--follow-links=none"]);
    assert_eq!(archive.ids(&["pirogue"]), ["a.txt"]);
    let output = archive.run(&["index", "--index", "corpus/.griot"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(archive.ids(&["pirogue"]), ["a.txt"]);
    archive.run(&["index", "corpus", "--follow-links=inside"]);
    assert_eq!(archive.ids(&["pirogue"]), ["a.txt", "own.txt"]);
}

#[test]
fn a_root_that_was_indexed_before_keeps_its_links_with_a_note() {
    let archive = archive();
    archive.run(&["index", "corpus", "--follow-links=all"]);
    let generation = archive.corpus().join(".griot/gen-1");
    let meta = std::fs::read_to_string(generation.join("meta.json")).expect("read");
    let former = meta.replace(",\\\"follow_links\\\":\\\"all\\\"", "");
    assert_ne!(former, meta);
    std::fs::write(generation.join("meta.json"), former).expect("written");
    std::fs::remove_file(generation.join("meta.copy")).expect("removed");
    for _ in 0..2 {
        let output = archive.run(&["index", "corpus"]);
        let reported = text(&output);
        assert_eq!(output.status.code(), Some(0), "{reported}");
        assert_eq!(
            reported.matches("links lead out of the roots").count(),
            1,
            "{reported}"
        );
        assert!(reported.contains("--follow-links=inside"), "{reported}");
        assert_eq!(archive.ids(&["pirogue"]).len(), 4);
    }
    let output = archive.run(&["index", "corpus", "--follow-links=inside"]);
    assert!(
        !text(&output).contains("--follow-links=inside"),
        "{}",
        text(&output)
    );
    assert_eq!(archive.ids(&["pirogue"]), ["a.txt", "own.txt"]);
}

#[test]
fn a_pipe_is_skipped_and_told() {
    let archive = Archive::small();
    let pipe = archive.corpus().join("p.txt");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .expect("mkfifo runs");
    assert!(made.success());
    let output = archive.run(&["index", "corpus"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(text(&output).contains("p.txt: a pipe"), "{}", text(&output));
}

/// A run on what the system tells of removes what a whole run removes.
#[test]
fn the_last_file_beside_those_that_are_left_out_goes_in_every_run() {
    for whole in [false, true] {
        let archive = Archive::new(&[
            ("a.txt", "Titre\n\nUne pirogue."),
            ("brouillon.txt", "Titre\n\nUn brouillon."),
            ("griot.toml", "exclude = \"brouillon.txt\"\n"),
        ]);
        archive.index();
        let path = archive.corpus().canonicalize().expect("a folder").join("a.txt");
        std::fs::remove_file(&path).expect("removed");
        let options = SyncOptions {
            parts: if whole { Vec::new() } else { vec![path] },
            ..SyncOptions::default()
        };
        let place = IndexDir::at(archive.corpus().join(".griot"));
        let report = sync(&place, &options, &mut |_| {}).expect("a run");
        assert_eq!(
            (report.files_removed, report.articles),
            (1, 0),
            "{:?}",
            report.notices
        );
    }
}
