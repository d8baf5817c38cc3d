//! Brings the French analysis to tantivy: one tokenizer for index terms, one for forms, positions aligned.

use super::encoded_tokens::Tokens;
use crate::french::{AT_ONCE, French, NumberedToken, Walk, WordTable};
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Names under which the tokenizers stand in an index's schema. The number goes up when a change of the code
/// changes what they emit.
pub const TERMS: &str = "griot_terms_1";
pub const FORMS: &str = "griot_forms_1";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Emits {
    Terms,
    Forms,
}

/// A tantivy tokenizer over the tokens of [`encoded_tokens`](super::encoded_tokens), or over [`French::analyze_into`]
/// where it is given text.
#[derive(Clone)]
struct FrenchTokenizer {
    french: Arc<French>,
    emits: Emits,
}

/// Tokens of one field value: those that were encoded, or those of its text.
enum FrenchStream<'a> {
    Encoded(EncodedStream<'a>),
    Analysed(Box<AnalysedStream<'a>>),
}

struct EncodedStream<'a> {
    tokens: Tokens<'a>,
    token: Token,
}

impl EncodedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((text, position)) = self.tokens.next() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = position as usize;
        true
    }
}

struct AnalysedStream<'a> {
    french: &'a French,
    walk: Walk<'a>,
    table: WordTable,
    /// Those that were analysed last, the next one, and whether others follow them.
    tokens: Vec<NumberedToken>,
    next: usize,
    is_open: bool,
    emits: Emits,
    token: Token,
}

impl AnalysedStream<'_> {
    /// The next token of the analysis.
    fn analysed(&mut self) -> Option<NumberedToken> {
        while self.next >= self.tokens.len() {
            if !self.is_open {
                return None;
            }
            self.tokens.clear();
            self.table.clear_if_large();
            self.next = 0;
            self.is_open = self
                .walk
                .go_on(self.french.rules(), &mut self.table, &mut self.tokens, AT_ONCE);
        }
        self.next += 1;
        self.tokens.get(self.next - 1).copied()
    }
}

impl Tokenizer for FrenchTokenizer {
    type TokenStream<'a> = FrenchStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FrenchStream<'a> {
        let token = Token::default();
        if let Some(tokens) = Tokens::of(text) {
            return FrenchStream::Encoded(EncodedStream { tokens, token });
        }
        FrenchStream::Analysed(Box::new(AnalysedStream {
            french: &self.french,
            walk: Walk::new(text),
            table: WordTable::default(),
            tokens: Vec::with_capacity((text.len() / 6).min(AT_ONCE)),
            next: 0,
            is_open: true,
            emits: self.emits,
            token,
        }))
    }
}

impl AnalysedStream<'_> {
    fn advance(&mut self) -> bool {
        let emits = self.emits;
        let next = loop {
            match self.analysed() {
                None => return false,
                // Joined spellings live in the forms fields only: among the terms they would count as words.
                Some(next) if emits == Emits::Terms && !next.is_part() => {}
                Some(next) => break next,
            }
        };
        let text = if emits == Emits::Terms {
            self.table.term(next.word)
        } else {
            self.table.form_term(next.word)
        };
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.offset_from = next.start as usize;
        self.token.offset_to = next.end as usize;
        self.token.position = next.position as usize;
        true
    }
}

impl TokenStream for FrenchStream<'_> {
    fn advance(&mut self) -> bool {
        match self {
            Self::Encoded(stream) => stream.advance(),
            Self::Analysed(stream) => stream.advance(),
        }
    }

    fn token(&self) -> &Token {
        match self {
            Self::Encoded(stream) => &stream.token,
            Self::Analysed(stream) => &stream.token,
        }
    }

    fn token_mut(&mut self) -> &mut Token {
        match self {
            Self::Encoded(stream) => &mut stream.token,
            Self::Analysed(stream) => &mut stream.token,
        }
    }
}

/// Registers both tokenizers. The one place where it happens, for new and for opened indexes alike.
pub fn register(manager: &TokenizerManager, french: &Arc<French>) {
    for (name, emits) in [(TERMS, Emits::Terms), (FORMS, Emits::Forms)] {
        manager.register(
            name,
            FrenchTokenizer {
                french: Arc::clone(french),
                emits,
            },
        );
    }
}
