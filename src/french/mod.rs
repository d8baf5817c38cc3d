//! French analysis: text into words with index terms. Knows nothing of tantivy.
//!
//! The order of steps, and where each lives:
//!
//! | step | does | file |
//! |---|---|---|
//! | normalise | NFC, once, when an article is read; the stored text is the normalised one | [`normalize`] |
//! | chunk | runs of letters, digits and what joins them; apostrophes and hyphens in all spellings | `segment` |
//! | split | parts at successive positions, joined spelling beside them | `segment` |
//! | elide | `l'`, `d'`, `qu'` … cut, names kept whole | `elision` |
//! | form | lower case, accents kept: what `="…"` compares | `fold` |
//! | fold | no accents, no case, no ligatures: what everything below depends on | `fold` |
//! | correct | `stems.tsv`, then the irregular verbs of `verbs.tsv` | `terms`, `verbs` |
//! | root | endings of number, gender, person and tense taken off | `inflect` |
//! | restore | accent and mute e that the stemmer needs | `restore` |
//! | stem | Snowball French (rust-stemmers) | `terms` |
//! | fold | the stem again: the index term | `terms` |
//!
//! The invariant: **a word's index term depends on its folded spelling only.**

mod elision;
mod exceptions;
mod fold;
mod form_term;
mod inflect;
mod restore;
mod segment;
mod sentences;
#[doc(hidden)]
pub mod signature;
mod terms;
mod verbs;

pub use elision::Elisions;
pub use fold::{APOSTROPHES, fold, fold_into, form, is_apostrophe, is_hyphen, is_ignorable};
pub use form_term::FormTerm;
pub use segment::{MAX_CHUNK, PieceKind};
pub use sentences::{passage_at, passages, sentences};
pub use terms::{TermSource, Terms};

use crate::error::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use segment::{next_chunk, pieces};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// Distinct chunks that a thread remembers, some 50 MB. The frequent ones come early: once full, new ones are
/// analysed without being kept, and after a while it begins anew, for texts of another kind.
const CACHED_CHUNKS: usize = 1 << 17;
const MISSES_BEFORE_ANEW: u32 = 1 << 21;

/// The text as it is stored and analysed: NFC. Borrowed when it is NFC already.
pub fn normalize(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// A word in the three spellings that the index knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// As written, lower case, accents kept.
    pub form: Box<str>,
    /// Lower case, without accents: letters and digits only.
    pub folded: Box<str>,
    /// The index term.
    pub term: Box<str>,
    /// The term of the forms fields: see [`FormTerm`].
    pub form_term: Box<str>,
    /// A word that a query doesn't require or score (`stopwords.txt`).
    pub stop: bool,
}

/// A word of a text: where it stands and what it is.
#[derive(Debug, Clone)]
pub struct Token {
    pub word: Arc<Word>,
    /// Byte offsets in the analysed text, without an elided prefix.
    pub start: usize,
    pub end: usize,
    /// Counts words from 0; a joined spelling has the position of its first part.
    pub position: u32,
    pub kind: PieceKind,
    /// Number of the chunk: words of one chunk were typed as one.
    pub chunk: u32,
    /// Begins after an elided prefix (`l'`).
    pub elided: bool,
}

impl Token {
    pub fn is_part(&self) -> bool {
        self.kind == PieceKind::Part
    }
}

/// What the cache keeps of a piece.
#[derive(Clone)]
struct Cached {
    word: Arc<Word>,
    start: u32,
    end: u32,
    kind: PieceKind,
    elided: bool,
}

type ChunkCache = FxHashMap<Box<str>, Arc<[Cached]>>;

thread_local! {
    static CACHE: RefCell<(u64, u32, ChunkCache)> = RefCell::new((0, 0, FxHashMap::default()));
}

/// The French analyzer: a pure function from text to tokens, built from the lexicons.
pub struct French {
    /// Tells the caches of two analyzers in one process apart.
    identity: u64,
    elisions: Elisions,
    terms: Terms,
    stopwords: FxHashSet<String>,
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
            identity: IDENTITY.fetch_add(1, Ordering::Relaxed),
            elisions: Elisions::parse(elisions),
            terms: Terms::parse(stems, verbs)?,
            stopwords: listed(stopwords),
        })
    }

    /// The stemmer and its corrections.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The word of a spelling that is not part of a text: a lexicon's, a query's pattern.
    pub fn word(&self, spelled: &str) -> Word {
        self.word_of(form(spelled), fold(spelled))
    }

    fn word_of(&self, form: String, folded: String) -> Word {
        let term = self.terms.term_of(&folded);
        let stop = self.stopwords.contains(&folded);
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
        Walk::new(text).go_on(self, tokens, usize::MAX);
    }

    fn analyze_chunk(&self, chunk: &str) -> Vec<Cached> {
        let mut out = Vec::new();
        for piece in pieces(chunk, &self.elisions) {
            let (form, folded) = piece.spelled.unwrap_or_else(|| {
                let text = &chunk[piece.start..piece.end];
                (form(text), fold(text))
            });
            if !folded.is_empty() {
                out.push(Cached {
                    word: Arc::new(self.word_of(form, folded)),
                    start: piece.start as u32,
                    end: piece.end as u32,
                    kind: piece.kind,
                    elided: piece.elided_from < piece.start,
                });
            }
        }
        out
    }
}

/// An analysis under way: a long text is analysed piece by piece, since its tokens take up to twenty times its
/// bytes.
#[derive(Default)]
pub struct Walk<'t> {
    text: &'t str,
    /// Where the next chunk is looked for.
    from: usize,
    /// Words and chunks so far.
    position: u32,
    chunk: u32,
    numbers: NumberRun,
}

impl<'t> Walk<'t> {
    /// Begins the analysis of a text.
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Adds the next tokens, of `most` chunks or a few more; says whether there are others.
    pub fn go_on(&mut self, french: &French, tokens: &mut Vec<Token>, most: usize) -> bool {
        CACHE.with_borrow_mut(|(identity, misses, cache)| {
            if *identity != french.identity || *misses > MISSES_BEFORE_ANEW {
                *identity = french.identity;
                *misses = 0;
                cache.clear();
            }
            let mut done = 0;
            // A number written in several chunks isn't torn apart.
            while done < most || self.numbers.open.is_some() {
                let Some((start, end)) = next_chunk(self.text, self.from) else {
                    self.numbers.close(french, self.text, tokens);
                    return false;
                };
                let chunk = &self.text[start..end];
                match cache.get(chunk) {
                    Some(cached) => self.take(french, (start, end), cached, tokens),
                    None => {
                        let cached = french.analyze_chunk(chunk);
                        self.take(french, (start, end), &cached, tokens);
                        if cache.len() >= CACHED_CHUNKS {
                            *misses += 1;
                        } else if chunk.len() <= 64 {
                            cache.insert(chunk.into(), cached.into());
                        }
                    }
                }
                done += 1;
            }
            true
        })
    }

    /// Adds the tokens of a chunk.
    fn take(
        &mut self,
        french: &French,
        (start, end): (usize, usize),
        cached: &[Cached],
        tokens: &mut Vec<Token>,
    ) {
        // "l'« État »": a prefix cut off from its word by a quotation mark is no word.
        let is_cut_off =
            elided_before_quote(&self.text[end..]) && french.elisions.is_prefix(&self.text[start..end]);
        self.numbers.see(french, self.text, start, end, tokens);
        for piece in cached.iter().filter(|_| !is_cut_off) {
            tokens.push(Token {
                word: Arc::clone(&piece.word),
                start: start + piece.start as usize,
                end: start + piece.end as usize,
                position: self.position,
                kind: piece.kind,
                chunk: self.chunk,
                elided: piece.elided,
            });
            self.position += u32::from(piece.kind == PieceKind::Part);
        }
        self.chunk += 1;
        self.from = end;
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

/// Whether what follows a chunk is an apostrophe and then, perhaps after a space, an opening quotation mark
/// or a word: the chunk before it is then cut off by typography only.
fn elided_before_quote(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(is_apostrophe)
        && chars
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| "«“\"‘„([*_".contains(c) || c.is_alphanumeric())
}

/// Most groups of digits that are one number; a column of figures is none.
const MOST_PARTS: usize = 64;

/// Numbers grouped by spaces, as French writes them: `1 500`, `12 000 000`. The parts stay; the joined number
/// is added at the first part's position.
#[derive(Default)]
struct NumberRun {
    /// Index of the first part's token, end of the last part, number of parts.
    open: Option<(usize, usize, usize)>,
}

impl NumberRun {
    /// Called before the tokens of the chunk `start..end` are pushed.
    fn see(&mut self, french: &French, text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let digits = |from: usize, to: usize| text.as_bytes()[from..to].iter().all(u8::is_ascii_digit);
        if let Some((first, last, parts)) = self.open {
            let gap = &text[last..start];
            let mut chars = gap.chars();
            let one_space = matches!(
                chars.next(),
                Some(' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}')
            ) && chars.next().is_none();
            if one_space && parts < MOST_PARTS && end - start == 3 && digits(start, end) {
                self.open = Some((first, end, parts + 1));
                return;
            }
            self.close(french, text, tokens);
        }
        if end - start <= 3 && digits(start, end) {
            self.open = Some((tokens.len(), end, 1));
        }
    }

    fn close(&mut self, french: &French, text: &str, tokens: &mut Vec<Token>) {
        if let Some((first, end, parts)) = self.open.take()
            && parts > 1
            && let Some(head) = tokens.get(first).cloned()
        {
            let (mut form, mut folded) = (String::new(), String::new());
            for c in text[head.start..end].chars() {
                form.push(if c.is_ascii_digit() { c } else { ' ' });
                folded.extend(Some(c).filter(char::is_ascii_digit));
            }
            let word = Arc::new(french.word_of(form, folded));
            tokens.insert(
                first,
                Token {
                    word,
                    end,
                    kind: PieceKind::Joined,
                    ..head
                },
            );
        }
    }
}

#[cfg(test)]
mod tests;
