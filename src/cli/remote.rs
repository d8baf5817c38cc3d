//! `--engine`: which commands ask an archive on a cluster, and what of it lies on this machine.
// The state of a user is no part of an index: no fault points are needed.
#![allow(clippy::disallowed_methods)]

use super::args::{Command, GlobalArgs, SavedCommand};
use super::last_search;
use anyhow::{Context as _, Result};
use griot::Error;
use griot::index::IndexDir;
use griot::say;
use griot::search::Engine;
use std::sync::OnceLock;

/// The variable that names an engine for commands that can ask one.
const VARIABLE: &str = "GRIOT_ENGINE";

/// Where the certificate of the authority that signs for the cluster lies, if the system doesn't have it.
#[cfg(feature = "opensearch")]
const CA: &str = "GRIOT_OPENSEARCH_CA";

/// The engine that was chosen, as it was typed.
static CHOSEN: OnceLock<String> = OnceLock::new();

/// Chooses the engine of a command line, and gives the folder in which what belongs to it is kept on this machine;
/// none where the index on this machine answers.
///
/// # Errors
/// A command that asks no cluster, an address that is none, a folder that can't be made.
pub fn choose(global: &GlobalArgs, command: &Command) -> Result<Option<IndexDir>> {
    let named = match &global.engine {
        Some(named) => named.clone(),
        // What is set for all commands is for those that can ask it, unless an index is named.
        None => match std::env::var(VARIABLE) {
            Ok(named) if !named.trim().is_empty() && global.index.is_none() && refusal(command).is_none() => {
                named
            }
            _ => return Ok(None),
        },
    };
    if let Some(why) = refusal(command) {
        return Err(Error::Unsupported(why.into()).into());
    }
    let kept = kept_for(&named)?;
    let _ = CHOSEN.set(named);
    Ok(Some(kept))
}

/// The engine that was chosen, as it was typed.
pub fn chosen() -> Option<&'static str> {
    CHOSEN.get().map(String::as_str)
}

/// Why a command can't ask a cluster; none for one that can.
fn refusal(command: &Command) -> Option<&'static str> {
    let has_corpus = match command {
        Command::Search(args) => args.corpus.is_some(),
        Command::Serve(args) => args.corpus.is_some() || args.watch,
        Command::Saved(args) => matches!(args.command, SavedCommand::Run { update: true, .. }),
        _ => false,
    };
    if has_corpus {
        return Some(
            "folders of this machine are no part of an archive on a cluster; leave out --engine, or --corpus, --watch and --update",
        );
    }
    match command {
        Command::Search(_)
        | Command::Serve(_)
        | Command::Facets(_)
        | Command::Show(_)
        | Command::Suggest(_)
        | Command::Timeline(_)
        | Command::Cite(_)
        | Command::Saved(_)
        | Command::Pivot(_)
        | Command::Stats(_)
        | Command::Export(_)
        | Command::Events(_)
        | Command::Chronology(_)
        | Command::Dossier(_)
        | Command::Analyze(_)
        | Command::Batch(_) => None,
        Command::Correct(_) | Command::Mark(_) => {
            Some("decisions are made on the index that is pushed: leave out --engine, then run griot push")
        }
        Command::Lexicon { .. } => Some("lexicons are those of the index that is pushed: leave out --engine"),
        _ => Some("this command is about an index on this machine: leave out --engine"),
    }
}

/// The folder of the user's state in which saved searches of an engine lie.
fn kept_for(named: &str) -> Result<IndexDir> {
    let state = last_search::state().with_context(|| say!("engine-no-state"))?;
    let name = blake3::hash(named.trim_end_matches('/').as_bytes()).to_hex();
    let folder = state.join("griot/engines").join(&name[..16]);
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(IndexDir::at(folder))
}

/// The engine that was chosen; none for the index on this machine.
#[cfg(feature = "opensearch")]
pub fn engine(place: &IndexDir) -> Result<Option<Box<dyn Engine>>> {
    let Some(elsewhere) = elsewhere(place)? else {
        return Ok(None);
    };
    let engine: Box<dyn Engine> = griot::search::Elsewhere::open(&elsewhere)?;
    Ok(Some(engine))
}

/// The engine that was chosen; none for the index on this machine.
#[cfg(not(feature = "opensearch"))]
pub fn engine(_: &IndexDir) -> Result<Option<Box<dyn Engine>>> {
    match CHOSEN.get() {
        Some(_) => anyhow::bail!(griot::msg!("push-without")),
        None => Ok(None),
    }
}

/// The way to the engine that was chosen.
#[cfg(feature = "opensearch")]
pub fn elsewhere(place: &IndexDir) -> Result<Option<griot::cluster::Way>> {
    use griot::cluster::{Address, Credentials, HttpTransport, Way};
    let Some(named) = CHOSEN.get() else {
        return Ok(None);
    };
    let (address, name) = Address::with_name(named)?;
    let credentials = Credentials::from_environment(&|name| std::env::var(name).ok())?;
    let ca = std::env::var_os(CA).filter(|path| !path.is_empty());
    let transport = HttpTransport::new(address, credentials, ca.as_deref().map(std::path::Path::new))?;
    Ok(Some(Way::new(
        std::sync::Arc::new(transport),
        name,
        place.clone(),
    )))
}
