//! `griot correct`: an analyst's decisions about facet values, taken in from a table or written out as one.

use super::args::{CorrectArgs, TextOrJson};
use super::engine::existing_place;
use super::exit_codes::ExitCode;
use super::output::{Output, articles, notify};
use anyhow::Result;
use griot::index::{IndexDir, correct, corrections};
use griot::messages::localized;
use griot::say;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CorrectArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let Some(file) = args.file.as_deref().filter(|_| !args.export) else {
        corrections::Corrections::read(&place)?.write_csv(out)?;
        return Ok(ExitCode::Done);
    };
    let bytes = super::files::read(file)?;
    let rows = corrections::parse(file, &bytes)?;
    let done = correct(&place, file, rows)?;
    for note in &done.notes {
        notify(&localized(note));
    }
    match args.target.format() {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&done)?)?,
        TextOrJson::Text => {
            writeln!(
                out,
                "{}",
                say!(
                    "correct-done",
                    rows = done.rows,
                    articles = articles(done.articles),
                    kept = done.kept
                )
            )?;
        }
    }
    Ok(ExitCode::Done)
}
