//! A text with one byte a character, once as it is written and once folded: a position means the same character in
//! both, and patterns over bytes stay simple.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Bytes that stand for characters beyond Latin-1.
mod byte {
    pub const ELLIPSIS: u8 = 0x85;
    pub const BULLET: u8 = 0x95;
    pub const EN_DASH: u8 = 0x96;
    pub const EM_DASH: u8 = 0x97;
    /// A sign that no rule knows.
    pub const OTHER: u8 = 0xA4;
    pub const CAPITAL: u8 = 0xDE;
    pub const LETTER: u8 = 0xFE;
}

/// A text, or a part of one.
#[derive(Debug)]
pub(super) struct Text<'t> {
    /// What was read, and where it stands in the article.
    source: &'t str,
    base: usize,
    /// As it is written: Latin-1, apostrophes and quotation marks of one kind.
    pub raw: Vec<u8>,
    /// In lower case, without accents.
    pub fold: Vec<u8>,
    /// Where each character begins in the text that was read, in bytes, and where the last one ends.
    offsets: Vec<u32>,
}

impl<'t> Text<'t> {
    /// Reads a text that stands `base` bytes into the article.
    pub fn new(text: &'t str, base: usize) -> Self {
        let mut read = Self {
            source: text,
            base,
            raw: Vec::with_capacity(text.len()),
            fold: Vec::with_capacity(text.len()),
            offsets: Vec::with_capacity(text.len() + 1),
        };
        for (at, c) in text.char_indices() {
            if is_silent(c) {
                continue;
            }
            read.raw.push(raw(c));
            read.fold.push(folded(c));
            read.offsets.push((base + at) as u32);
        }
        read.offsets.push((base + text.len()) as u32);
        read
    }

    /// Characters.
    pub fn len(&self) -> usize {
        self.raw.len()
    }

    /// The byte of the article at which a character begins.
    pub fn offset(&self, at: usize) -> usize {
        self.offsets.get(at).or(self.offsets.last()).copied().unwrap_or(0) as usize
    }

    /// The first character that begins at a byte of the article or past it.
    pub fn position(&self, offset: usize) -> usize {
        self.offsets
            .partition_point(|start| (*start as usize) < offset)
            .min(self.len())
    }

    /// What stands between two positions, with its accents.
    pub fn source(&self, from: usize, to: usize) -> &'t str {
        let at = |position| self.offset(position).saturating_sub(self.base);
        self.source.get(at(from)..at(to)).unwrap_or_default()
    }

    /// Folded characters; what lies outside of the text is left out.
    pub fn folded(&self, from: usize, to: usize) -> &[u8] {
        slice(&self.fold, from, to)
    }

    /// Characters as they are written.
    pub fn written(&self, from: usize, to: usize) -> &[u8] {
        slice(&self.raw, from, to)
    }

    /// At most `most` folded characters before a position.
    pub fn before(&self, at: usize, most: usize) -> &[u8] {
        self.folded(at.saturating_sub(most), at)
    }

    /// At most `most` folded characters from a position on.
    pub fn after(&self, at: usize, most: usize) -> &[u8] {
        self.folded(at, at + most)
    }
}

/// Part of a list of bytes, as far as it has it.
pub(super) fn slice(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    let to = to.min(bytes.len());
    &bytes[from.min(to)..to]
}

/// Marks over letters, soft hyphens and the like: they stand between letters without parting them.
fn is_silent(c: char) -> bool {
    !c.is_ascii() && (matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}') || is_combining_mark(c))
}

/// The byte of a character that is not a letter; none for letters.
fn sign(c: char) -> Option<u8> {
    Some(match c {
        '’' | '‘' | 'ʼ' => b'\'',
        '“' | '”' | '„' => b'"',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => b' ',
        '…' => byte::ELLIPSIS,
        '•' => byte::BULLET,
        '–' => byte::EN_DASH,
        '‑' => b'-',
        '—' => byte::EM_DASH,
        c if c.is_alphanumeric() => return None,
        c if (c as u32) < 0x100 => c as u8,
        _ => byte::OTHER,
    })
}

pub(super) fn raw(c: char) -> u8 {
    match sign(c) {
        Some(sign) => sign,
        None if (c as u32) < 0x100 => c as u8,
        None if c.is_uppercase() => byte::CAPITAL,
        None => byte::LETTER,
    }
}

/// A letter without accent and in lower case, a sign as it is, but dashes of words as hyphens.
pub(super) fn folded(c: char) -> u8 {
    if c.is_ascii() {
        return c.to_ascii_lowercase() as u8;
    }
    match sign(c) {
        Some(byte::EN_DASH) => b'-',
        Some(sign) => sign,
        None => letter(c),
    }
}

/// The letter below its accents.
fn letter(c: char) -> u8 {
    match c {
        'œ' | 'Œ' => return b'o',
        'æ' | 'Æ' => return b'a',
        _ => {}
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    match base {
        Some(base) if base.is_ascii_alphanumeric() => base.to_ascii_lowercase() as u8,
        _ => byte::LETTER,
    }
}

/// A name as names are compared: letters and digits only, folded.
fn key(folded: &[u8]) -> String {
    folded
        .iter()
        .filter(|b| b.is_ascii_alphanumeric())
        .map(|b| *b as char)
        .collect()
}

/// The same of a name that doesn't stand in the text.
pub(super) fn key_of(name: &str) -> String {
    let bytes: Vec<u8> = name.chars().filter(|c| !is_silent(*c)).map(folded).collect();
    key(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_stands_for_one_character() {
        let text = Text::new("À l’hôpital de Ménaka – « Œil »", 100);
        assert_eq!(text.raw.len(), text.fold.len());
        assert_eq!(text.fold, b"a l'hopital de menaka - \xAB oil \xBB".as_slice());
        assert_eq!(text.offset(0), 100);
        assert_eq!(text.offset(1), 102);
        assert_eq!(text.position(102), 1);
        assert_eq!(key(&text.fold), "alhopitaldemenakaoil");
    }

    #[test]
    fn accents_written_apart_change_nothing() {
        let (one, two) = (Text::new("Ménaka", 0), Text::new("Me\u{301}naka", 0));
        assert_eq!(one.fold, two.fold);
        assert_eq!(key_of("Me\u{301}naka"), "menaka");
    }
}
