//! `griot facets`: counts as a tree, or the phrases that gave a value.

use super::args::{Division, FacetsArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, style};
use super::{open, select};
use anyhow::Result;
use griot::facets::{Phrase, Phrases};
use griot::french::fold;
use griot::index::{Place, ids};
use griot::search::{Count, Engine, FormerCounts, Request, ValueCount, facet_tree::FacetTree, former_counts, shown_path};
use serde_json::json;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: FacetsArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let mut request = select::request(&args.query, &args.filters)?;
    if let Some(value) = &args.evidence {
        return evidence(out, &Engine::new(&reader), request, args.facet.as_deref(), value, args.format);
    }
    request.limit = 0;
    request.count = args.facet.map_or(Count::All, Count::One);
    let engine = Engine::new(&reader);
    let response = engine.search(&request)?;
    let former = if args.region_division == Division::Old { Some(former_counts(&engine, &request)?) } else { None };
    let order = reader.fields.facets.iter().map(|(f, _)| &f.name);
    match args.format {
        TextOrJson::Json => {
            let mut form = serde_json::json!({
                "version": response.version, "query": response.query, "total": response.total, "took_ms": response.took_ms,
                "facets": response.facets, "without": response.without, "notes": response.notes,
            });
            if let (Some(former), Some(form)) = (&former, form.as_object_mut()) {
                form.insert("region_old".into(), json!(former));
            }
            writeln!(out, "{form}")?;
        }
        TextOrJson::Text => {
            for note in &response.notes {
                eprintln!("griot: {}", super::output::sanitize(note));
            }
            writeln!(out, "{} articles", response.total)?;
            for (facet, values) in order.filter_map(|name| response.facets.get_key_value(name)) {
                writeln!(out)?;
                if let Some(former) = former.as_ref().filter(|f| f.facet == *facet) {
                    write_former(out, former)?;
                    continue;
                }
                write_tree(out, facet, values, response.without.get(facet).copied().unwrap_or(0), None)?;
            }
        }
    }
    Ok(ExitCode::Done)
}

fn write_former(out: &mut Output, former: &FormerCounts) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{} before 2023{colour:#}", former.facet)?;
    for (value, count) in &former.values {
        let value = out.safe(value).into_owned();
        writeln!(out, "  {count:>7}  {value}")?;
    }
    if former.without > 0 {
        writeln!(out, "  {:>7}  (none)", former.without)?;
    }
    Ok(())
}

/// The phrases that gave `value`, of the first facet that has it.
fn evidence(
    out: &mut Output,
    engine: &Engine,
    mut request: Request,
    facet: Option<&str>,
    value: &str,
    format: TextOrJson,
) -> Result<ExitCode> {
    let Some((facet, paths)) = paths_of(engine, facet, value)? else {
        anyhow::bail!("no facet has a value “{value}”; `griot facets` lists those there are");
    };
    request.include.extend(paths.iter().map(|path| (facet.clone(), path.clone())));
    let addresses = engine.all(&request)?;
    let mut phrases = Phrases::new(&facet, paths);
    for (number, address) in addresses.iter().enumerate() {
        let article = engine.article(*address)?;
        phrases.add(number, &article.title, &article.body, &article.meta.values);
    }
    let phrases = phrases.finish();
    let example = |phrase: &Phrase| -> Result<String> {
        let article = engine.article(addresses[phrase.example])?;
        Ok(ids::shown(&engine.searcher, &engine.reader.fields, &article)?)
    };
    let fields = &engine.reader.fields;
    let status = |phrase: &Phrase| if phrase.given { "given" } else { "derived" };
    match format {
        TextOrJson::Json => {
            let rows = phrases.iter().map(|p| {
                Ok(json!({
                    "phrase": p.text, "rule": p.rule, "value": shown_path(fields, &facet, &p.path), "status": status(p),
                    "articles": p.articles, "occurrences": p.occurrences, "example": example(p)?,
                }))
            });
            let rows = rows.collect::<Result<Vec<_>>>()?;
            writeln!(out, "{}", json!({"version": 1, "facet": facet, "value": value, "articles": addresses.len(), "phrases": rows}))?;
        }
        TextOrJson::Text => {
            writeln!(out, "{} articles", addresses.len())?;
            for phrase in &phrases {
                let text = if phrase.text.is_empty() { "(metadata)".into() } else { out.safe(&phrase.text).into_owned() };
                let path = out.safe(&shown_path(fields, &facet, &phrase.path)).into_owned();
                let id = out.safe(&example(phrase)?).into_owned();
                let (colour, dim) = (style::FACET, style::DIM);
                let rule = out.safe(&phrase.rule).into_owned();
                writeln!(out, "{:>7}  {text}  {colour}{path}{colour:#}  {dim}{rule}, as in {id}{dim:#}", phrase.articles)?;
            }
        }
    }
    Ok(ExitCode::Done)
}

/// The facet that knows a value as typed, and its paths: those of the lexicon, else those that metadata gave.
fn paths_of(engine: &Engine, facet: Option<&str>, value: &str) -> Result<Option<(String, Vec<String>)>> {
    let fields = &engine.reader.fields;
    let asked = facet.map(|name| griot::search::declared(fields, name)).transpose()?;
    let names: Vec<&str> = fields.facets.iter().map(|(f, _)| f.name.as_str()).filter(|n| asked.is_none_or(|a| a.name == *n)).collect();
    for name in &names {
        let paths = engine.reader.facets()?.resolve(name, value);
        let tree = engine.tree(name)?;
        if !paths.is_empty() && (asked.is_some() || paths.iter().any(|p| tree.number(p).is_some())) {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    for name in &names {
        let tree = engine.tree(name)?;
        let wanted = fold(value.trim_matches('/'));
        let same = |tree: &FacetTree| -> Vec<String> {
            tree.paths.iter().filter(|p| fold(p) == wanted || fold(p.rsplit('/').next().unwrap_or(p)) == wanted).cloned().collect()
        };
        let paths = same(&tree);
        if !paths.is_empty() {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    Ok(None)
}

/// Writes a facet's values with their counts, indented by level; `most` values at the top level.
pub fn write_tree(out: &mut Output, facet: &str, values: &[ValueCount], without: u64, most: Option<usize>) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{facet}{colour:#}")?;
    let shown = most.unwrap_or(values.len()).min(values.len());
    write_level(out, &values[..shown], 1)?;
    if shown < values.len() {
        writeln!(out, "  {:>7}  more values: griot facets --facet {facet}", values.len() - shown)?;
    }
    if without > 0 {
        writeln!(out, "  {without:>7}  (none)")?;
    }
    Ok(())
}

fn write_level(out: &mut Output, values: &[ValueCount], depth: usize) -> Result<()> {
    // An explicit stack: values given as metadata can be as deep as they like.
    let mut stack: Vec<(&ValueCount, usize)> = values.iter().rev().map(|v| (v, depth)).collect();
    while let Some((value, depth)) = stack.pop() {
        let mark = if value.excluded {
            "-"
        } else if value.selected {
            "*"
        } else {
            " "
        };
        let label = out.safe(&value.label).into_owned();
        // Where all are derived, as in most archives, nothing need be said of it.
        let given = if value.given > 0 { format!(" ({} given)", value.given) } else { String::new() };
        writeln!(out, "{mark} {:>7}  {}{label}{given}", value.count, "  ".repeat(depth - 1))?;
        stack.extend(value.children.iter().rev().map(|v| (v, depth + 1)));
    }
    Ok(())
}
