//! Sheets of coded events against the archive: rows with reports and without, reports without rows, columns that are
//! remembered, rows that can't be read.

use crate::correct::Archive;
use serde_json::Value;

fn archive() -> Archive {
    let archive = Archive::new();
    for (name, text) in [
        (
            "corpus/l.txt",
            "Attaque à Labbezanga\n\nGao, 17 mars 2024. Samedi 16 mars 2024, des hommes armés ont attaqué le village de Labbezanga, tuant 12 civils.",
        ),
        (
            "corpus/t.txt",
            "Attaque à Tessit\n\nGao, 3 avril 2024. Mardi 2 avril 2024, des hommes armés ont attaqué le village de Tessit, tuant 3 soldats.",
        ),
    ] {
        archive.write(name, text);
    }
    archive.run(0, &["index", "corpus"]);
    archive
}

const ACLED: &str = "event_id_cnty,event_date,location,latitude,longitude,notes\n\
    MLI1,16 March 2024,Labbezanga,14.96,0.70,x\n\
    MLI2,2024-03-17,LABBÉZANGA,,,\"a, b\"\n\
    MLI3,2024-03-16,Kidal,,,\n\
    MLI4,someday,Gao,,,\n\
    MLI5,20/04/2024,,,,\n";

fn json(archive: &Archive, args: &[&str]) -> Value {
    let mut all = vec!["compare"];
    all.extend(args);
    all.extend(["--format", "json", "--quiet"]);
    serde_json::from_str(&archive.run(0, &all)).expect("JSON")
}

fn ids(row: &Value) -> Vec<&str> {
    let reports = row["reports"].as_array().expect("a list").iter();
    reports
        .map(|report| report["id"].as_str().expect("an id"))
        .collect()
}

#[test]
fn rows_and_reports_are_told_to_agree_or_not() {
    let archive = archive();
    archive.write("acled.csv", ACLED);
    let answer = json(&archive, &["acled.csv", "--days", "20"]);
    let rows = answer["rows"].as_array().expect("a list");
    assert_eq!(rows.len(), 3, "{answer}");
    assert_eq!(
        (ids(&rows[0]), ids(&rows[1]), ids(&rows[2])),
        (vec!["l.txt"], vec!["l.txt"], vec![])
    );
    assert_eq!(rows[1]["reports"][0]["days"], 1);
    assert_eq!(rows[0]["row"]["id"], "MLI1");
    let without: Vec<&Value> = answer["reports_without_row"]
        .as_array()
        .expect("a list")
        .iter()
        .collect();
    assert!(
        without
            .iter()
            .any(|report| report["id"] == "t.txt" && report["killed"] == 3),
        "{answer}"
    );
    let lines: Vec<&Value> = answer["not_read"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| &f["line"])
        .collect();
    assert_eq!(lines, [5, 6], "{answer}");
    // A day away is too far without days.
    let answer = json(&archive, &["acled.csv", "--days", "0"]);
    assert_eq!(
        (ids(&answer["rows"][0]), ids(&answer["rows"][1])),
        (vec!["l.txt"], vec![])
    );
    assert_eq!(answer["rows_without_reports"], 2);
    // The name counts where coordinates differ a little.
    archive.write(
        "near.csv",
        "date;lieu;latitude;longitude\n16/03/2024;Labbezanga;15,3;0,70\n",
    );
    let matched = &json(&archive, &["near.csv"])["rows"][0]["reports"][0];
    assert_eq!(
        (&matched["how"], &matched["id"]),
        (&"name".into(), &"l.txt".into()),
        "{matched}"
    );
    // And a place far off.
    archive.write(
        "far.csv",
        "date;lieu;latitude;longitude\n16/03/2024;Labbezanga;16,3;0,70\n",
    );
    assert_eq!(ids(&json(&archive, &["far.csv"])["rows"][0]), Vec::<&str>::new());
    assert_eq!(
        ids(&json(&archive, &["far.csv", "--km", "200"])["rows"][0]),
        ["l.txt"]
    );
}

#[test]
fn nothing_of_a_sheet_is_dropped_silently() {
    let archive = archive();
    archive.write("acled.csv", ACLED);
    let table = archive.run(0, &["compare", "acled.csv", "--format", "csv", "--quiet"]);
    for part in [
        "report,2,MLI1,2024-03-16,Labbezanga",
        "no_report,4,MLI3",
        "not_read,5,",
        "not_read,6,",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let text = archive.run(0, &["compare", "acled.csv"]);
    for part in [
        "acled.csv: 2 rows with reports, 1 without",
        "2 rows not read",
        "line 2  MLI1  2024-03-16  Labbezanga",
        "acled.csv, line 5: not a date: “someday”",
        "acled.csv, line 6: neither a place nor coordinates",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn columns_are_said_once() {
    let archive = archive();
    let latin = |text: &str| text.chars().map(|c| c as u32 as u8).collect::<Vec<_>>();
    let write = |name: &str, text: &str| {
        std::fs::write(archive.dir.path().join(name), latin(text)).expect("written");
    };
    write("t.csv", "Quand\tOù c'était\n16 mars 2024\tLabbézanga\n");
    let told = archive.run(1, &["compare", "t.csv"]);
    assert!(
        told.contains("--date and --place; there are Quand, Où c'était"),
        "{told}"
    );
    let told = archive.run(
        1,
        &["compare", "t.csv", "--date", "Quant", "--place", "Ou c'etait"],
    );
    assert!(told.contains("no column is called “Quant”"), "{told}");
    let answer = json(&archive, &["t.csv", "--date", "quand", "--place", "Ou c'etait"]);
    assert_eq!(ids(&answer["rows"][0]), ["l.txt"]);
    // Another sheet with the same header.
    write("u.csv", "Quand\tOù c'était\n17/03/2024\tLabbezanga\n");
    assert_eq!(ids(&json(&archive, &["u.csv"])["rows"][0]), ["l.txt"]);
    archive.run(0, &["index", "corpus", "--rebuild"]);
    std::fs::write(archive.dir.path().join("corpus/.griot/sheets.json"), "{").expect("damaged");
    assert_eq!(
        ids(&json(&archive, &["u.csv"])["rows"][0]),
        ["l.txt"],
        "read from its last version"
    );
    assert!(archive.run(1, &["check"]).contains("sheets.json"));
}
