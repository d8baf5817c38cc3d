//! `griot-dev torture`: kills, readers and floods, on the binary.

mod rig;

use anyhow::{Context, Result, ensure};
use rig::Torture;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Kill `griot index` at random, read while it writes, flood it with files; check that nothing is lost
///
/// Without options: 500 kills, 20 readers for two minutes, a flood of 100,000 files. The archive is
/// temporary. Each part ends with a line of figures, or with the first thing that is wrong.
#[derive(clap::Args)]
pub struct Args {
    /// Kill N processes
    #[arg(long, value_name = "N")]
    kills: Option<usize>,
    /// Kill `griot index --watch` instead
    #[arg(long)]
    watch: bool,
    /// Read with 20 readers for so long while the index changes
    #[arg(long, value_name = "SECONDS")]
    readers: Option<u64>,
    /// Write so many files at once while `griot index --watch` runs
    #[arg(long, value_name = "FILES")]
    flood: Option<usize>,
    /// Other changes and instants
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Another binary than that of this folder, which is built first
    #[arg(long, value_name = "PATH")]
    griot: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<()> {
    let (mut kills, mut readers, mut flood) = (args.kills, args.readers, args.flood);
    if kills.is_none() && readers.is_none() && flood.is_none() {
        (kills, readers, flood) = (Some(500), Some(120), Some(100_000));
    }
    let griot = args.griot.clone().map_or_else(build, Ok)?;
    let griot = griot
        .canonicalize()
        .with_context(|| griot.display().to_string())?;
    let begin = || Torture::new(griot.clone(), args.seed, false);
    if let Some(kills) = kills {
        begin()?.by_kills(kills, args.watch)?;
    }
    if let Some(seconds) = readers {
        begin()?.by_readers(Duration::from_secs(seconds))?;
    }
    if let Some(files) = flood {
        begin()?.by_flood(files)?;
    }
    Ok(())
}

/// Builds griot, and says where it is.
fn build() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built = Command::new("cargo")
        .current_dir(&root)
        .args(["build", "--release", "--quiet", "--package", "griot"])
        .status()?;
    ensure!(built.success(), "griot can't be built");
    Ok(root.join("target/release/griot"))
}
