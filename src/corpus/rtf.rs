//! Rich Text Format: its text, and nothing else of it. In one pass, with the groups that hold no text left
//! out.

use super::{Options, Output, Place, SkipReason, text, whole};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::io::{self, Read};

/// Groups within groups beyond this are read as one.
const DEEPEST: usize = 1000;

pub(super) fn read(bytes: &mut dyn Read, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(bytes) = whole::bytes(bytes, out)? else {
        return Ok(());
    };
    if bytes.trim_ascii().is_empty() {
        let _ = out.skip(Place::default(), SkipReason::Empty, "");
        return Ok(());
    }
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        let _ = out.skip(
            Place::default(),
            SkipReason::NotText,
            "it does not begin as RTF does; give it its right extension",
        );
        return Ok(());
    }
    let document = plain(&bytes);
    if document.text.trim().is_empty() {
        let _ = out.skip(Place::default(), SkipReason::NoText, "");
        return Ok(());
    }
    text::hand_over(&document.text, document.title, out);
    Ok(())
}

/// What a document says.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub text: String,
    /// From its properties.
    pub title: Option<String>,
}

/// Groups that hold no text of the document.
const SILENT: [&str; 28] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "pict",
    "object",
    "header",
    "footer",
    "headerl",
    "headerr",
    "headerf",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "revtbl",
    "filetbl",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
];

/// Where text goes.
#[derive(Clone, Copy, PartialEq)]
enum Goes {
    Out,
    /// A note or a box, put after the text.
    Aside,
    Title,
    Nowhere,
}

/// The state of a group.
#[derive(Clone, Copy)]
struct Group {
    goes: Goes,
    /// Characters that stand for one of Unicode in readers that don't know it.
    substitutes: usize,
}

/// The text of a document.
pub(super) fn plain(bytes: &[u8]) -> Document {
    let mut document = Document::default();
    let mut encoding: &'static Encoding = WINDOWS_1252;
    let mut groups = vec![Group {
        goes: Goes::Out,
        substitutes: 1,
    }];
    let (mut title, mut asides) = (String::new(), String::new());
    // Bytes in the document's encoding, until something else comes; characters still to be passed over.
    let (mut held, mut pass): (Vec<u8>, usize) = (Vec::new(), 0);
    // The first half of a character outside the first plane.
    let mut half: Option<u16> = None;
    let mut at = 0;
    while at < bytes.len() {
        let group = groups.last().copied().unwrap_or(Group {
            goes: Goes::Out,
            substitutes: 1,
        });
        let mut into = |text: &str| match group.goes {
            Goes::Out => document.text.push_str(text),
            Goes::Aside => asides.push_str(text),
            Goes::Title => title.push_str(text),
            Goes::Nowhere => {}
        };
        let byte = bytes[at];
        let plain_byte = !matches!(byte, b'\\' | b'{' | b'}' | b'\r' | b'\n');
        let hex = (byte == b'\\' && bytes.get(at + 1) == Some(&b'\''))
            .then(|| {
                bytes
                    .get(at + 2..at + 4)
                    .and_then(|hex| std::str::from_utf8(hex).ok())
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            })
            .flatten();
        if plain_byte || hex.is_some() {
            at += if hex.is_some() { 4 } else { 1 };
            if pass > 0 {
                pass -= 1;
            } else {
                held.push(hex.unwrap_or(byte));
            }
            continue;
        }
        if !held.is_empty() {
            into(&encoding.decode_without_bom_handling(&held).0);
            held.clear();
        }
        match byte {
            b'{' => {
                if groups.len() < DEEPEST {
                    groups.push(group);
                }
                pass = 0;
                at += 1;
            }
            b'}' => {
                if groups.len() > 1 {
                    groups.pop();
                }
                pass = 0;
                at += 1;
            }
            b'\\' => {
                let (word, number, length) = control(&bytes[at + 1..]);
                at += 1 + length;
                let current = groups.last_mut();
                match word {
                    "par" | "line" | "sect" | "page" | "row" => {
                        into(if word == "line" { "\n" } else { "\n\n" })
                    }
                    "tab" | "cell" => into("\t"),
                    "~" => into("\u{a0}"),
                    "_" => into("-"),
                    "\\" | "{" | "}" => into(word),
                    "lquote" | "rquote" => into("’"),
                    "ldblquote" => into("“"),
                    "rdblquote" => into("”"),
                    "endash" | "emdash" => into("–"),
                    "bullet" => into("•"),
                    "u" => {
                        let unit = number.unwrap_or(0) as u16;
                        match (half.take(), char::from_u32(u32::from(unit))) {
                            (_, Some(c)) => into(c.encode_utf8(&mut [0; 4])),
                            (Some(first), None) => into(&String::from_utf16_lossy(&[first, unit])),
                            (None, None) => half = Some(unit),
                        }
                        pass = group.substitutes;
                    }
                    "uc" => {
                        if let Some(current) = current {
                            current.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8);
                        }
                    }
                    "ansicpg" => {
                        let label = match number.unwrap_or(0) {
                            65001 => "utf-8".to_string(),
                            10000 => "macintosh".to_string(),
                            page => format!("windows-{page}"),
                        };
                        encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
                    }
                    "mac" => encoding = encoding_rs::MACINTOSH,
                    "footnote" | "shptxt" if group.goes == Goes::Out || word == "shptxt" => {
                        if let Some(current) = current {
                            current.goes = Goes::Aside;
                        }
                        asides.push_str("\n\n");
                    }
                    // A group for programs that know it.
                    "*" => {
                        if let Some(current) = current {
                            current.goes = Goes::Nowhere;
                        }
                    }
                    "title" if group.goes == Goes::Nowhere => {
                        if let Some(current) = current {
                            current.goes = Goes::Title;
                        }
                    }
                    "info" => {
                        if let Some(current) = current {
                            current.goes = Goes::Nowhere;
                        }
                    }
                    "bin" => at = at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)),
                    silent if SILENT.contains(&silent) => {
                        if let Some(current) = current {
                            current.goes = Goes::Nowhere;
                        }
                    }
                    _ => {}
                }
            }
            _ => at += 1,
        }
    }
    if !held.is_empty() && groups.last().is_none_or(|group| group.goes == Goes::Out) {
        document
            .text
            .push_str(&encoding.decode_without_bom_handling(&held).0);
    }
    document.text.push_str(&asides);
    document.title = super::clean::line(&title);
    document
}

/// The control word (or sign) that stands after a backslash, its number, and their length with the space that
/// ends them.
fn control(rest: &[u8]) -> (&str, Option<i32>, usize) {
    let letters = rest
        .iter()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if letters == 0 {
        let sign = rest
            .get(..1)
            .and_then(|sign| std::str::from_utf8(sign).ok())
            .unwrap_or("");
        // A backslash at the end of a line is a paragraph.
        let sign = if matches!(sign, "\n" | "\r") { "par" } else { sign };
        return (sign, None, usize::from(!rest.is_empty()));
    }
    let word = std::str::from_utf8(&rest[..letters]).unwrap_or("");
    let after = &rest[letters..];
    let minus = usize::from(after.first() == Some(&b'-'));
    let digits = after[minus..]
        .iter()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let length = if digits > 0 { minus + digits } else { 0 };
    let number = std::str::from_utf8(&after[..length])
        .ok()
        .and_then(|number| number.parse().ok());
    let space = usize::from(after.get(length) == Some(&b' '));
    (word, number, letters + length + space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_a_reader_sees() {
        let rtf = br"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\info{\title Un titre}{\author X}}{\*\generator Y;}\f0\fs24 L\'92arm\'e9e\par \u8220?malienne\u8221? {\b \'e0 Gao}\line 1 \{x\}\~: {\field{\*\fldinst HYPERLINK x}{\fldrslt lien}}\par}";
        let document = plain(rtf);
        assert_eq!(
            document.text.trim(),
            "L’armée\n\n“malienne” à Gao\n1 {x}\u{a0}: lien"
        );
        assert_eq!(document.title.as_deref(), Some("Un titre"));
        let notes = br"{\rtf1 Douze tu\'e9s \'e0 Gao{\super\chftn{\footnote\pard {\super\chftn} Une note.}}, dit-il.\par}";
        assert_eq!(plain(notes).text, "Douze tués à Gao, dit-il.\n\n\n\n Une note.");
        assert_eq!(
            plain(br"{\rtf1\ansicpg65001 \u-10179?\u-8704? \'c3\'a9t\'c3\'a9}").text,
            "😀 été"
        );
    }

    #[test]
    fn hostile_documents_take_linear_time() {
        for unit in [
            "{",
            "}",
            "\\",
            "{\\*",
            "\\u1?",
            "\\bin999999999 ",
            "\\'",
            "\\uc9 \\u1",
        ] {
            plain(format!("{{\\rtf1 {}", unit.repeat(1_000_000 / unit.len())).as_bytes());
        }
    }
}
