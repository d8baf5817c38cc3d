//! Which files are read: roots, patterns of names, settings of folders, what a walk can't read.

use crate::common::{Archive, count, text};
use griot::index::{FileStatus, IndexDir, SyncOptions, sync};

#[test]
fn globs_are_kept_with_the_index() {
    let archive = Archive::small();
    archive.write("brouillons/x.txt", "Brouillon\n\nPas encore.");
    archive.write("sub/y.md", "# Titre\n\nUn drone.");
    let run = |args: &[&str]| -> u64 {
        let output = archive.run(&[&["index", "--format", "json"], args].concat());
        count(
            &serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output))),
            "articles",
        )
    };
    assert_eq!(
        run(&[
            "corpus",
            "--exclude",
            "brouillons",
            "--exclude",
            "*.jsonl",
            "--index",
            "ix"
        ]),
        3
    );
    assert_eq!(run(&["--index", "ix"]), 3, "a bare run repeats them");
    assert_eq!(run(&["--index", "ix", "--include", "*.md"]), 2);
    assert_eq!(
        run(&["--index", "ix", "--include", "", "--exclude", "brouillons"]),
        5
    );
    assert_eq!(run(&["--index", "ix", "--exclude", ""]), 6);
    let bad = archive.run(&["index", "--index", "ix", "--exclude", "[a"]);
    assert_eq!(bad.status.code(), Some(2), "{}", text(&bad));
}

#[test]
fn roots_that_overlap_give_each_file_once() {
    let whole = |paths: &[&str]| {
        let archive = Archive::new(&[
            ("un.txt", "Un\n\nAttaque à Gao."),
            ("2024/deux.txt", "Deux\n\nAttaque à Kidal."),
        ]);
        let mut args = vec!["index", "--index", "ix"];
        args.extend(paths);
        let output = archive.run(&args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        let checked = archive.run(&["check", "--deep", "--index", "ix"]);
        assert!(
            text(&checked).contains("2 articles of 2 files"),
            "{paths:?}: {}",
            text(&checked)
        );
        // And on an index that is there.
        archive.write("2024/trois.txt", "Trois\n\nAttaque à Ménaka.");
        archive.run(&args);
        let checked = archive.run(&["check", "--deep", "--index", "ix"]);
        assert!(
            text(&checked).contains("nothing wrong: 3 articles of 3 files"),
            "{paths:?}: {}",
            text(&checked)
        );
    };
    for paths in [
        ["corpus", "corpus/2024"],
        ["corpus/2024", "corpus"],
        ["corpus", "corpus"],
        ["corpus", "corpus/un.txt"],
    ] {
        whole(&paths);
    }
}

#[test]
fn the_only_root_can_be_forgotten() {
    let archive = Archive::small();
    archive.run(&["index", "corpus", "--index", "ix"]);
    let output = archive.run(&["index", "--forget", "corpus", "--index", "ix"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("ix: 0 articles"), "{}", text(&output));
    let output = archive.run(&["index", "--index", "ix"]);
    assert_eq!(output.status.code(), Some(4), "{}", text(&output));
}

#[test]
fn what_settings_leave_out_is_gone_though_nothing_else_is_there() {
    let archive = Archive::new(&[("a.txt", "A\n\nGao.")]);
    archive.index();
    archive.write("griot.toml", "exclude = [\"*.txt\"]\n");
    assert_eq!(archive.index()["articles"].as_u64(), Some(0));
}

#[test]
fn an_index_in_the_archive_is_none_of_it() {
    let archive = Archive::new(&[("a.txt", "A\n\nGao.")]);
    for _ in 0..2 {
        let output = archive.run(&["index", "corpus", "--index", "corpus/ix"]);
        assert!(
            text(&output).contains("corpus/ix: 1 article"),
            "{}",
            text(&output)
        );
    }
}

#[test]
#[cfg(unix)]
fn what_a_walk_cannot_read_is_counted_once() {
    let archive = Archive::new(&[
        ("a.txt", "A\n\nGao."),
        ("vide.txt", ""),
        ("sub/griot.toml", "exclude = ["),
        ("sub/b.txt", "B\n\nGao."),
    ]);
    std::os::unix::fs::symlink("nowhere", archive.corpus().join("l.txt")).expect("a link");
    let options = SyncOptions {
        paths: vec![archive.corpus()],
        audit: true,
        ..SyncOptions::default()
    };
    let report = sync(
        &IndexDir::at(archive.dir.path().join("ix")),
        &options,
        &mut |_| {},
    )
    .expect("indexed");
    assert_eq!(
        (report.files_seen, report.files_ignored, report.skipped.len()),
        (5, 0, 3),
        "{report:?}"
    );
    let files = report.files.as_deref().expect("asked for");
    assert_eq!(files.len(), 5);
    assert_eq!(files.iter().map(|file| file.skipped).sum::<u64>(), 3, "{files:?}");
    assert_eq!(
        report.files_by_status().get(&FileStatus::Skipped),
        Some(&3),
        "{files:?}"
    );
}
