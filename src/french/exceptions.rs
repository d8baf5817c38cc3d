//! Lists of words that a rule of inflection leaves alone, parsed once: they are asked for every distinct word.

use rustc_hash::FxHashSet;

/// Words, ends of words (`-fait`) and roots (`liber-`).
#[derive(Default)]
pub(super) struct Exceptions {
    words: FxHashSet<&'static str>,
    ends: Vec<&'static str>,
    roots: Vec<&'static str>,
}

impl Exceptions {
    /// Parses entries separated by whitespace.
    pub fn parse(list: &'static str) -> Self {
        let mut parsed = Self::default();
        for entry in list.split_whitespace() {
            if let Some(root) = entry.strip_suffix('-') {
                parsed.roots.push(root);
            } else if let Some(end) = entry.strip_prefix('-') {
                parsed.ends.push(end);
            } else {
                parsed.words.insert(entry);
            }
        }
        parsed
    }

    /// Whether the word is listed, or ends as one of the listed ends.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word) || self.ends.iter().any(|end| word.ends_with(end))
    }

    /// Whether the word begins with a listed root that is longer than `head`: it reaches into the ending.
    pub fn has_root(&self, word: &str, head: &str) -> bool {
        self.roots
            .iter()
            .any(|root| root.len() > head.len() && word.starts_with(root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_words_ends_and_roots() {
        let list = Exceptions::parse("argent -fait liber-");
        for (word, is_listed) in [
            ("argent", true),
            ("bienfait", true),
            ("fait", true),
            ("argente", false),
            ("liber", false),
        ] {
            assert_eq!(list.has(word), is_listed, "{word}");
        }
        assert!(list.has_root("liberait", "lib") && !list.has_root("liberait", "liber"));
    }
}
