//! `griot lexicon`: what is wrong with the lexicons, and what they lack.

use super::added;
use super::args::{CandidatesArgs, LexiconCommand, TextOrJson};
use super::engine::open;
use super::exit_codes::ExitCode;
use super::output::{Output, sanitize, style, wrap};
use super::select;
use anyhow::Result;
use griot::article::Part;
use griot::facets::{Candidate, Candidates, check};
use griot::french::{passage_at, passages};
use griot::index::{IndexDir, Stored, ids};
use griot::say;
use griot::schema::Lexicons;
use griot::search::LocalEngine;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Characters of an example shown on either side of the name.
const CONTEXT: usize = 90;

pub fn run(out: &mut Output, place: Option<IndexDir>, command: LexiconCommand) -> Result<ExitCode> {
    match command {
        LexiconCommand::Check { schema, target } => checked(out, schema, target.format()),
        LexiconCommand::Candidates(args) => candidates(out, place, &args),
        LexiconCommand::Add(command) => added::add(out, place, command),
        LexiconCommand::List { target } => added::list(out, place, target.format()),
        LexiconCommand::Remove { name } => added::remove(out, place, &name),
        LexiconCommand::Export => added::export(out, place),
        LexiconCommand::Import { file, by } => added::import(out, place, &file, &by),
    }
}

fn checked(out: &mut Output, schema: Option<PathBuf>, format: TextOrJson) -> Result<ExitCode> {
    let lexicons = schema.map_or_else(|| Ok(Lexicons::embedded()), |dir| Lexicons::from_dir(&dir))?;
    let (sizes, problems) = match check(&lexicons) {
        Ok(sizes) => (sizes, Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    match format {
        TextOrJson::Json => {
            let sizes: Vec<_> = sizes
                .iter()
                .map(|s| json!({"facet": s.facet, "file": s.file, "values": s.values, "phrases": s.phrases}))
                .collect();
            let problems: Vec<_> = problems.iter().map(problem_json).collect();
            writeln!(
                out,
                "{}",
                json!({"version": 1, "lexicons": sizes, "problems": problems})
            )?;
        }
        TextOrJson::Text => {
            for size in &sizes {
                let (facet, file) = (
                    out.safe(&size.facet).into_owned(),
                    out.safe(&size.file).into_owned(),
                );
                writeln!(
                    out,
                    "{facet:<12} {:>7} {} {:>8} {}  {file}",
                    size.values,
                    say!("lexicon-values"),
                    size.phrases,
                    say!("lexicon-phrases")
                )?;
            }
            // A problem is the result of a check, so it goes where results go.
            for problem in &problems {
                writeln!(out, "{}", sanitize(&problem.message().said()))?;
            }
        }
    }
    Ok(if problems.is_empty() {
        ExitCode::Done
    } else {
        ExitCode::Failure
    })
}

fn problem_json(problem: &griot::Error) -> serde_json::Value {
    match problem {
        griot::Error::Lexicon { file, line, message } => {
            json!({"file": file, "line": line, "message": message})
        }
        other => json!({"file": null, "line": null, "message": other.to_string()}),
    }
}

fn candidates(out: &mut Output, place: Option<IndexDir>, args: &CandidatesArgs) -> Result<ExitCode> {
    let engine = LocalEngine::new(open(place)?);
    let reader = &engine.reader;
    let addresses = engine.all(&select::selection(&args.query, &args.filters)?)?;
    let mut candidates = Candidates::new(reader.facets()?);
    for (number, address) in addresses.iter().enumerate() {
        let article = engine.stored(*address)?;
        candidates.add(number, &article.title, &article.body, &reader.french);
    }
    let found = candidates.finish(args.limit);
    let mut rows = Vec::with_capacity(found.len());
    for candidate in found {
        let article = engine.stored(addresses[candidate.example])?;
        let id = ids::shown(&engine.searcher, &reader.fields, &article)?;
        let example = example(&article, &candidate);
        rows.push((candidate, id, example));
    }
    match args.target.format() {
        TextOrJson::Json => {
            let rows: Vec<_> =
                rows.iter().map(|(c, id, example)| json!({"name": c.name, "articles": c.articles, "id": id, "example": example})).collect();
            writeln!(
                out,
                "{}",
                json!({"version": 1, "articles": addresses.len(), "candidates": rows})
            )?;
        }
        TextOrJson::Text => {
            for (candidate, id, example) in rows {
                let (bold, dim) = (style::TITLE, style::DIM);
                let (name, id, example) = (
                    out.safe(&candidate.name).into_owned(),
                    out.safe(&id).into_owned(),
                    out.safe(&example).into_owned(),
                );
                writeln!(
                    out,
                    "{:>7}  {bold}{name}{bold:#}  {dim}{id}{dim:#}",
                    candidate.articles
                )?;
                writeln!(out, "{}", wrap(&example, out.width, "         "))?;
            }
        }
    }
    Ok(ExitCode::Done)
}

/// The first sentence that has a name, cut around it.
fn example(article: &Stored, candidate: &Candidate) -> String {
    let text = if candidate.part == Part::Title {
        &article.title
    } else {
        &article.body
    };
    let (from, to) = (candidate.start, candidate.end);
    let sentence = passage_at(&passages(text), from).unwrap_or(from..to);
    let (Some(before), Some(name), Some(after)) = (
        text.get(sentence.start..from),
        text.get(from..to),
        text.get(to..sentence.end.max(to)),
    ) else {
        return String::new();
    };
    let skipped = before.chars().count().saturating_sub(CONTEXT);
    let ahead: String = before.chars().skip(skipped).collect();
    let behind: String = after.chars().take(CONTEXT).collect();
    let (open, close) = (
        if skipped > 0 { "… " } else { "" },
        if behind.len() < after.len() { " …" } else { "" },
    );
    format!("{open}{ahead}{name}{behind}{close}")
}
