//! What leaves griot for other programs and for readers: references, spreadsheets, chronologies, dossiers.
//!
//! From answers of the [search](crate::search) to bytes. Nothing here asks an index or knows a terminal, so that a page
//! in a browser can hand out the same files as the command line. Texts of articles are escaped for each format where
//! they are written, never before.
//!
//! | to add | edit |
//! |---|---|
//! | a style of references | a file in `citation/`, a variant of [`citation::Style`] |
//! | a form of dossiers | a file in `dossier/` with a [`dossier::Form`] |

pub mod chronology;
pub mod citation;
pub mod dossier;
pub mod markup;
pub mod provenance;
pub mod question;
pub mod reasons;
pub mod spreadsheet;
