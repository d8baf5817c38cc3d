//! `griot index --watch` and `--every`: what changes is searchable soon, and the end is clean.
#![cfg(unix)]

use crate::common::{Archive, text};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

struct Watcher(Option<Child>);

impl Watcher {
    fn start(archive: &Archive, args: &[&str]) -> Self {
        let child = archive.start(&[&["index", "corpus", "--format", "json"], args].concat());
        let watcher = Self(Some(child));
        archive.eventually(|| archive.corpus().join(".griot/CURRENT").is_file(), "an index");
        watcher
    }

    /// Ends it as a terminal or the system would.
    fn end(mut self, signal: &str) -> std::process::Output {
        let child = self.0.take().expect("running");
        Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .expect("kill runs");
        child.wait_with_output().expect("it ends")
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Archive {
    fn eventually(&self, mut holds: impl FnMut() -> bool, what: &str) {
        // Generous: other tests run beside this one.
        let end = Instant::now() + Duration::from_secs(60);
        while !holds() {
            assert!(Instant::now() < end, "{what}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn finds(&self, query: &str, ids: &[&str]) {
        self.eventually(|| self.ids(&[query]) == ids, &format!("{query}: {ids:?}"));
    }
}

#[test]
fn changes_are_applied_as_they_come() {
    let archive = Archive::small();
    let watcher = Watcher::start(&archive, &["--watch"]);
    archive.finds("drones", &["a.txt"]);
    archive.write("n.txt", "Nouveau\n\nUn hélicoptère.");
    archive.finds("hélicoptère", &["n.txt"]);
    // An editor's dance: the new text under another name, the old one away, the new one in its place.
    archive.write("a.txt~", "Titre\n\nUn convoi.");
    std::fs::rename(archive.corpus().join("a.txt"), archive.corpus().join("a.bak")).expect("renamed");
    std::fs::rename(archive.corpus().join("a.txt~"), archive.corpus().join("a.txt")).expect("renamed");
    archive.finds("convoi", &["a.txt"]);
    // A folder that comes whole, and goes.
    archive.write("../new/x.txt", "Titre\n\nUne pirogue.");
    std::fs::rename(archive.dir.path().join("new"), archive.corpus().join("new")).expect("moved in");
    archive.finds("pirogue", &["new/x.txt"]);
    std::fs::remove_dir_all(archive.corpus().join("new")).expect("removed");
    archive.finds("pirogue", &[]);
    // Settings concern all that lies beside and below them, and so does a page what its browser saved with
    // it.
    archive.write("sub/d.txt", "Titre\n\nUne charrette.");
    archive.write(
        "sub/p_files/e.html",
        "<title>Titre</title><p>Une charrette aussi.</p>",
    );
    archive.finds("charrette", &["sub/d.txt", "sub/p_files/e.html"]);
    archive.write("sub/griot.toml", "source = \"RFI\"\n");
    archive.finds("source:RFI", &["sub/d.txt", "sub/p_files/e.html"]);
    archive.write(
        "sub/p.html",
        "<title>Titre</title><p>Une page, sa charrette et ses images.</p>",
    );
    archive.finds("charrette source:RFI", &["sub/d.txt", "sub/p.html"]);
    std::fs::remove_file(archive.corpus().join("sub/griot.toml")).expect("removed");
    archive.finds("source:RFI", &[]);
    std::fs::remove_file(archive.corpus().join("sub/p.html")).expect("removed");
    archive.finds("charrette", &["sub/d.txt", "sub/p_files/e.html"]);
    let output = watcher.end("-INT");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
}

#[test]
fn a_folder_that_goes_and_comes_again_is_watched_on() {
    let archive = Archive::small();
    archive.write("../other/x.txt", "Titre\n\nUne pirogue.");
    let watcher = Watcher::start(&archive, &["other", "--watch", "--index", "corpus/.griot"]);
    archive.finds("pirogue", &["x.txt"]);
    let (here, away) = (archive.dir.path().join("other"), archive.dir.path().join("away"));
    std::fs::rename(&here, &away).expect("moved away");
    std::thread::sleep(Duration::from_millis(2500));
    archive.finds("pirogue", &["x.txt"]);
    std::fs::write(away.join("y.txt"), "Titre\n\nUne autre pirogue.").expect("written");
    std::fs::rename(&away, &here).expect("moved back");
    archive.finds("pirogue", &["x.txt", "y.txt"]);
    archive.write("../other/z.txt", "Titre\n\nUne pirogue encore.");
    archive.finds("pirogue", &["x.txt", "y.txt", "z.txt"]);
    let output = watcher.end("-TERM");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn polling_finds_changes_too() {
    let archive = Archive::small();
    let watcher = Watcher::start(&archive, &["--every", "1s"]);
    archive.write("n.txt", "Nouveau\n\nUn hélicoptère.");
    archive.finds("hélicoptère", &["n.txt"]);
    assert_eq!(watcher.end("-TERM").status.code(), Some(0));
}

#[test]
fn an_interrupted_build_keeps_what_it_did() {
    let files: Vec<(String, String)> = (0..400)
        .map(|n| {
            (
                format!("{n}.txt"),
                format!("Titre {n}\n\n{}", "Des drones ont frappé Gao. ".repeat(400)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let archive = Archive::new(&files);
    let building = Watcher::start(&archive, &[]);
    let output = building.end("-INT");
    assert!(matches!(output.status.code(), Some(0 | 130)), "{}", text(&output));
    archive.index();
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
}
