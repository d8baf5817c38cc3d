//! Reading: files and folders into [`Article`](crate::article::Article)s, lazily, whatever their format.
//!
//! [`walk`] finds the files of a root; [`read_file`] reads one. A new format is one file beside this one and
//! one line in [`FORMATS`]: its reader turns bytes into calls of `Output`, by way of `record` when what it
//! holds has keys.
//!
//! Nothing is lost and nothing stops a run: what can't be read is handed to the sink as [`Reading::Skipped`],
//! what was read in spite of a fault as [`Reading::Warning`]; both name the file, the place, the reason and
//! the cure.

mod account;
mod address;
mod aggregators;
mod belongs;
mod blocks;
mod bounds;
mod budget;
mod charset;
mod clean;
mod columns;
mod consent;
mod encoding;
mod exported;
mod feed;
mod formats;
mod globs;
mod gzip;
mod header;
mod headline;
mod html;
mod http;
mod hyphenation;
mod json;
mod json_record;
mod jsonl;
mod keys;
mod lang;
mod leads;
mod lines;
mod links;
mod mail;
mod main_text;
mod markdown;
mod markup;
mod mime;
mod nesting;
mod office;
mod options;
mod output;
mod own_output;
mod page;
mod page_parts;
mod paths;
mod pdf;
mod read;
mod reading;
mod record;
mod repair;
mod rows;
mod rtf;
mod settings;
mod skip_reason;
mod source_line;
mod table;
mod template;
mod text;
mod title_line;
mod transcode;
mod tree_size;
mod values;
mod walk;
mod warc;
mod whole;
mod wordpress;
mod xml;
mod zip;
mod zip_file;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{Account, LeftOut};
pub use belongs::{IgnoreReason, is_settings, page_companions};
pub use columns::Columns;
pub use encoding::decoded;
pub use exported::{MARK as EXPORT_MARK, ROW_ENDS, of_article as record_of, row_of};
pub use formats::{FORMATS, format_of, is_supported};
pub use globs::Globs;
pub use links::{Choice, Links};
pub use options::{FacetKeys, Options};
pub use output::Format;
pub use read::{is_own_export, read, read_file, read_open};
pub use reading::{FileSummary, Reading, Skipped};
pub use settings::Settings;
pub use skip_reason::SkipReason;
pub use walk::{FoundFile, Walked, concerns, holds_files, key, path_of_key, walk, walk_chosen, walk_part};

use crate::disk::raw as look;
use output::Output;
use reading::Location;
