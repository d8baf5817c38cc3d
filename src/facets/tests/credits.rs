//! Lines above a text that say where it is from tell nothing of what it reports.

use super::*;

const TEXT: &str = "Une patrouille de soldats est tombée dans une embuscade près de Kidal mardi.";

#[test]
fn credit_lines_give_no_region_and_no_actor() {
    check(
        "region",
        &[
            (
                &format!("Source : Studio Tamani (Bamako)\nAuteur : Awa Ba, Gao\n\n{TEXT}"),
                "2024-03-06",
                "Mali/Kidal",
            ),
            (
                &format!("Par Awa Ba, à Bamako, le 3 juillet 2024\n\n{TEXT}"),
                "",
                "Mali/Kidal",
            ),
            // A sentence is one, whatever it begins with.
            (
                &format!("Selon un élu de Gao, tout est calme.\n\n{TEXT}"),
                "2024-03-06",
                "Mali/Gao ; Mali/Kidal",
            ),
        ],
    );
    check(
        "actor",
        &[(
            &format!("Source : Minusma\n\n{TEXT}"),
            "",
            "Forces nationales/FAMa",
        )],
    );
}

#[test]
fn the_dates_of_credit_lines_are_of_the_publication_alone() {
    for (line, published) in [
        ("mar. 5 mars 2024", "2024/03"),
        ("Publié le Dimanche, 1 Septembre, 2024 - 08:15", "2024/09"),
        ("Date : 14/05/2025", "2025/05"),
        (
            "Mis à jour le 3 octobre 2024 - Publié le 2 septembre 2024",
            "2024/09",
        ),
        ("AFP, publié le samedi 06 juin 2020 à 08h42", "2020/06"),
        ("Par Awa Ba - 02/01/2024", "2024/01"),
    ] {
        let found = derived(&format!("{line}\n\n{TEXT}"), "");
        assert_eq!(paths(&found, "month"), published, "{line}: {found:#?}");
        let months = found.values.iter().filter(|value| value.facet == "event_month");
        for evidence in months.flat_map(|value| &value.evidence) {
            assert!(evidence.start >= line.len(), "{line}: {evidence:?}");
        }
    }
    // The day of an update is no day of an event.
    let found = derived(&format!("Mis à jour le 3 septembre 2024\n\n{TEXT}"), "2024-07-05");
    assert_eq!(paths(&found, "event_month"), "2024/07", "{found:#?}");
}
