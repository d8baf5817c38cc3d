//! Markdown: metadata in YAML front matter, the text as it is.

use super::record::Fault;
use super::{Options, Output, Place, SkipReason, clean, header, record, text};
use serde_json::{Map, Value};
use std::io::{self, Read};

/// Longest front matter that is read as YAML; beyond, it is a text between two rules.
const LONGEST: usize = 64 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(source) = text::whole(bytes, out, |_| None)? else {
        return Ok(());
    };
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let (matter, content, problem) = match split(&source) {
        Some((yaml, rest)) => match front_matter(yaml) {
            // No key at all: a text between two rules.
            (matter, problem @ Some(_)) if matter.is_empty() => (matter, source.as_str(), problem),
            (matter, problem) => (matter, rest, problem),
        },
        None => (Map::new(), source.as_str(), None),
    };
    let wish = matter.get("griot").and_then(Value::as_str);
    if wish == Some("ignore") || text::asks_to_be_ignored(content) {
        let _ = out.skip(Place::default(), SkipReason::IgnoredOnRequest, "");
        return Ok(());
    }
    let (mut article, faults) = record::article(matter, options);
    // A text in the front matter, of whatever key, comes before the one that follows it.
    let content = clean::body(content);
    let (title, body) = title(&content, &article.title);
    if article.title.is_empty() {
        article.title = title;
    }
    article.body = if article.body.is_empty() {
        body
    } else {
        clean::body(&format!("{}\n\n{body}", article.body))
    };
    record::stand_in(&mut article);
    header::look(&mut article);
    text::credit(&mut article);
    let file = Place::default();
    if out
        .warn_all(file, problem.into_iter().chain(faults).collect())
        .is_break()
    {
        return Ok(());
    }
    let _ = if article.title.is_empty() && article.body.is_empty() {
        out.skip(
            file,
            SkipReason::NoText,
            "nothing but front matter without a title; write the text below it",
        )
    } else {
        out.article(article)
    };
    Ok(())
}

/// The front matter of a text and what follows it: what stands between a first line `---` and the next one
/// (or `...`).
fn split(source: &str) -> Option<(&str, &str)> {
    let (first, rest) = source.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// The keys of front matter. If it isn't a YAML mapping, what can be saved of it, with the line and what is
/// wrong.
fn front_matter(yaml: &str) -> (Map<String, Value>, Option<Fault>) {
    if yaml.trim().is_empty() {
        return (Map::new(), None);
    }
    let fault = |line, detail| Fault {
        reason: SkipReason::InvalidFrontMatter,
        line,
        detail,
    };
    match yaml_serde::from_str::<Value>(yaml) {
        Ok(Value::Object(matter)) => (matter, None),
        // Nothing but comments.
        Ok(Value::Null) => (Map::new(), None),
        Ok(_) => (
            salvage(yaml),
            Some(fault(
                Some(2),
                "it has no keys; write `key: value` lines (the text is indexed)".into(),
            )),
        ),
        Err(error) => {
            // The first line of the file is the `---` above.
            let line = error.location().map(|place| place.line() + 1);
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or(&message);
            let cure = "put values with « : » or quotation marks between double quotes (indexed with the keys that could be read line by line)";
            (salvage(yaml), Some(fault(line, format!("{what}; {cure}"))))
        }
    }
}

/// The keys of something that is almost YAML, read line by line with the values as they are (`title: Mali :
/// la trêve`), and under `front_matter` all of it, so that nothing is lost. Empty if there are no keys.
fn salvage(yaml: &str) -> Map<String, Value> {
    let mut matter: Map<String, Value> = Map::new();
    let mut open: Option<String> = None;
    for line in yaml.lines() {
        if let (Some(key), Some(item)) = (&open, line.trim_start().strip_prefix("- ")) {
            if let Value::Array(items) = matter
                .entry(key.clone())
                .or_insert_with(|| Value::Array(Vec::new()))
            {
                items.push(unquoted(item).into());
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        if key.is_empty()
            || key.len() > 40
            || !key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
        {
            continue;
        }
        let value = value.trim();
        open = value.is_empty().then(|| key.to_string());
        if value.is_empty() {
            continue;
        }
        let list = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
        let value = list.map_or_else(
            || unquoted(value).into(),
            |items| items.split(',').map(unquoted).collect(),
        );
        matter.insert(key.to_string(), value);
    }
    if !matter.is_empty() {
        matter.insert("front_matter".into(), yaml.into());
    }
    matter
}

/// A value without its quotation marks.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(value).to_string()
}

/// Title and body of a text: its first heading is the title, and leaves the body if nothing stands before it;
/// so does one that repeats the `given` title.
fn title(content: &str, given: &str) -> (String, String) {
    let first = content.find('\n').unwrap_or(content.len());
    let (line, rest) = (&content[..first], &content[first..]);
    let opening = heading(line).map(|title| (title, rest)).or_else(|| {
        let (rule, after) = rest
            .strip_prefix('\n')?
            .split_once('\n')
            .unwrap_or((rest.get(1..)?, ""));
        (rule.len() >= 3 && rule.trim_end().bytes().all(|b| b == b'=')).then_some(())?;
        Some((clean::line(line)?, after))
    });
    if let Some((title, rest)) = opening {
        return if given.is_empty() || given == title {
            (title, clean::body(rest))
        } else {
            (title, content.to_string())
        };
    }
    if !given.is_empty() {
        return (given.to_string(), content.to_string());
    }
    match content.lines().scan(false, in_prose).flatten().find_map(heading) {
        Some(title) => (title, content.to_string()),
        None => text::split_title(content),
    }
}

/// Passes on the lines outside code fences, where `#` is no heading.
fn in_prose<'a>(fenced: &mut bool, line: &'a str) -> Option<Option<&'a str>> {
    let fence = line.trim_start().starts_with("```");
    *fenced ^= fence;
    Some((!fence && !*fenced).then_some(line))
}

/// The text of a heading of the first level.
fn heading(line: &str) -> Option<String> {
    clean::line(line.strip_prefix("# ")?.trim_end_matches([' ', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_heading_is_the_title() {
        for (content, given, expected) in [
            ("# Un titre #\n\nTexte", "", ("Un titre", "Texte")),
            ("Un titre\n========\nTexte", "", ("Un titre", "Texte")),
            ("# Un titre\n\nTexte", "Un titre", ("Un titre", "Texte")),
            (
                "# Un intertitre\n\nTexte",
                "Un titre",
                ("Un intertitre", "# Un intertitre\n\nTexte"),
            ),
            (
                "Chapeau.\n\n# Un titre\n\nTexte",
                "",
                ("Un titre", "Chapeau.\n\n# Un titre\n\nTexte"),
            ),
            ("```\n# code\n```\n", "", ("", "```\n# code\n```\n")),
            ("Un titre\n\nTexte", "", ("Un titre", "Texte")),
        ] {
            assert_eq!(
                title(content, given),
                (expected.0.to_string(), expected.1.to_string()),
                "{content:?}"
            );
        }
    }

    #[test]
    fn almost_yaml_keeps_its_keys_and_names_the_line() {
        let (matter, problem) = front_matter(
            "date: 2024-03\ntitle: Mali : la trêve\nregion: [Gao, \"Mopti\"]\nactor:\n  - Jnim\n",
        );
        assert_eq!(matter["title"], "Mali : la trêve");
        assert_eq!(
            Value::from([&matter["region"], &matter["actor"]].map(Value::clone).to_vec()),
            serde_json::json!([["Gao", "Mopti"], ["Jnim"]])
        );
        let fault = problem.expect("a fault");
        assert_eq!(fault.line, Some(3), "{}", fault.detail);
    }

    #[test]
    fn prose_between_two_rules_has_no_keys() {
        let (matter, problem) = front_matter("Rien que du texte\n");
        assert!(matter.is_empty() && problem.is_some());
    }

    #[test]
    fn a_rule_that_opens_a_text_is_no_front_matter_without_an_end() {
        assert_eq!(split("---\nTexte\n"), None);
        assert_eq!(split("Texte\n---\na: b\n---\n"), None);
        assert_eq!(split("---\na: b\n...\nTexte"), Some(("a: b\n", "Texte")));
    }
}
