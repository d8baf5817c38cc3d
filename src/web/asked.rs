//! A request: its parameters, the commit that answers it, and what of it is common to all questions.

use super::app::App;
use super::cursor;
use super::params::Params;
use super::problem::Problem;
use crate::messages::UiLang;
use crate::msg;
use crate::search::{
    Count, Engine as _, FacetInfo, OpenCommit, Order, SearchRequest, Selection, SnippetOptions, TypedDates,
};
use std::sync::Arc;

/// Bytes of a query that is answered.
const LONGEST_QUERY: usize = 10_000;

/// The last hit that a page may show: what comes after it is for exports.
const DEEPEST: usize = 10_000;

/// Hits of a page at most.
const MOST_HITS: usize = 200;

/// A request under way.
pub(super) struct Asked {
    pub(super) app: Arc<App>,
    pub(super) commit: Arc<OpenCommit>,
    pub(super) facets: Vec<FacetInfo>,
    pub(super) path: String,
    pub(super) params: Params,
    pub(super) language: UiLang,
    /// The part of the path that names an article.
    pub(super) key: Option<String>,
}

impl Asked {
    /// The facet of which a parameter gives values.
    pub(super) fn facet(&self, called: &str) -> Option<&FacetInfo> {
        let other = called.replace('-', "_");
        let mut facets = self.facets.iter();
        facets.find(|facet| facet.is_called(called) || facet.is_called(&other))
    }

    /// Values that are chosen and excluded, by the names of their facets.
    pub(super) fn values(&self) -> Result<[Vec<(String, String)>; 2], Problem> {
        let [mut include, mut exclude] = [Vec::new(), Vec::new()];
        for (name, value) in self.params.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let (called, values) = match name.strip_prefix("not-") {
                Some(called) => (called, &mut exclude),
                None => (name, &mut include),
            };
            if called == "where" {
                let pair = value
                    .split_once('=')
                    .filter(|(facet, value)| !facet.trim().is_empty() && !value.trim().is_empty());
                let (facet, value) = pair
                    .ok_or_else(|| Problem::bad_request("bad_value", msg!("web-bad-where", value = value)))?;
                values.push((facet.trim().to_string(), value.trim().to_string()));
            } else if let Some(facet) = self.facet(called) {
                values.push((facet.name.clone(), value.to_string()));
            }
        }
        Ok([include, exclude])
    }

    /// The articles that are asked for.
    pub(super) fn selection(&self) -> Result<Selection, Problem> {
        let query = self.params.get("q").unwrap_or_default();
        if query.len() > LONGEST_QUERY {
            let what = msg!("web-long-query", most = LONGEST_QUERY);
            return Err(Problem::bad_request("query_too_long", what));
        }
        let [include, exclude] = self.values()?;
        let selection = Selection {
            query: query.to_string(),
            any: self.params.has("any"),
            plain: self.params.has("plain"),
            include,
            exclude,
            undated: self.params.has("undated"),
            ..Selection::default()
        };
        let dates = TypedDates {
            since: self.params.get("since"),
            until: self.params.get("until"),
            event_since: self.params.get("event-since"),
            event_until: self.params.get("event-until"),
        };
        Ok(selection.with_typed_dates(dates)?)
    }

    /// The page of hits that is asked for.
    pub(super) fn search(&self, count: Count) -> Result<SearchRequest, Problem> {
        let limit = self.params.limited("limit", 10, MOST_HITS)?;
        let page = match cursor::page(&self.params, &self.commit.id)? {
            Some(page) => page,
            None => self.params.limited("page", 1, DEEPEST)?,
        };
        if limit.saturating_mul(page) > DEEPEST && self.params.get("cursor").is_none() {
            let what = msg!("web-too-deep", most = DEEPEST);
            return Err(Problem::bad_request("too_deep", what));
        }
        let orders = [
            ("relevance", Order::Relevance),
            ("newest", Order::Newest),
            ("oldest", Order::Oldest),
        ];
        let snippets = SnippetOptions::default();
        Ok(SearchRequest {
            selection: self.selection()?,
            order: self.params.one_of("sort", &orders)?.unwrap_or_default(),
            limit,
            page,
            count,
            snippets: Some(SnippetOptions {
                length: self.params.limited("snippet-length", snippets.length, 2_000)?,
                fragments: self.params.limited("fragments", snippets.fragments, 20)?,
            }),
            explain: self.params.has("explain"),
            group: self.params.has("group"),
            nearly: !self.params.has("all-words"),
            former: true,
        })
    }

    /// The id of the article that is asked for: by the key in the path, or `?id=`, or `?key=`.
    pub(super) fn article_id(&self) -> Result<String, Problem> {
        let unknown = |key: &str| Problem::from(crate::Error::NoSuchArticle { id: key.to_string() });
        if let Some(key) = self.key.as_deref().or_else(|| self.params.get("key")) {
            return super::key::id(key).ok_or_else(|| unknown(key));
        }
        let id = self.params.get("id");
        id.map(str::to_string)
            .ok_or_else(|| Problem::bad_request("missing_parameter", msg!("web-no-id")))
    }

    /// The facets are asked for once.
    pub(super) fn new(
        app: Arc<App>,
        commit: Arc<OpenCommit>,
        (path, params, key): (String, Params, Option<String>),
        language: UiLang,
    ) -> Result<Self, Problem> {
        let facets = commit.engine.facets()?;
        Ok(Self {
            app,
            commit,
            facets,
            path,
            params,
            language,
            key,
        })
    }
}
