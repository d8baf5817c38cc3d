//! What of an archive is not in the index, as text: summed up at the end of every run, and listed by `griot stats
//! --unread`.

use super::output::{Output, counted};
use anyhow::Result;
use griot::index::unread::{Shortfall, Unread, cure};
use std::io::Write;

/// Files that are named one by one where the rest is only counted.
const NAMED: usize = 3;

/// The closing lines of a run: files read in part, files not read.
pub fn write_summary(out: &mut Output, unread: &Unread) -> Result<()> {
    let in_part: Vec<&str> = unread.in_part().map(|(path, _)| path.as_str()).collect();
    if !in_part.is_empty() {
        let named = out
            .safe(&in_part[..in_part.len().min(NAMED)].join(", "))
            .into_owned();
        let more = if in_part.len() > NAMED { " …" } else { "" };
        let files = counted(in_part.len() as u64, "file");
        writeln!(
            out,
            "read in part: {files} ({named}{more}); `griot stats --unread` says what is missing"
        )?;
    }
    let not_read = not_read(unread);
    if !not_read.is_empty() {
        let line = out.safe(&not_read.join(", ")).into_owned();
        writeln!(out, "not read: {line}")?;
    }
    Ok(())
}

/// What was not read at all, with its cure: `3 .doc (save as .docx)`, `1 damaged`, `12 of other kinds (.jpg)`.
fn not_read(unread: &Unread) -> Vec<String> {
    let reasons = unread.nothing_by_reason().into_iter();
    let mut parts: Vec<String> = reasons
        .map(|(reason, files)| format!("{files} {}", phrase(reason)))
        .collect();
    if unread.more_files > 0 {
        parts.push(format!("{} more", unread.more_files));
    }
    let (mut others, mut extensions) = (0, Vec::new());
    for (extension, files) in unread.by_extension() {
        match cure(extension) {
            Some(cure) => parts.push(format!("{files} .{extension} ({cure})")),
            None => {
                others += files;
                extensions.push(match extension {
                    "" => "none".to_string(),
                    _ => format!(".{extension}"),
                });
            }
        }
    }
    if others > 0 {
        let more = if extensions.len() > NAMED { " …" } else { "" };
        extensions.truncate(NAMED);
        parts.push(format!(
            "{others} of other kinds ({}{more})",
            extensions.join(", ")
        ));
    }
    parts
}

/// A reason for which a file gave nothing, in words, with the cure.
fn phrase(reason: &str) -> String {
    let phrase = match reason {
        "damaged" => "damaged (copy or download it again)",
        "no_text_layer" => "without a text layer (run OCR)",
        "locked" => "protected by a password (save it without)",
        "reader_stopped" => "over the limit of time or memory (the next run tries again)",
        "too_large" => "too large (split it)",
        "not_text" => "misnamed (correct the file extension)",
        "consent_page" => "consent page (accept, and save the page again)",
        "unreadable" => "unreadable (check permissions and disk)",
        "no_text" => "without text",
        "own_export" => "written by griot itself (to index one, name it)",
        _ => return reason.replace('_', " "),
    };
    phrase.to_string()
}

/// Every file that was not read, or only in part, and why.
pub fn write_list(out: &mut Output, unread: &Unread) -> Result<()> {
    if unread.is_empty() {
        writeln!(out, "all files were read in full")?;
    }
    for (path, file) in &unread.files {
        let line = out.safe(&format!("{path}: {}", reason(file))).into_owned();
        writeln!(out, "{line}")?;
        for sample in &file.samples {
            let line = out.safe(sample).into_owned();
            writeln!(out, "    “{line} …”")?;
        }
    }
    if unread.more_files > 0 {
        writeln!(
            out,
            "and {} more; `griot index --report FILE.csv` lists all files",
            unread.more_files
        )?;
    }
    for (extension, kind) in unread.kinds.values().flatten() {
        let cure = cure(extension)
            .map(|cure| format!(" ({cure})"))
            .unwrap_or_default();
        for path in &kind.examples {
            let line = out
                .safe(&format!("{path}: format not supported{cure}"))
                .into_owned();
            writeln!(out, "{line}")?;
        }
        let more = kind.files.saturating_sub(kind.examples.len() as u64);
        if more > 0 {
            let line = out
                .safe(&format!("and {more} more .{extension}{cure}"))
                .into_owned();
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Why a file was not read, or what of it is missing.
fn reason(file: &Shortfall) -> String {
    let mut parts = Vec::new();
    if file.is_partial() {
        parts.push(format!(
            "{} of {} words are in no article",
            file.unaccounted, file.visible
        ));
    }
    if file.skipped > 0 {
        let what = match file.is_nothing() {
            true => file.reasons.join(", ").replace('_', " "),
            false => format!("{} skipped", counted(file.skipped, "record")),
        };
        parts.push(match file.detail.as_str() {
            "" => what,
            detail => format!("{what}: {detail}"),
        });
    }
    parts.join("; ")
}
