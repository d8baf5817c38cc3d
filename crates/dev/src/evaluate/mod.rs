//! `griot-dev evaluate`: how well things are read and found.

mod account;
mod near_duplicates;
mod queries;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Evaluate {
    Account(account::Args),
    Events(crate::events::Evaluate),
    Groups(crate::groups::Args),
    NearDuplicates(near_duplicates::Args),
    Queries(queries::Args),
}

impl Evaluate {
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Account(args) => args.run(),
            Self::Events(args) => args.run(),
            Self::Groups(args) => args.run(),
            Self::NearDuplicates(args) => near_duplicates::run(args),
            Self::Queries(args) => queries::run(args),
        }
    }
}
