//! `griot read-pdf`, hidden: the process in which a PDF file is read.

use super::exit_codes::ExitCode;
use anyhow::Result;
use griot::pdf::{Limits, Reader, answer};
use std::io::{BufWriter, stdin, stdout};

/// Processor time that a file may take.
pub const SECONDS: u64 = 60;

/// Reads the file on standard input, within limits of processor time (seconds) and memory (bytes).
pub fn run(seconds: u64, memory: u64) -> Result<ExitCode> {
    answer(
        &mut stdin().lock(),
        &mut BufWriter::new(stdout().lock()),
        seconds,
        memory,
    )?;
    Ok(ExitCode::Done)
}

/// This program as the reader of PDF files; none if the system doesn't say where it lies.
pub fn reader(seconds: u64) -> Option<Reader> {
    let program = std::env::current_exe().ok()?;
    Some(Reader::griot(program, Limits::of_seconds(seconds)))
}
