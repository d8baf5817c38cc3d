//! Reading one file: its format's reader is put to it.

use super::formats::{FORMATS, format_of, unknown_format};
use super::output::{Formats, Output, Seekable, Source};
use super::{FileSummary, FoundFile, Location, Options, Reading, SkipReason, look};
use crate::error::{Error, Result};
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

/// Reads all records of a file that a walk found, in order, calling `sink` for each article, skipped record
/// and warning, until the file ends or the sink breaks. Memory holds one record at a time. What the articles
/// don't say themselves comes from the settings of the file's folders and from its path.
///
/// # Errors
/// Only when the file can't be opened, or reading it fails midway.
pub fn read(
    found: &FoundFile,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    let (mut file, length) = open(&found.path)?;
    read_open(found, &mut file, length, options, sink)
}

/// As [`read`], from a file that is open and stands at its beginning; `length` is its size in bytes.
///
/// # Errors
/// Only when reading it fails midway.
pub fn read_open(
    found: &FoundFile,
    file: &mut (impl io::Read + io::Seek),
    length: u64,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    let source = Source {
        path: &found.path,
        key: &found.key,
        settings: found.settings.as_deref(),
        globs: found.globs.as_deref(),
        media: &options.media,
        reads_exports: found.reads_exports,
    };
    read_source(source, file, length, options, sink)
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
    let source = Source {
        path,
        key: &key,
        settings: None,
        globs: None,
        media: &options.media,
        reads_exports: true,
    };
    let (mut file, length) = open(path)?;
    read_source(source, &mut file, length, options, sink)
}

/// Whether a file begins with what griot itself has written, so that it is left out where nobody names it.
///
/// # Errors
/// Those of [`read`].
pub fn is_own_export(path: &Path) -> Result<bool> {
    let options = Options::default();
    let source = Source {
        path,
        key: "",
        settings: None,
        globs: None,
        media: &options.media,
        reads_exports: false,
    };
    let (mut file, length) = open(path)?;
    let mut is_own = false;
    let mut first = |reading| {
        is_own = matches!(reading, Reading::Skipped(skipped) if skipped.reason == SkipReason::OwnExport);
        ControlFlow::Break(())
    };
    read_source(source, &mut file, length, &options, &mut first)?;
    Ok(is_own)
}

/// Opens a file; gives its size in bytes, too.
fn open(path: &Path) -> Result<(File, u64)> {
    let (file, metadata) = look::open_regular(path).map_err(Error::io(path))?;
    Ok((file, metadata.len()))
}

fn read_source(
    source: Source<'_>,
    file: &mut dyn Seekable,
    length: u64,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    let path = source.path;
    let format = format_of(path);
    let summary = FileSummary::begin(format.map_or("unknown", |f| f.name));
    let mut output = Output::new(source, Formats(FORMATS), sink, summary, length);
    match format {
        Some(format) => output.read(format, file, options).map_err(Error::io(path))?,
        None => {
            let _ = output.skip(Location::default(), SkipReason::UnknownFormat, unknown_format());
        }
    }
    Ok(output.summary)
}
