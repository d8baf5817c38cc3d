//! Whatever happens to the files, the index equals one that is made of them as they are.

use crate::common::cases;
use griot::index::{IndexDir, Kept, Reader, SyncOptions, check, document, sync_keeping};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What somebody does to the archive between two runs.
#[derive(Debug, Clone)]
enum Operation {
    Write {
        file: usize,
        text: usize,
    },
    Move {
        from: usize,
        to: usize,
    },
    MoveFolder {
        from: usize,
        to: usize,
    },
    Delete {
        file: usize,
    },
    /// Another time, the same content.
    Touch {
        file: usize,
        hours: u64,
    },
    /// May not be read during a run, and may afterwards.
    Forbid {
        file: usize,
    },
    /// Records, each with an id or none, and a text.
    Container {
        file: usize,
        records: Vec<(Option<usize>, usize)>,
    },
    /// What holds for a folder, or no longer does.
    Settings {
        folder: usize,
        source: Option<usize>,
    },
}

const FOLDERS: [&str; 3] = ["", "a", "b/c"];
const TEXTS: [&str; 5] = [
    "Des drones ont frappé Gao.",
    "Une réunion s'est tenue à Mopti.",
    "Un convoi est parti.",
    "Rien.",
    "Un marché a rouvert.",
];
const CONTAINERS: [&str; 3] = ["c.jsonl", "c.csv", "c.xml"];

fn file(number: usize) -> PathBuf {
    Path::new(FOLDERS[number % 3]).join(format!("f{}.txt", number / 3))
}

fn container(number: usize) -> PathBuf {
    Path::new(FOLDERS[number / 3]).join(CONTAINERS[number % 3])
}

fn operation() -> impl Strategy<Value = Operation> {
    let record = (proptest::option::weighted(0.7, 0..5_usize), 0..TEXTS.len());
    prop_oneof![
        4 => (0..9_usize, 0..TEXTS.len()).prop_map(|(file, text)| Operation::Write { file, text }),
        2 => (0..9_usize, 0..9_usize).prop_map(|(from, to)| Operation::Move { from, to }),
        1 => (1..3_usize, 1..3_usize).prop_map(|(from, to)| Operation::MoveFolder { from, to }),
        2 => (0..9_usize).prop_map(|file| Operation::Delete { file }),
        1 => (0..9_usize, 1..1000_u64).prop_map(|(file, hours)| Operation::Touch { file, hours }),
        1 => (0..9_usize).prop_map(|file| Operation::Forbid { file }),
        6 => (0..9_usize, proptest::collection::vec(record, 0..6)).prop_map(|(file, records)| Operation::Container { file, records }),
        1 => (0..3_usize, proptest::option::of(0..2_usize)).prop_map(|(folder, source)| Operation::Settings { folder, source }),
    ]
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// The text of a container of that kind.
fn records(name: &str, records: &[(Option<usize>, usize)]) -> String {
    let id = |id: &Option<usize>| id.map(|id| format!("r{id}"));
    match name {
        "c.jsonl" => {
            let line = |(own, text): &(Option<usize>, usize)| {
                let own = id(own).map(|id| format!("\"id\":\"{id}\",")).unwrap_or_default();
                format!("{{{own}\"text\":\"{}\"}}\n", TEXTS[*text])
            };
            records.iter().map(line).collect()
        }
        "c.csv" => {
            let line = |(own, text): &(Option<usize>, usize)| {
                format!("{},\"{}\"\n", id(own).unwrap_or_default(), TEXTS[*text])
            };
            std::iter::once("id,text\n".to_string())
                .chain(records.iter().map(line))
                .collect()
        }
        _ => {
            let item = |(own, text): &(Option<usize>, usize)| {
                let own = id(own).map(|id| format!("<guid>{id}</guid>")).unwrap_or_default();
                format!(
                    "<item>{own}<title>Titre</title><description>{}</description></item>",
                    TEXTS[*text]
                )
            };
            let items: String = records.iter().map(item).collect();
            format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Fil</title>{items}</channel></rss>"
            )
        }
    }
}

impl Operation {
    /// Does it. A file that is forbidden goes to the list.
    fn apply(&self, root: &Path, forbidden: &mut BTreeSet<PathBuf>) {
        match self {
            Self::Write { file: number, text } => {
                write(&root.join(file(*number)), &format!("Titre\n\n{}", TEXTS[*text]))
            }
            Self::Move { from, to } => {
                let (from, to) = (root.join(file(*from)), root.join(file(*to)));
                fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
                let _ = fs::rename(from, to);
            }
            Self::MoveFolder { from, to } => {
                let (from, to) = (root.join(FOLDERS[*from]), root.join(FOLDERS[*to]));
                // Fails where there is something: nothing has happened then.
                let _ = fs::rename(from, to);
            }
            Self::Delete { file: number } => drop(fs::remove_file(root.join(file(*number)))),
            Self::Touch { file: number, hours } => {
                if let Ok(file) = fs::File::options().append(true).open(root.join(file(*number))) {
                    file.set_modified(SystemTime::now() - Duration::from_secs(3600 * hours))
                        .expect("touched");
                }
            }
            Self::Forbid { file: number } => drop(forbidden.insert(root.join(file(*number)))),
            Self::Container { file, records: all } => {
                let path = container(*file);
                let name = path.file_name().expect("a name").to_string_lossy();
                write(&root.join(&path), &records(&name, all));
            }
            Self::Settings {
                folder,
                source: Some(source),
            } => write(
                &root.join(FOLDERS[*folder]).join("griot.toml"),
                &format!("source = \"{}\"\n", ["RFI", "AFP"][*source]),
            ),
            Self::Settings { folder, source: None } => {
                drop(fs::remove_file(root.join(FOLDERS[*folder]).join("griot.toml")))
            }
        }
    }
}

/// Whether a file may be read; the superuser may read all.
#[cfg(unix)]
fn allow(path: &Path, may: bool) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(if may { 0o644 } else { 0 }));
}

#[cfg(not(unix))]
fn allow(_: &Path, _: bool) {}

struct Archive {
    dir: tempfile::TempDir,
    kept: Kept,
}

impl Archive {
    fn new() -> Self {
        let dir = tempfile::tempdir_in("/dev/shm")
            .or_else(|_| tempfile::tempdir())
            .expect("a folder");
        write(
            &dir.path().join("schema/schema.toml"),
            "[boosts]\ntitle = 0.5\ntitle_frequency = 1.5\nexact_form = 0.5\nadjacency = 0.25\n[[facet]]\nname = \"month\"\nderive = \"publication_month\"\n",
        );
        for empty in ["stems.tsv", "verbs.tsv", "compounds.txt", "stopwords.txt"] {
            write(&dir.path().join("schema").join(empty), "");
        }
        fs::create_dir(dir.path().join("corpus")).expect("a folder");
        Self {
            dir,
            kept: Kept::default(),
        }
    }

    fn sync(&mut self, index: &str) -> griot::index::Report {
        let options = SyncOptions {
            paths: vec![self.dir.path().join("corpus")],
            schema_dir: Some(self.dir.path().join("schema")),
            threads: 1,
            memory: 32 << 20,
            allow_removals: true,
            ..SyncOptions::default()
        };
        let place = IndexDir::at(self.dir.path().join(index));
        sync_keeping(&place, &options, &mut self.kept, &mut |_| {}).expect("in step")
    }

    fn articles(&self, index: &str) -> Vec<String> {
        let reader = Reader::open(&IndexDir::at(self.dir.path().join(index))).expect("an index");
        let mut all = Vec::new();
        for segment in reader.searcher().segment_readers() {
            let store = segment.get_store_reader(1).expect("a store");
            let fast = segment.fast_fields();
            let (record_keys, contents) = (
                fast.u64("record_key").expect("a column"),
                fast.u64("content").expect("a column"),
            );
            for doc in segment.doc_ids_alive() {
                let Some(record_key) = record_keys.first(doc) else {
                    continue;
                };
                let stored =
                    document::read(&reader.fields, &store.get(doc).expect("stored")).expect("an article");
                all.push(format!("{stored:?} {record_key} {:?}", contents.first(doc)));
            }
        }
        all.sort();
        all
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_index_equals_a_fresh_one(rounds in proptest::collection::vec(proptest::collection::vec(operation(), 1..7), 1..5)) {
        let mut archive = Archive::new();
        let root = archive.dir.path().join("corpus");
        for operations in rounds {
            let mut forbidden = BTreeSet::new();
            for operation in &operations {
                operation.apply(&root, &mut forbidden);
            }
            if !forbidden.is_empty() {
                forbidden.iter().for_each(|path| allow(path, false));
                archive.sync("index");
                forbidden.iter().for_each(|path| allow(path, true));
            }
            let before = Reader::open(&IndexDir::at(archive.dir.path().join("index"))).map_or(0, |_| archive.articles("index").len() as u64);
            let report = archive.sync("index");
            let _ = fs::remove_dir_all(archive.dir.path().join("fresh"));
            archive.sync("fresh");
            let now = archive.articles("index");
            prop_assert_eq!(&now, &archive.articles("fresh"), "after {:?}", operations);
            // What was reported adds up: each place of an article counts.
            let places = now.len() as u64;
            prop_assert_eq!(report.articles + report.copies, places);
            prop_assert_eq!(report.articles_new + report.articles_changed + report.articles_unchanged, places, "{:?}", report);
            prop_assert_eq!(before + report.articles_new, places + report.articles_removed, "{:?}", report);
            let checked = check(&IndexDir::at(archive.dir.path().join("index")), true).expect("an index");
            prop_assert_eq!(checked.findings, vec![]);
        }
    }
}
