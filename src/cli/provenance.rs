//! `--provenance`: a file beside an export that says what it was made of.

use super::args::ProvenanceArgs;
use super::files::{NewFile, hash_of};
use super::output::{Output, notify};
use anyhow::Result;
use griot::export::provenance::Provenance;
use griot::say;
use griot::search::{Engine, EventFilter, Selection};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Ends a result, and describes it if that was asked for; `counts` are numbers of rows by what they are of.
///
/// # Errors
/// When one of the files can't be written.
pub fn finish(
    out: &mut Output,
    engine: &dyn Engine,
    (args, selection, events): (&ProvenanceArgs, &Selection, &EventFilter),
    counts: &[(&str, u64)],
) -> Result<()> {
    out.finish()?;
    if !args.provenance {
        return Ok(());
    }
    let Some(path) = out.path.clone() else {
        let why = say!("option-no-file");
        notify(&say!("option-without-effect", option = "provenance", why = why));
        return Ok(());
    };
    let (bytes, hash) = hash_of(&path)?;
    let counts: serde_json::Map<String, _> = counts
        .iter()
        .map(|(name, number)| (name.to_string(), (*number).into()))
        .collect();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let file = json!({"name": name, "bytes": bytes, "blake3": hash, "rows": counts});
    let command = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    let made = Provenance {
        events: events.clone(),
        ..Provenance::of(engine, selection)?
    };
    let described = made.with_file(file, command.collect())?;
    let mut beside = path.into_os_string();
    beside.push(".provenance.json");
    let mut beside = NewFile::begin(&PathBuf::from(beside))?;
    writeln!(beside, "{}", serde_json::to_string_pretty(&described)?)?;
    beside.finish()
}
