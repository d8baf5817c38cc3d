//! Completions, man pages, attributions.

use super::exit_codes::ExitCode;
use super::help;
use super::output::Output;
use anyhow::{Context, Result};
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
    clap_mangen::generate_to(help::command(), dir).with_context(|| format!("{}", dir.display()))?;
    Ok(ExitCode::Done)
}

pub fn licences(out: &mut Output) -> Result<ExitCode> {
    out.write_all(griot::schema::LICENCES.as_bytes())?;
    Ok(ExitCode::Done)
}
