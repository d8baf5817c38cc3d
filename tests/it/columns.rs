//! Columns and keys that people name for fields: by an option, which the index remembers, and by `griot.toml`.

use crate::common::Archive;
use serde_json::Value;

/// The exported records, by one of their fields.
fn field(archive: &Archive, name: &str) -> Vec<String> {
    let out = archive.run(&["export", "--index", "corpus/.griot", "--rows", "records"]);
    let lines = String::from_utf8(out.stdout).expect("UTF-8");
    let records = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    records
        .map(|record| record[name].as_str().unwrap_or("-").to_string())
        .collect()
}

#[test]
fn named_columns_are_remembered_until_they_are_cleared() {
    let archive = Archive::new(&[(
        "a.csv",
        "nom;récit;jour de sortie\nUn;Le convoi est parti.;3 mars 2024\n",
    )]);
    archive.age();
    let run = |columns: &[&str]| {
        let named = columns.iter().flat_map(|column| ["--column", column]);
        let args: Vec<&str> = ["index", "corpus"].into_iter().chain(named).collect();
        archive.run(&args)
    };
    assert_eq!(run(&[]).status.code(), Some(3), "no column is known");
    let bad = run(&["récit"]);
    let said = String::from_utf8_lossy(&bad.stderr).into_owned();
    assert!(
        bad.status.code() == Some(2) && said.contains("FIELD=COLUMN"),
        "{said}"
    );
    let columns = ["title=nom", "text=récit", "date=jour de sortie"];
    assert_eq!(run(&columns).status.code(), Some(0));
    for _ in 0..2 {
        assert_eq!(field(&archive, "text"), ["Le convoi est parti."]);
        assert_eq!(
            (field(&archive, "title"), field(&archive, "date")),
            (vec!["Un".into()], vec!["2024-03-03".into()])
        );
        // A run that names none goes by those that are remembered.
        archive.write(
            "a.csv",
            "nom;récit;jour de sortie\nUn;Le convoi est parti.;3 mars 2024\n\n",
        );
        assert_eq!(run(&[]).status.code(), Some(0));
    }
    assert_eq!(run(&[""]).status.code(), Some(3), "cleared");
}

#[test]
fn settings_name_keys_and_paths() {
    let archive = Archive::new(&[
        (
            "griot.toml",
            "[columns]\ntext = [\"chapeau\", \"body.html\"]\ndate = \"meta.quand\"\n",
        ),
        (
            "a.jsonl",
            "{\"title\": \"Un\", \"chapeau\": \"Un chapeau.\", \"body\": {\"html\": \"<p>Un texte.</p>\"}, \"meta\": {\"quand\": \"2024-03\"}}\n",
        ),
    ]);
    archive.run(&["index", "corpus"]);
    assert_eq!(field(&archive, "text"), ["Un chapeau.\n\nUn texte."]);
    assert_eq!(field(&archive, "date"), ["2024-03"]);
}
