//! Tables of decisions as griot keeps them beside the generations.

use super::decision::{Action, COLUMNS, Correction, MORE_COLUMNS};
use csv::StringRecord;
use std::io;

/// The columns that a withdrawn decision has beside its own: when, by whom and by which call of griot it was withdrawn.
const WITHDRAWN: [&str; 3] = ["until", "until_by", "until_call"];

/// A decision that holds no more: it was withdrawn, or a later one made it void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub correction: Correction,
    pub until: String,
    pub by: String,
    /// Number of the call that withdrew it.
    pub call: u64,
}

/// A table with the names of its columns.
struct Table<'t> {
    header: StringRecord,
    reader: csv::Reader<&'t [u8]>,
}

impl<'t> Table<'t> {
    fn of(bytes: &'t [u8]) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().map_err(|e| e.to_string())?.clone();
        Ok(Self { header, reader })
    }

    fn rows<T>(self, row: impl Fn(&Cells<'_>) -> Result<T, String>) -> Result<Vec<T>, String> {
        let Self { header, mut reader } = self;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| e.to_string())?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells = Cells {
                header: &header,
                record: &record,
            };
            rows.push(row(&cells).map_err(|what| format!("line {line}: {what}"))?);
        }
        Ok(rows)
    }
}

struct Cells<'r> {
    header: &'r StringRecord,
    record: &'r StringRecord,
}

impl Cells<'_> {
    /// A cell; nothing where there is no such column.
    fn get(&self, column: &str) -> String {
        let at = self.header.iter().position(|name| name == column);
        let cell = at.and_then(|at| self.record.get(at));
        cell.unwrap_or_default().to_string()
    }

    fn number(&self, column: &str) -> Result<u64, String> {
        match self.get(column).as_str() {
            "" => Ok(0),
            text => text.parse().map_err(|_| format!("{column} is no number")),
        }
    }

    fn correction(&self) -> Result<Correction, String> {
        for column in &COLUMNS[..3] {
            if !self.header.iter().any(|name| name == *column) {
                return Err(format!("there is no column {column}"));
            }
        }
        let name = self.get("action");
        let action = Action::named(&name).ok_or_else(|| format!("“{name}” is not an action"))?;
        Ok(Correction {
            note: self.get("note"),
            passage: self.get("passage"),
            by: self.get("by"),
            at: self.get("at"),
            content: self.get("content"),
            title: self.get("title"),
            call: self.number("call")?,
            ..Correction::new(&self.get("id"), &self.get("facet"), action, &self.get("value"))
        })
    }
}

/// The rows of the table as it is kept, of this form or that of before decisions were bound to what articles say.
pub fn rows(table: &[u8]) -> Result<Vec<Correction>, String> {
    Table::of(table)?.rows(|cells| cells.correction())
}

/// The rows of the table of decisions that hold no more.
pub fn withdrawn_rows(table: &[u8]) -> Result<Vec<Withdrawn>, String> {
    Table::of(table)?.rows(|cells| {
        Ok(Withdrawn {
            correction: cells.correction()?,
            until: cells.get(WITHDRAWN[0]),
            by: cells.get(WITHDRAWN[1]),
            call: cells.number(WITHDRAWN[2])?,
        })
    })
}

/// Writes decisions as a table; with the columns of before where nobody needs more.
pub fn write(all: &[Correction], out: &mut impl io::Write) -> io::Result<()> {
    let plain = |c: &Correction| c.cells()[COLUMNS.len()..].iter().all(String::is_empty);
    let width = match all.iter().all(plain) {
        true => COLUMNS.len(),
        false => COLUMNS.len() + MORE_COLUMNS.len(),
    };
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS.iter().chain(&MORE_COLUMNS).take(width))?;
    for correction in all {
        table.write_record(&correction.cells()[..width])?;
    }
    table.flush()
}

/// Writes decisions that hold no more as a table.
pub fn write_withdrawn(all: &[Withdrawn], out: &mut impl io::Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS.iter().chain(&MORE_COLUMNS).chain(&WITHDRAWN))?;
    for withdrawn in all {
        let call = withdrawn.call.to_string();
        let more = [&withdrawn.until, &withdrawn.by, &call];
        table.write_record(withdrawn.correction.cells().iter().chain(more))?;
    }
    table.flush()
}
