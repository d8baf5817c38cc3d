//! Exports for spreadsheets and maps, in the order of dates, and the file that says what they were made of.

use crate::common::{Indexed, text};
use crate::event_rows::reports;
use serde_json::Value;
use std::io::Read;

/// A part of an `.xlsx` file.
fn part(archive: &Indexed, file: &str, name: &str) -> String {
    let file = std::fs::File::open(archive.dir().join(file)).expect("written");
    let mut zip = zip::ZipArchive::new(file).expect("a ZIP file");
    let mut text = String::new();
    zip.by_name(name)
        .expect("a part")
        .read_to_string(&mut text)
        .expect("text");
    text
}

#[test]
fn a_spreadsheet_has_dates_numbers_and_links() {
    let archive = reports();
    archive.out(&["events", "-o", "e.xlsx"]);
    let sheet = part(&archive, "e.xlsx", "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<t>event_date</t>") && sheet.contains("state=\"frozen\""),
        "{sheet}"
    );
    // 2024-05-12, a night as text, 23 dead.
    assert!(
        sheet.contains("<v>45424</v>") && sheet.contains("<t>2024-05-13/2024-05-14</t>"),
        "{sheet}"
    );
    assert!(sheet.contains("<v>23</v>"), "{sheet}");
    let links = part(&archive, "e.xlsx", "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(links.contains("https://example.org/moura"), "{links}");
    archive.out(&["export", "-o", "a.xlsx"]);
    archive.out(&["export", "-o", "b.xlsx"]);
    let read = |name: &str| std::fs::read(archive.dir().join(name)).expect("written");
    assert_eq!(read("a.xlsx"), read("b.xlsx"), "the same export twice");
}

#[test]
fn nothing_is_a_formula() {
    let archive = Indexed::new(&[(
        "a.jsonl",
        "{\"id\":\"a\",\"title\":\"=1+1\",\"date\":\"2024-01-05\",\"text\":\"Un drone à Gao.\"}\n",
    )]);
    for rows in ["articles", "records", "mentions"] {
        archive.out(&["export", "--rows", rows, "-o", "a.xlsx"]);
        let sheet = part(&archive, "a.xlsx", "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<t>=1+1</t>") && !sheet.contains("<f>"), "{sheet}");
    }
}

#[test]
fn only_events_have_a_place_on_a_map() {
    let archive = reports();
    let output = archive.run(&["export", "-o", "a.geojson"]);
    assert!(
        output.status.code() == Some(2) && text(&output).contains("--rows events"),
        "{}",
        text(&output)
    );
    archive.out(&["export", "--rows", "events", "-o", "e.geojson"]);
    let map = std::fs::read(archive.dir().join("e.geojson")).expect("written");
    let map: Value = serde_json::from_slice(&map).expect("JSON");
    assert_eq!(map["features"].as_array().map(Vec::len), Some(3), "{map}");
}

#[test]
fn rows_of_events_are_in_the_order_of_their_dates() {
    let archive = reports();
    let dates = |order: &str| {
        let rows = archive.out(&["events", "--sort", order, "--format", "jsonl"]);
        let date = |line: &str| {
            let row: Value = serde_json::from_str(line).expect("JSON");
            row["event_date"].as_str().unwrap_or("-").to_string()
        };
        rows.lines().map(date).collect::<Vec<_>>()
    };
    let oldest = dates("oldest");
    assert_eq!(oldest, ["2024-05-12", "2024-05-13/2024-05-14", "2024-05-14"]);
    let newest = dates("newest");
    assert_eq!(newest, ["2024-05-14", "2024-05-13/2024-05-14", "2024-05-12"]);
}

#[test]
fn articles_without_a_date_are_last_in_every_order() {
    let archive = reports();
    for order in ["oldest", "newest"] {
        let rows = archive.out(&["export", "--sort", order]);
        let last = rows.lines().last().expect("a row");
        assert!(last.contains("pluie.txt"), "{order}: {rows}");
    }
}

#[test]
fn provenance_says_what_an_export_was_made_of() {
    let archive = reports();
    archive.out(&[
        "export",
        "-o",
        "a.csv",
        "--provenance",
        "--region",
        "Mopti",
        "Moura",
    ]);
    let read = |name: &str| std::fs::read(archive.dir().join(name)).expect("written");
    let made: Value = serde_json::from_slice(&read("a.csv.provenance.json")).expect("JSON");
    assert_eq!(made["griot"], env!("CARGO_PKG_VERSION"));
    assert_eq!(made["selection"]["query"], "Moura");
    assert_eq!(made["selection"]["include"][0][1], "Mopti");
    assert_eq!(made["interpreted"], "moura");
    assert_eq!(made["file"]["name"], "a.csv");
    assert_eq!(made["file"]["rows"]["articles"], 1, "{made}");
    assert_eq!(
        made["file"]["blake3"],
        blake3::hash(&read("a.csv")).to_hex().to_string()
    );
    let commit = &archive.json(&["stats"])["commit"];
    assert_eq!(&made["index"]["commit"], commit, "{made}");
    archive.out(&["events", "-o", "e.txt", "--provenance", "--min-killed", "20"]);
    let events: Value = serde_json::from_slice(&read("e.txt.provenance.json")).expect("JSON");
    assert_eq!(events["events"]["min_killed"], 20, "{events}");
    assert_eq!(events["file"]["rows"]["events"], 1, "{events}");
    // Another state has another name.
    std::fs::write(archive.dir().join("corpus/neuf.txt"), "Un drone à Moura.").expect("written");
    archive.out(&["index", "corpus", "--quiet"]);
    assert_ne!(&archive.json(&["stats"])["commit"], commit);
    let without_file = archive.run(&["export", "--provenance"]);
    assert_eq!(without_file.status.code(), Some(2), "{}", text(&without_file));
}
