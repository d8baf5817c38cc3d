//! An analyst's decisions: taken in, applied, shown, kept through rebuilds, written out again.

use griot::index::{IndexDir, SyncOptions, sync};
use serde_json::Value;
use std::process::Command;
use tempfile::TempDir;

pub struct Archive {
    pub dir: TempDir,
}

impl Archive {
    pub fn new() -> Self {
        let archive = Self {
            dir: tempfile::tempdir().expect("a folder"),
        };
        for (name, text) in [
            (
                "corpus/a.txt",
                "Drones à Gao\n\nDes drones ont frappé la ville de Gao.",
            ),
            (
                "corpus/b.txt",
                "Drones à Mopti\n\nDes drones ont frappé la ville de Mopti.",
            ),
            (
                "corpus/c.jsonl",
                "{\"id\":\"x\",\"text\":\"Un drone à Kidal.\"}\n{\"id\":\"x\",\"text\":\"Un drone à Tessalit.\"}\n",
            ),
        ] {
            archive.write(name, text);
        }
        archive.run(0, &["index", "corpus"]);
        archive
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn run(&self, code: i32, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        command
            .current_dir(self.dir.path())
            .env("LC_ALL", "C")
            .env_remove("GRIOT_LANG")
            .env_remove("GRIOT_INDEX")
            .args(args);
        if args[0] != "index" {
            command.args(["--index", "corpus/.griot"]);
        }
        let output = command.output().expect("griot runs");
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
        text
    }

    pub fn correct(&self, rows: &str) -> String {
        self.write("c.csv", &format!("id,facet,action,value,note\n{rows}"));
        self.run(0, &["correct", "c.csv"])
    }

    pub fn ids(&self, args: &[&str]) -> Vec<String> {
        let mut all = vec!["search", "--format", "json"];
        all.extend(args);
        let answer: Value = serde_json::from_str(&self.run(0, &all)).expect("JSON");
        let hits = answer["hits"].as_array().expect("hits");
        let mut ids: Vec<String> = hits
            .iter()
            .map(|hit| hit["id"].as_str().expect("id").to_string())
            .collect();
        ids.sort();
        ids
    }
}

const ROWS: &str =
    "a.txt,region,set,Kidal,\"la date trompe, vu sur place\"\nb.txt,actor,add,GSIM,\nx~2,region,remove,,\n";

#[test]
fn corrections_are_applied_shown_and_outlive_a_rebuild() {
    let archive = Archive::new();
    assert_eq!(archive.ids(&["--region", "kidal"]), ["x", "x~2"]);
    let reported = archive.correct(ROWS);
    assert!(
        reported.starts_with("3 corrections read, 3 articles changed, 3 corrections kept"),
        "{reported}"
    );
    let expected = |archive: &Archive| {
        assert_eq!(archive.ids(&["--region", "kidal"]), ["a.txt", "x"]);
        assert_eq!(archive.ids(&["--region", "gao"]), Vec::<String>::new());
        assert_eq!(archive.ids(&["--actor", "jnim"]), ["b.txt"]);
        assert_eq!(archive.ids(&["drone"]).len(), 4, "nothing is there twice");
        let shown = archive.run(0, &["show", "a.txt"]);
        assert!(
            shown.contains("region: Mali/Kidal (corrected)") && !shown.contains("Mali/Gao"),
            "{shown}"
        );
        assert!(
            shown.contains("corrected: region set Kidal: la date trompe, vu sur place"),
            "{shown}"
        );
        let json: Value =
            serde_json::from_str(&archive.run(0, &["show", "a.txt", "--format", "json"])).expect("JSON");
        assert_eq!(json["corrections"][0]["note"], "la date trompe, vu sur place");
        assert!(
            archive
                .run(0, &["show", "b.txt"])
                .contains("region: Mali/Mopti/Mopti (derived)"),
            "the rest is derived as before"
        );
    };
    expected(&archive);
    // Again changes nothing.
    assert!(
        archive
            .correct(ROWS)
            .contains("0 articles changed, 3 corrections kept")
    );
    archive.run(0, &["index", "corpus", "--rebuild"]);
    expected(&archive);
    // A changed file keeps its corrections.
    archive.write(
        "corpus/a.txt",
        "Drones à Gao\n\nDes drones ont frappé de nouveau la ville de Gao.",
    );
    archive.run(0, &["index", "corpus"]);
    expected(&archive);
    // What is written out is what was taken in, names of articles apart.
    let exported = archive.run(0, &["correct", "--export"]);
    assert_eq!(exported.lines().count(), 4, "{exported}");
    assert!(
        exported.contains("a.txt,region,set,Kidal,\"la date trompe, vu sur place\",,"),
        "{exported}"
    );
    assert!(exported.contains("c.jsonl#x~2,region,remove,,"), "{exported}");
    archive.write("back.csv", &exported);
    assert!(
        archive
            .run(0, &["correct", "back.csv"])
            .contains("0 articles changed, 3 corrections kept")
    );
    // And it can be undone.
    archive.correct("a.txt,,reset,,\nc.jsonl,,reset,,\nc.jsonl#x~2,,reset,,\nb.txt,actor,remove,GSIM,\n");
    assert_eq!(
        (
            archive.ids(&["--region", "gao"]),
            archive.ids(&["--actor", "jnim"])
        ),
        (vec!["a.txt".into()], Vec::new())
    );
    assert_eq!(archive.ids(&["--region", "kidal"]), ["x", "x~2"]);
}

#[test]
fn articles_that_were_excluded_are_found_only_when_asked_for() {
    let archive = Archive::new();
    archive.correct("a.txt,mark,add,exclu,page d'essai\ncorpus/b.txt,mark,add,reviewed,\n");
    assert_eq!(archive.ids(&["drones"]), ["b.txt", "x", "x~2"]);
    assert_eq!(archive.ids(&[]), ["b.txt", "x", "x~2"]);
    assert_eq!(archive.ids(&["drones mark:excluded"]), ["a.txt"]);
    assert_eq!(
        archive.ids(&["drones", "--include-excluded"]),
        ["a.txt", "b.txt", "x", "x~2"]
    );
    for command in ["search", "facets"] {
        let told = archive.run(0, &[command, "drones"]);
        assert!(
            told.contains("1 article that was excluded matches, too"),
            "{told}"
        );
        let told = archive.run(0, &[command, "drones", "--include-excluded"]);
        assert!(!told.contains("excluded matches"), "{told}");
    }
    assert_eq!(
        archive.ids(&["drones mark:excluded,reviewed"]),
        ["a.txt", "b.txt"]
    );
    assert_eq!(archive.ids(&["--where", "mark=exclu"]), ["a.txt"]);
    assert_eq!(archive.ids(&["--where", "mark=reviewed"]), ["b.txt"]);
    assert_eq!(archive.ids(&["--not-where", "mark=reviewed"]), ["x", "x~2"]);
    assert!(!archive.run(0, &["export", "--format", "csv"]).contains("a.txt"));
    assert!(
        archive
            .run(0, &["show", "a.txt"])
            .contains("mark: excluded (corrected)")
    );
    assert!(
        archive
            .run(0, &["stats"])
            .contains("articles  4 from 3 files, 1 of them excluded"),
        "{}",
        archive.run(0, &["stats"])
    );
    assert!(
        archive.run(0, &["terms", "drones"]).contains("3 of 3 articles"),
        "{}",
        archive.run(0, &["terms", "drones"])
    );
}

#[test]
fn what_cannot_be_taken_in_changes_nothing() {
    let archive = Archive::new();
    archive.write(
        "c.csv",
        "id,facet,action,value\na.txt,region,set,Kidal\na.txt,colour,set,red\n",
    );
    let reported = archive.run(1, &["correct", "c.csv"]);
    assert!(
        reported.contains("c.csv, line 3: “colour” is not a facet; there are region"),
        "{reported}"
    );
    assert_eq!(archive.ids(&["--region", "gao"]), ["a.txt"]);
    let reported = archive.correct("later.txt,region,add,Kidal,\na.txt,region,add,Atlantide,\n");
    assert!(
        reported.contains("line 2: no article is called “later.txt”")
            && reported.contains("line 3: region: no lexicon knows “Atlantide”"),
        "{reported}"
    );
    archive.write("corpus/later.txt", "Brève\n\nRien de neuf.");
    let options = SyncOptions {
        threads: 1,
        memory: 32 << 20,
        ..SyncOptions::default()
    };
    sync(
        &IndexDir::at(archive.dir.path().join("corpus/.griot")),
        &options,
        &mut |_| {},
    )
    .expect("in step");
    assert_eq!(
        archive.ids(&["--region", "kidal"]),
        ["later.txt", "x", "x~2"],
        "kept for when there is one"
    );
}

#[test]
fn a_decision_about_an_article_that_has_gone_is_told() {
    let archive = Archive::new();
    archive.correct("corpus/b.txt,mark,add,reviewed,\n");
    std::fs::remove_file(archive.dir.path().join("corpus/b.txt")).expect("removed");
    let reported = archive.run(0, &["index", "corpus"]);
    assert!(
        reported.contains("no longer there, for instance “b.txt”"),
        "{reported}"
    );
}

#[test]
fn a_record_is_called_by_its_number_by_its_id_and_by_which_of_them() {
    let archive = Archive::new();
    archive.write(
        "corpus/a#b.jsonl",
        "{\"id\":\"k#1\",\"text\":\"Un drone à Bourem.\"}\n{\"text\":\"Un drone à Ansongo.\"}\n",
    );
    archive.run(0, &["index", "corpus"]);
    for (name, says) in [
        ("c.jsonl#x", "Kidal"),
        ("c.jsonl#x~2", "Tessalit"),
        ("a#b.jsonl#k#1", "Bourem"),
        ("a#b.jsonl#2", "Ansongo"),
    ] {
        assert!(archive.run(0, &["show", name]).contains(says), "{name}");
        archive.correct(&format!("{name},mark,add,reviewed,\n"));
        assert!(
            archive
                .run(0, &["show", name])
                .contains("mark: reviewed (corrected)"),
            "{name}"
        );
    }
    for name in ["c.jsonl#x~3", "c.jsonl#y", "a.txt#x", "b.jsonl#2"] {
        assert!(archive.run(1, &["show", name]).contains("no article"), "{name}");
    }
}
