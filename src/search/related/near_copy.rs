//! An article as it stands in a list of those that are like another.

use crate::error::Result;
use crate::search::local::LocalEngine;
use crate::search::response::hits::NearCopy;
use std::collections::BTreeSet;
use tantivy::DocAddress;

pub(crate) fn copy(engine: &LocalEngine, address: DocAddress, same: f64) -> Result<NearCopy> {
    let article = engine.stored(address)?;
    Ok(NearCopy {
        id: engine.shown_id(&article)?,
        title: article.title,
        source: article.meta.source,
        date: article.meta.date,
        url: article.meta.url,
        resemblance: (same * 100.0).round() / 100.0,
    })
}

/// Different media: by name, else by the host of the url; articles with neither count together.
pub(crate) fn media<'c>(copies: impl Iterator<Item = &'c NearCopy>) -> usize {
    let host = |url: &str| {
        url.split("://")
            .nth(1)
            .unwrap_or(url)
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches("www.")
            .to_string()
    };
    let name = |c: &NearCopy| {
        c.source
            .as_deref()
            .map(crate::french::fold)
            .or_else(|| c.url.as_deref().map(host))
            .unwrap_or_default()
    };
    copies.map(name).collect::<BTreeSet<_>>().len()
}
