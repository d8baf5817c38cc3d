//! What people do every day beside searching: dates by today's, hits by their numbers, texts that fit the screen,
//! searches that are kept up to date.

use crate::common::{Indexed as Archive, text};
use serde_json::Value;

fn ids(hits: &Value) -> Vec<&str> {
    let hits = hits.as_array().expect("a list").iter();
    hits.map(|hit| hit["id"].as_str().expect("an id")).collect()
}

fn sorted(archive: &Archive, args: &[&str]) -> String {
    let found = archive.json(args);
    let mut ids = ids(&found["hits"]);
    ids.sort_unstable();
    ids.join(" ")
}

#[test]
fn dates_by_todays_and_articles_without_a_date() {
    let archive = Archive::new(&[(
        "a.jsonl",
        r#"{"id": "old", "text": "Un drone.", "date": "2001-05-04"}
{"id": "future", "text": "Un drone.", "date": "2999-01-01"}
{"id": "none", "text": "Un drone.", "region": "Gao"}
{"id": "unknown", "text": "Un drone.", "region": "Kidal"}
"#,
    )]);
    for typed in [
        "hier",
        "7 jours",
        "depuis mars",
        "il y a 2 semaines",
        "le mois dernier",
    ] {
        assert_eq!(
            sorted(&archive, &["search", "drone", "--since", typed]),
            "future",
            "{typed}"
        );
        assert_eq!(
            sorted(&archive, &["search", "drone", "--until", typed]),
            "old",
            "{typed}"
        );
    }
    let notes = |args: &[&str]| archive.json(args)["notes"].to_string();
    let since = ["search", "drone", "--since", "2000"];
    assert!(notes(&since).contains("2 articles without a date are left out; --undated"));
    let in_gao = [&since[..], &["--region", "Gao"]].concat();
    assert!(notes(&in_gao).contains("1 article without a date is left out"));
    assert!(!notes(&["search", "drone"]).contains("without a date"));
    let all = [&since[..], &["--undated"]].concat();
    assert_eq!(sorted(&archive, &all), "future none old unknown");
    assert!(!notes(&all).contains("without a date"));
    assert_eq!(
        sorted(&archive, &["search", "drone", "--until", "2500", "--undated"]),
        "none old unknown"
    );
    let output = archive.run(&["search", "drone", "--since", "jadis"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    // A search that is saved keeps the day.
    let saved = archive.run(&["saved", "add", "d", "drone", "--since", "hier", "--undated"]);
    assert!(text(&saved).contains("“hier” is saved as"), "{}", text(&saved));
    let listed = archive.out(&["saved", "run", "d"]);
    assert!(listed.contains("3 articles"), "{listed}");
}

#[test]
fn hits_are_meant_by_their_numbers() {
    let archive = Archive::new(&[(
        "a.jsonl",
        r#"{"id": "x", "title": "Premier", "text": "Un drone, un drone, un drone.", "date": "2024-01-01"}
{"id": "2", "title": "Deuxième", "text": "Un chat.", "date": "2024-01-02"}
{"id": "y", "title": "Troisième", "text": "Le drone est un drone qui vole longtemps au loin.", "date": "2024-01-03"}
{"id": "z", "title": "Quatrième", "text": "Un drone parmi beaucoup d'autres mots, et ainsi de suite jusqu'à la fin.", "date": "2024-01-04"}
"#,
    )]);
    let before = archive.run(&["show", "1"]);
    assert!(
        !before.status.success() && text(&before).contains("no hit 1"),
        "{}",
        text(&before)
    );
    let found = archive.json(&["search", "drone"]);
    let first = found["hits"][0]["id"].as_str().expect("an id").to_string();
    let third = found["hits"][2]["id"].as_str().expect("an id").to_string();
    for command in ["show", "cite", "similar"] {
        let shown = archive.json(&[command, "1"]);
        assert_eq!(shown["id"], first, "{command}");
    }
    assert_eq!(archive.json(&["show", "3"])["id"], third);
    let own = archive.run(&["show", "2"]);
    assert!(
        text(&own).contains("Deuxième")
            && text(&own).contains("2 is the id of an article; hit 2 of the last search is"),
        "{}",
        text(&own)
    );
    assert_eq!(
        archive.run(&["show", "9"]).status.code(),
        archive.run(&["show", "nowhere"]).status.code()
    );
    // Of another page the numbers go on.
    archive.out(&["search", "drone", "--limit", "1", "--page", "3"]);
    assert_eq!(archive.json(&["show", "3"])["id"], third);
}

#[test]
fn texts_fit_the_screen() {
    let places = [
        "Gao",
        "Kidal",
        "Mopti",
        "Kayes",
        "Ségou",
        "Sikasso",
        "Tombouctou",
        "Bamako",
        "Koulikoro",
        "Ménaka",
    ];
    let mut lines = String::new();
    for (at, place) in places.iter().enumerate() {
        for year in [2023, 2024] {
            let date = format!("{year}-{:02}-01", at + 1);
            let article = serde_json::json!({"id": format!("{place}{year}"), "region": place, "date": date, "text": "Un drone a survolé la ville pendant la nuit sans que personne ne sache d'où il venait ni où il est allé."});
            lines.push_str(&format!("{article}\n"));
        }
    }
    let archive = Archive::new(&[("a.jsonl", &lines)]);
    let shown = archive.out(&["search", "drone", "--limit", "1"]);
    assert!(
        shown.contains("Un drone a survolé la ville pendant la nuit sans que personne ne sache d'où il… (no title: its first words)"),
        "{shown}"
    );
    assert!(
        shown.contains("… 2 more values") && shown.contains("griot facets --facet region"),
        "{shown}"
    );
    assert!(
        shown.contains("  2024 (10 given)\n") && !shown.contains("2024-05") && !shown.contains("     05\n"),
        "{shown}"
    );
    let all = archive.out(&["search", "drone", "--limit", "1", "--facets", "--top", "20"]);
    assert!(
        !all.contains("more values") && all.lines().count() > shown.lines().count() + 10,
        "{all}"
    );
    let none = archive.out(&["search", "drone", "--limit", "1", "--no-facets"]);
    assert!(!none.contains("region\n"), "{none}");
    let quiet = archive.out(&["search", "drone", "--limit", "1", "--quiet"]);
    assert!(
        quiet.starts_with("\n  1. ") && !quiet.contains("region\n"),
        "{quiet}"
    );
    let pivot = archive.out(&["pivot", "drone"]);
    assert!(pivot.lines().all(|line| line.chars().count() <= 80), "{pivot}");
    assert!(pivot.contains("others") || pivot.contains("other"), "{pivot}");
    assert!(pivot.contains("rows without articles left out; --all"), "{pivot}");
    let whole = archive.out(&["pivot", "drone", "--all"]);
    assert!(whole.contains("2023-11") && !pivot.contains("2023-11"), "{whole}");
}

#[test]
fn a_saved_search_is_brought_up_to_date() {
    let archive = Archive::new(&[("a.txt", "Un drone.")]);
    archive.out(&["saved", "add", "d", "drone"]);
    assert!(archive.out(&["saved", "run"]).contains("1 new"));
    std::fs::write(archive.dir().join("corpus/b.txt"), "Un autre drone, ailleurs.").expect("written");
    assert!(archive.out(&["saved", "run"]).contains("0 new"));
    assert!(archive.out(&["saved", "run", "--update"]).contains("1 new"));
    let hours_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 3600 + 60);
    let lock = std::fs::File::options()
        .append(true)
        .open(archive.index().join("LOCK"));
    lock.and_then(|lock| lock.set_modified(hours_ago)).expect("aged");
    let run = archive.run(&["saved", "run"]);
    assert!(
        text(&run).contains("griot index last ran 3 hours ago; --update"),
        "{}",
        text(&run)
    );
}

#[test]
fn what_keeps_the_index_up_to_date_is_printed() {
    let archive = Archive::new(&[("a.txt", "Un drone.")]);
    let unit = archive.out(&["install-watch", "corpus", "--service", "systemd"]);
    let corpus = archive.dir().join("corpus").canonicalize().expect("there");
    assert!(
        unit.contains("ExecStart=\"") && unit.contains("[Install]"),
        "{unit}"
    );
    assert!(
        unit.contains(&format!("\"index\" \"{}\" \"--index\"", corpus.display())),
        "{unit}"
    );
    assert!(unit.contains("\"--watch\""), "{unit}");
    let plist = archive.out(&["install-watch", "corpus", "--service", "launchd"]);
    assert!(
        plist.contains(&format!("<string>{}</string>", corpus.display())),
        "{plist}"
    );
}

#[test]
fn acronyms_find_the_names_that_they_stand_for() {
    let archive = Archive::new(&[(
        "a.jsonl",
        r#"{"id": "short", "text": "Les FAMa ont repris la ville."}
{"id": "long", "text": "Les forces armées maliennes ont repris la ville."}
{"id": "army", "text": "L'armée malienne a repris la ville."}
{"id": "fdsm", "text": "Les FDSM ont parlé."}
{"id": "security", "text": "Les forces de défense et de sécurité maliennes ont parlé."}
{"id": "platform", "text": "Une plateforme pétrolière."}
"#,
    )]);
    let found = |query: &str| sorted(&archive, &["search", query, "--all-words"]);
    for query in ["FAMa", "fama", "forces armées maliennes", "armée malienne"] {
        assert_eq!(found(query), "army long short", "{query}");
    }
    assert_eq!(found("=FAMa"), "short");
    assert_eq!(found("FDSM"), "fdsm security");
    assert_eq!(found("plateforme"), "platform");
    let analysis = archive.out(&["analyze", "FAMa"]);
    assert!(
        analysis.contains("Forces nationales/FAMa") && analysis.contains("armée malienne"),
        "{analysis}"
    );
}

#[test]
fn a_dateline_says_when_and_by_whom_something_was_published() {
    let body = "Des hommes armés ont attaqué un camp près de Gao, selon plusieurs habitants.";
    let archive = Archive::new(&[
        (
            "a.txt",
            &format!("Attaque à Gao\n\nBamako (AFP) - 2 juin 2025 - {body}\n"),
        ),
        ("b.txt", &format!("Attaque à Gao\n\nSource : RFI\n\n{body}\n")),
        (
            "c.md",
            &format!(
                "---\ndate: 2024-01-01\nsource: APA\n---\n# Attaque\n\nGao, 3 juin 2025 (AFP) - {body}\n"
            ),
        ),
    ]);
    let shown = |id: &str| {
        let article = archive.json(&["show", id]);
        let text = |key: &str| article[key].as_str().map(String::from);
        (text("date"), text("source"))
    };
    let said = |date: Option<&str>, source: &str| (date.map(String::from), Some(source.to_string()));
    assert_eq!(shown("a.txt"), said(Some("2025-06-02"), "AFP"));
    assert_eq!(shown("b.txt"), said(None, "RFI"));
    assert_eq!(
        shown("c.md"),
        said(Some("2024-01-01"), "APA"),
        "what metadata say counts"
    );
    let evidence = archive.out(&["show", "a.txt"]);
    assert!(!evidence.contains("[2 juin 2025]"), "{evidence}");
}

#[test]
fn what_was_read_from_the_text_is_told_from_what_was_given() {
    let body = "Des hommes armés ont attaqué un camp près de Gao, selon plusieurs habitants.";
    let record = |id: &str, more: &str| {
        format!(
            "{{\"id\": \"{id}\", \"title\": \"Attaque\", \"text\": \"Bamako (AFP) - 2 juin 2025 - {body} {id}\"{more}}}\n"
        )
    };
    let archive = Archive::new(&[
        (
            "a.jsonl",
            &(record("bare", "") + &record("dated", ", \"date\": \"2025-06-03\"")),
        ),
        (
            "b.csv",
            &format!("id;titre;texte\ncell;Attaque;\"Gao, 4 juin 2025 (RFI) - {body}\"\n"),
        ),
    ]);
    let known = |id: &str| {
        let article = archive.json(&["show", id]);
        let list = article["from_text"].as_array().cloned().unwrap_or_default();
        let keys = list
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        format!("{} {} [{keys}]", article["date"], article["source"])
    };
    let all = [
        ("bare", "\"2025-06-02\" \"AFP\" [source date]"),
        ("dated", "\"2025-06-03\" \"AFP\" [source]"),
        ("cell", "\"2025-06-04\" \"RFI\" [source date]"),
    ];
    for (id, expected) in all {
        let mut said: Vec<&str> = expected.split(' ').collect();
        said.sort_unstable();
        let found = known(id);
        let mut found: Vec<&str> = found.split(' ').collect();
        found.sort_unstable();
        assert_eq!(found, said, "{id}");
    }
    let shown = archive.out(&["show", "bare"]);
    assert!(shown.contains("2025-06-02 (read from the text)"), "{shown}");
    assert!(!archive.out(&["show", "dated"]).contains("2025-06-03 (read"));
    let hits = archive.json(&["search", "camp", "--any"]);
    assert!(hits["hits"][0]["from_text"].is_array(), "{hits}");
    // Records that are read again are told apart, too.
    for format in ["jsonl", "csv"] {
        let (records, index) = (format!("records.{format}"), format!("of-{format}"));
        archive.out(&["export", "--rows", "records", "-o", &records]);
        archive.out(&["index", &records, "--index", &index]);
        for id in ["bare", "dated"] {
            let again = archive.json(&["show", id, "--index", &index]);
            assert_eq!(
                again["from_text"],
                archive.json(&["show", id])["from_text"],
                "{format}: {id}"
            );
        }
    }
}

#[test]
fn verbose_names_every_file_that_changed() {
    let archive = Archive::new(&[("a.txt", "Un chat"), ("b.txt", "Un chien")]);
    let said = |args: &[&str]| text(&archive.run(args));
    assert!(!said(&["index", "corpus", "-v"]).contains(".txt, 1 article"));
    std::fs::write(archive.dir().join("corpus/a.txt"), "Un chat noir").expect("a file");
    let changed = said(&["index", "corpus", "-v"]);
    assert!(
        changed.contains("griot: changed: ") && changed.contains("a.txt, 1 article"),
        "{changed}"
    );
    assert!(!changed.contains("b.txt"), "{changed}");
    assert!(!said(&["index", "corpus", "--rebuild"]).contains("a.txt, 1 article"));
}
