//! What an export was made of: whoever gets the file can tell which question was put to which state of which archive.

use crate::corpus::EXPORT_MARK;
use crate::date::written_now;
use crate::error::Result;
use crate::search::{Commit, Engine, EventFilter, SearchRequest, Selection};
use serde::Serialize;
use serde_json::{Map, Value};

/// What an export was made of; its JSON form is documented in `docs/json.md`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provenance {
    pub version: u32,
    /// The version of griot.
    pub griot: &'static str,
    /// When it was written, in universal time.
    pub written: String,
    /// The question as it was put.
    pub selection: Selection,
    /// Which events of the articles.
    #[serde(skip_serializing_if = "is_any")]
    pub events: EventFilter,
    /// The query as it was understood; empty for every article.
    pub interpreted: String,
    /// How the query was read.
    pub notes: Vec<String>,
    /// The state of the index that answered.
    pub index: Commit,
    /// Articles that were found.
    pub articles: u64,
}

fn is_any(events: &EventFilter) -> bool {
    *events == EventFilter::default()
}

impl Provenance {
    /// Of the answer to a selection, given now.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn of(engine: &dyn Engine, selection: &Selection) -> Result<Self> {
        let found = SearchRequest {
            selection: selection.clone(),
            limit: 0,
            page: 1,
            ..SearchRequest::default()
        };
        let found = engine.search(&found)?.value;
        let interpreted = engine.explain(selection)?.value.interpreted;
        let index = engine.commit()?.value;
        Ok(Self::known(
            selection.clone(),
            interpreted,
            found.notes,
            index,
            found.total,
        ))
    }

    /// Of what is known already, written now.
    #[must_use]
    pub fn known(
        selection: Selection,
        interpreted: String,
        notes: Vec<String>,
        index: Commit,
        articles: u64,
    ) -> Self {
        Self {
            version: crate::search::JSON_VERSION,
            griot: env!("CARGO_PKG_VERSION"),
            written: written_now(),
            selection,
            events: EventFilter::default(),
            interpreted,
            notes,
            index,
            articles,
        }
    }

    /// As JSON, with what is known of the file.
    ///
    /// # Errors
    /// None that is expected.
    pub fn with_file(&self, file: Value, command: Vec<String>) -> Result<Value> {
        let mut object = Map::from_iter([(EXPORT_MARK.to_string(), "provenance".into())]);
        if let Value::Object(known) = serde_json::to_value(self)? {
            object.extend(known);
        }
        object.insert("file".into(), file);
        object.insert("command".into(), command.into());
        Ok(object.into())
    }
}
