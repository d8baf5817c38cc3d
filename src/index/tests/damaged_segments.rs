//! A flipped bit in a segment is reported, and never written anew under a fresh checksum: neither by a merge nor
//! when text is carried into a new generation or corrected.

use super::failing_writes::Archive;
use crate::error::Error;
use crate::index::layout::IndexDir;
use crate::index::{check, correct, corrections};
use std::fs;
use std::path::PathBuf;

/// How many places of each file are struck.
const FLIPS: usize = 6;

/// The files of the only segment of an index.
fn files(archive: &Archive, index: &str) -> Vec<PathBuf> {
    let generation = IndexDir::at(archive.path(index)).current().expect("one");
    let listed = fs::read_dir(generation).expect("listed");
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.expect("listed").path()).collect();
    files.retain(|path| {
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        name.len() >= 32 && path.extension().is_some()
    });
    files.sort();
    files
}

/// Flips a bit in each of several places of every file in turn, and lets `attempt` work on a copy of the index
/// that has it.
fn each_flip(archive: &mut Archive, mut attempt: impl FnMut(&mut Archive, &str)) {
    let mut struck = 0;
    for number in 0..files(archive, "index").len() {
        for place in 0..FLIPS {
            archive.copy("index", "struck");
            let path = files(archive, "struck").swap_remove(number);
            let mut bytes = fs::read(&path).expect("read");
            // The footer is another matter: without it nothing is opened.
            let body = bytes.len().saturating_sub(120);
            let Some(at) = (place < body).then(|| place * body / FLIPS) else {
                continue;
            };
            bytes[at] ^= 0x10;
            fs::write(&path, bytes).expect("damaged");
            let what = format!("{} at {at}", path.extension().unwrap_or_default().display());
            attempt(archive, &what);
            struck += 1;
        }
    }
    assert!(struck > 20, "only {struck}");
}

fn is_reported(archive: &Archive, what: &str) {
    let checked = check(&IndexDir::at(archive.path("struck")), true).expect("checked");
    let found = checked.findings.iter().any(|finding| finding.kind == "file");
    assert!(found, "{what}: {:?}", checked.findings);
}

#[test]
fn is_not_carried_into_another_generation() {
    let mut archive = Archive::new();
    archive.sync("index", "one").expect("synced");
    each_flip(&mut archive, |archive, what| {
        let error = archive.sync("struck", "two").expect_err(what);
        assert!(matches!(error, Error::Damaged(_)), "{what}: {error}");
        is_reported(archive, what);
    });
}

#[test]
fn is_not_merged() {
    let mut archive = Archive::new();
    archive.sync("index", "one").expect("synced");
    // More than a quarter of the documents go: the segment would be merged.
    archive.edit();
    each_flip(&mut archive, |archive, what| {
        match archive.sync("struck", "one") {
            Ok(report) => {
                assert!(!report.damaged.is_empty(), "{what}: {report:?}");
                is_reported(archive, what);
            }
            // It has come upon the damage before.
            Err(error) => assert!(
                matches!(error, Error::Damaged(_) | Error::Index(_) | Error::Stopped),
                "{what}: {error}"
            ),
        }
    });
}

#[test]
fn is_not_corrected_away() {
    let mut archive = Archive::new();
    archive.sync("index", "one").expect("synced");
    let index_dir = IndexDir::at(archive.path("struck"));
    each_flip(&mut archive, |archive, what| {
        let table = b"id,facet,action,value\na.txt,month,set,2020/03\nc1,month,set,2020/04\n";
        let rows = corrections::parse(table);
        match correct(&index_dir, &archive.path("c.csv"), rows) {
            // Whatever it was applied to, the damage is still there to be seen, or the text was not touched by it.
            Ok(_) => is_reported(archive, what),
            Err(error) => assert!(
                matches!(error, Error::Damaged(_) | Error::Index(_) | Error::Stopped),
                "{what}: {error}"
            ),
        }
    });
}

#[test]
fn lexicons_of_ones_own_that_are_damaged_are_not_taken_for_new_ones() {
    let mut archive = Archive::new();
    archive.sync("index", "one").expect("synced");
    let schema = IndexDir::at(archive.path("index"))
        .current()
        .expect("one")
        .join("index_schema");
    for (name, harm) in [("stopwords.txt", Some("l\n")), ("schema.toml", None)] {
        archive.copy("index", "struck");
        let path = IndexDir::at(archive.path("struck"))
            .current()
            .expect("one")
            .join("index_schema")
            .join(name);
        match harm {
            Some(text) => fs::write(&path, text).expect("damaged"),
            None => fs::remove_file(&path).expect("removed"),
        }
        let error = archive
            .rebuild("struck", &["corpus"])
            .expect_err(name)
            .to_string();
        assert!(error.contains("--schema DIR"), "{name}: {error}");
        // Named again, they are what they were.
        archive.sync("struck", "one").expect("synced");
    }
    assert!(schema.is_dir());
}
