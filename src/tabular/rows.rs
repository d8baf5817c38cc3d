//! Rows of an export: their columns, and each row as a record of CSV, a line of JSON or a feature of GeoJSON.

use super::cells::{Cell, Sheet};
use super::columns::Columns;
use crate::corpus::{EXPORT_MARK, ROW_ENDS, row_of};
use crate::error::Result;
use crate::search::{ExportRow, FacetInfo, Rows};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Columns of `--rows events`, in the order of its JSON form; those of the facets of names stand between
/// them.
const EVENTS: [&str; 11] = [
    "event_date",
    "date_precision",
    "place",
    "place_kind",
    "cercle",
    "region",
    "region_old",
    "country",
    "latitude",
    "longitude",
    "coordinates",
];
const EVENTS_END: [&str; 41] = [
    "by",
    "by_text",
    "by_basis",
    "by_sentence",
    "against",
    "against_text",
    "killed",
    "killed_at_least",
    "killed_at_most",
    "killed_about",
    "killed_joint",
    "killed_source",
    "killed_text",
    "wounded",
    "wounded_at_least",
    "wounded_at_most",
    "wounded_about",
    "wounded_joint",
    "wounded_source",
    "wounded_text",
    "abducted",
    "abducted_at_least",
    "abducted_at_most",
    "abducted_about",
    "abducted_joint",
    "abducted_source",
    "abducted_text",
    "figures",
    "status",
    "place_rule",
    "date_rule",
    "confidence",
    "passage",
    "passage_part",
    "passage_start",
    "passage_end",
    "title",
    "date",
    "source",
    "url",
    "id",
];

/// Columns of `--rows mentions`.
const MENTIONS: [&str; 14] = [
    "id", "facet", "value", "status", "rule", "part", "start", "end", "text", "sentence", "title", "date",
    "source", "url",
];

/// Columns of `--rows records`; those of the facets that are declared follow, then what asks griot to take rows as
/// they are.
const RECORDS: [&str; 9] = [
    "id",
    "title",
    "text",
    "date",
    "url",
    "source",
    "author",
    "lang",
    "from_text",
];

/// A table of an export's rows.
pub struct Table<'f> {
    rows: Rows,
    table: Columns<'f>,
    columns: Vec<String>,
}

impl<'f> Table<'f> {
    /// The table of such rows, of an index with these facets.
    pub fn new(rows: Rows, facets: &'f [FacetInfo]) -> Self {
        let table = Columns::new(facets);
        let columns = columns(rows, facets, &table);
        Self { rows, table, columns }
    }

    /// The heads of the columns.
    pub fn heads(&self) -> &[String] {
        &self.columns
    }

    /// What the columns of articles are.
    pub fn names(&self) -> &Columns<'f> {
        &self.table
    }

    /// A row as the columns have it.
    ///
    /// # Errors
    /// [`crate::Error::Json`].
    pub fn record(&self, row: ExportRow) -> Result<Map<String, Value>> {
        let row = object(row)?;
        Ok(match self.rows {
            Rows::Records => row_of(row, &self.columns),
            _ => row,
        })
    }

    /// A row as JSON has it.
    ///
    /// # Errors
    /// [`crate::Error::Json`].
    pub fn line(&self, row: ExportRow) -> Result<Map<String, Value>> {
        let row = object(row)?;
        Ok(match self.rows {
            Rows::Records => marked(row),
            _ => row,
        })
    }

    /// Writes the heads of the columns as CSV.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_head(&self, out: &mut dyn Write, sheet: Sheet) -> io::Result<()> {
        sheet.head(out, self.columns.iter().map(String::as_str))
    }

    /// Writes a row as CSV.
    ///
    /// # Errors
    /// Those of `out`, and of making JSON of a row.
    pub fn write_record(&self, out: &mut dyn Write, sheet: Sheet, row: ExportRow) -> io::Result<()> {
        let row = self.record(row).map_err(io::Error::other)?;
        sheet.record(
            out,
            self.columns.iter().map(|column| cell(&self.table, &row, column)),
        )
    }

    /// Writes a row as a line of JSON.
    ///
    /// # Errors
    /// Those of `out`, and of making JSON of a row.
    pub fn write_line(&self, out: &mut dyn Write, row: ExportRow) -> io::Result<()> {
        let row = self.line(row).map_err(io::Error::other)?;
        writeln!(out, "{}", Value::Object(row))
    }
}

/// The heads of the columns of a table.
fn columns(rows: Rows, facets: &[FacetInfo], table: &Columns<'_>) -> Vec<String> {
    match rows {
        Rows::Articles | Rows::Texts => {
            let mut columns = with_others(facets, table.heads());
            columns.extend(["from_text".into(), "paths".into()]);
            columns.extend((rows == Rows::Texts).then(|| "text".into()));
            columns
        }
        Rows::Records => {
            let mut columns = with_others(facets, RECORDS.to_vec());
            columns.extend(ROW_ENDS.map(String::from));
            columns
        }
        Rows::Events => {
            let names = facets.iter().filter_map(|facet| facet.events_column.clone());
            let (before, after) = (EVENTS.map(String::from), EVENTS_END.map(String::from));
            before.into_iter().chain(names).chain(after).collect()
        }
        Rows::Mentions => MENTIONS.map(String::from).to_vec(),
    }
}

/// These heads, and those of the facets that aren't among them.
fn with_others<'f>(facets: &'f [FacetInfo], mut heads: Vec<&'f str>) -> Vec<String> {
    let names = facets.iter().map(|facet| facet.name.as_str());
    let others: Vec<&str> = names.filter(|name| !heads.contains(name)).collect();
    heads.extend(others);
    heads.into_iter().map(String::from).collect()
}

/// A record that says that it was exported, so that it isn't read by chance beside what it was made of.
fn marked(row: Map<String, Value>) -> Map<String, Value> {
    let mut marked = Map::from_iter([(EXPORT_MARK.to_string(), "records".into())]);
    marked.extend(row);
    marked
}

/// A row as JSON has it.
///
/// # Errors
/// [`crate::Error::Json`].
pub fn object(row: ExportRow) -> Result<Map<String, Value>> {
    match row {
        ExportRow::Record(row) => Ok(row),
        row => Ok(match serde_json::to_value(row)? {
            Value::Object(row) => row,
            // Every kind of row is an object.
            other => Map::from_iter([("row".to_string(), other)]),
        }),
    }
}

/// The value of a column.
pub fn value<'r>(table: &Columns<'_>, row: &'r Map<String, Value>, column: &str) -> Option<&'r Value> {
    if table.is_publication(column) {
        row.get("months")
            .or_else(|| row.get("month"))
            .or_else(|| row.get(column))
    } else {
        row.get(column)
    }
}

/// Values of a list in one cell.
pub fn joined(values: &[Value]) -> String {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(figure) => figure_in_words(figure),
        _ => None,
    };
    let values: Vec<String> = values.iter().filter_map(one).collect();
    values.join(";")
}

/// A further number of people as a cell has it: `41 morts (l'armée)`.
fn figure_in_words(figure: &Map<String, Value>) -> Option<String> {
    let words = figure.get("text")?.as_str()?;
    Some(match figure.get("source").and_then(Value::as_str) {
        Some(source) if !source.is_empty() => format!("{words} ({source})"),
        _ => words.to_string(),
    })
}

/// The value of a column as CSV has it.
pub fn cell(table: &Columns<'_>, row: &Map<String, Value>, column: &str) -> Cell {
    match value(table, row, column) {
        Some(Value::String(text)) => text.into(),
        Some(Value::Number(number)) => Cell::Number(number.to_string()),
        Some(Value::Array(values)) => joined(values).into(),
        // A mark that is the exception: a column full of "false" hides it.
        Some(Value::Bool(true)) => "true".into(),
        _ => "".into(),
    }
}

/// A row as a feature of GeoJSON (RFC 7946); one without coordinates has no geometry.
pub fn feature(mut row: Map<String, Value>) -> Value {
    let geometry = match (row.get("longitude"), row.get("latitude")) {
        (Some(Value::Number(longitude)), Some(Value::Number(latitude))) => {
            json!({"type": "Point", "coordinates": [longitude, latitude]})
        }
        _ => Value::Null,
    };
    row.remove("latitude");
    row.remove("longitude");
    json!({"type": "Feature", "geometry": geometry, "properties": row})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_figures_stand_in_one_cell() {
        let figures = [
            json!({"harm": "killed", "n": 41, "text": "41 morts", "source": "l'armée"}),
            json!({"harm": "wounded", "n": 3, "text": "trois blessés", "source": ""}),
        ];
        assert_eq!(joined(&figures), "41 morts (l'armée);trois blessés");
    }

    #[test]
    fn what_has_no_coordinates_has_no_geometry() {
        let row = Map::from_iter([("place".to_string(), Value::from("X"))]);
        assert_eq!(feature(row)["geometry"], Value::Null);
    }
}
