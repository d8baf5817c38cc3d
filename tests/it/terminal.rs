//! What reaches a terminal: every command, in every form, on a pseudo-terminal, with names, ids, titles, texts, paths
//! and queries that try to steer it.

use crate::common::command;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

/// Codes that hide, retitle, clear and copy, in seven and eight bits; turned text; what nobody sees; line ends of
/// Unicode; a code that griot uses itself.
const HOSTILE: &str = "\u{1b}[8m\u{1b}]0;x\u{7}\u{9b}2J\u{9d}52;c;x\u{9c}\u{202e}\u{2066}\u{61c}\u{200b}\u{200d}\u{2060}\u{feff}\u{2028}\
                       \u{2029}\u{e0041}\u{7f}\r\u{8}\u{1b}[31mFORGED";

/// Codes for bold, dim, underline, four colours and their end, of griot and of clap's messages.
const OWN_CODES: [&str; 8] = [
    "\u{1b}[0m",
    "\u{1b}[1m",
    "\u{1b}[2m",
    "\u{1b}[4m",
    "\u{1b}[31m",
    "\u{1b}[32m",
    "\u{1b}[33m",
    "\u{1b}[36m",
];

/// What a progress bar writes.
const OF_A_BAR: [&str; 6] = [
    "\r",
    "\u{1b}[2K",
    "\u{1b}[1A",
    "\u{1b}[1B",
    "\u{1b}[K",
    "\u{1b}[J",
];

/// Folders, an index and saved searches with hostile names.
struct Hostile {
    dir: TempDir,
    corpus: PathBuf,
    index: PathBuf,
    schema: PathBuf,
}

impl Hostile {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let corpus = dir.path().join(format!("corpus{HOSTILE}"));
        let index = dir.path().join(format!("index{HOSTILE}"));
        std::fs::create_dir(&corpus).expect("a folder");
        let record = |id: &str| {
            serde_json::json!({
                "id": format!("{id}{HOSTILE}"), "title": format!("Drones à Gao {HOSTILE}"), "date": "2024-03-05",
                "text": format!("Des drones ont frappé Gao le 3 mars 2024 {HOSTILE}. Trois soldats ont été tués à Kidal.{HOSTILE}"),
                "url": format!("https://ex.ml/{HOSTILE}"), "source": format!("Le Fil {HOSTILE}"),
                "author": format!("Awa {HOSTILE}"), "lang": format!("fr{HOSTILE}"), format!("clé{HOSTILE}"): HOSTILE,
            })
        };
        let records = format!("{}\n{}\n{{{HOSTILE}\n", record("a"), record("b"));
        let table = format!(
            "id{HOSTILE},titre,texte,{HOSTILE}\n\"1{HOSTILE}\",Gao,\"Un drone à Gao. {HOSTILE}\",x\n"
        );
        for (name, content) in [
            ("a.jsonl", records),
            ("b.csv", table),
            ("c.txt", format!("Drones {HOSTILE}\n\nUn drone à Gao. {HOSTILE}")),
            ("d.unknown", HOSTILE.to_string()),
            ("e.zip", HOSTILE.to_string()),
        ] {
            let (stem, extension) = name.split_once('.').expect("a name");
            std::fs::write(corpus.join(format!("{stem}{HOSTILE}.{extension}")), content).expect("a file");
        }
        let not_text = [b"f", HOSTILE.as_bytes(), b"\x9b2J\xff.txt"].concat();
        std::fs::write(corpus.join(OsStr::from_bytes(&not_text)), "Un drone à Gao.").expect("a file");
        let corrections =
            format!("id,facet,action,value,note\n\"a{HOSTILE}\",region,set,Kidal,\"vu {HOSTILE}\"\n");
        std::fs::write(dir.path().join("corrections.csv"), corrections).expect("a file");
        let sheet = format!("date,place,note\n2024-03-16,\"Gao {HOSTILE}\",x\n\"{HOSTILE}\",Gao,x\n");
        std::fs::write(dir.path().join("sheet.csv"), sheet).expect("a file");
        let queries = format!("1{HOSTILE}\tdrones {HOSTILE}\nq{HOSTILE}\tzzz{HOSTILE}\n2\tdrones\n");
        std::fs::write(dir.path().join("queries.tsv"), queries).expect("a file");
        let schema = dir.path().join(format!("schema{HOSTILE}"));
        std::fs::create_dir(&schema).expect("a folder");
        std::fs::write(schema.join("actors.toml"), format!("{HOSTILE} = [")).expect("a file");
        let hostile = Self {
            dir,
            corpus,
            index,
            schema,
        };
        hostile.shown(&["index", &hostile.corpus.display().to_string(), "--quiet"]);
        hostile
    }

    /// The id of an article, as programs get it.
    fn id(&self) -> String {
        let mut command = command(self.dir.path());
        let args = ["search", "frappé", "--format", "json"];
        let output = command
            .env("GRIOT_INDEX", &self.index)
            .args(args)
            .output()
            .expect("griot runs");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        answer["hits"][0]["id"].as_str().expect("an id").to_string()
    }

    /// What a call shows on a terminal, and how it ends.
    fn shown(&self, args: &[&str]) -> (String, Option<i32>) {
        let (mut terminal, side) = pseudo_terminal();
        let mut command = command(self.dir.path());
        command
            .env("GRIOT_INDEX", &self.index)
            .env("TERM", "xterm")
            .args(args)
            .stdin(Stdio::null())
            .stdout(side.try_clone().expect("a copy"))
            .stderr(side);
        let mut child = command.spawn().expect("griot runs");
        // The command holds the other side as long as it lives.
        drop(command);
        let mut bytes = Vec::new();
        // Ends with an error when nobody holds the other side any more.
        let _ = terminal.read_to_end(&mut bytes);
        let code = child.wait().expect("it ends").code();
        (
            String::from_utf8(bytes).unwrap_or_else(|error| panic!("{args:?}: {error}")),
            code,
        )
    }
}

/// Both sides of a pseudo-terminal that hands on everything as it is.
fn pseudo_terminal() -> (File, File) {
    let outer =
        openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("a pseudo-terminal");
    grantpt(&outer).expect("granted");
    unlockpt(&outer).expect("unlocked");
    let name = ptsname(&outer, Vec::new()).expect("a name");
    let path = Path::new(OsStr::from_bytes(name.as_bytes()));
    let inner = File::options()
        .read(true)
        .write(true)
        .open(path)
        .expect("its other side");
    let mut how = tcgetattr(&inner).expect("its settings");
    how.make_raw();
    tcsetattr(&inner, OptionalActions::Now, &how).expect("set");
    (File::from(outer), inner)
}

/// Whether a terminal would obey a character, turn text by it, or not show it; told apart from griot's own list.
fn is_hostile(c: char) -> bool {
    let code = u32::from(c);
    let is_control = code < 0x20 && c != '\n' && c != '\t' || (0x7f..0xa0).contains(&code);
    let turns = matches!(code, 0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069);
    let is_unseen = matches!(code, 0x200b..=0x200d | 0x2060..=0x2064 | 0xfeff | 0xe0000..=0xe007f);
    is_control || turns || is_unseen || matches!(code, 0x2028 | 0x2029)
}

/// The hostile characters of what was shown, once codes of griot's own are taken away.
fn hostile_of(shown: &str, with_bar: bool) -> BTreeSet<char> {
    let mut rest = shown.to_string();
    let of_bar = if with_bar { &OF_A_BAR[..] } else { &[] };
    for code in OWN_CODES.iter().chain(of_bar) {
        rest = rest.replace(code, "");
    }
    rest.chars().filter(|c| is_hostile(*c)).collect()
}

/// What stands for any code but that of success.
const FAILS: i32 = -1;

/// Every call, with the code that it ends with.
fn calls(hostile: &Hostile) -> Vec<(Vec<String>, i32)> {
    let (corpus, index) = (
        hostile.corpus.display().to_string(),
        hostile.index.display().to_string(),
    );
    let (id, name, schema) = (
        hostile.id(),
        format!("nom{HOSTILE}"),
        hostile.schema.display().to_string(),
    );
    let copy = hostile
        .dir
        .path()
        .join(format!("copy{HOSTILE}"))
        .display()
        .to_string();
    let man = hostile
        .dir
        .path()
        .join(format!("man{HOSTILE}"))
        .display()
        .to_string();
    let value = format!("region=Kidal{HOSTILE}");
    let (query, missing) = (format!("drones {HOSTILE}"), format!("{corpus}/rien"));
    let mut calls: Vec<(Vec<String>, i32)> = Vec::new();
    let mut call = |args: &[&str], formats: &[&str], code: i32| {
        for format in formats {
            let format = match *format {
                "" => vec![],
                format => vec!["--format", format],
            };
            calls.push((
                args.iter().chain(&format).map(ToString::to_string).collect(),
                code,
            ));
        }
    };
    let (text_json, table) = (["text", "json"], ["text", "json", "csv"]);
    call(&["index", &corpus, "--dry-run"], &text_json, 0);
    call(&["index", &corpus], &["text"], 0);
    call(&["index", &corpus, "--rebuild"], &text_json, 3);
    call(&["index", &missing], &text_json, 0);
    call(&["index", "--forget", &missing], &text_json, FAILS);
    call(&["index", &corpus, "--column", HOSTILE], &text_json, FAILS);
    for format in ["text", "json", "jsonl", "csv"] {
        call(&["search", "drones"], &[format], 0);
        call(
            &["search", "drones", "--explain", "--facets", "--unfold"],
            &[format],
            0,
        );
        call(&["search", &query, "--any", "--explain"], &[format], 0);
        call(&["search", &query, "--where", &value], &[format], 0);
        call(&["--csv-excel", "search", "drones"], &[format], 0);
    }
    call(&["search", "drones", "--region", HOSTILE], &text_json, 0);
    call(&["search", &format!("(\"{query}")], &text_json, 0);
    call(&["facets", "drones"], &text_json, 0);
    call(&["facets", &query, "--any"], &text_json, 0);
    call(&["facets", "--facet", "source"], &text_json, 0);
    call(&["facets", "--facet", HOSTILE], &text_json, FAILS);
    call(&["facets", "--evidence", "Mali/Gao"], &text_json, 0);
    call(&["facets", "--find", HOSTILE], &text_json, 0);
    call(
        &["timeline", "drones", "--split", "source"],
        &["text", "json", "csv", "svg"],
        0,
    );
    call(
        &["pivot", "drones", "--rows", "source", "--cols", "region"],
        &table,
        0,
    );
    call(&["pivot", "drones", "--rows", HOSTILE], &table, FAILS);
    call(&["lexicon", "check", "--schema", &schema], &text_json, FAILS);
    call(&["lexicon", "candidates", "drones"], &text_json, 0);
    call(&["show", &id], &text_json, 0);
    call(&["show", &id, "--query", &query, "--context", "1"], &text_json, 0);
    call(&["show", HOSTILE], &text_json, FAILS);
    call(&["terms", "drones", "--limit", "50"], &table, 0);
    call(&["similar", &id, "--least", "0"], &text_json, 0);
    call(&["cite", &id, "--query", "drones"], &text_json, 0);
    let references = ["bibtex", "ris", "csl-json"];
    call(&["cite", &id, "--query", "drones"], &references, 0);
    call(&["cite", "--query", &query], &["text", "ris"], 0);
    call(&["cite", HOSTILE], &text_json, FAILS);
    call(&["chronology"], &["text", "csv", "json", "html"], 0);
    call(&["chronology", &query, "--any"], &["text", "html"], 0);
    call(&["chronology"], &["xlsx"], FAILS);
    call(&["dossier", "drones"], &["html", "md"], 0);
    call(
        &["dossier", "drones", "--passages", "--title", HOSTILE],
        &["html", "md"],
        0,
    );
    call(&["dossier", "drones"], &["docx"], FAILS);
    call(&["events"], &["text", "csv", "jsonl", "geojson"], 0);
    call(&["export"], &["xlsx"], FAILS);
    call(&["saved", "add", &name, &query, "--any"], &[""], 0);
    call(&["saved", "add", &name, "drones"], &[""], FAILS);
    call(&["saved", "list"], &text_json, 0);
    call(&["saved", "diff"], &text_json, 0);
    call(&["saved", "run", &name], &text_json, 0);
    call(&["saved", "run", HOSTILE], &text_json, FAILS);
    call(&["saved", "remove", &name], &[""], 0);
    call(&["correct", "corrections.csv"], &text_json, 0);
    call(&["correct", "--export"], &text_json, 0);
    call(&["correct", "queries.tsv"], &text_json, FAILS);
    let none = [""];
    call(
        &[
            "correct", "set", &id, "region", &query, "--note", HOSTILE, "--by", HOSTILE,
        ],
        &none,
        0,
    );
    call(&["correct", "set", HOSTILE, HOSTILE, HOSTILE], &none, FAILS);
    call(
        &["correct", "set", &id, "killed", "3", "--passage", HOSTILE],
        &none,
        FAILS,
    );
    call(&["mark", &id, HOSTILE], &none, 0);
    call(&["correct", "list", "--past"], &table, 0);
    call(&["correct", "undo", "--by", HOSTILE], &none, 0);
    call(
        &[
            "lexicon", "add", "place", &name, "--region", "Gao", "--note", HOSTILE, "--by", HOSTILE,
        ],
        &none,
        0,
    );
    call(
        &["lexicon", "add", "place", "Xa", "--region", HOSTILE],
        &none,
        FAILS,
    );
    call(&["lexicon", "list"], &table, 0);
    call(&["lexicon", "export"], &none, 0);
    call(&["lexicon", "import", "queries.tsv"], &none, FAILS);
    call(&["lexicon", "remove", &name], &none, 0);
    call(&["lexicon", "remove", HOSTILE], &none, FAILS);
    call(
        &["compare", "sheet.csv", "--date", "date", "--place", "place"],
        &table,
        0,
    );
    call(&["compare", "queries.tsv"], &table, FAILS);
    // A server doesn't end by itself.
    call(&["serve", "--token-file", HOSTILE], &[""], FAILS);
    call(&["serve", "--listen", HOSTILE], &[""], FAILS);
    call(&["suggest", "dron"], &text_json, 0);
    call(&["suggest", HOSTILE], &text_json, 0);
    call(&["stats"], &text_json, 0);
    // The index has a name that no unit file can hold.
    call(&["install-watch", "."], &[""], FAILS);
    call(&["stats", "--unread"], &text_json, 0);
    call(&["check", "--deep"], &text_json, 0);
    call(&["--index", &missing, "check"], &text_json, FAILS);
    call(&["snapshot", &copy], &["text"], 0);
    call(&["snapshot", &copy], &text_json, FAILS);
    call(&["snapshot", &index], &text_json, FAILS);
    let push = ["push", "--as-is", "--to", "http://127.0.0.1:9", "--patience", "0"];
    call(&push, &text_json, 7);
    call(&["push", "--to", HOSTILE], &text_json, FAILS);
    call(&[&push[..], &["--name", HOSTILE]].concat(), &text_json, FAILS);
    for rows in ["articles", "events", "mentions", "records"] {
        call(&["export", "--rows", rows], &["jsonl", "csv"], 0);
    }
    call(&["export", "--with-text"], &["csv"], 0);
    call(&["analyze", &query], &["text", "json", "tsv"], 0);
    call(
        &["batch", "queries.tsv", "--snippets", "--timings"],
        &["csv", "jsonl", "trec"],
        0,
    );
    call(&["batch", &missing], &["csv", "jsonl", "trec"], FAILS);
    call(&["completions", "bash"], &[""], 0);
    call(&["man", &man], &[""], 0);
    call(&["licences"], &[""], 0);
    call(&["help"], &[""], 0);
    call(&[HOSTILE], &[""], FAILS);
    call(&["search", &format!("--{HOSTILE}")], &["", "json"], FAILS);
    call(&["search", "--limit", HOSTILE], &["", "json"], FAILS);
    call(&["--color", HOSTILE, "stats"], &["", "json"], FAILS);
    calls
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    let hostile = Hostile::new();
    let (mut escaped, mut wrong) = (0, Vec::new());
    for ((args, code), colour) in calls(&hostile)
        .iter()
        .zip(["--color=auto", "--color=never"].into_iter().cycle())
    {
        let mut all = vec![colour];
        all.extend(args.iter().map(String::as_str));
        let (shown, ended) = hostile.shown(&all);
        let found = hostile_of(&shown, args[0] == "index");
        if !found.is_empty() || shown.contains("\u{1b}[31mFORGED") {
            wrong.push(format!("{args:?}: {found:?} in {shown:?}"));
        }
        let as_expected = match *code {
            FAILS => ended.is_some_and(|ended| (1..=4).contains(&ended)),
            code => ended == Some(code),
        };
        if !as_expected {
            wrong.push(format!("{args:?} ended with {ended:?}, not {code}: {shown}"));
        }
        let is_json = args.iter().any(|arg| arg == "json" || arg == "jsonl");
        escaped += usize::from(shown.contains(if is_json { "\\u202e" } else { "\\u{202E}" }));
    }
    assert!(wrong.is_empty(), "{} calls:\n{}", wrong.len(), wrong.join("\n\n"));
    // They did show what is in the archive.
    assert!(escaped > 60, "{escaped}");
}

#[test]
fn json_on_a_terminal_is_the_same_json() {
    let hostile = Hostile::new();
    let args = ["export", "--rows", "records"];
    let (shown, _) = hostile.shown(&args);
    let mut command = command(hostile.dir.path());
    let piped = command
        .env("GRIOT_INDEX", &hostile.index)
        .args(args)
        .output()
        .expect("griot runs");
    let piped = String::from_utf8(piped.stdout).expect("text");
    assert!(
        piped.contains('\u{202e}') && !shown.contains('\u{202e}'),
        "{piped}"
    );
    let values = |text: &str| -> Vec<serde_json::Value> {
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    };
    assert_eq!(values(&shown), values(&piped));
}

#[test]
fn every_command_is_called() {
    let hostile = Hostile::new();
    let (mut help, _) = hostile.shown(&["help"]);
    OWN_CODES.iter().for_each(|code| help = help.replace(code, ""));
    let commands = help
        .lines()
        .take_while(|line| !line.starts_with("Global options:"));
    let commands: BTreeSet<String> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .flat_map(|line| {
            // A command with what it does, or names with commas.
            let words = line.split_whitespace();
            let names = words.scan(true, |more, word| {
                let is_name = std::mem::replace(more, word.ends_with(','));
                is_name.then(|| word.trim_end_matches(',').to_string())
            });
            names.collect::<Vec<_>>()
        })
        .collect();
    assert!(commands.len() > 20, "{help}");
    let called: BTreeSet<String> = calls(&hostile).into_iter().flat_map(|(args, _)| args).collect();
    let not_called: Vec<_> = commands.difference(&called).collect();
    assert!(not_called.is_empty(), "{not_called:?}");
}
