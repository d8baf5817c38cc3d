//! `griot cite`: a reference to an article, for a report: what it is, which file it was read from, and the
//! words.

use super::args::{CiteArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, style, wrap};
use super::{open, select};
use anyhow::Result;
use griot::date::PartialDate;
use griot::french::sentences;
use griot::index::{Place, Stored, ids};
use griot::search::{Engine, Request};
use serde::Serialize;
use std::io::Write;

/// The reference; its JSON form is documented in the README.
#[derive(Serialize)]
struct Citation {
    version: u32,
    id: String,
    title: String,
    source: Option<String>,
    author: Option<String>,
    date: Option<PartialDate>,
    url: Option<String>,
    file: String,
    /// Number of the record in a container, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<usize>,
    /// BLAKE3 of the file as it is now; none when it can't be read.
    blake3: Option<String>,
    passages: Vec<Passage>,
}

/// A sentence that a query matches.
#[derive(Serialize)]
struct Passage {
    part: &'static str,
    /// From 1.
    paragraph: usize,
    /// Byte offsets into the stored text.
    start: usize,
    end: usize,
    text: String,
}

pub fn run(out: &mut Output, place: Option<Place>, args: CiteArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let engine = Engine::new(&reader);
    let article = select::article(&engine, &args.id)?;
    let passages = match &args.query {
        Some(query) => passages(&engine, &article, query)?,
        None => Vec::new(),
    };
    let file = reader.path_of(&article.meta.file);
    let citation = Citation {
        version: griot::search::JSON_VERSION,
        id: ids::shown(&engine.searcher, &reader.fields, &article)?,
        blake3: hash(&file),
        file,
        record: article.number(),
        passages,
        title: article.title,
        source: article.meta.source,
        author: article.meta.author,
        date: article.meta.date,
        url: article.meta.url,
    };
    match args.format {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(&citation)?)?,
        TextOrJson::Text => write_text(out, &citation)?,
    }
    Ok(ExitCode::Done)
}

/// The BLAKE3 hash of a file, read piece by piece; `None` says that the file is gone or can't be read.
fn hash(path: &str) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path).ok()?).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

/// The sentences with matches, each once.
fn passages(engine: &Engine, article: &Stored, query: &str) -> Result<Vec<Passage>> {
    let marks = engine.marks(
        &Request {
            query: query.to_string(),
            ..Request::default()
        },
        article,
    )?;
    super::select::tell(&marks.notes);
    let mut found: Vec<Passage> = Vec::new();
    for (part, text, marks) in [
        ("title", &article.title, &marks.title),
        ("body", &article.body, &marks.body),
    ] {
        for range in sentences(text) {
            if marks
                .iter()
                .any(|m| m.range.start < range.end && range.start < m.range.end)
            {
                let before = text[..range.start]
                    .rsplit_once('\n')
                    .map_or("", |(before, _)| before);
                let paragraph = 1 + before.lines().filter(|l| !l.trim().is_empty()).count();
                found.push(Passage {
                    part,
                    paragraph,
                    start: range.start,
                    end: range.end,
                    text: text[range].to_string(),
                });
            }
        }
    }
    Ok(found)
}

fn write_text(out: &mut Output, citation: &Citation) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let date = citation
        .date
        .map(|d| d.to_string())
        .unwrap_or_else(|| "undated".into());
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
        .map(|r| format!(", record {r}"))
        .unwrap_or_default();
    let hash = citation
        .blake3
        .clone()
        .unwrap_or_else(|| "(the file can't be read)".into());
    for (name, value) in [
        ("url", citation.url.clone()),
        ("id", Some(citation.id.clone())),
        ("file", Some(format!("{}{record}", citation.file))),
        ("blake3", Some(hash)),
    ] {
        let Some(value) = value else { continue };
        let value = out.safe(&value).into_owned();
        writeln!(out, "{dim}{name:<8}{dim:#}{value}")?;
    }
    for passage in &citation.passages {
        let head = format!(
            "{}, paragraph {}, bytes {} to {}",
            passage.part, passage.paragraph, passage.start, passage.end
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
