//! A folder of articles and the binary, for the tests that use both.

use griot::index::{IndexDir, Reader, document};
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// Whether `GRIOT_LONG=1` asks for everything, long tests and fresh random numbers included.
pub fn long() -> bool {
    std::env::var_os("GRIOT_LONG").is_some_and(|value| !value.is_empty() && value != "0")
}

/// So many random cases, the same in every run; ten times as many fresh ones when [`long`]. `PROPTEST_CASES`
/// and `PROPTEST_RNG_SEED` go before.
pub fn cases(few: u32) -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let cases = number("PROPTEST_CASES").map_or(few * if long() { 10 } else { 1 }, |n| n as u32);
    let rng_seed = match number("PROPTEST_RNG_SEED") {
        Some(seed) => RngSeed::Fixed(seed),
        None if long() => RngSeed::Random,
        None => RngSeed::Fixed(0x6772_696f),
    };
    ProptestConfig {
        rng_seed,
        ..ProptestConfig::with_cases(cases)
    }
}

/// A folder of articles and an index beside it.
pub struct Archive {
    pub dir: TempDir,
}

impl Archive {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let archive = Self {
            dir: tempfile::tempdir().expect("a temporary folder"),
        };
        std::fs::create_dir(archive.corpus()).expect("the corpus folder");
        for (name, text) in files {
            archive.write(name, text);
        }
        archive
    }

    pub fn small() -> Self {
        Self::new(&[
            (
                "a.txt",
                "Drones à Gao\n\nDes drones ont frappé Gao le 3 mars 2024.",
            ),
            (
                "b.md",
                "---\ntitle: Réunion\ndate: 2024-03-05\nregion: Kidal\n---\nUne réunion s'est tenue.",
            ),
            (
                "c.jsonl",
                "{\"id\":\"c1\",\"text\":\"Rien de neuf à Mopti.\",\"date\":\"2023\"}\n{\"id\":\"c2\",\"text\":\"Autre chose.\"}\n",
            ),
        ])
    }

    pub fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.corpus().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Makes the files an hour old: those that are younger than two seconds are looked at again by the next
    /// run.
    pub fn age(&self) {
        let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        for entry in std::fs::read_dir(self.corpus())
            .expect("listed")
            .flatten()
            .filter(|e| e.path().is_file())
        {
            std::fs::File::options()
                .append(true)
                .open(entry.path())
                .and_then(|f| f.set_modified(hour_ago))
                .expect("aged");
        }
    }

    pub fn run(&self, args: &[&str]) -> Output {
        command(self.dir.path()).args(args).output().expect("griot runs")
    }

    /// Starts the command and goes on.
    pub fn start(&self, args: &[&str]) -> Child {
        command(self.dir.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("griot runs")
    }

    /// Every article of an index with all that is known of it, in one order.
    pub fn exported(&self, index: &str) -> String {
        let reader = Reader::open(&IndexDir::at(self.dir.path().join(index))).expect("an index");
        let searcher = reader.searcher();
        let mut lines: Vec<String> = Vec::new();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(1).expect("a store");
            let record_keys = segment.fast_fields().u64("record_key").expect("a column");
            for doc in segment
                .doc_ids_alive()
                .filter(|doc| record_keys.first(*doc).is_some())
            {
                let stored =
                    document::read(&reader.fields, &store.get(doc).expect("a document")).expect("an article");
                lines.push(format!("{stored:?}"));
            }
        }
        lines.sort();
        lines.join("\n")
    }

    /// The same of an index made of the corpus as it is now.
    pub fn fresh(&self) -> String {
        let _ = std::fs::remove_dir_all(self.dir.path().join("fresh"));
        self.run(&["index", "corpus", "--index", "fresh", "--quiet"]);
        self.exported("fresh")
    }

    /// Files in the generation in use.
    pub fn files_of_index(&self) -> usize {
        let place = self.corpus().join(".griot");
        let current = std::fs::read_to_string(place.join("CURRENT")).expect("CURRENT");
        std::fs::read_dir(place.join(current.trim()))
            .expect("listed")
            .count()
    }

    pub fn index(&self) -> Value {
        let output = self.run(&["index", "corpus", "--format", "json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)))
    }

    pub fn search(&self, args: &[&str]) -> Value {
        let mut all = vec![
            "search",
            "--index",
            "corpus/.griot",
            "--format",
            "json",
            "--facets",
        ];
        all.extend(args);
        let output = self.run(&all);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)))
    }

    pub fn ids(&self, args: &[&str]) -> Vec<String> {
        let answer = self.search(args);
        let mut ids: Vec<String> = answer["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|h| h["id"].as_str().expect("id").to_string())
            .collect();
        ids.sort();
        ids
    }
}

/// A folder of articles that is indexed from the beginning; commands find the index by `GRIOT_INDEX`.
pub struct Indexed(TempDir);

impl Indexed {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let archive = Self(tempfile::tempdir().expect("a temporary folder"));
        let corpus = archive.dir().join("corpus");
        std::fs::create_dir(&corpus).expect("the corpus folder");
        for (name, text) in files {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        let output = archive.run(&["index", "corpus", "--quiet"]);
        assert!(output.status.success(), "{}", text(&output));
        archive
    }

    pub fn dir(&self) -> &Path {
        self.0.path()
    }

    pub fn index(&self) -> PathBuf {
        self.dir().join("corpus/.griot")
    }

    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = command(self.dir());
        if args[0] != "index" {
            command.env("GRIOT_INDEX", self.index());
        }
        command
            .env("COLUMNS", "80")
            .args(args)
            .output()
            .expect("griot runs")
    }

    /// What it writes on stdout when all goes well.
    pub fn out(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)))
    }
}

pub fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command
        .current_dir(dir)
        .env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/state"))
        .env("LC_ALL", "C")
        .env_remove("GRIOT_LANG")
        .env_remove("GRIOT_INDEX")
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE");
    command
}

/// A number of a report.
pub fn count(report: &Value, key: &str) -> u64 {
    report[key]
        .as_u64()
        .unwrap_or_else(|| panic!("{key} in {report}"))
}

pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
