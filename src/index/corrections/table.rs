//! Tables of corrections as people write them.

use super::decision::{Action, COLUMNS, Correction};
use crate::corpus;
use csv::StringRecord;

/// A table of corrections as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The rows that can be understood, each with its line.
    pub rows: Vec<(usize, Correction)>,
    /// What is wrong with the others, and what to do: by line.
    pub faults: Vec<(usize, String)>,
    /// Who decides, where the rows don't say.
    pub by: String,
    /// Whether the rows are reports that are joined, or parted, with one another: they get one value.
    pub is_linked: bool,
}

impl Parsed {
    /// One correction that is in no table.
    pub fn one(correction: Correction) -> Self {
        Self {
            rows: vec![(0, correction)],
            ..Self::default()
        }
    }

    fn wrong(line: usize, what: String) -> Self {
        Self {
            faults: vec![(line, what)],
            ..Self::default()
        }
    }
}

/// What separates the columns of a table, by its first line: a comma, a semicolon or a tab.
pub fn delimiter(head: &str) -> u8 {
    let count = |d: u8| head.bytes().filter(|b| *b == d).count();
    // Of equal numbers, the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|d| count(*d))
        .unwrap_or(b',')
}

/// Reads the table of an analyst: columns id (or path), facet, action, value, note, in any order, with French
/// names or English; commas, semicolons or tabs; in whichever encoding articles may have. A faulty row is told, and the
/// others are read all the same.
pub fn parse(bytes: &[u8]) -> Parsed {
    // Excel saves a table called CSV in windows-1252, and one called Unicode text in UTF-16.
    let text = match corpus::decoded(bytes.to_vec()) {
        Ok(text) => text,
        Err(message) => return Parsed::wrong(1, message),
    };
    let head = text.lines().next().unwrap_or_default();
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter(head))
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = match table.headers() {
        Ok(header) => Columns::of(header),
        Err(error) => Err(error.to_string()),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(message) => return Parsed::wrong(1, message),
    };
    let mut found = Parsed::default();
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line() as usize);
                found.faults.push((line, error.to_string()));
                continue;
            }
        };
        let line = row.position().map_or(0, |p| p.line() as usize);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match columns.correction(&row) {
            Ok(correction) => found.rows.push((line, correction)),
            Err(message) => found.faults.push((line, message)),
        }
    }
    found
}

/// Where a table has what.
struct Columns {
    id: usize,
    facet: usize,
    action: Option<usize>,
    value: Option<usize>,
    note: Option<usize>,
    /// Those of a table that griot has written.
    passage: Option<usize>,
    by: Option<usize>,
    at: Option<usize>,
    content: Option<usize>,
    title: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, String> {
        let column = |names: &[&str]| {
            header
                .iter()
                .position(|name| names.contains(&crate::french::fold(name).as_str()))
        };
        let (Some(id), Some(facet)) = (
            column(&["id", "path", "chemin", "article", "fichier"]),
            column(&["facet", "facette"]),
        ) else {
            return Err(format!(
                "no columns id (or path) and facet; begin with a line {}",
                COLUMNS.join(",")
            ));
        };
        Ok(Self {
            id,
            facet,
            action: column(&["action"]),
            value: column(&["value", "valeur"]),
            note: column(&["note", "comment", "commentaire", "remarque"]),
            passage: column(&["passage"]),
            by: column(&["by", "par"]),
            at: column(&["at", "le"]),
            content: column(&["content"]),
            title: column(&["title"]),
        })
    }

    /// The correction of a row; else what is wrong with it.
    fn correction(&self, row: &StringRecord) -> Result<Correction, String> {
        let cell = |at: Option<usize>| {
            at.and_then(|at| row.get(at))
                .unwrap_or_default()
                .trim()
                .to_string()
        };
        let action = match cell(self.action).as_str() {
            "" => Action::Add,
            name => Action::named(name).ok_or_else(|| {
                format!("“{name}” is not an action; write add, remove, set, reset, join or part")
            })?,
        };
        let (id, facet) = (cell(Some(self.id)), cell(Some(self.facet)));
        let correction = Correction {
            note: cell(self.note),
            passage: cell(self.passage),
            by: cell(self.by),
            at: cell(self.at),
            content: cell(self.content),
            title: cell(self.title),
            ..Correction::new(&id, &facet, action, &cell(self.value))
        };
        if correction.article.is_empty() {
            return Err("no id; write one as `griot search` shows it, or a path".into());
        }
        if correction.value.is_empty() && action == Action::Join {
            return Err("nothing to join by; write a value, the same for all reports of the event".into());
        }
        if correction.value.is_empty() && matches!(action, Action::Add | Action::Set) {
            return Err(format!(
                "nothing to {}; write a value, or the action remove",
                action.name()
            ));
        }
        Ok(correction)
    }
}
