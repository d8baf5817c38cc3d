//! The tokens of a text, written as a string that tantivy's threads read back: a text is analysed once, by the
//! thread that derives its facets from the same tokens.
//!
//! tantivy hands a field's text to a tokenizer, and nothing else. So the fields that are searched get the tokens
//! in place of the text, and the text itself is stored in fields of its own. [`MARK`] begins such a string; what
//! doesn't begin with it is text and is analysed by the tokenizer.
//!
//! | string | consists of |
//! |---|---|
//! | terms | the index term of each word, [`END`] after it; the nth has position n |
//! | forms | the form term of each token, [`END`] after it; before that of a joined spelling [`JOINED`] and how many words back its position is |

use crate::french::NumberedText;

/// Begins a string of tokens. Neither text that was cleaned nor a token holds such characters.
const MARK: char = '\u{2}';
const END: char = '\u{3}';
const JOINED: char = '\u{4}';

/// A string of tokens for each of the two fields of a text.
pub struct Encoded {
    pub terms: String,
    pub forms: String,
}

/// The words of a text, for tantivy's tokenizers.
pub enum IndexedWords {
    Encoded(Encoded),
    /// Analysed by the tokenizers.
    Text(String),
}

impl IndexedWords {
    /// Those of a text; `numbered` is its analysis, if the whole of it was analysed.
    pub fn of(text: &str, numbered: Option<NumberedText<'_>>) -> Self {
        let encoded = numbered.and_then(encode);
        encoded.map_or_else(|| Self::Text(plain(text).into()), Self::Encoded)
    }
}

/// Writes the tokens of a whole text, in their order; none where they can't be written so.
fn encode(text: NumberedText<'_>) -> Option<Encoded> {
    let (mut terms, mut forms) = (String::from(MARK), String::from(MARK));
    let mut words = 0;
    for token in text.tokens {
        if token.is_part() {
            if token.position != words {
                return None;
            }
            words += 1;
            terms.push_str(text.table.term(token.word));
            terms.push(END);
        } else {
            forms.push(JOINED);
            forms.push(char::from_u32(words.checked_sub(token.position)?)?);
        }
        forms.push_str(text.table.form_term(token.word));
        forms.push(END);
    }
    Some(Encoded { terms, forms })
}

/// Text that a tokenizer is to analyse itself: without what would make it a string of tokens.
fn plain(text: &str) -> &str {
    text.trim_start_matches(MARK)
}

/// Reads a string of tokens.
pub struct Tokens<'a> {
    rest: &'a str,
    words: u32,
}

impl<'a> Tokens<'a> {
    /// The tokens of a string; none if it is text.
    pub fn of(text: &'a str) -> Option<Self> {
        text.strip_prefix(MARK).map(|rest| Self { rest, words: 0 })
    }
}

impl<'a> Iterator for Tokens<'a> {
    /// A token and its position.
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let joined = self.rest.strip_prefix(JOINED).and_then(|rest| {
            let back = rest.chars().next()?;
            Some((&rest[back.len_utf8()..], u32::from(back)))
        });
        let (rest, position) = match joined {
            Some((rest, back)) => (rest, self.words.saturating_sub(back)),
            None => {
                self.words += 1;
                (self.rest, self.words - 1)
            }
        };
        let end = memchr::memchr(END as u8, rest.as_bytes())?;
        self.rest = &rest[end + END.len_utf8()..];
        Some((&rest[..end], position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Lexicons;
    use proptest::prelude::*;

    fn check(text: &str) {
        let french = Lexicons::embedded().french().expect("sound");
        let tokens = french.analyze(text);
        let encoded = french
            .numbered("", text, |words| encode(words.body()))
            .expect("encoded");
        let terms: Vec<_> = tokens
            .iter()
            .filter(|token| token.is_part())
            .map(|token| (&*token.word.term, token.position))
            .collect();
        let forms: Vec<_> = tokens
            .iter()
            .map(|token| (&*token.word.form_term, token.position))
            .collect();
        assert_eq!(
            Tokens::of(&encoded.terms).expect("tokens").collect::<Vec<_>>(),
            terms
        );
        assert_eq!(
            Tokens::of(&encoded.forms).expect("tokens").collect::<Vec<_>>(),
            forms
        );
    }

    #[test]
    fn joined_spellings_keep_their_places() {
        for text in [
            "",
            "L’armée du vice-président à Tin-Zaouatène, 1 500 000 francs, 12 300 soldats, rfi.fr",
            "aujourd'hui peut-être l'ex-chef d'état-major adjoint",
        ] {
            check(text);
        }
        assert!(Tokens::of("L'armée").is_none());
        assert_eq!(plain("\u{2}\u{2}armée"), "armée");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in "([a-zé'’0-9-]{1,8}[ ,.\n\u{2}\u{3}\u{4}]{0,2}){0,40}|\\PC{0,80}") {
            check(&text);
        }
    }
}
