//! Documents of office programs: `.docx` and `.odt` are ZIP files with their text in XML.

use super::account::{LeftOut, Visible};
use super::budget::{Fault, WHOLE};
use super::encoding::repair_utf8;
use super::output::Seekable;
use super::xml::{Broken, Element, Node, Nodes};
use super::zip_file::{self, Member};
use super::{Location, Options, Output, SkipReason, clean, own_output, text};
use std::io::{self, Read};

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
    cure: "save it as .docx again",
};
const ODT: Kind = Kind {
    text: "content.xml",
    properties: "meta.xml",
    notes: &[],
    cure: "save it as .odt again",
};

pub(super) fn read_docx(file: &mut dyn Seekable, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    read(&DOCX, file, out)
}

pub(super) fn read_odt(file: &mut dyn Seekable, _: &Options, out: &mut Output<'_>) -> io::Result<()> {
    read(&ODT, file, out)
}

fn read(kind: &Kind, file: &mut dyn Seekable, out: &mut Output<'_>) -> io::Result<()> {
    let whole = Location::default();
    if out.name().starts_with("~$") {
        let what = "a lock file, which an office program keeps while a document is open";
        let _ = out.skip(whole, SkipReason::IgnoredOnRequest, what);
        return Ok(());
    }
    if file.seek(io::SeekFrom::End(0))? == 0 {
        let _ = out.skip(whole, SkipReason::Empty, "");
        return Ok(());
    }
    let mut parts = Parts {
        members: zip_file::members(file)?.members,
        file,
        fault: Fault::default(),
    };
    let properties = parts.get(kind.properties, out)?;
    if out.leaves_out_exports() && properties.as_deref().is_some_and(own_output::is_document) {
        let _ = out.skip(whole, SkipReason::OwnExport, own_output::CURE);
        return Ok(());
    }
    let Some(content) = parts.main(kind, out)? else {
        let why = parts
            .fault
            .take()
            .unwrap_or_else(|| format!("it has no {}; {}", kind.text, kind.cure));
        let _ = out.skip(whole, SkipReason::Damaged, why);
        return Ok(());
    };
    let Plain {
        text,
        headline,
        deleted,
        broken,
    } = parts.with_notes(kind, &content, out)?;
    out.leave_out(LeftOut::Deleted, &deleted);
    let title = headline.or_else(|| properties.and_then(|xml| title(&xml)));
    if let Some(what) = parts.fault.take().or(broken.map(|broken| broken.what))
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

/// The parts of a document.
struct Parts<'a> {
    file: &'a mut dyn Seekable,
    members: Vec<Member>,
    /// Why a part could not be read.
    fault: Fault,
}

impl Parts<'_> {
    /// A part as text; none if there is none of that name, or it can't be read.
    fn get(&mut self, name: &str, out: &Output<'_>) -> io::Result<Option<String>> {
        let Some(member) = self.members.iter().find(|member| member.path == name) else {
            return Ok(None);
        };
        match zip_file::content(self.file, member)? {
            Ok(content) => {
                let mut bytes = Vec::new();
                let content = out.budget.guard(content, &self.fault);
                content.take(WHOLE as u64 + 1).read_to_end(&mut bytes)?;
                if bytes.len() > WHOLE {
                    bytes.truncate(WHOLE);
                    let what = format!("more than {} MB of text and markup: split it", WHOLE >> 20);
                    self.fault.set(format!("{what} (what came before was read)"));
                }
                let text = String::from_utf8(bytes);
                Ok(Some(text.unwrap_or_else(|error| repair_utf8(error.as_bytes()).0)))
            }
            Err(why) => {
                self.fault.set(why);
                Ok(None)
            }
        }
    }

    /// The text of a document, and below it that of its notes.
    fn with_notes(&mut self, kind: &Kind, content: &str, out: &mut Output<'_>) -> io::Result<Plain> {
        out.show_as(Visible::Office, content);
        let mut whole = plain(content);
        for name in kind.notes {
            if let Some(notes) = self.get(name, out)? {
                out.show_as(Visible::Office, &notes);
                let notes = plain(&notes);
                whole.text.push_str(&notes.text);
                whole.deleted.push_str(&notes.deleted);
                whole.broken = whole.broken.or(notes.broken);
            }
        }
        Ok(whole)
    }

    /// The part with the text.
    fn main(&mut self, kind: &Kind, out: &Output<'_>) -> io::Result<Option<String>> {
        // Some programs name it otherwise, and say so: `word/document2.xml`.
        let named = self
            .get("_rels/.rels", out)?
            .and_then(|relations| main_part(&relations));
        let main = named
            .filter(|_| kind.text == DOCX.text)
            .unwrap_or_else(|| kind.text.to_string());
        match self.get(&main, out)? {
            None if main != kind.text => self.get(kind.text, out),
            content => Ok(content),
        }
    }
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
            | "moveFrom"
            | "Fallback"
    )
}

/// Those of them that hold what tracked changes took out.
fn is_deletion(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "tracked-changes")
}

/// Elements that stand in a paragraph and are texts of their own: notes, boxes.
fn is_aside(name: &str) -> bool {
    matches!(name, "note-body" | "txbxContent" | "text-box")
}

/// The part of a document that has its text, by its table of relations.
fn main_part(relations: &str) -> Option<String> {
    let mut nodes = Nodes::new(relations);
    while let Ok(Some(node)) = nodes.next() {
        if let Node::Open(element) = node
            && element
                .attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            return element
                .attribute("Target")
                .map(|target| target.trim_start_matches('/').to_string());
        }
    }
    None
}

/// The text of a document.
struct Plain {
    /// Paragraphs separated by empty lines, then notes and boxes; rows of tables on a line each.
    text: String,
    /// The first paragraph in the style of titles.
    headline: Option<String>,
    /// What tracked changes took out.
    deleted: String,
    /// Where it stopped being XML.
    broken: Option<Broken>,
}

/// How deep in elements of each kind the walk through a document is.
#[derive(Default)]
struct Depth {
    silent: usize,
    /// What tracked changes took out; silent, too.
    deleted: usize,
    aside: usize,
    runs: usize,
    paragraphs: usize,
    cells: usize,
    /// Properties of a paragraph.
    properties: usize,
    /// Tracked changes have joined the paragraph to the next one.
    joined: bool,
    /// It is a document of Word, where text stands in runs.
    is_word: bool,
    /// The paragraph is in the style of titles, and its text so far.
    headline: Option<String>,
}

impl Depth {
    fn counts(&self) -> bool {
        self.silent == 0
            && (if self.is_word {
                self.runs > 0
            } else {
                self.paragraphs > 0
            })
    }

    fn open(&mut self, element: &Element<'_>, text: &mut String) {
        self.is_word |= element.name.starts_with("w:");
        self.deleted += usize::from(is_deletion(element.local()));
        match element.local() {
            "pPr" => self.properties += 1,
            "del" | "moveFrom" if self.properties > 0 => {
                self.silent += 1;
                self.joined = true;
            }
            name if is_silent(name) => self.silent += 1,
            name if is_aside(name) => self.aside += 1,
            "p" | "h" => {
                self.paragraphs += 1;
                let style = (!self.is_word).then(|| element.attribute("style-name")).flatten();
                self.headline = style.filter(|style| is_title(style)).map(|_| String::new());
            }
            "pStyle" if element.attribute("val").is_some_and(|style| is_title(&style)) => {
                self.headline = Some(String::new())
            }
            "tc" | "table-cell" => self.cells += 1,
            "t" if self.is_word => self.runs += 1,
            _ if self.silent > 0 => {}
            "tab" if self.paragraphs > 0 => text.push('\t'),
            "br" | "cr" | "line-break" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            // Several spaces in one, of OpenDocument.
            "s" if !self.is_word => text.push(' '),
            _ => {}
        }
    }

    /// Takes the end of an element in; gives the title that it ends.
    fn close(&mut self, name: &str, text: &mut String) -> Option<String> {
        self.deleted = self.deleted.saturating_sub(usize::from(is_deletion(name)));
        match name {
            "pPr" => self.properties = self.properties.saturating_sub(1),
            name if is_silent(name) => self.silent = self.silent.saturating_sub(1),
            name if is_aside(name) => {
                self.aside = self.aside.saturating_sub(1);
                text.push_str("\n\n");
            }
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                let joined = std::mem::take(&mut self.joined);
                if joined {
                    // What was deleted whole leaves no space.
                    let is_apart = text.is_empty() || text.ends_with(char::is_whitespace);
                    text.push_str(if is_apart { "" } else { " " });
                } else if self.silent == 0 {
                    // Paragraphs of a cell are lines of it.
                    text.push_str(if self.cells > 0 { " " } else { "\n\n" });
                }
                return self.headline.take().and_then(|title| clean::line(&title));
            }
            "t" if self.is_word => self.runs = self.runs.saturating_sub(1),
            "tc" | "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\t');
            }
            "tr" | "table-row" => {
                text.truncate(text.trim_end_matches('\t').len());
                text.push_str(if self.cells > 0 { " " } else { "\n" });
            }
            "tbl" | "table" if self.cells == 0 => text.push('\n'),
            _ => {}
        }
        None
    }
}

/// Whether a style is that of titles, in the programs' English and French.
fn is_title(style: &str) -> bool {
    matches!(
        style.to_lowercase().as_str(),
        "title" | "titre" | "titre principal"
    )
}

fn plain(xml: &str) -> Plain {
    let (mut main, mut asides) = (String::new(), String::new());
    let mut nodes = Nodes::new(xml);
    let mut depth = Depth::default();
    let (mut headline, mut deleted): (Option<String>, String) = Default::default();
    let broken = loop {
        let node = nodes.next();
        let text = if depth.aside > 0 { &mut asides } else { &mut main };
        match node {
            Ok(Some(Node::Open(element))) => depth.open(&element, text),
            Ok(Some(Node::Close(name))) => {
                let ended = depth.close(&name, text);
                headline = headline.or(ended);
            }
            Ok(Some(Node::Text(part))) => {
                if depth.deleted > 0 {
                    deleted.push_str(&part);
                } else if depth.counts() {
                    text.push_str(&part);
                    depth.headline.iter_mut().for_each(|title| title.push_str(&part));
                }
            }
            Ok(None) => break None,
            Err(broken) => break Some(broken),
        }
    };
    Plain {
        text: tidy(&format!("{main}\n\n{asides}")),
        headline,
        deleted,
        broken,
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
