//! When: months of publication and of events, and what contradicts them.

use super::*;

#[test]
fn undated_news_is_of_the_month_of_publication() {
    check(
        "event_month",
        &[
            (
                "Des hommes armés ont attaqué un village.",
                "2024-07-03",
                "2024/07",
            ),
            ("Des hommes armés ont attaqué un village.", "", ""),
            // Only the month of the page is known: a report of an event is of it, an analysis isn't.
            ("Des hommes armés ont attaqué un village.", "2024-07", "2024/07"),
            ("Le gouvernement dissout les partis.", "2024-07", "2024/07"),
            (
                "Des témoignages contredisent les chiffres de l'armée.",
                "2024-07",
                "",
            ),
            (
                "L'orpaillage nourrit des familles ; le groupe garde les sites et prélève des taxes.",
                "2024-07",
                "",
            ),
            (
                "Des témoignages contredisent les chiffres de l'armée.",
                "2024-07-03",
                "2024/07",
            ),
        ],
    );
}

#[test]
fn what_happened_before_the_story_or_is_planned_gives_no_month() {
    check(
        "event_month",
        &[
            ("Depuis 2012, la région est en crise.", "", ""),
            (
                "Un village a été attaqué mardi. Depuis le départ de la mission, en octobre, rien ne va.",
                "2023-11-14",
                "2023/11",
            ),
            ("Rien n'a changé depuis le massacre de mars 2019.", "", ""),
            (
                "Un convoi militaire a été attaqué. Il avait été visé le 3 mai 2022.",
                "",
                "",
            ),
            ("Des élections sont prévues le 27 février 2022.", "", ""),
            (
                "Le jeudi 12 septembre, un convoi est parti, dix mois après la prise de Kidal en novembre 2023.",
                "",
                "2024/09",
            ),
        ],
    );
}

#[test]
fn dates_of_events_give_their_months() {
    check(
        "event_month",
        &[
            ("Dimanche, un village a été attaqué.", "2024-07-01", "2024/06"),
            ("Hier, un village a été attaqué.", "2024-07-01", "2024/06"),
            (
                "Un village a été attaqué le 28 décembre.",
                "2024-01-05",
                "2023/12",
            ),
            ("Un village a été attaqué le 28 décembre.", "", ""),
            ("Le 1er mai 2023, un village a été attaqué.", "", "2023/05"),
            ("Un village a été attaqué les 16-17 mars 2024.", "", "2024/03"),
            (
                "Dans la nuit du 31 mars au 1er avril 2025, un drone est tombé.",
                "",
                "2025/03 ; 2025/04",
            ),
            ("Le 03/07/2024, un village a été attaqué.", "", "2024/07"),
            (
                "Un village a été attaqué le vendredi 18.08 à l'aube.",
                "2023-08-25",
                "2023/08",
            ),
            (
                "Le mois dernier, un village a été attaqué.",
                "2024-01-05",
                "2023/12",
            ),
            (
                "Sept villages ont été attaqués mardi ; contre sept autres, rien.",
                "2025-07-02",
                "2025/07",
            ),
        ],
    );
}

#[test]
fn dates_of_publication_give_their_months() {
    check(
        "month",
        &[
            ("Rien.", "2024-07-03", "2024/07"),
            ("Rien.", "2024", ""),
            ("Rien.", "", ""),
            ("Le 1er mai 2023, un village a été attaqué.", "", "2023/05"),
        ],
    );
}

#[test]
fn impossible_and_contradictory_dates_are_reported() {
    for (body, published, part) in [
        (
            "Le 31 juin 2024, un village a été attaqué.",
            "2024-07-05",
            "not a date of the calendar",
        ),
        (
            "Le 14 novembre 2024, un village a été attaqué.",
            "2024-07-05",
            "after the publication",
        ),
        (
            "Lundi 14 novembre 2024, un village a été attaqué.",
            "",
            "another day of the week",
        ),
        (
            "Publié le 3 mars 2021. Un village a été attaqué.",
            "2024-07-05",
            "by its text",
        ),
    ] {
        let notes = derived(body, published).notes;
        assert!(notes.iter().any(|n| n.contains(part)), "{body:?}: {notes:?}");
    }
    let (french, facets) = &*BUILT;
    let found = french.numbered("", "Rien.", |words| {
        let document = Document {
            title: "",
            body: "Rien.",
            words,
            published: None,
            url: Some("https://site.ml/2023/11/15/kidal/"),
            file_name: Some("2023-11-16.txt"),
        };
        facets.derive(&document, &BTreeSet::new())
    });
    assert_eq!(paths(&found, "month"), "2023/11");
    assert_eq!(
        found
            .values
            .iter()
            .find(|v| v.facet == "month")
            .map(|v| &*v.evidence[0].rule),
        Some("url")
    );
}

#[test]
fn web_addresses_in_the_text_tell_neither_date_nor_place() {
    let body = "Des habitants ont fui. ![Photo](https://exemple.org/gao/2025/11/2019-12-09.jpg)";
    let found = derived(body, "");
    assert_eq!(
        (paths(&found, "event_month"), paths(&found, "region")),
        (String::new(), String::new()),
        "{found:#?}"
    );
}

#[test]
fn metadata_is_compared_with_the_text() {
    let (french, facets) = &*BUILT;
    let body = "À Kidal, rien de neuf.";
    let published = "2024-07-05".parse().ok();
    for (facet, path, expected) in [
        (
            "region",
            "Mali/Gao",
            "region Mali/Gao by its metadata, Mali/Kidal/Kidal by its text",
        ),
        ("region", "Mali/Kidal", ""),
        ("region", "Mali", ""),
        (
            "month",
            "2023/01",
            "month 2023-01 by its metadata, 2024-07 by its date",
        ),
        ("month", "2024/07", ""),
        ("actor", "Jnim", ""),
    ] {
        let given = FacetValue {
            facet: facet.into(),
            path: path.into(),
            given: true,
            evidence: Vec::new(),
        };
        let found = french.numbered("", body, |words| {
            let document = Document {
                title: "",
                body,
                words,
                published,
                url: None,
                file_name: None,
            };
            facets.contradictions(&document, &[given])
        });
        assert_eq!(found.join(" ; "), expected, "{facet} {path}");
    }
}

#[test]
fn a_chronology_gives_the_months_of_its_entries() {
    let days = "22 mars 2012 : coup d'État à Bamako.\n\n17 janvier 2013 : combats à Konna.\n\n\
                21 mai 2014 : combats à Kidal.\n\n18 août 2020 : coup d'État à Bamako.";
    let years = "2012\n\n22 mars : coup d'État à Bamako.\n\n1er avril : prise de Tombouctou.\n\n2013\n\n\
                 17 janvier : combats à Konna.\n\n4 août : une fusillade à Gao.";
    check(
        "event_month",
        &[
            (days, "2021-05-25", "2012/03 ; 2013/01 ; 2014/05 ; 2020/08"),
            (days, "", "2012/03 ; 2013/01 ; 2014/05 ; 2020/08"),
            (years, "2021-05-25", "2012/03 ; 2012/04 ; 2013/01 ; 2013/08"),
        ],
    );
}

#[test]
fn what_is_recalled_is_the_story_where_there_is_no_news() {
    check(
        "event_month",
        &[
            (
                "Le 23 mars 2019, un village était attaqué. Aucun procès ne s'est tenu. Le 14 février 2020, le village a été \
                 attaqué de nouveau.",
                "2022-03-23",
                "2019/03 ; 2020/02",
            ),
            (
                "Mardi, un village a été attaqué. Le 14 février 2020, le village a été attaqué aussi.",
                "2022-03-23",
                "2022/03",
            ),
        ],
    );
}

#[test]
fn years_that_undated_news_recalls_are_not_its_own() {
    check(
        "event_month",
        &[
            (
                "Mardi, un village a été attaqué. Le 8 janvier 2011, deux hommes ont été tués au même endroit.",
                "",
                "",
            ),
            (
                "Le 8 janvier 2011, deux hommes ont été tués. Leurs proches ont été reçus mardi.",
                "",
                "2011/01",
            ),
        ],
    );
}
