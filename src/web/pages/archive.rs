//! The page about the archive: what the index holds, and what of the archive it doesn't.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::facet_name;
use super::layout::layout;
use super::live::live;
use super::text::Text;
use crate::messages::{decimal, localized};
use crate::say;
use crate::search::{Engine as _, Stats};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Files that are named one by one.
const NAMED: usize = 200;

/// The archive.
pub(in super::super) fn archive(asked: &Asked) -> Result<Response, Problem> {
    let stats = asked.commit.engine.stats()?.value;
    let main = html! {
        h1 { (say!("web-nav-archive")) }
        (live(asked)?)
        dl.figures {
            div { dt { (say!("timeline-articles")) } dd { (number(stats.articles)) } }
            div { dt { (say!("web-copies")) } dd { (number(stats.copies)) } }
            div { dt { (say!("web-files")) } dd { (number(stats.files)) } }
            div { dt { (say!("web-first-date")) } dd { (stats.first_date.as_deref().unwrap_or("–")) } }
            div { dt { (say!("web-last-date")) } dd { (stats.last_date.as_deref().unwrap_or("–")) } }
            div { dt { (say!("web-size")) } dd { (say!("web-megabytes", n = decimal(stats.bytes as f64 / 1e6, 1))) } }
        }
        (facets(asked, &stats))
        (unread(&stats))
        section {
            h2 { (say!("web-folders")) }
            ul { @for root in &stats.roots { li { code { (Text(root)) } } } }
        }
    };
    Ok(layout(asked, &say!("web-nav-archive"), main).into_response())
}

fn facets(asked: &Asked, stats: &Stats) -> Markup {
    let without = |name: &str| number(stats.without.get(name).copied().unwrap_or(0));
    html! {
        section {
            h2 { (say!("web-facets")) }
            table {
                thead { tr { th scope="col" { (say!("web-facet-column")) } th.number scope="col" { (say!("web-values")) }
                    th.number scope="col" { (say!("web-articles-without")) } } }
                tbody {
                    @for facet in &asked.facets { tr {
                        th scope="row" { (facet_name(&facet.name)) }
                        td.number { (number(stats.values.get(&facet.name).copied().unwrap_or(0) as u64)) }
                        td.number { (without(&facet.name)) }
                    } }
                    tr { th scope="row" { (say!("web-date", name = "published")) } td {} td.number { (without("date")) } }
                }
            }
        }
    }
}

/// What was not read, or only in part, and why.
fn unread(stats: &Stats) -> Markup {
    let unread = &stats.unread;
    html! {
        section {
            h2 { (say!("web-unread")) }
            @if unread.files.is_empty() && unread.kinds.is_empty() { p { (say!("web-all-read")) } }
            @else {
                div.wide tabindex="0" role="region" aria-label=(say!("web-unread")) {
                    table {
                        thead { tr { th scope="col" { (say!("web-file")) } th.number scope="col" { (say!("timeline-articles")) }
                            th.number scope="col" { (say!("web-skipped")) } th scope="col" { (say!("web-reason")) } } }
                        tbody { @for (path, missing) in unread.files.iter().take(NAMED) { tr {
                            th scope="row" { code { (Text(path)) } }
                            td.number { (number(missing.articles)) }
                            td.number { (number(missing.skipped)) }
                            td { (Text(&missing.reasons.join(", "))) @if !missing.detail.is_empty() { " · " (Text(&localized(&missing.detail))) } }
                        } } }
                    }
                }
                @let more = unread.files.len().saturating_sub(NAMED) as u64 + unread.more_files;
                @if more > 0 { p { (say!("unread-more", n = more)) } }
                @for (extension, files) in unread.by_extension() {
                    p { (say!("count-files", n = files)) " ." (Text(extension)) }
                }
            }
        }
    }
}
