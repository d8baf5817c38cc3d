//! A function is read at a glance, 60 lines at most, or says why it is longer; a file has 600 lines at most.

use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 60;
const MOST_LINES_OF_A_FILE: usize = 600;

/// Begins the comment over a function that reads better whole.
const REASON: &str = "// Long because";

fn rust_files(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("listed") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The name of the function that begins on a line, and how far the line is indented.
fn begins(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let (before, after) = text.split_once("fn ")?;
    let is_qualifier =
        |word: &str| word.starts_with("pub") || matches!(word, "const" | "async" | "unsafe" | "super)");
    let name = after.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let is_function = before.split_whitespace().all(is_qualifier) && !name.is_empty();
    is_function.then_some((line.len() - text.len(), name))
}

/// Whether the comments and attributes over a line give a reason.
fn has_reason(lines: &[&str], at: usize) -> bool {
    let above = lines[..at].iter().rev().map(|line| line.trim_start());
    above
        .take_while(|line| line.starts_with("//") || line.starts_with("#["))
        .any(|line| line.starts_with(REASON))
}

/// The names of the functions of a formatted text that have more lines than allowed and don't say why.
fn longer(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut longer = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((indented, name)) = begins(line) else {
            continue;
        };
        let ends = |line: &&str| line.len() == indented + 1 && line.ends_with('}');
        let length = match line.ends_with('}') || line.ends_with(';') {
            true => 1,
            false => 1 + lines[at..].iter().position(ends).unwrap_or(0),
        };
        if length > MOST_LINES && !has_reason(&lines, at) {
            longer.push(name);
        }
    }
    longer
}

/// The Rust files of the project with their texts.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "crates", "examples", "tests/it"] {
        rust_files(&root.join(folder), &mut files);
    }
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).expect("inside").display().to_string();
        (name, fs::read_to_string(&path).expect("read"))
    };
    files.into_iter().map(read).collect()
}

#[test]
fn no_function_is_longer_than_can_be_read_at_a_glance() {
    let mut found = Vec::new();
    for (name, text) in texts().iter().filter(|(name, _)| !name.starts_with("tests")) {
        found.extend(
            longer(text)
                .into_iter()
                .map(|function| format!("{name} {function}")),
        );
    }
    assert!(
        found.is_empty(),
        "longer than {MOST_LINES} lines; divide them, or write over them `{REASON} …`: {found:#?}"
    );
}

#[test]
fn no_file_is_longer_than_a_few_pages() {
    let is_long = |(_, text): &(String, String)| text.lines().count() > MOST_LINES_OF_A_FILE;
    let long: Vec<String> = texts()
        .into_iter()
        .filter(is_long)
        .map(|(name, _)| name)
        .collect();
    assert!(
        long.is_empty(),
        "longer than {MOST_LINES_OF_A_FILE} lines: {long:#?}"
    );
}

#[test]
fn lengths_are_counted_from_the_head_to_the_closing_brace() {
    let body = "        one();\n".repeat(MOST_LINES - 2);
    let text = |more: &str| format!("impl A {{\n    pub(super) fn long() {{\n{body}{more}    }}\n}}\n");
    assert_eq!(longer(&text("")), Vec::<&str>::new());
    assert_eq!(longer(&text("        one();\n")), ["long"]);
    assert_eq!(longer("fn short() {}\n// fn of nothing\n"), Vec::<&str>::new());
    let said = format!("{REASON} it is a table.\n#[test]\nfn long() {{\n{body}        one();\n}}\n");
    assert_eq!(longer(&said), Vec::<&str>::new());
}
