//! Rows of an export as tables: columns, cells, CSV as programs or French spreadsheets read it, GeoJSON. For the
//! command line and the API.

mod cells;
mod columns;
mod rows;

pub use cells::{Cell, Sheet, decimal};
pub use columns::Columns;
pub use rows::{Table, cell, feature, joined, object, value};
