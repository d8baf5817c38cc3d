//! The side of a reading process: a file comes in, its text goes out.

use super::limits::set_on_this_process;
use super::read;
use std::io::{self, Read, Write};

/// Reads a PDF file from `input` and writes what it holds, or why it can't be read, to `output` as JSON. Before
/// that it limits the processor time, in seconds, and the memory, in bytes, of the process that it runs in: call it
/// in one that does nothing else.
///
/// # Errors
/// When reading or writing fails.
pub fn answer(input: &mut dyn Read, output: &mut dyn Write, processor: u64, memory: u64) -> io::Result<()> {
    set_on_this_process(processor, memory);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    serde_json::to_writer(&mut *output, &read(bytes))?;
    output.flush()
}
