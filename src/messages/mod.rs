//! What griot says to people, in English or French: one catalogue for the command line and whatever else talks to
//! people. Names for programs (facets, columns, JSON keys, kinds) are no part of it.
//!
//! [`say!`](crate::say) formats a message in the language of this process, which is English until [`speak`] chooses
//! another. [`msg!`](crate::msg) makes a [`Message`], which is English as an error or in JSON, and can be said in
//! either language. What the library itself hands out as text is English: [`localized`] says it in the language of
//! this process.

mod catalogue;
mod help;
mod language;
mod message;
mod recognized;
mod said;

pub use help::help_in_french;
pub use language::{UiLang, speak, speaking, spoken};
pub use message::{Arg, Message, decimal, library};
pub use recognized::localized;
pub use said::say;

/// Formats a message of the catalogue in the language of this process: `say!("search-range", from = 1, to = 10)`.
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::say($id, &[$((stringify!($name), $crate::messages::Arg::from($value))),*])
    };
}

/// A [`Message`] of the catalogue: `msg!("error-no-such-path", path = path.display())`.
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::Message::new($id, vec![$((stringify!($name), $crate::messages::Arg::from($value))),*])
    };
}

#[cfg(test)]
mod tests;
