//! The tools of the project, as subcommands: what they measure is in `docs/benchmarks.md` and
//! `docs/quality.md`.
//!
//! `cargo run --release -p griot-dev -- --help`

// Tools for developers: no index of anybody's is at stake.
#![allow(clippy::disallowed_methods)]

mod bench;
#[cfg(test)]
mod dependencies;
mod evaluate;
mod events;
mod fuzz;
mod groups;
mod make_archive;
#[cfg(test)]
mod public_items;
mod random;
mod torture;

use clap::{Parser, Subcommand};

/// Benchmarks, fuzzing, torture, made-up archives and evaluation for griot
#[derive(Parser)]
#[command(name = "griot-dev", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure speed
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Measure quality
    #[command(subcommand)]
    Evaluate(evaluate::Evaluate),
    /// Throw random input at the library
    #[command(subcommand)]
    Fuzz(fuzz::Fuzz),
    MakeArchive(make_archive::Args),
    /// Learn weights from labels
    #[command(subcommand)]
    Train(Train),
    Torture(torture::Args),
}

#[derive(Subcommand)]
enum Train {
    Events(events::Train),
    Groups(Box<groups::Train>),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Bench(bench) => bench.run(),
        Command::Evaluate(evaluate) => evaluate.run(),
        Command::Fuzz(fuzz) => fuzz.run(),
        Command::MakeArchive(args) => make_archive::run(&args),
        Command::Train(Train::Events(args)) => args.run(),
        Command::Train(Train::Groups(args)) => args.run(),
        Command::Torture(args) => torture::run(&args),
    }
}

#[test]
fn the_command_line_is_well_formed() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}
