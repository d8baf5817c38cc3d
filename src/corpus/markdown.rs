//! Markdown: metadata in YAML front matter, the text as readers see it: no addresses of links and images, no
//! tags.

use super::reading::Fault;
use super::title_line::split_title;
use super::{
    LeftOut, Location, Options, Output, SkipReason, clean, header, own_output, record, source_line, whole,
};
use crate::scan;
use serde_json::{Map, Value};
use std::io::{self, Read};

/// Longest front matter that is read as YAML; beyond, it is a text between two rules.
const LONGEST: usize = 64 * 1024;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(source) = whole::text(bytes, out, |_| None)? else {
        return Ok(());
    };
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let (mut matter, content, problem) = match split(&source) {
        Some((yaml, rest)) => match front_matter(yaml) {
            // No key at all: a text between two rules.
            (matter, problem @ Some(_)) if matter.is_empty() => (matter, source.as_str(), problem),
            (matter, problem) => (matter, rest, problem),
        },
        None => (Map::new(), source.as_str(), None),
    };
    let wish = matter.get("griot").and_then(Value::as_str);
    if wish == Some("ignore") || whole::asks_to_be_ignored(content) {
        let _ = out.skip(Location::default(), SkipReason::IgnoredOnRequest, "");
        return Ok(());
    }
    if out.leaves_out_exports() && own_output::is_text(&source) {
        let _ = out.skip(Location::default(), SkipReason::OwnExport, own_output::CURE);
        return Ok(());
    }
    leave_out_names(&matter, out);
    out.columns().apply(&mut matter);
    let (mut article, faults) = record::article(matter, options);
    // A text in the front matter, of whatever key, comes before the one that follows it.
    let content = clean::body(&plain(content));
    let (title, body) = title(&content, &article.title);
    if article.title.is_empty() {
        article.title = title;
    }
    article.body = if article.body.is_empty() {
        body
    } else {
        clean::body(&format!("{}\n\n{body}", article.body))
    };
    record::add_lead(&mut article);
    header::look(&mut article);
    source_line::look(&mut article);
    let file = Location::default();
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
pub(super) fn split(source: &str) -> Option<(&str, &str)> {
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

/// Says that the names of keys are in no article.
pub(super) fn leave_out_names(matter: &Map<String, Value>, out: &mut Output<'_>) {
    matter
        .keys()
        .for_each(|name| out.leave_out(LeftOut::ColumnNames, name));
}

/// The keys of front matter. If it isn't a YAML mapping, what can be saved of it, with the line and what is
/// wrong.
pub(super) fn front_matter(yaml: &str) -> (Map<String, Value>, Option<Fault>) {
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
        None => split_title(content),
    }
}

/// A text without what readers don't see of it: addresses of links and images, tags, codes of site generators
/// (`{% … %}`, `{{< … >}}`), definitions of links. Code is left as it is.
pub(super) fn plain(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    let (mut fenced, mut prose) = (false, String::new());
    for line in content.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        if !is_fence && !fenced {
            if !is_definition(line) {
                prose.push_str(line);
            }
            continue;
        }
        out.push_str(&seen(&std::mem::take(&mut prose)));
        out.push_str(line);
        fenced ^= is_fence;
    }
    out.push_str(&seen(&prose));
    out
}

/// `[1]: https://…` names an address for links.
fn is_definition(line: &str) -> bool {
    let name = line
        .trim()
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"));
    name.is_some_and(|(name, address)| {
        let address = address.split_whitespace().next().unwrap_or_default();
        !name.starts_with('^')
            && !name.contains('[')
            && (address.contains("://") || address.starts_with(['/', '#', '<']))
    })
}

/// What readers see of a text outside code.
fn seen(text: &str) -> String {
    without_hidden(text, |byte| {
        (byte == b'<') | (byte == b'[') | (byte == b'!') | (byte == b'{') | (byte == b'`')
    })
}

/// A page without the codes of site generators.
pub(super) fn without_codes(page: &str) -> String {
    without_hidden(page, |byte| byte == b'{')
}

/// A text without what readers don't see, of what begins with one of some signs.
fn without_hidden(text: &str, is_sign: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = scan::position(rest.as_bytes(), &is_sign) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = hidden(rest).unwrap_or_else(|| {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            (rest[..first].to_string(), first)
        });
        out.push_str(&shown);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// What readers see of the code, link, tag that a text begins with, and its length; none if it begins with
/// none.
fn hidden(text: &str) -> Option<(String, usize)> {
    if text.starts_with("{%") {
        return Some((" ".into(), within(text, "%}", 2)? + 2));
    }
    if text.starts_with("{{") {
        let end = within(text, "}}", 2)?;
        return Some((captions(&text[2..end]), end + 2));
    }
    if text.starts_with('`') {
        let end = within(text, "`", 1)?;
        return Some((text[..=end].to_string(), end + 1));
    }
    if text.starts_with('<') {
        return hidden_tag(text);
    }
    hidden_link(text)
}

/// What readers see of a shortcode: captions of pictures, titles of boxes.
fn captions(code: &str) -> String {
    let mut shown = String::from(" ");
    for name in ["title", "caption", "alt"] {
        let value = code.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest);
        if let Some((value, _)) = value.and_then(|value| value.split_once('"')) {
            shown.push_str(value);
            shown.push(' ');
        }
    }
    shown
}

/// Longest text that [`hidden`] looks at, in bytes.
const LONGEST_HIDDEN: usize = 4000;

/// Where a mark stands in the part of a text that is looked at, from a byte on.
fn within(text: &str, end: &str, from: usize) -> Option<usize> {
    let window = clipped(text, LONGEST_HIDDEN);
    window.get(from..)?.find(end).map(|at| from + at)
}

/// Of a text that begins with a tag or a comment.
fn hidden_tag(text: &str) -> Option<(String, usize)> {
    const BLOCKS: [&str; 15] = [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "tr",
        "td",
        "figure",
        "figcaption",
        "blockquote",
    ];
    let rest = text.strip_prefix('<')?;
    if rest.starts_with("!--") {
        return Some((String::new(), within(text, "-->", 4)? + 3));
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let end = within(text, ">", 1).filter(|_| is_tag)?;
    // `<https://…>` is seen.
    let inside = &text[1..end];
    if inside.contains("://") && !inside.contains([' ', '=']) || inside.contains('@') && !inside.contains(' ')
    {
        return Some((inside.to_string(), end + 1));
    }
    let name = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_block = BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block));
    Some((if is_block { " ".into() } else { String::new() }, end + 1))
}

/// Of a text that begins with a link or an image.
fn hidden_link(text: &str) -> Option<(String, usize)> {
    let is_image = text.starts_with("![");
    let open = usize::from(is_image);
    if !is_image && !text.starts_with('[') {
        return None;
    }
    let close = closing(&clipped(text, LONGEST_HIDDEN)[open..], b'[', b']')? + open;
    let shown = &text[open + 1..close];
    let after = &text[close + 1..];
    let length = match after.as_bytes().first() {
        Some(b'(') => closing(clipped(after, LONGEST_HIDDEN), b'(', b')')? + 1,
        Some(b'[') => closing(clipped(after, LONGEST_HIDDEN), b'[', b']')? + 1,
        _ => return None,
    };
    // An image within a link.
    Some((seen(shown), close + 1 + length))
}

/// A text of at most so many bytes.
fn clipped(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}

/// Where the bracket that a text begins with is closed.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if byte == b'\n' && text[at + 1..].starts_with('\n') {
            return None;
        }
    }
    None
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
    fn what_readers_do_not_see_is_no_text() {
        for (written, shown) in [
            (
                "Voir [le *site*](https://a.org/b_(c)) et ![Un convoi](/img/convoi-gao.jpg \"Gao\").",
                "Voir le *site* et Un convoi.",
            ),
            ("[![Légende](a.png)](b.html) fin", "Légende fin"),
            (
                "Un <span class=\"x\">mot</span><br/>deux < 3 <https://a.org/>",
                "Un mot deux < 3 https://a.org/",
            ),
            ("{% include x.html %} a {{< figure src=\"b.jpg\" >}}", "  a  "),
            (
                "{{< image src=\"b.jpg\" title=\"Le pont de Gao\" >}}",
                " Le pont de Gao ",
            ),
            ("Voir [ici][1].\n\n[1]: https://a.org/\n", "Voir ici.\n\n"),
            ("[^1]: Une note : [sic] et [1].", "[^1]: Une note : [sic] et [1]."),
            (
                "`a[b](c)` <!-- non -->\n```\n<b>[x](y)\n```\n",
                "`a[b](c)` \n```\n<b>[x](y)\n```\n",
            ),
        ] {
            assert_eq!(plain(written), shown, "{written}");
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
