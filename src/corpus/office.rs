//! Documents of office programs: `.docx` and `.odt` are ZIP files with their text in XML.

use super::budget::Fault;
use super::output::Seekable;
use super::xml::{Broken, Node, Nodes};
use super::{Options, Output, Place, SkipReason, clean, text, zip_file};
use std::io::{self, Read};

/// Largest XML file that is read.
const LARGEST: u64 = 128 * 1024 * 1024;

/// Where a kind of document keeps what.
struct Kind {
    text: &'static str,
    properties: &'static str,
    /// Files with notes.
    notes: &'static [&'static str],
    /// What to save it as, in a message.
    cure: &'static str,
}

const DOCX: Kind = Kind {
    text: "word/document.xml",
    properties: "docProps/core.xml",
    notes: &["word/footnotes.xml", "word/endnotes.xml"],
    cure: "save it anew as .docx",
};
const ODT: Kind = Kind {
    text: "content.xml",
    properties: "meta.xml",
    notes: &[],
    cure: "save it anew as .odt",
};

pub(super) fn read_docx(file: &mut dyn Seekable, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    read(&DOCX, file, out)
}

pub(super) fn read_odt(file: &mut dyn Seekable, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    read(&ODT, file, out)
}

fn read(kind: &Kind, file: &mut dyn Seekable, out: &mut Output<'_>) -> io::Result<()> {
    let whole = Place::default();
    if file.seek(io::SeekFrom::End(0))? == 0 {
        let _ = out.skip(whole, SkipReason::Empty, "");
        return Ok(());
    }
    let found = zip_file::members(file)?;
    let fault = Fault::default();
    let mut part = |name: &str, out: &Output<'_>| -> io::Result<Option<String>> {
        let Some(member) = found.members.iter().find(|member| member.path == name) else {
            return Ok(None);
        };
        match zip_file::content(file, member)? {
            Ok(content) => {
                let mut bytes = Vec::new();
                out.budget
                    .guard(content, &fault)
                    .take(LARGEST)
                    .read_to_end(&mut bytes)?;
                Ok(Some(super::encoding::repair_utf8(&bytes).0))
            }
            Err(why) => {
                fault.set(why);
                Ok(None)
            }
        }
    };
    let properties = part(kind.properties, out)?;
    let content = part(kind.text, out)?;
    let Some(content) = content else {
        let why = fault
            .take()
            .unwrap_or_else(|| format!("it has no {}; {}", kind.text, kind.cure));
        let _ = out.skip(whole, SkipReason::Damaged, why);
        return Ok(());
    };
    let (mut text, mut broken) = plain(&content);
    for name in kind.notes {
        if let Some(notes) = part(name, out)? {
            let (notes, stopped) = plain(&notes);
            text.push_str(&notes);
            broken = broken.or(stopped);
        }
    }
    let title = properties.and_then(|xml| title(&xml));
    if let Some(what) = fault.take().or(broken.map(|broken| broken.what))
        && out
            .warn(whole, SkipReason::Damaged, format!("{what}; {}", kind.cure))
            .is_break()
    {
        return Ok(());
    }
    if text.trim().is_empty() {
        let _ = out.skip(
            whole,
            SkipReason::NoText,
            "the document holds no text, perhaps only pictures",
        );
        return Ok(());
    }
    text::hand_over(&text, title, out);
    Ok(())
}

/// Elements whose content is none of the text: what was deleted, remarks of readers, marks of notes, and the
/// second form of a drawing.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "instrText"
            | "delText"
            | "annotation"
            | "note-citation"
            | "tracked-changes"
            | "sequence-decls"
            | "Fallback"
    )
}

/// Elements that stand in a paragraph and are texts of their own: notes, boxes.
fn is_aside(name: &str) -> bool {
    matches!(name, "note-body" | "txbxContent" | "text-box")
}

/// The text of a document: paragraphs separated by empty lines, then notes and boxes. And where it stopped
/// being XML.
fn plain(xml: &str) -> (String, Option<Broken>) {
    let (mut main, mut asides) = (String::new(), String::new());
    let mut nodes = Nodes::new(xml);
    // How deep in elements of either kind we are; and whether text counts here.
    let (mut silent, mut aside, mut runs, mut paragraphs) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut word = false;
    let whole = |main: String, asides: String| tidy(&format!("{main}\n\n{asides}"));
    loop {
        let node = nodes.next();
        let text = if aside > 0 { &mut asides } else { &mut main };
        match node {
            Ok(Some(Node::Open(element))) => {
                word |= element.name.starts_with("w:");
                match element.local() {
                    name if is_silent(name) => silent += 1,
                    name if is_aside(name) => aside += 1,
                    "p" | "h" => paragraphs += 1,
                    "t" if word => runs += 1,
                    _ if silent > 0 => {}
                    "tab" if paragraphs > 0 => text.push('\t'),
                    "br" | "cr" | "line-break" => text.push('\n'),
                    "noBreakHyphen" => text.push('-'),
                    // Several spaces in one, of OpenDocument.
                    "s" if !word => text.push(' '),
                    _ => {}
                }
            }
            Ok(Some(Node::Close(name))) => match name.as_str() {
                name if is_silent(name) => silent = silent.saturating_sub(1),
                name if is_aside(name) => {
                    aside = aside.saturating_sub(1);
                    asides.push_str("\n\n");
                }
                "p" | "h" => {
                    paragraphs = paragraphs.saturating_sub(1);
                    if silent == 0 {
                        text.push_str("\n\n");
                    }
                }
                "t" if word => runs = runs.saturating_sub(1),
                "tc" | "table-cell" => text.push('\t'),
                _ => {}
            },
            Ok(Some(Node::Text(part))) => {
                if silent == 0 && (if word { runs > 0 } else { paragraphs > 0 }) {
                    text.push_str(&part);
                }
            }
            Ok(None) => return (whole(main, asides), None),
            Err(broken) => return (whole(main, asides), Some(broken)),
        }
    }
}

/// No more than one empty line in a row, no white space at the ends of lines.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The title among the properties of a document, unless a program put the file's name there.
fn title(xml: &str) -> Option<String> {
    let mut nodes = Nodes::new(xml);
    let (mut open, mut title) = (false, String::new());
    while let Ok(Some(node)) = nodes.next() {
        match node {
            Node::Open(element) => open = element.local() == "title",
            Node::Text(text) if open => title.push_str(&text),
            Node::Close(_) if open => break,
            _ => {}
        }
    }
    clean::line(&title).filter(|title| {
        !title.starts_with("Microsoft Word") && !title.ends_with(".docx") && !title.ends_with(".doc")
    })
}
