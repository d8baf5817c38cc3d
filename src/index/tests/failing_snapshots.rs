//! Every read and write of a snapshot fails in turn: either it says so and leaves nothing that could be taken
//! for a copy, or the copy is whole.

use super::failing_writes::Archive;
use crate::faults::injected::{Kind, Plan};
use crate::index::layout::IndexDir;
use crate::index::{Checked, check, check_snapshot, correct, corrections, snapshot, versions};
use std::fs;

/// An index with corrections and a saved search.
fn archive() -> Archive {
    let mut archive = Archive::new();
    archive.sync("index", "one").expect("built");
    let index_dir = IndexDir::at(archive.path("index"));
    let table = b"id,facet,action,value\nc1,month,set,2024/05\n";
    let rows = corrections::parse(table);
    correct(&index_dir, &archive.path("c.csv"), rows).expect("corrected");
    versions::write(
        &index_dir,
        versions::SAVED_SEARCHES,
        b"{\"version\":1,\"searches\":{}}",
    )
    .expect("saved");
    archive
}

/// What a snapshot must have of an index.
fn state(archive: &Archive, index: &str) -> (Vec<String>, Vec<Option<Vec<u8>>>) {
    let file = |name: &str| fs::read(archive.path(index).join(name)).ok();
    let generation = IndexDir::at(archive.path(index)).current().expect("one");
    let lexicons = fs::read(generation.join("index_schema/stopwords.txt")).ok();
    let files = vec![file("corrections.csv"), file("saved.json"), lexicons];
    (archive.articles(index), files)
}

fn each_in_turn(failing: &str, kind: Kind) {
    let archive = archive();
    let expected = state(&archive, "index");
    let (index_dir, copy) = (IndexDir::at(archive.path("index")), archive.path("copy"));
    for fails in 1.. {
        let _ = fs::remove_dir_all(&copy);
        let plan = Plan::begin(&archive.path(failing), kind, fails, false);
        let outcome = snapshot(&index_dir, &copy);
        let Some(path) = plan.end() else {
            outcome.expect("nothing has failed");
            assert!(fails > 10, "only {fails} calls were seen");
            break;
        };
        let what = format!("call {fails} ({})", path.display());
        match outcome {
            Ok(_) => {
                assert_eq!(state(&archive, "copy"), expected, "{what}");
                let mut checked = check(&IndexDir::at(&copy), true).expect("checked");
                check_snapshot(&IndexDir::at(&copy), &mut checked).expect("listed");
                assert_eq!(checked.findings, Checked::default().findings, "{what}");
            }
            Err(error) => {
                assert!(!error.to_string().is_empty(), "{what}");
                assert!(IndexDir::at(&copy).current().is_err(), "{what}: {error}");
                snapshot(&index_dir, &copy).unwrap_or_else(|error| panic!("after {what}: {error}"));
            }
        }
    }
    assert_eq!(state(&archive, "index"), expected);
}

#[test]
fn of_reads_of_the_index() {
    each_in_turn("index", Kind::Reads);
}

#[test]
fn of_reads_of_the_copy() {
    each_in_turn("copy", Kind::Reads);
}

#[test]
fn of_writes_of_the_copy() {
    each_in_turn("copy", Kind::Writes);
}
