//! The options of what reads articles and words one by one, or many queries: show, cite, similar, suggest,
//! export, analyze, batch. Part of `args`.

use super::formats::{
    ChronologyFormat, CitationFormat, DossierFormat, EventFormat, RowFormat, RunFormat, TextOrJson,
    TokenFormat,
};
use super::selection_args::{FilterArgs, QueryArgs, ReadingArgs, Sort, parse_positive};
use super::target::Target;
use clap::{Args, ValueEnum};
use griot::say;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
    pub id: String,
    /// Mark every match of a query, and count them
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Print only the paragraphs with matches, numbered, and N around each
    #[arg(long, value_name = "N", requires = "query")]
    pub context: Option<usize>,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

#[derive(Debug, Args)]
pub struct CiteArgs {
    /// Ids, numbers of hits of the last search, or paths of files [default: all that --query finds]
    #[arg(value_name = "ID", required_unless_present = "query")]
    pub ids: Vec<String>,
    /// Quote the sentences that a query matches, with their place in the text
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    #[command(flatten)]
    pub target: Target<CitationFormat>,
}

#[derive(Debug, Args)]
pub struct SimilarArgs {
    /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
    pub id: String,
    /// Minimum estimated share of text in common, 0 to 1
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = griot::search::NEAR_DUPLICATE,
        value_parser = parse_share
    )]
    pub least: f64,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(say!("option-write-share")),
    }
}

#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Beginning of a word, in any case, with or without accents; of several words the last is completed
    #[arg(value_name = "PREFIX", required = true)]
    pub prefix: Vec<String>,
    /// Words, and facet values, to list at most
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        help_heading = "Output"
    )]
    pub limit: usize,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// What each row is: an article, an event, a mention or a record
    ///
    /// articles: an article with its metadata and facet values. events: where and when something took place, and
    /// how many people were harmed, with the passage. mentions: a facet value and a piece of its evidence. records: an article with its text
    /// and the metadata that it came with, in a form that griot indexes again.
    #[arg(
        long,
        value_name = "WHAT",
        default_value = "articles",
        help_heading = "Output"
    )]
    pub rows: ExportRows,
    /// Add the text of each article as a last column (--rows articles)
    #[arg(long, help_heading = "Output")]
    pub with_text: bool,
    /// Only events of a confidence of 0.8 or more (--rows events)
    ///
    /// The confidence is how likely place, date and number of dead are right. More of the rows are right then, and
    /// fewer are there: docs/quality.md has the figures.
    #[arg(long, help_heading = "Output")]
    pub sure: bool,
    #[command(flatten)]
    pub sort: SortArgs,
    #[command(flatten)]
    pub provenance: ProvenanceArgs,
    #[command(flatten)]
    pub target: Target<RowFormat>,
}

/// The option of commands that export.
#[derive(Debug, Clone, Default, Args)]
pub struct ProvenanceArgs {
    /// Also write FILE.provenance.json: query, filters, state of the index, counts, hash of FILE
    #[arg(long, requires = "output", help_heading = "Output")]
    pub provenance: bool,
}

/// The order of what is exported.
#[derive(Debug, Clone, Args)]
pub struct SortArgs {
    /// relevance (default), newest or oldest; events by their own dates
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "relevance",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportRows {
    Articles,
    Events,
    Mentions,
    Records,
}

#[derive(Debug, Args)]
pub struct EventsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Put the reports of one event together, with why each is there
    ///
    /// Reports of several articles are told as those of one event by place, date, numbers of people and wording. Each
    /// has its score and the reasons for it, and is said to be of the same event, or perhaps of the same.
    #[arg(long)]
    pub group: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub events: EventFilterArgs,
    #[command(flatten)]
    pub sort: SortArgs,
    #[command(flatten)]
    pub provenance: ProvenanceArgs,
    #[command(flatten)]
    pub target: Target<EventFormat>,
}

/// Which events of the articles that are found.
#[derive(Debug, Clone, Args)]
pub struct EventFilterArgs {
    /// Only events within KM kilometres of a place: Djibo, Djibo:50
    ///
    /// Only events within KM kilometres (20 unless it is said) of a place: Djibo, Djibo:50
    #[arg(long, value_name = "PLACE[:KM]", help_heading = "Filters")]
    pub near: Option<String>,
    /// Only events with at least N dead
    #[arg(long, value_name = "N", help_heading = "Filters")]
    pub min_killed: Option<u32>,
    /// Only events of a confidence of 0.8 or more
    ///
    /// The confidence is how likely place, date and number of dead are right: docs/quality.md has the figures.
    #[arg(long, help_heading = "Filters")]
    pub sure: bool,
}

#[derive(Debug, Args)]
pub struct ChronologyArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub events: EventFilterArgs,
    #[command(flatten)]
    pub provenance: ProvenanceArgs,
    #[command(flatten)]
    pub target: Target<ChronologyFormat>,
}

#[derive(Debug, Args)]
pub struct DossierArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Only the paragraphs that match the query, numbered, instead of whole articles
    #[arg(long, help_heading = "Output")]
    pub passages: bool,
    /// Title of the dossier [default: the query]
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    pub title: Option<String>,
    /// oldest (default), newest or relevance; undated articles last
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "oldest",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub sort: Sort,
    #[command(flatten)]
    pub provenance: ProvenanceArgs,
    #[command(flatten)]
    pub target: Target<DossierFormat>,
}

#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// Text to analyze [default: standard input]
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    #[command(flatten)]
    pub target: Target<TokenFormat>,
}

#[derive(Debug, Args)]
pub struct BatchArgs {
    /// File with one query per line, or id<TAB>query; - for standard input
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Run every query N times
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = parse_positive)]
    pub repeat: usize,
    /// End standard error with a line of JSON: queries, p50, p95, p99 and max in milliseconds
    #[arg(long)]
    pub timings: bool,
    /// Hits per query
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        help_heading = "Output"
    )]
    pub limit: usize,
    /// Add snippets
    #[arg(long, help_heading = "Output")]
    pub snippets: bool,
    /// Add facet counts
    #[arg(long, help_heading = "Output")]
    pub facets: bool,
    #[command(flatten)]
    pub target: Target<RunFormat>,
}
