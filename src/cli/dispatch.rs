//! Which file runs which command, and what a command line says about the form of its errors.

use super::args::{self, Cli, Command};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::{
    analyze, batch, check, cite, correct, export, facets, index, lexicon, pivot, read_pdf, saved, search,
    shell, show, similar, snapshot, stats, suggest, terms, timeline,
};
use anyhow::Result;
use griot::index::Place;

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
        Command::ReadPdf { seconds, memory } => read_pdf::run(seconds, memory),
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
