//! What a service's reader finds in an export: its articles, and the text that is in none of them.

use crate::article::Article;

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub articles: Vec<Article>,
    /// Text that belongs to none of them.
    pub left: Vec<Left>,
    /// Text of the service itself: a cover page with the list of the articles.
    pub furniture: Vec<String>,
}

/// Text of an export that is in no article.
#[derive(Debug)]
pub(super) struct Left {
    /// The line of the text, from 1, where it has lines.
    pub line: Option<usize>,
    pub detail: String,
    pub text: String,
}

/// Fewer words than these outside of articles are the service's own furniture.
const FEW_WORDS: usize = 4;

impl Found {
    /// Notes text that belongs to no article, unless it is only a few words.
    pub(super) fn leave_out(&mut self, line: Option<usize>, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() >= FEW_WORDS {
            let begins = words[..FEW_WORDS.min(words.len())].join(" ");
            let detail = format!(
                "{} words outside of the articles, from \u{201c}{begins}\u{201d} on; look at them, and save them as \
                 a file of their own if they are an article",
                words.len()
            );
            let text = text.to_string();
            self.left.push(Left { line, detail, text });
        }
    }
}
