//! Every article of a selection, row by row.

use crate::article::Article;
use crate::corpus;
use crate::error::Result;
use crate::index::Stored;
use crate::search::article::row::row;
use crate::search::local::LocalEngine;
use crate::search::request::{ExportRequest, Rows};
use crate::search::response::rows::{ArticleRow, EventRow, Export, ExportRow};
use crate::search::table::event_filter::Wanted;
use crate::search::table::events::events;
use crate::search::table::mentions::mentions;
use std::rc::Rc;

/// Begins an export: the articles are found at once, and read when their rows are asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn export<'e>(engine: &'e LocalEngine, request: &ExportRequest) -> Result<Export<'e>> {
    let kind = request.rows;
    let wanted = Rc::new(Wanted::new(engine, request)?);
    let found = engine.all(&request.selection)?;
    let articles = found.len() as u64;
    let options = match kind {
        Rows::Records => engine.reader.reading_options()?,
        _ => corpus::Options::default(),
    };
    let rows = found.into_iter().flat_map(move |address| {
        let rows = engine
            .stored(address)
            .and_then(|article| rows_of(engine, article, (kind, &wanted), &options));
        match rows {
            Ok(rows) => rows,
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    });
    Ok(Export::new(articles, rows))
}

/// Rows, made when they are asked for.
type RowsOf<'e> = Box<dyn Iterator<Item = Result<ExportRow>> + 'e>;

fn rows_of<'e>(
    engine: &'e LocalEngine,
    article: Stored,
    (kind, wanted): (Rows, &Rc<Wanted>),
    options: &corpus::Options,
) -> Result<RowsOf<'e>> {
    let one = |row: ExportRow| -> RowsOf<'e> { Box::new(std::iter::once(Ok(row))) };
    Ok(match kind {
        Rows::Articles => one(ExportRow::Article(Box::new(row(engine, &article)?))),
        Rows::Texts => {
            let row = row(engine, &article)?;
            let text = Some(article.body);
            one(ExportRow::Article(Box::new(ArticleRow { text, ..row })))
        }
        Rows::Records => {
            let id = Some(engine.shown_id(&article)?);
            let article = article.into_article().0;
            let record = corpus::record_of(&Article { id, ..article }, options);
            one(ExportRow::Record(record))
        }
        Rows::Events => {
            // An article that reports an event of that time reports others, too.
            let wanted = wanted.clone();
            let rows = events(engine, article)?.filter(move |row: &EventRow| wanted.has(row));
            Box::new(rows.map(|row| Ok(ExportRow::Event(Box::new(row)))))
        }
        Rows::Mentions => {
            let rows = mentions(engine, &article)?.into_iter();
            Box::new(rows.map(|row| Ok(ExportRow::Mention(Box::new(row)))))
        }
    })
}
