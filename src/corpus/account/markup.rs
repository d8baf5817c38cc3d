//! Texts around tags, entities and the codes of blogs and site generators.

use crate::corpus::xml::local;
use memchr::{memchr, memchr2, memmem, memrchr, memrchr_iter};
use std::borrow::Cow;

/// What a tag and an entity begin with that are written as entities themselves; see [`tags_of_texts`].
const TAG: char = '\u{1}';
const ENTITY: char = '\u{2}';

/// What stands in the place of a tag that divides passages.
pub(super) const DIVIDER: char = '\u{3}';

/// What tags are in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    /// In a text that is no markup: its line ends divide it.
    Foreign,
    Page,
    Office,
}

/// Elements of office documents that divide words, without their prefix.
const DIVIDING: [&str; 11] = [
    "p",
    "h",
    "tab",
    "br",
    "cr",
    "tc",
    "tr",
    "s",
    "line-break",
    "table-cell",
    "table-row",
];

/// Elements whose content people don't see.
const UNSEEN: [&str; 8] = [
    "wp:postmeta",
    "wp:commentmeta",
    "script",
    "style",
    "w:instrtext",
    "w:deltext",
    "w:movefrom",
    "text:tracked-changes",
];

/// Elements that divide no words and no passages.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "ins", "mark", "o", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
];

/// A text without tags, comments, scripts and styles, with [`DIVIDER`] in the place of tags that divide passages. In
/// linear time, whatever the text.
pub(super) fn plain(text: &str, tags: Tags) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if memchr2(b'<', b'&', bytes).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let ends = Ends::of(text, tags);
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (shown, length) = entity(rest).unwrap_or(('&', 1));
            out.push(shown);
            rest = &rest[length..];
        } else if text.len() - rest.len() < ends.tag {
            // A text that speaks of `<script>` doesn't end there.
            let is_text = tags == Tags::Foreign && text.len() - rest.len() >= ends.unseen;
            rest = after_tag(rest, tags, !is_text, &mut out);
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.into()
}

/// Where the last ends stand in a text, so that what has none isn't searched for it again and again.
struct Ends {
    /// Of a tag.
    tag: usize,
    /// Of a comment, or of an element that people don't see; in foreign texts only, where that is asked.
    unseen: usize,
}

impl Ends {
    fn of(text: &str, tags: Tags) -> Self {
        Self {
            tag: memrchr(b'>', text.as_bytes()).unwrap_or(0),
            unseen: match tags {
                Tags::Foreign => Self::of_unseen(text),
                Tags::Page | Tags::Office => 0,
            },
        }
    }

    fn of_unseen(text: &str) -> usize {
        let is_unseen = |at: &usize| UNSEEN.iter().any(|name| closes(&text[*at..], name));
        let element = memrchr_iter(b'<', text.as_bytes()).find(is_unseen);
        element.max(memmem::rfind(text.as_bytes(), b"-->")).unwrap_or(0)
    }
}

/// Whether a text begins with the end of an element.
fn closes(text: &str, name: &str) -> bool {
    let closed = text
        .as_bytes()
        .strip_prefix(b"</")
        .and_then(|rest| rest.get(..name.len()));
    closed.is_some_and(|closed| closed.eq_ignore_ascii_case(name.as_bytes()))
}

/// A text whose own tags and entities were written as entities, as feeds write those of their articles.
pub(super) fn tags_of_texts(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains([TAG, ENTITY]) {
        true => text.replace(TAG, "<").replace(ENTITY, "&").into(),
        false => text,
    }
}

/// What follows the tag, comment or sign that a text begins with; a sign or what divides passages is put out.
fn after_tag<'t>(text: &'t str, tags: Tags, may_hide: bool, out: &mut String) -> &'t str {
    let inside = &text.as_bytes()[1..];
    if may_hide && inside.starts_with(b"!--") {
        return memmem::find(inside, b"-->").map_or("", |at| &text[at + 4..]);
    }
    let cdata = b"![cdata[";
    if inside
        .get(..cdata.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(cdata))
    {
        return &text["<![CDATA[".len()..];
    }
    let mut lower = [0; LONGEST_NAME];
    let (name, is_end) = name_of(inside, &mut lower);
    if may_hide
        && !is_end
        && let Some(unseen) = UNSEEN.iter().find(|unseen| **unseen == name)
    {
        return after_unseen(text, unseen);
    }
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
        || inside.starts_with(b"!")
        || inside.starts_with(b"?");
    match is_tag.then(|| memchr(b'>', inside)).flatten() {
        Some(end) => {
            let divides = match tags {
                Tags::Office => DIVIDING.contains(&local(name)),
                Tags::Foreign | Tags::Page => !INLINE.contains(&name),
            };
            if divides {
                out.push(DIVIDER);
            }
            &text[end + 2..]
        }
        None => {
            out.push('<');
            &text[1..]
        }
    }
}

/// Longest name of an element that is looked at; of longer ones the beginning is as good.
const LONGEST_NAME: usize = 24;

/// The name of the element whose tag has this in it, in lower case, and whether the tag ends it.
fn name_of<'n>(tag: &[u8], lower: &'n mut [u8; LONGEST_NAME]) -> (&'n str, bool) {
    let head = &tag[..tag.len().min(LONGEST_NAME)];
    let slashes = head.iter().take_while(|byte| **byte == b'/').count();
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
    let mut length = 0;
    for byte in head[slashes..].iter().take_while(is_name) {
        lower[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    (
        std::str::from_utf8(&lower[..length]).unwrap_or_default(),
        slashes > 0,
    )
}

/// What follows an element that people don't see: all of the text if the element has no end, as browsers have it.
fn after_unseen<'t>(text: &'t str, name: &str) -> &'t str {
    let after_sign = |text: &'t str| memchr(b'>', text.as_bytes()).map_or("", |at| &text[at + 1..]);
    // `<style/>` has nothing in it, and nothing is searched for its end.
    if memchr(b'>', text.as_bytes()).is_some_and(|end| text[..end].ends_with('/')) {
        return after_sign(text);
    }
    let end = memmem::find_iter(text.as_bytes(), b"</").find(|&at| closes(&text[at..], name));
    end.map_or("", |end| after_sign(&text[end..]))
}

/// Markdown without the addresses of its links and images, and of the codes of site generators what readers see:
/// values of several words.
pub(super) fn without_addresses(text: &str) -> Cow<'_, str> {
    if memchr2(b']', b'{', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr2(b']', b'{', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(mark) = ["](", "{{", "{%"].into_iter().find(|mark| rest.starts_with(mark)) else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        };
        out.push(' ');
        let inside = &rest[2..];
        let ends: &[char] = if mark == "](" { &[')', '\n'] } else { &['}'] };
        let end = inside.find(ends).unwrap_or(inside.len());
        if mark == "{{" {
            let values = inside[..end].split('"').skip(1).step_by(2);
            values
                .filter(|value| value.contains(' '))
                .for_each(|value| out.push_str(value));
        }
        rest = inside[end..].trim_start_matches('}');
    }
    out.push_str(rest);
    out.into()
}

/// A text without the codes in brackets of blogs: `[gallery link="file"]`, `[/caption]`.
pub(super) fn without_codes(text: &str) -> Cow<'_, str> {
    if memchr(b'[', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'[', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A code has no bracket in it, and is looked through once.
        let end = rest[1..].find(['[', ']']).map(|end| end + 1);
        let end = end.filter(|&end| rest.as_bytes()[end] == b']');
        let code = end.map_or("", |end| &rest[1..end]);
        let name = code
            .trim_start_matches('/')
            .split([' ', '='])
            .next()
            .unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b"-_".contains(&b));
        let is_code = is_name && (code.contains('=') || code.starts_with('/') || name == "gallery");
        match end.filter(|_| is_code) {
            Some(end) => rest = &rest[end + 1..],
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// The character of an entity that a text begins with, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let shown = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?)?,
            None => char::from_u32(number.parse().ok()?)?,
        },
        None => letter(name)?,
    };
    Some((shown, end + 1))
}

/// The letter that an entity of HTML names, without its accent; other signs are as good as a space.
fn letter(name: &str) -> Option<char> {
    const ACCENTS: [&str; 9] = [
        "acute", "grave", "circ", "uml", "cedil", "tilde", "ring", "caron", "slash",
    ];
    if matches!(name, "oelig" | "OElig" | "aelig" | "AElig" | "szlig") {
        return Some(match name {
            "oelig" => 'œ',
            "OElig" => 'Œ',
            "aelig" => 'æ',
            "AElig" => 'Æ',
            _ => 'ß',
        });
    }
    match name {
        "shy" => return Some('\u{ad}'),
        "lt" => return Some(TAG),
        "amp" => return Some(ENTITY),
        "gt" => return Some('>'),
        _ => {}
    }
    let mut chars = name.chars();
    let first = chars.next()?;
    let is_letter = ACCENTS.contains(&chars.as_str());
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
        .then_some(if is_letter { first } else { ' ' })
}
