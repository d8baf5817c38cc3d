//! `griot-dev fuzz`: random input, which may neither panic nor be slow.

mod queries;
mod words;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Fuzz {
    Queries(queries::Args),
    Words(words::Args),
}

impl Fuzz {
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Queries(args) => queries::run(args),
            Self::Words(args) => words::run(args),
        }
    }
}
