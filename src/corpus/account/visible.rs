//! What people see in a file, counted without any of the readers: tags stripped, cells and lines as they are.

use crate::french::fold_into;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How a format shows its text to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::corpus) enum Visible {
    /// As it is, a passage a line; tags in it are none of it.
    Lines,
    /// The same in Markdown: addresses are none of it.
    Markdown,
    /// Around tags.
    Markup,
    /// Around tags, where those of texts may be written as entities.
    Feed,
    /// Around tags of office documents, of which only some divide words.
    Office,
    /// In the strings of JSON that are no keys.
    Strings,
    /// Around the control words of RTF.
    ControlWords,
    /// In what it holds, each part of which is counted by itself.
    Parts,
}

/// What a tag and an entity begin with that are written as entities themselves; see [`Visible::Feed`].
const TAG: char = '\u{1}';
const ENTITY: char = '\u{2}';

/// What stands in the place of a tag that divides passages.
const DIVIDER: char = '\u{3}';

/// What tags are in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tags {
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

/// Calls `take` for each passage that is seen in the bytes of a file. `is_inside` says whether bytes of JSON begin
/// within a string, and afterwards whether they end within one.
pub(super) fn passages(how: Visible, bytes: &[u8], is_inside: &mut bool, take: &mut dyn FnMut(&str)) {
    let text = decoded(bytes);
    // UTF-8 that was taken for windows-1252 and encoded again.
    let text = match is_suspect(&text).then(|| once_decoded(&text)).flatten() {
        Some(once) => Cow::Owned(once),
        None => text,
    };
    match how {
        Visible::Lines => lines(&plain(&text, Tags::Foreign), take),
        Visible::Markdown => lines(&without_addresses(&plain(&text, Tags::Foreign)), take),
        Visible::Markup => divided(&plain(&text, Tags::Page), take),
        Visible::Feed => {
            let once = plain(&text, Tags::Page).replace(TAG, "<").replace(ENTITY, "&");
            divided(&without_codes(&plain(&once, Tags::Page)), take)
        }
        Visible::Office => divided(&plain(&text, Tags::Office), take),
        Visible::Strings => strings(&text, is_inside, take),
        Visible::ControlWords => lines(&without_control_words(bytes), take),
        Visible::Parts => {}
    }
}

fn lines(text: &str, take: &mut dyn FnMut(&str)) {
    let lines = text.split(['\n', DIVIDER]);
    lines.filter(|line| !line.trim().is_empty()).for_each(take);
}

/// As [`lines`], of markup, where only tags divide.
fn divided(text: &str, take: &mut dyn FnMut(&str)) {
    let passages = text.split(DIVIDER);
    passages
        .filter(|passage| !passage.trim().is_empty())
        .for_each(take);
}

/// Calls `take` with the hash of each word of a text, in order: runs of letters and digits, without accents and
/// case. A word of one letter says nothing and is left out.
pub(super) fn each_word(text: &str, take: &mut dyn FnMut(u64)) {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}');
    let mut folded = String::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most words are of ASCII letters alone, and are hashed as they are gone through.
        let start = at;
        let mut hash = Hash::default();
        while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            hash.add(byte.to_ascii_lowercase());
            at += 1;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            if at - start > 1 && !is_timestamp(&text[start..at]) {
                take(hash.0);
                at += 1;
                continue;
            }
            if at - start <= 1 {
                at += 1;
                continue;
            }
        }
        let is_part = |c: &char| c.is_alphanumeric() || is_mark(*c);
        let length: usize = text[start..]
            .chars()
            .take_while(is_part)
            .map(char::len_utf8)
            .sum();
        folded.clear();
        fold_into(&text[start..start + length], &mut folded);
        if is_timestamp(&folded) {
            // `20240312T080000Z` has the date alone.
            folded.truncate(8);
        }
        if folded.len() > 1 {
            take(Hash::of(&folded));
        }
        let next = text[start + length..].chars().next().map_or(0, char::len_utf8);
        at = start + length + next;
    }
}

/// The FNV-1a hash of a word, 64 bits (Fowler, Noll and Vo).
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn of(word: &str) -> u64 {
        let mut hash = Self::default();
        word.bytes().for_each(|byte| hash.add(byte));
        hash.0
    }

    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// Whether a word is a date and a time in one, as `20240312T080000Z`.
fn is_timestamp(word: &str) -> bool {
    let bytes = word.as_bytes();
    let has_shape = bytes.len() >= 13 && bytes[8].eq_ignore_ascii_case(&b't');
    has_shape && is_number(&word[..8]) && is_number(word[9..].trim_end_matches(['z', 'Z']))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The hash of two parts of a word written as one.
pub(super) fn joined(one: &str, other: &str) -> u64 {
    let mut found = 0;
    each_word(&format!("{one}{other}"), &mut |word| found = word);
    found
}

/// Bytes as text: UTF-16 with its mark, UTF-8, or else windows-1252.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, ..] => UTF_16LE.decode(bytes).0,
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').into(),
            // A part of a text may begin or end within a character.
            Err(error) if error.valid_up_to() + 4 > bytes.len() => String::from_utf8_lossy(bytes),
            Err(_) => WINDOWS_1252.decode(bytes).0,
        },
    }
}

/// The lines of a text that were encoded twice as what they were before.
fn once_decoded(text: &str) -> Option<String> {
    let mut is_changed = false;
    let lines = text.split_inclusive('\n').map(|line| {
        if !is_suspect(line) {
            return Cow::Borrowed(line);
        }
        let (bytes, _, is_lossy) = WINDOWS_1252.encode(line);
        match std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy) {
            Some(once) => {
                is_changed = true;
                Cow::Owned(once.to_string())
            }
            None => Cow::Borrowed(line),
        }
    });
    let once: String = lines.collect();
    is_changed.then_some(once)
}

/// Whether a text has signs of UTF-8 that was taken for windows-1252.
fn is_suspect(text: &str) -> bool {
    ["Ã", "â€", "Â"].iter().any(|sign| text.contains(sign))
}

/// A text without tags, comments, scripts and styles: line ends in the place of those that divide passages.
/// In markup line ends divide nothing else.
fn plain(text: &str, tags: Tags) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What follows the last `>` has no tag, and isn't searched for its end again and again.
    let last = text.rfind('>').unwrap_or(0);
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (shown, length) = entity(rest).unwrap_or(('&', 1));
            out.push(shown);
            rest = &rest[length..];
        } else if text.len() - rest.len() < last {
            rest = after_tag(rest, tags, &mut out);
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// What follows the tag, comment or sign that a text begins with; a sign or what divides passages is put out.
fn after_tag<'t>(text: &'t str, tags: Tags, out: &mut String) -> &'t str {
    let after = |end: &str| text.find(end).map_or("", |at| &text[at + end.len()..]);
    let head: String = text[1..]
        .chars()
        .take(24)
        .collect::<String>()
        .to_ascii_lowercase();
    if head.starts_with("!--") {
        return after("-->");
    }
    if head.starts_with("![cdata[") {
        return &text["<![CDATA[".len()..];
    }
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
    let name: String = head.trim_start_matches('/').chars().take_while(is_name).collect();
    if let Some(unseen) = UNSEEN
        .iter()
        .find(|unseen| **unseen == name && !head.starts_with('/'))
    {
        let is_end = |at: &usize| {
            let name = text.as_bytes().get(at + 2..at + 2 + unseen.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(unseen.as_bytes()))
        };
        let closed = text.find('>').is_some_and(|end| text[..end].ends_with('/'));
        let end = text.match_indices("</").map(|(at, _)| at).find(is_end);
        let rest = &text[end
            .filter(|_| !closed)
            .unwrap_or(if closed { 0 } else { text.len() })..];
        return rest.find('>').map_or("", |at| &rest[at + 1..]);
    }
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || head.starts_with(['!', '?']);
    match text.find('>').filter(|_| is_tag) {
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

/// Markdown without the addresses of its links and images, and of the codes of site generators what readers see:
/// values of several words.
fn without_addresses(text: &str) -> String {
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
fn without_codes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(1000).position(|byte| byte == b']');
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

/// Calls `take` for the lines of each string of JSON that is no key. A string ends with its line at the latest,
/// whatever is wrong with it.
fn strings(text: &str, is_inside: &mut bool, take: &mut dyn FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let start = match std::mem::take(is_inside) {
            true => at,
            false => match text[at..].find('"') {
                Some(found) => at + found + 1,
                None => return,
            },
        };
        let mut end = start;
        while end < bytes.len() && !matches!(bytes[end], b'"' | b'\n') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        *is_inside = end >= bytes.len();
        let end = end.min(bytes.len());
        at = (end + 1).min(bytes.len());
        // After an escape at the very end.
        let end = (start..=end)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(start);
        let is_key = text
            .get(at..)
            .is_some_and(|rest| rest.trim_start().starts_with(':'));
        if !is_key {
            lines(&plain(&unescaped(&text[start..end]), Tags::Foreign), take);
        }
        if *is_inside {
            return;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}

/// The escapes of JSON undone.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.starts_with("\\u"));
        let unit = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let (shown, length) = match (unit, rest.chars().nth(1)) {
            (Some(unit), _) => (char::from_u32(unit).unwrap_or(' '), 6),
            (None, Some('n' | 'r')) => ('\n', 2),
            (None, Some('t' | 'b' | 'f')) => (' ', 2),
            (None, Some(sign)) => (sign, 1 + sign.len_utf8()),
            (None, None) => (' ', 1),
        };
        out.push(shown);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Groups of RTF that people don't see.
const HIDDEN: [&str; 9] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "themedata",
    "generator",
    "fldinst",
];

/// The text of an RTF document: control words and hidden groups stripped.
fn without_control_words(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut hidden: Option<usize> = None;
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => {
                depth += 1;
                let head = &bytes[at..bytes.len().min(at + 16)];
                let name = head.strip_prefix(b"\\").unwrap_or_default();
                let is_hidden =
                    name.starts_with(b"*") || HIDDEN.iter().any(|hidden| name.starts_with(hidden.as_bytes()));
                hidden = hidden.or(is_hidden.then_some(depth));
            }
            b'}' => {
                hidden = hidden.filter(|&outer| outer != depth);
                depth = depth.saturating_sub(1);
            }
            b'\\' => {
                let (shown, length) = control_word(&bytes[at..]);
                at += length;
                out.extend(shown.filter(|_| hidden.is_none()));
            }
            b'\r' | b'\n' => {}
            _ if hidden.is_none() => out.push(windows_1252(byte)),
            _ => {}
        }
    }
    out
}

/// What a control word shows, without its backslash, and its length.
fn control_word(rest: &[u8]) -> (Option<char>, usize) {
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let text =
        |from: usize, to: usize| std::str::from_utf8(rest.get(from..to).unwrap_or_default()).unwrap_or("");
    match (rest.first(), letters) {
        (Some(b'\''), _) => {
            let shown = u8::from_str_radix(text(1, 3), 16).ok().map(windows_1252);
            (shown, 3.min(rest.len()))
        }
        (Some(b'\n' | b'\r'), 0) => (Some('\n'), 1),
        (Some(b'~'), 0) => (Some(' '), 1),
        (Some(b'-'), 0) => (Some('\u{ad}'), 1),
        (Some(b'_'), 0) => (Some('-'), 1),
        (Some(_), 0) => (None, 1),
        (None, _) => (None, 0),
        (Some(_), _) => {
            let sign = usize::from(rest.get(letters) == Some(&b'-'));
            let digits = rest[letters + sign..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let end = letters + sign + digits;
            let space = usize::from(rest.get(end) == Some(&b' '));
            let shown = match text(0, letters) {
                "par" | "line" | "page" | "sect" | "row" | "cell" => Some('\n'),
                "tab" => Some(' '),
                "u" => {
                    let unit = text(letters, end).parse::<i32>().unwrap_or(32);
                    // The character that stands for it in old programs follows.
                    let skipped = match rest.get(end + space) {
                        Some(b'\\') if rest.get(end + space + 1) == Some(&b'\'') => 4,
                        Some(b'\\' | b'{' | b'}') | None => 0,
                        Some(_) => 1,
                    };
                    let shown = u32::try_from(if unit < 0 { unit + 65536 } else { unit })
                        .ok()
                        .and_then(char::from_u32);
                    return (shown, end + space + skipped);
                }
                _ => None,
            };
            (shown, end + space)
        }
    }
}

fn windows_1252(byte: u8) -> char {
    WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(how: Visible, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        passages(how, bytes, &mut false, &mut |passage| {
            found.push(passage.split_whitespace().collect::<Vec<_>>().join(" "));
        });
        found
    }

    #[test]
    fn what_people_see_is_found_whatever_the_format() {
        let page = b"<p class=x>L&#8217;arm&eacute;e <b>mal</b>ienne</p><script>if (a<b) non</script><!-- non --><td>2 < 3";
        assert_eq!(seen(Visible::Markup, page), ["L\u{2019}armee malienne", "2 < 3"]);
        assert_eq!(
            seen(Visible::Lines, "titre;texte\nUn;\"Le pont\"".as_bytes()),
            ["titre;texte", "Un;\"Le pont\""]
        );
        assert_eq!(
            seen(
                Visible::Strings,
                br#"{"titre": "M\u00e9naka\nfin", "texte": "dit \"oui\" <b>et</b>"}"#
            ),
            ["M\u{e9}naka", "fin", "dit \"oui\" et"]
        );
        assert_eq!(seen(Visible::Lines, b"march\xe9 c\x9cur"), ["marché cœur"]);
        assert_eq!(
            seen(
                Visible::ControlWords,
                br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\x non}\pard Le \b march\'e9\b0\par \u233?t\u233? fini}"
            ),
            ["Le marché", "été fini"]
        );
    }

    #[test]
    fn strings_go_on_from_one_part_of_a_file_to_the_next() {
        let json = r#"[{"texte": "Un pont : \"neuf\" à Gao, dit le maire", "b": "fin"}]"#;
        let whole = seen(Visible::Strings, json.as_bytes()).join(" ");
        for at in (0..json.len())
            .filter(|&at| json.is_char_boundary(at) && json.as_bytes()[at.saturating_sub(1)] == b' ')
        {
            let (mut found, mut inside) = (Vec::new(), false);
            for part in [&json[..at], &json[at..]] {
                let take = &mut |passage: &str| found.push(passage.trim().to_string());
                passages(Visible::Strings, part.as_bytes(), &mut inside, take);
            }
            let found = found.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(found, whole, "at {at}");
        }
    }

    #[test]
    fn codes_and_addresses_are_not_seen() {
        let markdown = b"Un [lien](https://a.org/b) et ![image](b.jpg)\n{{< image src=\"b.jpg\" title=\"Le pont\" >}} fin {% x %}";
        assert_eq!(
            seen(Visible::Markdown, markdown),
            ["Un [lien ) et ![image )", "Le pont fin"]
        );
        let feed = b"<a><![CDATA[Voir [gallery link=\"file\"] [1] ici]]></a><b>&lt;p&gt;L&amp;eacute;gende&lt;/p&gt;</b><wp:postmeta>x</wp:postmeta>";
        let shown = seen(Visible::Feed, feed);
        assert_eq!(
            (shown[0].as_str(), shown[1].as_str(), shown.len()),
            ("Voir [1] ici]]>", "Legende", 2)
        );
        let office = b"<w:p><w:r><w:t>Tombo</w:t></w:r><w:r><w:t>uctou</w:t><w:delText>non</w:delText></w:r></w:p><w:p>b c</w:p>";
        assert_eq!(seen(Visible::Office, office), ["Tombouctou", "b c"]);
    }

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_accents() {
        let words = |text: &str| {
            let mut found = Vec::new();
            each_word(text, &mut |word| found.push(word));
            found
        };
        assert_eq!(words("L'ÉTÉ à Gao"), words("ete gao"));
        assert_eq!(words("Me\u{301}naka co\u{ad}ton"), words("Ménaka coton"));
        assert_eq!(words("pays"), [joined("pa", "ys")]);
    }
}
