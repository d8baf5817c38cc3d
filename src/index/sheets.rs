//! Which columns of which sheets hold what: said once, and kept beside the index by the first line of the sheet.

use super::layout::IndexDir;
use super::{companion, versions};
use crate::error::{Error, Result};
use crate::french::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the file.
pub(super) const FILE: &str = "sheets.json";

/// Sheets that are remembered at most.
const KEPT: usize = 200;

/// The names of the columns of a sheet of events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetColumns {
    pub date: String,
    pub place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// The file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Sheets {
    version: u32,
    /// By the names of all columns.
    sheets: BTreeMap<String, SheetColumns>,
}

/// A sheet by the names of its columns.
fn key(header: &[String]) -> String {
    let names: Vec<String> = header.iter().map(|name| fold(name)).collect();
    names.join("\u{1f}")
}

fn read(index_dir: &IndexDir) -> Result<Sheets> {
    let Some(content) = versions::read(index_dir, FILE, &versions::is_json)? else {
        return Ok(Sheets::default());
    };
    let damaged = |e: serde_json::Error| Error::damaged(&index_dir.path.join(FILE), e);
    serde_json::from_slice(&content.bytes).map_err(damaged)
}

/// The columns that were said of a sheet with this header.
///
/// # Errors
/// [`Error::Io`], [`Error::Damaged`].
pub fn sheet_columns(index_dir: &IndexDir, header: &[String]) -> Result<Option<SheetColumns>> {
    Ok(read(index_dir)?.sheets.remove(&key(header)))
}

/// Keeps what was said of a sheet.
///
/// # Errors
/// [`Error::Io`], [`Error::Damaged`].
pub fn keep_sheet_columns(index_dir: &IndexDir, header: &[String], columns: &SheetColumns) -> Result<()> {
    if sheet_columns(index_dir, header)?.as_ref() == Some(columns) {
        return Ok(());
    }
    let _changing = companion::lock(&index_dir.path)?;
    let mut sheets = read(index_dir)?;
    sheets.version = 1;
    if sheets.sheets.len() >= KEPT {
        sheets.sheets.pop_first();
    }
    sheets.sheets.insert(key(header), columns.clone());
    versions::write(index_dir, FILE, &serde_json::to_vec_pretty(&sheets)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_remembered_by_the_header() {
        let dir = tempfile::tempdir().expect("a folder");
        let place = IndexDir::at(dir.path());
        let header = |names: &[&str]| names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
        let (one, other) = (header(&["Date", "Lieu"]), header(&["Date", "Commune"]));
        let columns = SheetColumns {
            date: "Date".into(),
            place: "Lieu".into(),
            ..SheetColumns::default()
        };
        assert_eq!(sheet_columns(&place, &one).expect("none"), None);
        keep_sheet_columns(&place, &one, &columns).expect("kept");
        assert_eq!(
            sheet_columns(&place, &header(&["date", "lieu"])).expect("kept"),
            Some(columns)
        );
        assert_eq!(sheet_columns(&place, &other).expect("none"), None);
    }

    fn sheet(number: usize) -> (Vec<String>, SheetColumns) {
        let columns = SheetColumns {
            date: format!("date {number}"),
            place: "lieu".into(),
            ..SheetColumns::default()
        };
        (vec![columns.date.clone(), "lieu".into()], columns)
    }

    #[test]
    fn of_sheets_that_are_kept_at_once_none_is_lost() {
        let dir = tempfile::tempdir().expect("a folder");
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let dir = dir.path();
                scope.spawn(move || {
                    for number in 0..10 {
                        let (header, columns) = sheet(10 * thread + number);
                        keep_sheet_columns(&IndexDir::at(dir), &header, &columns).expect("kept");
                    }
                });
            }
        });
        let place = IndexDir::at(dir.path());
        for number in 0..40 {
            let (header, columns) = sheet(number);
            assert_eq!(
                sheet_columns(&place, &header).expect("read"),
                Some(columns),
                "{number}"
            );
        }
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_kept() {
        use crate::faults::injected::{Kind, Plan};
        let dir = tempfile::tempdir().expect("a folder");
        let place = IndexDir::at(dir.path());
        let ((first, columns), (second, others)) = (sheet(1), sheet(2));
        keep_sheet_columns(&place, &first, &columns).expect("kept");
        let mut failed = 0;
        loop {
            let plan = Plan::begin(dir.path(), Kind::Writes, failed + 1, false);
            let outcome = keep_sheet_columns(&place, &second, &others);
            if plan.end().is_none() {
                outcome.expect("nothing has failed");
                break;
            }
            outcome.expect_err("it failed");
            failed += 1;
            let known = sheet_columns(&place, &first).expect("read");
            assert_eq!(known.as_ref(), Some(&columns), "write {failed}");
            let new = sheet_columns(&place, &second).expect("read");
            // The folder is flushed last: then it may be there, but isn't certain to stay.
            assert!(new.is_none_or(|new| new == others), "write {failed}");
            if sheet_columns(&place, &second).expect("read").is_some() {
                std::fs::remove_file(dir.path().join(FILE)).expect("removed");
                std::fs::remove_dir_all(dir.path().join(versions::FOLDER)).expect("removed");
                keep_sheet_columns(&place, &first, &columns).expect("kept");
            }
        }
        assert!(failed >= 4, "{failed}");
    }

    /// What the first griot that remembered columns wrote.
    #[test]
    fn the_first_form_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let text = "{\n  \"version\": 1,\n  \"sheets\": {\n    \"jour\\u001fou\": {\n      \"date\": \"Jour\",\n      \"place\": \"Où\"\n    }\n  }\n}";
        std::fs::write(dir.path().join(FILE), text).expect("written");
        let header = ["Jour".to_string(), "Où".to_string()];
        let known = sheet_columns(&IndexDir::at(dir.path()), &header).expect("read");
        assert_eq!(known.map(|columns| columns.place), Some("Où".into()));
    }
}
