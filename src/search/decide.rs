//! What people decide about articles and which searches they keep, for whoever serves an index: the same files, written
//! the same way, as by the command line.

use super::following::Following;
use super::request::Selection;
use super::saved::{SavedSearch, SavedSearches, ran};
use crate::error::Result;
use crate::index::corrections::{Action, Correction, Parsed};
use crate::index::{correct, undo};
use std::collections::BTreeMap;
use std::path::Path;

/// What a decision does to the values of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// One more value.
    Add,
    /// Without this value; without any, if none is named.
    Remove,
    /// These values and no others.
    Set,
    /// As if nothing had been decided.
    Reset,
}

/// A decision about an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The article.
    pub id: String,
    /// A facet, or `date`.
    pub facet: String,
    /// What it does.
    pub act: Act,
    /// Values, separated by semicolons.
    pub value: String,
    /// Why.
    pub note: String,
    /// Who decides.
    pub by: String,
}

/// What became of a decision, or of undoing the last one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Articles of the index that have other values now.
    pub articles: u64,
    /// Decisions that hold no more, and those that hold again: each as it would be typed.
    pub withdrawn: Vec<String>,
    pub restored: Vec<String>,
    /// What is not as one would expect.
    pub notes: Vec<String>,
}

impl Following {
    /// Takes a decision, keeps it beside the index and applies it.
    ///
    /// # Errors
    /// [`crate::Error::Locked`] while somebody else writes the index; those of opening and writing one.
    pub fn decide(&self, decision: Decision) -> Result<Done> {
        let action = match decision.act {
            Act::Add => Action::Add,
            Act::Remove => Action::Remove,
            Act::Set => Action::Set,
            Act::Reset => Action::Reset,
        };
        let correction = Correction {
            note: decision.note,
            ..Correction::new(&decision.id, &decision.facet, action, &decision.value)
        };
        let parsed = Parsed {
            by: decision.by,
            ..Parsed::one(correction)
        };
        let done = correct(self.index_dir(), Path::new(""), parsed)?;
        Ok(Done {
            articles: done.articles,
            notes: done.notes,
            ..Done::default()
        })
    }

    /// Takes back what was decided last.
    ///
    /// # Errors
    /// [`crate::Error::Unsupported`] where nothing is left to undo, and as [`Following::decide`].
    pub fn undo(&self, by: &str) -> Result<Done> {
        let undone = undo(self.index_dir(), by)?;
        let said = |all: &[Correction]| all.iter().map(sentence).collect();
        Ok(Done {
            articles: undone.articles,
            withdrawn: said(&undone.withdrawn),
            restored: said(&undone.restored),
            notes: undone.notes,
        })
    }

    /// Keeps a search under a name; false if there is one of this name, which is left as it is.
    ///
    /// # Errors
    /// As [`SavedSearches::update`].
    pub fn save_search(&self, name: &str, selection: &Selection) -> Result<bool> {
        SavedSearches::update(self.index_dir(), |saved| {
            let is_new = !saved.searches.contains_key(name);
            if is_new {
                saved
                    .searches
                    .insert(name.to_string(), SavedSearch::of(selection));
            }
            Ok(is_new)
        })
    }

    /// Removes a search.
    ///
    /// # Errors
    /// [`crate::Error::Unsupported`] if there is none of this name, and as [`SavedSearches::update`].
    pub fn forget_search(&self, name: &str) -> Result<()> {
        SavedSearches::update(self.index_dir(), |saved| {
            saved.get(name)?;
            saved.searches.remove(name);
            Ok(())
        })
    }

    /// Remembers what a search has found as seen, if it is still the search that found it.
    ///
    /// # Errors
    /// As [`Following::forget_search`].
    pub fn saw_search(&self, name: &str, selection: &Selection, found: BTreeMap<String, u64>) -> Result<()> {
        SavedSearches::update(self.index_dir(), |saved| {
            saved.get(name)?;
            if let Some(search) = saved.searches.get_mut(name)
                && search.selection() == *selection
            {
                ran(search, found);
            }
            Ok(())
        })
    }
}

/// A decision on one line, as it would be typed.
fn sentence(correction: &Correction) -> String {
    let words = [
        correction.article.as_str(),
        &correction.facet,
        correction.action.name(),
        &correction.value,
    ];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
