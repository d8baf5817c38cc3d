//! Messages as they are said.

use super::catalogue::{Value, format};
use super::language::{UiLang, spoken};
use super::message::{Arg, Message};
use super::recognized::in_language;
use std::fmt;

/// A message of the catalogue in the language of this process. [`say!`](crate::say) is shorter.
pub fn say(id: &str, args: &[(&str, Arg)]) -> String {
    format(spoken(), id, &values(spoken(), args))
}

impl Message {
    /// The text in a language.
    pub fn in_language(&self, language: UiLang) -> String {
        format(language, self.id, &values(language, &self.args))
    }

    /// The text in the language of this process.
    pub fn said(&self) -> String {
        self.in_language(spoken())
    }
}

/// In English, as all texts for programs are.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(UiLang::En))
    }
}

impl std::error::Error for Message {}

/// What stands for the variables in a language.
pub(super) fn values<'a>(language: UiLang, args: &'a [(&'a str, Arg)]) -> Vec<(&'a str, Value<'a>)> {
    args.iter()
        .map(|(name, arg)| (*name, value(language, arg)))
        .collect()
}

fn value(language: UiLang, arg: &Arg) -> Value<'_> {
    match arg {
        Arg::Text(text) => Value::from(text.as_str()),
        Arg::Number(number) => Value::from(*number),
        Arg::Library(text) => Value::from(in_language(language, text)),
        Arg::Message(message) => Value::from(message.in_language(language)),
        Arg::Decimal(number, digits) => {
            let text = format!("{number:.digits$}");
            Value::from(match language {
                UiLang::En => text,
                UiLang::Fr => text.replace('.', ","),
            })
        }
    }
}
