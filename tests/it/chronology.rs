//! What happened when, in every form.

use crate::common::Indexed;

fn archive() -> Indexed {
    Indexed::new(&[
        (
            "rfi.md",
            "---\ntitle: Attaque à Moura\ndate: 2024-05-14\nsource: RFI\nurl: https://example.org/rfi\n---\n\
             Le 12 mai 2024, des combattants du JNIM ont attaqué le village de Moura, dans le cercle de Djenné. Selon un bilan officiel, \
             au moins 11 civils ont été tués et six blessés.\n\nLe même jour, une embuscade a visé un convoi à Ansongo.\n",
        ),
        (
            "afp.md",
            "---\ntitle: \"Mali : 23 morts & 3 < 4\"\ndate: 2024-05-13\nsource: AFP\nurl: javascript:alert(1)\n---\n\
             Vingt-trois civils ont été tués le 12 mai 2024 dans l'attaque du village de Moura, selon des élus locaux.\n",
        ),
        (
            "fil.md",
            "---\ntitle: Retour à Moura\ndate: 2025-01-02\nsource: Le Fil\n---\n\
             En mars 2022, une attaque avait fait des dizaines de morts à Moura.\n",
        ),
    ])
}

#[test]
fn differing_tolls_of_one_event_stand_side_by_side() {
    let archive = archive();
    let told = archive.json(&["chronology", "Moura"]);
    let events = told["events"].as_array().expect("events");
    let moura = events
        .iter()
        .find(|event| event["reports"][0]["place"] == "Moura")
        .expect("Moura");
    assert_eq!(moura["date"], "2024-05-12");
    let figures: Vec<_> = moura["killed"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| (f["n"].clone(), f["sources"][0].clone()))
        .collect();
    assert_eq!(
        figures,
        [(11.into(), "RFI".into()), (23.into(), "AFP".into())],
        "{moura}"
    );
    assert_eq!(
        moura["reports"][0]["according_to"], "selon des élus locaux",
        "{moura}"
    );
    // Not in the passage, but where the toll is told.
    assert_eq!(
        moura["reports"][1]["according_to"], "Selon un bilan officiel",
        "{moura}"
    );
    assert_eq!(told["partly_dated"][0]["event_date"], "2022-03", "{told}");

    let text = archive.out(&["chronology", "Moura"]);
    assert!(text.contains("killed 11 (RFI), 23 (AFP)"), "{text}");
    assert!(text.contains("« Vingt-trois civils ont été tués »"), "{text}");
    let (dated, partly) = text
        .split_once("Without a certain day")
        .expect("a part of its own");
    assert!(
        dated.contains("2024-05-12  Moura (Djenné, Mopti, Mali)") && partly.contains("2022-03  Moura"),
        "{text}"
    );
    assert!(archive.out(&["chronology", "hélicoptère"]).contains("no events"));
}

#[test]
fn a_report_without_a_day_stands_with_those_of_its_event() {
    let archive = archive();
    let later = "---\ntitle: Retour à Moura\ndate: 2025-01-02\nsource: Le Fil\n---\n\
                 En mai 2024, une attaque avait fait des dizaines de morts à Moura.\n";
    std::fs::write(archive.dir().join("corpus/fil.md"), later).expect("a file");
    archive.out(&["index", "corpus", "--quiet"]);
    let told = archive.json(&["chronology", "Moura"]);
    let reports = told["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["reports"].as_array());
    assert!(reports.flatten().any(|reports| reports.len() == 3), "{told}");
    assert_eq!(told["partly_dated"].as_array().map(Vec::len), Some(0), "{told}");
}

#[test]
fn near_a_place_there_is_nothing_else() {
    let archive = archive();
    let text = archive.out(&["chronology", "--near", "Ansongo:30"]);
    assert!(text.contains("Ansongo") && !text.contains("Moura ("), "{text}");
}

#[test]
fn a_region_is_that_of_the_events() {
    let archive = archive();
    let text = archive.out(&["chronology", "--region", "Mopti"]);
    assert!(
        text.contains("Moura (Djenné") && !text.contains("Ansongo ("),
        "{text}"
    );
    let text = archive.out(&["chronology", "--not-region", "Gambie"]);
    assert!(
        text.contains("Moura (Djenné") && text.contains("Ansongo ("),
        "{text}"
    );
}

#[test]
fn a_table_has_a_row_a_report() {
    let archive = archive();
    let csv = archive.out(&["chronology", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let at = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4, "{csv}");
    let moura: Vec<_> = rows
        .iter()
        .filter(|row| &row[at("place")] == "Moura" && !row[at("event")].is_empty())
        .collect();
    assert_eq!(moura.len(), 2);
    assert!(
        moura
            .iter()
            .all(|row| &row[at("killed_all")] == "11 (RFI), 23 (AFP)"),
        "{csv}"
    );
    assert_eq!(moura[0][at("event")], moura[1][at("event")]);
}

#[test]
fn a_page_is_complete_and_escaped() {
    let archive = archive();
    let page = archive.out(&["chronology", "Moura", "--format", "html", "--ui-lang", "fr"]);
    assert!(
        page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">") && page.ends_with("</html>\n"),
        "{page}"
    );
    assert!(
        page.contains("Chronologie\u{a0}: Moura") && page.contains("Sans jour certain"),
        "{page}"
    );
    assert!(
        page.contains("23 morts &amp; 3 &lt; 4") && !page.contains("javascript:"),
        "{page}"
    );
    assert!(page.contains("<a href=\"https://example.org/rfi\""), "{page}");
    // Nothing is fetched.
    for tag in ["<script", "<link", "<img", "@import", "url("] {
        assert!(!page.contains(tag), "{tag}: {page}");
    }
    assert!(
        archive
            .out(&["chronology", "--format", "html"])
            .contains("<html lang=\"en\">")
    );
}
