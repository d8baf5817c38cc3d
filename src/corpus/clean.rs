//! What every value read goes through, whatever its format: NFC, plain line ends, no control characters.

use super::{hyphenation, repair};
use crate::french::normalize;
use crate::scan;
use encoding_rs::WINDOWS_1252;

/// A text of several lines: NFC, UTF-8 that was encoded twice mended, line ends as `\n`, control characters
/// as spaces, words that line ends divide joined, white space cut at the end and empty lines cut at the
/// start.
pub(super) fn body(text: &str) -> String {
    let mended = repair::double_encoded(text);
    let plain = without_controls(mended.as_deref().unwrap_or(text));
    trimmed(&hyphenation::joined(&normalize(&plain))).to_string()
}

/// A part of a text that [`body`] made: white space cut at the end and empty lines cut at the start.
pub(super) fn trimmed(text: &str) -> &str {
    let text = text.trim_end();
    let content = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    let start = text[..content].rfind('\n').map_or(0, |newline| newline + 1);
    &text[start..]
}

/// A value of one line: as [`body`], with every run of white space as one space; none if nothing remains.
pub(super) fn line(text: &str) -> Option<String> {
    let mended = repair::double_encoded(text);
    line_as_it_is(mended.as_deref().unwrap_or(text))
}

/// A text that [`body`] made before: nothing in it is mended again.
pub(super) fn body_as_it_is(text: &str) -> String {
    trimmed(&normalize(&without_controls(text))).to_string()
}

/// A value that [`line`] made before: nothing in it is mended again.
pub(super) fn line_as_it_is(text: &str) -> Option<String> {
    let plain = without_controls(text);
    let normal = normalize(&plain);
    let mut out = String::with_capacity(normal.len());
    // Not split_whitespace: a no-break space before « : » is French typography, and stays.
    for word in normal.split([' ', '\t', '\n']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    let trimmed = out.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_string())
}

/// Line ends as `\n`; control characters as spaces, but those of the range 80 to 9F as what they are: the
/// `’`, `œ` and `…` of a text in windows-1252 that somebody took for Latin-1.
fn without_controls(text: &str) -> std::borrow::Cow<'_, str> {
    let Some((mut at, mut c)) = next_control(text, 0) else {
        return text.into();
    };
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    loop {
        out.push_str(&text[start..at]);
        start = at + c.len_utf8();
        match c {
            '\r' if text[start..].starts_with('\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{c}' | '\u{b}' => out.push('\n'),
            '\u{80}'..='\u{9f}' => {
                let meant = windows_1252(c as u32 as u8);
                out.push(if meant.is_control() { ' ' } else { meant });
            }
            _ => out.push(' '),
        }
        match next_control(text, start) {
            Some(next) => (at, c) = next,
            None => break,
        }
    }
    out.push_str(&text[start..]);
    out.into()
}

/// The first character from a byte on that [`without_controls`] changes, and where it stands.
fn next_control(text: &str, mut from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    loop {
        // Control characters are these bytes, or begin with 0xC2; U+2028 and U+2029 begin with 0xE2.
        let found = scan::position(&bytes[from..], |byte| {
            (byte < 0x20) & (byte != b'\n') & (byte != b'\t')
                | (byte == 0x7f)
                | (byte == 0xc2)
                | (byte == 0xe2)
        })?;
        let at = from + found;
        let c = text[at..].chars().next()?;
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

/// The character of a byte in windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    WINDOWS_1252
        .decode_without_bom_handling(&[byte])
        .0
        .chars()
        .next()
        .unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_controls_and_accents_are_made_plain() {
        assert_eq!(
            body("\r\n \n  un\r\ndeux\rtrois\u{2028}e\u{301}\u{0}fin \n\n"),
            "  un\ndeux\ntrois\né fin"
        );
        assert_eq!(
            body("l\u{92}arm\u{e9}e\u{85} c\u{9c}ur\u{81}x"),
            "l’armée… cœur x"
        );
        assert_eq!(body(" \n "), "");
    }

    #[test]
    fn a_line_keeps_its_no_break_spaces() {
        assert_eq!(
            line("  Mali\u{a0}: un\n\ttitre ").as_deref(),
            Some("Mali\u{a0}: un titre")
        );
        assert_eq!(line(" \u{a0}\r\n"), None);
    }
}
