//! `griot saved`: searches kept beside the index, and what is new, changed and gone since they were last run.

use super::args::{SavedAddArgs, SavedArgs, SavedCommand, TextOrJson};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, style};
use super::{answered, engine, existing_place, select};
use anyhow::{Result, bail};
use griot::index::Place;
use griot::search::saved::{SavedSearch, SavedSearches, ran};
use griot::search::{Changes, ChangesRequest};
use serde_json::json;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: SavedArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let mut saved = SavedSearches::read(&place)?;
    let (wanted, keep) = match args.command {
        SavedCommand::Add(search) => {
            add(&mut saved, *search)?;
            saved.write(&place)?;
            return Ok(ExitCode::Done);
        }
        SavedCommand::Remove { name } => {
            saved.get(&name)?;
            saved.searches.remove(&name);
            saved.write(&place)?;
            return Ok(ExitCode::Done);
        }
        SavedCommand::List { format } => {
            list(out, &saved, format)?;
            return Ok(ExitCode::Done);
        }
        SavedCommand::Run {
            name,
            new,
            exit_code,
            format,
        } => (Wanted::new(name, new, exit_code, format), true),
        SavedCommand::Diff {
            name,
            exit_code,
            format,
        } => (Wanted::new(name, false, exit_code, format), false),
    };
    compare(out, &place, saved, &Wanted { keep, ..wanted })
}

fn add(saved: &mut SavedSearches, args: SavedAddArgs) -> Result<()> {
    let search = SavedSearch::of(&select::selection(&args.query, &args.filters)?);
    if saved.searches.contains_key(&args.name) && !args.replace {
        return Err(griot::Error::Unsupported(format!(
            "“{}” is saved already; --replace puts another search in its place",
            args.name
        ))
        .into());
    }
    if search == SavedSearch::default() {
        bail!("a search to save needs words or a filter");
    }
    saved.searches.insert(args.name, search);
    Ok(())
}

/// What `run` and `diff` do.
struct Wanted {
    name: Option<String>,
    only_new: bool,
    /// Remember what was found as seen.
    keep: bool,
    exit_code: bool,
    format: TextOrJson,
}

impl Wanted {
    fn new(name: Option<String>, only_new: bool, exit_code: bool, format: TextOrJson) -> Self {
        Self {
            name,
            only_new,
            keep: false,
            exit_code,
            format,
        }
    }
}

fn list(out: &mut Output, saved: &SavedSearches, format: TextOrJson) -> Result<()> {
    if format == TextOrJson::Json {
        let list: Vec<_> = saved
            .searches
            .iter()
            .map(|(name, s)| json!({"name": name, "search": s.told(), "last_run": s.last_run, "found": s.found.len()}))
            .collect();
        writeln!(
            out,
            "{}",
            json!({"version": griot::search::JSON_VERSION, "saved": list})
        )?;
        return Ok(());
    }
    for (name, search) in &saved.searches {
        let line = format!("{name}  {}", search.told());
        let line = out.safe(&line).into_owned();
        let run = search.last_run.as_ref().map_or("never run".to_string(), |at| {
            format!("{} on {at}", articles(search.found.len() as u64))
        });
        let dim = style::DIM;
        writeln!(out, "{line}  {dim}({run}){dim:#}")?;
    }
    Ok(())
}

fn compare(out: &mut Output, place: &Place, mut saved: SavedSearches, wanted: &Wanted) -> Result<ExitCode> {
    let names: Vec<String> = match &wanted.name {
        Some(name) => {
            saved.get(name)?;
            vec![name.clone()]
        }
        None => saved.searches.keys().cloned().collect(),
    };
    let engine = engine(Some(place.clone()))?;
    let (mut something, mut all) = (false, Vec::new());
    for name in names {
        let Some(search) = saved.searches.get_mut(&name) else {
            continue;
        };
        let mut changes = answered(engine.changes(&ChangesRequest {
            selection: search.selection(),
            seen: search.found.clone(),
            titles: wanted.format == TextOrJson::Text,
        })?);
        if wanted.only_new {
            changes.difference.changed.clear();
            changes.difference.gone.clear();
        }
        something |= !changes.difference.is_empty();
        match wanted.format {
            TextOrJson::Text => write_text(out, &name, search, &changes)?,
            TextOrJson::Json => {
                all.push(json!({"name": name, "last_run": search.last_run, "difference": changes.difference}))
            }
        }
        if wanted.keep {
            ran(search, changes.found);
        }
    }
    if wanted.format == TextOrJson::Json {
        writeln!(
            out,
            "{}",
            json!({"version": griot::search::JSON_VERSION, "saved": all})
        )?;
    }
    // Remembered only once it has been told: a run that was interrupted tells it again.
    out.flush()?;
    if wanted.keep {
        saved.write(place)?;
    }
    Ok(if wanted.exit_code && !something {
        ExitCode::Failure
    } else {
        ExitCode::Done
    })
}

fn write_text(out: &mut Output, name: &str, search: &SavedSearch, changes: &Changes) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let since = &changes.difference;
    let last = search
        .last_run
        .as_deref()
        .map_or("never run before".to_string(), |at| format!("since {at}"));
    let counts = format!(
        "{} new, {} changed, {} gone; {}",
        since.new.len(),
        since.changed.len(),
        since.gone.len(),
        articles(since.total as u64)
    );
    let safe = out.safe(name).into_owned();
    writeln!(out, "{bold}{safe}{bold:#}: {counts} {dim}({last}){dim:#}")?;
    for (mark, list) in [('+', &since.new), ('~', &since.changed), ('-', &since.gone)] {
        for id in list {
            let title = match changes.titles.get(id) {
                Some((date, title)) => {
                    let date = date.map(|d| format!("  {d}")).unwrap_or_default();
                    format!("{date}  {title}")
                }
                None => String::new(),
            };
            let line = out.safe(&format!("{id}{title}")).into_owned();
            writeln!(out, "{mark} {line}")?;
        }
    }
    Ok(())
}
