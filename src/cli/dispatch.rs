//! Which file runs which command, where its result goes, and what its options say about the form of its errors.

use super::args::{self, Cli, Command, CorrectCommand, GlobalArgs, LexiconCommand, SavedCommand};
use super::exit_codes::ExitCode;
use super::output::{Form, Output};
use super::target::{Settle, Settled, settle_csv};
use super::terminal::{Verbosity, detail, set_verbosity};
use super::{
    analyze, batch, check, chronology, cite, compare, completions, correct, dossier, events, export, facets,
    index, install_watch, lexicon, pivot, read_pdf, remote, saved, search, serve, show, similar, snapshot,
    stats, suggest, terms, timeline,
};
use anyhow::Result;
use griot::index::IndexDir;
use griot::messages::decimal;
use griot::say;
use std::time::Instant;

/// Decides on format and file of a parsed command.
///
/// # Errors
/// What is wrong with its options, as a message.
pub fn settle(cli: &mut Cli) -> Result<Settled, String> {
    let csv_excel = cli.global.csv_excel;
    match &mut cli.command {
        Command::Correct(args) if args.export && args.command.is_none() => settle_csv(&mut args.target),
        command => match target(command) {
            Some(target) => target.settle(csv_excel),
            None => Ok(Settled::on_stdout(form(&cli.command))),
        },
    }
}

/// Chooses what of the command's notes reaches standard error.
pub fn set_verbosity_of(global: &GlobalArgs) {
    set_verbosity(match (global.quiet, global.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    });
}

/// Runs a parsed command, once it is settled where its result goes.
pub fn run(cli: Cli, settled: &Settled) -> Result<ExitCode> {
    let started = Instant::now();
    let mut out = Output::new(cli.global.color, cli.global.csv_excel, settled)?;
    let place = match remote::choose(&cli.global, &cli.command)? {
        Some(kept) => Some(kept),
        None => cli.global.index.map(IndexDir::at),
    };
    let code = run_command(&mut out, place, cli.command)?;
    out.finish()?;
    let seconds = decimal(started.elapsed().as_secs_f64(), 2);
    detail(&say!("index-done", seconds = seconds));
    Ok(code)
}

fn run_command(out: &mut Output, place: Option<IndexDir>, command: Command) -> Result<ExitCode> {
    match command {
        Command::Index(args) => index::run(out, place, args),
        Command::Search(args) => search::run(out, place, args),
        Command::Serve(args) => serve::run(out, place, args),
        Command::Facets(args) => facets::run(out, place, args),
        Command::Lexicon { command } => lexicon::run(out, place, command),
        Command::Correct(args) => correct::run(out, place, args),
        Command::Mark(args) => correct::mark(out, place, args),
        Command::Show(args) => show::run(out, place, args),
        Command::Suggest(args) => suggest::run(out, place, args),
        Command::Timeline(args) => timeline::run(out, place, args),
        Command::Cite(args) => cite::run(out, place, args),
        Command::Saved(args) => saved::run(out, place, args),
        Command::Terms(args) => terms::run(out, place, args),
        Command::Similar(args) => similar::run(out, place, args),
        Command::Pivot(args) => pivot::run(out, place, args),
        Command::InstallWatch(args) => install_watch::run(out, place, args),
        Command::Stats(args) => stats::run(out, place, args),
        Command::Check(args) => check::run(out, place, args),
        Command::Snapshot(args) => snapshot::run(out, place, args),
        #[cfg(feature = "opensearch")]
        Command::Push(args) => super::push::run(out, place, args),
        #[cfg(not(feature = "opensearch"))]
        Command::Push(_) => anyhow::bail!(griot::msg!("push-without")),
        Command::Export(args) => export::run(out, place, args),
        Command::Events(args) => events::run(out, place, args),
        Command::Compare(args) => compare::run(out, place, *args),
        Command::Chronology(args) => chronology::run(out, place, args),
        Command::Dossier(args) => dossier::run(out, place, args),
        Command::Analyze(args) => analyze::run(out, place, args),
        Command::Batch(args) => batch::run(out, place, args),
        Command::Completions { shell } => completions::completions(out, shell),
        Command::Man { dir } => completions::man(&dir),
        Command::ReadPdf { seconds, memory } => read_pdf::run(seconds, memory),
        Command::Licences => completions::licences(out),
    }
}

/// Whether the command was asked to end as grep does.
pub fn ends_as_grep(command: &Command) -> bool {
    use args::SavedCommand::{Diff, Run};
    matches!(command, Command::Saved(saved) if matches!(saved.command, Run { exit_code: true, .. } | Diff { exit_code: true, .. }))
}

/// The options for format and file of a command that has both.
fn target(command: &mut Command) -> Option<&mut dyn Settle> {
    Some(match command {
        Command::Search(args) => &mut args.target,
        Command::Facets(args) => &mut args.target,
        Command::Lexicon { command } => match command {
            LexiconCommand::Check { target, .. } => target,
            LexiconCommand::Candidates(args) => &mut args.target,
            LexiconCommand::List { target } => target,
            LexiconCommand::Add(_)
            | LexiconCommand::Remove { .. }
            | LexiconCommand::Export
            | LexiconCommand::Import { .. } => return None,
        },
        Command::Correct(args) => match &mut args.command {
            None => &mut args.target,
            Some(CorrectCommand::Apply { target, .. }) => target,
            Some(CorrectCommand::List { target, .. }) => target,
            Some(_) => return None,
        },
        Command::Show(args) => &mut args.target,
        Command::Suggest(args) => &mut args.target,
        Command::Timeline(args) => &mut args.target,
        Command::Cite(args) => &mut args.target,
        Command::Saved(saved) => match &mut saved.command {
            SavedCommand::Add(_) | SavedCommand::Remove { .. } => return None,
            SavedCommand::List { target }
            | SavedCommand::Run { target, .. }
            | SavedCommand::Diff { target, .. } => target,
        },
        Command::Terms(args) => &mut args.target,
        Command::Similar(args) => &mut args.target,
        Command::Pivot(args) => &mut args.target,
        Command::Stats(args) => &mut args.target,
        Command::Check(args) => &mut args.target,
        Command::Export(args) => &mut args.target,
        Command::Events(args) => &mut args.target,
        Command::Compare(args) => &mut args.target,
        Command::Chronology(args) => &mut args.target,
        Command::Dossier(args) => &mut args.target,
        Command::Analyze(args) => &mut args.target,
        Command::Batch(args) => &mut args.target,
        Command::Index(_)
        | Command::Serve(_)
        | Command::InstallWatch(_)
        | Command::Mark(_)
        | Command::Snapshot(_)
        | Command::Push(_)
        | Command::Completions { .. }
        | Command::Man { .. }
        | Command::ReadPdf { .. }
        | Command::Licences => return None,
    })
}

/// What a command without `--output` writes.
fn form(command: &Command) -> Form {
    use args::Family;
    match command {
        Command::Index(args) => args.format.form(),
        Command::Snapshot(args) => args.format.form(),
        Command::Push(args) => args.format.form(),
        _ => Form::Text,
    }
}
