//! `griot snapshot`: a copy of the index as it is now.

use super::args::{SnapshotArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, counted, sanitize};
use anyhow::Result;
use griot::index::{IndexDir, snapshot};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SnapshotArgs) -> Result<ExitCode> {
    let copied = snapshot(&super::engine::existing_place(place)?, &args.dir)?;
    if args.format == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_string(&copied)?)?;
    } else {
        let (files, linked, bytes) = (copied.files, copied.linked, copied.bytes as f64 / 1e6);
        let dir = args.dir.display().to_string();
        writeln!(
            out,
            "{}: {}, {bytes:.1} MB, {linked} of them hard links",
            sanitize(&dir),
            counted(files, "file")
        )?;
    }
    Ok(ExitCode::Done)
}
