//! `griot-dev bench`: what each stage costs.

mod analysis;
mod build;
mod reading;
mod search;
mod serve;
pub mod stock;
mod tables;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Bench {
    Analysis(analysis::Args),
    Build(build::Args),
    Reading(reading::Args),
    Search(search::Args),
    Serve(serve::Args),
    Tables(tables::Args),
}

impl Bench {
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Analysis(args) => analysis::run(args),
            Self::Build(args) => build::run(args),
            Self::Reading(args) => reading::run(args),
            Self::Search(args) => search::run(args),
            Self::Serve(args) => serve::run(args),
            Self::Tables(args) => tables::run(args),
        }
    }
}
