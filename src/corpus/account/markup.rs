//! Texts around tags, entities and the codes of blogs and site generators.

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
pub(super) fn plain(text: &str, tags: Tags) -> String {
    if !text.contains(['<', '&']) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let ends = Ends::of(text);
    while let Some(at) = rest.find(['<', '&']) {
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
    out
}

/// Where the last ends stand in a text, so that what has none isn't searched for it again and again.
struct Ends {
    /// Of a tag.
    tag: usize,
    /// Of a comment, or of an element that people don't see.
    unseen: usize,
}

impl Ends {
    fn of(text: &str) -> Self {
        let is_unseen = |at: &usize| {
            let is_one = |name: &&str| {
                let closed = text.as_bytes().get(at + 2..at + 2 + name.len());
                closed.is_some_and(|closed| closed.eq_ignore_ascii_case(name.as_bytes()))
            };
            UNSEEN.iter().any(is_one)
        };
        let element = text.rmatch_indices("</").map(|(at, _)| at).find(is_unseen);
        Self {
            tag: text.rfind('>').unwrap_or(0),
            unseen: element.max(text.rfind("-->")).unwrap_or(0),
        }
    }
}

/// A text whose own tags and entities were written as entities, as feeds write those of their articles.
pub(super) fn tags_of_texts(text: &str) -> String {
    text.replace(TAG, "<").replace(ENTITY, "&")
}

/// What follows the tag, comment or sign that a text begins with; a sign or what divides passages is put out.
fn after_tag<'t>(text: &'t str, tags: Tags, may_hide: bool, out: &mut String) -> &'t str {
    let after = |end: &str| text.find(end).map_or("", |at| &text[at + end.len()..]);
    let head: String = text[1..]
        .chars()
        .take(24)
        .collect::<String>()
        .to_ascii_lowercase();
    if may_hide && head.starts_with("!--") {
        return after("-->");
    }
    if head.starts_with("![cdata[") {
        return &text["<![CDATA[".len()..];
    }
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
    let name: String = head.trim_start_matches('/').chars().take_while(is_name).collect();
    if let Some(unseen) = UNSEEN
        .iter()
        .find(|unseen| may_hide && **unseen == name && !head.starts_with('/'))
    {
        return after_unseen(text, unseen);
    }
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || head.starts_with(['!', '?']);
    match is_tag.then(|| text.find('>')).flatten() {
        Some(end) => {
            let divides = match tags {
                Tags::Office => DIVIDING.contains(&name.rsplit(':').next().unwrap_or(&name)),
                Tags::Foreign | Tags::Page => !INLINE.contains(&name.as_str()),
            };
            if divides {
                out.push(DIVIDER);
            }
            &text[end + 1..]
        }
        None => {
            out.push('<');
            &text[1..]
        }
    }
}

/// What follows an element that people don't see: all of the text if the element has no end, as browsers have it.
fn after_unseen<'t>(text: &'t str, name: &str) -> &'t str {
    let after_sign = |text: &'t str| text.find('>').map_or("", |at| &text[at + 1..]);
    // `<style/>` has nothing in it, and nothing is searched for its end.
    if text.find('>').is_some_and(|end| text[..end].ends_with('/')) {
        return after_sign(text);
    }
    let is_end = |at: &usize| {
        let closed = text.as_bytes().get(at + 2..at + 2 + name.len());
        closed.is_some_and(|closed| closed.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = text.match_indices("</").map(|(at, _)| at).find(is_end);
    end.map_or("", |end| after_sign(&text[end..]))
}

/// Markdown without the addresses of its links and images, and of the codes of site generators what readers see:
/// values of several words.
pub(super) fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([']', '{']) {
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
    out
}

/// A text without the codes in brackets of blogs: `[gallery link="file"]`, `[/caption]`.
pub(super) fn without_codes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
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
    out
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
