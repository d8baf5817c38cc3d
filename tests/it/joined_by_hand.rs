//! Reports that people say are of one event, or of two: `griot correct join` and `griot correct part`.

use crate::correct::Archive;
use serde_json::Value;
use std::process::Command;

const ARTICLES: [(&str, &str); 4] = [
    (
        "corpus/afp.md",
        "---\ntitle: Attaque à Boulkessi\ndate: 2024-05-13\nsource: AFP\n---\n\
         Vingt-trois soldats ont été tués le 12 mai 2024 dans l'attaque du camp de Boulkessi, selon des élus locaux. \
         Les assaillants, venus à moto, ont incendié le dépôt de carburant.\n",
    ),
    (
        "corpus/rfi.md",
        "---\ntitle: Le camp de Boulikessi attaqué\ndate: 2024-05-14\nsource: RFI\n---\n\
         Le 12 mai 2024, des assaillants venus à moto ont attaqué le camp de Boulikessi et incendié son dépôt de carburant : \
         au moins 21 soldats ont été tués, d'après un officier.\n",
    ),
    (
        "corpus/mine.md",
        "---\ntitle: Mine\ndate: 2024-05-18\nsource: RFI\n---\n\
         Le 16 mai 2024, quatre commerçants sont morts à Boulkessi quand leur véhicule a sauté sur une mine.\n",
    ),
    (
        "corpus/deux.md",
        "---\ntitle: Deux\ndate: 2024-06-03\nsource: Le Fil\n---\n\
         Une embuscade a fait sept morts le 1er juin 2024 à Ansongo.\n\nLe 2 juin 2024, un drone a tué neuf civils à Labbezanga.\n",
    ),
];

fn archive() -> Archive {
    let archive = Archive::new();
    ARTICLES.iter().for_each(|(name, text)| archive.write(name, text));
    archive.run(0, &["index", "corpus"]);
    archive
}

fn rows(archive: &Archive) -> Vec<Value> {
    let text = archive.run(0, &["events", "--group", "--format", "jsonl", "2024"]);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {text}")))
        .collect()
}

/// The articles that are surely of one event, group by group.
fn events(archive: &Archive) -> Vec<String> {
    let mut events: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows(archive) {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
        let (same, id) = (text("same_event"), text("id").replace(".md", ""));
        match events.iter_mut().find(|(known, _)| *known == same) {
            Some((_, ids)) => ids.push(id),
            None => events.push((same, vec![id])),
        }
    }
    let mut events: Vec<String> = events.into_iter().map(|(_, ids)| ids.join("+")).collect();
    events.sort();
    events
}

const BEFORE: [&str; 4] = ["afp+rfi", "deux", "deux", "mine"];

#[test]
fn reports_are_joined_and_parted_and_it_stays_so() {
    let archive = archive();
    assert_eq!(events(&archive), BEFORE);
    let by = ["--by", "Awa", "--note", "même convoi"];
    let of = |args: &[&str]| archive.run(0, &[&["correct"], args, &by].concat());
    let told = of(&["join", "mine.md", "deux.md", "--passage", "sept morts"]);
    assert!(told.contains("2 corrections read, 2 articles changed"), "{told}");
    let joined = ["afp+rfi", "deux", "mine+deux"];
    assert_eq!(events(&archive), joined);
    let row = rows(&archive)
        .into_iter()
        .find(|row| row["by_hand"] == "joined")
        .expect("a row");
    assert_eq!(
        (&row["id"], &row["join_with"], &row["killed"]),
        (&"deux.md".into(), &"mine.md".into(), &7.into())
    );
    let text = archive.run(0, &["events", "--group", "2024"]);
    assert!(text.contains("joined by hand with mine.md"), "{text}");
    let chronology = archive.run(0, &["chronology", "2024"]);
    assert!(chronology.contains("joined by hand"), "{chronology}");
    let table = archive.run(0, &["chronology", "2024", "--format", "csv"]);
    assert!(table.lines().any(|line| line.contains(",joined,")), "{table}");

    of(&["part", "afp.md", "rfi.md"]);
    let both = ["afp", "deux", "mine+deux", "rfi"];
    assert_eq!(events(&archive), both);
    let text = archive.run(0, &["events", "--group", "2024"]);
    // Lines are as wide as a terminal.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("parted by hand"), "{text}");
    let listed = archive.run(0, &["correct", "list"]);
    for part in [
        "afp.md  event part part-",
        "deux.md  event join join-",
        "sept morts",
        "Awa",
        "même convoi",
    ] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    archive.run(0, &["index", "corpus", "--rebuild"]);
    assert_eq!(events(&archive), both);
    archive.run(0, &["check", "--deep"]);

    // Joined again, it is parted no more; undone, it is.
    of(&["join", "afp.md", "rfi.md"]);
    assert_eq!(events(&archive), joined);
    let undone = archive.run(0, &["correct", "undo"]);
    assert!(undone.contains("holds again: afp.md event part"), "{undone}");
    assert_eq!(events(&archive), both);
    archive.run(0, &["correct", "undo"]);
    assert_eq!(events(&archive), joined);
    archive.run(0, &["correct", "undo"]);
    assert_eq!(events(&archive), BEFORE);
    assert!(
        archive
            .run(0, &["correct", "list"])
            .contains("nothing was decided")
    );
}

#[test]
fn a_report_alone_is_parted_from_all_others_until_it_is_joined() {
    let archive = archive();
    archive.run(0, &["correct", "part", "rfi.md"]);
    assert_eq!(events(&archive), ["afp", "deux", "deux", "mine", "rfi"]);
    archive.run(0, &["correct", "join", "rfi.md", "mine.md"]);
    // Nothing keeps AFP's report from the two any more but the weights.
    assert_eq!(
        archive
            .run(0, &["correct", "list", "--format", "csv"])
            .matches(",part,")
            .count(),
        0
    );
    let joined = events(&archive);
    assert!(
        joined.iter().any(|event| event.contains("rfi+mine")),
        "{joined:?}"
    );
    // A third one comes to those that are joined already, by the name they have.
    archive.run(
        0,
        &[
            "correct",
            "join",
            "mine.md",
            "deux.md",
            "--passage",
            "neuf civils",
        ],
    );
    let csv = archive.run(0, &["correct", "list", "--format", "csv"]);
    let names: Vec<&str> = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(3))
        .collect();
    assert!(
        names.len() == 3 && names.iter().all(|name| *name == names[0]),
        "{csv}"
    );
    // One passage holds the report for all that the words don't settle.
    for (args, part) in [
        (
            &["join", "mine.md", "deux.md"][..],
            "“deux.md” reports 2 events; name one",
        ),
        (&["join", "mine.md"], "joined with another one"),
        (&["part", "nobody.md"], "no article"),
        (&["part", "deux.md", "--passage", "rien"], "no event of “deux.md”"),
    ] {
        let told = archive.run(1, &[&["correct"], args].concat());
        assert!(told.contains(part), "{args:?}: {told}");
    }
}

#[test]
fn a_table_joins_what_has_one_value() {
    let archive = archive();
    let passage = |id: &str, words: &str| {
        let found = rows(&archive).into_iter().find(|row| {
            row["id"] == id
                && row["passage"]
                    .as_str()
                    .is_some_and(|passage| passage.contains(words))
        });
        found.expect("a row")["passage"]
            .as_str()
            .expect("text")
            .replace('"', "\"\"")
    };
    let (mine, seven) = (passage("mine.md", "mine"), passage("deux.md", "sept"));
    archive.write(
        "c.csv",
        &format!(
            "id,facet,action,value,note,passage\nmine.md,event,join,Boulkessi 16 mai,,\"{mine}\"\ndeux.md,,réunir,Boulkessi 16 mai,,\"{seven}\"\nrfi.md,event,part,,,\"{}\"\n",
            passage("rfi.md", "soldats")
        ),
    );
    archive.run(0, &["correct", "apply", "c.csv"]);
    let decided = ["afp", "deux", "mine+deux", "rfi"];
    assert_eq!(events(&archive), decided);
    archive.write(
        "bad.csv",
        &format!(
            "id,facet,action,value,passage\nmine.md,event,join,,\"{mine}\"\nmine.md,region,join,x,\"{mine}\"\nmine.md,event,join,x,\nmine.md,event,joins,x,\"{mine}\"\n"
        ),
    );
    let told = archive.run(1, &["correct", "apply", "bad.csv"]);
    for part in [
        "line 2: nothing to join by",
        "line 3: reports of events are joined and parted, and no “region”",
        "line 4: event is of an event; name its passage",
        "line 5: “joins” is not an action; write add, remove, set, reset, join or part",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // Written out, another index takes it, whatever its articles are called there.
    let other = self::archive();
    let path = |name: &str| other.dir.path().join("corpus").join(name);
    std::fs::rename(path("mine.md"), path("renamed.md")).expect("renamed");
    other.run(0, &["index", "corpus"]);
    other.write("from.csv", &archive.run(0, &["correct", "--export"]));
    other.run(0, &["correct", "from.csv"]);
    assert_eq!(events(&other), ["afp", "deux", "renamed+deux", "rfi"]);
}

/// The decision follows its article: to another name, through a mended text, and back from a copy.
#[test]
fn what_was_joined_follows_its_articles_and_outlives_damage() {
    let archive = archive();
    archive.run(
        0,
        &["correct", "join", "mine.md", "deux.md", "--passage", "sept morts"],
    );
    let path = |name: &str| archive.dir.path().join("corpus").join(name);
    std::fs::rename(path("mine.md"), path("mine9.md")).expect("renamed");
    let (_, text) = ARTICLES[3];
    archive.write(
        "corpus/deux.md",
        &text.replace("title: Deux", "title: Deux attaques"),
    );
    archive.run(0, &["index", "corpus"]);
    let expected = ["afp+rfi", "deux", "mine9+deux"];
    assert_eq!(events(&archive), expected);
    let kept = archive.dir.path().join("corpus/.griot/corrections.csv");
    let before = std::fs::read(&kept).expect("read");
    assert!(String::from_utf8_lossy(&before).contains("mine9.md,event,join,join-"));
    for bytes in [&before[..before.len() - 20], &[0xff, b'"', 0][..]] {
        std::fs::write(&kept, bytes).expect("damaged");
        assert_eq!(events(&archive), expected);
        assert!(archive.run(1, &["check"]).contains("corrections.csv"));
        assert!(archive.run(0, &["index", "corpus"]).contains("was restored"));
        assert_eq!(std::fs::read(&kept).expect("read"), before);
    }
    // Without any version they are put back from the articles.
    std::fs::remove_dir_all(archive.dir.path().join("corpus/.griot/versions")).expect("removed");
    std::fs::remove_file(&kept).expect("removed");
    archive.run(0, &["index", "corpus"]);
    assert_eq!(events(&archive), expected);
    archive.run(0, &["check", "--deep"]);
}

/// Tables of before joins and parts, with eleven columns, and what they held no more.
#[test]
fn tables_of_before_go_on_and_take_joins() {
    let archive = archive();
    let index = archive.dir.path().join("corpus/.griot");
    for name in ["corrections.csv", "corrections-past.csv"] {
        std::fs::copy(
            format!("tests/fixtures/corrections/eleven-columns/{name}"),
            index.join(name),
        )
        .expect("copied");
    }
    archive.run(0, &["index", "corpus"]);
    let killed = |archive: &Archive| {
        let rows = rows(archive);
        let row = rows.iter().find(|row| row["id"] == "mine.md").expect("a row");
        row["killed"].clone()
    };
    assert_eq!(killed(&archive), 5);
    archive.run(0, &["correct", "join", "mine.md", "afp.md"]);
    assert!(
        events(&archive)
            .iter()
            .any(|event| event.contains("mine") && event.contains("afp"))
    );
    archive.run(0, &["correct", "undo"]);
    archive.run(0, &["correct", "undo"]);
    let undone = archive.run(0, &["correct", "undo"]);
    assert!(undone.contains("holds again: mine.md killed set 6"), "{undone}");
    assert_eq!(killed(&archive), 6);
}

/// Of several who join at once, each is told that it is done, or that another is writing.
#[test]
fn joins_of_several_at_once_are_all_kept() {
    let archive = archive();
    let mut left: Vec<&[&str]> = vec![
        &["join", "afp.md", "mine.md"],
        &["part", "rfi.md"],
        &["join", "afp.md", "rfi.md"],
    ];
    let count = left.len();
    for _ in 0..40 {
        let start = |args: &&[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
            let command = command.current_dir(archive.dir.path()).arg("correct").args(*args);
            command
                .args(["--index", "corpus/.griot"])
                .spawn()
                .expect("started")
        };
        let started: Vec<_> = left.iter().map(|args| (*args, start(args))).collect();
        left.clear();
        for (args, mut child) in started {
            match child.wait().expect("ended").code() {
                Some(0) => {}
                Some(5) => left.push(args),
                other => panic!("{args:?}: {other:?}"),
            }
        }
        if left.is_empty() {
            break;
        }
    }
    assert!(left.is_empty(), "{left:?}");
    let past = archive.run(0, &["correct", "list", "--past", "--format", "csv"]);
    let calls: std::collections::BTreeSet<&str> = past
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').nth(2))
        .collect();
    assert_eq!(calls.len(), count, "{past}");
    archive.run(0, &["check", "--deep"]);
}
