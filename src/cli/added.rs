//! `griot lexicon add`, `list`, `remove`, `export` and `import`: what people add to the lexicon of an index.

use super::args::{AddActorArgs, AddPlaceArgs, ByArgs, LexiconAddCommand, TableFormat};
use super::engine::existing_place;
use super::exit_codes::ExitCode;
use super::output::{Output, notify, style};
use super::terminal::sanitize;
use anyhow::Result;
use griot::additions::{self, Addition, COLUMNS, Parsed, What};
use griot::corpus;
use griot::index::{IndexDir, add_to_lexicon, remove_from_lexicon};
use griot::messages::localized;
use griot::say;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;

pub fn add(out: &mut Output, place: Option<IndexDir>, command: LexiconAddCommand) -> Result<ExitCode> {
    let (mut addition, by) = match command {
        LexiconAddCommand::Place(args) => of_place(*args),
        LexiconAddCommand::Actor(args) => of_actor(*args),
    };
    (addition.by, addition.at) = (by.name(), griot::date::clock());
    let parsed = Parsed {
        rows: vec![(0, addition)],
        faults: Vec::new(),
    };
    take_in(out, place, Path::new(""), parsed)
}

fn of_place(args: AddPlaceArgs) -> (Addition, ByArgs) {
    let degrees = |typed: Option<String>| typed.unwrap_or_default().trim().replace(',', ".");
    let addition = Addition {
        kind: args.kind.unwrap_or_default(),
        parent: args.region.unwrap_or_default(),
        aliases: args.alias,
        lat: degrees(args.lat),
        lon: degrees(args.lon),
        flags: if args.ambiguous {
            "ambiguous".into()
        } else {
            String::new()
        },
        note: args.note.unwrap_or_default(),
        ..Addition::new(What::Place, &args.name)
    };
    (addition, args.by)
}

fn of_actor(args: AddActorArgs) -> (Addition, ByArgs) {
    let addition = Addition {
        parent: args.parent.unwrap_or_default(),
        aliases: args.alias,
        exact: args.exact,
        note: args.note.unwrap_or_default(),
        ..Addition::new(What::Actor, &args.name)
    };
    (addition, args.by)
}

pub fn import(out: &mut Output, place: Option<IndexDir>, file: &Path, by: &ByArgs) -> Result<ExitCode> {
    let bytes = super::files::read(file)?;
    let mut parsed = match corpus::decoded(bytes) {
        Ok(text) => additions::parse(&text),
        Err(message) => Parsed {
            rows: Vec::new(),
            faults: vec![(1, message)],
        },
    };
    let (by, at) = (by.name(), griot::date::clock());
    let unsigned = parsed
        .rows
        .iter_mut()
        .filter(|(_, row)| row.by.is_empty() && row.at.is_empty());
    for (_, row) in unsigned {
        (row.by, row.at) = (by.clone(), at.clone());
    }
    take_in(out, place, file, parsed)
}

fn take_in(out: &mut Output, place: Option<IndexDir>, file: &Path, parsed: Parsed) -> Result<ExitCode> {
    let done = add_to_lexicon(&existing_place(place)?, file, parsed)?;
    for note in &done.notes {
        notify(&localized(note));
    }
    let said = say!(
        "lexicon-added",
        added = done.added,
        changed = done.changed,
        unchanged = done.unchanged
    );
    writeln!(out, "{said}")?;
    Ok(ExitCode::Done)
}

pub fn remove(out: &mut Output, place: Option<IndexDir>, name: &str) -> Result<ExitCode> {
    for removed in remove_from_lexicon(&existing_place(place)?, name)? {
        let what = sanitize(&called(&removed)).into_owned();
        writeln!(out, "{}", say!("lexicon-removed", what = what))?;
    }
    Ok(ExitCode::Done)
}

/// An addition by its path.
fn called(addition: &Addition) -> String {
    match addition.parent.as_str() {
        "" => addition.name.clone(),
        parent => format!("{parent}/{}", addition.name),
    }
}

pub fn export(out: &mut Output, place: Option<IndexDir>) -> Result<ExitCode> {
    let all = griot::index::additions(&existing_place(place)?)?;
    out.write_all(additions::table(&all).as_bytes())?;
    Ok(ExitCode::Done)
}

pub fn list(out: &mut Output, place: Option<IndexDir>, format: TableFormat) -> Result<ExitCode> {
    let all = griot::index::additions(&existing_place(place)?)?;
    match format {
        TableFormat::Json => {
            let rows = all.iter().map(|addition| {
                let cells = addition.cells().map(Value::from);
                let row: Map<String, Value> = COLUMNS.map(String::from).into_iter().zip(cells).collect();
                Value::from(row)
            });
            let rows: Vec<Value> = rows.collect();
            writeln!(out, "{}", json!({"version": 1, "additions": rows}))?;
        }
        TableFormat::Csv => {
            let sheet = out.sheet;
            sheet.head(out, COLUMNS)?;
            for addition in &all {
                sheet.record(out, addition.cells())?;
            }
        }
        TableFormat::Text if all.is_empty() => writeln!(out, "{}", say!("lexicon-none-added"))?,
        TableFormat::Text => all.iter().try_for_each(|addition| row(out, addition))?,
    }
    Ok(ExitCode::Done)
}

fn row(out: &mut Output, addition: &Addition) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let safe = |text: &str| sanitize(text).into_owned();
    let Addition { kind, lat, lon, .. } = addition;
    let what = if kind.is_empty() {
        addition.what.name()
    } else {
        kind
    };
    let coordinates = format!("{lat} {lon}");
    let aliases = [&addition.aliases[..], &addition.derive_only, &addition.exact]
        .concat()
        .join("; ");
    let name = safe(&called(addition));
    writeln!(
        out,
        "{bold}{name}{bold:#}  {} {}",
        safe(what),
        safe(coordinates.trim())
    )?;
    let who = [addition.at.as_str(), addition.by.as_str()];
    let who: Vec<&str> = who.into_iter().filter(|text| !text.is_empty()).collect();
    for line in [aliases, who.join(", "), addition.note.clone()] {
        if !line.is_empty() {
            writeln!(out, "    {dim}{}{dim:#}", safe(&line))?;
        }
    }
    Ok(())
}
