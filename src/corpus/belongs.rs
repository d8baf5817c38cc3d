//! What belongs to an archive.

use super::look;
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Longest beginning of a file `CURRENT` that is looked at.
const CURRENT: u64 = 16;

/// Whether a folder is that of a griot index, finished or being built for the first time.
///
/// # Errors
/// When the system doesn't say.
pub fn is_index(path: &Path) -> io::Result<bool> {
    let is = |name: &str, kind: fn(&std::fs::Metadata) -> bool| {
        look::metadata(&path.join(name)).map(|found| found.is_some_and(|metadata| kind(&metadata)))
    };
    if is("CURRENT", std::fs::Metadata::is_file)?
        && look::beginning(&path.join("CURRENT"), CURRENT)?.starts_with(b"gen-")
    {
        return Ok(true);
    }
    Ok(is("LOCK", std::fs::Metadata::is_file)? && is("gen-1", std::fs::Metadata::is_dir)?)
}

/// What the names of such folders end in.
const COMPANIONS: [&str; 2] = ["_files", "_fichiers"];

/// Whether a folder holds the images and scripts of a page that a browser saved beside it: `page_files` or
/// `page_fichiers` with `page.html` or `page.htm`.
pub(super) fn is_page_companion(path: &Path) -> io::Result<bool> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let Some(page) = COMPANIONS.iter().find_map(|suffix| name.strip_suffix(suffix)) else {
        return Ok(false);
    };
    for extension in ["html", "htm"] {
        let page = path.with_file_name(format!("{page}.{extension}"));
        if look::metadata(&page)?.is_some_and(|metadata| metadata.is_file()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where, of a page, a browser would have saved its images and scripts.
pub fn page_companions(page: &Path) -> Vec<PathBuf> {
    let is_page = page.extension().is_some_and(|e| e == "html" || e == "htm");
    let stem = page
        .file_stem()
        .and_then(|stem| stem.to_str())
        .filter(|_| is_page);
    stem.into_iter()
        .flat_map(|stem| COMPANIONS.map(|suffix| page.with_file_name(format!("{stem}{suffix}"))))
        .collect()
}
