//! A page of hits: the cluster finds and orders a block of articles, which is brought here and scored again.

use super::archive::total_of;
use super::bring;
use super::counts;
use super::engine::ClusterEngine;
use super::lower::{self, Lowered};
use crate::error::Result;
use crate::facets::EXCLUDED;
use crate::index::Brought;
use crate::search::compile::selection::{compile, compile_loosely};
use crate::search::hits::first_of;
use crate::search::table::former_regions::formerly_more;
use crate::search::whole::Whole as _;
use crate::search::{Count, Engine as _, Order, SearchRequest, SearchResponse, Selection};
use crate::search::{excluded, nearly, pasted};
use serde_json::{Value, json};
use std::ops::Range;
use std::time::Instant;

/// Hits that are scored again together.
const BLOCK: usize = crate::search::RESCORED;

/// Articles that are brought beyond a block: the cluster's scores differ by the last digits, and by what articles
/// without a title count there.
const MARGIN: usize = 100;

/// The same where its scores are those of other formulas, and the last place up to which they are brought from the
/// first on.
const WIDE_MARGIN: usize = 400;
const WIDE: usize = 2_000;

/// How deep one request reaches.
const DEEPEST: usize = 10_000;

/// Articles without some of the words that are looked at.
const NEARLY: usize = BLOCK + 50;

impl ClusterEngine {
    /// A page of hits with the counts beside them.
    pub(crate) fn page(&self, request: &SearchRequest) -> Result<SearchResponse> {
        if let Some(response) = self.pasted(request)? {
            return Ok(response);
        }
        let started = Instant::now();
        let (compiled, lowered) = self.lowered(&request.selection)?;
        if !lowered.is_exact || request.group {
            return self.answered_here(request, &lowered);
        }
        let is_scored = compiled.scored() && request.order == Order::Relevance;
        let window = window(request, is_scored.then_some(&lowered));
        let (answer, mut articles) = self.found(request, &lowered, (is_scored, &window))?;
        let total = total_of(&answer);
        let shown = (total as usize)
            .saturating_sub(first_of(request))
            .min(request.limit);
        if nearly::is_wanted(request, total, shown) {
            articles.extend(self.nearly(&request.selection, &lowered)?);
        }
        let part = self.part(articles)?;
        let counted = counts::counted(&self.blank, &lowered, &request.count, &answer)?;
        let alone = SearchRequest {
            count: Count::Nothing,
            ..request.clone()
        };
        let own = compile(&part, &request.selection)?;
        let from = first_of(request);
        let hits = match request.limit {
            0 => Vec::new(),
            limit => {
                let (_, page) = part.top(&own, request.order, from - window.start.min(from), limit)?;
                part.hits_of(page, &own, request, from)?
            }
        };
        let without_explanation = SearchRequest {
            explain: false,
            ..alone
        };
        let mut response = part.response(own, &without_explanation, total, hits, started)?;
        if request.explain {
            response.explanation = Some(self.explanation(&compiled)?);
        }
        response.notes = compiled.notes;
        response.facets = counted.values;
        response.without = counted.without;
        response.without_chosen = counted.without_chosen;
        nearly::add(&part, request, &mut response)?;
        if request.former {
            response
                .notes
                .extend(formerly_more(&self.blank, &request.selection)?);
        }
        response
            .notes
            .extend(self.left_out(&request.selection, &lowered)?);
        response.took_ms = started.elapsed().as_secs_f64() * 1000.0;
        Ok(response)
    }

    /// The answer of the engine of an index, from all articles that may matter.
    fn answered_here(&self, request: &SearchRequest, lowered: &Lowered) -> Result<SearchResponse> {
        let mut articles = bring::all(self.asker(), &lowered.query)?;
        if request.nearly && !request.selection.any && request.order == Order::Relevance {
            let others = self.nearly(&request.selection, lowered)?;
            articles.extend(others);
            articles.sort_by_key(key);
            articles.dedup_by_key(|article| key(article));
        }
        let part = self.part(articles)?;
        let mut response = part.search(request)?.value;
        if request.explain {
            let (compiled, _) = self.lowered(&request.selection)?;
            response.explanation = Some(self.explanation(&compiled)?);
        }
        Ok(response)
    }

    /// The articles of a window of the order that is asked for, with what is counted beside them.
    fn found(
        &self,
        request: &SearchRequest,
        lowered: &Lowered,
        (is_scored, window): (bool, &Range<usize>),
    ) -> Result<(Value, Vec<Brought>)> {
        let is_deep = window.end > DEEPEST;
        let mut body = json!({
            "query": lowered.query,
            "post_filter": lowered.filter_but(None),
            "track_total_hits": true,
            "from": window.start,
            "size": window.len(),
            "_source": bring::FIELDS,
            "sort": sort(is_scored, request.order),
            "aggs": counts::asked(&self.blank, lowered, &request.count)?,
        });
        if is_deep {
            body["from"] = 0.into();
            body["size"] = 0.into();
        }
        let answer = self.asker().search(&body)?;
        let articles = match is_deep {
            true => self.deep(&body, window)?,
            false => bring::hits_of(self.asker(), &answer)?,
        };
        Ok((answer, articles))
    }

    /// A window beyond what one request reaches.
    fn deep(&self, body: &Value, window: &Range<usize>) -> Result<Vec<Brought>> {
        let walk = json!({
            "query": {"bool": {"must": [body["query"]], "filter": [body["post_filter"]]}},
            "sort": body["sort"], "_source": false,
        });
        let (mut at, mut ids) = (0, Vec::new());
        self.asker().each(&walk, DEEPEST / 2, &mut |hits| {
            for hit in &hits {
                if window.contains(&at) {
                    ids.push(hit["_id"].clone());
                }
                at += 1;
            }
            Ok(at < window.end)
        })?;
        self.find(&json!({"ids": {"values": ids}}), window.len())
    }

    /// The best articles without some of the words.
    fn nearly(&self, selection: &Selection, strict: &Lowered) -> Result<Vec<Brought>> {
        let Some(loose) = compile_loosely(&self.blank, selection)? else {
            return Ok(Vec::new());
        };
        let lowered = lower::selection(&self.blank, &loose.wanted())?;
        // What the query itself finds is here already, or would be in the way.
        let others = match strict.is_exact {
            true => json!({"bool": {"must": [lowered.filtered()], "must_not": [strict.filtered()]}}),
            false => lowered.filtered(),
        };
        let size = match strict.is_exact && lowered.is_scored {
            true => NEARLY,
            false => NEARLY + WIDE_MARGIN,
        };
        let body = json!({
            "query": others, "size": size, "_source": bring::FIELDS, "track_total_hits": false,
            "sort": sort(true, Order::Relevance),
        });
        bring::hits_of(self.asker(), &self.asker().search(&body)?)
    }

    /// The article that was typed in place of a query.
    fn pasted(&self, request: &SearchRequest) -> Result<Option<SearchResponse>> {
        let typed = request.selection.query.trim();
        if !typed.contains(['/', '#', '.']) || typed.contains(char::is_whitespace) {
            return Ok(None);
        }
        let named = self.named(typed)?;
        if let Some(response) = pasted::pasted(&named, request)? {
            return Ok(Some(response));
        }
        if !typed.starts_with("http") && !typed.starts_with("www.") {
            return Ok(None);
        }
        let words = typed.replace(|c: char| !c.is_alphanumeric(), " ");
        let selection = Selection {
            any: true,
            plain: true,
            ..Selection::of(words)
        };
        let (_, lowered) = self.lowered(&selection)?;
        let body = json!({
            "query": lowered.filtered(), "size": BLOCK + MARGIN, "_source": bring::FIELDS,
            "track_total_hits": false, "sort": sort(true, Order::Relevance),
        });
        let articles = bring::hits_of(self.asker(), &self.asker().search(&body)?)?;
        pasted::pasted(&self.part(articles)?, request)
    }

    /// Says how many excluded articles match.
    pub(crate) fn left_out(&self, selection: &Selection, lowered: &Lowered) -> Result<Option<String>> {
        let mut facets = self.blank.reader.fields.facets.iter();
        let marks = facets.find(|(declared, _)| declared.derive.marks);
        let Some((marks, _)) = marks.filter(|_| !selection.include_excluded) else {
            return Ok(None);
        };
        if !self.archive.values(&marks.name)?.contains_key(EXCLUDED) {
            return Ok(None);
        }
        let mut only = lowered.clone();
        if !excluded::only_excluded(&marks.name, &mut only.filters) {
            return Ok(None);
        }
        let counted = self.asker().counts(&[only.filtered()])?;
        Ok(excluded::note(counted.first().copied().unwrap_or(0)))
    }
}

fn key(article: &Brought) -> (String, usize, String) {
    let meta = &article.article.meta;
    (meta.file.clone(), meta.record, article.article.id.clone())
}

/// The order of an export: as [`sort`], but that articles of one date are the other way round in the oldest first.
pub(crate) fn sort_of_export(is_scored: bool, order: Order) -> Value {
    match order {
        Order::Oldest => json!([{"date_from": {"order": "asc", "missing": "_last"}}, {"tie": "desc"}]),
        order => sort(is_scored, order),
    }
}

/// The order of the cluster: that of an index on this machine.
pub(crate) fn sort(is_scored: bool, order: Order) -> Value {
    let dated = match order {
        Order::Oldest => json!({"date_from": {"order": "asc", "missing": "_last"}}),
        Order::Newest | Order::Relevance => json!({"date_from": {"order": "desc", "missing": "_last"}}),
    };
    match is_scored {
        true => json!([{"_score": "desc"}, dated, {"tie": "asc"}]),
        false => json!([dated, {"tie": "asc"}]),
    }
}

/// Which articles of the cluster's order a page is made of. `scored`: they are scored again in blocks.
fn window(request: &SearchRequest, scored: Option<&Lowered>) -> Range<usize> {
    let from = first_of(request);
    let to = from.saturating_add(request.limit);
    let Some(lowered) = scored.filter(|_| request.limit > 0) else {
        return from..to;
    };
    let end = to.next_multiple_of(BLOCK);
    match lowered.is_scored {
        true => from / BLOCK * BLOCK..end + MARGIN,
        false if end <= WIDE => 0..end + WIDE_MARGIN,
        false => from / BLOCK * BLOCK..end + WIDE_MARGIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_brought_whole() {
        let request = |page, limit| SearchRequest {
            page,
            limit,
            ..SearchRequest::default()
        };
        let mut lowered = Lowered {
            query: json!({}),
            filters: Vec::new(),
            is_exact: true,
            is_scored: true,
        };
        assert_eq!(window(&request(1, 10), Some(&lowered)), 0..300);
        assert_eq!(window(&request(30, 10), Some(&lowered)), 200..500);
        assert_eq!(window(&request(2, 150), Some(&lowered)), 0..500, "two blocks");
        assert_eq!(window(&request(3, 10), None), 20..30);
        lowered.is_scored = false;
        assert_eq!(window(&request(30, 10), Some(&lowered)), 0..800);
        assert_eq!(window(&request(300, 10), Some(&lowered)), 2800..3400);
    }
}
