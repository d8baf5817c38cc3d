//! What a comparison of a sheet of coded events with the archive gives.

use crate::date::{Edtf, PartialDate};
use crate::search::request::SheetRow;
use serde::Serialize;

/// A sheet compared with the archive.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Each row of the sheet, in its order.
    pub rows: Vec<ComparedRow>,
    /// The reports of events within the time of the sheet that no row is about, by date.
    pub without_row: Vec<SheetReport>,
}

/// A row of the sheet with its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedRow {
    pub row: SheetRow,
    /// The paths that the gazetteer knows its place by; none where it knows none of that name.
    pub known_as: Vec<String>,
    /// The nearest first.
    pub reports: Vec<MatchedReport>,
}

/// How the places of a row and of a report agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceMatch {
    /// By their coordinates.
    Near,
    /// By their names: one is in no gazetteer, or the coordinates differ by up to 50 kilometres.
    Name,
    /// The report names only a region or cercle that the place of the row lies in.
    Within,
}

impl PlaceMatch {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Name => "name",
            Self::Within => "within",
        }
    }
}

/// A report that a row may be about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchedReport {
    pub how: PlaceMatch,
    /// Kilometres between the places, where both have coordinates.
    pub km: Option<f64>,
    /// Days between the dates; 0 where they may be the same.
    pub days: i64,
    #[serde(flatten)]
    pub report: SheetReport,
}

/// A report of an event, as far as a comparison shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetReport {
    pub event_date: Option<Edtf>,
    pub place: String,
    pub region: Option<String>,
    pub killed: Option<u32>,
    pub confidence: f64,
    pub passage: String,
    pub title: String,
    pub date: Option<PartialDate>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub id: String,
}
