//! `griot check`: damage to the index, and how to repair it.

use super::args::{CheckArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, copies, files, sanitize};
use anyhow::{Result, bail};
use griot::index::{Checked, IndexDir, check, check_snapshot};
use griot::messages::{decimal, localized};
use griot::{msg, say};
use std::io::Write;
use std::path::Path;

/// Checks a snapshot, and gives when it was made.
fn check_copy(dir: &Path, checked: &mut Checked) -> Result<String> {
    match check_snapshot(&IndexDir::at(dir), checked)? {
        Some(made) => Ok(made),
        None => bail!(msg!("check-no-snapshot", dir = dir.display())),
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
                "{}",
                say!(
                    "check-finding",
                    kind = finding.kind.to_string(),
                    message = sanitize(&localized(&finding.message)),
                    cure = localized(finding.cure)
                )
            )?;
        }
        if let (Some(dir), Some(made)) = (&args.against, made) {
            let dir = dir.display().to_string();
            let made = say!(
                "check-snapshot",
                dir = sanitize(&dir),
                made = sanitize(&localized(&made))
            );
            writeln!(out, "{made}")?;
        }
        let verdict = match checked.findings.is_empty() {
            true => say!("check-fine"),
            false => say!("check-damaged"),
        };
        let copies = match checked.copies {
            0 => String::new(),
            n => say!("count-and", more = copies(n)),
        };
        let summary = say!(
            "check-summary",
            verdict = verdict,
            articles = articles(checked.articles),
            copies = copies,
            files = files(checked.files),
            index_files = checked.index_files,
            mb = decimal(checked.bytes as f64 / 1e6, 1)
        );
        writeln!(out, "{summary}")?;
    }
    Ok(if checked.findings.is_empty() {
        ExitCode::Done
    } else {
        ExitCode::Failure
    })
}
