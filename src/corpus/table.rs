//! Tables: CSV and its kin, one article a row, the first row naming the columns in French or English.
//! Delimiter and encoding are found; a spreadsheet's line breaks within quotation marks stay.

use super::encoding::repair_utf8;
use super::rows::{LONGEST, Next, Quotes, Row, Rows, fields};
use super::{LeftOut, Location, Options, Output, SkipReason, clean, exported, keys, own_output, record};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// What stands between columns, in the order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Most columns of a header that make sense.
const MOST_COLUMNS: usize = 10_000;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let file = Location::default();
    let Some(mut text) = out.text(bytes)? else {
        return Ok(());
    };
    let mut before = blank_lines(&mut text)?;
    let head = String::from_utf8_lossy(text.fill_buf()?).into_owned();
    if head.trim().is_empty() {
        let _ = out.skip(file, SkipReason::Empty, "");
        return Ok(());
    }
    let named = named_delimiter(&head);
    let head = match named {
        Some(_) => {
            text.skip_until(b'\n')?;
            before += 1;
            head.split_once('\n').map_or("", |(_, rest)| rest)
        }
        None => head.as_str(),
    };
    let delimiter = named.unwrap_or_else(|| delimiter(head, options, out));
    let mut rows = Rows::new(text, delimiter, before);
    let columns = match rows.next()? {
        Next::Row(row) => {
            let names = row.fields.iter().map(|name| String::from_utf8_lossy(name));
            names.for_each(|name| out.leave_out(LeftOut::ColumnNames, &name));
            Table::new(&row, delimiter, out)
        }
        Next::End => Table::default(),
        Next::TooLong(line) => return too_long(at(line), out),
    };
    if out.leaves_out_exports() && own_output::is_table(&columns.names) {
        let _ = out.skip(file, SkipReason::OwnExport, own_output::CURE);
        return Ok(());
    }
    if columns.check(at(before + 1), out).is_break() {
        return Ok(());
    }
    columns.read_all(rows, options, out)
}

/// The delimiter that Excel names: `sep=;` on a line of its own.
fn named_delimiter(head: &str) -> Option<u8> {
    let line = head.lines().next()?;
    let named = line.trim_matches(['"', '\r']).strip_prefix("sep=")?;
    named.bytes().next()
}

fn at(line: usize) -> Location {
    Location {
        line: Some(line),
        record: None,
    }
}

/// What the header of a table says.
#[derive(Debug, Default)]
struct Table {
    /// The names of the columns, no two alike.
    names: Vec<String>,
    /// Columns after the first of their name whose values are added to the text.
    repeated: Vec<bool>,
    /// The column of the text.
    text: Option<usize>,
    delimiter: u8,
}

impl Table {
    fn new(header: &Row, delimiter: u8, out: &Output<'_>) -> Self {
        let mut seen = HashSet::new();
        let mut table = Table {
            delimiter,
            ..Table::default()
        };
        for (at, field) in header.fields.iter().enumerate() {
            let column = clean::line(&repair_utf8(field).0).unwrap_or_else(|| format!("column_{}", at + 1));
            let is_new = seen.insert(column.clone());
            table.repeated.push(!is_new && is_content(&column, out));
            table.names.push(if is_new {
                column
            } else {
                format!("{column}_{}", at + 1)
            });
            seen.extend(table.names.last().cloned());
        }
        table.text = table.names.iter().position(|column| {
            out.columns().field_of(column) == Some("text") || record::is_text_key(&record::canonical(column))
        });
        table
    }

    /// Reports a header that names no text; breaks where it names no title either.
    fn check(&self, place: Location, out: &mut Output<'_>) -> ControlFlow<()> {
        let shown = || {
            let names = self.names.iter().take(8);
            names
                .map(|name| name.chars().take(30).collect::<String>())
                .collect::<Vec<_>>()
                .join(", ")
        };
        if self.names.len() > MOST_COLUMNS || !self.names.iter().any(|column| is_content(column, out)) {
            let cure = format!(
                "no column is called `texte` (text) or `titre` (title); name the columns in the first row, or say which is which with `--column text=NAME`; the first row says: {}",
                shown()
            );
            let _ = out.skip(place, SkipReason::InvalidTable, cure);
            return ControlFlow::Break(());
        }
        if self.has_only_titles(out) {
            let reported = format!(
                "no column is called `texte` (text), so only titles were indexed as text, or else the longest value of a row; say so with `--column text=NAME` if it is one of: {}",
                shown()
            );
            out.warn(place, SkipReason::InvalidTable, reported)?;
        }
        ControlFlow::Continue(())
    }

    /// Whether no column is known to hold a text or a lead.
    fn has_only_titles(&self, out: &Output<'_>) -> bool {
        let is_title = |column: &String| {
            out.columns().field_of(column) == Some("title")
                || record::is_title_key(&record::canonical(column))
        };
        let mut names = self.names.iter();
        self.names.len() > 1 && names.all(|column| is_title(column) || !is_content(column, out))
    }

    /// Reads the rows below the header.
    fn read_all<R: BufRead>(
        &self,
        mut rows: Rows<R>,
        options: &Options,
        out: &mut Output<'_>,
    ) -> io::Result<()> {
        rows.columns = self.names.len();
        let mut number = 0;
        loop {
            let row = match rows.next()? {
                Next::Row(row) => row,
                Next::End => break,
                Next::TooLong(line) => {
                    let place = Location {
                        record: Some(number + 1),
                        ..at(line)
                    };
                    return too_long(place, out);
                }
            };
            if row.fields.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            number += 1;
            if self.read(row, number, options, out).is_break() {
                return Ok(());
            }
        }
        if number == 0 {
            let _ = out.skip(Location::default(), SkipReason::Empty, "a header without rows");
        }
        Ok(())
    }

    /// Reads a row.
    fn read(&self, row: Row, number: usize, options: &Options, out: &mut Output<'_>) -> ControlFlow<()> {
        let place = Location {
            line: Some(row.line),
            record: Some(number),
        };
        self.report(&row, place, out)?;
        let (mut object, repaired) = self.object(row);
        if repaired {
            out.warn(
                place,
                SkipReason::BadEncoding,
                "some bytes are not UTF-8 and were read as windows-1252; convert the file to UTF-8",
            )?;
        }
        let (article, mut faults) = match exported::is_verbatim(&object) {
            true => exported::verbatim_row(object, options),
            false => {
                out.columns().apply(&mut object);
                record::whole(object, options)
            }
        };
        // The header was reported already.
        let is_reported = article.body.is_empty() && self.has_only_titles(out);
        faults.retain(|fault| !is_reported || fault.reason != SkipReason::TextGuessed);
        if article.body.is_empty() && article.title.is_empty() {
            out.no_article(&article);
            return out.skip(
                place,
                SkipReason::NoText,
                "the columns of text and title are empty in this row",
            );
        }
        out.warn_all(place, faults)?;
        out.record(number, article)
    }

    /// Reports what is wrong with the form of a row.
    fn report(&self, row: &Row, place: Location, out: &mut Output<'_>) -> ControlFlow<()> {
        let (has, header) = (row.fields.len(), self.names.len());
        let quotes = match row.quotes {
            Quotes::Good => "",
            Quotes::Unclosed => {
                "a quotation mark is not closed; the row was read as if it weren't there (correct it)"
            }
            Quotes::CutOff => {
                "a quotation mark is not closed: the file is cut off, or what follows it is one text; look at it"
            }
        };
        if !quotes.is_empty() {
            out.warn(place, SkipReason::InvalidTable, quotes)?;
        }
        if has < header || row.fields.iter().skip(header).any(|field| !field.is_empty()) {
            let detail = format!(
                "{has} fields, and the header has {header}; check delimiters and quotation marks (what is over was added to the text)"
            );
            out.warn(place, SkipReason::InvalidTable, detail)?;
        }
        ControlFlow::Continue(())
    }

    /// The row as a record, and whether some of its bytes were no UTF-8.
    fn object(&self, row: Row) -> (Map<String, Value>, bool) {
        let (mut object, mut repaired) = (Map::new(), false);
        for (at, field) in row.fields.into_iter().enumerate() {
            let value = String::from_utf8(field).unwrap_or_else(|error| {
                repaired = true;
                repair_utf8(error.as_bytes()).0
            });
            if value.trim().is_empty() {
                continue;
            }
            let text = self.text.and_then(|text| self.names.get(text));
            // In place: a row may have thousands of fields too many.
            let add =
                |object: &mut Map<String, Value>, text: &String, between: &str| match object.get_mut(text) {
                    Some(Value::String(before)) if !before.is_empty() => {
                        before.push_str(between);
                        before.push_str(&value);
                    }
                    _ => drop(object.insert(text.clone(), value.clone().into())),
                };
            match (self.names.get(at), text) {
                (Some(_), Some(text)) if self.repeated[at] => add(&mut object, text, "\n\n"),
                (Some(column), _) => drop(object.insert(column.clone(), value.into())),
                // Quotation marks that nobody doubled: what is over is of the text.
                (None, Some(text)) => add(&mut object, text, char::from(self.delimiter).to_string().as_str()),
                (None, None) => drop(object.insert(format!("column_{}", at + 1), value.into())),
            }
        }
        (object, repaired)
    }
}

/// Whether a column holds what an article can't be without.
fn is_content(column: &str, out: &Output<'_>) -> bool {
    match out.columns().field_of(column) {
        Some(field) => matches!(field, "text" | "title" | "description"),
        None => keys::is_content_key(&record::canonical(column)),
    }
}

/// The delimiter that makes the most sense of the first row: with it, most columns have a name that means
/// something.
fn delimiter(head: &str, options: &Options, out: &Output<'_>) -> u8 {
    let is_known = |name: &str| {
        out.columns().field_of(name).is_some() || record::is_known_key(&record::canonical(name), options)
    };
    best_delimiter(head, is_known)
}

fn best_delimiter(head: &str, is_known: impl Fn(&str) -> bool) -> u8 {
    let first = head
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let sense = |delimiter: &u8| {
        let names = fields(first.as_bytes(), *delimiter, usize::MAX);
        let known = names
            .iter()
            .filter(|name| is_known(&String::from_utf8_lossy(name)))
            .count();
        (known, names.len())
    };
    // The first of equals.
    DELIMITERS.into_iter().rev().max_by_key(sense).unwrap_or(b',')
}

fn too_long(place: Location, out: &mut Output<'_>) -> io::Result<()> {
    let cure = format!(
        "a row of more than {} MB: a quotation mark before it is not closed; correct it",
        LONGEST >> 20
    );
    let _ = out.skip(place, SkipReason::TooLarge, cure);
    Ok(())
}

/// Takes the empty lines at the top, and counts them.
fn blank_lines(text: &mut dyn BufRead) -> io::Result<usize> {
    let mut lines = 0;
    loop {
        let buffer = text.fill_buf()?;
        let blank = buffer
            .iter()
            .position(|byte| !matches!(byte, b'\n' | b'\r' | 0))
            .unwrap_or(buffer.len());
        if blank == 0 {
            return Ok(lines);
        }
        lines += buffer[..blank].iter().filter(|&&byte| byte == b'\n').count();
        text.consume(blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense() {
        for (head, expected) in [
            ("titre,texte\nun;deux;trois,x", b','),
            ("Titre;Texte;Date de publication\n1,5;x;2024", b';'),
            ("id\ttitre, sous-titre\ttexte", b'\t'),
            ("titre|texte", b'|'),
            ("texte\nx;y", b','),
        ] {
            assert_eq!(
                best_delimiter(head, |name| record::is_known_key(
                    &record::canonical(name),
                    &Options::embedded()
                )) as char,
                expected as char,
                "{head}"
            );
        }
    }
}
