//! The walk over a text: chunks, their words by number, and numbers that are written in groups.
//!
//! The one analysis that a text gets: search fields, facets, events and signatures are made from its result,
//! [`NumberedText`].

use super::fold::is_apostrophe;
use super::rules::Rules;
use super::segment::{PieceKind, next_chunk};
use super::token::Token;
use super::word_table::{ChunkWords, WordNumber, WordTable};

/// A word of a text: where it stands and its number in a [`WordTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberedToken {
    pub word: WordNumber,
    /// Byte offsets in the analysed text, without an elided prefix.
    pub start: u32,
    pub end: u32,
    /// Counts words from 0; a joined spelling has the position of its first part.
    pub position: u32,
    /// Number of the chunk: words of one chunk were typed as one.
    pub chunk: u32,
    pub kind: PieceKind,
    /// Begins after an elided prefix (`l'`).
    pub elided: bool,
}

impl NumberedToken {
    pub fn is_part(&self) -> bool {
        self.kind == PieceKind::Part
    }

    /// The token with its word, which outlives the table.
    pub fn shared(&self, table: &mut WordTable) -> Token {
        Token {
            word: table.shared(self.word),
            start: self.start as usize,
            end: self.end as usize,
            position: self.position,
            kind: self.kind,
            chunk: self.chunk,
            elided: self.elided,
        }
    }
}

/// The tokens of a text, with the table that their words are in.
#[derive(Clone, Copy)]
pub struct NumberedText<'a> {
    pub tokens: &'a [NumberedToken],
    pub table: &'a WordTable,
}

/// The tokens of an article's title and body, with the table that their words are in.
#[derive(Debug, Clone, Copy)]
pub struct NumberedArticle<'a> {
    pub title: &'a [NumberedToken],
    pub body: &'a [NumberedToken],
    pub table: &'a WordTable,
}

impl<'a> NumberedArticle<'a> {
    pub fn title(self) -> NumberedText<'a> {
        NumberedText {
            tokens: self.title,
            table: self.table,
        }
    }

    pub fn body(self) -> NumberedText<'a> {
        NumberedText {
            tokens: self.body,
            table: self.table,
        }
    }
}

/// An analysis under way: a long text is analysed piece by piece, since its tokens take several times its bytes.
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
    /// Begins the analysis of a text, of 4 GiB at most: offsets have 32 bits.
    pub fn new(text: &'t str) -> Self {
        Self {
            text: &text[..text.floor_char_boundary(u32::MAX as usize)],
            ..Self::default()
        }
    }

    /// Adds the next tokens, of `most` chunks or a few more; says whether there are others.
    pub fn go_on(
        &mut self,
        rules: &Rules,
        table: &mut WordTable,
        tokens: &mut Vec<NumberedToken>,
        most: usize,
    ) -> bool {
        table.adopt(rules);
        let mut done = 0;
        // A number written in several chunks isn't torn apart.
        while done < most || self.numbers.open.is_some() {
            let Some((start, end)) = quick_chunk(self.text, self.from) else {
                self.numbers.close(rules, table, self.text, tokens);
                return false;
            };
            self.take(rules, table, (start, end), tokens);
            done += 1;
        }
        true
    }

    /// Adds the tokens of a chunk.
    fn take(
        &mut self,
        rules: &Rules,
        table: &mut WordTable,
        (start, end): (usize, usize),
        tokens: &mut Vec<NumberedToken>,
    ) {
        self.numbers.see(rules, table, self.text, (start, end), tokens);
        // "l'« État »": a prefix cut off from its word by a quotation mark is no word.
        let next = self.text.as_bytes().get(end).copied().unwrap_or(b' ');
        let is_cut_off = (next >= 128 || next == b'\'' || next == b'`')
            && elided_before_quote(&self.text[end..])
            && rules.elisions.is_prefix(&self.text[start..end]);
        if !is_cut_off {
            let (chunk, at) = (self.chunk, start as u32);
            match table.chunk(rules, self.text, start, end) {
                ChunkWords::One(word) => {
                    tokens.push(NumberedToken {
                        word,
                        start: at,
                        end: end as u32,
                        position: self.position,
                        chunk,
                        kind: PieceKind::Part,
                        elided: false,
                    });
                    self.position += 1;
                }
                ChunkWords::Several(words) => {
                    for word in words {
                        tokens.push(NumberedToken {
                            word: word.word,
                            start: at + u32::from(word.start),
                            end: at + u32::from(word.end),
                            position: self.position,
                            chunk,
                            kind: word.kind,
                            elided: word.elided,
                        });
                        self.position += u32::from(word.kind == PieceKind::Part);
                    }
                }
            }
        }
        self.chunk += 1;
        self.from = end;
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
    fn see(
        &mut self,
        rules: &Rules,
        table: &mut WordTable,
        text: &str,
        (start, end): (usize, usize),
        tokens: &mut Vec<NumberedToken>,
    ) {
        let is_group = end - start <= 3 && text.as_bytes()[start..end].iter().all(u8::is_ascii_digit);
        if let Some((first, last, parts)) = self.open {
            let is_one_space = matches!(
                &text[last..start],
                " " | "\u{A0}" | "\u{202F}" | "\u{2009}" | "\u{2007}"
            );
            if is_one_space && parts < MOST_PARTS && end - start == 3 && is_group {
                self.open = Some((first, end, parts + 1));
                return;
            }
            self.close(rules, table, text, tokens);
        }
        if is_group {
            self.open = Some((tokens.len(), end, 1));
        }
    }

    fn close(&mut self, rules: &Rules, table: &mut WordTable, text: &str, tokens: &mut Vec<NumberedToken>) {
        if let Some((first, end, parts)) = self.open.take()
            && parts > 1
            && let Some(head) = tokens.get(first).copied()
        {
            let (mut form, mut folded) = (String::new(), String::new());
            for c in text[head.start as usize..end].chars() {
                form.push(if c.is_ascii_digit() { c } else { ' ' });
                folded.extend(Some(c).filter(char::is_ascii_digit));
            }
            let joined = NumberedToken {
                word: table.word(rules, &form, &folded),
                end: end as u32,
                kind: PieceKind::Joined,
                ..head
            };
            tokens.insert(first, joined);
        }
    }
}

/// What a byte may be in a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Word,
    /// `.`, `,`, `@`, an apostrophe or a hyphen: part of a chunk between certain characters.
    Joiner,
    /// Of a character beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        classes[byte] = match c {
            b'.' | b',' | b'@' | b'\'' | b'`' | b'-' => Class::Joiner,
            128.. => Class::Wide,
            _ if c.is_ascii_alphanumeric() => Class::Word,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Whether the character at a byte is a letter from À to ÿ: two bytes in UTF-8.
fn is_latin_1_letter(bytes: &[u8], at: usize) -> bool {
    bytes[at] == 0xC3 && !matches!(bytes.get(at + 1), None | Some(0x97 | 0xB7))
}

/// [`next_chunk`], quicker for chunks of ASCII and of letters from À to ÿ, which nearly all are.
fn quick_chunk(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        match CLASSES[*bytes.get(start)? as usize] {
            Class::Word => break,
            Class::Wide if is_latin_1_letter(bytes, start) => break,
            Class::Wide => return next_chunk(text, start),
            Class::Other | Class::Joiner => start += 1,
        }
    }
    let mut end = start;
    while let Some(byte) = bytes.get(end) {
        match CLASSES[*byte as usize] {
            Class::Word => end += 1,
            Class::Other => break,
            Class::Wide if is_latin_1_letter(bytes, end) => end += 2,
            Class::Joiner => match bytes.get(end + 1).map(|next| CLASSES[*next as usize]) {
                None | Some(Class::Other | Class::Joiner) => break,
                Some(Class::Word | Class::Wide) => return next_chunk(text, start),
            },
            Class::Wide => return next_chunk(text, start),
        }
    }
    // What may be too long, or begin a web address.
    let may_be_scheme = bytes[start].eq_ignore_ascii_case(&b'h') && matches!(end - start, 4 | 5);
    match may_be_scheme || end - start > 1000 {
        true => next_chunk(text, start),
        false => Some((start, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All chunks of a text.
    fn chunks(text: &str, next: impl Fn(&str, usize) -> Option<(usize, usize)>) -> Vec<(usize, usize)> {
        let mut from = 0;
        std::iter::from_fn(|| {
            let chunk = next(text, from)?;
            from = chunk.1;
            Some(chunk)
        })
        .collect()
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_finds_the_same_chunks(
            text in "([a-zA-ZéÉÿ×÷œ0-9]{1,6}[ .,'’@`\u{301}\u{AD}-]{0,3}|https?|://|www\\.|\\PC){0,30}|[a-z]{990,1040}",
        ) {
            proptest::prop_assert_eq!(chunks(&text, quick_chunk), chunks(&text, next_chunk));
        }

        #[test]
        fn pieces_of_a_walk_are_the_whole(text in "([a-zé'’0-9-]{1,8}[ ,.\n]{0,2}){0,60}|([0-9]{1,3} ){0,20}") {
            let french = crate::schema::Lexicons::embedded().french().expect("sound");
            let (mut table, mut whole) = (WordTable::default(), Vec::new());
            Walk::new(&text).go_on(french.rules(), &mut table, &mut whole, usize::MAX);
            let (mut walk, mut all) = (Walk::new(&text), Vec::new());
            loop {
                let mut piece = Vec::new();
                let is_open = walk.go_on(french.rules(), &mut table, &mut piece, 3);
                all.extend(piece);
                if !is_open {
                    break;
                }
            }
            proptest::prop_assert_eq!(all, whole);
        }
    }

    #[test]
    fn a_word_is_analysed_once() {
        let french = crate::schema::Lexicons::embedded().french().expect("sound");
        let text =
            "L’armée malienne a quitté Gao. L’armée est à Tin-Zaouatène, à Gao, en 2024 ; l'armée revient.";
        let (mut table, mut tokens) = (WordTable::default(), Vec::new());
        for _ in 0..5 {
            tokens.clear();
            Walk::new(text).go_on(french.rules(), &mut table, &mut tokens, usize::MAX);
        }
        let distinct: std::collections::BTreeSet<&str> = chunks(text, next_chunk)
            .into_iter()
            .map(|(start, end)| &text[start..end])
            .collect();
        assert_eq!(table.analysed(), distinct.len() as u64);
    }
}
