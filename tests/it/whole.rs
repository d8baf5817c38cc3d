//! `griot check` and `griot snapshot`: damage is found, copies are indexes.

use crate::common::{Archive, text};
use serde_json::Value;
use std::path::PathBuf;

/// The files of the generation in use, lexicons included.
fn index_files(archive: &Archive) -> Vec<PathBuf> {
    let place = archive.corpus().join(".griot");
    let generation = place.join(
        std::fs::read_to_string(place.join("CURRENT"))
            .expect("CURRENT")
            .trim(),
    );
    let mut files = Vec::new();
    for folder in [generation.clone(), generation.join("index_schema")] {
        files.extend(
            std::fs::read_dir(folder)
                .expect("listed")
                .flatten()
                .map(|e| e.path())
                .filter(|p| p.is_file()),
        );
    }
    files.sort();
    files
}

#[test]
fn every_flipped_bit_and_truncation_is_found() {
    let archive = Archive::small();
    archive.index();
    archive.write("a.txt", "Drones à Gao\n\nDes drones ont frappé Gao.");
    archive.index();
    let good = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good));
    assert!(
        text(&good).contains("nothing wrong: 4 articles of 3 files"),
        "{}",
        text(&good)
    );
    for path in index_files(&archive) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let whole = std::fs::read(&path).expect("read");
        // Locks.
        if whole.is_empty() {
            continue;
        }
        let flip = |at: usize| {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            flipped
        };
        // What stands at the end of tantivy's files is not part of their checksum.
        let (middle, end) = (flip(whole.len() / 2), flip(whole.len().saturating_sub(40)));
        for (how, bytes) in [
            ("flipped", &middle[..]),
            ("flipped at its end", &end[..]),
            ("cut", &whole[..whole.len() / 2]),
        ] {
            // Not in place: the file may be a link of others, and is mapped by readers.
            std::fs::remove_file(&path).expect("removed");
            std::fs::write(&path, bytes).expect("damaged");
            let output = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
            assert_eq!(output.status.code(), Some(1), "{name} {how}: {}", text(&output));
            let cure = match name.as_str() {
                "meta.json" => "run `griot index`, which restores its copy",
                "meta.copy" | ".managed.json" => "run `griot index`, which writes it again",
                _ => "griot index --rebuild",
            };
            assert!(text(&output).contains(cure), "{name} {how}: {}", text(&output));
            // Searching may fail, with a message and an exit code.
            let output = archive.run(&["search", "drones", "--index", "corpus/.griot"]);
            assert!(
                matches!(output.status.code(), Some(0 | 1 | 4)),
                "{name} {how}: {}",
                text(&output)
            );
            assert!(
                !text(&output).contains("panicked at"),
                "{name} {how}: {}",
                text(&output)
            );
        }
        std::fs::write(&path, &whole).expect("mended");
    }
}

#[test]
fn a_rebuild_mends() {
    let archive = Archive::small();
    archive.index();
    let store = index_files(&archive)
        .into_iter()
        .find(|p| p.extension().is_some_and(|e| e == "store"))
        .expect("a store");
    std::fs::write(&store, b"nothing").expect("damaged");
    assert_eq!(
        archive.run(&["check", "--index", "corpus/.griot"]).status.code(),
        Some(1)
    );
    let output = archive.run(&["index", "corpus", "--rebuild"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(
        archive
            .run(&["check", "--deep", "--index", "corpus/.griot"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
}

#[test]
fn a_snapshot_is_an_index() {
    let archive = Archive::small();
    archive.index();
    let output = archive.run(&["snapshot", "copy", "--index", "corpus/.griot", "--format", "json"]);
    let copied: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)));
    assert_eq!(copied["files"], copied["linked"], "{copied}");
    let before = archive.exported("copy");
    archive.write("d.txt", "Nouveau\n\nUn article de plus.");
    archive.index();
    assert_eq!(archive.exported("copy"), before, "it stays as it was");
    assert_eq!(
        archive.run(&["check", "--deep", "--index", "copy"]).status.code(),
        Some(0)
    );
    // It can be kept in step by itself.
    assert_eq!(
        archive
            .run(&["index", "--index", "copy", "--quiet"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(archive.exported("copy"), archive.exported("corpus/.griot"));
    let output = archive.run(&["snapshot", "copy", "--index", "corpus/.griot"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}

#[test]
fn what_says_of_what_the_index_consists_is_mended() {
    let archive = Archive::small();
    archive.age();
    archive.index();
    let place = archive.corpus().join(".griot");
    let fresh = archive.fresh();
    let meta = std::fs::read_to_string(place.join("gen-1/meta.json")).expect("read");
    let other = meta.replacen("65536", "65537", 1);
    assert!(meta != other);
    let damages: [(&str, Option<&str>); 10] = [
        ("gen-1/meta.json", Some("")),
        ("gen-1/meta.json", Some(&meta[..meta.len() / 2])),
        ("gen-1/meta.json", Some(&meta.replacen("segments", "segmentt", 1))),
        (
            "gen-1/meta.json",
            Some(&meta.replacen("\\\"format\\\"", "\\\"formas\\\"", 1)),
        ),
        ("gen-1/meta.json", Some(&other)),
        ("gen-1/meta.json", None),
        ("gen-1/.managed.json", Some("")),
        ("gen-1/.managed.json", Some("[\"meta.json\"]")),
        ("CURRENT", Some("")),
        ("CURRENT", Some("gen-7\n")),
    ];
    for (name, damage) in damages {
        let path = place.join(name);
        std::fs::remove_file(&path).expect("removed");
        if let Some(text) = damage {
            std::fs::write(&path, text).expect("damaged");
        }
        // A list of files that can't be read is written anew by whoever opens the index, which here is the
        // check.
        let is_reported = damage.is_none_or(|text| !text.is_empty()) || name != "gen-1/.managed.json";
        let checked = archive.run(&["check", "--index", "corpus/.griot"]);
        assert_eq!(
            checked.status.code(),
            Some(1),
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&checked)
        );
        let searched = archive.run(&["search", "drones", "--index", "corpus/.griot"]);
        assert!(
            matches!(searched.status.code(), Some(0 | 4)),
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&searched)
        );
        assert!(
            !text(&searched).contains("panicked"),
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&searched)
        );
        let mended = archive.run(&["index", "corpus"]);
        assert_eq!(
            mended.status.code(),
            Some(0),
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&mended)
        );
        assert_eq!(
            text(&mended).contains("was damaged"),
            is_reported,
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&mended)
        );
        let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
        assert_eq!(
            checked.status.code(),
            Some(0),
            "{name} {:?}: {}",
            damage.map(str::len),
            text(&checked)
        );
        assert_eq!(
            archive.exported("corpus/.griot"),
            fresh,
            "{name} {:?}",
            damage.map(str::len)
        );
    }
    // Without a copy only the folders themselves can tell.
    std::fs::remove_file(place.join("gen-1/meta.copy")).expect("removed");
    std::fs::write(place.join("gen-1/meta.json"), "{").expect("damaged");
    let output = archive.run(&["index", "corpus"]);
    assert_eq!(output.status.code(), Some(4), "{}", text(&output));
    assert!(text(&output).contains("--rebuild PATH"), "{}", text(&output));
    assert_eq!(
        archive.run(&["index", "corpus", "--rebuild"]).status.code(),
        Some(0)
    );
    assert_eq!(archive.exported("corpus/.griot"), fresh);
}

/// Permissions of a folder and all in it.
#[cfg(unix)]
fn permit(path: &std::path::Path, folders: u32, files: u32) {
    use std::os::unix::fs::PermissionsExt;
    if path.is_dir() {
        std::fs::read_dir(path)
            .expect("listed")
            .flatten()
            .for_each(|entry| permit(&entry.path(), folders, files));
    }
    let mode = if path.is_dir() { folders } else { files };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
}

#[test]
#[cfg(unix)]
fn an_index_that_may_not_be_written_to_is_searched() {
    use std::os::unix::process::CommandExt;
    let archive = Archive::small();
    archive.index();
    // Under another user's name where that is possible: the superuser may write everywhere.
    let is_superuser =
        std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(archive.dir.path()).expect("a folder")) == 0;
    let griot = archive.dir.path().join("griot");
    std::fs::copy(env!("CARGO_BIN_EXE_griot"), &griot).expect("copied");
    permit(archive.dir.path(), 0o555, 0o444);
    permit(&griot, 0, 0o555);
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(&griot);
        command
            .current_dir(archive.dir.path())
            .env("LC_ALL", "C")
            .env_remove("GRIOT_LANG")
            .env_remove("GRIOT_INDEX")
            .args(args);
        if is_superuser {
            command.uid(65534).gid(65534);
        }
        // Another test's process may hold the copy open for writing until it has begun to run.
        loop {
            match command.output() {
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::yield_now()
                }
                output => return output.expect("griot runs"),
            }
        }
    };
    let before = std::fs::read_dir(archive.corpus().join(".griot/gen-1"))
        .expect("listed")
        .count();
    for args in [
        ["search", "drones"].as_slice(),
        &["facets", "drones"],
        &["show", "a.txt"],
        &["stats"],
        &["export", "drones"],
        &["check", "--deep"],
        &["timeline", "drones"],
    ] {
        let output = run(&[args, &["--index", "corpus/.griot"]].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output));
    }
    assert!(text(&run(&["search", "drones", "--index", "corpus/.griot"])).contains("a.txt"));
    let output = run(&["index", "corpus", "--index", "corpus/.griot"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(
        text(&output).contains("ermission denied") && text(&output).contains("LOCK"),
        "{}",
        text(&output)
    );
    assert_eq!(
        std::fs::read_dir(archive.corpus().join(".griot/gen-1"))
            .expect("listed")
            .count(),
        before,
        "nothing was written"
    );
    permit(archive.dir.path(), 0o755, 0o644);
}

#[test]
fn a_search_on_damaged_data_ends_with_a_message() {
    let archive = Archive::small();
    archive.index();
    let mut panics = 0;
    for path in index_files(&archive).into_iter().filter(|p| {
        p.extension()
            .is_some_and(|e| e == "term" || e == "fast" || e == "store")
    }) {
        let whole = std::fs::read(&path).expect("read");
        for nth in 0..8 {
            let mut flipped = whole.clone();
            flipped[whole.len() * nth / 8 + 3] ^= 0x55;
            std::fs::remove_file(&path).expect("removed");
            std::fs::write(&path, flipped).expect("damaged");
            let output = archive.run(&[
                "search",
                "drones",
                "--explain",
                "--facets",
                "--index",
                "corpus/.griot",
            ]);
            assert!(
                matches!(output.status.code(), Some(0 | 1 | 4)),
                "{}, {nth}: {}",
                path.display(),
                text(&output)
            );
            if output.status.code() != Some(0) {
                let reported = text(&output);
                assert!(
                    reported.contains("griot: ") || reported.contains("memory allocation"),
                    "{}, {nth}: {reported}",
                    path.display()
                );
                panics += usize::from(reported.contains("griot check --deep"));
            }
        }
        std::fs::remove_file(&path).expect("removed");
        std::fs::write(&path, &whole).expect("mended");
    }
    assert!(
        panics > 0,
        "no decoder has panicked: another damage is needed to test that"
    );
}

#[test]
fn metadata_of_any_depth_is_kept_and_read_back() {
    let nested = |levels: usize| format!("{}\"puits\"{}", "[".repeat(levels), "]".repeat(levels));
    let archive = Archive::new(&[]);
    let mut records = String::new();
    for levels in [1, 63, 64, 65, 100, 124, 125, 126, 127, 128] {
        let value = nested(levels);
        records += &format!("{{\"id\":\"j{levels}\",\"text\":\"Un drone à Gao.\",\"x\":{value}}}\n");
        let front = format!("---\nx: {value}\n---\nUn drone à Gao, dit-on {levels} fois.");
        archive.write(&format!("{levels}.md"), &front);
    }
    archive.write("a.jsonl", &records);
    let report = archive.index().to_string();
    assert!(report.contains("too_deep"), "{report}");
    let total = |archive: &Archive| archive.search(&["drone"])["total"].as_u64().expect("a number");
    let found = total(&archive);
    // JSON is read to 127 levels, one of them the record's own.
    assert_eq!(found, 8 + 10);
    let rows = [
        "export",
        "--index",
        "corpus/.griot",
        "--rows",
        "records",
        "--format",
        "jsonl",
    ];
    let rows = archive.run(&rows);
    assert_eq!(rows.status.code(), Some(0), "{}", text(&rows));
    let exported = String::from_utf8(rows.stdout).expect("UTF-8");
    assert_eq!(exported.lines().count() as u64, found);
    for line in exported.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON that griot reads again");
        assert!(record.to_string().contains("puits"), "{line}");
    }
    // Built anew from the stored text, with other lexicons.
    std::fs::create_dir(archive.dir.path().join("schema")).expect("a folder");
    std::fs::write(archive.dir.path().join("schema/compounds.txt"), "week-end\n").expect("written");
    let renewed = archive.run(&["index", "--index", "corpus/.griot", "--schema", "schema"]);
    assert_eq!(renewed.status.code(), Some(0), "{}", text(&renewed));
    let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
    assert_eq!(total(&archive), found);
}
