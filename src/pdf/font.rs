//! Fonts of a document: what a code of a shown string means and how far it moves on.

use hayro_cmap::{BfString, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The fonts of a document, each read once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    substitutes: FontResolverFn,
    cmaps: CMapResolverFn,
}

/// A font and what is known of it besides.
pub(super) struct TextFont<'a> {
    font: Font<'a>,
    /// What codes mean whose glyphs are named by numbers
    numbered: NumberedNames,
    /// How large its letters are, in its own ems: 1, save in fonts of drawn glyphs, which have any scale
    pub em: f64,
}

/// A code of a shown string.
pub(super) struct Code {
    /// What it means; empty where the font doesn't say
    pub text: String,
    /// How far it moves on, in ems
    pub advance: f64,
    /// Whether it is the single byte 32, which word spacing applies to
    pub is_word_space: bool,
}

impl<'a> Fonts<'a> {
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            // A font that isn't in the file: only its widths and names matter here, not its shapes.
            substitutes: Arc::new(|query| {
                let font = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(query) => query.pick_standard_font(),
                };
                Some(font.get_font_data())
            }),
            cmaps: Arc::new(load_embedded),
        }
    }

    /// The font that a font dictionary describes, if it can be read.
    pub fn font(&self, dictionary: &Dict<'a>) -> Option<Rc<TextFont<'a>>> {
        let font = self.cache.font(dictionary, &self.substitutes, &self.cmaps)?;
        let numbered = NumberedNames::read(dictionary);
        Some(Rc::new(TextFont {
            font,
            numbered,
            em: em_of(dictionary),
        }))
    }
}

impl TextFont<'_> {
    /// Takes a shown string apart into its codes.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Code> {
        let font = &self.font;
        let mut codes = Vec::with_capacity(bytes.len());
        let mut offset = 0;
        while offset < bytes.len() {
            let (code, length) = font.read_code(bytes, offset);
            let length = length.max(1);
            let advance = font.code_advance(code);
            codes.push(Code {
                text: self.text_of(code),
                // In ems: the font's units are thousandths. Vertical writing moves down instead of right; its
                // glyphs are laid out as if it moved right.
                advance: if font.is_horizontal() {
                    advance.x / 1000.0
                } else {
                    -advance.y / 1000.0
                },
                is_word_space: length == 1 && code == 32,
            });
            offset += length;
        }
        codes
    }

    fn text_of(&self, code: u32) -> String {
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        match unicode {
            Some(BfString::Char(character)) => clean(character).map(String::from).unwrap_or_default(),
            Some(BfString::String(text)) => text.chars().filter_map(clean).collect(),
            None => self.numbered.text_of(code).unwrap_or_default(),
        }
    }
}

/// The size of a font's letters in its own ems. Only fonts of drawn glyphs (Type 3) need it: by their matrix
/// and widths, since the usual letter is half as wide as the em.
fn em_of(dictionary: &Dict<'_>) -> f64 {
    let drawn = || {
        if dictionary.get::<Name<'_>>("Subtype")?.as_ref() != b"Type3" {
            return None;
        }
        let matrix = dictionary.get::<[f64; 6]>("FontMatrix")?;
        let widths = dictionary.get::<Array<'_>>("Widths")?;
        let widths: Vec<f64> = widths.iter::<f64>().filter(|width| *width > 0.0).collect();
        let mean = widths.iter().sum::<f64>() / widths.len() as f64;
        let em = 2.0 * mean * matrix[0].abs();
        // Within these bounds the matrix is the usual one and the letters are narrow or wide.
        (em.is_finite() && em > 0.0 && !(0.5..2.0).contains(&em)).then_some(em)
    };
    drawn().unwrap_or(1.0)
}

/// A character as text has it: no control characters, no private ones, every blank a plain space.
fn clean(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' => Some(' '),
        // Symbol fonts put their bullets here.
        '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' | '\u{F0D8}' | '\u{F0FC}' => Some('•'),
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{FEFF}' | '\u{200B}' => None,
        character if character.is_control() => None,
        character => Some(character),
    }
}

// Fonts whose glyphs are named by their number, such as `/a97`: TeX's bitmap fonts.
//
// Such a font says nothing of what its glyphs mean, but the number is the place of the letter in one of TeX's
// two encodings of text, which agree with ASCII for most of it.

/// What the codes of such a font mean; nothing for other fonts.
#[derive(Default)]
pub(super) struct NumberedNames(HashMap<u32, String>);

impl NumberedNames {
    /// Reads the names that a font gives its codes.
    pub fn read(font: &Dict<'_>) -> Self {
        let numbers = numbers(font).unwrap_or_default();
        // Letters with accents have numbers only in the newer encoding.
        let is_t1 = numbers.values().any(|number| *number >= 128);
        let meaning = |number| {
            special(number, is_t1)
                .map(str::to_string)
                .or_else(|| plain(number).map(String::from))
        };
        Self(
            numbers
                .into_iter()
                .filter_map(|(code, number)| Some((code, meaning(number)?)))
                .collect(),
        )
    }

    pub fn text_of(&self, code: u32) -> Option<String> {
        self.0.get(&code).cloned()
    }
}

/// The number in each code's name, if nearly all names are a letter and a number.
fn numbers(font: &Dict<'_>) -> Option<HashMap<u32, u32>> {
    let differences = font
        .get::<Dict<'_>>("Encoding")?
        .get::<Array<'_>>("Differences")?;
    let mut numbers = HashMap::new();
    let (mut code, mut others) = (0_u32, 0_usize);
    for item in differences.iter::<Object<'_>>().take(2000) {
        match item {
            Object::Number(first) => code = u32::try_from(first.as_i64()).ok()?,
            Object::Name(name) => {
                match number_in(&name) {
                    Some(number) => drop(numbers.insert(code, number)),
                    None if name.as_ref() == b".notdef" => {}
                    None => others += 1,
                }
                code = code.checked_add(1)?;
            }
            _ => {}
        }
    }
    // The number must be the code itself: glyphs numbered as they happen to be used mean nothing by it.
    let same = numbers.iter().filter(|(code, number)| code == number).count();
    (others * 4 <= numbers.len() && same * 10 >= numbers.len() * 9).then_some(numbers)
}

fn number_in(name: &Name<'_>) -> Option<u32> {
    let [letter, digits @ ..] = name.as_ref() else {
        return None;
    };
    let digits = std::str::from_utf8(digits).ok()?;
    if !letter.is_ascii_alphabetic() || digits.is_empty() || digits.len() > 3 {
        return None;
    }
    digits.parse().ok().filter(|number| *number < 256)
}

/// What a place means that differs from Latin-1.
fn special(number: u32, is_t1: bool) -> Option<&'static str> {
    let text = match (number, is_t1) {
        (11, false) | (27, true) => "ff",
        (12, false) | (28, true) => "fi",
        (13, false) | (29, true) => "fl",
        (14, false) | (30, true) => "ffi",
        (15, false) | (31, true) => "ffl",
        (16, false) => "ı",
        (18, false) | (0, true) => "`",
        (19, false) | (1, true) => "´",
        (24, false) | (11, true) => "¸",
        (26, false) | (230, true) => "æ",
        (27, false) | (247, true) => "œ",
        (29, false) | (198, true) => "Æ",
        (30, false) | (215, true) => "Œ",
        (92, false) | (16, true) => "“",
        (34, false) | (17, true) => "”",
        (123, false) | (21, true) => "–",
        (124, false) | (22, true) => "—",
        (94, false) | (2, true) => "^",
        (127, false) | (4, true) => "¨",
        (19, true) => "«",
        (20, true) => "»",
        (127, true) => "\u{AD}",
        (39, _) => "’",
        (96, _) => "‘",
        _ => return None,
    };
    Some(text)
}

fn plain(number: u32) -> Option<char> {
    matches!(number, 32..=126 | 192..=255)
        .then(|| char::from_u32(number))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::FromBytes;

    #[test]
    fn private_characters_are_dropped_and_bullets_kept() {
        let text: String = "a\u{E123}b\u{F0B7}\tc\u{0}".chars().filter_map(clean).collect();

        assert_eq!(text, "ab• c");
    }

    fn read(differences: &str) -> NumberedNames {
        let font = format!("<< /Encoding << /Differences [{differences}] >> >>");
        NumberedNames::read(&Dict::from_bytes(font.as_bytes()).unwrap())
    }

    #[test]
    fn numbers_are_places_in_an_encoding_of_tex() {
        let old = read("12 /a12 97 /a97 /a98");
        assert_eq!(old.text_of(12).as_deref(), Some("fi"));
        assert_eq!(old.text_of(98).as_deref(), Some("b"));

        let new = read("28 /a28 233 /a233");
        assert_eq!(new.text_of(28).as_deref(), Some("fi"));
        assert_eq!(new.text_of(233).as_deref(), Some("é"));
    }

    #[test]
    fn other_names_mean_nothing() {
        assert_eq!(read("2 /g18 /g152 /g135").text_of(2), None);
        assert_eq!(read("97 /alpha /beta").text_of(97), None);
    }
}
