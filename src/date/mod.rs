//! Dates: [`PartialDate`], and one reader for each way in which dates are written.
//!
//! [`typed`] reads what people type, [`written`] what metadata say, [`line`](mod@line) lines that begin with a
//! date, [`in_name`] names of files and addresses of pages; dates in running text are found by the facets, which
//! know its words. All take the names of months and of days of the week from [`names`]. [`precedence`] says which of several dates of a publication counts.

mod edtf;
#[doc(hidden)]
pub mod in_name;
#[doc(hidden)]
pub mod line;
pub(crate) mod names;
mod partial;
pub(crate) mod precedence;
mod relative;
#[doc(hidden)]
pub mod typed;
#[doc(hidden)]
pub mod written;

pub use edtf::{Edtf, UncertainDate};
pub(crate) use partial::iso_of;
pub use partial::{PartialDate, clock, written_now};
