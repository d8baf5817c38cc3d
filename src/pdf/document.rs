//! What a PDF file holds, or why it can't be read.

use super::furniture::LeftOut;
use serde::{Deserialize, Serialize};

/// The text of a PDF file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The title that the metadata gives, otherwise the largest lines of the first page
    pub title: Option<String>,
    /// The author that the metadata gives
    pub author: Option<String>,
    /// When the file was made, as `2024-01-31T08:30:00+01:00`
    pub created: Option<String>,
    /// The language that the file gives, such as `fr-FR`
    pub language: Option<String>,
    /// All pages in order; the text of some may be empty
    pub pages: Vec<Page>,
    /// The lines that were left out because they recur from page to page
    pub left_out: Vec<LeftOut>,
}

/// The text of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its number, from 1
    pub number: usize,
    /// What the file calls it, such as `iv`, if it says
    pub label: Option<String>,
    /// Its paragraphs, with an empty line between them
    pub text: String,
    /// How many images it shows; a page of images without text may be a scan
    pub images: usize,
    /// An image covers most of it: its text is that of an OCR program, and the file younger than the page
    pub scanned: bool,
    /// How many characters it shows whose meaning its fonts don't tell; they aren't in the text
    pub unreadable: usize,
}

/// Why a PDF file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Problem {
    /// It opens only with a password.
    #[error("needs a password")]
    NeedsPassword,
    /// It is encrypted in a way that isn't known.
    #[error("is encrypted in an unknown way")]
    UnknownEncryption,
    /// It isn't a PDF file, or too much of it is missing.
    #[error("is not a PDF file or is damaged")]
    Damaged,
    /// No page has text: it is scanned, drawn or empty.
    #[error("has no text layer: {} pages, {} images", .images.len(), .images.iter().sum::<usize>())]
    NoTextLayer {
        /// How many images each page shows
        images: Vec<usize>,
        /// How many characters the pages show whose meaning their fonts don't tell
        unreadable: usize,
    },
}
