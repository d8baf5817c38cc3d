//! The answers of the API that are one object.

use super::super::asked::Asked;
use super::super::cursor;
use super::super::problem::{Problem, ProblemDetails};
use super::answer::{check, json, json_with};
use super::options::{
    Alike, Counted, Crossed, Limited, Matching, OneArticle, OverTime, PageOfHits, Saved, Selected, Typed,
    names,
};
use crate::msg;
use crate::search::saved::Listed;
use crate::search::{
    ArticleRequest, ArticleResponse, AxisRequest, ChangesRequest, Citation, CitationRequest, Count, DatedBy,
    Diagnosed, Diagnosis, Engine as _, EvidenceRequest, FacetsRequest, FacetsResponse, JSON_VERSION,
    NEAR_DUPLICATE, OverRepresented, Pivot, PivotRequest, SearchResponse, SimilarRequest, SimilarResponse,
    Stats, Step, SuggestRequest, Suggestions, TermsRequest, Timeline, TimelineRequest,
};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

/// Words, values and rows that one answer lists at most.
const MOST: usize = 200;

/// Ranked articles with snippets; counts of facets with `facets`, and why nothing was found.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(Selected, PageOfHits),
    responses((status = 200, body = PageOfSearch), (status = 400, body = ProblemDetails),
        (status = 410, body = ProblemDetails)))]
pub(in super::super) fn search(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<PageOfHits>()])?;
    let count = match asked.params.has("facets") {
        true => Count::All,
        false => Count::Nothing,
    };
    let request = asked.search(count)?;
    let engine = &asked.commit.engine;
    let response = engine.search(&request)?;
    let diagnosis = match response.total {
        0 => Some(engine.diagnose(&request.selection)?.value).filter(|found| !found.clauses.is_empty()),
        _ => None,
    };
    let shown = response.hits.len() + response.nearly.len();
    let found = request.limit.saturating_mul(request.page) as u64;
    let is_last = shown < request.limit || found >= response.total;
    let next = (!is_last).then(|| cursor::of(&asked.params, &asked.commit.id, request.page + 1));
    let diagnosed = Diagnosed {
        response: &response,
        diagnosis: diagnosis.as_ref(),
    };
    json_with(&diagnosed, |answer| {
        if let Some(next) = next {
            answer["next_cursor"] = next.into();
        }
    })
}

/// A page of hits, as it is answered.
#[derive(ToSchema)]
#[expect(dead_code, reason = "described here, answered as JSON")]
struct PageOfSearch {
    #[serde(flatten)]
    found: SearchResponse,
    /// Where nothing was found: why, and what would find something.
    diagnosis: Option<Diagnosis>,
    /// Where the next page begins: send it as `cursor` with the same parameters. None on the last page.
    next_cursor: Option<String>,
}

/// Counts of facet values as trees, each facet under the filters of the others; with `evidence` the phrases that
/// gave a value.
#[utoipa::path(get, path = "/api/v1/facets", tag = "count", params(Selected, Counted),
    responses((status = 200, body = FacetsResponse), (status = 404, body = ProblemDetails)))]
pub(in super::super) fn facets(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<Counted>()])?;
    let (params, engine) = (&asked.params, &asked.commit.engine);
    let facet = params.get("facet").map(str::to_string);
    if let Some(value) = params.get("evidence") {
        let request = EvidenceRequest {
            selection: asked.selection()?,
            facet,
            value: value.to_string(),
        };
        let found = engine.evidence(&request)?.value;
        let found = found.ok_or_else(|| {
            let what = msg!("search-no-such-value", value = value);
            Problem::new(StatusCode::NOT_FOUND, "no_such_value", what)
        })?;
        return json(&found);
    }
    let request = FacetsRequest {
        selection: asked.selection()?,
        facet,
        find: params.get("find").map(str::to_string),
        top: params.number("top")?,
        by_name: params
            .one_of("by", &[("count", false), ("name", true)])?
            .unwrap_or(false),
        former: params
            .one_of("region-division", &[("new", false), ("old", true)])?
            .unwrap_or(false),
    };
    json(&engine.count(&request)?)
}

/// Articles by day, month or year.
#[utoipa::path(get, path = "/api/v1/timeline", tag = "count", params(Selected, OverTime),
    responses((status = 200, body = Timeline), (status = 400, body = ProblemDetails)))]
pub(in super::super) fn timeline(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<OverTime>()])?;
    let steps = [("day", Step::Day), ("month", Step::Month), ("year", Step::Year)];
    let dated = [("publication", DatedBy::Publication), ("event", DatedBy::Event)];
    let request = TimelineRequest {
        selection: asked.selection()?,
        by: asked.params.one_of("by", &steps)?.unwrap_or(Step::Month),
        of: asked.params.one_of("of", &dated)?.unwrap_or(DatedBy::Publication),
        split: axis(asked, "split")?,
        top: asked.params.number("top")?,
        share: asked.params.has("share"),
    };
    json(&asked.commit.engine.timeline(&request)?)
}

/// Articles by two facets.
#[utoipa::path(get, path = "/api/v1/pivot", tag = "count", params(Selected, Crossed),
    responses((status = 200, body = Pivot), (status = 400, body = ProblemDetails)))]
pub(in super::super) fn pivot(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<Crossed>()])?;
    json(&asked.commit.engine.pivot(&pivot_request(asked)?)?)
}

/// The table that is asked for.
pub(in super::super) fn pivot_request(asked: &Asked) -> Result<PivotRequest, Problem> {
    let top = asked.params.number("top")?;
    let rows = axis(asked, "rows")?.unwrap_or_else(|| AxisRequest::default_rows(&asked.facets));
    let columns = axis(asked, "cols")?.unwrap_or_else(|| AxisRequest::default_columns(&asked.facets));
    Ok(PivotRequest {
        selection: asked.selection()?,
        rows,
        columns,
        top_rows: top,
        top_columns: top,
    })
}

/// A facet with a level.
fn axis(asked: &Asked, name: &str) -> Result<Option<AxisRequest>, Problem> {
    let typed = asked.params.get(name);
    let axis = typed.map(|typed| {
        let bad = |_| Problem::bad_request("bad_value", msg!("web-bad-axis", name = name, value = typed));
        typed.parse().map_err(bad)
    });
    axis.transpose()
}

/// Words and facet values that the articles have more often than the archive.
#[utoipa::path(get, path = "/api/v1/terms", tag = "count", params(Selected, Limited),
    responses((status = 200, body = OverRepresented), (status = 400, body = ProblemDetails)))]
pub(in super::super) fn terms(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Selected>(), names::<Limited>()])?;
    let request = TermsRequest {
        selection: asked.selection()?,
        limit: asked.params.limited("limit", 20, MOST)?,
    };
    json(&asked.commit.engine.terms(&request)?)
}

/// What a word that is being typed may become.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "search", params(Typed, Limited),
    responses((status = 200, body = Suggestions), (status = 400, body = ProblemDetails)))]
pub(in super::super) fn suggest(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Typed>(), names::<Limited>()])?;
    let request = SuggestRequest {
        typed: asked
            .params
            .get("prefix")
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect(),
        limit: asked.params.limited("limit", 10, MOST)?,
    };
    json(&asked.commit.engine.suggest(&request)?)
}

/// An article: text, metadata, and the evidence of each facet value.
#[utoipa::path(get, path = "/api/v1/articles/{key}", tag = "articles",
    params(("key" = String, Path, description = "The key that every hit carries"), Matching),
    responses((status = 200, body = ArticleResponse), (status = 404, body = ProblemDetails)))]
pub(in super::super) fn article(asked: &Asked) -> Result<Response, Problem> {
    match asked.key {
        Some(_) => check(asked, &[names::<Matching>()])?,
        None => check(asked, &[names::<OneArticle>(), names::<Matching>()])?,
    }
    let request = ArticleRequest {
        id: asked.article_id()?,
        query: asked.params.get("query").map(str::to_string),
    };
    json(&asked.commit.engine.article(&request)?)
}

/// The same by the id, which may hold `/` and `#`.
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", params(OneArticle, Matching),
    responses((status = 200, body = ArticleResponse), (status = 404, body = ProblemDetails)))]
#[expect(dead_code, reason = "described apart, answered together")]
fn article_by_id() {}

/// Near-duplicates of an article, and articles that may report its news.
#[utoipa::path(get, path = "/api/v1/similar", tag = "articles", params(OneArticle, Alike),
    responses((status = 200, body = SimilarResponse), (status = 404, body = ProblemDetails)))]
pub(in super::super) fn similar(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<OneArticle>(), names::<Alike>()])?;
    let least = asked.params.get("least").map(|typed| {
        let share = typed
            .parse::<f64>()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share));
        share.ok_or_else(|| {
            Problem::bad_request(
                "bad_number",
                msg!("web-bad-number", name = "least", value = typed),
            )
        })
    });
    let request = SimilarRequest {
        id: asked.article_id()?,
        least: least.transpose()?.unwrap_or(NEAR_DUPLICATE),
    };
    json(&asked.commit.engine.similar(&request)?)
}

/// A reference to an article, with the sentences that a query matches.
#[utoipa::path(get, path = "/api/v1/cite", tag = "articles", params(OneArticle, Matching),
    responses((status = 200, body = Citation), (status = 404, body = ProblemDetails)))]
pub(in super::super) fn cite(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<OneArticle>(), names::<Matching>()])?;
    let request = CitationRequest {
        id: asked.article_id()?,
        query: asked.params.get("query").map(str::to_string),
    };
    json(&asked.commit.engine.cite(&request)?)
}

/// What the index holds.
#[utoipa::path(get, path = "/api/v1/stats", tag = "archive", responses((status = 200, body = Stats)))]
pub(in super::super) fn stats(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[])?;
    json(&asked.commit.engine.stats()?)
}

/// A list of saved searches.
#[derive(Serialize, ToSchema)]
struct SavedList<'a> {
    version: u32,
    saved: Vec<Listed<'a>>,
}

/// The saved searches; with `name`, what is new, changed and gone since that one last ran. Nothing is recorded.
#[utoipa::path(get, path = "/api/v1/saved", tag = "search", params(Saved),
    responses((status = 200, body = SavedList), (status = 404, body = ProblemDetails)))]
pub(in super::super) fn saved(asked: &Asked) -> Result<Response, Problem> {
    check(asked, &[names::<Saved>()])?;
    let all = asked.app.following.saved()?;
    let Some(name) = asked.params.get("name") else {
        return json(&SavedList {
            version: JSON_VERSION,
            saved: all.listed(),
        });
    };
    let search = all
        .get(name)
        .map_err(|error| Problem::new(StatusCode::NOT_FOUND, "no_such_saved_search", error.message()))?;
    let changes = asked.commit.engine.changes(&ChangesRequest {
        selection: search.selection(),
        seen: search.found.clone(),
        titles: false,
    })?;
    let one =
        serde_json::json!({"name": name, "last_run": search.last_run, "difference": changes.difference});
    json(&serde_json::json!({"version": JSON_VERSION, "saved": [one]}))
}
