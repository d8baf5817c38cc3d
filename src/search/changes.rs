//! What has become of the articles of a selection since it was last looked at.

use crate::error::Result;
use crate::index::hash::hash64;
use crate::index::ids;
use crate::search::local::LocalEngine;
use crate::search::request::{ChangesRequest, Selection};
use crate::search::response::articles::{Changes, Difference};
use std::collections::{BTreeMap, BTreeSet};

/// Compares what is found now with what was found before.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn changes(engine: &LocalEngine, request: &ChangesRequest) -> Result<Changes> {
    let found = found(engine, &request.selection)?;
    let difference = difference(&request.seen, &found);
    let mut titles = BTreeMap::new();
    if request.titles {
        let reported = [&difference.new, &difference.changed, &difference.gone];
        for id in reported.into_iter().flatten() {
            // An article that is gone has no title any more.
            if let Ok((_, article)) = ids::find(&engine.searcher, &engine.reader.fields, id) {
                titles.insert(id.clone(), (article.meta.date, article.title));
            }
        }
    }
    Ok(Changes {
        difference,
        found,
        titles,
    })
}

/// What is found now: ids, with a hash of title and text.
fn found(engine: &LocalEngine, selection: &Selection) -> Result<BTreeMap<String, u64>> {
    let mut all = BTreeMap::new();
    for address in engine.all(selection)? {
        let article = engine.stored(address)?;
        let hash = hash64(format!("{}\0{}", article.title, article.body).as_bytes());
        all.insert(engine.shown_id(&article)?, hash);
    }
    Ok(all)
}

fn difference(before: &BTreeMap<String, u64>, now: &BTreeMap<String, u64>) -> Difference {
    let ids: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let mut difference = Difference {
        total: now.len(),
        ..Difference::default()
    };
    for id in ids {
        match (before.get(id), now.get(id)) {
            (None, Some(_)) => difference.new.push(id.clone()),
            (Some(_), None) => difference.gone.push(id.clone()),
            (Some(one), Some(other)) if one != other => difference.changed.push(id.clone()),
            _ => {}
        }
    }
    difference
}
