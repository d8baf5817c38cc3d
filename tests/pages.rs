//! Readable pages as tests: each `tests/pages/*.md` holds a few files, then queries with what they must give.
//!
//! A page is prose with fenced blocks:
//!
//! - ` ```file NAME ` a file of the archive; its name decides the format;
//! - ` ```query ` options and words as typed after `griot search` (single quotes group);
//! - ` ```expect ` what the query before it gives, a line each: `hits: a.txt, b.txt` (in this order), `found:
//!   a.txt, b.txt` (in any order), `total: 2`, `snippet a.txt: Les [drones] ont` (a part of a snippet, marks
//!   in brackets), `count region: Mali 2, Mali/Gao 1` (these counts), `given region: Mali 1` (so many of them
//!   given), `note: words` (a note contains them), `no notes`;
//! - ` ```show NAME ` lines that `griot show NAME` must contain.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let args = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("tests/pages")
        .map(|e| e.expect("a page").path())
        .collect();
    pages.retain(|p| p.extension().is_some_and(|e| e == "md"));
    pages.sort();
    assert!(!pages.is_empty(), "no pages in {}", folder.display());
    let trials = pages.into_iter().map(|page| {
        let name = page
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Trial::test(name, move || run(&page))
    });
    libtest_mimic::run(&args, trials.collect()).exit();
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

fn griot(args: &[&str]) -> Result<(String, String), Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(args)
        .env_remove("GRIOT_INDEX")
        .output()
        .map_err(|e| e.to_string())?;
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    if !matches!(output.status.code(), Some(0 | 3)) {
        return Err(format!("griot {args:?} ended with {:?}\n{out}{err}", output.status).into());
    }
    Ok((out, err))
}

fn run(page: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(page).map_err(|e| e.to_string())?;
    let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (corpus, index) = (dir.path().join("corpus"), dir.path().join("index"));
    std::fs::create_dir(&corpus).map_err(|e| e.to_string())?;
    let blocks = blocks(&text);
    for block in blocks.iter().filter(|b| b.info.starts_with("file ")) {
        let path = corpus.join(block.info["file ".len()..].trim());
        std::fs::create_dir_all(path.parent().unwrap_or(&corpus)).map_err(|e| e.to_string())?;
        std::fs::write(path, &block.text).map_err(|e| e.to_string())?;
    }
    let index = index.to_string_lossy().into_owned();
    griot(&["index", &corpus.to_string_lossy(), "--index", &index, "--quiet"])?;
    let mut answer: Option<(String, serde_json::Value)> = None;
    let mut checked = 0;
    for block in &blocks {
        let at = format!("{}:{}", page.display(), block.line);
        if block.info == "query" {
            let typed = words(&block.text);
            let mut args = vec![
                "search", "--index", &index, "--format", "json", "--facets", "--limit", "50",
            ];
            args.extend(typed.iter().map(String::as_str));
            let (out, _) = griot(&args)?;
            answer = Some((
                block.text.trim().into(),
                serde_json::from_str(&out).map_err(|e| format!("{at}: {e}: {out}"))?,
            ));
        } else if block.info == "expect" {
            let Some((query, answer)) = &answer else {
                return Err(format!("{at}: expect without a query").into());
            };
            for line in block.text.lines().filter(|l| !l.trim().is_empty()) {
                checked += 1;
                check(line.trim(), answer)
                    .map_err(|found| format!("{at}: {query}\n  expected {line}\n  found    {found}"))?;
            }
        } else if let Some(id) = block.info.strip_prefix("show ") {
            let (out, _) = griot(&["show", id.trim(), "--index", &index])?;
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            for line in block.text.lines().filter(|l| !l.trim().is_empty()) {
                checked += 1;
                if !flat(&out).contains(&flat(line)) {
                    return Err(format!("{at}: griot show {id} lacks: {line}\n{out}").into());
                }
            }
        }
    }
    if checked == 0 {
        Err(format!("{}: the page checks nothing", page.display()).into())
    } else {
        Ok(())
    }
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
