//! What `examples/` shows, works.

#[path = "../../examples/derive_facets.rs"]
#[expect(dead_code, reason = "its main")]
mod derive_facets;
#[path = "../../examples/search_folder.rs"]
#[expect(dead_code, reason = "its main")]
mod search_folder;

use crate::common::Archive;

#[test]
fn a_folder_is_indexed_and_searched() {
    let archive = Archive::small();
    let lines = search_folder::search(&archive.corpus(), "drones").expect("an answer");
    assert_eq!(
        lines,
        [
            "4 articles in the index",
            "a.txt: Drones à Gao",
            "    Des [drones] ont frappé Gao le 3 mars 2024."
        ]
    );
}

#[test]
fn facets_of_a_text_are_derived_with_their_evidence() {
    let text = "Des drones ont frappé Tinzaouatène. Le CSP accuse l'armée malienne.";
    let lines = derive_facets::derive(text).expect("facets");
    let has = |start: &str, said: &str| {
        lines
            .iter()
            .any(|line| line.starts_with(start) && line.contains(said))
    };
    assert!(
        has("region: Mali/Kidal/Abeïbara", "\"Tinzaouatène\""),
        "{lines:#?}"
    );
    assert!(has("actor: ", "\"armée malienne\""), "{lines:#?}");
}
