//! Readable pages as tests: each `tests/pages/*.md` holds a few files, then queries with what they must give.
//! A new page gets its line in `pages!` below.
//!
//! A page is prose with fenced blocks:
//!
//! - ` ```file NAME ` a file of the archive; its name decides the format;
//! - ` ```query ` options and words as typed after `griot search` (single quotes group);
//! - ` ```expect ` what the query before it gives, a line each: `hits: a.txt, b.txt` (in this order), `found:
//!   a.txt, b.txt` (in any order), `total: 2`, `snippet a.txt: Les [drones] ont` (a part of a snippet, marks
//!   in brackets), `count region: Mali 2, Mali/Gao 1` (these counts), `given region: Mali 1` (so many of them
//!   given), `note: words` (a note contains them), `no notes`;
//! - ` ```show NAME ` lines that `griot show NAME` must contain;
//! - ` ```events NAME ` the events of that file, and no others, in order of reading: `2024-03-16 | Djibo | 12 dead` (`-`
//!   for what isn't known);
//! - ` ```sides NAME ` who did it and to whom, of the same events: `Djibo | by Jnim (claimed) | against civils`.

use crate::common::{command, text};
use std::path::{Path, PathBuf};

/// A test for each page, named after it.
macro_rules! pages {
    ($($name:ident,)*) => {
        $(#[test]
        fn $name() {
            check_page(stringify!($name));
        })*

        const PAGES: &[&str] = &[$(stringify!($name)),*];
    };
}

pages! {
    accents_and_apostrophes,
    compounds,
    contradictions,
    events,
    events_one_by_one,
    five_reports,
    given_and_derived,
    given_metadata,
    inflections,
    languages,
    media,
    names_and_compounds,
    numbers_and_typography,
    places_told_apart,
    query_operators,
    snippets,
    what_a_place_is_to_the_story,
    what_is_on_the_disk,
    who_did_it,
    without_values,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// A page without its line above would silently not be checked.
#[test]
fn every_page_has_its_test() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .expect("tests/pages")
        .map(|entry| entry.expect("a page").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .replace('-', "_")
        })
        .collect();
    found.sort();
    assert_eq!(
        found,
        PAGES,
        "the pages of tests/pages and those listed in {}",
        file!()
    );
}

struct Block {
    line: usize,
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut open: Option<(Block, String)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match open.take() {
            None => {
                let ticks: String = line.chars().take_while(|c| *c == '`').collect();
                if ticks.len() >= 3 {
                    open = Some((
                        Block {
                            line: number,
                            info: line[ticks.len()..].trim().into(),
                            text: String::new(),
                        },
                        ticks,
                    ));
                }
            }
            Some((block, fence)) if line.trim_end() == fence => out.push(block),
            Some((mut block, fence)) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some((block, fence));
            }
        }
    }
    out
}

/// Splits as a shell does, with single quotes only.
fn words(line: &str) -> Vec<String> {
    let (mut out, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.trim().chars() {
        match c {
            '\'' if quoted || word.is_empty() => {
                quoted = !quoted;
                begun = true;
            }
            ' ' if !quoted => {
                if begun || !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => word.push(c),
        }
    }
    if begun || !word.is_empty() {
        out.push(word);
    }
    out
}

/// Checks all that a page expects, and fails with everything that is otherwise.
fn check_page(name: &str) {
    let path = folder().join(format!("{}.md", name.replace('_', "-")));
    let page = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let blocks = blocks(&page);
    let mut run = Run::new(&blocks);
    for block in &blocks {
        let failures = run.failures.len();
        run.take(block);
        for failure in &mut run.failures[failures..] {
            *failure = format!("{}:{}: {failure}", path.display(), block.line);
        }
    }
    assert!(run.checked > 0, "{}: the page checks nothing", path.display());
    assert!(
        run.failures.is_empty(),
        "{} of {} checks failed\n{}",
        run.failures.len(),
        run.checked,
        run.failures.join("\n")
    );
}

/// The archive of a page, and what has come of its blocks so far.
struct Run {
    dir: tempfile::TempDir,
    /// What the last query typed, and its answer.
    answer: Option<(String, serde_json::Value)>,
    /// The events of all files, once they were asked for.
    rows: Option<Vec<serde_json::Value>>,
    checked: usize,
    failures: Vec<String>,
}

impl Run {
    fn new(blocks: &[Block]) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for block in blocks {
            if let Some(name) = block.info.strip_prefix("file ") {
                let path = dir.path().join("corpus").join(name.trim());
                std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
                std::fs::write(path, &block.text).expect("a file");
            }
        }
        let run = Self {
            dir,
            answer: None,
            rows: None,
            checked: 0,
            failures: Vec::new(),
        };
        run.griot(&["index", "corpus", "--index", "index", "--quiet"])
            .unwrap_or_else(|error| panic!("{error}"));
        run
    }

    /// What the command writes on stdout.
    fn griot(&self, args: &[&str]) -> Result<String, String> {
        let output = command(self.dir.path()).args(args).output().expect("griot runs");
        if matches!(output.status.code(), Some(0 | 3)) {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!(
                "griot {args:?} ended with {:?}\n{}",
                output.status,
                text(&output)
            ))
        }
    }

    fn take(&mut self, block: &Block) {
        if block.info == "query" {
            match self.ask(&block.text) {
                Ok(answer) => self.answer = Some((block.text.trim().into(), answer)),
                Err(error) => {
                    self.answer = None;
                    self.failures.push(error);
                }
            }
        } else if block.info == "expect" {
            self.expect(&block.text);
        } else if let Some(id) = block.info.strip_prefix("show ") {
            self.show(id.trim(), &block.text);
        } else if let Some(id) = block.info.strip_prefix("events ") {
            self.events(id.trim(), &block.text, event);
        } else if let Some(id) = block.info.strip_prefix("sides ") {
            self.events(id.trim(), &block.text, sides);
        }
    }

    fn ask(&self, typed: &str) -> Result<serde_json::Value, String> {
        let typed = words(typed);
        let mut args = vec![
            "search", "--index", "index", "--format", "json", "--facets", "--limit", "50",
        ];
        args.extend(typed.iter().map(String::as_str));
        let out = self.griot(&args)?;
        serde_json::from_str(&out).map_err(|e| format!("{e}: {out}"))
    }

    fn expect(&mut self, lines: &str) {
        let Some((query, answer)) = &self.answer else {
            self.failures
                .push("expect without a query that was answered".into());
            return;
        };
        for line in lines.lines().filter(|l| !l.trim().is_empty()) {
            self.checked += 1;
            if let Err(found) = check(line.trim(), answer) {
                self.failures
                    .push(format!("{query}\n  expected {line}\n  found    {found}"));
            }
        }
    }

    fn events(&mut self, id: &str, lines: &str, shown: fn(&serde_json::Value) -> String) {
        self.checked += 1;
        if self.rows.is_none() {
            match self.griot(&["events", "--index", "index", "--format", "jsonl"]) {
                Ok(rows) => {
                    let rows = rows.lines().map(|line| serde_json::from_str(line).expect("JSON"));
                    self.rows = Some(rows.collect());
                }
                Err(error) => return self.failures.push(error),
            }
        }
        let rows = self.rows.iter().flatten();
        let found: Vec<String> = rows.filter(|row| row["id"] == id).map(shown).collect();
        let wanted: Vec<&str> = lines.lines().filter(|l| !l.trim().is_empty()).collect();
        if found != wanted {
            self.failures.push(format!(
                "events of {id}\n  expected {wanted:?}\n  found    {found:?}"
            ));
        }
    }

    fn show(&mut self, id: &str, lines: &str) {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = self.griot(&["show", id, "--index", "index"]);
        for line in lines.lines().filter(|l| !l.trim().is_empty()) {
            self.checked += 1;
            match &shown {
                Ok(out) if flat(out).contains(&flat(line)) => {}
                Ok(out) => self
                    .failures
                    .push(format!("griot show {id} lacks: {line}\n{out}")),
                Err(error) => self.failures.push(error.clone()),
            }
        }
    }
}

/// An event as the block `events` has it.
fn event(row: &serde_json::Value) -> String {
    let dead = row["killed"].as_u64().map_or("-".into(), |n| format!("{n} dead"));
    let date = row["event_date"].as_str().unwrap_or("-");
    format!("{date} | {} | {dead}", row["place"].as_str().unwrap_or("-"))
}

/// Who did it and to whom, as the block `sides` has it.
fn sides(row: &serde_json::Value) -> String {
    let names = |key: &str| {
        let names = row[key].as_array().into_iter().flatten();
        let names = names.filter_map(|name| name.as_str()?.rsplit('/').next());
        let names = names.collect::<Vec<_>>().join(", ");
        if names.is_empty() { "-".to_string() } else { names }
    };
    let basis = row["by_basis"].as_str();
    let basis = basis.map_or_else(String::new, |basis| format!(" ({basis})"));
    let place = row["place"].as_str().unwrap_or("-");
    format!(
        "{place} | by {}{basis} | against {}",
        names("by"),
        names("against")
    )
}

/// Checks one line; the error says what was found instead.
fn check(line: &str, answer: &serde_json::Value) -> Result<(), String> {
    let ids: Vec<&str> = answer["hits"]
        .as_array()
        .map(|hits| hits.iter().filter_map(|h| h["id"].as_str()).collect())
        .unwrap_or_default();
    let list = |text: &str| -> Vec<String> {
        text.split(',')
            .map(|v| v.trim().to_string())
            .filter(|v| !v.is_empty())
            .collect()
    };
    let same = |good: bool, found: String| if good { Ok(()) } else { Err(found) };
    if let Some(wanted) = line.strip_prefix("hits:") {
        return same(list(wanted) == ids, format!("{ids:?}"));
    }
    if let Some(wanted) = line.strip_prefix("found:") {
        let (mut wanted, mut found) = (list(wanted), ids.clone());
        wanted.sort();
        found.sort_unstable();
        return same(wanted == found, format!("{ids:?}"));
    }
    if let Some(wanted) = line.strip_prefix("total:") {
        return same(
            answer["total"].as_u64() == wanted.trim().parse().ok(),
            answer["total"].to_string(),
        );
    }
    if let Some(rest) = line.strip_prefix("snippet ") {
        let (id, wanted) = rest.split_once(':').ok_or("snippet ID: TEXT")?;
        let hit = answer["hits"]
            .as_array()
            .and_then(|hits| hits.iter().find(|h| h["id"] == id.trim()))
            .ok_or(format!("no hit {id}"))?;
        let shown: Vec<String> = hit["snippets"]
            .as_array()
            .into_iter()
            .flatten()
            .map(marked)
            .collect();
        return same(
            shown.iter().any(|s| s.contains(wanted.trim())),
            format!("{shown:?}"),
        );
    }
    for number in ["count", "given"] {
        let Some(rest) = line.strip_prefix(number).filter(|rest| rest.starts_with(' ')) else {
            continue;
        };
        let (facet, wanted) = rest.split_once(':').ok_or("count FACET: VALUE N, …")?;
        let mut counts = Vec::new();
        flatten(&answer["facets"][facet.trim()], number, &mut counts);
        let missing: Vec<String> = list(wanted).into_iter().filter(|w| !counts.contains(w)).collect();
        return same(missing.is_empty(), format!("{counts:?}, without {missing:?}"));
    }
    let notes: Vec<&str> = answer["notes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|n| n.as_str())
        .collect();
    if let Some(wanted) = line.strip_prefix("note:") {
        return same(
            notes.iter().any(|n| n.contains(wanted.trim())),
            format!("{notes:?}"),
        );
    }
    if line == "no notes" {
        return same(notes.is_empty(), format!("{notes:?}"));
    }
    Err("(a line that the runner doesn't know)".into())
}

fn marked(snippet: &serde_json::Value) -> String {
    let part = |p: &serde_json::Value| {
        let text = p["text"].as_str().unwrap_or_default();
        if p["hit"] == true {
            format!("[{text}]")
        } else {
            text.to_string()
        }
    };
    snippet["parts"]
        .as_array()
        .into_iter()
        .flatten()
        .map(part)
        .collect()
}

fn flatten(values: &serde_json::Value, number: &str, out: &mut Vec<String>) {
    for value in values.as_array().into_iter().flatten() {
        out.push(format!(
            "{} {}",
            value["value"].as_str().unwrap_or_default(),
            value[number]
        ));
        flatten(&value["children"], number, out);
    }
}
