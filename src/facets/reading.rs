//! A text as the rules read it: its words with their number in the vocabulary, their case, what stands
//! between them, and the sentences.

use super::lexicon::{Classes, Seen, Trie, UNKNOWN, Vocabulary, WordId};
use crate::article::Part;
use crate::credits::{self, Credit};
use crate::date::PartialDate;
use crate::french::{NumberedText, NumberedToken, is_apostrophe, is_hyphen};
use crate::packed::U32List;
use std::cell::RefCell;
use std::ops::Range;

/// What stands between a word and the one before it.
pub(super) mod gap {
    /// A sentence ends here.
    pub const SENTENCE: u16 = 1;
    /// `;` or `:`.
    pub const CLAUSE: u16 = 1 << 1;
    /// `,`.
    pub const COMMA: u16 = 1 << 2;
    /// `(`, also `[`.
    pub const OPEN: u16 = 1 << 3;
    /// `)`.
    pub const CLOSE: u16 = 1 << 4;
    /// A quotation mark.
    pub const QUOTE: u16 = 1 << 5;
    /// Exactly a hyphen.
    pub const HYPHEN: u16 = 1 << 6;
    /// A dash between spaces, or an en dash.
    pub const DASH: u16 = 1 << 7;
    /// `/`.
    pub const SLASH: u16 = 1 << 8;
    /// Exactly a point: `18.08`.
    pub const POINT: u16 = 1 << 9;
    /// The end of a line.
    pub const LINE: u16 = 1 << 10;
    /// What no name reaches across.
    pub const HARD: u16 = SENTENCE | CLAUSE | COMMA | OPEN | CLOSE | SLASH;
}

/// How a word is written.
pub(super) mod shape {
    /// Begins with a capital letter.
    pub const CAPITAL: u8 = 1;
    /// Two letters or more, all capitals.
    pub const ALL_CAPITALS: u8 = 1 << 1;
    /// Begins with a digit.
    pub const DIGIT: u8 = 1 << 2;
    /// After an elided word (`l'`, `d'`).
    pub const ELIDED: u8 = 1 << 3;
}

/// A word of the text.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub id: WordId,
    /// The classes of the word.
    pub classes: u64,
    /// The joined spelling of the chunk that begins here, if a lexicon has it.
    pub joined: WordId,
    /// How many words that chunk has.
    pub joined_words: u16,
    pub gap: u16,
    pub shape: u8,
    pub start: u32,
    pub end: u32,
    /// Index among the tokens.
    pub token: u32,
    pub sentence: u32,
}

/// A longer list of words is given back to the system.
const MOST_RECYCLED: usize = 1 << 16;

thread_local! {
    /// Lists of words of texts already read: fresh memory for every article costs more than reading it.
    static RECYCLED: RefCell<Vec<Vec<Word>>> = const { RefCell::new(Vec::new()) };
}

fn recycled() -> Vec<Word> {
    RECYCLED.with_borrow_mut(Vec::pop).unwrap_or_default()
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        if words.capacity() <= MOST_RECYCLED {
            words.clear();
            // During the end of a thread there is nothing left to recycle into.
            let _ = RECYCLED.try_with(|pool| {
                if let Ok(mut pool) = pool.try_borrow_mut()
                    && pool.len() < 4
                {
                    pool.push(words);
                }
            });
        }
    }
}

/// A title or a body, ready for the rules.
pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub part: Part,
    pub words: Vec<Word>,
    pub numbered: NumberedText<'a>,
    /// Words of each sentence: the first, and whether capitals mean something in it.
    pub sentences: Vec<Sentence>,
    /// The credit lines above the text. Their words are of no class and in no vocabulary: where and when a text
    /// was published is not where and when something happened.
    pub credits: Vec<CreditLine>,
}

/// A line that says where a text is from.
pub(super) struct CreditLine {
    /// Bytes of the text.
    bytes: Range<usize>,
    pub words: Range<usize>,
    /// The date of publication that it gives.
    pub published: Option<PartialDate>,
}

impl CreditLine {
    /// Those of a text.
    fn of(text: &str) -> Vec<Self> {
        let lines = credits::at_head(text).into_iter();
        lines
            .map(|(bytes, credits)| Self {
                bytes,
                words: 0..0,
                published: credits.iter().find_map(|credit| match credit {
                    Credit::Date(date) => Some(*date),
                    _ => None,
                }),
            })
            .collect()
    }
}

/// A sentence of a reading.
#[derive(Clone, Copy)]
pub(super) struct Sentence {
    pub first: usize,
    /// Past the last word.
    pub end: usize,
    /// Has both lower-case and capitalised words, and not mostly the latter.
    pub cased: bool,
    /// Of a text typed without capitals.
    pub lower: bool,
}

/// Bytes of a caption that are looked through for its end.
const LONGEST_CAPTION: usize = 1000;

/// Where an image in Markdown ends that begins between two places: its caption is another article's headline
/// as often as not, and says nothing about this one.
fn image_end(text: &str, from: usize, to: usize) -> Option<usize> {
    // Hardly a gap between words has a bracket.
    let gap = text.get(from..to)?.as_bytes();
    let is_image = |at: &usize| *at > 0 && gap[*at - 1] == b'!';
    let caption = from + memchr::memrchr_iter(b'[', gap).find(is_image)? - 1;
    let most = text.floor_char_boundary(caption + LONGEST_CAPTION);
    let line = text[caption..most].split('\n').next()?;
    let address = line.find("](")?;
    Some(caption + address + line[address..].find(')')? + 1)
}

/// Web addresses spell no words of the article: no dates of images, no places of paths.
fn is_address(form: &str) -> bool {
    form.contains("://") || form.starts_with("www.")
}

/// Where the reading of a text has come to, in bytes.
#[derive(Default)]
struct Progress {
    /// Past the last word.
    last_end: usize,
    /// A chunk of several words whose joined spelling a lexicon has, and its end.
    pending: Option<(WordId, usize)>,
    /// Past the last web address.
    address_end: usize,
    /// Past the credit lines, until the first word below them.
    credit_end: usize,
}

impl<'a> Reading<'a> {
    /// Looks up the words of a text.
    pub fn new(
        text: &'a str,
        part: Part,
        numbered: NumberedText<'a>,
        vocabulary: &Vocabulary,
        classes: &Classes,
    ) -> Self {
        let mut reading = Self {
            text,
            part,
            words: recycled(),
            numbered,
            sentences: Vec::new(),
            credits: match part {
                Part::Body => CreditLine::of(text),
                _ => Vec::new(),
            },
        };
        // Offsets are kept in 32 bits; no article has four gigabytes.
        if text.len() < u32::MAX as usize {
            Seen::with(vocabulary, classes, numbered.table, |seen| reading.read(seen));
        }
        reading
    }

    fn read(&mut self, seen: &mut Seen) {
        let tokens = self.numbered.tokens;
        self.words.reserve(tokens.len());
        let mut progress = Progress {
            credit_end: self.credits.last().map_or(0, |credit| credit.bytes.end),
            ..Progress::default()
        };
        for (index, token) in tokens.iter().enumerate() {
            let (start, end) = (token.start as usize, token.end as usize);
            if start < progress.credit_end && self.credit_word(index, token) {
                (progress.last_end, progress.pending) = (end, None);
                continue;
            }
            if start < progress.address_end {
                continue;
            }
            if !token.is_part() {
                if is_address(self.numbered.table.form(token.word)) {
                    progress.address_end = end;
                } else if progress.pending.is_none() {
                    let (id, _) = seen.of(token.word);
                    progress.pending = (id != UNKNOWN).then_some((id, end));
                }
                continue;
            }
            let Some((word_gap, word_shape)) = self.gap_and_shape(token, &mut progress) else {
                continue;
            };
            let (id, bits) = seen.of(token.word);
            let (joined, joined_words) = self.joined(index, progress.pending.take());
            self.push(Word {
                id,
                classes: bits,
                joined,
                joined_words,
                gap: word_gap,
                shape: word_shape | if token.elided { shape::ELIDED } else { 0 },
                start: token.start,
                end: token.end,
                token: index as u32,
                sentence: 0,
            });
            progress.last_end = end;
        }
        self.close();
        self.see_lower_case();
    }

    /// How a word is written and parted from the one before it; none for what is no word of the article.
    fn gap_and_shape(&self, token: &NumberedToken, progress: &mut Progress) -> Option<(u16, u8)> {
        let (start, end, last_end) = (token.start as usize, token.end as usize, progress.last_end);
        let bytes = self.text.as_bytes();
        // Most words are in lower case after one space.
        let plain = start == last_end + 1
            && bytes.get(last_end) == Some(&b' ')
            && bytes.get(start).is_some_and(u8::is_ascii_lowercase);
        let (word_gap, word_shape) = if plain {
            (0, 0)
        } else {
            // Tokens that don't fit the text (another text's, or overlapping) must not break the rules.
            let written = self.text.get(start..end)?;
            if let Some(end) = image_end(self.text, last_end.max(progress.address_end), start) {
                progress.address_end = end;
                return None;
            }
            let between = self.text.get(last_end.min(start)..start).unwrap_or("");
            let before = self.words.last().map(|w| (w.shape, w.end - w.start));
            (gap_flags(between, before, written), shape_flags(written))
        };
        // The text begins below its credits.
        let below_credits = match std::mem::take(&mut progress.credit_end) {
            0 => 0,
            _ => gap::SENTENCE | gap::LINE,
        };
        Some((word_gap | below_credits, word_shape))
    }

    /// The joined spelling of the chunk that begins at a token, and how many words the chunk has.
    fn joined(&self, index: usize, pending: Option<(WordId, usize)>) -> (WordId, u16) {
        match pending {
            Some((id, end)) if (self.numbered.tokens[index].start as usize) < end => {
                let parts = self.numbered.tokens[index..]
                    .iter()
                    .take_while(|t| t.end as usize <= end)
                    .filter(|t| t.is_part())
                    .count();
                (id, parts.min(64) as u16)
            }
            _ => (UNKNOWN, 0),
        }
    }

    /// Takes a token of a credit line as a word that no rule knows; says whether it is one.
    fn credit_word(&mut self, index: usize, token: &NumberedToken) -> bool {
        let (at, start) = (self.words.len(), token.start as usize);
        let Some(credit) = self
            .credits
            .iter_mut()
            .find(|credit| credit.bytes.contains(&start))
        else {
            return false;
        };
        if !token.is_part() {
            return true;
        }
        let is_first = credit.words.is_empty();
        credit.words = if is_first {
            at..at + 1
        } else {
            credit.words.start..at + 1
        };
        let written = self.text.get(start..token.end as usize).unwrap_or("");
        self.push(Word {
            id: UNKNOWN,
            classes: 0,
            joined: UNKNOWN,
            joined_words: 0,
            gap: if is_first { gap::SENTENCE | gap::LINE } else { 0 },
            shape: shape_flags(written),
            start: token.start,
            end: token.end,
            token: index as u32,
            sentence: 0,
        });
        true
    }

    /// Past the last word of the credit line in which a word stands, if it stands in one.
    pub fn credit_end(&self, at: usize) -> Option<usize> {
        let credit = self.credits.iter().find(|credit| credit.words.contains(&at))?;
        Some(credit.words.end)
    }

    /// A text typed without capitals, but perhaps the first of each sentence, has names in lower case.
    fn see_lower_case(&mut self) {
        let first = |at: usize, words: &[Word]| at == 0 || words[at].gap & gap::SENTENCE != 0;
        let lower = self.words.len() >= 4
            && (0..self.words.len())
                .all(|w| first(w, &self.words) || self.words[w].shape & shape::CAPITAL == 0);
        for sentence in &mut self.sentences {
            sentence.lower = lower;
        }
    }

    fn push(&mut self, mut word: Word) {
        if self.words.is_empty() || word.gap & gap::SENTENCE != 0 {
            self.close();
            self.sentences.push(Sentence {
                first: self.words.len(),
                end: 0,
                cased: true,
                lower: false,
            });
        }
        word.sentence = self.sentences.len().saturating_sub(1) as u32;
        self.words.push(word);
    }

    /// Ends the sentence being read, and decides whether its capitals mean something.
    fn close(&mut self) {
        let words = self.words.len();
        let Some(sentence) = self.sentences.last_mut() else {
            return;
        };
        sentence.end = words;
        let letters = self.words[sentence.first..]
            .iter()
            .filter(|w| w.shape & shape::DIGIT == 0 && w.end - w.start > 2);
        let (mut all, mut capitals) = (0, 0);
        for word in letters {
            all += 1;
            capitals += usize::from(word.shape & shape::CAPITAL != 0);
        }
        sentence.cased = all < 3 || capitals * 10 <= all * 8;
    }

    fn token(&self, at: usize) -> Option<&'a NumberedToken> {
        self.numbered.tokens.get(self.words.get(at)?.token as usize)
    }

    /// The index term of the word.
    pub fn term(&self, at: usize) -> &'a str {
        self.token(at)
            .map_or("", |token| self.numbered.table.term(token.word))
    }

    /// The word folded.
    pub fn folded(&self, at: usize) -> &str {
        self.token(at)
            .map_or("", |token| self.numbered.table.folded(token.word))
    }

    /// The word in lower case, with its accents.
    pub fn form(&self, at: usize) -> &str {
        self.token(at)
            .map_or("", |token| self.numbered.table.form(token.word))
    }

    /// Byte span of the words `from..to`.
    pub fn span(&self, from: usize, to: usize) -> (usize, usize) {
        match (self.words.get(from), self.words.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => (first.start as usize, last.end as usize),
            _ => (0, 0),
        }
    }

    /// The sentence of a word.
    pub fn sentence_of(&self, at: usize) -> Sentence {
        let none = Sentence {
            first: 0,
            end: self.words.len(),
            cased: true,
            lower: false,
        };
        self.words
            .get(at)
            .and_then(|w| self.sentences.get(w.sentence as usize))
            .copied()
            .unwrap_or(none)
    }

    /// Whether a word is of one of the classes ([`super::words`]).
    pub fn is(&self, at: usize, bits: u64) -> bool {
        self.words.get(at).is_some_and(|w| w.classes & bits != 0)
    }

    /// Whether a word begins with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.shape & shape::CAPITAL != 0)
    }

    /// What stands before a word ([`gap`]); past the end, the end of a sentence.
    pub fn gap(&self, at: usize) -> u16 {
        self.words.get(at).map_or(gap::SENTENCE, |w| w.gap)
    }

    /// Whether the word opens a sentence or a line.
    pub fn opens(&self, at: usize) -> bool {
        at == 0 || self.gap(at) & (gap::SENTENCE | gap::LINE) != 0
    }

    /// Whether a phrase of the lexicon with this bit ([`super::words::begins`]) may begin at a word.
    pub fn may_begin(&self, at: usize, bit: u64) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.classes & bit != 0 || w.joined != UNKNOWN)
    }

    /// The longest phrase of `trie` that begins at word `at`, by its parts or as one joined word: how many
    /// words it takes, and what it may mean.
    pub fn longest<'t>(&self, trie: &'t Trie, at: usize) -> Option<(usize, U32List<'t>)> {
        let first = self.words.get(at)?;
        let rest = self.words[at + 1..]
            .iter()
            .take_while(|w| w.gap & gap::HARD == 0)
            .map(|w| w.id);
        let parts = trie.longest(std::iter::once(first.id).chain(rest));
        if first.joined == UNKNOWN || parts.is_some_and(|(length, _)| length >= first.joined_words as usize) {
            return parts;
        }
        trie.longest([first.joined])
            .map(|(_, values)| (usize::from(first.joined_words).max(1), values))
            .or(parts)
    }
}

fn shape_flags(written: &str) -> u8 {
    match written.as_bytes().first() {
        Some(b'a'..=b'z') => return 0,
        Some(b'0'..=b'9') => return shape::DIGIT,
        _ => {}
    }
    let mut chars = written.chars().filter(|c| !is_apostrophe(*c));
    let Some(first) = chars.next() else { return 0 };
    if first.is_ascii_digit() {
        return shape::DIGIT;
    }
    if !first.is_uppercase() {
        return 0;
    }
    let mut letters = 1;
    let all = chars
        .filter(|c| c.is_alphabetic())
        .inspect(|_| letters += 1)
        .all(char::is_uppercase);
    shape::CAPITAL
        | if all && letters > 1 {
            shape::ALL_CAPITALS
        } else {
            0
        }
}

/// Reads the characters between two words. `before` is the shape and length of the word before, so that
/// "M. Diallo" is not cut in two sentences.
fn gap_flags(between: &str, before: Option<(u8, u32)>, next: &str) -> u16 {
    if between == " " {
        return 0;
    }
    let mut flags = 0;
    let mut lines = 0;
    let mut point = false;
    let mut chars = between.chars();
    let single = chars.next().filter(|_| chars.next().is_none());
    for c in between.chars() {
        match c {
            '.' | '!' | '?' | '…' => point = true,
            '\n' => lines += 1,
            ';' | ':' => flags |= gap::CLAUSE,
            ',' => flags |= gap::COMMA,
            '(' | '[' => flags |= gap::OPEN,
            ')' | ']' => flags |= gap::CLOSE,
            '«' | '»' | '"' | '“' | '”' => flags |= gap::QUOTE,
            '–' | '—' | '−' => flags |= gap::DASH,
            '/' => flags |= gap::SLASH,
            _ if is_hyphen(c) => flags |= if single.is_some() { gap::HYPHEN } else { gap::DASH },
            _ => {}
        }
    }
    if point {
        if single == Some('.') {
            flags |= gap::POINT;
        }
        let abbreviation =
            before.is_some_and(|(shape, length)| shape & shape::CAPITAL != 0 && length == 1) && lines == 0;
        let lower = next.chars().next().is_some_and(char::is_lowercase);
        let number = single.is_some() && next.starts_with(|c: char| c.is_ascii_digit());
        if !abbreviation && !lower && !number {
            flags |= gap::SENTENCE;
        }
    }
    // One line break may be a wrapped line; two begin a paragraph.
    flags |= match lines {
        0 => 0,
        1 => gap::LINE,
        _ => gap::LINE | gap::SENTENCE,
    };
    flags
}
