//! The strings of JSON, which may be cut off anywhere.

use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// Calls `take` for each string of JSON that is no key. A string ends with its line at the latest,
/// whatever is wrong with it.
pub(super) fn strings(text: &str, is_inside: &mut bool, take: &mut dyn FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let start = match std::mem::take(is_inside) {
            true => at,
            false => match memchr(b'"', &bytes[at..]) {
                Some(found) => at + found + 1,
                None => return,
            },
        };
        let end = end_of(bytes, start);
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
            take(&unescaped(&text[start..end]));
        }
        if *is_inside {
            return;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}

/// Where a string ends that begins there: at its quote, at the end of its line, or at or beyond the end of all.
fn end_of(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(sign) = bytes.get(at..).and_then(|rest| memchr3(b'"', b'\n', b'\\', rest)) {
        at += sign;
        if bytes[at] != b'\\' {
            return at;
        }
        at += 2;
    }
    at.max(bytes.len())
}

/// The escapes of JSON undone.
fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
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
    out.into()
}
