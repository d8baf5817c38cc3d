//! What griot says to people, in English or French: one catalogue for the command line and whatever else talks to
//! people. Names for programs (facets, columns, JSON keys, kinds) are no part of it.
//!
//! [`say!`] formats a message in the language of this process, which is English until [`speak`] chooses another.
//! [`msg!`] makes a [`Message`], which is English as an error or in JSON, and can be said in either language. What
//! the library itself hands out as text is English: [`localized`] says it in the language of this process.

mod arg;
mod catalogue;
mod help;
mod language;
mod recognized;

pub use arg::{Arg, decimal, library};
pub use help::help_in_french;
pub use language::{UiLang, speak, spoken};
pub use recognized::localized;

use std::fmt;

/// Formats a message of the catalogue in the language of this process: `say!("search-shown", from = 1, to = 10)`.
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::say($id, &[$((stringify!($name), $crate::messages::Arg::from($value))),*])
    };
}

/// A [`Message`] of the catalogue: `msg!("error-no-root", path = path)`.
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::Message::new($id, vec![$((stringify!($name), $crate::messages::Arg::from($value))),*])
    };
}

/// A message of the catalogue in the language of this process. [`say!`] is shorter.
pub fn say(id: &str, args: &[(&'static str, Arg)]) -> String {
    catalogue::format(spoken(), id, args)
}

/// Something to say, in whichever language it will be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    id: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// The message of this id. [`msg!`] is shorter.
    pub fn new(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        Self { id, args }
    }

    /// The text in a language.
    pub fn in_language(&self, language: UiLang) -> String {
        catalogue::format(language, self.id, &self.args)
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

#[cfg(test)]
mod tests;
