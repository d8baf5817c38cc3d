//! `griot snapshot`: a copy of the index as it is now.

use super::args::{SnapshotArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, files, sanitize};
use anyhow::Result;
use griot::index::{IndexDir, snapshot};
use griot::messages::decimal;
use griot::say;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SnapshotArgs) -> Result<ExitCode> {
    let copied = snapshot(&super::engine::existing_place(place)?, &args.dir)?;
    if args.format == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_string(&copied)?)?;
    } else {
        let dir = args.dir.display().to_string();
        let done = say!(
            "check-snapshot-made",
            dir = sanitize(&dir),
            files = files(copied.files),
            mb = decimal(copied.bytes as f64 / 1e6, 1),
            linked = copied.linked
        );
        writeln!(out, "{done}")?;
    }
    Ok(ExitCode::Done)
}
