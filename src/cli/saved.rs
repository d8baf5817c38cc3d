//! `griot saved`: searches kept beside the index, and what is new, changed and gone since they were last run.

use super::args::{SavedAddArgs, SavedArgs, SavedCommand, TextOrJson};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::output::{Output, articles, is_quiet, notify, style};
use super::{index, read_pdf, select};
use anyhow::{Result, bail};
use griot::index::{IndexDir, SAVED_SEARCHES, SyncOptions};
use griot::messages::localized;
use griot::search::saved::{SavedSearch, SavedSearches, ran};
use griot::search::{Changes, ChangesRequest};
use griot::{msg, say};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: SavedArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    match args.command {
        SavedCommand::Add(add) => save(&place, *add)?,
        SavedCommand::Remove { name } => SavedSearches::update(&place, |saved| -> griot::Result<()> {
            saved.get(&name)?;
            saved.searches.remove(&name);
            Ok(())
        })?,
        SavedCommand::List { target } => list(out, &saved_searches(&place)?, target.format())?,
        SavedCommand::Run {
            name,
            new,
            update,
            exit_code,
            target,
        } => {
            let updated = match update {
                true => bring_up_to_date(&place)?,
                false => ExitCode::Done,
            };
            let compared = compare(
                out,
                &place,
                &Wanted {
                    name,
                    only_new: new,
                    keep: true,
                    exit_code,
                    format: target.format(),
                },
            )?;
            return Ok(if compared == ExitCode::Done {
                updated
            } else {
                compared
            });
        }
        SavedCommand::Diff {
            name,
            exit_code,
            target,
        } => {
            return compare(
                out,
                &place,
                &Wanted {
                    name,
                    only_new: false,
                    keep: false,
                    exit_code,
                    format: target.format(),
                },
            );
        }
    }
    Ok(ExitCode::Done)
}

/// The saved searches; damage to their file is noted.
fn saved_searches(place: &IndexDir) -> griot::Result<SavedSearches> {
    let saved = SavedSearches::read(place)?;
    if let Some(damage) = saved.damage {
        let file = place.path.join(SAVED_SEARCHES).display().to_string();
        let damage = localized(damage.describe()).into_owned();
        notify(&say!("saved-damaged", file = file, damage = damage));
    }
    Ok(saved)
}

/// Saves a search under a name.
fn save(place: &IndexDir, add: SavedAddArgs) -> Result<()> {
    let SavedAddArgs {
        name,
        query,
        filters,
        replace,
    } = add;
    let search = SavedSearch::of(&select::selection(&query, &filters)?);
    for (typed, date) in [(&filters.since, search.since), (&filters.until, search.until)] {
        if let (Some(typed), Some(date)) = (typed, date)
            && griot::query::is_relative(typed)
        {
            notify(&say!("saved-date", typed = typed, date = date.to_string()));
        }
    }
    SavedSearches::update(place, |saved| {
        if saved.searches.contains_key(&name) && !replace {
            return Err(griot::Error::Unsupported(format!(
                "“{name}”: there is a saved search of this name; use --replace to overwrite it"
            ))
            .into());
        }
        if search == SavedSearch::default() {
            bail!(msg!("saved-nothing"));
        }
        saved.searches.insert(name, search);
        Ok(())
    })
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

fn list(out: &mut Output, saved: &SavedSearches, format: TextOrJson) -> Result<()> {
    if format == TextOrJson::Json {
        writeln!(
            out,
            "{}",
            json!({"version": griot::search::JSON_VERSION, "saved": saved.listed()})
        )?;
        return Ok(());
    }
    for (name, search) in &saved.searches {
        let line = format!("{name}  {}", search.describe());
        let line = out.safe(&line).into_owned();
        let run = search.last_run.as_ref().map_or_else(
            || say!("saved-never-run"),
            |at| {
                say!(
                    "saved-run",
                    articles = articles(search.found.len() as u64),
                    at = at
                )
            },
        );
        let dim = style::DIM;
        writeln!(out, "{line}  {dim}({run}){dim:#}")?;
    }
    Ok(())
}

fn compare(out: &mut Output, place: &IndexDir, wanted: &Wanted) -> Result<ExitCode> {
    let saved = saved_searches(place)?;
    let names: Vec<String> = match &wanted.name {
        Some(name) => {
            saved.get(name)?;
            vec![name.clone()]
        }
        None => saved.searches.keys().cloned().collect(),
    };
    if wanted.format == TextOrJson::Text {
        say_age(place);
    }
    let engine = engine(Some(place.clone()))?;
    let (mut something, mut all, mut runs) = (false, Vec::new(), Vec::new());
    for name in names {
        let search = saved.get(&name)?;
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
        runs.push((name, search, changes.found));
    }
    if wanted.format == TextOrJson::Json {
        writeln!(
            out,
            "{}",
            json!({"version": griot::search::JSON_VERSION, "saved": all})
        )?;
    }
    // Recorded only once the report is complete: a run that was interrupted reports it again.
    out.finish()?;
    if wanted.keep {
        remember(place, runs)?;
    }
    Ok(if wanted.exit_code && !something {
        ExitCode::Failure
    } else {
        ExitCode::Done
    })
}

/// Runs `griot index` on what the index has.
fn bring_up_to_date(place: &IndexDir) -> Result<ExitCode> {
    let options = SyncOptions {
        pdf_reader: read_pdf::reader(read_pdf::SECONDS),
        ..SyncOptions::default()
    };
    Ok(index::outcome(&index::bring_up_to_date(
        place,
        &options,
        is_quiet(),
    )?))
}

/// Says when `griot index` last ran: what is newer than that is in no report.
fn say_age(place: &IndexDir) {
    let Some(run) = place.last_run() else {
        return;
    };
    let seconds = run.elapsed().map_or(0, |age| age.as_secs());
    let age = match seconds {
        0..120 => return,
        120..7_200 => say!("count-minutes", n = seconds / 60),
        7_200..172_800 => say!("count-hours", n = seconds / 3_600),
        _ => say!("count-days", n = seconds / 86_400),
    };
    notify(&say!("saved-age", age = age));
}

/// Notes what searches have found, of those that are saved still as they were run.
fn remember(place: &IndexDir, runs: Vec<(String, &SavedSearch, BTreeMap<String, u64>)>) -> Result<()> {
    SavedSearches::update(place, |saved| {
        for (name, run, now) in runs {
            if let Some(search) = saved.searches.get_mut(&name)
                && search.selection() == run.selection()
            {
                ran(search, now);
            }
        }
        Ok(())
    })
}

fn write_text(out: &mut Output, name: &str, search: &SavedSearch, changes: &Changes) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let since = &changes.difference;
    let last = search
        .last_run
        .as_deref()
        .map_or_else(|| say!("saved-first-run"), |at| say!("saved-since", at = at));
    let counts = say!(
        "saved-changes",
        new = since.new.len(),
        changed = since.changed.len(),
        gone = since.gone.len(),
        articles = articles(since.total as u64)
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
