//! Hits: which articles match, in what order, with their passages, and counts of facets beside them.

use crate::error::Result;
use crate::index::fields::column;
use crate::index::{Stored, ids};
use crate::search::compile::compiler::{Compiled, compile};
use crate::search::engine::Engine;
use crate::search::facet::counts::{self, FacetFilter, WITHOUT};
use crate::search::facet::declared::{declared, is_month, shown_path, take_months};
use crate::search::facet::values::{ValueCount, value_tree};
use crate::search::highlight::snippet::{self, Mark, Snippet, SnippetOptions};
use crate::search::request::{Count, Hit, JSON_VERSION, Order, Request, Response};
use crate::search::score::ranking::{self, ArticleStatistics, RESCORED};
use std::collections::BTreeMap;
use std::time::Instant;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count as CountCollector, DocSetCollector, TopDocs};
use tantivy::{DocAddress, Order as TantivyOrder};

/// What a query matched in an article; see [`Engine::marks`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleMarks {
    pub title: Vec<Mark>,
    pub body: Vec<Mark>,
    /// How the query was read.
    pub notes: Vec<String>,
}

impl Engine<'_> {
    /// Answers a request.
    ///
    /// # Errors
    /// [`Error::NoSuchFacet`] for a filter on a facet that isn't declared; otherwise only what a damaged
    /// index gives. No query is an error.
    pub fn search(&self, request: &Request) -> Result<Response> {
        let started = Instant::now();
        let compiled = compile(self, request)?;
        let (total, page) = self.top(&compiled, request)?;
        let mut hits = Vec::with_capacity(page.len());
        for (score, address) in page {
            hits.push(self.hit(score, address, &compiled, request)?);
        }
        let (facets, without) = self.counts(&compiled, &request.count)?;
        let chosen = |f: &FacetFilter| {
            let among = |paths: &[String]| paths.iter().any(|path| path == WITHOUT);
            (among(&f.include) || among(&f.exclude)).then(|| (f.facet.clone(), !among(&f.exclude)))
        };
        let without_chosen = compiled.filters.iter().filter_map(chosen).collect();
        let explanation = if request.explain {
            Some(self.explanation(&compiled)?)
        } else {
            None
        };
        let took_ms = started.elapsed().as_secs_f64() * 1000.0;
        let query = request.query.clone();
        let (notes, dispatches) = (compiled.notes, None);
        Ok(Response {
            version: JSON_VERSION,
            query,
            total,
            dispatches,
            took_ms,
            hits,
            facets,
            without,
            without_chosen,
            notes,
            explanation,
        })
    }

    /// How many articles match, and the page of them.
    pub(crate) fn top(
        &self,
        compiled: &Compiled,
        request: &Request,
    ) -> Result<(u64, Vec<(f32, DocAddress)>)> {
        let query = compiled.with_filters(&self.reader.fields)?;
        let (from, limit) = (
            request.page.saturating_sub(1).saturating_mul(request.limit),
            request.limit,
        );
        let wanted = from.saturating_add(limit);
        let statistics = ArticleStatistics::new(&self.searcher, &self.reader.fields)?;
        let total = |count: usize| count as u64;
        if limit == 0 {
            return Ok((total(self.searcher.search(&query, &CountCollector)?), Vec::new()));
        }
        // More than there are would only cost memory.
        let depth = wanted.clamp(1, self.searcher.num_docs().max(1) as usize);
        let hits: Vec<(f32, DocAddress)>;
        let count;
        if compiled.scored() && request.order == Order::Relevance {
            let collector = (
                TopDocs::with_limit(depth.next_multiple_of(RESCORED)).order_by_score(),
                CountCollector,
            );
            let (top, n) = self
                .searcher
                .search_with_statistics_provider(&query, &collector, &statistics)?;
            count = n;
            let boosts = self.reader.schema.boosts;
            let mut ordered = Vec::with_capacity(top.len());
            for block in top.chunks(RESCORED) {
                // Blocks before and after the page keep their order: nothing of them is shown.
                let shown = ordered.len() + block.len() > from && ordered.len() < wanted;
                ordered.extend(match shown {
                    true => ranking::rescore(
                        &compiled.dictionary,
                        &self.reader.fields,
                        boosts,
                        &compiled.words,
                        block.to_vec(),
                    )?,
                    false => block.to_vec(),
                });
            }
            hits = ordered;
        } else {
            let newest = request.order != Order::Oldest;
            let by = |order| (SortByStaticFastValue::<i64>::for_field(column::DATE_FROM), order);
            let date = by(if newest {
                TantivyOrder::Desc
            } else {
                TantivyOrder::Asc
            });
            let tie = (
                SortByStaticFastValue::<u64>::for_field(column::TIE),
                TantivyOrder::Asc,
            );
            let collector = (TopDocs::with_limit(depth).order_by((date, tie)), CountCollector);
            let (top, n) = self.searcher.search(&query, &collector)?;
            count = n;
            hits = top.into_iter().map(|(_, address)| (0.0, address)).collect();
        }
        Ok((total(count), hits.into_iter().skip(from).take(limit).collect()))
    }

    pub(crate) fn hit(
        &self,
        score: f32,
        address: DocAddress,
        compiled: &Compiled,
        request: &Request,
    ) -> Result<Hit> {
        let article = self.article(address)?;
        let snippets = match request.snippets {
            Some(options) => self.snippets(&article, compiled, options),
            None => Vec::new(),
        };
        let mut facets = self.facet_values(&article)?;
        let months = take_months(&self.reader.fields, &mut facets);
        Ok(Hit {
            id: ids::shown(&self.searcher, &self.reader.fields, &article)?,
            score: if request.order == Order::Relevance {
                score
            } else {
                0.0
            },
            path: self.reader.path_of(&article.meta.file),
            paths: Some(self.paths(&article)?)
                .filter(|paths| paths.len() > 1)
                .unwrap_or_default(),
            title: article.title,
            date: article.meta.date.map(|d| d.to_string()),
            source: article.meta.source,
            url: article.meta.url,
            month: months.first().cloned(),
            months: Some(months).filter(|months| months.len() > 1).unwrap_or_default(),
            facets,
            snippets,
            why: if request.explain {
                Some(self.score_parts(compiled, address)?)
            } else {
                None
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
        snippets.extend(snippet::fragments(
            "body",
            &article.body,
            &marks(&article.body, false),
            weights,
            options,
        ));
        snippets
    }

    /// Every match of a request's query in a whole article. Filters play no part.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn marks(&self, request: &Request, article: &Stored) -> Result<ArticleMarks> {
        let compiled = compile(self, request)?;
        let marks = |text: &str, title: bool| {
            compiled
                .matcher
                .marks(text, &self.reader.french.analyze(text), title)
        };
        let (title, body) = (marks(&article.title, true), marks(&article.body, false));
        Ok(ArticleMarks {
            title,
            body,
            notes: compiled.notes,
        })
    }

    /// Counts of facets under the query, each under the filters of the others.
    #[expect(
        clippy::type_complexity,
        reason = "two maps by facet name, as the response has them"
    )]
    fn counts(
        &self,
        compiled: &Compiled,
        count: &Count,
    ) -> Result<(BTreeMap<String, Vec<ValueCount>>, BTreeMap<String, u64>)> {
        let fields = &self.reader.fields;
        let wanted = |name: &str| match count {
            Count::Nothing => false,
            Count::All => true,
            Count::Shown => fields.facet(name).is_some_and(|(f, _)| f.shown),
            Count::One(one) => fields.facet(one).is_some_and(|(f, _)| f.name == name),
        };
        if let Count::One(one) = count {
            declared(fields, one)?;
        }
        let counted: Vec<&str> = fields
            .facets
            .iter()
            .map(|(f, _)| f.name.as_str())
            .filter(|name| wanted(name))
            .collect();
        if counted.is_empty() {
            // Nothing is read for facets that nobody asks for, filters or not.
            return Ok(Default::default());
        }
        let mut trees = Vec::new();
        for (facet, _) in fields
            .facets
            .iter()
            .filter(|(f, _)| wanted(&f.name) || compiled.filters.iter().any(|x| x.facet == f.name))
        {
            trees.push(self.tree(&facet.name)?);
        }
        let counted = counts::count(self, &compiled.query, &trees, &compiled.filters, &wanted)?;
        let (mut values, mut without) = (BTreeMap::new(), BTreeMap::new());
        for (tree, counts) in trees.iter().zip(&counted).filter(|(t, _)| wanted(&t.facet)) {
            let filter = compiled.filters.iter().find(|f| f.facet == tree.facet);
            let months = is_month(fields, &tree.facet);
            let shown = |path: &str| shown_path(fields, &tree.facet, path);
            values.insert(
                tree.facet.clone(),
                value_tree(tree, counts, filter, months, &shown),
            );
            without.insert(tree.facet.clone(), counts.without);
        }
        Ok((values, without))
    }

    /// Every article that matches, in the order of the request (relevance: by BM25; without a query the
    /// newest first), with nothing cut off.
    pub fn all(&self, request: &Request) -> Result<Vec<DocAddress>> {
        let compiled = compile(self, request)?;
        let query = compiled.with_filters(&self.reader.fields)?;
        let found = self.searcher.search(&query, &DocSetCollector)?;
        let mut hits: Vec<(f32, DocAddress)> = found.into_iter().map(|address| (0.0, address)).collect();
        if compiled.scored() && request.order == Order::Relevance && !hits.is_empty() {
            let statistics = ArticleStatistics::new(&self.searcher, &self.reader.fields)?;
            let collector =
                TopDocs::with_limit(hits.len()).order_by((SortBySimilarityScore, TantivyOrder::Desc));
            hits = self
                .searcher
                .search_with_statistics_provider(&query, &collector, &statistics)?;
        }
        ranking::sort(&self.searcher, &mut hits)?;
        if request.order == Order::Oldest {
            hits.reverse();
        }
        Ok(hits.into_iter().map(|(_, address)| address).collect())
    }
}
