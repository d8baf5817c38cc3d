//! Rich Text Format: its text, and nothing else of it. In one pass, with the groups that hold no text left
//! out.

use super::account::LeftOut;
use super::{Location, Options, Output, SkipReason, text, whole};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::io::{self, Read};

/// Groups within groups beyond this are read as one.
const DEEPEST: usize = 1000;

pub(super) fn read(bytes: &mut dyn Read, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let Some(bytes) = whole::bytes(bytes, out)? else {
        return Ok(());
    };
    if bytes.trim_ascii().is_empty() {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
        return Ok(());
    }
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        let _ = out.skip(
            Location::default(),
            SkipReason::NotText,
            "it does not begin as RTF does; give it the right extension",
        );
        return Ok(());
    }
    let document = plain(&bytes);
    out.leave_out(LeftOut::Deleted, &document.deleted);
    if document.text.trim().is_empty() {
        let _ = out.skip(Location::default(), SkipReason::NoText, "");
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
    /// What tracked changes took out.
    pub deleted: String,
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
    /// Tracked changes have deleted it, or moved it elsewhere.
    deleted: bool,
    moved: bool,
}

impl Group {
    /// That of a document.
    const OUTERMOST: Self = Self {
        goes: Goes::Out,
        substitutes: 1,
        deleted: false,
        moved: false,
    };
}

/// The text of a document.
pub(super) fn plain(bytes: &[u8]) -> Document {
    let mut scan = Scan::new(bytes);
    while let Some(&byte) = bytes.get(scan.at) {
        if let Some((byte, length)) = scan.byte_of_text() {
            scan.at += length;
            if scan.pass > 0 {
                scan.pass -= 1;
            } else {
                scan.held.push(byte);
            }
            continue;
        }
        scan.release();
        match byte {
            b'{' => scan.open(),
            b'}' => scan.close(),
            b'\\' => scan.control_word(),
            _ => scan.at += 1,
        }
    }
    scan.finish()
}

/// Goes through a document.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    text: String,
    asides: String,
    title: String,
    deleted: String,
    encoding: &'static Encoding,
    groups: Vec<Group>,
    /// Bytes in the document's encoding, until something else comes.
    held: Vec<u8>,
    /// Characters still to be passed over.
    pass: usize,
    /// The first half of a character outside the first plane.
    half: Option<u16>,
}

impl<'a> Scan<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            text: String::new(),
            asides: String::new(),
            title: String::new(),
            deleted: String::new(),
            encoding: WINDOWS_1252,
            groups: vec![Group::OUTERMOST],
            held: Vec::new(),
            pass: 0,
            half: None,
        }
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(Group::OUTERMOST)
    }

    /// The byte of text here, written as it is or in hexadecimal (`\'e9`), and how long it is written.
    fn byte_of_text(&self) -> Option<(u8, usize)> {
        let rest = &self.bytes[self.at..];
        if let Some(hex) = rest.strip_prefix(b"\\'") {
            let hex = std::str::from_utf8(hex.get(..2)?).ok()?;
            return Some((u8::from_str_radix(hex, 16).ok()?, 4));
        }
        let byte = *rest.first()?;
        (!matches!(byte, b'\\' | b'{' | b'}' | b'\r' | b'\n')).then_some((byte, 1))
    }

    /// Puts a text where the group says.
    fn put(&mut self, text: &str) {
        let group = self.group();
        if group.deleted || group.moved {
            return self.deleted.push_str(text);
        }
        match group.goes {
            Goes::Out => self.text.push_str(text),
            Goes::Aside => self.asides.push_str(text),
            Goes::Title => self.title.push_str(text),
            Goes::Nowhere => {}
        }
    }

    /// Puts the bytes that are held where the group says.
    fn release(&mut self) {
        if !self.held.is_empty() {
            let mut held = std::mem::take(&mut self.held);
            self.put(&self.encoding.decode_without_bom_handling(&held).0);
            held.clear();
            self.held = held;
        }
    }

    fn open(&mut self) {
        if self.groups.len() < DEEPEST {
            self.groups.push(self.group());
        }
        self.pass = 0;
        self.at += 1;
    }

    fn close(&mut self) {
        if self.groups.len() > 1 {
            self.groups.pop();
        }
        self.pass = 0;
        self.at += 1;
    }

    /// Changes what holds in the group from here on.
    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(current) = self.groups.last_mut() {
            change(current);
        }
    }

    /// Says where the text of the group goes from here on.
    fn send(&mut self, goes: Goes) {
        self.change(|group| group.goes = goes);
    }

    /// Does what a control word says.
    fn control_word(&mut self) {
        let (word, number, length) = control(&self.bytes[self.at + 1..]);
        self.at += 1 + length;
        if let Some(text) = character(word) {
            return self.put(text);
        }
        let goes = self.group().goes;
        match word {
            "u" => self.unicode(number.unwrap_or(0) as u16),
            "uc" => {
                let count = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8);
                self.change(|group| group.substitutes = count);
            }
            "deleted" => self.change(|group| group.deleted = number != Some(0)),
            "mvf" => self.change(|group| group.moved = number != Some(0)),
            "plain" => self.change(|group| (group.deleted, group.moved) = (false, false)),
            "ansicpg" => self.encoding = code_page(number.unwrap_or(0)),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "footnote" | "shptxt" if goes == Goes::Out || word == "shptxt" => {
                self.send(Goes::Aside);
                self.asides.push_str("\n\n");
            }
            "title" if goes == Goes::Nowhere => self.send(Goes::Title),
            // A group for programs that know it.
            "*" | "info" => self.send(Goes::Nowhere),
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at = self.at.saturating_add(length);
            }
            silent if SILENT.contains(&silent) => self.send(Goes::Nowhere),
            _ => {}
        }
    }

    /// A character of Unicode, or half of one; what stands for it in other readers is passed over.
    fn unicode(&mut self, unit: u16) {
        match (self.half.take(), char::from_u32(u32::from(unit))) {
            (_, Some(c)) => self.put(c.encode_utf8(&mut [0; 4])),
            (Some(first), None) => self.put(&String::from_utf16_lossy(&[first, unit])),
            (None, None) => self.half = Some(unit),
        }
        self.pass = self.group().substitutes;
    }

    fn finish(mut self) -> Document {
        if self.group().goes == Goes::Out {
            self.release();
        }
        self.text.push_str(&self.asides);
        Document {
            text: self.text,
            title: super::clean::line(&self.title),
            deleted: self.deleted,
        }
    }
}

/// The text that a control word stands for, if it stands for one.
fn character(word: &str) -> Option<&str> {
    Some(match word {
        "par" | "sect" | "page" | "row" => "\n\n",
        "line" => "\n",
        "tab" | "cell" => "\t",
        "~" => "\u{a0}",
        "_" => "-",
        "\\" | "{" | "}" => word,
        "lquote" | "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "endash" | "emdash" => "–",
        "bullet" => "•",
        _ => return None,
    })
}

/// The encoding of a code page of Windows.
fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        65001 => "utf-8".to_string(),
        10000 => "macintosh".to_string(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
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
    use crate::corpus::tests::linear::assert_linear;

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
    fn what_tracked_changes_took_out_is_no_text() {
        for (rtf, text) in [
            (
                r"{\rtf1 Le pont {\deleted\revauthdel1 ne }rouvre {\deleted pas\'e9 \u233?\par }demain.}",
                "Le pont rouvre demain.",
            ),
            (
                r"{\rtf1 Le pont \deleted ne \deleted0 rouvre {\b\deleted pas\plain  demain}.}",
                "Le pont rouvre  demain.",
            ),
            (
                r"{\rtf1 {\mvf Hier, }le pont {\deleted\b {\i ne }plus }rouvre{\mvt  hier}{\revised  enfin}.}",
                "le pont rouvre hier enfin.",
            ),
        ] {
            assert_eq!(plain(rtf.as_bytes()).text, text, "{rtf}");
        }
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
            assert_linear(unit, 1_000_000, |text| {
                drop(plain(format!("{{\\rtf1 {text}").as_bytes()))
            });
        }
    }
}
