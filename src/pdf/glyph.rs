//! Glyphs as a page shows them: their text and where they stand.

use super::geometry::{Area, Matrix};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Equal glyphs nearer to one another than this, in ems, are one that is shown twice.
const NEAR: f64 = 0.12;

/// Where the text of a glyph runs on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    /// From left to right, as nearly all text
    Rightwards,
    /// From top to bottom: the line is turned clockwise
    Downwards,
    /// Upside down
    Leftwards,
    /// From bottom to top: the line is turned counterclockwise
    Upwards,
}

impl Direction {
    /// The direction that the vector (x, y) is nearest to; y grows downwards.
    fn of(x: f64, y: f64) -> Self {
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Self::Rightwards,
            (true, false, _) => Self::Leftwards,
            (false, _, true) => Self::Downwards,
            (false, _, false) => Self::Upwards,
        }
    }

    /// Turns a point of the page so that text of this direction runs rightwards.
    fn upright(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Rightwards => (x, y),
            Self::Downwards => (y, -x),
            Self::Leftwards => (-x, -y),
            Self::Upwards => (-y, x),
        }
    }
}

/// A glyph with its place, turned so that its line runs rightwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    pub direction: Direction,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
    /// Marked as no part of the document's own text: a running header, a footer, a watermark
    pub is_artifact: bool,
}

impl Glyph {
    /// Places a glyph. `to_page` takes a glyph space of one unit to the em to the page; `advance` is in ems.
    /// None where its numbers can't be reckoned with.
    pub fn place(text: String, to_page: &Matrix, advance: f64, is_artifact: bool) -> Option<Self> {
        let start = to_page.apply(0.0, 0.0);
        let end = to_page.apply(advance, 0.0);
        let size = to_page.vertical_scale();
        if !to_page.is_finite() || !advance.is_finite() || size <= 0.0 {
            return None;
        }
        let direction = Direction::of(to_page.a, to_page.b);
        let (left, baseline) = direction.upright(start);
        let (right, _) = direction.upright(end);
        Some(Self {
            text,
            direction,
            left: left.min(right),
            right: left.max(right),
            baseline,
            size,
            is_artifact,
        })
    }

    /// Whether this is the same glyph at nearly the same place.
    fn is_double_of(&self, other: &Glyph) -> bool {
        let near = NEAR * other.size;
        (self.left - other.left).abs() < near
            && (self.baseline - other.baseline).abs() < near
            && (self.size - other.size).abs() < 0.2 * other.size
            && self.text == other.text
    }

    pub fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Whether any of it is on a sheet of this area.
    pub fn is_on(&self, sheet: &Area) -> bool {
        let area = self.area();
        let (left, right, top, bottom) = match self.direction {
            Direction::Rightwards => (area.left, area.right, area.top, area.bottom),
            Direction::Downwards => (-area.bottom, -area.top, area.left, area.right),
            Direction::Leftwards => (-area.right, -area.left, -area.bottom, -area.top),
            Direction::Upwards => (area.top, area.bottom, -area.right, -area.left),
        };
        right >= sheet.left && left <= sheet.right && bottom >= sheet.top && top <= sheet.bottom
    }

    /// The area that text of this size usually covers.
    pub fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.baseline - 0.75 * self.size,
            right: self.right,
            bottom: self.baseline + 0.25 * self.size,
        }
    }
}

/// Leaves out each glyph that lies on an equal one: bold made by printing twice, shadows, and text that a
/// page draws both in sight and as an invisible layer.
pub(super) fn without_doubles(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    // The glyphs kept so far, by the square of the page they start in
    let mut by_square: FxHashMap<(i64, i64), Vec<usize>> = FxHashMap::default();
    for glyph in glyphs {
        if !glyph.is_space() {
            let is_double = squares_around(&glyph)
                .filter_map(|square| by_square.get(&square))
                .flatten()
                .any(|number| kept[*number].is_double_of(&glyph));
            if is_double {
                continue;
            }
            by_square.entry(square_of(&glyph)).or_default().push(kept.len());
        }
        kept.push(glyph);
    }
    kept
}

/// The side of a square, in points.
const SQUARE: f64 = 4.0;
/// How many squares away a double is looked for at most, which very large glyphs would exceed.
const MAX_REACH: i64 = 3;

fn square_of(glyph: &Glyph) -> (i64, i64) {
    (
        (glyph.left / SQUARE).floor() as i64,
        (glyph.baseline / SQUARE).floor() as i64,
    )
}

/// The squares that a double of the glyph can start in.
fn squares_around(glyph: &Glyph) -> impl Iterator<Item = (i64, i64)> {
    let (column, row) = square_of(glyph);
    let reach = ((NEAR * glyph.size / SQUARE).ceil() as i64).min(MAX_REACH);
    let around = move |middle: i64| middle.saturating_sub(reach)..=middle.saturating_add(reach);
    around(column).flat_map(move |column| around(row).map(move |row| (column, row)))
}

// Accents that a page draws on their own, over a letter.
//
// TeX's old fonts and some programs print "é" as "e" and "´" at one place. Both become one glyph.

/// Puts each accent on the letter it stands over, which comes just before or just after it.
pub(super) fn compose_accents(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut composed: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut rest = glyphs.into_iter().peekable();
    while let Some(glyph) = rest.next() {
        let Some(mark) = combining(&glyph.text) else {
            composed.push(glyph);
            continue;
        };
        let before = composed.last().and_then(|letter| fit(letter, &glyph, mark));
        let after = rest.peek().and_then(|letter| fit(letter, &glyph, mark));
        match (before, after) {
            (Some((near, _)), Some((nearer, text))) if nearer < near => replace(rest.peek_mut(), text),
            (Some((_, text)), _) => replace(composed.last_mut(), text),
            (None, Some((_, text))) => replace(rest.peek_mut(), text),
            (None, None) => composed.push(glyph),
        }
    }
    composed
}

fn replace(letter: Option<&mut Glyph>, text: String) {
    if let Some(letter) = letter {
        letter.text = text;
    }
}

/// The combining form of an accent.
fn combining(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let (character, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    match character {
        '`' | '\u{2CB}' | '\u{300}' => Some('\u{300}'),
        '´' | '\u{2CA}' | '\u{301}' => Some('\u{301}'),
        '^' | 'ˆ' | '\u{302}' => Some('\u{302}'),
        '~' | '˜' | '\u{303}' => Some('\u{303}'),
        '¯' | 'ˉ' | '\u{304}' => Some('\u{304}'),
        '˘' | '\u{306}' => Some('\u{306}'),
        '˙' | '\u{307}' => Some('\u{307}'),
        '¨' | '\u{308}' => Some('\u{308}'),
        '˚' | '\u{30A}' => Some('\u{30A}'),
        '˝' | '\u{30B}' => Some('\u{30B}'),
        'ˇ' | '\u{30C}' => Some('\u{30C}'),
        '¸' | '\u{327}' => Some('\u{327}'),
        '˛' | '\u{328}' => Some('\u{328}'),
        _ => None,
    }
}

/// If the accent stands over the letter and both make one character: how far apart their middles are, and
/// that character.
fn fit(letter: &Glyph, accent: &Glyph, mark: char) -> Option<(f64, String)> {
    let apart = ((letter.left + letter.right) - (accent.left + accent.right)).abs() / 2.0;
    let over = letter.direction == accent.direction
        && (letter.baseline - accent.baseline).abs() < 0.8 * letter.size
        && apart < 0.35 * letter.size.max(letter.right - letter.left);
    let overlaps = letter.left < accent.right && accent.left < letter.right;
    if !over || !overlaps || letter.text.chars().count() != 1 {
        return None;
    }
    // The accent takes the place of the dot.
    let base = letter.text.replace('ı', "i").replace('ȷ', "j");
    let text: String = base.chars().chain([mark]).nfc().collect();
    (text.chars().count() == 1).then_some((apart, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Matrix;

    fn glyph(text: &str, matrix: [f64; 6]) -> Glyph {
        Glyph::place(text.to_string(), &Matrix::new(matrix), 0.5, false).unwrap()
    }

    #[test]
    fn a_turned_glyph_is_set_upright() {
        // Upwards on a page whose y grows downwards
        let upwards = glyph("a", [0.0, -10.0, -10.0, 0.0, 100.0, 700.0]);

        assert_eq!(upwards.direction, Direction::Upwards);
        assert_eq!(
            (upwards.left, upwards.right, upwards.baseline),
            (-700.0, -695.0, 100.0)
        );
        assert_eq!(upwards.size, 10.0);
    }

    #[test]
    fn a_double_is_left_out_and_a_neighbour_kept() {
        let one = glyph("l", [10.0, 0.0, 0.0, -10.0, 100.0, 700.0]);
        let bold = glyph("l", [10.0, 0.0, 0.0, -10.0, 100.4, 700.0]);
        let next = glyph("l", [10.0, 0.0, 0.0, -10.0, 102.2, 700.0]);

        assert_eq!(without_doubles(vec![one, bold, next]).len(), 2);
    }

    #[test]
    fn numbers_beyond_reckoning_place_no_glyph() {
        assert!(Glyph::place("a".into(), &Matrix::new([f64::NAN; 6]), 0.5, false).is_none());
        assert!(Glyph::place("a".into(), &Matrix::new([0.0; 6]), 0.5, false).is_none());
    }

    fn compose_all(items: &[(&str, f64)]) -> String {
        let glyphs = items.iter().map(|&(text, left)| {
            Glyph::place(
                text.into(),
                &Matrix::new([10.0, 0.0, 0.0, -10.0, left, 100.0]),
                0.5,
                false,
            )
            .unwrap()
        });
        compose_accents(glyphs.collect())
            .into_iter()
            .map(|glyph| glyph.text)
            .collect()
    }

    #[test]
    fn an_accent_before_or_after_its_letter_joins_it() {
        assert_eq!(
            compose_all(&[("t", 0.0), ("´", 5.1), ("e", 5.0), ("s", 10.0)]),
            "tés"
        );
        assert_eq!(
            compose_all(&[("t", 0.0), ("e", 5.0), ("´", 5.2), ("s", 10.0)]),
            "tés"
        );
        assert_eq!(
            compose_all(&[("ˆ", 0.1), ("ı", 0.0), ("c", 5.0), ("¸", 5.0)]),
            "îç"
        );
    }

    #[test]
    fn an_accent_that_stands_alone_stays() {
        assert_eq!(compose_all(&[("a", 0.0), ("^", 5.0), ("b", 10.0)]), "a^b");
    }
}
