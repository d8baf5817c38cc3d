//! Hits: which articles match, in what order, with their passages.

use crate::error::Result;
use crate::index::Stored;
use crate::index::fields::column;
use crate::search::compile::selection::{Compiled, compile};
use crate::search::deep::DEEP;
use crate::search::facet::counted::counted;
use crate::search::facet::declared::take_months;
use crate::search::highlight::snippet;
use crate::search::kept::Scored;
use crate::search::local::LocalEngine;
use crate::search::request::{Order, SearchRequest, Selection, SnippetOptions};
use crate::search::response::hits::{Hit, JSON_VERSION, SearchResponse, Snippet};
use crate::search::score::ranking::{self, ArticleStatistics, RESCORED};
use std::time::Instant;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count as CountCollector, DocSetCollector, TopDocs};
use tantivy::{DocAddress, Order as TantivyOrder};

impl LocalEngine {
    /// Answers a search, nothing folded.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchFacet`] for a filter on a facet that isn't declared; otherwise only what a damaged
    /// index gives. No query is an error.
    pub(crate) fn hits(&self, request: &SearchRequest) -> Result<SearchResponse> {
        let started = Instant::now();
        let compiled = compile(self, &request.selection)?;
        let from = first_of(request);
        let (total, page) = match from >= DEEP {
            true => self.deep(&compiled, request, from)?,
            false => self.top(&compiled, request.order, from, request.limit)?,
        };
        let hits = self.hits_of(page, &compiled, request, from)?;
        self.response(compiled, request, total, hits, started)
    }

    /// These articles as hits, after so many.
    pub(crate) fn hits_of(
        &self,
        page: Scored,
        compiled: &Compiled,
        request: &SearchRequest,
        after: usize,
    ) -> Result<Vec<Hit>> {
        let mut hits = Vec::with_capacity(page.len());
        for (number, (score, address)) in page.into_iter().enumerate() {
            let mut hit = self.hit(score, address, compiled, request)?;
            hit.rank = after + number + 1;
            hits.push(hit);
        }
        Ok(hits)
    }

    /// The answer of these hits, with what is asked for beside them.
    pub(crate) fn response(
        &self,
        compiled: Compiled,
        request: &SearchRequest,
        total: u64,
        hits: Vec<Hit>,
        started: Instant,
    ) -> Result<SearchResponse> {
        let facets = counted(self, &compiled, &request.count)?;
        let explanation = match request.explain {
            true => Some(self.explanation(&compiled)?),
            false => None,
        };
        Ok(SearchResponse {
            version: JSON_VERSION,
            query: request.selection.query.clone(),
            total,
            dispatches: None,
            took_ms: started.elapsed().as_secs_f64() * 1000.0,
            hits,
            nearly: Vec::new(),
            facets: facets.values,
            without: facets.without,
            without_chosen: facets.without_chosen,
            notes: compiled.notes,
            explanation,
        })
    }

    /// How many articles match, and of them `limit` after the first `from`.
    pub(crate) fn top(
        &self,
        compiled: &Compiled,
        order: Order,
        from: usize,
        limit: usize,
    ) -> Result<(u64, Scored)> {
        if limit == 0 {
            return Ok((self.total_of(compiled)?, Vec::new()));
        }
        let wanted = from.saturating_add(limit);
        // More than there are would only cost memory.
        let depth = wanted.clamp(1, self.searcher.num_docs().max(1) as usize);
        let (count, hits) = match compiled.scored() && order == Order::Relevance {
            true => self.best(compiled, from, wanted, depth)?,
            false => self.by_date(compiled, order, depth)?,
        };
        Ok((count as u64, hits.into_iter().skip(from).take(limit).collect()))
    }

    /// The best by BM25, those from `from` to `wanted` scored again.
    fn best(&self, compiled: &Compiled, from: usize, wanted: usize, depth: usize) -> Result<(usize, Scored)> {
        let (count, top) = self.by_score(compiled, depth.next_multiple_of(RESCORED))?;
        let mut ordered = Vec::with_capacity(top.len());
        for block in top.chunks(RESCORED) {
            // Blocks before and after the page keep their order: nothing of them is shown.
            let shown = ordered.len() + block.len() > from && ordered.len() < wanted;
            ordered.extend(match shown {
                true => self.rescored(compiled, block.to_vec())?,
                false => block.to_vec(),
            });
        }
        Ok((count, ordered))
    }

    /// The best by BM25.
    pub(crate) fn by_score(&self, compiled: &Compiled, depth: usize) -> Result<(usize, Scored)> {
        let query = compiled.with_filters(&self.reader.fields)?;
        let statistics = ArticleStatistics::of(&compiled.dictionary, &self.reader.fields)?;
        let collector = (TopDocs::with_limit(depth).order_by_score(), CountCollector);
        let (top, count) = self
            .searcher
            .search_with_statistics_provider(&query, &collector, &statistics)?;
        Ok((count, top))
    }

    /// A block of hits scored again.
    pub(crate) fn rescored(&self, compiled: &Compiled, block: Scored) -> Result<Scored> {
        let (fields, boosts) = (&self.reader.fields, self.reader.schema.boosts);
        ranking::rescore(&compiled.dictionary, fields, boosts, &compiled.words, block)
    }

    /// The newest or the oldest.
    pub(crate) fn by_date(&self, compiled: &Compiled, order: Order, depth: usize) -> Result<(usize, Scored)> {
        let query = compiled.with_filters(&self.reader.fields)?;
        let direction = match order {
            Order::Oldest => TantivyOrder::Asc,
            Order::Newest | Order::Relevance => TantivyOrder::Desc,
        };
        let date = (
            SortByStaticFastValue::<i64>::for_field(column::DATE_FROM),
            direction,
        );
        let record_key = (
            SortByStaticFastValue::<u64>::for_field(column::RECORD_KEY),
            TantivyOrder::Asc,
        );
        let collector = (
            TopDocs::with_limit(depth).order_by((date, record_key)),
            CountCollector,
        );
        let (top, count) = self.searcher.search(&query, &collector)?;
        Ok((
            count,
            top.into_iter().map(|(_, address)| (0.0, address)).collect(),
        ))
    }

    /// A hit, whose rank is for the caller to give.
    pub(crate) fn hit(
        &self,
        score: f32,
        address: DocAddress,
        compiled: &Compiled,
        request: &SearchRequest,
    ) -> Result<Hit> {
        let article = self.stored(address)?;
        let snippets = match request.snippets {
            Some(options) => self.snippets(&article, compiled, options),
            None => Vec::new(),
        };
        let mut facets = self.facet_values(&article)?;
        let months = take_months(&self.reader.fields, &mut facets);
        let several = |list: Vec<String>| Some(list).filter(|list| list.len() > 1).unwrap_or_default();
        Ok(Hit {
            rank: 0,
            id: self.shown_id(&article)?,
            score: match request.order {
                Order::Relevance => score,
                Order::Newest | Order::Oldest => 0.0,
            },
            path: self.reader.path_of(&article.meta.file),
            paths: several(self.paths(&article)?),
            begins: article.title.is_empty().then(|| begins(&article.body)).flatten(),
            title: article.title,
            date: article.meta.date.map(|d| d.to_string()),
            source: article.meta.source,
            from_text: article.meta.from_text,
            url: article.meta.url,
            month: months.first().cloned(),
            months: several(months),
            facets,
            snippets,
            why: match request.explain {
                true => Some(self.score_parts(compiled, address)?),
                false => None,
            },
            folded: None,
        })
    }

    /// Marks in title and body, and the fragments that say most.
    fn snippets(&self, article: &Stored, compiled: &Compiled, options: SnippetOptions) -> Vec<Snippet> {
        let marks = |text: &str, title: bool| {
            compiled
                .matcher
                .marks(text, &self.reader.french.analyze(text), title)
        };
        let mut snippets = Vec::new();
        let in_title = marks(&article.title, true);
        if !in_title.is_empty() {
            snippets.push(snippet::whole("title", &article.title, &in_title));
        }
        let weights = compiled.matcher.weights();
        let in_body = marks(&article.body, false);
        let fragments = snippet::fragments("body", &article.body, &in_body, weights, options);
        let pages = article.pages();
        snippets.extend(fragments.into_iter().map(|fragment| Snippet {
            page: pages.at(fragment.start),
            ..fragment
        }));
        snippets
    }

    /// How many articles match.
    ///
    /// # Errors
    /// As [`LocalEngine::hits`].
    pub(crate) fn total(&self, selection: &Selection) -> Result<u64> {
        self.total_of(&compile(self, selection)?)
    }

    pub(crate) fn total_of(&self, compiled: &Compiled) -> Result<u64> {
        if let Some(whole) = self.whole().filter(|_| self.searcher.num_docs() == 0) {
            return whole.total(&compiled.wanted());
        }
        let query = compiled.with_filters(&self.reader.fields)?;
        Ok(self.searcher.search(&query, &CountCollector)? as u64)
    }

    /// Every article of a selection, by BM25 (without a query the newest first), with nothing cut off.
    ///
    /// # Errors
    /// As [`LocalEngine::hits`].
    pub fn all(&self, selection: &Selection) -> Result<Vec<DocAddress>> {
        self.all_of(&compile(self, selection)?, Order::Relevance)
    }

    pub(crate) fn all_of(&self, compiled: &Compiled, order: Order) -> Result<Vec<DocAddress>> {
        let query = compiled.with_filters(&self.reader.fields)?;
        let found = self.searcher.search(&query, &DocSetCollector)?;
        let mut hits: Scored = found.into_iter().map(|address| (0.0, address)).collect();
        if compiled.scored() && order == Order::Relevance && !hits.is_empty() {
            let statistics = ArticleStatistics::of(&compiled.dictionary, &self.reader.fields)?;
            let collector =
                TopDocs::with_limit(hits.len()).order_by((SortBySimilarityScore, TantivyOrder::Desc));
            hits = self
                .searcher
                .search_with_statistics_provider(&query, &collector, &statistics)?;
        }
        ranking::sort(&self.searcher, &mut hits)?;
        if order == Order::Oldest {
            hits.reverse();
        }
        Ok(hits.into_iter().map(|(_, address)| address).collect())
    }
}

/// How many hits stand before the page that is asked for.
pub(crate) fn first_of(request: &SearchRequest) -> usize {
    request.page.saturating_sub(1).saturating_mul(request.limit)
}

/// As many first words of a text as a title has, whole ones; none of a text without any.
#[must_use]
pub fn begins(body: &str) -> Option<String> {
    /// Characters.
    const LONGEST: usize = 80;
    let mut words = String::new();
    for word in body.split_whitespace() {
        if !words.is_empty() && words.chars().count() + 1 + word.chars().count() > LONGEST {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(LONGEST));
    }
    Some(words).filter(|words| !words.is_empty())
}
