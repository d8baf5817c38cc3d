//! The passages of a text: its sentences, and what must not be torn apart.

use crate::french::sentences;
use std::ops::Range;

/// Sentences, and what must not be torn apart: a quotation in « » of several sentences, as far as it fits a
/// fragment; the number of a list's item and the item.
pub fn passages(text: &str, length: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    // Quotations opened and not closed in the passage so far.
    let mut open = 0_i32;
    for sentence in sentences(text) {
        let piece = &text[sentence.clone()];
        if let Some(last) = out.last_mut() {
            let between = &text[last.end..sentence.start];
            let quoted = open > 0 && (last.start..sentence.end).len() <= 4 * length;
            let fits = || text[last.start..sentence.end].chars().count() <= length;
            if !between.contains('\n') && (is_item_number(&text[last.clone()]) || quoted && fits()) {
                last.end = sentence.end;
                open = (open + balance(piece)).max(0);
                continue;
            }
        }
        open = balance(piece).max(0);
        out.push(sentence);
    }
    out
}

fn balance(text: &str) -> i32 {
    text.chars()
        .map(|c| i32::from(c == '«') - i32::from(c == '»'))
        .sum()
}

/// `1.`, `12.`, `a.` at the beginning of a line.
fn is_item_number(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|number| {
        (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}
