//! `griot suggest`: what a word that is being typed may become.

use super::args::{SuggestArgs, TextOrJson};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, style};
use super::single_letters::unmasked;
use anyhow::Result;
use griot::index::IndexDir;
use griot::search::SuggestRequest;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SuggestArgs) -> Result<ExitCode> {
    let request = SuggestRequest {
        typed: unmasked(&args.prefix),
        limit: args.limit,
    };
    let found = answered(engine(place)?.suggest(&request)?);
    if args.target.format() == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
        return Ok(ExitCode::Done);
    }
    for word in &found.words {
        let text = out.safe(&word.text).into_owned();
        writeln!(out, "{:>8}  {text}", word.count)?;
    }
    let colour = style::FACET;
    for value in &found.values {
        let text = out.safe(&value.value).into_owned();
        writeln!(
            out,
            "{:>8}  {colour}{}: {text}{colour:#}",
            value.count, value.facet
        )?;
    }
    Ok(ExitCode::Done)
}
