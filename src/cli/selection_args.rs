//! The options that commands share: the query and the filters. Part of `args`.

use super::facet_values::FacetValues;
use clap::{Args, ValueEnum};
use griot::say;

/// The heading of the filters by date and by any facet.
const FILTERS: &str = "Filters (values of one facet are OR, facets are AND)";

/// Filters, shared by all commands that select articles.
#[derive(Debug, Clone, Default, Args)]
pub struct FilterArgs {
    /// Published on or after DATE: 2024-03, 15/03/2024, hier, '7 jours'
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub since: Option<String>,
    /// Published on or before DATE; a month or year is included whole
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub until: Option<String>,
    /// With --since and --until: articles without a date, too
    #[arg(long, help_heading = FILTERS, hide_short_help = true)]
    pub undated: bool,
    /// Articles that were marked as excluded, too
    #[arg(long, help_heading = FILTERS, hide_short_help = true)]
    pub include_excluded: bool,
    /// Reports an event in the month of DATE or later
    ///
    /// The index has the months of the events that an article reports, not their days: a day stands for its
    /// month.
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub event_since: Option<String>,
    /// Reports an event in the month of DATE or earlier
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub event_until: Option<String>,
    /// Value of any facet that the schema declares
    #[arg(
        long = "where",
        value_name = "FACET=VALUE",
        value_parser = parse_pair,
        help_heading = FILTERS
    )]
    pub where_: Vec<(String, String)>,
    /// Exclude a value of any facet
    #[arg(
        long,
        value_name = "FACET=VALUE",
        value_parser = parse_pair,
        help_heading = FILTERS,
        hide_short_help = true
    )]
    pub not_where: Vec<(String, String)>,
    #[command(flatten)]
    pub facets: FacetValues,
}

/// An order of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    Relevance,
    Newest,
    Oldest,
}

impl From<Sort> for griot::search::Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Relevance => Self::Relevance,
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
        }
    }
}

/// The query words and how they are read.
#[derive(Debug, Clone, Default, Args)]
pub struct QueryArgs {
    /// Words (all must occur), "a phrase", AND OR NOT / ET OU SAUF, field:value, -excluded
    ///
    /// Also + - ( ). In a shell, put a phrase in single quotes too: '"armée malienne"'. From the first word on,
    /// a word that begins with one hyphen is excluded (-drone); before it, -n, -o, -q and -v are options. The
    /// words after -- are query text, whatever they begin with.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How the words of a query are joined, and whether operators count.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadingArgs {
    /// Find articles with any of the words (OR)
    #[arg(long)]
    pub any: bool,
    /// Show only articles with all of the words (AND)
    #[arg(long, conflicts_with = "any", hide_short_help = true)]
    pub all_words: bool,
    /// Take operators in the query as plain words
    #[arg(long)]
    pub plain: bool,
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok((facet.trim().into(), value.trim().into()))
        }
        _ => Err(say!("option-write-pair")),
    }
}

/// A number that counts something, from 1.
pub fn parse_positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(say!("option-write-positive")),
    }
}
