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
use crate::search::{AxisRequest, Column, Engine as _, FacetInfo, Pivot, PivotRequest, Row};
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
        (cells(asked, &table, (&request.rows, &request.columns), share))
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

/// Rows or columns.
struct Side<'t> {
    name: &'t str,
    level: Option<usize>,
    heads: Vec<&'t Column>,
}

/// Whether the articles of a bucket are all those that its value finds. A filter finds what lies below a value, too, and
/// a bucket has that only at the level of its axis, or where nothing lies below it.
fn is_whole(facet: &FacetInfo, level: Option<usize>, heads: &[&Column], head: &Column) -> bool {
    let is_tree = facet.months || facet.places || facet.events_column.is_some();
    if !is_tree || head.none {
        return true;
    }
    let (value, separator) = (head.value.as_str(), if facet.months { '-' } else { '/' });
    if level == Some(value.split(separator).count()) {
        return true;
    }
    let is_below = |other: &str| {
        other
            .strip_prefix(value)
            .is_some_and(|rest| rest.starts_with(separator))
    };
    heads
        .iter()
        .all(|other| other.others.is_none() && !is_below(&other.value))
}

/// What a bucket chooses; none of values that are added up, and of what is no filter. Values of a facet are joined by
/// OR, so where the search has one of the same facet already, no address stands for both.
fn chosen(asked: &Asked, link: Link, axis: &Side<'_>, head: &Column) -> Option<Link> {
    let is_narrowed = link.pairs().any(|(name, _)| {
        let called = asked.facet(name).is_some_and(|facet| facet.name == axis.name);
        called
            || name == "where"
            || (matches!(axis.name, "day" | "year") && matches!(name, "since" | "until"))
    });
    if head.others.is_some() || is_narrowed {
        return None;
    }
    if matches!(axis.name, "day" | "year") {
        return (!head.none).then(|| link.with("since", &head.value).with("until", &head.value));
    }
    let value = if head.none { "none" } else { &head.value };
    let facet = asked.facet(axis.name)?;
    is_whole(facet, axis.level, &axis.heads, head).then(|| link.choosing(&facet.name, value))
}

/// Cells of a table whose numbers lead to their articles; of a larger one, only rows and columns do.
const LINKED: usize = 600;

/// A cell, a number that leads to its articles.
fn cell(asked: &Asked, [rows, columns]: [&Side<'_>; 2], row: &Row, column: &Column, said: Markup) -> Markup {
    if rows.heads.len() * columns.heads.len() > LINKED {
        return said;
    }
    let all = Link::same_articles(asked, "/");
    let link = chosen(asked, all, rows, &row.head).and_then(|link| chosen(asked, link, columns, column));
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

fn head_of(asked: &Asked, axis: &Side<'_>, head: &Column, label: &str) -> Markup {
    let none = head.none.then(|| say!("search-without-value"));
    let label = none.as_deref().unwrap_or(label);
    let link = chosen(asked, Link::same_articles(asked, "/"), axis, head);
    html! { @match link { Some(link) => a href=(link) { (Text(label)) }, None => (Text(label)) } }
}

// Long because a table is one piece.
fn cells(asked: &Asked, table: &Pivot, axes: (&AxisRequest, &AxisRequest), share: Share) -> Markup {
    let rows = Side {
        name: &table.rows_of,
        level: axes.0.level,
        heads: table.rows.iter().map(|row| &row.head).collect(),
    };
    let columns = Side {
        name: &table.columns_of,
        level: axes.1.level,
        heads: table.columns.iter().collect(),
    };
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
    let filled = table.rows.iter().filter(|row| row.head.total > 0);
    html! {
        div.wide tabindex="0" role="region" aria-label=(say!("web-nav-pivot")) {
            table.pivot {
                thead { tr {
                    th scope="col" { (facet_name(&table.rows_of)) " / " (facet_name(&table.columns_of)) }
                    th.number scope="col" { (say!("pivot-total")) }
                    @for column in &table.columns { th.number scope="col" title=(Text(&column.value)) {
                        (head_of(asked, &columns, column, &localized(FacetPath::new(&column.value).label()))) } }
                } }
                tbody { @for row in filled { tr {
                    th scope="row" { (head_of(asked, &rows, &row.head, &localized(&row.head.value))) }
                    td.number { b { (number(row.head.total)) } }
                    @for (count, column) in row.counts.iter().zip(&table.columns) {
                        @let whole = whole(row, column);
                        td class=(shade(*count, whole)) {
                            @if *count > 0 { (cell(asked, [&rows, &columns], row, column, said(*count, whole, share))) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn facet(places: bool, months: bool) -> FacetInfo {
        FacetInfo {
            name: "f".into(),
            aliases: Vec::new(),
            shown: true,
            listed: true,
            main_column: true,
            months,
            publication: months,
            places,
            events_column: None,
        }
    }

    fn column(value: &str) -> Column {
        Column {
            value: value.into(),
            total: 1,
            others: None,
            none: false,
        }
    }

    #[test]
    fn a_bucket_leads_to_its_own_articles_or_nowhere() {
        let [mali, gao, niger] = ["Mali", "Mali/Gao", "Niger"].map(column);
        let all = [&mali, &gao, &niger];
        let places = facet(true, false);
        // Those of Mali that aren't known more exactly: a filter would find those of Gao, too.
        assert!(!is_whole(&places, Some(2), &all, &mali) && !is_whole(&places, None, &all, &mali));
        assert!(is_whole(&places, Some(2), &all, &gao) && is_whole(&places, Some(1), &[&mali], &mali));
        assert!(is_whole(&places, Some(2), &all, &niger), "nothing lies below it");
        let others = Column {
            others: Some(3),
            ..column("(others: 3)")
        };
        assert!(
            !is_whole(&places, None, &[&niger, &others], &niger),
            "what lies below it may be among them"
        );
        let [year, month] = ["2024", "2024-03"].map(column);
        assert!(!is_whole(&facet(false, true), None, &[&year, &month], &year));
        assert!(is_whole(&facet(false, true), None, &[&year, &month], &month));
        assert!(
            is_whole(&facet(false, false), None, &[&others, &niger], &niger),
            "a facet without levels"
        );
    }
}
