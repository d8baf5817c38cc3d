//! Saved searches: kept beside the index, so that they survive rebuilds, with what each found when it was
//! last run.

use crate::date::clock;
use crate::error::{Error, Result};
use crate::index::Place;
use crate::search::request::Selection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The file, in the index's folder.
const FILE: &str = "saved.json";

/// What [`SavedSearches`] can read.
const VERSION: u32 = 1;

/// A search under a name. Dates and months stay as typed: they are filters like any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    pub query: String,
    #[serde(default)]
    pub any: bool,
    #[serde(default)]
    pub plain: bool,
    #[serde(default)]
    pub include: Vec<(String, String)>,
    #[serde(default)]
    pub exclude: Vec<(String, String)>,
    #[serde(default)]
    pub since: Option<crate::date::PartialDate>,
    #[serde(default)]
    pub until: Option<crate::date::PartialDate>,
    /// When it was last run, in universal time.
    #[serde(default)]
    pub last_run: Option<String>,
    /// What it found then: ids, with a hash of what the article said.
    #[serde(default)]
    pub found: BTreeMap<String, u64>,
}

impl SavedSearch {
    /// What of a selection is saved.
    pub fn of(selection: &Selection) -> Self {
        Self {
            query: selection.query.clone(),
            any: selection.any,
            plain: selection.plain,
            include: selection.include.clone(),
            exclude: selection.exclude.clone(),
            since: selection.since,
            until: selection.until,
            ..Self::default()
        }
    }

    /// The articles that it is about.
    pub fn selection(&self) -> Selection {
        Selection {
            query: self.query.clone(),
            any: self.any,
            plain: self.plain,
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            since: self.since,
            until: self.until,
            ..Selection::default()
        }
    }

    /// Query and filters in one line.
    pub fn told(&self) -> String {
        let mut told = self.query.clone();
        let filters = self
            .include
            .iter()
            .map(|(f, v)| format!("{f}={v}"))
            .chain(self.exclude.iter().map(|(f, v)| format!("not {f}={v}")));
        let dates = [("since", self.since), ("until", self.until)];
        for part in filters.chain(
            dates
                .into_iter()
                .filter_map(|(name, d)| Some(format!("{name} {}", d?))),
        ) {
            if !told.is_empty() {
                told.push_str("  ");
            }
            told.push_str(&part);
        }
        told
    }
}

/// All saved searches of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearches {
    version: u32,
    pub searches: BTreeMap<String, SavedSearch>,
}

impl SavedSearches {
    fn path(place: &Place) -> PathBuf {
        place.dir.join(FILE)
    }

    /// Reads those of an index; none if there is no file.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Unsupported`] for a file that this griot can't read.
    pub fn read(place: &Place) -> Result<Self> {
        let path = Self::path(place);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self {
                    version: VERSION,
                    searches: BTreeMap::new(),
                });
            }
            Err(e) => return Err(Error::io(path)(e)),
        };
        let wrong = |why: String| {
            Error::Unsupported(format!("{}: {why}; move it away to begin anew", path.display()))
        };
        let read: Self = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        if read.version != VERSION {
            Err(wrong(format!("version {} of saved searches", read.version)))
        } else {
            Ok(read)
        }
    }

    /// Writes them, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn write(&self, place: &Place) -> Result<()> {
        let path = Self::path(place);
        let mut file = tempfile::NamedTempFile::new_in(&place.dir).map_err(Error::io(&path))?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.as_file().sync_all().map_err(Error::io(&path))?;
        file.persist(&path).map_err(|e| Error::io(&path)(e.error))?;
        Ok(())
    }

    /// The search of that name.
    ///
    /// # Errors
    /// [`Error::Unsupported`], naming those there are.
    pub fn get(&self, name: &str) -> Result<&SavedSearch> {
        let known = || {
            self.searches
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let none = || {
            Error::Unsupported(format!(
                "no saved search is called “{name}”; there are: {}",
                known()
            ))
        };
        self.searches.get(name).ok_or_else(none)
    }
}

/// Records a run.
pub fn ran(search: &mut SavedSearch, found: BTreeMap<String, u64>) {
    search.found = found;
    search.last_run = Some(clock());
}
