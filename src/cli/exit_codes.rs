//! Every exit code, in one place.
//!
//! `saved run` and `saved diff` with `--exit-code` end as grep does instead: 0 something new, 1 nothing new,
//! 2 an error of any kind, so that a job distinguishes a quiet day from a broken archive.

use griot::Error;

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitCode {
    /// Done; finding nothing is no failure.
    Done = 0,
    /// Or, with `--exit-code`, nothing to report; or done, and the index was found to be damaged.
    Failure = 1,
    /// Or, with `--exit-code`, any error.
    Usage = 2,
    /// Done, but some records were skipped.
    Skipped = 3,
    /// There is no usable index.
    NoIndex = 4,
    /// Another process writes to the index.
    Locked = 5,
    /// Done, but for the removal of many articles, which needs a decision.
    Undecided = 6,
    /// The engine can't be reached, or answered in part.
    Unreachable = 7,
    /// Interrupted by SIGINT or SIGTERM; what was done is kept.
    Interrupted = 130,
}

impl ExitCode {
    /// The code for an error of a command that ends as grep does.
    pub fn as_grep(_: &anyhow::Error) -> Self {
        Self::Usage
    }

    /// The code for an error.
    pub fn of(error: &anyhow::Error) -> Self {
        match error.downcast_ref::<Error>() {
            Some(
                Error::NoIndex { .. }
                | Error::NotAnIndex { .. }
                | Error::OtherVersion { .. }
                | Error::Damaged(_)
                | Error::NoCommit { .. }
                | Error::NoRoots,
            ) => Self::NoIndex,
            Some(Error::Locked { .. }) => Self::Locked,
            Some(Error::Remote { .. }) => Self::Unreachable,
            Some(
                Error::NoSuchFacet { .. }
                | Error::BadDate { .. }
                | Error::BadGlob { .. }
                | Error::BadColumn { .. }
                | Error::NotEmpty { .. }
                | Error::NotARoot { .. }
                | Error::Unsupported(_),
            ) => Self::Usage,
            _ => Self::Failure,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        std::process::ExitCode::from(code as u8)
    }
}
