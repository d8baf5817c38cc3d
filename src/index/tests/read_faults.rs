//! Every read of a run fails in turn: no article is lost without a word, and the next run leaves what a fresh
//! index has.

use super::failing_writes::Archive;
use crate::error::{Error, Result};
use crate::faults::injected::{Kind, Plan};
use crate::index::{Reader, Report, document, duplicates};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::DocAddress;

/// The texts of the articles of each file, by key.
type Articles = BTreeMap<String, Vec<String>>;

fn articles(archive: &Archive, index: &str) -> Articles {
    let mut found = Articles::new();
    let reader = match Reader::open(&crate::index::IndexDir::at(archive.path(index))) {
        Ok(reader) => reader,
        Err(Error::NoIndex { .. }) => return found,
        Err(error) => panic!("{error}"),
    };
    let searcher = reader.searcher();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let record_keys = segment.fast_fields().u64("record_key").expect("a column");
        for doc in segment
            .doc_ids_alive()
            .filter(|doc| record_keys.first(*doc).is_some())
        {
            let address = DocAddress::new(ord, doc);
            let read = document::read(&reader.fields, &searcher.doc(address).expect("stored"));
            let stored = read.expect("an article");
            let (file, id) = (stored.meta.file.clone(), stored.id.clone());
            let (_, article) =
                duplicates::article_of(&searcher, &reader.fields, address, stored).expect("not alone");
            let text = format!(
                "{id} {} {} {:.60}",
                article.title,
                article.body.len(),
                article.body
            );
            found.entry(file).or_default().push(text);
        }
    }
    found.values_mut().for_each(|texts| texts.sort());
    let remembered = reader
        .payload
        .roots
        .iter()
        .map(|root| root.path.display().to_string());
    found.insert("folders".into(), remembered.collect());
    found.insert("lexicons".into(), vec![reader.payload.fingerprint.clone()]);
    found
}

/// A record of about 40 bytes and `length` more.
fn record(id: usize, length: usize) -> String {
    format!(
        "{{\"id\":\"l{id}\",\"text\":\"Convoi. {}\"}}\n",
        "mot ".repeat(length / 4)
    )
}

/// An archive in which one file takes several reads, and two files say the same.
fn archive() -> Archive {
    let archive = Archive::new();
    let long: String = (0..12).map(|id| record(id, 16_000)).collect();
    archive.write("corpus/long.jsonl", &long);
    archive.write("corpus/twin.txt", "Drones à Gao\n\nDes drones ont frappé Gao.");
    archive
}

fn edit(archive: &Archive) {
    archive.edit();
    let long: String = (2..14).map(|id| record(id, 15_000 + 400 * (id % 3))).collect();
    archive.write("corpus/long.jsonl", &long);
}

/// Files that the report names as unreadable, by the end of their path.
fn unreadable(report: &Report, key: &str) -> bool {
    let name = key.split_once('/').map_or(key, |(_, name)| name);
    report.skipped.iter().any(|skipped| {
        let path = Path::new(&skipped.path);
        // A folder that can't be listed, or whose settings can't be read, stays as it was with all its files.
        path.ends_with(name) || path.ends_with("corpus") || path.ends_with("corpus/griot.toml")
    })
}

/// Lets each read under `failing` of `run`, begun on a copy of the index `before`, fail. Each file is as it was
/// or as it is to be; the former only if the run says that it couldn't be read, or that it failed itself.
fn each_in_turn(archive: &mut Archive, failing: &str, run: &mut dyn FnMut(&mut Archive) -> Result<Report>) {
    archive.copy("before", "work");
    run(archive).expect("all goes well");
    let (before, after) = (articles(archive, "before"), articles(archive, "work"));
    let all = archive.articles("work");
    let few = std::env::var_os("GRIOT_LONG").is_none();
    for (lasting, step) in [(false, 1), (true, if few { 5 } else { 1 })] {
        for fails in (1..).step_by(step) {
            archive.copy("before", "work");
            let plan = Plan::begin(&archive.path(failing), Kind::Reads, fails, lasting);
            let outcome = run(archive);
            let Some(path) = plan.end() else {
                outcome.expect("nothing has failed");
                assert!(fails > 5, "only {fails} reads were seen");
                break;
            };
            let what = format!("read {fails} ({}), lasting {lasting}", path.display());
            check_left(archive, &what, &outcome, (&before, &after));
            run(archive).unwrap_or_else(|error| panic!("after {what}: {error}"));
            assert_eq!(articles(archive, "work"), after, "after {what}");
            assert!(archive.articles("work") == all, "after {what}");
            archive.is_whole("work");
        }
    }
}

/// Each file is as it was or as it is to be; the former only where that is reported.
fn check_left(
    archive: &Archive,
    what: &str,
    outcome: &Result<Report>,
    (before, after): (&Articles, &Articles),
) {
    let left = articles(archive, "work");
    match outcome {
        Ok(report) => {
            for key in before.keys().chain(after.keys()) {
                let is_former = left.get(key) == before.get(key) && unreadable(report, key);
                assert!(
                    is_former || left.get(key) == after.get(key),
                    "{what}: {key} has {:?}, {:?}",
                    left.get(key),
                    report.skipped
                );
            }
        }
        Err(error) => {
            let reported = error.to_string();
            assert!(
                !reported.is_empty() && !reported.contains("panicked"),
                "{what}: {reported}"
            );
            assert!(left == *before || left == *after, "{what}: {reported}: {left:#?}");
        }
    }
    archive.is_whole("work");
}

#[test]
fn of_files_in_a_first_build() {
    let mut archive = archive();
    each_in_turn(&mut archive, "corpus", &mut |archive| archive.sync("work", "one"));
}

#[test]
fn of_files_in_an_update() {
    let mut archive = archive();
    archive.sync("before", "one").expect("built");
    edit(&archive);
    each_in_turn(&mut archive, "corpus", &mut |archive| archive.sync("work", "one"));
}

#[test]
fn of_files_in_a_rebuild() {
    let mut archive = archive();
    archive.sync("before", "one").expect("built");
    edit(&archive);
    each_in_turn(&mut archive, "corpus", &mut |archive| {
        archive.rebuild("work", &["corpus"])
    });
}

/// An index of two folders with lexicons of its own, both changed since.
fn two_folders() -> Archive {
    let mut archive = Archive::new();
    archive.write("other/o.txt", "Ailleurs\n\nUn convoi est parti de Kidal.");
    archive.sync("before", "one").expect("built");
    archive.rebuild("before", &["corpus", "other"]).expect("built");
    archive.edit();
    archive.write("other/o.txt", "Ailleurs\n\nUn autre convoi est parti.");
    archive
}

#[test]
fn of_the_index_in_an_update() {
    let mut archive = two_folders();
    each_in_turn(&mut archive, "work", &mut |archive| archive.sync("work", "one"));
}

#[test]
fn of_the_index_in_a_renewal() {
    let mut archive = two_folders();
    each_in_turn(&mut archive, "work", &mut |archive| archive.sync("work", "two"));
}

#[test]
fn of_the_index_in_a_rebuild() {
    let mut archive = two_folders();
    each_in_turn(&mut archive, "work", &mut |archive| {
        archive.rebuild("work", &["corpus"])
    });
}

#[test]
fn of_the_lexicons_that_are_named() {
    let mut archive = two_folders();
    each_in_turn(&mut archive, "two", &mut |archive| archive.sync("work", "two"));
}

#[test]
fn an_index_of_a_newer_griot_is_not_built_anew() {
    let mut archive = two_folders();
    let generation = crate::index::IndexDir::at(archive.path("before"))
        .current()
        .expect("there");
    let meta = fs::read_to_string(generation.join("meta.json")).expect("read");
    let newer = meta.replace("\\\"format\\\":4", "\\\"format\\\":99");
    assert_ne!(newer, meta);
    fs::remove_file(generation.join("meta.json")).expect("removed");
    fs::write(generation.join("meta.json"), &newer).expect("written");
    fs::remove_file(generation.join("meta.copy")).expect("removed");
    let error = archive.rebuild("before", &["corpus"]).expect_err("refused");
    assert!(matches!(error, Error::OtherVersion { .. }), "{error}");
    let kept = fs::read_to_string(generation.join("meta.json")).expect("there still");
    assert_eq!(kept, newer);
}

#[test]
fn a_file_that_could_not_be_read_is_read_by_the_next_run() {
    let mut archive = archive();
    archive.sync("work", "one").expect("built");
    // Nothing but the number of the readers has changed: the file looks as it did.
    let file: PathBuf = archive.path("corpus/b.txt");
    let plan = Plan::begin(&file, Kind::Reads, 1, true);
    let report = archive.rebuild("work", &["corpus"]).expect("built");
    assert!(plan.end().is_some() && report.skipped.len() == 1, "{report:?}");
    let report = archive.sync("work", "one").expect("in step");
    assert_eq!((report.files_changed, report.skipped.len()), (1, 0));
    assert!(fs::metadata(file).is_ok());
}

#[test]
fn a_file_that_never_could_be_read_is_forgotten_when_it_is_gone() {
    let mut archive = archive();
    archive.sync("before", "one").expect("all goes well");
    let mut reported = 0;
    for fails in 1..12 {
        archive.copy("before", "work");
        archive.write("corpus/new.txt", "Convoi\n\nUn convoi est arrivé.");
        let plan = Plan::begin(&archive.path("corpus/new.txt"), Kind::Reads, fails, false);
        let report = archive.sync("work", "one").expect("one file stops no run");
        plan.end();
        reported += report.unread.files.len();
        fs::remove_file(archive.path("corpus/new.txt")).expect("removed");
        let report = archive.sync("work", "one").expect("all goes well");
        assert!(report.unread.is_empty(), "{:?}", report.unread);
    }
    assert!(reported > 0, "no read of the file has failed");
}

/// A disk that is not mounted any more leaves an empty folder on the disk of its root.
#[test]
fn a_disk_that_is_not_mounted_any_more_takes_nothing_with_it() {
    use crate::disk::mounts::reported;
    let mut archive = Archive::new();
    archive.write("corpus/usb/e.txt", "Ménaka\n\nUn marché a brûlé à Ménaka.");
    let mount = archive.path("corpus/usb");
    reported::set(&archive.path("corpus"), std::slice::from_ref(&mount));
    archive.sync("index", "one").expect("synced");
    let before = archive.articles("index");
    reported::set(&archive.path("corpus"), &[]);
    fs::remove_file(mount.join("e.txt")).expect("unmounted");
    for schema in ["one", "one", "two"] {
        let report = archive.sync("index", schema).expect("synced");
        let withheld: Vec<_> = report.withheld.iter().map(|w| (w.why, w.files)).collect();
        assert_eq!(withheld, [("unmounted", 1)], "{report:?}");
        assert_eq!(archive.articles("index"), before, "{report:?}");
    }
    // Mounted again it is a folder like any other.
    reported::set(&archive.path("corpus"), &[mount]);
    let report = archive.sync("index", "two").expect("synced");
    assert!(report.withheld.is_empty(), "{report:?}");
    assert_eq!(archive.articles("index").len(), before.len() - 1);
}
