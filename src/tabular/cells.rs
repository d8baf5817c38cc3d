//! CSV: plain for programs, or as a French spreadsheet opens it (`--csv-excel`).

use std::io::{self, Write};

/// A cell. A number may be written with the decimal comma that a French spreadsheet expects; text never is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number with a decimal point.
    Number(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_string())
    }
}

impl From<&&str> for Cell {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(|| Self::Text(String::new()), Into::into)
    }
}

/// A number with so many decimals.
pub fn decimal(number: f64, decimals: usize) -> Cell {
    Cell::Number(format!("{number:.decimals$}"))
}

/// How CSV is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Byte order mark, semicolons, decimal commas, and no cell that a spreadsheet would compute.
    pub excel: bool,
}

impl Sheet {
    /// The first record.
    pub fn head<C: Into<Cell>>(
        self,
        out: &mut dyn Write,
        cells: impl IntoIterator<Item = C>,
    ) -> io::Result<()> {
        if self.excel {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        self.record(out, cells)
    }

    /// A record: quoted where it must be, line ends as spreadsheets want them.
    pub fn record<C: Into<Cell>>(
        self,
        out: &mut dyn Write,
        cells: impl IntoIterator<Item = C>,
    ) -> io::Result<()> {
        let mut builder = csv::WriterBuilder::new();
        if self.excel {
            builder.delimiter(b';').terminator(csv::Terminator::CRLF);
        }
        let mut writer = builder.from_writer(out);
        for cell in cells {
            writer
                .write_field(self.written(cell.into()))
                .map_err(io::Error::other)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io::Error::other)?;
        writer.flush()
    }

    fn written(self, cell: Cell) -> String {
        match cell {
            Cell::Number(number) if self.excel => number.replace('.', ","),
            Cell::Number(text) => text,
            // A spreadsheet computes what begins like this, and articles are untrusted.
            Cell::Text(text) if self.excel && text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Cell::Text(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(excel: bool, cells: Vec<Cell>) -> String {
        let mut out = Vec::new();
        let sheet = Sheet { excel };
        sheet.head(&mut out, ["a", "b"]).expect("written");
        sheet.record(&mut out, cells).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_french_spreadsheet_computes_nothing() {
        let cells = || {
            vec![
                Cell::from("=HYPERLINK(\"x\")"),
                decimal(-4.25, 2),
                Cell::from("un;deux"),
                Cell::from("+33"),
            ]
        };
        assert_eq!(
            written(true, cells()),
            "\u{FEFF}a;b\r\n\"'=HYPERLINK(\"\"x\"\")\";-4,25;\"un;deux\";'+33\r\n"
        );
        assert_eq!(
            written(false, cells()),
            "a,b\n\"=HYPERLINK(\"\"x\"\")\",-4.25,un;deux,+33\n"
        );
        for text in ["-1", "@a", "\tb", "\rc"] {
            assert!(
                written(true, vec![text.into()]).contains(&format!("'{text}")),
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_empty_cell_alone_is_a_record() {
        assert_eq!(written(false, vec![Cell::from("")]), "a,b\n\"\"\n");
    }
}
