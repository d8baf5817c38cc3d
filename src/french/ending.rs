//! Rules of endings: what is taken off a word, after what, and which words only look like it.

use super::exceptions::Exceptions;
use After::{Anything, Long, SecondGroup, Syllable};

/// An ending that is replaced.
pub(super) struct Rule {
    pub(super) ending: &'static str,
    root: &'static str,
    /// What must stand before the ending.
    after: After,
    /// Words (and whatever ends in them) that are left alone.
    but: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Two letters with a vowel among them.
    Syllable,
    /// Three letters with a vowel among them: `-a` and `-ent` end names and short nouns too.
    Long,
    /// A syllable, then a consonant, `e` or `ou`: fin-ir, obe-ir, jou-ir, but not no-ir.
    SecondGroup,
    Anything,
}

pub(super) const fn rule(ending: &'static str, root: &'static str, after: After, but: &'static str) -> Rule {
    Rule {
        ending,
        root,
        after,
        but,
    }
}

pub(super) fn is_vowel(byte: u8) -> bool {
    b"aeiouy".contains(&byte)
}

impl Rule {
    /// What stands before the ending, if the rule takes it off.
    fn head<'w>(&self, word: &'w str) -> Option<&'w str> {
        let head = word.strip_suffix(self.ending)?;
        let bytes = head.as_bytes();
        let syllable = |least: usize| bytes.len() >= least && bytes.iter().any(|&b| is_vowel(b));
        let fits = match self.after {
            Anything => !head.is_empty(),
            Syllable => syllable(2),
            Long => syllable(3),
            SecondGroup => {
                syllable(2)
                    && (head.ends_with("ou")
                        || head.ends_with('e')
                        || !bytes.last().is_some_and(|&b| is_vowel(b)))
            }
        };
        fits.then_some(head)
    }
}

/// A rule and what it leaves alone: `argent` excludes a word, `-fait` all words that end so, and `liber-` the verb
/// with a root that reaches into the ending: `lib-erait`, `gl-issent`.
pub(super) struct Parsed {
    pub(super) rule: &'static Rule,
    but: Exceptions,
}

impl Parsed {
    pub(super) fn all(rules: &'static [Rule]) -> Vec<Self> {
        let parsed = |rule: &'static Rule| Self {
            rule,
            but: Exceptions::parse(rule.but),
        };
        rules.iter().map(parsed).collect()
    }

    pub(super) fn apply(&self, word: &str) -> Option<String> {
        let head = self.rule.head(word)?;
        let is_excluded = self.but.has(word) || self.but.has_root(word, head);
        (!is_excluded).then(|| [head, self.rule.root].concat())
    }
}

pub(super) fn first_fitting(rules: &[Parsed], word: &str) -> Option<String> {
    rules.iter().find_map(|rule| rule.apply(word))
}
