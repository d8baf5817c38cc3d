//! The command line: one file a command. Results on stdout, diagnostics on stderr.

pub mod analyze;
pub mod args;
pub mod batch;
pub mod chart;
pub mod check;
pub mod cite;
pub mod correct;
pub mod diagnosis;
pub mod exit_codes;
pub mod explain;
pub mod export;
pub mod facet_options;
pub mod facets;
pub mod index;
pub mod lexicon;
pub mod matches;
pub mod output;
pub mod pivot;
pub mod report;
pub mod saved;
pub mod search;
pub mod select;
pub mod selection_args;
pub mod sheet;
pub mod shell;
pub mod show;
pub mod similar;
pub mod snapshot;
pub mod stats;
pub mod suggest;
pub mod table_args;
pub mod terms;
pub mod timeline;

use anyhow::Result;
use args::{Cli, Command};
use exit_codes::ExitCode;
use griot::index::{Place, Reader, layout};
use griot::search::{Answer, Engine, LocalEngine};
use output::Output;
use std::path::{Path, PathBuf};

/// Runs a parsed command.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let mut out = Output::new(cli.color, cli.csv_excel);
    let place = cli.index.map(Place::at);
    match cli.command {
        Command::Index(args) => index::run(&mut out, place, args),
        Command::Search(args) => search::run(&mut out, place, args),
        Command::Facets(args) => facets::run(&mut out, place, args),
        Command::Lexicon { command } => lexicon::run(&mut out, place, command),
        Command::Correct(args) => correct::run(&mut out, place, args),
        Command::Show(args) => show::run(&mut out, place, args),
        Command::Suggest(args) => suggest::run(&mut out, place, args),
        Command::Timeline(args) => timeline::run(&mut out, place, args),
        Command::Cite(args) => cite::run(&mut out, place, args),
        Command::Saved(args) => saved::run(&mut out, place, args),
        Command::Terms(args) => terms::run(&mut out, place, args),
        Command::Similar(args) => similar::run(&mut out, place, args),
        Command::Pivot(args) => pivot::run(&mut out, place, args),
        Command::Stats(args) => stats::run(&mut out, place, args),
        Command::Check(args) => check::run(&mut out, place, args),
        Command::Snapshot(args) => snapshot::run(&mut out, place, args),
        Command::Export(args) => export::run(&mut out, place, args),
        Command::Analyze(args) => analyze::run(&mut out, place, args),
        Command::Batch(args) => batch::run(&mut out, place, args),
        Command::Completions { shell } => shell::completions(&mut out, shell),
        Command::Man { dir } => shell::man(&dir),
        Command::Licences => shell::licences(&mut out),
    }
}

/// Whether the command was asked to end as grep does.
pub fn ends_as_grep(command: &Command) -> bool {
    use args::SavedCommand::{Diff, Run};
    matches!(command, Command::Saved(saved) if matches!(saved.command, Run { exit_code: true, .. } | Diff { exit_code: true, .. }))
}

/// Whether the command asks for JSON, so that an error should have its JSON form.
pub fn wants_json(command: &Command) -> bool {
    use args::{BatchFormat, ExportFormat, HitFormat, LexiconCommand, TextOrJson};
    match command {
        Command::Index(a) => a.format == TextOrJson::Json,
        Command::Search(a) => matches!(a.format, HitFormat::Json | HitFormat::Jsonl),
        Command::Facets(a) => a.format == TextOrJson::Json,
        Command::Lexicon {
            command: LexiconCommand::Check { format, .. },
        } => *format == TextOrJson::Json,
        Command::Lexicon {
            command: LexiconCommand::Candidates(a),
        } => a.format == TextOrJson::Json,
        Command::Correct(a) => a.format == TextOrJson::Json,
        Command::Show(a) => a.format == TextOrJson::Json,
        Command::Suggest(a) => a.format == TextOrJson::Json,
        Command::Timeline(a) => a.format == args::TimelineFormat::Json,
        Command::Cite(a) => a.format == TextOrJson::Json,
        Command::Terms(a) => a.format == args::TableFormat::Json,
        Command::Similar(a) => a.format == TextOrJson::Json,
        Command::Pivot(a) => a.format == args::TableFormat::Json,
        Command::Stats(a) => a.format == TextOrJson::Json,
        Command::Check(a) => a.format == TextOrJson::Json,
        Command::Snapshot(a) => a.format == TextOrJson::Json,
        Command::Export(a) => a.format == ExportFormat::Jsonl,
        Command::Batch(a) => a.format == BatchFormat::Jsonl,
        _ => false,
    }
}

/// The index to search: the one named, else the nearest `.griot` upwards from the current folder.
pub fn existing_place(place: Option<Place>) -> Result<Place> {
    if let Some(place) = place {
        return Ok(place);
    }
    let here = std::env::current_dir()?;
    Place::nearest(&here).ok_or_else(|| {
        griot::Error::NoIndex {
            looked: format!("{} and above", here.display()),
        }
        .into()
    })
}

/// The index to write to: the one named, else the nearest upwards from the paths or the current folder, else
/// a new one in the folder that is indexed (for several, in the current folder).
pub fn writing_place(place: Option<Place>, paths: &[PathBuf]) -> Result<Place> {
    if let Some(place) = place {
        return Ok(place);
    }
    let here = std::env::current_dir()?;
    let from: &Path = paths.first().map_or(&here, |p| p);
    if let Some(place) = Place::nearest(from).or_else(|| Place::nearest(&here)) {
        return Ok(place);
    }
    Ok(match paths {
        [one] if one.is_dir() => Place::at(one.join(layout::FOLDER)),
        [one] => Place::at(
            one.parent()
                .filter(|p| !p.as_os_str().is_empty())
                .unwrap_or(&here)
                .join(layout::FOLDER),
        ),
        _ => Place::at(here.join(layout::FOLDER)),
    })
}

/// The engine that answers: today that of the index on this machine.
pub fn engine(place: Option<Place>) -> Result<Box<dyn Engine>> {
    Ok(Box::new(LocalEngine::open(&existing_place(place)?)?))
}

/// The content of an answer. What is missing from it is said on standard error.
pub fn answered<T>(answer: Answer<T>) -> T {
    if let Some(partial) = &answer.partial {
        eprintln!(
            "griot: only {} of {} parts of the index answered: {}",
            partial.answered,
            partial.parts,
            output::sanitize(&partial.reasons.join("; "))
        );
    }
    answer.value
}

/// Opens the index for reading it article by article.
pub fn open(place: Option<Place>) -> Result<Reader> {
    Ok(Reader::open(&existing_place(place)?)?)
}
