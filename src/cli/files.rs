//! Files that people name on the command line: tables to read, reports to write.
#![allow(clippy::disallowed_methods)]

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}", path.display()))
}

/// Makes a file, or empties the one that is there.
pub fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| format!("{}", path.display()))
}

/// Makes a folder, and those above it that are absent.
pub fn make_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("{}", path.display()))
}

/// The path without links.
pub fn real(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{}", path.display()))
}

/// Whether it is a folder: where that can't be told, opening it says why.
pub fn is_dir(path: &Path) -> bool {
    path.is_dir()
}
