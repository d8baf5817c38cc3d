//! What helps to ask: suggestions, reasons for zero hits, matches in a whole article; on the real binary.

use crate::common::{Indexed as Archive, text};
use serde_json::Value;

fn three() -> Archive {
    Archive::new(&[
        (
            "a.txt",
            "Drones à Gao\n\nLa sécurité est précaire : des drones ont frappé Gao. L'armée malienne dément.",
        ),
        (
            "b.txt",
            "Marché de Mopti\n\nLa sécurité du marché inquiète. SECURITE, dit la banderole. Un week-end calme à Mopti.",
        ),
        (
            "c.txt",
            "Pluies\n\nLes pluies sécurisent la récolte à Gao, selon une sécurisation annoncée.",
        ),
    ])
}

fn words(found: &Value) -> Vec<(String, u64)> {
    let list = found["words"].as_array().expect("words");
    list.iter()
        .map(|w| {
            (
                w["text"].as_str().expect("text").to_string(),
                w["count"].as_u64().expect("count"),
            )
        })
        .collect()
}

#[test]
fn suggestions_are_spellings_of_the_archive_by_articles() {
    let archive = three();
    let found = archive.json(&["suggest", "SECU"]);
    let expected = [("sécurité", 2), ("sécurisation", 1), ("sécurisent", 1)].map(|(w, n)| (w.to_string(), n));
    assert_eq!(words(&found), expected, "{found}");
    assert_eq!(words(&archive.json(&["suggest", "l'arm"]))[0].0, "armée");
    assert_eq!(words(&archive.json(&["suggest", "week-e"]))[0].0, "week-end");
    // Stop words are no suggestions, nothing is no error, and the limit holds.
    assert!(
        words(&archive.json(&["suggest", "l"]))
            .iter()
            .all(|(word, _)| word != "la" && word != "les")
    );
    assert!(words(&archive.json(&["suggest", "zzz"])).is_empty());
    assert_eq!(words(&archive.json(&["suggest", "s", "--limit", "1"])).len(), 1);
}

#[test]
fn suggestions_hold_facet_values_of_any_level() {
    let archive = three();
    let found = archive.json(&["suggest", "gao"]);
    let value = found["values"]
        .as_array()
        .expect("values")
        .iter()
        .find(|v| v["facet"] == "region")
        .expect("a region");
    assert_eq!(
        (
            value["value"].as_str(),
            value["label"].as_str(),
            value["count"].as_u64()
        ),
        (Some("Mali/Gao"), Some("Gao"), Some(2))
    );
    let output = text(&archive.run(&["suggest", "mopt"]));
    assert!(
        output.contains("1  mopti\n") && output.contains("1  region: Mali/Mopti\n"),
        "{output}"
    );
}

#[test]
fn deleted_articles_suggest_nothing() {
    let archive = three();
    std::fs::remove_file(archive.dir().join("corpus/b.txt")).expect("removed");
    archive.run(&["index", "corpus", "--quiet"]);
    let found = archive.json(&["suggest", "mopti"]);
    assert_eq!(
        (words(&found).len(), found["values"].as_array().map(Vec::len)),
        (0, Some(0)),
        "{found}"
    );
}

fn clause<'a>(answer: &'a Value, text: &str) -> &'a Value {
    let clauses = answer["diagnosis"]["clauses"]
        .as_array()
        .unwrap_or_else(|| panic!("no diagnosis: {answer}"));
    clauses
        .iter()
        .find(|c| c["text"] == text)
        .unwrap_or_else(|| panic!("no {text}: {answer}"))
}

#[test]
fn zero_hits_name_the_condition_that_leaves_nothing() {
    let archive = three();
    let answer = archive.json(&["search", "sécurité dromes", "--region", "Gao"]);
    assert_eq!(answer["total"], 0);
    let (word, other, filter) = (
        clause(&answer, "dromes"),
        clause(&answer, "sécurité"),
        clause(&answer, "region: Gao"),
    );
    assert_eq!(
        (
            word["count"].as_u64(),
            word["without"].as_u64(),
            word["kills"].as_bool()
        ),
        (Some(0), Some(1), Some(true))
    );
    assert_eq!(
        (
            other["count"].as_u64(),
            other["without"].as_u64(),
            other["kills"].as_bool()
        ),
        (Some(2), Some(0), Some(false))
    );
    assert_eq!(
        (
            filter["kind"].as_str(),
            filter["count"].as_u64(),
            filter["kills"].as_bool()
        ),
        (Some("filter"), Some(2), Some(false))
    );
    let spelling = &word["spellings"][0];
    assert_eq!(
        (
            spelling["text"].as_str(),
            spelling["count"].as_u64(),
            spelling["total"].as_u64()
        ),
        (Some("drones"), Some(1), Some(1))
    );
    assert_eq!(answer["diagnosis"]["any"], 1);
    let shown = text(&archive.run(&["search", "sécurité dromes"]));
    assert!(
        shown.contains("no article has “dromes”. Did you mean: drones (1 article, 1 for the whole query)?"),
        "{shown}"
    );
    assert!(
        shown.contains("2 articles with any of the words: add --any"),
        "{shown}"
    );
}

#[test]
fn a_filter_can_be_what_leaves_nothing() {
    let archive = three();
    let answer = archive.json(&["search", "drones region:Mopti"]);
    let filter = clause(&answer, "region:Mopti");
    assert_eq!(
        (
            filter["count"].as_u64(),
            filter["without"].as_u64(),
            filter["kills"].as_bool()
        ),
        (Some(1), Some(1), Some(true))
    );
    assert_eq!(answer["diagnosis"]["without_filters"], 1);
    let shown = text(&archive.run(&["search", "drones", "--region", "Mopti"]));
    assert!(shown.contains("1 article without region: Mopti"), "{shown}");
    // An exclusion too.
    let answer = archive.json(&["search", "drones -Gao"]);
    assert_eq!(clause(&answer, "NOT gao")["without"], 1, "{answer}");
}

#[test]
fn words_within_phrases_and_alternatives_are_spelled_too() {
    let archive = three();
    let answer = archive.json(&["search", "\"armée malianne\""]);
    let spelling = &clause(&answer, "\"armée malianne\"")["spellings"][0];
    assert_eq!(
        (
            spelling["typed"].as_str(),
            spelling["text"].as_str(),
            spelling["total"].as_u64()
        ),
        (Some("malianne"), Some("malienne"), Some(1))
    );
    let answer = archive.json(&["search", "dromes OU pliues"]);
    assert_eq!(
        clause(&answer, "pliues")["spellings"][0]["text"],
        "pluies",
        "{answer}"
    );
}

#[test]
fn there_is_no_diagnosis_when_something_is_found_or_nothing_was_asked() {
    let archive = three();
    assert!(archive.json(&["search", "drones"])["diagnosis"].is_null());
    assert!(archive.json(&["search", "drones", "--page", "9"])["diagnosis"].is_null());
    let empty = Archive::new(&[]);
    assert!(empty.json(&["search", ""])["diagnosis"].is_null());
    // Many conditions cost no more than a few.
    let many = (0..200).map(|n| format!("mot{n}x")).collect::<Vec<_>>().join(" ");
    let answer = archive.json(&["search", &many]);
    assert_eq!(answer["diagnosis"]["clauses"].as_array().map(Vec::len), Some(16));
    assert_eq!(answer["diagnosis"]["cut"], true);
}

fn long() -> Archive {
    Archive::new(&[(
        "long.txt",
        "Drones à Gao\n\nUn.\n\nDes drones ont frappé.\n\nTrois.\n\nQuatre.\n\nCinq.\n\nL'armée malienne et un drone.\n\nSept.",
    )])
}

#[test]
fn show_marks_every_match_and_says_how_many() {
    let archive = long();
    let shown = text(&archive.run(&["show", "long.txt", "--query", "drone \"armée malienne\" -Gao"]));
    assert!(
        shown.contains("[Drones] à Gao\n") && shown.contains("Des [drones] ont frappé."),
        "{shown}"
    );
    assert!(
        shown.contains("L'[armée malienne] et un [drone].")
            && shown.contains("4 matches, 1 of them in the title"),
        "{shown}"
    );
    let answer = archive.json(&["show", "long.txt", "--query", "drone"]);
    let (matches, body) = (&answer["matches"], answer["body"].as_str().expect("the body"));
    assert_eq!(
        (matches["total"].as_u64(), matches["title"][0]["text"].as_str()),
        (Some(3), Some("Drones")),
        "{matches}"
    );
    let last = &matches["body"][1];
    let (start, end) = (
        last["start"].as_u64().expect("start") as usize,
        last["end"].as_u64().expect("end") as usize,
    );
    assert_eq!(
        (&body[start..end], last["paragraph"].as_u64()),
        ("drone", Some(6))
    );
    assert!(archive.json(&["show", "long.txt"])["matches"].is_null());
}

#[test]
fn show_context_prints_paragraphs_as_grep_does() {
    let archive = long();
    let shown = text(&archive.run(&["show", "long.txt", "--query", "drone", "--context", "1"]));
    let expected = "1- Un.\n2: Des [drones] ont frappé.\n3- Trois.\n--\n5- Cinq.\n6: L'armée malienne et un [drone].\n7- Sept.\n";
    assert!(shown.ends_with(expected), "{shown}");
    let none = text(&archive.run(&["show", "long.txt", "--query", "drone", "--context", "0"]));
    assert!(
        none.ends_with("\n2: Des [drones] ont frappé.\n--\n6: L'armée malienne et un [drone].\n"),
        "{none}"
    );
    let absent = archive.run(&["show", "long.txt", "--query", "absent", "--context", "2"]);
    assert!(text(&absent).contains("0 matches"), "{}", text(&absent));
    assert_eq!(
        archive.run(&["show", "long.txt", "--context", "2"]).status.code(),
        Some(2),
        "--context needs --query"
    );
}

#[test]
fn marks_on_a_terminal_are_coloured_and_text_is_made_safe() {
    let archive = Archive::new(&[("a.txt", "Un drone \u{202E}ici\n\nLe drone \u{1b}[2J est là.")]);
    for args in [
        &["search", "drone"][..],
        &["show", "a.txt", "--query", "drone"],
        &["show", "a.txt", "--query", "drone", "--context", "0"],
    ] {
        let shown = text(&archive.run(&[args, &["--color", "always"]].concat()));
        assert!(
            !shown.contains('\u{202E}') && !shown.contains("\u{1b}[2J"),
            "{shown:?}"
        );
        assert_eq!(
            shown.matches("\u{1b}[31mdrone").count(),
            2,
            "title and body: {shown:?}"
        );
    }
}
