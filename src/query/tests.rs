//! Tests of the whole front end: a table of what is typed and what is understood; its properties stand in
//! `properties`.

mod bounds;
mod names;

use super::naive::{NaiveDoc, finds};
use super::skeleton::skeleton;
use super::*;
use crate::facets::FacetDeclaration;
use crate::schema::Lexicons;
use std::sync::LazyLock;

static FRENCH: LazyLock<French> = LazyLock::new(|| {
    Lexicons::embedded()
        .french()
        .expect("the embedded lexicons are good")
});
static FACETS: LazyLock<Vec<FacetDeclaration>> =
    LazyLock::new(|| Lexicons::embedded().schema().expect("schema.toml is good").facets);

/// A few names, as an index knows thousands.
static VARIANTS: LazyLock<Variants> = LazyLock::new(|| {
    let name = |spellings: &[&str]| Name {
        facet: "actor".into(),
        path: spellings[0].into(),
        spellings: spellings.iter().map(|text| Written::new(text, &FRENCH)).collect(),
    };
    let names = [
        name(&["Jnim", "GSIM", "Groupe de soutien à l'islam et aux musulmans"]),
        name(&["Ansar Dine", "Ansareddine"]),
        name(&["Al-Qaïda", "AlQaeda"]),
    ];
    Variants::new(names, "week-end\nanti-\n", &FRENCH).expect("good")
});

pub(super) fn named(text: &str, any: bool) -> Query {
    Query::parse(
        text,
        &ParseOptions {
            any,
            plain: false,
            facets: &FACETS,
            variants: Some(&VARIANTS),
            ..ParseOptions::default()
        },
        &FRENCH,
    )
}

pub(super) fn read(text: &str, any: bool, plain: bool) -> Query {
    Query::parse(
        text,
        &ParseOptions {
            any,
            plain,
            facets: &FACETS,
            ..ParseOptions::default()
        },
        &FRENCH,
    )
}

pub(super) fn parse(text: &str) -> Query {
    read(text, false, false)
}

/// Typed, understood, kinds of the notes.
pub(super) type Row = (&'static str, &'static str, &'static [NoteKind]);

#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
    // drone Gao: both words
    ("drone Gao", "drone AND gao", &[]),
    // operators, upper case only; AND binds tighter than OR
    ("drone AND Gao OR raid", "(drone AND gao) OR raid", &[]),
    ("raid OU drone ET Gao", "raid OR (drone AND gao)", &[]),
    ("drone Gao OU raid", "(drone AND gao) OR raid", &[]),
    ("drone SAUF Kidal", "drone AND NOT kidal", &[]),
    ("drone AND NOT Kidal", "drone AND NOT kidal", &[]),
    ("drone OU NOT Kidal", "drone OR NOT kidal", &[]),
    ("drone and gao or raid", "drone AND and AND gao AND or AND raid", &[]),
    ("drone et gao", "drone AND et AND gao", &[]),
    ("drone NON gao", "drone AND non AND gao", &[]),
    ("NOT NOT drone", "drone", &[]),
    ("NOT drone", "NOT drone", &[]),
    ("+drone -Gao (raid OU assaut)", "drone AND NOT gao AND (raid OR assaut)", &[]),
    ("-(drone OU avion) raid", "NOT (drone OR avion) AND raid", &[]),
    ("raid -«armée malienne» -region:Kidal", "raid AND NOT \"armée malienne\" AND NOT region:Kidal", &[]),
    ("((drone))", "drone", &[]),
    ("drone -Gao/Mopti", "drone AND NOT (gao AND mopti)", &[]),
    // operators that are words
    ("FRAPPE DRONE OU GAO", "frappe AND drone AND ou AND gao", &[NoteKind::NoWordOperators]),
    ("DRONE NOT GAO NEAR/3 X Y", "drone AND not AND gao AND near AND 3 AND x AND y", &[NoteKind::NoWordOperators]),
    ("DRONE OU GAO", "drone OR gao", &[]),
    ("NOT DRONE", "NOT drone", &[]),
    ("(DRONE) SAUF (GAO)", "drone AND NOT gao", &[]),
    ("DRONE FRAPPE OU \"GAO\"", "(drone AND frappe) OR gao", &[]),
    ("2023 OR 2024", "2023 OR 2024", &[]),
    ("drone OU", "drone AND ou", &[NoteKind::MissingOperand]),
    ("OR drone", "or AND drone", &[NoteKind::MissingOperand]),
    ("drone AND AND gao", "drone AND and AND gao", &[NoteKind::MissingOperand]),
    ("drone AND OR gao", "(drone AND and) OR gao", &[NoteKind::MissingOperand]),
    ("NOT", "not", &[NoteKind::MissingOperand]),
    ("drone (AND) gao", "drone AND and AND gao", &[NoteKind::MissingOperand]),
    ("drone NEAR -gao", "drone AND near AND NOT gao", &[NoteKind::MissingOperand]),
    // - excludes after a space or at the start, and before a word
    ("vont-ils attaquer", "vont AND ils AND attaquer", &[]),
    ("est -il mort", "est AND il AND mort", &[NoteKind::NotExclusion]),
    ("y a -t-il", "y AND a AND t AND il", &[NoteKind::NotExclusion]),
    ("Mali - attaque", "mali AND attaque", &[]),
    ("Mali – attaque — raid", "mali AND attaque AND raid", &[]),
    ("raid --drone", "raid AND drone", &[]),
    ("-drone", "NOT drone", &[]),
    ("C++ c#", "c AND c", &[]),
    ("drone -\"\" raid", "drone AND raid", &[NoteKind::Quote]),
    ("NOT \"\" raid", "not AND raid", &[NoteKind::MissingOperand, NoteKind::Quote]),
    ("NOT () raid", "not AND raid", &[NoteKind::MissingOperand, NoteKind::Parenthesis]),
    ("-1 500 morts", "NOT 1 500 AND morts", &[]),
    // phrases
    ("\"armée malienne\"", "\"armée malienne\"", &[]),
    ("«armée malienne» « forces armées » “deux morts” „trois morts“ ‹un mort›", "\"armée malienne\" AND \"forces armées\" AND \"deux morts\" AND \"trois morts\" AND \"un mort\"", &[]),
    ("“armée malienne\" raid", "\"armée malienne\" AND raid", &[]),
    ("\"le drone\"", "\"le drone\"", &[]),
    ("\"drone\"", "drone", &[]),
    ("\"OU est\"", "\"ou est\"", &[]),
    ("\"le\" drone", "+le AND drone", &[]),
    ("\"armée malienne", "armée AND malienne", &[NoteKind::Quote]),
    ("armée malienne»", "armée AND malienne", &[NoteKind::Quote]),
    ("l'armée d'hier", "armée AND hier", &[]),
    ("‘armée malienne’", "armée AND malienne", &[]),
    ("l'\"armée malienne\"", "\"armée malienne\"", &[]),
    ("L’«État islamique»", "\"état islamique\"", &[]),
    ("\"tombouct* attaque\"", "\"tombouct* attaque\"", &[]),
    ("\"groupe al-qa* attaque\"", "\"groupe al qa* attaque\"", &[]),
    ("\"le week-end sanglant\"", "\"le week-end sanglant\"", &[]),
    ("\"\"", "", &[NoteKind::Empty, NoteKind::Quote]),
    // exact forms
    ("=\"tués\"", "=\"tués\"", &[]),
    ("=tués", "=\"tués\"", &[]),
    ("exact:tués", "=\"tués\"", &[]),
    ("exact:\"tués à Moura\"", "=\"tués à moura\"", &[]),
    ("exact:(tués blessés)", "=\"tués\" AND =\"blessés\"", &[]),
    ("=«tués»", "=\"tués\"", &[]),
    ("=le drone", "=\"le\" AND drone", &[]),
    ("-=tués raid", "NOT =\"tués\" AND raid", &[]),
    ("=\"tués civils\"~3", "=\"tués civils\"~3", &[]),
    ("a = b", "a AND b", &[]),
    ("exact:tomb*", "=\"tomb\"", &[NoteKind::Wildcard]),
    ("atleast3(drone civils)", "drone AND civils", &[NoteKind::OtherTool]),
    ("-atleast3(drone)", "NOT drone", &[NoteKind::OtherTool]),
    ("atleast3 (drone)", "atleast3 AND drone", &[]),
    ("atleast(s)", "atleast AND s", &[]),
    ("tomb*2", "tomb*", &[NoteKind::OtherTool]),
    ("tomb*`1 al-qa*2", "tomb* AND (\"al qa*\" OR alqa*)", &[NoteKind::OtherTool, NoteKind::OtherTool]),
    ("su*30 mi*24a", "su* AND mi*24a", &[NoteKind::OtherTool]),
    // slop and NEAR
    ("\"drone civils\"~5", "\"drone civils\"~5", &[]),
    ("\"drone civils\"~", "\"drone civils\"~1", &[]),
    ("\"drone civils\"~5000", "\"drone civils\"~1000", &[NoteKind::Capped]),
    ("drone NEAR/5 civils", "drone NEAR/5 civils", &[]),
    ("drone NEAR civils", "drone NEAR/10 civils", &[]),
    ("drone PRES/5 civils", "drone NEAR/5 civils", &[]),
    ("drone PRÈS/5 civils", "drone NEAR/5 civils", &[]),
    ("a NEAR/5 \"deux civils\" gao", "(a NEAR/5 \"deux civils\") AND gao", &[]),
    ("(drone OU avion) NEAR/5 tomb*", "(drone OR avion) NEAR/5 tomb*", &[]),
    ("a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c", &[]),
    ("a NEAR/5 b NEAR/7 c", "a NEAR/7 b NEAR/7 c", &[NoteKind::Near]),
    ("drone NEAR/1 civils", "drone NEAR/2 civils", &[NoteKind::Near]),
    ("drone NEAR/99999999999 civils", "drone NEAR/1000 civils", &[NoteKind::Near]),
    ("drone NEAR/5 region:Gao", "drone AND region:Gao", &[NoteKind::Near]),
    ("NOT a NEAR/5 b", "NOT (a NEAR/5 b)", &[]),
    ("le NEAR/5 drone", "le NEAR/5 drone", &[]),
    // patterns
    ("tombouct* m?naka *kassi djiadiste~1", "tombouct* AND m?naka AND *kassi AND djiadiste~1", &[]),
    ("TOMBOUCT* Ménaka~2 djiadiste~", "tombouct* AND menaka~2 AND djiadiste~1", &[]),
    ("djiadiste~9", "djiadiste~2", &[NoteKind::Fuzzy]),
    ("ab~1", "ab", &[NoteKind::Fuzzy]),
    ("drone~0", "drone", &[NoteKind::Fuzzy]),
    ("tomb*~1", "tomb*", &[NoteKind::Fuzzy]),
    ("a*", "a", &[NoteKind::Wildcard]),
    ("* drone", "drone", &[NoteKind::Wildcard]),
    ("l'arm* d'ét?t n'dja*", "arm* AND et?t AND ndja*", &[]),
    ("al-qa*", "\"al qa*\" OR alqa*", &[]),
    ("Qui a attaqué Moura?", "qui AND a AND attaqué AND moura", &[]),
    ("Où ? quoi?", "où AND quoi", &[]),
    ("tombouct*?", "tombouct*", &[]),
    ("**gras**", "*gras*", &[]),
    ("~100 morts", "100 AND morts", &[]),
    ("titre:tomb*", "title:tomb*", &[]),
    // fields
    ("region:Gao", "region:Gao", &[]),
    ("Région:Gao REGION:Mopti", "region:Gao AND region:Mopti", &[]),
    ("acteur:JNIM actor:JNIM", "actor:JNIM AND actor:JNIM", &[]),
    ("mois:2024-03 month:2024", "month:2024-03 AND month:2024", &[]),
    ("mois:2024-01..2024-03", "month:2024-01..2024-03", &[]),
    ("mois:\"mars 2024\"", "month:2024-03", &[]),
    ("mois:\"sans date\"", "month:\"sans date\"", &[]),
    ("titre:drone title:\"armée malienne\" titre:=tués", "title:drone AND title:\"armée malienne\" AND title:=\"tués\"", &[]),
    ("titre:(drone OU raid)", "title:drone OR title:raid", &[]),
    ("titre:1 500", "title:(1 500)", &[]),
    ("titre:otages Morila", "title:otages AND morila", &[]),
    ("-titre:drone marché", "NOT title:drone AND marché", &[]),
    ("source:RFI source:\"Le Monde\"", "medium:RFI AND medium:\"Le Monde\"", &[]),
    ("region:Gao,Mopti", "region:(Gao OR Mopti)", &[]),
    ("region:(Gao OR Mopti)", "region:(Gao OR Mopti)", &[]),
    ("region:(Gao, Mopti)", "region:(Gao OR Mopti)", &[]),
    ("region:(Burkina Faso OU Mali)", "region:(\"Burkina Faso\" OR Mali)", &[]),
    ("region:\"Burkina Faso/Sahel\"", "region:\"Burkina Faso/Sahel\"", &[]),
    ("region:«Burkina Faso»,Mali", "region:(\"Burkina Faso\" OR Mali)", &[]),
    ("-region:Kidal", "NOT region:Kidal", &[]),
    ("region:(Gao AND Mopti SAUF Kidal)", "region:Gao AND region:Mopti AND NOT region:Kidal", &[]),
    ("region:Gao, drone", "region:Gao AND drone", &[]),
    ("region:(Gao", "region:Gao", &[NoteKind::Parenthesis]),
    ("foo:bar drone", "foo AND bar AND drone", &[NoteKind::UnknownField]),
    ("Mali:attaque", "mali AND attaque", &[NoteKind::UnknownField]),
    ("Mali : attaque à Moura", "mali AND attaque AND à AND moura", &[]),
    ("Mali: attaque à Moura", "mali AND attaque AND à AND moura", &[]),
    ("region: Gao", "region AND gao", &[NoteKind::FieldWithoutValue]),
    ("region:() drone", "region AND drone", &[NoteKind::FieldWithoutValue]),
    ("12:30 prix: 3,5 %", "12 AND 30 AND prix AND 3,5", &[]),
    ("http://rfi.fr/a?b=c:d drone", "http://rfi.fr/a?b=c:d AND drone", &[]),
    // dates
    ("date:2024", "date:2024", &[]),
    ("date:2024-03", "date:2024-03", &[]),
    ("date:2024-03-01..2024-03-31", "date:2024-03", &[]),
    ("date:2024-03-01..2024-03-15.", "date:2024-03-01..2024-03-15", &[]),
    ("date:>=2024-03", "date:>=2024-03-01", &[]),
    ("date:<2024", "date:<=2023-12-31", &[]),
    ("date:[2024-01 TO 2024-03]", "date:2024-01-01..2024-03-31", &[]),
    ("date:\"mars 2024\"", "date:2024-03", &[]),
    ("date:(mars 2024)", "date:2024-03", &[]),
    ("date:03/2024", "date:2024-03", &[]),
    ("date:03/07/2024", "date:2024-07-03", &[]),
    ("date:2024,2022", "date:2024 OR date:2022", &[]),
    ("-date:2024", "NOT date:2024", &[]),
    ("date:2024..2022", "date:2022-01-01..2024-12-31", &[NoteKind::Date]),
    ("date:hier drone", "date AND hier AND drone", &[NoteKind::Date]),
    ("date:2024-13", "date AND 2024-13", &[NoteKind::Date]),
    ("mois:mars", "mois AND mars", &[NoteKind::Date]),
    ("2024", "2024", &[]),
    // words as in articles
    ("l'élection", "élection", &[]),
    ("Al-Qaïda", "al-qaïda", &[]),
    ("1 500 morts", "1 500 AND morts", &[]),
    ("tombouctou.", "tombouctou", &[]),
    ("O.N.U.", "o.n.u", &[]),
    ("le 18.08.2023", "le AND 18.08.2023", &[]),
    ("a-t-il dit", "a AND t AND il AND dit", &[]),
    ("a@b.ml", "a@b.ml", &[]),
    // stop words
    ("le drone", "le AND drone", &[]),
    ("le", "le", &[]),
    ("le la", "le AND la", &[]),
    ("le region:Gao", "le AND region:Gao", &[]),
    ("drone Son", "drone AND +son", &[]),
    ("Son drone", "son AND drone", &[]),
    ("drone Gao Son", "drone AND gao AND son", &[]),
    ("+le drone", "+le AND drone", &[]),
    ("drone NOT le", "drone AND NOT le", &[]),
    // parentheses
    ("attaque(s) manifestant(e)s (AFP)", "attaque AND s AND manifestant AND e AND s AND afp", &[]),
    ("raid(drone OU avion)", "raid AND (drone OR avion)", &[]),
    ("(attaque(s) OU raid)", "(attaque AND s) OR raid", &[]),
    ("gao (drone OU avion", "gao AND (drone OR avion)", &[NoteKind::Parenthesis]),
    ("1) drone", "1 AND drone", &[NoteKind::Parenthesis]),
    ("() drone", "drone", &[NoteKind::Parenthesis]),
    ("drone AND ()", "drone AND and", &[NoteKind::MissingOperand, NoteKind::Parenthesis]),
    // pasted text, and nothing
    ("drone\0gao", "drone AND gao", &[NoteKind::ControlCharacters]),
    ("drone\tgao\n", "drone AND gao", &[]),
    ("", "", &[]),
    ("   ", "", &[]),
    ("?!… —", "", &[NoteKind::Empty]),
    ("مالي OR غاو", "مالي OR غاو", &[]),
];

#[test]
fn typed_and_understood() {
    let mut wrong = Vec::new();
    for (typed, understood, notes) in TABLE {
        let query = parse(typed);
        let kinds: Vec<NoteKind> = query.notes.iter().map(|n| n.kind).collect();
        if (query.interpreted().as_str(), kinds.as_slice()) != (*understood, *notes) {
            wrong.push(format!(
                "{typed:?}\n   gives {:?} {kinds:?}\n   not   {understood:?} {notes:?}",
                query.interpreted()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_mode_makes_alternatives() {
    for (typed, understood) in [
        ("drone Gao", "drone OR gao"),
        ("drone Gao AND raid", "drone OR (gao AND raid)"),
        ("drone Gao -Kidal", "(drone OR gao) AND NOT kidal"),
        ("drone Gao SAUF Kidal", "(drone OR gao) AND NOT kidal"),
        ("+drone Gao raid", "drone AND (gao OR raid)"),
        (
            "drone Gao region:Mopti date:2024",
            "region:Mopti AND date:2024 AND (drone OR gao)",
        ),
        ("drone OU region:Gao", "drone OR region:Gao"),
        ("les drones", "les OR drones"),
        (
            "\"armée malienne\" (drone gao)",
            "\"armée malienne\" OR drone OR gao",
        ),
        ("-Kidal", "NOT kidal"),
    ] {
        assert_eq!(read(typed, true, false).interpreted(), understood, "{typed:?}");
    }
}

#[test]
fn plain_mode_has_words_only() {
    for (typed, understood) in [
        ("drone OU -Gao", "drone AND ou AND gao"),
        (
            "\"armée malienne\" tomb* region:Gao (a",
            "armée AND malienne AND tomb AND region AND gao AND a",
        ),
        ("1 500 =tués djiadiste~1", "1 500 AND tués AND djiadiste AND 1"),
    ] {
        let query = read(typed, false, true);
        assert_eq!(
            (query.interpreted().as_str(), query.notes.len()),
            (understood, 0),
            "{typed:?}"
        );
    }
    assert_eq!(read("drone Gao", true, true).interpreted(), "drone OR gao");
}

#[test]
fn stop_words_are_ignored_unless_meant() {
    let ignored = |typed: &str| {
        let query = parse(typed);
        query
            .positive_words()
            .iter()
            .filter(|w| w.ignored)
            .map(|w| w.form.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ignored("le drone de la région"), ["le", "de", "la"]);
    assert_eq!(ignored("Les drones de Gao"), ["les", "de"]);
    assert_eq!(ignored("drone OU le"), ["le"]);
    for meant in [
        "le",
        "le la",
        "le region:Gao",
        "\"le drone\"",
        "=le drone",
        "drone +le",
        "drone Son",
        "le NEAR/5 drone",
        "-(le la)",
    ] {
        assert_eq!(ignored(meant), Vec::<String>::new(), "{meant:?}");
    }
}

#[test]
fn nodes_have_what_the_index_needs() {
    let query = parse("l'Élection Al-Qaïda");
    let Some(Node::And(nodes)) = &query.root else {
        panic!("{:?}", query.root)
    };
    let [Node::Word(word), Node::Unit(unit)] = nodes.as_slice() else {
        panic!("{nodes:?}")
    };
    assert_eq!(
        (
            word.form.as_str(),
            word.folded.as_str(),
            &query.text[word.span.clone()]
        ),
        ("élection", "election", "Élection")
    );
    assert_eq!(word.form_term(), "election\u{1}élection");
    assert_eq!(
        unit.joined,
        Some(Joined {
            form: "al-qaïda".into(),
            folded: "alqaida".into()
        })
    );
    assert_eq!(
        unit.parts.iter().map(|p| p.folded.as_str()).collect::<Vec<_>>(),
        ["al", "qaida"]
    );
    assert_eq!(query.positive_words().len(), 3);
    assert!(serde_json::to_string(&query).is_ok_and(|json| json.contains("alqaida")));

    let query = parse("\"le week-end sanglant\"~2 -drone");
    let Some(Node::And(nodes)) = &query.root else {
        panic!("{:?}", query.root)
    };
    let Node::Phrase(phrase) = &nodes[0] else {
        panic!("{nodes:?}")
    };
    let offsets: Vec<Vec<u32>> = phrase
        .spellings()
        .iter()
        .map(|s| s.iter().map(|p| p.offset).collect())
        .collect();
    assert_eq!((phrase.slop, offsets), (2, vec![vec![0, 1, 2, 3], vec![0, 1, 2]]));
    assert_eq!(
        query.positive_words().len(),
        4,
        "the excluded word isn't among them"
    );

    let Some(Node::Exact(exact)) = parse("=\"week-end à 1 500\"").root else {
        panic!("no exact node")
    };
    let items: Vec<(u32, &str)> = exact.items.iter().map(|i| (i.offset, i.form.as_str())).collect();
    assert_eq!(items, [(0, "week-end"), (2, "à"), (3, "1 500")]);
}

#[test]
fn meaning_over_an_article() {
    let doc = NaiveDoc::new(
        &FRENCH,
        "Mali : attaque de drones près de Tombouctou",
        "L'armée malienne a mené, ce week-end sanglant, une frappe de drone. Au moins 1 500 civils déplacés, dit-on à Al-Qaïda. Dix tués.",
    );
    for (typed, found) in [
        ("drone civils", true),
        ("drone Kidal", false),
        ("drone OU Kidal", true),
        ("drone -Kidal", true),
        ("drone -civil", false),
        ("\"armée malienne\"", true),
        ("\"malienne armée\"", false),
        ("\"malienne armée\"~2", true),
        ("\"malienne armée\"~1", false),
        ("\"armée frappe\"~5", false),
        ("\"armée frappe\"~8", true),
        ("\"drone drone\"~9", false),
        ("\"weekend sanglant\"", true),
        ("\"week-end sanglant une frappe\"", true),
        ("\"ce weekend sanglant une\"", true),
        ("weekend", true),
        ("week-end", true),
        ("alqaida", true),
        ("1500", true),
        ("\"1500 civils\"", true),
        ("\"1 500 civils\"", true),
        ("=tués", true),
        ("=tuées", false),
        ("=\"week-end sanglant\"", true),
        ("=weekend", false),
        ("drone NEAR/6 civils", true),
        ("drone NEAR/5 civils", false),
        ("civils NEAR/6 drone", true),
        ("armée NEAR/50 Tombouctou", false),
        ("tombouct*", true),
        ("t?mbouctou", true),
        ("*bouctou", true),
        ("tonbuctou~2", true),
        ("tonbuctou~1", false),
        ("\"près de tombouct*\"", true),
        ("titre:drones", true),
        ("titre:civils", false),
        ("titre:\"attaque de drone\"", true),
        ("region:Gao drone", true),
        ("-region:Gao drone", false),
        ("une à", true),
        ("le une kidal", false),
        ("", false),
    ] {
        assert_eq!(finds(&parse(typed), &doc, &|_| true), found, "{typed:?}");
    }
}

#[test]
fn typing_makes_no_difference_to_terms() {
    for typings in [
        vec![
            "l'élection à Ménaka",
            "l’election a menaka",
            "L'ÉLECTION À MÉNAKA",
            "lʼe\u{301}lection à Menaka",
        ],
        vec![
            "\"armée d'État\"",
            "«armée d’état»",
            "“armee d´etat”",
            "\"ARMEE D'ETAT\"",
        ],
        vec!["=\"n'djamena\"", "exact:N’Djamena"],
        vec!["région:Gao Ménak*", "region:Gao menak*"],
        vec!["tué~1 -déplacés", "tue~1 -deplaces"],
    ] {
        let terms = |typed: &str| {
            let query = parse(typed);
            let words: Vec<String> = query.positive_words().iter().map(|w| w.term.clone()).collect();
            let shown = query.root.map(|root| skeleton(&root));
            (words, shown)
        };
        for typing in &typings {
            assert_eq!(terms(typing), terms(typings[0]), "{typing:?}");
        }
    }
}
