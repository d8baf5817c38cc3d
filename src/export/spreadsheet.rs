//! Tables as `.xlsx`, the format of spreadsheets: dates are dates, numbers are numbers, addresses are links, and what
//! looks like a formula is text. Rows are written as they come, in a temporary file: millions need no more memory than
//! one. The same rows give the same bytes.

use crate::date::PartialDate;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};
use std::io::{self, Result, Seek, SeekFrom, Write};

/// Rows of a sheet below its head.
const MOST_ROWS: u32 = 1_048_575;
/// Links of a sheet.
const MOST_LINKS: usize = 65_530;
/// UTF-16 units of a cell; what is longer is cut.
const LONGEST_CELL: usize = 32_767;
/// Characters of a link.
const LONGEST_LINK: usize = 2_000;
/// Years that spreadsheets count days from.
const FIRST_YEAR: i16 = 1900;

/// Widths of columns that hold longer or shorter things than most, in characters.
const WIDTHS: [(&str, f64); 23] = [
    ("event_date", 23.0),
    ("event_from", 12.0),
    ("event_to", 12.0),
    ("place", 26.0),
    ("title", 60.0),
    ("passage", 80.0),
    ("sentence", 80.0),
    ("quote", 80.0),
    ("text", 80.0),
    ("url", 40.0),
    ("path", 40.0),
    ("paths", 40.0),
    ("id", 30.0),
    ("types", 30.0),
    ("actors", 30.0),
    ("actor", 30.0),
    ("by", 24.0),
    ("against", 24.0),
    ("by_sentence", 80.0),
    ("region", 24.0),
    ("killed", 8.0),
    ("wounded", 8.0),
    ("abducted", 9.0),
];
const WIDTH: f64 = 16.0;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Text(String),
    Number(f64),
    /// A day, as a date; a month or a year as text, since a spreadsheet has no such dates.
    Date(PartialDate),
    /// An address.
    Link(String),
}

/// A table being written.
pub struct Spreadsheet {
    workbook: Workbook,
    name: String,
    heads: Vec<String>,
    styles: Styles,
    sheets: usize,
    /// Rows and links of the sheet that is written.
    row: u32,
    links: usize,
    /// Cells that were too long for a spreadsheet.
    cut: usize,
}

struct Styles {
    head: Format,
    date: Format,
    /// Text that stays text when somebody edits its cell.
    quoted: Format,
}

impl Spreadsheet {
    /// Begins a table.
    ///
    /// # Errors
    /// When there is no room for a temporary file.
    pub fn begin(name: &str, heads: &[String]) -> Result<Self> {
        let mut workbook = Workbook::new();
        // No clock: the same table twice is the same file.
        let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        workbook.set_properties(
            &DocProperties::new()
                .set_author("griot")
                .set_creation_datetime(&fixed),
        );
        let mut table = Self {
            workbook,
            name: name.to_string(),
            heads: heads.to_vec(),
            styles: Styles {
                head: Format::new().set_bold().set_background_color(0x00E7_E6E6),
                // To the left, as months and years are, which are text.
                date: Format::new()
                    .set_num_format("yyyy-mm-dd")
                    .set_align(FormatAlign::Left),
                quoted: Format::new().set_quote_prefix(),
            },
            sheets: 0,
            row: 0,
            links: 0,
            cut: 0,
        };
        table.begin_sheet()?;
        Ok(table)
    }

    /// Adds a row: a cell for each column, `None` for an empty one.
    ///
    /// # Errors
    /// When the temporary file can't be written.
    pub fn add(&mut self, cells: impl IntoIterator<Item = Option<Content>>) -> Result<()> {
        if self.row == MOST_ROWS {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.row += 1;
        for (column, content) in (0..).zip(cells) {
            if let Some(content) = content {
                self.write(column, content)?;
            }
        }
        Ok(())
    }

    /// Writes the file; gives the number of cells that were cut, since a spreadsheet has a limit.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self, out: &mut dyn Write) -> Result<usize> {
        self.end_sheet()?;
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(failed)?;
        file.seek(SeekFrom::Start(0))?;
        io::copy(&mut file, out)?;
        Ok(self.cut)
    }

    fn begin_sheet(&mut self) -> Result<()> {
        self.sheets += 1;
        (self.row, self.links) = (0, 0);
        let name = match self.sheets {
            1 => self.name.clone(),
            number => format!("{} {number}", self.name),
        };
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        sheet.set_landscape().set_repeat_rows(0, 0).map_err(failed)?;
        for (column, head) in (0..).zip(&self.heads) {
            let known = WIDTHS.iter().find(|(name, _)| name == head);
            sheet
                .set_column_width(column, known.map_or(WIDTH, |(_, width)| *width))
                .map_err(failed)?;
        }
        for (column, head) in (0..).zip(&self.heads) {
            sheet
                .write_string_with_format(0, column, head, &self.styles.head)
                .map_err(failed)?;
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<()> {
        let (row, last) = (self.row, self.heads.len().saturating_sub(1));
        let last = u16::try_from(last).unwrap_or(u16::MAX);
        self.sheet()?.autofilter(0, 0, row, last).map_err(failed)?;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet> {
        self.workbook
            .worksheet_from_index(self.sheets.saturating_sub(1))
            .map_err(failed)
    }

    fn write(&mut self, column: u16, content: Content) -> Result<()> {
        match content {
            Content::Number(number) => {
                let row = self.row;
                self.sheet()?.write_number(row, column, number).map_err(failed)?;
                Ok(())
            }
            Content::Date(date) => match day(date) {
                Some(day) => {
                    let (row, style) = (self.row, self.styles.date.clone());
                    self.sheet()?
                        .write_datetime_with_format(row, column, &day, &style)
                        .map_err(failed)?;
                    Ok(())
                }
                None => self.write_text(column, date.to_string()),
            },
            Content::Link(address) => self.write_link(column, address),
            Content::Text(text) => self.write_text(column, text),
        }
    }

    fn write_link(&mut self, column: u16, address: String) -> Result<()> {
        let begins = ["http://", "https://"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        let is_plain = !address.contains(char::is_control) && address.chars().count() <= LONGEST_LINK;
        if begins && is_plain && self.links < MOST_LINKS {
            let row = self.row;
            if self.sheet()?.write_url(row, column, Url::new(&address)).is_ok() {
                self.links += 1;
                return Ok(());
            }
        }
        self.write_text(column, address)
    }

    fn write_text(&mut self, column: u16, mut text: String) -> Result<()> {
        if let Some(end) = end_of_cell(&text) {
            text.truncate(end);
            text.push('…');
            self.cut += 1;
        }
        let row = self.row;
        // As text it is never computed; the mark keeps it so when the cell is edited.
        match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => {
                let style = self.styles.quoted.clone();
                self.sheet()?
                    .write_string_with_format(row, column, text, &style)
                    .map_err(failed)?;
            }
            false => {
                self.sheet()?.write_string(row, column, text).map_err(failed)?;
            }
        }
        Ok(())
    }
}

/// Where a text is cut that is longer than a cell; none for one that isn't.
fn end_of_cell(text: &str) -> Option<usize> {
    let mut units = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        // With room for the sign that says so.
        if units < LONGEST_CELL {
            last = at + c.len_utf8();
        }
        if units > LONGEST_CELL {
            return Some(last);
        }
    }
    None
}

fn day(date: PartialDate) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    let year = u16::try_from(year).ok().filter(|_| year >= FIRST_YEAR)?;
    ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs()).ok()
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    /// A part of the file that rows give.
    fn part(name: &str, rows: Vec<Vec<Option<Content>>>) -> String {
        let file = file(rows);
        let mut archive = zip::ZipArchive::new(io::Cursor::new(file)).expect("a ZIP file");
        let mut text = String::new();
        archive
            .by_name(name)
            .expect("a part")
            .read_to_string(&mut text)
            .expect("text");
        text
    }

    fn file(rows: Vec<Vec<Option<Content>>>) -> Vec<u8> {
        let heads = ["title".to_string(), "date".to_string()];
        let mut table = Spreadsheet::begin("articles", &heads).expect("begun");
        rows.into_iter().for_each(|row| table.add(row).expect("added"));
        let mut out = Vec::new();
        table.finish(&mut out).expect("written");
        out
    }

    fn text(text: &str) -> Option<Content> {
        Some(Content::Text(text.into()))
    }

    #[test]
    fn dates_are_dates_and_formulas_are_text() {
        let date = |year, month, day| PartialDate::new(year, month, day).map(Content::Date);
        let sheet = part(
            "xl/worksheets/sheet1.xml",
            vec![
                vec![text("=1+1"), date(2024, Some(3), Some(5))],
                vec![text("<b>&"), date(2024, Some(3), None)],
                vec![None, Some(Content::Number(-4.25))],
            ],
        );
        assert!(sheet.contains("<v>45356</v>"), "{sheet}");
        assert!(
            sheet.contains("<t>2024-03</t>") && sheet.contains("<v>-4.25</v>"),
            "{sheet}"
        );
        assert!(sheet.contains("<t>=1+1</t>") && !sheet.contains("<f>"), "{sheet}");
        assert!(sheet.contains("&lt;b&gt;&amp;"), "{sheet}");
        assert!(
            sheet.contains("state=\"frozen\"") && sheet.contains("autoFilter ref=\"A1:B4\""),
            "{sheet}"
        );
        let styles = part("xl/styles.xml", vec![vec![text("@x")]]);
        assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
    }

    #[test]
    fn an_address_is_a_link_and_nothing_else_is() {
        let link = |address: &str| vec![Some(Content::Link(address.into()))];
        let rows = vec![
            link("https://ex.ml/a?b=1&c=2"),
            link("javascript:alert(1)"),
            link("file:///etc/passwd"),
        ];
        let links = part("xl/worksheets/_rels/sheet1.xml.rels", rows.clone());
        assert_eq!(links.matches("<Relationship ").count(), 1, "{links}");
        assert!(links.contains("https://ex.ml/a?b=1&amp;c=2"), "{links}");
        let sheet = part("xl/worksheets/sheet1.xml", rows);
        assert!(sheet.contains("<t>javascript:alert(1)</t>"), "{sheet}");
    }

    #[test]
    fn what_is_too_long_for_a_cell_is_cut_and_counted() {
        let longest = "é".repeat(LONGEST_CELL);
        assert_eq!(end_of_cell(&longest), None);
        assert_eq!(end_of_cell(&format!("{longest}é")), Some(2 * (LONGEST_CELL - 1)));
        let heads = ["text".to_string()];
        let mut table = Spreadsheet::begin("a", &heads).expect("begun");
        table.add([text(&"𝕏".repeat(LONGEST_CELL))]).expect("added");
        table.add([text(&longest)]).expect("added");
        assert_eq!(table.finish(&mut Vec::new()).expect("written"), 1);
    }

    #[test]
    fn the_same_rows_are_the_same_file() {
        let rows = || vec![vec![text("a"), Some(Content::Number(1.0))]];
        assert_eq!(file(rows()), file(rows()));
    }
}
