//! Timelines, tables and sheets as the binary writes them.

use crate::common::{Indexed as Archive, text};
use crate::event_rows::reports;

fn articles() -> Archive {
    Archive::new(&[(
        "a.jsonl",
        r#"{"id": "a", "title": "=1+1", "text": "Un drone.", "date": "2024-01-05", "region": ["Mali/Gao", "Mali/Mopti"], "actor": "FAMa", "source": "RFI"}
{"id": "b", "title": "Deux", "text": "Un drone.", "date": "2024-03-05", "region": "Mali/Gao", "actor": []}
{"id": "c", "title": "Trois", "text": "Un marché.", "date": "2024-03-06", "region": "Mali/Kayes", "actor": []}
{"id": "d", "title": "Quatre", "text": "Un drone.", "date": "2023", "region": [], "actor": []}
"#,
    )])
}

#[test]
fn a_timeline_keeps_empty_months_and_says_what_is_undated() {
    let archive = articles();
    let shown = archive.out(&["timeline", "drone"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "3 articles");
    assert!(
        lines[1].starts_with("2024-01       1  █") && lines[2].trim_end() == "2024-02       0",
        "{shown}"
    );
    assert!(
        lines[3].starts_with("2024-03       1  █") && lines[4] == "1 without a date of this precision",
        "{shown}"
    );
    assert_eq!(
        archive
            .out(&["timeline", "drone", "--format", "csv", "--share"])
            .replace('\r', ""),
        "month,articles,all_articles,share\n2024-01,1,1,1.000000\n2024-02,0,0,0.000000\n2024-03,1,2,0.500000\n"
    );
    // A date that is only a year is of that year.
    assert_eq!(
        archive
            .out(&["timeline", "drone", "--by", "year", "--format", "csv"])
            .replace('\r', ""),
        "year,articles\n2023,1\n2024,2\n"
    );
    let split = archive
        .out(&["timeline", "--split", "region", "--format", "csv"])
        .replace('\r', "");
    assert!(
        split.starts_with("month,articles,Mali/Gao,Mali/Kayes,Mali/Mopti,(none)\n2024-01,1,1,0,1,0\n"),
        "{split}"
    );
    assert!(
        archive
            .out(&["timeline", "drone", "--format", "svg"])
            .starts_with("<svg ")
    );
    assert_eq!(
        archive
            .run(&["timeline", "--of", "event", "--by", "day"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_pivot_keeps_zero_rows_and_counts_each_article_once() {
    let archive = articles();
    let csv = archive
        .out(&[
            "pivot", "drone", "--rows", "region", "--cols", "month", "--format", "csv",
        ])
        .replace('\r', "");
    assert_eq!(
        csv,
        "region,total,2024-01,2024-02,2024-03,(none)\nMali/Gao,2,1,0,1,0\nMali/Kayes,0,0,0,0,0\nMali/Mopti,1,1,0,0,0\n(none),1,0,0,0,1\ntotal,3,1,0,1,1\n"
    );
    let countries = archive
        .out(&["pivot", "--rows", "region:1", "--cols", "year", "--format", "csv"])
        .replace('\r', "");
    assert_eq!(
        countries,
        "region,total,2023,2024\nMali,3,0,3\n(none),1,1,0\ntotal,4,1,3\n"
    );
    let shown = archive.out(&["pivot", "--rows", "region", "--cols", "month", "--top", "1"]);
    assert!(
        shown.contains("Mali/Gao") && shown.contains("(others: 2)"),
        "{shown}"
    );
    assert_eq!(archive.run(&["pivot", "--rows", "colour"]).status.code(), Some(2));
    assert_eq!(
        archive.run(&["pivot", "--rows", "region:0"]).status.code(),
        Some(2)
    );
}

#[test]
fn sheets_open_in_a_french_spreadsheet() {
    let archive = articles();
    let sheet = archive.out(&["export", "--format", "csv", "--csv-excel"]);
    assert!(
        sheet.starts_with("\u{FEFF}id;title;date;") && sheet.contains("a;'=1+1;2024-01-05"),
        "{sheet}"
    );
    let sheet = archive.out(&["timeline", "drone", "--share", "--format", "csv", "--csv-excel"]);
    assert!(sheet.contains("2024-03;1;2;0,500000\r\n"), "{sheet}");
    assert!(
        archive.out(&["export", "--format", "csv"]).contains("a,=1+1,"),
        "plain CSV changes nothing"
    );
}

#[test]
fn mentions_are_rows_with_their_words() {
    let archive = reports();
    let csv = archive.out(&["export", "Moura", "--rows", "mentions", "--format", "csv"]);
    assert!(
        csv.contains("moura.md,actor,Groupes jihadistes/Jnim,derived,alias,body,"),
        "{csv}"
    );
    assert!(
        csv.contains("moura.md,month,2024-05,given,publication,metadata,,,,"),
        "{csv}"
    );
}

#[test]
fn a_citation_has_the_file_its_hash_and_the_words() {
    let archive = reports();
    let file = std::fs::read(archive.dir().join("corpus/moura.md")).expect("the file");
    let cited: serde_json::Value =
        serde_json::from_str(&archive.out(&["cite", "moura.md", "--query", "embuscade", "--format", "json"]))
            .expect("JSON");
    assert_eq!(cited["blake3"], blake3::hash(&file).to_hex().to_string());
    assert_eq!(
        (cited["source"].as_str(), cited["date"].as_str()),
        (Some("RFI"), Some("2024-05-15"))
    );
    let passage = &cited["passages"][0];
    assert_eq!(
        (passage["paragraph"].as_u64(), passage["part"].as_str()),
        (Some(2), Some("body")),
        "{cited}"
    );
    assert!(passage["text"].as_str().is_some_and(|t| t.contains("embuscade")));
    std::fs::remove_file(archive.dir().join("corpus/moura.md")).expect("removed");
    assert!(
        archive
            .out(&["cite", "moura.md"])
            .contains("the file can't be read")
    );
    assert_eq!(archive.run(&["cite", "absent"]).status.code(), Some(1));
}

#[test]
fn saved_searches_tell_what_is_new_changed_and_gone() {
    let archive = reports();
    let corpus = archive.dir().join("corpus");
    archive.out(&["saved", "add", "gao", "Gao"]);
    assert_eq!(
        archive.run(&["saved", "add", "gao", "Mopti"]).status.code(),
        Some(2),
        "a name is taken once"
    );
    assert!(
        archive
            .out(&["saved", "run", "gao"])
            .starts_with("gao: 2 new, 0 changed, 0 gone; 2 articles (never run before)\n+ moura.md")
    );
    assert_eq!(
        archive.run(&["saved", "run", "--exit-code"]).status.code(),
        Some(1),
        "nothing since"
    );
    std::fs::write(corpus.join("new.txt"), "Neuf\n\nUn marché à Gao.").expect("written");
    std::fs::write(corpus.join("pluie.txt"), "Pluies\n\nDe nouvelles pluies à Gao.").expect("written");
    std::fs::remove_file(corpus.join("moura.md")).expect("removed");
    archive.out(&[
        "index",
        "--index",
        &archive.index().to_string_lossy(),
        "--quiet",
        "--rebuild",
    ]);
    let reported = "gao: 1 new, 1 changed, 1 gone; 2 articles";
    assert!(
        archive.out(&["saved", "diff"]).starts_with(reported),
        "saved searches survive a rebuild"
    );
    let run = archive.run(&["saved", "run", "--exit-code"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(
        text(&run).contains("+ new.txt  Neuf\n~ pluie.txt  Pluies\n- moura.md\n"),
        "{}",
        text(&run)
    );
    assert!(
        archive
            .out(&["saved", "diff"])
            .starts_with("gao: 0 new, 0 changed, 0 gone")
    );
    assert!(
        archive
            .out(&["saved", "list"])
            .contains("gao  Gao  (2 articles on ")
    );
    // As grep: a failure is never taken for "nothing new".
    assert_eq!(
        archive
            .run(&["saved", "run", "nord", "--exit-code"])
            .status
            .code(),
        Some(2),
        "no such search"
    );
    let elsewhere = archive.dir().join("elsewhere").to_string_lossy().into_owned();
    assert_eq!(
        archive
            .run(&["--index", &elsewhere, "saved", "run", "--exit-code"])
            .status
            .code(),
        Some(2),
        "no index"
    );
    assert_eq!(
        archive
            .run(&["--index", &elsewhere, "saved", "run"])
            .status
            .code(),
        Some(4)
    );
    let file = archive.index().join("saved.json");
    let kept = std::fs::read_to_string(&file).expect("the searches");
    std::fs::remove_file(&file).expect("removed");
    std::fs::create_dir(&file).expect("a folder in its place");
    assert_eq!(
        archive.run(&["saved", "diff"]).status.code(),
        Some(1),
        "a failure of the system"
    );
    assert_eq!(
        archive.run(&["saved", "diff", "--exit-code"]).status.code(),
        Some(2)
    );
    std::fs::remove_dir(&file).expect("removed");
    std::fs::write(&file, kept).expect("written");
    archive.out(&["saved", "remove", "gao"]);
    assert_eq!(archive.out(&["saved", "list"]), "");
    assert_eq!(archive.run(&["saved", "run", "gao"]).status.code(), Some(2));
}

#[test]
fn terms_are_those_of_the_result_and_not_of_the_wire() {
    let mut lines = String::new();
    for n in 0..40 {
        let about = if n % 4 == 0 {
            format!("Une citerne numéro {n} de carburant brûle.")
        } else {
            format!("Le marché {n} est calme.")
        };
        let text = format!("{about} Reproduction interdite sans accord écrit de agence.");
        lines.push_str(&serde_json::json!({"id": format!("d{n}"), "title": "t", "text": text, "actor": if n % 4 == 0 { vec!["GSIM"] } else { vec![] }}).to_string());
        lines.push('\n');
    }
    let archive = Archive::new(&[("a.jsonl", &lines)]);
    let found: serde_json::Value =
        serde_json::from_str(&archive.out(&["terms", "citerne", "--format", "json"])).expect("JSON");
    let words: Vec<&str> = found["words"]
        .as_array()
        .expect("words")
        .iter()
        .filter_map(|w| w["text"].as_str())
        .collect();
    assert_eq!(words, ["brûle", "carburant", "numéro"], "{found}");
    assert_eq!(
        (
            found["total"].as_u64(),
            found["archive"].as_u64(),
            found["repeated_sentences"].as_u64()
        ),
        (Some(10), Some(40), Some(9))
    );
    let actor = found["values"]
        .as_array()
        .expect("values")
        .iter()
        .find(|v| v["facet"] == "actor")
        .expect("an actor");
    assert_eq!(
        (actor["text"].as_str(), actor["count"].as_u64()),
        (Some("Groupes jihadistes/Jnim"), Some(10))
    );
}

fn wire() -> Archive {
    let body = "Des hommes armés ont attaqué dans la nuit de lundi à mardi le village de Moura, dans le centre du pays, tuant vingt \
                civils selon des sources locales. Les assaillants, venus à moto, ont incendié des greniers et emporté le bétail. \
                L'armée dit avoir envoyé des renforts depuis Djenné, où des familles entières ont trouvé refuge dans une école.";
    let record = |id: &str, title: &str, source: &str, text: &str| {
        format!(
            "{}\n",
            serde_json::json!({"id": id, "title": title, "source": source, "text": text})
        )
    };
    let cut: String = body.split_inclusive(". ").take(2).collect();
    Archive::new(&[(
        "w.jsonl",
        &[
            record("a", "Attaque meurtrière à Moura", "AFP", body),
            record(
                "b",
                "Vingt-deux morts dans le centre",
                "RFI",
                &body.replace("vingt civils", "vingt-deux civils"),
            ),
            record("c", "Moura endeuillé", "Studio Tamani", &cut),
            record(
                "d",
                "Moura se souvient",
                "RFI",
                "À Moura, on se souvient des civils tués. Une marche a réuni des centaines de personnes.",
            ),
        ]
        .concat(),
    )])
}

#[test]
fn excluded_articles_are_no_near_duplicates() {
    let archive = wire();
    let similar = || -> Vec<String> {
        let answer = archive.out(&["similar", "a", "--least", "0.3", "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        let similar = answer["similar"].as_array().expect("a list").clone();
        similar
            .iter()
            .map(|copy| copy["id"].as_str().unwrap_or_default().to_string())
            .collect()
    };
    assert!(similar().contains(&"b".to_string()), "{:?}", similar());
    std::fs::write(
        archive.dir().join("c.csv"),
        "id,facet,action,value\nb,mark,add,excluded\n",
    )
    .expect("written");
    archive.out(&["correct", "c.csv"]);
    assert!(!similar().contains(&"b".to_string()), "{:?}", similar());
}

#[test]
fn one_dispatch_on_many_sites_is_one_hit_and_counts_in_full() {
    let archive = wire();
    let answer: serde_json::Value =
        serde_json::from_str(&archive.out(&["search", "Moura", "--group", "--format", "json"]))
            .expect("JSON");
    assert_eq!(
        (answer["total"].as_u64(), answer["dispatches"].as_u64()),
        (Some(4), Some(2)),
        "{answer}"
    );
    let hits = answer["hits"].as_array().expect("hits");
    assert_eq!(hits.len(), 2);
    let folded = &hits.iter().find(|h| h["id"] != "d").expect("the dispatch")["folded"];
    assert_eq!(
        (
            folded["copies"].as_array().map(Vec::len),
            folded["sources"].as_u64()
        ),
        (Some(2), Some(3)),
        "{folded}"
    );
    let shown = archive.out(&["search", "Moura", "--group"]);
    assert!(
        shown.starts_with("4 articles, ") && shown.contains("+ 2 near-duplicates, 3 sources: "),
        "{shown}"
    );
    assert!(
        !shown.contains("100 %")
            && archive
                .out(&["search", "Moura", "--group", "--unfold"])
                .contains(" %  "),
        "{shown}"
    );
    let plain: serde_json::Value =
        serde_json::from_str(&archive.out(&["search", "Moura", "--format", "json"])).expect("JSON");
    assert!(plain["dispatches"].is_null() && plain["hits"][0]["folded"].is_null());
    let similar: serde_json::Value =
        serde_json::from_str(&archive.out(&["similar", "a", "--format", "json"])).expect("JSON");
    let ids: Vec<&str> = similar["similar"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|c| c["id"].as_str())
        .collect();
    assert_eq!(ids, ["b", "c"], "{similar}");
    assert!(archive.out(&["similar", "d"]).starts_with("0 near-duplicates"));
}

#[test]
fn the_same_news_in_other_words_is_told_apart_from_copies() {
    let texts = [
        (
            "a",
            "Une trentaine de morts au centre du Mali : samedi, les villages d'Ogota et d'Oimbe, cercle de Bankass, ont été cernés et brûlés, rapporte le maire Moulaye Guindo.",
        ),
        (
            "b",
            "Le maire de Bankass, Moulaye Guindo, parle de trente personnes tuées dans son cercle. Des hommes armés ont encerclé Ogota et Oimbe avant d'y mettre le feu.",
        ),
        (
            "c",
            "Le maire de Kayes a inauguré samedi le nouveau marché au bétail. Trente commerçants venus du cercle ont reçu leurs places, au centre de la ville.",
        ),
        (
            "d",
            "Des pluies ont coupé la route de Gao. Les transporteurs attendent, dit la radio, que le bac reprenne entre les deux rives du fleuve.",
        ),
    ];
    let record = |id: &str, text: &str| serde_json::json!({"id": id, "title": "t", "text": text}).to_string();
    let mut lines: Vec<String> = texts.iter().map(|(id, text)| record(id, text)).collect();
    // How rare a word is only an archive can tell.
    lines.extend((0..30).map(|n| {
        record(
            &format!("x{n}"),
            &format!("Bulletin {n} : le marché du quartier {} reste ouvert.", n * 7),
        )
    }));
    let archive = Archive::new(&[("r.jsonl", &lines.join("\n"))]);
    let answer: serde_json::Value =
        serde_json::from_str(&archive.out(&["similar", "a", "--format", "json"])).expect("JSON");
    let ids = |list: &serde_json::Value| -> Vec<String> {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|c| c["id"].as_str().unwrap_or_default().to_string())
            .collect()
    };
    assert_eq!(
        (ids(&answer["similar"]), ids(&answer["reworded"])),
        (vec![], vec!["b".to_string()]),
        "{answer}"
    );
    let shown = archive.out(&["similar", "b"]);
    assert!(
        shown.starts_with("0 near-duplicates")
            && shown.contains("\n1 article that may report the same news in other words\n"),
        "{shown}"
    );
    assert!(!archive.out(&["similar", "c"]).contains("may report"));
}

#[test]
fn the_division_before_2023_is_counted_and_told() {
    let archive = Archive::new(&[(
        "r.jsonl",
        r#"{"id": "a", "title": "t", "text": "Un drone.", "region": "Mali/Mopti", "actor": []}
{"id": "b", "title": "t", "text": "Un drone.", "region": "Mali/Bandiagara/Bankass", "actor": []}
{"id": "c", "title": "t", "text": "Un drone.", "region": ["Mali/Douentza", "Mali/Gao"], "actor": []}
{"id": "d", "title": "t", "text": "Un marché.", "region": "Atlantide", "actor": []}
"#,
    )]);
    let csv = archive
        .out(&[
            "pivot",
            "--rows",
            "region",
            "--cols",
            "type",
            "--region-division",
            "old",
            "--format",
            "csv",
        ])
        .replace('\r', "");
    assert!(
        csv.starts_with("region_old,total,(none)\nAtlantide,1,1\nMali/Gao,1,1\nMali/Mopti,3,3\n"),
        "{csv}"
    );
    let shown = archive.out(&["facets", "drone", "--facet", "region", "--region-division", "old"]);
    assert!(
        shown.ends_with("region before 2023\n        3  Mali/Mopti\n        1  Mali/Gao\n"),
        "{shown}"
    );
    let answer: serde_json::Value =
        serde_json::from_str(&archive.out(&["search", "region:Mopti", "--format", "json"])).expect("JSON");
    assert_eq!(answer["total"], 1);
    let reported = answer["notes"][0].as_str().unwrap_or_default();
    assert!(
        reported
            .starts_with("2 more articles are in Mopti as it was before 2023 (today Bandiagara, Douentza"),
        "{answer}"
    );
    let answer: serde_json::Value =
        serde_json::from_str(&archive.out(&["search", "region:Gao", "--format", "json"])).expect("JSON");
    assert_eq!(answer["notes"].as_array().map(Vec::len), Some(0), "{answer}");
}
