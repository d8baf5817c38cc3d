//! From the bytes of a file to the text of its pages.

use super::content::{HiddenLayers, Shown, read_page};
use super::font::Fonts;
use super::geometry::Area;
use super::glyph::{Glyph, compose_accents, without_doubles};
use super::hyphen::{Hyphens, Join};
use super::line::Line;
use super::metadata::About;
use super::{Document, Page, Problem};
use super::{columns, furniture, line, metadata, paragraph, word};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

impl From<LoadPdfError> for Problem {
    fn from(error: LoadPdfError) -> Self {
        match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Self::NeedsPassword,
            LoadPdfError::Decryption(_) => Self::UnknownEncryption,
            LoadPdfError::Invalid => Self::Damaged,
        }
    }
}

/// A page is a scan, whatever text lies over or under it, if an image covers this share of it.
const SCANNED: f64 = 0.7;

/// Reads a PDF file. One that is encrypted but opens with the empty password is read like any other.
///
/// It takes as long and as much memory as the file asks for, within wide limits: run it where both are
/// limited if the file may be hostile.
pub fn read(bytes: Vec<u8>) -> Result<Document, Problem> {
    let pdf = Pdf::new(Arc::new(bytes))?;
    let hidden = metadata::hidden_layers(&pdf);
    let mut sheets = read_sheets(&pdf, &hidden);
    if sheets.lines.iter().all(|columns| columns.is_empty()) {
        let Sheets {
            images, unreadable, ..
        } = sheets;
        if images.is_empty() {
            return Err(Problem::Damaged);
        }
        return Err(Problem::NoTextLayer {
            images,
            unreadable: unreadable.iter().sum(),
        });
    }
    let hyphens = Hyphens::learn(
        sheets
            .lines
            .iter()
            .flatten()
            .flatten()
            .map(|line| line.text.as_str()),
    );
    let mut left_out = furniture::take_off(&mut sheets.lines);
    for line in &mut left_out {
        line.text = normalized(&line.text);
    }
    let about = About::read(&pdf);
    let title = about
        .title
        .or_else(|| metadata::title_of_first_page(sheets.lines.first()?));
    let labels = metadata::page_labels(&pdf, sheets.lines.len());
    let mut pages = Vec::with_capacity(labels.len());
    for (index, (text, label)) in texts(&sheets.lines, &hyphens).into_iter().zip(labels).enumerate() {
        let (images, unreadable) = (sheets.images[index], sheets.unreadable[index]);
        pages.push(Page {
            number: index + 1,
            label,
            text,
            images,
            scanned: sheets.scanned[index],
            unreadable,
        });
    }
    Ok(Document {
        title: title.map(|title| normalized(&title)),
        author: about.author,
        created: about.created,
        language: about.language,
        pages,
        left_out,
    })
}

/// What the pages hold before it becomes text.
struct Sheets {
    /// For each page its columns of lines
    lines: Vec<Vec<Vec<Line>>>,
    /// For each page how many images it shows
    images: Vec<usize>,
    /// For each page whether one of them covers most of it
    scanned: Vec<bool>,
    /// For each page how many characters have no known meaning
    unreadable: Vec<usize>,
}

fn read_sheets(pdf: &Pdf, hidden: &HiddenLayers) -> Sheets {
    let fonts = Fonts::new();
    let mut sheets = Sheets {
        lines: Vec::new(),
        images: Vec::new(),
        scanned: Vec::new(),
        unreadable: Vec::new(),
    };
    for page in pdf.pages().iter() {
        let Shown {
            glyphs,
            images,
            largest_image,
            unreadable,
        } = read_page(page, &fonts, hidden);
        let (width, height) = page.render_dimensions();
        let sheet = Area {
            left: 0.0,
            top: 0.0,
            right: width.into(),
            bottom: height.into(),
        };
        let covered = largest_image / (sheet.right * sheet.bottom);
        sheets.scanned.push(covered >= SCANNED);
        sheets.lines.push(lines_of(glyphs, &sheet));
        sheets.images.push(images);
        sheets.unreadable.push(unreadable);
    }
    sheets
}

/// The columns of lines that the glyphs of a page make.
fn lines_of(mut glyphs: Vec<Glyph>, sheet: &Area) -> Vec<Vec<Line>> {
    glyphs.retain(|glyph| glyph.is_on(sheet));
    let glyphs = compose_accents(without_doubles(glyphs));
    let mut columns: Vec<Vec<Line>> = Vec::new();
    for words in word::words(&glyphs) {
        let words = word::attach_initials(words);
        columns.extend(columns::columns(words).into_iter().map(line::lines));
    }
    columns.retain(|column| !column.is_empty());
    columns
}

/// The text of each page.
fn texts(pages: &[Vec<Vec<Line>>], hyphens: &Hyphens) -> Vec<String> {
    let mut texts: Vec<String> = Vec::with_capacity(pages.len());
    for columns in pages {
        let columns = columns
            .iter()
            .map(|lines| paragraph::paragraphs(lines, hyphens))
            .collect();
        texts.push(paragraph::join_columns(columns, hyphens).join("\n\n"));
    }
    for index in 1..texts.len() {
        let (before, after) = texts.split_at_mut(index);
        if let (Some(last), Some(next)) = (before.last_mut(), after.first_mut()) {
            join_pages(last, next, hyphens);
        }
    }
    texts.iter().map(|text| normalized(text)).collect()
}

/// Brings the end of a word that was divided between two pages back to its start.
fn join_pages(last: &mut String, next: &mut String, hyphens: &Hyphens) {
    let divided = last.ends_with(['-', '\u{AD}', '\u{2010}']) && next.starts_with(char::is_lowercase);
    if !divided || hyphens.join(last, next) == Join::Space {
        return;
    }
    let end = next.find(char::is_whitespace).unwrap_or(next.len());
    hyphens.append(last, &next[..end]);
    *next = next[end..].trim_start().to_string();
}

/// Composed characters, letters instead of ligatures, and no soft hyphens.
fn normalized(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{AD}' => {}
            character => plain.push(character),
        }
    }
    plain
}
