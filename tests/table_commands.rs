//! Timelines, tables and sheets as the binary writes them.

use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Archive(TempDir);

impl Archive {
    fn new(files: &[(&str, &str)]) -> Self {
        let archive = Self(tempfile::tempdir().expect("a temporary folder"));
        let corpus = archive.0.path().join("corpus");
        std::fs::create_dir(&corpus).expect("the corpus folder");
        for (name, text) in files {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        let output = archive.run(&["index", "corpus", "--quiet"]);
        assert!(output.status.success(), "{}", text(&output));
        archive
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("corpus/.griot")
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        command.current_dir(self.0.path()).env_remove("GRIOT_INDEX").env("COLUMNS", "80");
        if args[0] != "index" {
            command.env("GRIOT_INDEX", self.index());
        }
        command.args(args).output().expect("griot runs")
    }

    fn out(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

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
    assert!(lines[1].starts_with("2024-01       1  █") && lines[2].trim_end() == "2024-02       0", "{shown}");
    assert!(lines[3].starts_with("2024-03       1  █") && lines[4] == "1 without a date of this precision", "{shown}");
    assert_eq!(
        archive.out(&["timeline", "drone", "--format", "csv", "--share"]).replace('\r', ""),
        "month,articles,all_articles,share\n2024-01,1,1,1.000000\n2024-02,0,0,0.000000\n2024-03,1,2,0.500000\n"
    );
    // A date that is only a year is of that year.
    assert_eq!(archive.out(&["timeline", "drone", "--by", "year", "--format", "csv"]).replace('\r', ""), "year,articles\n2023,1\n2024,2\n");
    let split = archive.out(&["timeline", "--split", "region", "--format", "csv"]).replace('\r', "");
    assert!(split.starts_with("month,articles,Mali/Gao,Mali/Kayes,Mali/Mopti,(none)\n2024-01,1,1,0,1,0\n"), "{split}");
    assert!(archive.out(&["timeline", "drone", "--format", "svg"]).starts_with("<svg "));
    assert_eq!(archive.run(&["timeline", "--of", "event", "--by", "day"]).status.code(), Some(2));
}

#[test]
fn a_pivot_keeps_zero_rows_and_counts_each_article_once() {
    let archive = articles();
    let csv = archive.out(&["pivot", "drone", "--rows", "region", "--cols", "month", "--format", "csv"]).replace('\r', "");
    assert_eq!(
        csv,
        "region,total,2024-01,2024-02,2024-03,(none)\nMali/Gao,2,1,0,1,0\nMali/Kayes,0,0,0,0,0\nMali/Mopti,1,1,0,0,0\n(none),1,0,0,0,1\ntotal,3,1,0,1,1\n"
    );
    let countries = archive.out(&["pivot", "--rows", "region:1", "--cols", "year", "--format", "csv"]).replace('\r', "");
    assert_eq!(countries, "region,total,2023,2024\nMali,3,0,3\n(none),1,1,0\ntotal,4,1,3\n");
    let shown = archive.out(&["pivot", "--rows", "region", "--cols", "month", "--top", "1"]);
    assert!(shown.contains("Mali/Gao") && shown.contains("(others: 2)"), "{shown}");
    assert_eq!(archive.run(&["pivot", "--rows", "colour"]).status.code(), Some(2));
    assert_eq!(archive.run(&["pivot", "--rows", "region:0"]).status.code(), Some(2));
}

#[test]
fn sheets_open_in_a_french_spreadsheet() {
    let archive = articles();
    let sheet = archive.out(&["export", "--format", "csv", "--csv-excel"]);
    assert!(sheet.starts_with("\u{FEFF}id;title;date;") && sheet.contains("a;'=1+1;2024-01-05"), "{sheet}");
    let sheet = archive.out(&["timeline", "drone", "--share", "--format", "csv", "--csv-excel"]);
    assert!(sheet.contains("2024-03;1;2;0,500000\r\n"), "{sheet}");
    assert!(archive.out(&["export", "--format", "csv"]).contains("a,=1+1,"), "plain CSV changes nothing");
}
