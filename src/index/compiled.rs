//! The compiled lexicons of a generation: a file of it, where they aren't the binary's own.

use super::{companion, layout, payload};
use crate::disk;
use crate::error::Result;
use crate::facets::{self, Compiled};
use crate::schema::Lexicons;
use std::path::Path;
use tantivy::Directory;
use tantivy::directory::MmapDirectory;

/// The fingerprint of lexicons and analysis code: a different one means a rebuild.
///
/// # Errors
/// When lexicons can't be read.
pub fn fingerprint(lexicons: &Lexicons) -> Result<String> {
    Ok(with_analysis(&facets::fingerprint(lexicons)?))
}

/// The fingerprint of lexicons with that of the analysis code.
fn with_analysis(fingerprint: &str) -> String {
    format!("{fingerprint}-{}", payload::ANALYSIS)
}

/// The compiled lexicons that a generation keeps, mapped into memory; None where there are none, or others than
/// those of `fingerprint` ([`fingerprint`]): then they are compiled anew.
pub fn kept(generation: &Path, fingerprint: &str) -> Option<Compiled> {
    let path = generation.join(layout::COMPILED);
    if !disk::is_file(&path).ok()? {
        return None;
    }
    let directory = MmapDirectory::open(generation).ok()?;
    let bytes = directory
        .open_read(Path::new(layout::COMPILED))
        .ok()?
        .read_bytes()
        .ok()?;
    let compiled = Compiled::open(bytes)?;
    (with_analysis(compiled.fingerprint()) == fingerprint).then_some(compiled)
}

/// Keeps compiled lexicons with a generation.
///
/// # Errors
/// [`crate::Error::Io`].
pub fn keep(generation: &Path, compiled: &Compiled) -> Result<()> {
    companion::write(&generation.join(layout::COMPILED), compiled.bytes())
}

/// What is wrong with the compiled lexicons that a generation keeps; `expected`: what they should be, where that
/// is to be compared.
///
/// # Errors
/// [`crate::Error::Io`].
pub fn fault(generation: &Path, fingerprint: &str, expected: Option<&Compiled>) -> Result<Option<String>> {
    let path = generation.join(layout::COMPILED);
    let Some(bytes) = disk::read(&path)? else {
        return Ok(None);
    };
    let is_current = fingerprint.ends_with(&format!("-{}", payload::ANALYSIS));
    let same = match (Compiled::open(tantivy_common::OwnedBytes::new(bytes)), expected) {
        (None, _) => false,
        (Some(kept), Some(expected)) if is_current => kept.bytes() == expected.bytes(),
        (Some(kept), _) => kept.is_whole(),
    };
    Ok((!same).then(|| format!("{} is damaged, or of another griot", layout::COMPILED)))
}
