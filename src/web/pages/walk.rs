//! From hit to hit: the search that led to an article goes on in the address of its page.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use super::link::Link;
use crate::say;
use crate::search::{Count, Engine as _, SearchRequest};
use maud::{Markup, html};

/// The page of a hit: the whole search goes along, so that the hits before and after it can be found.
pub(super) fn hit_link(asked: &Asked, id: &str) -> Link {
    let page = asked.params.get("page").unwrap_or("1");
    of_page(asked, id, page)
}

fn of_page(asked: &Asked, id: &str, page: impl std::fmt::Display) -> Link {
    Link::same_hits(asked, &format!("/article/{}", key::of(id))).with("page", page)
}

/// What is asked of the hits of a page.
pub(super) fn request(asked: &Asked, count: Count) -> Result<SearchRequest, Problem> {
    Ok(SearchRequest {
        group: asked.params.get("group").is_none_or(|group| group != "false"),
        ..asked.search(count)?
    })
}

/// Which hit an article is, and those beside it.
#[derive(Debug, Default)]
struct Beside {
    rank: usize,
    total: u64,
    before: Option<Link>,
    after: Option<Link>,
}

/// The ids of a page of hits in the order in which they are listed, with their ranks.
fn listed(asked: &Asked, request: &SearchRequest) -> Result<(Vec<(usize, String)>, u64), Problem> {
    let response = asked.commit.engine.search(request)?.value;
    let mut listed: Vec<(usize, String)> = response
        .hits
        .into_iter()
        .map(|hit| (hit.rank, hit.id))
        .chain(
            response
                .nearly
                .into_iter()
                .map(|nearly| (nearly.hit.rank, nearly.hit.id)),
        )
        .collect();
    listed.sort();
    Ok((listed, response.total))
}

/// Where an article stands among the hits; nothing where the address doesn't say from which page of hits it comes, or
/// where the archive has changed since.
fn beside(asked: &Asked, id: &str) -> Result<Option<Beside>, Problem> {
    if asked.params.get("page").is_none() {
        return Ok(None);
    }
    let mut request = request(asked, Count::Nothing)?;
    (request.snippets, request.explain, request.former) = (None, false, false);
    let (hits, total) = listed(asked, &request)?;
    let Some(at) = hits.iter().position(|(_, hit)| hit == id) else {
        return Ok(None);
    };
    let (page, last) = (request.page, (total as usize).div_ceil(request.limit));
    let of = |hit: Option<&(usize, String)>, page: usize| hit.map(|(_, id)| of_page(asked, id, page));
    let mut other = |page: usize| {
        request.page = page;
        listed(asked, &request).map(|(hits, _)| hits)
    };
    let before = match at {
        0 if page > 1 => of(other(page - 1)?.last(), page - 1),
        0 => None,
        at => of(hits.get(at - 1), page),
    };
    let after = match hits.get(at + 1) {
        None if page < last => of(other(page + 1)?.first(), page + 1),
        next => of(next, page),
    };
    let rank = hits[at].0;
    Ok(Some(Beside {
        rank,
        total: total.max(rank as u64),
        before,
        after,
    }))
}

/// The way back to the search, and to the hits before and after this one.
pub(super) fn ways(asked: &Asked, id: &str, query: Markup) -> Result<Markup, Problem> {
    let back = Link::same_hits(asked, "/");
    // What can't be searched any more is still read.
    let beside = beside(asked, id).unwrap_or_default();
    Ok(html! {
        nav.walk aria-label=(say!("web-walk")) {
            a.back href=(back) { "← " (query) }
            @if let Some(beside) = &beside {
                span.steps {
                    @if let Some(before) = &beside.before { a rel="prev" href=(before) { (say!("web-hit-before")) } }
                    span { (say!("web-page-of", page = beside.rank, last = beside.total)) }
                    @if let Some(after) = &beside.after { a rel="next" href=(after) { (say!("web-hit-after")) } }
                }
            }
        }
    })
}
