//! What has become of the articles of a selection since it was last looked at.

use crate::date::PartialDate;
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
    compared(request, found, &mut |ids| {
        let mut titles = BTreeMap::new();
        for id in ids {
            // An article that is gone has no title any more.
            if let Ok((_, article)) = ids::find(&engine.searcher, &engine.reader.fields, id) {
                titles.insert((*id).clone(), (article.meta.date, article.title));
            }
        }
        Ok(titles)
    })
}

/// Dates and titles, by id.
pub(crate) type Titles = BTreeMap<String, (Option<PartialDate>, String)>;

/// Compares what is found now with what was found before; `titles` are those of articles by their ids.
pub(crate) fn compared(
    request: &ChangesRequest,
    found: BTreeMap<String, u64>,
    titles: &mut dyn FnMut(&[&String]) -> Result<Titles>,
) -> Result<Changes> {
    let difference = difference(&request.seen, &found);
    let titles = match request.titles {
        true => {
            let reported = [&difference.new, &difference.changed, &difference.gone];
            titles(&reported.into_iter().flatten().collect::<Vec<_>>())?
        }
        false => Titles::new(),
    };
    Ok(Changes {
        difference,
        found,
        titles,
    })
}

/// The hash of what an article says.
pub(crate) fn hash_of(title: &str, body: &str) -> u64 {
    hash64(format!("{title}\0{body}").as_bytes())
}

/// What is found now: ids, with a hash of title and text.
fn found(engine: &LocalEngine, selection: &Selection) -> Result<BTreeMap<String, u64>> {
    let mut all = BTreeMap::new();
    for address in engine.all(selection)? {
        let article = engine.stored(address)?;
        let hash = hash_of(&article.title, &article.body);
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
