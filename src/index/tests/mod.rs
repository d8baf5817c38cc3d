//! Tests of the index as a whole: reads and writes that fail, damage, interruptions.

mod damaged_segments;
pub(super) mod failing_directory;
mod failing_reads;
mod failing_snapshots;
mod failing_writes;
mod one_rule;
mod own_segments;
mod read_faults;
mod stopped;
