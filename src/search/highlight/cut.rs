//! Where a fragment of a long sentence begins and ends: at words, and never within a mark.

use super::mark::{Mark, distinct};
use std::ops::Range;

/// The part of a sentence to show: all of it if it fits, else the stretch of `length` characters that holds
/// the most valuable marks, cut at words.
pub fn window(
    text: &str,
    sentence: &Range<usize>,
    marks: &[Mark],
    weights: &[f32],
    length: usize,
) -> Range<usize> {
    if text[sentence.clone()].chars().count() <= length {
        return sentence.clone();
    }
    // The first mark of the best stretch: marks from it on that lie within the length.
    let mut best = (0, f32::MIN);
    for (at, first) in marks.iter().enumerate().take(200) {
        let end = forward(text, first.range.start, length * 3 / 4, sentence.end);
        let reach = marks[at..]
            .iter()
            .take(40)
            .take_while(|m| m.range.end <= end)
            .count();
        let value: f32 = distinct(&marks[at..at + reach])
            .map(|w| weights.get(w).copied().unwrap_or(0.0))
            .sum();
        if value > best.1 + f32::EPSILON {
            best = (at, value);
        }
    }
    let first = &marks[best.0].range;
    let shown = text[first.start..first.end].chars().count();
    let before = length.saturating_sub(shown) / 3;
    let start = backward(text, first.start, before, sentence.start);
    let used = text[start..first.start].chars().count();
    let end = forward(
        text,
        first.start,
        length.saturating_sub(used).max(shown),
        sentence.end,
    );
    let cut = at_words(text, start..end.max(first.end), first, sentence);
    between_marks(text, cut, marks, first)
}

/// Moves the ends of a window out of marks that they cut in two, but for the one that is `kept`.
fn between_marks(text: &str, mut window: Range<usize>, marks: &[Mark], kept: &Range<usize>) -> Range<usize> {
    for mark in marks {
        let cuts = |at: usize| mark.range.start < at && at < mark.range.end;
        if cuts(window.start) {
            window.start = mark.range.end.min(kept.start);
        }
        if cuts(window.end) {
            window.end = mark.range.start.max(kept.end);
        }
    }
    let shown = &text[window.clone()];
    let start = window.start + (shown.len() - shown.trim_start().len());
    start.min(kept.start)..(start + shown.trim().len()).max(kept.end)
}

/// The byte offset `count` characters after `from`, at most `limit`.
pub fn forward(text: &str, from: usize, count: usize, limit: usize) -> usize {
    text[from..limit]
        .char_indices()
        .nth(count)
        .map_or(limit, |(at, _)| from + at)
}

/// The byte offset `count` characters before `from`, at least `limit`.
fn backward(text: &str, from: usize, count: usize, limit: usize) -> usize {
    if count == 0 {
        return from;
    }
    text[limit..from]
        .char_indices()
        .rev()
        .nth(count - 1)
        .map_or(limit, |(at, _)| limit + at)
}

/// Moves the ends of a window inwards to spaces, never into `kept`; without a space to graphemes' ends.
pub fn at_words(
    text: &str,
    window: Range<usize>,
    kept: &Range<usize>,
    sentence: &Range<usize>,
) -> Range<usize> {
    let mut start = window.start;
    if start > sentence.start && !text[..start].ends_with(char::is_whitespace) {
        let lead = &text[start..kept.start];
        start = match lead.char_indices().find(|(_, c)| c.is_whitespace()) {
            Some((at, c)) => start + at + c.len_utf8(),
            None => kept.start,
        };
    }
    let mut end = window.end;
    if end < sentence.end && !text[end..].starts_with(char::is_whitespace) {
        let tail = &text[kept.end..end];
        end = match tail.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
            Some((at, _)) => kept.end + at,
            None => kept.end,
        };
    }
    let trimmed = text[start..end].trim_end().len();
    start..start + trimmed
}
