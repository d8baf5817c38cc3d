//! The page of a list of names or queries: how many articles each finds, and those that find none.

use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::chips;
use super::layout::layout;
use super::link::Link;
use super::search::article_link;
use super::text::Text;
use crate::msg;
use crate::say;
use crate::search::{Count, Engine as _, Hit, Order, SearchRequest, Selection};
use crate::tabular::{Cell, Sheet};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Lines, and bytes of all of them: they stand in the address.
const LINES: usize = 500;
const BYTES: usize = 20_000;

/// A line of the list, as it was run.
struct Line<'l> {
    id: Option<&'l str>,
    query: &'l str,
    total: u64,
    first: Option<Hit>,
    last: Option<String>,
}

/// A list.
pub(in super::super) fn batch(asked: &Asked) -> Result<Response, Problem> {
    let typed = asked.params.get("names").unwrap_or_default();
    if typed.len() > BYTES || typed.lines().count() > LINES {
        let what = msg!("web-long-list", lines = LINES, bytes = BYTES);
        return Err(Problem::bad_request("too_long", what));
    }
    let lines = run(asked, typed)?;
    if asked.params.get("format") == Some("csv") {
        return csv(asked, &lines);
    }
    let main = html! {
        h1 { (say!("web-nav-batch")) }
        (form(asked, typed))
        (chips(asked)?)
        @if lines.is_empty() { p { (say!("web-batch-how")) } } @else { (answer(asked, &lines)) }
    };
    Ok(layout(asked, &say!("web-nav-batch"), main).into_response())
}

fn form(asked: &Asked, typed: &str) -> Markup {
    let kept = Link::here(asked)
        .without("names")
        .without("q")
        .without("format")
        .without("plain");
    html! {
        form.batch action="/batch" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            label for="names" { (say!("web-batch-label")) }
            textarea #names name="names" rows="8" spellcheck="false" maxlength=(BYTES) { (Text(typed)) }
            p.row {
                button type="submit" { (say!("web-search-button")) }
                label.check { input type="checkbox" name="plain" value="true" checked[asked.params.has("plain")]; " " (say!("web-plain")) }
            }
        }
    }
}

/// Runs each line; a line may begin with a name of its own and a tab.
fn run<'l>(asked: &Asked, typed: &'l str) -> Result<Vec<Line<'l>>, Problem> {
    let selection = asked.selection()?;
    let mut lines = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (id, query) = match line.split_once('\t') {
            Some((id, query)) => (Some(id.trim()), query.trim()),
            None => (None, line),
        };
        let request = |order: Order| SearchRequest {
            selection: Selection {
                query: query.to_string(),
                ..selection.clone()
            },
            order,
            limit: 1,
            page: 1,
            count: Count::Nothing,
            ..SearchRequest::default()
        };
        let found = asked.commit.engine.search(&request(Order::Relevance))?.value;
        let last = match found.total {
            0 => None,
            _ => {
                let newest = asked.commit.engine.search(&request(Order::Newest))?.value;
                newest.hits.into_iter().next().and_then(|hit| hit.date)
            }
        };
        lines.push(Line {
            id,
            query,
            total: found.total,
            first: found.hits.into_iter().next(),
            last,
        });
    }
    Ok(lines)
}

/// The page of a line's search.
fn link(asked: &Asked, query: &str) -> Link {
    Link::same_articles(asked, "/").with("q", query)
}

fn answer(asked: &Asked, lines: &[Line<'_>]) -> Markup {
    let without: Vec<&Line<'_>> = lines.iter().filter(|line| line.total == 0).collect();
    let has_ids = lines.iter().any(|line| line.id.is_some());
    html! {
        div.heading {
            h2 { (say!("web-batch-found", found = lines.len() - without.len(), lines = lines.len())) }
            p.tools { a href=(Link::here(asked).with("format", "csv")) download { "CSV" } }
        }
        @if !without.is_empty() {
            section.nothing {
                h3 { (say!("web-batch-without", n = without.len())) }
                ul.plain-list { @for line in &without { li { a href=(link(asked, line.query)) { (Text(line.query)) } } } }
            }
        }
        div.wide tabindex="0" role="region" aria-label=(say!("web-nav-batch")) {
            table {
                thead { tr {
                    @if has_ids { th scope="col" { "id" } }
                    th scope="col" { (say!("web-batch-query")) } th.number scope="col" { (say!("timeline-articles")) }
                    th scope="col" { (say!("web-batch-newest")) } th scope="col" { (say!("web-batch-best")) }
                } }
                tbody { @for line in lines.iter().filter(|line| line.total > 0) { tr {
                    @if has_ids { td { (Text(line.id.unwrap_or_default())) } }
                    th scope="row" { a href=(link(asked, line.query)) { (Text(line.query)) } }
                    td.number { (number(line.total)) }
                    td.date { (Text(line.last.as_deref().unwrap_or("–"))) }
                    td { @if let Some(hit) = &line.first {
                        a href=(article_link(asked, &hit.id).with("q", line.query)) { @if hit.title.is_empty() { (Text(hit.begins.as_deref().unwrap_or(&hit.id))) } @else { (Text(&hit.title)) } }
                    } }
                } } }
            }
        }
    }
}

fn csv(asked: &Asked, lines: &[Line<'_>]) -> Result<Response, Problem> {
    let sheet = Sheet {
        excel: asked.params.has("csv-excel"),
    };
    let mut bytes: Vec<u8> = Vec::new();
    let mut write = || {
        sheet.head(
            &mut bytes,
            ["query_id", "query", "total", "newest", "id", "title"],
        )?;
        for line in lines {
            let hit = line.first.as_ref();
            let cells: [Cell; 6] = [
                line.id.unwrap_or_default().into(),
                line.query.into(),
                line.total.into(),
                line.last.as_deref().unwrap_or_default().into(),
                hit.map_or("", |hit| hit.id.as_str()).into(),
                hit.map_or("", |hit| hit.title.as_str()).into(),
            ];
            sheet.record(&mut bytes, cells)?;
        }
        Ok(())
    };
    write().map_err(crate::Error::io("csv"))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"griot.csv\""),
    ];
    Ok((headers, bytes).into_response())
}
