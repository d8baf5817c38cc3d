//! The stretches of a text that a query matched.

use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// A stretch of the text that the query matched. Byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    /// Which word of the query it answers: fragments prefer different ones.
    pub word: usize,
}

/// Sorts marks and merges those that overlap: a phrase and a word in it are one mark. Ends are moved to
/// grapheme boundaries, so that no mark splits a letter from its accent.
pub fn tidy(text: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by(|a, b| {
        a.range
            .start
            .cmp(&b.range.start)
            .then(b.range.end.cmp(&a.range.end))
    });
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    for mut mark in marks {
        mark.range =
            grapheme_boundary(text, mark.range.start, false)..grapheme_boundary(text, mark.range.end, true);
        match out.last_mut() {
            Some(last) if mark.range.start < last.range.end => {
                last.range.end = last.range.end.max(mark.range.end)
            }
            _ => out.push(mark),
        }
    }
    out
}

/// The grapheme boundary at `at`, or the next one after or before it.
fn grapheme_boundary(text: &str, at: usize, after: bool) -> usize {
    let ascii = |c: Option<char>| c.is_none_or(|c| c.is_ascii() && c != '\r');
    if ascii(text[..at].chars().next_back()) && ascii(text[at..].chars().next()) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    // The whole text is at hand, so the cursor never asks for more of it.
    if cursor.is_boundary(text, 0) != Ok(false) {
        return at;
    }
    let moved = if after {
        cursor.next_boundary(text, 0)
    } else {
        cursor.prev_boundary(text, 0)
    };
    moved.ok().flatten().unwrap_or(at)
}

/// The marks that lie whole inside a range.
pub fn inside<'m>(marks: &'m [Mark], range: &Range<usize>) -> &'m [Mark] {
    let from = marks.partition_point(|m| m.range.start < range.start);
    let to = from + marks[from..].partition_point(|m| m.range.end <= range.end);
    &marks[from..to]
}

pub fn distinct(marks: &[Mark]) -> impl Iterator<Item = usize> {
    marks
        .iter()
        .enumerate()
        .filter(|(at, m)| !marks[..*at].iter().any(|o| o.word == m.word))
        .map(|(_, m)| m.word)
}
