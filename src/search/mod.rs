//! Searching: query to hits, counts, snippets.

pub mod compile;
mod diagnosis;
pub mod dictionary;
mod explain;
pub mod facet;
pub mod highlight;
pub mod related;
mod request;
pub mod saved;
pub mod score;
mod stats;
mod suggest;
pub mod table;

pub use compile::compiler::Compiled;
pub use diagnosis::{Clause, ClauseKind, Diagnosis, Spelling, diagnose};
pub use explain::{Expansion, ExplainedClause, Explanation, Filter, ScorePart};
pub use facet::counts::FacetFilter;
pub use facet::values::ValueCount;
pub use facet::{counts as facet_counts, find as facet_find};
pub use highlight::matching::Matcher;
pub use highlight::snippet;
pub use highlight::snippet::{Mark, Snippet, SnippetOptions, SnippetPart};
pub use related::similar::{Group, NearCopy};
pub use related::{reworded, similar};
pub use request::{Count, Hit, Order, Request, Response};
pub use stats::{Stats, stats};
pub use suggest::{SuggestedValue, SuggestedWord, Suggestions, suggest};
pub use table::axis::{Axis, AxisRequest, FORMER};
pub use table::events::{EventRow, Harm, events};
pub use table::former::{FormerCounts, former_counts, formerly_more};
pub use table::mentions::{MentionRow, mentions};
pub use table::overrepresented::{OverRepresented, Surprise, TermsRequest, ValueSurprise, terms};
pub use table::pivot::{Column, Pivot, PivotRequest, Row, pivot};
pub use table::timeline::{Bucket, DatedBy, Step, Timeline, TimelineRequest, timeline};

use crate::error::{Error, Result};
use crate::index::fields::column;
use crate::index::{Fields, Reader, Stored, copies, document, ids};
use compile::compiler;
use dictionary::flat::FlatForms;
use facet::totals::GivenTimes;
use facet::tree::FacetTree;
use facet::values::value_tree;
use rustc_hash::FxHashMap;
use score::ranking::{self, ArticleStatistics, RESCORED};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count as CountCollector, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery};
use tantivy::{DocAddress, Order as TantivyOrder, Searcher};

/// Version of the JSON form of an answer.
pub const JSON_VERSION: u32 = 1;

/// What a query matched in an article; see [`Engine::marks`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleMarks {
    pub title: Vec<Mark>,
    pub body: Vec<Mark>,
    /// How the query was read.
    pub notes: Vec<String>,
}

/// Searches one commit of an index; keeps what is worth keeping between queries.
pub struct Engine<'r> {
    pub reader: &'r Reader,
    pub searcher: Searcher,
    trees: Mutex<FxHashMap<String, Arc<FacetTree>>>,
    /// Of each segment.
    given: OnceLock<Vec<GivenTimes>>,
    flat_forms: Arc<FlatForms>,
}

impl<'r> Engine<'r> {
    pub fn new(reader: &'r Reader) -> Self {
        Self {
            reader,
            searcher: reader.searcher(),
            trees: Mutex::default(),
            given: OnceLock::new(),
            flat_forms: Arc::default(),
        }
    }

    /// Dictionaries of forms laid out flat, made when first needed.
    pub(crate) fn flat_forms(&self) -> Arc<FlatForms> {
        Arc::clone(&self.flat_forms)
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`Error::NoSuchFacet`] for a filter on a facet that isn't declared; otherwise only what a damaged
    /// index gives. No query is an error.
    pub fn search(&self, request: &Request) -> Result<Response> {
        let started = Instant::now();
        let compiled = compiler::compile(self, request)?;
        let (total, page) = self.top(&compiled, request)?;
        let mut hits = Vec::with_capacity(page.len());
        for (score, address) in page {
            hits.push(self.hit(score, address, &compiled, request)?);
        }
        let (facets, without) = self.counts(&compiled, &request.count)?;
        let chosen = |f: &FacetFilter| {
            let among = |paths: &[String]| paths.iter().any(|path| path == facet_counts::WITHOUT);
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
    fn top(&self, compiled: &Compiled, request: &Request) -> Result<(u64, Vec<(f32, DocAddress)>)> {
        let query = self.with_filters(compiled)?;
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

    /// The query with the facet filters.
    fn with_filters(&self, compiled: &Compiled) -> Result<Box<dyn TantivyQuery>> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> =
            vec![(Occur::Must, compiled.query.box_clone())];
        for filter in &compiled.filters {
            clauses.extend(compiler::facet_clauses(&self.reader.fields, filter)?);
        }
        Ok(if clauses.len() == 1 {
            compiled.query.box_clone()
        } else {
            Box::new(BooleanQuery::new(clauses))
        })
    }

    fn hit(&self, score: f32, address: DocAddress, compiled: &Compiled, request: &Request) -> Result<Hit> {
        let article = self.article(address)?;
        let snippets = match request.snippets {
            Some(options) => self.snippets(&article, compiled, options),
            None => Vec::new(),
        };
        let mut facets = self.facet_values(&article)?;
        let months = facets.remove("month").unwrap_or_default();
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
        let compiled = compiler::compile(self, request)?;
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

    /// The files that an article lies in; its own first.
    pub fn paths(&self, article: &Stored) -> Result<Vec<String>> {
        let keys = copies::files(&self.searcher, &self.reader.fields, article)?;
        Ok(keys.iter().map(|key| self.reader.path_of(key)).collect())
    }

    /// A stored article.
    pub fn article(&self, address: DocAddress) -> Result<Stored> {
        document::read(&self.reader.fields, &self.searcher.doc(address)?)
    }

    /// Facet values as shown outside the index: months as `2025-10`, all lists there, even empty.
    pub fn facet_values(&self, article: &Stored) -> Result<BTreeMap<String, Vec<String>>> {
        let of = |name: &str| {
            article
                .facet(name)
                .map(|v| shown_path(&self.reader.fields, name, &v.path))
                .collect()
        };
        Ok(self
            .reader
            .fields
            .facets
            .iter()
            .map(|(f, _)| (f.name.clone(), of(&f.name)))
            .collect())
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
        let counts = facet_counts::count(self, &compiled.query, &trees, &compiled.filters, &wanted)?;
        let (mut values, mut without) = (BTreeMap::new(), BTreeMap::new());
        for (tree, counts) in trees.iter().zip(&counts).filter(|(t, _)| wanted(&t.facet)) {
            let filter = compiled.filters.iter().find(|f| f.facet == tree.facet);
            let months = is_month(fields, &tree.facet);
            let shown = |path: &str| {
                if months {
                    path.replace('/', "-")
                } else {
                    path.to_string()
                }
            };
            values.insert(
                tree.facet.clone(),
                value_tree(tree, counts, filter, months, &shown),
            );
            without.insert(tree.facet.clone(), counts.without);
        }
        Ok((values, without))
    }

    /// The tree of a facet, built when first asked for.
    pub fn tree(&self, facet: &str) -> Result<Arc<FacetTree>> {
        let mut trees = self
            .trees
            .lock()
            .map_err(|_| Error::Damaged("a counting thread panicked".into()))?;
        if let Some(tree) = trees.get(facet) {
            return Ok(Arc::clone(tree));
        }
        let tree = Arc::new(FacetTree::build(&self.searcher, &self.reader.fields, facet)?);
        trees.insert(facet.to_string(), Arc::clone(&tree));
        Ok(tree)
    }

    /// Every article that matches, in the order of the request (relevance: by BM25; without a query the
    /// newest first), with nothing cut off.
    pub fn all(&self, request: &Request) -> Result<Vec<DocAddress>> {
        let compiled = compiler::compile(self, request)?;
        let query = self.with_filters(&compiled)?;
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

/// The articles that a query finds, in the order of the index.
pub(crate) fn ids_of(engine: &Engine, query: &dyn TantivyQuery) -> Result<Vec<DocAddress>> {
    let mut found: Vec<DocAddress> = engine
        .searcher
        .search(query, &DocSetCollector)?
        .into_iter()
        .collect();
    found.sort_unstable();
    Ok(found)
}

/// The declared facet of that name or alias.
///
/// # Errors
/// [`Error::NoSuchFacet`], naming those there are.
pub fn declared<'f>(fields: &'f Fields, name: &str) -> Result<&'f crate::facets::FacetDeclaration> {
    declared_field(fields, name).map(|(facet, _)| facet)
}

/// The same, with its field.
fn declared_field<'f>(
    fields: &'f Fields,
    name: &str,
) -> Result<&'f (crate::facets::FacetDeclaration, tantivy::schema::Field)> {
    fields.facet(name).ok_or_else(|| Error::NoSuchFacet {
        name: name.to_string(),
        known: fields
            .facets
            .iter()
            .map(|(f, _)| f.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Whether the facet's paths are months.
pub fn is_month(fields: &Fields, facet: &str) -> bool {
    fields.facet(facet).is_some_and(|(f, _)| f.derive.months)
}

/// A facet path as it is written outside the index.
pub fn shown_path(fields: &Fields, facet: &str, path: &str) -> String {
    fields
        .facet(facet)
        .map_or_else(|| path.to_string(), |(f, _)| f.shown_path(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Place, SyncOptions, sync};

    #[test]
    fn nothing_is_read_for_facets_that_nobody_asks_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = dir.path().join("corpus");
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(corpus.join("a.txt"), "Un drone a frappé à Gao.").expect("written");
        let place = Place::at(dir.path().join("index"));
        sync(
            &place,
            &SyncOptions {
                paths: vec![corpus],
                ..SyncOptions::default()
            },
            &mut |_| {},
        )
        .expect("indexed");
        let reader = Reader::open(&place).expect("opened");
        let engine = Engine::new(&reader);
        let built = || engine.trees.lock().expect("not poisoned").len();
        let request = Request {
            query: "drone".into(),
            include: vec![("region".into(), "Gao".into())],
            limit: 1,
            page: 1,
            ..Request::default()
        };
        assert_eq!(
            (engine.search(&request).expect("answered").total, built()),
            (1, 0)
        );
        engine
            .search(&Request {
                count: Count::One("actor".into()),
                ..request
            })
            .expect("answered");
        assert_eq!(built(), 2, "the one that is counted and the one that filters");
    }
}
