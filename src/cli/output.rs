//! Writing to the terminal, a pipe or a file: styles, widths.

use super::args::ColorWhen;
use super::files::NewFile;
use super::target::Settled;
use super::terminal::Guard;
pub use super::terminal::{Form, is_quiet, notify, sanitize, warn};
use anstream::adapter::StripBytes;
use anyhow::{Result, bail};
use griot::tabular::Sheet;
use griot::{msg, say};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use unicode_segmentation::UnicodeSegmentation;

/// Where results go, and how they may look there.
pub struct Output {
    out: Sink,
    pub styled: bool,
    is_terminal: bool,
    /// Columns of the terminal, or of a text for other readers.
    pub width: usize,
    /// How CSV is written.
    pub sheet: Sheet,
    /// The file that is written; none for standard output.
    pub path: Option<PathBuf>,
}

enum Sink {
    Stdout(Guard<anstream::AutoStream<io::StdoutLock<'static>>>),
    /// Text has its codes taken away, data stays as it is.
    Text(NewFile, StripBytes),
    Data(NewFile),
    /// A file that was finished.
    Nowhere,
}

impl Output {
    /// # Errors
    /// When a file can't be begun.
    pub fn new(when: ColorWhen, csv_excel: bool, settled: &Settled) -> Result<Self> {
        let sheet = Sheet { excel: csv_excel };
        let named = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = |found: Option<usize>| named.or(found).unwrap_or(100).clamp(40, 200);
        if let Some(path) = &settled.output {
            let file = NewFile::begin(path)?;
            let out = match settled.form {
                Form::Text => Sink::Text(file, StripBytes::new()),
                Form::Table | Form::Json | Form::Binary => Sink::Data(file),
            };
            return Ok(Self {
                out,
                styled: false,
                is_terminal: false,
                width: width(None),
                sheet,
                path: Some(path.clone()),
            });
        }
        let choice = match when {
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
            ColorWhen::Auto => anstream::AutoStream::choice(&io::stdout()),
        };
        // Shells seldom export COLUMNS: the terminal itself knows.
        let columns = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        // Data keeps what looks like a code; a guard stands before the terminal.
        let codes = match settled.form {
            Form::Text => choice,
            Form::Table | Form::Json | Form::Binary => anstream::ColorChoice::AlwaysAnsi,
        };
        let is_terminal = io::stdout().is_terminal();
        if is_terminal && settled.form == Form::Binary {
            bail!(msg!("option-binary", format = &settled.format));
        }
        let out = anstream::AutoStream::new(io::stdout().lock(), codes);
        Ok(Self {
            out: Sink::Stdout(Guard::new(out, settled.form, is_terminal)),
            styled: choice != anstream::ColorChoice::Never,
            is_terminal,
            width: width(columns()),
            sheet,
            path: None,
        })
    }

    /// Text of an article, made safe for a terminal.
    pub fn safe<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.styled || self.is_terminal {
            sanitize(text)
        } else {
            text.into()
        }
    }

    /// Ends the result: a file takes its name. What is written after that goes nowhere.
    ///
    /// # Errors
    /// When the last of it can't be written.
    pub fn finish(&mut self) -> Result<()> {
        self.flush()?;
        match std::mem::replace(&mut self.out, Sink::Nowhere) {
            Sink::Text(file, _) | Sink::Data(file) => file.finish(),
            stdout => {
                self.out = stdout;
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Sink::Stdout(out) => out.write(bytes),
            Sink::Text(out, codes) => {
                for text in codes.strip_next(bytes) {
                    out.write_all(text)?;
                }
                Ok(bytes.len())
            }
            Sink::Data(out) => out.write(bytes),
            Sink::Nowhere => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Sink::Stdout(out) => out.flush(),
            Sink::Text(out, _) | Sink::Data(out) => out.flush(),
            Sink::Nowhere => Ok(()),
        }
    }
}

/// Whether the reader of a pipe has gone.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// `1 article`, `2 articles`.
pub fn articles(number: u64) -> String {
    say!("count-articles", n = number)
}

/// `1 copy`, `2 copies`.
pub fn copies(number: u64) -> String {
    say!("count-copies", n = number)
}

/// `1 file`, `2 files`.
pub fn files(number: u64) -> String {
    say!("count-files", n = number)
}

/// Bold, dim and colours of the text output.
pub mod style {
    use anstyle::{AnsiColor, Style};
    pub const HIT: Style = Style::new()
        .bold()
        .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
    pub const TITLE: Style = Style::new().bold();
    pub const DIM: Style = Style::new().dimmed();
    pub const FACET: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
}

/// Wraps text to `width` columns, each line after `indent`. Escape sequences between `\x1b` and `m` take no
/// room. A word longer than a line is broken.
pub fn wrap(text: &str, width: usize, indent: &str) -> String {
    let room = width.saturating_sub(indent.len()).max(20);
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let length = visible_width(word);
        if column > 0 && column + 1 + length > room {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push_str(indent);
        } else {
            out.push(' ');
            column += 1;
        }
        if length <= room {
            out.push_str(word);
            column += length;
            continue;
        }
        let mut escape = false;
        for grapheme in word.graphemes(true) {
            escape |= grapheme == "\u{1b}";
            let wide = if escape { 0 } else { visible_width(grapheme) };
            escape &= grapheme != "m";
            if column + wide > room {
                out.push('\n');
                out.push_str(indent);
                column = 0;
            }
            out.push_str(grapheme);
            column += wide;
        }
    }
    out
}

fn visible_width(word: &str) -> usize {
    let mut width = 0;
    let mut escape = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            c if !escape => width += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0),
            _ => {}
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_cannot_steer_a_terminal() {
        assert_eq!(sanitize("a\u{1b}[31mb\u{202E}c\nd"), "a\\u{1B}[31mb\\u{202E}c d");
        assert_eq!(sanitize("Ménaka « ici »"), "Ménaka « ici »");
    }

    #[test]
    fn one_is_not_several() {
        assert_eq!([0, 1, 2].map(articles), ["0 articles", "1 article", "2 articles"]);
        assert_eq!([0, 1, 2].map(copies), ["0 copies", "1 copy", "2 copies"]);
    }

    #[test]
    fn wrapping_counts_what_is_seen() {
        assert_eq!(
            wrap("un deux trois quatre cinq six", 24, "  "),
            "  un deux trois quatre\n  cinq six"
        );
        let long = format!("a {}\u{1b}[1m{}\u{1b}[0m b", "x".repeat(20), "é".repeat(15));
        let lines: Vec<usize> = wrap(&long, 24, "  ").lines().map(visible_width).collect();
        assert_eq!(
            lines,
            [3, 24, 17],
            "a word longer than a line is broken, styles take no room"
        );
        assert_eq!(visible_width("\u{1b}[1mété\u{1b}[0m"), 3);
    }
}
