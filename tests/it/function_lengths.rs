//! A function is read at a glance: 60 lines at most. Those that were longer when this test was written are listed; the
//! list only gets shorter.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 60;

/// File and name of the functions that are still longer, each on a line.
const LONGER: &str = include_str!("longer_functions.txt");

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

/// The names of the functions of a formatted text that have more lines than allowed.
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
        if length > MOST_LINES {
            longer.push(name);
        }
    }
    longer
}

#[test]
fn no_function_is_longer_than_can_be_read_at_a_glance() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "crates"] {
        rust_files(&root.join(folder), &mut files);
    }
    let mut found = BTreeSet::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("read");
        let name = path
            .strip_prefix(root)
            .expect("inside")
            .to_string_lossy()
            .replace('\\', "/");
        found.extend(
            longer(&text)
                .into_iter()
                .map(|function| format!("{name} {function}")),
        );
    }
    let known: BTreeSet<String> = LONGER.lines().map(String::from).collect();
    let new: Vec<&String> = found.difference(&known).collect();
    assert!(new.is_empty(), "longer than {MOST_LINES} lines: {new:#?}");
    let shortened: Vec<&String> = known.difference(&found).collect();
    assert!(
        shortened.is_empty(),
        "no longer so long, to be taken off the list: {shortened:#?}"
    );
}

#[test]
fn lengths_are_counted_from_the_head_to_the_closing_brace() {
    let body = "        one();\n".repeat(MOST_LINES - 2);
    let text = |more: &str| format!("impl A {{\n    pub(super) fn long() {{\n{body}{more}    }}\n}}\n");
    assert_eq!(longer(&text("")), Vec::<&str>::new());
    assert_eq!(longer(&text("        one();\n")), ["long"]);
    assert_eq!(longer("fn short() {}\n// fn of nothing\n"), Vec::<&str>::new());
}
