//! The passages of a file in their order.

use super::words::{each_word, words_of};
use std::ops::Range;

/// The passages of a file, a line each.
#[derive(Default)]
pub(super) struct Passages {
    pub text: String,
    /// Where each ends in the text.
    ends: Vec<usize>,
}

/// A passage of which words are in no article, or elsewhere in one.
pub(super) struct Lacking<'p> {
    pub text: &'p str,
    /// All of its words.
    pub words: Vec<u64>,
    /// Of these, the words that are in no article, or elsewhere in one.
    pub rest: Vec<u64>,
}

impl Passages {
    pub fn add(&mut self, passage: &str) {
        self.text.push_str(passage.trim());
        self.ends.push(self.text.len());
        self.text.push('\n');
    }

    /// The passages that hold words of some parts of the text that `is_asked_for` wants.
    pub fn lacking(&self, parts: &[Range<usize>], is_asked_for: impl Fn(&[u64]) -> bool) -> Vec<Lacking<'_>> {
        let mut lacking = Vec::new();
        let (mut start, mut parts) = (0, parts.iter().peekable());
        for &end in &self.ends {
            let mut rest = Vec::new();
            while let Some(part) = parts.peek().filter(|part| part.start < end) {
                each_word(&self.text[part.start.max(start)..part.end.min(end)], |word| {
                    rest.push(word)
                });
                if part.end > end {
                    break;
                }
                parts.next();
            }
            if is_asked_for(&rest) {
                let text = &self.text[start..end];
                lacking.push(Lacking {
                    text,
                    words: words_of([text]),
                    rest,
                });
            }
            start = end + 1;
        }
        lacking
    }
}
