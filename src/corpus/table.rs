//! Tables: CSV and its kin, one article a row, the first row naming the columns in French or English.
//! Delimiter and encoding are found; a spreadsheet's line breaks within quotation marks stay.

use super::encoding::repair_utf8;
use super::{Options, Output, Place, SkipReason, clean, record};
use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Longest row that is read.
const LONGEST: usize = 64 * 1024 * 1024;

/// What stands between columns, in the order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Most columns of a header that make sense.
const MOST_COLUMNS: usize = 10_000;

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let file = Place::default();
    let Some(mut text) = out.text(bytes)? else {
        return Ok(());
    };
    let mut before = blank_lines(&mut text)?;
    let head = String::from_utf8_lossy(text.fill_buf()?).into_owned();
    if head.trim().is_empty() {
        let _ = out.skip(file, SkipReason::Empty, "");
        return Ok(());
    }
    // Excel's own way to name the delimiter: `sep=;` on a line of its own.
    let named = head
        .lines()
        .next()
        .and_then(|line| line.trim_matches(['"', '\r']).strip_prefix("sep="))
        .and_then(|d| d.bytes().next());
    let head = match named {
        Some(_) => {
            text.skip_until(b'\n')?;
            before += 1;
            head.split_once('\n').map_or("", |(_, rest)| rest)
        }
        None => head.as_str(),
    };
    let delimiter = named.unwrap_or_else(|| delimiter(head, options));
    let room = Rc::new(Cell::new(LONGEST));
    let mut rows = reader(
        Allowance {
            inner: text,
            left: Rc::clone(&room),
        },
        delimiter,
    );
    let mut row = ByteRecord::new();
    let columns = match next(&mut rows, &mut row, &room)? {
        Row::Read => columns(&row),
        Row::End => Vec::new(),
        Row::TooLong => {
            return too_long(
                Place {
                    line: Some(before + 1),
                    record: None,
                },
                out,
            );
        }
    };
    if !columns
        .iter()
        .any(|column| record::is_content_key(&record::canonical(column)))
        || columns.len() > MOST_COLUMNS
    {
        let shown: Vec<String> = columns
            .iter()
            .take(8)
            .map(|column| column.chars().take(30).collect())
            .collect();
        let cure = format!(
            "no column is called `texte` (text) or `titre` (title); name the columns in the first row, which says: {}",
            shown.join(", ")
        );
        let _ = out.skip(
            Place {
                line: Some(before + 1),
                record: None,
            },
            SkipReason::InvalidTable,
            cure,
        );
        return Ok(());
    }
    let content = |column: &String| {
        record::is_content_key(&record::canonical(column))
            && !record::is_title_key(&record::canonical(column))
    };
    if !columns.iter().any(content) && columns.len() > 1 {
        let kept: Vec<String> = columns
            .iter()
            .take(8)
            .map(|column| column.chars().take(30).collect())
            .collect();
        let told = format!(
            "no column is called `texte` (text), so only titles were indexed as text; name it so if it is one of: {}",
            kept.join(", ")
        );
        if out
            .warn(
                Place {
                    line: Some(before + 1),
                    record: None,
                },
                SkipReason::InvalidTable,
                told,
            )
            .is_break()
        {
            return Ok(());
        }
    }
    let mut number = 0;
    loop {
        let line = before + rows.position().line() as usize;
        match next(&mut rows, &mut row, &room)? {
            Row::Read => {}
            Row::End => break,
            Row::TooLong => {
                return too_long(
                    Place {
                        line: Some(line),
                        record: Some(number + 1),
                    },
                    out,
                );
            }
        }
        if row.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        number += 1;
        let line = row
            .position()
            .map_or(line, |position| before + position.line() as usize);
        if one(
            &row,
            &columns,
            delimiter,
            Place {
                line: Some(line),
                record: Some(number),
            },
            options,
            out,
        )
        .is_break()
        {
            return Ok(());
        }
    }
    if number == 0 {
        let _ = out.skip(file, SkipReason::Empty, "a header without rows");
    }
    Ok(())
}

/// Reads one row.
fn one(
    row: &ByteRecord,
    columns: &[String],
    delimiter: u8,
    place: Place,
    options: &Options,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    if row.len() != columns.len()
        && (row.len() < columns.len() || row.iter().skip(columns.len()).any(|field| !field.is_empty()))
    {
        let detail = format!(
            "{} fields, and the header has {}; check delimiters and quotation marks (what is over was added to the text)",
            row.len(),
            columns.len()
        );
        out.warn(place, SkipReason::InvalidTable, detail)?;
    }
    let mut object = Map::new();
    let mut repaired = false;
    let text = columns
        .iter()
        .find(|column| record::is_text_key(&record::canonical(column)));
    for (at, field) in row.iter().enumerate() {
        let value = match std::str::from_utf8(field) {
            Ok(text) => text.to_string(),
            Err(_) => {
                repaired = true;
                repair_utf8(field).0
            }
        };
        if !value.trim().is_empty() {
            match (columns.get(at), text) {
                (Some(column), _) => drop(object.insert(column.clone(), Value::from(value))),
                // Quotation marks that nobody doubled: what is over is of the text.
                (None, Some(text)) => {
                    let field = object.entry(text.clone()).or_insert_with(|| Value::from(""));
                    *field = Value::from(format!(
                        "{}{}{value}",
                        field.as_str().unwrap_or_default(),
                        char::from(delimiter)
                    ));
                }
                (None, None) => drop(object.insert(format!("column_{}", at + 1), Value::from(value))),
            }
        }
    }
    if repaired {
        out.warn(
            place,
            SkipReason::BadEncoding,
            "some bytes are no UTF-8 and were read as windows-1252; convert the file to UTF-8",
        )?;
    }
    let (mut article, faults) = record::article(object, options);
    record::stand_in(&mut article);
    if article.body.is_empty() && article.title.is_empty() {
        return out.skip(
            place,
            SkipReason::NoText,
            "the columns of text and title are empty in this row",
        );
    }
    out.warn_all(place, faults)?;
    out.record(place.record.unwrap_or(1), article)
}

/// The names of the columns, no two alike.
fn columns(row: &ByteRecord) -> Vec<String> {
    let mut seen = HashSet::new();
    row.iter()
        .enumerate()
        .map(|(at, field)| {
            let name = clean::line(&repair_utf8(field).0).unwrap_or_else(|| format!("column_{}", at + 1));
            let name = if seen.insert(name.clone()) {
                name
            } else {
                format!("{name}_{}", at + 1)
            };
            seen.insert(name.clone());
            name
        })
        .collect()
}

/// The delimiter that makes the most sense of the first row: with it, most columns have a name that means
/// something.
fn delimiter(head: &str, options: &Options) -> u8 {
    let sense = |delimiter: &u8| {
        let mut row = ByteRecord::new();
        let _ = reader(head.as_bytes(), *delimiter).read_byte_record(&mut row);
        let known = row
            .iter()
            .filter(|field| {
                record::is_known_key(&record::canonical(&String::from_utf8_lossy(field)), options)
            })
            .count();
        (known, row.len())
    };
    // The first of equals.
    DELIMITERS.into_iter().rev().max_by_key(sense).unwrap_or(b',')
}

fn reader<R: Read>(stream: R, delimiter: u8) -> csv::Reader<R> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(stream)
}

/// What came of asking for the next row.
enum Row {
    Read,
    End,
    TooLong,
}

fn next<R: Read>(rows: &mut csv::Reader<R>, row: &mut ByteRecord, room: &Cell<usize>) -> io::Result<Row> {
    room.set(LONGEST);
    match rows.read_byte_record(row) {
        Ok(true) => Ok(Row::Read),
        Ok(false) => Ok(Row::End),
        Err(_) if room.get() == 0 => Ok(Row::TooLong),
        Err(error) => match error.into_kind() {
            csv::ErrorKind::Io(error) => Err(error),
            _ => Ok(Row::End),
        },
    }
}

fn too_long(place: Place, out: &mut Output<'_>) -> io::Result<()> {
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

/// A stream that fails when too much is taken from it at once.
struct Allowance<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Allowance<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.left.get());
        if most == 0 && !buffer.is_empty() {
            return Err(io::Error::other("a row without an end"));
        }
        let read = self.inner.read(&mut buffer[..most])?;
        self.left.set(self.left.get() - read);
        Ok(read)
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
                delimiter(head, &Options::embedded()) as char,
                expected as char,
                "{head}"
            );
        }
    }

    #[test]
    fn a_row_without_an_end_is_told_and_not_held() {
        let room = Rc::new(Cell::new(0));
        let endless = (&b"titre,texte\n\"un"[..]).chain(io::repeat(b'x'));
        let mut rows = reader(
            Allowance {
                inner: endless,
                left: Rc::clone(&room),
            },
            b',',
        );
        let mut row = ByteRecord::new();
        assert!(matches!(next(&mut rows, &mut row, &room), Ok(Row::Read)));
        assert!(matches!(next(&mut rows, &mut row, &room), Ok(Row::TooLong)));
    }
}
