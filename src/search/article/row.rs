//! An article's metadata and facet values, as an export and `show` give them.

use crate::error::Result;
use crate::index::Stored;
use crate::search::local::LocalEngine;
use crate::search::response::rows::ArticleRow;

/// # Errors
/// What a damaged index gives.
pub(crate) fn row(engine: &LocalEngine, article: &Stored) -> Result<ArticleRow> {
    let mut facets = engine.facet_values(article)?;
    let meta = &article.meta;
    Ok(ArticleRow {
        id: engine.shown_id(article)?,
        title: article.title.clone(),
        date: meta.date,
        months: facets.remove("month").unwrap_or_default(),
        facets,
        url: meta.url.clone(),
        path: engine.reader.path_of(&meta.file),
        paths: engine.paths(article)?,
        source: meta.source.clone(),
        lang: meta.lang.clone(),
        text: None,
    })
}
