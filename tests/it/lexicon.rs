//! Auditing and mending lexicons: `griot facets --evidence`, `griot lexicon check` and `candidates`, and new
//! facets and wrong entries through `--schema DIR`.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn griot(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(args)
        .current_dir(dir)
        .env("LC_ALL", "C")
        .env_remove("GRIOT_LANG")
        .env_remove("GRIOT_INDEX")
        .output()
        .expect("griot runs")
}

fn json(dir: &Path, args: &[&str]) -> Value {
    let output = griot(dir, args);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

/// An indexed archive of three articles.
fn archive() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let articles = [
        r#"{"id":"a","text":"Le GSIM est à Gao, dit Moussa Ag Acharatoumane. Le Gsim aussi. Interrogé, il confirme."}"#,
        r#"{"id":"b","text":"Le Jnim est à Ansongo. Moussa Ag Acharatoumane l'assure. Interrogée, la foule confirme."}"#,
        r#"{"id":"c","text":"Rien.","region":"Gao"}"#,
    ];
    std::fs::write(dir.path().join("a.jsonl"), articles.join("\n")).expect("written");
    assert!(
        griot(dir.path(), &["index", "a.jsonl", "--index", "i", "--quiet"])
            .status
            .success()
    );
    dir
}

#[test]
fn the_phrases_that_gave_a_value_are_counted() {
    let dir = archive();
    let found = json(
        dir.path(),
        &["facets", "--index", "i", "--evidence", "jnim", "--format", "json"],
    );
    let phrases: Vec<(&str, u64, u64, &str)> = found["phrases"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| {
            let text = |key: &str| p[key].as_str().expect("text");
            (
                text("phrase"),
                p["articles"].as_u64().expect("a number"),
                p["occurrences"].as_u64().expect("a number"),
                text("example"),
            )
        })
        .collect();
    assert_eq!(phrases, [("GSIM", 1, 2, "a"), ("Jnim", 1, 1, "b")]);
    assert_eq!(
        (found["facet"].as_str(), found["articles"].as_u64()),
        (Some("actor"), Some(2))
    );
}

#[test]
fn evidence_reaches_below_a_value_and_obeys_the_filters() {
    let dir = archive();
    let text = |args: &[&str]| String::from_utf8(griot(dir.path(), args).stdout).expect("UTF-8");
    let all = text(&["facets", "--index", "i", "--evidence", "Gao"]);
    for part in [
        "3 articles",
        "Ansongo  Mali/Gao/Ansongo",
        "(metadata)  Mali/Gao  metadata, as in c",
    ] {
        assert!(all.contains(part), "no {part:?} in {all}");
    }
    let some = text(&["facets", "--actor", "gsim", "--index", "i", "--evidence", "Gao"]);
    assert!(
        some.starts_with("2 articles") && !some.contains("(metadata)"),
        "{some}"
    );
    let none = griot(dir.path(), &["facets", "--index", "i", "--evidence", "Atlantide"]);
    assert_eq!(none.status.code(), Some(1), "{none:?}");
    assert!(
        String::from_utf8_lossy(&none.stderr).contains("no facet has this value"),
        "{none:?}"
    );
}

#[test]
fn names_that_no_lexicon_knows_are_found() {
    let dir = archive();
    let found = json(
        dir.path(),
        &["lexicon", "candidates", "--index", "i", "--format", "json"],
    );
    let names: Vec<(&str, u64)> = found["candidates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|c| {
            (
                c["name"].as_str().expect("a name"),
                c["articles"].as_u64().expect("a number"),
            )
        })
        .collect();
    assert_eq!(names, [("Moussa Ag Acharatoumane", 2)], "{found}");
    assert!(
        found["candidates"][0]["example"]
            .as_str()
            .expect("a sentence")
            .contains("Le GSIM est à Gao"),
        "{found}"
    );
}

#[test]
fn lexicons_are_checked_without_an_index() {
    let dir = tempfile::tempdir().expect("a folder");
    let good = griot(dir.path(), &["lexicon", "check"]);
    assert!(
        good.status.success() && String::from_utf8_lossy(&good.stdout).contains("regions.tsv"),
        "{good:?}"
    );
    let own = dir.path().join("own");
    std::fs::create_dir(&own).expect("a folder");
    for (file, text, line, part) in [
        (
            "actors.toml",
            "[[value]]\nname = \"A\"\nparent = \"B\"\n",
            2,
            "unknown parent “B”; add",
        ),
        (
            "actors.toml",
            "[[value]]\nname = \"A\"\n[[value]]\nname = \"B\"\nderive = [\"A\"]\n",
            5,
            "in line 2 already; delete one",
        ),
        (
            "regions.tsv",
            "Mali\tcountry\t\nGao\tvillage\tMali/Gaoh\n",
            2,
            "unknown parent “Mali/Gaoh”; add",
        ),
        (
            "regions.tsv",
            "Mali\tcountry\t\nGao\tcercle\tMali\n",
            2,
            "COUNTRY/REGION for a cercle",
        ),
    ] {
        std::fs::write(own.join(file), text).expect("written");
        let found = json(
            dir.path(),
            &["lexicon", "check", "--schema", "own", "--format", "json"],
        );
        let problem = &found["problems"][0];
        assert_eq!(
            (problem["file"].as_str(), problem["line"].as_u64()),
            (Some(file), Some(line)),
            "{found}"
        );
        assert!(
            problem["message"].as_str().expect("a message").contains(part),
            "{found}"
        );
        let reported = griot(dir.path(), &["lexicon", "check", "--schema", "own"]);
        assert_eq!(reported.status.code(), Some(1), "{reported:?}");
        // Nothing is indexed with lexicons that are wrong.
        std::fs::write(dir.path().join("a.txt"), "Rien.").expect("written");
        let refused = griot(dir.path(), &["index", "a.txt", "--index", "i", "--schema", "own"]);
        let message = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && message.contains(&format!("{file}, line {line}")),
            "{message}"
        );
        std::fs::remove_file(own.join(file)).expect("removed");
    }
}

#[test]
fn a_new_facet_is_lines_of_data() {
    let dir = tempfile::tempdir().expect("a folder");
    let own = dir.path().join("own");
    std::fs::create_dir(&own).expect("a folder");
    let embedded = include_str!("../../index_schema/schema.toml");
    let four_lines = "\n[[facet]]\nname = \"theme\"\nderive = \"names\"\nlexicon = \"themes.toml\"\n";
    std::fs::write(own.join("schema.toml"), embedded.to_string() + four_lines).expect("written");
    let themes = "[[value]]\nname = \"Ressources\"\nfamily = true\n\n[[value]]\nname = \"Coton\"\nparent = \"Ressources\"\n\
                  derive = [\"or blanc\", \"coton{|nier|niers}\"]\n";
    std::fs::write(own.join("themes.toml"), themes).expect("written");
    std::fs::write(
        dir.path().join("a.txt"),
        "La récolte\n\nL'or blanc se vend mal à Sikasso.",
    )
    .expect("written");
    assert!(
        griot(
            dir.path(),
            &["index", "a.txt", "--index", "i", "--schema", "own", "--quiet"]
        )
        .status
        .success()
    );
    let found = json(
        dir.path(),
        &[
            "search",
            "--index",
            "i",
            "--where",
            "theme=coton",
            "--facets",
            "--format",
            "json",
        ],
    );
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(
        found["facets"]["theme"][0]["children"][0]["value"], "Ressources/Coton",
        "{found}"
    );
    assert_eq!(
        json(
            dir.path(),
            &["search", "--index", "i", "theme:Ressources", "--format", "json"]
        )["total"],
        1
    );
    let shown = griot(dir.path(), &["show", "a.txt", "--index", "i"]);
    assert!(
        String::from_utf8_lossy(&shown.stdout).contains("alias: L'[or blanc] se vend mal"),
        "{shown:?}"
    );
}
