//! Exports from a cluster: some articles at a time, from one state of its index, so that an export is whole however
//! large it is.

use super::ask::Pages;
use super::bring;
use super::engine::ClusterEngine;
use super::hits::{sort, sort_of_export};
use crate::error::Result;
use crate::search::changes::{Titles, compared, hash_of};
use crate::search::export::{by_event_date, rows_in};
use crate::search::{Changes, ChangesRequest, Engine as _, Export, ExportRequest, ExportRow, Order, Rows};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Up to so many articles, the order by relevance is that of an index on this machine; of more it is the cluster's,
/// whose scores differ by the last digits.
const ORDERED_HERE: u64 = 5_000;

impl ClusterEngine {
    pub(crate) fn exported<'e>(&'e self, request: &ExportRequest) -> Result<Export<'e>> {
        let (compiled, lowered) = self.lowered(&request.selection)?;
        let query = lowered.filtered();
        let number = self.asker().counts(std::slice::from_ref(&query))?;
        let number = number.first().copied().unwrap_or(0);
        let is_scored = compiled.scored() && request.order == Order::Relevance;
        if !lowered.is_exact || is_scored && number <= ORDERED_HERE {
            let part = self.part(bring::all(self.asker(), &query)?)?;
            let exported = part.export(request)?;
            let articles = exported.articles;
            let rows: Vec<ExportRow> = exported.collect::<Result<_>>()?;
            return Ok(Export::new(articles, rows.into_iter().map(Ok)));
        }
        let body = json!({
            "query": query, "_source": bring::FIELDS, "sort": sort_of_export(is_scored, request.order),
        });
        let rows = Streamed {
            engine: self,
            request: request.clone(),
            pages: Pages::open(self.asker().clone(), &body, bring::AT_ONCE)?,
            ready: Vec::new().into_iter(),
            has_failed: false,
        };
        if request.rows == Rows::Events && request.order != Order::Relevance {
            let rows: Vec<ExportRow> = rows.collect::<Result<_>>()?;
            return Ok(Export::new(
                number,
                by_event_date(rows, request.order).into_iter().map(Ok),
            ));
        }
        Ok(Export::new(number, rows))
    }

    /// What has become of the articles of a selection.
    pub(crate) fn changed(&self, request: &ChangesRequest) -> Result<Changes> {
        let (_, lowered) = self.lowered(&request.selection)?;
        let mut found = BTreeMap::new();
        if lowered.is_exact {
            let body = json!({
                "query": lowered.filtered(), "_source": ["shown", "title", "body"], "sort": sort(false, Order::Newest),
            });
            self.asker().each(&body, bring::AT_ONCE, &mut |hits| {
                for hit in &hits {
                    let text = |key: &str| hit["_source"][key].as_str().unwrap_or_default();
                    found.insert(text("shown").to_string(), hash_of(text("title"), text("body")));
                }
                Ok(true)
            })?;
        } else {
            let part = self.part(bring::all(self.asker(), &lowered.filtered())?)?;
            let alone = ChangesRequest {
                titles: false,
                ..request.clone()
            };
            found = part.changes(&alone)?.value.found;
        }
        compared(request, found, &mut |ids| self.titles(ids))
    }

    fn titles(&self, ids: &[&String]) -> Result<Titles> {
        let mut titles = Titles::new();
        for some in ids.chunks(bring::AT_ONCE) {
            let found = self.find(&json!({"terms": {"shown": some}}), some.len())?;
            for brought in found {
                titles.insert(brought.shown, (brought.article.meta.date, brought.article.title));
            }
        }
        Ok(titles)
    }
}

/// Rows made when they are asked for.
struct Streamed<'e> {
    engine: &'e ClusterEngine,
    request: ExportRequest,
    pages: Pages,
    ready: std::vec::IntoIter<ExportRow>,
    has_failed: bool,
}

impl Streamed<'_> {
    fn more(&mut self) -> Result<bool> {
        let Some(hits) = self.pages.next()? else {
            return Ok(false);
        };
        let asker = self.engine.asker();
        let brought = hits.iter().map(|hit: &Value| bring::brought(asker, hit));
        let brought: Vec<_> = brought.collect::<Result<_>>()?;
        let articles = brought.iter().map(|brought| brought.article.clone()).collect();
        let part = self.engine.part(brought)?;
        self.ready = rows_in(&part, &self.request, articles)?.into_iter();
        Ok(true)
    }
}

impl Iterator for Streamed<'_> {
    type Item = Result<ExportRow>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                return Some(Ok(row));
            }
            if self.has_failed {
                return None;
            }
            match self.more() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.has_failed = true;
                    return Some(Err(error));
                }
            }
        }
    }
}
