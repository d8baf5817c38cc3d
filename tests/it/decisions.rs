//! Decisions that are typed one by one: marks, dates, rows of events; how they follow their articles, and how they are
//! undone.

use crate::correct::Archive;
use serde_json::Value;
use std::process::Command;

#[test]
fn a_decision_is_typed_listed_and_undone() {
    let archive = Archive::new();
    archive.run(0, &["search", "drones", "--sort", "newest"]);
    let by = ["--by", "Awa"];
    let of = |archive: &Archive, args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(by);
        archive.run(0, &all)
    };
    of(
        &archive,
        &[
            "correct",
            "set",
            "a.txt",
            "lieu",
            "Kidal",
            "--note",
            "vu sur place",
        ],
    );
    assert_eq!(archive.ids(&["--region", "kidal"]), ["a.txt", "x", "x~2"]);
    of(&archive, &["correct", "add", "a.txt", "region", "Mopti"]);
    of(&archive, &["correct", "remove", "b.txt", "region"]);
    assert_eq!(archive.ids(&["--region", "mopti"]), ["a.txt"]);
    let listed = archive.run(0, &["correct", "list"]);
    for part in ["a.txt  region set Kidal", ", Awa", "Drones à Gao", "vu sur place"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let json: Value =
        serde_json::from_str(&archive.run(0, &["correct", "list", "--format", "json"])).expect("JSON");
    let first = &json["corrections"][0];
    assert_eq!(
        (
            first["by"].as_str(),
            first["at"].as_str().map(|at| at.len() >= 20 && at.ends_with('Z'))
        ),
        (Some("Awa"), Some(true)),
        "{json}"
    );
    let csv = archive.run(0, &["correct", "list", "b.txt", "--format", "csv"]);
    assert!(
        csv.starts_with("id,facet,action,value,note,passage,by,at") && csv.lines().count() == 2,
        "{csv}"
    );
    // One after the other, back to what was before.
    let undone = archive.run(0, &["correct", "undo"]);
    assert!(undone.contains("withdrawn: b.txt region remove"), "{undone}");
    assert_eq!(archive.ids(&["--region", "mopti"]), ["a.txt", "b.txt"]);
    archive.run(0, &["correct", "undo"]);
    assert_eq!(archive.ids(&["--region", "mopti"]), ["b.txt"]);
    // What was replaced holds again.
    of(&archive, &["correct", "set", "a.txt", "region", "Tombouctou"]);
    assert_eq!(archive.ids(&["--region", "kidal"]), ["x", "x~2"]);
    let undone = archive.run(0, &["correct", "undo"]);
    assert!(undone.contains("holds again: a.txt region set Kidal"), "{undone}");
    assert_eq!(archive.ids(&["--region", "kidal"]), ["a.txt", "x", "x~2"]);
    archive.run(0, &["correct", "undo"]);
    assert_eq!(archive.ids(&["--region", "gao"]), ["a.txt"]);
    assert!(archive.run(2, &["correct", "undo"]).contains("nothing to undo"));
    let past = archive.run(0, &["correct", "list", "--past"]);
    assert!(
        past.contains("region set Tombouctou") && past.contains("until 2"),
        "{past}"
    );
    assert!(
        archive
            .run(0, &["correct", "list"])
            .contains("nothing was decided")
    );
}

#[test]
fn what_is_typed_wrongly_is_told_and_changes_nothing() {
    let archive = Archive::new();
    for (args, part) in [
        (
            &["correct", "set", "nobody.txt", "region", "Gao"][..],
            "no article with the id “nobody.txt”",
        ),
        (
            &["correct", "set", "a.txt", "colour", "red"],
            "“colour” is not a facet",
        ),
        (&["correct", "set", "a.txt", "region", " "], "write a value"),
        (&["correct", "set", "a.txt", "date", "hier soir"], "not a date"),
        (&["mark", "nobody.txt", "excluded"], "no article"),
    ] {
        let told = archive.run(1, args);
        assert!(told.contains(part), "{args:?}: {told}");
    }
    assert!(
        archive
            .run(0, &["correct", "list"])
            .contains("nothing was decided")
    );
}

#[test]
fn near_values_are_named_where_none_is_known() {
    let archive = Archive::new();
    let told = archive.run(0, &["correct", "set", "a.txt", "region", "Kidall"]);
    assert!(told.contains("a value of its own; if it is Mali/Kidal"), "{told}");
    archive.run(0, &["correct", "undo"]);
    let told = archive.run(0, &["correct", "add", "a.txt", "actor", "Jnimm"]);
    let (_, near) = told.split_once("if it is ").unwrap_or_else(|| panic!("{told}"));
    assert!(near.contains("Jnim"), "{told}");
    archive.write("c.csv", "id,facet,action,value\na.txt,region,set,Moptii\n");
    let told = archive.run(0, &["correct", "apply", "c.csv"]);
    assert!(
        told.contains("line 2: region: no lexicon knows “Moptii”; a value of its own, or Mali/Mopti"),
        "{told}"
    );
    let told = archive.run(2, &["correct", "sett", "a.txt", "region", "Kidal"]);
    assert!(
        told.contains("unrecognized subcommand 'sett'") && told.contains("'set'"),
        "{told}"
    );
}

#[test]
fn a_hit_of_the_last_search_is_marked_by_its_number() {
    let archive = Archive::new();
    let state = archive.dir.path().join("state");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        let command = command.current_dir(archive.dir.path()).args(args);
        let command = command
            .args(["--index", "corpus/.griot"])
            .env("XDG_STATE_HOME", &state);
        let output = command.env("LC_ALL", "C").output().expect("griot runs");
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run(&["search", "Mopti"]);
    run(&["mark", "1", "excluded", "--note", "page d'essai"]);
    assert_eq!(archive.ids(&["drones"]), ["a.txt", "x", "x~2"]);
    archive.run(0, &["mark", "b.txt", "--remove"]);
    assert_eq!(archive.ids(&["drones"]), ["a.txt", "b.txt", "x", "x~2"]);
    archive.run(0, &["mark", "b.txt", "reviewed"]);
    archive.run(0, &["mark", "b.txt", "reviewed", "--remove"]);
    assert_eq!(archive.ids(&["--where", "mark=reviewed"]), Vec::<String>::new());
}

#[test]
fn all_faulty_rows_are_told_at_once() {
    let archive = Archive::new();
    archive.write(
        "c.csv",
        "id;facet;action;value\na.txt;region;set;Kidal\na.txt;colour;set;red\n;region;set;Gao\nb.txt;date;set;bientôt\n",
    );
    let told = archive.run(1, &["correct", "apply", "c.csv"]);
    for part in [
        "c.csv, line 3: “colour” is not a facet",
        "c.csv, line 4: no id",
        "c.csv, line 5: not a date: “bientôt”",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(archive.ids(&["--region", "gao"]), ["a.txt"], "nothing is changed");
}

#[test]
fn a_decision_follows_its_article() {
    let archive = Archive::new();
    archive.write(
        "corpus/n.jsonl",
        "{\"text\":\"Un drone à Bourem.\"}\n{\"text\":\"Un drone à Ansongo.\"}\n",
    );
    archive.run(0, &["index", "corpus"]);
    archive.run(0, &["mark", "n.jsonl#2", "reviewed"]);
    archive.run(0, &["mark", "b.txt", "reviewed"]);
    assert_eq!(archive.ids(&["--where", "mark=reviewed"]), ["b.txt", "n.jsonl#2"]);
    // Another record comes first, and a file gets another name.
    archive.write(
        "corpus/n.jsonl",
        "{\"text\":\"Une réunion.\"}\n{\"text\":\"Un drone à Bourem.\"}\n{\"text\":\"Un drone à Ansongo.\"}\n",
    );
    let path = |name: &str| archive.dir.path().join("corpus").join(name);
    std::fs::rename(path("b.txt"), path("b9.txt")).expect("renamed");
    archive.write("corpus/b.txt", "Autre chose\n\nRien de tout cela.");
    let told = archive.run(0, &["index", "corpus"]);
    assert!(told.contains("follow their articles"), "{told}");
    assert_eq!(
        archive.ids(&["--where", "mark=reviewed"]),
        ["b9.txt", "n.jsonl#3"]
    );
    let listed = archive.run(0, &["correct", "list", "--format", "csv"]);
    assert!(
        listed.contains("\nb9.txt,mark,add,reviewed") && listed.contains("\nn.jsonl#3,"),
        "{listed}"
    );
    // Mended, it keeps what was decided; as another record, it doesn't.
    archive.write(
        "corpus/b9.txt",
        "Drones à Mopti\n\nDes drones ont frappé la ville de Mopti, hier.",
    );
    archive.write(
        "corpus/n.jsonl",
        "{\"text\":\"Une réunion.\"}\n{\"text\":\"Un drone à Bourem.\"}\n{\"text\":\"Un convoi.\"}\n",
    );
    archive.run(0, &["index", "corpus"]);
    assert_eq!(archive.ids(&["--where", "mark=reviewed"]), ["b9.txt"]);
    archive.run(0, &["index", "corpus", "--rebuild"]);
    assert_eq!(archive.ids(&["--where", "mark=reviewed"]), ["b9.txt"]);
    archive.run(0, &["check", "--deep"]);
}

#[test]
fn a_date_is_corrected_and_comes_back() {
    let archive = Archive::new();
    archive.write(
        "corpus/d.txt",
        "Titre: Essai\nDate: 2023-05-02\n\nDes drones ont frappé la ville de Gao.",
    );
    archive.run(0, &["index", "corpus"]);
    let before = archive.ids(&["--since", "2023-05", "--until", "2023-05"]);
    archive.run(0, &["correct", "set", "d.txt", "date", "16/03/2024"]);
    for _ in 0..2 {
        assert_eq!(
            archive.ids(&["--since", "2024-03-16", "--until", "2024-03-16"]),
            ["d.txt"]
        );
        assert_eq!(archive.ids(&["--month", "2024-03"]), ["d.txt"]);
        archive.run(0, &["check", "--deep"]);
        archive.run(0, &["index", "corpus", "--rebuild"]);
    }
    archive.run(0, &["correct", "reset", "d.txt", "date"]);
    assert_eq!(archive.ids(&["--since", "2023-05", "--until", "2023-05"]), before);
    assert_eq!(
        archive.ids(&["--since", "2024-03", "--until", "2024-03"]),
        Vec::<String>::new()
    );
    archive.run(0, &["check", "--deep"]);
}

#[test]
fn the_row_of_an_event_is_corrected() {
    let archive = Archive::new();
    archive.write(
        "corpus/e.txt",
        "Attaque\n\nGao, 17 mars 2024. Samedi 16 mars 2024, des hommes armés ont attaqué le village de Labbezanga, tuant 12 civils.",
    );
    archive.run(0, &["index", "corpus"]);
    let rows = |archive: &Archive| -> Vec<Value> {
        let text = archive.run(0, &["events", "Labbezanga", "--format", "jsonl"]);
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    };
    assert_eq!(rows(&archive)[0]["killed"], 12);
    for (column, value) in [("killed", "14"), ("date", "2024-03-15"), ("place", "Ansongo")] {
        archive.run(
            0,
            &[
                "correct",
                "set",
                "e.txt",
                column,
                value,
                "--passage",
                "tuant 12 civils",
            ],
        );
    }
    archive.run(0, &["index", "corpus", "--rebuild"]);
    let row = rows(&archive).remove(0);
    assert_eq!(
        (&row["killed"], &row["event_date"], &row["place"], &row["status"]),
        (
            &14.into(),
            &"2024-03-15".into(),
            &"Ansongo".into(),
            &"corrected".into()
        ),
        "{row}"
    );
    assert!(row["latitude"].is_number() && row["region"] == "Gao", "{row}");
    assert_eq!(archive.ids(&["--region", "Ansongo"]), ["e.txt"], "found by it");
    // The only event of an article needs no passage.
    archive.run(0, &["correct", "set", "a.txt", "killed", "3"]);
    let number = rows(&archive).len();
    archive.run(
        0,
        &[
            "correct",
            "remove",
            "e.txt",
            "event",
            "--passage",
            "tuant 12 civils",
        ],
    );
    assert_eq!(rows(&archive).len(), number - 1);
    archive.run(0, &["correct", "undo"]);
    assert_eq!(rows(&archive).len(), number);
    assert!(
        archive
            .run(
                1,
                &[
                    "correct",
                    "set",
                    "e.txt",
                    "killed",
                    "1",
                    "--passage",
                    "quelque part"
                ]
            )
            .contains("no event")
    );
}

#[test]
fn a_table_of_another_index_finds_its_articles_by_what_they_say() {
    let (one, other) = (Archive::new(), Archive::new());
    one.run(0, &["mark", "b.txt", "reviewed", "--by", "Awa"]);
    std::fs::rename(
        other.dir.path().join("corpus/b.txt"),
        other.dir.path().join("corpus/z.txt"),
    )
    .expect("renamed");
    other.run(0, &["index", "corpus"]);
    other.write("from.csv", &one.run(0, &["correct", "--export"]));
    other.run(0, &["correct", "from.csv", "--by", "Binta"]);
    assert_eq!(other.ids(&["--where", "mark=reviewed"]), ["z.txt"]);
    assert!(
        other.run(0, &["correct", "list"]).contains("Awa"),
        "who decided is kept"
    );
}

/// Tables of before decisions were bound to what articles say had five columns.
#[test]
fn a_table_of_five_columns_goes_on_and_is_bound() {
    let archive = Archive::new();
    let kept = archive.dir.path().join("corpus/.griot/corrections.csv");
    let fixture = "tests/fixtures/corrections/five-columns.csv";
    std::fs::copy(fixture, &kept).expect("copied");
    archive.run(0, &["index", "corpus"]);
    let expected = |archive: &Archive, file: &str| {
        assert_eq!(archive.ids(&["--region", "kidal"]), [file, "x"]);
        assert_eq!(archive.ids(&["--where", "mark=reviewed"]), ["b.txt"]);
    };
    expected(&archive, "a.txt");
    let path = |name: &str| archive.dir.path().join("corpus").join(name);
    std::fs::rename(path("a.txt"), path("a9.txt")).expect("renamed");
    archive.run(0, &["index", "corpus"]);
    expected(&archive, "a9.txt");
    let text = std::fs::read_to_string(&kept).expect("read");
    assert_eq!(text.lines().count(), 4, "no decision is lost: {text}");
    assert!(text.contains("la date trompe"), "{text}");
}

#[test]
fn what_holds_no_more_outlives_damage() {
    let archive = Archive::new();
    archive.run(0, &["correct", "set", "a.txt", "region", "Kidal"]);
    archive.run(0, &["correct", "set", "a.txt", "region", "Mopti"]);
    let past = archive.dir.path().join("corpus/.griot/corrections-past.csv");
    let before = std::fs::read(&past).expect("there");
    let harms: [&dyn Fn(); 3] = [
        &|| std::fs::remove_file(&past).expect("removed"),
        &|| std::fs::write(&past, "").expect("emptied"),
        &|| std::fs::write(&past, [0xff, b'"', 0]).expect("overwritten"),
    ];
    for harm in harms {
        harm();
        assert!(archive.run(1, &["check"]).contains("corrections-past.csv"));
        assert!(
            archive
                .run(0, &["correct", "list", "--past"])
                .contains("region set Kidal")
        );
        assert!(archive.run(0, &["index", "corpus"]).contains("was restored"));
        assert_eq!(std::fs::read(&past).expect("there"), before);
    }
    archive.run(0, &["snapshot", "copy"]);
    assert_eq!(
        std::fs::read(archive.dir.path().join("copy/corrections-past.csv")).expect("copied"),
        before
    );
    assert!(
        archive
            .run(0, &["correct", "undo"])
            .contains("holds again: a.txt region set Kidal")
    );
}

/// Of several who decide at once, each is told that it is done, or that another is writing.
#[test]
fn decisions_of_several_at_once_are_all_kept() {
    let archive = Archive::new();
    let mark = |id: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        let args = ["mark", id, "reviewed", "--index", "corpus/.griot"];
        command
            .current_dir(archive.dir.path())
            .args(args)
            .spawn()
            .expect("started")
    };
    let mut left = vec!["a.txt", "b.txt", "x", "x~2"];
    for _ in 0..40 {
        let started: Vec<_> = left.iter().map(|id| (*id, mark(id))).collect();
        left.clear();
        for (id, mut child) in started {
            match child.wait().expect("ended").code() {
                Some(0) => {}
                Some(5) => left.push(id),
                other => panic!("{id}: {other:?}"),
            }
        }
        if left.is_empty() {
            break;
        }
    }
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(
        archive.ids(&["--where", "mark=reviewed"]),
        ["a.txt", "b.txt", "x", "x~2"]
    );
    let listed = archive.run(0, &["correct", "list", "--format", "csv"]);
    assert_eq!(listed.lines().count(), 5, "{listed}");
    archive.run(0, &["check", "--deep"]);
}
