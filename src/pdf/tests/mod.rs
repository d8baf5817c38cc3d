//! Whole files, made object by object.

mod damaged;
mod document;
mod made;
mod text;

use super::{Document, Problem, read};
use made::MadePdf;

impl MadePdf {
    /// What is read from the file.
    fn read(&self) -> Result<Document, Problem> {
        read(self.bytes())
    }

    /// The text of the first page.
    fn text(&self) -> String {
        self.read().expect("a file with text").pages[0].text.clone()
    }
}
