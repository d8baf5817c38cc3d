//! Places and actors that people add to the lexicon: derived by the next run, kept, shared, removed.

use crate::correct::Archive;
use std::path::PathBuf;

const ARTICLES: [(&str, &str); 2] = [
    (
        "corpus/i.txt",
        "Attaque à Inékar-Ouest\n\nDes hommes armés ont attaqué Inékar-Ouest, dans le cercle d'Inékar. Le Front du Désert nie.",
    ),
    ("corpus/j.txt", "Brève\n\nLe Front du Désert s'est réuni."),
];

fn archive() -> Archive {
    let archive = Archive::new();
    ARTICLES.iter().for_each(|(name, text)| archive.write(name, text));
    archive.run(0, &["index", "corpus"]);
    archive
}

const PLACE: [&str; 10] = [
    "lexicon",
    "add",
    "place",
    "Inékar-Ouest",
    "--region",
    "menaka/inekar",
    "--lat",
    "15.95",
    "--lon=3.05",
    "--note=vu",
];

fn table(archive: &Archive) -> PathBuf {
    archive.dir.path().join("corpus/.griot/lexicon/additions.tsv")
}

#[test]
fn what_is_added_is_derived_by_the_next_run_and_stays() {
    let archive = archive();
    assert!(!archive.run(0, &["events", "--format", "csv"]).contains("15.95"));
    archive.run(0, &PLACE);
    archive.run(
        0,
        &[
            "lexicon",
            "add",
            "actor",
            "Front du Désert",
            "--alias",
            "FDD",
            "--by",
            "Awa",
        ],
    );
    let told = archive.run(0, &["search", "Désert"]);
    assert!(told.contains("the lexicon has changed"), "{told}");
    assert!(archive.run(1, &["check"]).contains("not derived yet"));
    let reported = archive.run(0, &["index", "corpus"]);
    assert!(reported.contains("from its stored text"), "{reported}");
    let expected = |archive: &Archive| {
        assert_eq!(
            archive.ids(&["--where", "actor=Front du Désert"]),
            ["i.txt", "j.txt"]
        );
        assert_eq!(archive.ids(&["--where", "actor=FDD"]), ["i.txt", "j.txt"]);
        let events = archive.run(0, &["events", "--format", "csv"]);
        assert!(
            events.contains("15.95") && events.contains("Inékar-Ouest"),
            "{events}"
        );
        assert!(!archive.run(0, &["search", "Désert"]).contains("has changed"));
    };
    expected(&archive);
    archive.run(0, &["check", "--deep"]);
    assert!(
        !archive.run(0, &["index", "corpus"]).contains("rebuil"),
        "nothing is done twice"
    );
    archive.run(0, &["index", "corpus", "--rebuild"]);
    expected(&archive);
    let listed = archive.run(0, &["lexicon", "list"]);
    for part in ["Mali/Ménaka/Inékar/Inékar-Ouest", "15.95 3.05", "Awa", "FDD"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let removed = archive.run(0, &["lexicon", "remove", "front du desert"]);
    assert!(removed.contains("removed: Front du Désert"), "{removed}");
    archive.run(0, &["index", "corpus"]);
    assert_eq!(
        archive.ids(&["--where", "actor=Front du Désert"]),
        Vec::<String>::new()
    );
    archive.run(0, &["lexicon", "remove", "Inékar-Ouest"]);
    archive.run(0, &["index", "corpus"]);
    assert!(!archive.run(0, &["events", "--format", "csv"]).contains("15.95"));
    archive.run(0, &["check", "--deep"]);
}

#[test]
fn what_cannot_be_added_is_told_with_the_cure() {
    let archive = archive();
    for (args, part) in [
        (
            &["place", "Xa", "--region", "Mali/Menakka"][..],
            "is it Mali/Ménaka",
        ),
        (
            &["place", "Xa", "--region", "Gao", "--lat", "95", "--lon", "1"],
            "95 is out of range for a latitude",
        ),
        (
            &["place", "Xa", "--region", "Gao", "--lat", "15"],
            "only one of latitude and longitude",
        ),
        (
            &["place", "Xa", "--region", "Gao", "--lat", "x", "--lon", "1"],
            "not a latitude",
        ),
        (
            &["place", "Inékar", "--region", "Mali/Ménaka/Inékar"],
            "known already: Inékar (",
        ),
        (
            &["place", "Xa", "--region", "Gao", "--kind", "hamlet"],
            "unknown kind",
        ),
        (&["place", "-", "--region", "Gao"], "no name"),
        (
            &["actor", "FAMa"],
            "known already: Forces nationales/FAMa; --alias adds",
        ),
        (
            &["actor", "FAMa", "--alias", "Forces armées maliennes"],
            "already with these spellings",
        ),
        (&["actor", "FAMa", "--alias", "Jnim"], "“Jnim” is known already"),
        (&["place", "Xa"], "no region; write"),
        (
            &["place", "Boni", "--alias", "Bonny"],
            "write the region of one of them",
        ),
        (&["actor", "Xa", "--parent", "Jnimm"], "is it "),
    ] {
        let mut all = vec!["lexicon", "add"];
        all.extend(args);
        let told = archive.run(1, &all);
        assert!(told.contains(part), "{args:?}: {told}");
    }
    assert!(archive.run(0, &["lexicon", "list"]).contains("nothing was added"));
    assert!(
        archive
            .run(2, &["lexicon", "remove", "Xa"])
            .contains("nothing that was added")
    );
    // A known place gets a spelling.
    archive.run(
        0,
        &[
            "lexicon",
            "add",
            "place",
            "Inékar",
            "--region",
            "Mali/Ménaka/Inékar",
            "--kind",
            "town",
            "--alias",
            "Ynekare",
        ],
    );
    archive.write("corpus/k.txt", "Attaque\n\nLe village d'Ynekare a été attaqué.");
    archive.run(0, &["index", "corpus"]);
    assert_eq!(
        archive.ids(&["--region", "Inékar", "Ynekare"]),
        ["i.txt", "k.txt"]
    );
}

#[test]
fn what_is_known_gets_further_spellings() {
    let archive = archive();
    archive.write("corpus/f.txt", "Brève\n\nLes Lions du Mali ont attaqué Ynekare.");
    archive.run(0, &["index", "corpus"]);
    let actor = |archive: &Archive| archive.ids(&["--where", "actor=FAMa"]);
    let place = |archive: &Archive| archive.ids(&["--region", "Inékar", "Lions"]);
    assert_eq!((actor(&archive), place(&archive)), (vec![], vec![]));
    archive.run(
        0,
        &[
            "lexicon",
            "add",
            "actor",
            "forces armées maliennes",
            "--alias",
            "Lions du Mali",
            "--by",
            "Awa",
        ],
    );
    archive.run(
        0,
        &["lexicon", "add", "actor", "FAMa", "--alias", "Fennecs du Mali"],
    );
    archive.run(
        0,
        &[
            "lexicon",
            "add",
            "place",
            "Inékar",
            "--region",
            "Mali/Ménaka/Inékar",
            "--alias",
            "Ynekare",
        ],
    );
    let planned = archive.run(0, &["index", "corpus", "--dry-run"]);
    assert!(
        planned.contains(
            "the additions to the lexicon have changed: the index will be rebuilt from its stored text"
        ),
        "{planned}"
    );
    let told = archive.run(0, &["index", "corpus"]);
    assert!(
        told.contains("the additions to the lexicon have changed: rebuilding"),
        "{told}"
    );
    assert!(
        !archive
            .run(0, &["index", "corpus", "--dry-run"])
            .contains("rebuil")
    );
    let expected = |archive: &Archive| {
        assert_eq!(actor(archive), ["f.txt"]);
        assert_eq!(place(archive), ["f.txt"]);
        assert_eq!(
            archive.ids(&["armée malienne", "Ynekare"]),
            ["f.txt"],
            "one finds the other"
        );
    };
    expected(&archive);
    let listed = archive.run(0, &["lexicon", "list"]);
    assert!(
        listed.contains("FAMa") && listed.contains("Lions du Mali; Fennecs du Mali"),
        "{listed}"
    );
    archive.run(0, &["check", "--deep"]);
    // Handed on, and said twice.
    let other = self::archive();
    other.write("corpus/f.txt", "Brève\n\nLes Lions du Mali ont attaqué Ynekare.");
    other.write("from.tsv", &archive.run(0, &["lexicon", "export"]));
    assert!(
        other
            .run(0, &["lexicon", "import", "from.tsv"])
            .contains("2 added")
    );
    assert!(
        other
            .run(0, &["lexicon", "import", "from.tsv"])
            .contains("0 added, 0 changed, 2 known")
    );
    other.run(0, &["index", "corpus"]);
    expected(&other);
    archive.run(0, &["lexicon", "remove", "FAMa"]);
    archive.run(0, &["index", "corpus"]);
    assert_eq!(actor(&archive), Vec::<String>::new());
}

#[test]
fn additions_are_handed_on() {
    let (one, other) = (archive(), archive());
    one.run(0, &PLACE);
    one.run(
        0,
        &["lexicon", "add", "actor", "Front du Désert", "--parent", "Jnim"],
    );
    other.write("from.tsv", &one.run(0, &["lexicon", "export"]));
    let told = other.run(0, &["lexicon", "import", "from.tsv"]);
    assert!(told.contains("2 added, 0 changed"), "{told}");
    assert_eq!(
        std::fs::read(table(&one)).expect("read"),
        std::fs::read(table(&other)).expect("read")
    );
    assert!(
        other
            .run(0, &["lexicon", "import", "from.tsv"])
            .contains("0 added, 0 changed, 2 known")
    );
    // By a spreadsheet, in its encoding; one lies in the other, and stands before it.
    let table = "what;name;kind;parent\nplace;Xâ;village;Mali/Gao/Nouveau\nplace;Nouveau;cercle;Mali/Gao\n";
    let latin: Vec<u8> = table.chars().map(|c| c as u32 as u8).collect();
    std::fs::write(other.dir.path().join("t.csv"), latin).expect("written");
    assert!(other.run(0, &["lexicon", "import", "t.csv"]).contains("2 added"));
    other.write(
        "bad.csv",
        "what,name,parent\nplace,Xb,Mali/Gaoo\nville,Xc,Gao\nplace,Xd,Gao\n",
    );
    let told = other.run(1, &["lexicon", "import", "bad.csv"]);
    assert!(
        told.contains("bad.csv, line 2: “Mali/Gaoo”") && told.contains("bad.csv, line 3: “ville”"),
        "{told}"
    );
    assert!(
        !other.run(0, &["lexicon", "list"]).contains("Xd"),
        "nothing of a faulty table"
    );
    other.run(0, &["index", "corpus"]);
    other.run(0, &["check", "--deep"]);
}

#[test]
fn additions_outlive_damage_and_go_into_snapshots() {
    let archive = archive();
    archive.run(0, &PLACE);
    archive.run(0, &["index", "corpus"]);
    let before = std::fs::read(table(&archive)).expect("read");
    let harms: [(&str, &dyn Fn()); 3] = [
        ("deleted", &|| {
            std::fs::remove_file(table(&archive)).expect("removed")
        }),
        ("cut", &|| {
            std::fs::write(table(&archive), &before[..before.len() - 9]).expect("cut")
        }),
        ("overwritten", &|| {
            std::fs::write(table(&archive), [0xff, 0, 9]).expect("overwritten")
        }),
    ];
    for (how, harm) in harms {
        harm();
        assert!(archive.run(1, &["check"]).contains("additions.tsv"), "{how}");
        assert!(
            archive.run(0, &["lexicon", "list"]).contains("Inékar-Ouest"),
            "{how}"
        );
        let told = archive.run(0, &["index", "corpus"]);
        assert!(
            told.contains("was restored") && !told.contains("rebuil"),
            "{how}: {told}"
        );
        assert_eq!(std::fs::read(table(&archive)).expect("read"), before, "{how}");
        archive.run(0, &["check", "--deep"]);
    }
    archive.run(0, &["snapshot", "copy"]);
    let copied = archive.dir.path().join("copy/lexicon/additions.tsv");
    assert_eq!(std::fs::read(copied).expect("copied"), before);
}

/// Two people who add at once lose nothing.
#[test]
fn additions_of_two_at_once_are_all_kept() {
    let archive = archive();
    let add = |name: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_griot"));
        let args = [
            "lexicon",
            "add",
            "place",
            name,
            "--region",
            "Gao",
            "--index",
            "corpus/.griot",
        ];
        command
            .current_dir(archive.dir.path())
            .args(args)
            .spawn()
            .expect("started")
    };
    let both = ["Village Premier", "Village Second", "Village Tiers"].map(add);
    for mut child in both {
        assert!(child.wait().expect("ended").success());
    }
    let listed = archive.run(0, &["lexicon", "list", "--format", "csv"]);
    assert_eq!(listed.lines().count(), 4, "{listed}");
}
