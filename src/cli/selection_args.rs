//! The options that commands share: the query, the filters, the form of an answer. Part of `args`.

use super::facet_values::FacetValues;
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
}

/// Filters, shared by all commands that select articles.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (values of one facet are OR, facets are AND)")]
pub struct FilterArgs {
    #[command(flatten)]
    pub facets: FacetValues,
    /// Value of any declared facet
    #[arg(long = "where", value_name = "FACET=VALUE", value_parser = parse_pair)]
    pub where_: Vec<(String, String)>,
    /// Not this value of any declared facet
    #[arg(long, value_name = "FACET=VALUE", value_parser = parse_pair)]
    pub not_where: Vec<(String, String)>,
    /// Published on or after: 2024, 2024-03, 2024-03-15, 15/03/2024, 'mars 2024'
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Published on or before; a month or a year is meant whole
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// The query words and how they are read.
#[derive(Debug, Clone, Default, Args)]
pub struct QueryArgs {
    /// Words (all must occur), AND OR NOT / ET OU SAUF, + - ( ), "a phrase", field:value. In a shell, put a
    /// phrase in single quotes too: '"armée malienne"'. A word that begins with one - is part of the query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Join the words with OR
    #[arg(long)]
    pub any: bool,
    /// Nothing in the query is an operator
    #[arg(long)]
    pub plain: bool,
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok((facet.trim().into(), value.trim().into()))
        }
        _ => Err("write FACET=VALUE, for instance type=embuscade".into()),
    }
}
