//! What facets promise, on texts of our own.

mod actors;
mod credits;
mod dates;
mod places;
mod strange_texts;

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
    french.numbered(title, body, |words| {
        let document = Document {
            title,
            body,
            words,
            published: published.parse().ok(),
            url: None,
            file_name: None,
        };
        facets.derive(&document, &BTreeSet::new())
    })
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
fn actors_by_name_and_chief() {
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
                "L'État islamique en Afrique de l'Ouest recrute.",
                "",
                "Groupes jihadistes/ISWAP",
            ),
            ("La plateforme relie Gao et Kidal.", "", ""),
            ("Les FAMa tiennent Gao.", "", fama),
        ],
    );
}

#[test]
fn acronyms_and_affiliations() {
    check(
        "actor",
        &[
            ("À Ménaka, Daech recrute.", "", "Groupes jihadistes/EIGS"),
            (
                "À Gao, un groupe lié à l'État islamique (EI) recrute. L'EI aussi.",
                "",
                "Groupes jihadistes/État islamique (organisation)",
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
        ],
    );
}

#[test]
fn governments_and_other_forces() {
    check(
        "actor",
        &[
            (
                "À Niamey, le CNSP a dissous des partis.",
                "",
                "États/Gouvernement du Niger",
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
        ],
    );
}

#[test]
fn armies_by_their_country() {
    let fama = "Forces nationales/FAMa";
    check(
        "actor",
        &[
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
        ],
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
    let given = BTreeSet::from(["region".to_string()]);
    let found = french.numbered("", body, |words| {
        let document = Document {
            title: "",
            body,
            words,
            published: None,
            url: None,
            file_name: None,
        };
        facets.derive(&document, &given)
    });
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
