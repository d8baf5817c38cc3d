//! A folder with one of everything: every file on the disk is accounted for, every article comes out as it
//! went in.

use crate::layouts::{self, CONTAINERS, SINGLES, Sample};
use griot::index::{FileStatus, IndexDir, Reader, SyncOptions, ids, sync};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files in the folder.
const FILES: usize = 2000;

/// Articles in each file that takes several.
const MANY: usize = 3;

/// The folder, and what is in it.
struct Folder {
    dir: tempfile::TempDir,
    files: usize,
    /// Titles with texts, of every article that should come out.
    expected: BTreeMap<String, String>,
    /// Stable names of the reasons for which a file should be skipped, by its key.
    skipped: BTreeMap<String, &'static str>,
    ignored: u64,
}

impl Folder {
    fn write(&mut self, key: &str, bytes: &[u8]) {
        let path = self.dir.path().join("archive").join(key);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self.files += 1;
    }

    fn bad(&mut self, key: &str, bytes: &[u8], reason: &'static str) {
        self.write(key, bytes);
        self.skipped.insert(key.to_string(), reason);
    }

    fn ignored(&mut self, key: &str, bytes: &[u8]) {
        self.write(key, bytes);
        self.ignored += 1;
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("archive")
    }
}

fn everything() -> Folder {
    let dir = tempfile::tempdir().expect("a folder");
    let mut folder = Folder {
        dir,
        files: 0,
        expected: BTreeMap::new(),
        skipped: BTreeMap::new(),
        ignored: 0,
    };
    let wall = "<title>x</title><p>Nous et nos partenaires utilisons des cookies.</p><p>Tout accepter</p><p>Continuer sans accepter</p><p>Gérer mes choix</p>";
    let lines = layouts::write("articles.jsonl", &[Sample::new(1_000_000, 300)]);
    folder.bad("mal/vide.txt", b"", "empty");
    folder.bad("mal/blanc.html", b" \n", "empty");
    folder.bad("mal/image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0", "not_text");
    folder.bad(
        "mal/programme.csv",
        b"\x7fELF\0\0\0\0\0\0\0\x01\x02\x03",
        "not_text",
    );
    folder.bad("mal/accord.html", wall.as_bytes(), "consent_page");
    folder.bad("mal/faux.json", b"{\"titre\": ", "invalid_json");
    folder.bad("mal/nombres.csv", b"a,b\n1,2\n", "invalid_table");
    folder.bad("mal/carte.xml", b"<kml/>", "unknown_format");
    folder.bad("mal/faux.zip", b"rien", "damaged");
    folder.bad("mal/faux.docx", b"rien", "damaged");
    // Nothing came before the cut.
    folder.bad("mal/coupe.jsonl.gz", &layouts::gzip(&lines)[..30], "empty");
    folder.bad(
        "mal/images.zip",
        &layouts::zip(&[("a.jpg".into(), vec![1])]),
        "no_text",
    );
    folder.ignored("photo.jpg", b"\xff\xd8");
    folder.ignored(".cache.txt", b"x");
    folder.ignored("griot.toml", b"lang = \"fr\"\nexclude = [\"brouillons/**\"]\n");
    folder.ignored("brouillons/a.txt", b"Un brouillon");
    let mut number = 0;
    for at in 0.. {
        if folder.files >= FILES {
            break;
        }
        let all = CONTAINERS.len() + SINGLES.len();
        let (layout, count) = match at % all {
            i if i < CONTAINERS.len() => (CONTAINERS[i], MANY),
            i => (SINGLES[i - CONTAINERS.len()], 1),
        };
        let articles: Vec<Sample> = (0..count).map(|i| Sample::new(number + i, 300)).collect();
        number += count;
        folder.write(
            &format!("dossier {}/{at}-{layout}", at / 100),
            &layouts::write(layout, &articles),
        );
        folder
            .expected
            .extend(articles.into_iter().map(|a| (a.title.clone(), a.text())));
    }
    folder
}

/// Files below a folder.
fn count_files(dir: &Path) -> usize {
    let entries = std::fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .map(|path| if path.is_dir() { count_files(&path) } else { 1 })
        .sum()
}

#[test]
fn every_file_is_accounted_for_and_every_article_comes_out() {
    let folder = everything();
    assert_eq!((folder.files, count_files(&folder.root())), (FILES, FILES));
    let index = folder.dir.path().join("index");
    let options = SyncOptions {
        paths: vec![folder.root()],
        threads: 2,
        memory: 64 << 20,
        audit: true,
        ..SyncOptions::default()
    };
    let report = sync(&IndexDir::at(&index), &options, &mut |_| {}).expect("an index");
    // Every file is seen or ignored, and every one that is seen gave articles or stands in the list.
    assert_eq!(report.files_seen + report.files_ignored, FILES as u64);
    assert_eq!(report.files_ignored, folder.ignored);
    assert_eq!(report.files_new, report.files_seen);
    let root = folder.root().canonicalize().expect("a root");
    let skipped: BTreeMap<String, &str> = report
        .skipped
        .iter()
        .map(|skipped| {
            let path = Path::new(&skipped.path)
                .strip_prefix(&root)
                .expect("a file of the folder");
            (path.display().to_string(), skipped.reason.as_str())
        })
        .collect();
    assert_eq!(skipped, folder.skipped);
    assert!(
        report
            .skipped
            .iter()
            .all(|skipped| !skipped.detail.is_empty() || skipped.reason == "empty"),
        "each with its cure"
    );
    assert_eq!(
        (report.articles, report.articles_new),
        (folder.expected.len() as u64, folder.expected.len() as u64)
    );
    let warnings: Vec<&str> = report
        .warnings
        .iter()
        .map(|w| w.reason.as_str())
        .filter(|reason| *reason != "changed_while_read")
        .collect();
    assert_eq!(
        warnings,
        ["damaged"],
        "the archive that is cut off, and nothing else"
    );

    // The list of files has each of them once, and its totals are those of the report.
    let files = report.files.as_deref().expect("asked for");
    let listed: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!((files.len(), listed.len()), (FILES, FILES));
    let status = report.files_by_status();
    assert_eq!(status.get(&FileStatus::Ignored), Some(&folder.ignored));
    assert_eq!(
        status.get(&FileStatus::Skipped),
        Some(&(folder.skipped.len() as u64))
    );
    assert_eq!(status.values().sum::<u64>(), FILES as u64);
    assert_eq!(
        files.iter().map(|file| file.articles).sum::<u64>(),
        report.articles
    );
    for file in files {
        let path = Path::new(&file.path)
            .strip_prefix(&root)
            .expect("a file of the folder")
            .display()
            .to_string();
        let reasons: Vec<&str> = file.reasons.iter().map(String::as_str).collect();
        match folder.skipped.get(&path) {
            Some(reason) => assert_eq!(
                (file.status, reasons),
                (FileStatus::Skipped, vec![*reason]),
                "{path}"
            ),
            None if file.status == FileStatus::Ignored => assert_eq!(reasons.len(), 1, "{path}"),
            None => {
                assert_eq!((file.status, reasons.len()), (FileStatus::New, 0), "{path}");
                assert!(
                    !file.format.is_empty() && file.encoding.is_some() && file.articles > 0,
                    "{path}"
                );
                assert_eq!(
                    file.metadata.0["lang"].values().sum::<u64>(),
                    file.articles,
                    "{path}"
                );
            }
        }
    }

    // A second run finds nothing to do.
    let again = sync(&IndexDir::at(&index), &options, &mut |_| {}).expect("an index");
    assert_eq!(
        (again.files_seen, again.articles, again.changed()),
        (report.files_seen, report.articles, false)
    );
    let status = again.files_by_status();
    assert_eq!(
        status.keys().copied().collect::<Vec<_>>(),
        [FileStatus::Unchanged, FileStatus::Ignored]
    );
    assert_eq!(status.values().sum::<u64>(), FILES as u64);

    // What comes out is what went in, and goes in again as it is.
    let export = |index: &Path| {
        let args = ["export", "--rows", "records", "--format", "jsonl", "--index"];
        let output = Command::new(env!("CARGO_BIN_EXE_griot"))
            .args(args)
            .arg(index)
            .output()
            .expect("griot runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let exported = export(&index);
    let (second, kept) = (
        folder.dir.path().join("second"),
        folder.dir.path().join("export.jsonl"),
    );
    std::fs::write(&kept, &exported).expect("a file");
    let options = SyncOptions {
        paths: vec![kept],
        ..options
    };
    assert_eq!(
        sync(&IndexDir::at(&second), &options, &mut |_| {})
            .expect("an index")
            .articles,
        report.articles
    );
    let sorted = |text: &str| text.lines().map(String::from).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&export(&second)), sorted(&exported));

    let reader = Reader::open(&IndexDir::at(&index)).expect("an index");
    let searcher = reader.searcher();
    let mut found = BTreeMap::new();
    let mut languages = BTreeSet::new();
    let mut names = BTreeSet::new();
    for line in exported.lines() {
        let article: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let field = |key: &str| article[key].as_str().unwrap_or_default().to_string();
        assert!(names.insert(field("id")), "the id {} twice", field("id"));
        let (_, stored) = ids::find(&searcher, &reader.fields, &field("id")).expect("an article of that id");
        found.insert(
            field("title"),
            field("text").split_whitespace().collect::<Vec<_>>().join(" "),
        );
        languages.insert((stored.meta.lang, stored.meta.lang_detected));
        let dated = article["date"].as_str().is_some();
        let plain = ["a.txt", "a.rtf", "a.docx", "a.odt", "archive.zip", "latin.txt"]
            .iter()
            .any(|name| field("id").contains(name));
        assert!(dated || plain, "{} lost its date", field("id"));
    }
    let expected: BTreeMap<String, String> = folder
        .expected
        .iter()
        .map(|(title, text)| {
            (
                title.clone(),
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    for (title, text) in &expected {
        assert_eq!(found.get(title), Some(text), "{title}");
    }
    assert_eq!(found.len(), expected.len());
    assert_eq!(
        languages,
        BTreeSet::from([(Some("fr".to_string()), false)]),
        "given by the griot.toml at the top"
    );
    assert!(
        names.iter().any(|id| id.ends_with("-archive.zip/dossier/1.txt")),
        "ids name the members of archives"
    );
}

#[test]
fn other_settings_have_the_files_below_read_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("archive");
    std::fs::create_dir_all(root.join("a")).expect("a folder");
    std::fs::create_dir_all(root.join("b")).expect("a folder");
    for (name, text) in [("a/x.txt", "Un texte."), ("b/y.txt", "Un autre.")] {
        std::fs::write(root.join(name), text).expect("a file");
        // Old enough for its time to be trusted.
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        std::fs::File::options()
            .write(true)
            .open(root.join(name))
            .and_then(|file| file.set_modified(old))
            .expect("a time");
    }
    let place = IndexDir::at(dir.path().join("index"));
    let options = SyncOptions {
        paths: vec![root.clone()],
        threads: 1,
        memory: 64 << 20,
        ..SyncOptions::default()
    };
    let run = || sync(&place, &options, &mut |_| {}).expect("an index");
    let source = || {
        let reader = Reader::open(&place).expect("an index");
        ids::find(&reader.searcher(), &reader.fields, "a/x.txt")
            .expect("an article")
            .1
            .meta
            .source
    };
    assert_eq!((run().files_new, source()), (2, None));
    for (settings, expected) in [
        (Some("source = \"RFI\""), Some("RFI")),
        (Some("source = \"AFP\""), Some("AFP")),
        (None, None),
    ] {
        let path = root.join("a/griot.toml");
        settings
            .map_or_else(
                || std::fs::remove_file(&path),
                |settings| std::fs::write(&path, settings),
            )
            .expect("settings");
        let report = run();
        assert_eq!(
            (report.files_changed, report.files_unchanged, source().as_deref()),
            (1, 1, expected),
            "{settings:?}"
        );
        assert!(!run().changed(), "a second run has nothing to do");
    }
}
