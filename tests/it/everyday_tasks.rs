//! Everything that `docs/tasks.md` says to type, run on the sample archive.

use crate::common::command;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// What the page leaves open, and an example of it.
const OPEN: [(&str, &str); 3] = [
    ("ID", "nord/aeroport-gao.md"),
    ("QUERY", "'armée malienne'"),
    ("~/pages", "corpus"),
];

/// Files that people have themselves.
const FILES: [(&str, &str); 4] = [
    (
        "acled.csv",
        "event_id_cnty,event_date,location\nMLI1,16 March 2024,Danderesso\nMLI2,2024-03-20,Kidal\n",
    ),
    ("fiche.csv", "jour;localité\n16/03/2024;Amasrakad\n"),
    ("villages.txt", "Tinzaouatène\nDjibo\nNullepart\n"),
    (
        "corrections.csv",
        "id,facet,action,value,note\nnord/aeroport-gao.md,region,add,Mali/Kidal,Vu avec l'auteur.\n",
    ),
];

/// What stays until it is told to end, or names a folder that a sentence on the page says how to make.
fn is_left_out(typed: &str) -> bool {
    typed.contains("--watch") || typed.contains("my-schema") || typed == "griot show"
}

/// The commands of the page.
fn commands() -> Vec<String> {
    let page = include_str!("../../docs/tasks.md");
    let spans = page
        .lines()
        .filter(|line| line.starts_with('|'))
        .flat_map(|line| {
            let spans = line.split('`').skip(1).step_by(2);
            spans
                .filter(|span| *span == "griot" || span.starts_with("griot "))
                .map(|span| span.replace("\\|", "|"))
        });
    spans.filter(|typed| !is_left_out(typed)).collect()
}

/// The command with what the page leaves open filled in.
fn filled_in(typed: &str) -> String {
    let words = typed.split(' ').map(|word| {
        OPEN.iter()
            .find(|(open, _)| *open == word)
            .map_or(word, |(_, example)| example)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("listed").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            // An index of those who work on griot is no part of the archive.
            true if entry.file_name() == ".griot" => {}
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).expect("copied")),
        }
    }
}

/// A shell in which `griot` is the one under test.
fn shell(dir: &Path, typed: &str) -> Command {
    let griot = Path::new(env!("CARGO_BIN_EXE_griot"));
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", typed])
        .current_dir(dir)
        .env("LC_ALL", "C")
        .env_remove("GRIOT_LANG")
        .env_remove("GRIOT_INDEX");
    shell.env(
        "PATH",
        format!("{}:{path}", griot.parent().expect("a folder").display()),
    );
    shell.env("XDG_STATE_HOME", dir.join("state"));
    shell
}

#[test]
fn all_that_the_page_says_to_type_gives_something() {
    let dir = TempDir::new().expect("a folder");
    let archive = dir.path();
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        &archive.join("corpus"),
    );
    for (name, text) in FILES {
        std::fs::write(archive.join(name), text).expect("written");
    }
    let built = command(archive)
        .args(["index", "corpus", "--index", ".griot", "--quiet"])
        .output()
        .expect("griot runs");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let commands = commands();
    assert!(commands.len() > 35, "{commands:#?}");
    for typed in commands {
        let typed = filled_in(&typed);
        let output = shell(archive, &typed).output().expect("a shell");
        let said = format!(
            "{typed}\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{said}");
        let is_silent = typed.contains(" > ")
            || typed.contains(" -o ")
            || typed.contains("--quiet")
            || typed.contains("--report")
            || typed.contains("saved add");
        assert!(is_silent || !output.stdout.is_empty(), "{said}");
        assert!(!said.contains("griot: note: "), "{said}");
    }
    for made in [
        "kidal.svg",
        "events.csv",
        "files.csv",
        "refs.ris",
        "all.bib",
        "dossier.html",
        "chrono.html",
        "tolls.csv",
        "sorted.csv",
        "events.xlsx",
        "events.geojson",
        "gao.csv",
        "gao.csv.provenance.json",
    ] {
        let size = std::fs::metadata(archive.join(made)).map_or(0, |file| file.len());
        assert!(size > 100, "{made} has {size} bytes");
    }
}
