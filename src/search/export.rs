//! Every article of a selection, row by row.

use crate::article::Article;
use crate::corpus;
use crate::error::Result;
use crate::index::Stored;
use crate::search::article::row::row;
use crate::search::local::LocalEngine;
use crate::search::request::{ExportRequest, Rows};
use crate::search::response::rows::{ArticleRow, Export, ExportRow};
use crate::search::table::events::events;
use crate::search::table::mentions::mentions;

/// Begins an export: the articles are found at once, and read when their rows are asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn export<'e>(engine: &'e LocalEngine, request: &ExportRequest) -> Result<Export<'e>> {
    let kind = request.rows;
    let found = engine.all(&request.selection)?;
    let articles = found.len() as u64;
    let options = match kind {
        Rows::Records => engine.reader.reading_options()?,
        _ => corpus::Options::default(),
    };
    let rows = found.into_iter().flat_map(move |address| {
        let rows = engine
            .stored(address)
            .and_then(|article| rows_of(engine, article, kind, &options));
        match rows {
            Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        }
    });
    Ok(Export::new(articles, rows))
}

fn rows_of(
    engine: &LocalEngine,
    article: Stored,
    kind: Rows,
    options: &corpus::Options,
) -> Result<Vec<ExportRow>> {
    Ok(match kind {
        Rows::Articles => vec![ExportRow::Article(Box::new(row(engine, &article)?))],
        Rows::Texts => {
            let row = row(engine, &article)?;
            let text = Some(article.body);
            vec![ExportRow::Article(Box::new(ArticleRow { text, ..row }))]
        }
        Rows::Records => {
            let id = Some(engine.shown_id(&article)?);
            let article = article.into_article().0;
            vec![ExportRow::Record(corpus::record_of(
                &Article { id, ..article },
                options,
            ))]
        }
        Rows::Events => {
            let rows = events(engine, &article)?.into_iter();
            rows.map(|row| ExportRow::Event(Box::new(row))).collect()
        }
        Rows::Mentions => {
            let rows = mentions(engine, &article)?.into_iter();
            rows.map(|row| ExportRow::Mention(Box::new(row))).collect()
        }
    })
}
