//! The text of RTF, around its control words.

use encoding_rs::WINDOWS_1252;

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
pub(super) fn without_control_words(bytes: &[u8]) -> String {
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
    if byte.is_ascii() {
        return char::from(byte);
    }
    WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or(' ')
}
