//! One article in several files: indexed once, found in each of them, and left when one of them goes.

use crate::common::{Archive, cases, count, text};
use serde_json::Value;

const TEXT: &str = "Drones à Gao\n\nDes drones ont frappé Gao le 3 mars 2024.";
const OTHER: &str = "Réunion à Kidal\n\nUne réunion s'est tenue à Kidal.";

/// Articles and copies of the last run.
fn counts(report: &Value) -> (u64, u64) {
    (count(report, "articles"), count(report, "copies"))
}

fn shown(archive: &Archive, id: &str) -> Value {
    let output = archive.run(&["show", id, "--index", "corpus/.griot", "--format", "json"]);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output)))
}

/// File names of a list of paths.
fn names(paths: &Value) -> Vec<String> {
    let name = |path: &Value| {
        std::path::Path::new(path.as_str()?)
            .file_name()?
            .to_str()
            .map(String::from)
    };
    paths
        .as_array()
        .unwrap_or_else(|| panic!("a list: {paths}"))
        .iter()
        .map(|path| name(path).expect("a path"))
        .collect()
}

/// The index is whole, and what a fresh one of the same files would be.
fn assert_sound(archive: &Archive) {
    let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
    assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
}

#[test]
fn equal_files_are_one_article_that_shows_both() {
    let archive = Archive::new(&[("a.txt", TEXT), ("sub/b.txt", TEXT), ("c.txt", OTHER)]);
    assert_eq!(counts(&archive.index()), (2, 1));
    let answer = archive.search(&["drones"]);
    assert_eq!(count(&answer, "total"), 1);
    assert_eq!(names(&answer["hits"][0]["paths"]), ["a.txt", "b.txt"]);
    assert!(
        answer["hits"][0]["path"]
            .as_str()
            .expect("a path")
            .ends_with("a.txt")
    );
    assert!(
        archive.search(&["Kidal"])["hits"][0].get("paths").is_none(),
        "only where there are several"
    );
    assert_eq!(count(&archive.search(&[]), "total"), 2);
    assert_eq!(
        archive.search(&[])["facets"]["region"][0]["count"],
        2,
        "facets count it once"
    );
    for id in ["a.txt", "sub/b.txt"] {
        let article = shown(&archive, id);
        assert_eq!(
            (article["id"].as_str(), names(&article["paths"])),
            (Some("a.txt"), vec!["a.txt".into(), "b.txt".into()])
        );
    }
    let said = text(&archive.run(&["show", "sub/b.txt", "--index", "corpus/.griot"]));
    assert!(said.contains("also in ") && said.contains("sub/b.txt"), "{said}");
    let said = text(&archive.run(&["similar", "a.txt", "--index", "corpus/.griot"]));
    assert!(said.contains("also in ") && said.contains("sub/b.txt"), "{said}");
    let said = text(&archive.run(&["search", "drones", "--index", "corpus/.griot"]));
    assert!(said.contains("1 article,") && said.contains("also in "), "{said}");
    let exported = archive.run(&["export", "--index", "corpus/.griot"]);
    let rows: Vec<Value> = String::from_utf8_lossy(&exported.stdout)
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    let mut paths: Vec<_> = rows.iter().map(|row| names(&row["paths"])).collect();
    paths.sort();
    assert_eq!(paths, [vec!["a.txt", "b.txt"], vec!["c.txt"]]);
    let said = text(&archive.run(&["stats", "--index", "corpus/.griot"]));
    assert!(said.contains("2 and 1 copy from 3 files"), "{said}");
    assert_sound(&archive);
}

#[test]
fn the_article_stays_while_any_of_its_files_does() {
    for (goes, stays) in [("a.txt", "b.txt"), ("b.txt", "a.txt")] {
        let archive = Archive::new(&[("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", OTHER)]);
        archive.index();
        std::fs::remove_file(archive.corpus().join(goes)).expect("removed");
        let report = archive.index();
        assert_eq!(
            (counts(&report), count(&report, "files_removed")),
            ((2, 0), 1),
            "{report}"
        );
        let answer = archive.search(&["drones", "--region", "Gao"]);
        assert_eq!(answer["hits"][0]["id"], stays, "{answer}");
        assert_eq!(names(&shown(&archive, stays)["paths"]), [stays]);
        assert_eq!(
            archive
                .run(&["show", goes, "--index", "corpus/.griot"])
                .status
                .code(),
            Some(1)
        );
        assert_sound(&archive);
    }
}

#[test]
fn what_differs_in_text_or_metadata_stays_apart() {
    let archive = Archive::new(&[
        ("a.txt", TEXT),
        ("b.txt", TEXT),
        ("2023-05-02-c.txt", TEXT),
        ("RFI/d.txt", TEXT),
        (
            "e.md",
            "---\nregion: Kidal\n---\n# Drones à Gao\n\nDes drones ont frappé Gao le 3 mars 2024.",
        ),
    ]);
    // The medium of a folder, the date of a file's name, given values: each says something of its own.
    assert_eq!(counts(&archive.index()), (4, 1));
    archive.write("b.txt", &TEXT.replace('3', "4"));
    let report = archive.index();
    assert_eq!(
        (counts(&report), count(&report, "articles_changed")),
        ((5, 0), 1),
        "{report}"
    );
    archive.write("b.txt", TEXT);
    assert_eq!(counts(&archive.index()), (4, 1));
    // Of two the one changes whose document has the text.
    archive.write("a.txt", OTHER);
    assert_eq!(counts(&archive.index()), (5, 0));
    assert_eq!(names(&shown(&archive, "b.txt")["paths"]), ["b.txt"]);
    assert_sound(&archive);
}

#[test]
fn records_are_copies_where_nobody_numbered_them_apart() {
    let line = |id: &str| {
        format!("{{{id}\"title\":\"Drones à Gao\",\"text\":\"Des drones ont frappé Gao le 3 mars 2024.\"}}\n")
    };
    let (x, y, none) = (line("\"id\":\"x\","), line("\"id\":\"y\","), line(""));
    // An export, the next one that overlaps with it, and a file: `x` twice, `y`, and three places without an
    // id.
    let archive = Archive::new(&[
        ("a.txt", TEXT),
        ("m.jsonl", &[&*x, &y].concat()),
        ("z.jsonl", &[&*none, &x, &none].concat()),
    ]);
    assert_eq!(counts(&archive.index()), (3, 3));
    assert_eq!(archive.ids(&["drones"]).len(), 3);
    assert_eq!(names(&shown(&archive, "x")["paths"]), ["m.jsonl", "z.jsonl"]);
    assert_eq!(names(&shown(&archive, "a.txt")["paths"]), ["a.txt", "z.jsonl"]);
    assert_eq!(shown(&archive, "z.jsonl#1")["id"], "a.txt");
    let report = archive.index();
    assert!(
        report["notices"].as_array().is_some_and(Vec::is_empty),
        "copies claim no id: {report}"
    );
    std::fs::remove_file(archive.corpus().join("a.txt")).expect("removed");
    std::fs::remove_file(archive.corpus().join("m.jsonl")).expect("removed");
    assert_eq!(counts(&archive.index()), (2, 1));
    let mut left = archive.ids(&["drones"]);
    left.sort();
    assert_eq!(left, ["x", "z.jsonl#1"]);
    assert_sound(&archive);
}

#[test]
fn a_copy_that_comes_before_or_moves_takes_the_articles_place() {
    let archive = Archive::new(&[("m.txt", TEXT)]);
    archive.index();
    archive.write("z.txt", TEXT);
    archive.write("b.txt", TEXT);
    assert_eq!(counts(&archive.index()), (1, 2));
    assert_eq!(archive.ids(&["drones"]), ["b.txt"]);
    assert_sound(&archive);
    // Moved past the others, and the last one gone in the same run.
    std::fs::rename(archive.corpus().join("b.txt"), archive.corpus().join("y.txt")).expect("moved");
    std::fs::remove_file(archive.corpus().join("z.txt")).expect("removed");
    let report = archive.index();
    assert_eq!(
        (counts(&report), count(&report, "files_moved")),
        ((1, 1), 1),
        "{report}"
    );
    assert_eq!(
        names(&archive.search(&["drones"])["hits"][0]["paths"]),
        ["m.txt", "y.txt"]
    );
    assert_sound(&archive);
    // All of them moved at once: nothing of the last commit is left.
    for (from, to) in [("m.txt", "n.txt"), ("y.txt", "a.txt")] {
        std::fs::rename(archive.corpus().join(from), archive.corpus().join(to)).expect("moved");
    }
    assert_eq!(counts(&archive.index()), (1, 1));
    assert_eq!(
        names(&archive.search(&["drones"])["hits"][0]["paths"]),
        ["a.txt", "n.txt"]
    );
    assert_sound(&archive);
}

#[test]
fn an_index_made_anew_has_the_same_copies() {
    let archive = Archive::new(&[
        ("a.txt", TEXT),
        ("sub/b.txt", TEXT),
        ("c.txt", OTHER),
        ("sub/d.txt", OTHER),
    ]);
    archive.index();
    let before = archive.exported("corpus/.griot");
    archive.run(&["index", "corpus", "--rebuild", "--quiet"]);
    assert_eq!(archive.exported("corpus/.griot"), before);
    // From the stored text, which only the articles have.
    std::fs::create_dir(archive.dir.path().join("schema")).expect("a folder");
    std::fs::write(archive.dir.path().join("schema/stopwords.txt"), "drones\n").expect("a file");
    let output = archive.run(&["index", "corpus", "--schema", "schema"]);
    assert!(
        text(&output).contains("from its stored text"),
        "{}",
        text(&output)
    );
    assert!(
        text(&output).contains("2 articles, 2 copies"),
        "{}",
        text(&output)
    );
    assert_eq!(archive.exported("corpus/.griot"), before);
    std::fs::remove_file(archive.corpus().join("a.txt")).expect("removed");
    assert_eq!(counts(&archive.index()), (2, 1));
    assert_eq!(archive.ids(&["frappé"]), ["sub/b.txt"]);
}

#[test]
fn a_root_of_which_only_copies_are_left_keeps_them() {
    let archive = Archive::new(&[("a.txt", TEXT)]);
    archive.write("../other/b.txt", TEXT);
    archive.run(&["index", "corpus", "other", "--index", "corpus/.griot", "--quiet"]);
    // The folder with the text is not mounted at a rebuild; then the other one.
    for (away, left) in [("corpus/a.txt", "b.txt"), ("other/b.txt", "a.txt")] {
        let kept = archive.dir.path().join("kept.txt");
        std::fs::rename(archive.dir.path().join(away), &kept).expect("moved away");
        let output = archive.run(&["index", "--index", "corpus/.griot", "--rebuild"]);
        assert!(
            text(&output).contains("1 article, 1 copy"),
            "without {away}, {left} only: {}",
            text(&output)
        );
        assert_eq!(
            names(&archive.search(&["drones"])["hits"][0]["paths"]),
            ["a.txt", "b.txt"]
        );
        std::fs::rename(&kept, archive.dir.path().join(away)).expect("moved back");
    }
    let output = archive.run(&[
        "index",
        "--index",
        "corpus/.griot",
        "--forget",
        "corpus",
        "--format",
        "json",
    ]);
    assert_eq!(
        counts(&serde_json::from_slice(&output.stdout).expect("a report")),
        (1, 0),
        "{}",
        text(&output)
    );
    assert_eq!(archive.ids(&["drones"]), ["b.txt"]);
}

#[test]
fn thousands_of_copies_are_no_burden() {
    let lines = |number: usize| "{\"title\":\"Avis\",\"text\":\"Le site est fermé.\"}\n".repeat(number);
    let archive = Archive::new(&[("m.jsonl", &lines(5000))]);
    assert_eq!(counts(&archive.index()), (1, 4999));
    // A lesser file takes the place of the article.
    archive.write("b.jsonl", &lines(3000));
    assert_eq!(counts(&archive.index()), (1, 7999));
    assert_eq!(archive.ids(&["fermé"]), ["b.jsonl#1"]);
    std::fs::remove_file(archive.corpus().join("b.jsonl")).expect("removed");
    // More than a tenth of all records are gone with it.
    archive.run(&["index", "corpus", "--allow-removals"]);
    assert_eq!(counts(&archive.index()), (1, 4999));
    assert_sound(&archive);
}

#[test]
fn a_search_in_a_folder_finds_articles_whose_copies_lie_there() {
    let archive = Archive::new(&[("a.txt", TEXT), ("sub/b.txt", TEXT), ("c.txt", OTHER)]);
    archive.index();
    let found = |path: &str| -> u64 {
        let args = [
            "search",
            "--corpus",
            path,
            "--index",
            "corpus/.griot",
            "--format",
            "json",
        ];
        let output = archive.run(&args);
        count(
            &serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output))),
            "total",
        )
    };
    assert_eq!(
        [
            found("corpus"),
            found("corpus/sub"),
            found("corpus/a.txt"),
            found("corpus/c.txt")
        ],
        [2, 1, 1, 1]
    );
}

#[test]
fn reports_of_files_add_up_to_articles_and_copies() {
    let archive = Archive::new(&[("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", OTHER)]);
    let file = archive.dir.path().join("report.jsonl");
    archive.run(&["index", "corpus", "--report", file.to_str().expect("a path")]);
    let rows = std::fs::read_to_string(file).expect("a report");
    let rows: Vec<Value> = rows
        .lines()
        .map(|row| serde_json::from_str(row).expect("JSON"))
        .collect();
    let sum = |key: &str| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
    assert_eq!((sum("articles"), sum("copies")), (3, 1));
    let checked = archive.run(&["check", "--index", "corpus/.griot", "--format", "json"]);
    let checked: Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!(counts(&checked), (2, 1));
}

#[test]
fn corrections_hold_for_an_article_by_any_of_its_places() {
    let archive = Archive::new(&[("m.txt", TEXT), ("n.txt", OTHER)]);
    archive.index();
    std::fs::write(
        archive.dir.path().join("c.csv"),
        "id,facet,action,value\nm.txt,region,set,Kidal\n",
    )
    .expect("a table");
    archive.run(&["correct", "c.csv", "--index", "corpus/.griot"]);
    // A lesser place becomes the article's; the decision named the other one.
    archive.write("a.txt", TEXT);
    assert_eq!(counts(&archive.index()), (2, 1));
    assert_eq!(archive.ids(&["--region", "Kidal"]), ["a.txt", "n.txt"]);
    // A decision by the path of a copy.
    std::fs::write(
        archive.dir.path().join("c.csv"),
        "id,facet,action,value\ncorpus/m.txt,mark,add,reviewed\n",
    )
    .expect("a table");
    archive.run(&["correct", "c.csv", "--index", "corpus/.griot"]);
    assert_eq!(archive.ids(&["mark:reviewed"]), ["a.txt"]);
    archive.run(&["index", "corpus", "--rebuild", "--quiet"]);
    assert_eq!(archive.ids(&["--region", "Kidal"]), ["a.txt", "n.txt"]);
    assert_eq!(archive.ids(&["mark:reviewed"]), ["a.txt"]);
    std::fs::remove_file(archive.corpus().join("m.txt")).expect("removed");
    archive.index();
    let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
}

proptest::proptest! {
    #![proptest_config(cases(4))]

    /// Whatever is done to files of few different texts, in whatever order: the index is that of the files as
    /// they are.
    #[test]
    fn an_updated_index_equals_a_fresh_one(
        runs in proptest::collection::vec(proptest::collection::vec((0..5_usize, 0..5_usize, 0..5_usize), 1..5), 1..5),
    ) {
        let archive = Archive::new(&[("keep.txt", OTHER)]);
        let name = |n: usize| ["a.txt", "m.txt", "sub/b.txt", "z.jsonl", "c.jsonl"][n].to_string();
        let line = |n: usize, text: usize| format!("{{\"id\":\"r{n}\",\"title\":\"Titre\",\"text\":\"Texte {text}.\"}}\n");
        for operations in &runs {
            for &(what, file, other) in operations {
                let path = archive.corpus().join(name(file));
                let records = match file {
                    3 | 4 => (0..=what).map(|n| line(n, (other + n) % 3)).collect(),
                    _ => format!("Titre\n\nTexte {}.", other % 3),
                };
                match what {
                    0 => drop(std::fs::remove_file(path)),
                    1 if file < 3 && other < 3 => drop(std::fs::rename(path, archive.corpus().join(name(other)))),
                    _ => archive.write(&name(file), &records),
                }
            }
            std::fs::create_dir_all(archive.corpus().join("sub")).expect("a folder");
            archive.index();
            proptest::prop_assert_eq!(archive.exported("corpus/.griot"), archive.fresh());
        }
        let checked = archive.run(&["check", "--deep", "--index", "corpus/.griot"]);
        proptest::prop_assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
    }
}
