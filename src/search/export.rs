//! Every article of a selection, row by row.

use crate::article::Article;
use crate::corpus;
use crate::error::Result;
use crate::index::Stored;
use crate::index::fields::column;
use crate::search::article::row::row;
use crate::search::compile::selection::compile;
use crate::search::local::LocalEngine;
use crate::search::request::{ExportRequest, Order, Rows};
use crate::search::response::rows::{ArticleRow, EventRow, Export, ExportRow};
use crate::search::table::event_filter::Wanted;
use crate::search::table::events::events;
use crate::search::table::mentions::mentions;
use std::rc::Rc;
use tantivy::DocAddress;

/// Begins an export: the articles are found at once, and read when their rows are asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn export<'e>(engine: &'e LocalEngine, request: &ExportRequest) -> Result<Export<'e>> {
    let kind = request.rows;
    let wanted = Rc::new(Wanted::new(engine, request)?);
    let found = in_order(engine, request)?;
    let articles = found.len() as u64;
    let options = options(engine, kind)?;
    let rows = found.into_iter().flat_map(move |address| {
        let rows = engine
            .stored(address)
            .and_then(|article| rows_of(engine, article, (kind, &wanted), &options));
        match rows {
            Ok(rows) => rows,
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    });
    if kind == Rows::Events && request.order != Order::Relevance {
        let rows: Vec<ExportRow> = rows.collect::<Result<_>>()?;
        return Ok(Export::new(
            articles,
            by_event_date(rows, request.order).into_iter().map(Ok),
        ));
    }
    Ok(Export::new(articles, rows))
}

fn options(engine: &LocalEngine, kind: Rows) -> Result<corpus::Options> {
    match kind {
        Rows::Records => engine.reader.reading_options(),
        _ => Ok(corpus::Options::default()),
    }
}

/// The rows of these articles, in their order.
///
/// # Errors
/// As [`export`].
pub(crate) fn rows_in(
    engine: &LocalEngine,
    request: &ExportRequest,
    articles: Vec<Stored>,
) -> Result<Vec<ExportRow>> {
    let wanted = Rc::new(Wanted::new(engine, request)?);
    let options = options(engine, request.rows)?;
    let mut rows = Vec::with_capacity(articles.len());
    for article in articles {
        for row in rows_of(engine, article, (request.rows, &wanted), &options)? {
            rows.push(row?);
        }
    }
    Ok(rows)
}

/// The articles, what has no date last.
pub(super) fn in_order(engine: &LocalEngine, request: &ExportRequest) -> Result<Vec<DocAddress>> {
    let compiled = compile(engine, &request.selection)?;
    let mut found = engine.all_of(&compiled, request.order)?;
    if request.order == Order::Oldest {
        let mut dates = Vec::new();
        for segment in engine.searcher.segment_readers() {
            dates.push(segment.fast_fields().i64(column::DATE_FROM)?);
        }
        let has_date = |address: &DocAddress| {
            dates[address.segment_ord as usize]
                .first(address.doc_id)
                .is_some()
        };
        let undated = found.iter().position(has_date).unwrap_or(0);
        found.rotate_left(undated);
    }
    Ok(found)
}

/// Rows of events by their dates: those of a known year, those without a year, those without a date.
pub(crate) fn by_event_date(mut rows: Vec<ExportRow>, order: Order) -> Vec<ExportRow> {
    let key = |row: &ExportRow| match row {
        ExportRow::Event(row) => {
            let date = row.event_date;
            let (first, last) = date
                .and_then(|date| date.interval_in(ANY_YEAR))
                .unwrap_or_default();
            let days = if order == Order::Newest {
                (-first, -last)
            } else {
                (first, last)
            };
            (date.is_none(), date.is_some_and(|date| date.is_yearless()), days)
        }
        _ => (true, true, (0, 0)),
    };
    // Rows of one date stay in the order of the articles.
    rows.sort_by_cached_key(key);
    rows
}

/// The year that dates without one are compared in: a leap year.
const ANY_YEAR: i16 = 2000;

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
