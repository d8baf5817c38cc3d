//! The hits of a search as text.

use super::output::{Output, articles, notify, style, wrap};
use super::tree::write_tree;
use super::{diagnosis, explain, similar};
use anyhow::Result;
use griot::facet_path::FacetPath;
use griot::search::{Diagnosis, FacetInfo, Hit, SearchRequest, SearchResponse, Snippet};
use std::io::Write;

/// Writes an answer: the hits of the page, then why nothing was found or the counts of facets.
pub fn write(
    out: &mut Output,
    response: &SearchResponse,
    diagnosis: Option<&Diagnosis>,
    request: &SearchRequest,
    facets: &[FacetInfo],
    unfold: bool,
) -> Result<()> {
    for note in &response.notes {
        notify(note);
    }
    if let Some(explanation) = &response.explanation {
        explain::write(out, explanation)?;
    }
    let first = (request.page - 1) * request.limit;
    let shown = response.hits.len();
    let range = if shown == 0 {
        String::new()
    } else {
        format!(", {} to {} shown", first + 1, first + shown)
    };
    writeln!(
        out,
        "{}{range} ({:.1} ms)",
        articles(response.total),
        response.took_ms
    )?;
    let listed: Vec<&str> = facets
        .iter()
        .filter(|facet| facet.listed)
        .map(|facet| facet.name.as_str())
        .collect();
    for (rank, hit) in response.hits.iter().enumerate() {
        write_hit(out, first + rank + 1, hit, &[], &listed, unfold)?;
    }
    if !response.nearly.is_empty() {
        writeln!(out, "\nWithout some of the words, the best first, not counted:")?;
    }
    for (rank, nearly) in (first + shown + 1..).zip(&response.nearly) {
        write_hit(out, rank, &nearly.hit, &nearly.without, &listed, unfold)?;
    }
    if let Some(diagnosis) = diagnosis {
        diagnosis::write(out, diagnosis)?;
    }
    for facet in facets.iter().map(|f| &f.name) {
        let chosen = response.without_chosen.contains_key(facet);
        if let Some(values) = response.facets.get(facet).filter(|v| !v.is_empty() || chosen) {
            writeln!(out)?;
            let without = (
                response.without.get(facet).copied().unwrap_or(0),
                response.without_chosen.get(facet).copied(),
            );
            write_tree(out, facet, values, without, Some(12))?;
        }
    }
    Ok(())
}

fn write_hit(
    out: &mut Output,
    rank: usize,
    hit: &Hit,
    without: &[String],
    listed: &[&str],
    unfold: bool,
) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let title = match hit.snippets.iter().find(|s| s.field == "title") {
        Some(title) => marked(out, title, style::TITLE),
        None if hit.title.is_empty() => "(without a title)".into(),
        None => out.safe(&hit.title).into_owned(),
    };
    let date = hit.date.as_deref().unwrap_or("undated");
    writeln!(out, "\n{rank:>3}. {bold}{title}{bold:#}")?;
    let source = hit
        .source
        .as_deref()
        .map(|s| format!(" · {s}"))
        .unwrap_or_default();
    let line = format!("{date}{source} · {}", hit.id);
    let line = out.safe(&line).into_owned();
    writeln!(out, "     {dim}{line}{dim:#}")?;
    if !without.is_empty() {
        let line = out.safe(&format!("without: {}", without.join(", "))).into_owned();
        writeln!(out, "     {dim}{line}{dim:#}")?;
    }
    for path in hit.paths.iter().skip(1) {
        let line = out.safe(path).into_owned();
        writeln!(out, "     {dim}also in {line}{dim:#}")?;
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
