//! The index that a command is about, and the engine that answers from it.

use super::output;
use super::terminal::detail;
use anyhow::Result;
use griot::index::{Place, Reader, layout};
use griot::search::{Answer, Engine, LocalEngine};
use std::path::{Path, PathBuf};

/// The index to search: the one named, else the nearest `.griot` upwards from the current folder.
pub fn existing_place(place: Option<Place>) -> Result<Place> {
    let place = match place {
        Some(place) => place,
        None => {
            let here = std::env::current_dir()?;
            let looked = || format!("{} and above", here.display());
            Place::nearest(&here).ok_or_else(|| griot::Error::NoIndex { looked: looked() })?
        }
    };
    detail(&format!("index: {}", place.dir.display()));
    Ok(place)
}

/// The index to write to: the one named, else the nearest upwards from the paths or the current folder, else
/// a new one in the folder that is indexed (for several, in the current folder).
pub fn writing_place(place: Option<Place>, paths: &[PathBuf]) -> Result<Place> {
    let place = chosen_place(place, paths)?;
    detail(&format!("index: {}", place.dir.display()));
    Ok(place)
}

fn chosen_place(place: Option<Place>, paths: &[PathBuf]) -> Result<Place> {
    if let Some(place) = place {
        return Ok(place);
    }
    let here = std::env::current_dir()?;
    let from: &Path = paths.first().map_or(&here, |p| p);
    if let Some(place) = Place::nearest(from).or_else(|| Place::nearest(&here)) {
        return Ok(place);
    }
    Ok(match paths {
        [one] if super::files::is_dir(one) => Place::at(one.join(layout::FOLDER)),
        [one] => Place::at(
            one.parent()
                .filter(|p| !p.as_os_str().is_empty())
                .unwrap_or(&here)
                .join(layout::FOLDER),
        ),
        _ => Place::at(here.join(layout::FOLDER)),
    })
}

/// The engine that answers: today that of the index on this machine.
pub fn engine(place: Option<Place>) -> Result<Box<dyn Engine>> {
    Ok(Box::new(LocalEngine::open(&existing_place(place)?)?))
}

/// The content of an answer. What is missing from it is said on standard error.
pub fn answered<T>(answer: Answer<T>) -> T {
    if let Some(partial) = &answer.partial {
        output::warn(&format!(
            "the answer is incomplete: only {} of {} parts of the index answered: {}",
            partial.answered,
            partial.parts,
            partial.reasons.join("; ")
        ));
    }
    answer.value
}

/// Opens the index for reading it article by article.
pub fn open(place: Option<Place>) -> Result<Reader> {
    Ok(Reader::open(&existing_place(place)?)?)
}
