//! Completions, man pages, attributions.

use super::exit_codes::ExitCode;
use super::help;
use super::output::Output;
use anyhow::{Context, Result};
use clap::Command;
use std::io::Write;
use std::path::Path;

pub fn completions(out: &mut Output, shell: clap_complete::Shell) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(), "griot", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::Done)
}

pub fn man(dir: &Path) -> Result<ExitCode> {
    super::files::make_dir(dir)?;
    clap_mangen::generate_to(in_full(help::command()), dir).with_context(|| format!("{}", dir.display()))?;
    Ok(ExitCode::Done)
}

/// The definition with a long help for options that `-h` leaves out: man pages show no other of these.
fn in_full(command: Command) -> Command {
    let command = command.mut_args(|arg| match (arg.is_hide_short_help_set(), arg.get_help()) {
        (true, Some(help)) if arg.get_long_help().is_none() => {
            let help = help.clone();
            arg.long_help(help)
        }
        _ => arg,
    });
    command.mut_subcommands(in_full)
}

pub fn licences(out: &mut Output) -> Result<ExitCode> {
    out.write_all(griot::schema::LICENCES.as_bytes())?;
    Ok(ExitCode::Done)
}
