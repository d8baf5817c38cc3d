//! Nexis: articles below a line `1 of 250 DOCUMENTS` ([`counted`]), or above a line `End of Document`
//! ([`ended`]).

mod counted;
mod cover;
mod ended;
mod labels;
mod layout;

pub(super) use layout::{MARKS, in_html, split};
