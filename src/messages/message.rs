//! What is to be said: a message of the catalogue, and what stands where it has variables.

use std::borrow::Cow;

/// Something to say, in whichever language it will be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub(super) id: &'static str,
    pub(super) args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// The message of this id. [`msg!`](crate::msg) is shorter.
    pub fn new(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        Self { id, args }
    }
}

/// A value of a variable.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// As it is.
    Text(String),
    /// A number that may choose between one and several.
    Number(u64),
    /// A number with so many digits after the point, which is a comma in French.
    Decimal(f64, usize),
    /// A text of the library: in English, and recognized for other languages.
    Library(String),
    /// A message in a message.
    Message(Box<Message>),
}

/// A text of the library, which is English.
pub fn library(text: impl ToString) -> Arg {
    Arg::Library(text.to_string())
}

/// A number with so many digits after the point.
pub fn decimal(number: f64, digits: usize) -> Arg {
    Arg::Decimal(number, digits)
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Cow<'_, str>> for Arg {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<std::path::Display<'_>> for Arg {
    fn from(path: std::path::Display<'_>) -> Self {
        Self::Text(path.to_string())
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}
