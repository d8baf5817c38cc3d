//! The best articles without some of the words of a query: beside those with all of them, and in no count.
//!
//! Where few articles have all words, both are in one list by score; otherwise those without some follow where a
//! page has room. They are ranked as `--any` ranks, function words apart: weighing how many of the words an
//! article has was worse (docs/quality.md).

use crate::error::Result;
use crate::query::{Node, Query};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::filters::Boxed;
use crate::search::compile::selection::{Compiled, compile, compile_loosely};
use crate::search::hits::first_of;
use crate::search::kept::Scored;
use crate::search::local::LocalEngine;
use crate::search::request::{Order, SearchRequest};
use crate::search::response::hits::{Hit, NearlyHit, SearchResponse};
use crate::search::score::ranking::{self, ArticleStatistics, RESCORED};
use rustc_hash::FxHashSet;
use std::ops::Range;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet};

/// Of one query no more are shown, however many pages are turned.
const MOST: usize = 100;
/// With so many articles that have all words, they are what people turn pages of: the others come after them, and
/// are looked for only then.
const MANY: u64 = 100;

/// Adds what a page has room for, or what ranks among its hits, if that was asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn add(
    engine: &LocalEngine,
    request: &SearchRequest,
    response: &mut SearchResponse,
) -> Result<()> {
    let from = first_of(request);
    let total = response.total as usize;
    let one_list = in_one_list(request, response.total);
    if !is_wanted(request, response.total, response.hits.len()) {
        return Ok(());
    }
    let Some(mut loose) = compile_loosely(engine, &request.selection)? else {
        return Ok(());
    };
    let strict = compile(engine, &request.selection)?;
    let mut found = best(engine, &strict, &loose)?;
    found.truncate(MOST);
    // What is marked is decided by the query as asked.
    loose.matcher = strict.matcher.clone();
    let mut page = Page {
        engine,
        request,
        loose: &loose,
        from,
    };
    if one_list && strict.scored() {
        let (_, complete) = engine.top(&strict, Order::Relevance, 0, MANY as usize)?;
        return page.one_list(&strict, &complete, &found, response);
    }
    let before = match request.group {
        true => 0,
        false => from.saturating_sub(total),
    };
    let first = from.max(from + response.hits.len());
    let some = before.min(found.len())
        ..before
            .saturating_add(request.limit - response.hits.len())
            .min(found.len());
    response.nearly = page.nearly(&found, some, first)?;
    Ok(())
}

/// Whether both kinds of articles are in one list by score. Folded hits can't be told from their total: they keep
/// their places, and only the first page is filled.
fn in_one_list(request: &SearchRequest, total: u64) -> bool {
    !request.group && total < MANY
}

/// Whether a page of so many hits may have articles without some of the words.
pub(crate) fn is_wanted(request: &SearchRequest, total: u64, hits: usize) -> bool {
    let is_asked = request.nearly && !request.selection.any && request.order == Order::Relevance;
    if !is_asked || request.limit == 0 {
        return false;
    }
    let from = first_of(request);
    let room = match request.group {
        true if from > 0 => 0,
        true => request.limit.saturating_sub(hits),
        false => from.saturating_add(request.limit).saturating_sub(total as usize),
    };
    in_one_list(request, total) || room > 0
}

/// A page that is being filled.
struct Page<'a, 'e> {
    engine: &'a LocalEngine,
    request: &'a SearchRequest,
    loose: &'a Compiled<'e>,
    /// Articles before it.
    from: usize,
}

impl Page<'_, '_> {
    /// The hits of the page, of both kinds in one list by score, those with all words first where scores are equal.
    fn one_list(
        &mut self,
        strict: &Compiled<'_>,
        complete: &Scored,
        found: &[Found],
        response: &mut SearchResponse,
    ) -> Result<()> {
        let mut known: Vec<Option<Hit>> = (0..complete.len()).map(|_| None).collect();
        for hit in response.hits.drain(..) {
            if let Some(place) = known.get_mut(hit.rank - 1) {
                *place = Some(hit);
            }
        }
        let (mut all, mut some) = (0, 0);
        for rank in 1..=self.from.saturating_add(self.request.limit) {
            let is_complete = match (complete.get(all), found.get(some)) {
                (Some((score, _)), Some(nearly)) => *score >= nearly.score,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let is_shown = rank > self.from;
            if is_complete && is_shown {
                let (score, address) = complete[all];
                let mut hit = match known[all].take() {
                    Some(hit) => hit,
                    None => self.engine.hit(score, address, strict, self.request)?,
                };
                hit.rank = rank;
                response.hits.push(hit);
            } else if is_shown {
                response
                    .nearly
                    .extend(self.nearly(found, some..some + 1, rank - 1)?);
            }
            *(if is_complete { &mut all } else { &mut some }) += 1;
        }
        Ok(())
    }

    /// Some of what was found, after so many articles.
    fn nearly(&self, found: &[Found], range: Range<usize>, after: usize) -> Result<Vec<NearlyHit>> {
        let numbered = found[range].iter().zip(after + 1..);
        let hits = numbered.map(|(found, rank)| {
            let mut hit = self
                .engine
                .hit(found.score, found.address, self.loose, self.request)?;
            hit.rank = rank;
            Ok(NearlyHit {
                hit,
                without: found.without.clone(),
            })
        });
        hits.collect()
    }
}

/// An article without some of the words.
struct Found {
    score: f32,
    address: DocAddress,
    without: Vec<String>,
}

/// The best without all the words, in their order: always the same, whatever page is asked for.
fn best(engine: &LocalEngine, strict: &Compiled<'_>, loose: &Compiled<'_>) -> Result<Vec<Found>> {
    let fields = &engine.reader.fields;
    let complete: FxHashSet<DocAddress> = engine
        .searcher
        .search(&strict.with_filters(fields)?, &DocSetCollector)?
        .into_iter()
        .collect();
    let statistics = ArticleStatistics::of(&loose.dictionary, fields)?;
    let collector = TopDocs::with_limit(RESCORED + complete.len()).order_by_score();
    let mut top: Scored = engine.searcher.search_with_statistics_provider(
        &loose.with_filters(fields)?,
        &collector,
        &statistics,
    )?;
    top.retain(|(_, address)| !complete.contains(address));
    top.truncate(RESCORED);
    let boosts = engine.reader.schema.boosts;
    let top = ranking::rescore(&loose.dictionary, fields, boosts, &loose.words, top)?;
    let wanted = Wanted::of_query(engine, &strict.parsed)?;
    let presence = wanted.presence(engine, &top)?;
    let found = top
        .into_iter()
        .zip(&presence)
        .map(|((score, address), has)| Found {
            score,
            address,
            without: wanted.without(has),
        });
    Ok(found.filter(|found| !found.without.is_empty()).collect())
}

/// The words that a query wants.
struct Wanted {
    words: Vec<Word>,
}

struct Word {
    typed: String,
    /// It is there when one of these finds the article: the word, or the name that it is a part of.
    queries: Vec<Boxed>,
}

impl Wanted {
    fn of_query(engine: &LocalEngine, query: &Query) -> Result<Self> {
        let mut compiler = Compiler::new(engine);
        let nodes = match &query.root {
            Some(Node::And(nodes)) => nodes.as_slice(),
            root => root.as_slice(),
        };
        let mut words = Vec::new();
        for node in nodes {
            let Some(whole) = wanted(node).then(|| compiler.node(node)).transpose()?.flatten() else {
                continue;
            };
            let parts = match node {
                Node::Name(name) => name.typed.as_slice(),
                node => std::slice::from_ref(node),
            };
            for part in parts {
                let Some(alone) = compiler.node(part)? else {
                    continue;
                };
                words.push(Word {
                    typed: query.text[part.span()].to_string(),
                    queries: vec![alone, whole.box_clone()],
                });
            }
        }
        Ok(Self { words })
    }

    /// Which of the words each article has.
    fn presence(&self, engine: &LocalEngine, articles: &Scored) -> Result<Vec<Vec<bool>>> {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|at| articles[*at].1);
        let mut presence = vec![vec![false; self.words.len()]; articles.len()];
        for (number, word) in self.words.iter().enumerate() {
            for query in &word.queries {
                let weight = query.weight(EnableScoring::disabled_from_searcher(&engine.searcher))?;
                let mut scorer = None;
                for at in &order {
                    let address = articles[*at].1;
                    let (_, docs) = match &mut scorer {
                        Some((segment, docs)) if *segment == address.segment_ord => (segment, docs),
                        scorer => {
                            let reader = engine.searcher.segment_reader(address.segment_ord);
                            let docs = weight.scorer(reader, 1.0)?;
                            let (segment, docs) = scorer.insert((address.segment_ord, docs));
                            (segment, docs)
                        }
                    };
                    let doc = match docs.doc() < address.doc_id {
                        true => docs.seek(address.doc_id),
                        false => docs.doc(),
                    };
                    presence[*at][number] |= doc == address.doc_id;
                }
            }
        }
        Ok(presence)
    }

    fn without(&self, has: &[bool]) -> Vec<String> {
        let words = self.words.iter().zip(has);
        words
            .filter(|(_, has)| !**has)
            .map(|(word, _)| word.typed.clone())
            .collect()
    }
}

/// Whether a node is something that an article has or lacks.
fn wanted(node: &Node) -> bool {
    !node.is_filter() && !matches!(node, Node::Not(_) | Node::And(_) | Node::Or(_))
}
