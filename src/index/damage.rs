//! Telling damage to an index from faults of the program, when decoding it panics.

use super::layout::IndexDir;
use super::{directory, footer};
use crate::error::Result;

/// Runs `work`, whose decoders may panic over damaged data: then the error says which file is damaged. A panic
/// over an index that is whole is a fault of the program and goes on.
///
/// # Errors
/// What `work` gives; [`Error::Damaged`](crate::Error::Damaged).
pub fn catching<T>(index_dir: &IndexDir, work: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let damage = || {
            let generation = index_dir.current()?;
            footer::verify_all(&directory::open(&generation)?, &generation)
        };
        match damage() {
            Err(error) => Err(error),
            Ok(()) => std::panic::resume_unwind(panic),
        }
    })
}
