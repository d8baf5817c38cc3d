//! Mends what programs write wrongly, so that no article and no accent is lost for it: almost JSON, entities
//! in plain text.

use memchr::{memchr2_iter, memchr3_iter};

/// A text with its HTML entities (`l&#8217;arm&eacute;e`) decoded; none if it has none.
pub(super) fn entities(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (_, after) = rest.split_once('&')?;
        let name = &after[..after
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .unwrap_or(after.len())];
        if (2..=10).contains(&name.len()) && after[name.len()..].starts_with(';') {
            return Some(html_escape::decode_html_entities(text).into_owned());
        }
        rest = after;
    }
}

/// A text in which UTF-8 was taken for windows-1252 and written anew
/// (`l\u{e2}\u{20ac}\u{2122}arm\u{c3}\u{a9}e`), as it was meant; none if it is sound. Each character is
/// mended by itself, since programs that join texts spoil only some of them; twice spoilt ones too.
pub(super) fn double_encoded(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    for _ in 0..3 {
        let current = mended.as_deref().unwrap_or(text);
        if !has_marks(current.as_bytes()) {
            break;
        }
        let Some(next) = once_encoded(current) else { break };
        mended = Some(next);
    }
    mended
}

/// Whether a text has signs of it: Ã, Â, Å, and â and ï before what can't follow them in a word.
fn has_marks(text: &[u8]) -> bool {
    let is_mark = |second: usize| match text[second.saturating_sub(1)..] {
        [0xc3, 0x82 | 0x83 | 0x85, _, ..] => true,
        [0xc3, 0xa2 | 0xaf, next, ..] => matches!(next, 0xe2 | 0xc2),
        _ => false,
    };
    // The second bytes are rarer than the first.
    memchr3_iter(0x82, 0x83, 0x85, text).any(is_mark) || memchr2_iter(0xa2, 0xaf, text).any(is_mark)
}

/// One round of [`double_encoded`].
fn once_encoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut mended = false;
    while let Some(first) = rest.chars().next() {
        let meant = matches!(first, '\u{c2}' | '\u{c3}' | '\u{c5}' | '\u{e2}' | '\u{ef}')
            .then(|| meant(rest))
            .flatten();
        // `à`, whose second byte is a no-break space that somebody took for a plain one.
        if meant.is_none() && rest.starts_with("Ã ") && !out.ends_with(char::is_uppercase) {
            out.push('à');
            rest = &rest[first.len_utf8() + usize::from(rest.starts_with("Ã  "))..];
            mended = true;
            continue;
        }
        match meant {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
                mended = true;
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    mended.then_some(out)
}

/// The character whose bytes, taken for windows-1252, a text begins with; and how long they are as they
/// stand.
fn meant(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let mut bytes = [0_u8; 3];
    let first = windows_1252_byte(chars.next()?.1)?;
    let count = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => return None,
    };
    bytes[0] = first;
    for byte in &mut bytes[1..count] {
        *byte = windows_1252_byte(chars.next()?.1).filter(|byte| (0x80..0xc0).contains(byte))?;
    }
    let c = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    // What texts hold: letters of western Europe, punctuation, the byte order mark.
    let sensible =
        matches!(c, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{feff}');
    sensible.then(|| (c, chars.next().map_or(text.len(), |(at, _)| at)))
}

/// The byte of a character in windows-1252; its unused bytes stand for themselves.
fn windows_1252_byte(c: char) -> Option<u8> {
    let code = c as u32;
    if code < 0x80 || (0xa0..0x100).contains(&code) || matches!(code, 0x80..=0x9f) {
        return u8::try_from(code).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!unmappable && bytes.len() == 1).then(|| bytes[0])
}

/// The text with the faults mended that common exporters make: `NaN` and `Infinity` (pandas), control
/// characters in strings, halves of surrogate pairs (texts cut in the middle of an emoji), backslashes that
/// escape nothing, a comma before a closing bracket. None if it has none of these.
pub(super) fn json(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let (mut in_string, mut mended) = (false, false);
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => {
                let (written, length) = escape(rest);
                mended |= written.as_deref() != rest.get(..length);
                out.push_str(written.as_deref().unwrap_or("\\\\"));
                taken = length;
            }
            '\u{0}'..='\u{1f}' if in_string => {
                out.push_str(&format!("\\u{:04x}", c as u32));
                mended = true;
            }
            'N' | 'I' | '-' if !in_string => match ["NaN", "Infinity", "-Infinity"]
                .iter()
                .find(|word| rest.starts_with(**word))
            {
                Some(word) => {
                    out.push_str("null");
                    taken = word.len();
                    mended = true;
                }
                None => out.push(c),
            },
            ',' if !in_string && rest[1..].trim_start().starts_with(['}', ']']) => mended = true,
            _ => out.push(c),
        }
        rest = &rest[taken..];
    }
    mended.then_some(out)
}

/// What to write for the escape that `rest` begins with (none: the backslash stands for itself), and its
/// length.
fn escape(rest: &str) -> (Option<String>, usize) {
    let copy = |length: usize| (rest.get(..length).map(String::from), length);
    match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => copy(2),
        Some(b'u') => match unit(rest) {
            Some(0xd800..=0xdbff)
                if rest
                    .get(6..)
                    .and_then(unit)
                    .is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) =>
            {
                copy(12)
            }
            Some(0xd800..=0xdfff) => (Some("\\ufffd".into()), 6),
            Some(_) => copy(6),
            None => (None, 1),
        },
        _ => (None, 1),
    }
}

/// The number of the `\uXXXX` that a text begins with.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn almost_json_becomes_json() {
        for (almost, meant) in [
            (
                r#"{"a": NaN, "b": -Infinity, "c": "NaN"}"#,
                r#"{"a": null, "b": null, "c": "NaN"}"#,
            ),
            ("{\"a\": \"un\tdeux\"}", r#"{"a": "un\tdeux"}"#),
            (r#"{"a": "coup\ud83d"}"#, r#"{"a": "coup\ufffd"}"#),
            (r#"{"a": "C:\Mali \u12"}"#, r#"{"a": "C:\\Mali \\u12"}"#),
            (r#"{"a": [1, 2, ], }"#, r#"{"a": [1, 2]}"#),
        ] {
            let mended = json(almost).expect("a fault");
            let value: Value = serde_json::from_str(&mended).expect("JSON");
            assert_eq!(
                value,
                serde_json::from_str::<Value>(meant).expect("JSON"),
                "{almost}"
            );
        }
    }

    #[test]
    fn double_encoded_texts_are_mended() {
        let spoil = |text: &str| {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(text.as_bytes())
                .0
                .into_owned()
        };
        let latin = |text: &str| text.bytes().map(char::from).collect::<String>();
        for text in [
            "L’armée a dit : « à Gao », où l’été…",
            "œuvre, Œuvre, 30 €, garçon, À l’aube – ÉTÉ",
        ] {
            for spoilt in [
                spoil(text),
                latin(text),
                spoil(&spoil(text)),
                format!("Déjà été : {}", spoil(text)),
            ] {
                let mended = double_encoded(&spoilt);
                assert!(
                    mended.as_deref().is_some_and(|mended| mended.ends_with(text)),
                    "{spoilt}: {mended:?}"
                );
            }
        }
    }

    #[test]
    fn sound_texts_are_left_alone() {
        for text in [
            "L’armée a dit : « à Gao »",
            "CHÂTEAU, PÂTÉ, ÂGÉ",
            "João, São Tomé, maçã",
            "L'Å est une lettre",
            "",
        ] {
            assert_eq!(double_encoded(text), None, "{text}");
        }
    }

    #[test]
    fn entities_are_decoded_where_there_are_some() {
        assert_eq!(
            entities("l&#8217;arm&eacute;e &amp; Cie").as_deref(),
            Some("l’armée & Cie")
        );
        for text in ["AT&T", "a & b;", "x&;", "https://a.org/?a=1&b=2"] {
            assert_eq!(entities(text), None, "{text}");
        }
    }

    #[test]
    fn json_is_left_alone() {
        for sound in [
            r#"{"a": "\ud83d\ude00 \\ \" é", "b": [1, -2, {}]}"#,
            "",
            "{",
            r#"{"a": "#,
        ] {
            assert_eq!(json(sound), None, "{sound}");
        }
    }
}
