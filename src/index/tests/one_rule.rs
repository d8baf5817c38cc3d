//! One rule for what belongs to an archive: the walk, what the watch listens to, the members of a ZIP file
//! and the dry run agree on random folders.

use crate::corpus::tests::archives::zip;
use crate::corpus::{self, Choice, FoundFile, Globs, Reading, Walked};
use crate::disk::Version;
use crate::index::layout::IndexDir;
use crate::index::options::SyncOptions;
use crate::index::preview::preview;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

const FOLDERS: [&str; 7] = ["a", "brouillons", "2024", ".h", "p_files", "gen-1", "__MACOSX"];
const FILES: [&str; 8] = [
    "a.txt", "b.md", "p.html", "c.jpg", ".t.txt", "CURRENT", "LOCK", "griot.md",
];
/// Of the folder as of the ZIP file that holds the same.
const GLOBS: [&str; 9] = [
    "*.md",
    "brouillons",
    "{a,2024}",
    "/t*/a",
    "t*/**/*.txt",
    "[ab].*",
    "t*/2024/*",
    "**",
    "p.*",
];

fn content(name: &str) -> &'static str {
    match name {
        "CURRENT" => "gen-1\n",
        name if name.ends_with(".html") => "<title>Gao</title><p>Un convoi est parti de Gao pour Kidal.</p>",
        _ => "Gao\n\nUn convoi est parti de Gao pour Kidal.\n",
    }
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

type Paths = BTreeSet<String>;

fn walked(root: &Path, choice: &Choice) -> Paths {
    let key = |walked| match walked {
        Walked::File(found) => found.key.strip_prefix("t/").map(String::from),
        _ => None,
    };
    corpus::walk_chosen(root, choice).filter_map(key).collect()
}

fn watched(root: &Path, choice: &Choice, all: &Paths) -> Paths {
    let concerns = |path: &&String| corpus::concerns(root, choice, &root.join("t").join(path));
    all.iter().filter(concerns).cloned().collect()
}

fn zipped(found: &FoundFile) -> Paths {
    let mut paths = Paths::new();
    corpus::read(found, &corpus::Options::default(), &mut |reading| {
        if let Reading::Article {
            inner: Some(inner), ..
        } = reading
        {
            paths.insert(inner.to_string());
        }
        ControlFlow::Continue(())
    })
    .expect("read");
    paths
}

fn planned(dir: &Path, root: &Path, include: &[String], exclude: &[String]) -> Paths {
    let options = SyncOptions {
        paths: vec![root.to_path_buf()],
        include: include.to_vec(),
        exclude: exclude.to_vec(),
        ..SyncOptions::default()
    };
    let report = preview(&IndexDir::at(dir.join("index")), &options, &mut |_| {}).expect("a plan");
    let top = root.canonicalize().expect("a folder").join("t");
    let inside = |path: &str| {
        let inside = Path::new(path).strip_prefix(&top).ok()?;
        Some(inside.to_string_lossy().into_owned())
    };
    report
        .planned
        .iter()
        .filter_map(|planned| inside(&planned.path))
        .collect()
}

fn globs() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(proptest::sample::select(&GLOBS[..]).prop_map(String::from), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn all_four_agree(
        paths in proptest::collection::btree_set(
            (
                proptest::collection::vec(proptest::sample::select(&FOLDERS[..]), 0..4),
                proptest::sample::select(&FILES[..]),
            ),
            1..12,
        ),
        include in globs(),
        exclude in globs(),
        settings in globs(),
    ) {
        let dir = tempfile::Builder::new().prefix("rule").tempdir().expect("a folder");
        let root = dir.path().join("corpus");
        let all: Paths = paths
            .into_iter()
            .map(|(folders, name)| folders.into_iter().chain([name]).collect::<Vec<_>>().join("/"))
            .collect();
        let name = |path: &str| content(path.rsplit('/').next().unwrap_or(path)).as_bytes();
        for path in &all {
            write(&root.join("t").join(path), name(path));
        }
        let members: Vec<(&[u8], &[u8])> = all.iter().map(|path| (path.as_bytes(), name(path))).collect();
        write(&root.join("t.zip"), zip(&members, false));
        let quoted: Vec<String> = settings.iter().filter(|glob| *glob != "**").map(|glob| format!("{glob:?}")).collect();
        write(&root.join("griot.toml"), format!("exclude = [{}]\n", quoted.join(", ")));
        write(&root.join("settings.rtf"), "{\\rtf1 Gao}");

        let choice = Choice::of(Globs::new(&include, &exclude).expect("good globs"));
        let of_root = corpus::walk(&root).find_map(|walked| match walked {
            Walked::File(found) if found.key == "settings.rtf" => found.settings,
            _ => None,
        });
        let archive = FoundFile {
            path: root.join("t.zip"),
            key: "t.zip".into(),
            size: 0,
            version: Version::default(),
            settings: of_root,
            globs: Some(Arc::clone(&choice.globs)),
            reads_exports: false,
        };
        let walked = walked(&root, &choice);
        prop_assert_eq!(&watched(&root, &choice, &all), &walked, "the watch");
        prop_assert_eq!(&zipped(&archive), &walked, "the ZIP file");
        prop_assert_eq!(&planned(dir.path(), &root, &include, &exclude), &walked, "the dry run");
    }
}
