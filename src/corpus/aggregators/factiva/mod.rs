//! Factiva: pages with an element for each article ([`page`]), texts in which each article ends in its number
//! ([`display`]), fields with codes ([`coded`]), and the XML of its service ([`xml`]).

mod coded;
mod display;
mod layout;
mod number;
mod page;
mod title;
mod xml;

pub(super) use layout::{MARKS, in_html, in_text};
pub(super) use xml::split as in_xml;
