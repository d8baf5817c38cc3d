//! Reports of one event, put together by `griot events --group`.

use crate::common::{Indexed, text};
use serde_json::Value;
use std::collections::BTreeSet;

fn archive() -> Indexed {
    Indexed::new(&[
        (
            "afp.md",
            "---\ntitle: Attaque à Boulkessi\ndate: 2024-05-13\nsource: AFP\n---\n\
             Vingt-trois soldats ont été tués le 12 mai 2024 dans l'attaque du camp de Boulkessi, selon des élus locaux. \
             Les assaillants, venus à moto, ont incendié le dépôt de carburant.\n",
        ),
        (
            "rfi.md",
            "---\ntitle: Le camp de Boulikessi attaqué\ndate: 2024-05-14\nsource: RFI\n---\n\
             Le 12 mai 2024, des assaillants venus à moto ont attaqué le camp de Boulikessi et incendié son dépôt de carburant : \
             au moins 21 soldats ont été tués, d'après un officier.\n",
        ),
        (
            "mine.md",
            "---\ntitle: Mine\ndate: 2024-05-18\nsource: RFI\n---\n\
             Le 16 mai 2024, quatre commerçants sont morts à Boulkessi quand leur véhicule a sauté sur une mine.\n",
        ),
        (
            "seul.md",
            "---\ntitle: Ansongo\ndate: 2024-06-02\nsource: Le Fil\n---\n\
             Une embuscade a fait sept morts le 1er juin 2024 à Ansongo.\n",
        ),
    ])
}

fn rows(archive: &Indexed, more: &[&str]) -> Vec<Value> {
    let args = [&["events", "--group", "--format", "jsonl"], more].concat();
    let lines = archive.out(&args);
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn of<'r>(rows: &'r [Value], id: &str) -> &'r Value {
    rows.iter()
        .find(|row| row["id"] == id)
        .unwrap_or_else(|| panic!("{id}: {rows:#?}"))
}

#[test]
fn one_attack_is_together_and_the_next_of_the_week_is_not() {
    let archive = archive();
    let rows = rows(&archive, &[]);
    let (afp, rfi, mine) = (of(&rows, "afp.md"), of(&rows, "rfi.md"), of(&rows, "mine.md"));
    assert_eq!(afp["event_group"], rfi["event_group"], "{rows:#?}");
    assert_ne!(afp["event_group"], mine["event_group"], "{rows:#?}");
    assert_eq!((&afp["group_size"], &rfi["group_media"]), (&2.into(), &2.into()));
    assert_eq!((&afp["killed_min"], &afp["killed_max"]), (&21.into(), &23.into()));
    assert_eq!(afp["killed_all"], "21 (RFI), 23 (AFP)");
    assert_eq!(
        (&afp["first_report"], &afp["last_report"]),
        (&"2024-05-13".into(), &"2024-05-14".into())
    );
    assert_eq!(
        (&rfi["level"], &rfi["join_with"]),
        (&"same".into(), &"afp.md".into()),
        "{rfi}"
    );
    assert!(
        afp["join_score"].is_null() && rfi["join_score"].as_f64().is_some_and(|score| score > 1.5),
        "{rfi}"
    );
    let reasons = rfi["join_reasons"].as_array().expect("reasons");
    assert!(
        reasons
            .iter()
            .any(|reason| reason.as_str().is_some_and(|r| r.starts_with("same day +"))),
        "{rfi}"
    );
}

#[test]
fn a_group_is_shown_whole_if_one_report_fits() {
    let archive = archive();
    let ids = |rows: Vec<Value>| -> BTreeSet<String> {
        rows.iter()
            .filter_map(|row| row["id"].as_str().map(str::to_string))
            .collect()
    };
    let found = ids(rows(&archive, &["--min-killed", "22"]));
    assert_eq!(found, BTreeSet::from(["afp.md".into(), "rfi.md".into()]));
}

#[test]
fn people_read_the_event_once_with_all_its_reports() {
    let archive = archive();
    let told = archive.out(&["events", "--group", "--sort", "oldest"]);
    assert!(
        told.contains("2 articles, 2 media · 2024-05-13 – 2024-05-14"),
        "{told}"
    );
    assert!(
        told.contains("killed 21 (RFI), 23 (AFP)") && told.contains("same event as afp.md, score "),
        "{told}"
    );
    assert!(told.starts_with("3 events, 4 reports in 4 articles\n"), "{told}");
    assert_eq!(told.matches("1 article, 1 medium").count(), 2, "{told}");
    let french = archive.out(&["events", "--group", "--ui-lang", "fr"]);
    assert!(
        french.contains("même événement que afp.md") && french.contains("même jour +"),
        "{french}"
    );
}

#[test]
fn a_table_has_the_columns_of_groups_and_those_of_events() {
    let archive = archive();
    let table = archive.out(&["events", "--group", "--format", "csv"]);
    let head = table.lines().next().unwrap_or_default();
    assert!(
        head.trim_start_matches('\u{feff}')
            .starts_with("event_group,group_size,level,same_event,join_score"),
        "{head}"
    );
    assert!(head.ends_with(",url,id"), "{head}");
    let without = archive.out(&["events", "--format", "csv"]);
    assert!(!without.contains("event_group"));
    let map = archive.out(&["events", "--group", "--format", "geojson"]);
    let map: Value = serde_json::from_str(&map).expect("JSON");
    assert!(
        map["features"][0]["properties"]["event_group"].is_string(),
        "{map}"
    );
    let none = archive.run(&["events", "--group", "rienderien"]);
    assert!(text(&none).contains("no events") || String::from_utf8_lossy(&none.stdout).contains("no events"));
}
