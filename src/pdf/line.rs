//! Lines: the words of a column that stand at one height.

use super::geometry::Area;
use super::word::Word;

/// A gap of this many ems parts a line.
const WIDE_GAP: f64 = 1.2;

/// A line of a column.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    /// Where wide gaps part the text, such as between a header and a page number: the byte each part starts at
    pub parts: Vec<usize>,
    pub area: Area,
    pub baseline: f64,
    pub size: f64,
    pub is_artifact: bool,
}

impl Line {
    /// The parts of the text between wide gaps.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let ends = self.parts.iter().skip(1).copied().chain([self.text.len()]);
        self.parts
            .iter()
            .zip(ends)
            .filter_map(|(start, end)| self.text.get(*start..end))
    }
}

/// The lines of a column from the top down.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    // Large words first, so that raised and lowered ones find the line they belong to.
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Row> = Vec::new();
    for word in words {
        let near = rows.iter_mut().rev().take(4).find(|row| row.takes(&word));
        match near {
            Some(row) => row.add(word),
            None => rows.push(Row {
                baseline: word.baseline,
                size: word.size,
                words: vec![word],
            }),
        }
    }
    rows.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    rows.into_iter().filter_map(Row::into_line).collect()
}

struct Row {
    baseline: f64,
    size: f64,
    words: Vec<Word>,
}

impl Row {
    /// Whether the word stands on this row: at its height, or raised or lowered within it.
    fn takes(&self, word: &Word) -> bool {
        let (small, large) = (self.size.min(word.size), self.size.max(word.size));
        let apart = (self.baseline - word.baseline).abs();
        let limit = if small < 0.8 * large {
            0.45 * large
        } else {
            0.35 * small
        };
        apart < limit
            && self
                .words
                .iter()
                .all(|other| overlap(&other.area, &word.area) < 0.5 * small)
    }

    fn add(&mut self, word: Word) {
        if word.size > self.size {
            self.size = word.size;
            self.baseline = word.baseline;
        }
        self.words.push(word);
    }

    fn into_line(mut self) -> Option<Line> {
        self.words.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        let area = self
            .words
            .iter()
            .map(|word| word.area)
            .reduce(|a, b| a.union(&b))?;
        let artifacts = self.words.iter().filter(|word| word.is_artifact).count();
        let is_artifact = 2 * artifacts > self.words.len();
        let (text, parts) = joined(&self.words);
        Some(Line {
            text,
            parts,
            area,
            baseline: self.baseline,
            size: self.size,
            is_artifact,
        })
    }
}

/// How far two areas overlap across.
fn overlap(a: &Area, b: &Area) -> f64 {
    a.right.min(b.right) - a.left.max(b.left)
}

/// The words with a space where a gap is, and where each part starts. The page can show a word in parts, for
/// instance a letter of another font: they stand without a gap.
fn joined(words: &[Word]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut parts = vec![0];
    let mut last: Option<&Word> = None;
    for word in words {
        if let Some(last) = last {
            if !touches(last, word) {
                text.push(' ');
            }
            if word.area.left - last.area.right > WIDE_GAP * word.size.max(last.size) {
                parts.push(text.len());
            }
        }
        text.push_str(&word.text);
        last = Some(word);
    }
    (text, parts)
}

fn touches(last: &Word, word: &Word) -> bool {
    let size = last.size.min(word.size);
    let gap = word.area.left - last.area.right;
    let raised = word.size < 0.9 * last.size && word.baseline < last.baseline - 0.1 * last.size;
    let calls_note = raised && word.text.chars().all(|c| c.is_ascii_digit());
    gap.abs() < 0.06 * size && !calls_note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::word::tests::word;

    fn texts(words: Vec<Word>) -> Vec<String> {
        lines(words).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_are_put_in_order_by_height_and_place() {
        let words = vec![
            word("trois", 0.0, 112.0, 10.0),
            word("deux", 30.0, 100.5, 10.0),
            word("un", 0.0, 100.0, 10.0),
        ];

        assert_eq!(texts(words), ["un deux", "trois"]);
    }

    #[test]
    fn a_raised_number_stands_on_its_line() {
        let words = vec![
            word("mot", 0.0, 100.0, 10.0),
            word("2", 15.0, 96.5, 6.0),
            word("fin", 25.0, 100.0, 10.0),
        ];

        assert_eq!(texts(words), ["mot 2 fin"]);
    }

    #[test]
    fn a_wide_gap_parts_a_line() {
        let line = &lines(vec![
            word("Le", 0.0, 100.0, 10.0),
            word("Sahel", 12.0, 100.0, 10.0),
            word("7", 200.0, 100.0, 10.0),
        ])[0];

        assert_eq!(line.text, "Le Sahel 7");
        assert_eq!(line.parts().map(str::trim).collect::<Vec<_>>(), ["Le Sahel", "7"]);
    }

    #[test]
    fn a_word_shown_in_parts_is_one_word() {
        assert_eq!(
            texts(vec![word("Mal", 0.0, 100.0, 10.0), word("i", 15.1, 100.0, 10.0)]),
            ["Mali"]
        );
    }
}
