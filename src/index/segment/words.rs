//! The words of a segment's titles and bodies, and their postings.

use crate::french::{NumberedToken, WordTable};
use std::io;
use tantivy::postings::FieldSerializer;

/// Whether positions are those that a list of words without them has: parts are counted, and a joined spelling
/// stands at the part that follows it.
pub fn is_in_order(tokens: &[NumberedToken]) -> bool {
    let mut parts = 0;
    tokens.iter().all(|token| {
        let is_next = token.position == parts;
        parts += u32::from(token.is_part());
        is_next
    })
}

/// One of the two texts of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPart {
    Title,
    Body,
}

/// What of a word is the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// The index term of each part of the text.
    Stem,
    /// The form term of each token, joined spellings among them.
    Form,
}

/// The words of all documents, in their order.
#[derive(Default)]
pub struct Words {
    /// Number of the word, times two, plus one for a joined spelling.
    stream: Vec<u32>,
    /// Where title and body of each document begin in the stream.
    starts: Vec<(u32, u32)>,
    /// Numbers of tokens, by part and kind.
    pub totals: [[u64; 2]; 2],
}

/// Memory that is kept from one field to the next.
#[derive(Default)]
pub struct Scratch {
    /// Of each term: how often it occurs, then where its entries end.
    counts: Vec<u32>,
    /// Document and position, the term's number being known from the place.
    entries: Vec<u64>,
    deltas: Vec<u32>,
}

impl Words {
    /// Bytes that it takes, and that writing it will.
    pub fn memory(&self) -> usize {
        // The stream, and at the end an entry of eight bytes for each token of the largest field.
        4 * self.stream.capacity() + 8 * self.stream.len() + 8 * self.starts.capacity()
    }

    /// How many tokens there are.
    pub fn tokens(&self) -> usize {
        self.stream.len()
    }

    /// Adds the words of the next document; gives the number of tokens of each part and kind.
    pub fn add(&mut self, title: &[NumberedToken], body: &[NumberedToken]) -> [[u32; 2]; 2] {
        let title_start = self.stream.len() as u32;
        let title = self.push(title);
        let body_start = self.stream.len() as u32;
        let body = self.push(body);
        self.starts.push((title_start, body_start));
        let lengths = [title, body];
        for (totals, lengths) in self.totals.iter_mut().zip(lengths) {
            for (total, length) in totals.iter_mut().zip(lengths) {
                *total += u64::from(length);
            }
        }
        lengths
    }

    fn push(&mut self, tokens: &[NumberedToken]) -> [u32; 2] {
        let joined = |token: &NumberedToken| u32::from(!token.is_part());
        self.stream
            .extend(tokens.iter().map(|token| token.word << 1 | joined(token)));
        let parts = tokens.iter().filter(|token| token.is_part()).count();
        [parts as u32, tokens.len() as u32]
    }

    /// The words of a part of a document.
    fn of(&self, doc: usize, part: TextPart) -> &[u32] {
        let (title, body) = self.starts[doc];
        let end = self
            .starts
            .get(doc + 1)
            .map_or(self.stream.len(), |next| next.0 as usize);
        match part {
            TextPart::Title => &self.stream[title as usize..body as usize],
            TextPart::Body => &self.stream[body as usize..end],
        }
    }

    /// Writes the postings of a field, its terms in the order of their bytes.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(
        &self,
        part: TextPart,
        kind: TermKind,
        table: &WordTable,
        scratch: &mut Scratch,
        serializer: &mut FieldSerializer<'_>,
    ) -> io::Result<()> {
        let text = |term: u32| match kind {
            TermKind::Stem => table.term_of(term),
            TermKind::Form => table.form_term(term),
        };
        self.count(part, kind, table, scratch);
        let order = in_order(&scratch.counts, text);
        let mut sum = 0;
        for term in &order {
            sum += std::mem::replace(&mut scratch.counts[*term as usize], sum);
        }
        self.scatter(part, kind, table, sum as usize, scratch);
        let mut from = 0;
        for term in order {
            let to = scratch.counts[term as usize] as usize;
            write_term(
                serializer,
                text(term).as_bytes(),
                &scratch.entries[from..to],
                &mut scratch.deltas,
            )?;
            from = to;
        }
        Ok(())
    }

    /// Counts how often each term occurs.
    fn count(&self, part: TextPart, kind: TermKind, table: &WordTable, scratch: &mut Scratch) {
        let terms = match kind {
            TermKind::Stem => table.terms(),
            TermKind::Form => table.words(),
        };
        scratch.counts.clear();
        scratch.counts.resize(terms, 0);
        for doc in 0..self.starts.len() {
            for word in self.of(doc, part) {
                if let Some(term) = term_of(*word, kind, table) {
                    scratch.counts[term as usize] += 1;
                }
            }
        }
    }

    /// Puts each occurrence at its place: those of a term one after the other. The counts are where the entries of
    /// a term begin; afterwards, where they end.
    fn scatter(&self, part: TextPart, kind: TermKind, table: &WordTable, all: usize, scratch: &mut Scratch) {
        scratch.entries.clear();
        scratch.entries.resize(all, 0);
        for doc in 0..self.starts.len() {
            let mut position = 0;
            for word in self.of(doc, part) {
                if let Some(term) = term_of(*word, kind, table) {
                    let at = &mut scratch.counts[term as usize];
                    scratch.entries[*at as usize] = (doc as u64) << 32 | position;
                    *at += 1;
                }
                position += u64::from(word & 1 == 0);
            }
        }
    }
}

/// The number of the term of a word in the stream, if it has one of that kind.
fn term_of(word: u32, kind: TermKind, table: &WordTable) -> Option<u32> {
    match kind {
        TermKind::Form => Some(word >> 1),
        TermKind::Stem => (word & 1 == 0).then(|| table.term_number(word >> 1)),
    }
}

/// The terms that occur, in the order of their bytes.
fn in_order<'t>(counts: &[u32], text: impl Fn(u32) -> &'t str) -> Vec<u32> {
    // The first sixteen bytes are compared as a number; the rest where they are equal.
    let key = |term: u32| {
        let (bytes, mut first) = (text(term).as_bytes(), [0; 16]);
        let length = bytes.len().min(16);
        first[..length].copy_from_slice(&bytes[..length]);
        (u128::from_be_bytes(first), term)
    };
    let occur = (0..counts.len() as u32).filter(|term| counts[*term as usize] > 0);
    let mut keyed: Vec<(u128, u32)> = occur.map(key).collect();
    keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| text(a.1).cmp(text(b.1))));
    keyed.into_iter().map(|(_, term)| term).collect()
}

/// Writes a term with its occurrences, which are in the order of documents and positions.
fn write_term(
    serializer: &mut FieldSerializer<'_>,
    term: &[u8],
    entries: &[u64],
    deltas: &mut Vec<u32>,
) -> io::Result<()> {
    let doc_of = |entry: &u64| (entry >> 32) as u32;
    let docs = entries.chunk_by(|a, b| doc_of(a) == doc_of(b));
    serializer.new_term(term, docs.clone().count() as u32, true)?;
    for occurrences in docs {
        deltas.clear();
        let mut last = 0;
        for entry in occurrences {
            let position = *entry as u32;
            deltas.push(position - last);
            last = position;
        }
        serializer.write_doc(doc_of(&occurrences[0]), deltas.len() as u32, deltas);
    }
    serializer.close_term()
}
