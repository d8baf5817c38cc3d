//! `griot facets`: counts as a tree, or the phrases that gave a value.

use super::args::{Division, FacetsArgs, TextOrJson, ValueOrder};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, counted, style};
use super::{open, select};
use anyhow::Result;
use griot::facet_path::FacetPath;
use griot::facets::{Phrase, Phrases};
use griot::french::fold;
use griot::index::{Place, ids};
use griot::search::facet::tree::FacetTree;
use griot::search::{
    Count, Engine, FormerCounts, Request, ValueCount, facet_find, former_counts, shown_path,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: FacetsArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let mut request = select::request(&args.query, &args.filters)?;
    if let Some(value) = &args.evidence {
        return evidence(
            out,
            &Engine::new(&reader),
            request,
            args.facet.as_deref(),
            value,
            args.format,
        );
    }
    request.limit = 0;
    request.count = args.facet.map_or(Count::All, Count::One);
    let engine = Engine::new(&reader);
    let mut response = engine.search(&request)?;
    // What `--top` leaves out, by facet.
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    if let Some(typed) = &args.find {
        for (facet, values) in &mut response.facets {
            let found = facet_find::find_values(&engine, facet, typed)?;
            *values = facet_find::only(std::mem::take(values), &found);
        }
        response.facets.retain(|_, values| !values.is_empty());
    }
    for (facet, values) in &mut response.facets {
        if args.by == ValueOrder::Name {
            facet_find::by_name(values);
        }
        if let Some(most) = args.top {
            left_out.insert(facet.clone(), facet_find::first(values, most));
        }
    }
    let former = if args.region_division == Division::Old {
        Some(former_counts(&engine, &request)?)
    } else {
        None
    };
    let order = reader.fields.facets.iter().map(|(f, _)| &f.name);
    match args.format {
        TextOrJson::Json => {
            let mut form = serde_json::json!({
                "version": response.version, "query": response.query, "total": response.total, "took_ms": response.took_ms,
                "facets": response.facets, "without": response.without, "notes": response.notes,
            });
            if let Some(form) = form.as_object_mut() {
                if let Some(former) = &former {
                    form.insert("region_old".into(), json!(former));
                }
                if !response.without_chosen.is_empty() {
                    form.insert("without_chosen".into(), json!(response.without_chosen));
                }
                if args.top.is_some() {
                    form.insert("left_out".into(), json!(left_out));
                }
            }
            writeln!(out, "{form}")?;
        }
        TextOrJson::Text => {
            for note in &response.notes {
                eprintln!("griot: {}", super::output::sanitize(note));
            }
            writeln!(out, "{}", articles(response.total))?;
            for (facet, values) in order.filter_map(|name| response.facets.get_key_value(name)) {
                writeln!(out)?;
                if let Some(former) = former.as_ref().filter(|f| f.facet == *facet) {
                    write_former(out, former)?;
                    continue;
                }
                // Of a search among the values those without any are no part.
                let without = if args.find.is_some() {
                    0
                } else {
                    response.without.get(facet).copied().unwrap_or(0)
                };
                write_tree(
                    out,
                    facet,
                    values,
                    (without, response.without_chosen.get(facet).copied()),
                    None,
                )?;
                if let Some(more) = left_out.get(facet).filter(|more| **more > 0) {
                    writeln!(out, "  {more:>7}  more of its values without --top")?;
                }
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
    request
        .include
        .extend(paths.iter().map(|path| (facet.clone(), path.clone())));
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
            writeln!(
                out,
                "{}",
                json!({"version": 1, "facet": facet, "value": value, "articles": addresses.len(), "phrases": rows})
            )?;
        }
        TextOrJson::Text => {
            writeln!(out, "{}", articles(addresses.len() as u64))?;
            for phrase in &phrases {
                let text = if phrase.text.is_empty() {
                    "(metadata)".into()
                } else {
                    out.safe(&phrase.text).into_owned()
                };
                let path = out.safe(&shown_path(fields, &facet, &phrase.path)).into_owned();
                let id = out.safe(&example(phrase)?).into_owned();
                let (colour, dim) = (style::FACET, style::DIM);
                let rule = out.safe(&phrase.rule).into_owned();
                writeln!(
                    out,
                    "{:>7}  {text}  {colour}{path}{colour:#}  {dim}{rule}, as in {id}{dim:#}",
                    phrase.articles
                )?;
            }
        }
    }
    Ok(ExitCode::Done)
}

/// The facet that knows a value as typed, and its paths: those of the lexicon, else those that metadata gave.
fn paths_of(engine: &Engine, facet: Option<&str>, value: &str) -> Result<Option<(String, Vec<String>)>> {
    let fields = &engine.reader.fields;
    let asked = facet
        .map(|name| griot::search::declared(fields, name))
        .transpose()?;
    let names: Vec<&str> = fields
        .facets
        .iter()
        .map(|(f, _)| f.name.as_str())
        .filter(|n| asked.is_none_or(|a| a.name == *n))
        .collect();
    for name in &names {
        let paths = engine.reader.facets()?.resolve(name, value);
        let tree = engine.tree(name)?;
        if !paths.is_empty() && (asked.is_some() || paths.iter().any(|p| tree.number(p).is_some())) {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    for name in &names {
        let tree = engine.tree(name)?;
        let wanted = fold(FacetPath::typed(value).as_str());
        let same = |tree: &FacetTree| -> Vec<String> {
            tree.paths
                .iter()
                .filter(|p| fold(p) == wanted || fold(FacetPath::new(p).label()) == wanted)
                .cloned()
                .collect()
        };
        let paths = same(&tree);
        if !paths.is_empty() {
            return Ok(Some(((*name).to_string(), paths)));
        }
    }
    Ok(None)
}

/// Writes a facet's values with their counts, indented by level: `most` values at the top level and those
/// that are chosen. `without`: articles without a value, and whether these are chosen or excluded.
pub fn write_tree(
    out: &mut Output,
    facet: &str,
    values: &[ValueCount],
    without: (u64, Option<bool>),
    most: Option<usize>,
) -> Result<()> {
    let colour = style::FACET;
    writeln!(out, "{colour}{facet}{colour:#}")?;
    let most = most.unwrap_or(values.len());
    let shown = values
        .iter()
        .enumerate()
        .filter(|(at, value)| *at < most || facet_find::holds_chosen(value));
    let shown: Vec<&ValueCount> = shown.map(|(_, value)| value).collect();
    write_values(out, &shown)?;
    if shown.len() < values.len() {
        let more = counted((values.len() - shown.len()) as u64, "more value");
        let (number, noun) = more.split_once(' ').unwrap_or((&more, ""));
        writeln!(out, "  {number:>7}  {noun}: griot facets --facet {facet}")?;
    }
    let (without, chosen) = without;
    if without > 0 || chosen.is_some() {
        writeln!(
            out,
            "{} {without:>7}  (none)",
            mark(chosen == Some(true), chosen == Some(false))
        )?;
    }
    Ok(())
}

/// What stands before a value that is chosen.
fn mark(selected: bool, excluded: bool) -> char {
    match (selected, excluded) {
        (_, true) => '-',
        (true, false) => '*',
        (false, false) => ' ',
    }
}

fn write_values(out: &mut Output, values: &[&ValueCount]) -> Result<()> {
    // An explicit stack: values given as metadata can be as deep as they like.
    let mut stack: Vec<(&ValueCount, usize)> = values.iter().rev().map(|v| (*v, 1)).collect();
    while let Some((value, depth)) = stack.pop() {
        let mark = mark(value.selected, value.excluded);
        let label = out.safe(value.label()).into_owned();
        // Where all are derived, as in most archives, nothing need be said of it.
        let given = if value.given > 0 {
            format!(" ({} given)", value.given)
        } else {
            String::new()
        };
        writeln!(
            out,
            "{mark} {:>7}  {}{label}{given}",
            value.count,
            "  ".repeat(depth - 1)
        )?;
        stack.extend(value.children.iter().rev().map(|v| (v, depth + 1)));
    }
    Ok(())
}
