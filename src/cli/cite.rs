//! `griot cite`: references to articles, for a report: what each is, which file it was read from, and the words; or
//! for a reference manager.

use super::args::{CitationFormat, CiteArgs};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::last_search;
use super::output::{Output, style, wrap};
use super::select;
use anyhow::Result;
use griot::export::citation::{self, References, Style};
use griot::index::IndexDir;
use griot::say;
use griot::search::{Citation, CitationRequest, Engine, ExportRequest, ExportRow, Rows, Selection};
use std::io::{BufWriter, Write};

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CiteArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let engine = engine(Some(place.clone()))?;
    let one = args.ids.len() == 1;
    let ids: Box<dyn Iterator<Item = Result<String>>> = match &args.query {
        Some(query) if args.ids.is_empty() => found(&*engine, query)?,
        _ => {
            let ids = args.ids.into_iter();
            Box::new(ids.map(|id| last_search::meant(&*engine, &place, id)))
        }
    };
    let mut is_first = true;
    let citations = ids.map(|id| {
        let (id, query) = (id?, args.query.clone());
        let citation = answered(engine.cite(&CitationRequest { id, query })?);
        if std::mem::take(&mut is_first) {
            select::notify(&citation.notes);
        }
        Ok(citation)
    });
    match args.target.format() {
        CitationFormat::Json => write_json(out, citations, one)?,
        CitationFormat::Text => write_texts(out, citations)?,
        CitationFormat::Bibtex => write_references(out, Style::Bibtex, citations)?,
        CitationFormat::Ris => write_references(out, Style::Ris, citations)?,
        CitationFormat::CslJson => write_references(out, Style::CslJson, citations)?,
    }
    Ok(ExitCode::Done)
}

/// The ids of all articles that a query finds, the best first.
fn found<'e>(engine: &'e dyn Engine, query: &str) -> Result<Box<dyn Iterator<Item = Result<String>> + 'e>> {
    let request = ExportRequest {
        selection: Selection::of(query),
        rows: Rows::Articles,
        ..ExportRequest::default()
    };
    let ids = engine.export(&request)?.filter_map(|row| match row {
        Ok(ExportRow::Article(row)) => Some(Ok(row.id)),
        Ok(_) => None,
        Err(error) => Some(Err(error.into())),
    });
    Ok(Box::new(ids))
}

fn write_references(
    out: &mut Output,
    style: Style,
    citations: impl Iterator<Item = Result<Citation>>,
) -> Result<()> {
    let mut references = References::begin(BufWriter::new(out), style)?;
    for citation in citations {
        references.add(&citation?)?;
    }
    Ok(references.finish()?)
}

/// One is an object, several are a list in one.
fn write_json(
    out: &mut Output,
    mut citations: impl Iterator<Item = Result<Citation>>,
    one: bool,
) -> Result<()> {
    let mut out = BufWriter::new(out);
    if one {
        if let Some(citation) = citations.next() {
            writeln!(out, "{}", serde_json::to_string(&citation?)?)?;
        }
        return Ok(out.flush()?);
    }
    write!(
        out,
        "{{\"version\":{},\"citations\":[",
        griot::search::JSON_VERSION
    )?;
    for (number, citation) in citations.enumerate() {
        let comma = if number > 0 { "," } else { "" };
        write!(out, "{comma}\n{}", serde_json::to_string(&citation?)?)?;
    }
    writeln!(out, "\n]}}")?;
    Ok(out.flush()?)
}

fn write_texts(out: &mut Output, citations: impl Iterator<Item = Result<Citation>>) -> Result<()> {
    let mut number = 0;
    for citation in citations {
        if number > 0 {
            writeln!(out)?;
        }
        write_text(out, &citation?)?;
        number += 1;
    }
    if number == 0 {
        writeln!(out, "{}", super::output::articles(0))?;
    }
    Ok(())
}

fn write_text(out: &mut Output, citation: &Citation) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let line = out.safe(&head(citation)).into_owned();
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

/// « Title », author, source, date, p. 12
fn head(citation: &Citation) -> String {
    let date = citation.date.map(|date| date.to_string());
    let pages = citation::pages_of(citation);
    let title = citation.begins.as_ref().unwrap_or(&citation.title);
    let mut line = format!("« {title} »");
    for part in [
        citation.author.clone(),
        citation.source.clone(),
        Some(date.unwrap_or_else(|| say!("count-undated"))),
        pages.map(|pages| say!("cite-pages", pages = pages)),
    ]
    .into_iter()
    .flatten()
    {
        line.push_str(", ");
        line.push_str(&part);
    }
    line
}
