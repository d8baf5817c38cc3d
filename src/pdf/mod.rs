//! Reads the text of a PDF file in reading order: columns one after the other, words that were divided at
//! the end of a line made whole, and without running headers, footers and page numbers.
//!
//! The way from bytes to text:
//!
//! | step | module |
//! | --- | --- |
//! | objects, streams, decryption, repair | the crate `hayro-syntax` |
//! | fonts: codes, widths, Unicode | `font`, on the crate `hayro-font` |
//! | content streams to glyphs with their places | `content`, `marked`, `glyph` |
//! | glyphs to words, columns and lines | `word`, `columns`, `line` |
//! | headers, footers and page numbers off | `furniture` |
//! | lines to paragraphs | `paragraph`, `hyphen` |
//! | title, author, date, language, labels | `metadata`, `strings` |
//! | all of it in a process of its own | `process`, [`answer`] |

mod answer;
mod columns;
mod content;
mod document;
mod font;
mod furniture;
mod geometry;
mod glyph;
mod hyphen;
mod limits;
mod line;
mod marked;
mod metadata;
mod paragraph;
mod process;
mod read;
mod strings;
mod word;

#[cfg(test)]
mod tests;

pub use answer::answer;
pub use document::{Document, Page, Problem};
pub use furniture::LeftOut;
pub use limits::Limits;
pub use process::{Reader, Stopped};
pub use read::read;
