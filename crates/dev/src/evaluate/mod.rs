//! `griot-dev evaluate`: how well things are read and found.

mod account;
mod near_identical;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Evaluate {
    Account(account::Args),
    NearIdentical(near_identical::Args),
}

impl Evaluate {
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Account(args) => args.run(),
            Self::NearIdentical(args) => near_identical::run(args),
        }
    }
}
