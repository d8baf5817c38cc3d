//! Tables and timelines against a brute-force count over all articles: on several segments, with deletions,
//! with articles of several values, at any level.

use crate::common::cases;
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::search::{
    AxisRequest, DatedBy, Engine as _, LocalEngine, PivotRequest, Selection, Step, TimelineRequest,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Debug, Clone)]
struct Doc {
    word: &'static str,
    regions: BTreeSet<&'static str>,
    actors: BTreeSet<&'static str>,
    month: Option<u8>,
}

const WORDS: [&str; 2] = ["drone", "marché"];
const REGIONS: [&str; 5] = [
    "Mali/Gao",
    "Mali/Mopti",
    "Mali/Mopti/Djenné",
    "Niger/Tillabéri",
    "Mali",
];
const ACTORS: [&str; 4] = ["Un/Deux", "Un/Trois", "Quatre", "Un/Deux/Cinq"];

fn doc() -> impl Strategy<Value = Doc> {
    let some = |all: &'static [&'static str]| {
        proptest::sample::subsequence(all.to_vec(), 0..=3)
            .prop_map(|v| v.into_iter().collect::<BTreeSet<_>>())
    };
    (
        proptest::sample::select(&WORDS[..]),
        some(&REGIONS),
        some(&ACTORS),
        proptest::option::of(1u8..6),
    )
        .prop_map(|(word, regions, actors, month)| Doc {
            word,
            regions,
            actors,
            month,
        })
}

fn write(dir: &Path, name: usize, doc: &Doc) {
    let record = serde_json::json!({
        "id": format!("d{name}"), "title": "t", "text": doc.word, "region": doc.regions, "actor": doc.actors,
        "date": doc.month.map(|m| format!("2024-{m:02}-10")),
    });
    std::fs::write(dir.join(format!("{name}.jsonl")), record.to_string()).expect("a file");
}

/// Values cut at a level; `(none)` for none.
fn cut<'v>(values: impl IntoIterator<Item = &'v &'static str>, level: usize) -> BTreeSet<String> {
    let cut: BTreeSet<String> = values
        .into_iter()
        .map(|v| v.split('/').take(level).collect::<Vec<_>>().join("/"))
        .collect();
    if cut.is_empty() {
        BTreeSet::from(["(none)".to_string()])
    } else {
        cut
    }
}

fn month(doc: &Doc) -> String {
    doc.month
        .map_or_else(|| "(none)".into(), |m| format!("2024-{m:02}"))
}

fn index(dir: &Path, batches: Vec<Vec<Doc>>, removed: &BTreeSet<usize>) -> (IndexDir, Vec<Doc>) {
    let corpus = dir.join("corpus");
    std::fs::create_dir(&corpus).expect("a folder");
    let place = IndexDir::at(dir.join("index"));
    let options = SyncOptions {
        paths: vec![corpus.clone()],
        threads: 1,
        memory: 16 << 20,
        allow_removals: true,
        ..SyncOptions::default()
    };
    let mut docs: BTreeMap<usize, Doc> = BTreeMap::new();
    for batch in batches {
        for doc in batch {
            let name = docs.len();
            write(&corpus, name, &doc);
            docs.insert(name, doc);
        }
        sync(&place, &options, &mut |_| {}).expect("indexed");
    }
    for name in removed {
        if docs.remove(name).is_some() {
            std::fs::remove_file(corpus.join(format!("{name}.jsonl"))).expect("removed");
        }
    }
    sync(&place, &options, &mut |_| {}).expect("indexed");
    (place, docs.into_values().collect())
}

fn axis(name: &str, level: usize) -> AxisRequest {
    AxisRequest {
        name: name.into(),
        level: Some(level),
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn cells_equal_a_brute_force_count(
        batches in proptest::collection::vec(proptest::collection::vec(doc(), 1..8), 1..4),
        removed in proptest::collection::btree_set(0usize..20, 0..6),
        word in proptest::option::of(proptest::sample::select(&WORDS[..])),
        levels in (1usize..4, 1usize..4),
        only in proptest::option::of(proptest::sample::select(&REGIONS[..4])),
        top in 1usize..3,
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let (place, all) = index(dir.path(), batches, &removed);
        let docs: Vec<&Doc> = all
            .iter()
            .filter(|d| word.is_none_or(|w| d.word == w))
            .filter(|d| only.is_none_or(|o| d.regions.iter().any(|r| *r == o || r.starts_with(&format!("{o}/")))))
            .collect();
        let reader = Reader::open(&place).expect("opened");
        let engine = LocalEngine::new(reader);
        let selection = Selection {
            include: only.iter().map(|r| ("region".to_string(), r.to_string())).collect(),
            ..Selection::of(word.unwrap_or_default())
        };
        let wanted = PivotRequest { selection, rows: axis("region", levels.0), columns: axis("actor", levels.1), top_rows: None, top_columns: None };
        let table = engine.pivot(&wanted).expect("counted");
        prop_assert_eq!(table.total, docs.len() as u64);
        let regions = |d: &&&Doc| cut(&d.regions, levels.0);
        let actors = |d: &&&Doc| cut(&d.actors, levels.1);
        for row in &table.rows {
            let of_row: Vec<&&Doc> = docs.iter().filter(|d| regions(d).contains(&row.head.value)).collect();
            prop_assert_eq!(row.head.total, of_row.len() as u64, "row {}", row.head.value);
            for (column, count) in table.columns.iter().zip(&row.counts) {
                let cell = of_row.iter().filter(|d| actors(d).contains(&column.value)).count() as u64;
                prop_assert_eq!(*count, cell, "{} by {}", row.head.value, column.value);
            }
        }
        for column in &table.columns {
            prop_assert_eq!(column.total, docs.iter().filter(|d| actors(d).contains(&column.value)).count() as u64);
        }
        // Every value that an article has is a row, at zero too.
        let there: BTreeSet<&String> = table.rows.iter().map(|r| &r.head.value).collect();
        for value in all.iter().flat_map(|d| cut(&d.regions, levels.0)).filter(|v| v != "(none)") {
            prop_assert!(there.contains(&value), "no row {}", value);
        }

        // Cut to the most frequent: the others counted together, each document once.
        let wanted = PivotRequest { top_columns: Some(top), ..wanted };
        let table = engine.pivot(&wanted).expect("counted");
        if let Some(at) = table.columns.iter().position(|c| c.others.is_some()) {
            prop_assert_eq!(at, top);
            let kept: BTreeSet<&String> = table.columns[..top].iter().map(|c| &c.value).collect();
            let other = |d: &&&Doc| actors(d).iter().any(|v| v != "(none)" && !kept.contains(v));
            prop_assert_eq!(table.columns[at].total, docs.iter().filter(other).count() as u64);
        }
    }

    #[test]
    fn timelines_equal_a_brute_force_count(
        batches in proptest::collection::vec(proptest::collection::vec(doc(), 1..8), 1..4),
        removed in proptest::collection::btree_set(0usize..20, 0..6),
        word in proptest::option::of(proptest::sample::select(&WORDS[..])),
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let (place, all) = index(dir.path(), batches, &removed);
        let docs: Vec<&Doc> = all.iter().filter(|d| word.is_none_or(|w| d.word == w)).collect();
        let reader = Reader::open(&place).expect("opened");
        let engine = LocalEngine::new(reader);
        let selection = Selection::of(word.unwrap_or_default());
        for by in [Step::Month, Step::Day, Step::Year] {
            let wanted = TimelineRequest { selection: selection.clone(), by, of: DatedBy::Publication, split: Some(axis("region", 1)), top: None, share: true };
            let found = engine.timeline(&wanted).expect("counted");
            let bucket = |d: &Doc| match by {
                Step::Month => month(d),
                Step::Day => d.month.map_or_else(|| "(none)".into(), |m| format!("2024-{m:02}-10")),
                Step::Year => d.month.map_or_else(|| "(none)".into(), |_| "2024".into()),
            };
            prop_assert_eq!(found.total, docs.len() as u64);
            prop_assert_eq!(found.undated, docs.iter().filter(|d| d.month.is_none()).count() as u64);
            let dated: BTreeSet<String> = docs.iter().filter(|d| d.month.is_some()).map(|d| bucket(d)).collect();
            prop_assert_eq!(found.buckets.first().map(|b| &b.value), dated.first());
            prop_assert_eq!(found.buckets.last().map(|b| &b.value), dated.last());
            if by == Step::Month && let (Some(first), Some(last)) = (dated.first(), dated.last()) {
                let number = |month: &str| month[5..].parse::<usize>().expect("a month");
                prop_assert_eq!(found.buckets.len(), number(last) - number(first) + 1, "empty months are kept");
            }
            for at in &found.buckets {
                prop_assert_eq!(at.count, docs.iter().filter(|d| bucket(d) == at.value).count() as u64);
                prop_assert_eq!(at.all, Some(all.iter().filter(|d| bucket(d) == at.value).count() as u64));
                for (series, count) in found.series.iter().zip(&at.split) {
                    let of = docs.iter().filter(|d| bucket(d) == at.value && cut(&d.regions, 1).contains(series));
                    prop_assert_eq!(*count, of.count() as u64, "{} in {}", series, at.value);
                }
            }
        }
    }
}
