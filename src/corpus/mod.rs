//! Reading: files and folders into [`Article`]s, lazily, whatever their format.
//!
//! [`walk`] finds the files of a root; [`read_file`] reads one. A new format is one file beside this one and one
//! line in [`FORMATS`]: its reader turns bytes into calls of `Output`, by way of `record` when what it holds has keys.
//!
//! Nothing is lost and nothing stops a run: what can't be read is handed to the sink as [`Reading::Skipped`], what was
//! read in spite of a fault as [`Reading::Warning`]; both name the file, the place, the reason and the cure.

mod clean;
mod dates;
mod encoding;
mod html;
mod jsonl;
mod lines;
mod markdown;
mod markup;
mod mend;
mod page;
mod record;
mod shape;
mod text;
mod walk;

#[cfg(test)]
mod tests;

pub use walk::{Found, IgnoreReason, Walked, is_supported, key, mtime_ns, walk, walk_part};

use crate::article::Article;
use crate::error::{Error, Result};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A format that griot reads.
pub struct Format {
    /// Its name in reports.
    pub name: &'static str,
    /// File name extensions, lower case, without the dot.
    pub extensions: &'static [&'static str],
    read: Reader,
}

/// Reads all records of a stream. Returns early, and without an error, when the output says to stop.
type Reader = fn(&mut dyn Read, &Options, &mut Output<'_>) -> io::Result<()>;

/// Every format, one line each.
pub const FORMATS: &[Format] = &[
    Format { name: "text", extensions: &["txt", "text"], read: text::read },
    Format { name: "markdown", extensions: &["md", "markdown"], read: markdown::read },
    Format { name: "jsonl", extensions: &["jsonl", "ndjson"], read: jsonl::read },
    Format { name: "html", extensions: &["html", "htm", "xhtml"], read: html::read },
];

/// The format of a file, by its extension.
pub fn format_of(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// What to do about a file of an unknown format.
fn unknown_format() -> String {
    let known: Vec<String> = FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
    format!("griot reads {}; convert the file, or rename it if it is one of these", known.join(", "))
}

/// What the readers need to know of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Names of the declared facets: their keys in records go to [`Article::given`].
    pub facets: Vec<String>,
}

impl Default for Options {
    /// The three facets that every schema of griot has declared so far.
    fn default() -> Self {
        Self { facets: ["region", "month", "actor"].map(String::from).to_vec() }
    }
}

/// What a reader hands to the sink.
#[derive(Debug)]
pub enum Reading {
    /// An article.
    Article {
        /// The record's number in its file, from 1; records that were skipped are counted too.
        number: usize,
        /// Whether the file may hold several records, so that an id made from its path needs the number.
        container: bool,
        article: Box<Article>,
    },
    /// A record, or a whole file, that gave no article.
    Skipped(Skipped),
    /// A fault in a record that was read all the same; its article is handed over by itself.
    Warning(Skipped),
}

/// What was skipped or is doubtful: where, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub path: PathBuf,
    /// The line in the file, from 1, where there is one to name.
    pub line: Option<usize>,
    /// The record's number in the file, from 1, in a file of several.
    pub record: Option<usize>,
    pub reason: SkipReason,
    /// The particulars and the cure, for people.
    pub detail: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// Why something was skipped, or warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// Nothing but white space.
    Empty,
    /// Not JSON, or JSON that had to be mended.
    InvalidJson,
    /// JSON, but not an object.
    NotAnObject,
    /// The front matter is not YAML, or not a mapping.
    InvalidFrontMatter,
    /// A date that couldn't be read; kept as extra metadata.
    InvalidDate,
    /// Bytes that are no text.
    NotText,
    /// No reader for this kind of file.
    UnknownFormat,
    /// The system refused.
    Unreadable,
    /// A record with neither text nor title.
    NoText,
    /// Bytes that don't fit the text's encoding.
    BadEncoding,
    /// Beyond the size that is read at once.
    TooLarge,
    /// A page that its parser couldn't take.
    InvalidHtml,
    /// It changed while it was read.
    ChangedWhileRead,
    /// The file itself asks not to be indexed.
    IgnoredOnRequest,
}

impl SkipReason {
    /// A short stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            SkipReason::Empty => "empty",
            SkipReason::InvalidJson => "invalid_json",
            SkipReason::NotAnObject => "not_an_object",
            SkipReason::InvalidFrontMatter => "invalid_front_matter",
            SkipReason::InvalidDate => "invalid_date",
            SkipReason::NotText => "not_text",
            SkipReason::UnknownFormat => "unknown_format",
            SkipReason::Unreadable => "unreadable",
            SkipReason::NoText => "no_text",
            SkipReason::BadEncoding => "bad_encoding",
            SkipReason::TooLarge => "too_large",
            SkipReason::InvalidHtml => "invalid_html",
            SkipReason::ChangedWhileRead => "changed_while_read",
            SkipReason::IgnoredOnRequest => "ignored_on_request",
        }
    }

    /// Whether it is a fault that somebody should mend, rather than a wish that was granted.
    pub fn is_fault(self) -> bool {
        self != SkipReason::IgnoredOnRequest
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::Empty => "empty",
            SkipReason::InvalidJson => "not valid JSON",
            SkipReason::NotAnObject => "not a JSON object",
            SkipReason::InvalidFrontMatter => "front matter that is not valid YAML",
            SkipReason::InvalidDate => "a date that can't be read",
            SkipReason::NotText => "not a text",
            SkipReason::UnknownFormat => "a format that griot doesn't read",
            SkipReason::Unreadable => "can't be read",
            SkipReason::NoText => "no text",
            SkipReason::BadEncoding => "bytes that don't fit the encoding",
            SkipReason::TooLarge => "too large",
            SkipReason::InvalidHtml => "a page that can't be taken apart",
            SkipReason::ChangedWhileRead => "changed while it was read",
            SkipReason::IgnoredOnRequest => "ignored, as the file asks",
        })
    }
}

/// What came out of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSummary {
    /// Name of the format, from [`FORMATS`]; `unknown` when there is none.
    pub format: &'static str,
    /// Name of the encoding (WHATWG), as found.
    pub encoding: &'static str,
    /// Articles handed to the sink.
    pub records: usize,
    /// Records, or whole files, that gave no article though they should.
    pub skipped: usize,
    /// Faults in articles that were read all the same.
    pub warnings: usize,
    /// Files that ask not to be indexed.
    pub ignored: usize,
}

/// Reads all records of a file, in order, calling `sink` for each article, skipped record and warning, until the
/// file ends or the sink breaks. Memory holds one record at a time.
///
/// # Errors
/// Only when the file can't be opened, or reading it fails midway.
pub fn read_file(path: &Path, options: &Options, sink: &mut dyn FnMut(Reading) -> ControlFlow<()>) -> Result<FileSummary> {
    let mut file = File::open(path).map_err(Error::io(path))?;
    let kind = file.metadata().map_err(Error::io(path))?.file_type();
    if kind.is_dir() {
        let source = io::Error::new(io::ErrorKind::IsADirectory, "is a folder, not a file");
        return Err(Error::Io { path: path.to_path_buf(), source });
    }
    let format = format_of(path);
    let summary =
        FileSummary { format: format.map_or("unknown", |f| f.name), encoding: "UTF-8", records: 0, skipped: 0, warnings: 0, ignored: 0 };
    let mut output = Output { path, sink, summary };
    match format {
        Some(format) => (format.read)(&mut file, options, &mut output).map_err(Error::io(path))?,
        None => {
            let _ = output.skip(Place::default(), SkipReason::UnknownFormat, unknown_format());
        }
    }
    Ok(output.summary)
}

/// Where in a file something is. The default is the file as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    line: Option<usize>,
    record: Option<usize>,
}

/// What a reader writes to: counts, and passes on to the sink. Every method says whether to go on.
struct Output<'a> {
    path: &'a Path,
    sink: &'a mut dyn FnMut(Reading) -> ControlFlow<()>,
    summary: FileSummary,
}

impl Output<'_> {
    /// An article of a file that holds one.
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.summary.records += 1;
        (self.sink)(Reading::Article { number: 1, container: false, article: Box::new(article) })
    }

    /// An article of a file that may hold several.
    fn record(&mut self, number: usize, article: Article) -> ControlFlow<()> {
        self.summary.records += 1;
        (self.sink)(Reading::Article { number, container: true, article: Box::new(article) })
    }

    /// A record, or with the default place the file, that gave no article.
    fn skip(&mut self, place: Place, reason: SkipReason, detail: impl Into<String>) -> ControlFlow<()> {
        if reason.is_fault() {
            self.summary.skipped += 1;
        } else {
            self.summary.ignored += 1;
        }
        let skipped = self.skipped(place, reason, detail.into());
        (self.sink)(Reading::Skipped(skipped))
    }

    /// A fault in a record that is handed over all the same.
    fn warn(&mut self, place: Place, reason: SkipReason, detail: impl Into<String>) -> ControlFlow<()> {
        self.summary.warnings += 1;
        let skipped = self.skipped(place, reason, detail.into());
        (self.sink)(Reading::Warning(skipped))
    }

    /// Several faults of one record.
    fn warn_all(&mut self, place: Place, faults: Vec<record::Fault>) -> ControlFlow<()> {
        for fault in faults {
            self.warn(Place { line: fault.line.or(place.line), ..place }, fault.reason, fault.detail)?;
        }
        ControlFlow::Continue(())
    }

    fn skipped(&self, place: Place, reason: SkipReason, detail: String) -> Skipped {
        Skipped { path: self.path.to_path_buf(), line: place.line, record: place.record, reason, detail }
    }
}
