//! What the system refuses, and what others have left where griot works: nothing ends for it, and nothing of
//! somebody else's is touched.

use crate::common::{Archive, command, text};
use std::fs;
use std::path::Path;

/// The size that threads ask for by default is more than there is: none can be started.
const NO_THREADS: (&str, &str) = ("RUST_MIN_STACK", "200000000000000");

#[cfg(target_os = "linux")]
#[test]
fn without_threads_an_index_is_read_and_nothing_panics() {
    let archive = Archive::small();
    archive.index();
    let run = |args: &[&str]| {
        let mut command = command(archive.dir.path());
        command.env(NO_THREADS.0, NO_THREADS.1).env("RUST_BACKTRACE", "1");
        command.args(args).output().expect("griot runs")
    };
    for args in [
        &["search", "--index", "corpus/.griot", "drones"][..],
        &["stats", "--index", "corpus/.griot"],
        &["check", "--deep", "--index", "corpus/.griot"],
    ] {
        let output = run(args);
        assert!(!text(&output).contains("panicked"), "{args:?}: {}", text(&output));
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output));
    }
    archive.write("n.txt", "Nouveau\n\nUn hélicoptère.");
    for args in [&["index", "corpus"][..], &["index", "corpus", "--watch"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!told.contains("panicked") && told.lines().count() == 1, "{told}");
        assert!(told.contains("; quit other programs"), "{told}");
    }
    assert_eq!(archive.ids(&["drones"]), ["a.txt"], "what was there is there");
    archive.index();
    assert_eq!(archive.ids(&["hélicoptère"]), ["n.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_has_to_read_what_is_told() {
    let archive = Archive::small();
    archive.write("griot.toml", "soucre = 1\n");
    let full = || {
        fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full")
    };
    let mut command = command(archive.dir.path());
    let status = command
        .args(["index", "corpus"])
        .stderr(full())
        .status()
        .expect("griot runs");
    assert_eq!(status.code(), Some(3), "the settings are bad, nothing else");
    let watching = crate::common::command(archive.dir.path())
        .args(["index", "corpus", "--watch", "--format", "json"])
        .stderr(full())
        .stdout(full())
        .spawn();
    let mut watching = watching.expect("griot runs");
    for name in ["un", "deux"] {
        archive.write(&format!("{name}.txt"), &format!("Titre\n\nUne pirogue {name}."));
        let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while archive.ids(&[&format!("pirogue {name}")]).is_empty() {
            assert_eq!(watching.try_wait().expect("looked at"), None, "it goes on");
            assert!(std::time::Instant::now() < end, "{name}");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
    watching.kill().expect("ended");
    watching.wait().expect("ended");
}

/// A name that is no UTF-8 is one like any other.
#[cfg(target_os = "linux")]
#[test]
fn a_root_may_have_any_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new(&[]);
    let root = archive.dir.path().join(OsStr::from_bytes(b"d\xe9p\xeaches"));
    fs::create_dir(&root).expect("a folder");
    fs::write(root.join(OsStr::from_bytes(b"\xe9.txt")), "Titre\n\nUne pirogue.").expect("written");
    fs::write(root.join("b.txt"), "Titre\n\nUne autre pirogue.").expect("written");
    let run = |args: &[&OsStr]| {
        let output = command(archive.dir.path())
            .args(args)
            .output()
            .expect("griot runs");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        text(&output)
    };
    let [index, flag, ix]: [&OsStr; 3] = ["index", "--index", "ix"].map(OsStr::new);
    run(&[index, root.as_os_str(), flag, ix]);
    fs::write(root.join("c.txt"), "Titre\n\nUne pirogue encore.").expect("written");
    let told = run(&[index, flag, ix]);
    assert!(told.contains("articles: 1 new, 0 changed, 2 unchanged"), "{told}");
    let found = run(&["search", "pirogue", "--index", "ix", "--format", "jsonl"].map(OsStr::new));
    assert_eq!(found.lines().count(), 3, "{found}");
    let cited = run(&["cite", "\\xe9.txt", "--index", "ix", "--format", "json"].map(OsStr::new));
    assert!(cited.contains("sha256") || cited.contains("blake3"), "{cited}");
    run(&[index, OsStr::new("--forget"), root.as_os_str(), flag, ix]);
}

#[test]
fn what_killed_runs_left_is_removed_and_nothing_else() {
    let archive = Archive::small();
    archive.index();
    let ix = archive.corpus().join(".griot");
    let write = |name: &str, content: &str| {
        let path = ix.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("written");
    };
    let left = [".griot-aB3dE6.tmp", "gen-1/.griot-aB3dE6.tmp", "gen-1/.tmpaB3dE6"];
    left.iter().for_each(|name| write(name, "{"));
    write("gen-5/index_schema/schema.toml", "");
    write("gen-5/0123456789abcdef0123456789abcdef.idx", "");
    let foreign = [
        "gen-6",
        "gen-7/photos.txt",
        "gen-8/index_schema/schema.toml",
        "gen-8/notes.txt",
        ".tmpaB3dE6",
        ".griot-notes.txt",
        "notes.tmp",
    ];
    foreign.iter().for_each(|name| write(name, "à moi"));
    archive.write("n.txt", "Nouveau\n\nUn hélicoptère.");
    archive.index();
    assert_eq!(archive.ids(&["hélicoptère"]), ["n.txt"]);
    let output = archive.run(&["index", "corpus", "--rebuild"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(
        fs::read_to_string(ix.join("CURRENT")).expect("read").trim(),
        "gen-9"
    );
    for name in left.iter().chain(&["gen-5", "gen-1"]) {
        assert!(!ix.join(name).exists(), "{name}");
    }
    for name in foreign {
        assert_eq!(
            fs::read_to_string(ix.join(name)).expect("there still"),
            "à moi",
            "{name}"
        );
    }
}

#[test]
fn a_lock_of_somebody_else_is_not_written_over() {
    let archive = Archive::small();
    let place = archive.dir.path().join("busy");
    fs::create_dir(&place).expect("a folder");
    let lock = place.join("LOCK");
    let refused = |content: &str| {
        fs::write(&lock, content).expect("written");
        let output = archive.run(&["index", "corpus", "--index", "busy"]);
        assert_ne!(output.status.code(), Some(0), "{}", text(&output));
        assert_eq!(fs::read_to_string(&lock).expect("there still"), content);
        text(&output)
    };
    refused("rocksdb");
    // Nor beside an index.
    fs::remove_file(&lock).expect("removed");
    archive.run(&["index", "corpus", "--index", "busy"]);
    assert!(refused("rocksdb").contains("LOCK is not griot's; move it away"));
    for own in [
        "",
        "proc",
        "process 12 (griot index, since 2026-01-01 00:00:00 UTC)\n",
    ] {
        fs::write(&lock, own).expect("written");
        let output = archive.run(&["index", "corpus", "--index", "busy"]);
        assert_eq!(output.status.code(), Some(0), "{own:?}: {}", text(&output));
    }
}

/// Every thread may come upon the damage: one error tells of it.
#[test]
fn what_breaks_in_many_threads_is_told_once() {
    let archive = Archive::small();
    archive.index();
    let generation = archive.corpus().join(".griot/gen-1");
    let is_store = |path: &Path| {
        path.extension()
            .is_some_and(|e| e == "store" || e == "fast" || e == "idx")
    };
    for entry in fs::read_dir(&generation)
        .expect("listed")
        .flatten()
        .filter(|e| is_store(&e.path()))
    {
        let mut bytes = fs::read(entry.path()).expect("read");
        let middle = bytes.len() / 4..bytes.len() / 2;
        bytes[middle].iter_mut().for_each(|byte| *byte = !*byte);
        fs::write(entry.path(), bytes).expect("written");
    }
    for args in [
        &["check", "--deep"][..],
        &["search", "drones"],
        &["facets"],
        &["export"],
    ] {
        let output = command(archive.dir.path())
            .env("RUST_BACKTRACE", "1")
            .args([args, &["--index", "corpus/.griot"]].concat())
            .output()
            .expect("griot runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.matches("panicked at").count() <= 1, "{args:?}: {told}");
        assert!(
            told.lines().filter(|line| line.starts_with("griot: ")).count() <= 1,
            "{args:?}: {told}"
        );
    }
}

/// Facets are derived from the beginning of such a text; every word of it is searched.
#[test]
fn the_end_of_a_text_of_more_than_half_a_million_words_is_found() {
    let long = format!(
        "Un long texte\n\n{}Le mot babouchka est le dernier.",
        "un mot de plus ".repeat(150_000)
    );
    let archive = Archive::new(&[("long.txt", &long)]);
    archive.run(&["index", "corpus", "--index", "ix", "--quiet"]);
    for query in ["babouchka", "=babouchka", "babouch*", "\"mot babouchka\""] {
        let output = archive.run(&["search", query, "--index", "ix", "--format", "jsonl"]);
        assert!(text(&output).contains("long.txt"), "{query}: {}", text(&output));
    }
}

#[test]
fn a_file_with_skipped_records_is_told_at_every_run() {
    let archive = Archive::small();
    archive.write(
        "x.jsonl",
        "{\"title\":\"Un\",\"text\":\"Deux civils à Gao.\"}\n{\"title\":\"Deux\",\n{\"title\":\"Trois\",\"text\":\"À Kidal.\"}\n",
    );
    for code in [3, 0] {
        let output = command(archive.dir.path())
            .args(["index", "corpus"])
            .output()
            .expect("griot runs");
        assert_eq!(output.status.code(), Some(code), "{}", text(&output));
        let told = text(&output);
        assert!(
            told.contains("read in part: 1 file (") && told.contains("x.jsonl); `griot stats --unread`"),
            "{told}"
        );
    }
}
