//! The page of a table: articles by two facets, as numbers or as shares.

use super::super::api::pivot_request;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::{chips, facet_name, form};
use super::layout::layout;
use super::link::Link;
use super::text::Text;
use crate::facet_path::FacetPath;
use crate::messages::{decimal, localized};
use crate::say;
use crate::search::{AxisRequest, Column, Engine as _, Pivot, PivotRequest, Row};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Rows and columns, unless others are asked for.
const TOP: usize = 12;

/// Levels that can be chosen.
const LEVELS: usize = 3;

/// What the numbers of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// Articles.
    None,
    /// Of the articles of the row, of the column, of all that are found.
    Row,
    Column,
    All,
}

const SHARES: [(&str, Share); 4] = [
    ("none", Share::None),
    ("row", Share::Row),
    ("column", Share::Column),
    ("all", Share::All),
];

/// A table.
pub(in super::super) fn pivot(asked: &Asked) -> Result<Response, Problem> {
    let mut request = pivot_request(asked)?;
    let top = request.top_columns.unwrap_or(TOP);
    request.top_rows = Some(request.top_rows.unwrap_or(TOP * 3));
    request.top_columns = Some(top);
    let share = asked.params.one_of("share", &SHARES)?.unwrap_or(Share::None);
    let table = asked.commit.engine.pivot(&request)?.value;
    let json = Link::here(asked)
        .without("ui-lang")
        .without("share")
        .to_string()
        .replacen("/pivot", "/api/v1/pivot", 1);
    let main = html! {
        (form(asked))
        (chips(asked)?)
        (axes(asked, &request, top, share))
        div.heading {
            h1 { b { (number(table.total)) } " " (say!("web-articles", n = table.total)) }
            p.tools { a href=(json) { "JSON" } }
        }
        @for note in &table.notes { p.note { (Text(&localized(note))) } }
        (cells(asked, &table, share))
    };
    Ok(layout(asked, &say!("web-nav-pivot"), main).into_response())
}

/// An axis as it is typed.
fn typed(axis: &AxisRequest) -> String {
    match axis.level {
        Some(level) => format!("{}:{level}", axis.name),
        None => axis.name.clone(),
    }
}

/// What rows and columns stand for.
fn axes(asked: &Asked, request: &PivotRequest, top: usize, share: Share) -> Markup {
    let kept = ["rows", "cols", "top", "share"].iter();
    let kept = kept.fold(Link::here(asked), |link, name| link.without(name));
    // Facets with trees by their levels, too.
    let mut choices: Vec<(String, String)> = Vec::new();
    for facet in &asked.facets {
        choices.push((facet.name.clone(), facet_name(&facet.name)));
        if !facet.months && (facet.places || facet.events_column.is_some()) {
            choices.extend((1..=LEVELS).map(|level| {
                let name = say!("web-level", facet = facet_name(&facet.name), level = level);
                (format!("{}:{level}", facet.name), name)
            }));
        }
    }
    choices.extend(["region_old", "year", "day"].map(|name| (name.to_string(), facet_name(name))));
    let select = |name: &str, chosen: String, label: String| {
        let is_known = choices.iter().any(|(choice, _)| *choice == chosen);
        html! {
            label { (label) " " select name=(name) {
                @if !is_known { option selected value=(Text(&chosen)) { (Text(&chosen)) } }
                @for (choice, name) in &choices { option value=(choice) selected[*choice == chosen] { (name) } }
            } }
        }
    };
    html! {
        form.axes action="/pivot" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            (select("rows", typed(&request.rows), say!("web-rows")))
            (select("cols", typed(&request.columns), say!("web-columns")))
            label { (say!("web-share")) " " select name="share" {
                @for (name, one) in SHARES { option value=(name) selected[one == share] { (say!("web-share-of", of = name)) } }
            } }
            label { (say!("web-top")) " " input type="number" name="top" min="1" max="200" value=(top); }
            button type="submit" { (say!("web-show")) }
        }
    }
}

/// What a bucket chooses; none of values that are added up, and of what is no filter. Values of a facet are joined by
/// OR, so where the search has one of the same facet already, no address stands for both.
fn chosen(asked: &Asked, link: Link, axis: &str, head: &Column) -> Option<Link> {
    let is_narrowed = link.pairs().any(|(name, _)| {
        let called = asked.facet(name).is_some_and(|facet| facet.name == axis);
        called || name == "where" || (matches!(axis, "day" | "year") && matches!(name, "since" | "until"))
    });
    if head.others.is_some() || is_narrowed {
        return None;
    }
    if matches!(axis, "day" | "year") {
        return (!head.none).then(|| link.with("since", &head.value).with("until", &head.value));
    }
    let value = if head.none { "none" } else { &head.value };
    let facet = asked.facet(axis)?;
    Some(link.choosing(&facet.name, value))
}

/// Cells of a table whose numbers lead to their articles; of a larger one, only rows and columns do.
const LINKED: usize = 600;

/// A cell, a number that leads to its articles.
fn cell(asked: &Asked, table: &Pivot, row: &Row, column: &Column, said: Markup) -> Markup {
    if table.rows.len() * table.columns.len() > LINKED {
        return said;
    }
    let all = Link::same_articles(asked, "/");
    let link = chosen(asked, all, &table.rows_of, &row.head)
        .and_then(|link| chosen(asked, link, &table.columns_of, column));
    html! { @match link { Some(link) => a href=(link) { (said) }, None => (said) } }
}

fn said(count: u64, whole: u64, share: Share) -> Markup {
    match share {
        Share::None => html! { (number(count)) },
        _ => {
            let percent = count as f64 / whole.max(1) as f64 * 100.0;
            html! { span title=(number(count)) { (say!("web-percent", n = decimal(percent, 1))) } }
        }
    }
}

fn head_of(asked: &Asked, axis: &str, head: &Column, label: &str) -> Markup {
    let none = head.none.then(|| say!("search-without-value"));
    let label = none.as_deref().unwrap_or(label);
    let link = chosen(asked, Link::same_articles(asked, "/"), axis, head);
    html! { @match link { Some(link) => a href=(link) { (Text(label)) }, None => (Text(label)) } }
}

// Long because a table is one piece.
fn cells(asked: &Asked, table: &Pivot, share: Share) -> Markup {
    let counts = || table.rows.iter().flat_map(|row| &row.counts).copied();
    let highest = counts().max().unwrap_or(0).max(1);
    let whole = |row: &Row, column: &Column| match share {
        Share::Row => row.head.total,
        Share::Column => column.total,
        Share::None | Share::All => table.total,
    };
    // From 1 to 5: the number by the highest, or the share itself.
    let shade = |count: u64, whole: u64| match (count, share) {
        (0, _) => "number".to_string(),
        (count, Share::Row | Share::Column) => {
            format!("number s{}", (count * 5).div_ceil(whole.max(1)).clamp(1, 5))
        }
        (count, _) => format!("number s{}", (count * 5).div_ceil(highest)),
    };
    let rows = table.rows.iter().filter(|row| row.head.total > 0);
    html! {
        div.wide tabindex="0" role="region" aria-label=(say!("web-nav-pivot")) {
            table.pivot {
                thead { tr {
                    th scope="col" { (facet_name(&table.rows_of)) " / " (facet_name(&table.columns_of)) }
                    th.number scope="col" { (say!("pivot-total")) }
                    @for column in &table.columns { th.number scope="col" title=(Text(&column.value)) {
                        (head_of(asked, &table.columns_of, column, &localized(FacetPath::new(&column.value).label()))) } }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" { (head_of(asked, &table.rows_of, &row.head, &localized(&row.head.value))) }
                    td.number { b { (number(row.head.total)) } }
                    @for (count, column) in row.counts.iter().zip(&table.columns) {
                        @let whole = whole(row, column);
                        td class=(shade(*count, whole)) {
                            @if *count > 0 { (cell(asked, table, row, column, said(*count, whole, share))) }
                        }
                    }
                } } }
                tfoot { tr {
                    th scope="row" { (say!("pivot-total")) }
                    td.number { (number(table.total)) }
                    @for column in &table.columns { td.number { (number(column.total)) } }
                } }
            }
        }
        @if share != Share::None { p.quiet { (say!("web-share-how")) } }
    }
}
