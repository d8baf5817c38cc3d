//! `griot-dev evaluate`: how well things are found.

mod near_identical;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Evaluate {
    NearIdentical(near_identical::Args),
}

impl Evaluate {
    pub fn run(&self) -> Result<()> {
        match self {
            Self::NearIdentical(args) => near_identical::run(args),
        }
    }
}
