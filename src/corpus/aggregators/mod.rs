//! Exports of the services that newsrooms search: one file, hundreds of articles. Unsplit, every count would
//! be wrong.
//!
//! A service is recognised by the structure of what it writes, never by the file's name. To add one: a file
//! beside this one and a line in the table of [`services`]. No text of an export is lost: what is in no
//! article is reported, and what a header says beyond title, date, medium, author and language is kept with
//! the article's other metadata.

mod byline;
mod common;
mod europresse;
mod factiva;
mod found;
mod iramuteq;
mod nexis;
mod services;

pub(super) use services::{take_html, take_text, take_xml};
