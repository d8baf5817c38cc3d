//! What documents are made of, and what writes them.

use crate::date::PartialDate;
use std::io;

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of the whole.
    Title(String),
    Heading(String),
    Facts(Vec<Fact>),
    /// What is in the document, each with the number by which [`Block::Article`] has it.
    Contents(Vec<ContentsLine>),
    /// An article begins, on a page of its own or not.
    Article {
        number: usize,
        title: Vec<Run>,
        own_page: bool,
    },
    /// A heading within an article.
    Subheading(String),
    /// A paragraph, with what stands before it: the page, its number.
    Paragraph {
        label: Option<String>,
        runs: Vec<Run>,
    },
    /// What was left out between two paragraphs.
    Gap,
    /// What is said about the text.
    Small(Vec<Run>),
}

/// What is known under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub kind: FactKind,
}

/// How a fact is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    Text,
    /// An address, which links to itself.
    Link,
    /// Letters and figures that are compared one by one.
    Hash,
}

/// An article in the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsLine {
    pub number: usize,
    pub id: String,
    pub title: String,
    pub date: Option<PartialDate>,
    pub source: Option<String>,
}

impl ContentsLine {
    /// Medium and date, as they stand behind the title.
    #[must_use]
    pub fn about(&self) -> String {
        let date = self.date.map(|date| date.to_string());
        let about: Vec<String> = self.source.iter().cloned().chain(date).collect();
        about.join(", ")
    }
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub mark: bool,
}

impl Run {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            mark: false,
        }
    }
}

/// A form of documents.
pub trait Form {
    /// Writes a part.
    ///
    /// # Errors
    /// Those of writing.
    fn block(&mut self, block: &Block) -> io::Result<()>;

    /// Ends the document.
    ///
    /// # Errors
    /// Those of writing.
    fn finish(&mut self) -> io::Result<()>;
}
