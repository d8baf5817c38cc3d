//! `griot similar`, and the folding of `griot search --group`: one dispatch on many sites.

use super::args::{SimilarArgs, TextOrJson};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::last_search;
use super::output::{Output, articles, style};
use anyhow::Result;
use griot::index::IndexDir;
use griot::say;
use griot::search::{ArticleRequest, Group, NearCopy, SimilarRequest};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SimilarArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let engine = engine(Some(place.clone()))?;
    let request = SimilarRequest {
        id: last_search::meant(&*engine, &place, args.id)?,
        least: args.least,
    };
    let found = answered(engine.similar(&request)?);
    if args.target.format() == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_value(&found)?)?;
        return Ok(ExitCode::Done);
    }
    let (copies, others) = (&found.similar, &found.reworded);
    let id = request.id.clone();
    if let Ok(article) = engine.article(&ArticleRequest { id, query: None }) {
        for path in answered(article).row.paths.iter().skip(1) {
            let path = out.safe(path).into_owned();
            writeln!(out, "{}", say!("search-also-in", path = path))?;
        }
    }
    writeln!(
        out,
        "{}",
        say!(
            "similar-found",
            copies = near_duplicates(copies.len()),
            sources = sources(found.sources)
        )
    )?;
    copies.iter().try_for_each(|copy| write_copy(out, copy))?;
    if !others.is_empty() {
        writeln!(
            out,
            "{}",
            say!("similar-reworded", articles = articles(others.len() as u64))
        )?;
        others.iter().try_for_each(|copy| write_copy(out, copy))?;
    }
    Ok(ExitCode::Done)
}

fn near_duplicates(number: usize) -> String {
    say!("count-near-duplicates", n = number)
}

fn sources(number: usize) -> String {
    say!("count-sources", n = number)
}

fn write_copy(out: &mut Output, copy: &NearCopy) -> Result<()> {
    let date = copy.date.map_or_else(|| say!("count-undated"), |d| d.to_string());
    let source = copy
        .source
        .as_deref()
        .map(|s| format!(" · {s}"))
        .unwrap_or_default();
    let line = out
        .safe(&format!("{}  {date}{source} · {}", copy.title, copy.id))
        .into_owned();
    let dim = style::DIM;
    writeln!(out, "{dim}{:>5.0} %{dim:#}  {line}", copy.resemblance * 100.0)?;
    Ok(())
}

/// The line below a hit that others are folded under.
pub fn write_folded(out: &mut Output, group: &Group, unfold: bool) -> Result<()> {
    if group.copies.is_empty() {
        return Ok(());
    }
    let mut names: Vec<&str> = group.copies.iter().filter_map(|c| c.source.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let named = if names.is_empty() {
        String::new()
    } else {
        format!(": {}", names.join(", "))
    };
    let line = format!(
        "+ {}, {}{named}",
        near_duplicates(group.copies.len()),
        sources(group.sources)
    );
    let line = out.safe(&line).into_owned();
    let dim = style::DIM;
    writeln!(out, "     {dim}{line}{dim:#}")?;
    if unfold {
        for copy in &group.copies {
            write!(out, "     ")?;
            write_copy(out, copy)?;
        }
    }
    Ok(())
}
