//! French analysis: text into words with index terms. Knows nothing of tantivy.
//!
//! The order of steps, and where each lives:
//!
//! | step | does | file |
//! |---|---|---|
//! | normalise | NFC, once, when an article is read; the stored text is the normalised one | [`normalize`] |
//! | chunk | runs of letters, digits and what joins them; apostrophes and hyphens in all spellings | `segment`, `walk` |
//! | number | each distinct chunk is analysed once; words have numbers | `word_table` |
//! | split | parts at successive positions, joined spelling beside them | `segment` |
//! | elide | `l'`, `d'`, `qu'` … cut, names kept whole | `elision` |
//! | form | lower case, accents kept: what `="…"` compares | `fold` |
//! | fold | no accents, no case, no ligatures: what everything below depends on | `fold` |
//! | correct | `stems.tsv`, then the irregular verbs of `verbs.tsv`, then ordinals | `terms`, `verbs`, `ordinal` |
//! | root | endings of number, gender, person and tense taken off | `inflect`, `persons`, `ending` |
//! | restore | accent and mute e that the stemmer needs | `restore` |
//! | stem | Snowball French (rust-stemmers) | `terms` |
//! | fold | the stem again: the index term | `terms` |
//!
//! The invariant: **a word's index term depends on its folded spelling only.**

mod elision;
mod ending;
mod exceptions;
mod fold;
mod form_term;
mod inflect;
mod inline_keys;
mod interner;
mod ordinal;
mod persons;
mod restore;
mod rules;
mod segment;
mod sentences;
#[doc(hidden)]
pub mod signature;
mod terms;
mod token;
mod verbs;
mod walk;
mod word_table;

pub use elision::Elisions;
pub use fold::{APOSTROPHES, fold, fold_into, form, is_apostrophe, is_hyphen, is_ignorable};
pub use form_term::FormTerm;
pub(crate) use interner::Interner;
pub use rules::Rules;
pub use segment::{MAX_CHUNK, PieceKind};
pub use sentences::{passage_at, passages, sentences};
pub use terms::{TermSource, Terms};
pub use token::{Token, Word};
pub use walk::{NumberedArticle, NumberedText, NumberedToken, Walk};
pub use word_table::{WordNumber, WordTable};

use crate::error::Result;
use crate::scan;
use rustc_hash::FxHashSet;
use segment::next_chunk;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// Chunks of a text that are analysed at once.
pub const AT_ONCE: usize = 8192;

/// The text as it is stored and analysed: NFC. Borrowed when it is NFC already.
pub fn normalize(text: &str) -> std::borrow::Cow<'_, str> {
    if is_plainly_nfc(text.as_bytes())
        || is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes
    {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// Whether a text has no character from U+0300 on, but for quotes, dashes, spaces (from U+2002) and signs of money:
/// all of these are in NFC whatever stands beside them.
fn is_plainly_nfc(text: &[u8]) -> bool {
    let mut from = 0;
    while let Some(found) = scan::position(&text[from..], |byte| byte >= 0xcc) {
        let at = from + found;
        if !matches!(text[at..], [0xe2, 0x80, 0x82..=0xbf, ..] | [0xe2, 0x82, ..]) {
            return false;
        }
        from = at + 3;
    }
    true
}

thread_local! {
    static TABLE: RefCell<WordTable> = RefCell::default();
}

/// The French analyzer: a pure function from text to tokens, built from the lexicons.
pub struct French {
    rules: Rules,
}

impl French {
    /// Builds the analyzer from the texts of `elisions.txt`, `stopwords.txt`, `stems.tsv` and `verbs.tsv`.
    ///
    /// # Errors
    /// [`crate::Error::Lexicon`] with file and line, when an entry is wrong.
    pub fn new(elisions: &str, stopwords: &str, stems: &str, verbs: &str) -> Result<Self> {
        static IDENTITY: AtomicU64 = AtomicU64::new(1);
        let listed = |text: &str| -> FxHashSet<String> {
            text.lines()
                .map(str::trim)
                .filter(|l| !l.is_empty() && !l.starts_with('#'))
                .map(fold)
                .collect()
        };
        Ok(Self {
            rules: Rules {
                identity: IDENTITY.fetch_add(1, Ordering::Relaxed),
                elisions: Elisions::parse(elisions),
                terms: Terms::parse(stems, verbs)?,
                stopwords: listed(stopwords),
            },
        })
    }

    /// What the analysis goes by.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The stemmer and its corrections.
    pub fn terms(&self) -> &Terms {
        &self.rules.terms
    }

    /// The word of a spelling that is not part of a text: a lexicon's, a query's pattern.
    pub fn word(&self, spelled: &str) -> Word {
        self.word_of(form(spelled), fold(spelled))
    }

    fn word_of(&self, form: String, folded: String) -> Word {
        let term = self.rules.terms.term_of(&folded);
        let stop = self.rules.stopwords.contains(&folded);
        let form_term = FormTerm {
            folded: &folded,
            form: &form,
        }
        .to_string()
        .into();
        Word {
            form: form.into(),
            folded: folded.into(),
            term: term.into(),
            form_term,
            stop,
        }
    }

    /// The tokens of `text` (which should be normalised), in the order of their positions.
    ///
    /// ```
    /// let french = griot::schema::Lexicons::embedded().french().unwrap();
    /// let tokens = french.analyze("L’armée malienne");
    /// let folded: Vec<&str> = tokens.iter().map(|t| &*t.word.folded).collect();
    /// assert_eq!(folded, ["armee", "malienne"]);
    /// ```
    pub fn analyze(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(text.len() / 6);
        self.analyze_into(text, &mut tokens);
        tokens
    }

    /// [`French::analyze`] into a buffer, which is emptied first.
    pub fn analyze_into(&self, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        self.with_table(|table| {
            let (mut walk, mut numbered) = (Walk::new(text), Vec::new());
            loop {
                let is_open = walk.go_on(&self.rules, table, &mut numbered, AT_ONCE);
                tokens.extend(numbered.drain(..).map(|token| token.shared(table)));
                if !is_open {
                    break;
                }
                table.clear_if_large();
            }
        });
    }

    /// The tokens of `text` by number, in a buffer, which is emptied first; their words are in the table from now on.
    pub fn number_into(&self, table: &mut WordTable, text: &str, tokens: &mut Vec<NumberedToken>) {
        tokens.clear();
        Walk::new(text).go_on(&self.rules, table, tokens, usize::MAX);
    }

    /// Runs `f` with the tokens of an article's title and body, their words in the table of this thread.
    ///
    /// ```
    /// let french = griot::schema::Lexicons::embedded().french().unwrap();
    /// let folded = french.numbered("", "L’armée malienne", |words| {
    ///     let folded = words.body.iter().map(|token| words.table.folded(token.word).to_string());
    ///     folded.collect::<Vec<_>>()
    /// });
    /// assert_eq!(folded, ["armee", "malienne"]);
    /// ```
    pub fn numbered<T>(&self, title: &str, body: &str, f: impl FnOnce(NumberedArticle<'_>) -> T) -> T {
        self.with_table(|table| {
            let [mut of_title, mut of_body] = [Vec::new(), Vec::new()];
            self.number_into(table, title, &mut of_title);
            self.number_into(table, body, &mut of_body);
            f(NumberedArticle {
                title: &of_title,
                body: &of_body,
                table,
            })
        })
    }

    /// Runs `f` with the table of this thread, so that words met before needn't be analysed again.
    pub fn with_table<T>(&self, f: impl FnOnce(&mut WordTable) -> T) -> T {
        // Taken out, so that it may be asked for within `f`, too.
        let mut table = TABLE.take();
        table.adopt(&self.rules);
        table.clear_if_large();
        let result = f(&mut table);
        TABLE.set(table);
        result
    }
}

/// Words of a text, as they are typed, from whose beginning all is derived that needs the whole of it at once:
/// facets, tables, signatures. A thousand pages.
pub const MOST_WORDS: usize = 500_000;

/// Most bytes of that beginning.
const LONGEST_HEAD: usize = 3 << 20;

/// The beginning of a text that facets are derived from: [`MOST_WORDS`] words, at most 3 MB; nearly always all
/// of it.
pub fn head(text: &str) -> &str {
    if text.len() <= MOST_WORDS {
        return text;
    }
    let mut end = 0;
    for _ in 0..MOST_WORDS {
        match next_chunk(text, end) {
            None => return text,
            Some((_, next)) if next > LONGEST_HEAD => return &text[..end],
            Some((_, next)) => end = next,
        }
    }
    match next_chunk(text, end) {
        None => text,
        Some(_) => &text[..end],
    }
}

#[cfg(test)]
mod tests;
