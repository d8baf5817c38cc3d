//! Facet counts as people narrow them down: chosen values, articles without a value, values by any spelling.

use crate::common::Indexed as Archive;

fn drill() -> Archive {
    let mut lines = String::new();
    for month in 1..=14 {
        let (year, month) = (2023 + month / 13, (month - 1) % 12 + 1);
        let record = serde_json::json!({
            "id": format!("{year}-{month}"), "title": "t", "text": "Un marché.", "date": format!("{year}-{month:02}-10"),
            "region": if month % 2 == 0 { vec!["Mali/Gao"] } else { vec!["Mali/Mopti/Djenné", "Niger/Tillabéri"] }, "actor": "GSIM",
        });
        lines.push_str(&format!("{record}\n"));
    }
    lines.push_str(r#"{"id": "n", "title": "t", "text": "Un drone.", "region": [], "actor": "Katiba du Lac/Une branche"}"#);
    Archive::new(&[("a.jsonl", &lines)])
}

#[test]
fn chosen_values_are_always_shown_and_marked() {
    let archive = drill();
    // Gao has no drone: it is chosen, and shown at zero; the others keep their counts.
    let shown = archive.out(&["facets", "marché", "--facet", "region", "--region", "Gao"]);
    assert!(
        shown.contains("\n*       7    Gao") && shown.contains("\n        7    Mopti"),
        "{shown}"
    );
    let shown = archive.out(&[
        "facets",
        "drone",
        "--facet",
        "region",
        "--region",
        "Gao",
        "--not-region",
        "Mopti",
    ]);
    assert!(
        shown.starts_with("0 articles")
            && shown.contains("\n*       0    Gao")
            && shown.contains("\n-       0    Mopti"),
        "{shown}"
    );
    // A value beyond those that a search shows.
    let shown = archive.out(&["search", "marché", "--month", "2023"]);
    assert!(shown.contains("\n*      12  2023 (12 given)\n"), "{shown}");
    let shown = archive.out(&[
        "facets", "--facet", "month", "--by", "name", "--top", "1", "--month", "2024-02",
    ]);
    assert!(
        shown.contains("\n       12  2023")
            && shown.contains("\n*       1    2024-02")
            && !shown.contains("2023-02"),
        "{shown}"
    );
    // A value that no article has.
    let shown = archive.out(&["facets", "--facet", "region", "--region", "Kidal"]);
    assert!(
        shown.starts_with("0 articles") && shown.contains("\n*       0  Kidal"),
        "{shown}"
    );
}

#[test]
fn articles_without_a_value_are_counted_chosen_and_marked() {
    let archive = drill();
    assert!(
        archive
            .out(&["facets", "--facet", "region"])
            .ends_with("\n        1  (none)\n")
    );
    let shown = archive.out(&["facets", "--facet", "region", "--region", "sans région"]);
    assert!(
        shown.starts_with("1 article\n") && shown.ends_with("\n*       1  (none)\n"),
        "{shown}"
    );
    let shown = archive.out(&["search", "marché", "--month", "sans date"]);
    assert!(
        shown.starts_with("0 articles") && shown.contains("\n*       0  (none)\n"),
        "{shown}"
    );
    let shown = archive.out(&["facets", "--facet", "month", "--not-month", "sans date"]);
    assert!(
        shown.starts_with("14 articles\n") && shown.ends_with("\n-       1  (none)\n"),
        "{shown}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&archive.out(&["facets", "--region", "sans région", "--format", "json"]))
            .expect("JSON");
    assert_eq!(
        (&json["without_chosen"]["region"], &json["without"]["region"]),
        (&true.into(), &1.into()),
        "{json}"
    );
}

#[test]
fn values_are_found_by_any_spelling_and_shown_in_the_order_asked_for() {
    let archive = drill();
    let found =
        |text: &str, facet: &str| archive.out(&["facets", "marché", "--facet", facet, "--find", text]);
    for typed in ["gsim", "JNIM", "Groupe de soutien à l'islam et aux musulmans"] {
        assert_eq!(
            found(typed, "actor"),
            "14 articles\n\nactor\n       14  Groupes jihadistes (14 given)\n       14    Jnim (14 given)\n"
        );
    }
    for typed in ["djenne", "DJENNÉ", "Djénné", "djen"] {
        assert!(
            found(typed, "region").ends_with("\n        7      Djenné (7 given)\n"),
            "{typed}: {}",
            found(typed, "region")
        );
        assert!(!found(typed, "region").contains("Gao"));
    }
    // A slip, a value that no lexicon knows, at zero; nothing.
    assert!(
        found("tilaberi", "region").ends_with("\n        7    Tillabéri (7 given)\n"),
        "{}",
        found("tilaberi", "region")
    );
    assert!(
        found("une bran", "actor").ends_with("\n        0  Katiba du Lac\n        0    Une branche\n"),
        "{}",
        found("une bran", "actor")
    );
    assert_eq!(found("zzz", "actor"), "14 articles\n");
    assert!(
        found("mars 2023", "month")
            .ends_with("\nmonth\n       12  2023 (12 given)\n        1    2023-03 (1 given)\n"),
        "{}",
        found("mars 2023", "month")
    );
    // All facets: only those where something is found.
    assert!(!archive.out(&["facets", "--find", "djenné"]).contains("actor"));
    let named = archive.out(&["facets", "--facet", "region", "--by", "name", "--top", "1"]);
    assert!(
        named.contains(
            "\n       14  Mali (14 given)\n        7    Gao (7 given)\n        1  (none)\n        2  more values; leave out --top to list them"
        ),
        "{named}"
    );
}
