//! What facets promise, on texts of our own.

use super::values::MOST_EVIDENCE;
use super::*;
use crate::article::{FacetValue, Part};
use crate::error::{Error, Result};
use crate::french::{French, fold};
use crate::schema::Lexicons;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static BUILT: LazyLock<(French, Facets)> =
    LazyLock::new(|| built(&Lexicons::embedded()).expect("the embedded lexicons are good"));

fn built(lexicons: &Lexicons) -> Result<(French, Facets)> {
    let french = lexicons.french()?;
    let facets = Facets::new(lexicons, &french)?;
    Ok((french, facets))
}

fn derived_with((french, facets): &(French, Facets), title: &str, body: &str, published: &str) -> Derived {
    let document = Document {
        title,
        body,
        title_tokens: &french.analyze(title),
        body_tokens: &french.analyze(body),
        published: published.parse().ok(),
        url: None,
        file_name: None,
    };
    facets.derive(&document, &BTreeSet::new())
}

fn derived(body: &str, published: &str) -> Derived {
    derived_with(&BUILT, "", body, published)
}

/// The paths of a facet, joined by spaces.
fn paths(derived: &Derived, facet: &str) -> String {
    derived
        .values
        .iter()
        .filter(|v| v.facet == facet)
        .map(|v| v.path.as_str())
        .collect::<Vec<_>>()
        .join(" ; ")
}

#[track_caller]
fn check(facet: &str, cases: &[(&str, &str, &str)]) {
    for (body, published, expected) in cases {
        let found = derived(body, published);
        assert_eq!(
            &paths(&found, facet),
            expected,
            "{facet} of {body:?}, published {published:?}: {found:#?}"
        );
    }
}

#[test]
fn villages_give_the_region_that_the_text_leaves_out() {
    check(
        "region",
        &[
            (
                "Des hommes armés ont attaqué le village d'Ogossagou.",
                "",
                "Mali/Bandiagara/Bankass",
            ),
            (
                "Djiguibombo, région de Mopti, a été brûlé.",
                "",
                "Mali/Bandiagara/Bandiagara ; Mali/Mopti",
            ),
            ("Le camp militaire de Kati a été visé.", "", "Mali/Koulikoro/Kati"),
            ("Aguelhoc et Aguel'hoc sont une ville.", "", "Mali/Kidal/Aguelhok"),
            ("Tinzawatène, TINZAOUATENE.", "", "Mali/Kidal/Abeïbara"),
            ("La Perle du désert manque de tout.", "", "Mali/Tombouctou"),
            (
                "Le village de Djiguibonbo a été brûlé.",
                "",
                "Mali/Bandiagara/Bandiagara",
            ),
            ("Monsieur Djiguibonbo a parlé.", "", ""),
            (
                "Kati a dormi.\n\n![[Une] Marseille frappée en mars](https://exemple.fr/gao.jpg)\nMopti aussi.",
                "",
                "Mali/Koulikoro/Kati ; Mali/Mopti",
            ),
            (
                "Kati ![ a dormi, Mopti aussi.",
                "",
                "Mali/Koulikoro/Kati ; Mali/Mopti",
            ),
        ],
    );
}

#[test]
fn ambiguous_names_need_their_context() {
    check(
        "region",
        &[
            ("San Pedro, en Côte d'Ivoire, est un port.", "", "Côte d'Ivoire"),
            ("Le marché de San a brûlé.", "", "Mali/San/San"),
            (
                "Un accident à Paoskoto, département de Nioro du Rip, au Sénégal.",
                "",
                "Sénégal",
            ),
            (
                "La commune de Soni Ali Ber, à Gao, est inondée.",
                "",
                "Mali/Gao/Gao ; Mali/Gao/Soni Ali Ber",
            ),
            ("La katiba Macina menace le pays.", "", ""),
            ("Le fleuve Niger est en crue.", "", ""),
            ("Au Niger, la situation est calme.", "", "Niger"),
            (
                "La région du Sahel, au Burkina Faso, est sous blocus.",
                "",
                "Burkina Faso/Sahel",
            ),
            ("Les pays du Sahel se réunissent.", "", ""),
            ("L'Azawad et le Gourma sont loin.", "", ""),
            ("Seydou Bamba et Moussa Koro ont parlé.", "", ""),
            (
                "Boura, dans le cercle de Yorosso, est calme.",
                "",
                "Mali/Koutiala/Yorosso",
            ),
            (
                "Boura, dans la province de la Sissili, est calme.",
                "",
                "Burkina Faso/Centre-Ouest/Sissili",
            ),
            ("La plaine du Pô est inondée, en Italie.", "", "Italie"),
            (
                "Des drones ont frappé Pô, dans la province du Nahouri.",
                "",
                "Burkina Faso/Centre-Sud/Nahouri",
            ),
            ("L'empereur Soni Ali Ber a régné sur le Songhaï.", "", ""),
            (
                "Les eaux du Niger ont envahi les rizières de Gao.",
                "",
                "Mali/Gao",
            ),
            ("Un rapport sur le Niger paraît.", "", "Niger"),
            (
                "La région du Sahel inquiète le Mali et le Niger.",
                "",
                "Mali ; Niger",
            ),
            ("Dans le Gourma, une patrouille a sauté sur une mine.", "", ""),
            (
                "À Fada, dans la province du Gourma, le marché a fermé.",
                "",
                "Burkina Faso/Est/Gourma",
            ),
        ],
    );
}

#[test]
fn capitals_landmarks_and_signatures_are_no_places_of_events() {
    check(
        "region",
        &[
            ("Les autorités de Bamako démentent.", "", ""),
            (
                "BAMAKO, 17 septembre (Reuters) - Léré a été attaquée.",
                "2023-09",
                "Mali/Tombouctou/Léré",
            ),
            ("À Bamako, des coups de feu ont retenti.", "", "Mali/Bamako"),
            ("Siby, à 30 km de Bamako, est calme.", "", "Mali/Koulikoro/Siby"),
            (
                "Le camp de Boni a été attaqué. Amap-Gao.",
                "",
                "Mali/Douentza/Boni",
            ),
            (
                "Niamey, le 12 mars - Un poste a été attaqué à Torodi.",
                "2024-03",
                "Niger/Tillabéri/Torodi",
            ),
            (
                "Un camp a été attaqué à Dioura, dit une source militaire à Bamako.",
                "",
                "Mali/Mopti/Ténenkou",
            ),
            (
                "Trois soldats sont morts à Hombori, a annoncé l'Élysée.",
                "",
                "Mali/Douentza/Hombori",
            ),
            ("Le convoi a quitté Bamako.", "", "Mali/Bamako"),
            ("Kiev rejette les accusations de Bamako.", "", ""),
            (
                "La chaîne France 24 est suspendue à Kayes.",
                "",
                "Mali/Kayes/Kayes",
            ),
            (
                "L'armée malienne dément tout crime dans l'affaire de Moura.",
                "",
                "Mali/Mopti/Djenné",
            ),
            (
                "Le pont de Songho a sauté sur la RN15 entre Sévaré et Bandiagara.",
                "",
                "Mali/Bandiagara ; Mali/Bandiagara/Bandiagara",
            ),
            (
                "Des camions ont brûlé sur la route entre Bamako et Ségou, à Fana.",
                "",
                "Mali/Dioïla/Fana",
            ),
            (
                "Un convoi a brûlé entre Lakamané et Kaniera.",
                "",
                "Mali/Nioro/Diéma",
            ),
            ("Un convoi a été attaqué à 30 km de Bamako.", "", "Mali"),
            ("Bamako et Moscou ont signé un accord.", "", ""),
            (
                "La capitale burkinabè est calme, la capitale nigérienne aussi.",
                "",
                "Burkina Faso/Centre/Kadiogo ; Niger/Niamey",
            ),
            ("Quatre soldats maliens sont morts.", "", "Mali"),
            ("Quatre soldats maliens sont morts au Congo.", "", "Congo"),
            ("Quatre soldats algériens sont morts.", "", ""),
            (
                "Sur l'axe Kayes-Bamako, à Lakamané, un convoi a brûlé.",
                "",
                "Mali/Nioro/Diéma",
            ),
        ],
    );
}

#[test]
fn texts_without_capitals_or_with_nothing_else_are_read_too() {
    check(
        "region",
        &[
            (
                "attaque a gao : des morts a ansongo selon des sources locales",
                "",
                "Mali/Gao/Ansongo ; Mali/Gao/Gao",
            ),
            (
                "ATTAQUE À GAO : DES MORTS À ANSONGO",
                "",
                "Mali/Gao/Ansongo ; Mali/Gao/Gao",
            ),
        ],
    );
}

#[test]
fn actors_by_name_chief_and_country() {
    let jnim = "Groupes jihadistes/Jnim";
    let fama = "Forces nationales/FAMa";
    check(
        "actor",
        &[
            ("Le GSIM a revendiqué.", "", jnim),
            (
                "Le Groupe de soutien à l’islam et aux musulmans a revendiqué.",
                "",
                jnim,
            ),
            (
                "Al-Qaïda au Maghreb islamique a frappé.",
                "",
                "Groupes jihadistes/AQMI",
            ),
            (
                "Des hommes d'Amadou Koufa sont passés.",
                "",
                "Groupes jihadistes/Jnim/Katiba Macina",
            ),
            (
                "Koufa, le prêcheur, est loin. Amadou Koufa prêchait à Mopti en janvier 2013.",
                "",
                "",
            ),
            ("Les hommes d'Iyad Ag Ghali tiennent la ville.", "2024", jnim),
            ("Les hommes d'Iyad Ag Ghali tiennent la ville.", "2012-07", ""),
            (
                "À Niamey, le CNSP a dissous des partis.",
                "",
                "États/Gouvernement du Niger",
            ),
            ("À Gao, l'armée patrouille.", "", fama),
            ("À Gao, l'armée et les Russes patrouillent.", "", fama),
            (
                "À Djibo, l'armée patrouille.",
                "",
                "Forces nationales/armée burkinabè",
            ),
            (
                "À Gao, des soldats nigériens patrouillent.",
                "",
                "Forces nationales/armée nigérienne",
            ),
            ("À Gao, des soldats sénégalais patrouillent.", "", ""),
            (
                "À Gao, des soldats de Barkhane patrouillent.",
                "",
                "Forces nationales/Barkhane",
            ),
            ("À Ménaka, Daech recrute.", "", "Groupes jihadistes/EIGS"),
            (
                "À Gao, un groupe lié à l'État islamique (EI) recrute. L'EI aussi.",
                "",
                "Groupes jihadistes/État islamique (organisation)",
            ),
            (
                "L'État islamique en Afrique de l'Ouest recrute.",
                "",
                "Groupes jihadistes/ISWAP",
            ),
            (
                "À Gao, le Jnim, affilié à Al-Qaïda, et l'EI se battent.",
                "",
                "Groupes jihadistes/Al-Qaïda ; Groupes jihadistes/EIGS ; Groupes jihadistes/Jnim",
            ),
            (
                "À Gao, des groupes liés à Al-Qaïda et à l'EI se battent.",
                "",
                "Groupes jihadistes/Al-Qaïda ; Groupes jihadistes/État islamique (organisation)",
            ),
            ("Niamey accuse Paris.", "", "États/Gouvernement du Niger"),
            ("Un coup d'État au Mali.", "", ""),
            ("L'opération militaire au Mali se poursuit.", "", ""),
            (
                "Des supplétifs russes sont à Gao.",
                "",
                "Russes/Russes (non nommés)",
            ),
            (
                "Des mercenaires russes de Wagner sont à Gao.",
                "",
                "Russes/Wagner",
            ),
            ("La plateforme relie Gao et Kidal.", "", ""),
            ("Les FAMa tiennent Gao.", "", fama),
        ],
    );
}

#[test]
fn months_of_publication_and_of_events() {
    check(
        "event_month",
        &[
            (
                "Des hommes armés ont attaqué un village.",
                "2024-07-03",
                "2024/07",
            ),
            ("Des hommes armés ont attaqué un village.", "", ""),
            // Only the month of the page is known: what tells an event is of it, an analysis isn't.
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
            ("Depuis 2012, la région est en crise.", "", ""),
            (
                "Sept villages ont été attaqués mardi ; contre sept autres, rien.",
                "2025-07-02",
                "2025/07",
            ),
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
            "no date of the calendar",
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
    let tokens = french.analyze("Rien.");
    let document = Document {
        title: "",
        body: "Rien.",
        title_tokens: &[],
        body_tokens: &tokens,
        published: None,
        url: Some("https://site.ml/2023/11/15/kidal/"),
        file_name: Some("2023-11-16.txt"),
    };
    let found = facets.derive(&document, &BTreeSet::new());
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
fn evidence_points_at_the_words() {
    let body = "L’armée malienne est à Ogossagou ; le 3 mai 2024, elle en est partie.";
    let found = derived(body, "");
    let words: Vec<(&str, &str)> = found
        .values
        .iter()
        .map(|v| (v.path.as_str(), &body[v.evidence[0].start..v.evidence[0].end]))
        .collect();
    assert!(
        words.contains(&("Mali/Bandiagara/Bankass", "Ogossagou")),
        "{words:?}"
    );
    assert!(words.contains(&("2024/05", "3 mai 2024")), "{words:?}");
    assert!(found.values.iter().all(|v| {
        !v.given
            && v.evidence
                .iter()
                .all(|e| e.part == Part::Body && !e.rule.is_empty())
    }));
}

#[test]
fn given_facets_are_left_alone() {
    let (french, facets) = &*BUILT;
    let body = "L'armée malienne est à Gao.";
    let tokens = french.analyze(body);
    let document = Document {
        title: "",
        body,
        title_tokens: &[],
        body_tokens: &tokens,
        published: None,
        url: None,
        file_name: None,
    };
    let given = BTreeSet::from(["region".to_string()]);
    let found = facets.derive(&document, &given);
    assert_eq!(
        (paths(&found, "region").as_str(), paths(&found, "actor").as_str()),
        ("", "Forces nationales/FAMa")
    );
}

#[test]
fn what_people_type_is_resolved() {
    let (_, facets) = &*BUILT;
    for (facet, typed, expected) in [
        ("region", "gao", "Mali/Gao"),
        ("region", "Mali/Gao", "Mali/Gao"),
        ("region", "MOPTI", "Mali/Mopti"),
        ("region", "tin aicha", "Mali/Tombouctou/Goundam"),
        ("region", "Bankass", "Mali/Bandiagara/Bankass"),
        ("region", "Mali", "Mali"),
        ("region", "Atlantide", ""),
        ("actor", "gsim", "Groupes jihadistes/Jnim"),
        (
            "actor",
            "Groupe de soutien à l'islam et aux musulmans",
            "Groupes jihadistes/Jnim",
        ),
        ("actor", "fama", "Forces nationales/FAMa"),
        ("actor", "groupes jihadistes", "Groupes jihadistes"),
        ("actor", "personne", ""),
        ("month", "2024-03", "2024/03"),
        ("month", "mars 2024", "2024/03"),
        ("event_month", "03/2024", "2024/03"),
        ("month", "2024", "2024"),
        ("month", "mars", ""),
        ("absent", "mars", ""),
    ] {
        assert_eq!(
            facets.resolve(facet, typed).join(" ; "),
            expected,
            "{facet} {typed:?}"
        );
    }
    assert_eq!(facets.label("month", "2025/10"), "2025-10");
    assert_eq!(facets.label("actor", "Groupes jihadistes/Jnim"), "Jnim");
}

#[test]
fn only_names_that_serve_search_are_variants() {
    let (_, facets) = &*BUILT;
    let of = |name: &str| {
        facets
            .search_variants()
            .find(|v| v.facet == "actor" && v.canonical == name)
            .map(|v| v.spellings)
            .unwrap_or_default()
    };
    assert!(
        of("Jnim").contains(&"GSIM") && of("Jnim").contains(&"Groupe de soutien à l'islam et aux musulmans")
    );
    let all: Vec<String> = facets
        .search_variants()
        .filter(|v| v.facet == "actor")
        .flat_map(|v| v.spellings)
        .map(fold)
        .collect();
    for generic in ["armee", "plateforme", "ei", "junte", "soldats"] {
        assert!(!all.iter().any(|s| s == generic), "{generic} serves search");
    }
    assert!(
        facets
            .search_variants()
            .any(|v| v.facet == "region" && v.spellings.contains(&"Boulikessi"))
    );
    assert!(facets.place_rows().count() > 10_000);
}

#[test]
fn a_new_facet_and_a_new_alias_are_lines_of_data() {
    let dir = tempfile::tempdir().expect("a folder");
    let embedded = Lexicons::embedded();
    let schema = embedded.text("schema.toml").expect("there").to_string();
    let facet = "\n[[facet]]\nname = \"theme\"\nderive = \"names\"\nlexicon = \"themes.toml\"\n";
    std::fs::write(dir.path().join("schema.toml"), schema + facet).expect("written");
    std::fs::write(
        dir.path().join("themes.toml"),
        "[[value]]\nname = \"Coton\"\nderive = [\"or blanc\"]\n",
    )
    .expect("written");
    let actors = embedded.text("actors.toml").expect("there").to_string();
    std::fs::write(
        dir.path().join("actors.toml"),
        actors + "\n[[value]]\nname = \"Croix bleue\"\nsearch = [\"CBX\"]\n",
    )
    .expect("written");
    let own = built(&Lexicons::from_dir(dir.path()).expect("readable")).expect("good");
    let found = derived_with(&own, "", "L'or blanc de la CBX.", "");
    assert_eq!(
        (paths(&found, "theme").as_str(), paths(&found, "actor").as_str()),
        ("Coton", "Croix bleue")
    );
    check(
        "type",
        &[(
            "Une frappe de drone a tué dix civils.",
            "",
            "Attaques/Frappe de drone",
        )],
    );
}

#[test]
fn wrong_lexicons_are_refused_with_file_and_line() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(
        dir.path().join("regions.tsv"),
        "Mali\tcountry\t\nGao\tregion\tMalli\n",
    )
    .expect("written");
    match built(&Lexicons::from_dir(dir.path()).expect("readable")) {
        Err(Error::Lexicon { file, line, .. }) => assert_eq!((file.as_str(), line), ("regions.tsv", 2)),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("an unknown parent was accepted"),
    }
}

#[test]
fn strange_texts_cost_no_more_than_their_length() {
    let (french, facets) = &*BUILT;
    let one = "Le 3 mai 2024, l'armée est à Gao et 31 février à San, Boura et Kita. ";
    for text in [
        one.repeat(3000),
        "3 ".repeat(60_000),
        "Gao ".repeat(60_000),
        "Nara Japon malien Moura. ".repeat(20_000),
        "Nara japonais Boura EI malien ".repeat(20_000),
        "mars ".repeat(60_000),
        "(((".repeat(50_000),
        "1,".repeat(60_000),
    ] {
        let tokens = french.analyze(&text);
        let document = Document {
            title: "",
            body: &text,
            title_tokens: &[],
            body_tokens: &tokens,
            published: None,
            url: None,
            file_name: None,
        };
        let began = std::time::Instant::now();
        let found = facets.derive(&document, &BTreeSet::new());
        assert!(found.notes.len() < 100 && found.values.iter().all(|v| v.evidence.len() <= MOST_EVIDENCE));
        // Generous: a quadratic walk takes minutes.
        assert!(
            began.elapsed().as_secs() < 20,
            "{:?} for {:?}…",
            began.elapsed(),
            &text[..20]
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn nothing_panics_and_spans_fit(
        title in "\\PC{0,30}",
        parts in proptest::collection::vec(
            "\\PC{0,6}|Gao|Bamako|San|Boura|l'armée|EI|Daech|hier|la veille|mars|31|1er|2024|du|au|et|lundi|-|/|, |\\. |\\(|\\)|région de|à 30 km de|avait|été|junte|Al-Qaïda|FAMa|malien|[0-9]{1,9}|\n",
            0..40,
        ),
        published in "|2024|2024-07|2024-07-03|1000-01-01|2999-12-31",
        glue in " |",
    ) {
        let body = crate::french::normalize(&parts.join(&glue)).into_owned();
        let title = crate::french::normalize(&title).into_owned();
        let found = derived_with(&BUILT, &title, &body, &published);
        for evidence in found.values.iter().flat_map(|v| &v.evidence) {
            let text = match evidence.part { Part::Title => &title, Part::Body => &body, Part::Metadata => "" };
            proptest::prop_assert!(text.get(evidence.start..evidence.end).is_some());
        }
        for value in &found.values {
            proptest::prop_assert!(!value.path.is_empty() && !value.evidence.is_empty());
        }
    }

    #[test]
    fn nothing_typed_is_too_strange(typed in "\\PC{0,30}") {
        for facet in ["region", "actor", "month", "event_month"] {
            let _ = BUILT.1.resolve(facet, &typed);
        }
    }
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

/// Derives from `text` and gives how long that took.
fn timed(text: &str) -> (Derived, std::time::Duration) {
    let (french, facets) = &*BUILT;
    let tokens = french.analyze(text);
    let document = Document {
        title: "",
        body: text,
        title_tokens: &[],
        body_tokens: &tokens,
        published: None,
        url: None,
        file_name: None,
    };
    let began = std::time::Instant::now();
    let found = facets.derive(&document, &BTreeSet::new());
    (found, began.elapsed())
}

/// A line of `bytes` bytes with places, actors, dates and numbers, and no end of a sentence.
fn one_line(bytes: usize) -> String {
    let part = "le 3 mai 2024 l'armée malienne a quitté Gao, Ansongo et la région de Mopti, selon Moussa Ag Inzorblat et le GSIM ; 12/13 ";
    part.repeat(bytes / part.len() + 1)
}

#[test]
fn a_hundred_thousand_dates_take_linear_time() {
    let dates = |count: usize| {
        (0..count).fold(String::new(), |text, n| {
            text + &format!("Le {} mai {}, rien. ", n % 33, 1990 + n % 40)
        })
    };
    let (found, small) = timed(&dates(12_500));
    assert!(found.notes.len() < 100, "{} notes", found.notes.len());
    let (_, large) = timed(&dates(100_000));
    // Eight times the text may take eight times as long; a quadratic walk takes sixty-four.
    assert!(
        large < small * 24 + std::time::Duration::from_millis(500),
        "{small:?}, then {large:?}"
    );
}

#[test]
fn a_long_line_takes_linear_time() {
    let (_, small) = timed(&one_line(250_000));
    let (found, large) = timed(&one_line(2_000_000));
    assert!(paths(&found, "region").contains("Mali/Gao"), "{found:?}");
    assert!(
        large < small * 24 + std::time::Duration::from_millis(500),
        "{small:?}, then {large:?}"
    );
}

/// `cargo test --release --lib facets -- --ignored`
#[test]
#[ignore = "50 MB: some ten seconds and a gigabyte, in a release build"]
fn fifty_megabytes_in_one_line() {
    let (found, took) = timed(&one_line(50_000_000));
    assert!(paths(&found, "actor").contains("Groupes jihadistes/Jnim"));
    assert!(took.as_secs() < 60, "{took:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    /// Any text at all, also of characters that no article has.
    #[test]
    fn any_text_is_read(title in proptest::string::string_regex("(?s).{0,80}").expect("good"), body in "(?s).{0,600}", published in "\\PC{0,12}") {
        let title = crate::french::normalize(&title).into_owned();
        let body = crate::french::normalize(&body).into_owned();
        let found = derived_with(&BUILT, &title, &body, &published);
        proptest::prop_assert!(found.values.iter().all(|v| !v.evidence.is_empty()));
        let document = Document {
            title: &title,
            body: &body,
            title_tokens: &BUILT.0.analyze(&title),
            body_tokens: &BUILT.0.analyze(&body),
            published: None,
            url: Some(&body),
            file_name: Some(&title),
        };
        let _ = BUILT.1.contradictions(&document, &found.values);
    }
}

#[test]
fn every_canonical_name_is_found_by_a_filter() {
    // As the labels of the evaluation write them.
    let names = "AES;ANSIPRJ;AQMI;Africa Corps;Al-Mourabitoune;Al-Qaïda;Alphalog;Ansar Dine;Ansarul Islam;Barkhane;Boko Haram;CD-DPA;CMA;\
        CMDT;CSP;Collectif justice pour Barsalogho;Cour pénale internationale;Cédéao;Dan Nan Ambassagou;Dozos;EIGS;FAMa;FLA;\
        Forces de sécurité maliennes;G5 Sahel;GATIA;Gouvernement algérien;Gouvernement du Burkina Faso;Gouvernement du Mali;\
        Gouvernement du Niger;Gouvernement français;HCUA;Human Rights Watch;ISWAP;Jnim;KAEM;Kal Akal;Katiba Macina;Katiba Serma;MAA;\
        MNLA;MSA;Minusma;Misma;Mujao;OCHA;OMS;ONU;Plateforme;Russes (non nommés);Serval;Takuba;Unesco;Union africaine;\
        Union européenne;VDP;Wagner;armée algérienne;armée burkinabè;armée française;armée nigérienne;armée tchadienne;\
        État islamique (organisation)";
    for name in names.split(';') {
        let paths = BUILT.1.resolve("actor", name);
        assert!(
            matches!(paths.as_slice(), [path] if path.rsplit('/').next() == Some(name)),
            "{name}: {paths:?}"
        );
    }
}

#[test]
fn metadata_is_compared_with_the_text() {
    let (french, facets) = &*BUILT;
    let body = "À Kidal, rien de neuf.";
    let tokens = french.analyze(body);
    let published = "2024-07-05".parse().ok();
    let document = Document {
        title: "",
        body,
        title_tokens: &[],
        body_tokens: &tokens,
        published,
        url: None,
        file_name: None,
    };
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
        assert_eq!(
            facets.contradictions(&document, &[given]).join(" ; "),
            expected,
            "{facet} {path}"
        );
    }
}
