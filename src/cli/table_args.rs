//! The options of what counts and compares: timelines, tables, terms, saved searches. Part of `args`.

use super::formats::{ChartFormat, TableFormat, TextOrJson};
use super::selection_args::{FilterArgs, QueryArgs};
use super::target::Target;
use clap::{Args, Subcommand, ValueEnum};
use griot::search::AxisRequest;

#[derive(Debug, Args)]
pub struct TimelineArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// day, month or year
    #[arg(
        long,
        value_name = "STEP",
        default_value = "month",
        hide_possible_values = true
    )]
    pub by: TimeStep,
    /// Date to count by: publication, or event (by month or year)
    #[arg(
        long,
        value_name = "WHAT",
        default_value = "publication",
        hide_possible_values = true
    )]
    pub of: TimeOf,
    /// A series per value of a facet (region:1: per country)
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub split: Option<AxisRequest>,
    /// Keep the N largest series, add up the others [text, svg: 6]
    #[arg(short = 'n', long, value_name = "N", requires = "split")]
    pub top: Option<usize>,
    /// Regions of Mali: new (since 2023) or old
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "new",
        hide_possible_values = true
    )]
    pub region_division: Division,
    /// Also give the share of all articles of that time
    #[arg(long)]
    pub share: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub target: Target<ChartFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Division {
    New,
    Old,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimeStep {
    Day,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimeOf {
    Publication,
    Event,
}

#[derive(Debug, Args)]
pub struct PivotArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Facet of the rows, or day or year [default: month]
    ///
    /// FACET:LEVEL cuts its values at a level: region:1 gives countries, region:3 cercles.
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub rows: Option<AxisRequest>,
    /// Facet of the columns [default: region]
    ///
    /// Where the schema has no region: the first facet that is listed with hits.
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub cols: Option<AxisRequest>,
    /// Keep the N largest rows and columns, add up the others
    ///
    /// Months, days and years are never cut. Text shows as many columns as the terminal has room for, 8 at most,
    /// unless another number is given.
    #[arg(short = 'n', long, value_name = "N")]
    pub top: Option<usize>,
    /// Text: show rows without any article, too
    #[arg(long)]
    pub all: bool,
    /// Regions of Mali: new (since 2023) or old
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "new",
        hide_possible_values = true
    )]
    pub region_division: Division,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub target: Target<TableFormat>,
}

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct SavedArgs {
    #[command(subcommand)]
    pub command: SavedCommand,
}

#[derive(Debug, Args)]
pub struct SavedAddArgs {
    /// Name of the search
    pub name: String,
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Replace the search of this name
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Subcommand)]
pub enum SavedCommand {
    /// Save a search under a name
    Add(Box<SavedAddArgs>),
    /// List the saved searches
    List {
        #[command(flatten)]
        target: Target<TextOrJson>,
    },
    /// Report what is new, changed or gone since the last run, and record this run
    Run {
        /// Search to run [default: all]
        name: Option<String>,
        /// Report only what is new
        #[arg(long)]
        new: bool,
        /// Update the index first
        #[arg(long)]
        update: bool,
        /// Exit as grep does: 0 if there is something to report, 1 if nothing, 2 on any error
        #[arg(long)]
        exit_code: bool,
        #[command(flatten)]
        target: Target<TextOrJson>,
    },
    /// Like run, but record nothing
    Diff {
        /// Search to run [default: all]
        name: Option<String>,
        /// Exit as grep does: 0 if there is something to report, 1 if nothing, 2 on any error
        #[arg(long)]
        exit_code: bool,
        #[command(flatten)]
        target: Target<TextOrJson>,
    },
    /// Delete a saved search
    Remove {
        /// Name of the search
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct TermsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Words, and values of each facet, to list at most
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 20,
        help_heading = "Output"
    )]
    pub limit: usize,
    #[command(flatten)]
    pub target: Target<TableFormat>,
}
