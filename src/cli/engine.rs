//! The index that a command is about, and the engine that answers from it.

use super::output;
use super::remote;
use super::terminal::detail;
use anyhow::Result;
use griot::index::{IndexDir, Reader, layout};
use griot::messages::localized;
use griot::say;
use griot::search::{Answer, Engine, LocalEngine};
use std::path::{Path, PathBuf};

/// The index to search: the one named, else the nearest `.griot` upwards from the current folder.
pub fn existing_place(place: Option<IndexDir>) -> Result<IndexDir> {
    let place = match place {
        Some(place) => place,
        None => {
            let here = std::env::current_dir()?;
            let looked = || format!("{} and above", here.display());
            match IndexDir::nearest(&here) {
                Some(place) => place,
                None => {
                    tell_below(&here);
                    return Err(griot::Error::NoIndex { looked: looked() }.into());
                }
            }
        }
    };
    detail(&say!("index-used", path = place.path.display()));
    Ok(place)
}

/// Names a folder below that has an index: `griot index FOLDER` makes it there, and one goes on where one is.
fn tell_below(here: &Path) {
    let mut below = super::files::folders(here).into_iter();
    let found = below.find(|folder| IndexDir::at(folder.join(layout::FOLDER)).current().is_ok());
    if let Some(name) = found.as_deref().and_then(Path::file_name) {
        output::notify(&say!("index-below", folder = name.to_string_lossy().into_owned()));
    }
}

/// The index to write to: the one named, else the nearest upwards from the paths or the current folder, else
/// a new one in the folder that is indexed (for several, in the current folder).
pub fn writing_place(place: Option<IndexDir>, paths: &[PathBuf]) -> Result<IndexDir> {
    let place = chosen_place(place, paths)?;
    detail(&say!("index-used", path = place.path.display()));
    Ok(place)
}

fn chosen_place(place: Option<IndexDir>, paths: &[PathBuf]) -> Result<IndexDir> {
    if let Some(place) = place {
        return Ok(place);
    }
    let here = std::env::current_dir()?;
    let from: &Path = paths.first().map_or(&here, |p| p);
    if let Some(place) = IndexDir::nearest(from).or_else(|| IndexDir::nearest(&here)) {
        return Ok(place);
    }
    Ok(match paths {
        [one] if super::files::is_dir(one) => IndexDir::at(one.join(layout::FOLDER)),
        [one] => IndexDir::at(
            one.parent()
                .filter(|p| !p.as_os_str().is_empty())
                .unwrap_or(&here)
                .join(layout::FOLDER),
        ),
        _ => {
            if paths.is_empty() {
                tell_below(&here);
            }
            IndexDir::at(here.join(layout::FOLDER))
        }
    })
}

/// The engine that answers: that of `--engine`, else that of the index on this machine.
pub fn engine(place: Option<IndexDir>) -> Result<Box<dyn Engine>> {
    let place = existing_place(place)?;
    if let Some(engine) = remote::engine(&place)? {
        return Ok(engine);
    }
    let engine = LocalEngine::open(&place)?;
    if griot::index::is_pending(&engine.reader)? {
        output::notify(&say!("lexicon-pending"));
    }
    Ok(Box::new(engine))
}

/// The content of an answer. What is missing from it is said on standard error.
pub fn answered<T>(answer: Answer<T>) -> T {
    if let Some(partial) = &answer.partial {
        let reasons = partial.reasons.iter().map(|reason| localized(reason));
        output::warn(&say!(
            "search-incomplete",
            answered = partial.answered,
            parts = partial.parts,
            reasons = reasons.collect::<Vec<_>>().join("; ")
        ));
    }
    answer.value
}

/// Opens the index for reading it article by article.
pub fn open(place: Option<IndexDir>) -> Result<Reader> {
    Ok(Reader::open(&existing_place(place)?)?)
}
