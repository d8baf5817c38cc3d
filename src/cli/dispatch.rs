//! Which file runs which command, and what a command line says about the form of its errors.

use super::args::{self, Cli, Command};
use super::exit_codes::ExitCode;
use super::output::{Form, Output};
use super::{
    analyze, batch, check, cite, correct, export, facets, index, lexicon, pivot, read_pdf, saved, search,
    shell, show, similar, snapshot, stats, suggest, terms, timeline,
};
use anyhow::Result;
use griot::index::IndexDir;

/// Runs a parsed command.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let mut out = Output::new(cli.color, cli.csv_excel, form(&cli.command));
    let place = cli.index.map(IndexDir::at);
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
    form(command) == Form::Json
}

/// What a command writes on standard output.
fn form(command: &Command) -> Form {
    use args::{
        AnalyzeFormat, BatchFormat, ExportFormat, HitFormat, LexiconCommand, SavedCommand, TimelineFormat,
    };
    match command {
        Command::Index(a) => a.format.into(),
        Command::Search(a) => match a.format {
            HitFormat::Text => Form::Text,
            HitFormat::Json | HitFormat::Jsonl => Form::Json,
            HitFormat::Csv => Form::Table,
        },
        Command::Facets(a) => a.format.into(),
        Command::Lexicon { command } => match command {
            LexiconCommand::Check { format, .. } => (*format).into(),
            LexiconCommand::Candidates(a) => a.format.into(),
        },
        Command::Correct(a) if a.export => Form::Table,
        Command::Correct(a) => a.format.into(),
        Command::Show(a) => a.format.into(),
        Command::Suggest(a) => a.format.into(),
        Command::Timeline(a) => match a.format {
            TimelineFormat::Text => Form::Text,
            TimelineFormat::Json => Form::Json,
            TimelineFormat::Csv | TimelineFormat::Svg => Form::Table,
        },
        Command::Cite(a) => a.format.into(),
        Command::Saved(saved) => match &saved.command {
            SavedCommand::Add(_) | SavedCommand::Remove { .. } => Form::Text,
            SavedCommand::List { format }
            | SavedCommand::Run { format, .. }
            | SavedCommand::Diff { format, .. } => (*format).into(),
        },
        Command::Terms(a) => a.format.into(),
        Command::Similar(a) => a.format.into(),
        Command::Pivot(a) => a.format.into(),
        Command::Stats(a) => a.format.into(),
        Command::Check(a) => a.format.into(),
        Command::Snapshot(a) => a.format.into(),
        Command::Export(a) => match a.format {
            ExportFormat::Jsonl => Form::Json,
            ExportFormat::Csv => Form::Table,
        },
        Command::Analyze(a) => match a.format {
            AnalyzeFormat::Text => Form::Text,
            AnalyzeFormat::Json => Form::Json,
            AnalyzeFormat::Tsv => Form::Table,
        },
        Command::Batch(a) => match a.format {
            BatchFormat::Jsonl => Form::Json,
            BatchFormat::Csv | BatchFormat::Trec => Form::Table,
        },
        Command::Completions { .. } | Command::Man { .. } | Command::ReadPdf { .. } | Command::Licences => {
            Form::Text
        }
    }
}

impl From<args::TextOrJson> for Form {
    fn from(format: args::TextOrJson) -> Self {
        match format {
            args::TextOrJson::Text => Self::Text,
            args::TextOrJson::Json => Self::Json,
        }
    }
}

impl From<args::TableFormat> for Form {
    fn from(format: args::TableFormat) -> Self {
        match format {
            args::TableFormat::Text => Self::Text,
            args::TableFormat::Csv => Self::Table,
            args::TableFormat::Json => Self::Json,
        }
    }
}
