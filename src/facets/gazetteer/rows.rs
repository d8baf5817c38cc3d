//! The lines of `regions.tsv`.

use super::place::{Kind, flag};
use crate::error::{Error, Result};
use crate::facet_path::FacetPath;

/// A line that names a place.
pub(super) struct Row<'a> {
    pub line: usize,
    pub kind: Kind,
    pub columns: [&'a str; 9],
}

impl Row<'_> {
    /// An error in this row of `file`.
    pub fn wrong(&self, file: &str, message: String) -> Error {
        wrong(file, self.line, message)
    }

    /// How many levels lie above the row's place: none to two.
    pub fn depth(&self) -> usize {
        let parent = self.columns[2];
        if parent.is_empty() {
            0
        } else {
            FacetPath::new(parent).depth().min(2)
        }
    }

    /// The bits of the row's `flags`.
    pub fn flags(&self, file: &str) -> Result<u8> {
        let mut flags = 0;
        for word in self.columns[8].split([' ', ';', ',']).filter(|w| !w.is_empty()) {
            flags |= match word {
                "ambiguous" => flag::AMBIGUOUS,
                "common" => flag::COMMON,
                "homonym" => flag::HOMONYM,
                "metonym" => flag::METONYM,
                "zone" => flag::ZONE,
                "approx" => flag::APPROX,
                _ => {
                    return Err(self.wrong(
                        file,
                        format!(
                            "unknown flag “{word}”; write ambiguous, common, homonym, metonym, zone or approx"
                        ),
                    ));
                }
            };
        }
        Ok(flags)
    }

    /// The row's latitude and longitude, not a number where they are unknown.
    pub fn coordinates(&self, file: &str) -> Result<(f32, f32)> {
        let degrees = |text: &str, limit: f32| match text.parse::<f32>() {
            Ok(degrees) if degrees.abs() <= limit => Ok(degrees),
            _ if text.is_empty() => Ok(f32::NAN),
            _ => Err(self.wrong(
                file,
                format!("“{text}” is not a coordinate; write degrees like 16.27, or nothing"),
            )),
        };
        Ok((degrees(self.columns[5], 90.0)?, degrees(self.columns[6], 180.0)?))
    }
}

fn wrong(file: &str, line: usize, message: String) -> Error {
    Error::Lexicon {
        file: file.into(),
        line,
        message,
    }
}

/// The rows of a file, checked one by one.
pub(super) fn rows<'a>(file: &str, text: &'a str) -> Result<Vec<Row<'a>>> {
    let mut rows = Vec::new();
    let mut header = false;
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = [""; 9];
        let mut count = 0;
        for column in line.split('\t') {
            if let Some(slot) = columns.get_mut(count) {
                *slot = column.trim();
            }
            count += 1;
        }
        if !header && columns[0] == "name" && columns[1] == "kind" {
            header = true;
            continue;
        }
        if !(3..=9).contains(&count) {
            return Err(wrong(
                file,
                line_number,
                format!("{count} columns; write 3 to 9, separated by tabs: name, kind, parent, …"),
            ));
        }
        if columns[0].is_empty() {
            return Err(wrong(
                file,
                line_number,
                "no name in the first column; write one".into(),
            ));
        }
        let Some(kind) = Kind::parse(columns[1]) else {
            return Err(wrong(
                file,
                line_number,
                format!(
                    "unknown kind “{}”; the head of regions.tsv lists them",
                    columns[1]
                ),
            ));
        };
        rows.push(Row {
            line: line_number,
            kind,
            columns,
        });
    }
    Ok(rows)
}
