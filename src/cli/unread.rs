//! What of an archive is not in the index, as text: summed up at the end of every run, and listed by `griot stats
//! --unread`.

use super::output::{Output, files};
use anyhow::Result;
use griot::index::unread::{Shortfall, Unread, cure};
use griot::messages::{UiLang, localized, spoken};
use griot::say;
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
        let files = files(in_part.len() as u64);
        let line = say!("unread-in-part", files = files, named = named, more = more);
        writeln!(out, "{line}")?;
    }
    let not_read = not_read(unread);
    if !not_read.is_empty() {
        let line = out.safe(&not_read.join(", ")).into_owned();
        writeln!(out, "{}", say!("unread-not-read", files = line))?;
    }
    Ok(())
}

/// What was not read at all, with its cure: `3 .doc (save as .docx)`, `1 damaged`, `12 of other kinds (.jpg)`.
fn not_read(unread: &Unread) -> Vec<String> {
    let reasons = unread.nothing_by_reason().into_iter();
    let mut parts: Vec<String> = reasons.map(|(reason, files)| phrase(reason, files)).collect();
    if unread.more_files > 0 {
        parts.push(say!("unread-more", n = unread.more_files));
    }
    let (mut others, mut extensions) = (0, Vec::new());
    for (extension, files) in unread.by_extension() {
        match cure(extension) {
            Some(cure) => parts.push(format!("{files} .{extension} ({})", localized(cure))),
            None => {
                others += files;
                extensions.push(match extension {
                    "" => say!("unread-no-extension"),
                    _ => format!(".{extension}"),
                });
            }
        }
    }
    if others > 0 {
        let more = if extensions.len() > NAMED { " …" } else { "" };
        extensions.truncate(NAMED);
        let extensions = extensions.join(", ");
        parts.push(say!(
            "unread-of-other-kinds",
            n = others,
            extensions = extensions,
            more = more
        ));
    }
    parts
}

/// So many files that gave nothing for a reason, in words, with the cure.
fn phrase(reason: &str, files: u64) -> String {
    match reason {
        "damaged" => say!("unread-damaged", n = files),
        "no_text_layer" => say!("unread-no-text-layer", n = files),
        "locked" => say!("unread-locked", n = files),
        "reader_stopped" => say!("unread-reader-stopped", n = files),
        "too_large" => say!("unread-too-large", n = files),
        "not_text" => say!("unread-not-text", n = files),
        "consent_page" => say!("unread-consent-page", n = files),
        "unreadable" => say!("unread-unreadable", n = files),
        "no_text" => say!("unread-no-text", n = files),
        "own_export" => say!("unread-own-export", n = files),
        _ => format!("{files} {}", in_words(reason)),
    }
}

/// The name of a reason in words.
fn in_words(reason: &str) -> String {
    match spoken() {
        UiLang::En => reason.replace('_', " "),
        UiLang::Fr => say!("unread-reason", reason = reason),
    }
}

/// Every file that was not read, or only in part, and why.
pub fn write_list(out: &mut Output, unread: &Unread) -> Result<()> {
    if unread.is_empty() {
        writeln!(out, "{}", say!("unread-nothing"))?;
    }
    for (path, file) in &unread.files {
        let line = out.safe(&format!("{path}: {}", reason(file))).into_owned();
        writeln!(out, "{line}")?;
        for sample in &file.samples {
            let sample = say!("unread-sample", text = out.safe(sample));
            writeln!(out, "    {sample}")?;
        }
    }
    if unread.more_files > 0 {
        writeln!(out, "{}", say!("unread-and-more", n = unread.more_files))?;
    }
    for (extension, kind) in unread.kinds.values().flatten() {
        let cure = cure(extension)
            .map(|cure| format!(" ({})", localized(cure)))
            .unwrap_or_default();
        for path in &kind.examples {
            let line = say!("unread-unsupported", path = path, cure = &cure);
            let line = out.safe(&line).into_owned();
            writeln!(out, "{line}")?;
        }
        let more = kind.files.saturating_sub(kind.examples.len() as u64);
        if more > 0 {
            let line = say!(
                "unread-more-of-kind",
                n = more,
                extension = extension,
                cure = &cure
            );
            let line = out.safe(&line).into_owned();
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Why a file was not read, or what of it is missing.
fn reason(file: &Shortfall) -> String {
    let mut parts = Vec::new();
    if file.is_partial() {
        parts.push(say!("unread-words", n = file.unaccounted, all = file.visible));
    }
    if file.skipped > 0 {
        let what = match file.is_nothing() {
            true => {
                let reasons = file.reasons.iter().map(|reason| in_words(reason));
                reasons.collect::<Vec<_>>().join(", ")
            }
            false => say!("unread-records-skipped", n = file.skipped),
        };
        parts.push(match file.detail.as_str() {
            "" => what,
            detail => say!("unread-what", what = what, detail = localized(detail)),
        });
    }
    parts.join("; ")
}
