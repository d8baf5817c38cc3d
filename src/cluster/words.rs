//! Words as the fields of a cluster have them.

use super::lines::{JOINED, TERM};
use crate::search::{Text, Token};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

/// The name of a field of title or body.
pub(crate) fn field(text: Text, what: &str) -> String {
    match text {
        Text::Title => format!("t_{what}"),
        Text::Body => format!("b_{what}"),
    }
}

/// Articles that have a word.
pub(crate) fn term(text: Text, token: &Token) -> Value {
    match token {
        Token::Term(term) => json!({"term": {field(text, "terms"): {"value": term}}}),
        Token::Form(form) => json!({"term": {field(text, "words"): {"value": form}}}),
    }
}

/// A word as it stands among the words of a place.
pub(crate) fn word(token: &Token) -> String {
    match token {
        Token::Term(term) => format!("{TERM}{term}"),
        Token::Form(form) => form.clone(),
    }
}

/// A joined spelling as it stands among them.
pub(crate) fn joined(folded: &str) -> String {
    format!("{JOINED}{folded}")
}

/// Words that two places have in common.
pub(crate) fn share(one: &[Token], other: &[Token]) -> bool {
    let one: FxHashSet<&Token> = one.iter().collect();
    other.iter().any(|token| one.contains(token))
}
