//! Every exit code, in one place.

use griot::Error;

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitCode {
    /// Done; finding nothing is no failure.
    Done = 0,
    Failure = 1,
    Usage = 2,
    /// Done, but some records were skipped.
    Skipped = 3,
    /// There is no usable index.
    NoIndex = 4,
    /// Another process writes to the index.
    Locked = 5,
    /// Interrupted by SIGINT or SIGTERM; what was done is kept.
    Interrupted = 130,
}

impl ExitCode {
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
            Some(
                Error::NoSuchFacet { .. }
                | Error::BadDate { .. }
                | Error::BadGlob { .. }
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
