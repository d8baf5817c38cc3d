//! `griot check`: damage to the index, and how to repair it.

use super::args::{CheckArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, copies, counted, sanitize};
use anyhow::{Result, bail};
use griot::index::{Checked, IndexDir, check, check_snapshot};
use std::io::Write;
use std::path::Path;

/// Checks a snapshot, and gives when it was made.
fn check_copy(dir: &Path, checked: &mut Checked) -> Result<String> {
    match check_snapshot(&IndexDir::at(dir), checked)? {
        Some(made) => Ok(made),
        None => bail!(
            "{}: not a snapshot, or changed since it was made; `griot snapshot DIR` makes one",
            dir.display()
        ),
    }
}

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CheckArgs) -> Result<ExitCode> {
    let place = super::engine::existing_place(place)?;
    let mut checked = check(&place, args.deep)?;
    let made = match &args.against {
        Some(dir) => Some(check_copy(dir, &mut checked)?),
        None => None,
    };
    if args.target.format() == TextOrJson::Json {
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
        if let (Some(dir), Some(made)) = (&args.against, made) {
            let dir = dir.display().to_string();
            writeln!(out, "snapshot {}: made {}", sanitize(&dir), sanitize(&made))?;
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
