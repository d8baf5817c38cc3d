//! The index: its directory, its schema, keeping it in step with the corpus, opening it.

mod analysis;
mod audit;
mod check;
mod commit_copy;
pub(crate) mod companion;
mod compare;
mod content;
mod correct;
pub mod corrections;
mod damage;
#[cfg(test)]
mod damaged_segments;
mod decisions;
mod directory;
#[doc(hidden)]
pub mod document;
pub(crate) mod duplicates;
mod encoded_tokens;
mod extra;
#[cfg(test)]
mod failing_directory;
#[cfg(test)]
mod failing_reads;
#[cfg(test)]
mod failing_snapshots;
#[cfg(test)]
mod failing_writes;
pub(crate) mod fields;
mod finish;
mod footer;
mod from_stored;
pub(crate) mod hash;
pub mod ids;
mod known_records;
pub mod layout;
mod manifest;
mod merging;
mod one_file;
#[cfg(test)]
mod one_rule;
mod options;
pub(crate) mod origin;
mod origin_log;
mod path_form;
pub mod payload;
mod plan;
mod postings;
mod prepare;
mod preview;
mod queue;
#[cfg(test)]
mod read_faults;
mod reader;
mod removals;
mod report;
mod run;
mod snapshot;
mod source_file;
mod staleness;
pub(crate) mod state;
#[cfg(test)]
mod stopped;
mod sync;
mod tokenizers;
pub mod unread;
mod unseen;
pub(crate) mod versions;
mod watch;
mod write;
mod writer;

pub use audit::{FileAudit, FileStatus, Metadata};
pub use check::{Checked, Finding, check, snapshot as check_snapshot};
pub use correct::{Corrected, correct};
pub use document::{Meta, Stored};
pub use fields::Fields;
pub use layout::IndexDir;
pub use options::SyncOptions;
pub use payload::{Payload, Root};
pub use preview::preview;
pub use reader::{Reader, fingerprint, names_of};
pub(crate) use report::totals;
pub use report::{Planned, Progress, Report, SkippedFile, Withheld, Without};
pub use snapshot::{Snapshot, snapshot};
pub use staleness::reading as reading_options;
pub use sync::{Kept, sync, sync_keeping};
pub use versions::{Damage, SAVED_SEARCHES};
pub use watch::{Watching, watch};
