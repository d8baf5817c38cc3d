//! A run is asked to end at any of its reads, be it in the middle of a file: it ends soon, what it leaves is
//! whole, and the next one leaves what a fresh index has.

use super::failing_writes::Archive;
use crate::faults::injected::Plan;
use crate::index::layout::IndexDir;
use crate::index::options::SyncOptions;
use crate::index::sync::{Kept, sync_keeping};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Records of a file of more than one read.
fn records(word: &str) -> String {
    let record = |id: usize| format!("{{\"id\":\"l{id}\",\"text\":\"{word} {}\"}}\n", "mot ".repeat(40));
    (0..1500).map(record).collect()
}

#[test]
fn a_run_ends_within_a_file_and_loses_nothing() {
    let mut fresh = Archive::new();
    fresh.write("corpus/long.jsonl", &records("Pirogue"));
    fresh.sync("index", "one").expect("built");
    let (mut at, mut within) = (1, 0);
    loop {
        let mut archive = Archive::new();
        archive.write("corpus/long.jsonl", &records("Convoi"));
        archive.sync("index", "one").expect("built");
        let before = archive.articles("index").len();
        archive.write("corpus/long.jsonl", &records("Pirogue"));
        let stop = Arc::new(AtomicBool::new(false));
        let options = SyncOptions {
            paths: vec![archive.path("corpus")],
            schema_dir: Some(archive.path("one")),
            threads: 1,
            memory: 32 << 20,
            stop: Arc::clone(&stop),
            ..SyncOptions::default()
        };
        let plan = Plan::stopping(&archive.path("corpus/long.jsonl"), at, &stop);
        let index_dir = IndexDir::at(archive.path("index"));
        let report = sync_keeping(&index_dir, &options, &mut Kept::default(), &mut |_| {}).expect("it ends");
        if plan.end().is_none() {
            break;
        }
        assert!(
            report.interrupted && report.skipped.is_empty(),
            "{:?}",
            report.skipped
        );
        // All of the former version, or all of the new one.
        let left = archive.articles("index");
        let new = left.iter().filter(|article| article.contains("Pirogue")).count();
        assert_eq!(left.len(), before, "stopped at read {at}");
        assert!(matches!(new, 0 | 1500), "{new} of 1500, stopped at read {at}");
        within += usize::from(new == 0);
        archive.is_whole("index");
        archive.sync("index", "one").expect("the next run");
        assert_eq!(archive.articles("index"), fresh.articles("index"));
        at += 5;
    }
    assert!(within >= 2, "it was stopped in the middle of the file");
}
