//! Keeping in step: records, moves, dry runs, many small updates.

use crate::common::{Archive, count, long, text};
use serde_json::Value;

fn line(id: &str, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

#[test]
fn records_of_a_container_are_compared_one_by_one() {
    let records: Vec<String> = (0..50)
        .map(|n| line(&format!("r{n}"), &format!("Article numéro {n} de Gao.")))
        .collect();
    let archive = Archive::new(&[("c.jsonl", &records.concat())]);
    archive.index();
    // One new at the head, one changed, one removed; all others have moved within the file.
    let mut edited = records.clone();
    edited[7] = line("r7", "Tout autre chose à Mopti.");
    edited.remove(20);
    edited.insert(0, line("neuf", "Un article de plus."));
    archive.write("c.jsonl", &edited.concat());
    let report = archive.index();
    let counts = [
        "articles",
        "articles_new",
        "articles_changed",
        "articles_unchanged",
        "articles_removed",
    ]
    .map(|key| count(&report, key));
    assert_eq!(counts, [50, 1, 1, 48, 1], "{report}");
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
    assert_eq!(archive.ids(&["Mopti"]), ["r7"]);
    assert!(archive.ids(&["\"numéro 20\""]).is_empty());
}

#[test]
fn records_that_share_an_id_or_have_none_end_as_in_a_fresh_index() {
    let archive = Archive::new(&[(
        "c.jsonl",
        &[
            line("x", "Un."),
            line("x", "Deux."),
            "{\"text\":\"Trois.\"}\n".into(),
        ]
        .concat(),
    )]);
    archive.index();
    for edited in [
        [
            line("x", "Deux."),
            line("x", "Un."),
            "{\"text\":\"Trois.\"}\n".into(),
        ]
        .concat(),
        [
            line("y", "Quatre."),
            line("x", "Deux."),
            "{\"text\":\"Trois.\"}\n".into(),
            line("x", "Un."),
        ]
        .concat(),
        [
            "{\"text\":\"Trois.\"}\n".into(),
            line("x", "Un."),
            "{\"text\":\"Trois.\"}\n".into(),
        ]
        .concat(),
        String::new(),
        line("x", "Un."),
    ] {
        archive.write("c.jsonl", &edited);
        archive.run(&["index", "corpus", "--quiet"]);
        assert_eq!(
            archive.exported("corpus/.griot"),
            archive.fresh(),
            "after {edited}"
        );
    }
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let archive = Archive::small();
    let output = archive.run(&["index", "corpus", "--dry-run"]);
    assert!(
        text(&output).contains("3 new (0 of them moved)"),
        "{}",
        text(&output)
    );
    assert!(!archive.corpus().join(".griot").exists());
    archive.index();
    std::fs::rename(archive.corpus().join("a.txt"), archive.corpus().join("moved.txt")).expect("moved");
    archive.write("b.md", "# Autre\n\nTexte.");
    std::fs::remove_file(archive.corpus().join("c.jsonl")).expect("removed");
    let before = archive.exported("corpus/.griot");
    let output = archive.run(&["index", "corpus", "--dry-run"]);
    let said = text(&output);
    assert!(said.contains("moved    ") && said.contains("(from "), "{said}");
    assert!(
        said.contains("would be indexed: 1 new (1 of them moved), 1 changed, 2 removed; 0 unchanged"),
        "{said}"
    );
    assert_eq!(archive.exported("corpus/.griot"), before);
    let report = archive.index();
    assert_eq!(
        ["files_new", "files_moved", "files_changed", "files_removed"].map(|key| count(&report, key)),
        [1, 1, 1, 2],
        "{report}"
    );
}

#[test]
fn an_edit_that_size_and_time_hide_is_found() {
    let archive = Archive::small();
    let path = archive.corpus().join("a.txt");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let write = |path: &std::path::Path, day: u8| {
        let text = format!("Drones à Gao\n\nDes drones ont frappé Gao le {day} mars 2024.");
        std::fs::write(path, text).expect("a file");
        std::fs::File::options()
            .write(true)
            .open(path)
            .and_then(|f| f.set_modified(old))
            .expect("a time");
    };
    // Until the times that the system sets are old enough to be trusted.
    let settle = || std::thread::sleep(std::time::Duration::from_millis(2100));
    write(&path, 3);
    settle();
    archive.index();
    assert_eq!(count(&archive.index(), "files_unchanged"), 3);
    write(&path, 4);
    // Elsewhere only the size and the time are known.
    if cfg!(unix) {
        assert_eq!(count(&archive.index(), "files_changed"), 1);
    }
    let output = archive.run(&["index", "corpus", "--checksum", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(archive.ids(&["\"4 mars\""]), ["a.txt"]);
    if cfg!(unix) {
        // Another file in its place, made before the last run.
        let other = archive.dir.path().join("other.txt");
        write(&other, 5);
        settle();
        archive.index();
        std::fs::rename(&other, &path).expect("renamed");
        assert_eq!(count(&archive.index(), "files_changed"), 1);
        assert_eq!(archive.ids(&["\"5 mars\""]), ["a.txt"]);
    }
}

#[test]
fn a_second_writer_waits_or_says_for_whom() {
    let archive = Archive::small();
    archive.index();
    let lock = std::fs::File::options()
        .read(true)
        .write(true)
        .open(archive.corpus().join(".griot/LOCK"))
        .expect("the lock");
    lock.lock().expect("locked");
    let output = archive.run(&["index", "corpus"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    assert!(
        text(&output).contains("process ") && text(&output).contains("since "),
        "{}",
        text(&output)
    );
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
fn small_updates_leave_few_files() {
    let archive = Archive::small();
    archive.index();
    // Without merging, twenty would leave over a hundred files.
    let updates = if long() { 60 } else { 20 };
    for n in 0..updates {
        archive.write(
            "a.txt",
            &format!("Drones à Gao\n\nDes drones ont frappé Gao, pour la {n}e fois."),
        );
        assert_eq!(
            archive.run(&["index", "corpus", "--quiet"]).status.code(),
            Some(0)
        );
    }
    let files = archive.files_of_index();
    assert!(files < 60, "{files} files");
    assert_eq!(archive.ids(&["fois"]), ["a.txt"]);
}

/// What a run said of each file with `--report`: path from the corpus, status, articles.
fn audited(archive: &Archive, args: &[&str]) -> Vec<String> {
    let file = archive.dir.path().join("report.jsonl");
    let output = archive.run(
        &[
            &["index", "corpus", "--report", file.to_str().expect("a path")],
            args,
        ]
        .concat(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let row = |line: &str| -> String {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let path = std::path::Path::new(row["path"].as_str().expect("a path"));
        let name = path
            .strip_prefix(archive.corpus().canonicalize().expect("a path"))
            .expect("in the corpus")
            .display()
            .to_string();
        format!(
            "{name} {} {}",
            row["status"].as_str().expect("a status"),
            row["articles"]
        )
    };
    let rows = std::fs::read_to_string(file).expect("a report");
    rows.lines()
        .map(row)
        .filter(|row| !row.starts_with(".griot"))
        .collect()
}

#[test]
fn every_file_is_accounted_for_whatever_little_of_it_was_done() {
    let archive = Archive::small();
    archive.write("sub/x.jpg", "no article");
    assert_eq!(
        audited(&archive, &[]),
        [
            "a.txt new 1",
            "b.md new 1",
            "c.jsonl new 2",
            "sub/x.jpg ignored 0"
        ]
    );
    // One record more: the file has three articles, of which two were left alone.
    archive.write("c.jsonl", "{\"id\":\"c0\",\"text\":\"Du neuf.\"}\n{\"id\":\"c1\",\"text\":\"Rien de neuf à Mopti.\",\"date\":\"2023\"}\n{\"id\":\"c2\",\"text\":\"Autre chose.\"}\n");
    std::fs::remove_file(archive.corpus().join("b.md")).expect("removed");
    let expected = [
        "a.txt unchanged 1",
        "b.md removed 0",
        "c.jsonl changed 3",
        "sub/x.jpg ignored 0",
    ];
    assert_eq!(audited(&archive, &["--exclude", "nothing"]), expected);
    assert_eq!(
        audited(&archive, &["--exclude", "*.txt"]),
        ["a.txt ignored 0", "c.jsonl unchanged 3", "sub/x.jpg ignored 0"]
    );
}

#[test]
fn settings_of_folders_change_the_articles_that_they_concern() {
    let archive = Archive::small();
    archive.write("sub/d.jsonl", "{\"id\":\"d1\",\"text\":\"Un drone.\",\"source\":\"AFP\"}\n{\"id\":\"d2\",\"text\":\"Deux drones.\"}\n");
    archive.index();
    archive.write("sub/griot.toml", "source = \"RFI\"\n");
    let report = archive.index();
    let counts = [
        "files_changed",
        "files_unchanged",
        "articles_changed",
        "articles_unchanged",
    ]
    .map(|key| count(&report, key));
    // The article that has a source of its own is as it was.
    assert_eq!(counts, [1, 3, 1, 5], "{report}");
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
    assert_eq!(count(&archive.index(), "files_changed"), 0);
    std::fs::remove_file(archive.corpus().join("sub/griot.toml")).expect("removed");
    assert_eq!(count(&archive.index(), "articles_changed"), 1);
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
}

#[test]
fn members_and_messages_end_as_in_a_fresh_index() {
    let message = |n: usize, text: &str| {
        format!(
            "From a@b.ml Mon Mar  4 10:00:0{n} 2024\nFrom: a@b.ml\nSubject: Message {n}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n\
             --x\nContent-Type: text/plain\n\n{text}\n\n--x\nContent-Type: text/csv; name=t.csv\nContent-Disposition: attachment; filename=t.csv\n\n\
             id,text\ny{n},Ligne de {text}\n,Sans nom {n}\n--x--\n\n"
        )
    };
    let archive = Archive::new(&[(
        "boite.mbox",
        &[message(1, "Un drone à Gao."), message(2, "Une réunion à Mopti.")].concat(),
    )]);
    archive.index();
    assert_eq!(count(&archive.index(), "articles"), 6);
    for edited in [
        vec![
            message(1, "Un drone à Gao."),
            message(2, "Une réunion à Mopti."),
            message(3, "Rien à Kidal."),
        ],
        vec![message(1, "Un drone à Gao."), message(3, "Rien à Kidal.")],
        vec![
            message(2, "Une réunion à Mopti."),
            message(1, "Un drone à Ménaka."),
        ],
    ] {
        archive.write("boite.mbox", &edited.concat());
        let report = archive.index();
        assert_eq!(count(&report, "articles"), 3 * edited.len() as u64, "{report}");
        assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
        let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
    }
}

#[test]
fn a_value_that_no_lexicon_knows_is_reported_once() {
    let line = |n: usize, region: &str| {
        format!("{{\"title\":\"Avis {n}\",\"text\":\"Le puits est sec.\",\"region\":\"{region}\"}}\n")
    };
    let lines: String = [
        (1, "Xanzi"),
        (2, "Xouzou"),
        (3, "Xanzi"),
        (4, "Gao"),
        (5, "Xanzi"),
    ]
    .map(|(n, region)| line(n, region))
    .concat();
    let archive = Archive::new(&[("b.jsonl", &lines), ("a.jsonl", &line(6, "Xanzi"))]);
    let report = archive.index();
    let reported: Vec<(&str, &str)> = report["warnings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|warning| Some((warning["path"].as_str()?, warning["detail"].as_str()?)))
        .collect();
    let detail = |value: &str, articles: &str| {
        format!("region: no lexicon knows “{value}”; kept as a value of its own{articles}")
    };
    let (xanzi, xouzou) = (detail("Xanzi", ", in 4 articles"), detail("Xouzou", ""));
    assert_eq!(
        reported,
        [("a.jsonl", xanzi.as_str()), ("b.jsonl", xouzou.as_str())]
    );
}
