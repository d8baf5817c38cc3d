//! The binary as users meet it: commands, exit codes, messages, pipes.

use crate::common::{Archive, command, text};
use serde_json::Value;
use std::process::Stdio;

#[test]
fn later_runs_apply_what_is_new_changed_and_gone() {
    let archive = Archive::small();
    let first = archive.index();
    assert_eq!(
        (first["articles"].as_u64(), first["files_new"].as_u64()),
        (Some(4), Some(3)),
        "{first}"
    );
    let again = archive.index();
    assert_eq!(
        (
            again["files_unchanged"].as_u64(),
            again["articles_unchanged"].as_u64()
        ),
        (Some(3), Some(4)),
        "{again}"
    );
    archive.write("a.txt", "Pluie à Gao\n\nIl a plu sur Gao.");
    archive.write("d.txt", "Nouveau\n\nUn article de plus sur les drones.");
    std::fs::remove_file(archive.corpus().join("c.jsonl")).expect("removed");
    let changed = archive.index();
    let counts = |key: &str| changed[key].as_u64();
    assert_eq!(counts("articles"), Some(3), "{changed}");
    assert_eq!(
        (
            counts("files_new"),
            counts("files_changed"),
            counts("files_removed")
        ),
        (Some(1), Some(1), Some(1)),
        "{changed}"
    );
    assert_eq!(archive.ids(&["drones"]), ["d.txt"]);
    assert_eq!(archive.ids(&["pluie", "plu", "--any"]), ["a.txt"]);
    assert!(archive.ids(&["neuf"]).is_empty());
}

#[test]
fn two_edits_within_one_tick_are_not_missed() {
    let archive = Archive::small();
    let path = archive.corpus().join("a.txt");
    // As new as the run that reads it, however slowly that run begins.
    let before = std::time::SystemTime::now() + std::time::Duration::from_secs(30);
    std::fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(before))
        .expect("a time");
    archive.index();
    archive.write(
        "a.txt",
        "Drones à Gao\n\nDes drones ont frappé Gao le 4 mars 2024.",
    );
    let file = std::fs::File::options().write(true).open(&path).expect("opened");
    file.set_modified(before).expect("same time, same size");
    archive.index();
    assert_eq!(archive.ids(&["\"4 mars\""]), ["a.txt"]);
}

#[test]
fn a_missing_or_emptied_folder_removes_nothing() {
    let archive = Archive::small();
    archive.run(&["index", "corpus", "--index", "ix"]);
    std::fs::rename(archive.corpus(), archive.dir.path().join("away")).expect("moved away");
    let output = archive.run(&["index", "--index", "ix"]);
    assert!(text(&output).contains("missing"), "{}", text(&output));
    std::fs::create_dir(archive.corpus()).expect("an empty folder");
    let output = archive.run(&["index", "--index", "ix"]);
    assert!(text(&output).contains("--allow-removals"), "{}", text(&output));
    assert_eq!(output.status.code(), Some(6), "{}", text(&output));
    assert!(text(&output).contains(": 4 articles"), "{}", text(&output));
    let output = archive.run(&["index", "--index", "ix", "--allow-empty"]);
    assert!(text(&output).contains(": 0 articles"), "{}", text(&output));
}

#[test]
fn forgetting_a_folder_drops_its_articles() {
    let archive = Archive::small();
    archive.write("../other/x.txt", "Titre\n\nAilleurs.");
    archive.run(&["index", "corpus", "other", "--index", "ix"]);
    let output = archive.run(&["index", "--forget", "other", "--index", "ix"]);
    assert!(text(&output).contains(": 4 articles"), "{}", text(&output));
    let output = archive.run(&["index", "--forget", "nowhere", "--index", "ix"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}

#[test]
fn bad_records_are_named_and_the_others_indexed() {
    let archive = Archive::small();
    archive.write(
        "bad.jsonl",
        "{\"id\":\"ok\",\"text\":\"Bon.\"}\n{broken\n[1]\n{\"id\":\"ok2\",\"text\":\"Encore bon.\"}\n",
    );
    archive.write("empty.txt", "");
    archive.write("binary.txt", "a\0b\0c");
    let output = archive.run(&["index", "corpus", "--report", "report.csv"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(text(&output).contains("bad.jsonl, line 2"), "{}", text(&output));
    let report = std::fs::read_to_string(archive.dir.path().join("report.csv")).expect("the report");
    let of_kind = |kind: &str| report.lines().filter(|l| l.starts_with(kind)).count();
    assert_eq!((of_kind("skipped,"), of_kind("file,")), (4, 6), "{report}");
    assert!(
        report.contains("bad.jsonl,,,new,invalid_json;not_an_object,,jsonl,UTF-8,2,2,id: article 2"),
        "{report}"
    );
    let output = archive.run(&["index", "corpus", "--report", "report.jsonl"]);
    let lines = std::fs::read_to_string(archive.dir.path().join("report.jsonl")).expect("the report");
    let unchanged = lines
        .lines()
        .filter(|l| l.contains("\"status\":\"unchanged\""))
        .count();
    assert_eq!(
        (lines.lines().count(), unchanged),
        (7, 6),
        "{lines}{}",
        text(&output)
    );
    assert_eq!(archive.ids(&["bon"]), ["ok", "ok2"]);
}

#[test]
fn ids_that_collide_are_all_kept() {
    let archive = Archive::new(&[
        (
            "a.jsonl",
            "{\"id\":\"x\",\"text\":\"Premier drone.\"}\n{\"id\":\"x\",\"text\":\"Deuxième drone.\"}\n",
        ),
        ("b.jsonl", "{\"id\":\"x\",\"text\":\"Troisième drone.\"}\n"),
    ]);
    let report = archive.index();
    assert!(
        report["notices"].to_string().contains("claimed by several"),
        "{report}"
    );
    assert_eq!(archive.ids(&["drone"]), ["x", "x~2", "x~3"]);
    let shown = archive.run(&["show", "x~3", "--index", "corpus/.griot"]);
    assert!(text(&shown).contains("Troisième"), "{}", text(&shown));
}

#[test]
fn an_article_is_shown_by_the_path_of_its_file() {
    let archive = Archive::new(&[
        ("sud/a.txt", "Pluie\n\nIl a plu."),
        ("un.csv", "titre,texte\nMil,Le mil est cher.\n"),
        (
            "b.jsonl",
            "{\"id\":\"x\",\"text\":\"Un.\"}\n{\"text\":\"Deux.\"}\n{\"text\":\"Trois.\"}\n{\"text\":\"Quatre.\"}\n",
        ),
    ]);
    archive.index();
    let shown = |command: &str, id: &str| archive.run(&[command, id, "--index", "corpus/.griot"]);
    for path in ["sud/a.txt", "corpus/sud/a.txt"] {
        assert!(
            text(&shown("show", path)).contains("Il a plu."),
            "{path}: {}",
            text(&shown("show", path))
        );
    }
    assert!(
        text(&shown("show", "un.csv")).contains("Le mil est cher."),
        "{}",
        text(&shown("show", "un.csv"))
    );
    assert!(
        text(&shown("cite", "un.csv")).contains("un.csv#1"),
        "{}",
        text(&shown("cite", "un.csv"))
    );
    assert_eq!(
        shown("similar", "un.csv").status.code(),
        Some(0),
        "{}",
        text(&shown("similar", "un.csv"))
    );
    let several = shown("show", "b.jsonl");
    assert!(
        text(&several).contains("several articles; name one of them: x, b.jsonl#2, b.jsonl#3, … (4 in all)"),
        "{}",
        text(&several)
    );
    assert_eq!(several.status.code(), Some(1), "{}", text(&several));
}

#[test]
fn since_and_until_are_read_as_people_write_dates() {
    let archive = Archive::new(&[(
        "a.jsonl",
        "{\"id\":\"juin\",\"date\":\"2024-06-30\",\"text\":\"Un drone.\"}\n{\"id\":\"juillet\",\"date\":\"2024-07-03\",\"text\":\"Un drone.\"}\n",
    )]);
    archive.index();
    for date in [
        "2024-07",
        "07/2024",
        "juillet 2024",
        "3/7/2024",
        "3 juil. 2024",
        "2024-07..2024-09",
    ] {
        assert_eq!(archive.ids(&["drone", "--since", date]), ["juillet"], "{date}");
    }
    // In the wrong order.
    let turned = archive.search(&["drone", "--since", "2024-07", "--until", "2024-06"]);
    assert_eq!(turned["total"].as_u64(), Some(2), "{turned}");
    assert!(turned["notes"].to_string().contains("comes after"), "{turned}");
    for date in ["06/2024", "30 juin 2024", "2024-01..2024-06"] {
        assert_eq!(archive.ids(&["drone", "--until", date]), ["juin"], "{date}");
    }
}

#[test]
fn months_without_a_date_are_dates_enough_and_all_shown() {
    let archive = Archive::new(&[
        (
            "a.md",
            "---\ntitle: Blocus\nmonth: [2023-08, 2023-09]\n---\nUn drone.",
        ),
        (
            "b.txt",
            "Embuscade\n\nOuagadougou, le 3 février 2025 (AFP) - Un drone a frappé Djibo.",
        ),
    ]);
    archive.index();
    assert_eq!(archive.ids(&["drone", "--since", "2025"]), ["b.txt"]);
    assert_eq!(archive.ids(&["drone", "--until", "2023"]), ["a.md"]);
    let hits = archive.search(&["drone", "--month", "2023-09"]);
    assert_eq!(
        (&hits["hits"][0]["month"], &hits["hits"][0]["months"]),
        (&"2023-08".into(), &serde_json::json!(["2023-08", "2023-09"]))
    );
    let exported = archive.run(&["export", "--format", "csv", "--index", "corpus/.griot"]);
    assert!(text(&exported).contains("2023-08;2023-09"), "{}", text(&exported));
}

#[test]
fn an_index_in_a_folder_below_is_named() {
    let archive = Archive::small();
    archive.index();
    for args in [&["search", "x"][..], &["index"]] {
        let output = archive.run(args);
        assert_eq!(output.status.code(), Some(4));
        let said = text(&output);
        assert!(
            said.contains("there is an index in corpus: `cd corpus`"),
            "{said}"
        );
    }
}

#[test]
fn errors_name_the_thing_and_the_cure() {
    let archive = Archive::small();
    let cases: [(&[&str], i32, &str); 10] = [
        (&["search", "x"], 4, "run `griot index PATH`"),
        (&["search", "x", "--index", "corpus"], 4, "not a griot index"),
        (&["index", "nowhere"], 1, "nowhere: no such file or folder"),
        (&["index"], 4, "no index here"),
        (&["search", "x", "--frobnicate"], 2, "--frobnicate"),
        (
            &["search", "x", "--index", "ix", "--since", "bientôt"],
            2,
            "not a date: “bientôt”",
        ),
        (
            &["search", "x", "--index", "ix", "--where", "colour=red"],
            2,
            "region, month, actor",
        ),
        (&["show", "nothing", "--index", "ix"], 1, "no article with the id"),
        (
            &["facets", "--facet", "colour", "--index", "ix"],
            2,
            "no facet is called",
        ),
        (
            &["search", "x", "--index", "ix", "--month", "2024-13"],
            0,
            "“2024-13” is not a valid month; write 2024-07",
        ),
    ];
    archive.run(&["index", "corpus", "--index", "ix"]);
    for (args, code, message) in cases {
        let output = archive.run(args);
        assert!(text(&output).contains(message), "{args:?}: {}", text(&output));
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output));
    }
    let output = archive.run(&["search", "x", "--format", "json"]);
    let form: Value = serde_json::from_slice(&output.stdout).expect("errors have a JSON form");
    assert_eq!(
        (
            form["error"]["kind"].as_str(),
            form["error"]["exit_code"].as_u64()
        ),
        (Some("no_index"), Some(4))
    );
    for args in [
        &["search", "x", "--format", "json", "--sort", "foo"][..],
        &["search", "x", "--format=json", "--where", "region"],
    ] {
        let output = archive.run(args);
        let form: Value = serde_json::from_slice(&output.stdout).expect("and so have those of a call");
        assert_eq!(
            (form["error"]["kind"].as_str(), output.status.code()),
            (Some("usage"), Some(2)),
            "{args:?}"
        );
    }
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let archive = Archive::small();
    archive.index();
    let lock = std::fs::File::options()
        .write(true)
        .open(archive.corpus().join(".griot/LOCK"))
        .expect("the lock file");
    lock.lock().expect("locked");
    let output = archive.run(&["index", "corpus"]);
    assert_eq!(output.status.code(), Some(5), "{}", text(&output));
    assert!(text(&output).contains("griot index, since"), "{}", text(&output));
    assert_eq!(archive.ids(&["drones"]), ["a.txt"], "readers are not held up");
}

#[test]
fn an_empty_query_lists_the_newest_first() {
    let archive = Archive::small();
    archive.index();
    let answer = archive.search(&[]);
    assert_eq!(answer["total"], 4);
    assert_eq!(answer["hits"][0]["id"], "b.md");
    let oldest = archive.search(&["--sort", "oldest"]);
    assert_eq!(oldest["hits"][0]["id"], "c1");
}

#[test]
fn corpus_option_does_the_whole_job_and_searches_only_there() {
    let archive = Archive::small();
    archive.write("sub/e.txt", "Titre\n\nUn drone.");
    let output = archive.run(&["search", "--corpus", "corpus", "drone", "--format", "jsonl"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).lines().count(),
        2,
        "{}",
        text(&output)
    );
    let output = archive.run(&["search", "--corpus", "corpus/sub", "drone", "--format", "jsonl"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).lines().count(),
        1,
        "{}",
        text(&output)
    );
}

#[test]
fn pages_are_parts_of_one_order() {
    let files: Vec<(String, String)> = (0..25)
        .map(|n| {
            (
                format!("{n:02}.txt"),
                format!("Titre\n\ndrone {}", "mot ".repeat(n)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let archive = Archive::new(&files);
    archive.index();
    let page = |n: &str| -> Vec<String> {
        let answer = archive.search(&["drone", "--limit", "10", "--page", n]);
        answer["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|h| h["id"].to_string())
            .collect()
    };
    let mut all = [page("1"), page("2"), page("3")].concat();
    assert_eq!((all.len(), page("4").len()), (25, 0));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 25);
}

#[test]
fn a_closed_pipe_is_quiet() {
    let files: Vec<(String, String)> = (0..400)
        .map(|n| (format!("{n}.txt"), format!("Titre\n\n{}", "drone ".repeat(200))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let archive = Archive::new(&files);
    archive.index();
    let mut child = command(archive.dir.path())
        .args(["export", "--index", "corpus/.griot"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("griot runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        (output.status.code(), output.stderr.len()),
        (Some(0), 0),
        "{}",
        text(&output)
    );
}

#[test]
fn article_text_cannot_steer_the_terminal() {
    let archive = Archive::new(&[("a.txt", "Titre\n\nUn drone \u{202E}caché et \u{1b}[31mrouge.")]);
    archive.index();
    for args in [
        &["search", "drone", "--index", "corpus/.griot", "--color", "always"][..],
        &["show", "a.txt", "--index", "corpus/.griot", "--color", "always"],
    ] {
        let shown = text(&archive.run(args));
        assert!(
            !shown.contains('\u{202E}') && !shown.contains("\u{1b}[31mrouge"),
            "{shown:?}"
        );
    }
}

#[test]
fn export_gives_everything_in_both_formats() {
    let archive = Archive::small();
    archive.index();
    let csv = archive.run(&["export", "--index", "corpus/.griot", "--format", "csv"]);
    let lines = String::from_utf8_lossy(&csv.stdout).lines().count();
    assert_eq!(lines, 5, "{}", text(&csv));
    assert!(
        String::from_utf8_lossy(&csv.stdout)
            .starts_with("id,title,date,month,event_month,region,actor,url,path,source")
    );
    let csv = archive.run(&[
        "export",
        "--index",
        "corpus/.griot",
        "--format",
        "csv",
        "--with-text",
    ]);
    assert!(
        text(&csv)
            .lines()
            .next()
            .is_some_and(|head| head.ends_with(",paths,text")),
        "{}",
        text(&csv)
    );
    assert!(text(&csv).contains("Des drones ont frappé"), "{}", text(&csv));
    let refused = archive.run(&[
        "export",
        "--index",
        "corpus/.griot",
        "--rows",
        "events",
        "--with-text",
    ]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    let jsonl = archive.run(&["export", "--index", "corpus/.griot", "Kidal", "--any"]);
    assert_eq!(jsonl.status.code(), Some(0));
    let filtered = archive.run(&["export", "--index", "corpus/.griot", "--region", "Kidal"]);
    let row: Value = serde_json::from_slice(&filtered.stdout).expect("one row");
    assert_eq!(
        (
            row["id"].as_str(),
            row["region"][0].as_str(),
            row["month"].as_str()
        ),
        (Some("b.md"), Some("Mali/Kidal"), Some("2024-03"))
    );
}

#[test]
fn a_schema_of_ones_own_replaces_the_lexicons() {
    let archive = Archive::small();
    std::fs::create_dir(archive.dir.path().join("schema")).expect("a folder");
    std::fs::write(archive.dir.path().join("schema/stopwords.txt"), "drones\n").expect("a file");
    archive.index();
    let rebuilt = archive.run(&["index", "corpus", "--schema", "schema", "--format", "json"]);
    let report: Value =
        serde_json::from_slice(&rebuilt.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&rebuilt)));
    assert_eq!(
        (report["rebuilt"].as_bool(), report["articles"].as_u64()),
        (Some(true), Some(4))
    );
    // The index keeps its lexicons; a later run without --schema doesn't undo them.
    assert_eq!(archive.index()["rebuilt"], false);
    let generations = std::fs::read_dir(archive.corpus().join(".griot"))
        .expect("listed")
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with("gen-"));
    assert_eq!(generations.count(), 1, "the old generation is gone");
    std::fs::write(archive.dir.path().join("schema/stems.tsv"), "broken line\n").expect("a file");
    let output = archive.run(&["index", "corpus", "--schema", "schema"]);
    assert!(text(&output).contains("stems.tsv, line 1"), "{}", text(&output));
    assert_eq!(
        archive.ids(&["frappé"]),
        ["a.txt"],
        "the old index is still in use"
    );
}

#[test]
fn batch_writes_runs_and_timings() {
    let archive = Archive::small();
    archive.index();
    std::fs::write(
        archive.dir.path().join("q.tsv"),
        "q1\tdrones Gao\nq2\tintrouvable\n",
    )
    .expect("queries");
    let output = archive.run(&[
        "batch",
        "q.tsv",
        "--index",
        "corpus/.griot",
        "--format",
        "trec",
        "--timings",
    ]);
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(out.starts_with("q1 Q0 a.txt 1 "), "{out}");
    assert!(err.contains("1 of 2 queries without hits"), "{err}");
    let timings: Value = serde_json::from_str(err.lines().last().expect("a line")).expect("JSON");
    assert_eq!(timings["queries"], 2);
}

#[test]
fn completions_manuals_licences_and_help() {
    let archive = Archive::new(&[]);
    assert!(text(&archive.run(&["completions", "bash"])).contains("griot"));
    assert_eq!(archive.run(&["man", "man"]).status.code(), Some(0));
    let manual = std::fs::read_to_string(archive.dir.path().join("man/griot-search.1")).expect("the manual");
    assert!(manual.contains("Snippets per hit") && manual.contains("Exclude this region"));
    assert!(text(&archive.run(&["--licences"])).contains("GeoNames"));
    assert!(text(&archive.run(&["search", "--help"])).contains("export"));
}
