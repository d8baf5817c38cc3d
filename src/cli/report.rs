//! `griot index --report FILE`: every file and what became of it, as CSV or, if the file is called so, JSON
//! lines.
//!
//! In CSV the rows of kind `file` are as many as the files on the disk (those of folders left out whole stand
//! as one `folder`); those of kind `skipped` and `warning` name what in a file was lost, or indexed with
//! something lost.

use anyhow::Result;
use griot::corpus::Account;
use griot::index::{FileAudit, Report, SkippedFile};
use griot::tabular::Sheet;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

const COLUMNS: [&str; 17] = [
    "kind",
    "path",
    "line",
    "record",
    "status",
    "reason",
    "detail",
    "format",
    "encoding",
    "articles",
    "skipped",
    "metadata",
    "copies",
    "words",
    "in_articles",
    "left_out",
    "unaccounted",
];

/// Writes the report of a run that listed its files.
pub fn write(path: &Path, sheet: Sheet, report: &Report) -> Result<()> {
    let mut file = super::files::NewFile::begin(path)?;
    let is_json = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if is_json {
        json_lines(&mut file, report)?
    } else {
        csv(&mut file, sheet, report)?
    }
    file.finish()
}

fn csv(file: &mut impl Write, sheet: Sheet, report: &Report) -> Result<()> {
    sheet.head(file, COLUMNS)?;
    for audit in report.files.iter().flatten() {
        file_row(file, sheet, audit)?;
    }
    for (kind, status, records) in [
        ("skipped", "skipped", &report.skipped),
        ("warning", "indexed", &report.warnings),
    ] {
        for record in records {
            record_row(file, sheet, [kind, status], record)?;
        }
    }
    Ok(())
}

/// The row of a file, or of a folder.
fn file_row(file: &mut impl Write, sheet: Sheet, audit: &FileAudit) -> Result<()> {
    let [articles, copies, skipped] = [audit.articles, audit.copies, audit.skipped].map(|n| n.to_string());
    let (reasons, metadata) = (audit.reasons.join(";"), audit.metadata.describe());
    let words = words(audit.words.as_ref());
    let kind = match audit.path.ends_with('/') {
        true => "folder",
        false => "file",
    };
    let row = [
        kind,
        &audit.path,
        "",
        "",
        audit.status.name(),
        &reasons,
        "",
        audit.format,
        audit.encoding.unwrap_or_default(),
        &articles,
        &skipped,
        &metadata,
        &copies,
        &words[0],
        &words[1],
        &words[2],
        &words[3],
    ];
    Ok(sheet.record(file, row)?)
}

/// The row of a record that was skipped, or in which something is wrong: the columns of files are empty.
fn record_row(
    file: &mut impl Write,
    sheet: Sheet,
    [kind, status]: [&str; 2],
    record: &SkippedFile,
) -> Result<()> {
    let [line, number] = [record.line, record.record].map(|n| n.map(|n| n.to_string()).unwrap_or_default());
    let cells = [
        kind,
        &record.path,
        &line,
        &number,
        status,
        &record.reason,
        &record.detail,
    ];
    let mut row = [""; COLUMNS.len()];
    row[..cells.len()].copy_from_slice(&cells);
    Ok(sheet.record(file, row)?)
}

/// The words that people see in a file, those in its articles, those left out by reason, and the others.
fn words(account: Option<&Account>) -> [String; 4] {
    account.map_or_else(Default::default, |account| {
        let by_reason = account.left_out.iter();
        let by_reason: Vec<String> = by_reason
            .map(|(reason, words)| format!("{} {words}", reason.name()))
            .collect();
        [
            account.visible.to_string(),
            account.in_articles.to_string(),
            by_reason.join("; "),
            account.unaccounted.to_string(),
        ]
    })
}

/// A line a file, with what of it was skipped and warned of; members of archives stand with their archive.
fn json_lines(file: &mut impl Write, report: &Report) -> Result<()> {
    let files: Vec<&FileAudit> = report.files.iter().flatten().collect();
    let of = |records: &'_ [SkippedFile]| {
        let mut by_file: BTreeMap<usize, Vec<serde_json::Value>> = BTreeMap::new();
        for record in records {
            let owner = Path::new(&record.path).ancestors().find_map(|path| {
                let path = path.to_str()?;
                files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
            });
            if let Some(at) = owner {
                by_file.entry(at).or_default().push(json!(record));
            }
        }
        by_file
    };
    let (mut skipped, mut warnings) = (of(&report.skipped), of(&report.warnings));
    for (at, audit) in files.iter().enumerate() {
        let mut row = json!(audit);
        for (key, records) in [
            ("skipped_records", skipped.remove(&at)),
            ("warning_records", warnings.remove(&at)),
        ] {
            if let Some(records) = records {
                row[key] = json!(records);
            }
        }
        writeln!(file, "{row}")?;
    }
    Ok(())
}
