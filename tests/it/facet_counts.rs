//! Facet counts and totals against a brute-force count over all articles: on several segments, with
//! deletions, with articles of several values, under random filters.

use crate::common::cases;
use griot::index::{IndexDir, Reader, SyncOptions, sync};
use griot::search::{Count, Engine as _, LocalEngine, SearchRequest, Selection, ValueCount};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// An article as the test thinks of it.
#[derive(Debug, Clone)]
struct Doc {
    word: &'static str,
    regions: BTreeSet<&'static str>,
    actors: BTreeSet<&'static str>,
    month: Option<u8>,
    /// The text names a region; nothing else does.
    reported: bool,
}

impl Doc {
    fn regions(&self) -> BTreeSet<&'static str> {
        if self.reported {
            BTreeSet::from([REPORTED])
        } else {
            self.regions.clone()
        }
    }
}

/// What the text of an article tells.
const REPORTED: &str = "Mali/Ménaka/Ménaka";

const WORDS: [&str; 3] = ["drone", "marché", "pluie"];
const REGIONS: [&str; 5] = [
    "Mali/Gao",
    "Mali/Mopti",
    "Mali/Mopti/Djenné",
    "Niger/Tillabéri",
    "Mali",
];
const ACTORS: [&str; 3] = ["Un/Deux", "Un/Trois", "Quatre"];

fn doc() -> impl Strategy<Value = Doc> {
    let some = |all: &'static [&'static str]| {
        proptest::sample::subsequence(all.to_vec(), 0..=all.len().min(3))
            .prop_map(|v| v.into_iter().collect::<BTreeSet<_>>())
    };
    let month = proptest::option::weighted(0.8, 1u8..4);
    (
        proptest::sample::select(&WORDS[..]),
        some(&REGIONS),
        some(&ACTORS),
        month,
        proptest::bool::weighted(0.4),
    )
        .prop_map(|(word, regions, actors, month, reported)| Doc {
            reported: reported && regions.is_empty(),
            word,
            regions,
            actors,
            month,
        })
}

fn write(dir: &Path, name: usize, doc: &Doc) {
    let record = serde_json::json!({
        "id": format!("d{name}"), "title": "t", "text": format!("{}{}", doc.word, if doc.reported { ". Une école a rouvert à Ménaka." } else { "" }), "region": doc.regions, "actor": doc.actors,
        "date": doc.month.map(|m| format!("2024-{m:02}-10")),
    });
    std::fs::write(dir.join(format!("{name}.jsonl")), record.to_string()).expect("a file");
}

/// A value and all above it.
fn lineage<'v>(values: impl IntoIterator<Item = &'v str>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for value in values {
        let levels: Vec<&str> = value.split('/').collect();
        all.extend((1..=levels.len()).map(|n| levels[..n].join("/")));
    }
    all
}

/// Values that count something, with the documents that have them and those that have them given.
fn flatten(values: &[ValueCount], out: &mut BTreeMap<String, (u64, u64)>) {
    for value in values {
        if value.count > 0 {
            out.insert(value.value.clone(), (value.count, value.given));
        }
        flatten(&value.children, out);
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn counts_equal_a_brute_force_count(
        batches in proptest::collection::vec(proptest::collection::vec(doc(), 1..8), 1..4),
        removed in proptest::collection::btree_set(0usize..20, 0..6),
        regions in proptest::sample::subsequence(REGIONS.to_vec(), 0..=2),
        actors in proptest::sample::subsequence(ACTORS.to_vec(), 0..=2),
        not_region in proptest::option::of(proptest::sample::select(&REGIONS[..])),
        without in proptest::option::weighted(0.3, proptest::bool::ANY),
        word in proptest::option::of(proptest::sample::select(&WORDS[..])),
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        let place = IndexDir::at(dir.path().join("index"));
        let options = SyncOptions { paths: vec![corpus.clone()], threads: 1, memory: 16 << 20, allow_removals: true, ..SyncOptions::default() };
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
            if docs.remove(&name).is_some() {
                std::fs::remove_file(corpus.join(format!("{name}.jsonl"))).expect("removed");
            }
        }
        sync(&place, &options, &mut |_| {}).expect("indexed");
        let reader = Reader::open(&place).expect("opened");
        let engine = LocalEngine::new(reader);
        let mut include: Vec<(String, String)> = Vec::new();
        include.extend(regions.iter().map(|v| ("region".to_string(), v.to_string())));
        include.extend(actors.iter().map(|v| ("actor".to_string(), v.to_string())));
        let mut exclude: Vec<(String, String)> = not_region.iter().map(|v| ("region".to_string(), v.to_string())).collect();
        // "sans région" beside the regions chosen, or excluded beside them.
        if let Some(chosen) = without {
            if chosen { &mut include } else { &mut exclude }.push(("region".into(), "sans région".into()));
        }
        let request = SearchRequest {
            selection: Selection { include, exclude, ..Selection::of(word.unwrap_or_default()) },
            limit: 100,
            page: 1,
            count: Count::All,
            ..SearchRequest::default()
        };
        let response = engine.search(&request).expect("answered");

        let fits = |values: &BTreeSet<&'static str>, wanted: &[&str], unwanted: Option<&str>, without: Option<bool>| {
            let all = lineage(values.iter().copied());
            if all.is_empty() {
                return without.unwrap_or(wanted.is_empty());
            }
            (wanted.is_empty() && without != Some(true) || wanted.iter().any(|w| all.contains(*w))) && unwanted.is_none_or(|u| !all.contains(u))
        };
        let of_word = |d: &&Doc| word.is_none_or(|w| d.word == w);
        let region_fits = |d: &&Doc| fits(&d.regions(), &regions, not_region, without);
        let actor_fits = |d: &&Doc| fits(&d.actors, &actors, None, None);
        let matching = docs.values().filter(of_word).filter(region_fits).filter(actor_fits).count() as u64;
        prop_assert_eq!(response.total, matching);
        prop_assert_eq!(response.hits.len() as u64, matching);

        let brute = |docs: Vec<&Doc>, values: &dyn Fn(&Doc) -> (BTreeSet<String>, bool)| {
            let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
            for doc in docs {
                let (values, given) = values(doc);
                for value in values {
                    let (all, of_them) = counts.entry(value).or_default();
                    *all += 1;
                    *of_them += u64::from(given);
                }
            }
            counts
        };
        let found = |facet: &str| {
            let mut counts = BTreeMap::new();
            flatten(&response.facets[facet], &mut counts);
            counts
        };
        let for_region: Vec<&Doc> = docs.values().filter(of_word).filter(actor_fits).collect();
        prop_assert_eq!(response.without["region"], for_region.iter().filter(|d| d.regions().is_empty()).count() as u64);
        prop_assert_eq!(found("region"), brute(for_region, &|d| (lineage(d.regions()), !d.reported)));
        let for_actor: Vec<&Doc> = docs.values().filter(of_word).filter(region_fits).collect();
        prop_assert_eq!(response.without["actor"], for_actor.iter().filter(|d| d.actors.is_empty()).count() as u64);
        prop_assert_eq!(found("actor"), brute(for_actor, &|d| (lineage(d.actors.iter().copied()), true)));
        let both: Vec<&Doc> = docs.values().filter(of_word).filter(region_fits).filter(actor_fits).collect();
        let month = |d: &Doc| (d.month.map(|m| lineage([format!("2024/{m:02}").as_str()])).unwrap_or_default(), true);
        let by_month: BTreeMap<String, (u64, u64)> =
            brute(both.clone(), &month).into_iter().map(|(k, v)| (k.replace('/', "-"), v)).collect();
        prop_assert_eq!(found("month"), by_month);
        prop_assert_eq!(response.without["month"], both.iter().filter(|d| d.month.is_none()).count() as u64);
    }
}
