//! The command line as one surface: what help shows, where results go and in which format, which letters are
//! options, and that no option is silently without effect.

use crate::common::{Indexed as Archive, command as command_in, text};
use std::process::Output;

fn articles() -> Archive {
    Archive::new(&[(
        "a.jsonl",
        r#"{"id": "a", "title": "Un", "text": "Le 3 mars 2024, un drone a frappé Gao : n tués.", "date": "2024-03-05"}
{"id": "b", "title": "Deux", "text": "Un drone a survolé Kidal le 12 mai 2023. Le 4 juin 2024, une embuscade à Ménaka.", "date": "2024-06-10"}
{"id": "c", "title": "Trois", "text": "Un drone.", "date": "2022", "event_month": "2022"}
"#,
    )])
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(archive: &Archive, name: &str) -> String {
    std::fs::read_to_string(archive.dir().join(name)).unwrap_or_default()
}

#[test]
fn help_has_groups_and_summaries_fit_a_screen() {
    let archive = articles();
    let help = archive.out(&["-h"]);
    assert!(
        help.contains("\nSearch:\n  search ") && help.contains("\nCorrect and maintain:\n  correct "),
        "{help}"
    );
    for command in ["search", "facets", "timeline", "pivot", "index", "export"] {
        let output = command_in(archive.dir())
            .env("COLUMNS", "100")
            .args([command, "-h"])
            .output()
            .expect("griot runs");
        let short = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(short.trim_end().lines().count() <= 50, "{short}");
        assert!(
            !short.contains("--not-region <"),
            "exclusions are named in the heading: {short}"
        );
        let (_, global) = short.split_once("Global options:\n").expect("the heading");
        assert!(
            global.contains("--index <DIR>") && !global.contains(":\n"),
            "{short}"
        );
    }
    let long = archive.out(&["search", "--help"]);
    assert!(
        long.contains("--not-region <REGION>") && long.contains("(also --lieu)"),
        "{long}"
    );
    let reads = archive.out(&["--version"]);
    assert!(
        reads.contains("index format ") && reads.contains(" .docx "),
        "{reads}"
    );
    let version = concat!(" ", env!("CARGO_PKG_VERSION"), "\n");
    assert!(archive.out(&["-V"]).ends_with(version) && archive.out(&["search", "-V"]).ends_with(version));
}

#[test]
fn every_result_can_go_to_a_file() {
    let archive = articles();
    let calls: [&[&str]; 20] = [
        &["search", "drone"],
        &["facets", "drone"],
        &["timeline", "drone"],
        &["pivot", "drone"],
        &["terms", "drone"],
        &["export", "drone"],
        &["show", "a"],
        &["similar", "a"],
        &["cite", "a"],
        &["chronology"],
        &["stats"],
        &["check"],
        &["correct", "--export"],
        &["lexicon", "candidates"],
        &["lexicon", "check"],
        &["saved", "list"],
        &["saved", "diff"],
        &["saved", "run"],
        &["analyze", "drones"],
        &["suggest", "dro"],
    ];
    archive.out(&["saved", "add", "drones", "drone"]);
    for call in calls {
        let to_file = [call, &["--output", "result"]].concat();
        let piped = archive.out(call);
        let output = archive.run(&to_file);
        assert_eq!(output.status.code(), Some(0), "{call:?}: {}", text(&output));
        assert_eq!(output.stdout.len(), 0, "{call:?}");
        let without_time = |text: &str| {
            let lines = text.lines().filter(|line| !line.contains(" ms)"));
            lines.collect::<Vec<_>>().join("\n")
        };
        // A run of a saved search is news only once.
        if call != ["saved", "run"] {
            assert_eq!(
                without_time(&read(&archive, "result")),
                without_time(&piped),
                "{call:?}"
            );
        }
        let is_there = archive.dir().join("result").is_file();
        assert!(is_there, "{call:?}");
        std::fs::remove_file(archive.dir().join("result")).expect("removed");
    }
    std::fs::write(archive.dir().join("q.tsv"), "q1\tdrone\n").expect("queries");
    archive.out(&["batch", "q.tsv", "-o", "run.trec"]);
    assert!(read(&archive, "run.trec").starts_with("q1 Q0 "));
}

#[test]
fn nothing_is_written_into_the_folder_of_an_index() {
    let archive = Archive::new(&[("a.txt", "Un drone à Gao.")]);
    for target in ["CURRENT", "x.csv", "gen-1/x.csv"] {
        let path = archive.index().join(target);
        let before = std::fs::read(&path).ok();
        let output = archive.run(&["export", "-o", &path.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(
            text(&output).contains("in the folder of an index"),
            "{}",
            text(&output)
        );
        assert_eq!(std::fs::read(&path).ok(), before);
    }
}

#[test]
fn the_ending_chooses_the_format() {
    let archive = articles();
    for (call, file, begins) in [
        (&["search", "drone"][..], "a.json", "{\"version\":1"),
        (&["search", "drone"], "a.jsonl", "{\"id\":"),
        (&["search", "drone"], "a.CSV", "rank,score,id"),
        (&["search", "drone"], "a.txt", "3 articles"),
        (&["timeline"], "a.svg", "<svg "),
        (&["export"], "a.csv", "id,title,date"),
        (&["analyze", "drones"], "a.tsv", "drones\t"),
        (&["--csv-excel", "pivot"], "a.csv", "\u{FEFF}month;total"),
    ] {
        let output = archive.run(&[call, &["--output", file]].concat());
        assert_eq!(error(&output), "", "{file}");
        assert!(read(&archive, file).starts_with(begins), "{file}");
    }
    let output = archive.run(&["pivot", "-o", "b.csv", "--format", "json"]);
    assert!(
        error(&output).contains("b.csv: written as json, because --format goes before the ending"),
        "{}",
        text(&output)
    );
    assert!(read(&archive, "b.csv").starts_with("{\"version\""));
    let output = archive.run(&["show", "a", "-o", "b.svg"]);
    assert!(
        error(&output).contains("it knows the endings .txt, .json") && error(&output).contains("griot show"),
        "{}",
        text(&output)
    );
    assert_eq!(output.status.code(), Some(2));
    let output = archive.run(&["export", "-o", "rows.dat"]);
    assert!(
        error(&output).contains("rows.dat: written as jsonl; the endings .jsonl, .csv"),
        "{}",
        text(&output)
    );
    assert!(archive.out(&["stats", "-o", "-"]).starts_with("index "));
}

#[test]
fn a_failure_leaves_the_former_file() {
    let archive = articles();
    archive.out(&["show", "a", "-o", "a.txt"]);
    let former = read(&archive, "a.txt");
    let output = archive.run(&["show", "absent", "-o", "a.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(!former.is_empty() && read(&archive, "a.txt") == former);
    // A file is no place for what is wrong.
    let output = archive.run(&["show", "absent", "-o", "a.json"]);
    assert!(
        output.stdout.is_empty() && read(&archive, "a.json").is_empty(),
        "{}",
        text(&output)
    );
    let output = archive.run(&["show", "a", "-o", "nowhere/a.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(error(&output).contains("nowhere/a.txt: "), "{}", text(&output));
    let names = std::fs::read_dir(archive.dir()).expect("listed").flatten();
    let parts = names.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(parts.count(), 0);
}

#[test]
fn files_have_no_colours() {
    let archive = articles();
    let output = archive.run(&["search", "--color", "always", "-o", "a.txt", "drone"]);
    assert!(
        error(&output).contains("--color has no effect: files are written without colours"),
        "{}",
        text(&output)
    );
    assert!(!read(&archive, "a.txt").contains('\u{1b}'));
    assert!(
        archive
            .out(&["search", "--color", "always", "drone"])
            .contains('\u{1b}')
    );
}

#[test]
fn letters_are_options_before_the_query() {
    let archive = articles();
    let ids = |args: &[&str]| -> Vec<String> {
        let out = archive.out(&[&["search", "--format", "jsonl"], args].concat());
        let id = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"]
                .as_str()
                .map(String::from)
        };
        out.lines().filter_map(id).collect()
    };
    assert_eq!(ids(&["drone"]).len(), 3);
    assert_eq!(ids(&["-n", "1", "drone"]).len(), 1);
    assert_eq!(ids(&["-n2", "drone"]).len(), 2);
    assert_eq!(ids(&["-gao", "drone"]).len(), 2, "other letters exclude");
    assert_eq!(ids(&["drone", "-gao"]).len(), 2);
    assert_eq!(ids(&["drone", "-n"]).len(), 2, "n is a word of the article a");
    assert_eq!(ids(&["--", "drone", "-n"]).len(), 2);
    let output = archive.run(&["search", "drone", "-o", "drone"]);
    let note = "-o after the first word excludes “o” from the query; as an option it goes before: griot search -o FILE …";
    assert!(error(&output).contains(note), "{}", text(&output));
    let output = archive.run(&["export", "drone", "-n", "5"]);
    assert!(
        error(&output).contains("griot export has no option -n"),
        "{}",
        text(&output)
    );
    let output = archive.run(&["search", "-q", "drone", "-n"]);
    assert_eq!(error(&output), "", "quiet");
    // Where there is no query, letters stand anywhere, and those that nobody knows are errors.
    archive.out(&["show", "a", "-o", "a.txt"]);
    assert_eq!(archive.run(&["show", "a", "-x"]).status.code(), Some(2));
    assert_eq!(
        archive.run(&["export", "-n", "1", "drone"]).status.code(),
        Some(2)
    );
}

#[test]
fn quiet_and_verbose_are_about_standard_error() {
    let archive = articles();
    let noted = archive.run(&["search", "--any"]);
    assert!(error(&noted).contains("--any has no effect"), "{}", text(&noted));
    let quiet = archive.run(&["search", "--any", "-q"]);
    assert!(error(&quiet).is_empty() && !quiet.stdout.is_empty());
    let failed = archive.run(&["show", "absent", "-q"]);
    assert!(error(&failed).contains("absent"), "errors are never quiet");
    let verbose = archive.run(&["stats", "-v"]);
    assert!(
        error(&verbose).contains("griot: index: ") && error(&verbose).contains("griot: done in "),
        "{}",
        text(&verbose)
    );
    assert_eq!(archive.run(&["stats", "-v", "-q"]).status.code(), Some(2));
}

#[test]
fn events_are_chosen_by_their_months() {
    let archive = articles();
    let ids = |args: &[&str]| -> Vec<String> {
        let answer = archive.json(&[&["search"], args].concat());
        let hits = answer["hits"].as_array().expect("hits").iter();
        let mut ids: Vec<String> = hits
            .filter_map(|hit| hit["id"].as_str().map(String::from))
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&["--event-since", "2024"]), ["a", "b"]);
    assert_eq!(
        ids(&["--event-since", "mars 2024", "--event-until", "2024-03"]),
        ["a"]
    );
    assert_eq!(
        ids(&["--event-until", "2023"]),
        ["b", "c"],
        "a year lies whole in it"
    );
    assert_eq!(ids(&["--event-until", "2022-06"]), Vec::<String>::new());
    assert_eq!(
        ids(&["--event-since", "2023-05-30", "--event-until", "2023-06"]),
        ["b"],
        "a day stands for its month"
    );
    assert_eq!(
        ids(&["--event-since", "2024-04", "--event-until", "2024-03"]),
        ["a"]
    );
    // Both must hold: it is no further value of the facet.
    assert_eq!(ids(&["--event-since", "2024", "--event-month", "2023-05"]), ["b"]);
    let output = archive.run(&["search", "--event-since", "bientôt"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    // Nothing found: the condition is named.
    let shown = archive.out(&["search", "drone", "--event-since", "2025"]);
    assert!(shown.contains("events since 2025 <-"), "{shown}");
    archive.out(&["saved", "add", "recent", "--event-since", "2024"]);
    assert!(
        archive
            .out(&["saved", "list"])
            .contains("recent  events since 2024")
    );
    assert!(archive.out(&["saved", "run", "recent"]).contains("2 new"));
    // The rows of events are those of that time.
    let rows = archive.out(&["export", "--rows", "events", "--event-since", "2024-06-01"]);
    assert!(
        rows.lines().count() == 1 && rows.contains("\"event_date\":\"2024-06-04\""),
        "{rows}"
    );
}

#[test]
fn all_words_is_the_default_by_name() {
    let archive = articles();
    let total =
        |args: &[&str]| archive.json(&[&["search", "drone", "embuscade"], args].concat())["total"].as_u64();
    assert_eq!((total(&["--all-words"]), total(&[])), (Some(1), Some(1)));
    assert_eq!(total(&["--any"]), Some(3));
    let both = archive.run(&["search", "drone", "--any", "--all-words"]);
    assert_eq!(both.status.code(), Some(2), "{}", text(&both));
}

/// Options that do nothing in the company of others: the note that says so, or, with code 2, the error.
const WITHOUT_EFFECT: [(&[&str], i32, &str); 40] = [
    (
        &["search", "--any"],
        0,
        "--any has no effect: there are no query words",
    ),
    (&["export", "--plain"], 0, "--plain has no effect"),
    (
        &["search", "drone", "--facets", "--format", "csv"],
        0,
        "--facets has no effect",
    ),
    (
        &["search", "drone", "--facets", "--format", "jsonl"],
        0,
        "--facets has no effect",
    ),
    (
        &["search", "drone", "--explain", "--format", "csv"],
        0,
        "--explain has no effect",
    ),
    (
        &["search", "drone", "--unfold", "--format", "csv"],
        0,
        "--unfold has no effect",
    ),
    (
        &["search", "drone", "--fragments", "0", "--snippet-length", "9"],
        0,
        "--snippet-length has no effect",
    ),
    (
        &["search", "drone", "--color", "always", "--format", "json"],
        0,
        "--color has no effect: only text",
    ),
    (
        &["search", "drone", "--csv-excel", "--format", "json"],
        0,
        "--csv-excel has no effect: the result is json",
    ),
    (&["search", "drone", "--page", "0"], 2, "write a number from 1 up"),
    (
        &["stats", "--csv-excel"],
        0,
        "--csv-excel has no effect: this command doesn't write CSV",
    ),
    (&["licences", "--csv-excel"], 0, "--csv-excel has no effect"),
    (
        &["licences", "--index", "corpus/.griot"],
        0,
        "--index has no effect",
    ),
    (
        &["lexicon", "check", "--index", "corpus/.griot"],
        0,
        "--index has no effect",
    ),
    (
        &["facets", "--evidence", "Gao", "--top", "3"],
        0,
        "--top has no effect: --evidence",
    ),
    (
        &["facets", "--evidence", "Gao", "--by", "name"],
        0,
        "--by has no effect",
    ),
    (
        &["facets", "--evidence", "Gao", "--region-division", "old"],
        0,
        "--region-division has no effect",
    ),
    (
        &["facets", "--evidence", "Gao", "--find", "Gao"],
        2,
        "cannot be used with",
    ),
    (
        &["facets", "--facet", "actor", "--region-division", "old"],
        0,
        "--region-division has no effect: no regions",
    ),
    (
        &["timeline", "--region-division", "old"],
        0,
        "--region-division has no effect",
    ),
    (
        &["timeline", "--split", "actor", "--region-division", "old"],
        0,
        "--region-division has no effect",
    ),
    (&["timeline", "--top", "3"], 2, "--split"),
    (
        &["timeline", "--of", "event", "--by", "day"],
        2,
        "by month or year",
    ),
    (
        &[
            "pivot",
            "--rows",
            "month",
            "--cols",
            "actor",
            "--region-division",
            "old",
        ],
        0,
        "--region-division has no effect",
    ),
    (&["export", "--rows", "events", "--with-text"], 2, "--with-text"),
    (&["show", "a", "--context", "1"], 2, "--query"),
    (
        &[
            "show",
            "a",
            "--query",
            "drone",
            "--context",
            "1",
            "--format",
            "json",
        ],
        0,
        "--context has no effect",
    ),
    (
        &["correct", "--export", "--format", "json"],
        0,
        "--format has no effect: --export writes CSV",
    ),
    (
        &["correct", "--export", "--csv-excel"],
        0,
        "--csv-excel has no effect",
    ),
    (&["batch", "q.tsv", "--facets"], 0, "--facets has no effect"),
    (
        &["batch", "q.tsv", "--snippets", "--format", "trec"],
        0,
        "--snippets has no effect",
    ),
    (&["batch", "q.tsv", "--repeat", "3"], 0, "--repeat has no effect"),
    (
        &["index", "corpus", "--dry-run", "--fail-unread"],
        0,
        "--fail-unread has no effect: --dry-run",
    ),
    (
        &["search", "--sort", "relevance"],
        0,
        "--sort has no effect: without words to rank by",
    ),
    (
        &["export", "--rows", "records", "--with-text"],
        0,
        "--with-text has no effect: records have",
    ),
    (
        &["export", "--sure"],
        0,
        "--sure has no effect: only rows of events",
    ),
    (
        &["pivot", "--rows", "month", "--cols", "year", "--top", "1"],
        0,
        "--top has no effect: months",
    ),
    (&["similar", "a", "--least", "3"], 2, "a share from 0 to 1"),
    (
        &["index", "corpus", "--csv-excel"],
        0,
        "--csv-excel has no effect: only the report is CSV",
    ),
    (
        &["index", "corpus", "--rebuild", "--checksum"],
        0,
        "--checksum has no effect",
    ),
];

/// Options that may look as if they did nothing, and do something.
const WITH_EFFECT: [&[&str]; 9] = [
    &["search", "drone", "--group", "--page", "2"],
    &["search", "drone", "--snippet-length", "40", "--format", "csv"],
    &["search", "drone", "--explain", "--format", "jsonl"],
    &["search", "drone", "--csv-excel"],
    &["facets", "--find", "gao", "--top", "1"],
    &["facets", "--region-division", "old"],
    &["pivot", "--region-division", "old"],
    &["batch", "q.tsv", "--repeat", "2", "--timings"],
    &["index", "corpus", "--csv-excel", "--report", "r.csv"],
];

#[test]
fn no_option_is_silently_without_effect() {
    let archive = articles();
    std::fs::write(archive.dir().join("q.tsv"), "q1\tdrone\n").expect("queries");
    for (call, code, message) in WITHOUT_EFFECT {
        let output = archive.run(call);
        assert_eq!(output.status.code(), Some(code), "{call:?}: {}", text(&output));
        assert!(error(&output).contains(message), "{call:?}: {}", error(&output));
    }
    for call in WITH_EFFECT {
        let output = archive.run(call);
        assert_eq!(output.status.code(), Some(0), "{call:?}: {}", text(&output));
        assert!(
            !error(&output).contains("no effect"),
            "{call:?}: {}",
            error(&output)
        );
    }
}
