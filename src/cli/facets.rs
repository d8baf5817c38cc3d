//! `griot facets`: counts as a tree, or the phrases that gave a value.

use super::args::{Division, FacetsArgs, TextOrJson, ValueOrder};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, style};
use super::select;
use super::tree::{Shown, write_tree};
use anyhow::Result;
use griot::index::IndexDir;
use griot::search::{Engine, EvidenceRequest, FacetInfo, FacetsRequest, FacetsResponse, FormerCounts};
use griot::{msg, say};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: FacetsArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let selection = select::selection(&args.query, &args.filters)?;
    if let Some(value) = args.evidence {
        let request = EvidenceRequest {
            selection,
            facet: args.facet,
            value,
        };
        return evidence(out, &*engine, &request, args.target.format());
    }
    let request = FacetsRequest {
        selection,
        facet: args.facet,
        find: args.find,
        top: args.top,
        by_name: args.by == ValueOrder::Name,
        former: args.region_division == Division::Old,
    };
    let response = answered(engine.count(&request)?);
    let is_counted = |former: &FormerCounts| response.facets.contains_key(&former.facet);
    if !response.former.as_ref().is_some_and(is_counted) {
        select::note_division(args.region_division, &[]);
    }
    match args.target.format() {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_value(&response)?)?,
        TextOrJson::Text => {
            select::notify(&response.notes);
            // Of a search among the values those without any are no part.
            let among_values = request.find.is_some();
            write_text(out, &response, &engine.facets()?, among_values)?;
        }
    }
    Ok(ExitCode::Done)
}

fn write_text(
    out: &mut Output,
    response: &FacetsResponse,
    facets: &[FacetInfo],
    among_values: bool,
) -> Result<()> {
    writeln!(out, "{}", articles(response.total))?;
    for (facet, values) in facets
        .iter()
        .filter_map(|facet| response.facets.get_key_value(&facet.name))
    {
        writeln!(out)?;
        if let Some(former) = response.former.as_ref().filter(|f| f.facet == *facet) {
            write_former(out, former)?;
            continue;
        }
        let without = match among_values {
            true => 0,
            false => response.without.get(facet).copied().unwrap_or(0),
        };
        let without = (without, response.without_chosen.get(facet).copied());
        write_tree(out, facet, values, without, Shown::ALL)?;
        let left_out = response
            .left_out
            .as_ref()
            .and_then(|left_out| left_out.get(facet));
        if let Some(more) = left_out.filter(|more| **more > 0) {
            writeln!(out, "  {more:>7}  {}", say!("search-top-left-out", n = *more))?;
        }
    }
    Ok(())
}

fn write_former(out: &mut Output, former: &FormerCounts) -> Result<()> {
    let colour = style::FACET;
    let head = say!("search-former-division", facet = &former.facet);
    writeln!(out, "{colour}{head}{colour:#}")?;
    for (value, count) in &former.values {
        let value = out.safe(value).into_owned();
        writeln!(out, "  {count:>7}  {value}")?;
    }
    if former.without > 0 {
        writeln!(out, "  {:>7}  {}", former.without, say!("search-without-value"))?;
    }
    Ok(())
}

/// The phrases that gave a value, of the first facet that has it.
fn evidence(
    out: &mut Output,
    engine: &dyn Engine,
    request: &EvidenceRequest,
    format: TextOrJson,
) -> Result<ExitCode> {
    let Some(found) = answered(engine.evidence(request)?) else {
        anyhow::bail!(msg!("search-no-such-value", value = &request.value));
    };
    if format == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_value(&found)?)?;
        return Ok(ExitCode::Done);
    }
    writeln!(out, "{}", articles(found.articles))?;
    for phrase in &found.phrases {
        let text = match phrase.phrase.as_str() {
            "" => say!("search-metadata"),
            text => out.safe(text).into_owned(),
        };
        let path = out.safe(&phrase.value).into_owned();
        let id = out.safe(&phrase.example).into_owned();
        let rule = out.safe(&phrase.rule).into_owned();
        let (colour, dim) = (style::FACET, style::DIM);
        writeln!(
            out,
            "{:>7}  {text}  {colour}{path}{colour:#}  {dim}{}{dim:#}",
            phrase.articles,
            say!("search-as-in", rule = rule, id = id)
        )?;
    }
    Ok(ExitCode::Done)
}
