//! Mends what programs write wrongly, so that no article and no accent is lost for it: almost JSON, entities in plain text.

/// A text with its HTML entities (`l&#8217;arm&eacute;e`) decoded; none if it has none.
pub(super) fn entities(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (_, after) = rest.split_once('&')?;
        let name = &after[..after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(after.len())];
        if (2..=10).contains(&name.len()) && after[name.len()..].starts_with(';') {
            return Some(html_escape::decode_html_entities(text).into_owned());
        }
        rest = after;
    }
}

/// The text with the faults mended that common exporters make: `NaN` and `Infinity` (pandas), control characters in
/// strings, halves of surrogate pairs (texts cut in the middle of an emoji), backslashes that escape nothing, a comma
/// before a closing bracket. None if it has none of these.
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
            'N' | 'I' | '-' if !in_string => match ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)) {
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

/// What to write for the escape that `rest` begins with (none: the backslash stands for itself), and its length.
fn escape(rest: &str) -> (Option<String>, usize) {
    let copy = |length: usize| (rest.get(..length).map(String::from), length);
    match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => copy(2),
        Some(b'u') => match unit(rest) {
            Some(0xd800..=0xdbff) if rest.get(6..).and_then(unit).is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) => copy(12),
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
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn almost_json_becomes_json() {
        for (almost, meant) in [
            (r#"{"a": NaN, "b": -Infinity, "c": "NaN"}"#, r#"{"a": null, "b": null, "c": "NaN"}"#),
            ("{\"a\": \"un\tdeux\"}", r#"{"a": "un\tdeux"}"#),
            (r#"{"a": "coup\ud83d"}"#, r#"{"a": "coup\ufffd"}"#),
            (r#"{"a": "C:\Mali \u12"}"#, r#"{"a": "C:\\Mali \\u12"}"#),
            (r#"{"a": [1, 2, ], }"#, r#"{"a": [1, 2]}"#),
        ] {
            let mended = json(almost).expect("a fault");
            let value: Value = serde_json::from_str(&mended).expect("JSON");
            assert_eq!(value, serde_json::from_str::<Value>(meant).expect("JSON"), "{almost}");
        }
    }

    #[test]
    fn json_is_left_alone() {
        for sound in [r#"{"a": "\ud83d\ude00 \\ \" é", "b": [1, -2, {}]}"#, "", "{", r#"{"a": "#] {
            assert_eq!(json(sound), None, "{sound}");
        }
    }
}
