//! The structure of messages: headers, parts within parts, transfer encodings, character sets.
//!
//! Own code: mail-parser asks for a newer compiler than griot does, and mailparse goes into parts within parts
//! by recursion without a bound, and decodes every part whether it is read or not.

use super::{charset, encoding};
use encoding_rs::Encoding;

/// Parts within parts beyond this are not looked into.
const DEEPEST: usize = 20;

/// Most parts of a message.
const MOST: usize = 10_000;

/// Most bytes of headers.
const LONGEST_HEAD: usize = 1024 * 1024;

/// The headers of a message or a part.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of a header (lower case), as written but on one line.
    pub(super) fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a header, with its encoded words decoded.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(decode_words)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a header without its parameters, lower case: `text/html`.
    pub(super) fn kind(&self, name: &str) -> String {
        self.raw(name)
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// A parameter of a header: `charset` of `Content-Type`.
    pub(super) fn parameter(&self, header: &str, name: &str) -> Option<String> {
        let mut rest = self.raw(header)?.split_once(';')?.1;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => after.split_at(after.find(';').unwrap_or(after.len())),
            };
            let key = key.trim().trim_start_matches(';').trim().trim_end_matches('*');
            if key.eq_ignore_ascii_case(name) {
                // RFC 2231: `UTF-8''%C3%A9t%C3%A9.pdf`.
                return Some(match value.split_once("''") {
                    Some((_, percent)) => String::from_utf8_lossy(&unhex(percent, b'%')).into_owned(),
                    None => decode_words(value.trim()),
                });
            }
            rest = next.trim_start().trim_start_matches(';');
        }
    }
}

/// Headers and what follows them.
pub(super) fn split(bytes: &[u8]) -> (Headers, &[u8]) {
    let mut headers = Headers::default();
    let mut rest = bytes;
    while let Some(end) = rest
        .iter()
        .position(|&byte| byte == b'\n')
        .or(rest.len().checked_sub(1))
    {
        if bytes.len() - rest.len() > LONGEST_HEAD {
            break;
        }
        let line = rest[..=end].trim_ascii_end();
        let after = &rest[end + 1..];
        if line.is_empty() {
            return (headers, after);
        }
        let text = encoding::repair_utf8(line).0;
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.0.last_mut() {
                value.push(' ');
                value.push_str(text.trim_start());
            }
        } else {
            match text.split_once(':') {
                Some((name, value)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()) => {
                    headers
                        .0
                        .push((name.to_ascii_lowercase(), value.trim().to_string()));
                }
                // No header: the content has begun.
                _ => return (headers, rest),
            }
        }
        rest = after;
    }
    (headers, rest)
}

/// A part that holds no others.
#[derive(Debug)]
pub(super) struct Leaf {
    pub headers: Headers,
    /// Its transfer encoding undone.
    pub content: Vec<u8>,
    /// Of parts that say the same in several forms (`multipart/alternative`), the number of their group.
    pub choice: Option<usize>,
}

impl Leaf {
    /// Its media type, lower case; plain text if it names none.
    pub(super) fn kind(&self) -> String {
        Some(self.headers.kind("content-type"))
            .filter(|kind| !kind.is_empty())
            .unwrap_or_else(|| "text/plain".into())
    }

    /// The name of the file that it was, of an attachment.
    pub(super) fn file_name(&self) -> Option<String> {
        let name = self
            .headers
            .parameter("content-disposition", "filename")
            .or_else(|| self.headers.parameter("content-type", "name"))?;
        let name = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_string();
        (!name.is_empty()).then_some(name)
    }

    /// Whether it is a message within the message: forwarded, or of a digest.
    pub(super) fn is_message(&self) -> bool {
        self.kind() == "message/rfc822"
    }

    pub(super) fn is_attachment(&self) -> bool {
        self.headers.kind("content-disposition") == "attachment"
    }

    /// Its content as text.
    pub(super) fn text(&self) -> Option<String> {
        decode_text(
            self.content.clone(),
            self.headers.parameter("content-type", "charset").as_deref(),
        )
    }
}

/// Bytes as text, by the name of their character set, else by what a page in them declares, else by
/// recognition.
pub(super) fn decode_text(bytes: Vec<u8>, charset: Option<&str>) -> Option<String> {
    let named =
        charset.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes()));
    let declared = named.or_else(|| charset::declared(&bytes));
    encoding::decode(bytes, declared).ok().map(|decoded| decoded.text)
}

/// The parts of a message that hold no others, in order.
pub(super) fn leaves(bytes: &[u8]) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let (headers, content) = split(bytes);
    gather(headers, content, 0, None, &mut leaves);
    leaves
}

fn gather(headers: Headers, content: &[u8], depth: usize, choice: Option<usize>, leaves: &mut Vec<Leaf>) {
    if leaves.len() >= MOST {
        return;
    }
    let kind = headers.kind("content-type");
    if kind.starts_with("multipart/")
        && depth < DEEPEST
        && let Some(boundary) = headers
            .parameter("content-type", "boundary")
            .filter(|boundary| !boundary.is_empty())
    {
        // As many leaves as there are so far: no other group has that number.
        let choice = choice.or_else(|| (kind == "multipart/alternative").then_some(leaves.len()));
        for part in parts(content, &boundary) {
            let (headers, content) = split(part);
            gather(headers, content, depth + 1, choice, leaves);
        }
        return;
    }
    let content = undo(content, &headers.kind("content-transfer-encoding"));
    leaves.push(Leaf {
        headers,
        content,
        choice,
    });
}

/// What stands between lines `--boundary`.
fn parts<'a>(content: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let (mut parts, mut from, mut at) = (Vec::new(), None, 0);
    for line in content.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(&mark) {
            let after = line[mark.len()..].trim_ascii_end();
            if after.is_empty() || after == b"--" {
                if let Some(from) = from.take() {
                    parts.push(&content[from..at]);
                }
                if after == b"--" || parts.len() >= MOST {
                    return parts;
                }
                from = Some(at + line.len());
            }
        }
        at += line.len();
    }
    // Cut off: the last part has no end.
    parts.extend(from.map(|from| &content[from..]));
    parts
}

/// Undoes a transfer encoding.
fn undo(content: &[u8], encoding: &str) -> Vec<u8> {
    match encoding {
        "base64" => base64(content),
        "quoted-printable" => {
            let mut out = Vec::with_capacity(content.len());
            for line in content.split_inclusive(|&byte| byte == b'\n') {
                let text = line.trim_ascii_end();
                match text.strip_suffix(b"=") {
                    // A soft line break.
                    Some(text) => out.extend(unhex_bytes(text, b'=')),
                    None => {
                        out.extend(unhex_bytes(text, b'='));
                        out.extend_from_slice(if line.ends_with(b"\n") { b"\n" } else { b"" });
                    }
                }
            }
            out
        }
        _ => content.to_vec(),
    }
}

/// What is no letter of base64 is passed over.
fn base64(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for &byte in content {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, held) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}

fn unhex(text: &str, mark: u8) -> Vec<u8> {
    unhex_bytes(text.as_bytes(), mark)
}

/// Bytes with `=C3` (or `%C3`) undone; a mark that no two digits follow stays.
fn unhex_bytes(text: &[u8], mark: u8) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| (byte as char).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        match (digit(text.get(at + 1)), digit(text.get(at + 2))) {
            (Some(high), Some(low)) if text[at] == mark => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    out
}

/// A header with its encoded words (`=?UTF-8?Q?Mali_=C3=A9?=`) decoded. White space between two of them is
/// none.
fn decode_words(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    let mut after_word = false;
    while let Some(at) = rest.find("=?") {
        let word = encoded_word(&rest[at..]);
        let between = &rest[..at];
        match word {
            Some((text, length)) => {
                if !(after_word && between.trim().is_empty()) {
                    out.push_str(between);
                }
                out.push_str(&text);
                rest = &rest[at + length..];
                after_word = true;
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
                after_word = false;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The encoded word that a text begins with, and its length.
fn encoded_word(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("=?")?;
    let (charset, rest) = inside.split_once('?')?;
    let (kind, rest) = rest.split_once('?')?;
    let (content, _) = rest.split_once("?=")?;
    if content.len() > 1000 || charset.len() > 40 {
        return None;
    }
    let bytes = match kind {
        "Q" | "q" => unhex(&content.replace('_', " "), b'='),
        "B" | "b" => base64(content.as_bytes()),
        _ => return None,
    };
    let encoding = Encoding::for_label(charset.split('*').next()?.as_bytes())?;
    Some((
        encoding.decode(&bytes).0.into_owned(),
        2 + charset.len() + 1 + kind.len() + 1 + content.len() + 2,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_decoded() {
        for (written, meant) in [
            (
                "=?UTF-8?Q?L=E2=80=99arm=C3=A9e_malienne?= =?utf-8?B?IMOgIEdhbw==?=",
                "L’armée malienne à Gao",
            ),
            ("Re: =?iso-8859-1?q?march=E9?= de Gao", "Re: marché de Gao"),
            ("=?x?y", "=?x?y"),
            ("1 =? 2", "1 =? 2"),
        ] {
            assert_eq!(decode_words(written), meant);
        }
    }

    #[test]
    fn parameters_are_found_in_every_spelling() {
        let (headers, rest) =
            split(b"Content-Type: multipart/mixed;\r\n\tboundary=\"a;b\"; charset=UTF-8\nContent-Disposition: attachment; filename*=UTF-8''%C3%A9t%C3%A9.docx\n\ntexte");
        assert_eq!(
            headers.parameter("content-type", "boundary").as_deref(),
            Some("a;b")
        );
        assert_eq!(
            headers.parameter("content-type", "charset").as_deref(),
            Some("UTF-8")
        );
        assert_eq!(
            headers.parameter("content-disposition", "filename").as_deref(),
            Some("été.docx")
        );
        assert_eq!(headers.parameter("content-type", "name"), None);
        assert_eq!(
            (headers.kind("content-type").as_str(), rest),
            ("multipart/mixed", &b"texte"[..])
        );
    }

    #[test]
    fn transfer_encodings_are_undone() {
        assert_eq!(
            undo(b"caf=C3=A9 =\r\ntr=\xc3\xa8s=\n=3D fin\r\n", "quoted-printable"),
            "café tr=ès= fin\n".as_bytes()
        );
        assert_eq!(undo(b"VGV4\r\ndGU=", "base64"), b"Texte");
    }

    #[test]
    fn parts_within_parts_are_bounded() {
        let deep = "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(3000);
        assert!(leaves(deep.as_bytes()).len() < 10);
    }
}
