//! The first page: search.

use super::super::asked::Asked;
use super::super::key;
use super::super::problem::Problem;
use super::facets::{facets, number};
use super::filters::{chips, form};
use super::layout::layout;
use super::link::Link;
use super::live::live;
use super::map::of_search;
use super::text::{Text, web_address};
use super::timeline::timeline;
use super::walk::hit_link;
use crate::facet_path::FacetPath;
use crate::messages::{decimal, localized};
use crate::say;
use crate::search::{
    Clause, ClauseKind, Count, Diagnosis, Engine as _, Explanation, Group, Hit, SearchRequest,
    SearchResponse, Snippet,
};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

/// Values of a facet that a hit shows.
const VALUES: usize = 6;

/// Near-duplicates that are listed under a hit.
const FOLDED: usize = 10;

/// Search.
pub(in super::super) fn search(asked: &Asked) -> Result<Response, Problem> {
    let count = match asked.params.has("facets") {
        true => Count::All,
        false => Count::Shown,
    };
    let request = super::walk::request(asked, count)?;
    let engine = &asked.commit.engine;
    let response = engine.search(&request)?.value;
    let diagnosis = match response.total {
        0 => Some(engine.diagnose(&request.selection)?.value),
        _ => None,
    };
    let main = html! {
        (form(asked))
        (live(asked)?)
        (chips(asked)?)
        div.columns {
            section.results aria-label=(say!("web-results")) {
                (heading(asked, &request, &response))
                @for note in &response.notes { p.note { (Text(&localized(note))) } }
                @if let Some(explanation) = &response.explanation { (explained(explanation)) }
                @if response.total > 0 { (timeline(asked, &request.selection)?) }
                @if asked.params.has("map") { (of_search(asked, &response)?) }
                @if let Some(diagnosis) = &diagnosis { (nothing_found(asked, diagnosis)) }
                @if response.total > 0 { (chosen(asked)) }
                (hits(asked, &response))
                (paging(asked, &request, response.total))
            }
            (facets(asked, &response))
        }
    };
    let title = match request.selection.query.as_str() {
        "" => say!("web-nav-search"),
        query => query.to_string(),
    };
    Ok(layout(asked, &title, main).into_response())
}

/// How many there are, in which order, and what can be done with all of them.
fn heading(asked: &Asked, request: &SearchRequest, response: &SearchResponse) -> Markup {
    let here = || Link::here(asked).without("page");
    let order = asked.params.get("sort").unwrap_or("relevance");
    let orders = ["relevance", "newest", "oldest"];
    let export = |format: &str| {
        Link::same_articles(asked, "/api/v1/export")
            .without("ui-lang")
            .with("format", format)
    };
    html! {
        div.heading {
            h1 { b { (number(response.total)) } " " (say!("web-articles", n = response.total))
                span.quiet { " " (say!("web-took", ms = decimal(response.took_ms, 1))) } }
            nav.sort aria-label=(say!("web-order")) {
                @for one in orders {
                    a href=(here().with("sort", one)) aria-current=[(one == order).then_some("true")] {
                        (say!("web-order-of", order = one))
                    }
                }
            }
            p.tools {
                a.jump href="#facets" { (say!("web-facets")) " ↓" }
                @if request.group {
                    a href=(here().with("group", "false")) { (say!("web-unfold")) }
                } @else {
                    a href=(here().without("group")) { (say!("web-fold")) }
                }
                @if request.explain {
                    a href=(here().without("explain")) { (say!("web-explain-not")) }
                } @else {
                    a href=(here().with("explain", "true")) { (say!("web-explain")) }
                }
                @if asked.params.has("map") { a href=(here().without("map")) { (say!("web-map-hide")) } }
                @else { a href=(here().with("map", "true")) { (say!("web-map-show")) } }
                a href=(export("csv")) download { "CSV" }
                a href=(export("csv").with("csv-excel", "true")) download { (say!("web-csv-excel")) }
                a href=(export("jsonl")) download { "JSONL" }
            }
        }
    }
}

/// What can be done with the hits that are chosen, or with all: a dossier; and with the search itself.
fn chosen(asked: &Asked) -> Markup {
    let here = Link::same_hits(asked, "/dossier")
        .without("page")
        .without("limit");
    let other = asked.params.get("q").unwrap_or_default();
    html! {
        div.with-hits {
            form #dossier action="/dossier" {
                @for (name, value) in here.pairs() { input type="hidden" name=(Text(name)) value=(Text(value)); }
                button.second type="submit" { (say!("web-dossier-button")) }
                " " span.quiet { (say!("web-dossier-how")) }
            }
            a href=(Link::same_articles(asked, "/compare").with("q", other)) { (say!("web-compare-link")) }
            @if asked.app.edit.is_some() {
                form.save method="post" action=(Link::same_articles(asked, "/saved")) {
                    label.visually-hidden for="save-name" { (say!("web-save-name")) }
                    input #save-name type="text" name="name" required maxlength="200" size="16" placeholder=(say!("web-save-name"));
                    button.second type="submit" name="do" value="save" { (say!("web-save")) }
                }
            }
        }
    }
}

/// The hits in their order; those without some of the words say so.
fn hits(asked: &Asked, response: &SearchResponse) -> Markup {
    let mut listed: Vec<(&Hit, &[String])> = response.hits.iter().map(|hit| (hit, [].as_slice())).collect();
    listed.extend(
        response
            .nearly
            .iter()
            .map(|nearly| (&nearly.hit, nearly.without.as_slice())),
    );
    listed.sort_by_key(|(hit, _)| hit.rank);
    let first = listed.first().map_or(1, |(hit, _)| hit.rank);
    html! {
        ol.hits start=(first) {
            @for (at, (one, lacks)) in listed.iter().enumerate() {
                @let rest_lacks = listed[at..].iter().all(|(_, lacks)| !lacks.is_empty());
                @let before_lacked = at > 0 && !listed[at - 1].1.is_empty();
                li.nearly[!lacks.is_empty()] value=(one.rank) {
                    @if rest_lacks && !before_lacked && !lacks.is_empty() { p.note { (say!("search-nearly")) } }
                    (hit(asked, one, lacks))
                }
            }
        }
    }
}

/// The page of an article, with the words that were searched and the way back.
pub(super) fn article_link(asked: &Asked, id: &str) -> Link {
    Link::same_articles(asked, &format!("/article/{}", key::of(id)))
}

fn hit(asked: &Asked, hit: &Hit, lacks: &[String]) -> Markup {
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    let date = hit.date.clone().unwrap_or_else(|| say!("count-undated"));
    html! {
        article.hit {
            input.choose type="checkbox" name="article" value=(key::of(&hit.id)) form="dossier"
                aria-label=(say!("web-choose", title = if hit.title.is_empty() { &hit.id } else { &hit.title }));
            h2 { a href=(hit_link(asked, &hit.id)) {
                @match (title, hit.title.as_str(), &hit.begins) {
                    (Some(title), ..) => (marked(title)),
                    (None, "", Some(words)) => { (Text(words)) " …" },
                    (None, "", None) => (say!("search-no-title")),
                    (None, title, _) => (Text(title)),
                }
            } }
            p.meta {
                time { (Text(&date)) }
                @if let Some(source) = &hit.source { " · " span { (Text(source)) } }
                @if let Some(url) = hit.url.as_deref().and_then(web_address) {
                    " · " a href=(Text(url)) rel="noreferrer noopener" { (say!("web-original")) }
                }
            }
            @if !lacks.is_empty() { p.note { (say!("search-without-words", words = lacks.join(", "))) } }
            @for snippet in hit.snippets.iter().filter(|snippet| snippet.field == "body") {
                p.snippet { (marked(snippet))
                    @if let Some(page) = &snippet.page { span.quiet { " (p. " (Text(page)) ")" } } }
            }
            (values(asked, hit))
            @if let Some(group) = hit.folded.as_ref().filter(|group| !group.copies.is_empty()) { (folded(asked, group)) }
            @if let Some(why) = &hit.why {
                details { summary { (say!("web-why")) }
                    table { @for part in why { tr {
                        td { (Text(&part.typed)) } td { (part.why) } td { (part.field) } td.number { (format!("{:.2}", part.score)) }
                    } } }
                }
            }
        }
    }
}

/// Values of the facets that hits list, each a filter.
fn values(asked: &Asked, hit: &Hit) -> Markup {
    let listed = asked.facets.iter().filter(|facet| facet.listed);
    html! {
        ul.values {
            @for facet in listed {
                @for value in leaves(hit.facets.get(&facet.name)).into_iter().take(VALUES) {
                    li { a href=(Link::here(asked).choosing(&facet.name, value)) title=(Text(value)) {
                        (Text(FacetPath::new(value).label())) } }
                }
            }
        }
    }
}

/// The values without those that another one lies in, and each name once.
fn leaves(values: Option<&Vec<String>>) -> Vec<&str> {
    let mut leaves: Vec<&str> = Vec::new();
    let values = values.map_or([].as_slice(), Vec::as_slice);
    for value in values {
        let path = FacetPath::new(value);
        let is_above = values.iter().any(|other| FacetPath::new(other).is_under(path));
        let is_there = leaves
            .iter()
            .any(|leaf| FacetPath::new(leaf).label() == path.label());
        if !is_above && !is_there {
            leaves.push(value);
        }
    }
    leaves
}

fn folded(asked: &Asked, group: &Group) -> Markup {
    let copies = say!("count-near-duplicates", n = group.copies.len());
    let sources = say!("count-sources", n = group.sources);
    html! {
        details.folded {
            summary { "+ " (copies) ", " (sources) }
            ul { @for copy in group.copies.iter().take(FOLDED) { li {
                a href=(article_link(asked, &copy.id)) { (Text(&copy.title)) }
                span.quiet { " " @if let Some(source) = &copy.source { (Text(source)) " · " }
                    @if let Some(date) = copy.date { (date) " · " } (format!("{:.0} %", copy.resemblance * 100.0)) }
            } }
                @if group.copies.len() > FOLDED { li.quiet { (say!("show-and-more", n = group.copies.len() - FOLDED)) } } }
        }
    }
}

/// A snippet with its words marked.
pub(super) fn marked(snippet: &Snippet) -> Markup {
    html! {
        @if snippet.cut_before { "…" }
        @for part in &snippet.parts {
            @if part.hit { mark { (Text(&part.text)) } } @else { (Text(&part.text)) }
        }
        @if snippet.cut_after { "…" }
    }
}

fn paging(asked: &Asked, request: &SearchRequest, total: u64) -> Markup {
    let last = total.div_ceil(request.limit as u64).max(1);
    let page = request.page as u64;
    let to = |page: u64| Link::here(asked).with("page", page);
    html! {
        @if last > 1 {
            nav.paging aria-label=(say!("web-pages")) {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "← " (say!("web-previous")) } }
                span { (say!("web-page-of", page = page, last = last)) }
                @if page < last { a rel="next" href=(to(page + 1)) { (say!("web-next")) " →" } }
            }
        }
    }
}

/// What was searched.
fn explained(explanation: &Explanation) -> Markup {
    html! {
        section.explained {
            h2 { (say!("web-searched")) }
            p { code { (Text(&explanation.interpreted)) } }
            ul {
                @for clause in &explanation.clauses {
                    li { b { (Text(&clause.typed)) } " " span.quiet { (number(clause.documents)) }
                        @if !clause.expansions.is_empty() { ": "
                            @for (at, one) in clause.expansions.iter().enumerate() {
                                @if at > 0 { ", " } (Text(&one.text)) " (" (number(one.documents)) ")"
                            }
                            @if clause.more > 0 { " …" }
                        }
                    }
                }
            }
        }
    }
}

/// Why nothing was found, and what would find something.
fn nothing_found(asked: &Asked, diagnosis: &Diagnosis) -> Markup {
    let here = || Link::here(asked).without("page");
    let query = asked.params.get("q").unwrap_or_default();
    let articles = |n: u64| say!("count-articles", n = n);
    html! {
        section.nothing {
            h2 { (say!("web-nothing-found")) }
            @if !diagnosis.clauses.is_empty() {
                table {
                    thead { tr { th { (say!("search-column-condition")) } th.number { (say!("search-column-articles")) }
                        th.number { (say!("search-column-without")) } } }
                    tbody { @for clause in &diagnosis.clauses { tr.kills[clause.kills] {
                        td { (Text(&clause.text)) } td.number { (number(clause.count)) } td.number { (number(clause.without)) }
                    } } }
                }
            }
            ul {
                @for spelling in diagnosis.clauses.iter().flat_map(|clause| &clause.spellings) {
                    li { (say!("web-did-you-mean")) " "
                        a href=(here().with("q", query.replace(&spelling.typed, &spelling.text))) { (Text(&spelling.text)) }
                        " " span.quiet { (articles(spelling.total)) } }
                }
                @if let Some(any) = diagnosis.any.filter(|any| *any > 0) {
                    li { a href=(here().with("any", "true")) { (say!("web-offer-any", articles = articles(any))) } }
                }
                @if let Some(without) = diagnosis.without_filters.filter(|without| *without > 0) {
                    li { a href=(bare(asked)) { (say!("search-offer-no-filters", articles = articles(without))) } }
                }
                @for clause in diagnosis.clauses.iter().filter(|clause| helps(clause)) {
                    @let offer = say!("search-offer-without", articles = articles(clause.without), filter = &clause.text);
                    li { @match without(asked, &clause.text) { Some(link) => a href=(link) { (Text(&offer)) }, None => (Text(&offer)) } }
                }
            }
        }
    }
}

/// The search without one of its conditions, as the diagnosis names it; none for what stands in the query itself.
fn without(asked: &Asked, condition: &str) -> Option<Link> {
    let here = Link::here(asked).without("page");
    let less = |names: [&str; 3]| names.iter().fold(here.clone(), |link, name| link.without(name));
    let (excluded, named) = match condition.strip_prefix("not ") {
        Some(named) => (true, named),
        None => (false, condition),
    };
    let link = match named.split(' ').next()? {
        "since" | "until" => less(["since", "until", "undated"]),
        "events" => less(["event-since", "event-until", "event-"]),
        facet => here
            .clone()
            .without_facet(asked, facet.trim_end_matches(':'), excluded),
    };
    (link != here).then_some(link)
}

fn helps(clause: &Clause) -> bool {
    clause.kind != ClauseKind::Text && clause.without > 0
}

/// The same query without any filter.
fn bare(asked: &Asked) -> Link {
    let link = Link::same_language(asked, "/");
    match asked.params.get("q") {
        Some(query) => link.with("q", query),
        None => link,
    }
}
