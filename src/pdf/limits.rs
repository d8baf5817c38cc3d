//! What the reading of a file may take.

use std::time::Duration;

/// What the reading of a file may take. A reading process sets those of processor time and memory on itself, where
/// the system knows such limits; whoever started it sees to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Processor time, in seconds
    pub processor: u64,
    /// Memory, in bytes
    pub memory: u64,
    /// Time by the clock, whatever the system
    pub clock: Duration,
    /// The largest file, in bytes
    pub file: u64,
    /// The longest answer, in bytes
    pub answer: u64,
}

impl Default for Limits {
    /// Two hundred times what a report of a hundred pages takes.
    fn default() -> Self {
        Self::of_seconds(60)
    }
}

impl Limits {
    /// The usual ones with so many seconds of processor time.
    pub fn of_seconds(processor: u64) -> Self {
        // By the clock, a process on a machine that is busy takes many times its processor time.
        let patience = if cfg!(unix) { 15 } else { 2 };
        Self {
            processor,
            memory: 1536 << 20,
            clock: Duration::from_secs(processor.saturating_mul(patience)),
            file: 512 << 20,
            answer: 64 << 20,
        }
    }
}

/// Sets limits of processor time and memory on this process, and lets it leave no core dump. What the system
/// refuses is left to the clock.
#[cfg(unix)]
pub(super) fn set_on_this_process(processor: u64, memory: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let lower = |resource, wanted: u64| {
        let maximum = getrlimit(resource).maximum;
        let limit = maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let _ = setrlimit(
            resource,
            Rlimit {
                current: Some(limit),
                maximum,
            },
        );
    };
    lower(Resource::Cpu, processor);
    lower(Resource::As, memory);
    lower(Resource::Core, 0);
}

/// Nothing: this system has no such limits.
#[cfg(not(unix))]
pub(super) fn set_on_this_process(_: u64, _: u64) {}
