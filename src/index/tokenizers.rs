//! Brings the French analysis to tantivy: one tokenizer for index terms, one for forms, positions aligned.

use crate::french::{French, Token as FrenchToken};
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

/// A tantivy tokenizer over [`French::analyze_into`].
#[derive(Clone)]
struct FrenchTokenizer {
    french: Arc<French>,
    emits: Emits,
}

/// Tokens of one field value.
struct FrenchStream {
    tokens: std::vec::IntoIter<FrenchToken>,
    emits: Emits,
    token: Token,
}

impl Tokenizer for FrenchTokenizer {
    type TokenStream<'a> = FrenchStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FrenchStream {
        FrenchStream {
            tokens: self.french.analyze(text).into_iter(),
            emits: self.emits,
            token: Token::default(),
        }
    }
}

impl TokenStream for FrenchStream {
    fn advance(&mut self) -> bool {
        for next in self.tokens.by_ref() {
            // Joined spellings live in the forms fields only: among the terms they would count as words.
            if self.emits == Emits::Terms && !next.is_part() {
                continue;
            }
            let text = if self.emits == Emits::Terms {
                &next.word.term
            } else {
                &next.word.form_term
            };
            self.token.text.clear();
            self.token.text.push_str(text);
            self.token.offset_from = next.start;
            self.token.offset_to = next.end;
            self.token.position = next.position as usize;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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
