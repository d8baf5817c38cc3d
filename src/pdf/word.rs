//! Words: glyphs that stand together.

use super::geometry::Area;
use super::glyph::{Direction, Glyph};

/// A gap of this many ems between glyphs parts words.
const WORD_GAP: f64 = 0.15;
/// A glyph that starts this many ems before the end of the last one isn't its neighbour.
const OVERLAP: f64 = 0.5;

/// Glyphs without a space between them, on one line.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub text: String,
    pub area: Area,
    pub baseline: f64,
    pub size: f64,
    pub is_artifact: bool,
}

/// The words of a page by the direction of their lines, most glyphs first.
pub(super) fn words(glyphs: &[Glyph]) -> Vec<Vec<Word>> {
    let mut by_direction: Vec<(Direction, usize, Vec<Word>)> = Vec::new();
    let directions = [
        Direction::Rightwards,
        Direction::Upwards,
        Direction::Downwards,
        Direction::Leftwards,
    ];
    for direction in directions {
        let turned: Vec<&Glyph> = glyphs
            .iter()
            .filter(|glyph| glyph.direction == direction)
            .collect();
        if !turned.is_empty() {
            by_direction.push((direction, turned.len(), join(&turned)));
        }
    }
    by_direction.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    by_direction
        .into_iter()
        .map(|(_, _, words)| words)
        .filter(|words| !words.is_empty())
        .collect()
}

/// Joins glyphs of one direction, in the order the page shows them.
fn join(glyphs: &[&Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for &glyph in glyphs {
        if glyph.is_space() {
            last = None;
            continue;
        }
        match (words.last_mut(), last) {
            (Some(word), Some(last)) if belongs(word, last, glyph) => extend(word, glyph),
            _ => words.push(start(glyph)),
        }
        last = Some(glyph);
    }
    words
}

fn start(glyph: &Glyph) -> Word {
    Word {
        text: glyph.text.clone(),
        area: glyph.area(),
        baseline: glyph.baseline,
        size: glyph.size,
        is_artifact: glyph.is_artifact,
    }
}

fn extend(word: &mut Word, glyph: &Glyph) {
    word.text.push_str(&glyph.text);
    // A raised or smaller letter doesn't move the word's line.
    if glyph.size > word.size {
        word.size = glyph.size;
        word.baseline = glyph.baseline;
    }
    word.area = word.area.union(&glyph.area());
}

/// Whether `glyph` goes on with the word whose last glyph is `last`.
fn belongs(word: &Word, last: &Glyph, glyph: &Glyph) -> bool {
    let size = last.size.max(glyph.size);
    let gap = glyph.left - last.right;
    if gap > WORD_GAP * last.size.min(glyph.size).max(0.5 * size) || gap < -OVERLAP * size {
        return false;
    }
    if glyph.is_artifact != word.is_artifact {
        return false;
    }
    let raised = word.baseline - glyph.baseline;
    if raised.abs() < 0.1 * size {
        return true;
    }
    // Raised letters belong to the word ("1er", "XXe") and so do lowered numbers ("CO2"); a raised number
    // after a word calls a note.
    let calls_note = raised > 0.0 && is_digit(glyph) && !is_digit(last) && glyph.size < 0.9 * word.size;
    raised.abs() < 0.5 * size && !calls_note
}

fn is_digit(glyph: &Glyph) -> bool {
    glyph.text.chars().all(|character| character.is_ascii_digit())
}

// Large initials: the first letter of a text, set over several lines.

/// An initial is at least this much larger than the text.
const LARGER: f64 = 1.8;

/// Gives each large initial to the word it begins.
pub(super) fn attach_initials(mut words: Vec<Word>) -> Vec<Word> {
    let usual = usual_size(&words);
    let mut attached = Vec::new();
    for (number, initial) in words.iter().enumerate() {
        if is_initial(initial, usual)
            && let Some(rest) = words.iter().position(|word| begins_with(word, initial, usual))
        {
            attached.push((number, rest));
        }
    }
    for (number, rest) in &attached {
        let letter = words[*number].text.clone();
        words[*rest].text.insert_str(0, &letter);
    }
    let mut number = 0;
    words.retain(|_| {
        number += 1;
        !attached.iter().any(|(initial, _)| *initial == number - 1)
    });
    words
}

/// A single large letter, perhaps with a quotation mark or an apostrophe.
fn is_initial(word: &Word, usual: f64) -> bool {
    let mut letters = word.text.chars().filter(|character| character.is_alphabetic());
    let one = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    one && word.text.chars().count() <= 3 && word.size > LARGER * usual
}

/// Whether the word stands right of the initial, on the first of the lines beside it, and goes on with it.
fn begins_with(word: &Word, initial: &Word, usual: f64) -> bool {
    let gap = word.area.left - initial.area.right;
    // The top of a capital letter lies some 0.7 of its size above the line.
    let top = initial.baseline - 0.7 * initial.size;
    let beside = gap > -0.5 * usual && gap < 0.8 * usual;
    let on_first_line = (word.baseline - 0.7 * word.size - top).abs() < 0.7 * usual;
    let continues = word
        .text
        .starts_with(|character: char| character.is_lowercase() || matches!(character, '’' | '\''));
    // Text after an initial is often set in capitals for a word or two.
    let in_capitals = word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase);
    word.size < 1.5 * usual && beside && on_first_line && (continues || in_capitals)
}

/// The size that most characters have.
pub(super) fn usual_size(words: &[Word]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = words
        .iter()
        .map(|word| (word.size, word.text.chars().count()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut before = 0;
    for (size, count) in sizes {
        before += count;
        if before > half {
            return size;
        }
    }
    10.0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::pdf::geometry::Area;
    use crate::pdf::geometry::Matrix;

    fn shown(items: &[(&str, f64, f64, f64)]) -> Vec<String> {
        let glyphs: Vec<Glyph> = items
            .iter()
            .map(|&(text, left, baseline, size)| {
                let matrix = Matrix::new([size, 0.0, 0.0, -size, left, baseline]);
                Glyph::place(text.into(), &matrix, 0.5, false).unwrap()
            })
            .collect();
        words(&glyphs)
            .concat()
            .into_iter()
            .map(|word| word.text)
            .collect()
    }

    #[test]
    fn gaps_and_spaces_part_words() {
        let text = shown(&[
            ("l", 0.0, 100.0, 10.0),
            ("e", 5.0, 100.0, 10.0),
            ("c", 12.0, 100.0, 10.0),
            (" ", 17.0, 100.0, 10.0),
            ("d", 17.0, 100.0, 10.0),
        ]);

        assert_eq!(text, ["le", "c", "d"]);
    }

    #[test]
    fn raised_letters_stay_and_calls_of_notes_go() {
        assert_eq!(shown(&[("X", 0.0, 100.0, 10.0), ("e", 5.0, 97.0, 6.0)]), ["Xe"]);
        assert_eq!(
            shown(&[("t", 0.0, 100.0, 10.0), ("1", 5.0, 97.0, 6.0)]),
            ["t", "1"]
        );
    }

    #[test]
    fn another_line_starts_another_word() {
        assert_eq!(
            shown(&[("a", 0.0, 100.0, 10.0), ("b", 5.0, 112.0, 10.0)]),
            ["a", "b"]
        );
    }

    /// A word of that text, as wide as letters of half its size.
    pub(in crate::pdf) fn word(text: &str, left: f64, baseline: f64, size: f64) -> Word {
        let right = left + 0.5 * size * text.chars().count() as f64;
        let area = Area {
            left,
            top: baseline - 0.75 * size,
            right,
            bottom: baseline + 0.25 * size,
        };
        Word {
            text: text.into(),
            area,
            baseline,
            size,
            is_artifact: false,
        }
    }

    #[test]
    fn an_initial_joins_the_word_beside_its_top() {
        let words = vec![
            word("D", 0.0, 124.0, 44.0),
            word("ans", 24.0, 100.0, 10.0),
            word("leur", 24.0, 112.0, 10.0),
            word("album", 60.0, 100.0, 10.0),
            word("de", 24.0, 124.0, 10.0),
        ];

        let texts: Vec<String> = attach_initials(words).into_iter().map(|word| word.text).collect();

        assert_eq!(texts, ["Dans", "leur", "album", "de"]);
    }

    #[test]
    fn a_large_letter_alone_stays() {
        assert_eq!(
            attach_initials(vec![
                word("A", 0.0, 100.0, 40.0),
                word("texte", 200.0, 100.0, 10.0)
            ])
            .len(),
            2
        );
    }
}
