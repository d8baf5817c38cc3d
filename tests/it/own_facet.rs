//! A facet of one's own is lines of data: declared in `schema.toml`, with a lexicon beside it, it has all
//! that griot's own facets have. No code knows of it.

use crate::common::{Indexed, text};
use serde_json::Value;

const THEME: &str = r#"
[[facet]]
name = "theme"
aliases = ["thème", "rubrique"]
derive = "names"
lexicon = "themes.toml"
help = "Theme of the article: eau, écoles"
"#;

const THEMES: &str = r#"
[[value]]
name = "Services"
family = true

[[value]]
name = "Eau"
parent = "Services"
derive = ["forage{|s}", "point{|s} d'eau"]

[[value]]
name = "Écoles"
parent = "Services"
search = ["établissements scolaires"]
derive = ["école{|s}"]
"#;

/// One article of each way in which a value can come: a key of a record, front matter, a column,
/// `griot.toml`, and the text itself.
fn archive() -> Indexed {
    let archive = Indexed::new(&[("start.txt", "Rien.")]);
    let write = |name: &str, text: &str| {
        let path = archive.dir().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let embedded = include_str!("../../index_schema/schema.toml");
    write("own/schema.toml", &format!("{embedded}{THEME}"));
    write("own/themes.toml", THEMES);
    write(
        "news/a.jsonl",
        "{\"id\": \"record\", \"text\": \"Réunion à Gao.\", \"date\": \"2024-03-05\", \"Rubrique\": \"eau\"}\n",
    );
    write(
        "news/b.md",
        "---\ntitle: Bilan\nthème: Écoles\ndate: 2024-03-07\n---\nUne réunion à Mopti.",
    );
    write(
        "news/c.csv",
        "id,titre,texte,thèmes\ncolumn,Puits,\"Une réunion à Kidal.\",Eau; Sécheresse\n",
    );
    write(
        "news/d.txt",
        "Forages\n\nUn nouveau forage a été inauguré à Ménaka le 3 mars 2024.",
    );
    write("news/e/griot.toml", "[facets]\nrubrique = \"eau\"\n");
    write("news/e/f.txt", "Une réunion à Tombouctou.");
    write("news/g.txt", "Une réunion à Ségou.");
    let output = archive.run(&["index", "news", "--index", "ix", "--schema", "own", "--quiet"]);
    assert!(output.status.success(), "{}", text(&output));
    archive
}

fn ids(archive: &Indexed, args: &[&str]) -> Vec<String> {
    let answer = archive.json(&[&["search", "--index", "ix"], args].concat());
    let hits = answer["hits"].as_array().expect("hits");
    let mut ids: Vec<String> = hits
        .iter()
        .map(|h| h["id"].as_str().expect("an id").to_string())
        .collect();
    ids.sort();
    ids
}

const WATER: [&str; 4] = ["column", "d.txt", "e/f.txt", "record"];

#[test]
fn values_come_from_records_front_matter_columns_settings_and_text() {
    let archive = archive();
    assert_eq!(ids(&archive, &["--where", "theme=eau"]), WATER);
    assert_eq!(ids(&archive, &["--where", "theme=écoles"]), ["b.md"]);
    assert_eq!(ids(&archive, &["--where", "theme=Sécheresse"]), ["column"]);
}

#[test]
fn options_and_prefixes_are_its_name_and_aliases() {
    let archive = archive();
    for args in [
        ["--theme", "eau"].as_slice(),
        &["--theme=Services/Eau"],
        &["--thème", "EAU"],
        &["--rubrique", "eau"],
        &["theme:eau"],
        &["thème:eau"],
        &["rubrique:eau"],
        &["--theme", "services", "--not-theme", "écoles"],
    ] {
        assert_eq!(ids(&archive, args), WATER, "{args:?}");
    }
    assert_eq!(ids(&archive, &["--theme", "eau", "--region", "Gao"]), ["record"]);
    assert_eq!(ids(&archive, &["--not-theme", "services", "réunion"]), ["g.txt"]);
    // The index may be named anywhere, or found from the folder or the environment.
    let found = archive.run(&["search", "--theme", "eau", "--format", "jsonl", "--index=ix"]);
    assert_eq!(
        found.stdout.iter().filter(|b| **b == b'\n').count(),
        4,
        "{}",
        text(&found)
    );
    let help = archive.out(&["search", "--index", "ix", "--help"]);
    assert!(
        help.contains("--theme <THEME>") && help.contains("Theme of the article: eau, écoles"),
        "{help}"
    );
    // Another index knows nothing of it.
    let unknown = archive.run(&["search", "--theme", "eau"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", text(&unknown));
    assert!(text(&unknown).contains("--theme"), "{}", text(&unknown));
}

#[test]
fn answers_show_it_as_they_show_other_facets() {
    let archive = archive();
    let answer = archive.json(&["search", "--index", "ix", "--theme", "eau", "forage", "--facets"]);
    assert_eq!(answer["hits"][0]["theme"][0], "Services/Eau", "{answer}");
    let counted = &answer["facets"]["theme"][0];
    assert_eq!(
        (counted["value"].as_str(), counted["count"].as_u64()),
        (Some("Services"), Some(1)),
        "{answer}"
    );
    let listed = archive.out(&["search", "--index", "ix", "forage"]);
    assert!(
        listed.contains("theme: Eau") && listed.contains("\ntheme\n"),
        "{listed}"
    );
    let tree = archive.out(&["facets", "--index", "ix", "--facet", "thème"]);
    assert!(
        tree.contains("theme\n") && tree.contains("4    Eau (3 given)"),
        "{tree}"
    );
    let shown = archive.out(&["show", "--index", "ix", "d.txt"]);
    assert!(
        shown.contains("theme: Services/Eau (derived)\n    alias: [Forages]"),
        "{shown}"
    );
    let evidence = archive.out(&["facets", "--index", "ix", "--evidence", "eau"]);
    assert!(
        evidence.contains("forage") && evidence.contains("Services/Eau"),
        "{evidence}"
    );
}

#[test]
fn tables_count_by_it() {
    let archive = archive();
    let table = archive.json(&["pivot", "--index", "ix", "--rows", "theme", "--cols", "region"]);
    assert_eq!(table["rows_of"], "theme", "{table}");
    let water = |rows: &Value| {
        rows.as_array()
            .expect("rows")
            .iter()
            .any(|r| r["value"] == "Services/Eau" && r["total"] == 4)
    };
    assert!(water(&table["rows"]), "{table}");
    let split = archive.json(&["timeline", "--index", "ix", "--split", "theme"]);
    assert!(split.to_string().contains("Services/Eau"), "{split}");
}

#[test]
fn it_is_a_column_of_every_table() {
    let archive = archive();
    let columns = |args: &[&str]| -> Vec<String> {
        let out = archive.out(&[args, &["--index", "ix", "--format", "csv"]].concat());
        out.lines()
            .next()
            .expect("a head")
            .split(',')
            .map(String::from)
            .collect()
    };
    for args in [
        ["search", "forage"].as_slice(),
        &["export"],
        &["export", "--rows", "records"],
    ] {
        assert!(
            columns(args).iter().any(|c| c == "theme"),
            "{args:?}: {:?}",
            columns(args)
        );
    }
    assert!(
        columns(&["export", "--rows", "events"])
            .iter()
            .any(|c| c == "themes")
    );
    let exported = archive.out(&[
        "export",
        "--index",
        "ix",
        "--format",
        "csv",
        "--theme",
        "sécheresse",
    ]);
    assert!(exported.contains("Services/Eau;Sécheresse"), "{exported}");
    let events = archive.out(&[
        "export", "--index", "ix", "--rows", "events", "--format", "jsonl", "--theme", "eau",
    ]);
    assert!(events.contains("\"themes\":[\"Services/Eau\"]"), "{events}");
    // What is written out as records is read again, and says the same.
    let records = archive.out(&[
        "export", "--index", "ix", "--rows", "records", "--format", "jsonl",
    ]);
    std::fs::create_dir(archive.dir().join("again")).expect("a folder");
    std::fs::write(archive.dir().join("again/all.jsonl"), records).expect("written");
    let output = archive.run(&[
        "index",
        "again/all.jsonl",
        "--index",
        "ix2",
        "--schema",
        "own",
        "--quiet",
    ]);
    assert!(output.status.success(), "{}", text(&output));
    let answer = archive.json(&["search", "--index", "ix2", "--theme", "eau", "--facets"]);
    assert_eq!(answer["total"], 4, "{answer}");
}
