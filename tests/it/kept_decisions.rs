//! What people decided outlives damage to the files that hold it, and to the file that names the index in use.

use crate::common::{Archive, text};
use std::fs;
use std::path::{Path, PathBuf};

/// An archive with a correction and a saved search, as its first argument says, and a second one of each.
fn archive() -> Archive {
    let archive = Archive::new(&[
        ("a.txt", "Drones à Gao\n\nDes drones ont frappé la ville de Gao."),
        (
            "b.txt",
            "Drones à Mopti\n\nDes drones ont frappé la ville de Mopti.",
        ),
    ]);
    done(&archive, &["index", "corpus"]);
    for (file, value) in [("a.txt", "Mali/Kidal"), ("b.txt", "Mali/Ségou")] {
        let table = format!("id,facet,action,value\n{file},region,set,{value}\n");
        fs::write(archive.corpus().join("../c.csv"), table).expect("a table");
        done(&archive, &["correct", "c.csv", "--index", "corpus/.griot"]);
        done(
            &archive,
            &["saved", "add", file, "drones", "--index", "corpus/.griot"],
        );
    }
    archive
}

fn done(archive: &Archive, args: &[&str]) -> String {
    let output = archive.run(args);
    assert!(output.status.success(), "{args:?}: {}", text(&output));
    text(&output)
}

/// What people see of what they decided.
fn decided(archive: &Archive) -> String {
    let of = |args: &[&str]| String::from_utf8(archive.run(args).stdout).expect("text");
    let saved = of(&["saved", "list", "--index", "corpus/.griot"]);
    let table = of(&["correct", "--export", "--index", "corpus/.griot"]);
    let facets = of(&["facets", "--index", "corpus/.griot"]);
    format!("{saved}\n{table}\n{facets}")
}

fn index_file(archive: &Archive, name: &str) -> PathBuf {
    archive.corpus().join(".griot").join(name)
}

type Harm = fn(&Path);

const HARMS: [(&str, Harm); 4] = [
    ("deleted", |path| fs::remove_file(path).expect("deleted")),
    ("emptied", |path| fs::write(path, "").expect("emptied")),
    ("cut", |path| {
        let bytes = fs::read(path).expect("read");
        fs::write(path, &bytes[..bytes.len() - 9]).expect("cut");
    }),
    ("overwritten", |path| {
        fs::write(path, [0xff, b'"', 0, 1, b'\n', b',']).expect("overwritten")
    }),
];

#[test]
fn a_damaged_file_of_decisions_is_told_and_put_back() {
    let archive = archive();
    let before = decided(&archive);
    for name in ["corrections.csv", "saved.json"] {
        for (how, harm) in HARMS {
            harm(&index_file(&archive, name));
            assert_eq!(
                decided(&archive),
                before,
                "{name} {how}: read from its last version"
            );
            let check = archive.run(&["check", "--index", "corpus/.griot"]);
            assert_eq!(check.status.code(), Some(1), "{name} {how}: {}", text(&check));
            assert!(text(&check).contains(name), "{name} {how}: {}", text(&check));
            let reported = done(&archive, &["index", "corpus"]);
            assert!(reported.contains("was restored"), "{name} {how}: {reported}");
            done(&archive, &["check", "--deep", "--index", "corpus/.griot"]);
        }
    }
    done(&archive, &["index", "corpus", "--rebuild"]);
    assert_eq!(decided(&archive), before, "after a rebuild");
}

#[test]
fn a_table_of_decisions_that_is_edited_by_hand_is_taken_as_it_is() {
    let archive = archive();
    let path = index_file(&archive, "corrections.csv");
    let edited = fs::read_to_string(&path).expect("read").replace("Kidal", "Gao");
    fs::write(&path, &edited).expect("edited");
    let reported = done(&archive, &["index", "corpus"]);
    assert!(reported.contains("1 articles have other values"), "{reported}");
    done(&archive, &["check", "--deep", "--index", "corpus/.griot"]);
    fs::remove_file(&path).expect("deleted");
    done(&archive, &["index", "corpus"]);
    assert_eq!(fs::read_to_string(&path).expect("read"), edited);
}

/// An index made before versions were kept has none.
#[test]
fn decisions_that_were_never_kept_are_put_back_from_the_articles() {
    let archive = archive();
    let before = decided(&archive);
    fs::remove_dir_all(index_file(&archive, "versions")).expect("removed");
    // Searches are in no article.
    fs::remove_file(index_file(&archive, "corrections.csv")).expect("deleted");
    let check = archive.run(&["check", "--index", "corpus/.griot"]);
    assert!(text(&check).contains("corrections"), "{}", text(&check));
    let reported = done(&archive, &["index", "corpus"]);
    assert!(reported.contains("its 2 decisions"), "{reported}");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&decided(&archive)), sorted(&before));
}

#[test]
fn without_its_name_the_last_generation_is_put_in_use_again() {
    let archive = archive();
    archive.write("../other/c.txt", "Drones à Kidal\n\nDes drones ont frappé Kidal.");
    done(&archive, &["index", "other", "--index", "corpus/.griot"]);
    let before = decided(&archive);
    for (how, harm) in HARMS {
        let current = index_file(&archive, "CURRENT");
        // What is left of a cut name is none.
        if how == "cut" {
            fs::write(&current, "gen-").expect("cut");
        } else {
            harm(&current);
        }
        let search = archive.run(&["search", "drones", "--index", "corpus/.griot"]);
        assert_eq!(search.status.code(), Some(4), "{how}: {}", text(&search));
        assert!(
            text(&search).contains("run `griot index`"),
            "{how}: {}",
            text(&search)
        );
        let reported = done(&archive, &["index", "corpus"]);
        assert!(reported.contains("is current again"), "{how}: {reported}");
        assert_eq!(decided(&archive), before, "{how}");
        let stats = archive.run(&["stats", "--index", "corpus/.griot"]);
        assert!(text(&stats).contains("other"), "{how}: {}", text(&stats));
    }
}

#[test]
fn a_snapshot_is_told_to_be_whole_or_not() {
    let archive = archive();
    let before = decided(&archive);
    done(&archive, &["snapshot", "copy", "--index", "corpus/.griot"]);
    let of_copy = ["check", "--index", "corpus/.griot", "--against", "copy"];
    done(&archive, &of_copy);
    let copy = archive.corpus().join("../copy");
    let listed = fs::read_to_string(copy.join("snapshot.json")).expect("a list");
    for name in [
        "corrections.csv",
        "saved.json",
        "gen-1/index_schema/schema.toml",
        "gen-1/meta.json",
    ] {
        assert!(listed.contains(&format!("\"{name}\"")), "{name}: {listed}");
        let path = copy.join(name);
        let bytes = fs::read(&path).expect("read");
        fs::remove_file(&path).expect("removed");
        let check = archive.run(&of_copy);
        assert_eq!(check.status.code(), Some(1), "{name}: {}", text(&check));
        assert!(text(&check).contains(name), "{name}: {}", text(&check));
        fs::write(&path, bytes).expect("put back");
    }
    done(&archive, &of_copy);
    // From the copy as from the index; written to, it is an index and no copy any more.
    fs::rename(archive.corpus().join(".griot"), archive.corpus().join("../gone")).expect("moved");
    fs::rename(&copy, archive.corpus().join(".griot")).expect("restored");
    assert_eq!(decided(&archive), before);
    done(&archive, &["index", "corpus"]);
    assert!(!index_file(&archive, "snapshot.json").exists());
    done(&archive, &["check", "--deep", "--index", "corpus/.griot"]);
}

#[test]
fn what_is_damaged_is_not_copied() {
    let archive = archive();
    let generation = index_file(&archive, "gen-1");
    let store = fs::read_dir(&generation)
        .expect("listed")
        .map(|entry| entry.expect("listed").path())
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .expect("a store");
    let mut bytes = fs::read(&store).expect("read");
    bytes[20] ^= 1;
    fs::write(&store, bytes).expect("damaged");
    let output = archive.run(&["snapshot", "copy", "--index", "corpus/.griot"]);
    assert!(!output.status.success(), "{}", text(&output));
    assert!(text(&output).contains(".store"), "{}", text(&output));
    let left = fs::read_dir(archive.corpus().join("../copy")).map(Iterator::count);
    assert!(matches!(left, Ok(0) | Err(_)), "{left:?}");
}
