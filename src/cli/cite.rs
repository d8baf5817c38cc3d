//! `griot cite`: a reference to an article, for a report: what it is, which file it was read from, and the
//! words.

use super::args::{CiteArgs, TextOrJson};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::last_search;
use super::output::{Output, style, wrap};
use super::select;
use anyhow::Result;
use griot::index::IndexDir;
use griot::say;
use griot::search::{Citation, CitationRequest};
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CiteArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let engine = engine(Some(place.clone()))?;
    let request = CitationRequest {
        id: last_search::meant(&*engine, &place, args.id)?,
        query: args.query,
    };
    let citation = answered(engine.cite(&request)?);
    select::notify(&citation.notes);
    match args.target.format() {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&citation)?)?,
        TextOrJson::Text => write_text(out, &citation)?,
    }
    Ok(ExitCode::Done)
}

fn write_text(out: &mut Output, citation: &Citation) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let date = citation
        .date
        .map(|d| d.to_string())
        .unwrap_or_else(|| say!("count-undated"));
    let mut line = format!("« {} »", citation.title);
    for part in [
        citation.author.as_deref(),
        citation.source.as_deref(),
        Some(&date),
    ]
    .into_iter()
    .flatten()
    {
        line.push_str(", ");
        line.push_str(part);
    }
    let line = out.safe(&line).into_owned();
    writeln!(out, "{bold}{}{bold:#}", wrap(&line, out.width, ""))?;
    let record = citation
        .record
        .map(|r| say!("cite-record", record = r))
        .unwrap_or_default();
    let hash = citation.blake3.clone().unwrap_or_else(|| say!("cite-unreadable"));
    for (name, value) in [
        ("url", citation.url.clone()),
        ("id", Some(citation.id.clone())),
        ("file", Some(format!("{}{record}", citation.file))),
        ("blake3", Some(hash)),
    ] {
        let Some(value) = value else { continue };
        let value = out.safe(&value).into_owned();
        writeln!(out, "{dim}{:<8}{dim:#}{value}", say!("show-label", label = name))?;
    }
    for passage in &citation.passages {
        let page = passage.page.as_ref();
        let page = page.map_or_else(String::new, |page| out.safe(&format!("p. {page}, ")).into_owned());
        let head = say!(
            "cite-passage",
            page = page,
            part = passage.part.to_string(),
            paragraph = passage.paragraph,
            start = passage.start,
            end = passage.end
        );
        let text = out.safe(&passage.text).into_owned();
        writeln!(
            out,
            "\n{dim}{head}{dim:#}\n{}",
            wrap(&format!("« {text} »"), out.width, "    ")
        )?;
    }
    Ok(())
}
