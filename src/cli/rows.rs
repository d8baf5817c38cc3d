//! Where the rows of an export go: a line of JSON each, CSV, a spreadsheet, GeoJSON.
//!
//! A format for rows is a variant of [`RowFormat`], and an arm of each function here.

use super::formats::RowFormat;
use super::output::{Output, notify};
use anyhow::Result;
use griot::date::PartialDate;
use griot::export::spreadsheet::{Content, Spreadsheet};
use griot::say;
use griot::tabular::{Columns, Sheet, cell, feature, joined, value};
use serde_json::{Map, Value};
use std::io::{BufWriter, Write};

/// Columns with dates, and with addresses, whatever the rows are of.
const DATES: [&str; 6] = [
    "date",
    "event_date",
    "published",
    "group_date",
    "first_report",
    "last_report",
];
const LINKS: [&str; 1] = ["url"];

/// The first and the last day that the date of an event may mean: in spreadsheets only, where a month or a night is text.
const DAYS: [&str; 2] = ["event_from", "event_to"];

/// Rows under way.
pub struct RowSink<'o, 'f> {
    out: BufWriter<&'o mut Output>,
    columns: Vec<String>,
    table: &'o Columns<'f>,
    sheet: Sheet,
    writing: Writing,
    written: u64,
}

enum Writing {
    Jsonl,
    Csv,
    Xlsx(Box<Spreadsheet>),
    Geojson,
}

impl<'o, 'f> RowSink<'o, 'f> {
    /// Begins a result; `name` is that of the sheet.
    pub fn begin(
        out: &'o mut Output,
        format: RowFormat,
        (name, mut columns): (&str, Vec<String>),
        table: &'o Columns<'f>,
    ) -> Result<Self> {
        if format == RowFormat::Xlsx
            && let Some(at) = columns.iter().position(|column| column == "event_date")
        {
            columns.splice(at + 1..at + 1, DAYS.map(String::from));
        }
        let sheet = out.sheet;
        let mut out = BufWriter::new(out);
        let writing = match format {
            RowFormat::Jsonl => Writing::Jsonl,
            RowFormat::Csv => {
                sheet.head(&mut out, columns.iter().map(String::as_str))?;
                Writing::Csv
            }
            RowFormat::Xlsx => Writing::Xlsx(Box::new(Spreadsheet::begin(name, &columns)?)),
            RowFormat::Geojson => {
                write!(
                    out,
                    "{{\"type\":\"FeatureCollection\",\"name\":\"events\",\"features\":["
                )?;
                Writing::Geojson
            }
        };
        Ok(Self {
            out,
            columns,
            table,
            sheet,
            writing,
            written: 0,
        })
    }

    /// Writes a row.
    pub fn add(&mut self, row: Map<String, Value>) -> Result<()> {
        let (out, table) = (&mut self.out, self.table);
        match &mut self.writing {
            Writing::Jsonl => writeln!(out, "{}", Value::Object(row))?,
            Writing::Csv => {
                let cells = self.columns.iter().map(|column| cell(table, &row, column));
                self.sheet.record(out, cells)?;
            }
            Writing::Xlsx(file) => {
                let contents = self.columns.iter().map(|column| content(table, &row, column));
                file.add(contents)?;
            }
            Writing::Geojson => {
                let comma = if self.written > 0 { "," } else { "" };
                write!(out, "{comma}\n{}", feature(row))?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// Ends the result; gives the number of its rows.
    pub fn finish(mut self) -> Result<u64> {
        match self.writing {
            Writing::Jsonl | Writing::Csv => {}
            Writing::Geojson => writeln!(self.out, "\n]}}")?,
            Writing::Xlsx(file) => {
                let cut = file.finish(&mut self.out)?;
                if cut > 0 {
                    notify(&say!("option-cells-cut", n = cut));
                }
            }
        }
        self.out.flush()?;
        Ok(self.written)
    }
}

fn content(table: &Columns<'_>, row: &Map<String, Value>, column: &str) -> Option<Content> {
    if let Some(end) = DAYS.iter().position(|days| *days == column) {
        return day(row, end);
    }
    let text = |text: String| Some(Content::Text(text));
    match value(table, row, column)? {
        Value::String(date) if DATES.contains(&column) => match date.parse::<PartialDate>() {
            Ok(date) => Some(Content::Date(date)),
            Err(_) => text(date.clone()),
        },
        Value::String(address) if LINKS.contains(&column) => Some(Content::Link(address.clone())),
        Value::String(words) if words.is_empty() => None,
        Value::String(words) => text(words.clone()),
        Value::Number(number) => number.as_f64().map(Content::Number),
        // A mark that is the exception: a column full of "false" hides it.
        Value::Bool(true) => text("true".into()),
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => text(joined(values)),
        _ => None,
    }
}

/// The first day that the date of an event may mean, or the last; none where the year is unknown.
fn day(row: &Map<String, Value>, end: usize) -> Option<Content> {
    let date = row.get("event_date")?.as_str()?;
    // One date, or the first and the last of a night.
    let mut ends = date.split('/');
    let part = if end == 0 { ends.next() } else { ends.next_back() };
    let (first, last) = part?.parse::<PartialDate>().ok()?.interval();
    let days = if end == 0 { first } else { last };
    Some(Content::Date(PartialDate::from_days(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cell_holds_what_its_column_is_for() {
        let table = Columns::new(&[]);
        let row = json!({
            "date": "2024-03-05", "event_date": "XXXX-03-05", "url": "https://ex.ml", "killed": 3, "actors": ["A", "B"],
            "killed_text": "", "place": "Gao",
        });
        let row = row.as_object().expect("an object");
        let of = |column: &str| content(&table, row, column);
        let date = PartialDate::new(2024, Some(3), Some(5)).expect("a date");
        assert_eq!(of("date"), Some(Content::Date(date)));
        assert_eq!(of("event_date"), Some(Content::Text("XXXX-03-05".into())));
        assert_eq!(of("url"), Some(Content::Link("https://ex.ml".into())));
        assert_eq!(of("killed"), Some(Content::Number(3.0)));
        assert_eq!(of("actors"), Some(Content::Text("A;B".into())));
        assert_eq!((of("killed_text"), of("wounded")), (None, None));
        assert_eq!((of("event_from"), of("event_to")), (None, None));
        let days = |date: &str| {
            let row = json!({ "event_date": date });
            let row = row.as_object().expect("an object").clone();
            DAYS.map(|column| match content(&table, &row, column) {
                Some(Content::Date(date)) => date.to_string(),
                other => format!("{other:?}"),
            })
        };
        assert_eq!(days("2024-02"), ["2024-02-01", "2024-02-29"]);
        assert_eq!(days("2024-03-05/2024-03-06"), ["2024-03-05", "2024-03-06"]);
    }
}
