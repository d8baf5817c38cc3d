//! Reading: files and folders into [`Article`]s, lazily, whatever their format.
//!
//! [`walk`] finds the files of a root; [`read_file`] reads one. A new format is one file beside this one and
//! one line in [`FORMATS`]: its reader turns bytes into calls of `Output`, by way of `record` when what it
//! holds has keys.
//!
//! Nothing is lost and nothing stops a run: what can't be read is handed to the sink as [`Reading::Skipped`],
//! what was read in spite of a fault as [`Reading::Warning`]; both name the file, the place, the reason and
//! the cure.

mod aggregators;
mod belongs;
mod blocks;
mod budget;
mod clean;
mod columns;
mod consent;
mod dates;
mod divided;
mod encoding;
mod feed;
mod gzip;
mod header;
mod headline;
mod html;
mod http;
mod json;
mod json_record;
mod jsonl;
mod keys;
mod lang;
mod lines;
pub mod look;
mod mail;
mod main_text;
mod markdown;
mod markup;
mod mend;
mod mime;
mod nesting;
mod office;
mod output;
mod page;
mod page_parts;
mod paths;
mod pattern;
mod reasons;
mod record;
mod rows;
mod rtf;
mod settings;
mod shape;
mod table;
mod text;
mod transcode;
mod values;
pub mod visible;
mod walk;
mod warc;
mod wordpress;
mod xml;
mod zip;
mod zip_file;

#[cfg(test)]
mod tests;

pub use belongs::{is_index, page_companions};
pub use columns::Columns;
pub use reasons::SkipReason;
pub use record::of_article as record_of;
pub use settings::Settings;
pub use walk::{
    Found, IgnoreReason, Walked, holds_files, is_settings, is_supported, key, mtime_ns, walk, walk_part,
};

use crate::article::Article;
use crate::error::{Error, Result};
use crate::media::Media;
use Reader::{Seek, Stream};
use output::{Output, Seekable, Source};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A format that griot reads.
pub struct Format {
    /// Its name in reports.
    pub name: &'static str,
    /// File name extensions, lower case, without the dot.
    pub extensions: &'static [&'static str],
    read: Reader,
}

/// Reads all records of a file. Returns early, and without an error, when the output says to stop.
enum Reader {
    /// From front to back.
    Stream(fn(&mut dyn Read, &Options, &mut Output<'_>) -> io::Result<()>),
    /// Going to and fro, as archives with their list of members at the end need it.
    Seek(fn(&mut dyn Seekable, &Options, &mut Output<'_>) -> io::Result<()>),
}

/// Every format, one line each.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        extensions: &["txt", "text"],
        read: Stream(text::read),
    },
    Format {
        name: "markdown",
        extensions: &["md", "markdown"],
        read: Stream(markdown::read),
    },
    Format {
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        read: Stream(jsonl::read),
    },
    Format {
        name: "json",
        extensions: &["json"],
        read: Stream(json::read),
    },
    Format {
        name: "csv",
        extensions: &["csv", "tsv", "tab"],
        read: Stream(table::read),
    },
    Format {
        name: "feed",
        extensions: &["xml", "rss", "atom"],
        read: Stream(feed::read),
    },
    Format {
        name: "html",
        extensions: &["html", "htm", "xhtml"],
        read: Stream(html::read),
    },
    Format {
        name: "rtf",
        extensions: &["rtf"],
        read: Stream(rtf::read),
    },
    Format {
        name: "docx",
        extensions: &["docx"],
        read: Seek(office::read_docx),
    },
    Format {
        name: "odt",
        extensions: &["odt"],
        read: Seek(office::read_odt),
    },
    Format {
        name: "mail",
        extensions: &["eml"],
        read: Stream(mail::read_message),
    },
    Format {
        name: "mailbox",
        extensions: &["mbox"],
        read: Stream(mail::read_mailbox),
    },
    Format {
        name: "mhtml",
        extensions: &["mhtml", "mht"],
        read: Stream(mail::read_page),
    },
    Format {
        name: "warc",
        extensions: &["warc"],
        read: Stream(warc::read),
    },
    Format {
        name: "zip",
        extensions: &["zip"],
        read: Seek(zip::read),
    },
    Format {
        name: "gzip",
        extensions: &["gz"],
        read: Stream(gzip::read),
    },
];

/// The format of a file, by its extension. A compressed file must say what it holds (`a.csv.gz`): there are
/// many that hold no articles.
pub fn format_of(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    let format = FORMATS
        .iter()
        .find(|format| format.extensions.contains(&extension.as_str()))?;
    if format.name == "gzip" {
        format_of(Path::new(path.file_stem()?))?;
    }
    Some(format)
}

/// What to do about a file of an unknown format.
fn unknown_format() -> String {
    let known: Vec<String> = FORMATS
        .iter()
        .flat_map(|format| format.extensions)
        .map(|extension| format!(".{extension}"))
        .collect();
    format!(
        "griot reads {}; convert the file, or rename it if it is one of these",
        known.join(", ")
    )
}

/// What the readers need to know of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The declared facets: their keys in records go to [`Article::given`].
    pub facets: Vec<FacetKeys>,
    /// Media after which folders are called.
    pub media: Arc<Media>,
}

impl Default for Options {
    /// No facet: keys of facets are kept as those without a meaning are. With a schema at hand, see
    /// [`crate::index::reading_options`].
    fn default() -> Self {
        Self {
            facets: Vec::new(),
            media: Media::embedded(),
        }
    }
}

#[cfg(test)]
impl Options {
    /// What readers know by the lexicons of the binary.
    pub(crate) fn embedded() -> Self {
        crate::index::reading_options(&crate::schema::Lexicons::embedded()).expect("good lexicons")
    }
}

/// The keys by which a record gives values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetKeys {
    pub name: String,
    /// The name as keys are compared, and the aliases.
    key: String,
    aliases: Vec<String>,
}

impl FacetKeys {
    /// The keys of a facet. Aliases that are keys of the article's own fields (`source`, `langue`) go on
    /// meaning these.
    pub fn new<'a>(name: &str, aliases: impl IntoIterator<Item = &'a str>) -> Self {
        let aliases = aliases.into_iter().map(record::canonical);
        Self {
            name: name.to_string(),
            key: record::canonical(name),
            aliases: aliases.filter(|alias| !record::is_own_key(alias)).collect(),
        }
    }

    /// Whether a key, canonical, is the facet's name or its plural.
    fn is_name(&self, key: &str) -> bool {
        is_number_of(key, &self.key)
    }

    /// Whether a key, canonical, is one of the aliases or its plural.
    fn is_alias(&self, key: &str) -> bool {
        self.aliases.iter().any(|alias| is_number_of(key, alias))
    }
}

/// Whether a key is a name or its plural, in English or French: regions, lieux.
fn is_number_of(key: &str, name: &str) -> bool {
    key.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest == "s" || rest == "x" && name.ends_with('u'))
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
        /// Path of the member within the file, of an archive; `number` counts the records of the member.
        inner: Option<String>,
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

/// Reads all records of a file that a walk found, in order, calling `sink` for each article, skipped record
/// and warning, until the file ends or the sink breaks. Memory holds one record at a time. What the articles
/// don't say themselves comes from the settings of the file's folders and from its path.
///
/// # Errors
/// Only when the file can't be opened, or reading it fails midway.
pub fn read(
    found: &Found,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    read_source(
        Source {
            path: &found.path,
            key: &found.key,
            settings: found.settings.as_deref(),
            media: &options.media,
        },
        options,
        sink,
    )
}

/// As [`read`], for a file that stands by itself.
///
/// # Errors
/// Those of [`read`].
pub fn read_file(
    path: &Path,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    let key = path.file_name().unwrap_or_default().to_string_lossy();
    read_source(
        Source {
            path,
            key: &key,
            settings: None,
            media: &options.media,
        },
        options,
        sink,
    )
}

fn read_source(
    source: Source<'_>,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    let path = source.path;
    let mut file = File::open(path).map_err(Error::io(path))?;
    let metadata = file.metadata().map_err(Error::io(path))?;
    if metadata.is_dir() {
        let source = io::Error::new(io::ErrorKind::IsADirectory, "is a folder, not a file");
        return Err(Error::Io {
            path: path.to_path_buf(),
            source,
        });
    }
    let format = format_of(path);
    let summary = FileSummary {
        format: format.map_or("unknown", |f| f.name),
        encoding: "UTF-8",
        records: 0,
        skipped: 0,
        warnings: 0,
        ignored: 0,
    };
    let mut output = Output::new(source, sink, summary, metadata.len());
    match format.map(|format| &format.read) {
        Some(Reader::Stream(read)) => read(&mut file, options, &mut output).map_err(Error::io(path))?,
        Some(Reader::Seek(read)) => read(&mut file, options, &mut output).map_err(Error::io(path))?,
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
