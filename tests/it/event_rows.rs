//! Rows of events as the binary writes them.

use crate::common::{Indexed as Archive, text};

pub fn reports() -> Archive {
    Archive::new(&[
        (
            "moura.md",
            "---\ntitle: Attaque à Moura\ndate: 2024-05-15\nsource: RFI\nurl: https://example.org/moura\n---\n\
             Le 12 mai 2024, des combattants du JNIM ont attaqué le village de Moura, dans le cercle de Djenné. Vingt-trois civils ont été tués \
             et six blessés.\n\nLa nuit du 13 mai, au moins 11 morts à Ansongo après une embuscade.\n\nÀ Gao, rien à signaler. Le 14 mai, un drone a survolé Ménaka.\n",
        ),
        (
            "pluie.txt",
            "Pluies\n\nLes pluies ont commencé. Rien n'est daté à Gao.\n",
        ),
    ])
}

#[test]
fn events_are_rows_with_their_passage() {
    let archive = reports();
    let rows: Vec<serde_json::Value> = archive
        .out(&["export", "--rows", "events"])
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    let reported = |row: &serde_json::Value| {
        let text = |key: &str| row[key].as_str().unwrap_or("-").to_string();
        (
            text("event_date"),
            text("place"),
            text("region"),
            text("region_old"),
        )
    };
    let found: Vec<_> = rows.iter().map(reported).collect();
    let row = |date: &str, place: &str, region: &str, old: &str| {
        (date.into(), place.into(), region.into(), old.into())
    };
    let menaka = row("2024-05-14", "Ménaka", "Ménaka", "Gao");
    assert_eq!(
        found,
        [
            row("2024-05-12", "Moura", "Mopti", "Mopti"),
            row("2024-05-13/2024-05-14", "Ansongo", "Gao", "Gao"),
            menaka
        ],
        "{rows:#?}"
    );
    let (moura, ansongo) = (&rows[0], &rows[1]);
    assert_eq!(
        (&moura["cercle"], &moura["date_precision"], &moura["status"]),
        (&"Djenné".into(), &"day".into(), &"derived".into())
    );
    assert!(
        moura["latitude"]
            .as_f64()
            .is_some_and(|l| (13.0..16.0).contains(&l)),
        "{moura}"
    );
    assert!(moura["latitude"].to_string().len() <= 8, "{moura}");
    assert_eq!(moura["actors"][0], "Groupes jihadistes/Jnim");
    assert_eq!(
        (moura["killed"].as_u64(), moura["wounded"].as_u64()),
        (Some(23), Some(6)),
        "the figures stand in the next sentence: {moura}"
    );
    assert!(
        moura["confidence"]
            .as_f64()
            .is_some_and(|c| (0.5..=1.0).contains(&c)),
        "{moura}"
    );
    assert_eq!(
        (ansongo["killed"].as_u64(), ansongo["killed_text"].as_str()),
        (Some(11), Some("au moins 11 morts"))
    );
    assert_eq!(
        ansongo["passage"],
        "La nuit du 13 mai, au moins 11 morts à Ansongo après une embuscade."
    );
    assert_eq!(
        (&ansongo["id"], &ansongo["url"]),
        (&"moura.md".into(), &"https://example.org/moura".into())
    );
    let csv = archive.out(&["export", "--rows", "events", "--format", "csv"]);
    assert!(
        csv.starts_with(
            "event_date,date_precision,place,place_kind,cercle,region,region_old,country,latitude,"
        ),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 4);
}

#[test]
fn rows_say_who_did_it_and_in_which_words() {
    let archive = Archive::new(&[(
        "nampala.md",
        "---\ntitle: Nampala\ndate: 2024-03-20\n---\n\
         Six soldats maliens ont été tués vendredi à Nampala. Le JNIM a revendiqué l'attaque dans un communiqué.\n",
    )]);
    let rows = archive.out(&["events", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(&rows).expect("one row");
    assert_eq!(row["by"], serde_json::json!(["Groupes jihadistes/Jnim"]), "{row}");
    assert_eq!(
        (&row["by_basis"], &row["by_text"]),
        (&"claimed".into(), &"JNIM".into())
    );
    assert_eq!(
        row["by_sentence"],
        "Le JNIM a revendiqué l'attaque dans un communiqué"
    );
    assert_eq!(
        row["against"],
        serde_json::json!(["Forces nationales/FAMa"]),
        "{row}"
    );
    assert_eq!(row["against_text"], "soldats");
    let csv = archive.out(&["events", "--format", "csv"]);
    let head = csv.lines().next().unwrap_or_default();
    assert!(
        head.contains(",by,by_text,by_basis,by_sentence,against,against_text,killed,"),
        "{head}"
    );
    let shown = archive.out(&["events"]);
    assert!(shown.contains("  claimed by Jnim  against FAMa  "), "{shown}");
}

#[test]
fn filters_of_places_hold_for_the_rows() {
    let archive = reports();
    let places = |more: &[&str]| -> Vec<String> {
        let args = [&["events", "--format", "jsonl"], more].concat();
        let rows = archive.out(&args);
        let place = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            row["place"].as_str().unwrap_or_default().to_string()
        };
        let mut places: Vec<String> = rows.lines().map(place).collect();
        places.sort();
        places
    };
    assert_eq!(places(&[]), ["Ansongo", "Moura", "Ménaka"]);
    assert_eq!(places(&["--region", "Gao"]), ["Ansongo"]);
    assert_eq!(places(&["region:Gao"]), ["Ansongo"]);
    assert_eq!(places(&["--region", "Mali"]), ["Ansongo", "Moura", "Ménaka"]);
    assert_eq!(places(&["--not-region", "Niger"]), ["Ansongo", "Moura", "Ménaka"]);
}

#[test]
fn events_are_listed_by_place_and_dead() {
    let archive = reports();
    let shown = archive.out(&["events", "--min-killed", "20"]);
    assert!(
        shown.starts_with("2024-05-12  Moura (Djenné, Mopti, Mali)  23 killed  6 wounded  by Jnim  against civils  confidence 0."),
        "{shown}"
    );
    assert!(!shown.contains("Ansongo"), "{shown}");
    let near = archive.out(&["events", "--near", "Ménaka:30", "--format", "geojson"]);
    let near: serde_json::Value = serde_json::from_str(&near).expect("JSON");
    let features = near["features"].as_array().expect("features");
    assert_eq!(features.len(), 1, "{near}");
    assert_eq!(features[0]["properties"]["place"], "Ménaka");
    assert!(features[0]["geometry"]["coordinates"][0].is_f64(), "{near}");
    assert_eq!(archive.out(&["events", "--min-killed", "1000"]), "no events\n");
    let output = archive.run(&["events", "--near", "Nulle-Part"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}

#[test]
fn sure_events_are_those_of_high_confidence() {
    let archive = Archive::new(&[(
        "a.md",
        "---\ntitle: Attaques\ndate: 2024-05-15\n---\nLe 12 mai 2024, le village de Moura a été attaqué.\n\n\
         Lundi, une attaque a visé la ville de Gao.\n\nLe 10 mai 2024, une attaque a eu lieu au Burkina Faso.\n",
    )]);
    let places = |more: &[&str]| -> Vec<String> {
        let rows = archive.out(&[&["export", "--rows", "events"], more].concat());
        let place =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["place"].clone();
        rows.lines()
            .map(|line| place(line).as_str().unwrap_or_default().to_string())
            .collect()
    };
    assert_eq!(places(&[]), ["Moura", "Gao", "Burkina Faso"]);
    assert_eq!(places(&["--sure"]), ["Moura"]);
}

/// Numbers with how exact they are, whose they are, and what else is told of them.
#[test]
fn numbers_say_how_exact_and_whose_they_are() {
    let archive = Archive::new(&[(
        "djibo.md",
        "---\ntitle: Attaque à Djibo\ndate: 2024-05-15\nsource: RFI\n---\n\
         Une attaque a fait plus de vingt morts dimanche à Djibo, selon l'armée. Au moins 41 civils ont été tués, a indiqué \
         un élu de la ville. Une dizaine de personnes ont été blessées.\n",
    )]);
    let rows = archive.out(&["events", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    assert_eq!(
        (
            row["killed"].as_u64(),
            row["killed_at_least"].as_u64(),
            &row["killed_at_most"]
        ),
        (Some(20), Some(21), &serde_json::Value::Null),
        "{row}"
    );
    assert_eq!(
        (&row["killed_about"], &row["killed_joint"], &row["killed_source"]),
        (&true.into(), &false.into(), &"l'armée".into()),
        "{row}"
    );
    assert_eq!(
        (row["wounded"].as_u64(), &row["wounded_about"]),
        (Some(10), &true.into()),
        "{row}"
    );
    let figures = row["figures"].as_array().expect("figures");
    assert_eq!(figures.len(), 1, "{row}");
    assert_eq!(
        (
            &figures[0]["harm"],
            figures[0]["n"].as_u64(),
            figures[0]["at_least"].as_u64(),
            &figures[0]["source"]
        ),
        (&"killed".into(), Some(41), Some(41), &"un élu de la ville".into()),
        "{row}"
    );
    let csv = archive.out(&["events", "--format", "csv"]);
    assert!(
        csv.contains("Au moins 41 civils ont été tués (un élu de la ville)"),
        "{csv}"
    );
    let shown = archive.out(&["events"]);
    assert!(
        shown.contains("20 killed (at least 21, according to l'armée)"),
        "{shown}"
    );
    assert!(
        shown.contains("also told: Au moins 41 civils ont été tués (according to un élu de la ville)"),
        "{shown}"
    );
    let french = archive.out(&["events", "--ui-lang", "fr"]);
    assert!(french.contains("au moins 21, selon l'armée"), "{french}");
    let chronology = archive.out(&["chronology", "--format", "json"]);
    assert!(chronology.contains("RFI (un élu de la ville)"), "{chronology}");
}

/// A number that somebody corrects has no bounds and no source of the text.
#[test]
fn a_corrected_number_is_as_it_was_given() {
    let archive = Archive::new(&[(
        "djibo.md",
        "---\ntitle: Attaque à Djibo\ndate: 2024-05-15\n---\n\
         Une attaque a fait plus de vingt morts dimanche à Djibo, selon l'armée.\n",
    )]);
    archive.out(&[
        "correct",
        "set",
        "djibo.md",
        "killed",
        "24",
        "--passage",
        "plus de vingt morts",
    ]);
    let rows = archive.out(&["events", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    assert_eq!(
        (
            row["killed"].as_u64(),
            &row["killed_at_least"],
            &row["killed_about"],
            &row["killed_source"]
        ),
        (Some(24), &serde_json::Value::Null, &false.into(), &"".into()),
        "{row}"
    );
}
