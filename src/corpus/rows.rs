//! The rows of a table, cut out of a stream: quotation marks may hold delimiters and line ends. One that is
//! never closed costs no row: the rows after it are read as if it weren't there, and that is reported.

use super::budget::WHOLE;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// Longest row that is read, in bytes.
pub(super) const LONGEST: usize = WHOLE;

/// Most fields of a row that are told apart: twice the columns that a header may have.
const MOST_FIELDS: usize = 20_000;

/// Lines after an open quotation mark that are compared with the header.
const COMPARED: usize = 50;

/// Bytes that may be read again, all in all, because a quotation mark was never closed.
const MOST_READ_AGAIN: usize = 8 * LONGEST;

/// A row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub fields: Vec<Vec<u8>>,
    /// The line, from 1, that it begins on.
    pub line: usize,
    /// What is wrong with its quotation marks.
    pub quotes: Quotes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    Good,
    /// One is never closed, and what follows are rows.
    Unclosed,
    /// One is never closed, and what follows is the rest of the text.
    CutOff,
}

/// What came of asking for the next row.
pub(super) enum Next {
    Row(Row),
    TooLong(usize),
    End,
}

/// Cuts a stream into rows.
pub(super) struct Rows<R> {
    stream: R,
    delimiter: u8,
    /// Lines that were read ahead and are to be read again.
    waiting: VecDeque<Vec<u8>>,
    /// Lines that have been taken.
    line: usize,
    /// Columns of the header; 0 until it is known.
    pub columns: usize,
    read_again: usize,
}

/// Where a row ends, as far as its lines have been looked at.
#[derive(Debug, Clone, Copy, Default)]
struct Scan {
    /// Within a quoted field.
    open: bool,
    /// A field begins here.
    begins: bool,
    /// The line, within the row, on which the open quotation mark stands, and its offset there.
    opened: (usize, usize),
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(stream: R, delimiter: u8, line: usize) -> Self {
        Self {
            stream,
            delimiter,
            waiting: VecDeque::new(),
            line,
            columns: 0,
            read_again: 0,
        }
    }

    /// The next row that holds anything.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        loop {
            let Some(first) = self.take_line()? else {
                return Ok(Next::End);
            };
            self.line += 1;
            if first.iter().all(|byte| matches!(byte, b'\n' | b'\r')) {
                continue;
            }
            return self.row(first);
        }
    }

    /// The row that begins with a line.
    fn row(&mut self, first: Vec<u8>) -> io::Result<Next> {
        let line = self.line;
        let mut lines = vec![first];
        let mut length = lines[0].len();
        if length > LONGEST {
            return Ok(Next::TooLong(line));
        }
        let mut scan = Scan {
            begins: true,
            ..Scan::default()
        };
        self.scan(&lines, 0, &mut scan);
        // The mark after which enough lines have been compared, and are no rows.
        let mut is_text = None;
        while scan.open {
            let Some(next) = self.take_line()? else {
                return Ok(self.unclosed(lines, line, scan.opened, true));
            };
            length += next.len();
            lines.push(next);
            if length > LONGEST {
                // Rows after it, or a text without an end.
                let (row, opened) = (lines.len(), scan.opened);
                return Ok(
                    if self.look_like_rows(&lines[opened.0 + 1..]) && self.read_again < MOST_READ_AGAIN {
                        self.unclosed(lines, line, opened, false)
                    } else {
                        self.line += row - 1;
                        Next::TooLong(line)
                    },
                );
            }
            let at = lines.len() - 1;
            if self.opens_again(&lines[at]) && is_text != Some(scan.opened) {
                let within = &lines[scan.opened.0 + 1..];
                if self.look_like_rows(within) {
                    return Ok(self.unclosed(lines, line, scan.opened, false));
                }
                let is_enough = within
                    .iter()
                    .filter(|line| !line.trim_ascii().is_empty())
                    .nth(COMPARED - 1);
                is_text = is_enough.map(|_| scan.opened);
            }
            self.scan(&lines, at, &mut scan);
        }
        self.line += lines.len() - 1;
        Ok(Next::Row(Row {
            fields: fields(&lines.concat(), self.delimiter, usize::MAX),
            line,
            quotes: Quotes::Good,
        }))
    }

    /// The row of lines whose quotation mark at `opened` is never closed. Where what follows its line are
    /// rows, they are read again.
    fn unclosed(
        &mut self,
        mut lines: Vec<Vec<u8>>,
        line: usize,
        opened: (usize, usize),
        at_end: bool,
    ) -> Next {
        let rest = &lines[opened.0 + 1..];
        let are_rows = self.look_like_rows(rest) && self.read_again < MOST_READ_AGAIN;
        let quotes = match (are_rows, rest.is_empty()) {
            (true, _) | (false, true) if at_end || are_rows => Quotes::Unclosed,
            _ => Quotes::CutOff,
        };
        if are_rows {
            let rest = lines.split_off(opened.0 + 1);
            self.read_again += rest.iter().map(Vec::len).sum::<usize>();
            for line in rest.into_iter().rev() {
                self.waiting.push_front(line);
            }
        }
        self.line += lines.len() - 1;
        // Of a text that is cut off, all that follows the mark is one field.
        let literal = match quotes {
            Quotes::CutOff => usize::MAX,
            _ => lines[..opened.0].iter().map(Vec::len).sum::<usize>() + opened.1,
        };
        Next::Row(Row {
            fields: fields(&lines.concat(), self.delimiter, literal),
            line,
            quotes,
        })
    }

    /// Follows the quotation marks of a line of a row.
    fn scan(&self, lines: &[Vec<u8>], at: usize, scan: &mut Scan) {
        let bytes = &lines[at];
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i];
            if scan.open {
                if byte == b'"' {
                    if bytes.get(i + 1) == Some(&b'"') {
                        i += 1;
                    } else {
                        scan.open = false;
                    }
                }
            } else if byte == b'"' && scan.begins {
                (scan.open, scan.opened) = (true, (at, i));
                scan.begins = false;
            } else {
                scan.begins = byte == self.delimiter;
            }
            i += 1;
        }
    }

    /// Whether the first quotation mark of a line that begins within quotation marks can only open a field.
    fn opens_again(&self, line: &[u8]) -> bool {
        let mut from = 0;
        while let Some(at) = memchr::memchr(b'"', &line[from..]).map(|length| from + length) {
            let after = line.get(at + 1);
            if after == Some(&b'"') {
                from = at + 2;
                continue;
            }
            let before = at.checked_sub(1).map(|before| line[before]);
            return before.is_none_or(|byte| byte == self.delimiter)
                && after.is_some_and(|&byte| byte != self.delimiter && !matches!(byte, b'\r' | b'\n'));
        }
        false
    }

    /// Whether most of some lines have as many fields as the header.
    fn look_like_rows(&self, lines: &[Vec<u8>]) -> bool {
        let compared = || {
            lines
                .iter()
                .filter(|line| !line.trim_ascii().is_empty())
                .take(COMPARED)
        };
        let is_row = |line: &&Vec<u8>| fields(line, self.delimiter, usize::MAX).len() == self.columns;
        self.columns > 1
            && compared().count() > 0
            && compared().filter(is_row).count() * 2 > compared().count()
    }

    /// The next line with its end: `\n`, `\r\n` or `\r`.
    fn take_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        loop {
            let buffer = match self.stream.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok((!line.is_empty()).then_some(line));
            }
            // A carriage return at the end of a buffer may be half of a line end.
            if line.ends_with(b"\r") {
                if buffer[0] == b'\n' {
                    line.push(b'\n');
                    self.stream.consume(1);
                }
                return Ok(Some(line));
            }
            match memchr::memchr2(b'\n', b'\r', buffer) {
                Some(at) => {
                    let is_half = buffer[at] == b'\r';
                    line.extend_from_slice(&buffer[..=at]);
                    self.stream.consume(at + 1);
                    if !is_half {
                        return Ok(Some(line));
                    }
                }
                None => {
                    let length = buffer.len();
                    line.extend_from_slice(buffer);
                    self.stream.consume(length);
                    if line.len() > LONGEST {
                        return Ok(Some(line));
                    }
                }
            }
        }
    }
}

/// The fields of a row. Quotation marks from `literal` on, an offset, are text. What stands after the last field
/// that is told apart is of that field.
pub(super) fn fields(row: &[u8], delimiter: u8, literal: usize) -> Vec<Vec<u8>> {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let (mut fields, mut at) = (Vec::new(), 0);
    loop {
        if fields.len() + 1 == MOST_FIELDS {
            fields.push(row[at..].to_vec());
            return fields;
        }
        let (field, end) = field(row, at, delimiter, literal);
        fields.push(field.into_owned());
        match end {
            Some(end) => at = end + 1,
            None => return fields,
        }
    }
}

/// The field at an offset, and where its delimiter stands, if another field follows.
fn field(row: &[u8], at: usize, delimiter: u8, literal: usize) -> (Cow<'_, [u8]>, Option<usize>) {
    let plain = |from: usize| {
        let end = memchr::memchr(delimiter, &row[from..]).map(|length| from + length);
        (&row[from..end.unwrap_or(row.len())], end)
    };
    if row.get(at) != Some(&b'"') {
        let (field, end) = plain(at);
        return (field.into(), end);
    }
    if at >= literal {
        // The mark that nobody closed says nothing.
        let (field, end) = plain(at + 1);
        return (field.into(), end);
    }
    let mut out = Vec::new();
    let mut from = at + 1;
    while let Some(mark) = memchr::memchr(b'"', &row[from..]).map(|length| from + length) {
        out.extend_from_slice(&row[from..mark]);
        if row.get(mark + 1) == Some(&b'"') {
            out.push(b'"');
            from = mark + 2;
            continue;
        }
        // What follows the mark up to the delimiter is of the field.
        let (rest, end) = plain(mark + 1);
        out.extend_from_slice(rest);
        return (out.into(), end);
    }
    out.extend_from_slice(&row[from.min(row.len())..]);
    (out.into(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows as `fields|fields`, with `!` for a quotation mark that is never closed and `~` for one of a
    /// cut-off text.
    fn read(text: &str, columns: usize) -> Vec<String> {
        let mut rows = Rows::new(text.as_bytes(), b';', 0);
        rows.columns = columns;
        let mut found = Vec::new();
        while let Next::Row(row) = rows.next().expect("no I/O error") {
            let mark = match row.quotes {
                Quotes::Good => "",
                Quotes::Unclosed => "!",
                Quotes::CutOff => "~",
            };
            let fields: Vec<_> = row
                .fields
                .iter()
                .map(|field| String::from_utf8_lossy(field))
                .collect();
            found.push(format!("{} {mark}{}", row.line, fields.join("|")));
        }
        found
    }

    #[test]
    fn rows_are_cut_as_spreadsheets_write_them() {
        assert_eq!(
            read("a;b\r\n\r\n\"c\nd\";\"e \"\"f\"\"\"\rg;h\"i\"\n;\n", 2),
            ["1 a|b", "3 c\nd|e \"f\"", "5 g|h\"i\"", "6 |"]
        );
        assert_eq!(read("\"a\"b;c", 2), ["1 ab|c"]);
    }

    #[test]
    fn a_quotation_mark_without_an_end_costs_no_row() {
        assert_eq!(read("a;\"b\nc;d\ne;f\n", 2), ["1 !a|b", "2 c|d", "3 e|f"]);
        assert_eq!(read("a;\"b\nc;\"d\"\ne;\"f\"\n", 2), ["1 !a|b", "2 c|d", "3 e|f"]);
        assert_eq!(read("a;\"b\nc\nd", 2), ["1 ~a|b\nc\nd"]);
        assert_eq!(read("a;\"b", 2), ["1 !a|b"]);
    }

    #[test]
    fn a_row_without_an_end_is_told_and_not_held() {
        let endless = io::BufReader::new(io::Read::chain(&b"titre,texte\n\"un"[..], io::repeat(b'x')));
        let mut rows = Rows::new(endless, b',', 0);
        assert!(matches!(rows.next(), Ok(Next::Row(_))));
        rows.columns = 2;
        assert!(matches!(rows.next(), Ok(Next::TooLong(2))));
    }

    proptest! {
        /// What the csv crate writes is read as it was.
        #[test]
        fn what_programs_write_is_read(rows in prop::collection::vec(prop::collection::vec("[a-z;\"\n\r é]{0,8}", 3), 1..8)) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("a row");
            }
            let bytes = writer.into_inner().expect("rows");
            let mut found = Vec::new();
            let mut reader = Rows::new(&bytes[..], b';', 0);
            reader.columns = 3;
            while let Next::Row(row) = reader.next().expect("no I/O error") {
                found.push(row.fields.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect::<Vec<_>>());
            }
            prop_assert_eq!(found, rows);
        }
    }
}
