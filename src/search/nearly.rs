//! The best articles without some of the words of a query: shown after those with all of them where a page has
//! room, and in no count.
//!
//! They are ranked as `--any` ranks, function words apart: weighing how many of the words an article has was worse
//! on whole questions (docs/quality.md).

use crate::error::Result;
use crate::query::{Node, Query};
use crate::search::compile::compiler::Compiler;
use crate::search::compile::filters::Boxed;
use crate::search::compile::selection::{Compiled, compile, compile_loosely};
use crate::search::hits::{Scored, first_of};
use crate::search::local::LocalEngine;
use crate::search::request::{Order, SearchRequest};
use crate::search::response::hits::{NearlyHit, SearchResponse};
use crate::search::score::ranking::{self, ArticleStatistics, RESCORED};
use rustc_hash::FxHashSet;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet};

/// Of one query no more are shown, however many pages are turned.
const MOST: usize = 100;

/// Fills what a page of hits leaves free; empty where that was not asked for.
///
/// # Errors
/// As [`LocalEngine::hits`].
pub(crate) fn nearly(
    engine: &LocalEngine,
    request: &SearchRequest,
    response: &SearchResponse,
) -> Result<Vec<NearlyHit>> {
    let from = first_of(request);
    let room = request.limit.saturating_sub(response.hits.len());
    // Pages of folded hits can't be told from their total: only the first is filled.
    let before = match request.group {
        true => from,
        false => from.saturating_sub(response.total as usize),
    };
    let to = before.saturating_add(room).min(MOST);
    let is_asked = request.nearly && !request.selection.any && request.order == Order::Relevance;
    if !is_asked || before >= to || request.group && from > 0 {
        return Ok(Vec::new());
    }
    let Some(mut loose) = compile_loosely(engine, &request.selection)? else {
        return Ok(Vec::new());
    };
    let strict = compile(engine, &request.selection)?;
    let found = best(engine, &strict, &loose)?;
    // What is marked is decided by the query as asked.
    loose.matcher = strict.matcher;
    let mut hits = Vec::with_capacity(to - before);
    for found in found.into_iter().take(to).skip(before) {
        let hit = engine.hit(found.score, found.address, &loose, request)?;
        hits.push(NearlyHit {
            hit,
            without: found.without,
        });
    }
    Ok(hits)
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
    let statistics = ArticleStatistics::new(&engine.searcher, fields)?;
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
