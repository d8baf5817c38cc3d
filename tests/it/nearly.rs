//! The best articles without some of the words: shown where a page has room, apart from hits and counts; and the
//! function words that a plain query doesn't require.

use crate::common::{Indexed as Archive, text};
use serde_json::Value;

fn articles() -> Archive {
    Archive::new(&[(
        "a.jsonl",
        r#"{"id": "all", "title": "Base", "text": "Une attaque a visé la base de Gao."}
{"id": "two", "title": "Base", "text": "La base de Gao a été fermée."}
{"id": "one", "title": "Gao", "text": "Le marché de Gao."}
{"id": "beside", "title": "Kidal", "text": "Une attaque contre la base de Kidal."}
{"id": "sud", "title": "Sud", "text": "La région de l'Est, attaque signalée."}
{"id": "village", "title": "V", "text": "Un village tranquille."}
"#,
    )])
}

fn ids(hits: &Value) -> Vec<&str> {
    let hits = hits.as_array().expect("a list").iter();
    hits.map(|hit| hit["id"].as_str().expect("an id")).collect()
}

#[test]
fn articles_without_some_words_follow_and_are_not_counted() {
    let archive = articles();
    let found = archive.json(&["search", "attaque contre la base de gao", "--facets"]);
    assert_eq!(
        (found["total"].as_u64(), ids(&found["hits"])),
        (Some(1), vec!["all"])
    );
    let mut nearly = ids(&found["nearly"]);
    nearly.sort_unstable();
    assert_eq!(nearly, ["beside", "one", "sud", "two"]);
    let of = |id: &str| -> Vec<&str> {
        let hits = found["nearly"].as_array().expect("a list");
        let hit = hits.iter().find(|hit| hit["id"] == id).expect("there");
        let words = hit["without"].as_array().expect("a list");
        words.iter().filter_map(Value::as_str).collect()
    };
    assert_eq!((of("two"), of("beside")), (vec!["attaque"], vec!["gao"]));
    assert_eq!(of("one"), ["attaque", "base"]);
    let shown = archive.out(&["search", "attaque contre la base de gao"]);
    assert!(
        shown.contains("1 article with all words, 1 to 5 shown")
            && shown.contains("\nWithout some of the words, the best first"),
        "{shown}"
    );
    assert!(shown.contains("     without: attaque\n"), "{shown}");
    let strict = archive.json(&["search", "attaque base gao", "--all-words"]);
    assert_eq!(strict["nearly"], serde_json::json!([]));
    let any = archive.json(&["search", "attaque base gao", "--any"]);
    assert_eq!(any["nearly"], serde_json::json!([]));
}

#[test]
fn where_few_have_all_words_both_are_in_one_list() {
    let passing = "Le ministre a présenté hier devant les députés le bilan de son action à la tête du département \
        depuis sa nomination, avant de parler de Gao, puis d'une attaque, et de la base.";
    let archive = Archive::new(&[(
        "a.jsonl",
        &format!(
            "{}\n{}\n",
            serde_json::json!({"id": "passing", "title": "Bilan", "text": passing}),
            serde_json::json!({"id": "about", "title": "Attaque à Gao", "text": "Une attaque a eu lieu à Gao. Cette attaque est la deuxième à Gao."})
        ),
    )]);
    let found = archive.json(&["search", "attaque base gao"]);
    assert_eq!(found["total"], 1);
    let rank = |list: &str| (found[list][0]["id"].clone(), found[list][0]["rank"].clone());
    assert_eq!(rank("nearly"), ("about".into(), 1.into()));
    assert_eq!(rank("hits"), ("passing".into(), 2.into()));
    let shown = archive.out(&["search", "attaque base gao"]);
    let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text} in {shown}"));
    assert!(place("1 article with all words, 1 to 2 shown") < place("  1. Attaque à Gao"));
    assert!(place("without: base") < place("  2. Bilan"));
    let page = archive.json(&["search", "attaque base gao", "--limit", "1", "--page", "2"]);
    assert_eq!(
        (ids(&page["hits"]), ids(&page["nearly"])),
        (vec!["passing"], vec![])
    );
    let strict = archive.json(&["search", "attaque base gao", "--all-words"]);
    assert_eq!(strict["hits"][0]["rank"], 1);
    let explained = archive.out(&["search", "attaque base gao", "--explain"]);
    let explained = explained.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        explained.contains("attaque (in the title or the first words)"),
        "{explained}"
    );
}

#[test]
fn filters_and_exclusions_hold_for_them_too() {
    let archive = articles();
    let nearly = |more: &[&str]| -> Vec<String> {
        let found = archive.json(&[&["search", "attaque base gao"], more].concat());
        let mut ids: Vec<String> = ids(&found["nearly"]).into_iter().map(String::from).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(nearly(&[]), ["beside", "one", "sud", "two"]);
    assert_eq!(nearly(&["--region", "Kidal"]), ["beside"]);
    assert_eq!(nearly(&["--not-region", "Kidal"]), ["one", "sud", "two"]);
    assert_eq!(
        nearly(&["--since", "2024"]),
        Vec::<String>::new(),
        "all are undated"
    );
    let excluded = "id,facet,action,value\ntwo,mark,add,excluded\n";
    std::fs::write(archive.dir().join("c.csv"), excluded).expect("written");
    archive.out(&["correct", "c.csv"]);
    assert_eq!(nearly(&[]), ["beside", "one", "sud"]);
}

#[test]
fn what_is_demanded_stays_demanded() {
    let archive = articles();
    for (query, hits, expected) in [
        ("+gao attaque base", vec!["all"], vec!["one", "two"]),
        ("\"base de gao\" attaque", vec!["all"], vec!["two"]),
        ("attaque base gao -kidal", vec!["all"], vec!["one", "sud", "two"]),
        ("attaque AND gao", vec!["all"], vec![]),
        ("attaque OU marché", vec!["all", "beside", "one", "sud"], vec![]),
        ("(attaque base) gao titre:kidal", vec![], vec!["beside"]),
    ] {
        let found = archive.json(&["search", query]);
        let sorted = |list: &Value| {
            let mut ids: Vec<String> = ids(list).into_iter().map(String::from).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(
            (sorted(&found["hits"]), sorted(&found["nearly"])),
            (
                hits.into_iter().map(String::from).collect(),
                expected.into_iter().map(String::from).collect()
            ),
            "{query}"
        );
    }
}

#[test]
fn pages_go_on_where_the_hits_end() {
    let archive = articles();
    let page = |number: &str| {
        let found = archive.json(&["search", "attaque base gao", "-n", "2", "--page", number]);
        let all = [ids(&found["hits"]), ids(&found["nearly"])].concat();
        all.into_iter().map(String::from).collect::<Vec<_>>()
    };
    let mut all = [page("1"), page("2"), page("3"), page("4")].concat();
    assert_eq!((all.len(), all[0].as_str()), (5, "all"));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 5);
}

#[test]
fn a_batch_marks_them() {
    let archive = articles();
    std::fs::write(archive.dir().join("q"), "1\tattaque base gao\n").expect("written");
    let run = archive.out(&["batch", "q", "--format", "trec"]);
    let lines: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    assert!(lines[0].ends_with(&["griot"]) && lines[1..].iter().all(|line| line[5] == "nearly"));
    let scores: Vec<f64> = lines
        .iter()
        .map(|line| line[4].parse().expect("a score"))
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{run}");
    let table = archive.out(&["batch", "q", "--format", "csv"]);
    assert!(
        table
            .lines()
            .next()
            .is_some_and(|head| head.trim().ends_with(",nearly")),
        "{table}"
    );
    let strict = archive.out(&["batch", "q", "--format", "trec", "--all-words"]);
    assert_eq!(strict.lines().count(), 1);
}

#[test]
fn function_words_are_optional_unless_they_are_meant() {
    let archive = articles();
    let total = |query: &str| archive.json(&["search", query])["total"].as_u64();
    assert_eq!(
        (total("contre village"), total("\"contre village\"")),
        (Some(1), Some(0))
    );
    assert_eq!(
        (total("attaque contre"), total("attaque +contre")),
        (Some(3), Some(1))
    );
    assert_eq!((total("contre"), total("=contre attaque")), (Some(1), Some(1)));
    // The cardinal point has l' before it, or a capital.
    assert_eq!(total("région de l'est"), Some(1));
    assert_eq!(total("attaque de l'est gao"), Some(0));
    // They rank: what stands beside them in the query comes first.
    let found = archive.json(&["search", "attaque contre"]);
    assert_eq!(ids(&found["hits"])[0], "beside");
    let explained = archive.out(&["search", "attaque contre gao", "--explain"]);
    assert!(
        explained.contains("contre: optional, a function word"),
        "{explained}"
    );
    let analysis = archive.run(&["analyze", "contre"]);
    assert!(text(&analysis).contains("function word, optional"));
}

#[test]
fn commas_in_filters_mean_several_values_and_near_ones_are_offered() {
    let archive = Archive::new(&[(
        "a.jsonl",
        r#"{"id": "a", "text": "Un drone.", "source": "RFI", "region": "Gao"}
{"id": "b", "text": "Un drone.", "source": "AFP", "region": "Kidal"}
{"id": "c", "text": "Un drone.", "source": "Le Soir, Bamako", "region": "Mopti"}
{"id": "d", "text": "Un drone.", "source": "Zorro Hebdo", "region": "Kayes"}
"#,
    )]);
    let found = |option: &str, value: &str| {
        let found = archive.json(&["search", "drone", option, value]);
        let mut ids: Vec<String> = ids(&found["hits"]).into_iter().map(String::from).collect();
        ids.sort_unstable();
        ids.concat()
    };
    assert_eq!(found("--source", "RFI,AFP"), "ab");
    for both in ["RFI,Zorro Hebdo", "Zorro Hebdo,RFI"] {
        assert_eq!(
            found("--source", both),
            "ad",
            "{both}: of a medium that no lexicon knows"
        );
    }
    assert_eq!(found("--region", "Gao, Kidal"), "ab");
    assert_eq!(found("--not-region", "Gao,Kidal"), "cd");
    assert_eq!(found("--source", "Le Soir, Bamako"), "c");
    assert_eq!(found("--where", "region=Gao,Kidal"), "ab");
    let output = archive.run(&["search", "drone", "--region", "Kidall"]);
    assert!(text(&output).contains("did you mean Kidal?"), "{}", text(&output));
}

#[test]
fn what_is_pasted_is_its_article() {
    let archive = Archive::new(&[(
        "a.jsonl",
        r#"{"id": "x/1", "title": "Un drone à Gao", "text": "Le drone.", "url": "https://www.rfi.fr/fr/un-drone-a-gao"}
{"title": "Un drone à Kidal", "text": "Le drone.", "url": "https://rfi.fr/fr/un-drone-a-kidal/"}
{"id": "n", "title": "Une mine", "text": "Une mine.", "url": "https://tunisia.example/?p=14421"}
{"id": "m", "title": "Un marché", "text": "Un marché.", "source": "allAfrica", "url": "https://fr.allafrica.com/stories/202309.html"}
"#,
    )]);
    let found = |query: &str| {
        let found = archive.json(&["search", query]);
        assert!(
            found["notes"].to_string().contains("names an article"),
            "{query}: {found}"
        );
        ids(&found["hits"]).concat()
    };
    assert_eq!(found("x/1"), "x/1");
    assert_eq!(found("http://rfi.fr/fr/un-drone-a-gao"), "x/1");
    assert_eq!(found("https://www.rfi.fr/fr/un-drone-a-kidal"), "a.jsonl#2");
    assert_eq!(found("a.jsonl#2"), "a.jsonl#2");
    // Addresses without a word of the article.
    assert_eq!(found("https://tunisia.example/?p=14421"), "n");
    assert_eq!(found("https://fr.allafrica.com/stories/202309.html"), "m");
    let words = archive.json(&["search", "https://www.rfi.fr/fr/un-drone-a-kidal", "--plain"]);
    assert!(!words["notes"].to_string().contains("names an article"));
}

#[test]
fn operators_of_other_tools_are_understood_or_noted() {
    let archive = articles();
    for (query, as_one, note) in [
        ("gao !attaque", "gao -attaque", "read as NOT"),
        ("marché || village", "marché OU village", "read as OR"),
        ("marché | village", "marché OU village", "read as OR"),
        ("attaque && gao", "attaque AND gao", "read as AND"),
        ("attaque^2 gao", "attaque gao", "can't be weighted"),
        ("atleast3(attaque) gao", "attaque gao", "“atleast3” was left out"),
        (
            "gao ATLEAST2(attaque marché)",
            "gao (attaque marché)",
            "“ATLEAST2” was left out",
        ),
        ("attaq*2 gao", "attaq* gao", "“*2” was read as “*”"),
        ("attaque w/9 gao", "attaque NEAR/9 gao", "read as NEAR/9"),
        ("attaque near9 gao", "attaque NEAR/9 gao", "read as NEAR/9"),
    ] {
        let (found, expected) = (
            archive.json(&["search", query]),
            archive.json(&["search", as_one]),
        );
        assert_eq!(ids(&found["hits"]), ids(&expected["hits"]), "{query}");
        assert!(
            found["notes"].to_string().contains(note),
            "{query}: {}",
            found["notes"]
        );
    }
}
