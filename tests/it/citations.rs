//! References for reference managers as the binary writes them.

use crate::common::Indexed;
use serde_json::{Value, json};

fn archive() -> Indexed {
    Indexed::new(&[
        (
            "moura.md",
            "---\ntitle: \"Moura : 50 % d'eau & {un} puits\"\ndate: 2024-05-15\nsource: RFI\nauthor: Awa Ba et Moussa ag Ali\n\
             url: https://ex.ml/a_b?c=%20\n---\n\nUne embuscade a eu lieu à Moura. « Rien de neuf », selon le maire.\n",
        ),
        (
            "gao.md",
            "---\ntitle: Embuscade à Gao\ndate: 2024-05\nsource: AFP\nauthor: AFP\n---\n\nUne embuscade a eu lieu à Gao.\n",
        ),
        ("pluie.txt", "Il a plu à Mopti toute la nuit, et rien d'autre."),
    ])
}

#[test]
fn the_ending_chooses_the_style() {
    let archive = archive();
    let read = |name: &str| std::fs::read_to_string(archive.dir().join(name)).expect("written");
    archive.out(&[
        "cite",
        "-o",
        "a.bib",
        "moura.md",
        "gao.md",
        "--query",
        "embuscade",
    ]);
    let bibtex = read("a.bib");
    assert!(
        bibtex.contains("@article{ba2024moura,\n") && bibtex.contains("\n\n@article{afp2024embuscade,\n"),
        "{bibtex}"
    );
    assert!(
        bibtex.contains("{{Moura : 50 \\% d'eau \\& \\textbraceleft{}un\\textbraceright{} puits}}"),
        "{bibtex}"
    );
    assert!(
        bibtex.contains("annote       = {griot moura.md; BLAKE3 ")
            && bibtex.contains(" « Une embuscade a eu lieu à Moura. »}"),
        "{bibtex}"
    );
    archive.out(&["cite", "-o", "a.ris", "moura.md", "gao.md"]);
    let ris = read("a.ris");
    assert!(
        ris.contains("AU  - Ba, Awa\r\nAU  - ag Ali, Moussa\r\n") && ris.contains("DA  - 2024/05//\r\n"),
        "{ris}"
    );
    assert_eq!(ris.matches("ER  - \r\n").count(), 2, "{ris}");
}

#[test]
fn all_that_a_query_finds_is_cited() {
    let archive = archive();
    let csl: Value =
        serde_json::from_str(&archive.out(&["cite", "--query", "embuscade", "--format", "csl-json"]))
            .expect("JSON");
    let items = csl.as_array().expect("a list");
    assert_eq!(items.len(), 2, "{csl}");
    let gao = items
        .iter()
        .find(|item| item["id"] == "gao.md")
        .expect("the article");
    assert_eq!(gao["issued"], json!({"date-parts": [[2024, 5]]}));
    assert_eq!(gao["author"], json!([{"literal": "AFP"}]));
    let cited = archive.json(&["cite", "--query", "embuscade"]);
    assert_eq!(cited["citations"].as_array().map(Vec::len), Some(2), "{cited}");
    let none = archive.json(&["cite", "--query", "hélicoptère"]);
    assert_eq!(none["citations"], json!([]));
    assert_eq!(archive.run(&["cite"]).status.code(), Some(2));
    assert_eq!(
        archive.run(&["cite", "moura.md", "absent"]).status.code(),
        Some(1)
    );
}

#[test]
fn an_article_without_a_title_goes_by_its_first_words() {
    let archive = archive();
    let ris = archive.out(&["cite", "pluie.txt", "--format", "ris"]);
    assert!(
        ris.contains("TI  - [Il a plu à Mopti") || ris.contains("TI  - Il a plu à Mopti"),
        "{ris}"
    );
}

#[test]
fn numbers_of_the_last_search_are_ids() {
    let archive = archive();
    archive.out(&["search", "embuscade"]);
    let bibtex = archive.out(&["cite", "2", "1", "--format", "bibtex"]);
    assert_eq!(bibtex.matches("@article{").count(), 2, "{bibtex}");
}
