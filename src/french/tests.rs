//! Tests of the whole pipeline; each step has its own beside it.

use super::*;
use crate::schema::Lexicons;
use proptest::prelude::*;

fn french() -> French {
    Lexicons::embedded()
        .french()
        .expect("the embedded lexicons are good")
}

fn terms(french: &French, text: &str) -> Vec<String> {
    french
        .analyze(&normalize(text))
        .iter()
        .map(|t| t.word.term.to_string())
        .collect()
}

#[test]
fn every_typing_gives_the_same_terms() {
    let french = french();
    for typings in [
        vec![
            "sécurité",
            "securite",
            "SÉCURITÉ",
            "SECURITE",
            "se\u{301}curite\u{301}",
        ],
        vec!["l'armée", "l’armée", "L'ARMEE", "lʼarmée", "l`armee", "l´armée"],
        vec!["N'Djamena", "N’Djaména", "n'djamena", "Ndjamena", "NDJAMENA"],
        vec!["œuvres", "oeuvres", "ŒUVRES"],
        vec!["coopération", "co\u{AD}opération", "co\u{200B}operation"],
        vec!["O.N.U.", "ONU", "onu", "o.n.u"],
    ] {
        let first = terms(&french, typings[0]);
        for typing in &typings {
            assert_eq!(
                terms(&french, typing),
                first,
                "{typing:?} against {:?}",
                typings[0]
            );
        }
    }
}

#[test]
fn positions_and_joined_spellings() {
    let french = french();
    let shown: Vec<String> = french
        .analyze("Le week-end, 1 500 km d'« Al-Qaïda »")
        .iter()
        .map(|t| {
            format!(
                "{}{}{}",
                t.position,
                if t.is_part() { ":" } else { "+" },
                t.word.folded
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "0:le",
            "1+weekend",
            "1:week",
            "2:end",
            "3+1500",
            "3:1",
            "4:500",
            "5:km",
            "6+alqaida",
            "6:al",
            "7:qaida"
        ]
    );
}

#[test]
fn a_megabyte_without_a_space_is_analysed() {
    let french = french();
    let text = "é".repeat(500_000);
    let tokens = french.analyze(&text);
    assert!(tokens.len() > 900 && tokens.iter().all(|t| t.word.term.len() <= 240));
}

proptest! {
    #[test]
    fn spans_are_ordered_and_on_character_boundaries(text in "\\PC{0,60}|[a-zéèA-ZÉ0-9 '’.,@-]{0,60}") {
        let french = french();
        let mut last = (0, 0);
        for token in french.analyze(&text) {
            prop_assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
            prop_assert!(token.start < token.end && token.end <= text.len());
            prop_assert!((token.position as usize, token.start) >= last);
            last = (token.position as usize, token.start);
            prop_assert!(!token.word.term.is_empty() && !token.word.folded.is_empty());
        }
    }

    #[test]
    fn terms_depend_on_the_folded_spelling(word in "[a-zàâçéèêëîïôûüœæA-ZÉÈ]{1,14}|\\PC{1,8}") {
        let french = french();
        let expected = terms(&french, &word);
        prop_assert_eq!(&terms(&french, &word.nfd().collect::<String>()), &expected);
        if word.chars().all(char::is_alphabetic) {
            prop_assert_eq!(&terms(&french, &word.to_uppercase()), &expected);
            prop_assert_eq!(&terms(&french, &fold(&word)), &expected);
        }
    }
}
