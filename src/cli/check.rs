//! `griot check`: is the index whole, and what mends it.

use super::args::{CheckArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, copies, counted, sanitize};
use anyhow::Result;
use griot::index::{Place, check};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: CheckArgs) -> Result<ExitCode> {
    let place = super::engine::existing_place(place)?;
    let checked = check(&place, args.deep)?;
    if args.format == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_string(&checked)?)?;
    } else {
        for finding in &checked.findings {
            writeln!(
                out,
                "{}: {}; {}",
                finding.kind,
                sanitize(&finding.message),
                finding.cure
            )?;
        }
        let (files, bytes) = (checked.index_files, checked.bytes as f64 / 1e6);
        let verdict = if checked.findings.is_empty() {
            "nothing wrong"
        } else {
            "damaged or outdated"
        };
        let copies = if checked.copies > 0 {
            format!(" and {}", copies(checked.copies))
        } else {
            String::new()
        };
        let (held, of) = (articles(checked.articles), counted(checked.files, "file"));
        writeln!(
            out,
            "{verdict}: {held}{copies} of {of}, {}, {bytes:.1} MB",
            counted(files, "index file")
        )?;
    }
    Ok(if checked.findings.is_empty() {
        ExitCode::Done
    } else {
        ExitCode::Failure
    })
}
