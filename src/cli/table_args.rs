//! The options of what counts, compares and refers: timelines, tables, terms, citations, saved searches. Part
//! of `args`.

use super::selection_args::{FilterArgs, QueryArgs, TextOrJson};
use clap::{Args, Subcommand, ValueEnum};
use griot::search::AxisRequest;

#[derive(Debug, Args)]
pub struct TimelineArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[arg(long, default_value = "month")]
    pub by: TimeStep,
    /// Date of publication, or of the events reported (by month or year)
    #[arg(long, value_name = "WHAT", default_value = "publication")]
    pub of: TimeOf,
    /// A series for each value of a facet; FACET:LEVEL cuts it at a level (region:1 gives countries)
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub split: Option<AxisRequest>,
    /// Regions of which division of Mali: that in force since 2023, or the one before
    #[arg(long, value_name = "WHICH", default_value = "new")]
    pub region_division: Division,
    /// Only so many series, the others counted together (text and svg: 6 unless given)
    #[arg(long, value_name = "N", requires = "split")]
    pub top: Option<usize>,
    /// Also all articles of each day, month or year, and the share of those found
    #[arg(long)]
    pub share: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[arg(long, default_value = "text")]
    pub format: TimelineFormat,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    Text,
    Csv,
    Json,
    Svg,
}

#[derive(Debug, Args)]
pub struct PivotArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Facet of the rows, or day or year; FACET:LEVEL cuts it at a level (region:1 countries, region:3
    /// cercles)
    /// [default: the month of publication]
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub rows: Option<AxisRequest>,
    /// Facet of the columns [default: the first that hits show, region]
    #[arg(long, value_name = "FACET[:LEVEL]")]
    pub cols: Option<AxisRequest>,
    /// Regions of which division of Mali: that in force since 2023, or the one before
    #[arg(long, value_name = "WHICH", default_value = "new")]
    pub region_division: Division,
    /// Only the N most frequent rows and columns, the others counted together; time is never cut (text: 8
    /// columns unless given)
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[arg(long, default_value = "text")]
    pub format: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Text,
    Csv,
    Json,
}

#[derive(Debug, Args)]
pub struct CiteArgs {
    /// Id, as `griot search` shows it
    pub id: String,
    /// Quote the sentences that a query matches, with their place in the text
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct SavedArgs {
    #[command(subcommand)]
    pub command: SavedCommand,
}

#[derive(Debug, Args)]
pub struct SavedAddArgs {
    pub name: String,
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// In place of the search that has this name
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Subcommand)]
pub enum SavedCommand {
    /// Save a search under a name
    Add(Box<SavedAddArgs>),
    /// List the saved searches
    List {
        #[arg(long, default_value = "text")]
        format: TextOrJson,
    },
    /// Say what is new, changed and gone since the last run, and remember it as seen
    Run {
        /// One search; all without
        name: Option<String>,
        /// Only what is new
        #[arg(long)]
        new: bool,
        /// End as grep does: 0 when there is something to tell, 1 when there is nothing, 2 on any error
        #[arg(long)]
        exit_code: bool,
        #[arg(long, default_value = "text")]
        format: TextOrJson,
    },
    /// As run, but nothing is remembered
    Diff {
        /// One search; all without
        name: Option<String>,
        /// End as grep does: 0 when there is something to tell, 1 when there is nothing, 2 on any error
        #[arg(long)]
        exit_code: bool,
        #[arg(long, default_value = "text")]
        format: TextOrJson,
    },
    /// Forget a saved search
    Remove { name: String },
}

#[derive(Debug, Args)]
pub struct TermsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Words, and values of each facet, at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[arg(long, default_value = "text")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct SimilarArgs {
    /// Id, as `griot search` shows it
    pub id: String,
    /// Least estimated share of the text in common, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = griot::search::NEAR_DUPLICATE)]
    pub least: f64,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}
