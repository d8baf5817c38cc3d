//! `griot correct` and `griot mark`: what people decide about articles, one by one or by a table.

use super::args::{
    ByArgs, CorrectAnyArgs, CorrectArgs, CorrectCommand, CorrectGroupArgs, CorrectOneArgs, MarkArgs,
    SaidArgs, TableFormat, TextOrJson,
};
use super::correct_groups;
use super::engine::{engine, existing_place};
use super::exit_codes::ExitCode;
use super::last_search;
use super::output::{Output, articles, notify, style};
use super::terminal::sanitize;
use anyhow::{Result, bail};
use griot::index::corrections::{self, Action, COLUMNS, Correction, Corrections, MORE_COLUMNS, Parsed, Past};
use griot::index::{Corrected, IndexDir, correct, undo};
use griot::messages::localized;
use griot::search::{ArticleRequest, Engine, LocalEngine, passages_of_events};
use griot::{msg, say};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// The facet of marks.
const MARK: &str = "mark";

pub fn run(out: &mut Output, place: Option<IndexDir>, args: CorrectArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let one = |id, facet, action, value: Option<String>, said: SaidArgs| Decision {
        id,
        facet,
        action,
        value: value.unwrap_or_default(),
        said,
    };
    let decision = match args.command {
        None if args.export => {
            Corrections::read(&place)?.write_csv(out)?;
            return Ok(ExitCode::Done);
        }
        None => {
            let file = args.file.unwrap_or_default();
            return table(out, &place, &file, &args.by, args.target.format());
        }
        Some(CorrectCommand::Apply { file, by, target }) => {
            return table(out, &place, &file, &by, target.format());
        }
        Some(CorrectCommand::List { id, past, target }) => {
            return list(out, &place, id, past, target.format());
        }
        Some(CorrectCommand::Undo { by }) => return undone(out, &place, &by),
        Some(CorrectCommand::Join(args)) => return linked(out, &place, Action::Join, args),
        Some(CorrectCommand::Part(args)) => return linked(out, &place, Action::Part, args),
        Some(CorrectCommand::Set(CorrectOneArgs {
            id,
            facet,
            value,
            said,
        })) => one(id, facet, Action::Set, Some(value), said),
        Some(CorrectCommand::Add(CorrectOneArgs {
            id,
            facet,
            value,
            said,
        })) => one(id, facet, Action::Add, Some(value), said),
        Some(CorrectCommand::Remove(CorrectAnyArgs {
            id,
            facet,
            value,
            said,
        })) => one(id, facet, Action::Remove, value, said),
        Some(CorrectCommand::Reset { id, facet, said }) => {
            one(id, facet.unwrap_or_default(), Action::Reset, None, said)
        }
    };
    decide(out, &place, decision)
}

pub fn mark(out: &mut Output, place: Option<IndexDir>, args: MarkArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let (action, value) = match (args.remove, args.mark) {
        (true, None) => (Action::Reset, None),
        (true, mark) => (Action::Remove, mark),
        (false, mark) => (Action::Add, mark),
    };
    let decision = Decision {
        id: args.id,
        facet: MARK.into(),
        action,
        value: value.unwrap_or_default(),
        said: SaidArgs {
            note: args.note,
            passage: None,
            by: args.by,
        },
    };
    decide(out, &place, decision)
}

/// One decision, as typed.
struct Decision {
    id: String,
    facet: String,
    action: Action,
    value: String,
    said: SaidArgs,
}

/// Takes one decision. Who types an id that no article has meant another one.
fn decide(out: &mut Output, place: &IndexDir, decision: Decision) -> Result<ExitCode> {
    let Decision {
        id,
        facet,
        action,
        value,
        said,
    } = decision;
    if value.trim().is_empty() && matches!(action, Action::Add | Action::Set) {
        bail!(msg!("correct-no-value"));
    }
    let engine = LocalEngine::open(place)?;
    let id = last_search::meant(&engine, place, id)?;
    let request = ArticleRequest {
        id: id.clone(),
        query: None,
    };
    match engine.article(&request).map(drop) {
        // What is decided about a file holds for all its articles.
        Ok(()) | Err(griot::Error::SeveralArticles { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let passage = match said.passage {
        None if corrections::is_event(facet.trim()) => {
            let told = [(id.clone(), passages_of_events(&engine, &id)?)];
            correct_groups::only(&told[0])?.to_string()
        }
        None => String::new(),
        Some(words) => {
            let told = [(id.clone(), passages_of_events(&engine, &id)?)];
            correct_groups::having(&told, &words)?.1.to_string()
        }
    };
    drop(engine);
    let correction = Correction {
        note: said.note.unwrap_or_default(),
        passage,
        ..Correction::new(&id, facet.trim(), action, value.trim())
    };
    let parsed = Parsed {
        by: said.by.name(),
        ..Parsed::one(correction)
    };
    let done = correct(place, Path::new(""), parsed)?;
    report(out, &done, TextOrJson::Text)
}

fn table(
    out: &mut Output,
    place: &IndexDir,
    file: &Path,
    by: &ByArgs,
    format: TextOrJson,
) -> Result<ExitCode> {
    let bytes = super::files::read(file)?;
    let parsed = Parsed {
        by: by.name(),
        ..corrections::parse(&bytes)
    };
    let done = correct(place, file, parsed)?;
    report(out, &done, format)
}

fn linked(out: &mut Output, place: &IndexDir, action: Action, args: CorrectGroupArgs) -> Result<ExitCode> {
    let parsed = correct_groups::decisions(place, action, args)?;
    let done = correct(place, Path::new(""), parsed)?;
    report(out, &done, TextOrJson::Text)
}

fn report(out: &mut Output, done: &Corrected, format: TextOrJson) -> Result<ExitCode> {
    for note in &done.notes {
        notify(&localized(note));
    }
    match format {
        TextOrJson::Json => writeln!(out, "{}", serde_json::to_string(done)?)?,
        TextOrJson::Text => {
            writeln!(
                out,
                "{}",
                say!(
                    "correct-done",
                    rows = done.rows,
                    articles = articles(done.articles),
                    kept = done.kept
                )
            )?;
        }
    }
    Ok(ExitCode::Done)
}

fn undone(out: &mut Output, place: &IndexDir, by: &ByArgs) -> Result<ExitCode> {
    let done = undo(place, &by.name())?;
    for note in &done.notes {
        notify(&localized(note));
    }
    for (correction, holds) in done
        .withdrawn
        .iter()
        .map(|c| (c, false))
        .chain(done.restored.iter().map(|c| (c, true)))
    {
        let said = sanitize(&sentence(correction)).into_owned();
        let line = match holds {
            true => say!("correct-restored", what = said),
            false => say!("correct-withdrawn", what = said),
        };
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "{}",
        say!("correct-undone", articles = articles(done.articles))
    )?;
    Ok(ExitCode::Done)
}

/// A decision on one line, as it would be typed.
fn sentence(correction: &Correction) -> String {
    let Correction {
        article,
        facet,
        action,
        value,
        ..
    } = correction;
    let words = [article.as_str(), facet, action.name(), value];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A decision with when and by whom it was withdrawn; nothing where it holds.
type Row = (Correction, Option<(String, String)>);

fn list(
    out: &mut Output,
    place: &IndexDir,
    id: Option<String>,
    with_past: bool,
    format: TableFormat,
) -> Result<ExitCode> {
    let all = Corrections::read(place)?;
    let mut rows: Vec<Row> = all.all().iter().map(|c| (c.clone(), None)).collect();
    if with_past {
        let past = Past::read(place)?.0.into_iter();
        rows.extend(past.map(|w| (w.correction, Some((w.until, w.by)))));
    }
    if let Some(id) = id {
        let engine = engine(Some(place.clone()))?;
        let id = last_search::meant(&*engine, place, id)?;
        rows.retain(|(correction, _)| correction.article == id);
    }
    match format {
        TableFormat::Json => {
            let rows: Vec<Value> = rows.iter().map(row_json).collect::<Result<_>>()?;
            writeln!(out, "{}", json!({"version": 1, "corrections": rows}))?;
        }
        TableFormat::Csv => {
            let sheet = out.sheet;
            let heads = COLUMNS.iter().chain(&MORE_COLUMNS);
            sheet.head(
                out,
                heads.chain(with_past.then_some(["until", "until_by"]).iter().flatten()),
            )?;
            for (correction, until) in &rows {
                let mut cells = correction.cells().to_vec();
                if with_past {
                    let (until, by) = until.clone().unwrap_or_default();
                    cells.extend([until, by]);
                }
                sheet.record(out, cells)?;
            }
        }
        TableFormat::Text if rows.is_empty() => writeln!(out, "{}", say!("correct-none"))?,
        TableFormat::Text => rows.iter().try_for_each(|row| row_text(out, row))?,
    }
    Ok(ExitCode::Done)
}

fn row_json((correction, until): &Row) -> Result<Value> {
    let mut row = serde_json::to_value(correction)?;
    if let (Some((until, by)), Some(row)) = (until, row.as_object_mut()) {
        row.insert("until".into(), until.as_str().into());
        row.insert("until_by".into(), by.as_str().into());
    }
    Ok(row)
}

fn row_text(out: &mut Output, (correction, until): &Row) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let safe = |text: &str| sanitize(text).into_owned();
    let article = safe(&correction.article);
    let what = safe(&sentence(&Correction {
        article: String::new(),
        ..correction.clone()
    }));
    writeln!(out, "{bold}{article}{bold:#}  {what}")?;
    let who = [correction.at.as_str(), correction.by.as_str()];
    let who: Vec<String> = who.into_iter().filter(|t| !t.is_empty()).map(safe).collect();
    let more = [
        who.join(", "),
        safe(&correction.title),
        safe(&correction.passage),
        safe(&correction.note),
    ];
    for line in more.iter().filter(|line| !line.is_empty()) {
        writeln!(out, "    {dim}{line}{dim:#}")?;
    }
    if let Some((until, by)) = until {
        let (until, by) = (safe(until), safe(by));
        writeln!(
            out,
            "    {dim}{}{dim:#}",
            say!("correct-until", until = until, by = by)
        )?;
    }
    Ok(())
}
