//! An article's metadata and facet values, as an export and `show` give them.

use crate::error::Result;
use crate::facets::main_columns;
use crate::index::Stored;
use crate::search::facet::declared::take_months;
use crate::search::local::LocalEngine;
use crate::search::response::rows::ArticleRow;

/// # Errors
/// What a damaged index gives.
pub(crate) fn row(engine: &LocalEngine, article: &Stored) -> Result<ArticleRow> {
    let fields = &engine.reader.fields;
    let mut facets = engine.facet_values(article)?;
    let months = take_months(fields, &mut facets);
    let main = main_columns(fields.facets.iter().map(|(facet, _)| facet))
        .filter_map(|facet| facets.remove_entry(&facet.name))
        .collect();
    let meta = &article.meta;
    Ok(ArticleRow {
        id: engine.shown_id(article)?,
        title: article.title.clone(),
        date: meta.date,
        months,
        main,
        facets,
        url: meta.url.clone(),
        path: engine.reader.path_of(&meta.file),
        paths: engine.paths(article)?,
        source: meta.source.clone(),
        from_text: meta.from_text.clone(),
        lang: meta.lang.clone(),
        text: None,
    })
}
