//! Saved searches: kept beside the index, so that they survive rebuilds, with what each found when it was
//! last run.

use crate::date::clock;
use crate::error::{Error, Result};
use crate::index::versions::{self, Damage};
use crate::index::{IndexDir, companion};
use crate::search::request::Selection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undated: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub include_excluded: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_since: Option<crate::date::PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_until: Option<crate::date::PartialDate>,
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
            undated: selection.undated,
            include_excluded: selection.include_excluded,
            event_since: selection.event_since,
            event_until: selection.event_until,
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
            undated: self.undated,
            include_excluded: self.include_excluded,
            event_since: self.event_since,
            event_until: self.event_until,
            ..Selection::default()
        }
    }

    /// Query and filters in one line.
    pub fn describe(&self) -> String {
        let mut reported = self.query.clone();
        let filters = self
            .include
            .iter()
            .map(|(f, v)| format!("{f}={v}"))
            .chain(self.exclude.iter().map(|(f, v)| format!("not {f}={v}")));
        let dates = [
            ("since", self.since),
            ("until", self.until),
            ("events since", self.event_since),
            ("events until", self.event_until),
        ];
        for part in filters.chain(
            dates
                .into_iter()
                .filter_map(|(name, d)| Some(format!("{name} {}", d?))),
        ) {
            if !reported.is_empty() {
                reported.push_str("  ");
            }
            reported.push_str(&part);
        }
        reported
    }
}

/// All saved searches of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearches {
    version: u32,
    pub searches: BTreeMap<String, SavedSearch>,
    /// Why these are those of the last version that was kept, if the file itself is damaged.
    #[serde(skip)]
    pub damage: Option<Damage>,
}

/// A saved search in a list; the JSON form of `griot saved list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Listed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Query and filters in one line.
    pub search: String,
    /// When it was last run.
    pub last_run: Option<&'a str>,
    /// Articles that it found then.
    pub found: usize,
}

impl SavedSearches {
    /// All of them, by name.
    pub fn listed(&self) -> Vec<Listed<'_>> {
        let all = self.searches.iter();
        all.map(|(name, search)| Listed {
            name,
            search: search.describe(),
            last_run: search.last_run.as_deref(),
            found: search.found.len(),
        })
        .collect()
    }

    /// Reads those of an index; none if there is no file.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Unsupported`] for a file that this griot can't read.
    pub fn read(index_dir: &IndexDir) -> Result<Self> {
        let Some(content) = versions::read(index_dir, versions::SAVED_SEARCHES, &versions::is_json)? else {
            return Ok(Self {
                version: VERSION,
                searches: BTreeMap::new(),
                damage: None,
            });
        };
        let wrong = |why: String| {
            let path = index_dir.path.join(versions::SAVED_SEARCHES);
            Error::Unsupported(format!("{}: {why}; move it away to start again", path.display()))
        };
        let mut read: Self = serde_json::from_slice(&content.bytes).map_err(|e| wrong(e.to_string()))?;
        read.damage = content.damage;
        if read.version != VERSION {
            Err(wrong(format!("version {} of saved searches", read.version)))
        } else {
            Ok(read)
        }
    }

    /// Changes those of an index, whole or not at all, while nobody else does.
    ///
    /// # Errors
    /// Those of [`SavedSearches::read`] and of `change`; then nothing is changed. [`Error::Io`].
    pub fn update<T, E: From<Error>>(
        index_dir: &IndexDir,
        change: impl FnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let _changing = companion::lock(&index_dir.path)?;
        let mut saved = Self::read(index_dir)?;
        let changed = change(&mut saved)?;
        let text = serde_json::to_vec_pretty(&saved).map_err(Error::from)?;
        versions::write(index_dir, versions::SAVED_SEARCHES, &text)?;
        Ok(changed)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn add(index_dir: &IndexDir, name: &str) -> Result<()> {
        SavedSearches::update(index_dir, |saved| {
            saved.searches.insert(name.to_string(), SavedSearch::default());
            Ok(())
        })
    }

    #[test]
    fn of_searches_saved_at_once_none_is_lost() {
        let dir = tempfile::tempdir().expect("a folder");
        let index_dir = IndexDir::at(dir.path());
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let index_dir = &index_dir;
                scope.spawn(move || {
                    for number in 0..10 {
                        add(index_dir, &format!("{thread} {number}")).expect("saved");
                    }
                });
            }
        });
        assert_eq!(SavedSearches::read(&index_dir).expect("read").searches.len(), 40);
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_saved() {
        use crate::faults::injected::{Kind, Plan};
        let dir = tempfile::tempdir().expect("a folder");
        let index_dir = IndexDir::at(dir.path());
        add(&index_dir, "first").expect("saved");
        let before = SavedSearches::read(&index_dir).expect("read");
        let mut failed = 0;
        loop {
            let plan = Plan::begin(dir.path(), Kind::Writes, failed + 1, false);
            let outcome = add(&index_dir, "second");
            if plan.end().is_none() {
                outcome.expect("nothing has failed");
                break;
            }
            outcome.expect_err("it failed");
            failed += 1;
            let after = SavedSearches::read(&index_dir).expect("read");
            // The folder is flushed last: then it may be there, but isn't certain to stay.
            assert!(after == before || after.searches.len() == 2, "write {failed}");
        }
        assert!(failed >= 4, "{failed}");
    }
}
