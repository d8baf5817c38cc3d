//! The page of saved searches: what is new, changed and gone since each was last run. Nothing is recorded here.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::layout::layout;
use super::link::Link;
use super::search::article_link;
use super::text::Text;
use crate::say;
use crate::search::saved::SavedSearch;
use crate::search::{Changes, ChangesRequest, Engine as _};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Articles of a kind that are listed.
const LISTED: usize = 50;

/// Saved searches.
pub(in super::super) fn saved(asked: &Asked) -> Result<Response, Problem> {
    let saved = asked.app.following.saved()?;
    let mut sections = Vec::new();
    for (name, search) in &saved.searches {
        let changes = asked.commit.engine.changes(&ChangesRequest {
            selection: search.selection(),
            seen: search.found.clone(),
            titles: true,
        })?;
        sections.push(section(asked, name, search, &changes));
    }
    let main = html! {
        h1 { (say!("web-nav-saved")) }
        @if sections.is_empty() { p { (say!("web-none-saved")) } }
        @for section in sections { (section) }
    };
    Ok(layout(asked, &say!("web-nav-saved"), main).into_response())
}

fn section(asked: &Asked, name: &str, search: &SavedSearch, changes: &Changes) -> Markup {
    let since = &changes.difference;
    let last = search.last_run.as_deref();
    let last = last.map_or_else(|| say!("saved-first-run"), |at| say!("saved-since", at = at));
    let counts = say!(
        "saved-changes",
        new = since.new.len(),
        changed = since.changed.len(),
        gone = since.gone.len(),
        articles = say!("count-articles", n = since.total)
    );
    html! {
        section.saved {
            h2 { a href=(link(asked, search)) { (Text(name)) } }
            p { code { (Text(&search.describe())) } }
            p { (counts) " " span.quiet { "(" (last) ")" } }
            @if asked.app.edit.is_some() {
                form.row method="post" action=(Link::same_language(asked, "/saved")) {
                    input type="hidden" name="name" value=(Text(name));
                    button.second type="submit" name="do" value="seen" { (say!("web-saved-seen")) }
                    button.second type="submit" name="do" value="forget" { (say!("web-saved-forget")) }
                }
            }
            @for (mark, ids) in [("+", &since.new), ("~", &since.changed)] {
                @if !ids.is_empty() {
                    ul { @for id in ids.iter().take(LISTED) { li {
                        (mark) " " a href=(article_link(asked, id)) {
                            @match changes.titles.get(id) { Some((_, title)) if !title.is_empty() => (Text(title)), _ => (Text(id)) }
                        }
                        @if let Some((Some(date), _)) = changes.titles.get(id) { " " span.quiet { (date) } }
                    } }
                    @if ids.len() > LISTED { li { "…" } } }
                }
            }
        }
    }
}

/// The search as an address.
fn link(asked: &Asked, search: &SavedSearch) -> Link {
    let mut link = Link::same_language(asked, "/").and("q", &search.query);
    for (flag, is_set) in [
        ("any", search.any),
        ("plain", search.plain),
        ("undated", search.undated),
    ] {
        if is_set {
            link = link.and(flag, "true");
        }
    }
    for (facet, value) in &search.include {
        link = link.and("where", &format!("{facet}={value}"));
    }
    for (facet, value) in &search.exclude {
        link = link.and("not-where", &format!("{facet}={value}"));
    }
    let dates = [
        ("since", search.since),
        ("until", search.until),
        ("event-since", search.event_since),
        ("event-until", search.event_until),
    ];
    for (name, date) in dates {
        if let Some(date) = date {
            link = link.and(name, &date.to_string());
        }
    }
    link
}
