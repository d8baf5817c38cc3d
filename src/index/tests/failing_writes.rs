//! Every write of a run fails in turn, once or from then on: the run says so, nothing is lost, the next one
//! repairs it.
//!
//! With `GRIOT_LONG=1` a disk is full from each write on, too; without, from every fourth.

use crate::error::{Error, Result};
use crate::faults::injected::{Kind, Plan};
use crate::index::layout::IndexDir;
use crate::index::options::SyncOptions;
use crate::index::sync::{Kept, sync_keeping};
use crate::index::{Reader, add_to_lexicon, additions, check, correct, corrections, document, undo};
use std::fs;
use std::path::{Path, PathBuf};

/// A corpus, small lexicons, and an index.
pub(in crate::index) struct Archive {
    dir: tempfile::TempDir,
    kept: Kept,
}

impl Archive {
    pub(in crate::index) fn new() -> Self {
        // In memory where there is such a folder: a hundred builds flush every file.
        let dir = tempfile::tempdir_in("/dev/shm")
            .or_else(|_| tempfile::tempdir())
            .expect("a folder");
        let archive = Self {
            dir,
            kept: Kept::default(),
        };
        let facets = "[boosts]\ntitle = 0.5\ntitle_frequency = 1.5\nexact_form = 0.5\nadjacency = 0.25\n[[facet]]\nname = \"month\"\nderive = \"publication_month\"\n";
        for (name, stop) in [("one", "le\n"), ("two", "la\n")] {
            archive.write(&format!("{name}/schema.toml"), facets);
            archive.write(&format!("{name}/stopwords.txt"), stop);
            for empty in ["stems.tsv", "verbs.tsv", "compounds.txt"] {
                archive.write(&format!("{name}/{empty}"), "");
            }
        }
        archive.write("corpus/a.txt", "Drones à Gao\n\nDes drones ont frappé Gao.");
        archive.write("corpus/b.txt", "Réunion\n\nUne réunion s'est tenue.");
        archive.write(
            "corpus/c.jsonl",
            "{\"id\":\"c1\",\"text\":\"Rien à Mopti.\",\"date\":\"2023\"}\n{\"id\":\"c2\",\"text\":\"Autre chose.\"}\n",
        );
        archive
    }

    pub(in crate::index) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(in crate::index) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(in crate::index) fn edit(&self) {
        self.write("corpus/a.txt", "Drones à Ménaka\n\nDes drones ont frappé Ménaka.");
        self.write(
            "corpus/c.jsonl",
            "{\"id\":\"c2\",\"text\":\"Autre chose.\"}\n{\"id\":\"c3\",\"text\":\"Encore autre chose.\"}\n",
        );
        self.write("corpus/d.txt", "Convoi\n\nUn convoi est parti.");
        fs::remove_file(self.path("corpus/b.txt")).expect("removed");
    }

    pub(in crate::index) fn sync(&mut self, index: &str, schema: &str) -> Result<crate::index::Report> {
        let options = SyncOptions {
            paths: vec![self.path("corpus")],
            schema_dir: Some(self.path(schema)),
            threads: 1,
            memory: 32 << 20,
            ..SyncOptions::default()
        };
        sync_keeping(
            &IndexDir::at(self.path(index)),
            &options,
            &mut self.kept,
            &mut |_| {},
        )
    }

    /// Builds the index anew from what it remembers, and these folders.
    pub(in crate::index) fn rebuild(
        &mut self,
        index: &str,
        folders: &[&str],
    ) -> Result<crate::index::Report> {
        let options = SyncOptions {
            paths: folders.iter().map(|folder| self.path(folder)).collect(),
            rebuild: true,
            threads: 1,
            memory: 32 << 20,
            ..SyncOptions::default()
        };
        sync_keeping(
            &IndexDir::at(self.path(index)),
            &options,
            &mut self.kept,
            &mut |_| {},
        )
    }

    /// What the index holds; nothing if there is none.
    pub(in crate::index) fn articles(&self, index: &str) -> Vec<String> {
        let reader = match Reader::open(&IndexDir::at(self.path(index))) {
            Ok(reader) => reader,
            Err(Error::NoIndex { .. }) => return Vec::new(),
            Err(error) => panic!("{error}"),
        };
        let mut all = Vec::new();
        for segment in reader.searcher().segment_readers() {
            let store = segment.get_store_reader(1).expect("a store");
            let record_keys = segment.fast_fields().u64("record_key").expect("a column");
            for doc in segment
                .doc_ids_alive()
                .filter(|doc| record_keys.first(*doc).is_some())
            {
                all.push(format!(
                    "{:?}",
                    document::read(&reader.fields, &store.get(doc).expect("stored")).expect("an article")
                ));
            }
        }
        all.sort();
        all
    }

    pub(in crate::index) fn is_whole(&self, index: &str) {
        match check(&IndexDir::at(self.path(index)), true) {
            Ok(checked) => {
                assert_eq!(
                    checked
                        .findings
                        .iter()
                        .filter(|f| f.kind != "outdated")
                        .collect::<Vec<_>>(),
                    Vec::<&crate::index::Finding>::new()
                )
            }
            Err(error) => assert!(matches!(error, Error::NoIndex { .. }), "{error}"),
        }
    }

    pub(in crate::index) fn copy(&self, from: &str, to: &str) {
        let _ = fs::remove_dir_all(self.path(to));
        if self.path(from).exists() {
            copy(&self.path(from), &self.path(to));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            _ = fs::copy(entry.path(), target).expect("copied")
        }
    }
}

/// Lets each write of `run`, begun on a copy of the index `before`, fail: after it the index is as it was or
/// as it is to be.
fn each_in_turn(archive: &mut Archive, schema: &str, run: &mut dyn FnMut(&mut Archive, &str) -> Result<()>) {
    archive.copy("before", "work");
    run(archive, "work").expect("all goes well");
    let (before, after) = (archive.articles("before"), archive.articles("work"));
    let mut writes = 0;
    let few = std::env::var_os("GRIOT_LONG").is_none();
    for (lasting, step) in [(false, 1), (true, if few { 4 } else { 1 })] {
        for fails in (1..).step_by(step) {
            archive.copy("before", "work");
            let plan = Plan::begin(&archive.path("work"), Kind::Writes, fails, lasting);
            let outcome = run(archive, "work");
            if plan.end().is_none() {
                outcome.expect("nothing has failed");
                writes = writes.max(fails - 1);
                break;
            }
            if let Err(error) = &outcome {
                let reported = error.to_string();
                assert!(
                    !reported.is_empty() && !reported.contains("panicked"),
                    "write {fails}: {reported}"
                );
            }
            let left = archive.articles("work");
            assert!(
                left == before || left == after,
                "write {fails}, lasting {lasting}, {outcome:?}: {left:#?}"
            );
            assert!(
                outcome.is_err() || left == after,
                "write {fails} failed, nothing was said and nothing done"
            );
            archive.is_whole("work");
            // The next run repairs it, and leaves nothing behind.
            run(archive, "work")
                .unwrap_or_else(|error| panic!("after write {fails}, lasting {lasting}: {error}"));
            archive.sync("work", schema).expect("in step");
            assert_eq!(
                archive.articles("work"),
                after,
                "after write {fails}, lasting {lasting}"
            );
            archive.is_whole("work");
            leaves_nothing_behind(&archive.path("work"));
        }
    }
    assert!(writes > 20, "only {writes} writes were seen");
}

/// One generation, and none that was begun.
fn leaves_nothing_behind(index: &Path) {
    let names: Vec<String> = fs::read_dir(index)
        .expect("listed")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names.iter().filter(|name| name.starts_with("gen-")).count(),
        1,
        "{names:?}"
    );
    assert!(
        !names
            .iter()
            .any(|name| name.starts_with(".tmp") || name.starts_with(".mode")),
        "{names:?}"
    );
}

#[test]
fn of_a_first_build() {
    let mut archive = Archive::new();
    each_in_turn(&mut archive, "one", &mut |archive, index| {
        archive.sync(index, "one").map(drop)
    });
}

/// Each write of a run over an edited archive fails in turn; what the next run makes of it is as a fresh index.
fn of_an_edit(schema: &str) {
    let mut archive = Archive::new();
    archive.sync("before", "one").expect("built");
    archive.edit();
    each_in_turn(&mut archive, schema, &mut |archive, index| {
        archive.sync(index, schema).map(drop)
    });
    archive.sync("fresh", schema).expect("built");
    assert_eq!(archive.articles("work"), archive.articles("fresh"));
}

#[test]
fn of_an_update() {
    of_an_edit("one");
}

/// Other lexicons ask for a new generation.
#[test]
fn of_a_new_generation() {
    of_an_edit("two");
}

#[test]
fn of_a_correction() {
    let mut archive = Archive::new();
    archive.sync("before", "one").expect("built");
    each_in_turn(&mut archive, "one", &mut |archive, index| {
        let table = b"id,facet,action,value,by,at\nc1,month,set,2024/05,Awa,2026-01-02\nb.txt,month,set,2024/06,Awa,2026-01-02\n";
        let rows = corrections::parse(table);
        correct(&IndexDir::at(archive.path(index)), Path::new("c.csv"), rows).map(drop)
    });
}

/// Reports that are joined are rows of two articles: both, or none.
#[test]
fn of_a_join() {
    use crate::index::corrections::{Action, Correction, EVENT, Parsed};
    let mut archive = Archive::new();
    archive.sync("before", "one").expect("built");
    each_in_turn(&mut archive, "one", &mut |archive, index| {
        let row = |id: &str| Correction {
            passage: "une attaque".into(),
            by: "Awa".into(),
            at: "2026-01-02".into(),
            ..Correction::new(id, EVENT, Action::Join, "")
        };
        let parsed = Parsed {
            rows: vec![(0, row("c1")), (0, row("b.txt"))],
            is_linked: true,
            ..Parsed::default()
        };
        let index_dir = IndexDir::at(archive.path(index));
        let outcome = correct(&index_dir, Path::new(""), parsed).map(drop);
        let kept = corrections::Corrections::read(&index_dir).expect("a table");
        let names: Vec<&str> = kept.all().iter().map(|c| c.value.as_str()).collect();
        assert!(
            names.is_empty() || names.len() == 2 && names[0] == names[1] && names[0].starts_with("join-"),
            "{names:?}"
        );
        outcome
    });
}

/// Whatever fails while decisions are withdrawn, each is in force or in the past, and the articles agree with the table.
#[test]
fn of_undoing() {
    let mut archive = Archive::new();
    archive.sync("before", "one").expect("built");
    let untouched = archive.articles("before");
    let table = b"id,facet,action,value,by,at\nc1,month,set,2024/05,Awa,2026-01-02\nb.txt,month,set,2024/06,Awa,2026-01-02\n";
    let rows = corrections::parse(table);
    correct(&IndexDir::at(archive.path("before")), Path::new("c.csv"), rows).expect("decided");
    let decided = archive.articles("before");
    let mut writes = 0;
    for fails in 1.. {
        archive.copy("before", "work");
        let index_dir = IndexDir::at(archive.path("work"));
        let plan = Plan::begin(&archive.path("work"), Kind::Writes, fails, false);
        let outcome = undo(&index_dir, "Binta");
        if plan.end().is_none() {
            outcome.expect("nothing has failed");
            break;
        }
        writes += 1;
        archive.is_whole("work");
        archive.sync("work", "one").expect("in step");
        archive.is_whole("work");
        let kept = corrections::Corrections::read(&index_dir).expect("a table");
        let past = corrections::Past::read(&index_dir).expect("a table").0;
        let (expected, number) = match kept.all().len() {
            0 => (&untouched, 0),
            _ => (&decided, 2),
        };
        assert_eq!(kept.all().len(), number, "write {fails}");
        assert_eq!(&archive.articles("work"), expected, "write {fails}");
        assert!(outcome.is_err() || past.len() == 2, "write {fails}");
    }
    assert!(writes > 15, "only {writes} writes were seen");
}

/// Whatever fails while something is added to the lexicon, it is added or it isn't, and what was added before stays.
#[test]
fn of_an_addition() {
    use crate::additions::{Addition, Parsed, What};
    let mut archive = Archive::new();
    let schema = fs::read_to_string(archive.path("one/schema.toml")).expect("read");
    let facet = "[[facet]]\nname = \"actor\"\nderive = \"names\"\nlexicon = \"actors.toml\"\n";
    archive.write("one/schema.toml", &format!("{schema}{facet}"));
    archive.write("one/actors.toml", "[[value]]\nname = \"Jnim\"\n");
    archive.sync("before", "one").expect("built");
    let parsed = |name: &str| Parsed {
        rows: vec![(0, Addition::new(What::Actor, name))],
        faults: Vec::new(),
    };
    add_to_lexicon(&IndexDir::at(archive.path("before")), Path::new(""), parsed("Un")).expect("added");
    let mut writes = 0;
    for fails in 1.. {
        archive.copy("before", "work");
        let index_dir = IndexDir::at(archive.path("work"));
        let plan = Plan::begin(&archive.path("work"), Kind::Writes, fails, false);
        let outcome = add_to_lexicon(&index_dir, Path::new(""), parsed("Deux"));
        if plan.end().is_none() {
            outcome.expect("nothing has failed");
            break;
        }
        writes += 1;
        archive.sync("work", "one").expect("in step");
        archive.is_whole("work");
        let names: Vec<String> = additions(&index_dir)
            .expect("a table")
            .into_iter()
            .map(|a| a.name)
            .collect();
        assert!(
            names == ["Un"] || names == ["Un", "Deux"],
            "write {fails}: {names:?}"
        );
        assert!(outcome.is_err() || names.len() == 2, "write {fails}");
    }
    assert!(writes > 3, "only {writes} writes were seen");
}
