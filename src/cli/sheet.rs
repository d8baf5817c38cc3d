//! A sheet of events as people keep it: which column is which, and its rows.

use super::args::CompareArgs;
use anyhow::{Result, bail};
use csv::StringRecord;
use griot::corpus;
use griot::date::{typed, written};
use griot::french::fold;
use griot::index::{IndexDir, SheetColumns, corrections::delimiter, keep_sheet_columns, sheet_columns};
use griot::search::SheetRow;
use griot::{msg, say};
use std::path::Path;

/// Names of columns that need not be said: of ACLED, and of sheets in French and English.
const DATES: [&str; 5] = [
    "event_date",
    "date",
    "date de l'événement",
    "date événement",
    "jour",
];
const PLACES: [&str; 6] = ["location", "lieu", "localite", "place", "village", "commune"];
const LATITUDES: [&str; 3] = ["latitude", "lat", "y"];
const LONGITUDES: [&str; 4] = ["longitude", "lon", "long", "x"];
const IDS: [&str; 4] = ["event_id_cnty", "event_id", "id", "numero"];

/// A sheet as it was read.
pub struct Sheet {
    pub rows: Vec<SheetRow>,
    /// Rows that can't be compared, with their line and why.
    pub faults: Vec<(usize, String)>,
}

/// Reads a sheet; what is said of its columns is kept for the next time.
pub fn read(place: &IndexDir, args: &CompareArgs) -> Result<Sheet> {
    let bytes = super::files::read(&args.file)?;
    let text =
        corpus::decoded(bytes).map_err(|message| anyhow::anyhow!("{}: {message}", args.file.display()))?;
    let head = text.lines().next().unwrap_or_default();
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter(head))
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = table
        .headers()?
        .iter()
        .map(|name| name.trim().to_string())
        .collect();
    let columns = columns(place, args, &header)?;
    let at = |name: &str| header.iter().position(|column| fold(column) == fold(name));
    let optional = |name: &Option<String>| name.as_deref().and_then(at);
    let cells = Cells {
        date: at(&columns.date),
        place: at(&columns.place),
        lat: optional(&columns.lat),
        lon: optional(&columns.lon),
        id: optional(&columns.id),
    };
    let mut sheet = Sheet {
        rows: Vec::new(),
        faults: Vec::new(),
    };
    for record in table.records() {
        match record {
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(record) => {
                let line = record.position().map_or(0, |p| p.line() as usize);
                match cells.row(line, &record) {
                    Ok(row) => sheet.rows.push(row),
                    Err(what) => sheet.faults.push((line, what)),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line() as usize);
                sheet.faults.push((line, error.to_string()));
            }
        }
    }
    Ok(sheet)
}

/// Which column is which: as said now, as said before of a sheet with this header, else by their names.
fn columns(place: &IndexDir, args: &CompareArgs, header: &[String]) -> Result<SheetColumns> {
    let before = sheet_columns(place, header)?.unwrap_or_default();
    let said = |now: &Option<String>, before: Option<String>, names: &[&str]| {
        let by_name = || {
            let found = names
                .iter()
                .find_map(|name| header.iter().find(|column| fold(column) == fold(name)));
            found.cloned()
        };
        now.clone()
            .or_else(|| before.filter(|name| !name.is_empty()))
            .or_else(by_name)
    };
    let (date, of_place) = (
        said(&args.date, Some(before.date), &DATES),
        said(&args.place, Some(before.place), &PLACES),
    );
    let list = || header.join(", ");
    let (Some(date), Some(of_place)) = (date, of_place) else {
        bail!(msg!("compare-name-columns", columns = list()));
    };
    let columns = SheetColumns {
        date,
        place: of_place,
        lat: said(&args.lat, before.lat, &LATITUDES),
        lon: said(&args.lon, before.lon, &LONGITUDES),
        id: said(&args.id, before.id, &IDS),
    };
    let optional = [&columns.lat, &columns.lon, &columns.id].into_iter().flatten();
    for name in [&columns.date, &columns.place].into_iter().chain(optional) {
        if !header.iter().any(|column| fold(column) == fold(name)) {
            bail!(msg!("compare-no-column", name = name, columns = list()));
        }
    }
    keep(place, args, header, &columns);
    Ok(columns)
}

/// Keeps what was said of the columns. Where the index may only be read, it is said again the next time.
fn keep(place: &IndexDir, args: &CompareArgs, header: &[String], columns: &SheetColumns) {
    let said = [&args.date, &args.place, &args.lat, &args.lon, &args.id];
    if said.iter().any(|name| name.is_some())
        && let Err(error) = keep_sheet_columns(place, header, columns)
    {
        let error = error.message().said();
        super::terminal::detail(&say!("compare-not-kept", error = error));
    }
}

/// Where a row has what.
struct Cells {
    date: Option<usize>,
    place: Option<usize>,
    lat: Option<usize>,
    lon: Option<usize>,
    id: Option<usize>,
}

impl Cells {
    /// A row; else what is wrong with it.
    fn row(&self, line: usize, record: &StringRecord) -> Result<SheetRow, String> {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let (date, place) = (cell(self.date), cell(self.place));
        let read = typed::date(date).or_else(|| written::of_text(date));
        let read = read.ok_or_else(|| say!("compare-bad-date", date = date))?;
        let degrees = |at: Option<usize>, most: f64| -> Result<Option<f64>, String> {
            let text = cell(at);
            if text.is_empty() {
                return Ok(None);
            }
            let number = text.replace(',', ".").parse::<f64>().ok();
            let number = number.filter(|degrees| degrees.abs() <= most);
            number
                .map(Some)
                .ok_or_else(|| say!("compare-bad-degrees", text = text))
        };
        let coordinates = degrees(self.lat, 90.0)?.zip(degrees(self.lon, 180.0)?);
        if place.is_empty() && coordinates.is_none() {
            return Err(say!("compare-no-place"));
        }
        Ok(SheetRow {
            line,
            id: Some(cell(self.id)).filter(|id| !id.is_empty()).map(String::from),
            date: read,
            place: place.to_string(),
            coordinates,
        })
    }
}

/// A file by its name, for what is said of it.
pub fn name(file: &Path) -> String {
    file.display().to_string()
}
