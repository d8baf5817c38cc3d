//! The page of a table: articles by two facets.

use super::super::api::pivot_request;
use super::super::asked::Asked;
use super::super::problem::Problem;
use super::facets::number;
use super::filters::{chips, facet_name, form};
use super::layout::layout;
use super::link::Link;
use super::text::Text;
use crate::facet_path::FacetPath;
use crate::messages::localized;
use crate::say;
use crate::search::{AxisRequest, Engine as _, Pivot, PivotRequest};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Rows and columns, unless others are asked for.
const TOP: usize = 12;

/// A table.
pub(in super::super) fn pivot(asked: &Asked) -> Result<Response, Problem> {
    let mut request = pivot_request(asked)?;
    let top = request.top_columns.unwrap_or(TOP);
    request.top_rows = Some(request.top_rows.unwrap_or(TOP * 3));
    request.top_columns = Some(top);
    let table = asked.commit.engine.pivot(&request)?.value;
    let json = Link::here(asked)
        .without("ui-lang")
        .to_string()
        .replacen("/pivot", "/api/v1/pivot", 1);
    let main = html! {
        (form(asked))
        (chips(asked)?)
        (axes(asked, &request, top))
        div.heading {
            h1 { b { (number(table.total)) } " " (say!("web-articles", n = table.total)) }
            p.tools { a href=(json) { "JSON" } }
        }
        @for note in &table.notes { p.note { (Text(&localized(note))) } }
        (cells(&table))
    };
    Ok(layout(asked, &say!("web-nav-pivot"), main).into_response())
}

/// What rows and columns stand for.
fn axes(asked: &Asked, request: &PivotRequest, top: usize) -> Markup {
    let kept = Link::here(asked).without("rows").without("cols").without("top");
    let shown = |axis: &AxisRequest| match axis.level {
        Some(level) => format!("{}:{level}", axis.name),
        None => axis.name.clone(),
    };
    let names: Vec<&str> = asked
        .facets
        .iter()
        .map(|facet| facet.name.as_str())
        .chain(["year", "day"])
        .collect();
    let select = |name: &str, chosen: String, label: String| {
        let known = names.contains(&chosen.as_str());
        html! {
            label { (label) " " select name=(name) {
                @if !known { option selected value=(Text(&chosen)) { (Text(&chosen)) } }
                @for one in &names { option value=(one) selected[*one == chosen] { (facet_name(one)) } }
                @if names.contains(&"region") { option value="region:1" { (facet_name("region")) " : 1" } }
            } }
        }
    };
    html! {
        form.axes action="/pivot" {
            @for (name, value) in kept.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
            (select("rows", shown(&request.rows), say!("web-rows")))
            (select("cols", shown(&request.columns), say!("web-columns")))
            label { (say!("web-top")) " " input type="number" name="top" min="1" max="200" value=(top); }
            button type="submit" { (say!("web-show")) }
        }
    }
}

fn cells(table: &Pivot) -> Markup {
    let highest = table
        .rows
        .iter()
        .flat_map(|row| &row.counts)
        .copied()
        .max()
        .unwrap_or(0)
        .max(1);
    // From 1 to 5, by the share of the highest.
    let shade = |count: u64| match count {
        0 => None,
        count => Some(format!("s{}", (count * 5).div_ceil(highest))),
    };
    let rows = table.rows.iter().filter(|row| row.head.total > 0);
    html! {
        div.wide tabindex="0" role="region" aria-label=(say!("web-nav-pivot")) {
            table.pivot {
                thead { tr {
                    th scope="col" { (facet_name(&table.rows_of)) " / " (facet_name(&table.columns_of)) }
                    th.number scope="col" { (say!("pivot-total")) }
                    @for column in &table.columns { th.number scope="col" title=(Text(&column.value)) {
                        (Text(&localized(FacetPath::new(&column.value).label()))) } }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" { (Text(&localized(&row.head.value))) }
                    td.number { b { (number(row.head.total)) } }
                    @for count in &row.counts { td.number class=[shade(*count)] { @if *count > 0 { (number(*count)) } } }
                } } }
                tfoot { tr {
                    th scope="row" { (say!("pivot-total")) }
                    td.number { (number(table.total)) }
                    @for column in &table.columns { td.number { (number(column.total)) } }
                } }
            }
        }
    }
}
