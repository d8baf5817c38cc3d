//! Reading one file: its format's reader is put to it.

use super::formats::{FORMATS, format_of, unknown_format};
use super::output::{Formats, Output, Reader, Source};
use super::{FileSummary, Found, Options, Place, Reading, SkipReason};
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
    found: &Found,
    options: &Options,
    sink: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<FileSummary> {
    read_source(
        Source {
            path: &found.path,
            key: &found.key,
            settings: found.settings.as_deref(),
            globs: found.globs.as_deref(),
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
            globs: None,
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
    let mut output = Output::new(source, Formats(FORMATS), sink, summary, metadata.len());
    match format.map(|format| &format.read) {
        Some(Reader::Stream(read)) => read(&mut file, options, &mut output).map_err(Error::io(path))?,
        Some(Reader::Seek(read)) => read(&mut file, options, &mut output).map_err(Error::io(path))?,
        None => {
            let _ = output.skip(Place::default(), SkipReason::UnknownFormat, unknown_format());
        }
    }
    Ok(output.summary)
}
