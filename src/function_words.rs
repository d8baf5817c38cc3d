//! Function words: those that a plain query doesn't require, and ranks by.

use crate::error::{Error, Result};
use rustc_hash::FxHashSet;

/// The file beside `schema.toml`.
pub(crate) const FILE: &str = "function_words.tsv";

/// The words of `function_words.tsv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunctionWords {
    folded: FxHashSet<String>,
}

impl FunctionWords {
    /// From the text of `function_words.tsv`: a word, a tab, the reason.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line without a reason.
    pub fn new(text: &str) -> Result<Self> {
        let mut folded = FxHashSet::default();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('\t') {
                Some((word, reason)) if !word.trim().is_empty() && !reason.trim().is_empty() => {
                    folded.insert(word.trim().to_string());
                }
                _ => {
                    return Err(Error::Lexicon {
                        file: FILE.into(),
                        line: number + 1,
                        message: format!("“{line}” has no reason: write a word, a tab and the reason"),
                    });
                }
            }
        }
        Ok(Self { folded })
    }

    /// Whether a folded word is one.
    pub fn contains(&self, folded: &str) -> bool {
        self.folded.contains(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::french::fold;

    #[test]
    fn the_list_is_folded_and_a_line_without_a_reason_is_refused() {
        let lexicons = crate::schema::Lexicons::embedded();
        let words = lexicons.function_words().expect("good");
        assert!(words.contains("contre") && words.contains("apres") && !words.contains("sans"));
        assert!(words.folded.iter().all(|word| fold(word) == **word));
        let error = FunctionWords::new("# comment\nsur\n")
            .expect_err("refused")
            .to_string();
        assert!(error.contains(FILE) && error.contains('2'), "{error}");
    }
}
