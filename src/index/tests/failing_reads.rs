//! A file, folder or setting that can't be looked at for a moment takes nothing out of the index: looks at an
//! archive fail in turn.

use crate::error::{Error, Result};
use crate::faults::injected::{Kind, Plan};
use crate::index::layout::IndexDir;
use crate::index::options::SyncOptions;
use crate::index::sync::{Kept, sync_keeping};
use crate::index::{Reader, Report, document};
use std::fs;
use std::path::PathBuf;

struct Archive {
    dir: tempfile::TempDir,
    kept: Kept,
}

/// Folders with names that keys escape, one beside another whose name begins the same, settings, links.
fn archive() -> Archive {
    let dir = tempfile::Builder::new()
        .prefix("archive")
        .tempdir()
        .expect("a folder");
    let archive = Archive {
        dir,
        kept: Kept::default(),
    };
    let files = [
        ("plain/a.txt", "Un.\n\nUn convoi est parti."),
        ("plain2/a.txt", "Deux.\n\nDeux convois sont partis."),
        ("back\\slash/a.txt", "Trois.\n\nTrois convois sont partis."),
        ("set/x/a.txt", "Quatre.\n\nQuatre convois sont partis."),
        ("set/griot.toml", "source = \"RFI\"\n"),
        ("page.html", "<title>Cinq</title><p>Cinq convois sont partis.</p>"),
        ("page_files/a.txt", "Des images."),
        ("z.txt", "Six.\n\nSix convois sont partis."),
    ];
    for (name, text) in files {
        archive.write(name, text);
    }
    #[cfg(unix)]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let odd = archive.corpus().join(OsStr::from_bytes(b"S\xe9gou"));
        fs::create_dir(&odd).expect("a folder");
        fs::write(odd.join("a.txt"), "Sept.\n\nSept convois sont partis.").expect("a file");
        std::os::unix::fs::symlink(archive.corpus().join("plain"), archive.corpus().join("way"))
            .expect("a link");
    }
    archive
}

impl Archive {
    fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn sync(&mut self, change: impl FnOnce(&mut SyncOptions)) -> Report {
        self.try_sync(change).expect("synced")
    }

    fn try_sync(&mut self, change: impl FnOnce(&mut SyncOptions)) -> Result<Report> {
        let mut options = SyncOptions {
            paths: vec![self.corpus()],
            threads: 1,
            memory: 32 << 20,
            ..SyncOptions::default()
        };
        change(&mut options);
        let index_dir = IndexDir::at(self.dir.path().join("index"));
        sync_keeping(&index_dir, &options, &mut self.kept, &mut |_| {})
    }

    /// What the index holds.
    fn articles(&self) -> Vec<String> {
        let reader = Reader::open(&IndexDir::at(self.dir.path().join("index"))).expect("opened");
        let mut all = Vec::new();
        for segment in reader.searcher().segment_readers() {
            let store = segment.get_store_reader(1).expect("a store");
            let record_keys = segment.fast_fields().u64("record_key").expect("a column");
            for doc in segment
                .doc_ids_alive()
                .filter(|doc| record_keys.first(*doc).is_some())
            {
                let article = document::read(&reader.fields, &store.get(doc).expect("stored"));
                all.push(format!("{:?}", article.expect("an article")));
            }
        }
        all.sort();
        all
    }

    /// Lets each look at the archive fail in a run of its own, or with `step` some of them: nothing is lost,
    /// doubled or changed. Whether it is reported, `check` can say.
    fn each_in_turn(&mut self, step: usize, change: impl Fn(&mut SyncOptions), check: impl Fn(&Report)) {
        let before = self.articles();
        let step = if std::env::var_os("GRIOT_LONG").is_none() {
            step
        } else {
            1
        };
        for fails in (1..).step_by(step) {
            let plan = Plan::begin(&self.corpus(), Kind::Reads, fails, false);
            let outcome = self.try_sync(&change);
            if plan.end().is_none() {
                outcome.expect("nothing has failed");
                assert!(fails > 30, "only {fails} looks were seen");
                break;
            }
            assert_eq!(self.articles(), before, "look {fails}: {outcome:?}");
            match outcome {
                Ok(report) => check(&report),
                // Which folder was meant can't be reported.
                Err(error) => assert!(matches!(error, Error::Io { .. }), "look {fails}: {error}"),
            }
        }
        self.sync(|_| {});
        assert_eq!(self.articles(), before);
    }
}

#[test]
fn of_an_update() {
    let mut archive = archive();
    archive.sync(|_| {});
    assert!(archive.articles().len() >= 6);
    archive.each_in_turn(
        1,
        |_| {},
        |report| assert!(!report.skipped.is_empty(), "{report:?}"),
    );
}

#[test]
fn of_a_rebuild() {
    let mut archive = archive();
    archive.sync(|_| {});
    // It is also looked at beforehand, where a failure changes nothing.
    archive.each_in_turn(4, |options| options.rebuild = true, |_| {});
}

#[test]
fn of_a_part() {
    let mut archive = archive();
    archive.sync(|_| {});
    let part = archive.corpus().join("set/x");
    let before = archive.articles();
    for fails in 1.. {
        let plan = Plan::begin(&archive.corpus(), Kind::Reads, fails, false);
        let report = archive.sync(|options| {
            options.paths.clear();
            options.parts = vec![part.clone()];
        });
        if plan.end().is_none() {
            break;
        }
        assert_eq!(archive.articles(), before, "look {fails}: {report:?}");
    }
}

#[test]
fn of_a_first_build_is_made_good_by_the_next_run() {
    let mut archive = archive();
    let plan = Plan::begin(&archive.corpus().join("plain"), Kind::Reads, 1, false);
    archive.sync(|_| {});
    assert!(plan.end().is_some());
    let some = archive.articles().len();
    archive.sync(|_| {});
    assert!(archive.articles().len() > some);
}
