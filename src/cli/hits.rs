//! The hits of a search as text.

use super::args::SearchArgs;
use super::output::{Output, articles, is_quiet, notify, style, wrap};
use super::tree::{Shown, write_tree};
use super::{diagnosis, explain, similar};
use anyhow::Result;
use griot::facet_path::FacetPath;
use griot::messages::{decimal, localized};
use griot::say;
use griot::search::{Diagnosis, FacetInfo, Hit, SearchResponse, Snippet};
use std::io::Write;

/// Writes an answer: the hits of the page, then why nothing was found or the counts of facets.
pub fn write(
    out: &mut Output,
    response: &SearchResponse,
    diagnosis: Option<&Diagnosis>,
    facets: &[FacetInfo],
    args: &SearchArgs,
) -> Result<()> {
    for note in &response.notes {
        notify(&localized(note));
    }
    if let Some(explanation) = &response.explanation {
        explain::write(out, explanation)?;
    }
    let mut listed_hits: Vec<(&Hit, &[String])> =
        response.hits.iter().map(|hit| (hit, [].as_slice())).collect();
    listed_hits.extend(
        response
            .nearly
            .iter()
            .map(|nearly| (&nearly.hit, nearly.without.as_slice())),
    );
    listed_hits.sort_by_key(|(hit, _)| hit.rank);
    if !is_quiet() {
        write_heading(out, response, &listed_hits)?;
    }
    let listed: Vec<&str> = facets
        .iter()
        .filter(|facet| facet.listed)
        .map(|facet| facet.name.as_str())
        .collect();
    let mut after_all = !response.nearly.is_empty();
    for (number, (hit, without)) in listed_hits.iter().enumerate() {
        if after_all
            && listed_hits[number..]
                .iter()
                .all(|(_, without)| !without.is_empty())
        {
            writeln!(out, "\n{}", say!("search-nearly"))?;
            after_all = false;
        }
        write_hit(out, hit, without, &listed, args.unfold)?;
    }
    if let Some(diagnosis) = diagnosis {
        diagnosis::write(out, diagnosis)?;
    }
    write_facets(out, response, facets, args)
}

/// The counts of facets, with `--quiet` none.
fn write_facets(
    out: &mut Output,
    response: &SearchResponse,
    facets: &[FacetInfo],
    args: &SearchArgs,
) -> Result<()> {
    for info in facets.iter().filter(|_| !is_quiet()) {
        let facet = &info.name;
        let chosen = response.without_chosen.contains_key(facet);
        if let Some(values) = response.facets.get(facet).filter(|v| !v.is_empty() || chosen) {
            writeln!(out)?;
            let without = (
                response.without.get(facet).copied().unwrap_or(0),
                response.without_chosen.get(facet).copied(),
            );
            let shown = Shown {
                most: args.top,
                levels: (info.months && !args.facets).then_some(1),
            };
            write_tree(out, facet, values, without, shown)?;
        }
    }
    Ok(())
}

/// How many articles there are, and which places of the list are shown.
fn write_heading(out: &mut Output, response: &SearchResponse, listed: &[(&Hit, &[String])]) -> Result<()> {
    let range = match (listed.first(), listed.last()) {
        (Some((first, _)), Some((last, _))) => say!("search-range", from = first.rank, to = last.rank),
        _ => String::new(),
    };
    let (total, ms) = (articles(response.total), decimal(response.took_ms, 1));
    let heading = match response.nearly.is_empty() {
        true => say!("search-heading", articles = total, range = range, ms = ms),
        false => say!("search-heading-nearly", articles = total, range = range, ms = ms),
    };
    writeln!(out, "{heading}")?;
    Ok(())
}

fn write_hit(out: &mut Output, hit: &Hit, without: &[String], listed: &[&str], unfold: bool) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let title = match hit.snippets.iter().find(|s| s.field == "title") {
        Some(title) => marked(out, title, style::TITLE),
        None if hit.title.is_empty() => match &hit.begins {
            Some(words) => say!("search-first-words", words = out.safe(words)),
            None => say!("search-no-title"),
        },
        None => out.safe(&hit.title).into_owned(),
    };
    let date = hit.date.clone().unwrap_or_else(|| say!("count-undated"));
    writeln!(out, "\n{:>3}. {bold}{title}{bold:#}", hit.rank)?;
    let source = hit
        .source
        .as_deref()
        .map(|s| format!(" · {s}"))
        .unwrap_or_default();
    let line = format!("{date}{source} · {}", hit.id);
    let line = out.safe(&line).into_owned();
    writeln!(out, "     {dim}{line}{dim:#}")?;
    if !without.is_empty() {
        let line = say!("search-without-words", words = without.join(", "));
        let line = out.safe(&line).into_owned();
        writeln!(out, "     {dim}{line}{dim:#}")?;
    }
    for path in hit.paths.iter().skip(1) {
        let line = say!("search-also-in", path = out.safe(path));
        writeln!(out, "     {dim}{line}{dim:#}")?;
    }
    for name in listed {
        if let Some(values) = hit.facets.get(*name).filter(|v| !v.is_empty()) {
            let facet = style::FACET;
            let line = out.safe(&leaves(values).join(", ")).into_owned();
            writeln!(out, "     {facet}{name}: {line}{facet:#}")?;
        }
    }
    for snippet in hit.snippets.iter().filter(|s| s.field == "body") {
        let mut text = marked(out, snippet, anstyle::Style::new());
        if let Some(page) = &snippet.page {
            text.push_str(&out.safe(&format!(" (p. {page})")));
        }
        let wrapped = wrap(&text, out.width, "     ");
        writeln!(out, "{wrapped}")?;
    }
    if let Some(group) = &hit.folded {
        similar::write_folded(out, group, unfold)?;
    }
    if let Some(why) = &hit.why {
        explain::write_score(out, hit.score, why)?;
    }
    Ok(())
}

/// The values as a reader needs them: without those that another one lies in, and without the country or
/// family that every value of it begins with.
fn leaves(values: &[String]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for value in values {
        let path = FacetPath::new(value);
        let below = |other: &String| FacetPath::new(other).is_under(path);
        let label = path.without_top().as_str();
        if !values.iter().any(below) && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// A snippet with its hits in bold, where that can be shown; `around` is the style of the line it stands in.
fn marked(out: &Output, snippet: &Snippet, around: anstyle::Style) -> String {
    let mut text = String::new();
    if snippet.cut_before {
        text.push('…');
    }
    for part in &snippet.parts {
        let safe = out.safe(&part.text);
        if part.hit && out.styled {
            // Word by word, so that wrapping can break between them.
            let words: Vec<String> = safe
                .split(' ')
                .map(|w| format!("{}{w}{:#}{around}", style::HIT, style::HIT))
                .collect();
            text.push_str(&words.join(" "));
        } else {
            text.push_str(&safe.replace('\n', " "));
        }
    }
    if snippet.cut_after {
        text.push('…');
    }
    text
}
