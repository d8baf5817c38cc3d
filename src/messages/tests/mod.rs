//! The catalogue is whole: every message that the source makes is there in both languages with the same variables,
//! and none is there for nothing.

mod literals;

use super::catalogue::{Value, name_of_file, problems, sources, try_format};
use super::recognized::{in_language, of_templates, words_of_templates};
use super::{Arg, Message, UiLang, decimal};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A message: its variables, and those of them that choose a form.
#[derive(Debug, Default, PartialEq, Eq)]
struct Variables {
    all: BTreeSet<String>,
    choosing: BTreeSet<String>,
}

impl Variables {
    fn add(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => self.add_expression(expression),
            }
        }
    }

    fn add_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                self.all.insert(id.name.to_string());
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(other) => panic!("the catalogue is not read this far: {other:?}"),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    panic!("the catalogue is not read this far: {selector:?}");
                };
                self.all.insert(id.name.to_string());
                self.choosing.insert(id.name.to_string());
                variants.iter().for_each(|variant| self.add(&variant.value));
            }
        }
    }
}

/// The messages of a language; `made` leaves out those that are recognized.
fn messages(language: UiLang, made: bool) -> BTreeMap<String, Variables> {
    let mut messages = BTreeMap::new();
    for (file, text, of_library) in sources(language) {
        let resource = FluentResource::try_new(text.to_string()).expect("a file of Fluent");
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_string();
            assert_eq!(name_of_file(&id), Some(file), "the file of {id}");
            let mut variables = Variables::default();
            message.value.iter().for_each(|pattern| variables.add(pattern));
            if !(made && of_library) {
                assert!(
                    messages.insert(id.clone(), variables).is_none(),
                    "{id} is there twice"
                );
            }
        }
    }
    messages
}

fn rust_files(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("listed") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The source but for the code of this module.
fn source() -> Vec<(PathBuf, String)> {
    let (src, own) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src/messages");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    files.retain(|path| !path.starts_with(Path::new(env!("CARGO_MANIFEST_DIR")).join(own)));
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).expect("read"));
    files.into_iter().map(read).collect()
}

/// The messages that a text makes: ids, and the names of what is handed over.
fn made(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut made = Vec::new();
    for call in ["say!(", "msg!("] {
        for (at, _) in text.match_indices(call) {
            let rest = text[at + call.len()..].trim_start();
            let Some((id, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
                continue;
            };
            made.push((id.to_string(), names(rest)));
        }
    }
    made
}

/// The names before `=` up to the end of a call.
fn names(rest: &str) -> BTreeSet<String> {
    let (mut names, mut depth, mut from, mut in_text) = (BTreeSet::new(), 0, 0, false);
    let bytes = rest.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if at == 0 || bytes[at - 1] != b'\\' => in_text = !in_text,
            _ if in_text => {}
            b')' | b']' | b'}' if depth == 0 => break,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => from = at + 1,
            b'=' if depth == 0 && !matches!(bytes[at - 1], b'=' | b'!' | b'<' | b'>') => {
                let name = rest[from..at].trim();
                if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                    names.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn the_files_are_fluent() {
    assert_eq!(problems(), Vec::<String>::new());
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (english, french) = (messages(UiLang::En, false), messages(UiLang::Fr, false));
    let ids = |messages: &BTreeMap<String, Variables>| messages.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        ids(&english)
            .symmetric_difference(&ids(&french))
            .collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in one language only"
    );
    for (id, variables) in &english {
        assert_eq!(variables.all, french[id].all, "variables of {id}");
    }
}

#[test]
fn what_the_source_says_is_in_the_catalogue_and_nothing_else() {
    let catalogue = messages(UiLang::En, true);
    let mut used = BTreeSet::new();
    for (path, text) in source() {
        for (id, names) in made(&text) {
            let known = catalogue.get(&id);
            let known = known.unwrap_or_else(|| panic!("{}: {id} is not in the catalogue", path.display()));
            assert_eq!(names, known.all, "{}: variables of {id}", path.display());
            used.insert(id);
        }
    }
    assert!(used.len() > 20, "{used:?}");
    let unused: Vec<&String> = catalogue.keys().filter(|id| !used.contains(*id)).collect();
    assert_eq!(unused, Vec::<&String>::new(), "nothing says these");
}

#[test]
fn every_message_formats_in_both_languages() {
    for language in UiLang::ALL {
        for (id, variables) in messages(language, false) {
            for number in [0, 1, 2, 21, 1_000_000] {
                let arg = |name: &String| match variables.choosing.contains(name) {
                    true => Value::from(number),
                    false => Value::from("x"),
                };
                let args: Vec<(&str, Value<'_>)> =
                    variables.all.iter().map(|n| (n.as_str(), arg(n))).collect();
                let text = try_format(language, &id, &args).unwrap_or_else(|error| panic!("{error}"));
                assert!(!text.is_empty(), "{id}");
            }
        }
    }
}

#[test]
fn french_is_typeset() {
    for (file, text, _) in sources(UiLang::Fr) {
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'))
        {
            let place = format!("fr/{file}.ftl, line {}: {line}", number + 1);
            assert!(!line.contains(['“', '”', '’', '\u{a0}', '\u{202f}']), "{place}");
            for sign in [';', '?', '!', '»'] {
                let glued = line.match_indices(sign).any(|(at, _)| !line[..at].ends_with(' '));
                // Signs of other languages: a query, a file of settings, an entity.
                assert!(!glued, "no space before {sign}: {place}");
            }
        }
    }
    let said =
        |id, name, value: &str| Message::new(id, vec![(name, Arg::from(value))]).in_language(UiLang::Fr);
    assert_eq!(
        said("error-no-such-article", "id", "a"),
        "aucun article n’a l’identifiant «\u{a0}a\u{a0}»\u{202f}; «\u{a0}griot search\u{a0}» affiche les identifiants"
    );
}

#[test]
fn quotation_marks_of_examples_stay() {
    let said = Message::new(
        "error-bad-glob",
        vec![("glob", "x".into()), ("message", "y".into())],
    );
    let said = said.in_language(UiLang::Fr);
    assert!(
        said.contains("n’est") && said.contains("'*.md', 'brouillons' ou"),
        "{said}"
    );
}

#[test]
fn numbers_are_those_of_the_language() {
    let articles =
        |n: u64, language| Message::new("count-articles", vec![("n", n.into())]).in_language(language);
    assert_eq!(
        [0, 1, 2].map(|n| articles(n, UiLang::En)),
        ["0 articles", "1 article", "2 articles"]
    );
    assert_eq!(
        [0, 1, 2].map(|n| articles(n, UiLang::Fr)),
        ["0 article", "1 article", "2 articles"]
    );
    let bad = |number| Message::new("error-bad-date", vec![("text", number)]);
    assert!(bad(decimal(1.25, 1)).in_language(UiLang::Fr).contains("1,2"));
    assert!(bad(decimal(1.25, 1)).in_language(UiLang::En).contains("1.2"));
}

/// Each text of the library, with values for its variables, is said in French by the message it was made of.
#[test]
fn texts_of_the_library_are_recognized() {
    for (id, text, args) in of_templates() {
        let args: Vec<(&str, Value<'_>)> = args
            .iter()
            .map(|(n, arg)| (n.as_str(), Value::from(*arg)))
            .collect();
        let french = try_format(UiLang::Fr, &id, &args).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(in_language(UiLang::Fr, &text), french, "{id}: {text}");
    }
}

/// The words of a text of the library are still those of the source.
#[test]
fn texts_of_the_library_are_in_its_source() {
    let escapes = [
        ("\\\"", "\""),
        ("\\u{201c}", "“"),
        ("\\u{201d}", "”"),
        ("{{", "{"),
        ("}}", "}"),
    ];
    let squeezed = |text: &str| {
        // A text goes on below where its line ends with this sign.
        let text = text.replace("\\\n", " ");
        let text = escapes
            .iter()
            .fold(text, |text, (written, meant)| text.replace(written, meant));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let source: Vec<String> = source().iter().map(|(_, text)| squeezed(text)).collect();
    let mut missing = Vec::new();
    for (id, words) in words_of_templates() {
        let words = squeezed(&words);
        // What the system says, and what only the binary says.
        let is_elsewhere = ["system-", "failure-"]
            .iter()
            .any(|subject| id.starts_with(subject));
        if !is_elsewhere && words.len() > 3 && !source.iter().any(|text| text.contains(&words)) {
            missing.push(format!("{id}: {words}"));
        }
    }
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "no source has these texts any more"
    );
}

#[test]
fn the_locale_is_read_as_posix_has_it() {
    let of = |pairs: &[(&str, &str)]| {
        UiLang::of_environment(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| value.to_string())
        })
    };
    assert_eq!(of(&[]), UiLang::En);
    assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]), UiLang::Fr);
    assert_eq!(
        of(&[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")]),
        UiLang::En
    );
    assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), UiLang::En);
    assert_eq!(of(&[("LC_ALL", ""), ("LANG", "fr")]), UiLang::Fr);
    assert_eq!(
        of(&[("LC_MESSAGES", "fr_ML@euro"), ("LANG", "de_DE")]),
        UiLang::Fr
    );
    assert_eq!(of(&[("GRIOT_LANG", "fr"), ("LC_ALL", "C")]), UiLang::Fr);
    assert_eq!(of(&[("GRIOT_LANG", "en"), ("LC_ALL", "fr_FR")]), UiLang::En);
    assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), UiLang::En);
    assert_eq!(of(&[("LANG", "fro_FR")]), UiLang::En);
}
